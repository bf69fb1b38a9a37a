"""Readings are held against gold by the guidelines' rules of matching."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.evaluate import (
    FIGURE_STEPS,
    RELATIONS,
    SCORES,
    SHARES,
    Evaluation,
    Gold,
    GoldEntity,
    GoldFigure,
    GoldRelation,
    Score,
    Share,
    as_json,
    dice,
    evaluate,
    fold_name,
    indicator_share,
    load_gold,
    pair_up,
    render_misses,
    render_table,
    same_period,
    same_unit,
)
from kg.evaluate.bootstrap import interval
from kg.model import (
    Accumulation,
    Entity,
    Figure,
    Indicator,
    Kind,
    Link,
    Mention,
    Period,
    PostHolding,
    Qualifier,
    Reading,
    RelationClaim,
    Span,
    Vocabulary,
)
from tests import factories
from tests.quality.oracle import key_of, make_document, read_gold

VOCABULARY = Vocabulary(
    units=(),
    indicators=(Indicator("poverty-rate", "贫困发生率", "poverty headcount ratio", (), "ratio"),),
    bases=(),
    instruments=(),
)

GOLD = Gold(
    document="1.txt",
    metadata={"title": "甘谷县脱贫攻坚纪实", "published": "2020-11-16", "publisher": None, "mainPlace": "甘谷县"},
    entities=(
        GoldEntity("County", "甘谷县", ("甘谷",), code="620523", has_code=True),
        GoldEntity("Village", "大庄村", (), code=None, has_code=True),
        GoldEntity("Person", "张三"),
        GoldEntity("Organisation", "甘谷县委", ("县委",)),
        GoldEntity("Programme", "扶贫车间", ("扶贫工厂",)),
        GoldEntity("Programme", "产业扶贫", optional=True),
        GoldEntity("Product", "花椒"),
        GoldEntity("Document", "甘谷县实施方案"),
    ),
    relations=(
        GoldRelation("张三", "residentOf", "大庄村"),
        GoldRelation("扶贫车间", "implementedIn", "大庄村"),
        GoldRelation("产业扶贫", "implementedIn", "甘谷县", optional=True),
    ),
    posts=(GoldRelation("张三", "holdsPost", "甘谷县委", title="县委书记"),),
    figures=(
        GoldFigure("甘谷县", "贫困发生率", Decimal("21.5"), "%", "贫困发生率为21.5%", "2013"),
        GoldFigure("大庄村", "贫困户", Decimal(86), "户", "建档立卡贫困户86户"),
        GoldFigure("大庄村", "花椒种植面积", Decimal(300), "亩", "种了300亩花椒", optional=True),
    ),
)


def score_of(reading: Reading, *, gold: Gold = GOLD) -> Evaluation:
    """Return the evaluation of one reading."""
    return evaluate({gold.document: reading}, {gold.document: gold}, VOCABULARY)


def spoil(change: Callable[[Figure], Figure], at: int = 0) -> Evaluation:
    """Return the evaluation of the perfect reading with one figure changed."""
    reading = read_gold(GOLD)
    figures = [claim for claim in reading.claims if isinstance(claim, Figure)]
    rest = [claim for claim in reading.claims if not isinstance(claim, Figure)]
    figures[at] = change(figures[at])
    return score_of(replace(reading, claims=(*rest, *figures)))


def with_entity(reading: Reading, entity: Entity, *, at: int = 0) -> Reading:
    """Return a reading whose link number ``at`` leads to another entity; claims still name the old one."""
    links = list(reading.links)
    links[at] = replace(links[at], entity=entity.key)
    return replace(reading, links=tuple(links), entities={**reading.entities, entity.key: entity})


def renamed(reading: Reading, name: str, new: str) -> Reading:
    """Return a reading that calls an entity by another name."""
    key = key_of(GOLD, name)
    return replace(reading, entities={**reading.entities, key: replace(reading.entities[key], name=new)})


# ---- When two things agree -------------------------------------------------------------------------------------------


def agreement_cases() -> list[Any]:
    """Return the rows of the table, named by rule and words."""
    path = Path(__file__).parent / "cases" / "agreement.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [pytest.param(row, id=f"{row['rule']}-{row['one']}-{row['other']}") for row in rows]


def agrees(rule: str, one: str, other: str) -> bool:
    """Return what the rule says of two words."""
    match rule:
        case "name":
            return fold_name(one) == fold_name(other)
        case "unit":
            return same_unit(one, other)
        case "indicator":
            return indicator_share(one, other) >= 0.5
        case _:
            return same_period(one or None, Period(other, date.min, date.max) if other else None)


@pytest.mark.parametrize("row", agreement_cases())
def test_words_agree_by_the_rule_of_their_kind(row: dict[str, str]) -> None:
    """Names, units, indicators and periods agree where the guidelines say so, and only there."""
    assert agrees(row["rule"], row["one"], row["other"]) is (row["expected"] == "yes"), row["why"]


@given(st.text(), st.text())
def test_shares_are_symmetric_ratios(one: str, other: str) -> None:
    """Bigram shares lie between 0 and 1 and do not depend on the order."""
    assert 0.0 <= dice(one, other) <= indicator_share(one, other) <= 1.0
    assert dice(one, other) == dice(other, one)
    assert indicator_share(one, other) == indicator_share(other, one)


@given(st.text())
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    """Folding is idempotent."""
    assert fold_name(fold_name(name)) == fold_name(name)


# ---- Pairs and counts ------------------------------------------------------------------------------------------------


def test_best_pair_goes_first() -> None:
    """The label goes to the entity of that name, not to an earlier one that has it as an alias."""
    wanted = [GoldEntity("Programme", "易地搬迁", ("搬迁工程",)), GoldEntity("Programme", "搬迁工程")]
    found = [Entity(("programme", "x"), Kind.PROGRAMME, "搬迁工程")]
    pairs = pair_up(wanted, found, lambda gold, answer: (2,) if gold.name == answer.name else (1,))
    assert [pair.wanted.name for pair in pairs] == ["搬迁工程"]


def test_required_entry_goes_before_an_optional_one_as_good() -> None:
    """Among equal pairs the required entry is taken, whatever the order in the gold."""
    wanted = [GoldEntity("Product", "花椒", optional=True), GoldEntity("Product", "花椒")]
    found = [Entity(("product", "花椒"), Kind.PRODUCT, "花椒")]
    (pair,) = pair_up(wanted, found, lambda _gold, _answer: (1,))
    assert not pair.wanted.optional


@given(st.lists(st.integers(0, 3), max_size=6), st.lists(st.integers(0, 3), max_size=6))
def test_pairs_are_one_to_one_and_as_many_as_there_can_be(left: list[int], right: list[int]) -> None:
    """Where agreement is equality, greedy pairing loses no pair and uses no entry twice."""
    wanted = [GoldEntity("Product", str(number)) for number in left]
    found = [Entity(("product", str(number)), Kind.PRODUCT, str(number)) for number in right]
    pairs = pair_up(wanted, found, lambda gold, answer: (1,) if gold.name == answer.name else None)
    assert len(pairs) == sum(min(left.count(number), right.count(number)) for number in range(4))
    assert len({id(pair.wanted) for pair in pairs}) == len({id(pair.found) for pair in pairs}) == len(pairs)


def test_ratios_of_nothing_are_one() -> None:
    """Nothing asked for and nothing answered is no fault; an answer to nothing asked is."""
    assert (Score().f1, Score().precision, Score().recall, Share().value) == (1.0, 1.0, 1.0, 1.0)
    assert (Score(0, 2, 0).f1, Score(0, 2, 0).precision) == (0.0, 0.0)
    assert Score(1, 2, 4) + Score(1, 2, 0) == Score(2, 4, 4)


# ---- Whole readings --------------------------------------------------------------------------------------------------


def test_perfect_reading_scores_one() -> None:
    """What says exactly what the gold says has nothing missing and nothing too much."""
    evaluation = score_of(read_gold(GOLD))
    assert {name: evaluation.score(name).f1 for name in SCORES} == dict.fromkeys(SCORES, 1.0)
    assert {name: evaluation.share(name).value for name in SHARES} == dict.fromkeys(SHARES, 1.0)
    assert not list(evaluation.misses())


def test_optional_entries_leave_both_sides() -> None:
    """An optional entry counts neither when it is answered nor when it is not."""
    reading = read_gold(GOLD)
    without = replace(
        reading,
        links=tuple(link for link in reading.links if link.mention.name != "产业扶贫"),
        claims=tuple(
            claim
            for claim in reading.claims
            if not (isinstance(claim, RelationClaim) and claim.subject == key_of(GOLD, "产业扶贫"))
            and not (isinstance(claim, Figure) and claim.value == 300)
        ),
    )
    assert as_json(score_of(without)) == as_json(score_of(reading))
    assert score_of(without).score("programmes") == Score(1, 1, 1)


def test_empty_reading_finds_nothing() -> None:
    """A reading without anything misses every required entry and answers nothing too much."""
    evaluation = score_of(Reading(make_document("1.txt", ["无"])))
    assert evaluation.score("places") == Score(0, 0, 2)
    assert evaluation.score("figures.value") == Score(0, 0, 2)
    assert evaluation.share("title") == Share(0, 1)
    assert {miss.fault for miss in evaluation.misses("programmes")} == {"missing"}


def test_alias_of_the_gold_counts_as_its_name() -> None:
    """An entity labelled with a gold alias matches, in claims as well."""
    evaluation = score_of(renamed(read_gold(GOLD), "扶贫车间", "扶贫工厂"))
    assert evaluation.score("programmes") == Score(1, 1, 1)
    assert evaluation.score("relations.implementedIn") == Score(1, 1, 1)


def test_levels_of_places_are_one_kind_and_other_kinds_are_not() -> None:
    """A village taken for a township is found; a person taken for an organisation is missing and too much."""
    reading = read_gold(GOLD)
    township = with_entity(reading, Entity(("place", "1"), Kind.TOWNSHIP, "大庄村"), at=1)
    assert score_of(township).score("places") == Score(2, 2, 2)
    body = with_entity(reading, Entity(("organisation", "1"), Kind.ORGANISATION, "张三"), at=2)
    assert score_of(body).score("persons") == Score(0, 0, 1)
    assert score_of(body).score("organisations") == Score(1, 2, 1)


def test_regions_are_not_scored() -> None:
    """A region (片区) is neither asked for nor too much."""
    reading = with_entity(read_gold(GOLD), Entity(("place", "region", "六盘山片区"), Kind.REGION, "六盘山片区"), at=1)
    assert score_of(reading).score("places") == Score(1, 1, 2)


def test_ancestors_that_nothing_mentions_are_not_answers() -> None:
    """Entities that no mention leads to, the province of the county, are not counted."""
    reading = read_gold(GOLD)
    gansu = Entity(("place", "62"), Kind.PROVINCE, "甘肃省", code="62")
    assert score_of(replace(reading, entities={**reading.entities, gansu.key: gansu})).score("places").found == 2


def test_codes_are_judged_among_matched_places() -> None:
    """A wrong code, or one where the gold knows none, counts against the share and is listed."""
    reading = with_entity(read_gold(GOLD), Entity(("place", "1"), Kind.VILLAGE, "大庄村", code="620523109201"), at=1)
    evaluation = score_of(reading)
    assert evaluation.share("code") == Share(1, 2)
    assert [miss.words for miss in evaluation.misses("code")] == ["大庄村 none → 620523109201"]


def test_metadata_is_compared_where_the_gold_has_it() -> None:
    """Title, date, publisher and main place count where the gold states them, and not where it does not."""
    evaluation = score_of(replace(read_gold(GOLD), main_place=None))
    assert evaluation.share("mainPlace") == Share(0, 1)
    assert evaluation.share("publisher") == Share(0, 0)
    assert evaluation.share("published") == Share(1, 1)


def test_post_needs_its_person_and_half_the_words() -> None:
    """A post matches with the same person and a like title and place, and not with another person."""
    reading = read_gold(GOLD)
    post = next(claim for claim in reading.claims if isinstance(claim, PostHolding))
    like = replace(post, title="书记")
    unlike = replace(post, title="护林员", at=key_of(GOLD, "大庄村"))
    other = replace(post, holder=key_of(GOLD, "花椒"))
    rest = tuple(claim for claim in reading.claims if claim is not post)
    scores = [score_of(replace(reading, claims=(*rest, claim))).score("posts") for claim in (like, unlike, other)]
    assert [score.matched for score in scores] == [1, 0, 0]


def test_relation_stated_twice_is_one_answer() -> None:
    """Two claims of the same relation count once; the same pair under another property is too much."""
    reading = read_gold(GOLD)
    claim = next(claim for claim in reading.claims if isinstance(claim, RelationClaim))
    again = replace(claim, evidence=(Span(4, 7),))
    assert score_of(replace(reading, claims=(*reading.claims, again))).score("relations") == Score(2, 2, 2)
    wrong = replace(claim, predicate="visited")
    evaluation = score_of(replace(reading, claims=(*reading.claims, wrong)))
    assert evaluation.score("relations.visited") == Score(0, 1, 0)
    assert evaluation.score("relations") == Score(2, 3, 2)
    assert [miss.kind for miss in evaluation.misses("relations")] == ["relations.visited"]


# ---- Figures ---------------------------------------------------------------------------------------------------------


def steps(evaluation: Evaluation) -> list[int]:
    """Return how many figures match at each step."""
    return [evaluation.score(name).matched for name in FIGURE_STEPS]


def test_figures_agree_step_by_step() -> None:
    """Another period, subject, indicator, unit or value fails its own step and the later ones."""
    other_year = Period("2014", date(2014, 1, 1), date(2014, 12, 31))
    assert steps(spoil(lambda figure: figure)) == [2, 2, 2]
    assert steps(spoil(lambda figure: replace(figure, period=other_year))) == [2, 2, 1]
    assert steps(spoil(lambda figure: replace(figure, period=None))) == [2, 2, 1]
    assert steps(spoil(lambda figure: replace(figure, about=key_of(GOLD, "大庄村")))) == [2, 1, 1]
    assert steps(spoil(lambda figure: replace(figure, indicator_text="绿化面积"))) == [2, 1, 1]
    assert steps(spoil(lambda figure: replace(figure, unit="人"))) == [1, 1, 1]
    assert steps(spoil(lambda figure: replace(figure, value=Decimal("21.6")))) == [1, 1, 1]


def test_indicator_agrees_by_the_label_of_its_concept() -> None:
    """Other words for the indicator do no harm where the concept's label agrees."""
    changed = spoil(lambda figure: replace(figure, indicator_text="穷困面", indicator="poverty-rate"))
    assert steps(changed) == [2, 2, 2]


