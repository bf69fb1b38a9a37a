"""What users overrule: read from files with clear errors, and followed in readings and in the whole graph."""

from pathlib import Path

import pytest

from kg.build import build
from kg.curation import Curation, load_curation
from kg.errors import SettingsError
from kg.model import Article, Metadata
from kg.rdf.iris import DEFAULT_BASE
from kg.results import process_article, read_curated
from kg.settings import Settings
from kg.suppression import BLACK, black_out
from kg.terms import OWL
from tests.conftest import ROOT

TEXT = (
    "甘谷县脱贫攻坚纪实\n\n2019年,甘谷县大庄镇大庄村有贫困户35户,村民王小兰种植苹果3亩,王小兰的丈夫李大强在外务工。\n"
    "全县干部群众一起努力,大庄镇的产业越来越好,村民们在家门口就能务工挣钱。\n"
)
ARTICLE = Article("a.txt", TEXT)
PERSON = ("person", "620523", "王小兰")


def written(tmp_path: Path, words: str) -> str:
    """Return the name of a file with these lines."""
    path = tmp_path / "decisions.tsv"
    path.write_text(words, "utf-8")
    return str(path)


# ---- Files -----------------------------------------------------------------------------------------------------------


def test_pairs_make_groups_that_the_smallest_stands_for(tmp_path: Path) -> None:
    """Pairs join to groups; IRIs and paths mean the same; comments and blank lines say nothing."""
    words = (
        "# decisions\n\n"
        "same\tperson/620523/丙\tperson/620523/乙\tone man\n"
        f"same\t{DEFAULT_BASE}person/620523/%E4%B9%99\t<{DEFAULT_BASE}person/620523/甲>\tone man\n"
        "different\tperson/620523/李明\tarticle/0123456789abcdef\tanother one\n"
    )
    curation = load_curation(pairs=written(tmp_path, words))
    names = sorted("甲乙丙")
    kept = ("person", "620523", names[0])
    assert curation.same == {("person", "620523", name): kept for name in names[1:]}
    assert curation.others(kept) == tuple(("person", "620523", name) for name in names[1:])
    assert curation.different == {(("person", "620523", "李明"), "0123456789abcdef")}


