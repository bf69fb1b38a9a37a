"""Fixtures of the quality gate."""

import pytest

from kg.evaluate import Evaluation
from tests.quality import gate


@pytest.fixture(scope="session")
def seed_evaluation() -> Evaluation:
    """The evaluation of the seeds, made once; the pipeline is loaded only where a test asks for it."""
    from tests.quality.seeds import evaluate_seeds  # noqa: PLC0415 - tests of the gate itself need no pipeline

    return evaluate_seeds()


@pytest.fixture(scope="session")
def floors() -> gate.Floors:
    """The pinned floors."""
    return gate.read_floors(gate.FLOORS)
