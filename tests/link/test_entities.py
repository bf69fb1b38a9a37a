import doctest
from dataclasses import replace

import pytest

from kg.link import Gazetteer, entities, resolve_entities
from kg.model import Concept, Entity, EntityKey, Kind, Mention, Reading, Span, Vocabulary
from tests.factories import COUNTY, make_document

VOCABULARY = Vocabulary(
    units=(),
    indicators=(),
    bases=(),
    instruments=(Concept("poverty-workshop", "扶贫车间", "workshop", ("就业扶贫车间",)),),
)


def mention(kind: Kind, name: str, start: int, *aliases: str, scope: EntityKey = ()) -> Mention:
    """Return a mention of some name at a place of its own."""
    return Mention(Span(start, start + 1), kind, name, "hand", aliases=aliases, scope=scope)


def resolve(*mentions: Mention, main_place: EntityKey | None = COUNTY) -> Reading:
    """Return the reading of these mentions alone."""
    reading = Reading(make_document("。" * 50), main_place=main_place, mentions=tuple(sorted(mentions)))
    return resolve_entities(reading, Gazetteer.load(), VOCABULARY)


def keys(reading: Reading) -> list[EntityKey]:
    """Return the keys of all links, in text order."""
    return [link.entity for link in reading.links]


def test_examples_hold() -> None:
    """The examples in the documentation are right."""
    assert doctest.testmod(entities).failed == 0


@pytest.mark.parametrize(
    ("kind", "name", "scope", "key"),
    [
        (Kind.PERSON, "王小兰", (), ("person", "620523", "王小兰")),
        (Kind.PERSON, "王小兰", ("place", "120110001"), ("person", "120110", "王小兰")),
        (Kind.ORGANISATION, "甘谷县委", (), ("organisation", "620523", "甘谷县委")),
        (Kind.ORGANISATION, "中共甘谷县委", (), ("organisation", "620523", "甘谷县委")),
        (Kind.ORGANISATION, "天水市甘谷县人民政府", (), ("organisation", "620523", "甘谷县政府")),
        (Kind.ORGANISATION, "天水市人大常委会", (), ("organisation", "6205", "天水市人大常委会")),
        (Kind.ORGANISATION, "甘肃日报", (), ("organisation", "62", "甘肃日报")),
        (Kind.ORGANISATION, "全国妇联", (), ("organisation", "00", "全国妇联")),
        (Kind.ORGANISATION, "白银宾馆", (), ("organisation", "6204", "白银宾馆")),
        (Kind.ORGANISATION, "东乡宾馆", (), ("organisation", "620523", "东乡宾馆")),
        (Kind.ORGANISATION, "秦州宾馆", (), ("organisation", "620502", "秦州宾馆")),
        (Kind.ORGANISATION, "东丽服装厂", (), ("organisation", "620523", "东丽服装厂")),
        (Kind.ORGANISATION, "东丽区服装厂", (), ("organisation", "120110", "东丽区服装厂")),
        (Kind.ORGANISATION, "中华蜂养殖合作社", (), ("organisation", "620523", "中华蜂养殖合作社")),
        (Kind.ORGANISATION, "大庄村党支部", ("place", "620523109201"), ("organisation", "620523", "大庄村党支部")),
        (Kind.ORGANISATION, "新村党支部", ("place", "620523", "新村"), ("organisation", "620523", "新村党支部")),
        (Kind.ORGANISATION, "某联盟", ("place", "region", "六盘山区"), ("organisation", "620523", "某联盟")),
        (Kind.PROGRAMME, "扶贫车间", (), ("programme", "扶贫车间")),
        (Kind.PROGRAMME, "“五个到位”", (), ("programme", "620523", "五个到位")),
        (Kind.PROGRAMME, "宣传员", ("whole", "“五员”"), ("programme", "620523", "五员", "宣传员")),
        (Kind.PRODUCT, "花椒", (), ("product", "花椒")),
        (Kind.AWARD, "先进集体", (), ("award", "先进集体")),
        (Kind.WORK, "《山乡 新事》", (), ("work", "山乡新事")),
    ],
)
def test_keys_follow_the_table(kind: Kind, name: str, scope: EntityKey, key: EntityKey) -> None:
    """Each kind has the key that docs/architecture.md gives it."""
    assert keys(resolve(mention(kind, name, 0, scope=scope))) == [key]


def test_without_a_main_place_the_code_is_national() -> None:
    """Where an article has no main place, its people and programmes belong to 00."""
    assert keys(resolve(mention(Kind.PERSON, "王小兰", 0), main_place=None)) == [("person", "00", "王小兰")]


def test_leaders_of_the_country_belong_to_no_county() -> None:
    """A person with an office of the whole country is one person in all articles, at each mention."""
    document = make_document("王大山总书记来了，王大山说好。")
    mentions = tuple(Mention(Span(at, at + 3), Kind.PERSON, "王大山", "hand") for at in (0, 9))
    reading = resolve_entities(Reading(document, main_place=COUNTY, mentions=mentions), Gazetteer.load(), VOCABULARY)
    assert set(keys(reading)) == {("person", "00", "王大山")}


def test_short_and_long_forms_are_one_entity() -> None:
    """A name that is another's alias is that other, and every form becomes an alias."""
    reading = resolve(
        mention(Kind.ORGANISATION, "甘谷县普众农业发展公司", 0, "普众公司"),
        mention(Kind.ORGANISATION, "普众公司", 5),
        mention(Kind.ORGANISATION, "甘谷县政府", 10, "县政府"),
        mention(Kind.ORGANISATION, "甘谷县人民政府", 15),
    )
    first, second = reading.entities.values()
    assert (first.name, first.aliases) == ("甘谷县政府", ("县政府", "甘谷县人民政府"))
    assert (second.name, second.aliases) == ("甘谷县普众农业发展公司", ("普众公司",))


def test_an_alias_of_two_entities_unites_nothing() -> None:
    """A short form that two names share stays an entity of its own."""
    reading = resolve(
        mention(Kind.ORGANISATION, "甘谷县兴农合作社", 0, "合作社"),
        mention(Kind.ORGANISATION, "甘谷县富农合作社", 5, "合作社"),
        mention(Kind.ORGANISATION, "合作社", 10),
    )
    assert len(reading.entities) == 3


def test_the_label_most_used_is_the_name() -> None:
    """Of labels that differ in signs alone, the one most used is the name."""
    names = ("“五位一体”", "五位一体", "五位一体")
    reading = resolve(*(mention(Kind.PROGRAMME, name, at * 5) for at, name in enumerate(names)))
    assert [one.name for one in reading.entities.values()] == ["五位一体"]


def test_places_and_linked_mentions_are_left_alone() -> None:
    """Places, mentions without a name and those with a link are not looked at."""
    reading = resolve(mention(Kind.COUNTY, "甘谷县", 0), mention(Kind.PRODUCT, "“”", 5))
    assert reading.links == ()
    once = resolve(mention(Kind.PRODUCT, "花椒", 0))
    assert resolve_entities(once, Gazetteer.load(), VOCABULARY) == once


def test_other_entities_are_kept() -> None:
    """Entities that were there before stay."""
    county = Entity(COUNTY, Kind.COUNTY, "甘谷县")
    reading = replace(Reading(make_document("。")), entities={COUNTY: county})
    assert resolve_entities(reading, Gazetteer.load(), VOCABULARY).entities == {COUNTY: county}
