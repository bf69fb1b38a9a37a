"""The gate: what is read out of the seeds is at least as good as it was when the floors were pinned."""

import pytest

from kg.evaluate import SCORES, SHARES, Evaluation, render_misses
from tests.quality import gate

#: Scores promised for the seeds, whatever the floors say: issue 2 and the guidelines.
PROMISED = {
    "places": 0.90,
    "persons": 0.85,
    "posts": 0.75,
    "organisations": 0.65,
    "programmes": 0.50,
    "products": 0.50,
    "relations": 0.42,
    "figures.value": 0.93,
    "figures.indicator": 0.70,
    "figures.period": 0.62,
    "evidence": 0.95,
}


@pytest.mark.parametrize("name", [*SCORES, *SHARES])
def test_no_score_falls_below_its_floor(name: str, seed_evaluation: Evaluation, floors: gate.Floors) -> None:
    """Each score is at or above its floor; a failure lists what was missed and what was too much."""
    floor = gate.Floors(floors.digest, {name: floors.values[name]} if name in floors.values else {})
    shortfalls = gate.find_shortfalls(gate.measure(seed_evaluation), floor)
    assert not shortfalls, "\n".join([*shortfalls, render_misses(seed_evaluation, name)])


def test_every_score_has_a_floor(seed_evaluation: Evaluation, floors: gate.Floors) -> None:
    """What is measured on the seeds is pinned: a new score does not stay without a floor."""
    assert gate.measure(seed_evaluation).keys() <= floors.values.keys()


@pytest.mark.parametrize("name", PROMISED)
def test_floors_keep_what_is_promised(name: str, floors: gate.Floors) -> None:
    """No floor is pinned below what the project promises for the seeds."""
    assert floors.values.get(name, 0.0) >= PROMISED[name]


def test_floors_belong_to_these_seeds_and_this_gold(floors: gate.Floors) -> None:
    """Seeds and gold are byte for byte those on which the floors were pinned."""
    assert gate.digest_corpus(gate.corpus_files()) == floors.digest


def test_each_seed_has_gold(seed_evaluation: Evaluation) -> None:
    """Every seed is scored, and every gold document has its seed."""
    seeds = {path.name for path in gate.SEEDS.glob("*.txt")}
    assert {document.document for document in seed_evaluation.documents} == seeds
    assert not seed_evaluation.unread
