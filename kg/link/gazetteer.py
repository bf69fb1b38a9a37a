"""The administrative divisions of China to the village, and the regions that articles name.

The packaged files are made by :mod:`kg.link.gazetteer_build` and read by :mod:`kg.link.rows`. The upper three levels
(some 3,400) are read when the gazetteer is loaded, with their usual short forms; townships and villages (some 0.8
million) stay in the file. Which division a text means is decided in :mod:`kg.link.resolve`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from kg.link.names import english_name, related_forms, short_forms, strip_ending
from kg.link.rows import LEVEL_DIGITS, Row, RowFile
from kg.model import DIVISION_KINDS, Kind

#: Where the packaged files lie.
DATA = Path(__file__).parent / "data"
REGIONS_FILE = "regions.tsv"
SOURCE_FILE = "source.json"

_KINDS = dict(zip(LEVEL_DIGITS, DIVISION_KINDS, strict=True))
#: Levels at which a division's children may stand: some counties have no prefecture, some prefectures no counties.
_CHILD_DIGITS = {2: (4, 6), 4: (6, 9), 6: (9,), 9: (12,)}
_PROVINCE_DIGITS, _COUNTY_DIGITS = LEVEL_DIGITS[0], LEVEL_DIGITS[2]
#: So many answers are kept for the next article, some two megabytes; articles of one corpus name the same places.
_REMEMBERED = 4096
_SHORTEST_COUNTY = 2  # 城县, 郊县 are no former counties


@dataclass(frozen=True, slots=True, order=True)
class Division:
    """An administrative division under one of its names.

    Attributes:
        code: Official code: 2, 4, 6, 9 or 12 digits.
        name: Full name as articles write it (宣威村, not 宣威村村委会).
        kind: Its level.
        years: Years of the lists that hold the code with this name, sorted.
        parent: Code of the division it is part of; None for a province.
    """

    code: str
    name: str
    kind: Kind
    years: tuple[int, ...]
    parent: str | None


@dataclass(frozen=True, slots=True)
class Region:
    """A named area that is no division: 六盘山片区, 三区三州.

    Attributes:
        name: Full name.
        aliases: Other names, in the order of the list.
    """

    name: str
    aliases: tuple[str, ...]


class Gazetteer:
    """All divisions and regions, read only.

    Two names of one code (the list of one year calls 席家大庄村 what another calls 大庄村) are two divisions with the
    same code.

    Attributes:
        years: Years of the lists.
        forms: The divisions of the upper three levels by full and usual short name, in the order of their codes.
        regions: The regions by each of their names.
    """

    def __init__(self, folder: Path) -> None:
        """Map the files of a folder into memory and read the upper levels.

        Raises:
            StoreError: if the files are missing.
        """
        self._folder = folder
        self._rows = RowFile(folder)
        self.years = self._rows.years
        upper = [row for digits in LEVEL_DIGITS if digits <= _COUNTY_DIGITS for row in self._rows.level(digits)]
        self._upper_codes = frozenset(row.code for row in upper)
        self.forms = _forms([self._division(row) for row in upper])
        self.regions = read_regions(folder / REGIONS_FILE)
        self._found = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self._named = lru_cache(maxsize=_REMEMBERED)(self._names_of)

    @cached_property
    def source(self) -> Mapping[str, Any]:
        """Where the divisions come from, as ``source.json`` says: title, publisher, packages with year and licence."""
        content: dict[str, Any] = json.loads((self._folder / SOURCE_FILE).read_text("utf-8"))
        return content

    @staticmethod
    def load() -> "Gazetteer":
        """Return the packaged gazetteer; it is read once a process."""
        return _load()

    def division(self, code: str) -> Division | None:
        """Return the division with a code, under its latest name, or None."""
        named = self.names_of(code)
        return max(named, key=lambda division: division.years) if named else None

    def names_of(self, code: str) -> tuple[Division, ...]:
        """Return a code's divisions, one a name, in the order of the names."""
        return self._named(code)

    def _names_of(self, code: str) -> tuple[Division, ...]:
        """Read a code's divisions."""
        return tuple(self._below(code, len(code))) if len(code) in LEVEL_DIGITS else ()

    def children(self, code: str) -> tuple[Division, ...]:
        """Return the divisions right below a code, in the order of their codes; () below a village or nothing.

        The counties of a municipality, and those that a province governs itself, are children of the province.
        """
        levels = _CHILD_DIGITS.get(len(code), ())
        return tuple(one for digits in levels for one in self._below(code, digits) if one.parent == code)

    def within(self, code: str) -> tuple[Division, ...]:
        """Return all townships and villages below a code, townships first, each in the order of the codes."""
        return tuple(one for digits in LEVEL_DIGITS[3:] for one in self._below(code, digits))

    def townships(self, code: str) -> tuple[Division, ...]:
        """Return all townships below a code, in the order of the codes."""
        return tuple(self._below(code, LEVEL_DIGITS[3]))

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """Return what a code is part of, the nearest first, under their latest names."""
        prefixes = (code[:digits] for digits in reversed(LEVEL_DIGITS) if digits < len(code))
        return tuple(one for prefix in prefixes if (one := self.division(prefix)))

    def is_name(self, name: str) -> bool:
        """Tell whether a division somewhere in the country has a full name, in less than a microsecond."""
        return name in self._rows

    def find(self, name: str, *, below: str = "", kind: Kind | None = None) -> tuple[Division, ...]:
        """Return the divisions with a full name, or a usual short one of the upper levels, in the order of codes.

        A village is found in microseconds below a county, in a millisecond or two in the country.

        Args:
            name: The name, simplified.
            below: Only divisions whose code begins so, itself excluded.
            kind: Only divisions of this level.
        """
        return self._found(name, below, kind)

    def _look_up(self, name: str, below: str, kind: Kind | None) -> tuple[Division, ...]:
        """Look the divisions up that :meth:`find` returns."""
        upper = (one for one in self.forms.get(name, ()) if one.code.startswith(below) and one.code != below)
        levels = [digits for digits in LEVEL_DIGITS[3:] if kind in (None, _KINDS[digits])]
        lower = map(self._division, self._rows.named(name, below, levels=levels))
        return tuple(sorted(one for one in (*upper, *lower) if kind in (None, one.kind)))

    def find_related(self, name: str, kind: Kind, *, below: str = "") -> tuple[Division, ...]:
        """Return divisions of a kind whose name differs from ``name`` only by a change of status, in order of codes.

        金承村 is found as 金承社区, 三合乡 as 三合回族乡, 靖西县 as 靖西市. The very name is not looked for.
        """
        found = [one for form in related_forms(name, kind) for one in self.find(form, below=below, kind=kind)]
        if not found and kind is Kind.TOWNSHIP and len(below) == _COUNTY_DIGITS:
            found = [one for one in self.children(below) if name in short_forms(one.name, kind)]
        return tuple(sorted(set(found)))

    def successor(self, division: Division) -> Division | None:
        """Return the division that replaced one whose code the latest list no longer holds, or None if it is not clear.

        It has the same name, or one that differs by a change of status, within the same county (for counties and above
        within the same province), and no list holds both. 宋家沟乡 was replaced by 宋家沟镇, 公主岭市 got another code.
        """
        latest = self.years[-1]
        if any(latest in one.years for one in self.names_of(division.code)):
            return None
        scope = division.code[: _COUNTY_DIGITS if len(division.code) > _COUNTY_DIGITS else _PROVINCE_DIGITS]
        same = self.find(division.name, below=scope, kind=division.kind)
        related = self.find_related(division.name, division.kind, below=scope)
        for named in (same, related):
            later = [one for one in named if latest in one.years and not set(one.years) & set(division.years)]
            if later:
                return later[0] if len(later) == 1 else None
        return None

    def english(self, division: Division) -> str:
        """Return the English name by rule: Gangu County."""
        return english_name(division.name)

    def _below(self, code: str, digits: int) -> Iterator[Division]:
        """Yield the divisions of one level whose code begins with another code, in the order of codes."""
        return map(self._division, self._rows.below(code, digits))

    def _division(self, row: Row) -> Division:
        """Return a row as a division."""
        return Division(row.code, row.name, _KINDS[len(row.code)], row.years, self._parent(row.code))

    def _parent(self, code: str) -> str | None:
        """Return the code of the nearest level above that is a place; townships always have one above them."""
        prefixes = [code[:digits] for digits in reversed(LEVEL_DIGITS) if digits < len(code)]
        if len(code) == LEVEL_DIGITS[-1]:
            return prefixes[0]
        return next((prefix for prefix in prefixes if prefix in self._upper_codes), None)


