"""Minting: deterministic, injective, and valid by RFC 3987."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.rdf.iris import DEFAULT_BASE, Minter, escape_segment

MINTER = Minter()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("甘谷县", "甘谷县"),
        ("党支部+合作社+贫困户", "党支部+合作社+贫困户"),
        ("1/2", "1%2F2"),
        ("a b", "a%20b"),
        ("问?答#", "问%3F答%23"),
        ("a\u200bb", "a%E2%80%8Bb"),
        ("<x>", "%3Cx%3E"),
        ("100%", "100%25"),
    ],
)
def test_a_segment_escapes_what_an_iri_does_not_allow(name: str, expected: str) -> None:
    """Only characters outside isegment are percent-encoded."""
    assert escape_segment(name) == expected


@given(st.text(), st.text())
def test_names_that_differ_after_normalisation_have_different_segments(one: str, other: str) -> None:
    """Escaping is injective on NFC."""
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (escape_segment(one) == escape_segment(other)) is same


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_every_name_makes_a_valid_iri(parts: list[str]) -> None:
    """Pyoxigraph checks the grammar of RFC 3987 and takes every minted IRI."""
    assert MINTER.path(*parts).value.startswith(DEFAULT_BASE)


def test_iris_follow_the_contract() -> None:
    """The paths of design §2 are spelt as written there."""
    span = Span(3, 9)
    paths = [
        MINTER.entity(("place", "620523")),
        MINTER.article("0123456789abcdef"),
        MINTER.claim("0123456789abcdef", "figure", "poor-population", span, 1),
        MINTER.evidence("0123456789abcdef", span),
        MINTER.run("0123456789abcdef", "figures", "1"),
        MINTER.post("620523", "甘谷县委", "县委书记"),
        MINTER.concept("unit", "person"),
    ]
    assert [path.value.removeprefix(DEFAULT_BASE) for path in paths] == [
        "place/620523",
        "article/0123456789abcdef",
        "claim/0123456789abcdef/figure/poor-population/3-9/1",
        "evidence/0123456789abcdef/3-9",
        "run/0123456789abcdef/figures/1",
        "post/620523/甘谷县委/县委书记",
        "unit/person",
    ]


def test_slots_of_other_questions_have_other_iris() -> None:
    """Every part of the question counts."""
    assert MINTER.slot(("a", "b")) != MINTER.slot(("a", "c"))
    assert MINTER.slot(("a", "b")) == MINTER.slot(("a", "b"))
    assert MINTER.slot(("ab", "")) != MINTER.slot(("a", "b"))


def test_named_graphs_lie_beside_the_resources() -> None:
    """A base of one's own moves graphs along."""
    assert Minter("https://example.org/kg/id/").graph("quarantine").value == "https://example.org/kg/graph/quarantine"
