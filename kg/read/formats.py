"""Formats that are read, told by the name of a file or by its first bytes."""

import codecs
import re
from enum import StrEnum

#: How many bytes tell a format: a byte order mark, some blank lines and a first tag.
HEAD_BYTES = 512

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TAG = re.compile(r"<[a-zA-Z!?]")
#: An object, or the first of an array, which is refused line by line rather than taken for a text.
_RECORD = re.compile(r"\{|\[\s*\{")


class Format(StrEnum):
    """What a file holds; each may be compressed with gzip."""

    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"


#: Suffixes that are read in a folder; all but Parquet also with .gz after them.
SUFFIXES = {
    ".txt": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".shtml": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".parquet": Format.PARQUET,
    ".warc": Format.WARC,
}


def format_of_name(name: str) -> Format | None:
    """Return the format that a file name tells, or None.

    >>> format_of_name("2020.JSONL.gz"), format_of_name("notes.md"), format_of_name("a.gz")
    (<Format.JSONL: 'jsonl'>, None, None)
    """
    stem = name.lower().removesuffix(".gz")
    form = next((form for suffix, form in SUFFIXES.items() if stem.endswith(suffix)), None)
    return None if form is Format.PARQUET and stem != name.lower() else form


def format_of_head(head: bytes) -> Format:
    """Return the format that the first bytes tell, decompressed; what is nothing else is taken for text.

    >>> format_of_head(b'  {"text"'), format_of_head("《山乡》".encode())
    (<Format.JSONL: 'jsonl'>, <Format.TEXT: 'text'>)
    """
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    start = _start(head)
    if start.startswith("WARC/"):
        return Format.WARC
    if _RECORD.match(start):
        return Format.JSONL
    return Format.HTML if _TAG.match(start) else Format.TEXT


def _start(head: bytes) -> str:
    charset = "utf-16" if head.startswith(_UTF16) else "utf-8-sig"
    return head.decode(charset, "replace").lstrip()
