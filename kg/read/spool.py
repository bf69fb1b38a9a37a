"""The articles of a build on disk: each raw text once, with every place where it was found.

Which texts are the same article in other words is found by :mod:`kg.read.copies` and remembered here: of several
copies one speaks, the one with the smallest key, and the others are places of the same article.
"""

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.model import Article
from kg.read.beside import article_of, beside_of
from kg.read.working import WorkingFile

#: Keys are read in pages, so that texts can be added and discarded meanwhile.
_PAGE_KEYS = 1000
#: Level 1 packs Chinese text to less than half its size in 40 µs an article; higher levels save nothing more.
_PACKING = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS text (key TEXT PRIMARY KEY, raw BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS source (  -- the least one of a text speaks for it
    key        TEXT NOT NULL,
    identifier TEXT NOT NULL,
    beside     TEXT NOT NULL,  -- all of the article but its text
    address    TEXT,
    PRIMARY KEY (key, identifier, beside)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS other (key TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copy (key TEXT PRIMARY KEY, speaker TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS copy_speaker ON copy (speaker, key);
"""
_OWN = "SELECT identifier, address FROM source WHERE key = ? ORDER BY identifier, beside LIMIT 1"
_PLACES = """
WITH same (key) AS (SELECT :key UNION ALL SELECT key FROM copy WHERE speaker = :key)
SELECT coalesce(address, identifier) FROM same JOIN source USING (key)
UNION SELECT place FROM same JOIN other USING (key)
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

    def add(self, article: Article, *, copies: Iterable[str] = ()) -> None:
        """Take an article; a further source of a known text is one more place of it.

        Args:
            article: One source.
            copies: Other places where the same article is known to stand.
        """
        key = article.key
        raw = zlib.compress(article.raw.encode("utf-8"), _PACKING)
        self._file.rows("INSERT OR IGNORE INTO text VALUES (?, ?)", (key, raw))
        source = (key, article.identifier, beside_of(article), article.address)
        self._file.rows("INSERT OR IGNORE INTO source VALUES (?, ?, ?, ?)", source)
        for place in copies:
            self._file.rows("INSERT OR IGNORE INTO other VALUES (?, ?)", (key, place))

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
            "SELECT raw, beside FROM text JOIN source USING (key) WHERE key = ? ORDER BY identifier, beside LIMIT 1",
            (key,),
        )
        if not found:
            raise KeyError(key)
        raw, beside = found[0]
        return article_of(zlib.decompress(raw).decode("utf-8"), beside)

    def places(self, key: str) -> tuple[str, ...]:
        """Return every identifier under which this very text was found, sorted."""
        rows = self._file.rows("SELECT DISTINCT identifier FROM source WHERE key = ? ORDER BY identifier", (key,))
        return tuple(identifier for (identifier,) in rows)

    def discard(self, key: str) -> str | None:
        """Drop a text and its places; return the key of the copy that speaks in its stead, None where there is none."""
        for table in ("text", "source", "other", "copy"):
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
            "SELECT key FROM text WHERE key > ? AND NOT EXISTS (SELECT 1 FROM copy WHERE copy.key = text.key)"
            " ORDER BY key LIMIT ?"
        )

    def copies(self, key: str) -> tuple[str, ...]:
        """Return the other places of the article that a text speaks for, sorted, each once.

        A place is named by its address, or where it has none by its identifier. Neither of the speaker's own is among
        them.
        """
        own = self._file.rows(_OWN, (key,))
        rows = self._file.rows(_PLACES, {"key": key})
        return tuple(sorted({place for (place,) in rows}.difference(*own)))

    def _paged(self, statement: str) -> Iterator[str]:
        after = ""
        while rows := self._file.rows(statement, (after, _PAGE_KEYS)):
            for (key,) in rows:
                yield key
            after = rows[-1][0]
