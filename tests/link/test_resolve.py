from dataclasses import replace
from functools import cache

import pytest

from kg.extract.places import PlaceExtractor
from kg.link import Gazetteer, resolve_places
from kg.model import Article, Entity, Kind, Link, Mention, Reading, Span
from kg.text import parse_document
from tests.factories import find_span, make_document


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return the packaged gazetteer."""
    return Gazetteer.load()


def read(gazetteer: Gazetteer, text: str) -> Reading:
    """Return the reading of a text with its places found and resolved."""
    return resolved(Reading(make_document(text)), gazetteer)


def read_page(gazetteer: Gazetteer, raw: str) -> Reading:
    """Return the same of a page that is cleaned before."""
    return resolved(Reading(parse_document(Article("page.txt", raw))), gazetteer)


def resolved(reading: Reading, gazetteer: Gazetteer) -> Reading:
    """Return a reading with its places found and resolved."""
    return resolve_places(replace(reading, mentions=make_extractor().extract(reading).mentions), gazetteer)


@cache
def make_extractor() -> PlaceExtractor:
    """Return the extractor with the packaged names."""
    return PlaceExtractor(Gazetteer.load())


def entity(reading: Reading, name: str) -> Entity:
    """Return the entity with a name."""
    return next(one for one in reading.entities.values() if one.name == name)


def reasons(reading: Reading) -> list[tuple[str, str]]:
    """Return name and reason of each link."""
    return [(reading.entities[link.entity].name, link.linked_by) for link in reading.links]


def test_all_ancestors_are_entities_but_not_mentions(gazetteer: Gazetteer) -> None:
    """A village brings its township, county, prefecture and province, each the next one's parent."""
    reading = read(gazetteer, "白银区武川乡独山村搬了新家。")
    key, names = entity(reading, "独山村").key, []
    while key:
        names.append(reading.entities[key].name)
        key = reading.entities[key].parent
    assert names == ["独山村", "武川乡", "白银区", "白银市", "甘肃省"]
    assert len(reading.links) == 3


def test_a_link_tells_why(gazetteer: Gazetteer) -> None:
    """Each way of choosing leaves its reason."""
    text = (
        "甘谷县大庄镇大庄村办车间。六峰镇也办了。大庄村的人多了。武山县洛门镇来人。城关镇没有来。大庄镇新庄子村来了。"
    )
    assert reasons(read(gazetteer, text)) == [
        ("甘谷县", "unique in the country"),
        ("大庄镇", "stated parent"),
        ("大庄村", "stated parent"),
        ("六峰镇", "main place"),
        ("大庄村", "named before"),
        ("武山县", "unique in the country"),
        ("洛门镇", "stated parent"),
        ("城关镇", "main place, not in the divisions list"),
        ("大庄镇", "named before"),
        ("新庄子村", "not in the divisions list"),
    ]


def test_aliases_are_all_forms(gazetteer: Gazetteer) -> None:
    """Short forms, forms seen and the names of other years are aliases; the article's form is the name."""
    reading = read(gazetteer, "甘谷县大庄镇大庄村。绥阳县风华镇金承村。沿河县。")
    assert entity(reading, "甘谷县").aliases == ("甘谷",)
    assert entity(reading, "大庄村").aliases == ("席家大庄村",)
    assert entity(reading, "金承村").aliases == ("金承社区",)
    assert entity(reading, "沿河土家族自治县").aliases == ("沿河", "沿河县")
    assert entity(reading, "大庄村").code_years == (2019, 2023)
    assert entity(reading, "金承村").english == "Jincheng Village"


def test_names_in_pinyin_and_as_the_page_writes_them_are_kept(gazetteer: Gazetteer) -> None:
    """A traditional page's own characters are an alias; pinyin goes by rule, nationalities and levels apart."""
    reading = read_page(gazetteer, "甘谷縣大莊鎮有車間，臨夏回族自治州也有。")
    assert entity(reading, "甘谷县").aliases == ("甘谷", "甘谷縣")
    assert entity(reading, "大庄镇").aliases == ("大莊鎮",)
    assert entity(reading, "甘谷县").pinyin == "Gangu Xian"
    assert entity(reading, "临夏回族自治州").pinyin == "Linxia Huizu Zizhizhou"


def test_repaired_words_are_no_alias(gazetteer: Gazetteer) -> None:
    """Damage on a page is no other name of the place."""
    reading = read_page(gazetteer, "天水市甘\u200b谷县大庄镇有车间，甘谷县很高兴。")
    assert entity(reading, "甘谷县").aliases == ("甘谷",)


def test_a_replaced_township_brings_its_successor(gazetteer: Gazetteer) -> None:
    """The township of the older list leads to the town of the newer one, which is described but not mentioned."""
    reading = read(gazetteer, "山西省忻州市岢岚县宋家沟乡搬了新家。")
    old = entity(reading, "宋家沟乡")
    assert (old.code, old.replaced_by) == ("140929208", ("place", "140929102"))
    later = reading.entities[("place", "140929102")]
    assert (later.name, later.code, later.parent) == ("宋家沟镇", "140929102", ("place", "140929"))
    assert later.key not in {link.entity for link in reading.links}
    assert entity(reading, "岢岚县").replaced_by is None


