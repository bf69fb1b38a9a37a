import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from api.limits import MAX_WAITING
from api.workers import Kind, Pool, PoolBusyError, Question, WorkerDiedError, WorkerLimits, WorkerStartError
from api.workers.pool import Worker
from kg.store import Store

ASK = Question("ASK {}", (), (), "http://example.org/", "json", "ttl")
LIMITS = WorkerLimits(memory_bytes=200 << 20, output_bytes=1 << 20)


class Lab:
    """A pool with the loop it lives in."""

    def __init__(self, snapshot: Path) -> None:
        self.snapshot = snapshot
        self.runner = asyncio.Runner()
        self.pool = Pool(1, LIMITS)

    async def ask(self, snapshot: Path | None = None) -> int:
        """Ask one question and return the number of the process that has answered."""
        async with self.pool.worker(snapshot or self.snapshot, patience_s=5) as worker:
            kinds = [kind async for kind, _ in worker.ask(ASK)]
            assert kinds == [Kind.HEAD, Kind.DATA, Kind.END]
            return worker.pid


@pytest.fixture
def lab(store_directory: Path) -> Iterator[Lab]:
    """A pool of one process."""
    lab = Lab(Store.open(store_directory).oxigraph_path)
    yield lab
    lab.runner.run(lab.pool.close())
    lab.runner.close()


def is_running(pid: int) -> bool:
    """Tell whether there is a process with this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def wait_for_end(pid: int) -> None:
    """Wait until a process has gone."""
    for _ in range(100):
        if not is_running(pid):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"process {pid} goes on")


def test_a_process_answers_again(lab: Lab) -> None:
    """After an answer the same process takes the next question."""

    async def twice() -> tuple[int, int]:
        return await lab.ask(), await lab.ask()

    first, second = lab.runner.run(twice())
    assert first == second


def test_a_process_of_another_snapshot_is_replaced(lab: Lab, tmp_path: Path) -> None:
    """When the snapshot changes, the old process is ended."""
    link = tmp_path / "other"
    link.symlink_to(lab.snapshot)

    async def swap() -> tuple[int, int]:
        first = await lab.ask()
        second = await lab.ask(link)
        await wait_for_end(first)
        return first, second

    first, second = lab.runner.run(swap())
    assert first != second


def test_an_unfinished_process_is_ended(lab: Lab) -> None:
    """A process that is given back before it has answered does not go on."""

    async def leave() -> None:
        async with lab.pool.worker(lab.snapshot, patience_s=5) as worker:
            pid = worker.pid
            question = replace(ASK, query="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    async for _ in worker.ask(question):
                        pass
        await wait_for_end(pid)

    lab.runner.run(leave())


def test_a_process_that_dies_while_idle_is_replaced(lab: Lab) -> None:
    """The next question finds a living process."""

    async def kill() -> tuple[int, int]:
        first = await lab.ask()
        os.kill(first, signal.SIGKILL)
        await asyncio.sleep(0.2)
        return first, await lab.ask()

    first, second = lab.runner.run(kill())
    assert first != second


def test_a_process_that_dies_at_work_is_told(lab: Lab) -> None:
    """The question that it died of gets an error, not a short answer."""

    async def kill() -> None:
        async with lab.pool.worker(lab.snapshot, patience_s=5) as worker:
            os.kill(worker.pid, signal.SIGKILL)
            with pytest.raises(WorkerDiedError):
                async for _ in worker.ask(ASK):
                    pass

    lab.runner.run(kill())


def test_a_dead_zygote_is_replaced(lab: Lab) -> None:
    """Without the parent of the query processes another one is started."""

    async def kill() -> None:
        await lab.ask()
        assert lab.pool._zygote is not None
        lab.pool._zygote._process.kill()
        lab.pool._zygote._process.wait()
        await asyncio.sleep(0.2)
        await lab.ask()

    lab.runner.run(kill())


def test_a_snapshot_that_cannot_be_opened_is_told(lab: Lab, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The process says why to the server alone, and the pool goes on."""

    async def fail() -> None:
        with pytest.raises(WorkerStartError, match="none"):
            await lab.ask(tmp_path / "none")
        await lab.ask()

    lab.runner.run(fail())
    assert capfd.readouterr().err == ""


def test_who_waits_too_long_is_sent_away(lab: Lab) -> None:
    """With all processes taken a request waits for its patience, and a crowd does not wait at all."""

    async def crowd() -> None:
        async with lab.pool.worker(lab.snapshot, patience_s=5):
            with pytest.raises(PoolBusyError):
                async with lab.pool.worker(lab.snapshot, patience_s=0.05):
                    pass
            tasks = [asyncio.create_task(_enter(lab.pool, lab.snapshot)) for _ in range(MAX_WAITING + 10)]
            await asyncio.sleep(0.1)
            assert sum(task.done() for task in tasks) == 10
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await lab.ask()

    lab.runner.run(crowd())


async def _enter(pool: Pool, snapshot: Path) -> None:
    with suppress(PoolBusyError):
        async with pool.worker(snapshot, patience_s=30):
            pass


def test_nothing_is_left_after_the_end(store_directory: Path) -> None:
    """Closing the pool ends every process."""
    lab = Lab(Store.open(store_directory).oxigraph_path)

    async def run() -> Worker:
        async with lab.pool.worker(lab.snapshot, patience_s=5) as worker:
            pass
        await lab.pool.close()
        await wait_for_end(worker.pid)
        return worker

    assert lab.runner.run(run()).pid > 0
    lab.runner.close()
