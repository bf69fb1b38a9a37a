"""A build: sources in, a checked store out.

Take the articles in and find which are copies, extract each that speaks (or take what is known of it), merge, check,
write. What cannot be read is skipped and listed, and nothing of an earlier store is touched before the new one is
complete. Articles and what they give pass through files; in memory is the merged graph alone.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.curation import Curation, load_curation
from kg.errors import ArticleError, StoreError, StoreLossError
from kg.index import Index, SourceRow
from kg.link import Gazetteer
from kg.model import Article
from kg.rdf.emit import emit_copies, emit_divisions
from kg.rdf.iris import Minter
from kg.rdf.merge import Merged, merge_graphs
from kg.rdf.ontology import load_ontology
from kg.rdf.serialise import read_rdf
from kg.rdf.shapes import Violation, validate_graph
from kg.read import Ignored, RecordFields, Skipped, Spool, article_of, beside_of, find_copies, read_sources
from kg.report import Totals
from kg.results import ArticleResult, Results
from kg.runner import run
from kg.settings import Settings
from kg.store import Store, lock_store, write_store
from kg.suppression import without

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

#: Task of the progress whose amounts are bytes; those of the others are articles or steps.
READING = "read the sources"

#: Share of the earlier articles that may leave without being confirmed.
LEAVING_SHARE = 0.5

_PAGE_ROWS = 100
#: Articles that are handed to a process together to be compared: each takes some milliseconds.
_COMPARED_TOGETHER = 32


def _silent(_task: str, _done: int, _total: int) -> None:
    """Show no progress."""


@dataclass(slots=True)
class Intake:
    """What the sources of a build held.

    Attributes:
        read: How many articles were read, copies included.
        skipped: What could not be read.
        ignored: What is no article and was passed over, by reason.
    """

    read: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished build.

    Attributes:
        store: The new generation.
        intake: What the sources held.
        articles: How many articles speak.
        left: Identifiers of articles that were in the earlier store and are no longer.
        cached: How many articles were not extracted again.
    """

    store: Store
    intake: Intake
    articles: int
    left: tuple[str, ...]
    cached: int


def build(
    sources: Sequence[str],
    settings: Settings,
    *,
    keep_earlier: bool = False,
    may_shrink: bool = False,
    stdin: IO[bytes] | None = None,
    progress: Progress = _silent,
) -> Outcome:
    """Read the sources, and write and publish a store of them.

    Args:
        sources: Files, folders, globs, and "-" for ``stdin``: the whole set of articles.
        settings: Where the store lies, base IRI, runner, fields of records.
        keep_earlier: Keep articles of the earlier store that are not among the sources.
        may_shrink: Allow more than half of the earlier articles to leave.
        stdin: What "-" stands for.
        progress: Told what is being done.

    Raises:
        ArticleError: if no source can be read; the earlier store is kept.
        StoreError: if the store cannot be written, or the earlier one cannot be read.
        StoreLossError: if too many articles would leave the store.
        GraphError: if the ontology itself breaks a shape.
    """
    curation = load_curation(pairs=settings.pairs, suppression=settings.suppress)
    with lock_store(settings.store), _working_spool(settings.store) as spool:
        intake = take_in(sources, spool, settings, stdin=stdin, progress=progress)
        earlier = _earlier_index(settings.store, may_be_lost=may_shrink)
        if keep_earlier and earlier is not None:
            _add_earlier(spool, earlier)
        _require_articles(spool, intake)
        left = _leaving(earlier, spool, may_shrink=may_shrink)
        find_copies(spool, run=partial(run, runner=settings.runner, chunk_items=_COMPARED_TOGETHER), progress=progress)
        results = Results(settings.store / "cache", base_iri=settings.base_iri, curation=curation)
        cached = _extract(spool, results, intake, settings.runner, progress)
        _require_articles(spool, intake)
        progress("merge and check", 0, 1)
        merged, sums = _merge(spool, results, curation, settings.base_iri)
        progress("merge and check", 1, 1)
        progress("write the store", 0, 1)
        store = write_store(
            settings.store,
            _all_quads(merged, settings.base_iri),
            sources=_source_rows(spool, results),
            summary=_summary(_without_names(intake, curation), sums, merged, left),
        )
        results.prune()
        progress("write the store", 1, 1)
        return Outcome(store, intake, sum(1 for _ in spool.speakers()), left, cached)


