"""The store as requests see it: one generation from beginning to end of a request, and the newest for the next one."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import networkx as nx

from kg.index import FigureFilter, Index, LabelRow
from kg.store import Store


class Snapshot:
    """One generation that requests read.

    Attributes:
        store: Its files.
        index: Its index.
    """

    def __init__(self, store: Store) -> None:
        """Open the index of a generation."""
        self.store = store
        self.index = Index(store.index_path)
        self._readers = 0
        self._is_retired = False

    @property
    def key(self) -> str:
        """The content hash that names the generation."""
        return self.store.key

    @cached_property
    def indicators(self) -> tuple[LabelRow, ...]:
        """The indicators that figures of this generation have, in the order of their IRIs."""
        labels = (label for label in self.index.labels("") if label.kind == "Indicator")
        return tuple(label for label in labels if self.index.figures(FigureFilter(indicator=_key(label)), limit=1))

    @cached_property
    def neighbourhood(self) -> nx.Graph:
        """The entities by address, joined where a plain triple joins them; made once a generation.

        An edge's ``relations`` are its triples' subjects and local names of properties.
        """
        graph = nx.Graph()
        for subject, predicate, object_ in self.index.edges():
            if not graph.has_edge(subject, object_):
                graph.add_edge(subject, object_, relations=set())
            graph.edges[subject, object_]["relations"].add((subject, predicate))
        return graph

    def indicators_named(self, words: str) -> list[str]:
        """Return the keys of the indicators in use whose English label is, or else holds, these words; in any case."""
        asked, labels = _words(words), {_key(label): _words(label.en) for label in self.indicators}
        if words in labels:
            return [words]
        exact = [key for key, label in labels.items() if label == asked]
        return exact or [key for key, label in labels.items() if asked in label]

    @contextmanager
    def read(self) -> Iterator["Snapshot"]:
        """Hold the generation open."""
        self._readers += 1
        try:
            yield self
        finally:
            self._readers -= 1
            self._close_if_unused()

    def retire(self) -> None:
        """Close the generation as soon as nobody reads it."""
        self._is_retired = True
        self._close_if_unused()

    def _close_if_unused(self) -> None:
        if self._is_retired and not self._readers:
            self.index.close()


def _key(indicator: LabelRow) -> str:
    return indicator.iri.rpartition("/")[2]


def _words(text: str) -> str:
    """Return lower-case words with a space before and behind each, so that one text holds whole words of another."""
    return f" {' '.join(text.casefold().replace('-', ' ').split())} "


class Snapshots:
    """The generations of one store; used from the event loop alone."""

    def __init__(self, directory: Path) -> None:
        """Take the store's folder; there need not be a store yet."""
        self._directory = directory
        self._current: Snapshot | None = None

    def current(self) -> Snapshot:
        """Return the newest generation; costs one system call where there is no newer one.

        Raises:
            StoreError: if there is no store, or one that cannot be read.
        """
        if self._current is None or self._current.key != Store.current_key(self._directory):
            self._swap(Snapshot(Store.open(self._directory)))
        assert self._current is not None  # noqa: S101 - set above
        return self._current

    def close(self) -> None:
        """Close what is open as soon as its readers are done."""
        self._swap(None)

    def _swap(self, snapshot: Snapshot | None) -> None:
        earlier, self._current = self._current, snapshot
        if earlier is not None:
            earlier.retire()