def test_a_place_without_code_lies_where_it_is_stated(gazetteer: Gazetteer) -> None:
    """Its key has the code of the nearest coded ancestor, its parent is what the words say."""
    reading = read(gazetteer, "甘谷县白云乡青石崖村很远。")
    assert entity(reading, "白云乡").key == ("place", "620523", "白云乡")
    assert entity(reading, "青石崖村").key == ("place", "620523", "青石崖村")
    assert entity(reading, "青石崖村").parent == ("place", "620523", "白云乡")
    assert entity(reading, "青石崖村").code is None


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("甘谷县种辣椒，甘谷县种苹果，天津市东丽区来帮忙。", "620523"),
        ("天水市召开会议，甘谷县、武山县、秦安县交流经验。", "6205"),
        ("甘肃省召开会议，甘谷县、临泽县、会宁县交流经验。", "62"),
        ("大庄镇大庄村办车间，天水市都来学习，六峰镇也来了。", "620523"),
        ("贵州省派人到广东省学习，贵州省要脱贫。", "52"),
        ("天水市要脱贫。", "6205"),
        ("没有地名。", None),
    ],
)
def test_the_main_place_is_what_the_article_is_about(gazetteer: Gazetteer, text: str, main: str | None) -> None:
    """A county that dominates, else the prefecture or province above all of them; else the one most named."""
    assert read(gazetteer, text).main_place == (("place", main) if main else None)


def test_an_ambiguous_county_is_chosen_by_what_is_named(gazetteer: Gazetteer) -> None:
    """A name of several counties is that of the province named; alone it stays unlinked."""
    assert entity(read(gazetteer, "河北省的消息：桥西区建了车间。石家庄市桥西区来了。"), "桥西区").code == "130104"
    assert read(gazetteer, "桥西区建了车间。").links == ()


def test_an_ambiguous_village_stays_unlinked(gazetteer: Gazetteer) -> None:
    """A village of which the county has several is linked to none of them, but below the township named before."""
    text = "甘谷县通了路，大庄村也通了。"
    assert [name for name, _ in reasons(read(gazetteer, text))] == ["甘谷县"]
    assert ("大庄村", "township named before") in reasons(read(gazetteer, "甘谷县磐安镇通了路，大庄村也通了。"))


def test_places_at_every_distance_are_linked(gazetteer: Gazetteer) -> None:
    """In an article on one county, places that help it from far away have their own codes, and regions their names."""
    text = "甘谷县地处六盘山片区。天津市东丽区结对帮扶甘谷县，甘谷县的花椒卖到广东省佛山市。"
    reading = read(gazetteer, f"{text}莫力达瓦达斡尔族自治旗、仙桃市也来买。")
    assert reading.main_place == ("place", "620523")
    names = ("东丽区", "佛山市", "莫力达瓦达斡尔族自治旗", "仙桃市")
    assert [entity(reading, name).code for name in names] == ["120110", "4406", "150722", "429004"]
    assert (entity(reading, "六盘山区").kind, entity(reading, "六盘山区").aliases) == (Kind.REGION, ("六盘山片区",))


def test_a_short_county_name_in_a_neighbour(gazetteer: Gazetteer) -> None:
    """A township of another county in the prefecture is found by its name alone."""
    assert ("洛门镇", "neighbour") in reasons(read(gazetteer, "甘谷县干部赴洛门镇学习，天水市支持。"))


def test_names_given_by_hand_are_resolved(gazetteer: Gazetteer) -> None:
    """Mentions may come from anywhere: without a main place a village is what is unique in the country, or nothing."""
    for name, keys in (("宣威村", [("place", "620723102205")]), ("红旗村", [])):
        mention = Mention(Span(0, 3), Kind.VILLAGE, name, "hand")
        reading = resolve_places(Reading(make_document(name), mentions=(mention,)), gazetteer)
        assert [link.entity for link in reading.links] == keys


def test_other_links_are_kept(gazetteer: Gazetteer) -> None:
    """Links and entities that were there before stay."""
    person = Entity(("person", "00", "王小兰"), Kind.PERSON, "王小兰")
    link = Link(Mention(Span(0, 3), Kind.PERSON, "王小兰", "people"), person.key, "hand")
    document = make_document("王小兰家在甘谷县。")
    mention = Mention(find_span(document.text, "甘谷县"), Kind.COUNTY, "甘谷县", "places")
    before = Reading(document, mentions=(link.mention, mention), links=(link,), entities={person.key: person})
    after = resolve_places(before, gazetteer)
    assert after.links[0] == link
    assert after.entities[person.key] == person


def test_a_list_of_counties_is_about_what_holds_them_all(gazetteer: Gazetteer) -> None:
    """Where many counties are named, one that is named twice is not the main place; the province is."""
    reading = read(
        gazetteer, "河南省栾川县等出列。栾川县、宜阳县、封丘县、镇平县、民权县、虞城县、潢川县、商水县摘帽。"
    )
    assert reading.main_place == ("place", "41")
