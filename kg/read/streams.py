"""Bytes of sources as bounded streams: counted for the progress, decompressed, cut into lines.

No source can make them hold more than some buffers and one line. A fault in the bytes is raised once, where it
stands; whoever reads on gets what lies behind it. What the bytes say is left to the readers of the formats.
"""

import codecs
import io
import zlib
from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any

from kg.errors import ArticleError, reason_of

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: Called with the bytes of the sources read so far, and all there are; the latter leaves out what comes by a pipe.
Progress = Callable[[int, int], None]

_MEMBER = b"\x1f\x8b\x08"
_GZIP = 16 + zlib.MAX_WBITS
_BUFFER_BYTES = 1 << 18
#: Decompressed at a time: little, since a fault takes along what was decompressed with it.
_PIECE_BYTES = 1 << 10
#: So much output from less than a hundredth of it is a bomb: articles shrink to a third, nearly equal ones to a
#: fiftieth; gzip shrinks zeros to a thousandth.
_BOMB_BYTES = 64 << 20
_BOMB_RATIO = 100
#: A stream that is broken in more places is not read on.
_MAX_FAULTS = 20


class Meter:
    """How much of the sources has been read.

    Attributes:
        done: Bytes read so far.
    """

    def __init__(self, progress: Progress, total: int) -> None:
        self.done = 0
        self._progress = progress
        self._total = total

    def move(self, done: int) -> None:
        """Tell that so many bytes of the sources have been read; it is never told that there were fewer."""
        self.done = max(self.done, done)
        self._progress(self.done, self._total)

    def part(self, size: int) -> Callable[[float], None]:
        """Return what to tell the share read of the next so many bytes."""
        start = self.done
        return lambda share: self.move(start + int(share * size))


