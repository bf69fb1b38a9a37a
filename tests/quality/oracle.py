"""A reading that says exactly what a gold document says: the best answer there is, to be spoilt by tests."""

from collections.abc import Iterable, Sequence
from datetime import date

from kg.evaluate import Gold, GoldEntity, GoldFigure, GoldRelation
from kg.model import (
    Accumulation,
    Article,
    Block,
    BlockRole,
    Claim,
    Document,
    Entity,
    EntityKey,
    Figure,
    Kind,
    Link,
    Mention,
    Metadata,
    OffsetMap,
    Period,
    PostHolding,
    Qualifier,
    Reading,
    RelationClaim,
    Sentence,
    Span,
    Status,
)


def make_document(identifier: str, lines: Sequence[str]) -> Document:
    """Return a document of one sentence a line, the same raw and cleaned."""
    text = "\n".join(lines)
    spans, start = [], 0
    for line in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Document(
        article=Article(identifier, text),
        text=text,
        offsets=OffsetMap.unchanged(len(text)),
        blocks=tuple(Block(span, BlockRole.BODY) for span in spans),
        sentences=tuple(Sentence(span, at) for at, span in enumerate(spans)),
    )


def read_gold(gold: Gold) -> Reading:
    """Return the perfect reading of a gold document: its names and its quotes are the lines of the text."""
    lines = [*(entity.name for entity in gold.entities), *(figure.quote for figure in gold.figures)]
    document = make_document(gold.document, lines)
    spans = [sentence.span for sentence in document.sentences]
    entities = [_entity(entry) for entry in gold.entities]
    claims: list[Claim] = [_relation(gold, entry, spans[0]) for entry in gold.relations]
    claims += [_post(gold, entry, spans[0]) for entry in gold.posts]
    claims += [_figure(gold, entry, span) for entry, span in zip(gold.figures, spans[len(entities) :], strict=True)]
    mentions = [Mention(span, one.kind, one.name, "oracle") for span, one in zip(spans, entities, strict=False)]
    main_place = gold.metadata.get("mainPlace")
    return Reading(
        document=document,
        metadata=_metadata(gold),
        main_place=key_of(gold, main_place) if main_place else None,
        mentions=tuple(mentions),
        links=tuple(Link(mention, one.key, "oracle") for mention, one in zip(mentions, entities, strict=True)),
        entities={one.key: one for one in (*entities, *_unlisted(gold))},
        claims=tuple(claims),
    )


def key_of(gold: Gold, name: str) -> EntityKey:
    """Return the key that the oracle gives an entity."""
    return next((_key(entity) for entity in gold.entities if entity.name == name), ("unlisted", name))


def _key(entity: GoldEntity) -> EntityKey:
    return (entity.type, entity.name)


def _entity(entry: GoldEntity) -> Entity:
    kind = Kind.WORK if entry.type == "Document" else Kind(entry.type)
    return Entity(_key(entry), kind, entry.name, code=entry.code)


def _unlisted(gold: Gold) -> Iterable[Entity]:
    """Yield what claims name but the list of entities lacks."""
    ends = [name for entry in (*gold.relations, *gold.posts) for name in (entry.subject, entry.object)]
    for name in dict.fromkeys([*ends, *(figure.about for figure in gold.figures)]):
        if (key := key_of(gold, name))[0] == "unlisted":
            yield Entity(key, Kind.REGION, name)


def _metadata(gold: Gold) -> Metadata:
    told = gold.metadata
    return Metadata(told.get("title") or "", told.get("published"), told.get("publisher"))


def _relation(gold: Gold, entry: GoldRelation, span: Span) -> RelationClaim:
    return RelationClaim(
        key_of(gold, entry.subject), entry.predicate, key_of(gold, entry.object), (span,), extractor="oracle"
    )


def _post(gold: Gold, entry: GoldRelation, span: Span) -> PostHolding:
    return PostHolding(
        key_of(gold, entry.subject), entry.title, key_of(gold, entry.object), (span,), extractor="oracle"
    )


def _figure(gold: Gold, entry: GoldFigure, span: Span) -> Figure:
    return Figure(
        about=key_of(gold, entry.about),
        indicator_text=entry.indicator,
        indicator=None,
        value=entry.value,
        surface=str(entry.value),
        unit=entry.unit,
        evidence=(span,),
        extractor="oracle",
        qualifier=Qualifier(entry.qualifier),
        status=Status(entry.status),
        accumulation=Accumulation(entry.accumulation),
        period=Period(entry.period, date.min, date.max) if entry.period else None,
    )
