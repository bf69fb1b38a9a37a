"""Reading the index: a few small questions, each answered by one or two indexed statements.

Listings are ordered by address or key and go on after the last one seen, so that pages cover every item once, also
while a newer build is swapped in.
"""

import json
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.index.address import address_of
from kg.index.rows import (
    ArticleRow,
    Backlink,
    ClaimRow,
    Conflict,
    EntityRow,
    EvidenceRow,
    FigureRow,
    Hit,
    LabelRow,
    Ref,
    SourceRow,
    Statement,
)
from kg.index.search import find_names

_FIGURES = """
SELECT figure.*, claim.period, claim.confidence, claim.article,
       slot.preferred = figure.claim, slot.answers > 1, evidence.sentence, resource.label, resource.kind
FROM figure JOIN claim ON claim.key = figure.claim
LEFT JOIN slot ON slot.key = figure.slot
LEFT JOIN evidence ON evidence.claim = figure.claim AND evidence.number = 0
LEFT JOIN resource ON resource.address = figure.about
"""
_ARTICLES = (
    "SELECT article.key, iri, identifier, title, issued, publisher, creators, text_hash, address, retrieved, copies,"
    " claims, length(raw) FROM article LEFT JOIN source ON source.key = article.key"
)
_MAX_NAMES = 2000
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_YEAR_CHARS = 4


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Which figures are asked for; None asks for all.

    Attributes:
        about: Address of the entity.
        place: Address of a place: figures about it and all that lies in it or belongs to it.
        indicator: Key of the indicator, its Chinese label, or the article's words.
        period: A year, month or day that the figure's period overlaps, ISO 8601.
        unit: Notation of the unit.
    """

    about: str | None = None
    place: str | None = None
    indicator: str | None = None
    period: str | None = None
    unit: str | None = None


class Index:
    """The index of one generation, read only; may be used from several threads.

    Attributes:
        path: The SQLite file.
    """

    def __init__(self, path: Path) -> None:
        """Open an index.

        Raises:
            StoreError: if there is none, or it cannot be read.
        """
        self.path = path
        self._threads = threading.local()
        self._lock = threading.Lock()
        self._connections: list[sqlite3.Connection] = []
        try:
            self._all("SELECT topic FROM total LIMIT 1")
        except sqlite3.Error as exc:
            raise StoreError(f"the index cannot be read: {exc}", where=str(path), remedy="Run: kg build") from exc

    def close(self) -> None:
        """Close the file; the index cannot be used afterwards."""
        with self._lock:
            while self._connections:
                self._connections.pop().close()

    def _connection(self) -> sqlite3.Connection:
        """Return the connection of this thread: SQLite's readers share nothing and wait for nobody."""
        found: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if found is None:
            address = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            found = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._threads.connection = found
            with self._lock:
                self._connections.append(found)
        return found

    def _all(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._connection().execute(statement, values).fetchall()

    def _one(self, statement: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        return next(iter(self._all(statement, values)), None)

    # ---- Resources -----------------------------------------------------------------------------------------------

    def iri(self, address: str) -> str | None:
        """Return the IRI of a resource of the graph, or None."""
        row = self._one("SELECT iri FROM resource WHERE address = ?", (address,))
        return None if row is None else str(row[0])

    def stands_for(self, address: str) -> str | None:
        """Return the address of the entity that stands for another one, as users declared; None where none does."""
        row = self._one("SELECT entity FROM alias WHERE address = ?", (address,))
        return None if row is None else str(row[0])

    def ref(self, address: str) -> Ref:
        """Return a link to a resource; one without a description is named by the last part of its address."""
        row = self._one("SELECT address, label, kind FROM resource WHERE address = ?", (address,))
        return Ref(address, address.rpartition("/")[2]) if row is None else Ref(*row)

    def resource(self, address: str) -> Ref | None:
        """Return a link to a resource, or None where the graph does not describe it."""
        row = self._one("SELECT address, label, kind FROM resource WHERE address = ?", (address,))
        return None if row is None else Ref(*row)

    def triples(self, iri: str, *, limit: int) -> list[str]:
        """Return the N-Triples lines that have an IRI as subject, in canonical order."""
        rows = self._all(
            "SELECT s.text, p.text, o.text FROM term s JOIN triple t ON t.subject = s.id"
            " JOIN term p ON p.id = t.predicate JOIN term o ON o.id = t.object"
            " WHERE s.text = ? ORDER BY t.predicate, t.object LIMIT ?",
            (f"<{iri}>", limit),
        )
        return [f"{subject} {predicate} {object_} ." for subject, predicate, object_ in rows]

    def statements(self, iri: str, *, limit: int) -> list[Statement]:
        """Return the direct triples of a resource, for reading, in canonical order."""
        rows = self._all(
            "SELECT p.text, o.text, r.address, r.label, r.kind FROM term s JOIN triple t ON t.subject = s.id"
            " JOIN term p ON p.id = t.predicate JOIN term o ON o.id = t.object"
            " LEFT JOIN resource r ON r.iri = substr(o.text, 2, length(o.text) - 2) AND substr(o.text, 1, 1) = '<'"
            " WHERE s.text = ? ORDER BY t.predicate, t.object LIMIT ?",
            (f"<{iri}>", limit),
        )
        return [_statement(*row) for row in rows]

    def backlinks(self, iri: str, *, after: str = "", limit: int) -> list[Backlink]:
        """Return the direct triples that point to an IRI from described resources, claims and evidence left out.

        Args:
            iri: The IRI pointed to.
            after: Go on after this "predicate subject address" of the listing before.
            limit: How many at most.
        """
        rows = self._all(
            "SELECT p.text, r.address, r.label, r.kind FROM term o JOIN triple t ON t.object = o.id"
            " JOIN term p ON p.id = t.predicate JOIN term s ON s.id = t.subject"
            " JOIN resource r ON r.iri = substr(s.text, 2, length(s.text) - 2)"
            " WHERE o.text = ? AND r.kind NOT IN ('Mention', 'Figure', 'PostHolding', 'RelationClaim', 'Evidence',"
            " 'FigureSlot') AND substr(p.text, 2, length(p.text) - 2) || ' ' || r.address > ?"
            " ORDER BY p.text, r.address LIMIT ?",
            (f"<{iri}>", after, limit),
        )
        return [Backlink(predicate[1:-1], Ref(*cells)) for predicate, *cells in rows]

    def edges(self) -> list[tuple[str, str, str]]:
        """Return the plain triples between entities: subject's address, property's local name, object's address."""
        rows = self._all(
            "SELECT a.address, p.text, b.address FROM triple t JOIN term s ON s.id = t.subject"
            " JOIN term o ON o.id = t.object JOIN term p ON p.id = t.predicate"
            " JOIN resource x ON x.iri = substr(s.text, 2, length(s.text) - 2) JOIN entity a ON a.address = x.address"
            " JOIN resource y ON y.iri = substr(o.text, 2, length(o.text) - 2) JOIN entity b ON b.address = y.address"
            " ORDER BY a.address, p.text, b.address"
        )
        return [(start, predicate[1:-1].replace("#", "/").rpartition("/")[2], end) for start, predicate, end in rows]

    def label(self, iri: str) -> LabelRow:
        """Return the labels of a term of the ontology or a concept; one without any is named by its last part."""
        row = self._one("SELECT * FROM label WHERE iri = ?", (iri,))
        name = address_of(iri.rstrip("/#").replace("#", "/").rpartition("/")[2])
        return LabelRow(iri, name, name) if row is None else LabelRow(*row)

    def labels(self, prefix: str) -> list[LabelRow]:
        """Return the labels of all IRIs that begin with a prefix, in the order of the IRIs."""
        rows = self._all("SELECT * FROM label WHERE iri >= ? AND iri < ? ORDER BY iri", (prefix, prefix + "\U0010ffff"))
        return [LabelRow(*row) for row in rows]

    # ---- Entities ------------------------------------------------------------------------------------------------

    def entity(self, address: str) -> EntityRow | None:
        """Return an entity, or None."""
        row = self._one("SELECT * FROM entity WHERE address = ?", (address,))
        return None if row is None else self._entity(row)

    def entities(
        self, *, kinds: Sequence[str] = (), query: str = "", year: int | None = None, after: str = "", limit: int
    ) -> list[EntityRow]:
        """Return entities in the order of their addresses.

        Args:
            kinds: Kinds that may be returned; none stands for all.
            query: Only those with a name that a search for this finds.
            year: Only those with a claim whose period overlaps this year.
            after: Address after which the list goes on.
            limit: How many at most.
        """
        conditions, values = ["address > ?"], [after, *kinds]
        if kinds:
            conditions.append(f"kind IN ({_marks(kinds)})")
        if query:
            found = sorted({match.entity for match in find_names(self._connection(), query)})[:_MAX_NAMES]
            conditions.append("address IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(found))
        if year is not None:
            holding = "FROM claim WHERE period_start <= ? AND period_end >= ?"
            conditions.append(f"address IN (SELECT subject {holding} UNION SELECT object {holding})")
            values += [f"{year:04}-12-31", f"{year:04}-01-01"] * 2
        where = " AND ".join(conditions)
        rows = self._all(f"SELECT * FROM entity WHERE {where} ORDER BY address LIMIT ?", (*values, limit))  # noqa: S608
        return [self._entity(row) for row in rows]

    def _entity(self, row: tuple[Any, ...]) -> EntityRow:
        address, iri, kind, label, english, aliases, code, parent, claims, articles = row
        parents = self._parents(parent)
        return EntityRow(
            address, iri, kind, label, english, tuple(json.loads(aliases)), code, parents, claims, articles
        )

    def _parents(self, parent: str | None) -> tuple[Ref, ...]:
        found: list[Ref] = []
        while parent is not None and all(parent != ref.address for ref in found):
            row = self._one("SELECT address, label, kind, parent FROM entity WHERE address = ?", (parent,))
            if row is None:
                break
            found.append(Ref(*row[:3]))
            parent = row[3]
        return tuple(found)

    def search(self, query: str, *, kinds: Sequence[str] = (), limit: int) -> list[Hit]:
        """Return the entities that a query finds, the best first, each once with its best reason."""
        found: dict[str, Hit] = {}
        for match in find_names(self._connection(), query):
            if match.entity in found:
                continue
            entity = self.entity(match.entity)
            if entity is not None and (not kinds or entity.kind in kinds):
                found[match.entity] = Hit(entity, match.name, match.reason)
            if len(found) >= limit:
                break
        return list(found.values())

    # ---- Claims and figures --------------------------------------------------------------------------------------

    def claim(self, key: str) -> ClaimRow | None:
        """Return a claim with its evidence, or None."""
        row = self._one("SELECT * FROM claim WHERE key = ?", (key,))
        return None if row is None else self._claim(row)

    def claims_of(self, address: str, *, kinds: Sequence[str], after: str = "", limit: int) -> list[ClaimRow]:
        """Return the claims of some kinds that an entity is part of, in the order of their keys."""
        rows = self._all(
            f"SELECT * FROM claim WHERE (subject = ? OR object = ?) AND kind IN ({_marks(kinds)}) AND key > ?"  # noqa: S608
            " ORDER BY key LIMIT ?",
            (address, address, *kinds, after, limit),
        )
        return [self._claim(row) for row in rows]

    def claims_in(self, article: str, *, kinds: Sequence[str], after: str = "", limit: int) -> list[ClaimRow]:
        """Return the claims of some kinds that an article makes, in the order of their keys."""
        rows = self._all(
            f"SELECT * FROM claim WHERE article = ? AND kind IN ({_marks(kinds)}) AND key > ? ORDER BY key LIMIT ?",  # noqa: S608
            (article, *kinds, after, limit),
        )
        return [self._claim(row) for row in rows]

    def _claim(self, row: tuple[Any, ...]) -> ClaimRow:
        key, iri, kind, article, subject, predicate, object_, text, period, _, _, basis, confidence, extractor = row
        return ClaimRow(
            key=key,
            iri=iri,
            kind=kind,
            article=self.ref(f"article/{article}"),
            subject=self.ref(subject) if subject else None,
            predicate=predicate,
            object=self.ref(object_) if object_ else None,
            text=text,
            period=period,
            period_basis=basis,
            confidence=_decimal(confidence),
            extractor=extractor,
            evidence=self._evidence(key),
            figure=self.figure(key) if kind == "Figure" else None,
        )

    def _evidence(self, claim: str) -> tuple[EvidenceRow, ...]:
        rows = self._all(
            "SELECT start, stop, exact, prefix, suffix, sentence FROM evidence WHERE claim = ? ORDER BY number",
            (claim,),
        )
        return tuple(EvidenceRow(*row) for row in rows)

    def figure(self, key: str) -> FigureRow | None:
        """Return a figure by the key of its claim, or None."""
        row = self._one(f"{_FIGURES} WHERE figure.claim = ?", (key,))
        return None if row is None else _figure(row)

    def figures(self, wanted: FigureFilter, *, after: str = "", limit: int) -> list[FigureRow]:
        """Return figures in the order of their keys."""
        conditions, values = _figure_conditions(wanted)
        where = " AND ".join(["figure.claim > ?", *conditions])
        rows = self._all(f"{_FIGURES} WHERE {where} ORDER BY figure.claim LIMIT ?", (after, *values, limit))
        return [_figure(row) for row in rows]

    def conflicts(self, *, after: str = "", limit: int) -> list[Conflict]:
        """Return the slots whose figures differ, in the order of their keys, each with its figures."""
        rows = self._all(
            "SELECT key, about, indicator, period, because FROM slot WHERE answers > 1 AND key > ?"
            " ORDER BY key LIMIT ?",
            (after, limit),
        )
        return [self._conflict(*row) for row in rows]

    def _conflict(self, key: str, about: str, indicator: str, period: str, because: str) -> Conflict:
        rows = self._all(f"{_FIGURES} WHERE figure.slot = ? ORDER BY figure.claim", (key,))
        figures = sorted(map(_figure, rows), key=lambda figure: not figure.preferred)
        label = figures[0].indicator_zh if figures else indicator
        return Conflict(key, self.ref(about), indicator, label, period, because, tuple(figures))

    # ---- Articles and totals -------------------------------------------------------------------------------------

    def articles(self, *, after: str = "", limit: int) -> list[ArticleRow]:
        """Return articles in the order of their keys."""
        return [
            _article(row)
            for row in self._all(f"{_ARTICLES} WHERE article.key > ? ORDER BY article.key LIMIT ?", (after, limit))
        ]

    def article(self, key: str) -> ArticleRow | None:
        """Return an article, or None."""
        row = self._one(f"{_ARTICLES} WHERE article.key = ?", (key,))
        return None if row is None else _article(row)

    def article_text(self, key: str) -> str | None:
        """Return the raw text that offsets count in, or None."""
        row = self._one("SELECT raw FROM source WHERE key = ?", (key,))
        return None if row is None else row[0]

    def sources(self, *, after: str = "", limit: int) -> list[SourceRow]:
        """Return what articles were read from, in the order of their keys; none for articles of loaded RDF."""
        columns = "key, raw, beside, report, origin"
        rows = self._all(f"SELECT {columns} FROM source WHERE key > ? ORDER BY key LIMIT ?", (after, limit))  # noqa: S608
        return [SourceRow(*row) for row in rows]

    def article_reports(self, article: str | None = None) -> Iterator[str]:
        """Yield what the build says of each article, or of one by key or identifier, as JSON objects.

        The order is that of the identifiers.
        """
        chosen = "" if article is None else "WHERE article.key = ? OR identifier = ?"
        yield from (
            row[0]
            for row in self._connection().execute(
                f"SELECT report FROM article JOIN source ON source.key = article.key {chosen}"  # noqa: S608 - no input
                " ORDER BY identifier, article.key",
                () if article is None else (article, article),
            )
        )

    def totals(self, topic: str) -> dict[str, int]:
        """Return counts by key: "kind" (our kinds), "class" and "property" (by IRI), "graph" (triples, conflicts)."""
        return dict(self._all("SELECT key, number FROM total WHERE topic = ? ORDER BY key", (topic,)))


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _statement(predicate: str, line: str, address: str | None, label: str | None, kind: str | None) -> Statement:
    ref = Ref(address, label or "", kind or "") if address is not None else None
    if line.startswith("<"):
        return Statement(predicate[1:-1], line[1:-1], "", ref, is_iri=True)
    words, language = _literal(line)
    return Statement(predicate[1:-1], words, language, None, is_iri=False)


def _literal(line: str) -> tuple[str, str]:
    """Return words and language tag of a literal in N-Triples (https://www.w3.org/TR/n-triples/#grammar-production-literal)."""
    end = line.rfind('"')
    if end <= 0:
        return line, ""
    words = _ESCAPE.sub(_unescaped, line[1:end])
    tail = line[end + 1 :]
    return words, tail[1:] if tail.startswith("@") else ""


def _unescaped(escape: re.Match[str]) -> str:
    letter, code = escape.group(1)[0], escape.group(1)[1:]
    return chr(int(code, 16)) if code else _ESCAPED_LETTERS.get(letter, letter)


def _figure_conditions(wanted: FigureFilter) -> tuple[list[str], list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    if wanted.about is not None:
        conditions.append("figure.about = ?")
        values.append(wanted.about)
    if wanted.place is not None:
        conditions.append("figure.about IN (SELECT address FROM within WHERE place = ?)")
        values.append(wanted.place)
    if wanted.indicator is not None:
        conditions.append("? IN (figure.indicator, figure.indicator_zh, figure.indicator_text)")
        values.append(wanted.indicator)
    if wanted.unit is not None:
        conditions.append("figure.unit = ?")
        values.append(wanted.unit)
    if wanted.period is not None:
        conditions.append("claim.period_start <= ? AND claim.period_end >= ?")
        values += [wanted.period + "-12-31"[len(wanted.period) - _YEAR_CHARS :], wanted.period]
    return conditions, values


def _figure(row: tuple[Any, ...]) -> FigureRow:
    (key, about, indicator, zh, en, text, value, surface, unit, normalised, qualifier, status, accumulation, basis,
     slot, period, confidence, article, preferred, conflicting, sentence, label, kind) = row  # fmt: skip
    return FigureRow(
        key=key,
        about=Ref(about, label or about.rpartition("/")[2], kind or ""),
        indicator=indicator,
        indicator_zh=zh,
        indicator_en=en,
        indicator_text=text,
        value=Decimal(value),
        surface=surface,
        unit=unit,
        normalised_value=_decimal(normalised),
        qualifier=qualifier,
        status=status,
        accumulation=accumulation,
        basis=basis,
        period=period,
        slot=slot,
        preferred=bool(preferred),
        conflicting=bool(conflicting),
        confidence=_decimal(confidence),
        article=article,
        sentence=sentence or "",
    )


def _article(row: tuple[Any, ...]) -> ArticleRow:
    key, iri, identifier, title, issued, publisher, creators, text_hash, address, retrieved, copies, claims, size = row
    return ArticleRow(
        key,
        iri,
        identifier,
        title,
        issued,
        publisher,
        creators=tuple(json.loads(creators)),
        text_hash=text_hash,
        address=address,
        retrieved=retrieved,
        copies=tuple(json.loads(copies)),
        characters=size or 0,
        claims=claims,
    )
