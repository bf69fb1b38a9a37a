"""Reading a request of the SPARQL 1.1 Protocol: parameters, dataset, formats, and what is refused before evaluation."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from api.limits import BODY_TIMEOUT_S, MAX_BODY_BYTES, MAX_FIELDS, MAX_GRAPHS
from api.negotiate import GRAPH_FORMATS, HTML, RESULT_FORMATS, TURTLE, Format, choose, named
from api.problems import ProblemError, not_acceptable
from api.workers import Question

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"

# What hides words or stands for one term: IRIs, comments, strings, variables (SPARQL 1.1 §19.8).
_TERMS = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)|\#[^\n\r]*|'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\""""
    r"""|'(?:\\.|[^'\\\n\r])*'|"(?:\\.|[^"\\\n\r])*\"|(?P<variable>[?$]\w+)""",
    re.DOTALL,
)
# The evaluator's parser asks for no space between words: SERVICESILENT<iri>{ is a clause, and so is 1SERVICE:name{.
_SERVICE = re.compile(r"""service\s*(?:silent\s*)?(?:<>|\?v|[^\s{}<>?"']*:[^\s{}<>?"']*)\s*\{""", re.IGNORECASE)
_UNREPEATABLE = re.compile(r"(?:rand|now|uuid|bnode)\s*\(")
# Blank nodes of a template are new ones in every answer.
_BLANK_NODE = re.compile(r"_:|\[")

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Request:
    """What a request asks.

    Attributes:
        query: SPARQL.
        default_graphs: IRIs of ``default-graph-uri``.
        named_graphs: IRIs of ``named-graph-uri``.
        results: Format for SELECT and ASK, or None where none is accepted.
        graph: Format for CONSTRUCT and DESCRIBE, or None.
        is_for_reader: Whether the answer is to be shown on a page; the formats are then what the page is made from.
    """

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    results: Format | None
    graph: Format | None
    is_for_reader: bool = False

    @property
    def is_repeatable(self) -> bool:
        """Whether the same build gives the same answer again."""
        return is_repeatable(self.query)

    def question(self, base_iri: str) -> Question:
        """Return it as a query process takes it."""
        results = self.results.name if self.results else None
        graph = self.graph.name if self.graph else None
        return Question(self.query, self.default_graphs, self.named_graphs, base_iri, results, graph)

    def media_type(self, kind: bytes) -> str:
        """Return the media type of the answer: of a graph, or of results."""
        chosen = self.graph if kind == b"graph" else self.results
        return chosen.media_type if chosen else TURTLE.media_type


async def read_parameters(scope: Scope, headers: Headers, receive: Receive) -> dict[str, list[str]]:
    """Return all parameters, those of query string and body together; a direct query is the parameter "query"."""
    parameters = _parse_fields(scope["query_string"])
    if scope["method"] == "GET":
        return parameters
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in {_FORM, _DIRECT}:
        hint = "The endpoint is read only." if media_type == _UPDATE else f"Expected: {_FORM} or {_DIRECT}."
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "A query cannot be sent like this.", hint=hint)
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Encoded bodies are not accepted.")
    body = await _read_body(headers, receive)
    if media_type == _DIRECT:
        parameters.setdefault("query", []).append(_decode(body))
    else:
        for name, values in _parse_fields(body).items():
            parameters.setdefault(name, []).extend(values)
    return parameters


async def _read_body(headers: Headers, receive: Receive) -> bytes:
    too_large = ProblemError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The body exceeds {MAX_BODY_BYTES} bytes.",
        headers={"Connection": "close"},
    )
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            while True:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > MAX_BODY_BYTES:
                    raise too_large
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError as exc:
        headers_out = {"Connection": "close"}
        raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time.", headers=headers_out) from exc


def _parse_fields(content: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(content.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError as exc:
        detail = f"The parameters are not percent-encoded UTF-8, or more than {MAX_FIELDS}."
        raise ProblemError(HTTPStatus.BAD_REQUEST, detail) from exc


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "The query is not UTF-8.") from exc


def parse_request(parameters: Parameters, accept: str | None) -> Request:
    """Return what the parameters of a request ask.

    Raises:
        ProblemError: if there is not exactly one query, a graph is no IRI, SERVICE is used, or no format is accepted.
    """
    if "update" in parameters:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "The endpoint is read only: updates are not accepted.")
    queries = parameters.get("query", ())
    if len(queries) != 1:
        raise ProblemError(HTTPStatus.BAD_REQUEST, f"Expected exactly one query, found {len(queries)}.")
    if uses_service(queries[0]):
        raise ProblemError(HTTPStatus.FORBIDDEN, "SERVICE is refused: queries read this store alone.")
    asked = parameters.get("format", ())
    is_for_reader = _prefers_page(asked, accept)
    results, graph = (RESULT_FORMATS[0], TURTLE) if is_for_reader else _formats(asked, accept)
    return Request(
        query=queries[0],
        default_graphs=_graphs(parameters.get("default-graph-uri", ())),
        named_graphs=_graphs(parameters.get("named-graph-uri", ())),
        results=results,
        graph=graph,
        is_for_reader=is_for_reader,
    )


def _prefers_page(asked: Sequence[str], accept: str | None) -> bool:
    return asked[0] == HTML.name if asked else choose(accept, (*RESULT_FORMATS, *GRAPH_FORMATS, HTML)) is HTML


def uses_service(query: str) -> bool:
    """Tell whether a query has a SERVICE clause; comments, strings, IRIs and names of variables are none.

    >>> uses_service("ASK { SERVICE <http://example.org/> {} }"), uses_service("ASK { ?service ?p 'SERVICE <a> {}' }")
    (True, False)
    """
    return _SERVICE.search(_TERMS.sub(_placeholder, query)) is not None


def is_repeatable(query: str) -> bool:
    """Tell whether a query has the same answer each time: no chance, no clock, no new blank nodes.

    >>> is_repeatable("SELECT (RAND() AS ?x) {}"), is_repeatable("SELECT * { ?now ?p 'RAND()' }")
    (False, True)
    """
    words = _TERMS.sub(_placeholder, query).casefold()
    makes_nodes = "construct" in words and _BLANK_NODE.search(words) is not None
    return not makes_nodes and _UNREPEATABLE.search(words) is None


def _placeholder(term: re.Match[str]) -> str:
    return {"iri": "<>", "variable": "?v"}.get(term.lastgroup or "", " ")


def _formats(asked: Sequence[str], accept: str | None) -> tuple[Format | None, Format | None]:
    if asked:
        results, graph = named(asked[0], RESULT_FORMATS), named(asked[0], GRAPH_FORMATS)
    else:
        results, graph = choose(accept, RESULT_FORMATS), choose(accept, GRAPH_FORMATS)
    if results is None and graph is None:
        raise not_acceptable(", ".join(offer.name for offer in (*RESULT_FORMATS, *GRAPH_FORMATS)))
    return results, graph


def _graphs(iris: Sequence[str]) -> tuple[str, ...]:
    if len(iris) > MAX_GRAPHS or not all(
        re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*", iri) for iri in iris
    ):
        raise ProblemError(HTTPStatus.BAD_REQUEST, f"Graphs are named by absolute IRIs, at most {MAX_GRAPHS}.")
    return tuple(iris)