def test_period_of_a_figure_without_one_in_the_gold_is_free() -> None:
    """A period is never held against an answer where the gold gives none."""
    period = Period("1999", date(1999, 1, 1), date(1999, 12, 31))
    assert steps(spoil(lambda figure: replace(figure, period=period), at=1)) == [2, 2, 2]


def test_attributes_are_judged_among_matched_figures() -> None:
    """A wrong qualifier or accumulation lowers its own share alone and is listed with both values."""
    evaluation = spoil(
        lambda figure: replace(figure, qualifier=Qualifier.APPROX, accumulation=Accumulation.FLOW),
    )
    shares = {name: evaluation.share(name) for name in ("qualifier", "accumulation", "status", "evidence")}
    assert shares == {
        "qualifier": Share(1, 2),
        "accumulation": Share(1, 2),
        "status": Share(2, 2),
        "evidence": Share(2, 2),
    }
    assert [miss.words for miss in evaluation.misses("qualifier")] == ["甘谷县 贫困发生率 21.5 %, 2013: exact → approx"]


def test_evidence_elsewhere_or_across_sentences_is_wrong() -> None:
    """Evidence counts where it overlaps the gold quote and every span of it lies within one sentence."""
    elsewhere = spoil(lambda figure: replace(figure, evidence=(Span(0, 3),)))
    assert elsewhere.share("evidence") == Share(1, 2)
    across = spoil(lambda figure: replace(figure, evidence=(Span(0, 3), replace(figure.evidence[0], start=2))))
    assert across.share("evidence") == Share(1, 2)


