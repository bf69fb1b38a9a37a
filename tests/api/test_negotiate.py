import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.negotiate import GRAPH_FORMATS, JSON_LD, RESULT_FORMATS, choose, named
from tests.api.cases import read_cases


@pytest.mark.parametrize(("accept", "name", "why"), read_cases("accept"))
def test_the_best_format_is_chosen(accept: str, name: str, why: str) -> None:
    """Each header of the table gets the format beside it."""
    chosen = choose(accept, RESULT_FORMATS)
    assert (chosen.name if chosen else "-") == name, why


@given(st.text(max_size=200))
def test_any_header_is_survived(accept: str) -> None:
    """No header raises, and what is chosen is on offer."""
    assert choose(accept, GRAPH_FORMATS) in {None, *GRAPH_FORMATS}


def test_formats_have_names_and_media_types() -> None:
    """A format is found by its name and by its media type, not by the name of another."""
    assert named("jsonld", GRAPH_FORMATS) is JSON_LD
    assert named("application/ld+json", GRAPH_FORMATS) is JSON_LD
    assert named("csv", GRAPH_FORMATS) is None
