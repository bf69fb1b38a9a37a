"""A build: sources in, a checked store out.

Read, clean, extract and link each article (or take it from the cache), merge, check, write. What cannot be read is
skipped and listed, and nothing of an earlier store is touched before the new one is complete.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.errors import ArticleError, ExtractionError, OntologyError, StoreError, StoreLossError
from kg.index import Index
from kg.link import Gazetteer
from kg.model import Article, Reading
from kg.pipeline import Step, make_steps, read_article_through
from kg.rdf.emit import LINKER, Emitter, emit_divisions
from kg.rdf.iris import Minter
from kg.rdf.merge import Merged, merge_graphs
from kg.rdf.ontology import load_ontology
from kg.rdf.serialise import read_rdf
from kg.rdf.shapes import Violation, validate_graph
from kg.read import Inputs, Skipped, read_inputs
from kg.report import article_report
from kg.runner import run
from kg.settings import Settings
from kg.store import Store, lock_store, write_store

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

_PAGE_ROWS = 500

#: Share of the earlier articles that may leave without being confirmed.
LEAVING_SHARE = 0.5


def _silent(_task: str, _done: int, _total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """What one article gives: its triples, and its part of the report.

    Attributes:
        key: The article's key.
        ntriples: Its triples as canonical N-Triples.
        report: Its part of the report, as JSON values.
        defect: Why it could not be read although it is an article: a fault of ours; empty where there is none.
    """

    key: str
    ntriples: str
    report: dict[str, Any]
    defect: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished build.

    Attributes:
        store: The new generation.
        skipped: What could not be read.
        duplicates: Identifiers of sources with the very text of another one, which speaks for them.
        left: Identifiers of articles that were in the earlier store and are no longer.
        cached: How many articles were not extracted again.
    """

    store: Store
    skipped: tuple[Skipped, ...]
    duplicates: tuple[str, ...]
    left: tuple[str, ...]
    cached: int


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


def process_article(article: Article, *, base_iri: str) -> ArticleResult:
    """Return triples and report of one article; a defect of an extractor loses this article alone."""
    _, emitter = _equipment(base_iri)
    try:
        reading = read_one(article, base_iri=base_iri)
        triples = sorted({f"{triple} .\n" for triple in emitter.emit(reading)})
    except (ExtractionError, OntologyError) as exc:
        return ArticleResult(article.key, "", {}, defect=f"{exc} (a defect of poverty-kg: please report it)")
    return ArticleResult(article.key, "".join(triples), article_report(reading))


# ---- All articles ----------------------------------------------------------------------------------------------------


def build(
    sources: Sequence[str],
    settings: Settings,
    *,
    keep_earlier: bool = False,
    may_shrink: bool = False,
    progress: Progress = _silent,
) -> Outcome:
    """Read the sources, and write and publish a store of them.

    Args:
        sources: Files, folders and globs: the whole set of articles.
        settings: Where the store lies, base IRI, runner.
        keep_earlier: Keep articles of the earlier store that are not among the sources.
        may_shrink: Allow more than half of the earlier articles to leave.
        progress: Told what is being done.

    Raises:
        ArticleError: if no source can be read; the earlier store is kept.
        StoreError: if the store cannot be written, or the earlier one cannot be read.
        StoreLossError: if too many articles would leave the store.
        GraphError: if the ontology itself breaks a shape.
    """
    inputs = read_inputs(sources)
    with lock_store(settings.store):
        earlier = _earlier_articles(settings.store, may_be_lost=may_shrink)
        if keep_earlier:
            inputs.articles.update({key: article for key, article in earlier.items() if key not in inputs.articles})
        if not inputs.articles:
            reasons = "\n".join(skipped.reason for skipped in inputs.skipped)
            raise ArticleError(f"no article could be read\n{reasons}".rstrip())
        left = _leaving(earlier, inputs, may_shrink=may_shrink)
        cache_folder = settings.store / "cache"
        results, cached = _process_all(inputs, settings, cache_folder, progress)
        results = _without_defects(results, inputs)
        progress("merge and check", 0, 1)
        merged = merge_results(results, base_iri=settings.base_iri)
        progress("merge and check", 1, 1)
        progress("write the store", 0, 1)
        store = write_store(
            settings.store,
            _all_quads(merged, settings.base_iri),
            texts={key: article.raw for key, article in sorted(inputs.articles.items())},
            report=_report(inputs, results, merged, left),
        )
        _prune_cache(cache_folder, inputs, settings.base_iri)
        progress("write the store", 1, 1)
    return Outcome(store, tuple(inputs.skipped), tuple(sorted(inputs.duplicates)), left, cached)


def _without_defects(results: list[ArticleResult], inputs: Inputs) -> list[ArticleResult]:
    """Return the results that are whole; articles lost by a defect are moved to what was skipped.

    Raises:
        ArticleError: if none is left.
    """
    for result in results:
        if result.defect:
            article = inputs.articles.pop(result.key)
            inputs.skipped.append(Skipped(article.identifier, result.defect))
    whole = [result for result in results if not result.defect]
    if not whole:
        raise ArticleError("\n".join(["no article could be read", *(skipped.reason for skipped in inputs.skipped)]))
    return whole


