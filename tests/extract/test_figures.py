"""Figures are read with all their parts."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Accumulation, BlockRole, Figure, PeriodBasis, Reading, Sentence, Status
from tests.api.cases import read_cases
from tests.extract.figures_reading import figure_extractor, read_figures

_MENTIONS = (
    "青禾县=County 全县>青禾县 该县>青禾县 县里>青禾县 田家村=Village 村里>田家村 王大力=Person "
    "丰源养殖专业合作社=Organisation 河东镇=Township 柳河乡=Township"
)


def _described(reading: Reading, figure: Figure) -> str:
    parts = [reading.entities[figure.about].name, figure.indicator_text, f"{figure.value}{figure.unit}"]
    parts.append("" if figure.qualifier.value == "exact" else figure.qualifier.value)
    parts.append(figure.period.value if figure.period else "")
    return " ".join(part for part in parts if part)


def _figures(text: str, mentions: str = _MENTIONS, published: str | None = "2020-11-16") -> list[Figure]:
    _, found = read_figures(text, mentions, published)
    return [claim for claim in found.claims if isinstance(claim, Figure)]


def _reasons(text: str, mentions: str = _MENTIONS) -> dict[str, str]:
    reading, found = read_figures(text, mentions)
    return {reading.document.words(rejection.span): rejection.reason for rejection in found.rejections}


@pytest.mark.parametrize(("text", "expected", "why"), read_cases("figures"))
def test_figures_are_read_with_entity_indicator_and_time(text: str, expected: str, why: str) -> None:
    """A sentence gives its figures: whose, what, how many, how exact, when."""
    reading, found = read_figures(text, _MENTIONS)
    claims = [claim for claim in found.claims if isinstance(claim, Figure)]
    assert "; ".join(_described(reading, figure) for figure in claims) == expected, why


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("占农业总人口的\ufffd.33%。", "damaged: the number touches a lost character"),
        ("2011年春完成。", "date"),
        ("县委一号文件出台。", "ordinal"),
        ("她开店头8年很苦。", "ordinal"),
        ("落实“五个一批”路径。", "part of a name"),
        ("构建4+1产业体系。", "part of a name"),
        ("比例为1:2左右。", "ratio"),
        ("一个个贫困村变了样。", "idiom"),
        ("全县普及九年义务教育。", "idiom"),
        ("还有一份固定收入。", "一 as an article"),
        ("10年下来,山变绿了。", "time that passed"),
        ("连续两年获评先进。", "time that passed"),
        ("打响脱贫攻坚三年行动。", "time that passed"),
        ("他每两周回家。", "time that passed"),
        ("两人结下友谊。", "idiom"),
        ("当年四处碰壁。", "idiom"),
        ("出席十三届全国人大二次会议。", "ordinal"),
        ("召开十九届四中全会。", "ordinal"),
        ("庆祝建县40周年。", "no unit"),
        ("两位数以上增长。", "no unit"),
        ("扶持9家年产值超过500万元的企业。", "says which are counted"),
        ("咨询电话:09365521234。", "telephone or licence number"),
        ("平台编号400云。", "telephone or licence number"),
        ("大家统一思想。", "no unit"),
    ],
)
def test_other_numbers_are_rejected_with_a_reason(text: str, reason: str) -> None:
    """A number that is no figure is none, and it can be asked why."""
    assert not [figure for figure in _figures(text) if figure.unit != "家"]
    assert reason in _reasons(text).values()


def test_a_number_in_a_mention_is_part_of_its_name() -> None:
    """Digits of a programme's name count nothing."""
    assert not _figures("推进1324攻坚体系。", "1324攻坚体系=Programme")


