"""What kind of statement a figure is: status, accumulation, basis, and whether it is a rate of change.

All of it is told by closed classes of words in the figure's clause (guidelines, optional keys of a figure).
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.extract.figures_rejections import Quantity
from kg.extract.indicators import Surroundings, as_change, read_indicator
from kg.extract.lexicon import WordSet, alternatives, load_sections
from kg.model import Accumulation, Concept, Figure, Period, PeriodBasis, Span, Status

_RISING = re.compile(
    r"(?:同比|环比|比[^,，;；。]{1,12}|较[^,，;；。]{1,12}|年均|平均|每年)?"
    rf"{alternatives(load_sections('figures')['rising'])}(?:率|了|幅度|幅)?(?:为|达到?|约|近)?$"
)
_COMPARED = re.compile(
    rf"(?:同比|环比|[比较][^,，;；。]{{1,12}}){alternatives(load_sections('figures')['rising'])}了?$"
)
_CHANGE_NOUN = re.compile(r"(?:增长率|下降率|增幅|降幅|增加额|减少额)$")
_FALLING = re.compile(r"降|减少|跌|回落|缩减|递减")
_STATUSES = (
    (Status.ESTIMATED, re.compile(r"预计|有望|预期|估计|预测|可望|估算|测算")),
    (
        Status.TARGET,
        re.compile(r"目标|力争|争取到|确保到|到20[2-4]\d年(?:底|末)?[^,，。]{0,12}(?:达到|实现|要)"),
    ),
    (Status.PLANNED, re.compile(r"计划(?!生育)|准备|打算|拟(?!定|人)|规划|将(?:再|新|于|要|达)|明年")),
)
_CUMULATIVE = re.compile(r"累计|先后|总共|共计|共建成|陆续|以来")
_COMPLETED = re.compile(
    r"建成|完成|实施|新建|改造|整治|搬迁|搬入|安置|退出|脱贫|发放|落实|整合|投入|兑现|硬化|新修|解决|举办|争取|惠及|"
    r"入住|援建|清零|帮带|入股|派出|支援|资助|投资|出资|借了?"
)
_FLOWING = re.compile(
    r"^年(?!龄|轻)|户年|收入|借款|订单|工资|分红|租金|产值|产量|销售|费用|利润|收益|增收|薪|报酬|营业额|补贴|补助|每年|每月|每天|年均|次数|出栏"
)
_FLOWING_UNITS = frozenset({"年", "个月", "天", "小时", "分钟", "秒", "周"})
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_OPEN_BRACKET = re.compile(r"[(（][^()（）]*$")
_UNTIL = re.compile(r"截[至止][^;；。]{2,}(?:建成|完成|达到|带动|实现)")
_CLAUSE_MARK = re.compile(r"[,，;；。:：!！?？]")
_CHARS_BEFORE, _CHARS_AFTER = 30, 6


class BasisTable:
    """Finds the basis (口径) that a figure is stated on."""

    def __init__(self, bases: Iterable[Concept]) -> None:
        """Take the code list of bases."""
        names = sorted((word, basis.key) for basis in bases for word in {basis.label, *basis.synonyms})
        self._keys = dict(reversed(names))
        self._names = WordSet(self._keys)

    def stated_before(self, text: str, span: Span) -> str | None:
        """Return the key of the basis stated within a span that ends at the number, or None.

        What closed brackets say holds for what is within them alone, and there nothing outside them holds.
        """
        words = _BRACKETED.sub("", span.of(text))
        inner = _OPEN_BRACKET.search(words)
        said = inner.group() if inner else words
        names = self._names.held_by(said)
        return self._keys[min(names, key=lambda name: (-len(name), name))] if names else None


def status_of(text: str, clause: Span, quantity: Quantity) -> Status:
    """Return whether a figure happened, is aimed at, planned or expected."""
    start = max(clause.start, quantity.span.start - _CHARS_BEFORE)
    words = text[start : min(clause.end, quantity.span.end + _CHARS_AFTER)]
    return next((status for status, pattern in _STATUSES if pattern.search(words)), Status.ACTUAL)


def accumulation_of(
    text: str, clause: Span, figure: Figure, period: Period | None, previous: Figure | None
) -> Accumulation:
    """Return what kind of quantity in time a figure of a period is.

    What was done within a stated time is a flow, what was done so far is cumulative, and 其中 takes over from before.
    """
    if figure.unit in {"%", "岁"} or figure.indicator_text.startswith("未"):
        return Accumulation.STOCK
    if previous and text.startswith("其中", clause.start):
        return previous.accumulation
    if _CUMULATIVE.search(text, clause.start, clause.end) or _UNTIL.search(
        text, clause.start - _CHARS_BEFORE, clause.end
    ):
        return Accumulation.CUMULATIVE
    if figure.unit in _FLOWING_UNITS or _FLOWING.search(figure.indicator_text):
        return Accumulation.FLOW
    if figure.unit != "人次" and not _COMPLETED.search(text, clause.start, clause.end):
        return Accumulation.STOCK
    is_dated = period is not None and period.basis is PeriodBasis.STATED and period.start.year == period.end.year
    return Accumulation.FLOW if is_dated else Accumulation.CUMULATIVE


def _clause_before(around: Surroundings) -> tuple[int, int]:
    """Return where the words of the clause before a quantity begin and end."""
    start, end = max(0, around.quantity.span.start - _CHARS_BEFORE), around.quantity.span.start
    marks = [mark.end() for mark in _CLAUSE_MARK.finditer(around.text, start, end)]
    return (marks[-1] if marks else start), end


def change_of(around: Surroundings, previous: Figure | None) -> str:
    """Return the indicator of a rate of change, or an empty string where the quantity is none.

    增长16.8% takes what stands before 增长 in its clause, else the indicator of the figure before.
    """
    rising = _RISING.search(around.text, around.left.start, around.left.end)
    is_compared = previous is not None and _COMPARED.search(around.text, *_clause_before(around)) is not None
    if not around.quantity.number.is_change and not (rising and (around.dimension == "ratio" or is_compared)):
        return ""
    end = rising.start() if rising else around.left.end
    left = Span(around.left.start, end)
    words = read_indicator(replace(around, left=left, right=Span(end, end), previous="")) if len(left) > 1 else ""
    inherited = _CHANGE_NOUN.sub("", previous.indicator_text) if previous else ""
    changed = words if words not in {"", "比例"} else inherited
    falls = rising is not None and _FALLING.search(rising.group()) is not None
    return as_change(changed, around.quantity.unit.notation, falls=falls) if changed else ""
