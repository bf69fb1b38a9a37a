"""Limits that a query process puts on itself: address space, no core dump, no network, no new processes.

The filter of system calls is a list of denials for x86-64 Linux, laid down in BPF by hand because no maintained package
for it exists that needs no compiler. Elsewhere only the limits of the kernel hold, and :func:`is_filtered` says so; the
refusal of SERVICE before evaluation (:mod:`api.sparql`) does not depend on it.
"""

import ctypes
import errno
import os
import platform
import resource
import struct
import sys
from pathlib import Path

#: Stack of the thread that evaluates: thousands of nested braces overflow the usual 8 MiB and end the process.
STACK_BYTES = 512 << 20

# x86-64 numbers of what a query never needs. The store is open and its threads run before the filter is laid.
_DENIED_CALLS = {
    "socket": 41,
    "connect": 42,
    "accept": 43,
    "bind": 49,
    "listen": 50,
    "socketpair": 53,
    "clone": 56,
    "fork": 57,
    "vfork": 58,
    "execve": 59,
    "kill": 62,
    "rename": 82,
    "unlink": 87,
    "chmod": 90,
    "ptrace": 101,
    "tkill": 200,
    "tgkill": 234,
    "unlinkat": 263,
    "unshare": 272,
    "accept4": 288,
    "process_vm_readv": 310,
    "execveat": 322,
    "io_uring_setup": 425,
    "clone3": 435,
    "openat2": 437,
}
_OPENAT, _OPEN = 257, 2
_FORBIDDEN_OPEN_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_ARCH_X86_64 = 0xC000003E
_X32_CALLS = 0x40000000  # the same calls under other numbers: never made here
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9

# Instructions of classic BPF (linux/bpf_common.h, linux/seccomp.h) and offsets into struct seccomp_data.
_LOAD, _JUMP_EQUAL, _JUMP_GREATER_EQUAL, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _ARGUMENT_1, _ARGUMENT_2 = 0, 4, 24, 32
_ALLOW, _KILL, _DENY = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM


def is_filtered() -> bool:
    """Tell whether system calls are filtered on this platform."""
    return sys.platform == "linux" and platform.machine() == "x86_64"


def limit_memory(extra_bytes: int) -> None:
    """Let the process grow by so much beyond what it has and the stack of the evaluating thread; no core dumps."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limit = pages * resource.getpagesize() + STACK_BYTES + extra_bytes
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def volunteer_for_oom() -> None:
    """Let the kernel end this process before any other when memory is short."""
    if sys.platform == "linux":
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def die_with_parent() -> None:
    """End this process as soon as its parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def filter_calls() -> None:
    """Deny this thread, for ever, the system calls that a query never needs; does nothing where not supported.

    Raises:
        OSError: if the kernel refuses the filter.
    """
    if not is_filtered():
        return
    program = _program()
    buffer = ctypes.create_string_buffer(program, len(program))
    libc = ctypes.CDLL(None, use_errno=True)
    header = _Program(len(program) // 8, ctypes.addressof(buffer))
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(header), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel refused the filter of system calls")


class _Program(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _program() -> bytes:
    """Return the filter: wrong architecture ends the process, opening for writing and the list above are denied."""
    lines = [
        _line(_LOAD, value=_ARCH),
        _line(_JUMP_EQUAL, value=_ARCH_X86_64, yes=1),
        _line(_RETURN, value=_KILL),
        _line(_LOAD, value=_NUMBER),
        _line(_JUMP_GREATER_EQUAL, value=_X32_CALLS, no=1),
        _line(_RETURN, value=_KILL),
    ]
    for number in _DENIED_CALLS.values():
        lines += [_line(_JUMP_EQUAL, value=number, no=1), _line(_RETURN, value=_DENY)]
    for number, flags in ((_OPENAT, _ARGUMENT_2), (_OPEN, _ARGUMENT_1)):
        lines += [
            _line(_JUMP_EQUAL, value=number, no=4),
            _line(_LOAD, value=flags),
            _line(_JUMP_SET, value=_FORBIDDEN_OPEN_FLAGS, no=1),
            _line(_RETURN, value=_DENY),
            _line(_RETURN, value=_ALLOW),
        ]
    return b"".join([*lines, _line(_RETURN, value=_ALLOW)])


def _line(code: int, *, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)
