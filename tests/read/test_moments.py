"""Times in fields of any type."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.moments import fetched_at, published_on

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2020-11-16", "2020-11-16"),
        ("2020-11-16 23:50:00", "2020-11-16"),
        ("2020-11-16T23:50:00Z", "2020-11-17"),
        ("2020-11-16T16:30:00.123+08:00", "2020-11-16"),
        ("2020/11/16 08:00", "2020-11-16"),
        ("2020年11月16日", "2020-11-16"),
        ("2020年9月", "2020-09"),
        ("2020-09", "2020-09"),
        ("2020", "2020"),
        (2020, "2020"),
        ("20201116", "2020-11-16"),
        (20201116, "2020-11-16"),
        ("20201116083000", "2020-11-16"),
        (202011, "2020-11"),
        (1605542400, "2020-11-17"),
        ("1605542400", "2020-11-17"),
        (1605542400000, "2020-11-17"),
        (1605542400.5, "2020-11-17"),
        (1605542400_000_000_000, "2020-11-17"),
        (date(2020, 11, 16), "2020-11-16"),
        (datetime(2020, 11, 16, 23, 50), "2020-11-16"),  # noqa: DTZ001 - a database without zones
        (datetime(2020, 11, 16, 23, 50, tzinfo=UTC), "2020-11-17"),
    ],
)
def test_days_are_those_of_china_with_the_precision_stated(value: object, published: str) -> None:
    """Words, digits, counters and values of date and time give the day; a zone is counted in."""
    assert published_on(value) == published


@pytest.mark.parametrize(
    "value",
    [
        "",
        "昨天",
        "3小时前",
        "2020-13-40",
        "20201340",
        0,
        12,
        -5,
        99999,
        True,
        None,
        ["2020"],
        b"2020-11-16",
        float("inf"),
    ],
)
def test_what_states_no_day_is_none(value: object) -> None:
    """Impossible days, times since some event and other types give nothing."""
    assert published_on(value) is None


@pytest.mark.parametrize(
    ("value", "fetched"),
    [
        ("2020-11-16T08:30:00Z", "2020-11-16T08:30:00Z"),
        ("2020-11-16T16:30:00+08:00", "2020-11-16T08:30:00Z"),
        ("2020-11-16 16:30:00", "2020-11-16T16:30:00"),
        ("2020-11-16", "2020-11-16"),
        (1605542400, "2020-11-16T16:00:00Z"),
        (datetime(2020, 11, 16, 16, 30, tzinfo=CHINA), "2020-11-16T08:30:00Z"),
        ("soon", None),
        (datetime.min.replace(tzinfo=CHINA), None),
    ],
)
def test_fetch_times_keep_their_precision(value: object, fetched: str | None) -> None:
    """A time with a zone is counted in UTC, one without stays as it is."""
    assert fetched_at(value) == fetched


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.datetimes(), st.dates()))
def test_any_value_gives_iso_or_nothing(value: object) -> None:
    """What comes out is a date with the precision of a year, month or day, between 1900 and 2100."""
    published = published_on(value)
    assert published is None or (len(published) in {4, 7, 10} and published[:2] in {"19", "20"})
    fetched_at(value)
