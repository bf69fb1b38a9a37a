"""Word lists of the field, as the files beside this module hold them.

A file holds sections, ``[name]``, each a set of words separated by white space; ``#`` opens a comment. The lists are
closed vocabulary from general knowledge of agriculture, administration and journalism, never words harvested from
articles. What the words mean to an extractor is the extractor's matter. Where a short word only seems to stand,
because two others meet there, the division of the text into words tells.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import jieba

jieba.setLogLevel(logging.WARNING)


@cache
def load_sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the sections of one list in the order of the file, their words in order.

    >>> "养殖" in load_sections("products")["raising"]
    True
    """
    text = (files("kg.extract") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    sections: dict[str, tuple[str, ...]] = {}
    for part in re.split(r"^\[", text, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("]")
        sections[title] = tuple(word for line in body.splitlines() for word in line.partition("#")[0].split())
    return sections


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression group that matches any of the words, the longest first.

    >>> alternatives(["工程", "专项工程"])
    '(?:专项工程|工程)'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})"


@lru_cache(maxsize=64)
def word_bounds(text: str) -> frozenset[int]:
    """Return the offsets at which jieba divides a text into words, beginning and end included.

    >>> sorted(word_bounds("惠及贫困户840人"))
    [0, 2, 5, 8, 9]
    """
    bounds = [0]
    for word in jieba.cut(text, HMM=False):
        bounds.append(bounds[-1] + len(word))
    return frozenset(bounds)
