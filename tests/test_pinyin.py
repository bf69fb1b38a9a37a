"""Readings of names: the dictionary's, and those of places that are read in their own way."""

import doctest

import pytest

from kg import pinyin


def test_examples_hold() -> None:
    """The examples in the documentation are right."""
    assert doctest.testmod(pinyin).failed == 0


@pytest.mark.parametrize("name", sorted(pinyin.PLACE_READINGS))
def test_each_reading_of_the_list_has_a_syllable_for_each_character(name: str) -> None:
    """Nothing is left out or doubled, and the reading is found within a longer name."""
    syllables = pinyin.PLACE_READINGS[name].split()
    assert len(syllables) == len(name)
    assert list(pinyin.own_reading(f"在{name}有")[1:-1]) == syllables
