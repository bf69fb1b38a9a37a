import math

from kg.model import Span
from kg.text.lattice import Lattice, Step


def step(origin: int, target: int, candidates: str, cost: float = 0.0) -> Step[int]:
    """Return a step between places that are numbers."""
    return Step(origin, target, tuple(candidates), Span(origin, target), cost)


def lattice(*steps: Step[int]) -> Lattice[int]:
    """Return a lattice over all places of the steps but those nothing leaves."""
    places = sorted({it.origin for it in steps} | {max(it.target for it in steps)})
    return Lattice(places, {place: [it for it in steps if it.origin == place] for place in places})


def read(found: Lattice[int]) -> str:
    """Return what the best way says."""
    return "".join(character for _, character in found.best())


def test_words_choose_among_candidates() -> None:
    """The way of the likeliest words is the best, not that of the likeliest characters."""
    assert read(lattice(step(0, 1, "久人"), step(1, 2, "囗口"))) == "人口"


def test_costs_and_lengths_weigh() -> None:
    """A dearer way loses where both read alike, and a way may skip places."""
    cheap, dear = step(0, 2, "县"), step(0, 2, "县", 3.0)
    assert lattice(dear, cheap, step(0, 1, "县"), step(1, 2, "镇")).best()[0][0] == cheap


def test_rivals_are_the_steps_of_ways_nearly_as_good() -> None:
    """All steps of ways within the doubt are returned, and none of worse ones."""
    good, near, far = step(0, 1, "人"), step(0, 1, "人", 2.0), step(0, 1, "人", 20.0)
    assert lattice(good, near, far).rivals(12.0) == [good, near]


def test_dead_ends_are_no_ways() -> None:
    """Where no way leads through, the score is minus infinity."""
    blocked = Lattice([0, 1, 3], {0: [step(0, 1, "人")], 1: [step(1, 2, "口")]})
    assert blocked.score == -math.inf
