"""How likely Chinese characters are as words, by the counts in jieba's dictionary; both scripts, one language.

Chooses among characters that damaged bytes leave open, and tells prose from wrongly decoded bytes. No segmentation for
extraction, which has its own needs.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_Word = tuple[str, ...]
_LONGEST_WORD = 4
#: Logarithms of how often marks stand in newspaper prose, by order of magnitude; others are as rare as unknown words.
_MARK_SCORES = dict.fromkeys("，,", -3.0) | dict.fromkeys("。、的", -3.7) | dict.fromkeys("“”：:；;", -5.0)
_MARK_SCORES |= dict.fromkeys("（）()《》？！?!—…·％% \n\u3000", -7.0) | {"\ufffd": -4.0}
_DIGIT_SCORE = -4.0
_UNKNOWN_SCORE = -22.0


def read(cells: Sequence[Sequence[str]]) -> tuple[float, tuple[str, ...]]:
    """Return the likeliest reading of characters that each may be several, and the logarithm of its likelihood.

    >>> read([("人", "八"), ("曰", "口")])[1]
    ('人', '口')
    """
    best: list[tuple[float, int, _Word]] = [(0.0, 0, ()), *[(-math.inf, 0, ())] * len(cells)]
    for start in range(len(cells)):
        so_far = best[start][0]
        for word, score in _words_at(cells, start):
            end = start + len(word)
            if so_far + score > best[end][0]:
                best[end] = (so_far + score, start, word)
    words: list[str] = []
    end = len(cells)
    while end:
        _, start, word = best[end]
        words[:0] = word
        end = start
    return best[-1][0], tuple(words)


def likelihood(text: str) -> float:
    """Return the logarithm of a text's likelihood, -5 for a usual character of prose.

    >>> likelihood("脱贫攻坚") > likelihood("跋衷谇锊")
    True
    """
    return read(tuple(text))[0]


def _words_at(cells: Sequence[Sequence[str]], start: int) -> Iterator[tuple[_Word, float]]:
    """Yield every word that may begin at a place, with its score; each single character is one."""
    lexicon = _lexicon()
    heads: list[tuple[_Word, str]] = [((character,), simple(character)) for character in cells[start]]
    for word, spelt in heads:
        count = lexicon.counts.get(spelt)
        yield word, lexicon.score(count) if count else _score_of_unknown(spelt)
    for cell in cells[start + 1 : start + _LONGEST_WORD]:
        heads = [
            ((*word, character), spelt + simple(character))
            for word, spelt in heads
            if spelt in lexicon.heads
            for character in cell
        ]
        for word, spelt in heads:
            if count := lexicon.counts.get(spelt):
                yield word, lexicon.score(count)


def _score_of_unknown(character: str) -> float:
    if character.isascii() and character.isalnum():
        return _DIGIT_SCORE
    return _MARK_SCORES.get(character, _UNKNOWN_SCORE)


@cache
def simple(character: str) -> str:
    """Return the simplified form of a character by itself."""
    return character if character.isascii() else str(_converter().convert(character))


def is_traditional(character: str) -> bool:
    """Tell whether a character has another, simplified form."""
    return simple(character) != character


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # noqa: PLC0415 - loaded for damaged pages alone

    return OpenCC("tw2s")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The words of the dictionary with their counts, what longer words begin with, and the logarithm of all counts."""

    counts: dict[str, int]
    heads: frozenset[str]
    total: float

    def score(self, count: int) -> float:
        return math.log(count) - self.total


@cache
def _lexicon() -> _Lexicon:
    spec = find_spec("jieba")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    rows = (line.split(" ") for line in (folder / "dict.txt").read_text("utf-8").splitlines())
    counts = {row[0]: int(row[1]) for row in rows if len(row[0]) <= _LONGEST_WORD}
    heads = frozenset(word[:length] for word in counts for length in range(1, len(word)))
    return _Lexicon(counts, heads, math.log(sum(counts.values())))
