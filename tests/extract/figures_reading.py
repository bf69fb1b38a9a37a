"""Readings for the tests of figures: sentences with their mentions given by hand."""

import re
from functools import cache

from kg.extract.figures import FigureExtractor
from kg.model import Entity, EntityKey, Extraction, Kind, Link, Mention, Metadata, Reading, Span
from kg.rdf import load_ontology
from tests.factories import make_document

#: The county that all test articles are about.
MAIN: EntityKey = ("place", "990101")


@cache
def figure_extractor() -> FigureExtractor:
    """Return the extractor with the ontology's vocabulary."""
    return FigureExtractor(load_ontology().vocabulary)


def read_figures(text: str, mentions: str = "", published: str | None = "2020-11-16") -> tuple[Reading, Extraction]:
    """Return a reading and its figures.

    Args:
        text: The article, a paragraph a line.
        mentions: Words and kinds, "青禾县=County 田家村=Village"; "全县>青禾县" links an anaphor to an entity.
        published: Date of publication.
    """
    entities = {MAIN: Entity(MAIN, Kind.COUNTY, "青禾县", aliases=("青禾",))}
    links = [link for entry in mentions.split() for link in _links(text, entry, entities)]
    links.sort(key=lambda link: link.mention.span)
    reading = Reading(
        document=make_document(text),
        metadata=Metadata(published=published),
        main_place=MAIN,
        mentions=tuple(link.mention for link in links),
        links=tuple(links),
        entities=entities,
    )
    return reading, figure_extractor().extract(reading)


def _links(text: str, entry: str, entities: dict[EntityKey, Entity]) -> list[Link]:
    """Return the links of all occurrences of one entry's words."""
    words, mark, rest = re.split(r"([=>])", entry)
    if mark == "=" and rest not in {"County"} | {kind.value for kind in Kind}:
        raise ValueError(entry)
    key = _key(words if mark == "=" else rest)
    if mark == "=":
        entities.setdefault(key, Entity(key, Kind(rest), words))
    kind = entities[key].kind
    spans = [Span(found.start(), found.end()) for found in re.finditer(re.escape(words), text)]
    return [Link(Mention(span, kind, words, "test", anaphor=mark == ">"), key, "test") for span in spans]


def _key(name: str) -> EntityKey:
    """Return the key of an entity by its name."""
    return MAIN if name == "青禾县" else ("test", name)
