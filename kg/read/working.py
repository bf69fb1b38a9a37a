"""A working file: one SQLite file of one process that lasts no longer than a build.

What lies in it, and what is asked of it, is left to :mod:`kg.read.spool` and :mod:`kg.read.copies`.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.errors import StoreError

Row = tuple[Any, ...]
Values = Sequence[object] | Mapping[str, object]

#: A build that dies is begun again, so that nothing is journalled or forced to disk; the cache bounds the memory.
_PRAGMAS = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -16384;
PRAGMA temp_store = FILE;
"""
_PAGE_ROWS = 1000


class WorkingFile:
    """An SQLite file with its tables; what the disk refuses is a :class:`~kg.errors.StoreError`.

    Attributes:
        path: The file; made where there is none, else gone on with.
    """

    def __init__(self, path: Path, tables: str) -> None:
        self.path = path
        with self._guarded():
            self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            self._prepare(tables)
        except StoreError:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Return itself; it is closed at the end."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; nothing can be asked of it any more."""
        self._connection.close()

    def rows(self, statement: str, values: Values = ()) -> list[Row]:
        """Return all rows of a statement; for statements that give few."""
        with self._guarded():
            return self._connection.execute(statement, values).fetchall()

    def stream(self, statement: str, values: Values = ()) -> Iterator[Row]:
        """Yield the rows of a statement as they are read; its tables must not be written meanwhile."""
        with self._guarded():
            cursor = self._connection.execute(statement, values)
        while rows := self._fetch(cursor):
            yield from rows

    def write(self, statement: str, rows: Iterable[Row]) -> None:
        """Run a statement once a row, in one transaction."""
        with self._guarded():
            self._connection.execute("BEGIN")
            self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")

    def _prepare(self, tables: str) -> None:
        with self._guarded():
            self._connection.executescript(_PRAGMAS + tables)

    def _fetch(self, cursor: sqlite3.Cursor) -> list[Row]:
        with self._guarded():
            return cursor.fetchmany(_PAGE_ROWS)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as exc:
            raise StoreError(
                f"The working file cannot be written: {exc}.",
                where=str(self.path),
                remedy="Free space on this disk and look at the permissions, or name another --store.",
            ) from exc
