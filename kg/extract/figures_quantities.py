"""Numbers with a unit: which numbers of a sentence count something, and what unit they count in.

What is looked at and is no quantity is told by :mod:`kg.extract.figures_rejections`. What a quantity measures and
whose it is are left to :mod:`kg.extract.indicators` and :mod:`kg.extract.figures_about`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kg.extract.figures_rejections import NAME, Candidate, Quantity, is_dated, reason_against
from kg.extract.lexicon import alternatives, load_sections
from kg.model import Qualifier, Rejection, Span, Unit
from kg.text.numerals import Numeral, find_numerals, qualifier_after
from kg.text.units import UnitMatch, UnitTable

_WORDS = load_sections("figures")
_PERSONS = rf"[一-龥]{{0,8}}?{alternatives(_WORDS['persons'])}"
_HOUSEHOLDS = rf"[一-龥]{{0,6}}?{alternatives(_WORDS['households'])}"
_DIVISIONS = rf"{alternatives(_WORDS['divisions'])}(?![一-龥]{{0,3}}(?:干部|级))"

#: Units that a noun implies where no measure word stands: 51万农村群众, 13镇, 两千多工资.
_IMPLIED_AFTER = (
    (re.compile(_HOUSEHOLDS), "户", Decimal(100)),
    (re.compile(_PERSONS), "人", Decimal(100)),
    (re.compile(rf"(?:块|的)?{alternatives(_WORDS['money'])}"), "元", Decimal(100)),
    (
        re.compile(
            r"大(?=[一-龥]{0,4}(?:产业|基地|工程|行动|体系|片区|园区|板块|项目|平台|区域|流域|类|系列|品牌|工业园|合作社))"
        ),
        "个",
        Decimal(2),
    ),
)
#: Divisions are counted without a measure word only in lists and after a verb of having: 辖13镇2乡.
_DIVISION = re.compile(_DIVISIONS)
_DIVIDED = re.compile(rf"(?:辖|设|有|共|含|包括|涉及|覆盖|\d{alternatives(_WORDS['divisions'])}[、和]?)$")
_BETWEEN = r"(?:达到?|为|有|约|近|超过?|共|由|从)?(?:(?:19|20)\d\d年[年底末初]*的?)?$"
#: What the words before a change count holds for its end too: 贫困人口由157万减少至1.6万.
_CHANGED = (
    r"[^,，;；。:：!！?？人户元亩%]{0,24}(?:减少|下降|降低|压减|[降减升增]|增加|增长|上升|扩大)[到至为]"
    r"(?:(?:19|20)\d\d年[年底末初]*的?)?$"
)
#: The same where the indicator before the number tells: 总人口64.25万, 残疾人5.6万.
_IMPLIED_BEFORE = (
    (re.compile(rf"(?:人口|人数)(?:{_BETWEEN}|{_CHANGED})"), "人", Decimal(1)),
    (re.compile(r"(?:减贫|脱贫|搬迁|转移就业|带动就业|安置)(?:了|约|近|超过?)?$"), "人", Decimal(1000)),
    (re.compile(rf"户数(?:{_BETWEEN}|{_CHANGED})"), "户", Decimal(1)),
    (re.compile(rf"{alternatives(_WORDS['persons'])}{_BETWEEN}"), "人", Decimal(1000)),
)
_BEFORE_CHARS = 40
_RANGE = re.compile(r"\s*(?:至|到|[-–—~～])\s*")
_CHANGE = re.compile(r"[从由自]$")
_EXTRA = re.compile(r"个(?P<more>多|半)(?P<unit>月|小时|钟头|星期|学期|世纪)")
_LEAST_SUM = 10
_PIECES = re.compile(r"[地田石砖牌屏板展匾玻碑]")
_CURRENCY = re.compile(r"钱|整|人民币")


class QuantityFinder:
    """Finds the quantities of a sentence with a table of units."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Take the units of the ontology."""
        self._table = UnitTable(units)

    def find(
        self, text: str, sentence: Span, times: Sequence[Span], names: Sequence[Span]
    ) -> tuple[tuple[Quantity, ...], tuple[Rejection, ...]]:
        """Return the quantities of a sentence and what was rejected, both in text order.

        Args:
            text: The cleaned text.
            sentence: The sentence.
            times: Expressions of time, whose numbers are dates.
            names: Mentions, whose numbers are part of a name.
        """
        quantities: list[Quantity] = []
        rejections: list[Rejection] = []
        for number in reversed(tuple(find_numerals(text, sentence))):
            following = quantities[-1] if quantities else None
            found = None if is_dated(number, times) else self._with_unit(text, number, following, sentence)
            reason = reason_against(Candidate(text, sentence, number, found, times, names))
            if reason or found is None:
                rejections.append(Rejection(number.stated, NAME, reason or "no unit"))
            else:
                quantities.append(found)
        return tuple(_join_ranges(text, quantities[::-1])), tuple(rejections[::-1])

    def _with_unit(self, text: str, number: Numeral, following: Quantity | None, sentence: Span) -> Quantity | None:
        """Return a number with its unit, or None where it has none."""
        if number.shares_unit or (following and following.number.span == number.span):
            return replace(following, number=number, qualifier=number.qualifier) if following else None
        if number.unit:
            unit = self._table.named(number.unit)
            return _quantity(text, number, unit, number.span.end) if unit else None
        extra = _EXTRA.match(text, number.span.end, sentence.end)
        if extra:
            return self._with_extra(text, number, extra)
        match = self._as_money(number, self._table.match(text, number.span.end), text)
        if match and match.end <= sentence.end:
            currency = _CURRENCY.match(text, match.end) if match.unit.dimension == "money" else None
            return _quantity(text, number, match.unit, currency.end() if currency else match.end)
        return self._implied(text, number)

    def _as_money(self, number: Numeral, match: UnitMatch | None, text: str) -> UnitMatch | None:
        """Return 3000多块 as yuan; 块 counts pieces only before a noun (一块地) and of few."""
        yuan = self._table.named("元")
        if (
            match
            and yuan
            and match.unit.notation == "块"
            and number.value >= _LEAST_SUM
            and not _PIECES.match(text, match.end)
        ):
            return UnitMatch(yuan, match.end)
        return match

    def _with_extra(self, text: str, number: Numeral, extra: re.Match[str]) -> Quantity | None:
        """Return 3个多月 as at least 3 and 两个半小时 as 2.5."""
        unit = self._table.named("个月" if extra["unit"] == "月" else extra["unit"])
        if unit is None:
            return None
        if extra["more"] == "半":
            number = replace(number, value=number.value + Decimal("0.5"))
        found = _quantity(text, number, unit, extra.end())
        return replace(found, qualifier=Qualifier.AT_LEAST) if extra["more"] == "多" else found

    def _implied(self, text: str, number: Numeral) -> Quantity | None:
        """Return a number whose unit the noun after it or the indicator before it implies."""
        at = number.span.end
        if _looks_like_year(text, number):
            return None
        for words, notation, least in _IMPLIED_AFTER:
            match = words.match(text, at) if number.value >= least else None
            unit = self._table.named(notation)
            if match and unit:
                found = replace(_quantity(text, number, unit, at), is_implied=True)
                return replace(found, noun_at=at + 1) if match.group() == "大" else found
        before = text[max(0, number.stated.start - _BEFORE_CHARS) : number.stated.start]
        item = self._table.named("个")
        if item and _DIVISION.match(text, at) and _DIVIDED.search(before):
            return replace(_quantity(text, number, item, at), is_implied=True)
        for words, notation, least in _IMPLIED_BEFORE:
            unit = self._table.named(notation)
            if unit and number.value >= least and words.search(before):
                return _quantity(text, number, unit, at)
        return None


