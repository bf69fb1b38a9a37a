"""A query process: opens one snapshot, shuts itself in, answers questions from one channel until that is closed.

Nothing here is imported by the server process; whatever a query does to this one, the server only sees a channel end.
"""

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from api.workers.sandbox import STACK_BYTES, die_with_parent, filter_calls, limit_memory, volunteer_for_oom
from api.workers.wire import HEADER_BYTES, Fault, Kind, Question, pack, unpack_header
from kg.terms import PREFIXES

_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
#: Of graphs: an answer is written before it is known which it needs, so the few that most answers need.
_PREFIXES = {prefix: PREFIXES[prefix] for prefix in ("dct", "oa", "org", "pa", "prov", "rdf", "rdfs", "skos", "xsd")}
#: Held back before the answer begins: an error up to here still gets a status of its own.
_FIRST_BYTES = 256 << 10
_CHUNK_BYTES = 64 << 10
_MAX_DETAIL_CHARS = 300
_UNKNOWN_FUNCTION = re.compile(r"The custom function <([^>]*)> is not supported")
_MAX_UNKNOWN_FUNCTIONS = 16
_PLACE = re.compile(r"error at (\d+):(\d+): ")


def run_process(channel: socket.socket, snapshot: Path, *, memory_bytes: int, output_bytes: int) -> None:
    """Serve one channel; returns when it is closed.

    Args:
        channel: Connected to the server.
        snapshot: Folder of the RocksDB snapshot.
        memory_bytes: What queries may take beyond what the open store takes.
        output_bytes: How long an answer may be.
    """
    die_with_parent()
    store = pyoxigraph.Store.read_only(str(snapshot))
    volunteer_for_oom()
    limit_memory(memory_bytes)
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=_serve, args=(channel, store, output_bytes))
    thread.start()
    thread.join()


def _serve(channel: socket.socket, store: pyoxigraph.Store, output_bytes: int) -> None:
    try:
        filter_calls()
    except OSError as error:
        channel.sendall(pack(Kind.FAULT, Fault(HTTPStatus.SERVICE_UNAVAILABLE, str(error)).encode()))
        return
    answer_questions(channel, store, output_bytes=output_bytes)


def answer_questions(channel: socket.socket, store: pyoxigraph.Store, *, output_bytes: int) -> None:
    """Say READY, then answer one question after another; returns when the channel is closed or broken."""
    with suppress(ConnectionError):
        channel.sendall(pack(Kind.READY))
        _answer_all(channel, store, output_bytes)


def _answer_all(channel: socket.socket, store: pyoxigraph.Store, output_bytes: int) -> None:
    while (content := _read_question(channel)) is not None:
        _answer(channel, store, Question.decode(content), output_bytes)


def _read_question(channel: socket.socket) -> bytes | None:
    header = _read(channel, HEADER_BYTES)
    return None if header is None else _read(channel, unpack_header(header)[1])


def _read(channel: socket.socket, length: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < length:
        part = channel.recv(length - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)


class _FormatError(Exception):
    """The client accepts no format of this kind of answer."""


class _Answer:
    """A file that is written to the channel: held back at first, then in chunks, within its limit."""

    def __init__(self, channel: socket.socket, limit_bytes: int) -> None:
        self.kind = b"results"
        self._channel = channel
        self._limit = limit_bytes
        self._buffer = bytearray()
        self._has_begun = False

    @property
    def file(self) -> IO[bytes]:
        """Itself, as the serialisers' signature calls it: only write and flush are used."""
        return cast("IO[bytes]", self)

    def write(self, data: bytes) -> int:
        self._limit -= len(data)
        if self._limit < 0:
            raise OverflowError
        self._buffer += data
        if len(self._buffer) >= (_CHUNK_BYTES if self._has_begun else _FIRST_BYTES):
            self._send()
        return len(data)

    def flush(self) -> None:
        """Part of the interface of files; chunks are sent when they are full."""

    def end(self) -> None:
        self._send()
        self._channel.sendall(pack(Kind.END))

    def _send(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            self._channel.sendall(pack(Kind.HEAD, self.kind))
        self._channel.sendall(pack(Kind.DATA, bytes(self._buffer)))
        self._buffer.clear()


def _answer(channel: socket.socket, store: pyoxigraph.Store, question: Question, output_bytes: int) -> None:
    answer = _Answer(channel, output_bytes)
    try:
        _evaluate(store, question, answer)
        answer.end()
    except ConnectionError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a query raises is an answer; the table below names the known
        channel.sendall(pack(Kind.FAULT, _fault(error, output_bytes).encode()))


def _evaluate(store: pyoxigraph.Store, question: Question, answer: _Answer) -> None:
    result = _query(store, question)
    if isinstance(result, QueryTriples):
        if question.graph is None:
            raise _FormatError("a graph")
        answer.kind = b"graph"
        pyoxigraph.serialize(result, answer.file, format=_GRAPHS[question.graph], prefixes=_PREFIXES)
        return
    assert isinstance(result, QuerySolutions | QueryBoolean)  # noqa: S101 - there is no fourth kind
    if question.results is None:
        raise _FormatError("a table or a truth value")
    result.serialize(answer.file, _RESULTS[question.results])


def _query(store: pyoxigraph.Store, question: Question) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Return the result of a query, evaluated as it is read.

    A call of an unknown function is an error of its expression, not of the query (SPARQL 1.1 §17.6), but the evaluator
    refuses the whole query and names the first such function: each one named is put in as a function without value.
    """
    unknown: dict[NamedNode, Callable[..., Any]] = {}
    while True:
        try:
            return store.query(
                question.query,
                base_iri=question.base_iri,
                default_graph=[NamedNode(iri) for iri in question.default_graphs] if _has_dataset(question) else None,
                named_graphs=[NamedNode(iri) for iri in question.named_graphs] if _has_dataset(question) else None,
                custom_functions=unknown,
            )
        except RuntimeError as error:
            name = _UNKNOWN_FUNCTION.match(str(error))
            if name is None or len(unknown) >= _MAX_UNKNOWN_FUNCTIONS:
                raise
            unknown[NamedNode(name.group(1))] = _no_value


def _no_value(*_: object) -> None:
    """Stand in for a function that nobody knows."""


def _has_dataset(question: Question) -> bool:
    """Tell whether the request names the dataset; then it wins over FROM (SPARQL 1.1 Protocol §2.1.4)."""
    return bool(question.default_graphs or question.named_graphs)


def _fault(error: Exception, output_bytes: int) -> Fault:
    message = str(error)[:_MAX_DETAIL_CHARS]
    place = _PLACE.match(message)
    if place is not None:
        line, column = (int(number) for number in place.groups())
        return Fault(HTTPStatus.BAD_REQUEST, f"The query does not parse: {message[place.end() :]}.", line, column)
    if isinstance(error, _FormatError):
        return Fault(HTTPStatus.NOT_ACCEPTABLE, f"The answer is {message}, and no format of it is accepted.")
    if isinstance(error, OverflowError):
        return Fault(HTTPStatus.INSUFFICIENT_STORAGE, f"The result is larger than {output_bytes} bytes.")
    if isinstance(error, MemoryError):
        return Fault(HTTPStatus.INSUFFICIENT_STORAGE, "The query needs more memory than it may have.")
    if isinstance(error, OSError):
        return Fault(HTTPStatus.FORBIDDEN, "The query reaches outside the store.")
    return Fault(HTTPStatus.BAD_REQUEST, f"The query cannot be evaluated: {message}.")
