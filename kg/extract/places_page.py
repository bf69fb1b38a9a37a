"""The sentences of a document while places are looked for in them: names, hits, and which of them stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from kg.extract.place_words import WordBounds
from kg.model import BlockRole, Document, Kind, Mention, Sentence, Span


class NamedDivision(Protocol):
    """An administrative division, as far as extractors need to know it."""

    @property
    def code(self) -> str:
        """Official code."""
        ...

    @property
    def name(self) -> str:
        """Full name."""
        ...

    @property
    def kind(self) -> Kind:
        """Its level."""
        ...


class NamedRegion(Protocol):
    """A named area that is no division."""

    @property
    def name(self) -> str:
        """Full name."""
        ...


class PlaceNames(Protocol):
    """The names to look for; the gazetteer gives them."""

    @property
    def forms(self) -> Mapping[str, Sequence[NamedDivision]]:
        """Divisions from province to county by full and usual short name."""
        ...

    @property
    def regions(self) -> Mapping[str, NamedRegion]:
        """Regions by each of their names."""
        ...

    def is_name(self, name: str) -> bool:
        """Tell whether a division somewhere in the country has a full name; asked very often."""
        ...

    def find(self, name: str, *, below: str, kind: Kind | None = None) -> Sequence[NamedDivision]:
        """Return the divisions below a code that bear a name, of one level if a kind is given."""
        ...

    def townships(self, code: str) -> Sequence[NamedDivision]:
        """Return the townships below a prefecture's code."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in one sentence.

    Attributes:
        span: Offsets in the document.
        form: The words.
        kind: What they name.
        divisions: Who bears the name, as far as it is known.
        name: Full name; empty where the form is one.
        confidence: 0 to 1.
    """

    span: Span
    form: str
    kind: Kind = Kind.REGION
    divisions: tuple[NamedDivision, ...] = ()
    name: str = ""
    confidence: Decimal = Decimal("0.90")

    def mention(self, extractor: str) -> Mention:
        """Return the hit as a mention."""
        return Mention(self.span, self.kind, self.name or self.form, extractor, self.confidence)

    def precedes(self, other: "Hit", *, gap: int = 0) -> bool:
        """Tell whether another hit follows with so many characters between."""
        return self.span.end + gap == other.span.start


class Line:
    """One sentence with its offset and the bounds of its words.

    Attributes:
        sentence: The sentence.
        text: Its words.
        bounds: Where its words begin and end.
    """

    def __init__(self, sentence: Sentence, text: str) -> None:
        """Take the sentence and its words."""
        self.sentence = sentence
        self.text = text
        self.bounds = WordBounds(text)

    @property
    def is_headline(self) -> bool:
        """Whether it is the title or a heading."""
        return self.sentence.role in (BlockRole.TITLE, BlockRole.HEADING)

    def span(self, local: Span) -> Span:
        """Return a span of the sentence as one of the document."""
        return Span(local.start + self.sentence.span.start, local.end + self.sentence.span.start)

    def before(self, hit: Hit, count: int = 1) -> str:
        """Return the characters before a hit."""
        at = hit.span.start - self.sentence.span.start
        return self.text[max(0, at - count) : at]

    def after(self, hit: Hit, count: int = 1) -> str:
        """Return the characters behind a hit."""
        at = hit.span.end - self.sentence.span.start
        return self.text[at : at + count]

    def splits(self, hit: Hit) -> bool:
        """Tell whether the hit cuts through a word."""
        return self.bounds.splits(hit.span.start - self.sentence.span.start, hit.span.end - self.sentence.span.start)

    def begins_word(self, hit: Hit) -> bool:
        """Tell whether a word begins where the hit does."""
        return self.bounds.begins(hit.span.start - self.sentence.span.start)


class Page:
    """The sentences of a document and the places found in them so far, which never overlap.

    Attributes:
        lines: The sentences, in order.
    """

    def __init__(self, document: Document) -> None:
        """Take the document."""
        self.lines = [Line(sentence, document.words(sentence.span)) for sentence in document.sentences]
        self._at: dict[int, Hit] = {}

    def add(self, hits: Iterable[Hit]) -> None:
        """Take over the hits that overlap no earlier one."""
        for hit in hits:
            characters = range(hit.span.start, hit.span.end)
            if not any(at in self._at for at in characters):
                self._at.update(dict.fromkeys(characters, hit))

    def hit_at(self, offset: int) -> Hit | None:
        """Return the hit that covers an offset of the document."""
        return self._at.get(offset)

    def hits(self) -> list[Hit]:
        """Return all hits, in text order."""
        return [hit for at, hit in sorted(self._at.items()) if at == hit.span.start]