def test_quote_is_found_although_spaces_and_widths_differ() -> None:
    """A page that keeps full-width signs or spaces still holds the gold's quote, at every place of it."""
    gold = replace(GOLD, figures=GOLD.figures[:1])
    reading = read_gold(gold)
    (figure,) = (claim for claim in reading.claims if isinstance(claim, Figure))
    document = make_document("1.txt", ["贫困发生率为２１．５％。", "全县贫困发生率 为21.5%。"])
    for at in (0, 1):
        span = document.sentences[at].span
        claims = (replace(figure, evidence=(span,)),)
        evaluation = score_of(replace(reading, document=document, claims=claims), gold=gold)
        assert evaluation.share("evidence") == Share(1, 1)


def test_figure_listed_once_with_what_differs() -> None:
    """A figure about something else is listed where it fails, with the gold's words and the answer's."""
    evaluation = spoil(lambda figure: replace(figure, about=key_of(GOLD, "大庄村")))
    (line,) = render_misses(evaluation, "figures").splitlines()
    assert line.split("\t") == [
        "1.txt",
        "figures.indicator",
        "differs",
        "甘谷县 贫困发生率 21.5 %, 2013 → 大庄村 贫困发生率 21.5 %, 2013",
    ]


# ---- Documents, tables, files ----------------------------------------------------------------------------------------


