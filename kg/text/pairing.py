"""Runs of text whose bytes were paired wrongly: every way to pair them again, and the likeliest.

Wherever a byte too few or too many stands before it, GBK text is decoded one byte out of step, until a byte below 0x80
or a mark for what could not be decoded ("?", U+FFFD) sets it right. A run is walked byte by byte with the first byte of
the next character open; marks, glosses and what a decoder hides may each be read in a few ways. What all likely ways
agree on is certain; words choose the rest. Where runs begin is left to :mod:`kg.text.garbled`.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Span
from kg.text.gbk import (
    HIDDEN_LEADS,
    HIDDEN_TRAILS,
    LEADS,
    TRAILS,
    bytes_before_narrowing,
    bytes_of,
    character_of,
    hidden_trails,
)
from kg.text.pinyin import GLOSS, Traces, explains, readings
from kg.text.wording import read

#: Marks that decoders write for bytes they cannot read.
MARKS = "?\ufffd"
LOST = "\ufffd"
_LOWEST_TRAIL = "@"
#: Before these a mark is taken for a swallowed character always: it may be a digit of a number.
_NUMBER_MARKS = frozenset("0123456789.%,-")
#: A text that is cut up is cut at these; some sites write them in ASCII.
_CUTS = frozenset("，。！？；：、,!?;:\n")

#: Costs in nats of what a mark rarely hides, beside a swallowed ASCII character.
_HIDDEN_COST = 1.0
_LONE_BYTE_COST = 1.0
_CUT_COST = 3.0
#: Bytes that vanished without a mark.
_VANISHED_COST = 4.0
#: Readings that are less likely by so much do not make a certain one doubtful.
_DOUBT = 12.0
#: So many ways to pair a run are compared, none much longer than the shortest, in so long a run at most.
_PATHS = 48
_FARTHEST = 24
_LONGEST_RUN = 400
_CONTEXT = 4
#: A reading less likely than this a character is tried again with bytes that vanished without a mark.
_POOR = -7.0
_MOST_VANISHED = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of the repaired text: what it may be, and the span its bytes lie in."""

    candidates: tuple[str, ...]
    source: Span


