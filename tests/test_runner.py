"""Runners: the same results in the same order, however they are run."""

import pytest

from kg.runner import run


@pytest.mark.parametrize("runner", ["local", "pool:2"])
def test_results_come_in_the_order_of_the_items(runner: str) -> None:
    """Order is that of the items, also from a pool."""
    assert list(run(abs, range(-20, 0), runner=runner)) == list(range(20, 0, -1))
