"""Times as Chinese articles write them: 2020年11月, 今年前八个月, 2015至2017年, 三年前, 截至目前, "十三五"期间.

Finds the expressions of time in a stretch of text and resolves them by a :class:`Calendar`: the date of publication
and the years stated before. Which figure an expression holds for is left to :mod:`kg.extract.figures_periods`.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.model import Period, PeriodBasis, Span
from kg.text.numerals import parse_numeral

#: Poor households were registered until 2014: a text compares with that year, and seldom was written in it.
_REGISTERED = 2014


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, a month or a day, as precise as it was stated.

    >>> str(Moment(2020, 2)), Moment(2020, 2).last
    ('2020-02', datetime.date(2020, 2, 29))
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Return it in ISO 8601."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def first(self) -> date:
        """First day."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Last day."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Calendar:
    """What relative times count from.

    Attributes:
        published: When the article was published, or None where the page does not say.
        stated: The year stated or meant last within the paragraph, for 6月24日 and 当年.
        latest: The latest year stated in the text so far that is not after publication: stands for 今年 where the
            page has no date.
    """

    published: Moment | None = None
    stated: int | None = None
    latest: int | None = None

    @classmethod
    def of(cls, published: str | None) -> "Calendar":
        """Return the calendar at the beginning of an article published on an ISO 8601 date.

        >>> Calendar.of("2020-09").published
        Moment(year=2020, month=9, day=None)
        """
        return cls(Moment(*(int(part) for part in published.split("-"))) if published else None)

    @property
    def this_year(self) -> int | None:
        """The year that 今年 means: on a page without a date the latest stated, unless that is only the baseline."""
        if self.published:
            return self.published.year
        return self.latest if self.latest and self.latest > _REGISTERED else None

    def publication_year(self) -> Period | None:
        """Return the year of publication as a period, or None where the page has no date."""
        if self.published is None:
            return None
        return _Stretch(Moment(self.published.year), basis=PeriodBasis.PUBLICATION).as_period()

    def paragraph(self) -> "Calendar":
        """Return the calendar at the beginning of the next paragraph."""
        return replace(self, stated=None) if self.stated else self

    def after(self, year: int) -> "Calendar":
        """Return the calendar after a year was stated or meant."""
        limit = self.published.year if self.published else year
        return replace(self, stated=year, latest=max(self.latest or 0, min(year, limit)))


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when.

    Attributes:
        span: Where they stand.
        period: The time, or None where it cannot be told (近年来, or 去年 on a page without a date).
    """

    span: Span
    period: Period | None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """First and last moment of what an expression means, and how that is known."""

    begin: Moment
    end: Moment | None = None
    basis: PeriodBasis = PeriodBasis.STATED

    def as_period(self) -> Period:
        """Return it as a period of the model."""
        end = self.end if self.end and str(self.end) != str(self.begin) else None
        last = (end or self.begin).last
        return Period(f"{self.begin}/{end}" if end else str(self.begin), self.begin.first, last, self.basis)


_Resolve = Callable[[re.Match[str], Calendar], "_Stretch | None"]

_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_YEAR_SHIFTS = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_STATED_SHIFTS = {"当年": 0, "同年": 0, "这一年": 0, "那一年": 0, "该年": 0, "次年": 1, "翌年": 1, "第二年": 1}
_YEAR = "|".join((r"(?:19|20)\d\d年度?", "[一二][九〇零][〇零一二三四五六七八九]{2}年", *_YEAR_SHIFTS, *_STATED_SHIFTS))
_YEAR = f"(?:{_YEAR})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!饼|亮|供|租|息|均|工|薪|收)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])[日号](?!文|令|楼|院|线|公)"
_PART_OF_MONTH = r"(?:[上中下]旬|初|底|末|份)*"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1}
_PART = (
    r"(?:上半年|下半年|第?[一二三四1-4首]个?季度|前[二两三23]个?季度|1[-至—]\d{1,2}月份?|"
    rf"前{_NUMBER}个月|(?:年)?[初底末](?!级|步|次|期)|年中|年终|年末)"
)
_SINCE = r"(?:以来|起(?!来|码)|开始|至今|到现在|到目前|伊始至今)"
_REMOTE_SINCE = re.compile(r"[^,，。;；:：!！?？]{0,16}以来")
_FROM = re.compile(r"(?:自从?|从)$")
#: What is still to come counts from now: 预计三年后; a story (四年后,他…) counts from the year it told last.
_AHEAD = re.compile(r"(?:预计|预期|估计|力争|计划|争取|将在|再过|未来)$")
_NOW = (
    r"截[至止]到?(?:目前|现在|今天|今日|发稿时?|记者发稿时?)|止目前|到目前为止|(?<![项科题条栏节账名剧])目前(?!期)|如今|现在|现如今|现今|当前|眼下|"
    r"至今(?!年|天|日|后|夏|春|秋|冬)|迄今(?:为止)?|时至今日|今天(?=[,，])|现已"
)
_SEASONS = (
    r"(?:春节|元旦|国庆节?|中秋节?|端午节?|五一|开春|入春|春耕|入夏|夏收|入秋|秋收|入冬|冬春|开学|汛期|年初|开年|新年|"
    r"疫情(?:发生|暴发|爆发)?)"
)
#: First and last year of the five-year plans, by their Chinese name.
_PLANS = {"十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}


def find_periods(text: str, span: Span, calendar: Calendar) -> tuple[tuple[TimeExpression, ...], Calendar]:
    """Return the expressions of time in a span, in text order, and the calendar after them.

    >>> text = "2018年5月14日揭牌,6月24日推广,截至目前建成90个"
    >>> found, _ = find_periods(text, Span(0, len(text)), Calendar.of("2020-11-16"))
    >>> [each.period.value for each in found]
    ['2018-05-14', '2018-06-24', '2020-11']
    """
    found = []
    for match, resolve in _sweep(text, span):
        stretch = _or_none(resolve, match, calendar)
        found.append(TimeExpression(Span(match.start(), match.end()), stretch.as_period() if stretch else None))
        if stretch and stretch.basis is PeriodBasis.STATED:
            calendar = calendar.after((stretch.end or stretch.begin).year)
    return tuple(found), calendar


def end_of(period: Period) -> Period:
    """Return the last year, month or day of an interval, any other period as it is.

    >>> end_of(Period("2016/2018", date(2016, 1, 1), date(2018, 12, 31))).value
    '2018'
    """
    _, _, last = period.value.partition("/")
    moment = Moment(*(int(part) for part in last.split("-"))) if last else None
    return replace(period, value=last, start=moment.first) if moment else period


def start_of(period: Period) -> Period:
    """Return the first year, month or day of an interval, any other period as it is.

    >>> start_of(Period("2016/2018", date(2016, 1, 1), date(2018, 12, 31))).value
    '2016'
    """
    first, mark, _ = period.value.partition("/")
    moment = Moment(*(int(part) for part in first.split("-")))
    return replace(period, value=first, end=moment.last) if mark else period


def _or_none(resolve: _Resolve, match: re.Match[str], calendar: Calendar) -> _Stretch | None:
    """Return what an expression means, or None where it names no real day (2月30日) or year."""
    try:
        stretch = resolve(match, calendar)
        if stretch:
            stretch.as_period()
    except ValueError:
        return None
    return stretch


def _sweep(text: str, span: Span) -> Iterator[tuple[re.Match[str], _Resolve]]:
    """Yield the longest expression at each place, from the left, none overlapping another."""
    letters = set(span.of(text))
    candidates = [
        (match.start(), -len(match.group()), order, match, resolve)
        for order, (marks, pattern, resolve) in enumerate(_RULES)
        if not letters.isdisjoint(marks)
        for match in pattern.finditer(text, span.start, span.end)
        if match.group()
    ]
    at = span.start
    for start, _, _, match, resolve in sorted(candidates, key=lambda candidate: candidate[:3]):
        if start >= at:
            yield match, resolve
            at = match.end()


# ---- What each kind of expression means ------------------------------------------------------------------------------


def _year_of(words: str | None, calendar: Calendar) -> int | None:
    """Return the year that 2013年, 二〇二〇年, 去年 or 当年 means; the context's where no year is stated."""
    if not words:
        return calendar.stated or calendar.this_year
    if words[0] in "12":
        return int(words[:4])
    if words in _STATED_SHIFTS:
        base, shift = calendar.stated or calendar.latest, _STATED_SHIFTS[words]
    elif words in _YEAR_SHIFTS:
        base, shift = calendar.this_year, _YEAR_SHIFTS[words]
    else:
        base, shift = int(parse_numeral(words.rstrip("度").rstrip("年").replace("〇", "零"))), 0
    return None if base is None else base + shift