def test_a_quantity_of_which_nothing_is_said_is_rejected() -> None:
    """A counted thing without a name is no figure."""
    assert _reasons("这是全国18部。")["18部"] == "nothing says what it counts or whose it is"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("田家村贫困户白小梅家中有2个孩子。", "白小梅"),
        ("“我家存栏的牛有6头。”白小梅笑着说。", "白小梅"),
        ("白小梅说:“准备再流转三百亩地。”", "白小梅"),
        ("“全县有6个工作站。”县林业局局长白小梅说。", "青禾县"),
        ("县林业局局长白小梅说,还有6个村要建路。", "青禾县"),
        ("36岁的白小梅很高兴。", "白小梅"),
        ("小寨村成立了云岭食品有限公司,注册资本500万元。", "云岭食品有限公司"),
        ("小寨村成立了云岭食品有限公司。仓库存粮60余吨。", "云岭食品有限公司"),
        ("建成云岭食品有限公司等9个车间。", "青禾县"),
        ("南岸区对口帮扶青禾县,累计帮带贫困人口2.5万人。", "青禾县"),
        ("南岸区对口帮扶青禾县,先后投入资金370万元。", "南岸区"),
        ("对口帮扶青禾县的南岸区出资45万元。", "南岸区"),
        ("南岸区修路不停,建成公路60公里。", "南岸区"),
        ("南岸区山多。建成公路60公里。", "南岸区"),
        ("青禾县委紧抓短板,累计落实资金151亿元。", "青禾县"),
        ("大屯村有40户人家。另有3个水塘。", "大屯村"),
        ("大屯村、小寨村修路12公里。共有3个水塘。", "青禾县"),
        ("云岭食品有限公司产油12吨;通过分红,166户农户受益。", "青禾县"),
        ("“我们社流转土地30亩。”云岭食品有限公司负责人说。", "云岭食品有限公司"),
        ("启动春风行动,首批54位农民工返岗。", "青禾县"),
        ("省里帮扶小寨村、大屯村,大屯村成了观摩点。8家企业出资。", "青禾县"),
        ("近年来,大屯村变了样。8家企业出资。", "大屯村"),
        ("青禾县是南岸区23个贫困乡县之一。", "南岸区"),
        ("县农业农村厅副厅长白小梅介绍,全县有6个工作站。", "青禾县"),
        ("340口人的大屯村。", "大屯村"),
        ("青禾县大排查行动采取集中办法,为期1个月。", "大排查行动"),
    ],
)
def test_the_entity_meant_is_found(text: str, about: str) -> None:
    """The figure is of the subject, the speaker, the enterprise founded, or the article's place."""
    mentions = (
        "青禾县=County 全县>青禾县 田家村=Village 大屯村=Village 小寨村=Village 南岸区=County 白小梅=Person "
        "云岭食品有限公司=Organisation 青禾县委=Organisation 春风行动=Programme 大排查行动=Programme"
    )
    reading, found = read_figures(text, mentions)
    claims = [claim for claim in found.claims if isinstance(claim, Figure)]
    assert reading.entities[claims[-1].about].name == about


@pytest.mark.parametrize(
    "text",
    [
        "2019年,我国农村贫困人口减少1109万人。",
        "截至2019年底,全国有扶贫车间3万个,吸纳就业37万人。",
        "全球有7亿人口。",
        "全国已有97%的贫困人口脱贫。还有贫困村2707个。",
        "中央财政安排专项扶贫资金1461亿元。",
        "全省有贫困县75个。",
        "地方各级法院结案1200万件。",
        "白小梅总书记指出,中国减贫成效显著,贫困人口减少8000万人。",
        "国务院部署减税,落实资金2万亿元。",
        "“要确保1000万人脱贫。”白小梅总书记说。",
        "中央军委主席白小梅出席会议并讲话。确保完成减少1000万以上贫困人口的任务。",
    ],
)
def test_what_is_said_of_the_nation_is_no_fact_of_the_county(text: str) -> None:
    """Figures of the nation, the world, another level or a state leader are rejected, with that as the reason."""
    _, found = read_figures(text, "青禾县=County 白小梅=Person 国务院=Organisation")
    assert not found.claims
    assert {rejection.reason for rejection in found.rejections} & {"said of the nation, the world or a state leader"}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("产品销往全国20多个省份。", "青禾县"),
        ("青禾县产品销往全国20多个省份。", "青禾县"),
        ("全国深度贫困县青禾县有贫困村90个。", "青禾县"),
        ("全国道德模范白小梅流转土地300亩。", "白小梅"),
        ("中国云岭集团投入300万元。", "中国云岭集团"),
        ("我国减贫成就显著。\n建成水窖98眼。", "青禾县"),
        ("贯彻白小梅总书记论述。建成水窖98眼。", "青禾县"),
    ],
)
def test_a_word_for_the_nation_is_no_subject_by_itself(text: str, about: str) -> None:
    """Only the subject or frame of a clause makes its figures those of the nation."""
    reading, found = read_figures(text, "青禾县=County 白小梅=Person 中国云岭集团=Organisation")
    claims = [claim for claim in found.claims if isinstance(claim, Figure)]
    assert [reading.entities[claim.about].name for claim in claims] == [about]


def test_a_place_that_is_one_of_many_has_only_the_figures_near_its_name() -> None:
    """In an article over many places the main place takes no figures of paragraphs that are elsewhere."""
    places = ["甲县", "乙县", "丙县", "丁县", "戊县", "己县"]
    text = "\n".join(["青禾县变了。新修公路12公里。", *(f"来到{place}。" for place in places), "建成水窖98眼。"])
    figures = _figures(text, " ".join(f"{place}=County" for place in ["青禾县", *places]))
    assert [(figure.indicator_text, figure.about[-1]) for figure in figures] == [("公路", "990101")]


