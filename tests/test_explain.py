"""Explaining entities: why mentions are one, by key, by users' pairs, by how each was linked."""

import pytest

from kg.build import build
from kg.explain import render_mentions, resolve_name
from kg.index import EntityRow, Index
from kg.rdf.iris import DEFAULT_BASE
from kg.settings import Settings

FIRST = """甘谷县扶贫纪实

2020年，甘谷县扶贫开发办公室主任王建国到安远镇大城村走访。县扶贫办为大城村落实了项目。
李小燕是大城村村民。全县实现脱贫。国务院扶贫办派来的同志住在村里。
"""
SECOND = """甘谷县产业纪实

2021年，甘谷县扶贫办主任王建国来到安远镇大城村。王建国说，甘谷县的辣椒今年卖得好，家家户户都有了稳定的收入，日子一天比一天红火。村里修好了路，通上了自来水，
老人看病有人管，孩子上学有人送，大家都说政策好、干部实，今后的路还要一步一步走下去。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return the index of two articles, one pair of people declared the same by hand."""
    folder = tmp_path_factory.mktemp("explained")
    sources = folder / "articles"
    sources.mkdir()
    (sources / "first.txt").write_text(FIRST, "utf-8")
    (sources / "second.txt").write_text(SECOND, "utf-8")
    pairs = folder / "pairs.tsv"
    pairs.write_text("same\tperson/620523/李小燕\tperson/620523/王建国\tfor the test\n", "utf-8")
    return build([str(sources)], Settings(store=folder / "store", pairs=str(pairs))).store.index


def explained(index: Index, name: str) -> str:
    """Return why the mentions of an entity are one."""
    return render_mentions(index, resolve_name(index, name))


def test_long_and_short_forms_of_two_articles_are_one_body(index: Index) -> None:
    """The office in full, with and without its county, is one entity; name and place say why."""
    out = explained(index, "甘谷县扶贫办")
    assert "one because the mentions share: the name 甘谷县扶贫办; the place 甘谷县 (620523)" in out
    assert "甘谷县扶贫开发办公室" in out
    assert out.count("name and place (0.9") == len([FIRST, SECOND])


def test_a_place_is_one_by_its_code(index: Index) -> None:
    """A division is one by its code; links say how each mention was understood."""
    out = explained(index, "甘谷县")
    assert "one because the mentions share: the official code 620523" in out
    assert "reference" in out


def test_pairs_of_the_user_are_named(index: Index) -> None:
    """What a user declared to be one says so, with the other IRI."""
    out = explained(index, "person/620523/李小燕")
    assert "the same by a pair of the user: https://w3id.org/poverty-kg/id/person/620523/王建国" in out


def test_what_belongs_to_no_county_says_so(index: Index) -> None:
    """A national body is one by its name alone."""
    assert "the name 国务院扶贫办; no county: national" in explained(index, "国务院扶贫办")


@pytest.mark.parametrize(
    ("address", "reasons"),
    [
        ("product/甘谷辣椒", "the name 甘谷辣椒, wherever it stands"),
        ("place/region/六盘山片区", "the name 六盘山片区; being a region"),
        ("person/620523/王建国/大城村", "the place 甘谷县 (620523); what tells homonyms apart: 大城村"),
        ("programme/620523/一户一策体系/到户", "the name 到户; the place 甘谷县 (620523); the system 一户一策体系"),
        ("person/620523/王建国/0123456789abcdef", "keeps them apart in article 0123456789abcdef; the name 王建国"),
    ],
)
def test_every_kind_of_key_has_its_reasons(index: Index, address: str, reasons: str) -> None:
    """The parts of a key are told in words, whatever the kind."""
    row = EntityRow(address, f"{DEFAULT_BASE}{address}", "Thing", address.rpartition("/")[2])
    assert reasons in render_mentions(index, row)
