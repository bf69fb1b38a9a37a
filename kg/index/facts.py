"""The default graph as a table by subject, read once from quads; knows their shape, not the library that made them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol


class Quad(Protocol):
    """What is asked of a quad: four terms that print as N-Triples."""

    @property
    def subject(self) -> Any: ...  # noqa: ANN401, D102 - terms of the library that parsed them
    @property
    def predicate(self) -> Any: ...  # noqa: ANN401, D102
    @property
    def object(self) -> Any: ...  # noqa: ANN401, D102
    @property
    def graph_name(self) -> Any: ...  # noqa: ANN401, D102


class Value(NamedTuple):
    """An object: the IRI, or the words of a literal."""

    text: str
    language: str
    is_iri: bool


class Facts:
    """Values by subject and predicate, both IRIs; values keep the order in which they were read."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Read the default graph; other graphs and blank subjects are passed over."""
        self._table: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        self.lines: list[tuple[str, str, str]] = []
        for quad in quads:
            if str(quad.graph_name).startswith("<") or str(quad.graph_name).startswith("_"):
                continue
            subject, object_ = str(quad.subject), str(quad.object)
            self.lines.append((subject, str(quad.predicate), object_))
            if subject.startswith("<"):
                self._table[quad.subject.value][quad.predicate.value].append(_value(quad.object, object_))

    def subjects(self) -> Iterator[str]:
        """Yield every subject once, in the order read."""
        yield from self._table

    def all(self, subject: str, predicate: str) -> list[Value]:
        """Return the values of a property."""
        return self._table.get(subject, {}).get(predicate, [])

    def texts(self, subject: str, predicate: str) -> list[str]:
        """Return the words or IRIs of a property."""
        return [value.text for value in self.all(subject, predicate)]

    def one(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a property, or None."""
        return next(iter(self.texts(subject, predicate)), None)

    def in_language(self, subject: str, predicate: str, language: str) -> str | None:
        """Return the first value with a language tag, or None."""
        return next((value.text for value in self.all(subject, predicate) if value.language == language), None)


def _value(term: Any, line: str) -> Value:  # noqa: ANN401 - see Quad
    if line.startswith("<") and not line.startswith("<<"):
        return Value(term.value, "", is_iri=True)
    if line.startswith('"'):
        return Value(term.value, term.language or "", is_iri=False)
    return Value(line, "", is_iri=False)
