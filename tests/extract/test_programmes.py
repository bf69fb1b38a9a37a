"""Programmes are found with their names, their parts, and the reason why others are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.programmes import ProgrammeExtractor
from kg.model import Concept, Extraction, Kind, Mention, Vocabulary
from tests.api.cases import read_cases
from tests.extract.marked import read_marked

_INSTRUMENTS = (
    Concept("ganbu-jiedui", "结对帮扶", "Paired help", campaign=True),
    Concept("dangjian", "抓党建促脱贫", "Party building"),
    Concept("fupin-chejian", "扶贫车间", "Poverty alleviation workshop", ("就业扶贫车间", "扶贫工厂车间厂")),
    Concept("hulinyuan", "生态护林员", "Forest ranger"),
    Concept("tuopin-gongjian", "脱贫攻坚", "Poverty alleviation campaign", ("脱贫攻坚战",), campaign=True),
    Concept("weifang", "危房改造", "Renovation of dilapidated housing", ("农村危房改造", "危改")),
    Concept("yihuyice", "一户一策", "One plan a household"),
    Concept("xinxiang", "小额信贷", "Microcredit", ("扶贫小额信贷",)),
)
VOCABULARY = Vocabulary((), (), (), _INSTRUMENTS)


def _extract(text: str) -> Extraction:
    """Return what the extractor finds in a marked text."""
    return ProgrammeExtractor(VOCABULARY).extract(read_marked(text))


def _names(text: str) -> list[str]:
    """Return the names of a text in their order."""
    return [mention.name for mention in _extract(text).mentions]


@pytest.mark.parametrize(("text", "expected", "why"), read_cases("programmes"))
def test_programmes_are_named_as_the_guidelines_say(text: str, expected: str, why: str) -> None:
    """A text names the programmes of its case and no other."""
    assert _names(text) == list(filter(None, expected.split(";"))), why


def test_a_part_knows_the_whole_that_it_belongs_to() -> None:
    """The parts of a system are narrowed by its name; the system itself is not."""
    mentions = _extract("推进自治、德治、法治“三治融合”。").mentions
    assert {mention.name: mention.scope for mention in mentions} == {
        "自治": ("whole", "三治融合"),
        "德治": ("whole", "三治融合"),
        "法治": ("whole", "三治融合"),
        "三治融合": (),
    }


def test_a_part_that_is_a_national_instrument_stays_one() -> None:
    """An instrument that is a part of a county's system is not narrowed to it."""
    mentions = _extract("构建“扶贫车间+公益岗位”就业体系。").mentions
    assert {mention.name: mention.scope for mention in mentions}["扶贫车间"] == ()


def test_bodies_are_no_parts_of_programmes() -> None:
    """A part that is called a group or a team is left to the organisations."""
    assert _names("构建领导小组、专责小组、督查小组“三级联动”机制。") == ["三级联动"]


def test_the_other_form_of_a_name_is_an_alias() -> None:
    """A name has the form with its head noun, and that of an instrument its words, as aliases."""
    aliases = {mention.name: mention.aliases for mention in _extract("开展“冲刺清零”专项行动,实施危改。").mentions}
    assert aliases == {"冲刺清零": ("冲刺清零专项行动",), "危房改造": ("危改",)}


def test_one_programme_has_one_spelling() -> None:
    """Separators make no second programme: the first spelling is the name of all."""
    names = _names("落实“四查、四看”制度。“四查四看”制度见效。")
    assert names == ["四查、四看", "四查、四看"]


def test_a_head_noun_that_is_added_makes_no_second_programme() -> None:
    """移民搬迁 and 移民搬迁工程 of one article are one programme under the longer name."""
    assert set(_names("实施移民搬迁工程。移民搬迁见效。")) == {"移民搬迁工程"}


def test_names_of_places_people_and_bodies_hold_no_programmes() -> None:
    """Words within another name are none, though they would be alone."""
    assert _names("[柳树镇扶贫车间|Organisation]开工了。") == []


def test_what_is_not_taken_is_told_with_its_reason() -> None:
    """A phrase in marks that is no programme is listed with its points and signs."""
    (rejection,) = _extract("下足“绣花”功夫。").rejections
    assert "figure of speech" in rejection.reason


def test_confidence_follows_the_points() -> None:
    """More signs make a name surer."""
    (weak, firm) = (_extract(text).mentions[0] for text in ("有“我家小院”项目。", "推行“借牛还牛”项目。"))
    assert Decimal("0.7") < weak.confidence < firm.confidence


@given(st.text(alphabet="一户策推行“”‘’、,。+12模式机制工程扶贫车间(的)", max_size=60))
def test_mentions_lie_within_their_sentences(text: str) -> None:
    """Whatever the text, a mention is not empty, lies in one sentence, and none of one extractor repeats a span."""
    reading = read_marked(text)
    mentions = ProgrammeExtractor(VOCABULARY).extract(reading).mentions
    for mention in mentions:
        sentence = reading.document.sentence_at(mention.span.start)
        assert len(mention.span)
        assert sentence is not None
        assert sentence.span.contains(mention.span)
    assert len({mention.span for mention in mentions}) == len(mentions)
    assert list(mentions) == sorted(mentions)


def test_mentions_are_programmes() -> None:
    """Every mention is of the kind programme and says who found it."""
    mention: Mention
    for mention in _extract("实施危改。").mentions:
        assert (mention.kind, mention.extractor) == (Kind.PROGRAMME, "programmes")
