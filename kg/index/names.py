"""Keys of names for search: one spelling, pinyin, initials. No file and no graph.

Names that places read in their own way (:mod:`kg.pinyin`) are indexed under both readings.
"""

import re
import unicodedata
from functools import cache

import opencc

from kg.pinyin import readings

#: Longer queries are cut: no name is as long.
MAX_QUERY_CHARS = 100

_SPACE = re.compile(r"\s+")


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


def normalise(text: str) -> str:
    """Return a name or query in the one spelling that is compared: NFKC, simplified, lower case, single spaces.

    >>> normalise("  甘穀縣 "), normalise("Ｇangu  County")
    ('甘谷县', 'gangu county')
    """
    plain = unicodedata.normalize("NFKC", text[:MAX_QUERY_CHARS]).replace("\x00", "")
    return _SPACE.sub(" ", str(_simplifier().convert(plain)).lower()).strip()


def pinyin_keys(name: str) -> tuple[tuple[str, str], ...]:
    """Return what finds a Chinese name from a keyboard: ("pinyin", "gangu"), ("initials", "gg"), sorted.

    >>> pinyin_keys("甘谷")
    (('initials', 'gg'), ('pinyin', 'gangu'))
    """
    if name.isascii():
        return ()
    keys = set()
    for syllables in readings(name):
        keys.add(("pinyin", _letters("".join(syllables))))
        keys.add(("initials", _letters("".join(syllable[:1] for syllable in syllables))))
    return tuple(sorted(key for key in keys if key[1]))


def pinyin_query(query: str) -> str:
    """Return the letters of a query typed as pinyin, or an empty string where it is none.

    >>> pinyin_query("gan gu"), pinyin_query("甘谷")
    ('gangu', '')
    """
    return _letters(query) if query.isascii() else ""


def characters(name: str) -> list[str]:
    """Return the letters, digits and Chinese characters of a normalised name, one by one: the tokens of the index."""
    return [char for char in name if char.isalnum()]


def is_close(query: str, name: str) -> bool:
    """Tell whether a name differs from the query by one character: another one, one more, one less, two swapped.

    >>> is_close("通谓县", "通渭县"), is_close("甘县", "甘谷县"), is_close("甘古县", "古浪县")
    (True, True, False)
    """
    if query == name or abs(len(query) - len(name)) > 1:
        return False
    head = next((i for i, (a, b) in enumerate(zip(query, name, strict=False)) if a != b), min(len(query), len(name)))
    rest, other = query[head:], name[head:]
    return (
        rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or (_swapped(rest) == other and len(rest) > 1)
    )


def _swapped(text: str) -> str:
    return text[1::-1] + text[2:]


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isascii() and char.isalnum())
