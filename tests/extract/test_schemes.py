"""Names without quotation marks end in a head noun and begin behind a boundary."""

import pytest

from kg.extract.schemes import cut_left, find_schemes, is_generic
from kg.model import Span


def _found(text: str, *closed: Span) -> list[str]:
    """Return the names in a sentence."""
    return [span.of(text) for span in find_schemes(text, closed)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("实施引水上山二期供水工程", ["引水上山二期供水工程"]),
        ("第三次春风送岗行动启动", ["春风送岗行动"]),
        ("开展安全隐患大排查大治理", ["安全隐患大排查大治理"]),
        ("实施的工程很多", []),
        ("实施3个改造项目", []),
        ("发放助学贷款", ["助学贷款"]),
        ("助学贷款很重要", []),
        ("群众参加改造成果展", []),
        ("落实“一户一策”帮带机制", []),
        ("平台有机制有", []),
    ],
)
def test_head_nouns_make_names_of_specific_modifiers(text: str, names: list[str]) -> None:
    """A name has a specific modifier; a mechanism needs a verb that carries it out."""
    assert _found(text) == names


def test_names_lie_outside_places_and_marks() -> None:
    """What is barred ends a name on the left, and a name never reaches into it."""
    text = "柳树镇光伏电站"
    assert _found(text, Span(0, 3)) == []
    assert _found("柳树镇村级光伏电站", Span(0, 3)) == ["村级光伏电站"]
    assert _found(text, Span(5, 6)) == []


def test_the_last_boundary_counts() -> None:
    """The modifier begins behind the last verb or function word."""
    text = "在全县推进和实施移民搬迁"
    assert text[cut_left(text, 0, len(text)) :] == "移民搬迁"


@pytest.mark.parametrize(
    ("modifier", "generic"), [("长效", True), ("利益联结", True), ("挂账销号", False), ("3个", True)]
)
def test_general_words_make_no_name(modifier: str, *, generic: bool) -> None:
    """Modifiers of general words alone, and counted ones, are general."""
    assert is_generic(modifier) is generic
