"""The words around a quantity: what stands before and after it, which quantities share them, and what states a figure.

Only cuts stretches of the sentence; the words in them are read by :mod:`kg.extract.indicators`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.figures_clauses import clause_bounds, last_words
from kg.extract.figures_rejections import Quantity
from kg.extract.indicators import Surroundings
from kg.model import Figure, Qualifier, Sentence, Span

_LIST_MARK = re.compile(r"\s*(?:[、和与及]|以及)\s*")
#: The noun of the quantity before and a comma of a list say nothing about this one: 9个乡、4300人.
_LISTED = re.compile(r"[、和与及]\s*$")
_RANGE = re.compile(r"[-–—~～]")
#: Units of settlement that the quantity before counts: the households behind are of all: 10个村民小组352户.
_OF_SETTLEMENTS = {("count", "households"), ("count", "persons")}
_COUNTED_BEFORE = re.compile(r"[一-龥]{0,8}(?:小组|村民组|[组村屯寨社]|乡镇|社区)[共的]?")
#: Another name in brackets between a noun and its number: 社区(居委会)391个.
_REMARK = re.compile(r"[(（][^()（）\d]{1,12}[)）]$")
_REMARK_AFTER = re.compile(r"[(（][^()（）\d]{1,12}[)）]")
_DISTRIBUTED = re.compile(r"分别|依次")
_HEAD_CHARS = 2
_COUNTED = frozenset({"count", "persons", "households"})
#: Verbs of helping: whom a measure reaches are no count of the poor as such.
_REACHING = re.compile(
    r"(?P<measure>[^,，;；:：。!！?？、\d]*?)(?P<verb>惠及|带动|带领|帮带|帮助|覆盖|辐射|吸纳|资助|扶持|帮扶|救助|服务)"
    r"[^,，;；:：。!！?？、\d]{0,14}"
)
_NO_MEASURE = re.compile(
    r"(?:累计|共计?|已经?|直接|间接|先后|陆续|可|能|将|预计|有效|成功|目前|今年|去年|年底?|全[省市州县区旗镇乡村]|通过|以此|来|并|也|还|月|至|[\s“”的了])*"
)
_MODIFYING = re.compile(r"[一-龥]{2,12}")


@dataclass(frozen=True, slots=True)
class SentenceParts:
    """One sentence with what has been read of it.

    Attributes:
        sentence: The sentence.
        quantities: Its quantities, in text order.
        cuts: Spans of its times, places, persons and organisations, which are no part of an indicator.
        names: The same without the times.
        times: The times alone.
    """

    sentence: Sentence
    quantities: tuple[Quantity, ...]
    cuts: tuple[Span, ...]
    names: tuple[Span, ...]
    times: tuple[Span, ...]


def surroundings_of(text: str, parts: SentenceParts, at: int, previous: Figure | None) -> Surroundings:
    """Return the words on both sides of a quantity that may say what it measures.

    Quantities that stand side by side (2950户7728人) share the words before the first and after the last.
    """
    quantities, quantity = parts.quantities, parts.quantities[at]
    first = last = at
    while first and _are_paired(text, quantities[first - 1], quantities[first]):
        first -= 1
    while last + 1 < len(quantities) and _are_paired(text, quantities[last], quantities[last + 1]):
        last += 1
    is_multiple = quantity.unit.notation == "倍"
    is_alike = at > 0 and (is_multiple or quantities[at - 1].unit.dimension == quantity.unit.dimension)
    left = _left(text, parts, first)
    is_counted_twice = at > 0 and _is_same_people(text, quantities[at - 1], quantity, left)
    return Surroundings(
        text,
        quantity,
        left,
        _right(text, parts, last),
        previous.indicator_text if previous and is_alike else "",
        is_paired=first < at or is_counted_twice,
    )


def _are_paired(text: str, first: Quantity, second: Quantity) -> bool:
    """Tell whether two quantities share their words: 2950户7728人, and 12户、40人 (households and their people)."""
    gap = text[first.span.end : second.span.start]
    is_household = (first.unit.dimension, second.unit.dimension) == ("households", "persons")
    return not gap or (gap in {"、", "共", "共计"} and is_household) or (_RANGE.fullmatch(gap) is not None)


def _is_same_people(text: str, first: Quantity, second: Quantity, left: Span) -> bool:
    """Tell whether persons are those of the households before: 45户牧户160人."""
    is_household = (first.unit.dimension, second.unit.dimension) == ("households", "persons")
    return is_household and left.start == first.span.end and text.endswith("户", left.start, left.end)


def _left(text: str, parts: SentenceParts, at: int) -> Span:
    """Return the words before a quantity, since the one before it or the clause's beginning."""
    quantity = parts.quantities[at]
    remark = _REMARK.search(text[parts.sentence.span.start : quantity.span.start])
    end = quantity.span.start - (len(remark.group()) if remark else 0)
    lower = clause_bounds(text, Span(end, quantity.span.end), parts.sentence.span).start
    if at and parts.quantities[at - 1].span.end > lower:
        lower = parts.quantities[at - 1].span.end
        pair = (parts.quantities[at - 1].unit.dimension, quantity.unit.dimension)
        is_counted = pair in _OF_SETTLEMENTS and _COUNTED_BEFORE.fullmatch(text, lower, end)
        if is_counted or _LISTED.search(text, lower, end):
            lower = end
    return last_words(text, Span(lower, end), parts.cuts)


