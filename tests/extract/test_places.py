import csv
import doctest
from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract import place_words, places, places_lists, places_local
from kg.extract.lexicon import NameSet
from kg.extract.places import PlaceExtractor
from kg.extract.places_local import LocalNames
from kg.extract.places_page import Page
from kg.link import Gazetteer, resolve_places
from kg.model import Block, BlockRole, Document, Kind, Reading, Sentence
from tests.factories import make_document

with (Path(__file__).parents[1] / "cases" / "places.tsv").open(encoding="utf-8", newline="") as table:
    CASES = [(row["text"], row["expected"], row["why"]) for row in csv.DictReader(table, dialect="excel-tab")]


@pytest.fixture(scope="module")
def extractor() -> PlaceExtractor:
    """Return the extractor with the packaged names."""
    return PlaceExtractor(Gazetteer.load())


def read(extractor: PlaceExtractor, document: Document) -> Reading:
    """Return the reading of a document with its places resolved."""
    reading = Reading(document)
    return resolve_places(replace(reading, mentions=extractor.extract(reading).mentions), Gazetteer.load())


def titled(title: str, body: str) -> Document:
    """Return a document whose first line is its title."""
    document = make_document(f"{title}\n{body}")
    first, *others = document.sentences
    blocks = (Block(first.span, BlockRole.TITLE), *document.blocks[1:])
    sentences = (Sentence(first.span, first.paragraph, BlockRole.TITLE), *others)
    return replace(document, blocks=blocks, sentences=sentences)


@pytest.mark.parametrize("module", [place_words, places_local, places_lists, places])
def test_examples_hold(module: object) -> None:
    """The examples in the documentation are right."""
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_places_are_found_and_linked(extractor: PlaceExtractor, text: str, expected: str, why: str) -> None:
    """Each case of the table gives its places with their codes, in text order."""
    reading = read(extractor, make_document(text))
    links = {link.mention: link.entity for link in reading.links}
    found = [
        f"{reading.entities[links[one]].name}={'/'.join(links[one][1:])}" if one in links else f"{one.name}=?"
        for one in reading.mentions
    ]
    assert " ".join(found) == ("" if expected == "-" else expected), why


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("大方县青沟、石垭、新城3个贫困村全部出列。", ["大方县", "青沟村", "石垭村", "新城村"]),
        ("大方县青沟、石垭和马场等5个村通了路。", ["大方县", "青沟村", "石垭村", "马场村"]),
        ("大方县验收了抽查的青沟、石垭2个村。", ["大方县", "青沟村", "石垭村"]),
        ("大方县青沟、石垭5个村通了路。", ["大方县"]),
        ("大方县产业、就业、教育3个村级项目开工。", ["大方县"]),
        ("搬迁户家住青云里安置点，不住中心村安置点，也不去集中安置点。", ["青云里安置点"]),
        ("大方县农业农村局召开会议，全县农业农村变样。", ["大方县"]),
        ("大方县安乐乡石垭村出列。", ["大方县", "安乐乡", "石垭村"]),
        ("大方县最偏远的石垭自然村通了路，陇青屯贫困户种茶。", ["大方县", "石垭自然村", "陇青屯"]),
        ("东乡族自治县最偏僻的高山乡布楞沟村通了水。", ["东乡族自治县", "高山乡", "布楞沟村"]),
    ],
)
def test_villages_in_lists_and_settlements_are_found(extractor: PlaceExtractor, text: str, names: list[str]) -> None:
    """Lists with a count, settlements, hamlets and townships with their village are places."""
    assert [one.name for one in extractor.extract(Reading(make_document(text))).mentions] == names


def test_mentions_are_the_words_of_the_text(extractor: PlaceExtractor) -> None:
    """Spans count in the document, do not overlap, and a short form has the full name."""
    document = make_document("甘谷县在渭河边。\n甘谷大葱出自甘谷县六峰镇。")
    mentions = extractor.extract(Reading(document)).mentions
    assert [(document.words(one.span), one.name, one.kind) for one in mentions] == [
        ("甘谷县", "甘谷县", Kind.COUNTY),
        ("甘谷", "甘谷县", Kind.COUNTY),
        ("甘谷县", "甘谷县", Kind.COUNTY),
        ("六峰镇", "六峰镇", Kind.TOWNSHIP),
    ]
    assert {one.extractor for one in mentions} == {"places"}


def test_a_county_may_open_a_headline_in_short(extractor: PlaceExtractor) -> None:
    """Before the colon of a headline the short name is enough, and its townships are found."""
    reading = read(extractor, titled("会宁：旱塬披绿装", "河畔镇的苹果红了。"))
    assert [reading.entities[link.entity].name for link in reading.links] == ["会宁县", "河畔镇"]
    assert reading.main_place == ("place", "620422")


def test_furniture_is_not_read(extractor: PlaceExtractor) -> None:
    """What lies outside the sentences gives no mention."""
    document = make_document("甘谷县在渭河边。\n热点：武山县招聘教师。")
    content = replace(document, sentences=document.sentences[:1])
    assert [one.name for one in extractor.extract(Reading(content)).mentions] == ["甘谷县"]


def test_a_document_without_places_gives_none(extractor: PlaceExtractor) -> None:
    """An empty document and one without places give nothing."""
    assert extractor.extract(Reading(make_document(""))).mentions == ()
    assert extractor.extract(Reading(make_document("今天天气很好。"))).mentions == ()


def test_a_learnt_name_is_found_again(extractor: PlaceExtractor) -> None:
    """A name that was stated once in a chain is found elsewhere in the article, whatever stands before it."""
    document = make_document("甘谷县大庄镇青石崖村通了路。\n村民都说青石崖村好。")
    names = [one.name for one in extractor.extract(Reading(document)).mentions]
    assert names == ["甘谷县", "大庄镇", "青石崖村", "青石崖村"]


def test_villages_are_looked_up_as_a_scan_for_all_names_finds_them() -> None:
    """Trying each word for a level as the end of names finds what one pass with all names of the county finds."""
    gazetteer = Gazetteer.load()
    counties, prefectures = ["620523", "620723"], ["6205"]
    levels = ("街道办事处", "街道", "镇", "乡", "苏木", "社区", "村", "嘎查")
    listed = [one for code in counties for one in gazetteer.within(code)]
    listed += [one for code in prefectures for one in gazetteer.townships(code)]
    names = sorted({one.name for one in listed if one.name.endswith(levels)})
    text = "，".join(
        f"{first}{other}和{first[1:]}的{other[:2]}" for first, other in zip(names, names[7:], strict=False)
    )
    page = Page(make_document(text))
    local = LocalNames(gazetteer, counties, prefectures)
    for line in page.lines:
        found = [(hit.form, hit.span) for hit in local.listed_names(line)]
        assert found == [(name, line.span(span)) for name, span in NameSet(names).find(line.text)]
    assert all({one.code for one in local.named(name)} == {o.code for o in listed if o.name == name} for name in names)