def test_counts_are_added_over_documents() -> None:
    """The micro average adds counts, the macro average means the documents that have the kind."""
    empty = Gold("2.txt", entities=(GoldEntity("Person", "李四"), GoldEntity("Person", "王五")))
    readings = {"1.txt": read_gold(GOLD), "2.txt": Reading(make_document("2.txt", ["无"]))}
    evaluation = evaluate(readings, {"1.txt": GOLD, "2.txt": empty}, VOCABULARY)
    assert evaluation.score("persons") == Score(1, 1, 3)
    assert evaluation.macro_f1("persons") == 0.5
    assert evaluation.macro_f1("places") == 1.0
    assert evaluation.macro_f1("awards") == 1.0


def test_gold_and_readings_without_a_counterpart_are_not_scored() -> None:
    """A gold document that was not read is named and not scored; a reading without gold is passed over."""
    golds = {"1.txt": GOLD, "3.txt": replace(GOLD, document="3.txt")}
    evaluation = evaluate({"1.txt": read_gold(GOLD), "9.txt": read_gold(GOLD)}, golds, VOCABULARY)
    assert [document.document for document in evaluation.documents] == ["1.txt"]
    assert evaluation.unread == ("3.txt",)
    assert "gold without article: 3.txt" in render_table(evaluation)


