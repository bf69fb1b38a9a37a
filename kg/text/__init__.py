"""Characters: files to text, damage repaired, pages divided; knows neither RDF nor the gazetteer."""

from kg.text.document import parse_document
from kg.text.read import decode, read_article

__all__ = ["decode", "parse_document", "read_article"]
