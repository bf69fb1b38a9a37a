import pytest

from kg.text.gbk import HIDDEN_TRAILS, LEADS, TRAILS, bytes_before_narrowing, bytes_of, character_of, hidden_trails


def test_pairs_and_characters_are_each_others_inverse() -> None:
    """Every pair that makes a character is what that character is written with."""
    pairs = ((lead, trail) for lead in LEADS for trail in TRAILS)
    made = {pair: character for pair in pairs if (character := character_of(*pair))}
    assert len(made) > 21_000
    assert all(bytes_of(character) == pair for pair, character in made.items() if character not in "﨎\ue5e5")


@pytest.mark.parametrize(
    ("character", "data"), [("A", None), ("㕔", None), ("\ue000", (0xAA, 0xA1)), ("，", (0xA3, 0xAC))]
)
def test_only_pairs_are_pairs(character: str, data: tuple[int, int] | None) -> None:
    """Characters of one byte or four have no pair; those for private use have one."""
    assert bytes_of(character) == data


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [(",", ["，"]), (" ", ["\u3000"]), ('"', ["“", "”", "＂"]), ("'", ["‘", "’", "＇"]), ("a", ["ａ"]), ("中", [])],
)
def test_narrow_marks_may_have_been_wide(narrow: str, wide: list[str]) -> None:
    """An ASCII character stands for its full-width form, a straight quotation mark for the curved ones, too."""
    assert [character_of(*pair) for pair in bytes_before_narrowing(narrow)] == wide


def test_private_areas_are_hidden() -> None:
    """A pair of bytes for private use makes no character, and its second byte may open one."""
    assert 0xA1 in hidden_trails(0xAA)
    assert set(HIDDEN_TRAILS) <= set(LEADS)
