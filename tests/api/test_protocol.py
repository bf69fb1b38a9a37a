import pytest

from api.problems import ProblemError
from api.protocol import is_repeatable, parse_request, uses_service
from tests.api.cases import read_cases


@pytest.mark.parametrize(("query", "refused", "why"), read_cases("service"))
def test_service_is_seen_wherever_the_parser_sees_it(query: str, refused: str, why: str) -> None:
    """A SERVICE clause is recognised in every disguise, and nothing else is taken for one."""
    assert uses_service(query) == (refused == "yes"), why


def test_a_query_full_of_openings_takes_no_time() -> None:
    """Strings and IRIs that never end do not make the look for SERVICE slow."""
    for opening in ("<", "'", '"', "'''", '"""', "'''\\''", "<a", "?", "service ", "service :"):
        assert not uses_service(opening * 50_000)


def test_formats_are_negotiated_for_both_kinds_of_answer() -> None:
    """A header that fits graphs only leaves no format for tables."""
    request = parse_request({"query": ["ASK {}"]}, "text/turtle")
    assert request.graph is not None
    assert request.graph.name == "ttl"
    assert request.results is None


def test_readers_get_pages() -> None:
    """A browser's Accept asks for a page, unless the form asks for a format."""
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert parse_request({"query": ["ASK {}"]}, browser).is_for_reader
    assert not parse_request({"query": ["ASK {}"], "format": ["csv"]}, browser).is_for_reader
    assert not parse_request({"query": ["ASK {}"]}, "*/*").is_for_reader


def test_the_format_parameter_wins_over_accept() -> None:
    """``?format=`` names a format by name or media type."""
    request = parse_request({"query": ["ASK {}"], "format": ["tsv"]}, "application/json")
    assert request.results is not None
    assert request.results.name == "tsv"


@pytest.mark.parametrize(
    ("parameters", "accept", "status"),
    [
        ({"query": ["ASK {}", "ASK {}"]}, None, 400),
        ({"default-graph-uri": ["http://example.org/"]}, None, 400),
        ({"query": ["ASK {}"], "default-graph-uri": ["no iri"]}, None, 400),
        ({"query": ["ASK {}"], "named-graph-uri": ["relative"]}, None, 400),
        ({"query": ["ASK {}"], "named-graph-uri": ["urn:x"] * 33}, None, 400),
        ({"query": ["ASK {}"], "update": ["CLEAR ALL"]}, None, 400),
        ({"query": ["ASK { SERVICE <urn:x> {} }"]}, None, 403),
        ({"query": ["ASK {}"], "format": ["docx"]}, None, 406),
        ({"query": ["ASK {}"]}, "image/png", 406),
    ],
)
def test_what_cannot_be_answered_is_refused(parameters: dict[str, list[str]], accept: str | None, status: int) -> None:
    """Each fault of a request has its status."""
    with pytest.raises(ProblemError) as caught:
        parse_request(parameters, accept)
    assert caught.value.status == status


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (RAND() AS ?x) {}", False),
        ("SELECT (rand # comment\n () AS ?x) {}", False),
        ("SELECT (NOW() AS ?x) {}", False),
        ("SELECT (STRUUID() AS ?x) (UUID() AS ?y) {}", False),
        ("SELECT (BNODE() AS ?x) {}", False),
        ("CONSTRUCT { [] <urn:p> ?o } WHERE { ?s <urn:p> ?o }", False),
        ("CONSTRUCT { _:b <urn:p> ?o } WHERE { ?s <urn:p> ?o }", False),
        ("CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s <urn:p> ?o }", True),
        ("SELECT * { [] <urn:now()> 'RAND()' }", True),
        ("SELECT ?now ?rand { ?now ?p ?rand }", True),
    ],
)
def test_queries_with_chance_or_clock_are_recognised(query: str, *, expected: bool) -> None:
    """RAND, NOW, UUID and new blank nodes are seen; strings, IRIs and variables are none of them."""
    assert is_repeatable(query) is expected