def test_table_names_every_score_and_share() -> None:
    """The table has a line for each score and share; a kind without entries shows dashes instead of ratios."""
    lines = render_table(score_of(read_gold(GOLD))).splitlines()
    assert [line.split()[0] for line in lines if line and line.split()[0] in {*SCORES, *SHARES}] == [*SCORES, *SHARES]
    (awards,) = (line for line in lines if line.startswith("awards"))
    assert awards.split() == ["awards", "0", "0", "0", "–", "–", "–", "–"]


def test_json_value_is_json_and_holds_misses_when_asked() -> None:
    """The JSON value survives a round trip; the list of misses is in it only with ``show``."""
    evaluation = score_of(Reading(make_document("1.txt", ["无"])))
    value = as_json(evaluation, show=True)
    assert json.loads(json.dumps(value)) == value
    assert len(value["misses"]) == len(list(evaluation.misses()))
    assert "misses" not in as_json(evaluation)
    assert value["documents"]["1.txt"]["scores"]["places"]["gold"] == 2


def test_gold_is_read_from_files(tmp_path: Path) -> None:
    """Gold files are read by document, exactly; another JSON file in the folder is passed over."""
    entry = {"about": "甘谷县", "indicator": "县域总面积", "value": 1572.6, "unit": "平方公里", "quote": "总面积1572.6"}
    post = {"s": "张三", "p": "holdsPost", "o": {"title": "县委书记", "at": "甘谷县委"}}
    part = {"s": "甘谷县", "p": "partOf", "o": "天水市"}
    work = {"s": "张三", "p": "worksAt", "o": "甘谷县", "optional": True}
    county = {"type": "County", "name": "甘谷县", "code": "620523"}
    data = {"entities": [county], "relations": [post, part, work], "figures": [entry], "title": "纪实"}
    (tmp_path / "7.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "questions.json").write_text("[]", encoding="utf-8")
    (gold,) = load_gold(tmp_path).values()
    assert gold.document == "7.txt"
    assert gold.entities == (GoldEntity("County", "甘谷县", code="620523", has_code=True),)
    assert gold.posts == (GoldRelation("张三", "holdsPost", "甘谷县委", title="县委书记"),)
    assert gold.relations == (GoldRelation("张三", "worksAt", "甘谷县", optional=True),)
    assert gold.figures[0].value == Decimal("1572.6")


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "cannot be read as JSON"), ('{"entities": [{"type": "County"}]}', "is no gold document: KeyError")],
)
def test_bad_gold_is_refused_with_its_file(content: str, message: str, tmp_path: Path) -> None:
    """A file that is no JSON or has an entry without its parts is named."""
    (tmp_path / "1.json").write_text(content, encoding="utf-8")
    with pytest.raises(KgError, match=message) as caught:
        load_gold(tmp_path)
    assert caught.value.where == str(tmp_path / "1.json")


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    """A folder without gold is an error, not an evaluation of nothing."""
    with pytest.raises(KgError, match="no gold documents"):
        load_gold(tmp_path)