# ---- Taking in -------------------------------------------------------------------------------------------------------


@contextmanager
def _working_spool(directory: Path) -> Iterator[Spool]:
    """Give an empty spool in the store's folder; what a killed build left there is removed."""
    path = directory / "spool.sqlite"
    path.unlink(missing_ok=True)
    try:
        with Spool(path) as spool:
            yield spool
    finally:
        path.unlink(missing_ok=True)


def take_in(
    sources: Sequence[str],
    spool: Spool,
    settings: Settings,
    *,
    stdin: IO[bytes] | None = None,
    progress: Progress = _silent,
) -> Intake:
    """Add the articles of all sources to a spool, and return what else they held."""
    intake = Intake()
    fields = RecordFields.parse(settings.fields)
    for item in read_sources(sources, fields=fields, stdin=stdin, progress=partial(progress, READING)):
        match item:
            case Article():
                intake.read += 1
                spool.add(item)
            case Skipped():
                intake.skipped.append(item)
            case Ignored():
                intake.ignored.update(dict(item.counts))
    return intake


def _require_articles(spool: Spool, intake: Intake) -> None:
    """Refuse to go on with nothing.

    Raises:
        ArticleError: if the spool is empty.
    """
    if not spool:
        raise ArticleError("\n".join(["no article could be read", *(each.reason for each in intake.skipped)]))


def _earlier_index(directory: Path, *, may_be_lost: bool) -> Index | None:
    """Return the index of the current store; None where there is no store.

    Raises:
        StoreError: if there is a store that cannot be read, and its articles may not be lost.
    """
    if Store.current_key(directory) is None:
        return None
    try:
        index = Store.open(directory).index
        index.articles(limit=1)
    except StoreError:
        if may_be_lost:
            return None
        raise
    return index


def _add_earlier(spool: Spool, earlier: Index) -> None:
    """Add the articles of the earlier store with their other places; those of loaded RDF have no text and stay out."""
    after = ""
    while rows := earlier.sources(after=after, limit=_PAGE_ROWS):
        for row in rows:
            if row.origin not in spool:
                found = earlier.article(row.key)
                spool.add(article_of(row.raw, row.beside), copies=found.copies if found else ())
        after = rows[-1].key


def _leaving(earlier: Index | None, spool: Spool, *, may_shrink: bool) -> tuple[str, ...]:
    """Return the identifiers of earlier articles whose text is not in the spool.

    Raises:
        StoreLossError: if they are too many and that was not allowed.
    """
    known, left = 0, list[str]()
    after = ""
    while earlier is not None and (rows := earlier.sources(after=after, limit=_PAGE_ROWS)):
        known += len(rows)
        left += [article_of("", row.beside).identifier for row in rows if row.origin not in spool]
        after = rows[-1].key
    if len(left) > LEAVING_SHARE * known and not may_shrink:
        shown = ", ".join(sorted(left)[:5]) + (" …" if len(left) > 5 else "")  # noqa: PLR2004 - as many as fit a line
        raise StoreLossError(
            f"{len(left)} of {known} articles are not among the sources and would leave the store: {shown}",
            remedy="Keep them with --add, or let them go with --yes.",
        )
    return tuple(sorted(left))


# ---- Extracting ------------------------------------------------------------------------------------------------------


def _extract(spool: Spool, results: Results, intake: Intake, runner: str, progress: Progress) -> int:
    """Have the result of every article that speaks on disk; return how many were there.

    An article that a defect of ours loses is skipped, and the next of its copies speaks.
    """
    waiting, cached = list(spool.speakers()), 0
    while waiting:
        heirs = list[str]()
        for done, prepared in enumerate(results.prepare(map(spool.article, waiting), runner=runner), 1):
            cached += not prepared.is_new
            progress("extract from articles", done, len(waiting))
            if prepared.defect:
                intake.skipped.append(Skipped(spool.article(prepared.key).identifier, prepared.defect))
                heir = spool.discard(prepared.key)
                heirs += [heir] if heir else []
        waiting = heirs
    return cached


