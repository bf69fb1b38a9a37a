"""The pages for readers: first page, search, listings, the ontology, the documentation of the API."""

from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from api.figures import find_figures, find_place
from api.graphs import graph_response
from api.limits import MAX_DESCRIBED_TRIPLES
from api.negotiate import GRAPH_FORMATS, HTML, named
from api.problems import not_acceptable
from api.requests import CurrentSnapshot, Key, KindName, Offer, Paged, Words, kinds_of, period_of
from api.templates import render
from kg.index import (
    ArticleRow,
    Backlink,
    ClaimRow,
    EntityRow,
    FigureFilter,
    Index,
    LabelRow,
    Ref,
    Statement,
    address_of,
)
from kg.model import PLACE_KINDS, Kind
from kg.terms import ONTOLOGY, ORG, PA_NAMESPACE

router = APIRouter(include_in_schema=False)

_ONLY_HTML = (Depends(Offer(HTML)),)
_ONTOLOGY_FORMATS = (*GRAPH_FORMATS, HTML)
_choose_of_ontology = Offer(*_ONTOLOGY_FORMATS)

#: Rows of one table or list of a page; the rest is a link away.
PAGE_ROWS = 200
_HITS = 50
_CLAIMS_OF_ENTITY = ("PostHolding", "RelationClaim")
_CLAIMS_OF_ARTICLE = ("Figure", "PostHolding", "RelationClaim")

Labels = Callable[[str], LabelRow]
Above = Callable[[EntityRow], list[Ref]]


class KindCount(NamedTuple):
    """A kind of entity with its labels and how many there are."""

    name: str
    label: LabelRow
    number: int


class Group(NamedTuple):
    """What points to a resource by one property."""

    label: LabelRow
    refs: list[Ref]


class Related(NamedTuple):
    """The claims that join an entity by one property, seen from this entity.

    Attributes:
        label: Labels of the property.
        is_incoming: Whether the entity is the object.
        claims: Each with the other end.
    """

    label: LabelRow
    is_incoming: bool
    claims: list[tuple[ClaimRow, Ref | None]]


class Segment(NamedTuple):
    """A stretch of raw text; with the key of a claim that rests on it, or an empty string."""

    words: str
    claim: str


class Row(NamedTuple):
    """A statement with the labels of its property."""

    label: LabelRow
    statement: Statement


class Term(NamedTuple):
    """A term of the ontology, and how often the graph uses it."""

    name: str
    label: LabelRow
    number: int


def term_labels(index: Index) -> Labels:
    """Return what gives the labels of a term of our vocabulary, by its local name."""
    return lambda name: index.label(PA_NAMESPACE + name)


def above_in(index: Index) -> Above:
    """Return what gives the places above an entity, the highest first; most addresses begin with a division."""

    def above(entity: EntityRow) -> list[Ref]:
        if entity.kind in PLACE_KINDS:
            return list(reversed(entity.parents))
        _, code, *name = entity.address.split("/")
        home = index.entity(f"place/{code}") if name else None
        return [*reversed(home.parents), Ref(home.address, home.label, home.kind)] if home else []

    return above


def _kind_counts(index: Index) -> list[KindCount]:
    labels, totals = term_labels(index), index.totals("kind")
    return [KindCount(kind, labels(kind), totals[kind]) for kind in Kind if totals.get(kind)]


# ---- First page and listings -----------------------------------------------------------------------------------------


@router.get("/", dependencies=_ONLY_HTML)
def show_home(snapshot: CurrentSnapshot) -> HTMLResponse:
    """Show what the graph holds and where to begin."""
    graph = snapshot.index.totals("graph")
    return render(
        "home.html",
        counts=snapshot.index.totals("kind"),
        kinds=_kind_counts(snapshot.index),
        triples=graph["triples"],
        conflicts=graph["conflicts"],
        build=snapshot.key,
    )


@router.get("/search", dependencies=_ONLY_HTML)
def show_search(snapshot: CurrentSnapshot, q: Words = None) -> HTMLResponse:
    """Show the entities that a name finds."""
    query = (q or "").strip()
    hits = snapshot.index.search(query, limit=_HITS) if query else []
    labels, above = term_labels(snapshot.index), above_in(snapshot.index)
    return render("search.html", query=query, hits=hits, labels=labels, above=above)


