"""Raise the floors to what the seeds score now: ``python -m tests.quality.repin [--allow-lower]``.

Exit code 1 where a floor would have to be lowered; the floors stay as they were then.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.evaluate import Evaluation
from tests.quality import gate


def main(arguments: Sequence[str], evaluate_seeds: Callable[[], Evaluation], path: Path) -> int:
    """Measure, pin in a file, and say what changed; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.repin", description="Pin the quality floors anew.")
    parser.add_argument("--allow-lower", action="store_true", help="pin what is measured, lower floors included")
    options = parser.parse_args(arguments)
    pinned = gate.read_floors(path)
    measured = gate.measure(evaluate_seeds())
    digest = gate.digest_corpus(gate.corpus_files())
    try:
        floors = gate.raise_floors(pinned, measured, digest, allow_lower=options.allow_lower)
    except gate.LoweredFloorError as error:
        sys.stderr.write(f"Not pinned: {error}. Mend the cause, or say --allow-lower and why in the commit.\n")
        return 1
    gate.write_floors(path, floors)
    sys.stdout.write("".join(_changes(pinned, floors)) or "No floor changed.\n")
    return 0


def _changes(old: gate.Floors, new: gate.Floors) -> list[str]:
    """Return a line for each floor that is not what it was."""
    names = dict.fromkeys([*old.values, *new.values])
    pairs = ((name, old.values.get(name), new.values.get(name)) for name in names)
    return [f"{name}: {before} → {after}\n" for name, before, after in pairs if before != after]


if __name__ == "__main__":
    from tests.quality.seeds import evaluate_seeds as evaluate_real_seeds

    sys.exit(main(sys.argv[1:], evaluate_real_seeds, gate.FLOORS))
