import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from api.workers import Fault, Kind, Question, evaluate
from api.workers.evaluate import answer_questions
from api.workers.wire import HEADER_BYTES, pack, unpack_header

QUESTION = Question("ASK {}", (), (), "http://example.org/", "json", "nt")
NAME = NamedNode("http://example.org/a")


class Channel:
    """The server's side of a channel to a query process that is a thread here."""

    def __init__(self, store: pyoxigraph.Store, output_bytes: int) -> None:
        self.socket, theirs = socket.socketpair()
        self.thread = threading.Thread(target=self._serve, args=(theirs, store, output_bytes))
        self.thread.start()
        assert self.read() == (Kind.READY, b"")

    @staticmethod
    def _serve(theirs: socket.socket, store: pyoxigraph.Store, output_bytes: int) -> None:
        with theirs:
            answer_questions(theirs, store, output_bytes=output_bytes)

    def read(self) -> tuple[Kind, bytes]:
        """Return the next message."""
        kind, length = unpack_header(self.socket.recv(HEADER_BYTES, socket.MSG_WAITALL))
        return kind, self.socket.recv(length, socket.MSG_WAITALL) if length else b""

    def ask(self, question: Question) -> list[tuple[Kind, bytes]]:
        """Return all messages of an answer."""
        self.socket.sendall(pack(Kind.QUERY, question.encode()))
        messages = [self.read()]
        while messages[-1][0] not in {Kind.END, Kind.FAULT}:
            messages.append(self.read())
        return messages

    def fault(self, query: str, **changes: str | None) -> Fault:
        """Return the fault that a query ends in."""
        question = replace(QUESTION, query=query, **changes)  # type: ignore[arg-type]
        kind, content = self.ask(question)[-1]
        assert kind is Kind.FAULT
        return Fault.decode(content)

    def close(self) -> None:
        """Close the channel, which ends the thread."""
        self.socket.close()
        self.thread.join(5)
        assert not self.thread.is_alive()


@pytest.fixture
def channel() -> Iterator[Channel]:
    """A channel to a store of 4,000 statements, with answers of at most 500 kB."""
    store = pyoxigraph.Store()
    store.extend(Quad(NAME, NAME, Literal(f"{number:>100}")) for number in range(4000))
    channel = Channel(store, 500_000)
    yield channel
    channel.close()


def test_answers_begin_with_their_kind_and_end(channel: Channel) -> None:
    """A truth value is results, a CONSTRUCT a graph, and several questions are answered in turn."""
    head, data, end = channel.ask(QUESTION)
    assert (head, end) == ((Kind.HEAD, b"results"), (Kind.END, b""))
    assert json.loads(data[1])["boolean"] is True
    construct = replace(QUESTION, query="CONSTRUCT { <a> <b> <c> } WHERE {}")
    graph = channel.ask(construct)
    assert graph[0] == (Kind.HEAD, b"graph")
    assert b"<http://example.org/a>" in graph[1][1]


def test_long_answers_come_in_parts(channel: Channel) -> None:
    """What exceeds the part held back is sent on while the rest is made."""
    messages = channel.ask(replace(QUESTION, query="SELECT ?o { ?s ?p ?o }", results="csv"))
    assert [kind for kind, _ in messages[:2]] == [Kind.HEAD, Kind.DATA]
    assert len(messages) > 3
    rows = b"".join(content for kind, content in messages if kind is Kind.DATA).split()
    assert len(rows) == 4001


def test_faults_have_the_status_they_deserve(channel: Channel) -> None:
    """Syntax, format, size and what cannot be evaluated are told apart."""
    syntax = channel.fault("SELECT *\n{")
    assert (syntax.status, syntax.line, syntax.column) == (400, 2, 2)
    assert channel.fault("ASK {}", results=None).status == 406
    assert channel.fault("CONSTRUCT {} WHERE {}", graph=None).status == 406
    assert channel.fault("SELECT * { ?s ?p ?o . ?s ?q ?r }").status == 507
    assert channel.fault("ASK { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }").status == 403
    assert channel.fault("x" * 10).status == 400


def test_unknown_functions_have_no_value(channel: Channel) -> None:
    """A call of one leaves its variable unbound; a query made of nothing else is refused."""
    query = "SELECT (<urn:f>(1) AS ?x) (<urn:g>(2, 3) AS ?y) (1 AS ?z) {}"
    messages = channel.ask(replace(QUESTION, query=query))
    assert json.loads(messages[1][1])["results"]["bindings"][0].keys() == {"z"}
    calls = " ".join(f"(<urn:f:{number}>() AS ?x{number})" for number in range(30))
    assert channel.fault(f"SELECT {calls} {{}}").status == 400


def test_a_server_that_goes_away_ends_the_process(channel: Channel) -> None:
    """A channel closed in the middle of an answer is no error."""
    question = replace(QUESTION, query="SELECT * { ?s ?p ?o }")
    channel.socket.sendall(pack(Kind.QUERY, question.encode()))
    channel.socket.recv(HEADER_BYTES)


def test_messages_survive_the_wire() -> None:
    """What is packed is unpacked, and noise is no message."""
    assert Question.decode(QUESTION.encode()) == QUESTION
    fault = Fault(400, "甘谷", 1, 2)
    assert Fault.decode(fault.encode()) == fault
    assert unpack_header(pack(Kind.DATA, b"xyz")[:HEADER_BYTES]) == (Kind.DATA, 3)
    with pytest.raises(ValueError, match="Kind"):
        unpack_header(b"?" * HEADER_BYTES)


def test_a_process_that_cannot_shut_itself_in_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kernel refuses the filter, the server is told why and no question is read."""

    def refuse() -> None:
        raise OSError("the kernel refused")

    monkeypatch.setattr(evaluate, "filter_calls", refuse)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        evaluate._serve(theirs, pyoxigraph.Store(), 1000)
        kind, length = unpack_header(ours.recv(HEADER_BYTES))
        assert (kind, Fault.decode(ours.recv(length)).detail) == (Kind.FAULT, "the kernel refused")
