"""When two names, units, indicators or periods agree: the guidelines' "Matching", word by word."""

import unicodedata
from collections import Counter
from functools import cache

from kg.model import Period

#: Units that the guidelines count as one; any other unit is its own group.
UNIT_GROUPS = (frozenset("人名位口"), frozenset("个家处所座支项种类部次批条"), frozenset("头只羽"))

_CONTAINMENT_WEIGHT = 0.8

# Quotation marks and brackets of all scripts, dashes, spaces; ASCII quotes and middle dots share their category with
# other signs and are named.
_DROPPED_CATEGORIES = frozenset({"Ps", "Pe", "Pi", "Pf", "Pd", "Zs", "Cc"})
_DROPPED_SIGNS = frozenset("\"'`·•‧∙⋅・")


@cache
def fold_name(name: str) -> str:
    """Return a name as it is compared: NFKC, without quotation marks, brackets, spaces, dashes and middle dots.

    >>> fold_name("“１３２４”攻坚体系"), fold_name("卡拉·马克（中国）")
    ('1324攻坚体系', '卡拉马克中国')
    """
    kept = "".join(
        letter
        for letter in unicodedata.normalize("NFKC", name)
        if letter not in _DROPPED_SIGNS and unicodedata.category(letter) not in _DROPPED_CATEGORIES
    )
    return unicodedata.normalize("NFKC", kept)


@cache
def _bigrams(text: str) -> Counter[str]:
    """Return the pairs of neighbouring characters of a text; a single character counts as one."""
    folded = fold_name(text)
    if len(folded) < 2:  # noqa: PLR2004 - a pair has two
        return Counter([folded] if folded else [])
    return Counter(folded[at : at + 2] for at in range(len(folded) - 1))


def dice(one: str, other: str) -> float:
    """Return the share of character bigrams that two texts have in common, from 0 to 1.

    >>> dice("贫困发生率", "贫困发生率"), dice("贫困人口", "贫困户")
    (1.0, 0.4)
    """
    left, right = _bigrams(one), _bigrams(other)
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def indicator_share(one: str, other: str) -> float:
    """Return how far two indicators agree: the larger of Dice and 0.8 × containment.

    >>> round(indicator_share("建档立卡贫困户", "贫困户"), 2), indicator_share("耕地", "林地")
    (0.8, 0.0)
    """
    left, right = _bigrams(one), _bigrams(other)
    containment = (left & right).total() / max(1, min(left.total(), right.total()))
    return max(dice(one, other), _CONTAINMENT_WEIGHT * containment)


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units are one in the guidelines' sense.

    >>> same_unit("名", "人"), same_unit("家", "个"), same_unit("户", "人")
    (True, True, False)
    """
    return fold_name(one) == fold_name(other) or any(one in group and other in group for group in UNIT_GROUPS)


def same_period(gold: str | None, found: Period | None) -> bool:
    """Tell whether a period is of the gold's year; a gold without period is never held against an answer."""
    return gold is None or (found is not None and gold[:4] == found.value[:4])