class _Reader(io.RawIOBase):
    """Base of what :class:`io.BufferedReader` can read from: gives bytes until there are none."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer", /) -> int:
        view = memoryview(buffer)
        data = self.take(len(view))
        view[: len(data)] = data
        return len(data)

    @abstractmethod
    def take(self, size: int) -> bytes:
        """Return at most so many bytes, none at the end."""


class _CountedReader(_Reader):
    """A file or pipe, with what has been read of it told to the meter; its end comes but once."""

    def __init__(self, file: IO[bytes], meter: Meter, where: str, size: int) -> None:
        super().__init__()
        self._file = file
        self._meter = meter
        self._where = where
        self._missing = size
        self._ended = False

    def take(self, size: int) -> bytes:
        if self._ended:
            return b""
        try:
            data = self._file.read(size)
        except OSError as exc:
            self._ended = True
            raise unreadable(exc, self._where) from exc
        self._meter.move(self._meter.done + len(data))
        self._missing -= len(data)
        self._ended = not data
        if self._ended and self._missing > 0:
            remedy = "Read it when nobody writes it."
            raise ArticleError("The file became shorter while it was read.", where=self._where, remedy=remedy)
        return data


class _GzipReader(_Reader):
    """What the members of a gzip stream hold.

    After a fault it goes on at the next member, if there is one: in a WARC each record has its own.
    """

    def __init__(self, packed: IO[bytes], where: str) -> None:
        super().__init__()
        self._packed = packed
        self._where = where
        self._input = b""
        self._taken = 0
        self._member: Any = None  # zlib's decompressor, whose type has no public name
        self._faults: list[ArticleError] = []
        self._fault_count = 0
        self._ended = False
        self._window = [0, 0]

    def take(self, size: int) -> bytes:
        while not self._ended or self._faults:
            if self._faults:
                raise self._faults.pop()
            data = self._decompress(size) if self._member is not None else self._begin()
            if data:
                return data
        return b""

    def _begin(self) -> bytes:
        """Enter the next member, past padding with zeros."""
        self._input = self._input.lstrip(b"\0")
        if len(self._input) < len(_MEMBER) and self._refill():
            return b""
        if self._input.startswith(_MEMBER):
            self._member = zlib.decompressobj(_GZIP)
        elif self._input:
            self._break("is followed by what is no gzip data")
        else:
            self._ended = True
        return b""

    def _decompress(self, size: int) -> bytes:
        refilled = bool(self._input) or self._refill()
        try:
            data: bytes = self._member.decompress(self._input, size)
        except zlib.error:
            self._break("is damaged")
            return b""
        self._input = self._member.unconsumed_tail or self._member.unused_data
        if self._member.eof:
            self._member = None
        elif not data and not refilled:
            self._end("is cut off")
        self._watch(len(data))
        return data

    def _refill(self) -> bool:
        """Read on; tell whether there was more."""
        piece = self._packed.read(_PIECE_BYTES)
        self._input += piece
        self._taken += len(piece)
        self._window[0] += len(piece)
        return bool(piece)

    def _watch(self, size: int) -> None:
        self._window[1] += size
        read, given = self._window
        if given < _BOMB_BYTES:
            return
        self._window = [0, 0]
        if given > _BOMB_RATIO * read:
            self._end(f"gives more than {_BOMB_RATIO} bytes for one, more than any text does")

    def _end(self, fault: str) -> None:
        """Read no further."""
        self._ended = True
        self._member = None
        self._complain(fault, "nothing behind it was read")

    def _break(self, fault: str) -> None:
        """Go on at the next member."""
        self._fault_count += 1
        if self._fault_count > _MAX_FAULTS or not self._find_member():
            self._end(fault)
            return
        self._member = None
        self._complain(fault, "what can be read behind it is read")

    def _complain(self, fault: str, outcome: str) -> None:
        message = f"The compressed data {fault}, near byte {self._taken}; {outcome}."
        self._faults.append(ArticleError(message, where=self._where, remedy="Fetch the file again."))

    def _find_member(self) -> bool:
        """Read on to the next beginning of a member, and tell whether there is one."""
        self._input = self._input[1:]
        while (start := self._input.find(_MEMBER)) < 0:
            self._input = self._input[1 - len(_MEMBER) :]
            if not self._refill():
                return False
        self._input = self._input[start:]
        return True


class _Utf8Reader(_Reader):
    """UTF-16 as UTF-8, so that lines can be told."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._ended = False

    def take(self, size: int) -> bytes:
        while not self._ended:
            # Two bytes become at most three.
            data = self._stream.read(max(size // 3 * 2, 2))
            self._ended = not data
            if text := self._decoder.decode(data, final=self._ended):
                return text.encode()
        return b""


def open_stream(file: IO[bytes], meter: Meter, where: str, size: int = 0) -> io.BufferedReader:
    """Return the bytes of a file, decompressed where they are gzip, whatever its name says.

    Later reading may raise the same error as opening, and one for damaged gzip data.

    Args:
        file: The bytes.
        meter: Told how many have been read.
        where: The file, for errors.
        size: How many bytes the file has at least; 0 for a pipe.

    Raises:
        ArticleError: for what the system refuses to read.
    """
    stream: io.BufferedReader = io.BufferedReader(_CountedReader(file, meter, where, size), _BUFFER_BYTES)
    if stream.peek(len(_MEMBER)).startswith(_MEMBER):
        return io.BufferedReader(_GzipReader(stream, where), _BUFFER_BYTES)
    return stream


def is_gzip(stream: io.BufferedReader) -> bool:
    """Tell whether a stream that was opened here is decompressed."""
    return isinstance(stream.raw, _GzipReader)


def read_all(stream: IO[bytes], limit: int, where: str) -> bytes:
    """Return the rest of a stream.

    Raises:
        ArticleError: if it has more bytes than the limit.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_long(limit, where)
    return data


def read_lines(stream: io.BufferedReader, limit: int, where: str) -> Iterator[tuple[int, bytes | ArticleError]]:
    """Yield the lines of a stream that are not blank, with their numbers from 1; a fault stands for what it loses."""
    if stream.peek(2).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        stream = io.BufferedReader(_Utf8Reader(stream), _BUFFER_BYTES)
    number = 0
    while True:
        number += 1
        place = f"{where}, line {number}"
        try:
            line = stream.readline(limit + 1)
            if len(line) > limit:
                _pass_line(stream, line)
                raise too_long(limit, place)
        except ArticleError as exc:
            yield number, exc
            continue
        if not line:
            return
        if line.strip():
            yield number, line


def _pass_line(stream: IO[bytes], line: bytes) -> None:
    """Read to the end of a line that is too long to be kept."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(_BUFFER_BYTES)


def too_long(limit: int, where: str) -> ArticleError:
    """Return the error for what has too many bytes for an article."""
    return ArticleError(
        f"This has more than {limit >> 20} MiB, too much for one article.", where=where, remedy="Give single articles."
    )


def unreadable(exc: OSError, where: str) -> ArticleError:
    """Return the error for what the system refuses to read."""
    if isinstance(exc, FileNotFoundError):
        return ArticleError("There is no such file.", where=where, remedy="Check the name, or where the link leads.")
    return ArticleError(f"This cannot be read: {reason_of(exc)}.", where=where, remedy="Check its permissions.")
