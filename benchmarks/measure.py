"""How the benchmarks measure: CPU seconds, best of several runs; peak memory of a command."""

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

RUNS = 3
_MIB = 1024
_PERIOD_S = 0.2


def cpu_s() -> float:
    """Return CPU seconds of this process and its ended children."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def best(action: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least CPU seconds of several runs."""
    times = []
    for _ in range(runs):
        before = cpu_s()
        action()
        times.append(cpu_s() - before)
    return min(times)


def row(what: str, ours: float, peer: str = "", theirs: float | None = None, *, unit: str = "s") -> None:
    """Print one line of the table; the ratio says how many times better ours is."""
    ratio = ""
    if theirs is not None:
        ratio = f"{theirs / ours if unit == 's' else ours / theirs:8.2f} ×"
    other = f"{theirs:14,.2f} {unit}" if theirs is not None else ""
    print(f"{what:<52}{ours:14,.2f} {unit}  {peer:<16}{other}{ratio}")


def run_kg(*arguments: str) -> tuple[float, float]:
    """Run a command of kg; return its CPU seconds and the peak memory of its processes together, in MiB."""
    before = cpu_s()
    command = [sys.executable, "-m", "kg.cli", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peaks))
    watcher.start()
    status = process.wait()
    watcher.join()
    if status not in {0, 4}:
        raise SystemExit(f"{' '.join(arguments)} ended with {status}")
    return cpu_s() - before, peaks[0]


def _watch(process: subprocess.Popen[bytes], peaks: list[float]) -> None:
    while process.poll() is None:
        peaks[0] = max(peaks[0], sum(map(_proportional_mib, _family(process.pid))))
        time.sleep(_PERIOD_S)


def _family(pid: int) -> Sequence[int]:
    """Return a process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        children = []
    return [pid, *map(int, children)]


def _proportional_mib(pid: int) -> float:
    """Return the memory of a process, pages that it shares counted in parts (Linux, PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / _MIB for line in lines if line.startswith("Pss:")), 0.0)
