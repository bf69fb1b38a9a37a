"""Dates of publication as pages, records and markup write them: to ISO 8601, as precise as they are stated.

Only what names a year is a date, and only where the calendar has it: no time since an event (3小时前), no count of
seconds, no identity number. Times within a text (今年, 三月) are left to :mod:`kg.text.periods`; which of several dates
of a page is that of its publication is left to :mod:`kg.extract.article`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from kg.model import Span

#: Pages of this genre are of these years; what is outside is a number, not a year.
_YEARS = range(1949, 2050)
_CENTURY = 2000
_CHINA = timezone(timedelta(hours=8))
_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○◯", "0")
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH_NAME = (
    "(?P<name>(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))\\.?"
)
_CLOCK = r"(?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?"
#: In the order in which they are tried; the first that the calendar has is the date of a line.
_FORMS = (
    re.compile(rf"(?<!\d)(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)T{_CLOCK}(?P<zone>Z|[+-]\d\d:?\d\d)"),
    re.compile(
        r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*(?P<mark>[-/.年])\s*(?P<month>\d{1,2})"
        r"(?:(?:\s*(?:(?P=mark)|月)\s*)(?P<day>\d{1,2})(?!\d)|\s*月|(?![\d.]))"
    ),
    re.compile(r"(?<![\d./-])(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>20\d\d)(?![\d.])"),
    re.compile(rf"(?<![A-Za-z]){_MONTH_NAME}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH_NAME},?\s+(?P<year>20\d\d)(?!\d)"),
    re.compile(
        r"(?<![\d-])(?P<year>\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?=\s+\d{1,2}[:：]\d\d|\s*$|\s+来源)"
    ),
    re.compile(
        r"(?P<year>[一二][〇零○◯一二三四五六七八九]{3}|(?<!\d)(?:19|20)\d\d)\s*年"
        "(?:(?P<month>[一二三四五六七八九十]{1,2})月(?:(?P<day>[一二三四五六七八九十]{1,3})日)?)?"
    ),
    re.compile(
        r"(?<![\d-])(?P<year>20[0-4]\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:(?=[0-2]\d[0-5]\d[0-5]\d(?!\d))|(?!\d))"
    ),
)
#: A date within the path of an address: "/2019/0516/", "/201905/16/", "/t20190516_".
_IN_ADDRESS = re.compile(r"/(?:[a-z]{0,4})(?P<year>20[0-4]\d)[-/]?(?P<month>[01]\d)[-/]?(?P<day>[0-3]\d)(?=[/_.-]|$)")


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date and where it stands.

    Attributes:
        span: Its place in the words that were read, without the time of day.
        value: ISO 8601 with the precision stated: "2020-12-17", "2020-09", "2020".
    """

    span: Span
    value: str


def parse_date(words: str) -> str | None:
    """Return the first date of some words as ISO 8601 with the precision stated, or None.

    A time with a zone is told by the clock of China, where the pages are read.

    >>> parse_date("20-12-17 16:27 来源:某报"), parse_date("二〇二〇年九月"), parse_date("13-45-99")
    ('2020-12-17', '2020-09', None)
    """
    return next((found.value for found in find_dates(words)), None)


def find_dates(words: str) -> Iterator[StatedDate]:
    """Yield the dates of some words, the surest form first; a stretch that two forms fit comes twice."""
    for form in _FORMS:
        for match in form.finditer(words):
            if value := _iso(match):
                yield StatedDate(Span(*match.span()), value)


def parse_address_date(address: str) -> str | None:
    """Return the day that the path of an address holds, or None.

    >>> parse_address_date("http://www.example.cn/n1/2019/0516/c1001-31833332.html")
    '2019-05-16'
    """
    return next(filter(None, map(_iso, _IN_ADDRESS.finditer(address))), None)


def _iso(match: re.Match[str]) -> str | None:
    """Return a match as ISO 8601, or None where the calendar has no such day."""
    groups = match.groupdict()
    if groups.get("zone"):
        return _local(match)
    if groups.get("first"):
        groups |= _day_and_month(int(groups["first"]), int(groups["second"]))
    if groups.get("name"):
        groups["month"] = str(_MONTHS.index(groups["name"][:3].lower()) // 3 + 1)
    parts = [_number(groups[name], name) for name in ("year", "month", "day") if groups.get(name)]
    return _valid(*parts)


def _valid(year: int, *rest: int) -> str | None:
    full = year + _CENTURY if year < 100 else year  # noqa: PLR2004 - a year of two digits
    try:
        found = date(full, *(*rest, 1, 1)[:2])
    except ValueError:
        return None
    return found.isoformat()[: (4, 7, 10)[len(rest)]] if full in _YEARS else None


def _day_and_month(first: int, second: int) -> dict[str, str | None]:
    """Return which of two numbers is the day, where but one reading is possible: 16/11, 11/16, 8/8."""
    if first <= 12 < second:  # noqa: PLR2004 - months of the year
        first, second = second, first
    elif first <= 12 and first != second:  # noqa: PLR2004 - the same
        return {"month": "0", "day": "0"}
    return {"month": str(second), "day": str(first)}


def _local(match: re.Match[str]) -> str | None:
    stamp = f"{match['year']}-{match['month']}-{match['day']}T{match['time']}"
    zone = "+00:00" if match["zone"] == "Z" else match["zone"]
    try:
        moment = datetime.fromisoformat(stamp + zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return _valid(*moment.astimezone(_CHINA).timetuple()[:3]) if moment.year in _YEARS else None


def _number(words: str, name: str) -> int:
    if words.isdecimal():
        return int(words)
    if name == "year":
        return int("".join(_DIGITS[character] for character in words))
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int(_DIGITS[words[0]])
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))
