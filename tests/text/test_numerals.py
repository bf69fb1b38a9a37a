"""Numbers are found with their value and how exact they are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Qualifier, Span
from kg.text.numerals import Numeral, find_numerals, parse_numeral, qualifier_after
from tests.api.cases import read_cases


def _described(text: str, numeral: Numeral) -> str:
    parts = [f"{numeral.span.of(text)}={numeral.value}", numeral.qualifier.value, numeral.unit or ""]
    parts += ["change" if numeral.is_change else "", "damaged" if numeral.is_damaged else ""]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("text", "expected", "why"), read_cases("numerals"))
def test_numbers_are_read_as_written(text: str, expected: str, why: str) -> None:
    """Every number of a text is found, with value, qualifier and share."""
    found = find_numerals(text, Span(0, len(text)))
    assert "; ".join(_described(text, numeral) for numeral in found) == expected, why


@pytest.mark.parametrize(
    ("words", "value"),
    [("三千五", 3500), ("三万五", 35000), ("三百零五", 305), ("二〇二〇", 2020), ("1.2万亿", 1_200_000_000_000)],
)
def test_short_forms_have_their_full_value(words: str, value: int) -> None:
    """A digit after a scale counts the next lower one, and digits alone stand for themselves."""
    assert parse_numeral(words) == value


@pytest.mark.parametrize("words", ["", "许多", "1.2.3万"])
def test_other_words_are_no_number(words: str) -> None:
    """Words that are no number are refused."""
    with pytest.raises(ValueError, match=r"number|digit"):
        parse_numeral(words)


@given(st.integers(min_value=1, max_value=9999))
def test_arabic_and_scaled_numbers_agree(number: int) -> None:
    """A number with 万 is ten thousand times the number, whatever its digits."""
    assert parse_numeral(f"{number}万") == Decimal(number) * 10_000
    assert parse_numeral(f"{number:,}") == number


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numbers_round_trip(number: int) -> None:
    """A number spelt out in Chinese is read as itself."""
    assert parse_numeral(_spell(number)) == number


@given(st.text(alphabet="一二两三百千万亿点成分之几余多约近0123456789.,%至?到\ufffd年人番翻把上数半", max_size=20))
def test_spans_stay_inside_and_in_order(text: str) -> None:
    """Whatever the characters, numbers lie within the text and do not run backwards."""
    found = list(find_numerals(text, Span(0, len(text))))
    assert all(0 <= each.stated.start <= each.span.start < each.span.end <= len(text) for each in found)
    assert [each.span.start for each in found] == sorted(each.span.start for each in found)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("40万元以上", 4, (Qualifier.AT_LEAST, 6)),
        ("30元以内", 3, (Qualifier.AT_MOST, 5)),
        ("6000元左右", 5, (Qualifier.APPROX, 7)),
        ("2年多", 2, (Qualifier.AT_LEAST, 3)),
        ("2年多次", 2, None),
        ("9个", 2, None),
    ],
)
def test_words_after_the_unit_qualify(text: str, at: int, expected: tuple[Qualifier, int] | None) -> None:
    """以上, 以内, 左右 and 多 after a unit say how exact a number is."""
    assert qualifier_after(text, at) == expected


def _spell(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return _spell(number // 10_000) + "万" + (gap + _spell(rest) if rest else "")
    words, skipped = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            words += ("零" if skipped and words else "") + digits[digit] + name
        skipped = not digit
    return words
