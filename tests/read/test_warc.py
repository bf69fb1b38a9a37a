"""Web archives: the pages among their records, and what becomes of damaged ones."""

import base64
import gzip
import hashlib
import zlib
from pathlib import Path

import pytest

from tests.read.samples import PAGE, TEXT, http, members, read, read_bytes, warc_record

INFO = warc_record(b"software: tests\r\n", kind="warcinfo", address="")


def page(number: int) -> bytes:
    """Return the record of a page."""
    return warc_record(http(PAGE.replace("纪实", f"纪实{number}").encode()), address=f"http://a.example/{number}")


def test_pages_are_read_with_address_and_time() -> None:
    """Identifier and address are where the page was found; the time is that of fetching, not of publication."""
    items = read_bytes(INFO + page(1) + page(2))
    first = items.articles[0]
    assert items.names == ["http://a.example/1", "http://a.example/2"]
    assert (first.address, first.fetched) == ("http://a.example/1", "2021-03-04T05:06:07Z")
    assert first.stated.published is None
    assert first.main is not None
    assert (items.skipped, items.ignored) == ([], {"warcinfo": 1})


@pytest.mark.parametrize(
    "packed", [members(INFO, page(1), page(2)), gzip.compress(INFO + page(1) + page(2), mtime=0)], ids=["each", "whole"]
)
def test_compressed_archives_are_read(packed: bytes, tmp_path: Path) -> None:
    """Each record may be a member of its own, as it should be, or the archive may be packed as a whole."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed)
    assert len(read(path).articles) == 2


def test_other_records_are_counted() -> None:
    """What is no page is no fault: it is counted by what it is."""
    records = [
        warc_record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        warc_record(b"x", kind="whatever"),
        warc_record(http(b"", status="404 Not Found")),
        warc_record(http(b"", status="odd")),
        warc_record(http(b"\x89PNG", media="image/png")),
        warc_record(http(b"{}", media="application/json")),
        warc_record(http(b"x", media="nonsense")),
        warc_record(http(b"User-agent: *", media="text/plain"), address="http://a.example/robots.txt"),
        warc_record(b"a.example. IN A 1.2.3.4", address="dns:a.example", Content_Type="text/dns"),
    ]
    items = read_bytes(b"".join(records))
    assert items.articles == items.skipped == []
    assert items.ignored == {
        "request": 1, "other record": 1, "status 404": 1, "no status": 1, "image": 1, "application": 1,
        "other media type": 1, "robots.txt": 1, "text": 1,
    }  # fmt: skip


def test_pages_without_an_article_are_counted() -> None:
    """A page that only lists others, or a cut-off one, is no fault of the archive; the others are read."""
    items = read_bytes(warc_record(http(PAGE.encode()[:200])) + page(2))
    assert (items.names, items.reasons) == (["http://a.example/2"], [])
    assert dict(items.ignored) == {"page without an article": 1}


def test_resources_and_conversions_have_no_http() -> None:
    """Records that hold the content itself state its type in their own header."""
    records = [
        warc_record(PAGE.encode(), kind="resource", Content_Type="text/html"),
        warc_record(TEXT.encode(), kind="conversion", address="", Content_Type="text/plain"),
    ]
    items = read_bytes(b"".join(records))
    assert items.names == ["http://a.example/1", "stdin#" + hashlib.sha256(TEXT.encode()).hexdigest()[:12]]
    assert items.articles[1].raw == TEXT


def test_the_charset_of_the_header_is_believed_if_it_fits() -> None:
    """A text in Big5 is read as the server says."""
    traditional = "全縣幹部群眾一起努力，修路引水，種果養牛，日子一天比一天好，二十個村全部摘了帽。\n" * 4
    body = traditional.encode("big5")
    items = read_bytes(warc_record(http(body, media="text/plain; charset=Big5")))
    assert (items.articles[0].raw, items.articles[0].charset) == (traditional, "big5hkscs")


def chunked(body: bytes) -> bytes:
    """Return a body in chunks."""
    pieces = [body[start : start + 700] for start in range(0, len(body), 700)]
    return b"".join(b"%X;x=y\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def raw_deflate(data: bytes) -> bytes:
    """Return data as deflate without zlib's header."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(PAGE.encode()), {"Transfer_Encoding": "chunked"}),
        (PAGE.encode(), {"Transfer_Encoding": "chunked"}),
        (gzip.compress(PAGE.encode()), {"Content_Encoding": "gzip"}),
        (PAGE.encode(), {"Content_Encoding": "gzip"}),
        (PAGE.encode(), {"Content_Encoding": "br"}),
        (zlib.compress(PAGE.encode()), {"Content_Encoding": "deflate"}),
        (raw_deflate(PAGE.encode()), {"Content_Encoding": "Deflate"}),
        (
            chunked(gzip.compress(PAGE.encode())),
            {"Content_Encoding": "identity, x-gzip", "Transfer_Encoding": "Chunked"},
        ),
    ],
)
def test_bodies_are_joined_and_decompressed(body: bytes, headers: dict[str, str]) -> None:
    """Chunks, gzip and deflate in both forms are undone; what the crawler undid already is taken as it is."""
    items = read_bytes(warc_record(http(body, **headers)))
    assert items.reasons == []
    assert "二十个村全部摘了帽" in items.articles[0].raw


