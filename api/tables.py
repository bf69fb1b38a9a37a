"""CSV that a spreadsheet opens safely: RFC 4180, and no cell that it would take for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

#: What spreadsheets begin a formula with (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; None is an empty cell, and words that begin like a formula get an apostrophe before them."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return output.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
