"""The parent of the query processes: one thread, so that forking is safe and takes milliseconds.

Started by the server as ``python -m api.workers.zygote FD``; each line on the channel is an order in JSON. It ends,
and its children with it, when the server closes the channel or dies.
"""

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

from api.workers.evaluate import run_process
from api.workers.wire import Fault, Kind, pack


def main() -> None:
    """Obey the orders on the channel whose descriptor is the only argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    gc.freeze()
    with control.makefile("r", encoding="utf-8") as orders:
        for line in orders:
            _obey(control, json.loads(line))


def _obey(control: socket.socket, order: dict[str, Any]) -> None:
    if "end" in order:
        _end(order["end"])
    else:
        _fork(control, order)


def _end(pid: int) -> None:
    """End a child and wait for it, so that its number can mean no other process before."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)


def _fork(control: socket.socket, order: dict[str, Any]) -> None:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        _become_child(control, ours, theirs, order)
    theirs.close()
    socket.send_fds(control, [f"{pid:>20}".encode()], [ours.fileno()])
    ours.close()


def _become_child(control: socket.socket, ours: socket.socket, theirs: socket.socket, order: dict[str, Any]) -> None:
    """Run a query process in this fork; never returns."""
    status: int = os.EX_SOFTWARE
    try:
        control.close()
        ours.close()
        _be_silent()
        run_process(
            theirs,
            Path(order["snapshot"]),
            memory_bytes=order["memory_bytes"],
            output_bytes=order["output_bytes"],
        )
        status = os.EX_OK
    except Exception as error:  # noqa: BLE001 - the process ends here; the server logs what it is told
        with suppress(OSError):
            theirs.sendall(pack(Kind.FAULT, Fault(HTTPStatus.SERVICE_UNAVAILABLE, str(error)).encode()))
    finally:
        os._exit(status)


def _be_silent() -> None:
    """Send stderr nowhere: what libraries print there when a query runs into a limit is no news to the log."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())


if __name__ == "__main__":
    main()
