"""Answers to SPARQL queries of the person at the terminal, who owns the store; queries of strangers run elsewhere."""

import io
import re
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import IO

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat
from rich.console import Console
from rich.table import Table

from kg.errors import QueryError, QueryFormatError, QuerySyntaxError
from kg.terms import PREFIXES

_RESULT_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPH_FORMATS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
#: Width of a table in columns; a longer cell is folded.
_TABLE_COLUMNS = 160
_STACK_BYTES = 512 << 20
_PLACE_OF_FAULT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
#: SPARQL 1.1 Update, behind its prologue: https://www.w3.org/TR/sparql11-query/#rUpdate1
_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>)\s*)*(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)


def write_answer(graph: pyoxigraph.Store, query: str, output_format: str, output: IO[bytes]) -> None:
    """Write the answer to one query.

    It is evaluated on a thread with a deep stack: 50,000 nested braces would otherwise end the process.

    Args:
        graph: The graph.
        query: SPARQL 1.1; the prefixes of the graph need not be declared.
        output_format: One of json, xml, csv, tsv, table, ttl, nt; empty for table, or Turtle where triples come back.
        output: Where the answer goes.

    Raises:
        QuerySyntaxError: if it does not parse.
        QueryFormatError: if its answer cannot be written in the format.
        QueryError: if it cannot be evaluated.
        OSError: if the output cannot be written.
    """
    _on_deep_stack(lambda: _evaluate(graph, query, output_format, output))


def _on_deep_stack(action: Callable[[], None]) -> None:
    """Run an action on a thread of its own; what it raises is raised here."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            action()
        except BaseException as exc:  # noqa: BLE001 - handed on to the caller's thread
            # Rows may be dropped on the thread that made them alone; the frames of the error hold them.
            for error in filter(None, (exc, exc.__cause__)):
                traceback.clear_frames(error.__traceback__)
            failures.append(exc)

    before = threading.stack_size(_STACK_BYTES)
    try:
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if failures:
        raise failures[0]


def _evaluate(graph: pyoxigraph.Store, query: str, output_format: str, output: IO[bytes]) -> None:
    try:
        result = graph.query(query, prefixes=dict(PREFIXES))
        # Rows are evaluated while they are read: into memory first, so that faults of the query are not taken for
        # faults of the output.
        answer = _serialised(result, output_format)
    except SyntaxError as exc:
        raise _syntax_error(query, exc) from exc
    except (OSError, RuntimeError, ValueError) as exc:
        raise QueryError(f"the query cannot be evaluated: {exc}") from exc
    output.write(answer)


def _serialised(result: QuerySolutions | QueryBoolean | QueryTriples, output_format: str) -> bytes:
    if isinstance(result, QueryTriples):
        _require(output_format, _GRAPH_FORMATS, "a query for triples")
        rdf_format = _GRAPH_FORMATS[output_format or "ttl"]
        return pyoxigraph.serialize(result, format=rdf_format, prefixes=dict(PREFIXES)) or b""
    if output_format in {"", "table"}:
        return _table(result).encode()
    _require(output_format, {"table": None, **_RESULT_FORMATS}, "a query for rows or a boolean")
    return result.serialize(format=_RESULT_FORMATS[output_format]) or b""


def _syntax_error(query: str, exc: SyntaxError) -> QuerySyntaxError:
    found = _PLACE_OF_FAULT.match(str(exc))
    if _UPDATE.match(query):
        return QuerySyntaxError("this is an update", remedy="The graph is read only: SELECT, ASK, CONSTRUCT, DESCRIBE.")
    if not query.strip():
        return QuerySyntaxError("the query is empty", remedy="Example: kg query 'SELECT * WHERE { ?s ?p ?o } LIMIT 5'")
    line, column, reason = (int(found[1]), int(found[2]), found[3]) if found else (0, 0, str(exc))
    return QuerySyntaxError(f"the query does not parse: {reason}", line=line, column=column)


def _require(output_format: str, formats: Mapping[str, object], query_kind: str) -> None:
    if output_format and output_format not in formats:
        known = ", ".join(formats)
        raise QueryFormatError(f"{query_kind} cannot be answered as {output_format}", remedy=f"Formats: {known}.")


def _table(result: QuerySolutions | QueryBoolean) -> str:
    if isinstance(result, QueryBoolean):
        return f"{str(bool(result)).lower()}\n"
    names = [variable.value for variable in result.variables]
    table = Table(*names)
    for solution in result:
        table.add_row(*(_cell(solution[name]) for name in names))
    text = io.StringIO()
    Console(file=text, width=_TABLE_COLUMNS).print(table)
    return text.getvalue()


def _cell(term: object) -> str:
    """Return a term for reading: IRIs shortened by the prefixes, literals by their words."""
    if isinstance(term, Literal):
        return term.value
    if isinstance(term, NamedNode):
        short = ((prefix, iri) for prefix, iri in PREFIXES.items() if term.value.startswith(iri))
        return next((f"{prefix}:{term.value[len(iri) :]}" for prefix, iri in short), term.value)
    return "" if term is None else str(term)
