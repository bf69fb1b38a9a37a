"""Sources of a build as a stream of articles: each file by the reader of its format.

Which files are meant is left to :mod:`kg.read.files`, how each format is read to its module. Nothing that a source
holds ends the stream: what cannot be read becomes a line of its own, and the rest goes on.
"""

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO

from kg.errors import ArticleError
from kg.model import Article
from kg.read.files import File, Stdin, find_files
from kg.read.formats import HEAD_BYTES, Format, format_of_head, format_of_name
from kg.read.html import read_html
from kg.read.jsonl import read_jsonl
from kg.read.notes import Item, Skipped, printable, shorten, tally
from kg.read.parquet import read_parquet
from kg.read.records import Origin, RecordFields, hash_name
from kg.read.streams import Meter, Progress, is_gzip, open_stream, read_all, unreadable
from kg.read.text import MAX_BYTES, checked, text_article
from kg.read.warc import read_warc

_STDIN_NAME = "stdin"
_STDIN = "standard input"
_DEFAULTS = RecordFields()


def _silent(_done: int, _total: int) -> None:
    """Show no progress."""


def read_sources(
    sources: Sequence[str],
    *,
    fields: RecordFields = _DEFAULTS,
    form: Format | None = None,
    stdin: IO[bytes] | None = None,
    progress: Progress = _silent,
) -> Iterator[Item]:
    """Return the articles of all sources, what was skipped, and what was left aside, as they are read; lazy.

    The order does not depend on that of the sources. Several articles may have one text, or one identifier.

    Args:
        sources: Files, folders, patterns; ``-`` is the standard input.
        fields: Which field of a record is what.
        form: Format of the standard input and of files named whose suffix is not known; by default what their first
            bytes tell.
        stdin: Read for ``-``; by default that of the process.
        progress: Told the bytes read and all bytes of the files, compressed as they are.

    Raises:
        ArticleError: if a source has no name.
    """
    for source in sources:
        if not source.strip() or "\0" in source:
            remedy = "Name files, folders or patterns; without any the seeds are read."
            raise ArticleError("a source has no name", remedy=remedy)
    return _read_found(sources, _Reading(fields, form, stdin), progress)


def _read_found(sources: Sequence[str], reading: "_Reading", progress: Progress) -> Iterator[Item]:
    # The folders are walked twice, so that not all names need be kept.
    total = sum(found.size for found in find_files(sources) if isinstance(found, File))
    meter = Meter(progress, total)
    for found in find_files(sources):
        match found:
            case File():
                yield from reading.read_file(found, meter)
            case Stdin():
                yield from reading.read_stdin(meter)
            case _:
                yield found


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the caller told of the sources.

    Attributes:
        fields: Which field of a record is what.
        form: Format where the name does not tell it, or None.
        stdin: The standard input; None for that of the process.
    """

    fields: RecordFields
    form: Format | None
    stdin: IO[bytes] | None

    def read_file(self, found: File, meter: Meter) -> Iterator[Item]:
        """Yield what a file holds."""
        path, start = found.path, meter.done
        origin = Origin(printable(path.name), printable(str(path)), self.fields)
        try:
            file = path.open("rb", buffering=0)
        except OSError as exc:
            yield Skipped(origin.source, str(unreadable(exc, origin.source)))
        else:
            with file:
                opened = _Opened(file, origin, meter, found.size, meter.part(found.size))
                yield from opened.items(format_of_name(path.name), self.form)
        meter.move(start + found.size)

    def read_stdin(self, meter: Meter) -> Iterator[Item]:
        """Yield what the standard input holds."""
        origin = Origin(_STDIN_NAME, _STDIN, self.fields)
        yield from _Opened(self.stdin or sys.stdin.buffer, origin, meter).items(None, self.form)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file or pipe that is being read.

    Attributes:
        file: The bytes.
        origin: Where they come from.
        meter: Told how many have been read.
        size: How many bytes there are; 0 for a pipe.
        advance: Told which share has been read of a file that is not read from end to end; None for a pipe.
    """

    file: IO[bytes]
    origin: Origin
    meter: Meter
    size: int = 0
    advance: Callable[[float], None] | None = None

    def items(self, named: Format | None, otherwise: Format | None) -> Iterator[Item]:
        """Yield the articles, the first faults, and at last what was left aside.

        Args:
            named: The format that the name tells.
            otherwise: The format to take where it tells none; None for the one that the first bytes tell.
        """
        source = self.origin.source
        count = 0
        for item in shorten(self._read(named, otherwise), source):
            count += 1
            yield item
        if not count and not self.origin.ignored:
            empty = ArticleError("The file is empty.", where=source, remedy="Give a file that holds an article.")
            yield Skipped(source, str(empty))
        yield from tally(source, self.origin.ignored)

    def _read(self, named: Format | None, otherwise: Format | None) -> Iterator[Article | Skipped]:
        source = self.origin.source
        try:
            stream = open_stream(self.file, self.meter, source, self.size)
        except ArticleError as exc:
            yield Skipped(source, str(exc))
            return
        head, faults = _head(stream)
        told = format_of_head(head)
        form = named or otherwise or told
        if self.origin.name.lower().endswith(".gz") and not is_gzip(stream) and form is not told:
            reason = "The file is called .gz, but what it holds is not compressed with gzip."
            faults.append(ArticleError(reason, where=source, remedy="Fetch it again."))
            head = b""
        yield from (Skipped(source, str(fault)) for fault in faults)
        # A text or page that lacks its beginning is no article; records behind a fault are.
        if head and not (faults and form in {Format.TEXT, Format.HTML}):
            yield from self._read_as(form, stream)

    def _read_as(self, form: Format, stream: io.BufferedReader) -> Iterator[Article | Skipped]:
        match form:
            case Format.JSONL:
                yield from read_jsonl(stream, self.origin)
            case Format.WARC:
                yield from read_warc(stream, self.origin)
            case Format.PARQUET:
                yield from self._read_table()
            case _:
                yield self._read_page(form, stream)

    def _read_table(self) -> Iterator[Article | Skipped]:
        if self.advance is None:
            source = self.origin.source
            piped = ArticleError("Parquet cannot be read from a pipe.", where=source, remedy="Name the file.")
            yield Skipped(source, str(piped))
            return
        yield from read_parquet(self.file, self.origin, self.advance)

    def _read_page(self, form: Format, stream: io.BufferedReader) -> Article | Skipped:
        """Return the one article of a text or page."""
        source = self.origin.source
        try:
            data = read_all(stream, MAX_BYTES, source)
            parse = read_html if form is Format.HTML else text_article
            article = checked(parse(data, identifier=self.origin.name, where=source), source)
        except ArticleError as exc:
            return Skipped(source, str(exc))
        return article if self.advance is not None else replace(article, identifier=hash_name(_STDIN_NAME, article.raw))


def _head(stream: io.BufferedReader) -> tuple[bytes, list[ArticleError]]:
    """Return the first bytes of a stream that can be read, and the faults before them."""
    faults: list[ArticleError] = []
    while True:
        try:
            return stream.peek(HEAD_BYTES)[:HEAD_BYTES], faults
        except ArticleError as exc:
            faults.append(exc)
