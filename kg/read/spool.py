"""The articles of a build on disk: each raw text once, with every place where it was found.

Which texts are the same article in other words is found by :mod:`kg.read.copies` and remembered here: of several
copies one speaks, the one with the smallest key, and the others are places of the same article.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.model import Article, Metadata, Span
from kg.read.working import WorkingFile

#: Keys are read in pages, so that texts can be added and discarded meanwhile.
_PAGE_KEYS = 1000
#: Level 1 packs Chinese text to half its size, level 6 not much better at four times the cost (benchmarks/copies.py).
_PACKING = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS text (key TEXT PRIMARY KEY, raw BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS source (  -- the least one of a text speaks for it
    key        TEXT NOT NULL,
    identifier TEXT NOT NULL,
    fields     TEXT NOT NULL,  -- the article's other fields as JSON
    address    TEXT,
    PRIMARY KEY (key, identifier, fields)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copy (key TEXT PRIMARY KEY, speaker TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS copy_speaker ON copy (speaker, key);
"""


class Spool:
    """The articles of one build in one file; the order in which they are added does not matter.

    Attributes:
        path: The file; one that exists is gone on with.

    Raises:
        StoreError: here and in every method, if the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = WorkingFile(path, _TABLES)

    def __enter__(self) -> Self:
        """Return itself; the file is closed at the end and stays."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file, which stays."""
        self._file.close()

    # ---- Texts -------------------------------------------------------------------------------------------------------

    def add(self, article: Article) -> None:
        """Take an article; a further source of a known text is one more place of it."""
        key = article.key
        raw = zlib.compress(article.raw.encode("utf-8", "surrogatepass"), _PACKING)
        self._file.write("INSERT OR IGNORE INTO text VALUES (?, ?)", [(key, raw)])
        source = (key, article.identifier, _fields(article), article.address)
        self._file.write("INSERT OR IGNORE INTO source VALUES (?, ?, ?, ?)", [source])

    def __len__(self) -> int:
        """Return how many texts there are."""
        return int(self._file.rows("SELECT count(*) FROM text")[0][0])

    def __contains__(self, key: object) -> bool:
        """Tell whether the text of a key is here."""
        return bool(self._file.rows("SELECT 1 FROM text WHERE key = ?", (key,)))

    def keys(self) -> Iterator[str]:
        """Yield the keys of all texts, sorted; texts may be added and discarded meanwhile."""
        return self._paged("SELECT key FROM text WHERE key > ? ORDER BY key LIMIT ?")

    def article(self, key: str) -> Article:
        """Return the article of a key, with the fields of its smallest identifier.

        Raises:
            KeyError: if there is no such text.
        """
        found = self._file.rows(
            "SELECT raw, identifier, fields FROM text JOIN source USING (key) WHERE key = ?"
            " ORDER BY identifier, fields LIMIT 1",
            (key,),
        )
        if not found:
            raise KeyError(key)
        raw, identifier, fields = found[0]
        return _article(identifier, zlib.decompress(raw).decode("utf-8", "surrogatepass"), json.loads(fields))

    def places(self, key: str) -> tuple[str, ...]:
        """Return every identifier under which this very text was found, sorted."""
        rows = self._file.rows("SELECT DISTINCT identifier FROM source WHERE key = ? ORDER BY identifier", (key,))
        return tuple(identifier for (identifier,) in rows)

    def discard(self, key: str) -> str | None:
        """Drop a text and its places; return the key of the copy that speaks in its stead, None where there is none."""
        for table in ("text", "source", "copy"):
            self._file.rows(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608 - our own names
        ((heir,),) = self._file.rows("SELECT min(key) FROM copy WHERE speaker = ?", (key,))
        if heir is not None:
            self._file.rows("DELETE FROM copy WHERE key = ?", (heir,))
            self._file.rows("UPDATE copy SET speaker = ? WHERE speaker = ?", (heir, key))
        return None if heir is None else str(heir)

    # ---- Copies ------------------------------------------------------------------------------------------------------

    def set_copies(self, copies: Iterable[tuple[str, str]]) -> None:
        """Remember which texts are copies, in place of what was known before.

        Args:
            copies: Key of a copy and key of the text that speaks for it; a speaker is no copy itself.
        """
        self._file.rows("DELETE FROM copy")
        self._file.write("INSERT INTO copy VALUES (?, ?)", copies)

    def speakers(self) -> Iterator[str]:
        """Yield the keys of the texts that speak, sorted: all that are no copies."""
        return self._paged(
            "SELECT key FROM text WHERE key > ? AND key NOT IN (SELECT key FROM copy) ORDER BY key LIMIT ?"
        )

    def copies(self, key: str) -> tuple[str, ...]:
        """Return the other places of the article that a text speaks for, sorted, each once.

        A place is named by its address, or where it has none by its identifier. Neither of the speaker's own is among
        them.
        """
        speaker = self.article(key)
        rows = self._file.rows(
            "SELECT key, identifier, address FROM source WHERE key = ?"
            " UNION ALL SELECT source.key, identifier, address FROM copy JOIN source USING (key) WHERE speaker = ?",
            (key, key),
        )
        places = {address or identifier for _, identifier, address in rows}
        return tuple(sorted(places - {speaker.identifier, speaker.address}))

    def _paged(self, statement: str) -> Iterator[str]:
        after = ""
        while rows := self._file.rows(statement, (after, _PAGE_KEYS)):
            for (key,) in rows:
                yield key
            after = rows[-1][0]


def _fields(article: Article) -> str:
    """Return all fields but identifier and text as JSON, equal for equal fields."""
    fields = asdict(article)
    del fields["identifier"], fields["raw"]
    return json.dumps(fields, sort_keys=True)


def _article(identifier: str, raw: str, fields: dict[str, Any]) -> Article:
    stated: dict[str, Any] = fields.pop("stated")
    stated |= {name: tuple(stated[name]) for name in ("authors", "editors")}
    main = fields.pop("main")
    spans = None if main is None else tuple(Span(**span) for span in main)
    return Article(identifier, raw, stated=Metadata(**stated), main=spans, **fields)
