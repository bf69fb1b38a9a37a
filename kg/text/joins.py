"""Numbers, words and lines torn apart: by a page set at a fixed width, by spaces between letters, by line ends.

What is joined was one for certain, or is logged as a guess; where two numbers may be meant, nothing is done. Headings,
lists, tables and navigation are left as they are: what a line is, is the matter of :mod:`kg.text.body`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Repair, Span
from kg.text.edits import Changes, Edit

_HAN = "\u3400-\u9fff"

# ---- Numbers ---------------------------------------------------------------------------------------------------------

#: The units that make sure that a number goes on behind a space: scales, and measure words that no title begins with.
_COUNTED = "[万亿]|[多余]?(?:[户人名元亩个家吨株头只座]|公里|公斤|千米|平方)"
#: Spaces around the point of a decimal or within thousands ("16. 62万", "1, 804户"), but not in a list ("1. 2020年").
_BROKEN_DECIMAL = re.compile(
    rf"(?<![\d.])(?P<whole>\d{{1,8}})(?: +\. *| *\. +)(?!(?:19|20)\d\d年)(?=\d{{1,4}}(?:[%‰万亿]|[{_HAN}]))"
)
_BROKEN_THOUSANDS = re.compile(rf"(?P<whole>\d)(?: +, ?| ?, +)(?=\d{{3}}(?!\d))(?=\d{{3}}[{_HAN}])")
#: Thousands set apart by spaces: "1 804户"; after 表 or 第 the first number is one of its own.
_SPACED_THOUSANDS = re.compile(rf"(?<=[{_HAN}，,。、；：:（(])[1-9]\d{{0,2}}(?: \d{{3}})+(?=(?:\.\d+)?(?:{_COUNTED}))")
_NUMBERED = frozenset("第图表注号章节条款栏页版期月日年")
#: What a text must hold for any of these.
_TORN = re.compile(r"[0-9] +[0-9.,]|[0-9][.,] ")


def join_numbers(text: str) -> Changes:
    """Return the changes that close numbers torn apart by spaces.

    >>> from kg.text.edits import Mapped
    >>> text = "贫困人口16. 62万人,其中1 804户"
    >>> Mapped.of(text).apply(join_numbers(text)).text
    '贫困人口16.62万人,其中1804户'
    """
    if not _TORN.search(text):
        return Changes()
    repairs = sorted((*_closed(text), *_ungrouped(text)), key=lambda repair: repair.raw)
    return _changes(repairs)


def _closed(text: str) -> Iterator[Repair]:
    for match in _BROKEN_DECIMAL.finditer(text):
        if text[: match.start()][-1:].strip():
            yield Repair(Span(match.end("whole"), match.end()), ".", "broken-number")
    for match in _BROKEN_THOUSANDS.finditer(text):
        yield Repair(Span(match.end("whole"), match.end()), ",", "broken-number")


def _ungrouped(text: str) -> Iterator[Repair]:
    for match in _SPACED_THOUSANDS.finditer(text):
        if text[match.start() - 1] not in _NUMBERED:
            for space in re.finditer(" ", match[0]):
                at = match.start() + space.start()
                yield Repair(Span(at, at + 1), "", "broken-number", certain=False)


#: The spaces that typesetters and word processors put between Chinese characters and numbers; not behind an hour, where
#: the label of a source may follow.
_SPACED_NUMBER = re.compile(
    rf" (?:(?<=[{_HAN}] )(?=[0-9])|(?<=[0-9%‰] )(?<![:：][0-9]{{2}} )(?<![:：][0-9] )(?=[{_HAN}])|(?<=[0-9] )(?=[%‰]))"
)
#: A paragraph has a full stop or more than one comma; rows of tables, captions and imprints keep their spaces.
_PARAGRAPH = re.compile("。|[，,；;、].*[，,；;、]")


def close_numbers(text: str) -> Changes:
    """Return the changes that close the spaces around numbers within paragraphs.

    >>> from kg.text.edits import Mapped
    >>> text = "2020 年底，全县 1804 户贫困户全部脱贫。"
    >>> Mapped.of(text).apply(close_numbers(text)).text
    '2020年底，全县1804户贫困户全部脱贫。'
    """
    spaced = ((start, line) for start, line in _lines(text) if " " in line and _PARAGRAPH.search(line))
    places = (start + space.start() for start, line in spaced for space in _SPACED_NUMBER.finditer(line))
    return _changes([Repair(Span(at, at + 1), "", "spaced-number") for at in places])


def _changes(repairs: Sequence[Repair]) -> Changes:
    return Changes(tuple(Edit(repair.raw, repair.text) for repair in repairs), tuple(repairs))


# ---- Letters set apart -----------------------------------------------------------------------------------------------

#: So many letters make a phrase; three may be a name and a verb, or the sizes 大 中 小.
_LEAST_LETTERS = 4
#: From so many on it is hardly a row of short names or of marks to choose from.
_SURE_LETTERS = 6
_LETTER = f"[{_HAN}，。、；：！？“”‘’《》（）—…·]"
_APART = re.compile(rf"\s*{_LETTER}(?: {_LETTER})+(?: {{2,}}{_LETTER}(?: {_LETTER})+)*\s*")
#: Rows of a calendar, of a numbering, of sizes of type.
_ROW = re.compile("[一二三四五六七八九十] [一二三四五六七八九十]|甲 乙|[特大中] [大中小]")
_SINGLE_SPACE = re.compile("(?<=[^ ]) (?=[^ ])")


def join_letters(text: str) -> Changes:
    """Return the changes that close lines whose letters were all set apart; words stay where two spaces part them.

    >>> from kg.text.edits import Mapped
    >>> text = "脱 贫 攻 坚 战"
    >>> Mapped.of(text).apply(join_letters(text)).text
    '脱贫攻坚战'
    """
    repairs: list[Repair] = []
    for start, line in _lines(text) if text.count(" ") >= _LEAST_LETTERS - 1 else ():
        if 3 * line.count(" ") >= len(line) and _APART.fullmatch(line) and not _ROW.search(line):
            letters = len(line) - line.count(" ")
            spaces = _SINGLE_SPACE.finditer(line) if letters >= _LEAST_LETTERS else ()
            places = (Span(start + space.start(), start + space.end()) for space in spaces)
            repairs += (Repair(at, "", "spaced-letters", certain=letters >= _SURE_LETTERS) for at in places)
    return _changes(repairs)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with its offset."""
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


