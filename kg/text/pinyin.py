"""Pages with injected pinyin: the damage undone byte by byte, with what is guessed and what is lost marked.

A converter for readers of traditional characters wrote 區(qū) for each character of a table, by replacing bytes of GBK
text without regard to where a character begins. It therefore also fired on the second byte of one character and the
first of the next: there it split a character, the bracket after the lone byte was decoded with it into one "?", and all
that follows is paired wrongly (總?cè)丝诘?.33% was 總人口的, a digit, .33%) until a byte below 0x80 sets it right. That
byte is swallowed where it is no second byte of any character: a digit lost for good, U+FFFD here.

Undone: glosses after whole characters are removed; a run of wrongly paired text is paired again. The byte hidden in its
first "?" is any that gives a character of that reading; words of the page's language choose where several do. The
character may only be one that the page never shows without its gloss, since the table was applied everywhere.
"""

import math
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Damage, Repair, Span
from kg.text.edits import Changes, Edit

if TYPE_CHECKING:
    from opencc import OpenCC

_LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê"
#: A syllable in brackets; a second gloss within it, put there by the same accident, belongs to no character.
_SYLLABLE = rf"(?=[{_LETTERS}])(?P<head>[{_LETTERS}]{{0,6}})(?:\([{_LETTERS}]{{1,6}}\)(?P<tail>[{_LETTERS}]{{0,5}}))?\)"
_GLOSS = re.compile(rf"\({_SYLLABLE}")
_SWALLOWED = re.compile(rf"[?\ufffd]{_SYLLABLE}")
_GLOSS_OR_SWALLOWED = re.compile(rf"[(?\ufffd]{_SYLLABLE}")
_MARKS = frozenset("?\ufffd")
#: Before these a "?" is taken for a swallowed character always: it may be a digit of a number.
_NUMBER_MARKS = frozenset("0123456789.%,-")

#: A page counts as garbled from so many characters with a right gloss, if so large a share of them is
#: traditional and never stands without one. Authors gloss rare characters, once.
_LEAST_GLOSSED = 3
_TABLE_SHARE = 0.8

#: Costs in nats of what "?" rarely hides, beside a swallowed ASCII character: two bytes without character, a lone 0x80.
_UNASSIGNED_COST = 1.0
_LONE_BYTE_COST = 1.0
#: So many ways to pair a run are compared, and none much longer than the shortest.
_PATHS = 12
_FARTHEST = 24
_CONTEXT = 4
_LONGEST_WORD = 4
_LONGEST_GLOSS = 24
#: So many combinations of unknown characters are looked up as words; more are read character by character.
_MOST_WORDS = 20_000

_LOST = "One ASCII character was swallowed here, often a digit; the bytes do not tell which."
_UNDONE = "Injected pinyin that could not be undone."


def repair_pinyin(text: str) -> Changes:
    """Return the changes that undo injected pinyin; none on a page that only explains a few characters.

    >>> text = "白銀區(qū)推進(jìn)脫貧攻堅(jiān),占農(nóng)業(yè)總?cè)丝诘?.33%"
    >>> from kg.text.edits import Mapped
    >>> Mapped.of(text).apply(repair_pinyin(text)).text
    '白銀區推進脫貧攻堅,占農業總人口的\ufffd.33%'
    """
    table = _Table.of(text)
    if table is None:
        return Changes()
    edits: list[Edit] = []
    repairs: list[Repair] = []
    damages: list[Damage] = []
    for found in _repairs(text, table):
        edits += found.edits
        repairs += found.repairs
        damages += found.damages
    return Changes(tuple(edits), tuple(repairs), tuple(damages))


def _repairs(text: str, table: "_Table") -> Iterator[Changes]:
    """Yield the changes of each gloss and each run, in text order."""
    at = 0
    while match := _GLOSS_OR_SWALLOWED.search(text, at):
        at = match.end()
        if match[0][0] == "(":
            if _explains(text, match):
                yield _removal(Span(*match.span()))
        elif run := _find_run(text, match, table):
            at = run.end
            yield run.changes()
        elif _had_mark(match):
            yield Changes(damages=(Damage(Span(*match.span()), _UNDONE),))


def _removal(span: Span) -> Changes:
    return Changes((Edit(span, ""),), (Repair(span, "", "pinyin"),))


def _explains(text: str, match: re.Match[str]) -> bool:
    """Tell whether a gloss belongs to what stands before it: a character, or a byte of one and an ASCII letter."""
    before = text[max(match.start() - 2, 0) : match.start()]
    if not before:
        return False
    syllable = _syllable(match)
    if syllable in _readings(before[-1]):
        return True
    split = _bytes(before[0]) if len(before) > 1 and before[-1].isascii() else None
    return split is not None and syllable in _readings(_pair(split[1], ord(before[-1])))


