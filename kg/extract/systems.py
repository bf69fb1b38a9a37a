"""Parts of a named system, as the sentence that names it lists them.

A system is a programme with named parts: 五员 and its six roles, the “1324”攻坚体系 and its groups, 三治融合 and
自治, 德治, 法治. The parts stand before the name, in brackets or after a colon behind it, or are the links of a chain.
Each rule below knows one way of listing; the first that finds parts decides. Whether a part is a programme or an
organisation is not decided here.
"""

import re
from collections.abc import Iterator

from kg.extract.schemes import cut_left
from kg.model import Span

_NUMERAL = "两二三四五六七八九十"
_VALUES = {"两": 2, **{letter: value for value, letter in enumerate("一二三四五六七八九十", 1)}}
_OPENING, _CLOSING = "“‘「『", "”’」』"
_ITEM = r"[^\W_、和与及等]{2,14}"
_ITEMS = rf"{_ITEM}(?:、{_ITEM})+(?:[和与及]{_ITEM})?"
_BEFORE = re.compile(rf"({_ITEMS})$")
_BEHIND = re.compile(
    r"的?[^\W\d]{0,8}(?:(?P<told>[（(](?:即|指|包括)?|[，,：:]?(?:即|是指|指的是|包括|分别是|具体为|具体是)[：:]?)|[：:])(?P<list>[^）)。；;]{5,80})"
)
#: What no part of a system holds: an aspect, a modal, a pronoun, a step that is only counted, an amount.
_CLAUSE_MARKS = re.compile(
    r"[了过着您你我他她]|[“”]|就要|已经|正在|可以|能够|应当|必须|第[一二三四五六七八九十]|\d+[元%]|更[^\W]|的.+的"
)
#: What opens a qualifying clause in a list: 以甲、乙为主要内容的, 甲、乙等问题的.
_QUALIFIES = re.compile("^因|可能|或|影响|制定|印发|出台|形成|为(?:主要|重点|核心|基础)|[^\\W]的[^\\W]")
_SPLIT = re.compile(r"[、，,；;]|(?<=[^\W\d]{3})和(?=[^\W\d]{3})")
_PLUS = re.compile("[+＋]")
#: A system named by its number of links: 3+1, 1+N, 四位一体.
_SUM = re.compile(rf"[\dNnXx+＋]{{2,}}|[{_NUMERAL}][^\W\d]")
_QUOTED_BEFORE = re.compile(r"[“「]([^“”「」]{6,80})[”」]的?$")
#: What may stand before a number that opens an item of a list.
_MARKS = frozenset("，,、 。和及与")
_VERBS = ("设", "设立", "建立", "成立", "构建", "组建", "建起", "形成", "由")
_SITES = re.compile(
    rf"(?:建成|新建|建设|建起|建了|打造)了?({_ITEM}(?:、{_ITEM})+)等(?:\d+|[{_NUMERAL}]+)(?:个|处|座)[^，,。；;]{{0,8}}"
    "(?:小区|安置点|安置区|社区|新村|项目|工程)"
)
_SITE_NAME = re.compile("(?:家园|花园|小区|新村|新城|新区|苑|园|里|工程|水库|水厂)$")
_NUMBERED = re.compile(r"(?<![\d.])(\d+)(?:个|支|名|类|条|项|级|套|大)")
_PILLARS = re.compile(
    rf"以([^，,、]{{2,12}})为(?:核心|引领|龙头|主体|中心|统领|主导)[，,、]?(?:以)?({_ITEM}(?:、{_ITEM})*)等?为(?:支撑|依托|补充|基础|纽带|载体|骨干|平台)的?$"
)
_EFFORT = re.compile(
    rf"从({_ITEMS})等?(?:多个|几个|\d+个|[{_NUMERAL}]个)?(?:方面|环节|领域)(?:入手|着手|发力|用力|突破)[，,](?:全面|切实|扎实)?做[好实][^，,。]{{0,6}}$"
)
_EFFORT_NAME = re.compile(r"(?<=做[好实])[^\W\d]{4,14}?(?=工作)")
#: Nouns that say what the counted things are, and belong to the system's name: 驻村工作五项制度.
_MODIFIERS = (
    "(?:驻村|帮扶|扶贫|脱贫|攻坚|工作|管理|党建|基层|组织|治理|监督|考核|保障|服务|发展|产业|健康|教育|惠民|便民)*"
)
_COUNTED = re.compile(
    rf"{_MODIFIERS}[{_NUMERAL}](?:(?:项|大|个)(?:制度|机制|体系|工程|行动|计划|措施|举措|模式)|网合一|位一体|治融合|治结合|方联动|级联动|化同步|轮驱动|链融合|产融合)"
)
_LEADING_NUMERAL = re.compile(f"[“‘「『]?{_MODIFIERS}([{_NUMERAL}])")
_LEADING_VERBS = re.compile("(?:统一|规划|建设|发展|培育|开发|抓好|做好|突出)+")
_STEPS = re.compile(rf"[^\W\d]{{0,10}}[{_NUMERAL}]步走")