# ---- Lines -----------------------------------------------------------------------------------------------------------

_TERMINAL = frozenset("。！？!?；;：:…")
#: No line begins with these; a line that stops in one of the others goes on.
_CLOSING = frozenset("，。、；：！？）》」』】％%,")
_OPENING = frozenset(",，、“‘《（【「『(")
_BEGINNING = re.compile(rf"[{_HAN}A-Za-z“”‘’《（(]|[0-9](?!\d?[ 、.)）])")
#: What goes on in the next line is so long at least: shorter ones are navigation and tables.
_LINE_LENGTH = 15
#: A number goes on in the next line before its unit, or before its further digits and their unit: "295\n0户".
_UNIT = re.compile(rf"[%‰万亿千百]|{_COUNTED}")
_DIGITS = re.compile(rf"[0-9]{{1,4}}(?:\.[0-9]+)?(?:[年月日]|{_UNIT.pattern})|\.[0-9]")
_LONGEST_NUMBER = 4
_SENTENCE_MARK = re.compile("[，。；,]")


def join_lines(text: str) -> Changes:
    r"""Return the changes that join lines broken within a sentence or a number.

    >>> from kg.text.edits import Mapped
    >>> text = "近年来全县紧盯贫困人口，共识别出295\n0户"
    >>> Mapped.of(text).apply(join_lines(text)).text
    '近年来全县紧盯贫困人口，共识别出2950户'
    """
    lines = list(_lines(text))
    width = _full_width([line.rstrip() for _, line in lines])
    pairs = pairwise(lines)
    return _changes([joined for (at, line), (_, after) in pairs if (joined := _joined(at, line, after, width))])


