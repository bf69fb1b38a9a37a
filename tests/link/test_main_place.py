from dataclasses import replace
from functools import cache

import pytest

from kg.extract.places import PlaceExtractor
from kg.link import Gazetteer, resolve_places
from kg.model import BlockRole, Kind, Mention, Reading, Span
from tests.factories import make_document

#: A paragraph that names no place.
PLAIN = "大家都说，日子一天比一天好。"


def read(text: str) -> Reading:
    """Return the reading of a text whose first line is its title, with its places resolved."""
    document = make_document(text)
    sentences = [replace(one, role=BlockRole.BODY if one.paragraph else BlockRole.TITLE) for one in document.sentences]
    reading = Reading(replace(document, sentences=tuple(sentences)))
    extractor, gazetteer = make_tools()
    return resolve_places(replace(reading, mentions=extractor.extract(reading).mentions), gazetteer)


@cache
def make_tools() -> tuple[PlaceExtractor, Gazetteer]:
    """Return the extractor and the gazetteer with the packaged names."""
    gazetteer = Gazetteer.load()
    return PlaceExtractor(gazetteer), gazetteer


@pytest.mark.parametrize(
    ("lines", "main"),
    [
        (["甘谷县推进搬迁", *[PLAIN] * 8], "620523"),
        (["好日子来了", "在甘谷县，人人种辣椒。", PLAIN, PLAIN, "甘谷县大庄镇的人也来了。"], "620523"),
        (["好日子来了", *[PLAIN] * 9, "甘谷县也种了辣椒。"], None),
        (["各地齐发力", "甘谷县种辣椒。", "绥阳县种金银花。", "金寨县种茶。", "甘谷县又种苹果。"], None),
        (["甘肃推进搬迁", "甘谷县搬了。", "甘肃各地都在搬。", "临泽县搬了。", "甘肃明年接着搬。"], "62"),
        (["甘肃甘谷县推进搬迁", "甘谷县搬了。", "甘肃各地都在搬。", "绥阳县来人学习。"], "620523"),
        (["甘肃、贵州推进搬迁", "甘肃省搬了。", "贵州省也搬了。", "甘肃省接着搬。", "贵州省也接着搬。"], None),
        (["天水市推进搬迁", "甘谷县搬了。", "天水市各县都在搬。", PLAIN], "6205"),
        (["车间办到村里", "甘肃省有车间。", "甘肃省甘谷县有车间。", "甘肃省武山县有车间。"], "62"),
        (["扶贫会议召开", "新华社北京2月19日电 会议提出了要求。", PLAIN], None),
        (["扶贫会议召开", PLAIN, PLAIN], None),
    ],
)
def test_the_article_is_about_what_its_title_or_most_paragraphs_name(lines: list[str], main: str | None) -> None:
    """A county in the title or in a good share of the paragraphs, else what is above, else nothing."""
    assert read("\n".join(lines)).main_place == (("place", main) if main else None)


def test_a_village_stays_unlinked_where_the_article_is_about_no_county() -> None:
    """A survey of the country gives a village without its county no place."""
    village = Mention(Span(0, 4), Kind.VILLAGE, "没名儿村", "hand")
    document = make_document("没名儿村修好了路。\n甘谷县种辣椒。\n绥阳县种金银花。\n金寨县种茶。")
    reading = resolve_places(Reading(document, mentions=(village,)), make_tools()[1])
    assert reading.links == ()
