"""Word lists of the field, as the files beside this module hold them.

A file holds sections, ``[name]``, each a set of words separated by white space; ``#`` opens a comment. The lists are
closed vocabulary from general knowledge of agriculture, administration and journalism, never words harvested from
articles. What the words mean to an extractor is the extractor's matter. Where a short word only seems to stand,
because two others meet there, the division of the text into words tells.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import ahocorasick_rs
import rjieba

from kg.model import Span

#: A tree of words by their characters; the empty key ends a word.
_Tree = dict[str, "_Tree"]
_END = ""


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

    Words that begin alike share their beginning in the pattern: the engine tries branches one by one.

    >>> alternatives(["工程", "专项工程", "专项", "项目"])
    '(?:专项(?:工程|)|工程|项目)'
    """
    tree: _Tree = {}
    for word in sorted(set(words)):
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return f"(?:{'|'.join(_branches(tree))})"


def _branches(tree: _Tree) -> list[str]:
    """Return the pattern of each branch of a tree of words; the end of a word comes last."""
    return [re.escape(first) + _rest(tree[first]) for first in tree if first] + ([""] if _END in tree else [])


def _rest(tree: _Tree) -> str:
    """Return the pattern of what follows a branch's first character."""
    branches = _branches(tree)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


class NameSet:
    """A fixed set of names, found in one pass, the longest at each place."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names."""
        self._names = sorted(set(names))
        self._matcher = ahocorasick_rs.AhoCorasick(
            self._names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )

    def find(self, text: str) -> Iterator[tuple[str, Span]]:
        """Yield each name with its span, from left to right, without overlaps."""
        for at, start, end in self._matcher.find_matches_as_indexes(text):
            yield self._names[at], Span(start, end)


class WordSet:
    """A fixed set of words that are found in a text in one pass, however many they are."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words."""
        self._words = sorted(set(words))
        self._matcher = ahocorasick_rs.AhoCorasick(self._words, store_patterns=False)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the span of the longest word that begins at each offset, in order; spans may overlap: 媳妇 in 儿媳妇.

        >>> WordSet(["儿媳", "儿媳妇", "媳妇"]).spans("他的儿媳妇")
        [(2, 5), (3, 5)]
        """
        longest: dict[int, int] = {}
        for _, start, end in self._matcher.find_matches_as_indexes(text, overlapping=True):
            longest[start] = max(end, longest.get(start, end))
        return sorted(longest.items())

    def held_by(self, text: str) -> frozenset[str]:
        """Return the words that stand anywhere in a text.

        >>> sorted(WordSet(["人口", "贫困人口", "户数"]).held_by("建档立卡贫困人口"))
        ['人口', '贫困人口']
        """
        return frozenset(self._words[at] for at, *_ in self._matcher.find_matches_as_indexes(text, overlapping=True))


def occurrences(words: str, text: str) -> Iterator[int]:
    """Yield where some words stand in a text, from left to right, without overlaps.

    >>> list(occurrences("看看", "看看看看看"))
    [0, 2]
    """
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def cut_words(text: str) -> list[str]:
    """Return the words of a text by the dictionary alone: no guess at words that it does not hold.

    >>> cut_words("惠及贫困户840人")
    ['惠及', '贫困户', '840', '人']
    """
    return rjieba.cut(text, hmm=False)


def tag_words(text: str) -> list[tuple[str, str]]:
    """Return the words of a text with their parts of speech, as jieba names them.

    >>> tag_words("培训贫困户")
    [('培训', 'vn'), ('贫困户', 'n')]
    """
    return rjieba.tag(text, hmm=False)


@lru_cache(maxsize=64)
def word_bounds(text: str) -> frozenset[int]:
    """Return the offsets that divide a text into words, beginning and end included.

    >>> sorted(word_bounds("惠及贫困户840人"))
    [0, 2, 5, 8, 9]
    """
    bounds = [0]
    for word in cut_words(text):
        bounds.append(bounds[-1] + len(word))
    return frozenset(bounds)
