"""Extraction and linking in characters a second on one core, beside jieba.posseg and rjieba; memory of the tables.

Run with ``make bench``, or alone: ``python -m benchmarks.extraction [FOLDER]`` (the seeds by default). The texts are
parsed before the clock starts; every article is read once a run, and the best of several runs counts.
"""

import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import rjieba

from benchmarks.measure import best, cpu_s, row
from kg.errors import ArticleError
from kg.extract.places import PlaceExtractor
from kg.extract.places_local import LocalNames
from kg.link import Gazetteer
from kg.link.gazetteer import DATA
from kg.model import Article, Document, Reading
from kg.pipeline import Step, make_steps
from kg.rdf.ontology import load_ontology
from kg.read.text import read_article
from kg.text import parse_document

_CHARACTERS = 200_000
#: Steps that find mentions and link them.
_MENTIONS = frozenset(
    {"article", "places", "link-places", "people", "organisations", "programmes", "products", "link-entities"}
)
_COUNTY = "620523"
_TEXT = "2020年，甘谷县大庄镇大庄村的贫困户李晓梅在花椒专业合作社务工，收入3.2万元，全村都用上了自来水。"
_KIB = 1024


def main() -> None:
    """Print the table."""
    documents = _documents(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("seeds"))
    steps = make_steps(Gazetteer.load(), load_ontology().vocabulary)
    _speeds(documents, steps)
    _tables()


def _documents(folder: Path) -> list[Document]:
    """Return the articles of a folder, often enough to measure."""
    documents = []
    for path in sorted(folder.glob("*.txt")):
        try:
            documents.append(parse_document(read_article(path)))
        except ArticleError as exc:
            print(f"left out: {exc}", file=sys.stderr)
    size = sum(len(document.text) for document in documents)
    return documents * max(1, _CHARACTERS // size)


def _speeds(documents: Sequence[Document], steps: Sequence[Step]) -> None:
    """Print how fast the steps are, each by itself, those that find mentions and link them, and all."""
    import jieba  # noqa: PLC0415 - its tables are none of ours, and their memory is measured below
    from jieba import posseg  # noqa: PLC0415 - the same

    jieba.setLogLevel(logging.WARNING)
    size = sum(len(document.text) for document in documents)
    readings: Sequence[Reading] = [Reading(document) for document in documents]
    seconds: dict[str, float] = {}
    for step in steps:
        seconds[step.name] = best(partial(_apply, step, readings))
        readings = _apply(step, readings)
        row(step.name, size / seconds[step.name], unit="chars/s")
    texts = [document.text for document in documents]
    peers: tuple[tuple[str, Callable[[str], object]], ...] = (("jieba.posseg", posseg.lcut), ("rjieba.tag", rjieba.tag))
    speeds = {name: size / best(partial(_tag, tag, texts)) for name, tag in peers}
    mentions = size / sum(taken for name, taken in seconds.items() if name in _MENTIONS)
    for name, speed in speeds.items():
        row("mentions and their linking", mentions, name, speed, unit="chars/s")
    for name, speed in speeds.items():
        row("all extractors and linking", size / sum(seconds.values()), name, speed, unit="chars/s")


def _apply(step: Step, readings: Sequence[Reading]) -> list[Reading]:
    return [step.apply(reading) for reading in readings]


def _tag(tag: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        tag(text)


def _tables() -> None:
    """Print what it takes to make the tables: in a process of their own, and for a county named for the first time."""
    gazetteer, fresh = Gazetteer.load(), Gazetteer(DATA)
    row("matcher of the country's names", best(lambda: PlaceExtractor(gazetteer)))
    row("names of a county, first article", best(lambda: LocalNames(fresh, [_COUNTY], [_COUNTY[:4]]), runs=1))
    bare = _peak_mib("import kg.rdf.ontology")
    before = cpu_s()
    loaded = _peak_mib("from benchmarks.extraction import load; load()")
    row("a process from its start to its first reading", cpu_s() - before)
    print(f"  memory of gazetteer, matchers, word lists, words and readings: {loaded - bare:.0f} MiB")


def load() -> list[Reading]:
    """Make all tables, and use each of them once."""
    readings: list[Reading] = [Reading(parse_document(Article("", _TEXT)))]
    for step in make_steps(Gazetteer.load(), load_ontology().vocabulary):
        readings = _apply(step, readings)
    return readings


def _peak_mib(code: str) -> float:
    """Return the peak memory of a process that runs some code (Linux)."""
    command = f"{code}; from pathlib import Path; print(Path('/proc/self/status').read_text())"
    done = subprocess.run([sys.executable, "-c", command], check=True, capture_output=True, text=True)
    return next(int(line.split()[1]) / _KIB for line in done.stdout.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
