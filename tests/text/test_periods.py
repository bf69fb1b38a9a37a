"""Expressions of time are found and resolved by the date of publication and the years stated before."""

from datetime import date

import pytest

from kg.model import Period, PeriodBasis, Span
from kg.text import periods
from kg.text.periods import Calendar, Moment, TimeExpression, end_of, find_periods
from tests.api.cases import read_cases


def _described(text: str, time: TimeExpression) -> str:
    basis = " publication" if time.period and time.period.basis is PeriodBasis.PUBLICATION else ""
    return f"{time.span.of(text)}={time.period.value if time.period else '?'}{basis}"


@pytest.mark.parametrize(("published", "text", "expected", "why"), read_cases("periods"))
def test_times_are_resolved(published: str, text: str, expected: str, why: str) -> None:
    """Every expression of time is found with the period it means, or none where that cannot be told."""
    found, _ = find_periods(text, Span(0, len(text)), Calendar.of(published or None))
    assert "; ".join(_described(text, time) for time in found) == expected, why


@pytest.mark.parametrize(("published", "text", "expected", "why"), read_cases("periods"))
def test_each_expression_holds_a_mark_of_its_rule(published: str, text: str, expected: str, why: str) -> None:
    """No rule matches words without one of the characters that let it be tried."""
    for marks, pattern, _ in periods._RULES:
        matches = [match[0] for match in pattern.finditer(text) if match[0]]
        assert all(set(marks) & set(words) for words in matches), (published, expected, why)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020年", date(2020, 1, 1), date(2020, 12, 31)),
        ("2016年2月", date(2016, 2, 1), date(2016, 2, 29)),
        ("2015至2017年", date(2015, 1, 1), date(2017, 12, 31)),
    ],
)
def test_periods_know_their_first_and_last_day(text: str, first: date, last: date) -> None:
    """A period lasts from its first day to its last, both included."""
    (found,), _ = find_periods(text, Span(0, len(text)), Calendar())
    assert found.period
    assert (found.period.start, found.period.end) == (first, last)


def test_a_new_paragraph_forgets_the_year_it_spoke_of() -> None:
    """A month in the next paragraph is of the year of publication again."""
    _, calendar = find_periods("2018年5月", Span(0, 7), Calendar.of("2020-11-16"))
    (again,), _ = find_periods("6月", Span(0, 2), calendar)
    (new,), _ = find_periods("6月", Span(0, 2), calendar.paragraph())
    assert again.period
    assert new.period
    assert (again.period.value, new.period.value) == ("2018-06", "2020-06")


def test_a_year_after_publication_is_not_this_year() -> None:
    """A target year does not become the year that 今年 means."""
    assert Calendar.of("2020-11").after(2035).this_year == 2020


def test_the_year_of_publication_is_marked_as_such() -> None:
    """The year of publication is a period of that basis, and none where the page has no date."""
    period = Calendar.of("2020-11-16").publication_year()
    assert period
    assert (period.value, period.basis) == ("2020", PeriodBasis.PUBLICATION)
    assert Calendar().publication_year() is None


def test_the_end_of_an_interval_is_its_last_part() -> None:
    """An interval ends with its last month; another period is its own end."""
    months = Period("2019-01/2019-10", date(2019, 1, 1), date(2019, 10, 31))
    assert end_of(months).value == "2019-10"
    year = Period("2019", date(2019, 1, 1), date(2019, 12, 31))
    assert end_of(year) == year


def test_moments_are_as_precise_as_stated() -> None:
    """A moment keeps year, month or day."""
    assert [str(Moment(2020)), str(Moment(2020, 2)), str(Moment(2020, 2, 9))] == ["2020", "2020-02", "2020-02-09"]