def load(files: Iterable[Path], settings: Settings, *, may_shrink: bool = False) -> Store:
    """Write and publish a store of RDF files, graphs as they are.

    Args:
        files: Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, by suffix.
        settings: Where the store lies.
        may_shrink: Allow the articles of the earlier store to leave.

    Raises:
        RdfFileError: if a file cannot be read or does not parse.
        StoreError: if the store cannot be written, or the earlier one cannot be read.
        StoreLossError: if the store holds articles.
    """
    quads = [quad for path in files for quad in read_rdf(path)]
    with lock_store(settings.store):
        if not may_shrink and (earlier := _earlier_articles(settings.store, may_be_lost=False)):
            raise StoreLossError(
                f"the store holds {len(earlier)} articles, which would leave it",
                where=str(settings.store),
                remedy="Let them go with --yes, or name another --store.",
            )
        return write_store(settings.store, quads, texts={}, report={"loaded": len(quads)})


def merge_results(results: Iterable[ArticleResult], *, base_iri: str) -> Merged:
    """Return the merged and checked graph of articles."""
    minter = Minter(base_iri)
    indicators = load_ontology().vocabulary.indicators
    return merge_graphs(
        (_parse_triples(result.ntriples) for result in results),
        minter=minter,
        check=check_graph,
        indicator_names={
            minter.concept("indicator", each.key).value: frozenset({each.label, *each.synonyms}) for each in indicators
        },
    )


def check_graph(triples: Iterable[Triple]) -> tuple[Violation, ...]:
    """Return the faults of a graph, the ontology taken as part of it."""
    return validate_graph([*triples, *load_ontology().triples])


def _parse_triples(ntriples: str) -> list[Triple]:
    return [quad.triple for quad in parse(ntriples, format=RdfFormat.N_TRIPLES)]


def _all_quads(merged: Merged, base_iri: str) -> Iterator[Quad]:
    yield from merged.quads(Minter(base_iri))
    divisions = emit_divisions(Gazetteer.load().source, Minter(base_iri))
    for triple in (*load_ontology().triples, *divisions):
        yield Quad(triple.subject, triple.predicate, triple.object)


def _earlier_articles(directory: Path, *, may_be_lost: bool) -> dict[str, Article]:
    """Return the articles of the current store by key; empty where there is no store.

    Raises:
        StoreError: if there is a store that cannot be read, and its articles may not be lost.
    """
    if Store.current_key(directory) is None:
        return {}
    try:
        return _stored_articles(Store.open(directory).index)
    except StoreError:
        if may_be_lost:
            return {}
        raise


def _stored_articles(index: Index) -> dict[str, Article]:
    """Return the articles of an index by key; those of loaded RDF have no text and are left out."""
    articles: dict[str, Article] = {}
    after = ""
    while rows := index.articles(after=after, limit=_PAGE_ROWS):
        after = rows[-1].key
        texts = ((row, index.article_text(row.key)) for row in rows)
        articles.update({row.key: Article(row.identifier, text) for row, text in texts if text is not None})
    return articles


def _leaving(earlier: Mapping[str, Article], inputs: Inputs, *, may_shrink: bool) -> tuple[str, ...]:
    left = sorted(article.identifier for key, article in earlier.items() if key not in inputs.articles)
    if len(left) > LEAVING_SHARE * len(earlier) and not may_shrink:
        shown = ", ".join(left[:5]) + (" …" if len(left) > 5 else "")  # noqa: PLR2004 - as many as fit a line
        raise StoreLossError(
            f"{len(left)} of {len(earlier)} articles are not among the sources and would leave the store: {shown}",
            remedy="Keep them with --add, or let them go with --yes.",
        )
    return tuple(left)


def _report(inputs: Inputs, results: Iterable[ArticleResult], merged: Merged, left: Iterable[str]) -> dict[str, Any]:
    return {
        "inputs": {
            "read": len(inputs.articles),
            "skipped": [asdict(skipped) for skipped in inputs.skipped],
            "duplicates": sorted(inputs.duplicates),
            "left": list(left),
        },
        "articles": sorted((result.report for result in results), key=lambda report: str(report["identifier"])),
        "validation": {
            "claims": merged.claims,
            "quarantined": list(merged.quarantined_claims),
            "violations": [asdict(violation) for violation in merged.violations],
        },
        "conflicts": [asdict(conflict) for conflict in merged.conflicts],
    }


# ---- The cache of articles -------------------------------------------------------------------------------------------


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


def _cache_path(folder: Path, article: Article, base_iri: str) -> Path:
    parts = (rules_fingerprint(), base_iri, article.identifier, article.text_hash)
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return folder / f"{digest[:32]}.json"


def _process_all(
    inputs: Inputs, settings: Settings, folder: Path, progress: Progress
) -> tuple[list[ArticleResult], int]:
    """Return the results in the order of their keys, and how many came from the cache."""
    folder.mkdir(parents=True, exist_ok=True)
    articles = [inputs.articles[key] for key in sorted(inputs.articles)]
    known = {article.key: _from_cache(_cache_path(folder, article, settings.base_iri)) for article in articles}
    new = [article for article in articles if known[article.key] is None]
    function = partial(process_article, base_iri=settings.base_iri)
    for done, (article, result) in enumerate(zip(new, run(function, new, runner=settings.runner), strict=True)):
        progress("read articles", done + 1, len(new))
        if not result.defect:
            _to_cache(_cache_path(folder, article, settings.base_iri), result)
        known[article.key] = result
    return [result for result in known.values() if result is not None], len(articles) - len(new)


def _from_cache(path: Path) -> ArticleResult | None:
    """Return a cached result; None where there is none or it was damaged by a killed build."""
    try:
        return ArticleResult(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _to_cache(path: Path, result: ArticleResult) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(result), ensure_ascii=False), encoding="utf-8")
    part.replace(path)


def _prune_cache(folder: Path, inputs: Inputs, base_iri: str) -> None:
    kept = {_cache_path(folder, article, base_iri) for article in inputs.articles.values()}
    for path in folder.iterdir():
        if path not in kept:
            path.unlink(missing_ok=True)
