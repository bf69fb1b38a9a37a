"""A text under repair: changes are applied, and every code point keeps the place it came from.

Each step of cleaning looks at the text as the step before left it and returns :class:`Changes` in the offsets of that
text; :class:`Mapped` applies them and leads all offsets back to the raw text. What to change is left to the steps.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from re import Match, Pattern

from kg.model import Damage, OffsetMap, Repair, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of text and what replaces it.

    Attributes:
        span: The stretch, in offsets of the text that is edited.
        text: What stands there afterwards; may be empty.
        sources: For each code point of ``text`` the span it was read from, within ``span``, neither starts nor ends
            decreasing; empty means one to one where the lengths agree, and the whole stretch where they do not.
    """

    span: Span
    text: str
    sources: tuple[Span, ...] = ()

    def origins(self) -> Iterator[Span]:
        """Yield the span that each code point of the replacement came from."""
        if self.sources:
            yield from self.sources
        elif len(self.text) == len(self.span):
            yield from (Span(at, at + 1) for at in range(self.span.start, self.span.end))
        else:
            yield from (self.span for _ in self.text)


@dataclass(frozen=True, slots=True)
class Changes:
    """What one step of cleaning does, in offsets of the text it was given.

    Attributes:
        edits: In text order, without overlap.
        repairs: What is to be logged, ``raw`` still in offsets of the given text.
        damages: What is lost, in the same offsets.
    """

    edits: tuple[Edit, ...] = ()
    repairs: tuple[Repair, ...] = ()
    damages: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text with the raw start and raw end of every code point, and the log of what was done to it.

    Attributes:
        text: The text as it stands.
        starts: For each code point the raw offset where its source begins.
        ends: For each code point the raw offset where its source ends.
        repairs: Every logged change, in raw offsets, in the order made.
        damages: Every loss, in raw offsets, in the order found.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    repairs: tuple[Repair, ...] = ()
    damages: tuple[Damage, ...] = ()

    @classmethod
    def of(cls, raw: str) -> "Mapped":
        """Return a raw text that nothing has been done to.

        >>> Mapped.of("全县").apply(Changes((Edit(Span(1, 2), "市"),))).text
        '全市'
        """
        return cls(raw, range(len(raw)), range(1, len(raw) + 1))

    def apply(self, changes: Changes) -> "Mapped":
        """Return the text with the changes made and logged."""
        text, starts, ends = self._edited(changes.edits) if changes.edits else (self.text, self.starts, self.ends)
        return Mapped(
            text,
            starts,
            ends,
            (*self.repairs, *(replace(repair, raw=self.raw(repair.raw)) for repair in changes.repairs)),
            (*self.damages, *(replace(damage, raw=self.raw(damage.raw)) for damage in changes.damages)),
        )

    def respelt(self, text: str) -> "Mapped":
        """Return another spelling of equal length, code point for code point."""
        return replace(self, text=text)

    def raw(self, span: Span) -> Span:
        """Return where a non-empty span of the text came from."""
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def offsets(self) -> OffsetMap:
        """Return the map from the text to the raw text."""
        return OffsetMap(tuple(self.starts), tuple(self.ends))

    def _edited(self, edits: Iterable[Edit]) -> tuple[str, list[int], list[int]]:
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        stop = Edit(Span(len(self.text), len(self.text)), "")
        for before, edit in pairwise((Edit(Span(0, 0), ""), *edits, stop)):
            kept = slice(before.span.end, edit.span.start)
            pieces += self.text[kept], edit.text
            starts += self.starts[kept]
            ends += self.ends[kept]
            for origin in edit.origins():
                starts.append(self.starts[origin.start])
                ends.append(self.ends[origin.end - 1])
        return "".join(pieces), starts, ends


def replaced(text: str, pattern: Pattern[str], kind: str, write: Callable[[Match[str]], str]) -> Changes:
    """Return the changes that rewrite every match of a pattern; a match that stays the same is none."""
    edits = [
        Edit(Span(*match.span()), written) for match in pattern.finditer(text) if (written := write(match)) != match[0]
    ]
    return Changes(tuple(edits), tuple(Repair(edit.span, edit.text, kind) for edit in edits))
