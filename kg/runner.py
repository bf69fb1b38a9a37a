"""How a pure function is run over many items: one after another, or by a pool of processes."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

#: One process alone only costs its start.
MIN_WORKERS = 2

Item = TypeVar("Item")
Result = TypeVar("Result")


def run(function: Callable[[Item], Result], items: Sequence[Item], *, runner: str = "local") -> Iterator[Result]:
    """Yield the results in the order of the items, lazily.

    Args:
        function: Pure; picklable where a pool is used.
        items: Picklable where a pool is used.
        runner: "local", "pool" (a process a core) or "pool:N".
    """
    _, _, number = runner.partition(":")
    workers = min(len(items), int(number) if number else os.cpu_count() or 1)
    if runner == "local" or workers < MIN_WORKERS:
        yield from map(function, items)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(function, items, chunksize=4)
