"""One reading as triples: the article, what it mentions, and its claims with their evidence.

The triples of an article depend on the article and the rules alone, so that articles can be read anywhere and merged
by union. What follows from claims (plain triples, ``pa:mentions``, slots) is derived after the merge from the claims
that stand: :mod:`kg.rdf.merge`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import ExtractionError, OntologyError
from kg.model import (
    PLACE_KINDS,
    Article,
    Claim,
    Document,
    Entity,
    EntityKey,
    Figure,
    Link,
    Period,
    PostHolding,
    Reading,
    RelationClaim,
    Span,
    Unit,
    Vocabulary,
    claim_keys,
)
from kg.rdf.iris import Minter
from kg.terms import DC, DCAT, DCT, ENTITY_CLASSES, OA, ORG, OWL, PA, PROV, RDF, RDFS, RELATIONS, SCHEMA, SKOS, XSD

#: Code points of raw text that stand before and after a quotation (Web Annotation, oa:prefix and oa:suffix).
CONTEXT_CHARS = 32

#: What remains of a confidence where the words were guessed in the repair; a judgement, not a measurement.
GUESSED_SHARE = Decimal("0.7")

#: Language tag of names in pinyin (RFC 5646, variant pinyin); Oxigraph writes tags in lower case.
PINYIN = "zh-latn-pinyin"

#: Length of dct:issued to its datatype: a year, a month or a day.
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}

#: The list of divisions that codes and ``pa:partOf`` of coded places come from.
DIVISIONS = ("dataset", "divisions")

#: Run of the steps that link mentions: extractors find, the linker decides.
LINKER = "linker"


def decimal_literal(value: Decimal) -> Literal:
    """Return an xsd:decimal without exponent and trailing zeros (XSD 1.1 §3.3.3.2, canonical form aside from integers).

    >>> print(decimal_literal(Decimal("1.6620E+5")))
    "166200"^^<http://www.w3.org/2001/XMLSchema#decimal>
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal(text, datatype=XSD.decimal)


def two_places(value: Decimal) -> Literal:
    """Return a confidence: an xsd:decimal with two places."""
    return Literal(f"{value:.2f}", datatype=XSD.decimal)


def chinese(text: str) -> Literal:
    """Return a Chinese text."""
    return Literal(text, language="zh")


def emit_divisions(source: Mapping[str, Any], minter: Minter) -> Iterator[Triple]:
    """Yield the description of the list of divisions: title, publisher, licence and package of each year."""
    dataset = minter.path(*DIVISIONS)
    yield Triple(dataset, RDF.type, DCAT.Dataset)
    yield Triple(dataset, RDFS.label, chinese("统计用区划代码"))
    yield Triple(dataset, DCT.title, Literal(source["title"], language="en"))
    yield Triple(dataset, DC.publisher, Literal(source["publisher"]))
    for package in source["packages"]:
        year = package["year"]
        yield Triple(dataset, DCT.issued, Literal(str(year), datatype=XSD.gYear))
        yield Triple(
            dataset, DCT.description, Literal(f"{year}: {package['package']}, {package['licence']}", language="en")
        )


def emit_same(others: Mapping[EntityKey, Iterable[EntityKey]], minter: Minter) -> Iterator[Triple]:
    """Yield that entities stand for others, as users have declared."""
    for key, same in others.items():
        for other in same:
            yield Triple(minter.entity(key), OWL.sameAs, minter.entity(other))


def emit_copies(key: str, places: Iterable[str], minter: Minter) -> Iterator[Triple]:
    """Yield the other places of an article: what they are is known when all articles have been read."""
    for place in places:
        yield Triple(minter.article(key), PA.copy, Literal(place))


@dataclass(frozen=True, slots=True)
class Emitter:
    """Turns readings into triples.

    Attributes:
        minter: Makes the IRIs.
        vocabulary: Units for normalised values.
        versions: Version of each extractor by name, :data:`LINKER` included.
    """

    minter: Minter
    vocabulary: Vocabulary
    versions: Mapping[str, str]

    def emit(self, reading: Reading) -> list[Triple]:
        """Return the triples of one reading, repeats possible, in a defined order.

        Raises:
            ExtractionError: if a claim names an entity that the reading does not hold, or evidence leaves its sentence.
            OntologyError: if a claim uses a unit or relation that the ontology does not know.
        """
        return list(_ReadingEmission(self, reading).triples())

    def unit(self, notation: str) -> Unit:
        """Return the unit with a notation.

        Raises:
            OntologyError: if the ontology has none.
        """
        unit = next((unit for unit in self.vocabulary.units if unit.notation == notation), None)
        if unit is None:
            raise OntologyError(f"no unit has the notation {notation!r}", remedy="Add it to ontology/units.ttl.")
        return unit


