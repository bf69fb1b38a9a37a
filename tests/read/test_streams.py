"""Bounded streams: counted, decompressed, cut into lines."""

import gzip
import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.read import streams
from kg.read.streams import Meter, open_stream, read_all, read_lines, unreadable
from tests.read.samples import members

LINES = b"".join(b"line %d with some words\n" % number for number in range(2000))


def opened(data: bytes) -> io.BufferedReader:
    """Return a stream of bytes."""
    return open_stream(io.BytesIO(data), Meter(lambda _done, _total: None, 0), "x")


def drained(stream: io.BufferedReader) -> tuple[bytes, list[str]]:
    """Return all that a stream gives, and the faults in it."""
    data, faults = b"", []
    while True:
        try:
            piece = stream.read1(1 << 16)
        except ArticleError as exc:
            faults.append(str(exc))
            continue
        if not piece:
            return data, faults
        data += piece


def damaged(data: bytes, place: int) -> bytes:
    """Return bytes with four of them changed."""
    return data[:place] + bytes(255 - byte for byte in data[place : place + 4]) + data[place + 4 :]


@pytest.mark.parametrize(
    "data", [LINES, members(LINES), members(LINES[:99], b"", LINES[99:]), members(LINES) + bytes(99)]
)
def test_gzip_is_told_by_its_first_bytes(data: bytes) -> None:
    """Plain bytes, one member, several and padding with zeros give the same."""
    assert drained(opened(data)) == (LINES, [])


def test_what_stands_before_a_cut_is_read() -> None:
    """A compressed file that was cut off gives what it holds, and one fault."""
    data, faults = drained(opened(members(LINES)[:-100]))
    assert LINES.startswith(data)
    assert len(data) > len(LINES) // 2
    assert [fault.partition(" data ")[2][:10] for fault in faults] == ["is cut off"]


def test_reading_goes_on_at_the_next_member() -> None:
    """A damaged member loses itself alone."""
    first, second, third = (members(part * 9) for part in (LINES, LINES[::-1], LINES))
    data, faults = drained(opened(first + damaged(second, len(second) // 2) + third))
    assert data.startswith(LINES * 9)
    assert data.endswith(LINES * 9)
    assert "is damaged" in faults[0]
    assert "what can be read behind it is read" in faults[0]


def test_bytes_behind_the_last_member_are_told() -> None:
    """All members are read, and what follows them is one fault."""
    data, faults = drained(opened(members(LINES) + b"<html>" * 3000))
    assert data == LINES
    assert ["no gzip data" in fault and "nothing behind it" in fault for fault in faults] == [True]


def test_endless_faults_end() -> None:
    """What looks like a member again and again is given up after some faults."""
    _, faults = drained(opened(members(LINES) + b"\x1f\x8b\x08\xff" * 9999))
    assert len(faults) == streams._MAX_FAULTS + 1
    assert "nothing behind it was read" in faults[-1]


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too much output from too little input ends the stream; much output alone does not."""
    monkeypatch.setattr(streams, "_BOMB_BYTES", 1 << 20)
    data, faults = drained(opened(gzip.compress(bytes(8 << 20))))
    assert len(data) < 3 << 20
    assert "more than any text" in faults[0]
    prose = "".join(f"第{number}户{number * 7}元，" for number in range(99_999)).encode()
    assert drained(opened(gzip.compress(prose))) == (prose, [])


def test_progress_counts_compressed_bytes() -> None:
    """At the end all bytes of the file have been told."""
    told: list[tuple[int, int]] = []
    data = members(LINES)
    drained(open_stream(io.BytesIO(data), Meter(lambda done, total: told.append((done, total)), 77), "x"))
    assert told[-1] == (len(data), 77)


class Broken(io.RawIOBase):
    """A file on a disk that fails."""

    def read(self, _size: int = -1) -> bytes:
        """Fail."""
        raise OSError(5, "Input/output error")


def test_what_the_system_refuses_is_told_once() -> None:
    """An error of the disk is one fault, and the end of the stream."""
    stream = streams.open_stream
    with pytest.raises(ArticleError, match="Input/output error"):
        stream(Broken(), Meter(lambda _done, _total: None, 0), "x")
    assert "no such file" in str(unreadable(FileNotFoundError(2, "gone"), "x"))


def lines(data: bytes, limit: int = 1 << 20) -> list[tuple[int, bytes | str]]:
    """Return the lines with their numbers; faults as words."""
    found = read_lines(opened(data), limit, "x")
    return [(number, line if isinstance(line, bytes) else str(line)) for number, line in found]


def test_lines_have_numbers() -> None:
    """Blank lines count and are left out; the last one needs no end."""
    assert lines(b"a\r\n\n \nb") == [(1, b"a\r\n"), (4, b"b")]


def test_a_line_without_end_is_not_kept() -> None:
    """A line over the limit is passed and told; the next one is read."""
    found = lines(b"a\n" + b"x" * 3_000_000 + b"\nb\n", limit=1 << 20)
    assert [number for number, _ in found] == [1, 2, 3]
    assert found[1][1] == "x, line 2: This has more than 1 MiB, too much for one article. Give single articles."


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-be"])
def test_lines_of_utf16_are_told(charset: str) -> None:
    """UTF-16 with its mark is cut at its line ends, not within its characters."""
    words = "第一行\n上਀下\n😀\n"
    mark = b"" if charset == "utf-16" else b"\xfe\xff"
    assert [line for _, line in lines(mark + words.encode(charset))] == [
        line.encode() for line in words.splitlines(keepends=True)
    ]


def test_a_fault_stands_where_lines_are_lost() -> None:
    """Lines before a cut are whole; the line that is cut is none."""
    found = lines(members(LINES)[:-100])
    assert all(isinstance(line, bytes) and line.endswith(b"words\n") for _, line in found[:-1])
    assert "cut off" in str(found[-1][1])


def test_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    """Whoever reads all of a stream says how much that may be."""
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    with path.open("rb") as file:
        assert read_all(file, 100, "x") == b"x" * 100
    with path.open("rb") as file, pytest.raises(ArticleError, match="too much for one article"):
        read_all(file, 99, "x")


@given(st.binary(max_size=2000), st.integers(0, 300), st.integers(0, 255))
def test_damaged_gzip_ends(data: bytes, place: int, byte: int) -> None:
    """Whatever byte of a compressed stream is changed, reading ends, and nothing but faults of ours comes out."""
    packed = bytearray(members(data, data))
    packed[place % len(packed)] = byte
    drained(opened(bytes(packed)))


def test_zlib_gives_its_last_bytes() -> None:
    """Output that zlib still holds when the input has ended is given before the end."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_SYNC_FLUSH)
    data, faults = drained(opened(packed))
    assert (len(data), len(faults)) == (1_000_000, 1)
