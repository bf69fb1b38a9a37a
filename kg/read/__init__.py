"""Sources to articles: files, folders and globs in any format that is read; what cannot be read is listed."""

from kg.read.beside import article_of, beside_of
from kg.read.charset import decode
from kg.read.copies import find_copies
from kg.read.formats import Format
from kg.read.notes import Ignored, Skipped
from kg.read.records import RecordFields
from kg.read.sources import read_sources
from kg.read.spool import Spool
from kg.read.text import read_article

__all__ = [
    "Format",
    "Ignored",
    "RecordFields",
    "Skipped",
    "Spool",
    "article_of",
    "beside_of",
    "decode",
    "find_copies",
    "read_article",
    "read_sources",
]
