"""Tables of cases, one a file in tests/cases."""

import csv
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "cases"


def read_cases(name: str) -> list[tuple[str, ...]]:
    """Return the rows of a table, without its header."""
    with (_FOLDER / f"{name}.tsv").open(encoding="utf-8") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]
