"""The values that travel through the pipeline: documents, mentions, entities and claims; no RDF.

Two kinds of offsets exist and are never mixed. *Raw* offsets count code points of the article as it was decoded
(:attr:`Article.raw`); evidence is stored in them. *Cleaned* offsets count code points of :attr:`Document.text`;
every span in this module is one of these, except where an attribute says "raw". All spans are half-open
``[start, end)``. :meth:`Document.raw_span` leads from the second kind to the first.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

# ---- Places in a text ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, half-open, in code points.

    >>> Span(2, 5).overlaps(Span(4, 9)), Span(2, 5).contains(Span(3, 5)), len(Span(2, 5))
    (True, True, 3)
    """

    start: int
    end: int

    def __len__(self) -> int:
        """Return how many code points the span covers."""
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Tell whether the other lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """Return the words of ``text`` at this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each code point of a cleaned text came from in the raw text, by runs.

    A run as long as its source was taken over code point for code point; any other was read from its source as a
    whole. A page that nothing was inserted into or taken out of has one run.

    Attributes:
        length: How many code points the cleaned text has.
        runs: For each run, where it begins in the cleaned text; ascending from 0.
        sources: For each run, its raw span, not empty; neither starts nor ends decrease.
    """

    length: int
    runs: tuple[int, ...]
    sources: tuple[Span, ...]

    @classmethod
    def unchanged(cls, length: int) -> "OffsetMap":
        """Return the map of a text that is its own source.

        >>> OffsetMap.unchanged(5).raw_span(Span(2, 4))
        Span(start=2, end=4)
        """
        return cls(length, (0,), (Span(0, length),)) if length else cls(0, (), ())

    def raw_span(self, span: Span) -> Span:
        """Return the raw span that a non-empty cleaned span was read from.

        Raises:
            IndexError: if the span is empty or leaves the text.
        """
        if not 0 <= span.start < span.end <= self.length:
            raise IndexError(f"{span} is empty or outside a text of {self.length} code points")
        return Span(self._source(span.start).start, self._source(span.end - 1).end)

    def parts(self, span: Span) -> Iterator[tuple[int, Span]]:
        """Yield the length and the source of each run within a cleaned span, cut to it."""
        at = span.start
        run = bisect_right(self.runs, at) - 1
        while at < span.end:
            begin, source = self.runs[run], self.sources[run]
            stop = self._end_of(run)
            end = min(stop, span.end)
            copied = stop - begin == len(source)
            yield end - at, Span(source.start + at - begin, source.start + end - begin) if copied else source
            at, run = end, run + 1

    def _source(self, at: int) -> Span:
        """Return what a single code point was read from."""
        return next(self.parts(Span(at, at + 1)))[1]

    def _end_of(self, run: int) -> int:
        return self.runs[run + 1] if run + 1 < len(self.runs) else self.length


