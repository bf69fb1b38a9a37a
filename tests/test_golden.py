"""A small article of our own and its whole graph: any change of what is extracted or emitted shows as a diff.

``pytest --update-golden`` writes the graphs anew; review them as a diff.
"""

from pathlib import Path

import pytest

from kg.rdf.iris import DEFAULT_BASE
from kg.read import read_article
from kg.results import process_article

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_articles_give_their_golden_graph(path: Path, request: pytest.FixtureRequest) -> None:
    """The canonical N-Triples of the article are those that were reviewed."""
    expected = path.with_suffix(".nt")
    found = process_article(read_article(path), base_iri=DEFAULT_BASE).ntriples
    if request.config.getoption("--update-golden"):
        expected.write_text(found, "utf-8")
    missing = set(expected.read_text("utf-8").splitlines()) - set(found.splitlines())
    surplus = set(found.splitlines()) - set(expected.read_text("utf-8").splitlines())
    assert (sorted(missing), sorted(surplus)) == ([], [])
