"""The word lists behind names of people and organisations that are longer than a section of vocabulary.

Everyday words tell where a name ends; they come from a dictionary (:mod:`kg.extract.names_build`) and are written
without spaces. What a word means for a name is left to the modules that ask.
"""

from functools import cache
from importlib.resources import files

from kg.extract.lexicon import load_sections


@cache
def load_characters(section: str) -> frozenset[str]:
    """Return the single characters of a section of ``words/people.txt``.

    >>> "宋" in load_characters("surnames")
    True
    """
    return frozenset("".join(load_sections("people")[section]))


@cache
def load_words(section: str) -> frozenset[str]:
    """Return the words of a section of ``words/people.txt``.

    >>> "第一书记" in load_words("posts")
    True
    """
    return frozenset(load_sections("people")[section])


@cache
def load_acts() -> frozenset[str]:
    """Return everyday words of two characters that stand between names: verbs, adverbs, prepositions, times.

    >>> "来自" in load_acts(), "集镇" in load_acts()
    (True, False)
    """
    return _load_rows("common_acts", 2)


@cache
def load_everyday() -> frozenset[str]:
    """Return the everyday words of two and three characters."""
    return load_acts() | _load_rows("common_things", 2) | _load_rows("common_long", 3) | load_words("ordinary")


def _load_rows(name: str, length: int) -> frozenset[str]:
    """Return the words of a list without spaces, all of one length."""
    text = (files("kg.extract") / "words" / f"{name}.txt").read_text("utf-8")
    rows = (row for row in text.splitlines() if not row.startswith("#"))
    return frozenset(row[at : at + length] for row in rows for at in range(0, len(row), length))
