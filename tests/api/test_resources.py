from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.terms import PA, RDFS
from tests.api.conftest import Site
from tests.api.sample import ADDRESS, COUNTY, FIRST, HOSTILE, PERSON

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


@pytest.mark.parametrize(
    ("path", "accept", "location"),
    [
        ("/id/place/990101", BROWSER, "/entity/place/990101.html"),
        ("/id/place/990101", "text/turtle", "/entity/place/990101.ttl"),
        ("/id/place/990101", "application/ld+json", "/entity/place/990101.jsonld"),
        ("/id/place/990101", "application/json", "/entity/place/990101.json"),
        ("/id/place/990101", "*/*", "/entity/place/990101.html"),
        ("/id/place/990101.nt", "text/html", "/entity/place/990101.nt"),
        (f"/id/article/{FIRST}", "application/rdf+xml", f"/entity/article/{FIRST}.rdf"),
        ("/id/indicator/poor-population", "text/html", "/entity/indicator/poor-population.html"),
    ],
)
def test_a_thing_leads_to_its_description(site: Site, path: str, accept: str, location: str) -> None:
    """``/id`` answers 303 with the format that is accepted; a suffix wins."""
    answer = site.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, location)


@pytest.mark.parametrize(
    ("path", "suffix"),
    [
        ("/id/", ""),
        ("/id/", ".ttl"),
        ("/entity/", ".html"),
        ("/entity/", ""),
        ("/api/v1/entities/", ""),
        ("/api/v1/entities/", "/figures?limit=3"),
        ("/api/v1/entities/", "/backlinks"),
    ],
)
def test_the_other_of_two_that_are_the_same_has_moved(site: Site, path: str, suffix: str) -> None:
    """What users declared the same answers 301 with the same question about the one that stands for it."""
    kept = quote("person/990101/赵有田")
    answer = site.get(f"{path}{quote('person/990101/赵友田')}{suffix}", headers={"Accept": "*/*"})
    assert (answer.status_code, answer.headers["location"]) == (301, f"{path}{kept}{suffix}")
    assert site.get(answer.headers["location"], headers={"Accept": "*/*"}).status_code in {200, 303}


def test_every_resource_of_the_graph_can_be_followed(site: Site) -> None:
    """Each subject below ``id/`` has a page and data in every format."""
    query = 'SELECT DISTINCT ?s { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "https://w3id.org/poverty-kg/id/")) }'
    rows = site.query(query).json()["results"]["bindings"]
    iris = [row["s"]["value"] for row in rows]
    ours = [iri for iri in iris if "99" in iri or "a" * 16 in iri or "slot/" in iri]
    assert len(ours) > 15
    for iri in ours:
        path = quote(iri.removeprefix("https://w3id.org/poverty-kg/id/"), safe="/%")
        for suffix in ("html", "json", "csv"):
            assert site.get(f"/entity/{path}.{suffix}").status_code == 200, iri
        for suffix, rdf_format in FORMATS.items():
            triples = list(parse(site.get(f"/entity/{path}.{suffix}").content, rdf_format))
            assert iri in {quad.subject.value for quad in triples if isinstance(quad.subject, NamedNode)}


def test_a_description_holds_the_entity_and_its_claims(site: Site) -> None:
    """Turtle of a person has his label and the claims that he is part of, whose statement is about him."""
    path = quote("person/990101/赵有田")
    quads = set(parse(site.get(f"/entity/{path}.ttl").content, RdfFormat.TURTLE))
    assert any(quad.subject == PERSON and quad.predicate == RDFS.label for quad in quads)
    assert any(quad.predicate == PA.holder and quad.object == PERSON for quad in quads)


def test_formats_are_linked_from_each_other(site: Site) -> None:
    """A description links to its other formats and to the thing described."""
    link = site.get("/entity/place/990101", headers={"Accept": "text/turtle"}).headers["link"]
    assert '</id/place/990101>; rel="describes"' in link
    assert '</entity/place/990101.csv>; rel="alternate"; type="text/csv"' in link
    assert '</entity/place/990101.ttl>; rel="canonical"' in link


def test_other_formats_are_refused(site: Site) -> None:
    """A client that accepts nothing on offer gets 406 with what there is."""
    for path in ("/id/place/990101", "/entity/place/990101"):
        answer = site.get(path, headers={"Accept": "image/png"})
        assert answer.status_code == 406
        assert "text/turtle" in answer.json()["hint"]


def test_the_page_of_an_entity_shows_what_is_known(site: Site) -> None:
    """Names, parents, figures, relations with their sentences and backlinks stand on the page."""
    page = site.get("/entity/place/990101.html").text
    for words in (
        "青禾县",
        "Qinghe County",
        "990101",
        "东山省",
        "12,000 人",
        "11,800 人",
        "优选",
        "柳湾村",
        "再访青禾",
    ):
        assert words in page
    person = site.get(f"/entity/{quote('person/990101/赵有田')}.html").text
    assert "<mark>县扶贫办主任赵有田</mark>" in person
    assert "居住" in person


def test_the_page_of_an_article_marks_its_claims(site: Site) -> None:
    """Raw text is shown escaped, with the stating words marked."""
    page = site.get(f"/entity/article/{FIRST}.html").text
    assert "<mark>贫困人口1.2万人</mark>" in page
    assert "&lt;b&gt;枸杞&lt;/b&gt;" in page
    assert "<b>枸杞</b>" not in page


def test_the_page_of_an_article_names_its_other_places(site: Site) -> None:
    """Address, time of retrieval and copies are shown; only web addresses are links."""
    page = site.get(f"/entity/article/{FIRST}.html").text
    assert f'<a href="{ADDRESS}" rel="nofollow noopener noreferrer">' in page
    assert f'<a href="{ADDRESS}?copy"' in page
    assert "2020-01-02T03:04:05Z" in page
    assert "<li>javascript:alert(1)</li>" in page


def test_markup_in_names_is_escaped_on_every_page(site: Site) -> None:
    """A label that is a script is text wherever it stands."""
    address = f"product/{quote(HOSTILE, safe='')}"
    paths = (f"/entity/{address}.html", "/entities?type=Product", "/search?q=%3Cscript%3E", "/figures?place=%22%3E")
    for path in paths:
        assert "<script" not in site.get(path).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in site.get(paths[0]).text


def test_base_and_graph_agree(site: Site, store_directory: Path) -> None:
    """The IRI that JSON names is the one of the graph."""
    assert store_directory.is_dir()
    assert site.get("/entity/place/990101.json").json()["iri"] == COUNTY.value
