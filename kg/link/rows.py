"""The file of the gazetteer's rows: code, name and years of 0.8 million divisions, mapped into memory.

Rows are ordered by level, then by code, then by name. The names stand once each in a trie, which numbers them. Beside
it lie four columns in one file, every number big-endian:

1. the number of the name, 3 bytes a row: a name is found by its number in the stretch of rows asked for;
2. for the four upper levels, the code filled up to nine digits, 4 bytes, and the years, 1 byte a row;
3. for each township the place of its first village among the villages, 4 bytes, and once more the end;
4. for each village the last three digits of its code and the years, 2 bytes.

How many rows each level has, and where the data come from, is told by a JSON file. What the rows mean for a user is
told by :mod:`kg.link.gazetteer`.
"""

import hashlib
import json
import mmap
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from kg.errors import StoreError

NAMES_FILE = "names.marisa"
COLUMNS_FILE = "columns.bin"
SOURCE_FILE = "source.json"

#: Digits of a code at each of the five levels, from the province.
LEVEL_DIGITS = (2, 4, 6, 9, 12)
_TOWN_DIGITS, _VILLAGE_DIGITS = LEVEL_DIGITS[-2:]

_NAME_BYTES = 3
_UPPER_BYTES = 5
_FIRST_BYTES = 4
_VILLAGE_BYTES = 2
#: Bits of the years beside a village's number: so many lists can be merged.
_YEAR_BITS = 6
_YEARS = (1 << _YEAR_BITS) - 1


class Row(NamedTuple):
    """One name of one code, with the years of the lists that hold it, sorted."""

    code: str
    name: str
    years: tuple[int, ...]


def write_rows(rows: Sequence[Row], years: Sequence[int], folder: Path, note: Mapping[str, object]) -> None:
    """Write the files; the same rows give the same bytes.

    A village whose township is not among the rows is left out: the lists have some below pseudo-townships.

    Args:
        rows: Each pair of code and name once, in any order.
        years: Years of all lists, at most six, sorted.
        folder: Made if it is not there.
        note: What the JSON file tells about the sources.
    """
    towns = {row.code for row in rows if len(row.code) == _TOWN_DIGITS}
    kept = [row for row in rows if len(row.code) < _VILLAGE_DIGITS or row.code[:_TOWN_DIGITS] in towns]
    kept.sort(key=lambda row: (len(row.code), row))
    names = marisa_trie.Trie(sorted({row.name for row in kept}), num_tries=5)
    folder.mkdir(parents=True, exist_ok=True)
    names.save(str(folder / NAMES_FILE))
    (folder / COLUMNS_FILE).write_bytes(b"".join(_columns(kept, years, names)))
    counts = [sum(len(row.code) == digits for row in kept) for digits in LEVEL_DIGITS]
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (NAMES_FILE, COLUMNS_FILE)}
    text = json.dumps(
        {**note, "years": list(years), "rows_by_level": counts, "sha256": files}, ensure_ascii=False, indent=2
    )
    (folder / SOURCE_FILE).write_text(text + "\n", encoding="utf-8")


def _columns(rows: Sequence[Row], years: Sequence[int], names: marisa_trie.Trie) -> Iterator[bytes]:
    """Yield the four columns, in pieces."""
    upper = [row for row in rows if len(row.code) < _VILLAGE_DIGITS]
    villages = [row for row in rows if len(row.code) == _VILLAGE_DIGITS]
    held = {row.years: sum(1 << at for at, year in enumerate(years) if year in row.years) for row in rows}
    codes = [row.code for row in villages]
    for row in rows:
        yield names[row.name].to_bytes(_NAME_BYTES, "big")
    for row in upper:
        yield (int(row.code.ljust(_TOWN_DIGITS, "0")) << 8 | held[row.years]).to_bytes(_UPPER_BYTES, "big")
    for row in upper:
        if len(row.code) == _TOWN_DIGITS:
            yield bisect_left(codes, row.code).to_bytes(_FIRST_BYTES, "big")
    yield len(villages).to_bytes(_FIRST_BYTES, "big")
    for row in villages:
        yield (int(row.code[_TOWN_DIGITS:]) << _YEAR_BITS | held[row.years]).to_bytes(_VILLAGE_BYTES, "big")


