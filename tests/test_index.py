import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.index import FigureFilter, Index, Ref, address_of, address_path, build_index
from kg.index.names import is_close, normalise, pinyin_keys, readings
from kg.store import Store
from tests.api.cases import read_cases
from tests.api.sample import ADDRESS, COUNTY, FIRST, FORMULA, HOSTILE, SECOND, SOURCES, TEXTS, write_sample

CLAIM_KINDS = ("Mention", "Figure", "PostHolding", "RelationClaim")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store of the sample."""
    return write_sample(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def index(store: Store) -> Iterator[Index]:
    """Its index."""
    index = Index(store.index_path)
    yield index
    index.close()


# ---- Addresses and names ---------------------------------------------------------------------------------------------


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12), min_size=1, max_size=4))
def test_addresses_survive_every_way_of_encoding(names: list[str]) -> None:
    """A path percent-encoded or not is one address, and slashes of names stay in their names."""
    address = address_of("/".join(name.replace("%", "%25").replace("/", "%2F") for name in names))
    assert address_of(address) == address
    assert address_of(address_path(address)) == address
    assert address_path(address).isascii()
    assert address.count("/") == len(names) - 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [("洪洞县", "hongtongxian"), ("六安市", "luanshi"), ("浚县", "xunxian"), ("甘谷县", "ganguxian")],
)
def test_places_are_found_as_they_are_pronounced(name: str, expected: str) -> None:
    """Readings that the dictionary misses are indexed beside its own."""
    assert ("pinyin", expected) in pinyin_keys(name)
    assert all(len(reading) == len(name) for reading in readings(name))


def test_latin_names_have_no_pinyin() -> None:
    """A name in Latin letters is found by itself."""
    assert pinyin_keys("Gangu County") == ()


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text: str) -> None:
    """The one spelling is a fixed point, whatever is typed."""
    assert normalise(normalise(text)) == normalise(text)


@given(st.text("甘谷通渭县", min_size=2, max_size=6), st.integers(0, 5), st.sampled_from("省市"))
def test_one_wrong_character_is_close(name: str, place: int, other: str) -> None:
    """Replaced, added or left out, one character makes a name that is close; the name itself is not."""
    at = place % len(name)
    assert is_close(name, name[:at] + other + name[at + 1 :])
    assert is_close(name, name[:at] + other + name[at:])
    assert is_close(name[:at] + other + name[at:], name)
    assert not is_close(name, name)


@pytest.mark.parametrize(("query", "found", "reason", "why"), read_cases("search"))
def test_search_finds_first_what_is_meant(index: Index, query: str, found: str, reason: str, why: str) -> None:
    """Each query of the table has its entity as first hit, for the stated reason."""
    hits = index.search(query, limit=5)
    assert hits, why
    assert (hits[0].entity.address, hits[0].reason) == (found, reason), why


@pytest.mark.parametrize("query", ["", "   ", "。！？", "没有这个名字的地方", '" NEAR *', "zzzzzz", "\x00", "a" * 500])
def test_search_without_result_is_empty(index: Index, query: str) -> None:
    """What names nothing finds nothing; signs of the query language mean themselves."""
    assert index.search(query, limit=5) == []


def test_search_keeps_to_kinds_and_limit(index: Index) -> None:
    """Only entities of the kinds asked for come, each once, at most as many as asked for."""
    assert [hit.entity.kind for hit in index.search("青禾", kinds=["Organisation"], limit=5)] == ["Organisation"]
    assert len(index.search("青禾", limit=1)) == 1


# ---- Entities, figures, claims ---------------------------------------------------------------------------------------


def test_an_entity_has_names_code_and_parents(index: Index) -> None:
    """A county has its label, aliases, English name, code and the places above it, the nearest first."""
    county = index.entity("place/990101")
    assert county is not None
    assert (county.label, county.english, county.aliases, county.code) == (
        "青禾县",
        "Qinghe County",
        ("青禾",),
        "990101",
    )
    assert county.parents == (Ref("place/9901", "云台市", "Prefecture"), Ref("place/99", "东山省", "Province"))
    assert (county.claims, county.articles) == (2, 2)
    assert index.entity("place/12") is None


def test_entities_are_listed_by_kind_name_and_year(index: Index) -> None:
    """Filters hold together."""
    assert [row.kind for row in index.entities(kinds=["County", "Person"], limit=9)] == ["Person", "County"]
    assert [row.label for row in index.entities(query="柳湾", limit=9)] == ["柳湾村"]
    assert [row.label for row in index.entities(year=2018, limit=9)] == ["青禾县"]
    assert index.entities(year=2017, limit=9) == []


@given(st.integers(1, 12))
def test_pages_cover_every_entity_once(index: Index, limit: int) -> None:
    """Page after page, of any length, gives the same list as one page."""
    found: list[str] = []
    while page := index.entities(after=found[-1] if found else "", limit=limit):
        found += [row.address for row in page]
    assert found == [row.address for row in index.entities(limit=1000)]


def test_figures_are_found_by_place_indicator_period_and_unit(index: Index) -> None:
    """A place includes what lies in it; a period includes what it overlaps."""
    values = {figure.value for figure in index.figures(FigureFilter(place="place/99"), limit=9)}
    assert values == {Decimal(12000), Decimal(11800)}
    assert len(index.figures(FigureFilter(indicator="poor-population", period="2018-06", unit="人"), limit=9)) == 2
    assert len(index.figures(FigureFilter(indicator="贫困人口"), limit=9)) == 2
    assert index.figures(FigureFilter(period="2019"), limit=9) == []
    assert index.figures(FigureFilter(about="place/99"), limit=9) == []
    assert index.figures(FigureFilter(unit="户"), limit=9) == []


def test_a_conflict_has_its_figures_the_preferred_one_first(index: Index) -> None:
    """One slot with two values is one conflict."""
    (conflict,) = index.conflicts(limit=9)
    assert (conflict.about.label, conflict.indicator, conflict.period) == ("青禾县", "poor-population", "2018")
    assert [(figure.value, figure.preferred, figure.conflicting) for figure in conflict.figures] == [
        (Decimal(11800), True, True),
        (Decimal(12000), False, True),
    ]


def test_every_claim_quotes_the_raw_text(index: Index) -> None:
    """Offsets of evidence count in the text that is kept beside it."""
    for key, text in TEXTS.items():
        assert index.article_text(key) == text
        for claim in index.claims_in(key, kinds=CLAIM_KINDS, limit=99):
            for evidence in claim.evidence:
                assert text[evidence.start : evidence.end] == evidence.exact


def test_claims_know_both_ends(index: Index) -> None:
    """A post joins person and body, a relation its two entities; a mention has the entity alone."""
    claims = {claim.kind: claim for claim in index.claims_of("person/990101/赵有田", kinds=CLAIM_KINDS, limit=9)}
    post, relation, mention = claims["PostHolding"], claims["RelationClaim"], claims["Mention"]
    assert post.object is not None
    assert relation.object is not None
    assert (post.text, post.object.label, post.extractor) == ("主任", "青禾县扶贫办", "hand 1")
    assert (relation.predicate, relation.object.label) == ("residentOf", "柳湾村")
    assert (mention.text, mention.object) == ("name and county", None)
    assert index.claim(post.key) == post
    assert index.claim("none") is None


def test_backlinks_leave_claims_out(index: Index) -> None:
    """What points to a county are its parts and the articles, page after page."""
    links = index.backlinks(COUNTY.value, limit=9)
    assert [link.subject.label for link in links] == ["青禾县脱贫纪实", "再访青禾", "柳湾村"]
    last = f"{links[0].predicate} {links[0].subject.address}"
    assert index.backlinks(COUNTY.value, after=last, limit=9) == links[1:]


def test_triples_are_those_of_the_graph(index: Index, store: Store) -> None:
    """The lines of a resource are its statements in the default graph."""
    expected = sorted(f"{quad} ." for quad in store.quads() if quad.subject == COUNTY)
    assert sorted(index.triples(COUNTY.value, limit=99)) == expected


def test_statements_are_readable(index: Index) -> None:
    """Literals lose their quotation marks, IRIs of ours become links."""
    rows = {(row.predicate.rpartition("#")[2], row.value): row for row in index.statements(COUNTY.value, limit=99)}
    assert rows["label", "青禾县"].language == "zh"
    parent = next(row for (name, _), row in rows.items() if name == "partOf")
    assert parent.ref == Ref("place/9901", "云台市", "Prefecture")
    award = index.iri(f"award/{FORMULA.replace('/', '%2F')}") or ""
    assert FORMULA in [row.value for row in index.statements(award, limit=9)]


def test_terms_have_labels_in_both_languages(index: Index) -> None:
    """A term of the ontology has its labels; an unknown IRI is named by its last part."""
    assert index.label("https://w3id.org/poverty-kg/ns#County").en == "County"
    assert index.label("http://example.org/thing#x%20y").zh == "x y"
    assert index.ref("place/none") == Ref("place/none", "none")
    assert index.resource("place/none") is None


def test_articles_are_listed_in_order(index: Index) -> None:
    """Articles come by key, with the counts of their claims, mentions left out."""
    first, second = index.articles(limit=9)
    assert (first.key, first.claims, first.characters) == (FIRST, 3, len(TEXTS[FIRST]))
    assert (first.address, first.retrieved) == (ADDRESS, "2020-01-02T03:04:05Z")
    assert first.copies == (f"{ADDRESS}?copy", "javascript:alert(1)")
    assert (second.key, second.publisher, second.issued) == (SECOND, "青禾日报", "2019-03-01")
    assert index.articles(after=FIRST, limit=9) == [second]
    assert index.article("none") is None
    assert index.article_text("none") is None


def test_totals_count_the_graph(index: Index, store: Store) -> None:
    """Counts by kind, class and property agree with the quads."""
    assert index.totals("kind")["Figure"] == 2
    assert index.totals("graph")["conflicts"] == 1
    assert sum(index.totals("property").values()) == index.totals("graph")["triples"] == len(list(store.quads()))


# ---- Building --------------------------------------------------------------------------------------------------------


def test_the_same_graph_gives_the_same_file(store: Store, tmp_path: Path) -> None:
    """Two builds of one graph are equal byte by byte, whatever the order of the quads."""
    quads = list(store.quads())
    build_index(tmp_path / "one.sqlite", quads, sources=SOURCES)
    build_index(tmp_path / "other.sqlite", reversed(quads), sources=SOURCES)
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "other.sqlite").read_bytes()


def test_an_empty_graph_has_an_index(tmp_path: Path) -> None:
    """A store may be made of nothing."""
    build_index(tmp_path / "index.sqlite", [], sources=())
    index = Index(tmp_path / "index.sqlite")
    assert index.entities(limit=9) == []
    assert index.totals("graph") == {"conflicts": 0, "subjects": 0, "triples": 0}
    index.close()


def test_foreign_graphs_are_indexed_as_they_are(tmp_path: Path) -> None:
    """Any RDF makes an index: blank nodes, other graphs and claims without their parts are no fault."""
    name, claim = NamedNode("http://example.org/a"), NamedNode("https://w3id.org/poverty-kg/id/claim/x")
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = [
        Quad(BlankNode("b"), rdf_type, name),
        Quad(name, rdf_type, BlankNode("b")),
        Quad(name, NamedNode("http://example.org/p"), Literal('say "x\\n"\n')),
        Quad(name, name, name, NamedNode("http://example.org/graph")),
        *(Quad(claim, rdf_type, NamedNode(f"https://w3id.org/poverty-kg/ns#{kind}")) for kind in CLAIM_KINDS),
    ]
    build_index(tmp_path / "index.sqlite", quads, sources=())
    index = Index(tmp_path / "index.sqlite")
    assert [row.value for row in index.statements("http://example.org/a", limit=9)] == ['say "x\\n"\n', "_:b"]
    assert index.claim("x") is not None
    index.close()


def test_another_base_is_found_from_the_articles(tmp_path: Path) -> None:
    """Resources below another base have the same addresses."""
    base = "https://example.org/kg/id/"
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    article, county = (NamedNode(f"https://w3id.org/poverty-kg/ns#{name}") for name in ("Article", "County"))
    quads = [
        Quad(NamedNode(f"{base}article/1"), rdf_type, article),
        Quad(NamedNode(f"{base}place/62"), rdf_type, county),
    ]
    build_index(tmp_path / "index.sqlite", quads, sources=())
    index = Index(tmp_path / "index.sqlite")
    assert index.iri("place/62") == f"{base}place/62"
    index.close()


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    """A missing or damaged file is an error of the store."""
    with pytest.raises(StoreError):
        Index(tmp_path / "none.sqlite")
    (tmp_path / "damaged.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError):
        Index(tmp_path / "damaged.sqlite")


def test_names_that_mean_harm_are_names(index: Index) -> None:
    """Markup in a label is kept as it is: pages escape it."""
    address = address_of(f"product/{HOSTILE.replace('/', '%2F')}")
    entity = index.entity(address)
    assert entity is not None
    assert entity.label == HOSTILE


def test_the_index_needs_no_writing(store: Store) -> None:
    """The file is opened so that nothing can write to it."""
    index = Index(store.index_path)
    with pytest.raises(sqlite3.OperationalError):
        index._all("DELETE FROM entity")
    index.close()
