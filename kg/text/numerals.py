"""Numbers as Chinese articles write them: 16.62万, 四十九点九万, 两千多, 5000至6000, 百分之八十, 三分之一.

Finds the numbers of a stretch of text with their value and how exact they are. Whether a number is a figure at all
(dates, ordinals, names) and what it counts is left to :mod:`kg.extract.figures_quantities`; unit words are in
:mod:`kg.text.units`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from kg.model import Qualifier, Span

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?"
_SCALE = r"万亿|[十百千]?[万亿]|[十百千](?![分瓦克米卡伏帕])"
_MORE = "(?:[多余几]|来(?![自到源临访回往]))"
_CHINESE_DIGIT = "一二两三四五六七八九"
_CHINESE_SCALE = "[十万亿零〇]|百(?!分[点比])|千(?![瓦克米卡伏])"
_CHINESE = rf"(?:[{_CHINESE_DIGIT}]?(?:{_CHINESE_SCALE})|[{_CHINESE_DIGIT}])+(?:点[{_CHINESE_DIGIT}零〇]+)?"
_BODY = (
    rf"(?:{_ARABIC})(?:{_MORE}?(?:{_SCALE})(?:(?:{_ARABIC})(?:[十百千]?万|[百千]))?)?"
    rf"|[几数](?:十|百|千|万|亿)+|{_CHINESE}(?:{_MORE}[万亿])?[万亿]*"
)

#: Words straight before a number that say how exact it is, in the order of asking. The look-behinds keep 节约, 签约,
#: 最近, 通过 and the like from being read as 约, 近 and 过.
_BEFORE = (
    (
        Qualifier.AT_MOST,
        r"(?:不足|不到|不超过|不高于|不多于|不大于|(?<!不)低于|(?<!不)少于|至多|最多|未满|不满|未超过|控制在)",
    ),
    (
        Qualifier.AT_LEAST,
        r"(?:不少于|不低于|不小于|不下|至少|最少|(?<!不)超过|超|逾|突破|多达|高于|大于|多于|(?<=[入值额量数资积产均价])过)",
    ),
    (
        Qualifier.APPROX,
        r"(?:大约|约为|(?<![节签合公契条预制特邀])约|将近|接近|(?<![最附临邻远靠亲就])近|大概|差不多|估计|平均约)",
    ),
)
#: The same after a number and its unit.
_AFTER = (
    (
        Qualifier.AT_LEAST,
        r"(?:及|或)?(?:[(（]含[)）])?(?:以上|之上)|有余|开外|还多|(?<=[年月日天倍里亩米吨时元])多(?![个种样次项人])",
    ),
    (Qualifier.AT_MOST, r"(?:及|或)?(?:以内|以下|之内)(?!的?[村级镇])"),
    (Qualifier.APPROX, r"左右|上下|来块?钱?(?=[,，。;；])|来(?=地|路|高|长|深)"),
)
_BEFORE_RULES = tuple((qualifier, re.compile(rf"{words}$")) for qualifier, words in _BEFORE)
_ANY_BEFORE = re.compile(rf"(?:{'|'.join(words for _, words in _BEFORE)})$")
_AFTER_RULES = tuple((qualifier, re.compile(words)) for qualifier, words in _AFTER)

_NUMERAL = re.compile(rf"(?P<body>{_BODY})(?P<more>{_MORE}|把(?=块|斤|里|亩|人))?")
_FRACTION = re.compile(
    rf"(?P<whole>(?!零|〇){_CHINESE})分之(?P<part>{_CHINESE}|{_ARABIC})(?P<more>[多余几])?|(?P<slash>[12]/[2-9])(?!\d|/)"
)
_TENTHS = re.compile(
    rf"(?P<tenths>[{_CHINESE_DIGIT}1-9])成(?P<half>[{_CHINESE_DIGIT}半])?(?P<more>[多余])?(?![立为员功效本果都套了长绩熟型品交片就名人家分年])"
)
_DOUBLING = re.compile(rf"翻了?(?:近|将近|约)?(?P<times>[{_CHINESE_DIGIT}1-9]?)番")
_RANGE_MARK = re.compile(r"\s*(?:至|到|[-–—―~～])\s*")
_OPENING = re.compile(rf"[\d几数翻零〇十百千万亿{_CHINESE_DIGIT}]")
_NEIGHBOURS = re.compile(rf"^(?P<first>[{_CHINESE_DIGIT}])(?P<second>[{_CHINESE_DIGIT}])(?P<scale>[十百千万亿]*)$")
#: 唯一一部 is one, not eleven.
_REPEATED = re.compile(rf"([{_CHINESE_DIGIT}])\1")
_MORE_WITHIN = re.compile(r"[多余几来](?=[十百千万亿])")
#: What stands for a character that was lost; a point or comma may be all that is left of a number before it.
_LOST, _POINTS = frozenset("?\ufffd"), frozenset(".,")
_SECTION = re.compile(r"(?=.)([^万亿]*)([万亿]?)", re.DOTALL)
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_ROUND = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number of a text.

    Attributes:
        span: The number as written, 多 and 余 included, words before it and the unit not: "两千多", "16.62万".
        stated: The span with the words before it that qualify it: "近3.53亿".
        value: 万 and 亿 resolved.
        qualifier: How exact the words straight before it and 多, 余 within it say it is.
        unit: "%" where the number's own words say so (百分之八十, 八成, 三分之一), else None.
        shares_unit: Whether it is the first of a range that names its unit at the end (5000至6000元).
        is_change: Whether the words state a rate of change (翻了一番).
        is_damaged: Whether it touches a character that was lost.
    """

    span: Span
    stated: Span
    value: Decimal
    qualifier: Qualifier = Qualifier.EXACT
    unit: str | None = None
    shares_unit: bool = False
    is_change: bool = False
    is_damaged: bool = False