def _joined(start: int, line: str, after: str, width: int | None) -> Repair | None:
    """Return what joins a line that begins at an offset with the next; None where the line ends."""
    before, behind = line.rstrip(), after.lstrip(" \u3000")
    if not before or not behind or before[-1] in _TERMINAL:
        return None
    continues = len(behind) == len(after) and len(before) >= _LINE_LENGTH and _BEGINNING.match(behind)
    bridge = _SURE if behind[0] in _CLOSING else _bridge(before, behind, width) if continues else None
    end = start + len(line) + 1 + len(after) - len(behind)
    return Repair(Span(start + len(before), end), bridge.text, "broken-line", bridge.certain) if bridge else None


@dataclass(frozen=True, slots=True)
class _Bridge:
    """What takes the place of a line end, and whether that is certain."""

    text: str
    certain: bool


_SURE = _Bridge("", certain=True)


def _bridge(before: str, behind: str, width: int | None) -> _Bridge | None:
    """Return what leads from a long line to the next, which is not indented; None where they are two."""
    if before[-1] in _OPENING or (before[-1].isdecimal() and _UNIT.match(behind)):
        return _SURE
    if _is_cut_number(before) and _DIGITS.match(behind):
        return _Bridge("", certain=False)
    if width and _is_full(before, width) and _SENTENCE_MARK.search(before + behind):
        latin = before[-1].isascii() and behind[0].isascii()
        return _Bridge(" " if latin else "", certain=not latin)
    return None


def _is_cut_number(line: str) -> bool:
    """Tell whether the number that ends a line is short enough to go on in the next, and stands within a sentence."""
    words = line.rstrip("0123456789")
    return 0 < len(line) - len(words) <= _LONGEST_NUMBER and bool(re.match(f"[{_HAN},，]", words[-1:]))


# ---- Pages set at a fixed width --------------------------------------------------------------------------------------

#: A page is set at a fixed width of at least so many columns, of which a Chinese character takes two; lines may stay
#: behind it by as many as a mark and a number need.
_LEAST_WIDTH = 40
_SLACK = 4
#: It has so many full lines and few longer ones; most full lines stop anywhere, and some hold a full stop within, which
#: headlines of like length do not.
_FULL_LINES = 4
_LONGER_SHARE = 0.1
_OPEN_SHARE = 0.6
_PROSE_SHARE = 0.25


def _full_width(lines: Sequence[str]) -> int | None:
    """Return the columns that a page set at a fixed width has; None for other pages."""
    stopping = [line for line in lines if 2 * len(line) >= _LEAST_WIDTH and line[-1] not in _TERMINAL]
    if len(stopping) < _FULL_LINES:
        return None
    widths = Counter(map(_columns, stopping))
    width = max(widths, key=lambda width: (sum(widths[width - less] for less in range(_SLACK + 1)), width))
    columns = {line: _columns(line) for line in lines if 2 * len(line) >= width - _SLACK}
    full = [line for line in lines if width - _SLACK <= columns.get(line, 0) <= width]
    longer = sum(columns.get(line, 0) > width for line in lines)
    prose = sum("。" in line[:-1] for line in full)
    stopped = sum(line[-1] not in _TERMINAL for line in full)
    is_set = len(full) >= _FULL_LINES and longer <= _LONGER_SHARE * len(full)
    return width if is_set and stopped >= _OPEN_SHARE * len(full) and prose >= _PROSE_SHARE * len(full) else None


def _is_full(line: str, width: int) -> bool:
    return width - _SLACK <= _columns(line) <= width


def _columns(line: str) -> int:
    """Return how wide a line is: a Chinese character takes the room of two Latin ones."""
    return len(line.encode("gb18030", "replace"))
