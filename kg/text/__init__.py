"""Characters: damage repaired, pages divided; knows neither files, RDF nor the gazetteer."""

from kg.text.document import parse_document

__all__ = ["parse_document"]
