"""What is said of sources beside the articles."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.notes import MAX_LINES, Ignored, Skipped, printable, shorten, tally


def test_faults_of_one_file_are_shortened_and_counted() -> None:
    """The first faults are told, the rest is counted in one line; nothing is left uncounted."""
    faults = [Skipped("a.jsonl", f"line {number}") for number in range(MAX_LINES + 7)]
    told = list(shorten(faults, "a.jsonl"))
    assert told[:-1] == faults[:MAX_LINES]
    assert told[-1] == Skipped("a.jsonl", "a.jsonl: 7 further places were skipped for reasons of this kind.")
    assert list(shorten(faults[:MAX_LINES], "a.jsonl")) == faults[:MAX_LINES]


def test_counts_are_sorted() -> None:
    """What was left aside comes in the order of its kinds; nothing gives nothing."""
    assert list(tally("x", Counter({"b": 1, "a": 2}))) == [Ignored("x", (("a", 2), ("b", 1)))]
    assert list(tally("x", Counter())) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("报道 1.txt", "报道 1.txt"),
        ("a\nb\x1b[31m", "a\\nb\\x1b[31m"),
        ("e\u0301.txt", "\u00e9.txt"),
        (b"\xb8\xca.txt".decode("utf-8", "surrogateescape"), "\\xb8\\xca.txt"),
        ("\ud800", "\\ud800"),
        ("a\u2028b", "a\\u2028b"),
    ],
)
def test_names_are_shown_on_one_line(name: str, shown: str) -> None:
    """Controls and bytes that are no UTF-8 are escaped; letters are composed, so that systems agree."""
    assert printable(name) == shown


@given(st.text())
def test_any_name_can_be_written(name: str) -> None:
    """What is shown can be encoded, and is one line."""
    shown = printable(name)
    assert len(shown.encode().splitlines()) <= 1
