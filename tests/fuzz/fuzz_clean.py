"""Fuzzes the cleaning of garbled pages: offsets lead into the page and never back, and a clean page stays as it is.

Not collected by pytest. Run by hand, for ten minutes, with atheris installed:

    python -m tests.fuzz.fuzz_clean -max_total_time=600 -max_len=400 CORPUS_FOLDER

An empty folder is filled with garbled sentences first. The input is GBK, as decoders of several kinds read it.
"""

import random
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg.text"]):
    from kg.model import Span
    from kg.read.charset import raw_text
    from kg.text.clean import clean

from tests.text.garbling import BROWSER, PAGES, SILENT, STRICT, Decoder, cut_up, glossable, glossed, traditional

SENTENCE = "全縣總人口12345人，佔農業人口的8.61%，實現整體脫貧。“幹部為貧困戶發展產業！”他說，“我們不走。”\n"
DECODERS = (PAGES, STRICT, BROWSER, SILENT, Decoder(""))


def fuzz_one(data: bytes) -> None:
    """Clean the page that the decoder named by the first byte makes of the others."""
    if not data:
        return
    raw = raw_text(DECODERS[data[0] % len(DECODERS)].read(data[1:]))
    mapped = clean(raw)
    places = [mapped.raw(Span(at, at + 1)) for at in range(len(mapped.text))]
    assert all(0 <= place.start < place.end <= len(raw) for place in places), "outside the page"
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(places)), "not monotone"
    assert all(0 <= it.raw.start < it.raw.end <= len(raw) for it in mapped.damages), "damage outside the page"
    assert clean(mapped.text).text == mapped.text, "not idempotent"


def _seeds() -> Iterator[bytes]:
    page = traditional(SENTENCE)
    garbled = glossed(page, glossable(page))
    for number in range(len(DECODERS)):
        yield bytes((number,)) + garbled
        yield bytes((number,)) + garbled[1:]
    yield b"\0" + cut_up(garbled, random.Random(0)).encode("gbk", "replace")  # noqa: S311 - the same every time
    yield b"\0" + page.encode("gbk")[1:]


def main() -> None:
    """Run the fuzzer on the folder that the last argument names."""
    folder = Path(sys.argv[-1])
    if folder.is_dir() and not any(folder.iterdir()):
        for number, seed in enumerate(_seeds()):
            (folder / f"seed-{number}").write_bytes(seed)
    atheris.Setup(sys.argv, fuzz_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
