"""Which articles are the same one on several sites: one speaks, the others are its copies.

Compared is the content of the pages, its Chinese characters, letters and digits alone: no furniture, no punctuation,
traditional characters simplified, damage repaired. Two articles are copies where

1. the Jaccard similarity of their shingles, all runs of :data:`SHINGLE` characters, is at least :data:`SIMILARITY`;
2. no number of the one contradicts the other: nowhere, between the same letters, each has a number that the other
   lacks. Two reports by one template on different days differ in little else. A copy that was cut short lacks
   numbers, but has none of its own; numbers that touch damage or a guess are left out.

Copies of copies are copies: the connected components of the verified pairs. MinHash (rensa) only proposes pairs:
articles that agree in one of :data:`BANDS` bands of :data:`ROWS` rows each. Within a band the articles are sorted by
their numbers, and each is compared with the next :data:`NEIGHBOURS` only, so that thousands of pages of one template
take no more than linear time.
"""

import json
import re
import struct
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

from rensa import RMinHash

from kg.model import Article, Document, Span
from kg.read.spool import Spool
from kg.read.working import WorkingFile
from kg.text.document import parse_document
from kg.text.numerals import Numeral, find_numerals

SHINGLE = 6
SIMILARITY = 0.75
BANDS = 20
ROWS = 4
NEIGHBOURS = 8
#: Characters of the shortest content that is compared; a bare headline of several pages makes no copies.
SHORTEST = 60

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]
#: How sketches are made: ``map``, or one that works in several processes.
Run = Callable[[Callable[[Article], "Sketch"], Iterable[Article]], Iterable["Sketch"]]

_SEED = 1
#: Stands for a number in the words around another one; no text holds it.
_NUMBER = "\0"
_NO_LETTER = re.compile(rf"[^\w{_NUMBER}]|_")
#: Letters before and after a number that tell what it counts.
_BEFORE, _AFTER = 3, 1
_BUCKET_BYTES = 8

_TABLES = """
CREATE TABLE sketch (key TEXT PRIMARY KEY, numbers TEXT NOT NULL, content BLOB NOT NULL, bands BLOB NOT NULL);
CREATE TABLE ranked (rank INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE band (bucket INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (bucket, rank)) WITHOUT ROWID;
CREATE TABLE pair (ranks INTEGER PRIMARY KEY);  -- the lower rank, shifted, and the higher
CREATE TABLE component (rank INTEGER PRIMARY KEY, root INTEGER NOT NULL);
"""
_RANK_BITS = 31


def _silent(_task: str, _done: int, _total: int) -> None:
    """Show no progress."""


#: Value, the letters around it, and how many times both have been met before.
_Number = tuple[str, str, int]


# ---- One article -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sketch:
    """What articles are compared by.

    Attributes:
        key: The article's key.
        content: The letters and digits of its content.
        numbers: Its numbers in text order: value, and the letters around it.
        bands: One hash a band; articles that share one may be copies. Empty where there is too little content.
    """

    key: str
    content: str
    numbers: tuple[tuple[str, str], ...]
    bands: tuple[int, ...]


def sketch(article: Article) -> Sketch:
    """Return the sketch of an article; the same on every machine."""
    document = parse_document(article)
    content = "".join(_letters(document.words(sentence.span)) for sentence in document.sentences)
    return Sketch(article.key, content, tuple(_numbers(document)), _bands(content))


def _letters(words: str) -> str:
    return _NO_LETTER.sub("", words)


