"""Word lists are read as their files hold them."""

import re

import pytest

from kg.extract.lexicon import alternatives, load_sections


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
