"""Each kind of damage to single characters is repaired and named."""

import pytest

from kg.text.clean import clean


@pytest.mark.parametrize(
    ("raw", "cleaned", "kinds"),
    [
        ("脱\u200b贫\ufeff攻\u00ad坚\U000e0100", "脱贫攻坚", {"zero-width"}),
        ("\u202e贫困户\u202c\u3164", "贫困户", {"zero-width"}),
        ("\x93扶贫\x94\x81车间\x7f", "“扶贫”车间", {"control"}),
        ("全县\u2028脱贫\x85了", "全县\n脱贫\n了", {"space"}),
        ("责任上肩\u00a0\u2003一线\t战贫", "责任上肩  一线 战贫", {"space"}),
        ("张　三说　　“好”", "张 三说  “好”", {"space"}),
        ("　　近年来\n　　全县", "　　近年来\n　　全县", set()),
    ],
)
def test_invisible_characters_and_spaces(raw: str, cleaned: str, kinds: set[str]) -> None:
    """What is not seen goes, what stands for a mark becomes one, all spaces but indentation become one kind."""
    mapped = clean(raw)
    assert mapped.text == cleaned
    assert {repair.kind for repair in mapped.repairs} == kinds


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("“扶贫&nbsp;车间&rdquo;&#183;&#xB7;", "“扶贫 车间”··"),
        ("&amp;lt;&amp;amp;lt;&#38;#38;gt;", "<<>"),
        ("&ldquo两不愁&rdquo三保障&nbsp&nbsp&#8226好", "“两不愁”三保障  •好"),
        ("ldquo;两不愁rdquo;amp;nbsp;三保障", "“两不愁” 三保障"),
        ("&#13;&#10;&#0;", "\n\n\ufffd"),
    ],
)
def test_entities_become_characters(raw: str, cleaned: str) -> None:
    """Entities are resolved, escaped several times, without semicolon or without ampersand as they may be."""
    assert clean(raw).text == cleaned


@pytest.mark.parametrize(
    "text", ["AT&T和R&D", "/list?a=1&copy=2&lt=3&notice=4", "&nosuch;", "&#123456789;", "longrdquo;", "&&;", "甲;乙"]
)
def test_what_is_no_entity_stays(text: str) -> None:
    """Ampersands of names and addresses are left alone."""
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("raw", "cleaned", "kind"),
    [
        ("贫困户１８０４户，占８．６１％", "贫困户1804户，占8.61%", "full-width"),
        ("ＡＢ型，党支部＋合作社：１：２", "AB型，党支部＋合作社：1:2", "full-width"),
        ("２０２０／１１／１６", "2020/11/16", "full-width"),
        ("阿布都•买买提、居玛‧汗", "阿布都·买买提、居玛·汗", "punctuation"),
        ("⻓江⻅⼀⾯，⻛⾬", "长江见一面，风雨", "compatibility"),
        ("\uf9e2杏\uf963方", "梨杏北方", "compatibility"),
        ("全县﹐全村﹑全组﹔好﹗", "全县，全村、全组；好！", "compatibility"),
        ("cafe\u0301的\ue81e\ue78d\ue816", "café的\u9fb4，\U00020087", "compatibility"),
    ],
)
def test_forms_become_the_characters_they_are(raw: str, cleaned: str, kind: str) -> None:
    """Full-width letters, radicals, compatibility and private forms are written as everybody writes them, logged."""
    mapped = clean(raw)
    assert mapped.text == cleaned
    assert {repair.kind for repair in mapped.repairs} == {kind}
    assert all(repair.certain for repair in mapped.repairs)


@pytest.mark.parametrize("raw", ["全县\ufffd脱贫", "全县\ue123脱贫", "全县\uf0b7\uf0a7脱贫"])
def test_unreadable_characters_stay_and_are_damages(raw: str) -> None:
    """What a decoder replaced, or a font alone knows, is kept and reported, once."""
    mapped = clean(raw)
    assert mapped.text == raw
    assert [damage.raw.start for damage in mapped.damages] == [2]
