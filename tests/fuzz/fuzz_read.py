"""Fuzzes the readers of all formats: whatever the bytes, only articles, lines and counts come out.

Not collected by pytest. Run by hand, for ten minutes, with atheris installed:

    python -m tests.fuzz.fuzz_read -max_total_time=600 -max_len=4096 CORPUS_FOLDER

An empty folder is filled with a sound source of each format first.
"""

import gzip
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg.read", "kg.text", "warcio"]):
    from kg.model import Article
    from kg.read import Format, Ignored, Skipped, read_sources

from tests.read.samples import PAGE, TEXT, http, members, warc_record

FORMS = tuple(Format)
#: In the first byte: the format, and whether the rest is packed before it is read.
_PACKED = 0x10


def fuzz_one(data: bytes) -> None:
    """Read some bytes as the format that their first byte names."""
    if not data:
        return
    form, body = FORMS[(data[0] & ~_PACKED) % len(FORMS)], data[1:]
    if data[0] & _PACKED:
        body = gzip.compress(body)
    source = "-"
    if form is Format.PARQUET:
        source = str(_SCRATCH)
        _SCRATCH.write_bytes(body)
    items = list(read_sources([source], stdin=io.BytesIO(body), form=form))
    assert items, "nothing came out"
    for item in items:
        _check(item)


def _check(item: object) -> None:
    match item:
        case Article():
            assert item.raw.encode(), "not text"
            assert item.identifier.isprintable() or "\u3000" in item.identifier, "an identifier of several lines"
        case Skipped():
            assert len(item.reason.splitlines()) == 1, "not one line"
        case _:
            assert isinstance(item, Ignored), "something else"


def _seeds() -> Iterator[bytes]:
    """Yield a sound source of each format, plain and packed."""
    record = json.dumps({"id": 1, "text": TEXT, "date": "2020-11-16", "html": PAGE}, ensure_ascii=False).encode()
    archive = warc_record(b"software: x", kind="warcinfo") + warc_record(http(PAGE.encode()))
    sound = {Format.TEXT: TEXT.encode(), Format.HTML: PAGE.encode(), Format.JSONL: record, Format.WARC: archive}
    for number, form in enumerate(FORMS):
        body = sound.get(form) or _table()
        yield bytes([number]) + body
        yield bytes([number]) + members(body)
        yield bytes([number | _PACKED]) + body


def _table() -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow.parquet import write_table  # noqa: PLC0415 - an extra

    buffer = io.BytesIO()
    write_table(pa.table({"text": [TEXT], "date": [1605542400]}), buffer)
    return buffer.getvalue()


def main() -> None:
    """Fill an empty corpus and fuzz."""
    for folder in map(Path, sys.argv[1:]):
        with suppress(OSError):
            if folder.is_dir() and not any(folder.iterdir()):
                for number, seed in enumerate(_seeds()):
                    (folder / f"seed-{number}").write_bytes(seed)
    atheris.Setup(sys.argv, fuzz_one)
    atheris.Fuzz()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as _folder:
        _SCRATCH = Path(_folder) / "scratch.parquet"
        main()
