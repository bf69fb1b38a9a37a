"""What the index gives: plain frozen values, no SQL and no RDF.

Addresses are paths below ``id/`` (:mod:`kg.index.address`). Offsets count code points of the article's raw text.
"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Ref:
    """A resource, as far as a link to it needs.

    Attributes:
        address: Its path below ``id/``.
        label: Its name, or the last part of its address.
        kind: Local name of its class: "County", "Figure"; empty where the graph only points to it.
    """

    address: str
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A term of the ontology or an entry of a code list.

    Attributes:
        iri: Its IRI.
        zh: Chinese label, or the last part of the IRI.
        en: English label, or the last part of the IRI.
        comment_zh: Chinese comment or definition.
        comment_en: English comment or definition.
        kind: Local name of its class: "Class", "ObjectProperty", "Indicator".
        notation: What stands for it in data: "人".
    """

    iri: str
    zh: str
    en: str
    comment_zh: str = ""
    comment_en: str = ""
    kind: str = ""
    notation: str = ""


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity.

    Attributes:
        address: Its path below ``id/``.
        iri: Its IRI.
        kind: Local name of its class.
        label: Full Chinese name.
        english: English name, or None.
        aliases: Other names, sorted.
        code: Official code of a division, or None.
        parents: The places above it, the nearest first; for places alone.
        claims: How many claims involve it, mentions not counted.
        articles: How many articles name it.
    """

    address: str
    iri: str
    kind: str
    label: str
    english: str | None = None
    aliases: tuple[str, ...] = ()
    code: str | None = None
    parents: tuple[Ref, ...] = ()
    claims: int = 0
    articles: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Words of an article that a claim rests on.

    Attributes:
        start: Raw offset of the first code point.
        end: Raw offset after the last.
        exact: The words, raw[start:end].
        prefix: Raw words before.
        suffix: Raw words after.
        sentence: The sentence, repaired and simplified.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A stated number; see design §2 for the parts.

    Attributes:
        key: Address of the claim, without ``claim/``.
        about: What it is a fact of.
        indicator: Key of the indicator, or None.
        indicator_zh: Its Chinese label, else the article's words.
        indicator_en: Its English label, or None.
        indicator_text: The article's words.
        value: In ``unit``.
        surface: The number as written.
        unit: Notation of the unit.
        normalised_value: In the reference unit of the dimension, or None.
        qualifier: exact, atLeast, atMost or approx.
        status: actual, target, planned or estimated.
        accumulation: stock, flow, cumulative or changeRate.
        basis: Key of the basis (口径), or None.
        period: ISO 8601, or None.
        slot: Key of the question that it answers, or None.
        preferred: Whether it is the figure preferred in its slot.
        conflicting: Whether another figure of its slot differs.
        confidence: 0 to 1.
        article: Key of the article.
        sentence: The sentence that states it.
    """

    key: str
    about: Ref
    indicator: str | None
    indicator_zh: str
    indicator_en: str | None
    indicator_text: str
    value: Decimal
    surface: str
    unit: str
    normalised_value: Decimal | None
    qualifier: str
    status: str
    accumulation: str
    basis: str | None
    period: str | None
    slot: str | None
    preferred: bool
    conflicting: bool
    confidence: Decimal | None
    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its evidence.

    Attributes:
        key: Its address without ``claim/``.
        iri: Its IRI.
        kind: Mention, Figure, PostHolding or RelationClaim.
        article: The article that makes it.
        subject: Whom or what it is about, or None where the graph does not say.
        predicate: Local name of the property of a relation, or None.
        object: The other end of a relation, the body or place of a post.
        text: Title of a post, words of the indicator, or how a mention was linked.
        period: ISO 8601, or None.
        period_basis: stated, carried or publication.
        confidence: 0 to 1.
        extractor: Name and version of the extractor, or an empty string.
        evidence: The stating words first.
        figure: The number's parts, for a figure.
    """

    key: str
    iri: str
    kind: str
    article: Ref
    subject: Ref | None
    predicate: str | None
    object: Ref | None
    text: str
    period: str | None
    period_basis: str | None
    confidence: Decimal | None
    extractor: str
    evidence: tuple[EvidenceRow, ...] = ()
    figure: FigureRow | None = None


@dataclass(frozen=True, slots=True)
class Backlink:
    """A direct triple that points to a resource.

    Attributes:
        predicate: IRI of the property.
        subject: Where it starts.
    """

    predicate: str
    subject: Ref


@dataclass(frozen=True, slots=True)
class Statement:
    """A direct triple of a resource, for reading.

    Attributes:
        predicate: IRI of the property.
        value: The words of a literal, or an IRI.
        language: Language tag of a literal, or an empty string.
        ref: The resource that the IRI names, or None for literals and foreign IRIs.
        is_iri: Whether the object is an IRI.
    """

    predicate: str
    value: str
    language: str
    ref: Ref | None
    is_iri: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question that articles answer differently.

    Attributes:
        slot: Its key.
        about: Entity asked about.
        indicator: Key of the indicator.
        indicator_zh: Its Chinese label.
        period: ISO 8601.
        because: Why one figure is preferred.
        figures: All figures, the preferred one first.
    """

    slot: str
    about: Ref
    indicator: str
    indicator_zh: str
    period: str
    because: str
    figures: tuple[FigureRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article.

    Attributes:
        key: First 16 digits of its hash.
        iri: Its IRI.
        identifier: File name, or the record's id.
        title: Headline.
        issued: Date of publication with the precision stated, or None.
        publisher: Who published it, or None.
        creators: Authors, in order of their names.
        text_hash: SHA-256 of the raw text.
        address: Address of the page, or None.
        retrieved: When the page was fetched, or None.
        copies: Other places of the same article: file names, ids or addresses, sorted.
        characters: Length of the raw text in code points.
        claims: How many claims it makes, mentions not counted.
    """

    key: str
    iri: str
    identifier: str
    title: str
    issued: str | None
    publisher: str | None
    creators: tuple[str, ...] = field(default=())
    text_hash: str = ""
    address: str | None = None
    retrieved: str | None = None
    copies: tuple[str, ...] = field(default=())
    characters: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What an article was read from.

    Attributes:
        key: First 16 digits of its hash.
        raw: The raw text.
        beside: JSON object: what the source says beside the text, as the build keeps it.
        report: JSON object: what the build says of the article.
        origin: Key of the text before names were blacked out in it; empty where none was.
    """

    key: str
    raw: str
    beside: str = "{}"
    report: str = "{}"
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of a search by name.

    Attributes:
        entity: What was found.
        name: The name that matched.
        reason: Why: name, prefix, contains, pinyin, initials, code, close.
    """

    entity: EntityRow
    name: str
    reason: str
