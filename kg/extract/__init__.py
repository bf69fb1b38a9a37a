"""Extractors: a document in, mentions and claims out; pure, without graph, file or clock."""

from kg.extract.article import ArticleExtractor
from kg.extract.base import Extractor
from kg.extract.figures import FigureExtractor
from kg.extract.organisations import OrganisationExtractor
from kg.extract.people import PeopleExtractor, PostExtractor
from kg.extract.places import PlaceExtractor
from kg.extract.products import ProductExtractor
from kg.extract.programmes import ProgrammeExtractor
from kg.extract.relations import RelationExtractor

__all__ = [
    "ArticleExtractor",
    "Extractor",
    "FigureExtractor",
    "OrganisationExtractor",
    "PeopleExtractor",
    "PlaceExtractor",
    "PostExtractor",
    "ProductExtractor",
    "ProgrammeExtractor",
    "RelationExtractor",
]
