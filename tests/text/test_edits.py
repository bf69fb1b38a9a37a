"""Edits keep the place that every code point came from."""

import re

from kg.model import Damage, Repair, Span
from kg.text.edits import Changes, Edit, Mapped, replaced


def test_equal_lengths_map_one_to_one_and_others_to_the_whole_stretch() -> None:
    """A replacement as long as the original is mapped code point by code point, another one as a whole."""
    mapped = Mapped.of("甲乙丙丁").apply(Changes((Edit(Span(0, 2), "AB"), Edit(Span(2, 3), "xyz"))))
    assert mapped.text == "ABxyz丁"
    assert [mapped.raw(Span(at, at + 1)) for at in (0, 1, 2, 4, 5)] == [
        Span(0, 1),
        Span(1, 2),
        Span(2, 3),
        Span(2, 3),
        Span(3, 4),
    ]


def test_sources_may_overlap() -> None:
    """Where two characters share a raw one, both say so."""
    mapped = Mapped.of("甲乙丙").apply(Changes((Edit(Span(0, 3), "AB", (Span(0, 2), Span(1, 3))),)))
    assert (mapped.raw(Span(0, 1)), mapped.raw(Span(1, 2))) == (Span(0, 2), Span(1, 3))


def test_the_log_counts_in_raw_offsets() -> None:
    """Repairs and damages of a later step are logged where they stand in the raw text."""
    first = Mapped.of("ab\u200bcd").apply(replaced("ab\u200bcd", re.compile("\u200b"), "zero-width", lambda _: ""))
    later = first.apply(
        Changes((Edit(Span(2, 3), "C"),), (Repair(Span(2, 3), "C", "case"),), (Damage(Span(3, 4), "d"),))
    )
    assert later.text == "abCd"
    assert later.repairs == (Repair(Span(2, 3), "", "zero-width"), Repair(Span(3, 4), "C", "case"))
    assert later.damages == (Damage(Span(4, 5), "d"),)
    assert later.offsets.raw_span(Span(0, 4)) == Span(0, 5)


def test_matches_that_stay_the_same_are_no_changes() -> None:
    """Nothing is edited or logged where the replacement equals the original."""
    assert replaced("aba", re.compile("[ab]"), "kind", lambda match: match[0]) == Changes()
