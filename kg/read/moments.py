"""Values of fields that state a time, whatever their type, as ISO 8601.

Words are read by :mod:`kg.text.dates`; here come what databases and crawlers write: counters of seconds, digits
without marks, values of date and time.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from kg.text.dates import parse_date

#: All pages of this genre count their days by China's time.
_CHINA = timezone(timedelta(hours=8))
#: Seconds since 1970 from 1990 on: fewer are days without marks, or no time.
_FIRST_SECOND = 631_152_000
#: From here on a counter counts thousandths of a second, or thousandths of those.
_LAST_SECOND = 10**11
_DIGITS = re.compile(r"(\d{4})(\d\d)?(\d\d)?(?:\d{6})?")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


def published_on(value: object) -> str | None:
    """Return a date of publication with the precision stated, by China's time, or None where there is none.

    >>> published_on(1605500000), published_on("20201116"), published_on("2020年9月"), published_on("昨天")
    ('2020-11-16', '2020-11-16', '2020-09', None)
    """
    moment = _moment(value)
    if moment is not None:
        local = moment.astimezone(_CHINA) if moment.tzinfo else moment
        return parse_date(local.date().isoformat())
    return _day(value)


def fetched_at(value: object) -> str | None:
    """Return when a page was fetched, to the precision known, in UTC where the zone is known, or None.

    >>> fetched_at("2020-11-16T16:30:00+08:00"), fetched_at("2020/11/16")
    ('2020-11-16T08:30:00Z', '2020-11-16')
    """
    moment = _moment(value)
    if moment is None:
        return _day(value)
    if moment.tzinfo is None:
        return moment.isoformat()
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _moment(value: object) -> datetime | None:
    """Return a value as a point in time, if it is one to the second."""
    try:
        match value:
            case datetime():
                # Reached by every zone without leaving the calendar.
                return value if date.min.year < value.year < date.max.year else None
            case int() | float() if not isinstance(value, bool):
                return _of_counter(int(value))
            case str() if value.strip().isdecimal() and len(value) < 20:  # noqa: PLR2004 - nanoseconds have 19
                return _of_counter(int(value))
            case str() if _STAMP.fullmatch(value.strip()):
                return _moment(datetime.fromisoformat(value.strip()))
    except (ValueError, OverflowError):
        return None
    return None


def _of_counter(count: int) -> datetime | None:
    if len(str(count)) in {4, 6, 8, 14} or count < _FIRST_SECOND:
        return None
    while count >= _LAST_SECOND:
        count //= 1000
    return datetime.fromtimestamp(count, UTC)


def _day(value: object) -> str | None:
    match value:
        case date():
            return parse_date(value.isoformat()[:10])
        case int() | str():
            words = str(value).strip()
        case _:
            return None
    if digits := _DIGITS.fullmatch(words):
        words = "-".join(part for part in digits.groups() if part)
    return words if re.fullmatch(r"(?:19|20)\d\d", words) else parse_date(words)
