import pytest

from kg.text.wording import is_traditional, is_usual, likelihood, simple


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("人口", "人囗"),
        ("贫困发生率", "贫囤发主率"),
        ("他说：“好。”", "他说：“好。、"),
        ("总人口", "总丝诘"),
        ("占8.61%", "占㐂.𠀀%"),
    ],
)
def test_prose_is_likelier_than_what_looks_like_it(likely: str, unlikely: str) -> None:
    """Words outweigh the same number of single characters, usual marks odd ones."""
    assert likelihood(likely) > likelihood(unlikely) + 1


def test_both_scripts_are_one_language() -> None:
    """A traditional text is as likely as the same text simplified."""
    assert likelihood("總人口") == likelihood("总人口")
    assert is_traditional("總")
    assert simple("總") == "总"


def test_nothing_is_certain() -> None:
    """The empty text has likelihood one."""
    assert likelihood("") == 0


@pytest.mark.parametrize(
    ("character", "usual"), [("的", True), ("縣", True), ("。", True), ("龘", False), ("\ue000", False)]
)
def test_usual_characters_are_known(character: str, usual: bool) -> None:  # noqa: FBT001 - a table of cases
    """Those that make up prose are told from rare ones."""
    assert is_usual(character) is usual
