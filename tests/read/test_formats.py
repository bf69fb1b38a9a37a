"""Formats by name and by first bytes."""

import pytest

from kg.read.formats import Format, format_of_head, format_of_name


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.txt", Format.TEXT),
        ("a.TXT.GZ", Format.TEXT),
        ("a.htm", Format.HTML),
        ("a.shtml", Format.HTML),
        ("a.jsonl.gz", Format.JSONL),
        ("a.ndjson", Format.JSONL),
        ("a.warc.gz", Format.WARC),
        ("a.parquet", Format.PARQUET),
        ("a.parquet.gz", None),
        ("a.txt.part", None),
        ("a.txt~", None),
        ("txt", None),
    ],
)
def test_names_tell_formats(name: str, form: Format | None) -> None:
    """The suffix tells the format, in any case; .gz may follow all but Parquet, which compresses itself."""
    assert format_of_name(name) is form


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"WARC/1.0\r\n", Format.WARC),
        (b"PAR1\x15", Format.PARQUET),
        (b'\xef\xbb\xbf\n {"text"', Format.JSONL),
        ('{"text"'.encode("utf-16"), Format.JSONL),
        (b'[\n  {"text"', Format.JSONL),
        ("[摘要]".encode(), Format.TEXT),
        (b"\n<!DOCTYPE html>", Format.HTML),
        (b"<p>", Format.HTML),
        ("<<山乡>>".encode(), Format.TEXT),
        ("全县".encode("gb18030"), Format.TEXT),
        (b"", Format.TEXT),
    ],
)
def test_first_bytes_tell_formats(head: bytes, form: Format) -> None:
    """Marks and first characters tell the format; what is nothing else is text."""
    assert format_of_head(head) is form
