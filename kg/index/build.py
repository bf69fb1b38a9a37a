"""Making the index: the merged graph in, one SQLite file out; equal graphs give equal tables in equal order."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.index.address import address_of
from kg.index.facts import Facts, Quad
from kg.index.names import characters, normalise, pinyin_keys
from kg.index.rows import SourceRow
from kg.model import PLACE_KINDS
from kg.terms import DC, DCT, ENTITY_CLASSES, ID_NAMESPACE, OA, OWL, PA, PROV, RDF, RDFS, SCHEMA, SKOS

Row = tuple[Any, ...]

_KIND_OF_CLASS = {term.value: kind for kind, term in ENTITY_CLASSES.items()}
_CLAIM_KINDS = ("Mention", "Figure", "PostHolding", "RelationClaim")
_PLACES = frozenset(kind.value for kind in PLACE_KINDS)
#: Classes that tell more than their companions, in the order in which they are looked for.
_LEADING_CLASSES = (*_CLAIM_KINDS, "Evidence", "Article", "FigureSlot", "Indicator", "Unit")
_SEGMENTS_WITH_PLACE = 3


def build_index(
    path: Path, quads: Iterable[Quad], *, sources: Iterable[SourceRow], base_iri: str | None = None
) -> None:
    """Write the index of a graph.

    Args:
        path: The file to make; it must not exist.
        quads: The merged graph; only the default graph is indexed.
        sources: What the articles were read from, each once, in the order of their keys; taken one after another.
        base_iri: What the IRIs of resources begin with; found from the articles where it is not given.
    """
    graph = _Graph(Facts(quads), base_iri)
    database = sqlite3.connect(path)
    try:
        _write_tables(database, graph, sources)
    finally:
        database.close()


def _write_tables(database: sqlite3.Connection, graph: "_Graph", sources: Iterable[SourceRow]) -> None:
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA encoding = 'UTF-8';")
    database.executescript(files("kg.index").joinpath("schema.sql").read_text("utf-8"))
    tables: dict[str, Callable[[], Iterator[Row]]] = {
        "resource": lambda: _resources(graph),
        "label": lambda: _labels(graph),
        "entity": lambda: _entities(graph),
        "within": lambda: _within(graph),
        "article": lambda: _articles(graph),
        "claim": lambda: _claims(graph),
        "evidence": lambda: _evidence(graph),
        "figure": lambda: _figures(graph),
        "slot": lambda: _slots(graph),
        "total": lambda: _totals(graph),
        "alias": lambda: _aliases(graph),
    }
    for table, rows in tables.items():
        _insert(database, table, rows())
    rows_of_sources = ((row.key, row.origin or row.key, row.raw, row.beside, row.report) for row in sources)
    database.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?)", rows_of_sources)
    _write_triples(database, graph.facts)
    _write_names(database)
    database.commit()
    database.executescript("ANALYZE; VACUUM;")


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    unique = sorted(set(rows), key=lambda row: tuple((cell is not None, cell) for cell in row))
    if unique:
        marks = ", ".join("?" * len(unique[0]))
        database.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", unique)  # noqa: S608 - our own names


class _Graph:
    """The graph with what several tables ask of it."""

    def __init__(self, facts: Facts, base_iri: str | None) -> None:
        self.facts = facts
        self.bases = tuple(dict.fromkeys((base_iri or self._base_of_articles() or ID_NAMESPACE, ID_NAMESPACE)))

    def _base_of_articles(self) -> str | None:
        article = next((iri for iri in self.facts.subjects() if self.is_a(iri, PA.Article.value)), "")
        base, found, _ = article.rpartition("article/")
        return base if found else None

    def is_a(self, iri: str, class_iri: str) -> bool:
        return class_iri in self.facts.texts(iri, RDF.type.value)

    def address(self, iri: str | None) -> str | None:
        """Return the address of a resource of ours, or None."""
        for base in self.bases:
            if iri and iri.startswith(base):
                return address_of(iri.removeprefix(base))
        return None

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Kind of every subject that has a class, by IRI."""
        return {iri: self._kind(iri) for iri in self.facts.subjects()}

    def _kind(self, iri: str) -> str:
        classes = self.facts.texts(iri, RDF.type.value)
        entity = next((_KIND_OF_CLASS[name] for name in classes if name in _KIND_OF_CLASS), None)
        names = {_local_name(name) for name in classes}
        leading = next((name for name in _LEADING_CLASSES if name in names), None)
        return entity or leading or min(names, default="")

    def of_kind(self, *kinds: str) -> Iterator[tuple[str, str]]:
        """Yield IRI and address of our resources of some kinds."""
        for iri, kind in self.kinds.items():
            address = self.address(iri) if kind in kinds else None
            if address is not None:
                yield iri, address

    def claims(self, *kinds: str) -> Iterator[tuple[str, str]]:
        """Yield IRI and key of the claims of some kinds."""
        for iri, address in self.of_kind(*(kinds or _CLAIM_KINDS)):
            yield iri, address.removeprefix("claim/")

    def address_at(self, iri: str, predicate: str) -> str | None:
        """Return the address that a property points to."""
        return self.address(self.facts.one(iri, predicate))

    def key_at(self, iri: str, predicate: str) -> str | None:
        """Return the last part of the IRI that a property points to: the key of a concept, slot or article."""
        target = self.facts.one(iri, predicate)
        return None if target is None else address_of(target.rpartition("/")[2])

    def label(self, iri: str) -> str:
        for predicate in (RDFS.label.value, SKOS.prefLabel.value, DCT.title.value):
            words = self.facts.in_language(iri, predicate, "zh") or self.facts.one(iri, predicate)
            if words:
                return words
        return address_of(_local_name(iri))

    def notation(self, iri: str, predicate: str) -> str:
        """Return the notation of the concept that a property points to, or its key, or an empty string."""
        concept = self.facts.one(iri, predicate)
        return "" if concept is None else self.facts.one(concept, SKOS.notation.value) or _local_name(concept)

    @cached_property
    def ends(self) -> dict[str, "_Ends"]:
        """What each claim joins, by IRI."""
        return {iri: _ends(self, iri) for iri, _ in self.claims()}

    @cached_property
    def parents(self) -> dict[str, str]:
        """Address of the place above each place."""
        return {
            address: parent
            for iri, address in self.of_kind(*_PLACES)
            if (parent := self.address_at(iri, PA.partOf.value)) is not None
        }

    def lineage(self, address: str) -> list[str]:
        """Return a place and the places above it."""
        chain = [address]
        while (above := self.parents.get(chain[-1])) is not None and above not in chain:
            chain.append(above)
        return chain


