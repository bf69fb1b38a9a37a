"""Lines of JSON: each line by itself."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.read.jsonl import parse_object
from tests.read.samples import TEXT, members, read, read_bytes, text


def line(number: int, **more: object) -> str:
    """Return a record as a line."""
    return json.dumps({"id": number, "text": text(number), **more}, ensure_ascii=False) + "\n"


def test_each_line_is_an_article(tmp_path: Path) -> None:
    """Byte order mark, CRLF, blank lines and a missing last line end are fine."""
    path = tmp_path / "a.jsonl"
    path.write_bytes("\ufeff".encode() + (line(1) + "\n  \n" + line(2)).rstrip().replace("\n", "\r\n").encode())
    items = read(path)
    assert items.names == ["1", "2"]
    assert items.articles[1].raw == text(2)
    assert (items.skipped, items.ignored) == ([], {})


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ("{", "no JSON: Expecting property name"),
        ('{"text": "a"', "no JSON: Expecting ',' delimiter at character 13"),
        ("[1]", "holds list, no object"),
        ("null", "holds NoneType, no object"),
        ('{"text": NaN}', "no text"),
        ('{"title": "甲"}', "Tell which of its fields is the text: text=…; it has title."),
        ('{"text": 1}', "no string but int"),
        ('{"text": "短"}', "too little Chinese"),
        ('{"text": "a", "text": "b"}', "text stands twice"),
        ('{"text": ' + "[" * 99_999, "no JSON: nested too deeply"),
        ('{"n": ' + "9" * 9_999 + "}", "no JSON: Exceeds the limit"),
        ("\x00\x01\x02", "no JSON"),
    ],
)
def test_a_bad_line_loses_itself_alone(bad: str, complaint: str) -> None:
    """The line is named with its number and its fault, and the others are read."""
    items = read_bytes((line(1) + bad + "\n" + line(3)).encode())
    assert items.names == ["1", "3"]
    assert len(items.skipped) == 1
    assert items.reasons[0].startswith("standard input, line 2: ")
    assert complaint in items.reasons[0]


def test_odd_values_elsewhere_do_no_harm() -> None:
    """No numbers, big numbers and fields that stand twice are no fault where nothing is read from them."""
    odd = line(1)[:-2] + ', "a": NaN, "b": -Infinity, "c": 1e999, "c": ' + "9" * 4000 + "}\n"
    assert read_bytes(odd.encode()).names == ["1"]


def test_bad_lines_are_counted() -> None:
    """A file of another kind gives some lines and a count, not one line for each of its own."""
    items = read_bytes(b'{"text"\n' * 500)
    assert len(items.skipped) == 21
    assert "480 further places" in items.reasons[-1]


@pytest.mark.parametrize("charset", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_charsets_are_read(charset: str, tmp_path: Path) -> None:
    """Lines in GB18030 and files in UTF-16 are read like those in UTF-8."""
    path = tmp_path / "a.jsonl"
    path.write_bytes((line(1) + line(2)).encode(charset))
    assert [article.raw for article in read(path).articles] == [text(1), text(2)]


def test_compression_is_told_by_the_bytes_not_the_name(tmp_path: Path) -> None:
    """A file that is gzip is unpacked, whatever it is called; one that only is called so is read as it is."""
    packed, plain = members(line(1).encode(), line(2).encode()), (line(1) + line(2)).encode()
    for name, data in (("a.jsonl", packed), ("b.jsonl.gz", packed), ("c.jsonl.gz", plain)):
        (tmp_path / name).write_bytes(data)
        assert read(tmp_path / name).names == ["1", "2"]


def test_broken_gzip_gives_what_it_holds(tmp_path: Path) -> None:
    """Whole lines before the cut are read; one line tells of the cut; what is no gzip at all is told once."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(members("".join(map(line, range(500))).encode())[:-200])
    items = read(path)
    assert items.names == [str(number) for number in range(len(items.articles))]
    assert len(items.articles) > 200
    assert ["is cut off" in reason for reason in items.reasons] == [True]
    path.write_bytes(b"\x00\x8b\x08" + members(line(1).encode())[3:])
    assert ["not compressed with gzip" in reason for reason in read(path).reasons] == [True]


def test_a_name_can_be_found_twice() -> None:
    """Two records of one id and different text are both read."""
    assert read_bytes((line(1) + line(1, text=TEXT)).encode()).names == ["1", "1"]


@given(st.binary(max_size=300))
def test_any_line_gives_an_object_or_an_error(data: bytes) -> None:
    """Nothing but an error of ours comes out of parsing."""
    with suppress(ArticleError):
        assert isinstance(parse_object(data, "x"), dict)