def _syllable(match: re.Match[str]) -> str:
    return match["head"] + (match["tail"] or "")


def _had_mark(match: re.Match[str]) -> bool:
    """Tell whether the syllable bears a tone, so that it is no English word before a bracket."""
    return not _syllable(match).isascii()


# ---- The converter's table, as far as the page shows it --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    """Which characters the converter may have glossed.

    Attributes:
        glossed: The characters that the page shows with a gloss.
        bare: The characters that the page shows without one.
        narrow: Whether full-width marks were written in ASCII after the damage, as the whole page shows.
    """

    glossed: frozenset[str]
    bare: frozenset[str]
    narrow: bool

    @classmethod
    def of(cls, text: str) -> "_Table | None":
        """Return the table of a garbled page, or None where the glosses are an author's."""
        matches = [match for match in _GLOSS.finditer(text) if _explains(text, match)]
        glossed = frozenset(text[match.start() - 1] for match in matches)
        bare = frozenset(_well_paired(text))
        consistent = [character for character in glossed if character not in bare and _is_traditional(character)]
        if len(consistent) < _LEAST_GLOSSED or len(consistent) < _TABLE_SHARE * len(glossed):
            return None
        return cls(glossed, bare - glossed, narrow="," in text and "，" not in text)

    def spelt(self, character: str) -> str:
        """Return a repaired character as the page writes it."""
        wide = self.narrow and "！" <= character <= "～"
        return chr(ord(character) - 0xFEE0) if wide else character

    def may_gloss(self, character: str, syllable: str) -> bool:
        """Tell whether the converter can have put a syllable behind a character."""
        held = character in self.glossed or (character not in self.bare and _is_traditional(character))
        return held and syllable in _readings(character)


def _well_paired(text: str) -> Iterator[str]:
    """Yield the characters without gloss outside of wrongly paired runs, which may last as long as their line."""
    for line in text.split("\n"):
        paired = line[: match.start()] if (match := _SWALLOWED.search(line)) else line
        bare = _GLOSS.sub("\0", paired)
        yield from (character for character, after in pairwise(f"{bare}\n") if after != "\0")


# ---- Bytes -----------------------------------------------------------------------------------------------------------


@cache
def _pair(lead: int, trail: int) -> str:
    """Return the character of two bytes of GBK, or an empty string."""
    try:
        character = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return character if len(character) == 1 else ""


@cache
def _bytes(character: str) -> tuple[int, int] | None:
    """Return the two bytes of a character, private use included, or None."""
    data = character.encode("gb18030", "replace")
    return (data[0], data[1]) if len(data) == 2 else None  # noqa: PLR2004 - pairs are the matter here


def _wide_bytes(character: str) -> tuple[int, int] | None:
    """Return the bytes of the full-width form that an ASCII mark was narrowed from after the damage."""
    if character == " ":
        return 0xA1, 0xA1
    return (0xA3, ord(character) + 0x80) if "!" <= character <= "~" else None


def _is_wide_letter(character: str) -> bool:
    """Tell whether a character is a full-width letter or digit, which no guess may bring into a text."""
    return "！" <= character <= "～" and character.isalnum()


_LEADS = range(0x81, 0xFF)
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


@cache
def _unassigned(lead: int) -> frozenset[int]:
    return frozenset(trail for trail in _TRAILS if not _pair(lead, trail))


@cache
def _readings(character: str) -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - loaded for garbled pages alone

    return frozenset(PINYIN_DICT.get(ord(character), "").split(",")) - {""} if character else frozenset()


@cache
def _is_traditional(character: str) -> bool:
    return _simple(character) != character


@cache
def _simple(character: str) -> str:
    return str(_converter().convert(character))


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # noqa: PLC0415 - the same

    return OpenCC("tw2s")


# ---- Runs of wrongly paired bytes ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    """One character of the repaired text: what it may be, and the span its bytes lie in."""

    candidates: tuple[str, ...]
    source: Span