@dataclass(frozen=True, slots=True)
class _Ends:
    subject: str | None
    predicate: str | None
    object: str | None
    text: str


def _ends(graph: _Graph, iri: str) -> _Ends:
    facts, kind = graph.facts, graph.kinds[iri]
    if kind == "Figure":
        return _Ends(graph.address_at(iri, PA.about.value), None, None, facts.one(iri, PA.indicatorText.value) or "")
    if kind == "Mention":
        reasons = "; ".join(facts.texts(iri, PA.linkedBy.value))
        return _Ends(graph.address_at(iri, PA.entity.value), None, None, reasons)
    if kind == "PostHolding":
        holder, place = graph.address_at(iri, PA.holder.value), graph.address_at(iri, PA.at.value)
        return _Ends(holder, None, place, facts.one(iri, PA.postTitle.value) or "")
    predicate = facts.one(iri, RDF.predicate.value)
    subject, object_ = graph.address_at(iri, RDF.subject.value), graph.address_at(iri, RDF.object.value)
    return _Ends(subject, _local_name(predicate) if predicate else None, object_, "")


def _local_name(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]


def _resources(graph: _Graph) -> Iterator[Row]:
    for iri, kind in graph.kinds.items():
        address = graph.address(iri)
        if address is not None:
            yield address, iri, kind, graph.label(iri)


def _labels(graph: _Graph) -> Iterator[Row]:
    """Yield the rows of everything with a label that is no entity: terms, concepts, schemes."""
    for iri, kind in graph.kinds.items():
        labelled = graph.facts.all(iri, RDFS.label.value) + graph.facts.all(iri, SKOS.prefLabel.value)
        if kind in ENTITY_CLASSES or not any(value.language for value in labelled):
            continue
        words = {value.language: value.text for value in reversed(labelled)}
        notes = graph.facts.all(iri, SKOS.definition.value) + graph.facts.all(iri, RDFS.comment.value)
        comments = {value.language: value.text for value in reversed(notes)}
        fallback = _local_name(iri)
        yield (
            iri,
            words.get("zh", fallback),
            words.get("en", fallback),
            comments.get("zh", ""),
            comments.get("en", ""),
            kind,
            graph.facts.one(iri, SKOS.notation.value) or "",
        )


def _entities(graph: _Graph) -> Iterator[Row]:
    claims, articles = _claims_by_entity(graph), _articles_by_entity(graph)
    for iri, address in graph.of_kind(*ENTITY_CLASSES):
        names = graph.facts.all(iri, SKOS.altLabel.value) + graph.facts.all(iri, RDFS.label.value)
        label = graph.label(iri)
        english = next((value.text for value in names if value.language == "en"), None)
        aliases = sorted({value.text for value in names if value.text not in {label, english}})
        yield (
            address,
            iri,
            graph.kinds[iri],
            label,
            english,
            json.dumps(aliases, ensure_ascii=False),
            graph.facts.one(iri, PA.officialCode.value),
            graph.parents.get(address),
            claims[address],
            len(articles[address]),
        )