def test_closed_list_of_relations_leaves_out_what_is_scored_elsewhere() -> None:
    """Neither partOf, which is not scored, nor posts, which are scored apart, are in the list."""
    assert len(RELATIONS) == 12
    assert {"partOf", "holdsPost"}.isdisjoint(RELATIONS)


def test_what_is_only_pointed_back_to_is_not_named() -> None:
    """An entity whose only mention is an anaphor (全省) is no predicted entity, as it is none of pa:mentions."""
    reading = factories.make_reading()
    province = Link(
        Mention(Span(0, 2), Kind.PROVINCE, "全省", "references", anaphor=True), ("place", "62"), "reference"
    )
    golds = {"article.txt": Gold("article.txt")}

    named = evaluate({"article.txt": reading}, golds, VOCABULARY).score("places").found
    pointed = evaluate({"article.txt": replace(reading, links=(province, *reading.links))}, golds, VOCABULARY)
    assert pointed.score("places").found == named


# ---- Intervals -------------------------------------------------------------------------------------------------------


def test_an_interval_holds_the_score_and_is_always_the_same() -> None:
    """Documents are drawn with a fixed seed; more of the same documents make the interval narrower."""
    few = [Score(1, 2, 2), Score(3, 4, 4), Score(4, 4, 5), Score(2, 4, 3)]
    low, high = interval(few)
    assert low <= sum(few, Score()).f1 <= high
    assert interval(few) == (low, high)
    narrow = interval(few * 8)
    assert narrow[1] - narrow[0] < high - low


def test_of_one_document_or_none_an_interval_says_nothing() -> None:
    """Both ends are the score itself."""
    assert interval([Score(1, 2, 2)]) == (0.5, 0.5)
    assert interval([]) == (1.0, 1.0)