def _outer(text: str, span: Span) -> Span:
    """Return the span with the quotation marks around it, if there are any."""
    marked = text[span.start - 1 : span.start] in _OPENING and text[span.end : span.end + 1] in _CLOSING
    return Span(span.start - 1, span.end + 1) if marked and span.start else span


def _spans(pieces: re.Pattern[str], text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans between the separators of ``text[start:end]``, without empty ones and closing 等."""
    found, at = [], start
    for match in [*pieces.finditer(text, start, end), None]:
        stop = match.start() if match else end
        piece = text[at:stop]
        if len(piece.strip().removesuffix("等")) > 1:
            lead = len(piece) - len(piece.lstrip())
            found.append(Span(at + lead, at + len(piece.rstrip().removesuffix("等"))))
        at = match.end() if match else end
    return tuple(found)


def _chained(text: str, span: Span) -> tuple[Span, ...]:
    """Read “基本医保+大病保险+医疗救助”健康扶贫体系: a chain called a system, or right before a system's number."""
    inner = Span(span.start + 1, span.end - 1) if text[span.start] in _OPENING else span
    if re.match(r"[^，,。；;、]{0,8}体系", text[span.end :]) and _PLUS.search(text, inner.start, inner.end):
        parts = _spans(_PLUS, text, inner.start, inner.end)
        return parts if len(parts) > 1 and not text[inner.start].isdigit() else ()
    before = _QUOTED_BEFORE.search(text, 0, span.start) if _SUM.match(text, inner.start) else None
    if before and _PLUS.search(before[1]):
        return _spans(_PLUS, text, *before.span(1))
    return ()


def _bracketed(text: str, span: Span) -> tuple[Span, ...]:
    """Read “一提高三提升一落实”的思路(提高…,提升…,落实…), and 包括, 即 and a colon in the same way.

    Behind a colon alone stands anything: there, a name without a numeral lists no parts. A name with one lists as many
    as its numerals say.
    """
    behind = _BEHIND.match(text, span.end)
    numerals = _numerals(text, span)
    if not behind or not (behind["told"] or numerals):
        return ()
    parts = _listed(text, *behind.span("list"), numerals)
    fits = 2 <= len(parts) <= 12 and max(map(len, parts)) <= 20  # noqa: PLR2004 - lists, not prose
    counted = behind["told"] or len(parts) in {sum(numerals), numerals[0]}
    return parts if fits and counted and not any(_CLAUSE_MARKS.search(part.of(text)) for part in parts) else ()


def _numerals(text: str, span: Span) -> tuple[int, ...]:
    """Return the Chinese numerals of a name, as their values: 一提高三提升一落实 has three."""
    return tuple(_VALUES[letter] for letter in span.of(text) if letter in _VALUES)


def _listed(text: str, start: int, end: int, numerals: tuple[int, ...]) -> tuple[Span, ...]:
    """Return the parts of a list, divided at the marks that give as many as the numerals say, else at all of them."""
    marks = (_SPLIT, re.compile("[，,；;]"), re.compile("[；;]"))
    for split in marks if numerals else ():
        parts = _spans(split, text, start, end)
        if len(parts) > 1 and len(parts) in {sum(numerals), numerals[0]}:
            return parts
    stop = re.compile("[，,]").search(text, start, end)
    enumerated = stop and "、" in text[start : stop.start()]
    return _spans(_SPLIT, text, start, stop.start() if stop and enumerated else end)


def _quoted_list(text: str, span: Span) -> tuple[Span, ...]:
    """Read “甲、乙;丙、丁”三步走 and “甲,乙”的联建机制: the steps in quotation marks before a name."""
    before = _QUOTED_BEFORE.search(text, 0, span.start)
    numerals = _numerals(text, span)
    for separator in ("[；;]", "[，,]", "[、，,]"):
        parts = _spans(re.compile(separator), text, *before.span(1)) if before else ()
        if len(parts) > 1 and (not numerals or len(parts) in {sum(numerals), numerals[0]}):
            return parts
    return ()


def _counted(text: str, span: Span) -> tuple[Span, ...]:
    """Read 3个工作组…2个主体…4支力量…的“1324”攻坚体系: the digits of the name count what stands before it."""
    digits = re.findall(r"\d+", text[span.start : span.end])
    wanted = list(digits[0]) if len(digits) == 1 else digits
    counts = [match for match in _NUMBERED.finditer(text, 0, span.start) if match[1] in wanted]
    if len(wanted) < 2 or len(counts) + 1 < len(wanted):  # noqa: PLR2004 - a name of one number counts nothing
        return ()
    if len(counts) == len(wanted) and all(_opens(text, count) for count in counts):
        return tuple(_after_count(text, count.end(), span.start) for count in counts)
    listed = tuple(part for count in counts for part in _before_count(text, count))
    alone = _first_alone(text, wanted, counts[0])
    return listed + alone if alone or len(counts) == len(wanted) else ()


def _opens(text: str, count: re.Match[str]) -> bool:
    """Tell whether the thing counted stands behind its number, as in 15个乡镇指挥部, not before it."""
    listed = text[max(0, count.start() - 1) : count.start()] in _MARKS or count.string[: count.start()].endswith(_VERBS)
    return listed and bool(re.match(_ITEM, text[count.end() :]))


def _after_count(text: str, start: int, end: int) -> Span:
    """Return the thing counted, as in 15个乡镇(街道)指挥部."""
    stop = re.compile(r"[、，,的和及]").search(text, start, end)
    return Span(start, stop.start() if stop else end)


def _before_count(text: str, count: re.Match[str]) -> tuple[Span, ...]:
    """Return the things that a count closes, as in 专责工作组、督导巡查组、帮扶领导小组3个工作组."""
    clause = re.search(r"[^，,。；;：:]*$", text[: count.start()])
    start = clause.start() if clause else count.start()
    return _spans(re.compile("[、和与及]"), text, start, count.start())


def _first_alone(text: str, wanted: list[str], first: re.Match[str]) -> tuple[Span, ...]:
    """Return the single head of a system whose name begins with 1: 领导小组全面抓."""
    clause = re.search(
        r"([^，,。；;：:]{4,30}?)(?:全面|统一|牵头|总|负)[^，,、]{0,3}抓[^，,]{0,3}[，,][^，,]*$", text[: first.start()]
    )
    if wanted[0] != "1" or not clause:
        return ()
    return (Span(cut_left(text, *clause.span(1)), clause.end(1)),)


def _pillars(text: str, span: Span) -> tuple[Span, ...]:
    """Read 以甲为核心,乙、丙等为支撑的“一核多元”."""
    match = _PILLARS.search(text, 0, span.start)
    return (Span(*match.span(1)), *_spans(re.compile("、"), text, *match.span(2))) if match else ()


def _enumerated(text: str, span: Span) -> tuple[Span, ...]:
    """Read 自治、德治、法治“三治融合”: as many things before the name as its numeral says, give or take one."""
    numeral = _LEADING_NUMERAL.match(text, span.start, span.end)
    before = _BEFORE.search(text, 0, span.start) if numeral and "、" in text else None
    if not numeral or not before:
        return ()
    parts = _spans(re.compile("[、和与及]"), text, *before.span(1))
    qualifying = any(_QUALIFIES.search(part.of(text)) for part in parts[1:])
    if abs(len(parts) - _VALUES[numeral[1]]) > 1 or qualifying:
        return ()
    return (_trim_first(text, parts), *parts[1:])


def _trim_first(text: str, parts: tuple[Span, ...]) -> Span:
    """Return the first of several parts without the words that lead into the list.

    Parts of one system are of equal length as a rule: then the first is cut to that.
    """
    first, lengths = parts[0], {len(part) for part in (parts[1:-1] or parts[1:])}
    if len(lengths) == 1 and len(first) > (length := lengths.pop()):
        return Span(first.end - length, first.end)
    start = cut_left(text, first.start, first.end)
    lead = _LEADING_VERBS.match(text, start, first.end - 1)
    return Span(lead.end() if lead else start, first.end)


def _effort(text: str, span: Span) -> tuple[Span, ...]:
    """Read 从甲、乙、丙等方面入手,做好…兜底: the measures before the work that they make up."""
    match = _EFFORT.search(text, 0, span.start)
    return _spans(re.compile("[、和与及]"), text, *match.span(1)) if match else ()


_RULES = (_chained, _bracketed, _quoted_list, _counted, _pillars, _enumerated, _effort)


def find_parts(text: str, span: Span) -> tuple[Span, ...]:
    """Return the parts of the system that is named at ``span``, in text order; () where the sentence lists none.

    Args:
        text: One sentence.
        span: The name in it, quotation marks included or not.

    >>> text = "推进自治、德治、法治“三治融合”"
    >>> [part.of(text) for part in find_parts(text, Span(11, 15))]
    ['自治', '德治', '法治']
    """
    outer = _outer(text, span)
    for rule in _RULES:
        if parts := rule(text, outer):
            return tuple(sorted(parts))
    return ()


def find_systems(text: str) -> Iterator[Span]:
    """Yield the names without quotation marks that close a list of their parts: 五项制度, 三网合一, 三步走.

    >>> text = "实现天网、警网、民网三网合一"
    >>> [span.of(text) for span in find_systems(text)]
    ['三网合一']
    """
    for match in _COUNTED.finditer(text):
        if _enumerated(text, Span(*match.span())):
            yield Span(*match.span())
    for match in _STEPS.finditer(text) if "步走" in text else ():
        if _quoted_list(text, Span(*match.span())):
            yield Span(*match.span())
    for match in _EFFORT_NAME.finditer(text):
        span = Span(cut_left(text, *match.span()), match.end())
        if _effort(text, span):
            yield span


def find_sites(text: str) -> Iterator[Span]:
    """Yield the names of settlements and works that a sentence lists as built: 建成幸福苑、安居园等9个移民小区.

    >>> text = "建成幸福苑、安居园等9个移民小区"
    >>> [span.of(text) for span in find_sites(text)]
    ['幸福苑', '安居园']
    """
    for match in _SITES.finditer(text):
        for part in _spans(re.compile("[、和与及]"), text, *match.span(1)):
            if _SITE_NAME.search(part.of(text)):
                yield part
