"""Web archives (WARC, ISO 28500) to articles: the pages among their records.

Headers are read by warcio. Its iterator and its decoders are not used: they print what they find wrong, read headers of
any length, decompress without limit, and end at the first fault. Here a damaged record loses itself alone: reading
goes on at the next line that begins one.
"""

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import ArticleError, NoArticleError
from kg.model import Article
from kg.read.formats import HEAD_BYTES, Format, format_of_head
from kg.read.html import read_html
from kg.read.moments import fetched_at
from kg.read.notes import Skipped, printable
from kg.read.records import Origin, hash_name
from kg.read.streams import too_long
from kg.read.text import MAX_BYTES, checked, text_article

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

_FIRST_LINE = re.compile(rb"WARC/\d+\.\d+\s*")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
#: Head of a chunk (RFC 9112, section 7.1), with the end of the chunk before it.
_CHUNK = re.compile(rb"(?:\r?\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
#: Headers longer than this are none; a page's rarely have a tenth.
_HEADER_BYTES = 1 << 16
_BLOCK_BYTES = 1 << 16
_TYPES = {"response", "resource", "conversion"}
_OTHER_TYPES = {"warcinfo", "request", "metadata", "revisit", "continuation"}
_PAGES = {"text/html", "application/xhtml+xml"}
_OTHER_MEDIA = {"application", "audio", "font", "image", "multipart", "text", "video"}
_LENGTH = re.compile(r"[0-9]{1,15}")
_STATUS = re.compile(r"[1-5][0-9][0-9]")
_NO_CODINGS = {"identity", "none", "utf-8", "binary"}
#: The forms of each compression as zlib counts them: gzip; deflate with a header of zlib, and, as many servers
#: send it, without.
_WINDOWS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
_DIGESTS = {"sha1", "sha256", "md5"}


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of an archive.

    Attributes:
        headers: Its named fields.
        block: Its bytes, headers of HTTP included; empty for a kind that is not read.
        offset: Where it begins in the archive, decompressed.
    """

    headers: "StatusAndHeaders"
    block: bytes
    offset: int

    def field(self, name: str) -> str:
        """Return a field of the header, empty where there is none."""
        return str(self.headers.get_header(name) or "").strip()

    @property
    def kind(self) -> str:
        """The type of the record, lower case."""
        return self.field("WARC-Type").lower()


def read_warc(stream: io.BufferedReader, origin: Origin) -> Iterator[Article | Skipped]:
    """Yield the articles of an archive, and a line for each place that cannot be read; lazy."""
    archive = _Archive(stream, origin.source)
    while True:
        try:
            record = archive.next_record()
            if record is None:
                return
            article = _article(record, origin)
        except ArticleError as exc:
            yield Skipped(origin.source, str(exc))
        else:
            if article is not None:
                yield article


# ---- Records ---------------------------------------------------------------------------------------------------------


class _Archive:
    """Reads one record after the other."""

    def __init__(self, stream: io.BufferedReader, where: str) -> None:
        self._stream = stream
        self._where = where
        self._offset = 0
        self._first_line = b""
        self._fault: ArticleError | None = None

    def next_record(self) -> _Record | None:
        """Return the next record, or None at the end.

        Raises:
            ArticleError: if it is damaged; the next call goes on behind it.
        """
        if self._fault is not None:
            fault, self._fault = self._fault, None
            raise fault
        stray = 0 if self._first_line else self._find_first_line()
        offset = self._offset - len(self._first_line)
        if stray:
            raise self._error("What stands before this place belongs to no record.", offset)
        if not self._first_line:
            return None
        record = self._record(offset)
        try:
            stray = self._find_first_line()
        except ArticleError as exc:
            self._fault = exc
        if stray:
            raise self._error("The record is not as long as it says.", offset)
        return record

    def _record(self, offset: int) -> _Record:
        """Return the record whose first line was read."""
        headers = self._headers(offset)
        length = str(headers.get_header("Content-Length") or "").strip()
        if not _LENGTH.fullmatch(length):
            raise self._error(f"The record has no length: {printable(length[:40])!r}.", offset)
        wanted = str(headers.get_header("WARC-Type") or "").strip().lower() in _TYPES
        block = self._block(int(length), offset, wanted=wanted)
        record = _Record(headers, block, offset)
        if wanted and not _fits_digest(block, record.field("WARC-Block-Digest")):
            raise self._error("The bytes of the record do not fit its digest.", offset)
        return record

    def _find_first_line(self) -> int:
        """Read to the next line that begins a record, or to the end; return how many bytes but space stand before."""
        self._first_line = b""
        stray, at_start = 0, True
        while line := self._line():
            if at_start and _FIRST_LINE.fullmatch(line):
                self._first_line = line
                break
            stray += len(line.strip())
            at_start = line.endswith(b"\n")
        return stray

    def _line(self) -> bytes:
        line = self._stream.readline(_HEADER_BYTES)
        self._offset += len(line)
        return line

    def _headers(self, offset: int) -> "StatusAndHeaders":
        header, self._first_line = bytearray(self._first_line), b""
        while (line := self._line()).strip():
            header += line
            if len(header) > _HEADER_BYTES:
                raise self._error("The header of the record has no end.", offset)
        return _parse_headers(io.BytesIO(header))

    def _block(self, length: int, offset: int, *, wanted: bool) -> bytes:
        """Return the bytes of a record, none of one that is not wanted."""
        kept, left = bytearray(), length
        while left:
            data = self._stream.read(min(left, _BLOCK_BYTES))
            if not data:
                raise self._error("The archive is cut off within this record.", offset)
            self._offset += len(data)
            left -= len(data)
            if wanted and length <= MAX_BYTES:
                kept += data
        if wanted and length > MAX_BYTES:
            raise too_long(MAX_BYTES, f"{self._where}, byte {offset}")
        return bytes(kept)

    def _error(self, fault: str, offset: int) -> ArticleError:
        return ArticleError(fault, where=f"{self._where}, byte {offset}", remedy="Fetch the archive again.")


def _parse_headers(stream: io.BytesIO) -> "StatusAndHeaders":
    """Return a first line and the headers below it; what is no header is left out."""
    from warcio.statusandheaders import StatusAndHeadersParser  # noqa: PLC0415 - an extra

    return StatusAndHeadersParser([], verify=False).parse(stream)


def _fits_digest(block: bytes, stated: str) -> bool:
    """Tell whether bytes have the digest stated; one of an unknown algorithm or form proves nothing."""
    name, _, value = stated.partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in _DIGESTS:
        return True
    digest = hashlib.new(name, block, usedforsecurity=False).digest()
    forms = digest.hex(), base64.b32encode(digest).decode().rstrip("=").lower()
    value = value.strip().rstrip("=").lower()
    return value in forms or len(value) not in map(len, forms)


# ---- Pages -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Payload:
    """What was fetched.

    Attributes:
        body: The bytes as they were sent.
        media: Media type and charset as the server stated them.
        status: Status of HTTP; "200" where there is no HTTP.
        transfer: How the body was cut for sending: "chunked".
        codings: How it was compressed, in order.
    """

    body: bytes
    media: str
    status: str = "200"
    transfer: str = ""
    codings: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """The media type alone."""
        return self.media.partition(";")[0].strip().lower()


def _article(record: _Record, origin: Origin) -> Article | None:
    """Return the article of a record; None for what is no page, which is counted."""
    where = f"{origin.source}, byte {record.offset}"
    if record.kind not in _TYPES:
        origin.ignored[record.kind if record.kind in _OTHER_TYPES else "other record"] += 1
        return None
    address = record.field("WARC-Target-URI").strip("<>")
    payload = _payload(record)
    other = _why_no_page(payload, address)
    if other:
        origin.ignored[other] += 1
        return None
    if record.field("WARC-Truncated"):
        origin.ignored["end of a page that the crawler cut off"] += 1
    try:
        article = _page(payload, f"{where} ({printable(address)})" if address else where)
    except NoArticleError:
        # An archive holds what the crawler met: lists of articles and pages in other languages are no fault of it.
        origin.ignored["page without an article"] += 1
        return None
    return replace(
        article,
        identifier=printable(address) or hash_name(origin.name, article.raw),
        address=address or None,
        fetched=fetched_at(record.field("WARC-Date")),
    )


def _payload(record: _Record) -> _Payload:
    if not record.block.startswith(b"HTTP/"):
        return _Payload(record.block, record.field("Content-Type"))
    blank = _BLANK_LINE.search(record.block, 0, _HEADER_BYTES)
    end = blank.end() if blank else min(len(record.block), _HEADER_BYTES)
    headers = _parse_headers(io.BytesIO(record.block[:end]))
    fields = {name.lower(): value.strip() for name, value in headers.headers}
    return _Payload(
        record.block[end:],
        fields.get("content-type", ""),
        headers.get_statuscode(),
        fields.get("transfer-encoding", "").lower(),
        tuple(filter(None, re.split(r"[\s,]+", fields.get("content-encoding", "").lower()))),
    )


def _why_no_page(payload: _Payload, address: str) -> str:
    """Return what a record is instead of a page, empty for a page."""
    if payload.status != "200":
        return f"status {payload.status}" if _STATUS.fullmatch(payload.status) else "no status"
    if address.partition("?")[0].endswith("/robots.txt"):
        return "robots.txt"
    media = payload.media_type
    if media in _PAGES or media == "text/plain":
        return ""
    family = media.partition("/")[0]
    return family if family in _OTHER_MEDIA else "other media type"


def _page(payload: _Payload, where: str) -> Article:
    body = _joined(payload.body, where) if payload.transfer == "chunked" else payload.body
    body = _decompressed(body, payload.codings, where)
    charset = _CHARSET.search(payload.media)
    declared = charset[1].lower() if charset else None
    if payload.media_type in _PAGES:
        return checked(read_html(body, identifier="", where=where, declared=declared), where)
    return text_article(body, identifier="", where=where, declared=declared)


def _joined(body: bytes, where: str) -> bytes:
    """Return the chunks of a body as one; one without chunks was stored in one piece by the crawler."""
    parts: list[bytes] = []
    place = 0
    while head := _CHUNK.match(body, place):
        size = int(head[1], 16)
        place = head.end() + size
        parts.append(body[head.end() : place])
        if not size:
            return b"".join(parts)
    if not parts:
        return body
    raise ArticleError("The chunks of the body are damaged or cut off.", where=where, remedy="Fetch the page again.")


def _decompressed(body: bytes, codings: tuple[str, ...], where: str) -> bytes:
    """Return the body as the page's author wrote it; some crawlers decompress and keep the header."""
    for coding in reversed(codings):
        if format_of_head(body[:HEAD_BYTES]) is Format.HTML or coding in _NO_CODINGS:
            continue
        if coding not in _WINDOWS:
            raise ArticleError(f"The body is compressed with {coding!r}.", where=where, remedy="Archive it as gzip.")
        body = _inflated(body, _WINDOWS[coding], where)
    return body


def _inflated(body: bytes, windows: tuple[int, ...], where: str) -> bytes:
    """Return what compressed bytes hold, by the first of the forms that fits."""
    for window in windows:
        inflater = zlib.decompressobj(window)
        try:
            data = inflater.decompress(body, MAX_BYTES + 1)
        except zlib.error:
            continue
        if len(data) > MAX_BYTES:
            raise too_long(MAX_BYTES, where)
        if inflater.eof:
            return data
    raise ArticleError("The compressed body is damaged or cut off.", where=where, remedy="Fetch the page again.")