@lru_cache(maxsize=4096)
def parse_numeral(words: str) -> Decimal:
    """Return the value of one written number, without 多 or 余.

    Raises:
        ValueError: if the words are no number.

    >>> [str(parse_numeral(words)) for words in ("16.62万", "四十九点九万", "两千", "1,234", "三千五", "1亿2000万")]
    ['166200', '499000', '2000', '1234', '3500', '120000000']
    """
    if not words:
        raise ValueError("an empty string is no number")
    total, section = Decimal(0), Decimal(0)
    for match in _SECTION.finditer(words.replace(",", "")):
        number, scale = match.groups()
        amount = _parse_section(number, words[: match.start()]) if number else Decimal(not match.start())
        if scale == "亿":
            total, section = (total + section + amount) * SCALES["亿"], Decimal(0)
        elif scale == "万":
            section = (section + amount) * SCALES["万"]
        else:
            section += amount
    return _tidy(total + section)


def _tidy(value: Decimal) -> Decimal:
    """Return a number without trailing zeros after the point and without an exponent."""
    return value.to_integral() if value == value.to_integral() else value.normalize()


def _parse_section(number: str, before: str) -> Decimal:
    """Return one section between 万 and 亿; a lone digit after a scale counts the next lower one (三万五)."""
    if before and number in DIGITS:
        return Decimal(DIGITS[number] * SCALES[before[-1]] // 10)
    return _parse_below_wan(number)


def _parse_below_wan(words: str) -> Decimal:
    """Return a number without 万 and 亿; Arabic digits may carry 十, 百 or 千."""
    if words and words[0].isdecimal():
        number = words.rstrip("十百千")
        if not _DECIMAL.fullmatch(number):
            raise ValueError(f"{number!r} in {words!r} is no number")
        value = Decimal(number)
        for scale in words[len(number) :]:
            value *= SCALES[scale]
        return value
    whole, point, decimals = words.partition("点")
    value = _parse_chinese(whole)
    if point:
        value += Decimal("0." + "".join(str(DIGITS[digit]) for digit in decimals))
    return value


def _parse_chinese(words: str) -> Decimal:
    """Return a Chinese number below 万: 三百零五, 二〇二〇, 三千五."""
    if len(words) > 1 and all(character in DIGITS for character in words):
        return Decimal("".join(str(DIGITS[character]) for character in words))
    total, digit, last = 0, 0, 1
    for character in words:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in SCALES:
            last = SCALES[character]
            total, digit = total + (digit or 1) * last, 0
        else:
            raise ValueError(f"{character!r} in {words!r} is no digit")
    is_short = digit and last > SCALES["十"] and words[-2] in SCALES
    return Decimal(total + (digit * last // 10 if is_short else digit))


def holds_number(text: str, span: Span) -> bool:
    """Tell whether a span may hold a number: whether any of its characters begins one."""
    return _OPENING.search(text, span.start, span.end) is not None


def find_numerals(text: str, span: Span) -> Iterator[Numeral]:
    """Yield the numbers within a span, in text order; a range and 七八千 yield two, atLeast and atMost.

    >>> [(str(n.value), n.qualifier.value) for n in find_numerals("近3.53亿元,两千多人,七八千元", Span(0, 16))]
    [('353000000', 'approx'), ('2000', 'atLeast'), ('7000', 'atLeast'), ('8000', 'atMost')]
    """
    found = list(_scan(text, span))
    at = 0
    while at < len(found):
        pair = _as_range(text, found[at], found[at + 1]) if at + 1 < len(found) else None
        yield from pair or _split_neighbours(text, found[at])
        at += 2 if pair else 1


def qualifier_after(text: str, at: int) -> tuple[Qualifier, int] | None:
    """Return what stands at an offset, after number and unit, to say how exact they are, and where it ends.

    >>> qualifier_after("40万元以上", 4)
    (<Qualifier.AT_LEAST: 'atLeast'>, 6)
    """
    for qualifier, words in _AFTER_RULES:
        match = words.match(text, at)
        if match:
            return qualifier, match.end()
    return None


def _scan(text: str, span: Span) -> Iterator[Numeral]:
    """Yield the numbers of a span one by one, ranges not yet joined."""
    at = span.start
    while (found := _OPENING.search(text, at, span.end)) is not None:
        at = found.start()
        special = _special_at(text, at, span.end)
        match = None if special else _NUMERAL.match(text, at, span.end)
        if special:
            yield special
            at = special.span.end
        elif match:
            numeral = _plain(text, match, span.start)
            if numeral:
                yield numeral
            at = match.end()
        else:
            at += 1


def _special_at(text: str, at: int, end: int) -> Numeral | None:
    """Return a fraction, a number of tenths or a doubling that begins at an offset."""
    match = _DOUBLING.match(text, at, end) if text[at] == "翻" else None
    if match:
        times = int(parse_numeral(match["times"])) if match["times"] else 1
        whole = Span(match.start(), match.end())
        return Numeral(whole, whole, Decimal(100 * (2**times - 1)), unit="%", is_change=True)
    match = _FRACTION.match(text, at, end) if text[at + 1 : at + 2] == "/" or "分之" in text[at:end] else None
    if match:
        return _fraction(text, match)
    match = _TENTHS.match(text, at, end) if text[at + 1 : at + 2] == "成" else None
    if match and text[at - 1 : at] not in {"第", "十", "百"}:
        return _tenths(text, match)
    return None


def _fraction(text: str, match: re.Match[str]) -> Numeral:
    """Return 百分之八十 as 80 % and 三分之一 as about 33.33 %."""
    if match["slash"]:
        part, whole = (Decimal(number) for number in match["slash"].split("/"))
    else:
        whole, part = parse_numeral(match["whole"]), parse_numeral(match["part"])
    exact = part * 100 / whole
    value = exact.quantize(_ROUND)
    return _qualified(text, match, _tidy(value), Qualifier.EXACT if value == exact else Qualifier.APPROX)


def _tenths(text: str, match: re.Match[str]) -> Numeral:
    """Return 八成 as 80 % and 六成五 as 65 %."""
    half = {"": Decimal(0), "半": Decimal(5)}.get(match["half"] or "")
    value = parse_numeral(match["tenths"]) * 10 + (parse_numeral(match["half"]) if half is None else half)
    return _qualified(text, match, value, Qualifier.EXACT)


def _qualified(text: str, match: re.Match[str], value: Decimal, qualifier: Qualifier) -> Numeral:
    """Return a share in % with the words before and after it taken into account."""
    span = Span(match.start(), match.end())
    start, before = _qualifier_before(text, span.start)
    if before or match["more"]:
        qualifier = before or Qualifier.AT_LEAST
    return Numeral(span, Span(start, span.end), value, qualifier, "%", is_damaged=_touches_damage(text, span))


def _plain(text: str, match: re.Match[str], lower: int) -> Numeral | None:
    """Return a number that is neither a fraction nor a doubling; None for a lone 零, 点 or 几."""
    body, more = match["body"], match["more"]
    if _REPEATED.fullmatch(body):
        body = body[-1]
    inner = body if body.isdecimal() else _MORE_WITHIN.sub("", body)
    words = inner[1:] if inner.startswith(("几", "数")) else inner
    if not words.strip("零〇"):
        return None
    try:
        value = parse_numeral(words)
    except ValueError:
        return None
    span = Span(match.start("body") + len(match["body"]) - len(body), match.end())
    start, qualifier = _qualifier_before(text, span.start)
    if more == "把":
        qualifier = Qualifier.APPROX
    elif not qualifier and words[0] in "百千万亿" and text[start - 1 : start] in {"上", "成", "数"}:
        start, qualifier = start - 1, Qualifier.AT_LEAST
    elif more or words != body:
        qualifier = qualifier or Qualifier.AT_LEAST
    stated = Span(max(start, lower), span.end)
    return Numeral(span, stated, value, qualifier or Qualifier.EXACT, is_damaged=_touches_damage(text, span))


def _qualifier_before(text: str, at: int) -> tuple[int, Qualifier | None]:
    """Return where the qualifying words that end at an offset begin, and what they say."""
    window = text[max(0, at - 6) : at]
    if not _ANY_BEFORE.search(window):
        return at, None
    for qualifier, words in _BEFORE_RULES:
        match = words.search(window)
        if match:
            return at - (len(window) - match.start()), qualifier
    return at, None


def _touches_damage(text: str, span: Span) -> bool:
    """Tell whether a character that was lost stands at either end of a number."""
    if text[span.end : span.end + 1] in _LOST:
        return True
    before = text[max(0, span.start - 2) : span.start]
    return before[-1:] in _LOST or (before[:1] in _LOST and before[1:] in _POINTS)


def _as_range(text: str, first: Numeral, second: Numeral) -> tuple[Numeral, Numeral] | None:
    """Return two numbers that are the ends of one range (5000至6000, 5至6万), or None."""
    mark = _RANGE_MARK.fullmatch(text, first.span.end, second.stated.start)
    if not mark or first.unit != second.unit or text[first.span.start - 1 : first.span.start] == "第":
        return None
    scale = re.search(r"[万亿]+$", second.span.of(text))
    low = first.value
    if scale and not re.search(r"[十百千万亿]", first.span.of(text)) and low * SCALES[scale.group()[-1]] < second.value:
        low *= SCALES[scale.group()[-1]]
    if low >= second.value:
        return None
    return (
        replace(first, value=low, qualifier=Qualifier.AT_LEAST, shares_unit=first.unit is None),
        replace(second, qualifier=Qualifier.AT_MOST),
    )


def _split_neighbours(text: str, numeral: Numeral) -> tuple[Numeral, ...]:
    """Return 七八千 as 7,000 and 8,000 and 百分之一二 as 1 and 2 %, any other number as it is."""
    match = _NEIGHBOURS.match(numeral.span.of(text).rpartition("百分之")[2].rstrip("多余"))
    if not match or DIGITS[match["second"]] != DIGITS[match["first"]] + 1:
        return (numeral,)
    low, high = (parse_numeral(match[digit] + match["scale"]) for digit in ("first", "second"))
    return (
        replace(numeral, value=low, qualifier=Qualifier.AT_LEAST),
        replace(numeral, value=high, qualifier=Qualifier.AT_MOST),
    )