def _numbers(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the numbers of the content with the letters around them; damaged and guessed ones are left out."""
    numerals = list(_numerals(document))
    masked = _letters(_masked(document, [numeral.span for numeral in numerals]))
    doubtful = _doubtful(document)
    places = (match.start() for match in re.finditer(_NUMBER, masked))
    for at, numeral in zip(places, numerals, strict=True):
        if not numeral.is_damaged and not _is_doubtful(document, numeral.span, doubtful):
            yield str(numeral.value), masked[max(0, at - _BEFORE) : at + 1 + _AFTER]


def _numerals(document: Document) -> Iterator[Numeral]:
    """Yield the numbers of the content, each place once: of 七八千 the first."""
    end = 0
    for sentence in document.sentences:
        for numeral in find_numerals(document.text, sentence.span):
            if numeral.span.start >= end:
                yield numeral
                end = numeral.span.end


def _masked(document: Document, numbers: Iterable[Span]) -> str:
    """Return the content with one character for each number."""
    pieces: list[str] = []
    left = iter(numbers)
    number = next(left, None)
    for sentence in document.sentences:
        at = sentence.span.start
        while number and number.end <= sentence.span.end:
            pieces += document.text[at : number.start], _NUMBER
            at = number.end
            number = next(left, None)
        pieces.append(document.text[at : sentence.span.end])
    return "".join(pieces)


def _doubtful(document: Document) -> frozenset[int]:
    """Return the raw offsets that are damaged or guessed, and those beside them."""
    spans = [damage.raw for damage in document.damages]
    spans += [repair.raw for repair in document.repairs if not repair.certain]
    return frozenset(at for span in spans for at in range(span.start - 1, span.end + 1))


def _is_doubtful(document: Document, span: Span, doubtful: frozenset[int]) -> bool:
    if not doubtful:
        return False
    raw = document.raw_span(span)
    return not doubtful.isdisjoint(range(raw.start, raw.end))


def _bands(content: str) -> tuple[int, ...]:
    if len(content) < SHORTEST:
        return ()
    hashes = RMinHash(BANDS * ROWS, _SEED)
    hashes.update(_shingles(content))  # in any order, and repeated ones count once
    digest = hashes.digest()
    return tuple(_bucket(band, digest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))


def _bucket(band: int, rows: Sequence[int]) -> int:
    """Return the 64 bits, signed, that articles which agree in a band have in common."""
    packed = struct.pack(f"<{ROWS + 1}I", band, *rows)
    return int.from_bytes(blake2b(packed, digest_size=_BUCKET_BYTES).digest(), "little", signed=True)


def _shingles(content: str) -> list[str]:
    return [content[at : at + SHINGLE] for at in range(len(content) - SHINGLE + 1)]


# ---- Two articles ----------------------------------------------------------------------------------------------------


def are_copies(one: Sketch, other: Sketch) -> bool:
    """Tell whether two articles are one: alike in content, and no number of the one contradicts the other."""
    return (
        bool(one.bands and other.bands)
        and not _contradict(_counted(one.numbers), _counted(other.numbers))
        and _similarity(frozenset(_shingles(one.content)), frozenset(_shingles(other.content))) >= SIMILARITY
    )


def _counted(numbers: Iterable[Sequence[str]]) -> frozenset[_Number]:
    """Return the numbers with how many times each has stood between the same letters before."""
    times: Counter[tuple[str, ...]] = Counter()
    counted = set()
    for value, words in numbers:
        counted.add((value, words, times[value, words]))
        times[value, words] += 1
    return frozenset(counted)


def _contradict(one: frozenset[_Number], other: frozenset[_Number]) -> bool:
    """Tell whether between the same letters each has a number that the other lacks."""
    return not {words for _, words, _ in one - other}.isdisjoint(words for _, words, _ in other - one)


def _similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard similarity of two sets, of which one at least is not empty."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


# ---- All articles ----------------------------------------------------------------------------------------------------


def find_copies(spool: Spool, *, run: Run = map, progress: Progress = _silent) -> None:
    """Find the copies among the texts of a spool, and let it remember them; equal texts give equal copies.

    Args:
        spool: Its texts, however many: the comparison lies in a file of its own beside it, which is removed.
        run: What applies :func:`sketch`, lazily and in any order.
        progress: Told how many texts are sketched.

    Raises:
        StoreError: if the disk is full.
    """
    path = spool.path.with_name(f"{spool.path.name}.copies")
    path.unlink(missing_ok=True)
    try:
        with WorkingFile(path, _TABLES) as file:
            _write_sketches(file, _told(run(sketch, map(spool.article, spool.keys())), len(spool), progress))
            _write_pairs(file)
            spool.set_copies(_copies(file))
    finally:
        path.unlink(missing_ok=True)


def _told(sketches: Iterable[Sketch], total: int, progress: Progress) -> Iterator[Sketch]:
    for done, each in enumerate(sketches, 1):
        yield each
        progress("find copies", done, total)


def _write_sketches(file: WorkingFile, sketches: Iterable[Sketch]) -> None:
    """Write what can be compared, in the order of the numbers: its place in it is an article's rank."""
    file.write(
        "INSERT INTO sketch VALUES (?, ?, ?, ?)",
        (
            (each.key, json.dumps(each.numbers), _packed(each.content), struct.pack(f"<{BANDS}q", *each.bands))
            for each in sketches
            if each.bands
        ),
    )
    file.rows("INSERT INTO ranked (key) SELECT key FROM sketch ORDER BY numbers, key")


def _packed(content: str) -> bytes:
    return zlib.compress(content.encode("utf-8"), 1)


def _write_pairs(file: WorkingFile) -> None:
    """Write the pairs that are worth comparing."""
    file.write("INSERT INTO band VALUES (?, ?)", _band_rows(file))
    file.write("INSERT OR IGNORE INTO pair VALUES (?)", _pair_rows(file))


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


def _copies(file: WorkingFile) -> Iterator[tuple[str, str]]:
    """Yield each copy with the text that speaks for it: the smallest key of its component."""
    file.write("INSERT INTO component VALUES (?, ?)", _components(file).items())
    found = file.stream(
        "SELECT key, min(key) OVER (PARTITION BY root) FROM component JOIN ranked USING (rank) ORDER BY key"
    )
    return ((key, speaker) for key, speaker in found if key != speaker)


def _components(file: WorkingFile) -> dict[int, int]:
    """Return the ranks of all articles that have copies, each with the least rank of its component."""
    components = _Components()
    compared = _Compared(file)
    for (ranks,) in file.stream("SELECT ranks FROM pair ORDER BY ranks"):
        one, other = ranks >> _RANK_BITS, ranks & (1 << _RANK_BITS) - 1
        if components.root(one) != components.root(other) and compared.are_copies(one, other):
            components.join(one, other)
    return components.members()


class _Compared:
    """The sketches by rank, as far as comparing needs them; the last ones used are at hand."""

    def __init__(self, file: WorkingFile) -> None:
        self._file = file
        self._numbers = lru_cache(maxsize=2048)(self._read_numbers)
        self._shingles = lru_cache(maxsize=64)(self._read_shingles)

    def are_copies(self, one: int, other: int) -> bool:
        return (
            not _contradict(self._numbers(one), self._numbers(other))
            and _similarity(self._shingles(one), self._shingles(other)) >= SIMILARITY
        )

    def _read_numbers(self, rank: int) -> frozenset[_Number]:
        ((numbers,),) = self._file.rows("SELECT numbers FROM ranked JOIN sketch USING (key) WHERE rank = ?", (rank,))
        return _counted(json.loads(numbers))

    def _read_shingles(self, rank: int) -> frozenset[str]:
        ((content,),) = self._file.rows("SELECT content FROM ranked JOIN sketch USING (key) WHERE rank = ?", (rank,))
        return frozenset(_shingles(zlib.decompress(content).decode("utf-8")))


class _Components:
    """Connected ranks; the least one of a component is its root."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def root(self, rank: int) -> int:
        while (above := self._above.get(rank)) is not None:
            self._above[rank] = self._above.get(above, above)
            rank = above
        return rank

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low

    def members(self) -> dict[int, int]:
        """Return all ranks that are connected with another one, each with its root."""
        below = {rank: self.root(rank) for rank in list(self._above)}
        return below | {root: root for root in below.values()}
