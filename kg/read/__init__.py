"""Sources to articles: files, folders and globs in any format that is read; what cannot be read is listed."""

from kg.read.charset import decode
from kg.read.sources import Inputs, Skipped, find_files, read_inputs
from kg.read.text import read_article

__all__ = ["Inputs", "Skipped", "decode", "find_files", "read_article", "read_inputs"]
