import json
import re
from urllib.parse import quote

from tests.api.conftest import Site
from tests.api.sample import HOSTILE, SLASHED

PERSON = f"person/990101/{quote('赵有田')}"
PROGRAMME = f"programme/990101/{quote(SLASHED, safe='')}"


def test_entities_are_listed_page_after_page(site: Site) -> None:
    """Following Link covers every entity once, in order, and the last page has no next."""
    found, path = [], "/api/v1/entities?limit=2"
    while path:
        answer = site.get(path)
        found += [item["address"] for item in answer.json()["items"]]
        link = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("link", ""))
        assert (answer.json()["next"] is None) == (link is None)
        path = link.group(1) if link else ""
    assert found == [item["address"] for item in site.get("/api/v1/entities?limit=500").json()["items"]]
    assert len(found) == len(set(found)) == 9


def test_entities_are_filtered(site: Site) -> None:
    """Type, name and year narrow the list; "Place" stands for all places."""
    names = [item["label"] for item in site.get("/api/v1/entities", params={"type": "Place"}).json()["items"]]
    assert names == ["东山省", "云台市", "青禾县", "柳湾村"]
    assert site.get("/api/v1/entities", params={"q": "zhaoyoutian"}).json()["items"][0]["label"] == "赵有田"
    assert site.get("/api/v1/entities", params={"year": 1999}).json()["items"] == []


def test_an_entity_is_shown_with_what_hangs_on_it(site: Site) -> None:
    """The county has names, code, parents; below it figures, evidence and backlinks."""
    county = site.get("/api/v1/entities/place/990101").json()
    assert (county["label"], county["english"], county["code"]) == ("青禾县", "Qinghe County", "990101")
    assert [parent["label"] for parent in county["parents"]] == ["云台市", "东山省"]
    figures = site.get("/api/v1/entities/place/990101/figures").json()["items"]
    assert {figure["value"] for figure in figures} == {12000, 11800}
    assert all(isinstance(figure["value"], int) for figure in figures)
    evidence = site.get(f"/api/v1/entities/{PERSON}/evidence").json()["items"]
    assert [claim["kind"] for claim in evidence] == ["Mention", "PostHolding", "RelationClaim"]
    backlinks = site.get("/api/v1/entities/place/990101/backlinks?limit=2").json()
    assert [link["subject"]["label"] for link in backlinks["items"]] == ["青禾县脱贫纪实", "再访青禾"]
    more = site.get("/api/v1/entities/place/990101/backlinks", params={"cursor": backlinks["next"]}).json()
    assert [link["subject"]["label"] for link in more["items"]] == ["柳湾村"]


def test_a_slash_in_a_name_is_no_slash_in_the_path(site: Site) -> None:
    """A name with slash, space and question mark is found by its encoded path."""
    assert site.get(f"/api/v1/entities/{PROGRAMME}").json()["label"] == SLASHED
    assert site.get(f"/entity/{PROGRAMME}.json").json()["label"] == SLASHED
    assert site.get(site.get(f"/id/{PROGRAMME}").headers["location"]).status_code == 200


def test_markup_in_json_is_data(site: Site) -> None:
    """JSON is JSON, whatever a name holds, and no browser may take it for a page."""
    answer = site.get(f"/api/v1/entities/product/{quote(HOSTILE, safe='')}")
    assert json.loads(answer.content)["label"] == HOSTILE
    assert answer.headers["x-content-type-options"] == "nosniff"
