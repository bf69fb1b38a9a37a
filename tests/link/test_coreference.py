from dataclasses import replace
from decimal import Decimal

import pytest

from kg.extract.places import PlaceExtractor
from kg.link import Gazetteer, resolve_entities, resolve_places, resolve_references
from kg.model import Kind, Mention, Reading, Span, Vocabulary
from tests.factories import make_document

EXTRACTOR = PlaceExtractor(Gazetteer.load())
VOCABULARY = Vocabulary(units=(), indicators=(), bases=(), instruments=())


def read(text: str, *named: tuple[Kind, str]) -> Reading:
    """Return the reading of a text with its places, and with every mention of the names given."""
    reading = Reading(make_document(text))
    reading = resolve_places(replace(reading, mentions=EXTRACTOR.extract(reading).mentions), Gazetteer.load())
    others = tuple(
        Mention(Span(at, at + len(name)), kind, name, "hand")
        for kind, name in named
        for at in range(len(text))
        if text.startswith(name, at)
    )
    reading = replace(reading, mentions=tuple(sorted((*reading.mentions, *others))))
    return resolve_references(resolve_entities(reading, Gazetteer.load(), VOCABULARY))


def references(reading: Reading) -> list[tuple[str, str]]:
    """Return words and meaning of what points back, in text order."""
    return [
        (reading.document.words(link.mention.span), reading.entities[link.entity].name)
        for link in reading.links
        if link.mention.anaphor
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "甘谷县在渭河边，全县种辣椒，该县和县里都支持。",
            [("全县", "甘谷县"), ("该县", "甘谷县"), ("县里", "甘谷县")],
        ),
        ("甘谷县种辣椒，全省第一，全市第二。", [("全省", "甘肃省"), ("全市", "天水市")]),
        ("甘谷县种辣椒，甘谷县好。武山县种菜，该县好。", [("该县", "武山县")]),
        ("山西省召开会议，岚县、左权县来人，大同市参加，全市都来。", [("全市", "大同市")]),
        ("靖西市在边境，全市脱贫，全区第一。", [("全市", "靖西市"), ("全区", "广西壮族自治区")]),
        ("东丽区来了人，全区支持，全市支持。", [("全区", "东丽区"), ("全市", "天津市")]),
        ("怒江州都脱了贫，全州欢庆。", [("全州", "怒江傈僳族自治州")]),
        (
            "白银区武川乡新安村变了，全村通路，村里通水，全乡支持。",
            [("全村", "新安村"), ("村里", "新安村"), ("全乡", "武川乡")],
        ),
        ("甘谷县大庄镇大庄村石家屯通路，该村通水。", [("该村", "大庄村")]),
        ("绥阳县洋川街道通路，该街道通水。", [("该街道", "洋川街道")]),
        ("白银区武川乡通了路，当地种玉米，白银区支持。", [("当地", "武川乡")]),
        ("甘谷县\n大家\n很好\n这里种玉米。", [("这里", "甘谷县")]),
        ("甘谷县地处老区，老区里有山村，山村里有人，城市里也有。", []),
        ("甘谷县是安全区，基本村情好，完全民主，全县长会议，县域经济好。", []),
        ("全县通路，他很高兴，该村通水，当地人也是。", []),
    ],
)
def test_words_for_places_mean_the_place_of_their_level(text: str, expected: list[tuple[str, str]]) -> None:
    """全县 is the main place or above it, 该村 the village named last, 当地 the smallest place near by."""
    assert references(read(text)) == expected


def test_a_place_far_back_is_not_meant() -> None:
    """A village named many paragraphs before is no longer 该村."""
    near, far = "\n".join("甘" * 3), "\n".join("甘" * 12)
    village = "白银区武川乡新安村变了。"
    assert references(read(f"{village}\n{near}\n该村通水。")) == [("该村", "新安村")]
    assert references(read(f"{village}\n{far}\n该村通水。")) == []


def test_a_pronoun_means_the_person_named_last() -> None:
    """他 and 她 are the person named last in the paragraph or the one before, 他们 and 其他 nobody."""
    people = [(Kind.PERSON, "王小兰"), (Kind.PERSON, "李大山")]
    text = "王小兰种花椒，她很高兴。李大山来了，他家也种。\n他说好，他们和其他人都说好。\n天晴了。\n他走了。"
    reading = read(text, *people)
    assert references(reading) == [("她", "王小兰"), ("他", "李大山"), ("他", "李大山")]


def test_a_head_noun_means_the_body_named_last() -> None:
    """合作社 is the cooperative just named, 公司 the company; kinds and numbers of bodies are not meant."""
    bodies = [(Kind.ORGANISATION, "兴农合作社"), (Kind.ORGANISATION, "普众公司")]
    text = "兴农合作社和普众公司签约，合作社供苗，该公司收购。龙头企业多，9家公司来了，专业合作社也来了。"
    assert references(read(text, *bodies)) == [("合作社", "兴农合作社"), ("该公司", "普众公司")]


def test_a_reference_has_the_words_that_introduced_it() -> None:
    """The link carries the antecedent's span as second evidence and is less sure from the paragraph before."""
    text = "王小兰种花椒，她高兴。\n她家好。"
    reading = read(text, (Kind.PERSON, "王小兰"))
    links = [link for link in reading.links if link.mention.anaphor]
    assert [link.introduced_by for link in links] == [Span(0, 3), Span(0, 3)]
    assert [link.confidence for link in links] == [Decimal("0.80"), Decimal("0.65")]
    assert {link.linked_by for link in links} == {"reference"}
    assert all(link.mention in reading.mentions for link in links)


def test_an_unnamed_main_place_introduces_nothing() -> None:
    """全省 means the province above the main place even where the article never names it."""
    links = [link for link in read("甘谷县种辣椒，全省第一。").links if link.mention.anaphor]
    assert [link.introduced_by for link in links] == [None]


def test_words_within_mentions_do_not_point_back() -> None:
    """A mention is never cut: the 合作社 of a name is part of the name."""
    text = "兴农合作社成立了，全县县委来人。"
    reading = read(f"甘谷县好。{text}", (Kind.ORGANISATION, "兴农合作社"), (Kind.ORGANISATION, "全县县委"))
    assert references(reading) == []


def test_kinds_of_bodies_are_no_body() -> None:
    """A head noun behind other words is part of a name or a kind; 区域 and 本地人 are ordinary words."""
    text = "甘谷县好。兴农医院来了人，应急医院开了门，手机医院也有，医院很忙，这个区域的本地人高兴。"
    assert references(read(text, (Kind.ORGANISATION, "兴农医院"))) == [("医院", "兴农医院")]


def test_what_was_said_introduces_no_place_outside() -> None:
    """A village that only a quotation names is not the one that the article goes on about."""
    text = "白银区武川乡新安村变了。王小兰说：“邻近的武川乡红岘村也来学。”村里通了路。"
    assert references(read(text))[-1:] == [("村里", "新安村")]