def _number(words: str) -> int:
    """Return a small number in digits of either kind."""
    return int(parse_numeral(words))


def _month_of(words: str) -> int:
    """Return the month that 11月初 or 十一月 names."""
    return _number(words[: words.index("月")])


def _point(match: re.Match[str], calendar: Calendar) -> _Stretch | None:
    """Resolve a year, month or day, with 以来 the time from then until publication."""
    moment = _moment(match, calendar)
    if moment is None:
        return None
    begin = _with_part(moment, match["part"])
    return _until_now(begin.begin, calendar) if _is_since(match) else begin


def _moment(match: re.Match[str], calendar: Calendar) -> Moment | None:
    """Return the moment that the groups year, month and day name."""
    year = _year_of(match["year"], calendar)
    if year is None:
        return None
    if not match["month"]:
        return Moment(year)
    month = _month_of(match["month"])
    day = int(match["day"][:-1]) if match["day"] else None
    published = calendar.published
    is_ahead = published and published.month and (year, month) > (published.year, published.month)
    if not match["year"] and is_ahead and not calendar.stated:
        year -= 1
    return Moment(year, month, day)


def _with_part(moment: Moment, part: str | None) -> _Stretch:
    """Return the part of a year that 上半年, 前十个月 or 三季度 names; 初, 底 and the like leave the year."""
    if not part or moment.month:
        return _Stretch(moment)
    if part.startswith(("上半", "下半")):
        first, last = (1, 6) if part.startswith("上") else (7, 12)
    elif "季" in part:
        quarter = _QUARTERS.get(part.strip("前第个季度"), 2)
        first, last = (1 if part.startswith("前") else quarter * 3 - 2), quarter * 3
    elif "月" in part:
        first, last = 1, _number(re.sub(r"^前|^1[-至—]|个?月份?$", "", part))
    else:
        return _Stretch(moment)
    return _Stretch(Moment(moment.year, first), Moment(moment.year, last))


