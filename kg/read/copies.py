"""Which articles of a build are the same one on several sites: one speaks, the others are its copies.

When two articles are one is told by :mod:`kg.read.sketches`. MinHash only proposes the pairs to be compared: articles
that agree in a band. Within a band the articles are sorted by their numbers, and each is compared with the next
:data:`NEIGHBOURS` only, so that thousands of pages of one template take no more than linear time; copies have the same
numbers, or one has the first of the other's, and stand side by side. What that may miss is a copy that lacks
its first numbers, among more than ``NEIGHBOURS`` pages of the template that agree in the very same bands.

Copies of copies are copies: the connected components of the pairs. The pairs most alike are joined first, and none that
would bring numbers together that contradict each other: a copy without the figures may fit two reports, and goes with
the one it is more like. All this lies on disk; in memory are the components alone.
"""

import struct
import zlib
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from kg.model import Article
from kg.read.sketches import BANDS, SIMILARITY, Sketch, contradict, shingles, similarity, sketch
from kg.read.spool import Spool
from kg.read.working import WorkingFile

NEIGHBOURS = 8

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]
#: How sketches are made: ``map``, or one that works in several processes.
Run = Callable[[Callable[[Article], Sketch], Iterable[Article]], Iterable[Sketch]]

#: An article's rank is its place in the order of the numbers; the numbers are 64 bits each, so that equal ones and
#: those that begin alike stand together. A pair is the lower rank, shifted, and the higher.
_TABLES = """
CREATE TABLE sketch (key TEXT PRIMARY KEY, numbers BLOB NOT NULL, content BLOB NOT NULL, bands BLOB NOT NULL);
CREATE TABLE ranked (rank INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE band (bucket INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (bucket, rank)) WITHOUT ROWID;
CREATE TABLE pair (ranks INTEGER PRIMARY KEY);
CREATE TABLE alike (ranks INTEGER PRIMARY KEY, similarity REAL NOT NULL);
CREATE TABLE component (rank INTEGER PRIMARY KEY, root INTEGER NOT NULL);
"""
_RANK_BITS = 31
_NUMBER_BYTES = 8
#: Articles whose numbers, and whose shingles, are at hand: pairs come in the order of the ranks.
_NUMBERS_AT_HAND, _SHINGLES_AT_HAND = 2048, 64


def _silent(_task: str, _done: int, _total: int) -> None:
    """Show no progress."""


def find_copies(spool: Spool, *, run: Run = map, progress: Progress = _silent) -> None:
    """Find the copies among the texts of a spool, and let it remember them; the smallest key of a component speaks.

    Args:
        spool: Its texts, however many: the comparison lies in a file of its own beside it, which is removed.
        run: What applies :func:`~kg.read.sketches.sketch`; the results may come in any order.
        progress: Told how many texts are sketched.

    Raises:
        StoreError: if the disk is full.
    """
    path = spool.path.with_name(f"{spool.path.name}.copies")
    path.unlink(missing_ok=True)
    try:
        with WorkingFile(path, _TABLES) as file:
            _write_sketches(file, _told(run(sketch, map(spool.article, spool.keys())), len(spool), progress))
            file.write("INSERT INTO band VALUES (?, ?)", _band_rows(file))
            file.write("INSERT OR IGNORE INTO pair VALUES (?)", _pair_rows(file))
            file.write("INSERT INTO alike VALUES (?, ?)", _alike_rows(file, _Sketches(file)))
            file.write("INSERT INTO component VALUES (?, ?)", _component_rows(file, _Sketches(file)))
            spool.set_copies(_copies(file))
    finally:
        path.unlink(missing_ok=True)


def _told(sketches: Iterable[Sketch], total: int, progress: Progress) -> Iterator[Sketch]:
    for done, each in enumerate(sketches, 1):
        yield each
        progress("find copies", done, total)


def _write_sketches(file: WorkingFile, sketches: Iterable[Sketch]) -> None:
    """Write what can be compared, and rank it."""
    rows = (
        (
            each.key,
            struct.pack(f">{len(each.numbers)}Q", *each.numbers),
            zlib.compress(each.content.encode("utf-8"), 1),
            struct.pack(f"<{BANDS}q", *each.bands),
        )
        for each in sketches
        if each.bands
    )
    file.write("INSERT INTO sketch VALUES (?, ?, ?, ?)", rows)
    file.rows("INSERT INTO ranked (key) SELECT key FROM sketch ORDER BY numbers, key")