def _quantity(text: str, number: Numeral, unit: Unit, end: int) -> Quantity:
    """Return a number with a unit that ends at an offset, words like 以上 behind it taken in."""
    after = qualifier_after(text, end)
    qualifier, stop = after or (number.qualifier, end)
    if number.qualifier is not Qualifier.EXACT and qualifier is Qualifier.APPROX:
        qualifier = number.qualifier
    return Quantity(number, unit, Span(number.stated.start, stop), qualifier, stop)


def _looks_like_year(text: str, number: Numeral) -> bool:
    """Tell whether a bare number may be a year: 2020农民丰收节."""
    words = number.span.of(text)
    return len(words) == len("2020") and words.isdecimal() and words[:2] in {"19", "20"}


# ---- Ranges ----------------------------------------------------------------------------------------------------------


def _join_ranges(text: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the quantities with 700元至900元 read as the ends of one range."""
    lows = {at for at, (first, second) in enumerate(pairwise(quantities)) if _is_range(text, first, second)}
    for at, quantity in enumerate(quantities):
        if at in lows:
            yield replace(quantity, qualifier=Qualifier.AT_LEAST)
        elif at - 1 in lows:
            yield replace(quantity, qualifier=Qualifier.AT_MOST)
        else:
            yield quantity


def _is_range(text: str, first: Quantity, second: Quantity) -> bool:
    """Tell whether two quantities are the ends of a range, and not of a change (从2.1%到0.3%)."""
    if first.unit != second.unit or first.number.value >= second.number.value:
        return False
    if not _RANGE.fullmatch(text, first.span.end, second.span.start):
        return False
    return not _CHANGE.search(text, max(0, first.span.start - 1), first.span.start)
