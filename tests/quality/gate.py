"""Floors below which no score on the seeds may fall, pinned together with a digest of what was measured.

The pipeline is deterministic, so there is no tolerance: a floor is the measured value, cut to three places. A digest of
seeds and gold stands beside the floors, because a floor says nothing about other articles or another gold.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.evaluate import SCORES, SHARES, Evaluation

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
GOLD = Path(__file__).parent / "gold"
FLOORS = Path(__file__).parent / "floors.json"


class LoweredFloorError(Exception):
    """New floors would be lower than the pinned ones; names each with both values."""


@dataclass(frozen=True, slots=True)
class Floors:
    """What is pinned.

    Attributes:
        digest: SHA-256 of the seeds and their gold, hexadecimal.
        values: Least F1 by score and least value by share.
    """

    digest: str
    values: Mapping[str, float] = field(default_factory=dict)


def read_floors(path: Path) -> Floors:
    """Return the pinned floors."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Floors(data["digest"], data["floors"])


def write_floors(path: Path, floors: Floors) -> None:
    """Write floors, in the order of the tables, a line each."""
    data = {"digest": floors.digest, "floors": dict(floors.values)}
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def digest_corpus(files: Iterable[Path]) -> str:
    """Return the SHA-256 of files, by name and content, whatever their order and folder."""
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def corpus_files() -> list[Path]:
    """Return the seeds and their gold."""
    return [*SEEDS.glob("*.txt"), *GOLD.glob("*.json")]


def measure(evaluation: Evaluation) -> dict[str, float]:
    """Return what floors are pinned on: F1 of each kind and each share that had anything to judge, to three places."""
    scores = {name: evaluation.score(name) for name in SCORES}
    shares = {name: evaluation.share(name) for name in SHARES}
    values = {name: score.f1 for name, score in scores.items() if score.found + score.wanted}
    values |= {name: share.value for name, share in shares.items() if share.total}
    return {name: _cut(value) for name, value in values.items()}


def find_shortfalls(measured: Mapping[str, float], floors: Floors) -> list[str]:
    """Return one sentence for each score that is below its floor or was not measured at all."""
    return [
        f"{name} is {measured[name]:.3f}, its floor {floor:.3f}" if name in measured else f"{name} was not measured"
        for name, floor in floors.values.items()
        if measured.get(name, -1.0) < floor
    ]


def raise_floors(pinned: Floors, measured: Mapping[str, float], digest: str, *, allow_lower: bool = False) -> Floors:
    """Return floors raised to what was measured.

    Raises:
        LoweredFloorError: if a floor would be lowered or lost and that was not allowed.
    """
    if not allow_lower and (shortfalls := find_shortfalls(measured, pinned)):
        raise LoweredFloorError("; ".join(shortfalls))
    return Floors(digest, dict(measured))


def _cut(value: float) -> float:
    """Return a ratio cut, not rounded, to three places; what binary fractions lack at the end does not count."""
    return math.floor(value * 1000 + 1e-9) / 1000