def test_suppression_tells_names_from_entities(tmp_path: Path) -> None:
    """A name is kept out everywhere, an entity where it is mentioned; longer names come first."""
    curation = load_curation(suppression=written(tmp_path, "王芳\twish\n王芳芳\twish\nperson/620523/李明\tminor\n"))
    assert curation.names == ("王芳芳", "王芳")
    assert curation.entities == {("person", "620523", "李明")}


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("pairs", "same\tperson/620523/李明"),
        ("pairs", "alike\tperson/620523/李明\tperson/620523/李铭\twhy"),
        ("pairs", "same\t李明\tperson/620523/李铭\twhy"),
        ("pairs", "same\tperson/\tperson/620523/李铭\twhy"),
        ("pairs", "different\tperson/620523/李明\tarticle/xyz\twhy"),
        ("suppression", "王\ttoo short"),
        ("suppression", "colour/red\tno entity"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, kind: str, line: str) -> None:
    """The error says file, line and what was expected."""
    path = written(tmp_path, f"# fine\n{line}\n")
    with pytest.raises(SettingsError, match=r"decisions\.tsv, line 2: .*Expected, with tabs"):
        load_curation(**{kind: path})


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Missing files and files that are no UTF-8 are errors, not silence: a name would be published."""
    with pytest.raises(SettingsError, match=r"absent\.tsv: cannot be read"):
        load_curation(suppression=str(tmp_path / "absent.tsv"))
    path = tmp_path / "bytes.tsv"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SettingsError, match=r"bytes\.tsv: cannot be read"):
        load_curation(pairs=str(path))


# ---- Names kept out --------------------------------------------------------------------------------------------------


def test_a_name_is_blacked_out_as_written_and_as_it_reads() -> None:
    """Traditional characters, spaces within and what stands beside the text are found; nothing moves."""
    article = Article(
        "劉小芳.txt",
        "貧困戶劉小芳說,劉小芳家的生活好了,劉小華也好了。",
        stated=Metadata(title="刘小芳的一天", publisher="刘小芳报", authors=("刘小芳", "李明")),
        address="http://example.org/%E5%88%98%E5%B0%8F%E8%8A%B3.html",
    )
    found = black_out(article, ["刘小芳", "劉小芳"])
    black = BLACK * 3
    assert found.raw == f"貧困戶{black}說,{black}家的生活好了,劉小華也好了。"
    assert found.identifier == f"{black}.txt"
    assert found.stated == Metadata(title=f"{black}的一天", publisher=f"{black}报", authors=(black, "李明"))
    assert found.address == f"http://example.org/{black}.html"


def test_nothing_kept_out_changes_nothing() -> None:
    """Without names, or without the name, the article is the same."""
    assert black_out(ARTICLE, []) is ARTICLE
    assert black_out(ARTICLE, ["赵六"]) == ARTICLE


def test_an_entity_kept_out_is_gone_with_all_its_names() -> None:
    """The person is in no entity, claim, quotation or report of the article; the rest of it stays."""
    plain = process_article(ARTICLE, base_iri=DEFAULT_BASE)
    assert "王小兰" in plain.ntriples
    kept_out = process_article(ARTICLE, base_iri=DEFAULT_BASE, curation=Curation(entities=frozenset({PERSON})))
    assert "王小兰" not in f"{kept_out.ntriples}{kept_out.report}{kept_out.raw}{kept_out.beside}"
    assert "李大强" in kept_out.ntriples
    assert len(kept_out.raw or "") == len(TEXT)
    assert kept_out.key != plain.key


def test_names_are_kept_out_of_graph_search_texts_and_dumps(tmp_path: Path) -> None:
    """A build with a suppression file holds the name nowhere on disk, and --add of that store finds nothing missing."""
    source = tmp_path / "articles"
    source.mkdir()
    (source / "a.txt").write_text(TEXT, "utf-8")
    (source / "b.txt").write_text(TEXT.replace("王小兰", "赵小兰").replace("35", "46"), "utf-8")
    (source / "王小兰.txt").write_bytes(b"")
    own = Settings(store=tmp_path / "store", suppress=written(tmp_path, "王小兰\tasked for it\n"))
    store = build([str(source)], own).store
    assert [hit.entity.label for hit in store.index.search("小兰", limit=5)] == ["赵小兰"]
    for path in store.directory.rglob("*"):
        if path.is_file():
            assert "王小兰".encode() not in path.read_bytes(), path
    again = build([str(source)], own)
    assert (again.left, again.cached, again.store.key) == ((), 2, store.key)
    assert build([str(source / "b.txt")], own, keep_earlier=True).articles == 2


# ---- Entities that are one, or two -----------------------------------------------------------------------------------


def test_the_same_are_one_with_all_their_claims() -> None:
    """Names, links and claims of both go to the key that stands for them, and the other is said to be the same."""
    husband = ("person", "620523", "李大强")
    one = min(PERSON, husband)
    curation = Curation(same={max(PERSON, husband): one})
    reading = read_curated(ARTICLE, curation, base_iri=DEFAULT_BASE)
    assert max(PERSON, husband) not in reading.entities
    entity = reading.entities[one]
    assert {entity.name, *entity.aliases} >= {"王小兰", "李大强"}
    ntriples = process_article(ARTICLE, base_iri=DEFAULT_BASE, curation=curation).ntriples
    assert OWL.sameAs.value in ntriples


def test_another_one_of_the_name_gets_a_key_of_its_own() -> None:
    """In the article named the person is another one; in others nothing changes."""
    curation = Curation(different=frozenset({(PERSON, ARTICLE.key)}))
    assert (*PERSON, ARTICLE.key) in read_curated(ARTICLE, curation, base_iri=DEFAULT_BASE).entities
    other = Article("b.txt", TEXT.replace("35", "46"))
    assert PERSON in read_curated(other, curation, base_iri=DEFAULT_BASE).entities


def test_decisions_hold_for_the_whole_graph(tmp_path: Path) -> None:
    """A village given twice is one after a pair; the validated graph leads from the other name to it."""
    path = ROOT / "seeds" / "002_a9546640570710a6.txt"
    plain = build([str(path)], Settings(store=tmp_path / "plain")).store
    people = [row.address for row in plain.index.entities(kinds=("Person",), query="", year=None, after="", limit=2)]
    pairs = written(tmp_path, f"same\t{people[0]}\t{people[1]}\tfor the test\n")
    store = build([str(path)], Settings(store=tmp_path / "curated", pairs=pairs)).store
    assert store.summary()["validation"]["quarantined"] == []
    assert store.index.stands_for(max(people)) == min(people)
    assert store.index.entity(max(people)) is None
    assert store.index.entity(min(people)) is not None
