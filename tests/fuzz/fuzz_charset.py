"""Fuzzes the decoding of bytes: whatever they are, only raw text comes out, or an :class:`ArticleError`.

Not collected by pytest. Run by hand, for ten minutes, with atheris installed:

    python -m tests.fuzz.fuzz_charset -max_total_time=600 -max_len=2048 CORPUS_FOLDER

An empty folder is filled with a sentence in each charset first.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg.read.charset", "kg.text"]):
    from kg.errors import ArticleError
    from kg.read.charset import decode, raw_text

SENTENCE = "近年来，全县上下一心，把发展产业作为群众增收的根本途径，建成扶贫车间九个。\n"
#: What the first byte chooses as the declared charset.
DECLARED = (None, "gb2312", "big5", "utf-8", "utf-16", "x-gbk", "iso-8859-1", "\0")


def fuzz_one(data: bytes) -> None:
    """Decode some bytes with the declaration that their first byte names."""
    if not data:
        return
    declared = DECLARED[data[0] % len(DECLARED)]
    try:
        decoded = decode(data[1:], where="fuzz", declared=declared)
    except ArticleError:
        return
    assert raw_text(decoded.text).encode(), "not text"
    assert raw_text(f"x{decoded.text}") == f"x{decoded.text}", "not raw text"
    assert decoded == decode(data[1:], where="fuzz", declared=declared), "another result"


def _seeds() -> Iterator[bytes]:
    for charset in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32"):
        yield b"\0" + SENTENCE.encode(charset)
    yield b"\1" + SENTENCE.encode().decode("latin-1").encode()
    yield b"\2" + SENTENCE.encode().decode("gbk", "replace").encode()


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