@pytest.mark.parametrize(
    ("body", "headers", "complaint"),
    [
        (chunked(PAGE.encode())[:-20], {"Transfer_Encoding": "chunked"}, "chunks of the body are damaged"),
        (gzip.compress(PAGE.encode())[:-20], {"Content_Encoding": "gzip"}, "damaged or cut off"),
        (b"\x0b\x02\x80\x03", {"Content_Encoding": "br"}, "compressed with 'br'"),
        (gzip.compress(bytes(99 << 20)), {"Content_Encoding": "gzip"}, "more than 16 MiB"),
    ],
)
def test_a_page_that_cannot_be_read_is_named(body: bytes, headers: dict[str, str], complaint: str) -> None:
    """The line tells the place in the archive and the address; the other pages are read."""
    items = read_bytes(warc_record(http(body, **headers)) + page(2))
    assert items.names == ["http://a.example/2"]
    assert items.reasons[0].startswith("standard input, byte 0 (http://a.example/1): ")
    assert complaint in items.reasons[0]


DAMAGES = {
    "cut off within": (page(1) + page(2)[:-200], 1, f"byte {len(page(1))}: The archive is cut off within this record."),
    "stray bytes": (page(1) + b"stray\r\n\r\n" + page(2), 1, "byte 0: The record is not as long as it says."),
    "too short": (warc_record(http(PAGE.encode()), length=300) + page(2), 1, "not as long as it says"),
    "too long": (warc_record(http(PAGE.encode()), length=800) + page(2) + page(3), 1, "not as long as it says"),
    "no length": (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + page(2), 1, "byte 0: The record has no length: ''."),
    "odd length": (b"WARC/1.0\r\nContent-Length: -1\r\n\r\n" + page(2), 1, "has no length: '-1'"),
    "no archive": (b"<html>" * 99, 0, "belongs to no record"),
    "endless header": (
        b"WARC/1.0\r\n" + b"a: b\r\n" * 99_999 + b"\r\n" + page(2),
        1,
        "header of the record has no end",
    ),
    "huge": (warc_record(http(bytes(17 << 20))) + page(2), 1, "more than 16 MiB"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_record_loses_itself_alone(name: str, tmp_path: Path) -> None:
    """What can be read is read, and a line tells the place where something is lost."""
    data, whole, complaint = DAMAGES[name]
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    items = read(path)
    assert len(items.articles) == whole
    assert complaint in items.reasons[0]
    assert len(items.reasons) <= 2


def test_a_damaged_member_loses_one_record() -> None:
    """In an archive of members, reading goes on at the next one."""
    first, second, third = (members(page(number)) for number in (1, 2, 3))
    items = read_bytes(first + second[:300] + bytes(8) + second[308:] + third)
    assert items.names == ["http://a.example/1", "http://a.example/3"]
    assert "is damaged" in items.reasons[0]


@pytest.mark.parametrize("end", [30, 60, 200, 900, 1300])
def test_an_archive_that_is_cut_off_gives_what_it_holds(end: int) -> None:
    """Whole records are read, and at least one line tells of the cut."""
    packed = members(page(1), page(2))
    items = read_bytes(packed[:end])
    assert len(items.articles) == (end > len(members(page(1)))) + (end >= len(packed))
    assert bool(items.skipped) == (end < len(packed))


def digest_of(data: bytes) -> str:
    """Return a digest as archives write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def test_bytes_are_held_to_their_digest() -> None:
    """A record whose bytes changed since it was written is not read; digests of unknown form prove nothing."""
    block = http(PAGE.encode())
    good = [digest_of(block), "SHA-256:" + hashlib.sha256(block).hexdigest().upper(), "blake3:abc", "sha1:abc", "sha1"]
    items = read_bytes(b"".join(warc_record(block, WARC_Block_Digest=digest) for digest in good))
    assert len(items.articles) == len(good)
    bad = read_bytes(warc_record(block, WARC_Block_Digest=digest_of(b"other")))
    assert ["do not fit its digest" in reason for reason in bad.reasons] == [True]


def test_pages_that_the_crawler_cut_off_are_counted() -> None:
    """Such a page is read as far as it goes."""
    items = read_bytes(warc_record(http(PAGE.encode()), WARC_Truncated="length"))
    assert len(items.articles) == 1
    assert items.ignored == {"end of a page that the crawler cut off": 1}
