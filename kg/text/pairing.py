"""Runs of text whose bytes were paired wrongly, paired again in every way they allow, the likeliest chosen.

Wherever a byte too few or too many stands before it, GBK text is decoded one byte out of step, until a byte below 0x80
or a mark for what could not be decoded ("?", U+FFFD) sets it right. A run is walked byte by byte with the first byte of
the next character open; marks, glosses and what a decoder hides may each be read in a few ways. A character is certain
if one byte pair gives it and no likely way reads the place otherwise. Where runs begin is left to
:mod:`kg.text.garbled`.
"""

import heapq
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

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
from kg.text.lattice import Lattice, Step
from kg.text.pinyin import GLOSS, Gloss, Traces, explains, readings
from kg.text.wording import is_usual

#: Marks that decoders write for bytes they cannot read.
MARKS = frozenset("?\ufffd")
LOST = "\ufffd"
_LOWEST_TRAIL = "@"
_ASCII = 0x80
#: Before these a mark is taken for a swallowed character always: it may be a digit of a number.
_NUMBER_MARKS = frozenset("0123456789.%,-")
#: A text that is cut up is cut at these; some sites write them in ASCII afterwards.
_CUTS = frozenset("，。！？；：、,!?;:\n")

#: Costs in nats of what a mark rarely hides, beside a byte with a swallowed ASCII character.
_HIDDEN_COST = 1.0
_LONE_BYTE_COST = 1.0
#: The same of two bytes where the page shows those for private use, so that none but an unassigned pair is hidden.
_RARE_COST = 8.0
_CUT_COST = 8.0
#: Bytes that vanished without a mark.
_VANISHED_COST = 4.0
_GONE_COST = 8.0
#: Ways that are less likely by so many nats make no character doubtful.
_DOUBT = 12.0
#: How far ways are followed beyond the shortest, and at all, in characters.
_FARTHEST = 24
_LONGEST_RUN = 400
_LEAST_EFFORT = 5_000
_CONTEXT = 4
#: What a character of prose costs.
_PROSE = 5.0
#: Homophones in one row of GBK are fewer; bytes that decoders hide are more.
_FEW = 16


@dataclass(frozen=True, slots=True)
class Place:
    """How far a way has come.

    Attributes:
        end: How far the text is used up.
        leads: The values that the open first byte of the next character may have; empty once all is paired right.
        opened: Where that byte lies.
        rest: A character that stands here before the text goes on: a swallowed one, or an ASCII character that was
            decoded with the byte before it.
    """

    end: int
    leads: frozenset[int] = frozenset()
    opened: int = 0
    rest: str = ""

    @property
    def is_paired(self) -> bool:
        """Whether all up to here is paired right."""
        return not self.leads and not self.rest

    @property
    def is_known(self) -> bool:
        """Whether the open byte is one of few; an unknown one and another unknown one make any character."""
        return 0 < len(self.leads) <= _FEW

    @property
    def order(self) -> tuple[int, int]:
        """A key that grows along every step."""
        return self.end, 3 if self.is_paired else 2 if self.rest else int(self.opened == self.end)

    def closed(self, trails: Collection[int], accepts: Callable[[str], bool] = bool) -> tuple[str, ...]:
        """Return the characters that the open byte makes with one of ``trails``; the usual ones where they are many."""
        found = {character_of(lead, trail) for lead in self.leads for trail in trails} - {""}
        fitting = sorted(it for it in found if accepts(it) and not _is_wide_letter(it))
        usual = [it for it in fitting if is_usual(it)] if len(fitting) > _FEW else []
        return tuple(usual or fitting)


def _is_wide_letter(character: str) -> bool:
    """Tell whether a character is a full-width letter or digit, which no guess may bring into a text."""
    return "！" <= character <= "～" and character.isalnum()


