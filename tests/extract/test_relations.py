"""Relations are stated by sentences with linked entities, each with the words that state it."""

from dataclasses import replace

import pytest

from kg.extract.relations import RelationExtractor
from kg.model import Kind, PostHolding, Reading, RelationClaim, Span
from tests.api.cases import read_cases
from tests.extract.marked import MAIN, key_of, read_marked


def _claims(reading: Reading) -> list[RelationClaim]:
    """Return the relations of a reading."""
    return [claim for claim in RelationExtractor().extract(reading).claims if isinstance(claim, RelationClaim)]


def _stated(reading: Reading) -> set[str]:
    """Return the relations of a reading as "subject predicate object"."""
    names = reading.entities
    return {f"{names[c.subject].name} {c.predicate} {names[c.object].name}" for c in _claims(reading)}


@pytest.mark.parametrize(("text", "expected", "why"), read_cases("relations"))
def test_relations_are_those_that_the_sentence_states(text: str, expected: str, why: str) -> None:
    """A text states the relations of its case and no other."""
    assert _stated(read_marked(text)) == set(filter(None, expected.split(";"))), why


def test_evidence_is_the_words_from_argument_to_argument() -> None:
    """The evidence reaches from the first argument to the last, within one sentence."""
    reading = read_marked("去年大旱。[山后村|Village]村民[李大勇|Person]靠养蜂脱了贫。")
    (claim,) = _claims(reading)
    assert [reading.document.words(span) for span in claim.evidence] == ["山后村村民李大勇"]


def test_a_relation_said_twice_is_one_claim_with_two_pieces_of_evidence() -> None:
    """Sentences that state the same relation are evidence of one claim, in the order of their sureness and place."""
    reading = read_marked("[山后村|Village]村民[李大勇|Person]笑了。[山后村|Village]村民[李大勇|Person]养蜂。")
    (claim,) = _claims(reading)
    assert claim.evidence == (Span(0, 8), Span(11, 19))


def test_claims_come_in_the_order_of_the_text() -> None:
    """Claims are sorted by their first evidence."""
    reading = read_marked("[李大勇|Person]来自[山后村|Village]。[赵芳|Person]来自[石门村|Village]。")
    assert [claim.subject[-1] for claim in _claims(reading)] == ["李大勇", "赵芳"]


def test_without_a_main_place_nothing_is_guessed() -> None:
    """Where an article has no main place, only what its sentences tie together is stated."""
    reading = read_marked("全面推进[危房改造|Programme],种[花椒|Product],获得[全国文明县城|Award]。")
    assert _stated(replace(reading, main_place=None)) == set()


def test_officials_grow_nothing() -> None:
    """A person who holds a post of government is no producer of what the sentence is about."""
    reading = read_marked("[王成|Person]发展[花椒|Product]。")
    assert "王成 produces 花椒" in _stated(reading)
    span = Span(0, 2)
    post = PostHolding(key_of(Kind.PERSON, "王成"), "镇党委书记", MAIN, (span,), "people")
    assert "王成 produces 花椒" not in _stated(replace(reading, claims=(post,)))


def test_the_office_of_a_town_official_is_not_what_the_talk_is_of() -> None:
    """A town that only says where an official serves is not taken for the place of what follows."""
    reading = read_marked("[柳树镇|Township]副镇长[王成|Person]走来。山上[花椒|Product]红了。")
    assert _stated(reading) == {"青山县 produces 花椒"}


def test_talk_of_a_village_ends_where_the_county_comes_back() -> None:
    """After the main place is named again, what follows is said of it."""
    reading = read_marked("[山后村|Village]变了样。[全县|County|青山县]都变了样。[花椒|Product]红了。")
    assert "山后村 produces 花椒" not in _stated(reading)


def test_talk_of_a_village_does_not_go_on_for_ever() -> None:
    """A village named long before is not taken for the place of what follows."""
    reading = read_marked("[山后村|Village]变了样。" + "天气很好。" * 12 + "[花椒|Product]红了。")
    assert _stated(reading) == {"青山县 produces 花椒"}
