"""What articles give, kept on disk: an article is extracted once, and again when it or the rules have changed.

The results of a build may be more than fits in memory, so they are written one by one and read back one by one.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from kg.curation import Curation
from kg.errors import ExtractionError, OntologyError
from kg.link import Gazetteer
from kg.model import Article, Reading
from kg.pipeline import Step, make_steps, read_article_through
from kg.rdf.emit import LINKER, Emitter, emit_same
from kg.rdf.iris import Minter
from kg.rdf.ontology import load_ontology
from kg.read.beside import beside_of
from kg.report import article_report
from kg.runner import run
from kg.suppression import black_out

#: Nothing is overruled.
NO_CURATION = Curation()


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """What one article gives: its triples, and its part of the report.

    Attributes:
        key: The article's key, as it is served.
        ntriples: Its triples as canonical N-Triples.
        report: Its part of the report, as JSON values.
        raw: The raw text as it is served, names blacked out; None where it is that of the source.
        beside: What stands beside it, likewise (:mod:`kg.read.beside`).
        defect: Why it could not be read although it is an article: a fault of ours; empty where there is none.
    """

    key: str
    ntriples: str
    report: dict[str, Any]
    raw: str | None = None
    beside: str | None = None
    defect: str = ""


# ---- One article -----------------------------------------------------------------------------------------------------


@cache
def _equipment(base_iri: str) -> tuple[tuple[Step, ...], Emitter]:
    """Return steps and emitter, made once a process."""
    vocabulary = load_ontology().vocabulary
    steps = make_steps(Gazetteer.load(), vocabulary)
    versions = {step.name: step.version for step in steps} | {LINKER: "1"}
    return steps, Emitter(Minter(base_iri), vocabulary, versions)


def read_one(article: Article, *, base_iri: str) -> Reading:
    """Return the reading of one article with the packaged tables."""
    steps, _ = _equipment(base_iri)
    return read_article_through(article, steps)


def read_curated(article: Article, curation: Curation, *, base_iri: str) -> Reading:
    """Return the reading of one article as users want it: names kept out, entities as they say.

    Where the reading mentions an entity that is kept out, the article is read again without its names.
    """
    reading = read_one(black_out(article, curation.names), base_iri=base_iri)
    while names := curation.names_in(reading):
        without = black_out(reading.document.article, names)
        if without.raw == reading.document.article.raw:
            break
        reading = read_one(without, base_iri=base_iri)
    return curation.settle(reading)


def process_article(article: Article, *, base_iri: str, curation: Curation = NO_CURATION) -> ArticleResult:
    """Return triples and report of one article; a defect of an extractor loses this article alone."""
    _, emitter = _equipment(base_iri)
    try:
        reading = read_curated(article, curation, base_iri=base_iri)
        same = {key: curation.others(key) for key in reading.entities}
        triples = {f"{triple} .\n" for triple in (*emitter.emit(reading), *emit_same(same, emitter.minter))}
    except (ExtractionError, OntologyError) as exc:
        return ArticleResult(article.key, "", {}, defect=f"{exc} (a defect of poverty-kg: please report it)")
    served = reading.document.article
    return ArticleResult(
        served.key,
        "".join(sorted(triples)),
        article_report(reading),
        raw=served.raw if served != article else None,
        beside=beside_of(served) if served != article else None,
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """That the result of an article is on disk.

    Attributes:
        key: The article's key.
        name: Name of the file.
        is_new: Whether it was made now.
        defect: Why there is none, or an empty string.
    """

    key: str
    name: str
    is_new: bool
    defect: str = ""


# ---- All articles ----------------------------------------------------------------------------------------------------


@cache
def rules_fingerprint() -> str:
    """Return a digest of the rules: an article is extracted again when the code or the ontology has changed."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    files = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    for path in sorted(files):
        digest.update(str(path.relative_to(package)).encode())
        digest.update(path.read_bytes())
    for triple in load_ontology().triples:
        digest.update(str(triple).encode())
    return digest.hexdigest()


class Results:
    """The results of articles, one file each in a folder, under the name of what they follow from."""

    def __init__(self, folder: Path, *, base_iri: str, curation: Curation = NO_CURATION) -> None:
        """Use a folder, which is made where it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._making = _Making(base_iri, curation)
        self._used: set[str] = set()

    def prepare(self, articles: Iterable[Article], *, runner: str) -> Iterator[Prepared]:
        """Make the results that are not there, and tell of each, in the order of the articles."""
        function = partial(_prepare, folder=self._folder, making=self._making)
        for prepared in run(function, articles, runner=runner):
            self._used.add(prepared.name)
            yield prepared

    def result(self, article: Article) -> ArticleResult:
        """Return the result of an article; one that the disk has lost is made again."""
        path = self._folder / self._making.file_name(article)
        return _read(path) or self._making.make(article, path)

    def prune(self) -> None:
        """Remove the results that this build had no use for."""
        for path in self._folder.iterdir():
            if path.name not in self._used:
                path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Making:
    """What results follow from beside the articles and the rules."""

    base_iri: str
    curation: Curation

    def file_name(self, article: Article) -> str:
        """Return the name of the file that a result lies in: a digest of all that it follows from."""
        settings = f"{rules_fingerprint()}\n{self.base_iri}\n{self.curation.fingerprint()}"
        follows_from = f"{settings}\n{beside_of(article)}\n{article.raw}"
        digest = hashlib.sha256(follows_from.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{digest[:32]}.json"

    def make(self, article: Article, path: Path) -> ArticleResult:
        """Return the result of an article, and write it unless it is a defect."""
        result = process_article(article, base_iri=self.base_iri, curation=self.curation)
        if not result.defect:
            part = path.with_suffix(".part")
            part.write_text(json.dumps(asdict(result), ensure_ascii=False), encoding="utf-8")
            part.replace(path)
        return result


def _prepare(article: Article, *, folder: Path, making: _Making) -> Prepared:
    path = folder / making.file_name(article)
    if path.exists():
        return Prepared(article.key, path.name, is_new=False)
    return Prepared(article.key, path.name, is_new=True, defect=making.make(article, path).defect)


def _read(path: Path) -> ArticleResult | None:
    """Return a result; None where there is none or it was damaged by a killed build."""
    try:
        return ArticleResult(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