def _right(text: str, parts: SentenceParts, at: int) -> Span:
    """Return the words after a quantity, up to the next one or the clause's end.

    Where the next one only says which are counted (12家年产值超过500万元的企业), its noun is the noun of both.
    """
    quantity = parts.quantities[at]
    upper = clause_bounds(text, quantity.span, parts.sentence.span).end
    start = quantity.noun_at
    remark = _REMARK_AFTER.match(text, upper)
    if remark:
        upper = clause_bounds(text, Span(upper, remark.end()), parts.sentence.span).end
    if at + 1 < len(parts.quantities) and _narrows(text, parts.quantities, at + 1):
        start, at = parts.quantities[at + 1].span.end + 1, at + 1
    if at + 1 < len(parts.quantities):
        upper = min(upper, parts.quantities[at + 1].span.start)
    return Span(start, max(start, upper))


def is_threshold(text: str, quantities: Sequence[Quantity], at: int) -> bool:
    """Tell whether a quantity only says which things another counts: 12家年产值超过500万元的企业, 超过500万元的12家."""
    if _narrows(text, quantities, at):
        return True
    following = quantities[at + 1] if at + 1 < len(quantities) else None
    is_beside = following is not None and following.span.start == quantities[at].span.end + len("的")
    return is_beside and _is_limit(text, quantities[at]) and quantities[at + 1].unit.dimension in _COUNTED


def _narrows(text: str, quantities: Sequence[Quantity], at: int) -> bool:
    """Tell whether a quantity stands between a count and its noun: 12家|年产值超过500万元的|企业."""
    first = quantities[at - 1] if at else None
    if first is None or first.unit.dimension not in _COUNTED or not _is_limit(text, quantities[at]):
        return False
    return _MODIFYING.fullmatch(text, first.span.end, quantities[at].span.start) is not None


def _is_limit(text: str, quantity: Quantity) -> bool:
    """Tell whether a quantity is the limit of a modifier: 超过500万元的."""
    return quantity.qualifier in {Qualifier.AT_LEAST, Qualifier.AT_MOST} and text.startswith("的", quantity.span.end)


def list_with(text: str, quantities: Sequence[Quantity], at: int) -> tuple[Quantity, ...]:
    """Return the quantities that stand in one list with that at an index: 80%、76%以上."""
    first, last = at, at + 1
    while first and _LIST_MARK.fullmatch(text, quantities[first - 1].span.end, quantities[first].span.start):
        first -= 1
    while last < len(quantities) and _LIST_MARK.fullmatch(
        text, quantities[last - 1].span.end, quantities[last].span.start
    ):
        last += 1
    return tuple(quantities[first:last])


def share_out(text: str, parts: SentenceParts, quantity: Quantity, group: Sequence[Quantity]) -> str:
    """Return the part of a coordinated indicator that one of several values measures: 果品、蔬菜规模分别达到….

    Empty where the values share one indicator. The head noun stands with the last part alone and is given to all.
    """
    lower = clause_bounds(text, group[0].span, parts.sentence.span).start
    shared = last_words(text, Span(lower, group[0].span.start), parts.names)
    word = _DISTRIBUTED.search(text, shared.start, shared.end) if len(group) > 1 else None
    listed = re.split(r"[、和与及]", text[shared.start : word.start()]) if word else []
    if len(listed) != len(group):
        return ""
    part = listed[list(group).index(quantity)]
    chars = _HEAD_CHARS + listed[-1].endswith("率")
    head = listed[-1][-chars:] if len(listed[-1]) > len(listed[0]) else ""
    return part if part.endswith(head) else part + head


def reached_by(text: str, parts: SentenceParts, quantity: Quantity) -> tuple[str, bool]:
    """Return the verb of helping whose object a quantity counts, and whether the measure that helps stands before it.

    生态管护|惠及|2.4万贫困人口 counts whom one measure reaches, and 累计带动贫困户200户 whom all of them do.
    """
    lower = clause_bounds(text, quantity.span, parts.sentence.span).start
    lower = max((cut.end for cut in parts.cuts if lower <= cut.start and cut.end <= quantity.span.start), default=lower)
    found = _REACHING.fullmatch(text, lower, quantity.span.start)
    if not found:
        return "", False
    return found["verb"], _NO_MEASURE.fullmatch(found["measure"]) is None


def evidence_of(around: Surroundings, indicator: str) -> Span:
    """Return the shortest span that states a figure: the quantity with the words of its indicator beside it."""
    text, span = around.text, around.quantity.span
    head = text.rfind(indicator[:_HEAD_CHARS], around.left.start, around.left.end)
    if head >= 0:
        return Span(head, span.end)
    tail = text.find(indicator[-_HEAD_CHARS:], around.right.start, around.right.end)
    return Span(span.start, max(span.end, tail + len(indicator[-_HEAD_CHARS:]) if tail >= 0 else 0))