def _is_since(match: re.Match[str]) -> bool:
    """Tell whether an expression begins a time that lasts until now: 2016年以来, 从2015年4月开始, 自2013年…以来."""
    text = match.string
    if match["since"]:
        return True
    return bool(_FROM.search(text, max(0, match.start() - 2), match.start())) and bool(
        _REMOTE_SINCE.match(text, match.end())
    )


def _until_now(begin: Moment, calendar: Calendar) -> _Stretch:
    """Return the time from a moment until publication, in the precision of the moment."""
    published = calendar.published
    if begin.month and published and published.month:
        end = Moment(published.year, published.month)
        return _Stretch(Moment(begin.year, begin.month), end) if end.first > begin.first else _Stretch(begin)
    year = calendar.this_year
    return _Stretch(begin, Moment(year)) if year and year > begin.year and not begin.month else _Stretch(begin)


def _interval(match: re.Match[str], calendar: Calendar) -> _Stretch | None:
    """Resolve 2015至2017年, 2016年3月到2018年5月, 3月至5月."""
    first_year = _year_of(match["year"], calendar)
    last_year = _year_of(match["year2"], calendar.after(first_year)) if first_year else None
    if first_year is None or last_year is None:
        return None
    begin = Moment(first_year, _month_of(match["month"]) if match["month"] else None)
    end = Moment(last_year, _month_of(match["month2"]) if match["month2"] else None)
    return _Stretch(begin, end) if begin.first < end.first else None


def _now(_match: re.Match[str], calendar: Calendar) -> _Stretch | None:
    """Resolve 目前 and the like to the month of publication (guidelines, figures)."""
    if calendar.published is None:
        return None
    return _Stretch(replace(calendar.published, day=None), basis=PeriodBasis.PUBLICATION)


