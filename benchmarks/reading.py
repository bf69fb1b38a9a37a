"""Reading and repair in characters a second on one core, beside OpenCC alone; memory of reading very many articles.

Run with ``make bench``, or alone: ``python -m benchmarks.reading [ARTICLES]`` (100,000 articles by default).
"""

import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from opencc import OpenCC

from benchmarks.measure import best, row, run_kg
from benchmarks.synthetic import write_jsonl, write_warc
from kg.model import Article
from kg.read import decode
from kg.text import parse_document
from kg.text.clean import clean
from tests.text.garbling import garble, glossable, traditional

_CHARACTERS = 600_000


def main() -> None:
    """Print the table."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    speeds()
    with tempfile.TemporaryDirectory() as folder:
        memory(Path(folder), articles)


def speeds() -> None:
    """Print how fast pages are read."""
    plain = [path.read_text("utf-8") for path in sorted(Path("seeds").glob("*.txt")) if not path.name.startswith("001")]
    old = [traditional(text) for text in plain]
    garbled = [_garbled(text) for text in old]
    convert = OpenCC("tw2s").convert
    for name, texts in (("clean", plain), ("traditional", old), ("garbled", garbled)):
        pages = [text.encode() for text in texts]
        _row(f"decode and clean, {name} text", pages, lambda page: clean(decode(page, where="").text), convert, texts)
    pages = [text.encode() for text in plain]
    whole = lambda page: parse_document(Article("", decode(page, where="").text))  # noqa: E731 - a row of the table
    _row("decode, clean, blocks, sentences, clean text", pages, whole, convert, plain)


def _row(
    name: str,
    pages: Sequence[bytes],
    read: Callable[[bytes], object],
    peer: Callable[[str], object],
    texts: Sequence[str],
) -> None:
    size = sum(map(len, texts))
    times = max(1, _CHARACTERS // size)
    ours = best(lambda: [read(page) for _ in range(times) for page in pages])
    theirs = best(lambda: [peer(text) for _ in range(times) for text in texts])
    row(name, size * times / ours, "OpenCC alone", size * times / theirs, unit="chars/s")


def _garbled(text: str) -> str:
    known = glossable(text)
    return garble(text, random.Random(1).sample(known, min(60, len(known))))  # noqa: S311 - no secret


def memory(folder: Path, articles: int) -> None:
    """Print what it takes to read very many articles."""
    for suffix, write in (("jsonl", write_jsonl), ("warc.gz", write_warc)):
        path = folder / f"articles.{suffix}"
        write(path, articles, 1)
        seconds, peak = run_kg("read", str(path), "-o", "/dev/null", "--runner", "pool:2")
        row(f"kg read, {articles:,} articles as {suffix}", seconds)
        print(f"  peak memory, two processes and their parent together: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