# ---- Articles and documents ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page states about the article itself; None and () mean that it does not say.

    Attributes:
        title: The headline, simplified, without 原标题 and brackets.
        published: Date of publication as ISO 8601 with the precision stated: "2020-12-17", "2020-09", "2020".
        publisher: Who published or first published it: 来源, else the body that runs the page.
        authors: Journalists, correspondents, photographers named in the byline, in order.
        editors: Editors and the like, in order.
    """

    title: str = ""
    published: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One source as it was decoded, before any repair.

    Attributes:
        identifier: File name, or the record's id.
        raw: The raw text (design §1): decoded, no byte order mark, LF line ends, U+FFFD for what XML forbids.
        stated: What the source says of the article beside the text: fields of a record, markup of a page.
        address: Address of the page, or None.
        fetched: When the page was fetched, ISO 8601 to the precision known; never a date of publication. None where
            the source does not say.
        charset: What the bytes were decoded from: "utf-8", "gb18030", "big5hkscs"; "utf-8 twice" and the like for
            text that was encoded again after it had been decoded wrongly.
        main: Raw spans of the blocks that the markup of the page tells to be the article, in order; None for flat
            text, which has no markup.
    """

    identifier: str
    raw: str
    stated: Metadata = Metadata()
    address: str | None = None
    fetched: str | None = None
    charset: str = "utf-8"
    main: tuple[Span, ...] | None = None

    @property
    def text_hash(self) -> str:
        """SHA-256 of the raw text in UTF-8, 64 lower-case hexadecimal digits."""
        return hashlib.sha256(self.raw.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def key(self) -> str:
        """The first 16 digits of the hash: the article's key in IRIs."""
        return self.text_hash[:16]


class BlockRole(StrEnum):
    """What a line of the page is."""

    TITLE = "title"
    HEADER = "header"  # date, source, editor, navigation above the body: read for metadata, no content
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"  # a picture's caption within the body: content
    FOOTER = "footer"  # byline, editors, sponsor below the body: read for metadata, no content
    FURNITURE = "furniture"  # navigation, rankings, related articles, share buttons, copyright


#: The roles whose text is content: claims come from these alone.
CONTENT_ROLES = frozenset({BlockRole.TITLE, BlockRole.HEADING, BlockRole.BODY, BlockRole.CAPTION})


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the page.

    Attributes:
        span: Where it stands in :attr:`Document.text`.
        role: What it is.
        reason: Why it was taken for that, a few words for the report.
    """

    span: Span
    role: BlockRole
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """One change between raw and cleaned text.

    Attributes:
        raw: The raw span that was replaced.
        text: What stands there now.
        kind: "pinyin", "full-width", "zero-width", "broken-line" and the like.
        certain: Whether the bytes determine the result; a guess lowers the confidence of what is read from it.
    """

    raw: Span
    text: str
    kind: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Damage:
    """Text that cannot be recovered: reported, never guessed.

    Attributes:
        raw: The raw span.
        reason: What is lost, one sentence.
    """

    raw: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the content.

    Attributes:
        span: Cleaned offsets, with the closing mark and closing quotation marks, without surrounding space.
        paragraph: Index of its paragraph, from 0; headings, captions and the title are paragraphs of their own.
        role: What the paragraph is.
    """

    span: Span
    paragraph: int
    role: BlockRole = BlockRole.BODY


@dataclass(frozen=True, slots=True)
class Document:
    """An article, cleaned and divided: the only text that extractors see.

    Attributes:
        article: The source.
        text: The whole page cleaned (repaired, simplified), furniture included; LF between lines. All spans of
            mentions and claims count in this text.
        offsets: Cleaned text to raw text.
        blocks: The page's lines in order, each with its role.
        sentences: The sentences of all content blocks, in order.
        repairs: Every change, in raw order, simplification of single characters excepted.
        damages: What could not be repaired, in raw order.
    """

    article: Article
    text: str
    offsets: OffsetMap
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    repairs: tuple[Repair, ...] = ()
    damages: tuple[Damage, ...] = ()

    def words(self, span: Span) -> str:
        """Return the cleaned words at a span."""
        return span.of(self.text)

    def raw_span(self, span: Span) -> Span:
        """Return where a cleaned span stands in the raw text."""
        return self.offsets.raw_span(span)

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that covers a cleaned offset, or None between sentences and in furniture."""
        at = bisect_right(self.sentences, offset, key=lambda sentence: sentence.span.start) - 1
        if at >= 0 and offset < self.sentences[at].span.end:
            return self.sentences[at]
        return None

    def paragraph(self, index: int) -> tuple[Sentence, ...]:
        """Return the sentences of one paragraph, in order."""
        return tuple(sentence for sentence in self.sentences if sentence.paragraph == index)

    def title(self) -> str:
        """Return the words of the title block, or an empty string."""
        return next((self.words(block.span).strip() for block in self.blocks if block.role is BlockRole.TITLE), "")


# ---- Mentions and entities -------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """Kind of entity; the value is the local name of its class in the ontology."""

    PROVINCE = "Province"
    PREFECTURE = "Prefecture"
    COUNTY = "County"
    TOWNSHIP = "Township"
    VILLAGE = "Village"
    REGION = "Region"
    PERSON = "Person"
    ORGANISATION = "Organisation"
    PROGRAMME = "Programme"
    PRODUCT = "Product"
    AWARD = "Award"
    WORK = "CreativeWork"


#: The five levels of administrative divisions, from the top.
DIVISION_KINDS = (Kind.PROVINCE, Kind.PREFECTURE, Kind.COUNTY, Kind.TOWNSHIP, Kind.VILLAGE)
#: Everything that is a place.
PLACE_KINDS = frozenset({*DIVISION_KINDS, Kind.REGION})

#: Path of an entity's IRI below ``id/``, unescaped: ("place", "620723"), ("person", "620723", "宋芳").
EntityKey = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span that names something.

    Attributes:
        span: Cleaned offsets, within one sentence.
        kind: What is named.
        name: Its full name as far as the words and the main place tell (县委 → 甘谷县委), simplified.
        extractor: Name of the extractor that found it.
        confidence: 0 to 1.
        aliases: Other names that the same words give: the short form in brackets, the form with its head noun.
        scope: What narrows the identity: the key of the place or the whole it belongs to; () for the main place.
        anaphor: Whether the words only point back (全县, 该村, 他): linked, never a name of the entity.
    """

    span: Span
    kind: Kind
    name: str
    extractor: str
    confidence: Decimal = Decimal("0.9")
    aliases: tuple[str, ...] = ()
    scope: EntityKey = ()
    anaphor: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions mean.

    Attributes:
        key: Path of its IRI; equal keys are the same entity, over all articles.
        kind: Its kind.
        name: Full name: the one label.
        aliases: Other names, sorted, without the full name.
        code: Official code of a division (2, 4, 6, 9 or 12 digits), or None.
        code_years: Years of the divisions list that hold the code, sorted.
        parent: Key of the place it is part of; for places alone.
        english: English name by rule (Gangu County), or None.
        pinyin: Name in pinyin by rule (Gangu Xian), or None; for places alone.
        replaced_by: Key of the division that has taken the place of one whose code no longer stands in the lists.
    """

    key: EntityKey
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    code: str | None = None
    code_years: tuple[int, ...] = ()
    parent: EntityKey | None = None
    english: str | None = None
    pinyin: str | None = None
    replaced_by: EntityKey | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The choice of an entity for a mention, with its reason.

    Attributes:
        mention: What was linked.
        entity: Key of the entity meant.
        linked_by: Why: "stated parent", "main place", "unique in the country", "name and county", "reference" …
        confidence: 0 to 1.
        introduced_by: For an anaphor, the span that introduced the entity: second evidence.
    """

    mention: Mention
    entity: EntityKey
    linked_by: str
    confidence: Decimal = Decimal("0.9")
    introduced_by: Span | None = None


# ---- Claims ----------------------------------------------------------------------------------------------------------


class Qualifier(StrEnum):
    """How exact a value is; the value is the concept's notation."""

    EXACT = "exact"
    AT_LEAST = "atLeast"
    AT_MOST = "atMost"
    APPROX = "approx"


class Status(StrEnum):
    """Whether it happened."""

    ACTUAL = "actual"
    TARGET = "target"
    PLANNED = "planned"
    ESTIMATED = "estimated"


class Accumulation(StrEnum):
    """What kind of quantity in time."""

    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"
    CHANGE_RATE = "changeRate"


class PeriodBasis(StrEnum):
    """Where a period comes from."""

    STATED = "stated"
    CARRIED = "carried"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a claim holds for.

    Attributes:
        value: ISO 8601: "2013", "2020-11", "2018-05-14", or an interval "2015/2017".
        start: First day.
        end: Last day, inclusive.
        basis: Stated with the claim, carried from before, or taken from the date of publication.
    """

    value: str
    start: date
    end: date
    basis: PeriodBasis = PeriodBasis.STATED


@dataclass(frozen=True, slots=True)
class RelationClaim:
    """One relation of the closed list, as one article states it.

    Attributes:
        subject: Key of the subject.
        predicate: Local name of the property: "residentOf", "worksAt" …
        object: Key of the object.
        evidence: Cleaned spans, each within one sentence, the stating one first; at least one.
        extractor: Name of the extractor.
        confidence: 0 to 1.
        period: When it holds, or None.
    """

    subject: EntityKey
    predicate: str
    object: EntityKey
    evidence: tuple[Span, ...]
    extractor: str
    confidence: Decimal = Decimal("0.8")
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class PostHolding:
    """That a person holds a post.

    Attributes:
        holder: Key of the person.
        title: The post as the article gives it: 县委书记, 村主任助理.
        at: Key of the organisation or place.
        evidence: As for relations.
        extractor: Name of the extractor.
        confidence: 0 to 1.
        period: When it holds, or None.
    """

    holder: EntityKey
    title: str
    at: EntityKey
    evidence: tuple[Span, ...]
    extractor: str
    confidence: Decimal = Decimal("0.9")
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated number with all its parts.

    Attributes:
        about: Key of the entity it is a fact of.
        indicator_text: The article's words, a noun phrase without the number.
        indicator: Key of the indicator's concept ("poor-population"), or None where none fits.
        value: In ``unit``, 万 and 亿 resolved.
        surface: The number as written: "16.62万", "两千多".
        unit: Notation of the unit: "人", "元".
        evidence: As for relations; the first span is the shortest that states the figure.
        extractor: Name of the extractor.
        qualifier: How exact.
        status: Whether it happened.
        accumulation: What kind of quantity in time.
        basis: Key of the basis (口径): "registered", "adjusted" …; None where the article states none.
        confidence: 0 to 1.
        period: When it holds, or None where the article does not say.
    """

    about: EntityKey
    indicator_text: str
    indicator: str | None
    value: Decimal
    surface: str
    unit: str
    evidence: tuple[Span, ...]
    extractor: str
    qualifier: Qualifier = Qualifier.EXACT
    status: Status = Status.ACTUAL
    accumulation: Accumulation = Accumulation.STOCK
    basis: str | None = None
    confidence: Decimal = Decimal("0.9")
    period: Period | None = None


Claim = RelationClaim | PostHolding | Figure


def claim_keys(claim: Claim) -> tuple[EntityKey, ...]:
    """Return the keys of the entities that a claim is about, the subject first."""
    match claim:
        case Figure():
            return (claim.about,)
        case PostHolding():
            return (claim.holder, claim.at)
        case RelationClaim():
            return (claim.subject, claim.object)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was looked at and not taken, for ``kg explain --rejected``.

    Attributes:
        span: Cleaned offsets.
        extractor: Who looked.
        reason: Why not, a few words.
    """

    span: Span
    extractor: str
    reason: str


# ---- Plain tables of the ontology ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or measure word as articles use it.

    Attributes:
        key: Last part of its IRI: "person".
        notation: The word: "人".
        synonyms: Other spellings that mean the same: "口".
        dimension: Key of its dimension: "persons", "money", "area", "ratio".
        multiplier: Leads to the reference unit of the dimension.
    """

    key: str
    notation: str
    synonyms: tuple[str, ...]
    dimension: str
    multiplier: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure measures.

    Attributes:
        key: Last part of its IRI: "poor-population".
        label: Chinese label.
        english: English label.
        synonyms: Other Chinese words for it, the longest first.
        dimension: Key of its dimension; a figure of another dimension is none of it.
    """

    key: str
    label: str
    english: str
    synonyms: tuple[str, ...]
    dimension: str


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a code list with the words that show it in a text: a basis, a national instrument.

    Attributes:
        key: Last part of its IRI.
        label: Chinese label.
        english: English label.
        synonyms: Other Chinese words for it, the longest first.
        campaign: Whether it is the campaign at large or a branch of it (脱贫攻坚, 产业扶贫), not one instrument.
    """

    key: str
    label: str
    english: str
    synonyms: tuple[str, ...] = ()
    campaign: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What extractors need of the ontology, as plain tables; the ontology is the only source of them.

    Attributes:
        units: In the order of their notations.
        indicators: In the order of their keys.
        bases: The code list of bases (口径).
        instruments: National instruments (扶贫车间, 一户一策): programmes that are one entity in every county.
    """

    units: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    bases: tuple[Concept, ...]
    instruments: tuple[Concept, ...]


# ---- What has been read so far ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one extractor found, in text order; metadata comes from one extractor alone."""

    metadata: Metadata | None = None
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read out of one document so far; each step of the pipeline returns a fuller one.

    Attributes:
        document: The text.
        metadata: What the page states about the article.
        main_place: Key of the place the article is about, mostly a county; None where there is none.
        mentions: All mentions, sorted.
        links: The choice for each linked mention, in the order of mentions; a mention without one is ambiguous or
            unknown and is listed in the report.
        entities: Entities by key; every key in links, claims and parents is here.
        claims: All claims, in the order found.
        rejections: What was not taken, in the order found.
    """

    document: Document
    metadata: Metadata = field(default_factory=Metadata)
    main_place: EntityKey | None = None
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    entities: Mapping[EntityKey, Entity] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    rejections: tuple[Rejection, ...] = ()
