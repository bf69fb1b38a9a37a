"""The steps from an article to a reading, as one explicit list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kg.errors import ExtractionError
from kg.extract import (
    ArticleExtractor,
    Extractor,
    FigureExtractor,
    OrganisationExtractor,
    PeopleExtractor,
    PlaceExtractor,
    PostExtractor,
    ProductExtractor,
    ProgrammeExtractor,
    RelationExtractor,
)
from kg.link import Gazetteer, resolve_entities, resolve_places, resolve_references
from kg.link.order import text_order
from kg.model import Article, Extraction, Mention, Reading, Vocabulary, claim_keys
from kg.text import parse_document

#: What a fault of a rule raises; one article is lost by it, and said to be, not the build.
_DEFECTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

#: What a document brings before the first step.
GIVEN = frozenset({"document"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a reading in, a fuller reading out.

    Attributes:
        name: Name of the extractor or of the linking step.
        version: Raised whenever the same text may give another result.
        requires: What must have been read before.
        assigns: What it adds.
        apply: The step.
    """

    name: str
    version: str
    requires: frozenset[str]
    assigns: frozenset[str]
    apply: Callable[[Reading], Reading]


def make_steps(gazetteer: Gazetteer, vocabulary: Vocabulary) -> tuple[Step, ...]:
    """Return the steps in their order."""
    return (
        _extractor_step(ArticleExtractor()),
        _extractor_step(PlaceExtractor(gazetteer)),
        _linking_step(
            "link-places",
            {"metadata", "mentions:places"},
            {"main_place", "entities:places"},
            lambda reading: resolve_places(reading, gazetteer),
        ),
        _extractor_step(PeopleExtractor()),
        _extractor_step(OrganisationExtractor()),
        _extractor_step(ProgrammeExtractor(vocabulary)),
        _extractor_step(ProductExtractor()),
        _linking_step(
            "link-entities",
            {"main_place", "mentions:people", "mentions:organisations", "mentions:programmes", "mentions:products"},
            {"entities"},
            lambda reading: resolve_entities(reading, gazetteer, vocabulary),
        ),
        _linking_step("link-references", {"entities", "entities:places"}, {"references"}, resolve_references),
        _extractor_step(PostExtractor()),
        _extractor_step(RelationExtractor()),
        _extractor_step(FigureExtractor(vocabulary)),
    )


def read_article_through(article: Article, steps: Iterable[Step]) -> Reading:
    """Return the full reading of an article.

    Raises:
        ExtractionError: if a step fails, or adds what cannot be: a claim about an unknown entity, a span outside all
            sentences.
    """
    reading = Reading(document=parse_document(article))
    for step in steps:
        try:
            reading = step.apply(reading)
        except _DEFECTS as exc:
            raise ExtractionError(f"{step.name} failed: {exc!r}", where=article.identifier) from exc
    return _checked(reading)


def unfulfilled(steps: Iterable[Step]) -> list[str]:
    """Return what steps require and no earlier one assigns, as "step: requirement"; empty where the order is right."""
    assigned, missing = set(GIVEN), list[str]()
    for step in steps:
        missing.extend(f"{step.name}: {word}" for word in sorted(step.requires - assigned))
        assigned |= step.assigns
    return missing


def _extractor_step(extractor: Extractor) -> Step:
    def apply(reading: Reading) -> Reading:
        return _extended(reading, extractor.extract(reading))

    return Step(extractor.name, extractor.version, extractor.requires, extractor.assigns, apply)


def _linking_step(name: str, requires: set[str], assigns: set[str], apply: Callable[[Reading], Reading]) -> Step:
    return Step(name, "3", frozenset(requires), frozenset(assigns), apply)


def _extended(reading: Reading, extraction: Extraction) -> Reading:
    return replace(
        reading,
        metadata=extraction.metadata or reading.metadata,
        mentions=_joined(reading.mentions, extraction.mentions),
        claims=(*reading.claims, *extraction.claims),
        rejections=(*reading.rejections, *extraction.rejections),
    )


def _joined(known: tuple[Mention, ...], found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return sorted mentions with those of one more extractor, sorted and each once; most extractors find none."""
    return tuple(sorted((*known, *dict.fromkeys(found)), key=text_order)) if found else known


def _checked(reading: Reading) -> Reading:
    where = reading.document.article.identifier
    for link in reading.links:
        if link.entity not in reading.entities:
            raise ExtractionError(f"{link.mention.name} is linked to an entity that is not there", where=where)
    for claim in reading.claims:
        for key in claim_keys(claim):
            if key not in reading.entities:
                raise ExtractionError(
                    f"{claim.extractor} claims about {'/'.join(key)}, which is no entity", where=where
                )
    spans = [(link.mention.extractor, link.mention.span) for link in reading.links]
    spans += [(claim.extractor, span) for claim in reading.claims for span in claim.evidence]
    for extractor, span in spans:
        sentence = reading.document.sentence_at(span.start)
        if sentence is None or not sentence.span.contains(span):
            words = reading.document.words(span)
            raise ExtractionError(f"{extractor} took {words!r}, which lies in no one sentence", where=where)
    return reading
