"""Mention to entity: the gazetteer, and the choice of the entity that a mention means."""

from kg.link.coreference import resolve_references
from kg.link.entities import resolve_entities
from kg.link.gazetteer import Division, Gazetteer, Region
from kg.link.resolve import resolve_places

__all__ = ["Division", "Gazetteer", "Region", "resolve_entities", "resolve_places", "resolve_references"]