def _claims_by_entity(graph: _Graph) -> Counter[str]:
    counts: Counter[str] = Counter()
    for iri, ends in graph.ends.items():
        if graph.kinds[iri] != "Mention":
            counts.update({end for end in (ends.subject, ends.object) if end is not None})
    return counts


def _articles_by_entity(graph: _Graph) -> dict[str, set[str]]:
    articles: dict[str, set[str]] = defaultdict(set)
    for iri, key in graph.of_kind("Article"):
        for entity in graph.facts.texts(iri, PA.mentions.value):
            articles[graph.address(entity) or ""].add(key)
    return articles


def _aliases(graph: _Graph) -> Iterator[Row]:
    for iri, address in graph.of_kind(*ENTITY_CLASSES):
        others = (graph.address(other) for other in graph.facts.texts(iri, OWL.sameAs.value))
        yield from ((other, address) for other in others if other is not None)


def _within(graph: _Graph) -> Iterator[Row]:
    for iri, address in graph.of_kind(*ENTITY_CLASSES):
        yield address, address
        for place in graph.lineage(_place_of(graph, iri, address)):
            yield address, place


def _place_of(graph: _Graph, iri: str, address: str) -> str:
    """Return the place an entity belongs to: itself, or the place whose code is the second part of its address."""
    if graph.kinds[iri] in _PLACES:
        return address
    parts = address.split("/")
    return f"place/{parts[1]}" if len(parts) >= _SEGMENTS_WITH_PLACE else address


def _articles(graph: _Graph) -> Iterator[Row]:
    claims = Counter(
        graph.key_at(iri, PROV.wasDerivedFrom.value) for iri, _ in graph.claims() if graph.kinds[iri] != "Mention"
    )
    for iri, address in graph.of_kind("Article"):
        facts, key = graph.facts, address.removeprefix("article/")
        yield (
            key,
            iri,
            facts.one(iri, DCT.identifier.value) or key,
            facts.one(iri, DCT.title.value) or "",
            facts.one(iri, DCT.issued.value),
            facts.one(iri, DC.publisher.value),
            json.dumps(sorted(facts.texts(iri, DC.creator.value)), ensure_ascii=False),
            facts.one(iri, PA.textHash.value) or "",
            facts.one(iri, SCHEMA.url.value),
            facts.one(iri, PA.retrieved.value),
            json.dumps(sorted(facts.texts(iri, PA.copy.value)), ensure_ascii=False),
            claims[key],
        )


def _claims(graph: _Graph) -> Iterator[Row]:
    facts = graph.facts
    for iri, key in graph.claims():
        ends = graph.ends[iri]
        yield (
            key,
            iri,
            graph.kinds[iri],
            graph.key_at(iri, PROV.wasDerivedFrom.value) or "",
            ends.subject,
            ends.predicate,
            ends.object,
            ends.text,
            facts.one(iri, PA.period.value),
            facts.one(iri, PA.periodStart.value),
            facts.one(iri, PA.periodEnd.value),
            graph.notation(iri, PA.periodBasis.value) or None,
            facts.one(iri, PA.confidence.value),
            _extractor(graph, iri),
        )


def _extractor(graph: _Graph, claim: str) -> str:
    run = graph.facts.one(claim, PROV.wasGeneratedBy.value)
    agent = graph.facts.one(run, PROV.wasAssociatedWith.value) if run else None
    if agent is None:
        return ""
    version = graph.facts.one(agent, SCHEMA.softwareVersion.value) or ""
    return f"{graph.label(agent)} {version}".strip()


def _evidence(graph: _Graph) -> Iterator[Row]:
    for iri, key in graph.claims():
        found = [_evidence_cells(graph.facts, evidence) for evidence in graph.facts.texts(iri, PA.evidence.value)]
        # The claim's key holds the span of the stating words; the others follow in the order of the text.
        found.sort(key=lambda cells: (f"{cells[0]}-{cells[1]}" not in key.split("/"), cells))
        for number, cells in enumerate(found):
            yield key, number, *cells


def _evidence_cells(facts: Facts, iri: str) -> Row:
    start, end = facts.one(iri, OA.start.value), facts.one(iri, OA.end.value)
    words = (facts.one(iri, term.value) or "" for term in (OA.exact, OA.prefix, OA.suffix, PA.sentence))
    return int(start or 0), int(end or 0), *words


