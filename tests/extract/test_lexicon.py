"""Word lists are read as their files hold them, and words are found as the lists and the dictionary have them."""

import doctest
import logging
import re
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jieba import posseg

from kg.extract import lexicon
from kg.extract.lexicon import (
    NameSet,
    WordSet,
    alternatives,
    cut_words,
    load_sections,
    occurrences,
    tag_words,
    word_bounds,
)

#: The seeds in simplified characters: no others reach the extractors.
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("00[!1]_*.txt"))
#: Few letters, so that words begin alike and overlap.
WORDS = st.lists(st.text("甲乙丙+", min_size=1, max_size=4), min_size=1, max_size=8)
TEXTS = st.text("甲乙丙+", max_size=20)


def test_examples_hold() -> None:
    """The examples in the documentation are right."""
    assert doctest.testmod(lexicon).failed == 0


@pytest.mark.parametrize("name", ["programmes", "products", "relations"])
def test_lists_have_sections_of_words(name: str) -> None:
    """Every section has words, and comments are none of them."""
    sections = load_sections(name)
    assert all(sections.values())
    assert not [word for words in sections.values() for word in words if "#" in word]


@pytest.mark.parametrize("name", ["programmes", "relations"])
def test_sections_do_not_repeat_words(name: str) -> None:
    """A word stands in a section once."""
    repeated = {
        title: {word for word in words if words.count(word) > 1} for title, words in load_sections(name).items()
    }
    assert not {title: words for title, words in repeated.items() if words}


def test_the_longest_word_is_matched_first() -> None:
    """Of words that begin alike the longest one matches, and signs are taken as they are."""
    pattern = re.compile(alternatives(["专项", "专项行动", "党建+"]))
    assert [match[0] for match in pattern.finditer("专项行动,党建+")] == ["专项行动", "党建+"]


@given(WORDS, TEXTS)
def test_shared_beginnings_change_nothing(words: list[str], text: str) -> None:
    """A pattern whose words share their beginnings matches what the words do one after another, the longest first."""
    one_by_one = "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))
    shared = alternatives(words)
    assert [match.span() for match in re.finditer(shared, text)] == [
        match.span() for match in re.finditer(one_by_one, text)
    ]
    assert bool(re.fullmatch(f"(?:{shared})+", text)) is bool(re.fullmatch(f"(?:{one_by_one})+", text))


@given(WORDS, TEXTS)
def test_names_are_found_as_by_a_pattern(words: list[str], text: str) -> None:
    """One pass finds what a pattern of all names finds: the longest at each place, without overlaps."""
    found = [(match[0], match.span()) for match in re.finditer(alternatives(words), text)]
    assert [(name, (span.start, span.end)) for name, span in NameSet(words).find(text)] == found


@given(WORDS, TEXTS)
def test_the_longest_word_is_found_at_every_offset(words: list[str], text: str) -> None:
    """Of the words that begin at an offset the longest is found, also within another one."""
    pattern = re.compile(alternatives(words))
    matches = [match for at in range(len(text)) if (match := pattern.match(text, at))]
    assert WordSet(words).spans(text) == [match.span() for match in matches]
    assert WordSet(words).held_by(text) == {word for word in words if word in text}


@given(st.text("甲乙", min_size=1, max_size=3), TEXTS)
def test_occurrences_do_not_overlap(words: str, text: str) -> None:
    """Words are found where a pattern finds them."""
    assert list(occurrences(words, text)) == [match.start() for match in re.finditer(re.escape(words), text)]


def test_text_is_divided_as_by_jieba() -> None:
    """Words and their parts of speech are those of jieba without its guesses, which calls numbers foreign words."""
    jieba.setLogLevel(logging.WARNING)
    for line in "\n".join(path.read_text("utf-8") for path in SEEDS).splitlines():
        assert cut_words(line) == list(jieba.cut(line, HMM=False))
        tagged = [(pair.word, "m" if pair.flag == "eng" else pair.flag) for pair in posseg.cut(line, HMM=False)]
        assert [(word, "m" if flag == "eng" else flag) for word, flag in tag_words(line)] == tagged


@given(st.text(max_size=20))
def test_words_make_up_the_text(text: str) -> None:
    """No character is lost between words, whatever a text holds."""
    assert "".join(cut_words(text)) == text
    assert {0, len(text)} <= word_bounds(text)