@dataclass(frozen=True, slots=True)
class _Path:
    """One way to pair the bytes up to a place.

    Attributes:
        cells: The characters so far.
        leads: The values that the open first byte of the next character may have; empty once all is paired right.
        opened: Where that byte lies.
        end: How far the text is used up.
        cost: Nats against it.
    """

    cells: tuple[_Cell, ...]
    leads: frozenset[int]
    opened: Span
    end: int
    cost: float = 0.0

    def closed(self, trails: Sequence[int], span: Span, accepts: Callable[[str], bool] = bool) -> "_Path | None":
        """Return the path with the open byte completed by one of ``trails``, or None where no character results."""
        found = {_pair(lead, trail) for lead in self.leads for trail in trails} - {""}
        found = {character for character in found if accepts(character) and not _is_wide_letter(character)}
        if not found:
            return None
        cell = _Cell(tuple(sorted(found)), Span(self.opened.start, span.end))
        return replace(self, cells=(*self.cells, cell), leads=frozenset(), end=span.end)

    def spelt(self, table: "_Table") -> "_Path":
        """Return the path with its characters as the page writes them."""
        cells = (replace(cell, candidates=tuple(map(table.spelt, cell.candidates))) for cell in self.cells)
        return replace(self, cells=tuple(cells))

    def reopened(self, leads: frozenset[int], span: Span, cost: float = 0.0) -> "_Path":
        """Return the path with another first byte open."""
        return replace(self, leads=leads, opened=span, cost=self.cost + cost)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of wrongly paired text, paired again and read."""

    start: int
    end: int
    cells: tuple[_Cell, ...]
    words: tuple[str, ...]
    certain: int

    def changes(self) -> Changes:
        """Return the changes that write the run anew."""
        sources = tuple(cell.source for cell in self.cells)
        repairs = tuple(
            Repair(cell.source, word, "pinyin", at < self.certain and len(cell.candidates) == 1)
            for at, (cell, word) in enumerate(zip(self.cells, self.words, strict=True))
        )
        lost = (source for source, word in zip(sources, self.words, strict=True) if word == "\ufffd")
        edit = Edit(Span(self.start, self.end), "".join(self.words), sources)
        return Changes((edit,), repairs, tuple(Damage(source, _LOST) for source in lost))


def _find_run(text: str, match: re.Match[str], table: _Table) -> _Run | None:
    """Return the run that a swallowed bracket begins, or None where the bytes allow none."""
    before = _bytes_before(text, match.start())
    if before is None:
        return None
    span = Span(*match.span())
    syllable = _syllable(match)
    leads = frozenset(lead for lead in _LEADS if table.may_gloss(_pair(before[1], lead), syllable))
    line_end = text.find("\n", span.end)
    limit = line_end if line_end >= 0 else len(text)
    paths = _paths(text[:limit], _Path((), leads, span, span.end), table)
    return _chosen(text[:limit], span.start, [path.spelt(table) for path in paths]) if paths else None


def _bytes_before(text: str, at: int) -> tuple[int, int] | None:
    """Return the bytes of the character before a place, past the gloss that it may have itself."""
    line = text[max(text.rfind("\n", 0, at) + 1, at - _LONGEST_GLOSS) : at]
    glosses = [match for match in _GLOSS.finditer(line) if match.end() == len(line) and _explains(line, match)]
    owner = line[: glosses[0].start()] if glosses else line
    return _bytes(owner[-1]) if owner else None


def _paths(text: str, first: _Path, table: _Table) -> list[_Path]:
    """Return the ways to pair the bytes until they are paired right again, within one line, the shortest first.

    A wrong way may go on for long; none is followed much farther than the shortest.
    """
    open_paths = deque([first] if first.leads else [])
    ends: list[_Path] = []
    while open_paths and len(ends) < _PATHS:
        for path in _steps(text, open_paths.popleft(), table):
            if not path.leads:
                ends.append(_with_gloss(text, path))
            elif not ends or path.end <= ends[0].end + _FARTHEST:
                open_paths.append(path)
    return ends


def _with_gloss(text: str, path: _Path) -> _Path:
    """Return a finished path with the gloss that its last character has itself, which tells what it is."""
    match = _GLOSS.match(text, path.end)
    last = path.cells[-1]
    if match and (glossed := tuple(it for it in last.candidates if _syllable(match) in _readings(it))):
        return replace(path, cells=(*path.cells[:-1], replace(last, candidates=glossed)), end=match.end())
    return path


def _steps(text: str, path: _Path, table: _Table) -> Iterator[_Path]:
    """Yield how a path may go on over the next character, gloss or mark."""
    at = path.end
    if at >= len(text):
        return
    span = Span(at, at + 1)
    character = text[at]
    if match := _SWALLOWED.match(text, at):
        syllable = _syllable(match)
        yield from _some(path.closed(_TRAILS, Span(*match.span()), lambda it: table.may_gloss(it, syllable)))
    elif (match := _GLOSS.match(text, at)) and _explains(text, match):
        yield replace(path, end=match.end())
    elif character in _MARKS:
        yield from _over_mark(text, path, span, table)
    else:
        yield from _over_character(path, character, span)


def _over_character(path: _Path, character: str, span: Span) -> Iterator[_Path]:
    """Yield the pairings over a character: its first byte ends one character, its second begins the next."""
    if "@" <= character <= "~":
        yield from _some(path.closed((ord(character),), span))
    pair = _wide_bytes(character) if character.isascii() else _bytes(character)
    if pair and (closed := path.closed(pair[:1], span)):
        yield closed.reopened(frozenset(pair[1:]), span)


def _over_mark(text: str, path: _Path, span: Span, table: _Table) -> Iterator[_Path]:
    """Yield what "?" may hide: a byte and a swallowed ASCII character, two bytes without character, a lone 0x80."""
    lone = path.closed((0x80,), span)
    if lone and _GLOSS.match(text, span.end):
        yield lone
        return
    if closed := path.closed(_LEADS, span, lambda it: it not in table.glossed):
        yield replace(closed, cells=(*closed.cells, _Cell(("\ufffd",), span)))
    if text[span.end : span.end + 1] in _NUMBER_MARKS:
        return
    if lone:
        yield replace(lone, cost=path.cost + _LONE_BYTE_COST)
    firsts = tuple(lead for lead in _LEADS if _unassigned(lead))
    if closed := path.closed(firsts, span):
        seconds = frozenset().union(*(_unassigned(lead) for lead in firsts)) & frozenset(_LEADS)
        yield closed.reopened(seconds, span, _UNASSIGNED_COST)


def _some(path: _Path | None) -> tuple[_Path, ...]:
    return (path,) if path else ()


def _chosen(text: str, start: int, paths: Sequence[_Path]) -> _Run:
    """Return the run by its likeliest path; what all paths have in common is certain as far as it has one reading."""
    left = _literal(text, max(0, start - _CONTEXT), start)
    far = max(path.end for path in paths)
    readings = []
    for path in paths:
        right = _literal(text, path.end, far + _CONTEXT)
        score, words = _read([*left, *(cell.candidates for cell in path.cells), *right])
        readings.append((score - path.cost, words[len(left) : len(left) + len(path.cells)], path))
    _, words, path = max(readings, key=lambda reading: reading[0])
    return _Run(start, path.end, path.cells, words, _common_length([other.cells for other in paths]))


def _literal(text: str, start: int, end: int) -> list[tuple[str, ...]]:
    return [(character,) for character in _GLOSS.sub("", text[start:end])]


def _common_length(sequences: Sequence[Sequence[_Cell]]) -> int:
    """Return how many cells all sequences begin with."""
    for length, cells in enumerate(zip(*sequences, strict=False)):
        if any(cell != cells[0] for cell in cells):
            return length
    return min(map(len, sequences))


# ---- Words -----------------------------------------------------------------------------------------------------------

#: Logarithms of how often marks stand in newspaper prose, by order of magnitude; others are as rare as unknown words.
_MARK_SCORES = dict.fromkeys("，,", -3.0) | dict.fromkeys("。、的", -3.7) | dict.fromkeys("“”：:；;", -5.0)
_MARK_SCORES |= dict.fromkeys("（）()《》？！?!—…·％%", -7.0) | {"\ufffd": -4.0}
_DIGIT_SCORE = -4.0
_UNKNOWN_SCORE = -22.0


def _read(cells: Sequence[Sequence[str]]) -> tuple[float, tuple[str, ...]]:
    """Return the likeliest reading of characters that each may be several, by the words of jieba's dictionary."""
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(cells) + 1):
        ways = (
            (best[start][0] + score, (*best[start][1], *word))
            for start in range(max(0, end - _LONGEST_WORD), end)
            if start == end - 1 or math.prod(map(len, cells[start:end])) <= _MOST_WORDS
            for word in product(*cells[start:end])
            if (score := _score(word)) is not None
        )
        best.append(max(ways, key=lambda way: way[0]))
    return best[-1]


def _score(characters: tuple[str, ...]) -> float | None:
    """Return the logarithm of a word's frequency; None for several characters that are no word."""
    frequencies, total = _words()
    frequency = frequencies.get("".join(map(_simple, characters)))
    if frequency:
        return math.log(frequency / total)
    if len(characters) > 1:
        return None
    character = characters[0]
    if character.isascii() and character.isalnum():
        return _DIGIT_SCORE
    return _MARK_SCORES.get(character, _UNKNOWN_SCORE)


@cache
def _words() -> tuple[dict[str, int], int]:
    """Return the words of jieba's dictionary with their counts, and the sum of the counts."""
    spec = find_spec("jieba")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    rows = (line.split(" ") for line in (folder / "dict.txt").read_text("utf-8").splitlines())
    counts = {row[0]: int(row[1]) for row in rows if len(row[0]) <= _LONGEST_WORD}
    return counts, sum(counts.values())
