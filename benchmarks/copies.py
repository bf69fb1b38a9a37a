"""The spool and the search for copies on made-up articles: how long they take, how much memory and how much disk.

Run alone: ``python -m benchmarks.copies [ARTICLES]`` (100,000 by default). Two collections: articles of which every
tenth is a copy, without its last paragraph and between other lines of a site; and reports by one template, whose
figures alone differ, the worst that can be asked of the search.
"""

import random
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from datasketch import MinHash
from rensa import RMinHash

from benchmarks import synthetic
from benchmarks.measure import best, row
from kg.model import Article
from kg.read.copies import find_copies
from kg.read.sketches import BANDS, ROWS, shingles, sketch
from kg.read.spool import Spool
from kg.text.document import parse_document

_SAMPLE = 300
_SEED = 1
_TEMPLATE_CHARACTERS = 1500
_MIB = 1 << 20


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    memory("every tenth a copy", with_copies(count))
    memory("reports by one template", reports(count))
    speeds()


def speeds() -> None:
    """Print how many articles are sketched a second."""
    sample = list(with_copies(_SAMPLE))
    parsing = best(lambda: [parse_document(article) for article in sample])
    both = best(lambda: [sketch(article) for article in sample])
    row("sketches, without reading the page", _SAMPLE / (both - parsing), unit="articles/s")
    sets = [shingles(sketch(article).content) for article in sample]
    ours = best(lambda: [_rensa(each) for each in sets])
    theirs = best(lambda: [_datasketch(each) for each in sets], runs=1)
    row("MinHash by rensa", _SAMPLE / ours, "datasketch", _SAMPLE / theirs, unit="articles/s")


def _rensa(tokens: Iterable[str]) -> list[int]:
    hashes = RMinHash(BANDS * ROWS, _SEED)
    hashes.update(tokens)
    return list(hashes.digest())


def _datasketch(tokens: Iterable[str]) -> object:
    hashes = MinHash(num_perm=BANDS * ROWS, seed=_SEED)
    hashes.update_batch([token.encode() for token in tokens])
    return hashes.digest()


def memory(name: str, articles: Iterable[Article]) -> None:
    """Print what it takes to keep articles and to find the copies among them, in one process."""
    before = _peak_mib()
    with tempfile.TemporaryDirectory() as folder, Spool(Path(folder) / "spool") as spool:
        adding = best(lambda: [spool.add(article) for article in articles], runs=1)
        found = best(lambda: find_copies(spool), runs=1)
        speaking = sum(1 for _ in spool.speakers())
        row(f"spool of {len(spool):,} articles, made and kept: {name}", adding)
        row("  copies among them", found)
        print(f"  {len(spool) - speaking:,} copies; {spool.path.stat().st_size / _MIB:,.0f} MiB on disk;", end=" ")
    print(f"{_peak_mib() - before:.0f} MiB of memory above those of the start")


def _peak_mib() -> float:
    """Return the most memory that this process has had (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def with_copies(count: int) -> Iterator[Article]:
    """Yield made-up articles; every tenth is a copy of the one before it."""
    for number, (earlier, record) in enumerate(_pairs(count)):
        text = "\n".join([record["title"], record["text"]])
        if number % 10 == 9:
            kept = earlier["text"].rpartition("\n")[0]
            text = "\n".join(["首页", earlier["title"], kept, "分享到:", "责任编辑:王某"])
        yield Article(record["id"], text)


def _pairs(count: int) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    earlier: dict[str, str] = {}
    for record in synthetic.articles(count):
        yield earlier, record
        earlier = record


def reports(count: int) -> Iterator[Article]:
    """Yield reports that differ in their figures alone."""
    record = next(islice(synthetic.articles(1), 1))
    template = "\n".join([record["title"], record["text"][:_TEMPLATE_CHARACTERS]])
    for number in range(count):
        figures = random.Random(number)  # noqa: S311 - no secret

        def another(match: re.Match[str], figures: random.Random = figures) -> str:
            return str(figures.randrange(10 ** (len(match[0]) - 1), 10 ** len(match[0])))

        yield Article(f"report-{number}", re.sub(r"\d+", another, template))


if __name__ == "__main__":
    main()
