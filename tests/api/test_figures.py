import csv
import io

import pytest

from tests.api.conftest import Site


def test_figures_are_filtered_and_come_as_csv(site: Site) -> None:
    """A place by code, address or name includes what lies in it; CSV has a line for each figure."""
    for place in ("99", "place/9901", "青禾县"):
        assert len(site.get("/api/v1/figures", params={"place": place}).json()["items"]) == 2
    assert len(site.get("/api/v1/figures", params={"about": "place/990101", "period": "2018"}).json()["items"]) == 2
    assert site.get("/api/v1/figures", params={"unit": "户"}).json()["items"] == []
    answer = site.get("/api/v1/figures", headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["about_label"], row["value"], row["unit"]) for row in rows] == [
        ("青禾县", "12000", "人"),
        ("青禾县", "11800", "人"),
    ]
    first = site.get("/api/v1/figures?limit=1", headers={"Accept": "text/csv"})
    assert len(first.text.splitlines()) == 2
    assert 'rel="next"' in first.headers["link"]
    assert site.get("/api/v1/figures", headers={"Accept": "image/png"}).status_code == 406


def test_disagreeing_figures_are_one_conflict(site: Site) -> None:
    """A slot with two values lists both, the preferred one first, and why."""
    (conflict,) = site.get("/api/v1/conflicts").json()["items"]
    assert [figure["value"] for figure in conflict["figures"]] == [11800, 12000]
    assert conflict["because"] == "数字更精确"


@pytest.mark.parametrize("words", ["poor-population", "Registered poor population", "POPULATION"])
def test_indicators_are_found_by_their_english_words(site: Site, words: str) -> None:
    """Key, English label and whole words of it find the same figures, here and on the page."""
    assert len(site.get("/api/v1/figures", params={"indicator": words}).json()["items"]) == 2
    assert "11,800" in site.get("/figures", params={"indicator": words}).text


def test_parts_of_words_and_idle_space_find_no_indicator(site: Site) -> None:
    """What is no word of a label finds nothing, and space alone finds nothing."""
    for words in ("pover", " ", "-"):
        assert site.get("/api/v1/figures", params={"indicator": words}).json()["items"] == []


def test_the_page_offers_the_indicators_in_use(site: Site) -> None:
    """The list beside the field holds the indicators that have figures, in both languages, and no others."""
    page = site.get("/figures").text
    assert page.count("<option") == 1
    assert "贫困人口" in page


def test_a_cursor_belongs_to_its_listing(site: Site) -> None:
    """The cursor of one listing is refused by another."""
    cursor = site.get("/api/v1/entities?limit=1").json()["next"]
    assert site.get("/api/v1/entities", params={"cursor": cursor}).status_code == 200
    for path in ("/api/v1/figures", "/api/v1/articles", "/entities", "/api/v1/entities/place/990101/figures"):
        assert site.get(path, params={"cursor": cursor}).status_code == 422