class RowFile:
    """The rows, read only.

    Attributes:
        years: Years of the lists, sorted.
    """

    def __init__(self, folder: Path) -> None:
        """Map the files of a folder into memory.

        Raises:
            StoreError: if the files are missing.
        """
        note = _read_note(folder)
        self.years = tuple(note["years"])
        self._names = marisa_trie.Trie().mmap(str(folder / NAMES_FILE))
        self._columns = _map_file(folder / COLUMNS_FILE)
        counts = note["rows_by_level"]
        self._levels = dict(zip(LEVEL_DIGITS, pairwise([0, *accumulate(counts)]), strict=True))
        self._stretches: dict[tuple[str, int], tuple[int, int]] = {}
        *_, towns, villages = counts
        self._villages_at = sum(counts) - villages
        self._upper = sum(counts) * _NAME_BYTES
        self._firsts = self._upper + self._villages_at * _UPPER_BYTES
        self._numbers = self._firsts + (towns + 1) * _FIRST_BYTES
        self._first_villages = self._read_firsts()
        self._years_of = [self._held(bits) for bits in range(_YEARS + 1)]

    def __contains__(self, name: str) -> bool:
        """Tell whether some row has a name."""
        return name in self._names

    def level(self, digits: int) -> Iterator[Row]:
        """Yield all rows of one level, in order."""
        return map(self._row, range(*self._levels[digits]))

    def below(self, code: str, digits: int) -> Iterator[Row]:
        """Yield the rows of one level whose code begins with ``code``, in order; those of the code itself included."""
        rows = map(self._row, range(*self._stretch(code, digits)))
        return (row for row in rows if row.code.startswith(code))

    def named(self, name: str, below: str = "", *, levels: Iterable[int] = LEVEL_DIGITS) -> Iterator[Row]:
        """Yield the rows of some levels with a name whose code begins with ``below`` and is longer, in order."""
        number = self._names.get(name)
        if number is None:
            return
        wanted = number.to_bytes(_NAME_BYTES, "big")
        for digits in levels:
            if digits > len(below):
                yield from map(self._row, self._places(wanted, *self._stretch(below, digits)))

    def _places(self, wanted: bytes, start: int, end: int) -> Iterator[int]:
        """Yield the places within a stretch of rows whose name has the wanted number."""
        at = start * _NAME_BYTES
        while (at := self._columns.find(wanted, at, end * _NAME_BYTES)) >= 0:
            place, rest = divmod(at, _NAME_BYTES)
            if rest == 0:
                yield place
            at += _NAME_BYTES - rest

    def _stretch(self, code: str, digits: int) -> tuple[int, int]:
        """Return the places of the rows of one level below a code; they are remembered: articles ask for few codes."""
        if (code, digits) not in self._stretches:
            self._stretches[code, digits] = self._find_stretch(code, digits)
        return self._stretches[code, digits]

    def _find_stretch(self, code: str, digits: int) -> tuple[int, int]:
        """Return the places of the rows of one level below a code; for a village's own code, those of its township."""
        if digits == _VILLAGE_DIGITS:
            first, last = self._stretch(code[:_TOWN_DIGITS], _TOWN_DIGITS)
            start = self._levels[_TOWN_DIGITS][0]
            return self._first_villages[first - start], self._first_villages[last - start]
        level = range(*self._levels[digits])
        low = bisect_left(level, code, key=self._upper_code(digits))
        high = bisect_right(level, code, key=lambda at: self._upper_code(digits)(at)[: len(code)])
        return level.start + low, level.start + high

    def _upper_code(self, digits: int) -> Callable[[int], str]:
        """Return a function from the place of a row of an upper level to its code."""
        return lambda at: f"{self._number(self._upper + at * _UPPER_BYTES, _UPPER_BYTES - 1):09d}"[:digits]

    def _read_firsts(self) -> "array[int]":
        """Return the place of each township's first village, and the end."""
        found = array("I", self._columns[self._firsts : self._numbers])
        if sys.byteorder == "little":
            found.byteswap()
        return array("I", (self._villages_at + number for number in found))

    def _row(self, at: int) -> Row:
        """Return the row at a place."""
        name = self._names.restore_key(self._number(at * _NAME_BYTES, _NAME_BYTES))
        if at < self._villages_at:
            digits = next(digits for digits, (_, end) in self._levels.items() if at < end)
            held = self._columns[self._upper + (at + 1) * _UPPER_BYTES - 1]
            return Row(self._upper_code(digits)(at), name, self._years_of[held])
        packed = self._number(self._numbers + (at - self._villages_at) * _VILLAGE_BYTES, _VILLAGE_BYTES)
        town = self._levels[_TOWN_DIGITS][0] + bisect_right(self._first_villages, at) - 1
        code = f"{self._upper_code(_TOWN_DIGITS)(town)}{packed >> _YEAR_BITS:03d}"
        return Row(code, name, self._years_of[packed & _YEARS])

    def _held(self, bits: int) -> tuple[int, ...]:
        """Return the years that bits stand for."""
        return tuple(year for at, year in enumerate(self.years) if bits >> at & 1)

    def _number(self, start: int, count: int) -> int:
        """Return the number in some bytes of the columns."""
        return int.from_bytes(self._columns[start : start + count], "big")


def _read_note(folder: Path) -> Mapping[str, list[int]]:
    """Return the note on the sources, which also tells years and counts."""
    try:
        note: Mapping[str, list[int]] = json.loads((folder / SOURCE_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise StoreError(
            "There is no gazetteer here.", where=str(folder), remedy="Make it by kg.link.gazetteer_build."
        ) from exc
    return note


def _map_file(path: Path) -> mmap.mmap:
    """Return a file as read-only memory; the mapping outlives the open file."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