def _figures(graph: _Graph) -> Iterator[Row]:
    facts = graph.facts
    for iri, key in graph.claims("Figure"):
        indicator = facts.one(iri, PA.indicator.value)
        text = facts.one(iri, PA.indicatorText.value) or ""
        slot = graph.address_at(iri, PA.inSlot.value)
        yield (
            key,
            graph.address_at(iri, PA.about.value) or "",
            graph.key_at(iri, PA.indicator.value),
            graph.label(indicator) if indicator else text,
            facts.in_language(indicator, SKOS.prefLabel.value, "en") if indicator else None,
            text,
            facts.one(iri, PA.value.value) or "",
            facts.one(iri, PA.surfaceForm.value) or "",
            graph.notation(iri, PA.unit.value),
            facts.one(iri, PA.normalisedValue.value),
            graph.notation(iri, PA.qualifier.value),
            graph.notation(iri, PA.status.value),
            graph.notation(iri, PA.accumulation.value),
            graph.key_at(iri, PA.basis.value),
            slot.removeprefix("slot/") if slot else None,
        )


def _slots(graph: _Graph) -> Iterator[Row]:
    facts, answers = graph.facts, _answers_by_slot(graph)
    for iri, address in graph.of_kind("FigureSlot"):
        preferred = graph.address_at(iri, PA.preferredFigure.value)
        yield (
            address.removeprefix("slot/"),
            graph.address_at(iri, PA.about.value) or _first_about(graph, preferred),
            graph.key_at(iri, PA.indicator.value) or "",
            facts.one(iri, PA.period.value) or "",
            preferred.removeprefix("claim/") if preferred else None,
            facts.one(iri, PA.preferredBecause.value) or "",
            len(answers[iri]),
        )


def _first_about(graph: _Graph, claim: str | None) -> str:
    iri = next((iri for iri, address in graph.of_kind("Figure") if address == claim), None)
    return (graph.address_at(iri, PA.about.value) if iri else None) or ""


def _answers_by_slot(graph: _Graph) -> dict[str, set[tuple[str, ...]]]:
    """Return the different answers to each slot; the two figures of a range, stated by the same words, are one."""
    stated: dict[tuple[str, str], set[str]] = defaultdict(set)
    facts = graph.facts
    for iri, _ in graph.claims("Figure"):
        slot = facts.one(iri, PA.inSlot.value)
        value = facts.one(iri, PA.normalisedValue.value) or facts.one(iri, PA.value.value)
        if slot is not None and value is not None:
            stated[slot, facts.one(iri, PA.evidence.value) or iri].add(value)
    answers: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for (slot, _), values in stated.items():
        answers[slot].add(tuple(sorted(values)))
    return answers


def _totals(graph: _Graph) -> Iterator[Row]:
    kinds = Counter(kind for iri, kind in graph.kinds.items() if kind and graph.address(iri) is not None)
    for kind in (*ENTITY_CLASSES, *_CLAIM_KINDS, "Article", "Evidence", "FigureSlot", "Indicator", "Unit"):
        yield "kind", kind, kinds[kind]
    properties = Counter(predicate[1:-1] for _, predicate, _ in graph.facts.lines)
    classes = Counter(object_[1:-1] for _, predicate, object_ in graph.facts.lines if predicate == str(RDF.type))
    yield from (("property", iri, number) for iri, number in properties.items())
    yield from (("class", iri, number) for iri, number in classes.items())
    yield "graph", "triples", len(graph.facts.lines)
    yield "graph", "subjects", sum(1 for _ in graph.facts.subjects())
    yield "graph", "conflicts", sum(1 for answers in _answers_by_slot(graph).values() if len(answers) > 1)


def _write_triples(database: sqlite3.Connection, facts: Facts) -> None:
    terms = {term: number for number, term in enumerate(sorted({term for line in facts.lines for term in line}), 1)}
    database.executemany("INSERT INTO term VALUES (?, ?)", ((number, term) for term, number in terms.items()))
    rows = sorted({(terms[line[0]], terms[line[1]], terms[line[2]]) for line in facts.lines})
    database.executemany("INSERT INTO triple VALUES (?, ?, ?)", rows)


def _write_names(database: sqlite3.Connection) -> None:
    """Write the names, those of the entities with most articles and claims first: searches cut long lists."""
    found = database.execute(
        "SELECT address, label, english, aliases, code FROM entity ORDER BY articles DESC, claims DESC, address"
    ).fetchall()
    number = 0
    for address, label, english, aliases, code in found:
        for name in dict.fromkeys(filter(None, (label, *json.loads(aliases), english, code))):
            number += 1
            database.execute("INSERT INTO name VALUES (?, ?, ?)", (number, address, name))
            _write_name_keys(database, number, name, is_code=name == code)


def _write_name_keys(database: sqlite3.Connection, number: int, name: str, *, is_code: bool) -> None:
    plain = normalise(name)
    keys = (("code", plain),) if is_code else (("name", plain), *pinyin_keys(plain))
    database.executemany("INSERT INTO name_key VALUES (?, ?, ?)", [(text, how, number) for how, text in keys])
    spaced = " ".join(characters(plain))
    database.execute("INSERT INTO name_characters (rowid, characters) VALUES (?, ?)", (number, spaced))