def _band_rows(file: WorkingFile) -> Iterator[tuple[int, int]]:
    for rank, bands in file.stream("SELECT rank, bands FROM ranked JOIN sketch USING (key) ORDER BY rank"):
        for bucket in struct.unpack(f"<{BANDS}q", bands):
            yield bucket, rank


def _pair_rows(file: WorkingFile) -> Iterator[tuple[int]]:
    """Yield each article of a bucket with those that follow it, ``NEIGHBOURS`` at most."""
    rows = file.stream("SELECT bucket, rank FROM band ORDER BY bucket, rank")
    for _, members in groupby(rows, key=itemgetter(0)):
        before: deque[int] = deque(maxlen=NEIGHBOURS)
        for _, rank in members:
            for earlier in before:
                yield (earlier << _RANK_BITS | rank,)
            before.append(rank)


def _alike_rows(file: WorkingFile, sketches: "_Sketches") -> Iterator[tuple[int, float]]:
    """Yield the pairs that are copies, with their similarity."""
    for (ranks,) in file.stream("SELECT ranks FROM pair ORDER BY ranks"):
        one, other = _ranks(ranks)
        if not contradict(sketches.numbers(one), sketches.numbers(other)):
            alike = similarity(sketches.shingles(one), sketches.shingles(other))
            if alike >= SIMILARITY:
                yield ranks, alike


def _component_rows(file: WorkingFile, sketches: "_Sketches") -> Iterator[tuple[int, int]]:
    """Yield the ranks of all articles that have copies, each with the least rank of its component."""
    components = _Components(sketches.numbers)
    for (ranks,) in file.stream("SELECT ranks FROM alike ORDER BY similarity DESC, ranks"):
        components.join(*_ranks(ranks))
    return components.members()


def _copies(file: WorkingFile) -> Iterator[tuple[str, str]]:
    """Yield each copy with the text that speaks for it."""
    found = file.stream(
        "SELECT key, min(key) OVER (PARTITION BY root) FROM component JOIN ranked USING (rank) ORDER BY key"
    )
    return ((key, speaker) for key, speaker in found if key != speaker)


def _ranks(pair: int) -> tuple[int, int]:
    return pair >> _RANK_BITS, pair & (1 << _RANK_BITS) - 1


class _Sketches:
    """The sketches by rank, read as they are needed; the last ones used are at hand."""

    def __init__(self, file: WorkingFile) -> None:
        self._file = file
        self.numbers = lru_cache(_NUMBERS_AT_HAND)(self._numbers)
        self.shingles = lru_cache(_SHINGLES_AT_HAND)(self._shingles)

    def _numbers(self, rank: int) -> frozenset[int]:
        ((numbers,),) = self._file.rows("SELECT numbers FROM ranked JOIN sketch USING (key) WHERE rank = ?", (rank,))
        return frozenset(struct.unpack(f">{len(numbers) // _NUMBER_BYTES}Q", numbers))

    def _shingles(self, rank: int) -> frozenset[str]:
        ((content,),) = self._file.rows("SELECT content FROM ranked JOIN sketch USING (key) WHERE rank = ?", (rank,))
        return shingles(zlib.decompress(content).decode("utf-8"))


class _Components:
    """Connected ranks, the least of which is the root, with all the numbers that they state."""

    def __init__(self, numbers: Callable[[int], frozenset[int]]) -> None:
        self._own_numbers = numbers
        self._above: dict[int, int] = {}
        self._numbers: dict[int, array[int]] = {}

    def join(self, one: int, other: int) -> None:
        """Make two components one, unless their numbers contradict each other.

        In one component and between the same letters the numbers of an article are some of another's. All of them
        taken together contradict those of another component where two of the articles do.
        """
        low, high = sorted((self._root(one), self._root(other)))
        if low == high or contradict(low_numbers := self._stated(low), high_numbers := self._stated(high)):
            return
        self._above[high] = low
        self._numbers[low] = array("Q", low_numbers | high_numbers)
        self._numbers.pop(high, None)

    def members(self) -> Iterator[tuple[int, int]]:
        """Yield all ranks that are connected with another one, each with its root."""
        roots = {self._root(rank) for rank in self._above}
        yield from ((root, root) for root in roots)
        yield from ((rank, self._root(rank)) for rank in self._above)

    def _root(self, rank: int) -> int:
        while (above := self._above.get(rank)) is not None:
            self._above[rank] = self._above.get(above, above)
            rank = above
        return rank

    def _stated(self, root: int) -> frozenset[int]:
        joined = self._numbers.get(root)
        return self._own_numbers(root) if joined is None else frozenset(joined)
