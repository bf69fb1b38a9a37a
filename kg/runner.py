"""How a pure function is run over many items: one after another, or by a pool of processes."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import TypeVar

#: Chunks under way for each process: none waits, and memory does not grow with the number of items.
CHUNKS_AHEAD = 4

Item = TypeVar("Item")
Result = TypeVar("Result")


def run(
    function: Callable[[Item], Result], items: Iterable[Item], *, runner: str = "local", chunk_items: int = 1
) -> Iterator[Result]:
    """Yield the results in the order of the items, lazily; no more items are taken than are soon needed.

    Args:
        function: Pure; picklable where a pool is used.
        items: Picklable where a pool is used; may be very many.
        runner: "local", "pool" (a process a core) or "pool:N".
        chunk_items: How many items are handed over together: more of them where each takes little time.
    """
    if runner == "local":
        yield from map(function, items)
        return
    _, _, number = runner.partition(":")
    workers = int(number) if number else os.cpu_count() or 1
    with ProcessPoolExecutor(workers, initializer=_end_with_parent) as pool:
        waiting: deque[Future[list[Result]]] = deque()
        for chunk in _chunks(items, chunk_items):
            waiting.append(pool.submit(_apply, function, chunk))
            if len(waiting) >= CHUNKS_AHEAD * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _end_with_parent() -> None:
    """Have this process end when the one that made it is killed; it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent,), daemon=True).start()


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk


def _apply(function: Callable[[Item], Result], items: list[Item]) -> list[Result]:
    return [function(item) for item in items]