def test_a_place_in_the_headline_is_the_main_place() -> None:
    """A headline that names the place makes the whole article its story."""
    places = ["甲县", "乙县", "丙县", "丁县", "戊县", "己县"]
    text = "\n".join(["青禾县变了。", *(f"来到{place}。" for place in places), "建成水窖98眼。"])
    reading, _ = read_figures(text, " ".join(f"{place}=County" for place in ["青禾县", *places]))
    titled = replace(reading, metadata=replace(reading.metadata, title="青禾:从穷到富"))
    assert len(figure_extractor().extract(titled).claims) == 1
    assert not figure_extractor().extract(reading).claims


def test_parts_of_a_named_system_are_its_figures() -> None:
    """The numbers that a system's name holds are figures of the system."""
    text = "1个总指挥部、15个指挥部、109个指挥所的1+15+109体系运转,46名干部参加。"
    assert [figure.about[-1] for figure in _figures(text, "1+15+109体系=Programme")] == [
        *["1+15+109体系"] * 3,
        "990101",
    ]
    coded = "3个工作组分头抓,2个主体协同抓的1324体系建立,4支力量到位。"
    assert [figure.about[-1] for figure in _figures(coded, "1324体系=Programme")] == ["1324体系", "1324体系", "990101"]


def test_a_village_named_far_more_often_is_the_topic() -> None:
    """In a village's story figures without a subject are the village's."""
    text = "大屯村山高。\n大屯村路远。\n大屯村缺水。\n大屯村变了。\n建成5个水池。"
    assert _figures(text, "青禾县=County 大屯村=Village")[0].about == ("test", "大屯村")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("建成桥梁26座。", Status.ACTUAL),
        ("预计产值达到66亿元。", Status.ESTIMATED),
        ("力争造林面积达到20万亩。", Status.TARGET),
        ("计划修路30公里。", Status.PLANNED),
    ],
)
def test_the_status_is_told_by_its_words(text: str, status: Status) -> None:
    """What is expected, aimed at or planned did not happen yet."""
    assert _figures(text)[0].status is status


@pytest.mark.parametrize(
    ("text", "accumulation"),
    [
        ("全县有贫困村195个。", Accumulation.STOCK),
        ("自来水入户率达到92%。", Accumulation.STOCK),
        ("累计脱贫16.68万人。", Accumulation.CUMULATIVE),
        ("实施危房改造358户。", Accumulation.CUMULATIVE),
        ("2018年实施危房改造358户。", Accumulation.FLOW),
        ("每月工资900元。", Accumulation.FLOW),
        ("驻村时间达到220天以上。", Accumulation.FLOW),
        ("总产值增长8.3%。", Accumulation.CHANGE_RATE),
    ],
)
def test_the_accumulation_is_told_by_its_words(text: str, accumulation: Accumulation) -> None:
    """Stock, flow, total so far and rate of change are told apart."""
    assert _figures(text)[0].accumulation is accumulation


def test_a_part_is_counted_as_its_whole() -> None:
    """其中 takes the accumulation of the figure before."""
    figures = _figures("累计输转11.18万人,其中贫困劳动力5.59万人。")
    assert [figure.accumulation for figure in figures] == [Accumulation.CUMULATIVE] * 2


def test_the_basis_holds_within_its_brackets() -> None:
    """A basis in brackets is that of the figure within them alone."""
    figures = _figures("建档立卡时贫困人口16.62万人(历年动态管理后17.12万人),贫困发生率29.5%。")
    assert [figure.basis for figure in figures] == ["registered", "adjusted", "registered"]


def test_a_concept_has_the_dimension_of_its_unit() -> None:
    """Households and persons of the same words are different indicators."""
    figures = _figures("建档立卡贫困户1804户5900人,占地5亩。")
    assert [figure.indicator for figure in figures[:2]] == ["poor-households", "poor-population"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("享受就业扶贫政策3500人。", None),
        ("劳务协作培训班164人。", "trainees"),
        ("惠及受益建档立卡贫困户350户。", "benefiting-households"),
        ("城镇就业人口3500人。", "employed-people"),
        ("督导组9个。", None),
        ("辖组9个。", "natural-villages"),
    ],
)
def test_short_names_mean_their_concept_only_where_they_stand_alone(text: str, concept: str | None) -> None:
    """A short noun must end the words, a generic one be all of them, and a verb be done."""
    assert _figures(text)[0].indicator == concept


def test_a_person_has_no_population() -> None:
    """What only places have gets no concept where the figure is a person's."""
    (figure,) = _figures("王大力带出贫困户还有30多人。", "青禾县=County 王大力=Person")
    assert figure.indicator is None
    (figure,) = _figures("田家村贫困户还有30多人。", _MENTIONS)
    assert figure.indicator == "poor-population"


