import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from pyoxigraph import RdfFormat, parse

from api.pages import mark_text
from api.templates import lost, number, quotation
from kg.index import ClaimRow, EvidenceRow, Ref
from tests.api.conftest import Site
from tests.api.sample import FIRST

PAGES = (
    "/",
    "/search",
    "/search?q=%E9%9D%92%E7%A6%BE",
    "/search?q=nothing-of-the-kind",
    "/entities",
    "/entities?type=County",
    "/entities?limit=2",
    "/figures",
    "/figures?place=99&indicator=&period=2018",
    "/figures?limit=1",
    "/figures?period=1999",
    "/ns/",
    "/dumps",
    "/articles",
    "/articles?limit=1",
    "/conflicts",
    "/ns",
    "/docs",
    "/dumps/",
    "/sparql",
    "/entity/place/990101",
    f"/entity/article/{FIRST}",
    "/entity/unit/person",
)


class Links(HTMLParser):
    """Collects what a page links to and whether its elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.scripts = 0
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag."""
        self.scripts += tag == "script" or any(name.startswith("on") or name == "style" for name, _ in attrs)
        self.targets += [value for name, value in attrs if name == "href" and value and tag in {"a", "link"}]
        if tag not in {"meta", "link", "input", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element."""
        assert self.open.pop() == tag


def read_page(site: Site, path: str) -> Links:
    """Return the links of a page as a browser gets it."""
    answer = site.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.status_code == 200, path
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    links = Links()
    links.feed(answer.text)
    assert links.open == []
    return links


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_and_need_no_script(site: Site, path: str) -> None:
    """Each page is well-formed, without script and inline style, and all its own links lead somewhere."""
    links = read_page(site, path)
    assert links.scripts == 0
    for target in sorted(set(links.targets)):
        if target.startswith("/"):
            assert site.get(target).status_code == 200, target


def test_lists_go_on(site: Site) -> None:
    """The link to the next page keeps the filters."""
    targets = read_page(site, "/figures?limit=1&place=99").targets
    (following,) = (target for target in targets if "cursor=" in target)
    assert "place=99" in following
    assert "11,800" in site.get(following).text


def test_the_ontology_is_data_and_page(site: Site) -> None:
    """``/ns`` is Turtle unless a browser asks; terms have anchors."""
    turtle = site.get("/ns")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    subjects = {str(quad.subject) for quad in parse(turtle.content, RdfFormat.TURTLE)}
    assert "<https://w3id.org/poverty-kg/ns#Figure>" in subjects
    assert len(list(parse(site.get("/ns?format=nt").content, RdfFormat.N_TRIPLES))) == len(
        list(parse(turtle.content, RdfFormat.TURTLE))
    )
    assert 'id="Figure"' in site.get("/ns", headers={"Accept": "text/html"}).text
    assert site.get("/ns", headers={"Accept": "image/png"}).status_code == 406


def test_the_dataset_is_described(site: Site) -> None:
    """VoID parses and names endpoint and dumps."""
    text = site.get("/.well-known/void")
    objects = {str(quad.object) for quad in parse(text.content, RdfFormat.TURTLE, base_iri="http://kg.test/")}
    assert "<http://kg.test/sparql>" in objects
    assert "<http://kg.test/dumps/poverty-kg.ttl>" in objects


def test_the_documentation_shows_every_route(site: Site) -> None:
    """Each path of the OpenAPI document stands on the page."""
    page = site.get("/docs").text
    paths = site.get("/openapi.json").json()["paths"]
    assert len(paths) >= 15
    for path in paths:
        assert path in page


def test_no_page_asks_another_host(site: Site) -> None:
    """Style is served here; what leads elsewhere is a link for readers."""
    sources = re.findall(r'(?:src|<link rel="stylesheet" href)="([^"]+)"', site.get("/").text)
    assert sources
    assert all(source.startswith("/") for source in sources)
    assert "url(" not in site.get("/static/app.css").text


@pytest.mark.parametrize(("value", "shown"), [("166200.0", "166,200"), ("29.5", "29.5"), ("0.50", "0.5"), ("-3", "-3")])
def test_numbers_are_grouped(value: str, shown: str) -> None:
    """Thousands are separated, idle zeros left out."""
    assert number(Decimal(value)) == shown


def _claim(key: str, start: int, end: int) -> ClaimRow:
    evidence = EvidenceRow(start, end, "", "", "", "")
    article = Ref("article/x", "x", "Article")
    return ClaimRow(key, "", "Mention", article, None, None, None, "", None, None, None, "", (evidence,))


def test_overlapping_claims_are_marked_once() -> None:
    """The segments of a text are the text, and of two claims on the same words the first has them."""
    segments = mark_text("零一二三四五", [_claim("b", 2, 5), _claim("a", 1, 3), _claim("c", 5, 6)])
    assert [(segment.words, segment.claim) for segment in segments] == [
        ("零", ""),
        ("一二", "a"),
        ("三四", ""),
        ("五", "c"),
    ]


def test_words_that_were_repaired_are_quoted_raw() -> None:
    """Where the repaired sentence does not hold the stating words, the raw words around them are shown."""
    assert quotation(EvidenceRow(1, 3, "甘穀", "在", "縣", "在甘谷县。")) == ("在", "甘穀", "縣")
    assert quotation(EvidenceRow(1, 3, "甘谷", "x", "y", "在甘谷县。")) == ("在", "甘谷", "县。")


def test_lost_characters_are_explained() -> None:
    """U+FFFD in words of an article says that the source is damaged, and the rest stays escaped."""
    marked = lost("<b>甘\ufffd县")
    assert marked.startswith("&lt;b&gt;甘<abbr")
    assert 'title="原文此处字符已损坏 / character lost in the source">\ufffd</abbr>县' in marked


def test_equal_names_are_told_apart_by_their_county(site: Site) -> None:
    """Bodies, people and programmes stand in listings, hits and on their pages with the places above them."""
    for path in ("/entities?type=Organisation", "/search?q=%E6%89%B6%E8%B4%AB%E5%8A%9E"):
        page = site.get(path).text
        assert page.index("青禾县扶贫办</a>") < page.index("东山省") < page.index('"note">青禾县<')
    assert 'href="/entity/place/990101.html"' in site.get("/entities/../entity/organisation/990101/青禾县扶贫办").text
    assert "东山省" not in site.get("/entities?type=Product").text


def test_every_page_begins_with_the_same_navigation(site: Site) -> None:
    """The six ways in stand at the top of each page."""
    header = site.get("/").text.partition("</header>")[0]
    for target in ("/entities", "/figures", "/articles", "/sparql", "/dumps/", "/docs"):
        assert f'href="{target}"' in header