def _years_away(match: re.Match[str], calendar: Calendar) -> _Stretch | None:
    """Resolve 三年前 and 三年来 from the year of publication, 三年后 from the year told before it or ahead of now."""
    now = calendar.this_year
    if now is None:
        return None
    count = _number(match["count"])
    if match["away"] in {"后", "之后", "以后"}:
        base = now if _AHEAD.search(match.string, 0, match.start()) else calendar.stated
        return _Stretch(Moment(base + count)) if base else None
    begin = Moment(now - count)
    return _Stretch(begin) if match["away"].endswith("前") else _Stretch(begin, Moment(now))


def _plan(match: re.Match[str], _calendar: Calendar) -> _Stretch:
    """Resolve the years of a five-year plan."""
    first = _PLANS[match["plan"]]
    return _Stretch(Moment(first), Moment(first + 4))


def _season(_match: re.Match[str], calendar: Calendar) -> _Stretch | None:
    """Resolve 春节以来 to the year it was written in."""
    year = calendar.stated or calendar.this_year
    return _Stretch(Moment(year)) if year else None


def _unknown(_match: re.Match[str], _calendar: Calendar) -> None:
    """Resolve nothing: 近年来, 上世纪90年代."""


def _point_pattern(*, year: str, month: str, part: str) -> re.Pattern[str]:
    """Return the pattern of one form of date with the groups year, month, day, part and since."""
    return re.compile(f"{year}{month}{part}(?P<since>{_SINCE})?")


_OPEN_MONTH = rf"(?P<month>{_MONTH})(?P<day>{_DAY})?{_PART_OF_MONTH}"
#: What is read, each with characters of which any expression holds one, and what it means.
_RULES: tuple[tuple[str, re.Pattern[str], _Resolve], ...] = (
    (
        "年",
        re.compile(
            rf"(?P<year>(?:19|20)\d\d(?=年|\s*[至到—–~～-])|{_YEAR})年?(?P<month>{_MONTH})?\s*(?:至|到|[—–~～-]+)\s*"
            rf"(?P<year2>{_YEAR})(?P<month2>{_MONTH})?{_PART_OF_MONTH}"
        ),
        _interval,
    ),
    (
        "月",
        re.compile(rf"(?P<year>{_YEAR})?(?P<month>{_MONTH})(?:至|到|[—–~～-])(?P<year2>)(?P<month2>{_MONTH})"),
        _interval,
    ),
    (
        "年",
        _point_pattern(year=rf"(?P<year>{_YEAR})", month=rf"(?:{_OPEN_MONTH})?", part=rf"(?P<part>{_PART})?"),
        _point,
    ),
    ("月", _point_pattern(year="(?P<year>)", month=_OPEN_MONTH, part="(?P<part>)"), _point),
    (
        "年季",
        _point_pattern(
            year="(?P<year>)",
            month="(?P<month>)(?P<day>)",
            part=r"(?P<part>上半年|下半年|(?<!第)[一二三四]季度|前[二两三]个?季度|(?<![每\d])年[初底末终](?!考核|总结|分红))",
        ),
        _point,
    ),
    ("目现今当眼截", re.compile(_NOW), _now),
    (
        "年",
        re.compile(
            rf"(?:近|过去|最近|这)?(?P<count>{_NUMBER})(?:多|余)?年(?:时间)?(?P<away>[之以]?[前后](?!期|三年|年)|来(?!到|自)|多来)"
        ),
        _years_away,
    ),
    ("年", re.compile(rf"(?:近|过去|最近)(?P<count>{_NUMBER})年(?P<away>间|里|)"), _years_away),
    (
        "五",
        re.compile(
            rf"[“\"]?(?P<plan>{'|'.join(sorted(_PLANS, key=len, reverse=True))})[”\"]?"
            "(?:规划)?(?:期间|时期|以来|末|初|规划)"
        ),
        _plan,
    ),
    ("来间后", re.compile(rf"{_SEASONS}(?:以来|期间|前后|过后|之后|后)"), _season),
    (
        "年期往直来日",
        re.compile(
            r"近[些几]?年来?|这[些几]年来?|多年来|[几数]年来?|历年|近期|往年|以往|长期以来|一直以来|"
            r"(?:(?:上|20|19)世纪)?[1-9一二三四五六七八九]?[0十]年代[初中末]?期?|党的十[八九]大以来|二十大以来|\d{1,2}日(?=[,，上下])"
        ),
        _unknown,
    ),
)
