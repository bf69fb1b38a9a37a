"""The pool of query processes, as the server sees it: hand out a free one, end it, have another forked.

A process that has answered goes back into the pool. One that ran into a limit, died, or whose client left is ended, and
the next request has a fresh one forked (some 20 ms). Processes of an earlier generation of the store are ended when
they come back.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from api.limits import MAX_WAITING
from api.workers.wire import HEADER_BYTES, Fault, Kind, Question, pack, unpack_header

_PID_BYTES = 20
_START_TIMEOUT_S = 20.0


class PoolBusyError(Exception):
    """Too many requests wait already, or none came free in time."""


class WorkerStartError(Exception):
    """No query process could be started: the snapshot cannot be opened, or the system refuses the sandbox."""


class WorkerDiedError(Exception):
    """A query process ended without an answer: most likely it ran out of memory."""


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one query process may take.

    Attributes:
        memory_bytes: Address space beyond what the open store takes.
        output_bytes: Length of an answer.
    """

    memory_bytes: int
    output_bytes: int


class Worker:
    """One query process.

    Attributes:
        pid: Its number, valid until the zygote has ended it.
        snapshot: Folder of the snapshot that it reads.
        is_idle: Whether it has answered everything it was asked.
    """

    def __init__(self, pid: int, snapshot: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take the process and the channel to it."""
        self.pid = pid
        self.snapshot = snapshot
        self.is_idle = True
        self._reader = reader
        self._writer = writer

    @property
    def is_alive(self) -> bool:
        """Whether the process has not ended by itself."""
        return not self._reader.at_eof()

    def close(self) -> None:
        """Close the channel."""
        self._writer.close()

    async def start(self) -> None:
        """Wait until it has opened the snapshot.

        Raises:
            WorkerStartError: if it cannot.
            WorkerDiedError: if it ends without saying so.
        """
        async with asyncio.timeout(_START_TIMEOUT_S):
            kind, content = await self._read()
        if kind is Kind.FAULT:
            raise WorkerStartError(Fault.decode(content).detail)

    async def ask(self, question: Question) -> AsyncGenerator[tuple[Kind, bytes], None]:
        """Yield the messages of the answer: HEAD, DATA …, END, or FAULT at any place.

        Raises:
            WorkerDiedError: if the process ends before the answer does.
        """
        self.is_idle = False
        self._writer.write(pack(Kind.QUERY, question.encode()))
        while True:
            kind, content = await self._read()
            self.is_idle = kind in {Kind.END, Kind.FAULT}
            yield kind, content
            if self.is_idle:
                return

    async def _read(self) -> tuple[Kind, bytes]:
        try:
            kind, length = unpack_header(await self._reader.readexactly(HEADER_BYTES))
            return kind, await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, OSError) as exc:
            raise WorkerDiedError from exc


class _Zygote:
    """The process that forks query processes; see :mod:`api.workers.zygote`."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_START_TIMEOUT_S)
        self._limits = limits
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        with theirs:
            theirs.set_inheritable(True)
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "api.workers.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=environment,
            )

    def fork(self, snapshot: Path) -> tuple[int, socket.socket]:
        """Return number and channel of a new query process; blocks for some milliseconds.

        Raises:
            OSError: if the zygote has died.
        """
        limits = {"memory_bytes": self._limits.memory_bytes, "output_bytes": self._limits.output_bytes}
        self._order({"snapshot": str(snapshot), **limits})
        data, descriptors, _, _ = socket.recv_fds(self._control, _PID_BYTES, 1)
        if not descriptors:
            raise ConnectionResetError("the parent of the query processes has died")
        return int(data), socket.socket(fileno=descriptors[0])

    def end(self, pid: int) -> None:
        """Have a query process ended."""
        self._order({"end": pid})

    def close(self) -> None:
        """End it and all its children."""
        self._control.close()
        self._process.kill()
        self._process.wait()

    def _order(self, order: dict[str, str | int]) -> None:
        self._control.sendall(json.dumps(order).encode() + b"\n")


class Pool:
    """At most ``size`` query processes, forked when they are first needed; used from one event loop."""

    def __init__(self, size: int, limits: WorkerLimits) -> None:
        """Take how many may run at once, and what each may take."""
        self._limits = limits
        self._free = asyncio.Semaphore(size)
        self._idle: list[Worker] = []
        self._waiting = 0
        self._zygote: _Zygote | None = None
        self._forking = asyncio.Lock()

    @asynccontextmanager
    async def worker(self, snapshot: Path, *, patience_s: float) -> AsyncIterator[Worker]:
        """Hand out a process that reads a snapshot, for the length of one request.

        Args:
            snapshot: Folder of the snapshot.
            patience_s: How long to wait for a free one.

        Raises:
            PoolBusyError: if too many wait, or none comes free in time.
            WorkerStartError: if none can be started.
        """
        await self._enter(patience_s)
        worker: Worker | None = None
        try:
            worker = self._take_idle(snapshot) or await self._start(snapshot)
            yield worker
        finally:
            if worker is not None:
                self._put_back(worker)
            self._free.release()

    async def close(self) -> None:
        """End all processes."""
        while self._idle:
            self._idle.pop().close()
        if self._zygote is not None:
            zygote, self._zygote = self._zygote, None
            await asyncio.to_thread(zygote.close)

    async def _enter(self, patience_s: float) -> None:
        if self._waiting >= MAX_WAITING:
            raise PoolBusyError
        self._waiting += 1
        try:
            # Not wait_for: before Python 3.12 it may swallow a cancellation, and the deadline with it.
            async with asyncio.timeout(patience_s):
                await self._free.acquire()
        except TimeoutError as exc:
            raise PoolBusyError from exc
        finally:
            self._waiting -= 1

    def _take_idle(self, snapshot: Path) -> Worker | None:
        """Return a waiting process of this snapshot; those of other snapshots are ended on the way."""
        while self._idle:
            worker = self._idle.pop()
            if worker.snapshot == snapshot and worker.is_alive:
                return worker
            self._end(worker)
        return None

    async def _start(self, snapshot: Path) -> Worker:
        try:
            async with self._forking:
                pid, channel = await asyncio.to_thread(self._fork, snapshot)
            reader, writer = await asyncio.open_connection(sock=channel)
        except OSError as exc:
            raise WorkerStartError(str(exc)) from exc
        worker = Worker(pid, snapshot, reader, writer)
        try:
            await worker.start()
        except (asyncio.CancelledError, WorkerStartError):
            self._end(worker)
            raise
        except (WorkerDiedError, TimeoutError) as exc:
            self._end(worker)
            raise WorkerStartError("it died, or took too long") from exc
        return worker

    def _fork(self, snapshot: Path) -> tuple[int, socket.socket]:
        """Return a new process, from a new zygote where the old one has died."""
        if self._zygote is not None:
            try:
                return self._zygote.fork(snapshot)
            except OSError:
                self._zygote.close()
        self._zygote = _Zygote(self._limits)
        return self._zygote.fork(snapshot)

    def _put_back(self, worker: Worker) -> None:
        if worker.is_idle:
            self._idle.append(worker)
        else:
            self._end(worker)

    def _end(self, worker: Worker) -> None:
        worker.close()
        if self._zygote is not None:
            try:
                self._zygote.end(worker.pid)
            except OSError:
                # The zygote is gone, and its children with it: the next start makes another.
                worker.is_idle = False
