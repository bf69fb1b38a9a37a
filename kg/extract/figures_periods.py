"""When a figure holds: the time stated in its sentence, else the one carried from before in the paragraph.

Expressions of time and their meaning are read by :mod:`kg.text.periods`; this module only chooses among them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Document, Period, PeriodBasis, Sentence, Span
from kg.text.periods import Calendar, TimeExpression, end_of, find_periods, start_of

_OPENING = re.compile(r"[(（]")
_CLOSING = re.compile(r"[)）]")
#: A time between 由 or 从 and a number holds for that number alone: 由2015年的31%升至40%.
_FRAMED = re.compile(r"[由从]$")
_TIMES_OF = re.compile(r"的[约近]?[\d.一二两三四五六七八九十]+倍")
_VALUE_FOLLOWS = re.compile(r"[的约近达为]{0,2}\d")
#: A value reached is that of the end of an interval: 2015年至2019年,…下降到3%.
_REACHING = (
    r"(?:[降减升增涨]|减少|下降|降低|回落|压缩|缩小|缩短|提高|提升|上升|攀升|跃升|增加|增长|增收|上涨|扩大|扩展|拓展|发展|壮大|调整|变)"
    r"(?:到|至|为|成)了?"
)
_REACHED = re.compile(rf"{_REACHING}[^,，;；。:：!！?？\d]{{0,6}}$")
#: The value that a change leaves: 从原来的|3元|提高到.
_LEAVING = re.compile(r"[由从](?:[^,，;；。:：!！?？\d一二两三四五六七八九十百千万由从至到]|一开始|最初){0,10}$")
_REACHES = re.compile(rf"[^,，;；。:：!！?？\d由从]{{0,6}}[,，]?{_REACHING}")
#: What may stand between the beginning of a clause and the time that frames it.
_CLAUSE_OPENING = re.compile(
    r"(?:^|(?<=[,，;；。:：!！?？\s“”]))(?:截[至止]到?|到|至|自|自从|在|早在|从|仅|仅在|其中|特别是|尤其是|据悉|而)?$"
)
#: A time that a number or a genitive follows belongs to one value: 2014年的10.27%, 2013年底57户.
_VALUE_OF = re.compile(r"的(?!数据|统计)|[约近达为]{0,2}\d")
_CLAUSE_END = re.compile(r"[,，;；。:：!！?？]")


@dataclass(frozen=True, slots=True)
class Times:
    """The expressions of time of a document, by sentence.

    Attributes:
        by_sentence: Expressions of each sentence, in text order; sentences by their first offset.
        carried: For each sentence, the period that the sentences before it in its paragraph leave.
        publication: The year of publication, which an age without a time holds for.
    """

    by_sentence: Mapping[int, tuple[TimeExpression, ...]]
    carried: Mapping[int, Period | None]
    publication: Period | None = None

    @classmethod
    def of(cls, document: Document, published: str | None) -> "Times":
        """Read the times of all sentences; a paragraph begins without a time of its own."""
        calendar, paragraph, period = Calendar.of(published), -1, None
        by_sentence: dict[int, tuple[TimeExpression, ...]] = {}
        carried: dict[int, Period | None] = {}
        for sentence in document.sentences:
            if sentence.paragraph != paragraph:
                calendar, paragraph, period = calendar.paragraph(), sentence.paragraph, None
            found, calendar = find_periods(document.text, sentence.span, calendar)
            by_sentence[sentence.span.start] = found
            carried[sentence.span.start] = period
            period = _left_by(document.text, sentence.span, found, period)
        return cls(by_sentence, carried, calendar.publication_year())

    def spans(self, sentence: Sentence) -> tuple[Span, ...]:
        """Return where the expressions of a sentence stand."""
        return tuple(time.span for time in self.by_sentence.get(sentence.span.start, ()))

    def period_at(self, text: str, sentence: Sentence, span: Span) -> Period | None:
        """Return the period that a figure at a span holds for, or None where the article does not say."""
        times = self.by_sentence.get(sentence.span.start, ())
        stated = _nearest(text, times, span)
        if stated is not None and _is_own(text, stated.span, span):
            return stated.period
        period = stated.period if stated else self._carried_to(sentence)
        if _is_left(text, sentence.span, span):
            return _parallel(text, times, span) or _beginning(period)
        before = text[sentence.span.start : span.start]
        return end_of(period) if period and _REACHED.search(before) else period

    def _carried_to(self, sentence: Sentence) -> Period | None:
        """Return the period that the sentences before leave to this one, marked as carried."""
        period = self.carried.get(sentence.span.start)
        is_publication = period is not None and period.basis is PeriodBasis.PUBLICATION
        return period if period is None or is_publication else replace(period, basis=PeriodBasis.CARRIED)


def _is_own(text: str, time: Span, span: Span) -> bool:
    """Tell whether a time belongs to one value alone: 由2018年的172万, but not 2019年从20户."""
    return (
        time.end <= span.start
        and re.fullmatch(r"[初底末份]?的?[约近达为]{0,2}", text[time.end : span.start]) is not None
    )


def _is_left(text: str, sentence: Span, span: Span) -> bool:
    """Tell whether a value is the one that a change leaves: 由|8.2%|下降到2%."""
    is_from = _LEAVING.search(text, sentence.start, span.start) is not None
    return is_from and _REACHES.match(text, span.end, sentence.end) is not None


def _parallel(text: str, times: Sequence[TimeExpression], span: Span) -> Period | None:
    """Return the time of the value that an earlier clause leaves: 由2018年的172万减少到…,|由8.2%|下降到…."""
    left = (
        time for time in times if time.span.end <= span.start and text.startswith(("由", "从"), time.span.start - 1)
    )
    values = [time.period for time in left if _VALUE_FOLLOWS.match(text, time.span.end)]
    return values[-1] if values else None


def _beginning(period: Period | None) -> Period | None:
    """Return the beginning of an interval; of a single time nothing tells when it began."""
    return start_of(period) if period and "/" in period.value else None


def _nearest(text: str, times: Sequence[TimeExpression], span: Span) -> TimeExpression | None:
    """Return the nearest expression before a span, or one that follows it in the same clause; none compared with."""
    times = [time for time in times if not _is_compared(text, time.span)]
    before = [time for time in times if time.span.end <= span.start and _reaches(text, time.span, span)]
    if before:
        return before[-1]
    after = (time for time in times if time.span.start >= span.end)
    return next((time for time in after if not _CLAUSE_END.search(text, span.end, time.span.start)), None)


def _is_compared(text: str, time: Span) -> bool:
    """Tell whether a time is only compared with: 比2014年增长5%, 是2014年的2倍."""
    return text.startswith(("比", "较"), time.start - 1) or _TIMES_OF.match(text, time.end) is not None


def _reaches(text: str, time: Span, span: Span) -> bool:
    """Tell whether a time before a span holds for it: not out of closed brackets, of 由…的 and of 成立于…,.

    2013年贫困村195个(其中2017年深度贫困村56个),贫困人口16.62万人: the second year stays in its brackets.
    """
    depth = 0
    for position in range(time.end, span.start):
        depth += bool(_OPENING.match(text[position])) - bool(_CLOSING.match(text[position]))
        if depth < 0:
            return False
    if text.startswith("于", time.start - 1) and _CLAUSE_END.search(text, time.end, span.start):
        return False
    is_framed = _FRAMED.search(text, max(0, time.start - 1), time.start) and _VALUE_FOLLOWS.match(text, time.end)
    return not is_framed or not re.search(r"\d", text[time.end : span.start])


def _left_by(text: str, sentence: Span, times: Sequence[TimeExpression], before: Period | None) -> Period | None:
    """Return the period that holds on after a sentence; a vague time (近年来) ends the one before.

    Only a time that opens a sentence or a clause frames what follows. One within a comparison (由2014年的…提高到
    2019年的…) holds for its value alone, but leaves the period before it in doubt.
    """
    if not times:
        return before
    framing = [time for time in times if _frames(text, sentence, time.span)]
    return framing[-1].period if framing else None


def _frames(text: str, sentence: Span, time: Span) -> bool:
    """Tell whether a time opens its clause and does not belong to one value alone."""
    opening = _CLAUSE_OPENING.search(text[sentence.start : time.start])
    is_plan = text.startswith("规划", time.end - 2)
    return opening is not None and not is_plan and _VALUE_OF.match(text, time.end) is None
