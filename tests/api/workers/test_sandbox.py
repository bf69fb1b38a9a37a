import subprocess
import sys

import pytest

from api.workers.sandbox import is_filtered

PRELUDE = """
import errno, os, resource, socket, sys
from api.workers.sandbox import die_with_parent, filter_calls, limit_memory, volunteer_for_oom
def denied(call, *arguments):
    try:
        call(*arguments)
    except OSError as error:
        return error.errno == errno.EPERM
    return False
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, as the limits cannot be taken back."""
    command = [sys.executable, "-c", PRELUDE + code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.skipif(not is_filtered(), reason="system calls are filtered on x86-64 Linux alone")
def test_filtered_processes_reach_nothing() -> None:
    """No socket, no process, no signal, no file for writing; reading and computing go on."""
    done = run(
        "filter_calls()\n"
        "assert denied(socket.socket), 'socket'\n"
        "assert denied(socket.socketpair), 'socketpair'\n"
        "assert denied(os.fork), 'fork'\n"
        "assert denied(os.kill, os.getpid(), 0), 'kill'\n"
        "assert denied(os.execv, '/bin/true', ['true']), 'exec'\n"
        "assert denied(open, '/dev/null', 'w'), 'open for writing'\n"
        "assert denied(os.unlink, '/nonexistent'), 'unlink'\n"
        "assert open('/dev/null').read() == ''\n"
        "print(sum(range(10)))\n"
    )
    assert (done.returncode, done.stdout) == (0, "45\n"), done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux alone")
def test_memory_ends_where_it_should() -> None:
    """More than the stack and what was granted cannot be had."""
    done = run(
        "limit_memory(50 << 20)\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)\n"
        "try:\n    bytearray(2 << 30)\nexcept MemoryError:\n    print('ended')\n"
    )
    assert (done.returncode, done.stdout) == (0, "ended\n"), done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="these wishes are known to Linux alone")
def test_processes_offer_themselves_first() -> None:
    """A query process is the first to be ended when memory is short, and ends with its parent."""
    done = run("die_with_parent(); volunteer_for_oom(); print(open('/proc/self/oom_score_adj').read().strip())\n")
    assert (done.returncode, done.stdout) == (0, "1000\n"), done.stderr
