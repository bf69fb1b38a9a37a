"""Readings for tests of names: a text with its places found and resolved by the packaged gazetteer."""

from dataclasses import replace
from functools import cache

from kg.extract.organisations import OrganisationExtractor
from kg.extract.people import PeopleExtractor
from kg.extract.places import PlaceExtractor
from kg.link import Gazetteer, resolve_entities, resolve_places, resolve_references
from kg.model import Extraction, Kind, Metadata, Reading, Vocabulary
from tests.factories import make_document

VOCABULARY = Vocabulary((), (), (), ())


@cache
def gazetteer() -> Gazetteer:
    """Return the packaged gazetteer, loaded once."""
    return Gazetteer.load()


def read_places(text: str, *, authors: tuple[str, ...] = ()) -> Reading:
    """Return a reading of a text with its places."""
    reading = Reading(document=make_document(text), metadata=Metadata(authors=authors))
    found = PlaceExtractor(gazetteer()).extract(reading)
    return resolve_places(extended(reading, found), gazetteer())


def read_entities(text: str) -> Reading:
    """Return a reading of a text with its places, people and organisations, linked."""
    reading = read_places(text)
    for extractor in (PeopleExtractor(), OrganisationExtractor()):
        reading = extended(reading, extractor.extract(reading))
    return resolve_references(resolve_entities(reading, gazetteer(), VOCABULARY))


def extended(reading: Reading, found: Extraction) -> Reading:
    """Return a reading with the mentions that an extractor found."""
    return replace(reading, mentions=tuple(sorted({*reading.mentions, *found.mentions})))


def names(reading: Reading, kind: Kind) -> list[str]:
    """Return the distinct names of one kind, in text order."""
    return list(dict.fromkeys(mention.name for mention in reading.mentions if mention.kind is kind))
