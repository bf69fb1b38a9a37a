"""A text under repair: changes are applied, and every code point keeps the place it came from.

Each step of cleaning looks at the text as the step before left it and returns :class:`Changes` in the offsets of that
text; :class:`Mapped` applies them and leads all offsets back to the raw text. What to change is left to the steps.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
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

    @property
    def keeps_places(self) -> bool:
        """Whether every code point of the replacement stands for the one in its place."""
        return not self.sources and len(self.text) == len(self.span)


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
class Step:
    """One kind of repair.

    Attributes:
        characters: A text that has none of these has nothing to repair.
        change: Returns what to change in a text.
    """

    characters: frozenset[str]
    change: Callable[[str], Changes]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text with the raw place of every code point, and the log of what was done to it.

    Attributes:
        text: The text as it stands.
        offsets: The text to the raw text.
        repairs: Every logged change, in raw offsets, in the order made.
        damages: Every loss, in raw offsets, in the order found.
    """

    text: str
    offsets: OffsetMap
    repairs: tuple[Repair, ...] = ()
    damages: tuple[Damage, ...] = ()

    @classmethod
    def of(cls, raw: str) -> "Mapped":
        """Return a raw text that nothing has been done to.

        >>> Mapped.of("全县").apply(Changes((Edit(Span(1, 2), "市"),))).text
        '全市'
        """
        return cls(raw, OffsetMap.unchanged(len(raw)))

    def apply(self, changes: Changes) -> "Mapped":
        """Return the text with the changes made and logged; the same value where there are none."""
        if changes == Changes():
            return self
        return Mapped(
            _edited(self.text, changes.edits),
            _remapped(self.offsets, changes.edits),
            (*self.repairs, *(replace(repair, raw=self.raw(repair.raw)) for repair in changes.repairs)),
            (*self.damages, *(replace(damage, raw=self.raw(damage.raw)) for damage in changes.damages)),
        )

    def respelt(self, text: str) -> "Mapped":
        """Return another spelling of equal length, code point for code point."""
        return replace(self, text=text)

    def raw(self, span: Span) -> Span:
        """Return where a non-empty span of the text came from."""
        return self.offsets.raw_span(span)


def _edited(text: str, edits: Iterable[Edit]) -> str:
    pieces: list[str] = []
    kept = 0
    for edit in edits:
        pieces += text[kept : edit.span.start], edit.text
        kept = edit.span.end
    return "".join((*pieces, text[kept:]))


def _remapped(offsets: OffsetMap, edits: Iterable[Edit]) -> OffsetMap:
    """Return the map of the edited text; edits that keep every place leave it as it is."""
    moving = [edit for edit in edits if not edit.keeps_places]
    if not moving:
        return offsets
    runs: list[int] = []
    sources: list[Span] = []
    length = 0
    for size, source in _parts(offsets, moving):
        runs.append(length)
        sources.append(source)
        length += size
    return OffsetMap(length, tuple(runs), tuple(sources))


def _parts(offsets: OffsetMap, edits: Iterable[Edit]) -> Iterator[tuple[int, Span]]:
    """Yield the length and the raw span of each run of the edited text."""
    kept = 0
    for edit in edits:
        yield from offsets.parts(Span(kept, edit.span.start))
        if edit.sources:
            yield from ((1, offsets.raw_span(source)) for source in edit.sources)
        elif edit.text:
            yield from _whole(len(edit.text), offsets.raw_span(edit.span))
        kept = edit.span.end
    yield from offsets.parts(Span(kept, offsets.length))


def _whole(length: int, source: Span) -> Iterator[tuple[int, Span]]:
    """Yield a stretch read as a whole; one as long as its source would pass for copied, so it is taken apart."""
    if length == len(source):
        yield from ((1, source) for _ in range(length))
    else:
        yield length, source


def replaced(text: str, pattern: Pattern[str], kind: str, write: Callable[[Match[str]], str]) -> Changes:
    """Return the changes that rewrite every match of a pattern; a match that stays the same is none."""
    edits = [
        Edit(Span(*match.span()), written) for match in pattern.finditer(text) if (written := write(match)) != match[0]
    ]
    return Changes(tuple(edits), tuple(Repair(edit.span, edit.text, kind) for edit in edits))