_Steps = dict[Place, tuple[Step[Place], ...]]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of wrongly paired text, paired again and read.

    Attributes:
        span: Where it stands.
        text: What it says.
        sources: For each character the span its bytes lie in.
        certain: For each character whether the bytes determine it.
        gain: How much likelier the reading is than the text as it stands, in nats.
        fluency: How likely a character of the reading is, in nats, on average.
    """

    span: Span
    text: str
    sources: tuple[Span, ...]
    certain: tuple[bool, ...]
    gain: float
    fluency: float


class Effort:
    """How many places of runs may still be looked at on a page.

    Runs are short, so that a damaged page needs a tenth of a place for each of its characters. The bound keeps a page
    that was made to have long runs begin everywhere from taking hours.
    """

    def __init__(self, length: int) -> None:
        """Take the length of the page in characters."""
        self.left = _LEAST_EFFORT + length // 8


@dataclass(frozen=True, slots=True)
class Pairing:
    """A text and what its page tells of the damage.

    Attributes:
        text: The whole page.
        traces: What the page tells.
        effort: What may still be spent on the page.
    """

    text: str
    traces: Traces
    effort: Effort

    def run(self, first: Place, start: int) -> Run | None:
        """Return the run that begins at ``start`` with a first byte open, or None where the bytes allow none."""
        steps = self._explored((first,))
        ends = _ends(steps)
        if not ends:
            return None
        final = min(max(ends) + _CONTEXT, len(self.text))
        steps |= self._to_the_right(min(ends), final)
        return self._read(steps, first, start, final)

    def run_within(self, span: Span) -> Run | None:
        """Return the run that begins somewhere in a span because a byte is gone, or None where none is likely."""
        firsts = {
            at: Place(at + 1, frozenset(pair[1:]), at)
            for at in range(span.start, span.end)
            if (pair := bytes_of(self.text[at]))
        }
        steps = self._explored(tuple(firsts.values()))
        ends = _ends(steps)
        if not ends:
            return None
        final = min(max(ends) + _CONTEXT, len(self.text))
        steps |= self._to_the_right(span.start, final)
        for at, first in firsts.items():
            entry = Step(Place(at), first, (LOST,), Span(at, at + 1), _GONE_COST)
            steps[Place(at)] = (*steps.get(Place(at), ()), entry)
        return self._read(steps, Place(span.start), span.start, final)

    def _read(self, steps: _Steps, first: Place, start: int, final: int) -> Run | None:
        """Return the run that the likeliest way holds."""
        lattice = self._lattice(steps, first, start, final)
        best = lattice.best() if lattice.score > -math.inf else []
        own = [at for at, (step, _) in enumerate(best) if not step.known]
        if not own:
            return None
        literal = self._lattice(self._to_the_right(start, final), Place(start), start, final)
        read = best[own[0] : own[-1] + 1]
        rivals = lattice.rivals(_DOUBT)
        return Run(
            Span(read[0][0].source.start, read[-1][0].target.end),
            "".join(self.traces.spelt(character) for _, character in read),
            tuple(step.source for step, _ in read),
            tuple(_certainty((step for step, _ in read), rivals)),
            lattice.score - literal.score,
            lattice.score / len(best),
        )

    def _lattice(self, steps: _Steps, first: Place, start: int, final: int) -> Lattice[Place]:
        """Return the lattice from a little before the start, over the first place, to the last."""
        before = GLOSS.sub("", self.text[max(0, start - _FARTHEST) : start])[-_CONTEXT:]
        steps = _from_the_left(before, first, start) | steps
        last = Place(final)
        places = sorted((place for place in steps if place.order < last.order), key=lambda place: place.order)
        return Lattice((*places, last), steps)

    # ---- The lattice -------------------------------------------------------------------------------------------------

    def _explored(self, firsts: Sequence[Place]) -> _Steps:
        """Return the places that ways come to until they are paired right again, with the steps that leave them.

        Within one line; a wrong way may go on for long, and none is followed much farther than the shortest.
        """
        start = firsts[0].end if firsts else 0
        line_end = self.text.find("\n", start, start + _LONGEST_RUN)
        limit = line_end if line_end >= 0 else min(len(self.text), start + _LONGEST_RUN)
        found: _Steps = {}
        farthest = limit
        numbers = count()
        queue = [(first.order, next(numbers), first) for first in firsts]
        while queue and self.effort.left > 0:
            *_, place = heapq.heappop(queue)
            if place in found or place.end > farthest:
                continue
            self.effort.left -= 1
            found[place] = tuple(self._steps(place, limit))
            for step in found[place]:
                if not step.target.is_paired:
                    heapq.heappush(queue, (step.target.order, next(numbers), step.target))
                elif len(firsts) == 1:
                    farthest = min(farthest, step.target.end + _FARTHEST)
        return found

    def _to_the_right(self, start: int, final: int) -> _Steps:
        """Return the steps over the text as it stands to the last place; whole glosses do not count.

        From where another run begins the text as it stands tells nothing; it weighs as any prose does.
        """
        found: _Steps = {}
        for at in range(start, final):
            place, text, end, cost = Place(at), self.text[at], at + 1, 0.0
            if (gloss := self._gloss(at)) and gloss.mark:
                text, end, cost = LOST, final, _PROSE * (final - at)
            elif (gloss := self._gloss(end)) and gloss.is_whole:
                end = min(gloss.end, final)
            found[place] = (Step(place, Place(end), (text,), Span(at, end), cost, known=True),)
        return found

    def _gloss(self, at: int) -> Gloss | None:
        return self.traces.gloss_at(self.text, at) if self.traces.glossed else None

    def _steps(self, place: Place, limit: int) -> Iterator[Step[Place]]:
        """Yield how a way may go on over the next character, gloss or mark."""
        if place.rest:
            yield Step(place, Place(place.end), (place.rest,), Span(place.opened, place.end))
            return
        if self.traces.silent and place.is_known and (place.end >= limit or self.text[place.end] < _LOWEST_TRAIL):
            yield from self._over_silence(place)
        if place.end >= limit:
            return
        gloss = self._gloss(place.end)
        if gloss and (not gloss.is_whole or self.traces.silent):
            yield from self._over_gloss(place, gloss)
        elif self.text[place.end] not in MARKS:
            yield from self._over_character(place)
        elif place.is_known:
            yield from self._over_mark(place)

    def _over_gloss(self, place: Place, gloss: Gloss) -> Iterator[Step[Place]]:
        """Yield the step that a gloss within a character closes."""
        lone = gloss.mark and gloss.bracket and not self.traces.keeps
        candidates = place.closed(
            (0x80,) if lone else TRAILS, lambda character: self.traces.may_gloss(character, gloss.syllable)
        )
        yield from self._closing(place, candidates, gloss.end)

    def _over_character(self, place: Place) -> Iterator[Step[Place]]:
        """Yield the pairings over a character: its first byte ends one character, its second begins the next."""
        at = place.end
        character = self.text[at]
        if _LOWEST_TRAIL <= character <= "~":
            yield from self._closing(place, place.closed((ord(character),)), at + 1)
        pair = bytes_of(character)
        pairs = (pair,) if pair else self._wide_pairs(character)
        for lead, trail in pairs:
            if candidates := place.closed((lead,)):
                yield Step(place, self._opened(trail, at), candidates, Span(place.opened, at + 1))
        if place.is_known and (pairs or character >= _LOWEST_TRAIL):
            yield from self._over_vanished(place, pair[0] if pair else 0)
        if place.is_known and character in _CUTS:
            yield from self._closing(place, place.closed(LEADS, self._unglossed(place)), at, _VANISHED_COST)

    def _wide_pairs(self, character: str) -> tuple[tuple[int, int], ...]:
        """Return the bytes of what a character may have been before it was narrowed; marks only if all were."""
        may_be = self.traces.narrowed or character.isalnum() or character == "%"
        return bytes_before_narrowing(character) if may_be else ()

    def _opened(self, lead: int, at: int) -> Place:
        """Return the place after a character whose second byte opens another, past the gloss of its wrong pairing."""
        gloss = self._gloss(at + 1)
        past = gloss.end if gloss and gloss.is_whole and explains(self.text, gloss) else at + 1
        return Place(past, opened=at, rest=chr(lead)) if lead < _ASCII else Place(past, frozenset((lead,)), at)

    def _over_mark(self, place: Place) -> Iterator[Step[Place]]:
        """Yield what a mark may hide: a byte and a swallowed ASCII character, a byte, two bytes without character."""
        at, end = place.end, place.end + 1
        source = Span(place.opened, end)
        bare = place.closed(LEADS, self._unglossed(place))
        following = self.text[end : end + 1]
        if self.traces.keeps:
            yield from self._closing(place, bare, end)
        elif bare:
            yield Step(place, Place(end, opened=at, rest=LOST), bare, source)
            if following in _CUTS or not following:
                yield from self._closing(place, bare, end, 0.0 if self.traces.cut else _CUT_COST)
        if following in _NUMBER_MARKS:
            return
        yield from self._closing(place, place.closed((0x80,)), end, _LONE_BYTE_COST)
        cost = _HIDDEN_COST if self.traces.hides else _RARE_COST
        if candidates := place.closed(HIDDEN_LEADS, self._unglossed(place)):
            yield Step(place, Place(end, HIDDEN_TRAILS, at), candidates, source, cost)

    def _over_silence(self, place: Place) -> Iterator[Step[Place]]:
        """Yield the step over a byte left out before an ASCII character or the line end, and that swallowed with it."""
        candidates = place.closed(LEADS, self._unglossed(place))
        if self.traces.keeps:
            yield from self._closing(place, candidates, place.end)
        elif candidates:
            lost = Place(place.end, opened=place.end - 1, rest=LOST)
            yield Step(place, lost, candidates, Span(place.opened, place.end))

    def _over_vanished(self, place: Place, lead: int) -> Iterator[Step[Place]]:
        """Yield the steps over two bytes without character left out here, and over one that does not fit the next."""
        if (self.traces.hides or self.traces.silent) and (candidates := place.closed(HIDDEN_LEADS)):
            target = Place(place.end, HIDDEN_TRAILS, place.end)
            yield Step(place, target, candidates, Span(place.opened, place.end), _VANISHED_COST)
        if self.traces.silent and self.traces.keeps:
            firsts = tuple(first for first in HIDDEN_LEADS if lead in hidden_trails(first))
            yield from self._closing(place, place.closed(firsts), place.end, _VANISHED_COST)

    def _closing(self, place: Place, candidates: tuple[str, ...], end: int, cost: float = 0.0) -> Iterator[Step[Place]]:
        """Yield the step that ends a run; the gloss that its last character has itself tells what it is."""
        gloss = self._gloss(end)
        if gloss and gloss.is_whole and (own := tuple(it for it in candidates if gloss.syllable in readings(it))):
            candidates, end = own, gloss.end
        if candidates:
            yield Step(place, Place(end), candidates, Span(place.opened, end), cost)

    def _unglossed(self, place: Place) -> Callable[[str], bool]:
        """Return what tells whether a character may stand without gloss; any may if a gloss split its bytes."""
        is_split = place.end - place.opened > 1
        return lambda character: is_split or character not in self.traces.glossed


def _ends(steps: _Steps) -> list[int]:
    """Return where ways are paired right again."""
    return [step.target.end for leaving in steps.values() for step in leaving if step.target.is_paired]


def _from_the_left(before: str, first: Place, start: int) -> _Steps:
    """Return the steps over the text before a run, glosses apart, to the run's first place."""
    begin = start - len(before)
    places = [*map(Place, range(begin, start)), first]
    return {
        place: (Step(place, target, (character,), Span(begin + at, begin + at + 1), known=True),)
        for at, ((place, target), character) in enumerate(zip(pairwise(places), before, strict=True))
    }


def _certainty(steps: Iterable[Step[Place]], rivals: Collection[Step[Place]]) -> Iterator[bool]:
    """Yield for each step whether it is certain; a letter decoded with a byte is as certain as what had that byte."""
    certain = True
    for step in steps:
        if not step.origin.rest or LOST in step.candidates:
            certain = _is_certain(step, rivals)
        yield certain


def _is_certain(step: Step[Place], rivals: Collection[Step[Place]]) -> bool:
    """Tell whether a step has one reading, and no rival reads the same stretch of text otherwise."""
    return len(step.candidates) == 1 and all(
        rival.candidates == step.candidates
        for rival in rivals
        if rival.origin.end < step.target.end and step.origin.end < rival.target.end
    )