@cache
def _load() -> Gazetteer:
    """Return the packaged gazetteer, the same one at every call."""
    return Gazetteer(DATA)


def _forms(upper: list[Division]) -> Mapping[str, tuple[Division, ...]]:
    """Return the upper divisions by every full and short form.

    A short form that is a province's (河南 for 河南蒙古族自治县) stays with the province. Cities and districts are also
    found as the counties that most of them were before: 靖西县.
    """
    forms: dict[str, list[Division]] = {}
    for division in upper:
        forms.setdefault(division.name, []).append(division)
    provinces = {form for one in upper if one.kind is Kind.PROVINCE for form in short_forms(one.name, one.kind)}
    for division in upper:
        for form in short_forms(division.name, division.kind):
            if division.kind is Kind.PROVINCE or form not in provinces:
                forms.setdefault(form, []).append(division)
    for division in upper:
        former = f"{strip_ending(division.name, division.kind)}县"
        if division.kind is Kind.COUNTY and len(former) > _SHORTEST_COUNTY and former not in forms:
            forms[former] = [division]
    return {form: tuple(divisions) for form, divisions in forms.items()}


def read_regions(path: Path) -> Mapping[str, Region]:
    """Return the regions of a table (name, aliases divided by spaces) by each of their names."""
    regions: dict[str, Region] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        name, _, aliases = line.partition("\t")
        region = Region(name, tuple(aliases.split()))
        regions.update(dict.fromkeys((name, *region.aliases), region))
    return regions