@dataclass(frozen=True, slots=True)
class Path:
    """One way to pair the bytes up to a place.

    Attributes:
        leads: The values that the open first byte of the next character may have; empty once all is paired right.
        opened: Where that byte lies.
        end: How far the text is used up.
        cells: The characters so far.
        cost: Nats against it.
    """

    leads: frozenset[int]
    opened: Span
    end: int
    cells: tuple[Cell, ...] = ()
    cost: float = 0.0

    def closed(self, trails: Collection[int], span: Span, accepts: Callable[[str], bool] = bool) -> "Path | None":
        """Return the path with the open byte completed by one of ``trails``, or None where no character results."""
        found = {character_of(lead, trail) for lead in self.leads for trail in trails} - {""}
        found = {character for character in found if accepts(character) and not _is_wide_letter(character)}
        if not found:
            return None
        cell = Cell(tuple(sorted(found)), Span(self.opened.start, span.end))
        return replace(self, cells=(*self.cells, cell), leads=frozenset(), end=span.end)

    def reopened(self, leads: Collection[int], span: Span, cost: float = 0.0) -> "Path":
        """Return the path with another first byte open."""
        return replace(self, leads=frozenset(leads), opened=span, cost=self.cost + cost)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of wrongly paired text, paired again and read.

    Attributes:
        span: Where it stands.
        cells: The characters of the likeliest way to pair it.
        words: What each of them is read as.
        certain: For each whether the bytes determine it.
        gain: How much likelier the reading is than the text as it stands, in nats.
        fluency: How likely a character of the reading is on average, in nats.
    """

    span: Span
    cells: tuple[Cell, ...]
    words: tuple[str, ...]
    certain: tuple[bool, ...]
    gain: float
    fluency: float


def _is_wide_letter(character: str) -> bool:
    """Tell whether a character is a full-width letter or digit, which no guess may bring into a text."""
    return "！" <= character <= "～" and character.isalnum()


@dataclass(frozen=True, slots=True)
class Pairing:
    """A text and what its page tells of the damage.

    Attributes:
        text: The whole page.
        traces: What the page tells.
        vanished: Whether bytes may have vanished anywhere without a mark.
    """

    text: str
    traces: Traces
    vanished: bool = False

    def run(self, first: Path) -> Run | None:
        """Return the run that a path begins, or None where the bytes allow none."""
        ends = self._ends(first)
        run = self._chosen(first.opened.start, ends) if ends else None
        if self.vanished or (run and run.fluency > _POOR) or not (self.traces.hides or self.traces.silent):
            return run
        return replace(self, vanished=True).run(first)

    def _ends(self, first: Path) -> list[Path]:
        """Return the ways to pair the bytes until they are paired right again, within one line, the shortest first.

        A wrong way may go on for long; none is followed much farther than the shortest.
        """
        line_end = self.text.find("\n", first.end, first.end + _LONGEST_RUN)
        limit = line_end if line_end >= 0 else min(len(self.text), first.end + _LONGEST_RUN)
        open_paths = deque([first] if first.leads else [])
        ends: list[Path] = []
        while open_paths and len(ends) < _PATHS:
            path = open_paths.popleft()
            for following in self._steps(path, limit):
                if not following.leads:
                    ends.append(self._with_gloss(following))
                elif not ends or following.end <= ends[0].end + _FARTHEST:
                    open_paths.append(following)
        return ends

    def _with_gloss(self, path: Path) -> Path:
        """Return a finished path with the gloss that its last character has itself, which tells what it is."""
        gloss = self.traces.gloss_at(self.text, path.end)
        last = path.cells[-1]
        if not gloss or not gloss.is_whole:
            return path
        glossed = tuple(it for it in last.candidates if gloss.syllable in readings(it))
        if not glossed:
            return path
        return replace(path, cells=(*path.cells[:-1], replace(last, candidates=glossed)), end=gloss.end)

    # ---- One step ----------------------------------------------------------------------------------------------------

    def _steps(self, path: Path, limit: int) -> Iterator[Path]:
        """Yield how a path may go on over the next character, gloss or mark."""
        at = path.end
        if self.traces.silent and (at >= limit or self.text[at] < _LOWEST_TRAIL):
            yield from self._over_silence(path)
        if at >= limit:
            return
        if (following := self._over_gloss(path)) is not None:
            yield from following
        elif self.text[at] in MARKS:
            yield from self._over_mark(path, Span(at, at + 1))
        else:
            yield from self._over_character(path, self.text[at], Span(at, at + 1))

    def _over_gloss(self, path: Path) -> list[Path] | None:
        """Return the ways over a gloss, or None where none begins: a right one goes, another closes a character."""
        gloss = self.traces.gloss_at(self.text, path.end)
        if gloss is None:
            return None
        if gloss.is_whole and explains(self.text, gloss):
            return [replace(path, end=gloss.end)]
        if gloss.is_whole and not self.traces.silent:
            return None
        lone = gloss.mark and gloss.bracket and not self.traces.keeps
        closed = path.closed(
            (0x80,) if lone else TRAILS,
            Span(path.end, gloss.end),
            lambda character: self.traces.may_gloss(character, gloss.syllable),
        )
        return _some(closed)

    def _over_character(self, path: Path, character: str, span: Span) -> Iterator[Path]:
        """Yield the pairings over a character: its first byte ends one character, its second begins the next."""
        if _LOWEST_TRAIL <= character <= "~":
            yield from _some(path.closed((ord(character),), span))
        pair = bytes_of(character)
        for lead, trail in bytes_before_narrowing(character) if character.isascii() else (pair,) if pair else ():
            if closed := path.closed((lead,), span):
                yield closed.reopened((trail,), span)
        if self.vanished and pair and path.opened.start < path.end:
            yield from self._over_vanished(path, pair[0])

    def _over_mark(self, path: Path, span: Span) -> Iterator[Path]:
        """Yield what a mark may hide: a byte and a swallowed ASCII character, a byte, two bytes without character."""
        following = self.text[span.end : span.end + 1]
        if closed := path.closed(LEADS, span, self._stands_bare):
            yield from self._after_byte(closed, span, following)
        if following in _NUMBER_MARKS:
            return
        if lone := path.closed((0x80,), span):
            yield replace(lone, cost=path.cost + _LONE_BYTE_COST)
        if closed := path.closed(HIDDEN_LEADS, span, self._stands_bare):
            yield closed.reopened(HIDDEN_TRAILS, span, _HIDDEN_COST)

    def _after_byte(self, closed: Path, span: Span, following: str) -> Iterator[Path]:
        """Yield the ways on after a hidden byte: what followed it was kept, swallowed, or cut off."""
        if self.traces.keeps:
            yield closed
            return
        yield replace(closed, cells=(*closed.cells, Cell((LOST,), span)))
        if following in _CUTS:
            yield replace(closed, cost=closed.cost + (0.0 if self.traces.cut else _CUT_COST))

    def _stands_bare(self, character: str) -> bool:
        return character not in self.traces.glossed

    def _over_silence(self, path: Path) -> Iterator[Path]:
        """Yield the way over a byte left out before an ASCII character or the line end, and that swallowed with it."""
        before = Span(path.end - 1, path.end)
        if closed := path.closed(LEADS, before, self._stands_bare):
            yield closed if self.traces.keeps else replace(closed, cells=(*closed.cells, Cell((LOST,), before)))

    def _over_vanished(self, path: Path, lead: int) -> Iterator[Path]:
        """Yield the ways over two bytes without character left out here, and over one that the next would not fit."""
        before = Span(path.end - 1, path.end)
        if path.cost < _MOST_VANISHED * _VANISHED_COST and (closed := path.closed(HIDDEN_LEADS, before)):
            yield closed.reopened(HIDDEN_TRAILS, Span(path.end, path.end), _VANISHED_COST)
        if self.traces.silent and self.traces.keeps:
            firsts = tuple(first for first in HIDDEN_LEADS if lead in hidden_trails(first))
            if closed := path.closed(firsts, before):
                yield replace(closed, cost=path.cost + _VANISHED_COST)

    # ---- The choice --------------------------------------------------------------------------------------------------

    def _chosen(self, start: int, paths: Sequence[Path]) -> Run:
        """Return the run by its likeliest path; sure is what all likely paths share, as far as it has one reading."""
        left = self._before(start)
        far = max(path.end for path in paths)
        found = []
        for path in paths:
            cells = tuple(replace(cell, candidates=self._spelt(cell)) for cell in path.cells)
            around = [*left, *(cell.candidates for cell in cells), *self._after(path.end, far)]
            score, words = read(around)
            found.append((score - path.cost, words[len(left) : len(left) + len(cells)], cells, path.end, len(around)))
        best, words, cells, end, length = max(found, key=lambda one: one[0])
        shared = frozenset(cells).intersection(*(one[2] for one in found if one[0] > best - _DOUBT))
        literal = read([*left, *self.text[start:end], *self._after(end, far)])[0]
        certain = tuple(not self.vanished and len(cell.candidates) == 1 and cell in shared for cell in cells)
        return Run(Span(start, end), cells, words, certain, best - literal, best / length)

    def _spelt(self, cell: Cell) -> tuple[str, ...]:
        return tuple(map(self.traces.spelt, cell.candidates))

    def _before(self, start: int) -> str:
        return GLOSS.sub("", self.text[max(0, start - _FARTHEST) : start])[-_CONTEXT:]

    def _after(self, end: int, far: int) -> str:
        return GLOSS.sub("", self.text[end : far + _CONTEXT])


def _some(path: Path | None) -> list[Path]:
    return [path] if path else []
