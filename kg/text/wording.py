"""How likely Chinese words are, by the counts in jieba's dictionary; traditional characters count as their simple form.

Chooses among characters that damaged bytes leave open, and tells prose from wrongly decoded bytes. No segmentation for
extraction, which has its own needs.
"""

import math
import string
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

LONGEST_WORD = 4
_USUAL = -12.5
#: Logarithms of how often marks stand in newspaper prose, by order of magnitude; others are as rare as unknown words.
_MARK_SCORES = dict.fromkeys("，,", -3.0) | dict.fromkeys("。、的", -3.7) | dict.fromkeys("“”：:；;", -5.0)
_MARK_SCORES |= dict.fromkeys("（）()《》〈〉【】〔〕「」『』‘’？！?!—…·～％% \n\u3000", -7.0) | {"\ufffd": -4.0}
#: Marks that stand together more often than each by itself would make one expect.
_MARK_SCORES |= dict.fromkeys(("。”", "：“", ":“"), -5.0) | dict.fromkeys(("，“", ",“", "”，", "”,", "。“"), -6.5)
_MARK_SCORES |= dict.fromkeys(("！”", "？”", "!”", "?”", "”。", "……", "——"), -7.5) | dict.fromkeys(
    ("。\n", "。”\n"), -6.0
)
_MARK_SCORES |= dict.fromkeys(string.ascii_letters + string.digits, -4.0)
#: A single character or mark that is not there.
UNKNOWN_SCORE = -22.0


def likelihood(text: str) -> float:
    """Return the logarithm of how likely a text is, about -5 a character for prose.

    >>> likelihood("脱贫攻坚") > likelihood("跋衷谇锊")
    True
    """
    words = vocabulary()
    spelt = "".join(map(simple, text))
    best = [0.0]
    for end, character in enumerate(spelt, start=1):
        scores = [best[end - 1] + words.get(character, UNKNOWN_SCORE)]
        scores += [
            best[start] + words[spelt[start:end]]
            for start in range(max(0, end - LONGEST_WORD), end - 1)
            if spelt[start:end] in words
        ]
        best.append(max(scores))
    return best[-1]


def is_usual(character: str) -> bool:
    """Tell whether a character is one of the three thousand that make up nearly all of prose, or a mark."""
    return vocabulary().get(simple(character), UNKNOWN_SCORE) > _USUAL


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


@cache
def vocabulary() -> dict[str, float]:
    """Return the logarithm of how often each simplified word and mark stands in prose.

    What is no word but the beginning of a longer one is there with minus infinity.
    """
    spec = find_spec("jieba")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    rows = (line.split(" ") for line in (folder / "dict.txt").read_text("utf-8").splitlines())
    counts = {row[0]: int(row[1]) for row in rows if len(row[0]) <= LONGEST_WORD and row[1] != "0"}
    total = math.log(sum(counts.values()))
    words = _MARK_SCORES | {word: math.log(count) - total for word, count in counts.items()}
    beginnings = {word[:length] for word in words for length in range(1, len(word))}
    return dict.fromkeys(beginnings - words.keys(), -math.inf) | words
