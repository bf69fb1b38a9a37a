"""Phrases in quotation marks are judged by signs, and named by the guidelines."""

import pytest

from kg.extract.quotations import (
    THRESHOLD,
    find_quoted,
    is_chain,
    is_numeral_name,
    is_speech,
    judge_quoted,
    name_quoted,
)


@pytest.mark.parametrize("marks", ["“”", "‘’", "「」", "『』", '""'])
def test_all_quotation_marks_are_known(marks: str) -> None:
    """A phrase is found within each kind of marks."""
    (quoted,) = find_quoted(f"推行{marks[0]}一户一策{marks[1]}制度")
    assert (quoted.words, quoted.before, quoted.after) == ("一户一策", "推行", "制度")


def test_unbalanced_marks_give_no_phrase() -> None:
    """A mark without its partner in the sentence opens nothing."""
    assert list(find_quoted("推行“一户一策制度")) == []


@pytest.mark.parametrize(
    "words", ["五员", "三变", "六个精准", "五个一批", "四个一", "三治融合", "一户一策", "四议两公开"]
)
def test_numerals_and_their_words_make_names(words: str) -> None:
    """Names built of numerals are known by their form."""
    assert is_numeral_name(words)


@pytest.mark.parametrize("words", ["九分石头一分土", "第一书记", "两年", "十里八乡都知道的事", "三天", "一元"])
def test_amounts_and_sayings_are_no_numeral_names(words: str) -> None:
    """A numeral with a unit of time, money or measure is an amount."""
    assert not is_numeral_name(words)


def test_chains_have_words_as_links() -> None:
    """A chain joins words, not digits."""
    assert is_chain("支部+合作社+农户")
    assert not is_chain("1+3+5")


def test_speech_is_told_by_its_stops_and_what_leads_in() -> None:
    """Words with a full stop, or behind a colon, are said by somebody."""
    said, named = find_quoted("他说:“好日子”,“一户一策”")
    assert is_speech(said)
    assert not is_speech(named)


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        ("构建“1324”攻坚体系", "1324攻坚体系", ("1324",)),
        ("依托“832”平台等", "832平台", ("832",)),
        ("紧抓“3+1”清零、", "3+1清零", ("3+1",)),
        ("拨打“12345”", "12345", ()),
        ("推行“借牛还牛”的产业帮带模式", "借牛还牛", ("借牛还牛产业帮带模式",)),
        ("推行“借牛还牛”之后", "借牛还牛", ()),
        ("围绕“三变”改革了什么", "三变", ()),
    ],
)
def test_names_follow_the_guidelines(text: str, name: str, aliases: tuple[str, ...]) -> None:
    """The phrase is the name; digits and signs alone take their head noun."""
    naming = name_quoted(next(find_quoted(text)))
    assert (naming.name, naming.aliases) == (name, aliases)


def test_signs_are_named() -> None:
    """The judgement says which signs gave the points."""
    points, signs = judge_quoted(next(find_quoted("推行“借牛还牛”项目")))
    assert points >= THRESHOLD
    assert {"head noun behind", "repetition", "firm verb before"} <= set(signs)
