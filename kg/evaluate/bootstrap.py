"""How far a score would move with other articles: bootstrap intervals over documents (Efron, 1979; percentiles).

Documents are drawn, not entries, since the entries of one article stand and fall together.
"""

from collections.abc import Sequence
from random import Random

from kg.evaluate.scores import Score

DRAWS = 2000
#: Share of the draws that lie within the interval.
COVERAGE = 0.95
_SEED = 1


def interval(scores: Sequence[Score]) -> tuple[float, float]:
    """Return the interval of F1 over documents, given the score of each; the same for the same scores.

    With few documents it is too narrow, and of one document it says nothing: both ends are its F1.

    >>> interval([Score(1, 2, 2), Score(4, 4, 4)])
    (0.5, 1.0)
    """
    chance = Random(_SEED)  # noqa: S311 - a fixed sequence is wanted
    drawn = sorted(sum(chance.choices(scores, k=len(scores)), Score()).f1 for _ in range(DRAWS if scores else 0))
    if not drawn:
        return 1.0, 1.0
    cut = round(len(drawn) * (1 - COVERAGE) / 2)
    return drawn[cut], drawn[-1 - cut]