def test_a_name_before_a_count_is_what_it_counts() -> None:
    """Where nothing else tells, words that are taken for a name say what is counted."""
    (figure,) = _figures("累计建设就业基地近200个。", "青禾县=County 就业基地=Organisation")
    assert (figure.indicator_text, figure.about) == ("就业基地", ("place", "990101"))


def test_times_are_carried_within_a_paragraph_and_marked() -> None:
    """A sentence without a time takes the one before it; a new paragraph takes none."""
    figures = _figures("2019年摘帽。建成水窖98眼。\n新修公路12公里。目前有车间9个。")
    periods = [figure.period for figure in figures]
    assert [period and (period.value, period.basis) for period in periods] == [
        ("2019", PeriodBasis.CARRIED),
        None,
        ("2020-11", PeriodBasis.PUBLICATION),
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2013年有贫困村195个(其中2017年深度贫困村56个),贫困人口16万人。", "2013"),
        ("建成车间90个,比2018年多。", None),
        ("90个车间于2018年投产。", "2018"),
        ("建成车间90个。近年来建成公路120公里。", None),
        ("2018年开工。近年来建成公路120公里。", None),
        ("较2018年更好。建成公路120公里。", None),
        ("贫困发生率由2014年的10%降到2019年底的1%。建成公路120公里。", None),
        ("2014年的数据显示:贫困村195个。建成公路120公里。", "2014"),
        ("村民说2014年更穷。建成公路120公里。", None),
        ("目前有车间9个。还有电站3座。", "2020-11"),
    ],
)
def test_the_time_meant_is_chosen(text: str, period: str | None) -> None:
    """Brackets, comparisons and vague times do not reach further than they mean."""
    found = _figures(text)[-1].period
    assert (found.value if found else None) == period


def test_an_age_without_a_time_is_of_the_year_of_publication() -> None:
    """Ages hold for the year in which the article appeared."""
    period = _figures("62岁的王大力是保洁员。")[0].period
    assert period
    assert (period.value, period.basis) == ("2020", PeriodBasis.PUBLICATION)
    period = _figures("2012年路通了。62岁的王大力是保洁员。")[0].period
    assert period
    assert period.value == "2020"


def test_the_same_said_again_is_further_evidence() -> None:
    """A repeated figure is one figure with two places."""
    (figure,) = _figures("田家村有水窖98眼。\n田家村有水窖98眼。")
    assert len(figure.evidence) == 2


def test_a_caption_repeats_the_text_beside_it() -> None:
    """In a caption the same value of the same entity is enough to be a repeat."""
    reading, _ = read_figures("王大力聘请了10余位村民。\n王大力带动10余位村民剪枝。", _MENTIONS)
    first, second = reading.document.sentences
    captioned = (first, Sentence(second.span, second.paragraph, BlockRole.CAPTION))
    document = type(reading.document)(
        **{field: getattr(reading.document, field) for field in ("article", "text", "offsets", "blocks")},
        sentences=captioned,
    )
    parts = {field: getattr(reading, field) for field in ("metadata", "main_place", "mentions", "links", "entities")}
    claims = figure_extractor().extract(Reading(document=document, **parts)).claims
    assert [len(claim.evidence) for claim in claims] == [2]


def test_nothing_is_read_without_a_main_place_or_subject() -> None:
    """A figure that is nobody's is rejected."""
    reading, _ = read_figures("建成水窖98眼。", "")
    parts = {field: getattr(reading, field) for field in ("document", "metadata", "mentions", "links", "entities")}
    found = figure_extractor().extract(Reading(**parts))
    assert not found.claims
    assert [rejection.reason for rejection in found.rejections] == ["nothing says what it counts or whose it is"]


@given(st.lists(st.sampled_from([*(row[0] for row in read_cases("figures"))]), min_size=1, max_size=4))
def test_evidence_lies_within_one_sentence_and_holds_the_number(texts: list[str]) -> None:
    """Whatever is put together, every figure opens words of one sentence that hold its number."""
    reading, found = read_figures("\n".join(texts), _MENTIONS)
    claims = [claim for claim in found.claims if isinstance(claim, Figure)]
    for figure, span in chain.from_iterable(((claim, span) for span in claim.evidence) for claim in claims):
        sentence = reading.document.sentence_at(span.start)
        assert sentence
        assert sentence.span.contains(span)
        assert figure.surface in reading.document.words(span)
        assert figure.about in reading.entities
        assert figure.value >= 0
        assert not re.search(r"[\d,，。;；]", figure.indicator_text)


def test_extraction_is_the_same_every_time() -> None:
    """The extractor keeps nothing between documents."""
    text = "贫困发生率29.5%,贫困人口16.62万人。"
    assert _figures(text) == _figures(text)
    assert _figures(text)[1].value == Decimal(166200)