@router.get("/entities", dependencies=_ONLY_HTML)
def show_entities(snapshot: CurrentSnapshot, paged: Paged, type: KindName = None) -> HTMLResponse:  # noqa: A002 - as in REST
    """Show entities of a kind."""
    rows = snapshot.index.entities(kinds=kinds_of(type), after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.address)
    return render(
        "entities.html",
        entities=items,
        kinds=_kind_counts(snapshot.index),
        kind=type or "",
        cursor=cursor,
        labels=term_labels(snapshot.index),
        above=above_in(snapshot.index),
    )


@router.get("/figures", dependencies=_ONLY_HTML)
def show_figures(
    snapshot: CurrentSnapshot,
    paged: Paged,
    *,
    place: Key = None,
    about: Key = None,
    indicator: Words = None,
    period: Words = None,
) -> HTMLResponse:
    """Show figures by place, entity, indicator and period; an empty field of the form asks nothing."""
    wanted = FigureFilter(
        about=address_of(about) if about else None,
        place=find_place(snapshot.index, place) if place else None,
        indicator=indicator or None,
        period=period_of(period),
    )
    rows = find_figures(snapshot, wanted, after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.key)
    given = {"place": place or "", "about": about or "", "indicator": indicator or "", "period": period or ""}
    return render("figures.html", figures=items, parameters=given, cursor=cursor, indicators=snapshot.indicators)


@router.get("/articles", dependencies=_ONLY_HTML)
def show_articles(snapshot: CurrentSnapshot, paged: Paged) -> HTMLResponse:
    """Show the articles."""
    rows = snapshot.index.articles(after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.key)
    return render("articles.html", articles=items, cursor=cursor)


@router.get("/conflicts", dependencies=_ONLY_HTML)
def show_conflicts(snapshot: CurrentSnapshot, paged: Paged) -> HTMLResponse:
    """Show the questions that are answered differently."""
    rows = snapshot.index.conflicts(after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.slot)
    return render("conflicts.html", conflicts=items, cursor=cursor)


# ---- One resource ----------------------------------------------------------------------------------------------------


def entity_page(index: Index, entity: EntityRow) -> HTMLResponse:
    """Return the page of an entity: figures, relations with their sentences, what else points to it."""
    relations = index.claims_of(entity.address, kinds=_CLAIMS_OF_ENTITY, limit=PAGE_ROWS + 1)
    figures = index.figures(FigureFilter(about=entity.address), limit=PAGE_ROWS + 1)
    backlinks = index.backlinks(entity.iri, limit=PAGE_ROWS + 1)
    return render(
        "entity.html",
        entity=entity,
        labels=term_labels(index),
        above=above_in(index)(entity),
        related=_related(index, entity, relations[:PAGE_ROWS]),
        more_relations=len(relations) > PAGE_ROWS,
        figures=sorted(figures[:PAGE_ROWS], key=lambda row: (row.indicator_zh, row.period or "")),
        more_figures=len(figures) > PAGE_ROWS,
        backlinks=_groups(index, backlinks[:PAGE_ROWS], relations),
        more_backlinks=len(backlinks) > PAGE_ROWS,
    )


def _related(index: Index, entity: EntityRow, claims: Iterable[ClaimRow]) -> list[Related]:
    """Return claims by property and direction, outgoing ones first."""
    groups: dict[tuple[bool, str], list[tuple[ClaimRow, Ref | None]]] = {}
    for claim in claims:
        is_incoming = claim.subject is None or claim.subject.address != entity.address
        other = claim.subject if is_incoming else claim.object
        groups.setdefault((is_incoming, _property(claim)), []).append((claim, other))
    return [Related(index.label(iri), incoming, groups[incoming, iri]) for incoming, iri in sorted(groups)]


def _property(claim: ClaimRow) -> str:
    return ORG.holds.value if claim.kind == "PostHolding" else f"{PA_NAMESPACE}{claim.predicate}"


def _groups(index: Index, backlinks: Iterable[Backlink], shown: Iterable[ClaimRow]) -> list[Group]:
    """Return what points to an entity by property, without what a claim shows already."""
    known = {(_property(claim), claim.subject.address) for claim in shown if claim.subject}
    groups: dict[str, list[Ref]] = {}
    for link in backlinks:
        if (link.predicate, link.subject.address) not in known:
            groups.setdefault(link.predicate, []).append(link.subject)
    return [Group(index.label(predicate), refs) for predicate, refs in groups.items()]


