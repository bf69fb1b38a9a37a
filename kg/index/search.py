"""Finding names: exact, by their beginning, by characters within, by pinyin and initials, with one wrong character.

Each step is one indexed question to SQLite. A step runs only while the ones before have not filled the page.
"""

import sqlite3
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from kg.index.names import characters, is_close, normalise, pinyin_keys, pinyin_query

#: Names looked at by one step; they are stored with those of the best-known entities first.
_MAX_CANDIDATES = 400
#: Shorter names have too many neighbours at a distance of one character.
_MIN_CLOSE_CHARS = 3
_MAX_CLOSE_CHARS = 20

_LAST = "\U0010ffff"
_BY_KEY = """
SELECT name.entity, name.text, name_key.text FROM name_key JOIN name ON name.id = name_key.name
WHERE name_key.text >= ? AND name_key.text < ? AND name_key.how = ? ORDER BY name.id LIMIT ?
"""
_BY_CHARACTERS = """
SELECT name.entity, name.text, name.text FROM name_characters JOIN name ON name.id = name_characters.rowid
WHERE name_characters MATCH ? ORDER BY name_characters.rowid LIMIT ?
"""


class Match(NamedTuple):
    """A name that was found: its entity, the name and why; see :class:`kg.index.rows.Hit`."""

    entity: str
    name: str
    reason: str


def find_names(database: sqlite3.Connection, query: str) -> Iterator[Match]:
    """Yield the matches of a query, the best first, lazily; an entity may come more than once.

    Args:
        database: An index.
        query: As typed: Chinese in either script, pinyin, initials, a code.
    """
    plain = normalise(query)
    if not characters(plain):
        return
    yield from _by_key(database, plain, "name", exact="name", longer="prefix")
    yield from _by_key(database, plain, "code", exact="code", longer="code")
    letters = pinyin_query(plain)
    if letters:
        yield from _by_key(database, letters, "pinyin", exact="pinyin", longer="pinyin")
        yield from _by_key(database, letters, "initials", exact="initials", longer="initials")
    yield from _containing(database, plain)
    yield from _close(database, plain)


def _by_key(database: sqlite3.Connection, text: str, how: str, *, exact: str, longer: str) -> Iterator[Match]:
    rows = database.execute(_BY_KEY, (text, text + _LAST, how, _MAX_CANDIDATES)).fetchall()
    rows.sort(key=lambda row: row[2] != text)
    for entity, name, key in rows:
        yield Match(entity, name, exact if key == text else longer)


def _containing(database: sqlite3.Connection, plain: str) -> Iterator[Match]:
    phrase = " ".join(characters(plain))
    for entity, name, _ in database.execute(_BY_CHARACTERS, (f'"{phrase}"', _MAX_CANDIDATES)).fetchall():
        yield Match(entity, name, "contains")


def _close(database: sqlite3.Connection, plain: str) -> Iterator[Match]:
    """Yield names with the same pinyin, then those that differ by one character."""
    for how, key in pinyin_keys(plain):
        if how == "pinyin":
            for entity, name, found in database.execute(_BY_KEY, (key, key + _LAST, how, _MAX_CANDIDATES)).fetchall():
                if found == key:
                    yield Match(entity, name, "close")
    tokens = characters(plain)
    if _MIN_CLOSE_CHARS <= len(tokens) <= _MAX_CLOSE_CHARS:
        for entity, name, _ in database.execute(_BY_CHARACTERS, (_all_but_one(tokens), _MAX_CANDIDATES)).fetchall():
            if is_close(plain, normalise(name)):
                yield Match(entity, name, "close")


def _all_but_one(tokens: list[str]) -> str:
    """Return an FTS5 query for names that hold all characters but one."""
    groups = dict.fromkeys(
        " AND ".join(f'"{token}"' for token in rest) for rest in combinations(tokens, len(tokens) - 1)
    )
    return " OR ".join(f"({group})" for group in groups)
