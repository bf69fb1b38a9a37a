"""Runners: the same results in the same order, however they are run."""

import subprocess
import sys
from itertools import count, islice

import pytest

from kg.runner import CHUNKS_AHEAD, run


@pytest.mark.parametrize(("runner", "chunk_items"), [("local", 1), ("pool:2", 1), ("pool:2", 7), ("pool", 100)])
def test_results_come_in_the_order_of_the_items(runner: str, chunk_items: int) -> None:
    """Order is that of the items, also from a pool, however they are handed over."""
    assert list(run(abs, range(-20, 0), runner=runner, chunk_items=chunk_items)) == list(range(20, 0, -1))


@pytest.mark.parametrize("runner", ["local", "pool:2"])
def test_no_more_items_are_taken_than_are_soon_needed(runner: str) -> None:
    """Items without end are no trouble: a pool takes a few chunks ahead."""
    taken = count()
    assert list(islice(run(abs, taken, runner=runner), 10)) == list(range(10))
    assert next(taken) <= 10 + 2 * CHUNKS_AHEAD


def test_nothing_comes_of_nothing() -> None:
    """No items, no results, no process."""
    assert list(run(abs, [], runner="pool:2")) == []


def test_workers_end_with_the_process_that_made_them() -> None:
    """Nothing is left running when a build is killed."""
    code = (
        "import os, time\n"
        "from kg.runner import run\n"
        "def tell(_): os.write(1, b'%d\\n' % os.getpid()); time.sleep(60)\n"
        "list(run(tell, range(2), runner='pool:2'))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as maker:
        assert maker.stdout is not None
        assert [maker.stdout.readline().strip().isdecimal() for _ in range(2)] == [True, True]
        maker.kill()
        assert maker.stdout.read() == ""  # the pipe is closed when the last worker has ended
