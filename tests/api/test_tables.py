import csv
import io
from urllib.parse import quote

from api.tables import write_csv
from tests.api.conftest import Site
from tests.api.sample import FIRST, FORMULA


def test_cells_cannot_be_formulas(site: Site) -> None:
    """What a spreadsheet would take for a formula has an apostrophe before it."""
    address = f"award/{quote(FORMULA, safe='')}"
    cells = [row[1] for row in csv.reader(io.StringIO(site.get(f"/entity/{address}.csv").text))]
    assert not any(cell.startswith(("=", "@", "+")) for cell in cells)
    article = site.get(f"/entity/article/{FIRST}.csv").text
    assert article.startswith("predicate,value,language")


def test_tables_escape_what_spreadsheets_would_run() -> None:
    """Formulas get an apostrophe, numbers stay, nothing is empty."""
    table = write_csv(("a", "b", "c", "d"), [("=1+1", -1, None, "@x")])
    assert table.splitlines()[1] == "'=1+1,-1,,'@x"
