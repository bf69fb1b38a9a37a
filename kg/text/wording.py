"""How likely Chinese words are, by the counts in jieba's dictionary; traditional characters count as their simple form.

Chooses among characters that damaged bytes leave open, and tells prose from wrongly decoded bytes. No segmentation for
extraction, which has its own needs.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

LONGEST_WORD = 4
#: So many characters are weighed where bytes leave more open; what two unknown bytes may be is rarely worth knowing.
_MOST_CHARACTERS = 40
#: Logarithms of how often marks stand in newspaper prose, by order of magnitude; others are as rare as unknown words.
_MARK_SCORES = dict.fromkeys("，,", -3.0) | dict.fromkeys("。、的", -3.7) | dict.fromkeys("“”：:；;", -5.0)
_MARK_SCORES |= dict.fromkeys("（）()《》？！?!—…·％% \n\u3000", -7.0) | {"\ufffd": -4.0}
#: Marks that stand together more often than each by itself would make one expect.
_MARK_SCORES |= dict.fromkeys(("。”", "：“", ":“"), -5.0) | dict.fromkeys(("，“", ",“", "”，", "”,", "。“"), -6.5)
_MARK_SCORES |= dict.fromkeys(("！”", "？”", "!”", "?”", "”。", "……", "——"), -7.5) | dict.fromkeys(
    ("。\n", "。”\n"), -6.0
)
_DIGIT_SCORE = -4.0
_UNKNOWN_SCORE = -22.0


def likelihood(text: str) -> float:
    """Return the logarithm of how likely a text is, about -5 a character for prose.

    >>> likelihood("脱贫攻坚") > likelihood("跋衷谇锊")
    True
    """
    spelt = "".join(map(simple, text))
    best = [0.0]
    for end in range(1, len(spelt) + 1):
        starts = range(max(0, end - LONGEST_WORD), end)
        scores = ((start, word_score(spelt[start:end])) for start in starts)
        best.append(max(best[start] + score for start, score in scores if score is not None))
    return best[-1]


def word_score(word: str) -> float | None:
    """Return the logarithm of how often a simplified word or a mark stands in prose; None for what is no word."""
    lexicon = _lexicon()
    if count := lexicon.counts.get(word):
        return math.log(count) - lexicon.total
    if len(word) == 1 and word.isascii() and word.isalnum():
        return _DIGIT_SCORE
    return _MARK_SCORES.get(word, _UNKNOWN_SCORE if len(word) == 1 else None)


def likeliest(characters: Iterable[str]) -> tuple[str, ...]:
    """Return the likeliest of some characters, without repetition, in order of their code points."""
    found = sorted(set(characters))
    if len(found) > _MOST_CHARACTERS:
        found.sort(key=lambda character: -(word_score(simple(character)) or 0.0))
    return tuple(sorted(found[:_MOST_CHARACTERS]))


def begins_word(text: str) -> bool:
    """Tell whether a simplified text or mark is the beginning of a longer word."""
    return text in _lexicon().heads


@cache
def simple(character: str) -> str:
    """Return the simplified form of a character by itself."""
    if character.isascii():
        return character
    converted = str(_converter().convert(character))
    return converted if len(converted) == 1 else character


def is_traditional(character: str) -> bool:
    """Tell whether a character has another, simplified form.

    >>> is_traditional("區"), is_traditional("人")
    (True, False)
    """
    return simple(character) != character


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # noqa: PLC0415 - loaded for damaged pages alone

    return OpenCC("tw2s")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The words of the dictionary with their counts, what longer words begin with, the logarithm of all counts."""

    counts: dict[str, int]
    heads: frozenset[str]
    total: float


@cache
def _lexicon() -> _Lexicon:
    spec = find_spec("jieba")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    rows = (line.split(" ") for line in (folder / "dict.txt").read_text("utf-8").splitlines())
    counts = {row[0]: int(row[1]) for row in rows if len(row[0]) <= LONGEST_WORD}
    words = (*counts, *_MARK_SCORES)
    heads = frozenset(word[:length] for word in words for length in range(1, len(word)))
    return _Lexicon(counts, heads, math.log(sum(counts.values())))