def article_page(index: Index, article: ArticleRow) -> HTMLResponse:
    """Return the page of an article: its claims, and its raw text with the words marked that they rest on."""
    claims = index.claims_in(article.key, kinds=_CLAIMS_OF_ARTICLE, limit=PAGE_ROWS + 1)
    claims.sort(key=lambda claim: claim.evidence[0].start if claim.evidence else 0)
    return render(
        "article.html",
        article=article,
        labels=term_labels(index),
        claims=claims[:PAGE_ROWS],
        more_claims=len(claims) > PAGE_ROWS,
        segments=mark_text(index.article_text(article.key) or "", claims),
    )


def mark_text(raw: str, claims: list[ClaimRow]) -> list[Segment]:
    """Return a text in segments; where claims rest on overlapping words, the one that begins first has them."""
    spans = sorted((claim.evidence[0].start, claim.evidence[0].end, claim.key) for claim in claims if claim.evidence)
    segments, at = [], 0
    for start, end, key in spans:
        if start >= at and end > start:
            segments += [Segment(raw[at:start], ""), Segment(raw[start:end], key)]
            at = end
    return [segment for segment in (*segments, Segment(raw[at:], "")) if segment.words]


def claim_page(index: Index, claim: ClaimRow) -> HTMLResponse:
    """Return the page of a claim: what it says, and the sentence with the stating words marked."""
    return render("claim.html", claim=claim, labels=term_labels(index))


def resource_page(index: Index, resource: Ref, iri: str) -> HTMLResponse:
    """Return the page of any other resource: its statements."""
    statements = index.statements(iri, limit=PAGE_ROWS)
    rows = [Row(index.label(statement.predicate), statement) for statement in statements]
    return render("resource.html", resource=resource, iri=iri, rows=rows)


# ---- Ontology and documentation --------------------------------------------------------------------------------------


@router.get("/ns/")
@router.get("/ns")
def show_ontology(snapshot: CurrentSnapshot, request: Request, format: Words = None) -> Response:  # noqa: A002 - as in SPARQL
    """Show the ontology: as RDF, or for browsers as a page with how often each term is used."""
    chosen = named(format, _ONTOLOGY_FORMATS) if format else _choose_of_ontology(request)
    if chosen is None:
        raise not_acceptable(", ".join(offer.name for offer in _ONTOLOGY_FORMATS))
    labels = snapshot.index.labels(PA_NAMESPACE)
    if chosen is not HTML:
        iris = [ONTOLOGY.value, *(label.iri for label in labels)]
        lines = (line for iri in iris for line in snapshot.index.triples(iri, limit=MAX_DESCRIBED_TRIPLES))
        return graph_response(lines, chosen)
    counts = snapshot.index.totals("class") | snapshot.index.totals("property")
    terms = [Term(label.iri.removeprefix(PA_NAMESPACE), label, counts.get(label.iri, 0)) for label in labels]
    return render("ontology.html", namespace=PA_NAMESPACE, terms=terms)


@router.get("/docs", dependencies=_ONLY_HTML)
def show_docs(request: Request) -> HTMLResponse:
    """Show the routes of the REST interface, from the same description as /openapi.json."""
    api: dict[str, Any] = request.app.openapi()
    routes = [
        _route(path, method, operation)
        for path, methods in api["paths"].items()
        for method, operation in methods.items()
    ]
    return render("docs.html", api=api, routes=routes)


def _route(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("description") or operation["summary"],
        "parameters": [_parameter(parameter) for parameter in operation.get("parameters", ())],
    }


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    kinds = [part.get("type", "") for part in schema.get("anyOf", [schema])]
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "is_required": parameter.get("required", False),
        "kind": ", ".join(kind for kind in kinds if kind not in {"", "null"}),
        "description": parameter.get("description", ""),
    }


@router.get("/static/app.css")
def send_style() -> Response:
    """Send the style sheet."""
    return Response(files("api").joinpath("web/app.css").read_text("utf-8"), media_type="text/css")