class _ReadingEmission:
    """The emission of one reading; what its parts share is made once, and what several claims need is said once."""

    def __init__(self, emitter: Emitter, reading: Reading) -> None:
        self.emitter = emitter
        self.reading = reading
        self._minter = emitter.minter
        self._document: Document = reading.document
        self._key = reading.document.article.key
        self._article = self._minter.article(self._key)
        self._guessed = [repair.raw for repair in reading.document.repairs if not repair.certain]
        self._keys_at: dict[Span, set[EntityKey]] = {}
        for link in reading.links:
            self._keys_at.setdefault(link.mention.span, set()).add(link.entity)
        self._evidence: dict[Span, NamedNode] = {}
        self._runs: dict[str, NamedNode] = {}

    def triples(self) -> Iterator[Triple]:
        yield from self._article_triples()
        yield from self._entity_triples()
        yield from self._mention_triples()
        numbers: Counter[tuple[str, str, Span]] = Counter()
        for claim in self.reading.claims:
            kind, name = _claim_kind(claim)
            raw = self._raw(claim.evidence[0])
            numbers[kind, name, raw] += 1
            iri = self._minter.claim(self._key, kind, name, raw, numbers[kind, name, raw])
            yield from self._claim_triples(iri, claim)
            yield from self._special_triples(iri, claim)

    # ---- The article ----

    def _article_triples(self) -> Iterator[Triple]:
        article, metadata = self._article, self.reading.metadata
        yield Triple(article, RDF.type, PA.Article)
        yield Triple(article, DCT.identifier, Literal(self._document.article.identifier))
        yield Triple(article, PA.textHash, Literal(self._document.article.text_hash))
        if metadata.title:
            yield Triple(article, DCT.title, chinese(metadata.title))
        if metadata.published:
            datatype = _DATE_TYPES[len(metadata.published)]
            yield Triple(article, DCT.issued, Literal(metadata.published, datatype=datatype))
        if metadata.publisher:
            yield Triple(article, DC.publisher, Literal(metadata.publisher))
        for author in metadata.authors:
            yield Triple(article, DC.creator, Literal(author))
        yield from self._origin_triples(self._document.article)

    def _origin_triples(self, source: Article) -> Iterator[Triple]:
        if source.address:
            yield Triple(self._article, SCHEMA.url, Literal(source.address, datatype=XSD.anyURI))
        if source.fetched:
            datatype = XSD.dateTime if "T" in source.fetched else XSD.date
            yield Triple(self._article, PA.retrieved, Literal(source.fetched, datatype=datatype))

    # ---- Entities ----

    def _entity_triples(self) -> Iterator[Triple]:
        for key in sorted(self._used_keys()):
            yield from self._one_entity(self._entity(key))

    def _used_keys(self) -> set[EntityKey]:
        """Return the keys of what is mentioned or claimed about, of the places above them and of what replaced them."""
        wanted = {link.entity for link in self.reading.links}
        for claim in self.reading.claims:
            wanted.update(claim_keys(claim))
        used: set[EntityKey] = set()
        while wanted:
            key = wanted.pop()
            used.add(key)
            entity = self._entity(key)
            wanted.update(other for other in (entity.parent, entity.replaced_by) if other and other not in used)
        return used

    def _entity(self, key: EntityKey) -> Entity:
        try:
            return self.reading.entities[key]
        except KeyError as exc:
            raise ExtractionError(
                f"the reading has no entity {'/'.join(key)}", where=self._document.article.identifier
            ) from exc

    def _one_entity(self, entity: Entity) -> Iterator[Triple]:
        iri = self._minter.entity(entity.key)
        yield Triple(iri, RDF.type, ENTITY_CLASSES[entity.kind.value])
        if entity.kind in PLACE_KINDS:
            yield Triple(iri, RDF.type, PA.Place)
        yield Triple(iri, RDFS.label, chinese(entity.name))
        for alias in entity.aliases:
            if alias != entity.name:
                yield Triple(iri, SKOS.altLabel, chinese(alias))
        if entity.english:
            yield Triple(iri, SKOS.altLabel, Literal(entity.english, language="en"))
        if entity.pinyin:
            yield Triple(iri, SKOS.altLabel, Literal(entity.pinyin, language=PINYIN))
        if entity.code:
            yield Triple(iri, PA.officialCode, Literal(entity.code))
            yield Triple(iri, DCT.source, self._minter.path(*DIVISIONS))
        for year in entity.code_years:
            yield Triple(iri, PA.codeYear, Literal(str(year), datatype=XSD.gYear))
        if entity.parent is not None:
            yield Triple(iri, PA.partOf, self._minter.entity(entity.parent))
        if entity.replaced_by is not None:
            yield Triple(iri, DCT.isReplacedBy, self._minter.entity(entity.replaced_by))

    # ---- Mentions ----

    def _mention_triples(self) -> Iterator[Triple]:
        by_entity: dict[EntityKey, list[Link]] = {}
        for link in self.reading.links:
            by_entity.setdefault(link.entity, []).append(link)
        for key in sorted(by_entity):
            links = sorted(by_entity[key], key=lambda link: (link.mention.anaphor, link.mention.span))
            if not links[0].mention.anaphor:
                yield from self._one_mention(key, links)

    def _one_mention(self, key: EntityKey, links: list[Link]) -> Iterator[Triple]:
        spans = tuple(dict.fromkeys(link.mention.span for link in links))
        # Of keys whose first mention may stand at the same span the claims share the IRI but its number.
        number = 1 + sum(1 for other in self._keys_at[links[0].mention.span] if other < key)
        iri = self._minter.claim(self._key, "mention", "mentions", self._raw(spans[0]), number)
        yield Triple(iri, RDF.type, PA.Mention)
        yield Triple(iri, PA.entity, self._minter.entity(key))
        for reason in sorted({link.linked_by for link in links}):
            yield Triple(iri, PA.linkedBy, Literal(reason))
        yield from self._common(iri, spans, max(link.confidence for link in links), LINKER, None)

    # ---- Claims ----

    def _claim_triples(self, iri: NamedNode, claim: Claim) -> Iterator[Triple]:
        yield from self._common(iri, claim.evidence, claim.confidence, claim.extractor, claim.period)

    def _common(
        self, iri: NamedNode, spans: tuple[Span, ...], confidence: Decimal, extractor: str, period: Period | None
    ) -> Iterator[Triple]:
        yield Triple(iri, PROV.wasDerivedFrom, self._article)
        # The superclass too: without inference, "all claims" would otherwise be no triple pattern.
        yield Triple(iri, RDF.type, PA.Claim)
        raw_spans = [self._raw(span) for span in spans]
        yield Triple(iri, PA.confidence, two_places(self._lowered(confidence, raw_spans)))
        for span, raw in zip(spans, raw_spans, strict=True):
            if span not in self._evidence:
                self._evidence[span] = self._minter.evidence(self._key, raw)
                yield from self._evidence_triples(self._evidence[span], span, raw)
            yield Triple(iri, PA.evidence, self._evidence[span])
        if extractor not in self._runs:
            version = self.emitter.versions[extractor]
            self._runs[extractor] = self._minter.run(self._key, extractor, version)
            yield from self._run_triples(self._runs[extractor], extractor, version)
        yield Triple(iri, PROV.wasGeneratedBy, self._runs[extractor])
        if period is not None:
            yield from self._period_triples(iri, period)

    def _lowered(self, confidence: Decimal, raw_spans: Iterable[Span]) -> Decimal:
        """Return the confidence, lowered where the words were guessed in the repair."""
        is_guessed = any(raw.overlaps(guess) for raw in raw_spans for guess in self._guessed)
        return confidence * GUESSED_SHARE if is_guessed else confidence

    def _raw(self, span: Span) -> Span:
        return self._document.raw_span(span)

    def _evidence_triples(self, evidence: NamedNode, span: Span, raw: Span) -> Iterator[Triple]:
        text = self._document.article.raw
        sentence = self._document.sentence_at(span.start)
        if sentence is None or not sentence.span.contains(span):
            words = self._document.words(span)
            raise ExtractionError(f"evidence {words!r} leaves its sentence", where=self._document.article.identifier)
        yield Triple(evidence, RDF.type, PA.Evidence)
        yield Triple(evidence, RDF.type, OA.TextPositionSelector)
        yield Triple(evidence, RDF.type, OA.TextQuoteSelector)
        yield Triple(evidence, OA.hasSource, self._article)
        yield Triple(evidence, OA.start, Literal(raw.start))
        yield Triple(evidence, OA.end, Literal(raw.end))
        yield Triple(evidence, OA.exact, Literal(raw.of(text)))
        yield Triple(evidence, OA.prefix, Literal(text[max(0, raw.start - CONTEXT_CHARS) : raw.start]))
        yield Triple(evidence, OA.suffix, Literal(text[raw.end : raw.end + CONTEXT_CHARS]))
        yield Triple(evidence, PA.sentence, Literal(self._document.words(sentence.span)))

    def _run_triples(self, run: NamedNode, extractor: str, version: str) -> Iterator[Triple]:
        agent = self._minter.extractor(extractor, version)
        yield Triple(run, RDF.type, PROV.Activity)
        yield Triple(run, PROV.used, self._article)
        yield Triple(run, PROV.wasAssociatedWith, agent)
        yield Triple(agent, RDF.type, PROV.SoftwareAgent)
        yield Triple(agent, RDFS.label, Literal(extractor, language="en"))
        yield Triple(agent, SCHEMA.softwareVersion, Literal(version))

    def _period_triples(self, iri: NamedNode, period: Period) -> Iterator[Triple]:
        yield Triple(iri, PA.period, Literal(period.value))
        yield Triple(iri, PA.periodStart, Literal(period.start.isoformat(), datatype=XSD.date))
        yield Triple(iri, PA.periodEnd, Literal(period.end.isoformat(), datatype=XSD.date))
        yield Triple(iri, PA.periodBasis, self._minter.concept("period-basis", period.basis.value))

    def _special_triples(self, iri: NamedNode, claim: Claim) -> Iterator[Triple]:
        match claim:
            case Figure():
                return self._figure_triples(iri, claim)
            case PostHolding():
                return self._post_triples(iri, claim)
            case RelationClaim():
                return self._relation_triples(iri, claim)

    def _figure_triples(self, iri: NamedNode, figure: Figure) -> Iterator[Triple]:
        unit = self.emitter.unit(figure.unit)
        concept = self._minter.concept
        yield Triple(iri, RDF.type, PA.Figure)
        yield Triple(iri, PA.about, self._minter.entity(figure.about))
        yield Triple(iri, PA.indicatorText, Literal(figure.indicator_text))
        if figure.indicator:
            yield Triple(iri, PA.indicator, concept("indicator", figure.indicator))
        yield Triple(iri, PA.value, decimal_literal(figure.value))
        yield Triple(iri, PA.surfaceForm, Literal(figure.surface))
        yield Triple(iri, PA.unit, concept("unit", unit.key))
        yield Triple(iri, PA.normalisedValue, decimal_literal(figure.value * unit.multiplier))
        yield Triple(iri, PA.qualifier, concept("qualifier", figure.qualifier.value))
        yield Triple(iri, PA.status, concept("status", figure.status.value))
        yield Triple(iri, PA.accumulation, concept("accumulation", figure.accumulation.value))
        if figure.basis:
            yield Triple(iri, PA.basis, concept("basis", figure.basis))

    def _post_triples(self, iri: NamedNode, claim: PostHolding) -> Iterator[Triple]:
        body = self._entity(claim.at)
        post = self._minter.post(claim.at[1], body.name, claim.title)
        yield Triple(iri, RDF.type, PA.PostHolding)
        yield Triple(iri, PA.holder, self._minter.entity(claim.holder))
        yield Triple(iri, PA.postTitle, Literal(claim.title))
        yield Triple(iri, PA.at, self._minter.entity(claim.at))
        yield Triple(iri, PA.post, post)
        yield Triple(post, RDF.type, ORG.Post)
        yield Triple(post, RDFS.label, chinese(_post_label(body.name, claim.title)))

    def _relation_triples(self, iri: NamedNode, claim: RelationClaim) -> Iterator[Triple]:
        if claim.predicate not in RELATIONS:
            raise OntologyError(f"{claim.predicate!r} is no relation", remedy=f"Known: {', '.join(sorted(RELATIONS))}.")
        yield Triple(iri, RDF.type, PA.RelationClaim)
        yield Triple(iri, RDF.subject, self._minter.entity(claim.subject))
        yield Triple(iri, RDF.predicate, RELATIONS[claim.predicate])
        yield Triple(iri, RDF.object, self._minter.entity(claim.object))


def _post_label(body: str, title: str) -> str:
    """Return the name of a post: body and title without saying shared words twice (清水县委 + 县委书记).

    >>> _post_label("清水县委", "县委书记"), _post_label("新安村", "村主任助理"), _post_label("坪乐镇", "副镇长")
    ('清水县委书记', '新安村主任助理', '坪乐镇副镇长')
    """
    longest = min(len(body), len(title))
    shared = next((size for size in range(longest, 0, -1) if body.endswith(title[:size])), 0)
    return body + title[shared:]


def _claim_kind(claim: Claim) -> tuple[str, str]:
    """Return kind and name of a claim as its IRI has them."""
    match claim:
        case Figure():
            return "figure", claim.indicator or "value"
        case PostHolding():
            return "post", "holds"
        case RelationClaim():
            return "relation", claim.predicate
