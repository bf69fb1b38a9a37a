"""Dates of publication in all forms that pages have."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.dates import find_dates, parse_address_date, parse_date

CASES = Path(__file__).parents[1] / "cases" / "dates.tsv"


def _dates() -> list[tuple[str, str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [(line, found, why) for line, found, why in rows]


@pytest.mark.parametrize(("line", "found", "why"), _dates())
def test_dates_keep_the_precision_stated(line: str, found: str, why: str) -> None:
    """A date in any usual form is ISO 8601; what is none, or no day of the calendar, is None."""
    assert (parse_date(line) or "") == found, why


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("http://www.example.cn/n1/2019/0516/c1001-31833332.html", "2019-05-16"),
        ("https://www.example.gov.cn/xwzx/201905/t20190516_1234567.html", "2019-05-16"),
        ("http://www.example.cn/2019-05/16/content_1.htm", "2019-05-16"),
        ("http://www.example.cn/a/20190516/1.html", "2019-05-16"),
        ("http://www.example.cn/a/2020/1.html", None),
        ("http://www.example.cn/a/20209999/1.html", None),
    ],
)
def test_the_path_of_an_address_holds_a_day(address: str, found: str | None) -> None:
    """Sites sort their pages by day; numbers of other kinds are none."""
    assert parse_address_date(address) == found


def test_a_date_has_its_place() -> None:
    """The words of a date stand at its span."""
    line = "发布时间：2020年11月16日 来源：某报"
    assert [found.span.of(line) for found in find_dates(line)][:1] == ["2020年11月16"]


@given(st.text(alphabet="0123456789-/.年月日号:TZ+ 二〇○十NovDec,发布时间", max_size=40))
def test_any_words_give_a_day_of_the_calendar_or_none(words: str) -> None:
    """Nothing raises, and what comes out is ISO 8601 of a year, a month or a day."""
    found = parse_date(words)
    assert found is None or len(found) in {4, 7, 10}
