"""Gold entries and answers, paired one to one; how well a pair agrees is asked of the caller."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.evaluate.gold import GoldEntity, GoldFigure, GoldRelation
from kg.model import Entity, Figure, PostHolding, RelationClaim

Wanted = TypeVar("Wanted", GoldEntity, GoldRelation, GoldFigure)
Found = TypeVar("Found", Entity, RelationClaim, PostHolding, Figure)

#: How good a pair is, compared element by element; None where the two do not match.
Rank = tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Pair(Generic[Wanted, Found]):
    """A gold entry and the answer that was matched with it, with how well they agree."""

    wanted: Wanted
    found: Found
    rank: tuple[float, ...]


def pair_up(
    wanted: Sequence[Wanted], found: Sequence[Found], rank: Callable[[Wanted, Found], Rank]
) -> list[Pair[Wanted, Found]]:
    """Return pairs one to one, greedily from the best; among equals a required entry goes before an optional one."""
    candidates = [
        (agreement, not gold.optional, row, column)
        for row, gold in enumerate(wanted)
        for column, answer in enumerate(found)
        if (agreement := rank(gold, answer)) is not None
    ]
    candidates.sort(key=lambda candidate: candidate[:2], reverse=True)
    rows, columns, pairs = set[int](), set[int](), []
    for agreement, _, row, column in candidates:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append(Pair(wanted[row], found[column], agreement))
    return pairs
