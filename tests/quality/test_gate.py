"""The gate itself: it notices what it is there for."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.evaluate import Evaluation, evaluate, load_gold
from kg.model import Reading, Vocabulary
from tests.quality import gate, repin
from tests.quality.oracle import read_gold

NO_WORDS = Vocabulary((), (), (), ())


def perfect_readings() -> dict[str, Reading]:
    """Return what an oracle reads out of the seeds."""
    return {name: read_gold(gold) for name, gold in load_gold(gate.GOLD).items()}


def evaluate_readings(readings: dict[str, Reading]) -> Evaluation:
    """Return an evaluation against the seeds' gold."""
    return evaluate(readings, load_gold(gate.GOLD), NO_WORDS)


def test_perfect_reading_reaches_every_floor(floors: gate.Floors) -> None:
    """A reading that says what the gold says passes the gate."""
    assert gate.find_shortfalls(gate.measure(evaluate_readings(perfect_readings())), floors) == []


def test_reading_that_lost_its_claims_is_noticed() -> None:
    """A reading without claims falls below floors of figures, posts and relations, and below no other."""
    readings = perfect_readings()
    pinned = gate.Floors("", gate.measure(evaluate_readings(readings)))
    poorer = {name: replace(reading, claims=()) for name, reading in readings.items()}
    fallen = {line.split()[0].split(".")[0] for line in _shortfalls(poorer, pinned)}
    assert fallen == {"posts", "relations", "figures", "status", "accumulation", "qualifier", "evidence"}


def test_one_entity_less_is_noticed() -> None:
    """There is no tolerance: one place that is no longer found fails the gate."""
    readings = perfect_readings()
    pinned = gate.Floors("", gate.measure(evaluate_readings(readings)))
    name, reading = next(iter(readings.items()))
    readings[name] = replace(reading, links=reading.links[1:])
    assert [line.split()[0] for line in _shortfalls(readings, pinned)] == ["places"]


def _shortfalls(readings: dict[str, Reading], floors: gate.Floors) -> list[str]:
    return gate.find_shortfalls(gate.measure(evaluate_readings(readings)), floors)


def test_score_that_vanished_is_a_shortfall() -> None:
    """A floor without a measurement fails: dropping a score does not get round its floor."""
    assert gate.find_shortfalls({}, gate.Floors("", {"places": 0.0})) == ["places was not measured"]


def test_measurements_are_cut_and_not_rounded() -> None:
    """A floor is never above what was measured, and 0.29 is not cut to 0.289 by its binary fraction."""
    assert (gate._cut(0.9999), gate._cut(0.29), gate._cut(1.0)) == (0.999, 0.29, 1.0)


def test_floors_rise_and_are_not_lowered_unasked() -> None:
    """Pinning anew takes higher values, refuses a lower one by name, and takes it where that is allowed."""
    pinned = gate.Floors("old", {"places": 0.9})
    assert gate.raise_floors(pinned, {"places": 0.95, "persons": 0.8}, "new").values == {"places": 0.95, "persons": 0.8}
    with pytest.raises(gate.LoweredFloorError, match=r"places is 0\.800, its floor 0\.900"):
        gate.raise_floors(pinned, {"places": 0.8}, "new")
    assert gate.raise_floors(pinned, {"places": 0.8}, "new", allow_lower=True) == gate.Floors("new", {"places": 0.8})


def test_floors_survive_their_file(tmp_path: Path) -> None:
    """What is written is what is read."""
    floors = gate.Floors("0f", {"places": 0.9, "evidence": 1.0})
    gate.write_floors(tmp_path / "floors.json", floors)
    assert gate.read_floors(tmp_path / "floors.json") == floors


def test_digest_depends_on_names_and_content_alone(tmp_path: Path) -> None:
    """The digest ignores order and folder, and changes with a byte or a name."""
    one, other, moved = tmp_path / "1.txt", tmp_path / "2.txt", tmp_path / "moved" / "2.txt"
    one.write_text("甘谷县", encoding="utf-8")
    other.write_text("磐安镇", encoding="utf-8")
    moved.parent.mkdir()
    moved.write_text("磐安镇", encoding="utf-8")
    digest = gate.digest_corpus([one, other])
    assert digest == gate.digest_corpus([moved, one])
    moved.write_text("安远镇", encoding="utf-8")
    assert digest != gate.digest_corpus([moved, one])
    assert digest != gate.digest_corpus([one, other.rename(tmp_path / "3.txt")])


def run_repin(path: Path, *arguments: str) -> int:
    """Run the command with the oracle in the place of the pipeline; return its exit code."""
    return repin.main(arguments, lambda: evaluate_readings(perfect_readings()), path)


def test_command_raises_floors_and_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command pins what it measured, says what changed, and finds nothing to do the second time."""
    path = tmp_path / "floors.json"
    gate.write_floors(path, gate.Floors("", {"places": 0.5}))
    assert run_repin(path) == 0
    assert "places: 0.5 → 1.0\n" in capsys.readouterr().out
    assert gate.read_floors(path).digest == gate.digest_corpus(gate.corpus_files())
    assert run_repin(path) == 0
    assert capsys.readouterr().out == "No floor changed.\n"


def test_command_leaves_floors_that_would_fall(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command fails with the names of floors that would fall, leaves the file as it was, and lowers when told."""
    path = tmp_path / "floors.json"
    gate.write_floors(path, gate.Floors("", {"places": 1.1}))
    before = path.read_bytes()
    assert run_repin(path) == 1
    assert "places is 1.000, its floor 1.100" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert run_repin(path, "--allow-lower") == 0
    assert gate.read_floors(path).values["places"] == 1.0
