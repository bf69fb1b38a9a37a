"""What reading says beside the articles: what was skipped, what was left aside, and how names are written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Article

#: Lines about one file: a file of another kind has as many faults as lines, and nobody reads them all.
MAX_LINES = 20
#: What would break a line or a terminal, and what is no text: controls, line separators, halves of surrogate pairs.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source, or a part of one, that should have been an article and could not be read.

    Attributes:
        source: File as it was named or found.
        reason: One line: the place, why not, what to do.
    """

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """What a source holds that nobody meant as an article; counted, and no fault.

    Attributes:
        source: File or folder as it was named or found.
        counts: Each kind (".md", "hidden", "status 404", "no date: published") with its number, sorted.
    """

    source: str
    counts: tuple[tuple[str, int], ...]


#: What comes out of reading.
Item = Article | Skipped | Ignored


def tally(source: str, counts: Counter[str]) -> Iterator[Ignored]:
    """Yield what was left aside, if there was anything."""
    if counts:
        yield Ignored(source, tuple(sorted(counts.items())))


def shorten(items: Iterable[Article | Skipped], source: str) -> Iterator[Article | Skipped]:
    """Yield all articles and the first faults of a file; one last line counts the other faults."""
    faults = 0
    for item in items:
        if isinstance(item, Skipped):
            faults += 1
            if faults > MAX_LINES:
                continue
        yield item
    if faults > MAX_LINES:
        yield Skipped(source, f"{source}: {faults - MAX_LINES} further places were skipped for reasons of this kind.")


def printable(name: str) -> str:
    r"""Return a name on one line, in NFC, with escapes for what is no text; different names stay different.

    >>> printable("a\nb"), printable("\udce9.txt")
    ('a\\nb', '\\xe9.txt')
    """
    return _UNPRINTABLE.sub(_escape, unicodedata.normalize("NFC", name))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    # A byte that is no UTF-8, as Python keeps it in the name of a file (PEP 383).
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 - the range of PEP 383
        return f"\\x{code - 0xDC00:02x}"
    return match[0].encode("unicode_escape").decode("ascii")