# ---- Merging ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is gathered while the articles pass by.

    Attributes:
        totals: Sums of their reports.
        copies: Articles with copies: key, identifier and the other places.
    """

    totals: Totals = field(default_factory=Totals)
    copies: list[dict[str, Any]] = field(default_factory=list)

    def add(self, result: ArticleResult, copies: Sequence[str]) -> None:
        """Add an article."""
        self.totals.add(result.report)
        if copies:
            named = {"article": result.key, "identifier": result.report["identifier"]}
            self.copies.append({**named, "copies": list(copies)})


def _merge(spool: Spool, results: Results, curation: Curation, base_iri: str) -> tuple[Merged, _Sums]:
    """Return the merged and checked graph of all articles that speak, and the sums over them."""
    sums = _Sums()
    minter = Minter(base_iri)

    def graphs() -> Iterator[Iterable[Triple]]:
        for key in spool.speakers():
            result = results.result(spool.article(key))
            copies = [without(place, curation.names) for place in spool.copies(key)]
            sums.add(result, copies)
            yield [*parse_triples(result.ntriples), *emit_copies(result.key, copies, minter)]

    return merge_articles(graphs(), base_iri=base_iri), sums


def merge_articles(graphs: Iterable[Iterable[Triple]], *, base_iri: str) -> Merged:
    """Return the merged and checked graph of articles, given the triples of each."""
    minter = Minter(base_iri)
    indicators = load_ontology().vocabulary.indicators
    names = {
        minter.concept("indicator", each.key).value: frozenset({each.label, *each.synonyms}) for each in indicators
    }
    return merge_graphs(graphs, minter=minter, check=check_graph, indicator_names=names)


def check_graph(triples: Iterable[Triple]) -> tuple[Violation, ...]:
    """Return the faults of a graph, the ontology taken as part of it."""
    return validate_graph([*triples, *load_ontology().triples])


def parse_triples(ntriples: str) -> list[Triple]:
    """Return the triples of N-Triples."""
    return [quad.triple for quad in parse(ntriples, format=RdfFormat.N_TRIPLES)]


# ---- Writing ---------------------------------------------------------------------------------------------------------


def _all_quads(merged: Merged, base_iri: str) -> Iterator[Quad]:
    yield from merged.quads(Minter(base_iri))
    divisions = emit_divisions(Gazetteer.load().source, Minter(base_iri))
    for triple in (*load_ontology().triples, *divisions):
        yield Quad(triple.subject, triple.predicate, triple.object)


def _source_rows(spool: Spool, results: Results) -> Iterator[SourceRow]:
    for key in spool.speakers():
        article = spool.article(key)
        result = results.result(article)
        yield SourceRow(
            result.key,
            result.raw or article.raw,
            result.beside or beside_of(article),
            json.dumps(result.report, ensure_ascii=False, sort_keys=True),
            origin=key,
        )


def _without_names(intake: Intake, curation: Curation) -> Intake:
    """Return what the sources held, without the names that are kept out: files may bear them."""
    skipped = [
        Skipped(*(without(words, curation.names) for words in (each.source, each.reason))) for each in intake.skipped
    ]
    return replace(intake, skipped=skipped)


def _summary(intake: Intake, sums: _Sums, merged: Merged, left: Iterable[str]) -> dict[str, Any]:
    return {
        "inputs": {
            "read": intake.read,
            "copies": sums.copies,
            "skipped": [asdict(skipped) for skipped in intake.skipped],
            "ignored": dict(sorted(intake.ignored.items())),
            "left": list(left),
        },
        "totals": sums.totals.as_json(),
        "validation": {
            "claims": merged.claims,
            "quarantined": list(merged.quarantined_claims),
            "violations": [asdict(violation) for violation in merged.violations],
        },
        "conflicts": [asdict(conflict) for conflict in merged.conflicts],
    }


# ---- Loading ---------------------------------------------------------------------------------------------------------


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
        earlier = None if may_shrink else _earlier_index(settings.store, may_be_lost=False)
        if earlier is not None and (number := earlier.totals("kind").get("Article", 0)):
            raise StoreLossError(
                f"the store holds {number} articles, which would leave it",
                where=str(settings.store),
                remedy="Let them go with --yes, or name another --store.",
            )
        return write_store(settings.store, quads, summary={"loaded": len(quads)})
