"""Following an IRI: ``/id/…`` leads to ``/entity/…``, which describes any resource as a page, as data or as a table.

A suffix wins over Accept, so that a format can be linked to.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.figures import figures_csv
from api.graphs import describe, graph_response
from api.limits import MAX_ITEMS
from api.negotiate import CSV, GRAPH_FORMATS, HTML, JSON, Format
from api.pages import article_page, claim_page, entity_page, resource_page
from api.problems import not_found
from api.requests import AddressIn, CurrentSnapshot, Offer
from api.responses import Article, Claim, Entity
from api.snapshots import Snapshot
from api.tables import write_csv
from kg.index import FigureFilter, Index, Ref, address_path
from kg.terms import ENTITY_CLASSES

Row = TypeVar("Row")
Followed = Annotated[str, Depends(AddressIn("/id/"))]
Shown = Annotated[str, Depends(AddressIn("/entity/"))]

router = APIRouter(include_in_schema=False)

#: In the order in which they are preferred where a client accepts anything. JSON-LD asks for itself only: plain JSON
#: has a form of its own here.
OFFERS = (HTML, JSON, *GRAPH_FORMATS[:3], Format("jsonld", "application/ld+json"), CSV)
_negotiate = Offer(*OFFERS)
_CLAIM_KINDS = frozenset({"Mention", "Figure", "PostHolding", "RelationClaim"})


@router.get("/id/{address:path}")
def follow(snapshot: CurrentSnapshot, request: Request, address: Followed) -> RedirectResponse:
    """Lead from a thing to its description (303), in the format that the client likes best."""
    address, suffix = _split(snapshot.index, address)
    if snapshot.index.resource(address) is None:
        raise not_found(f"resource {address!r}")
    chosen = suffix or _negotiate(request)
    return RedirectResponse(f"/entity/{address_path(address)}.{chosen.name}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/entity/{address:path}")
def show(snapshot: CurrentSnapshot, request: Request, address: Shown) -> Response:
    """Describe a resource."""
    address, suffix = _split(snapshot.index, address)
    resource = snapshot.index.resource(address)
    if resource is None:
        raise not_found(f"resource {address!r}")
    chosen = suffix or _negotiate(request)
    response = _describe(snapshot, resource, chosen)
    path = address_path(address)
    links = [f'</id/{path}>; rel="describes"', f'</entity/{path}.{chosen.name}>; rel="canonical"']
    links += [f'</entity/{path}.{offer.name}>; rel="alternate"; type="{offer.types[0]}"' for offer in OFFERS]
    response.headers["Link"] = ", ".join(links)
    return response


def _split(index: Index, address: str) -> tuple[str, Format | None]:
    """Return address and format of a path; what looks like a suffix may be part of a name."""
    stem, _, suffix = address.rpartition(".")
    offer = next((offer for offer in OFFERS if offer.name == suffix), None)
    if offer is None or index.resource(address) is not None:
        return address, None
    return stem, offer


def _describe(snapshot: Snapshot, resource: Ref, chosen: Format) -> Response:
    index = snapshot.index
    iri = index.iri(resource.address) or ""
    if chosen is HTML:
        return _page(index, resource, iri)
    if chosen is JSON:
        return JSONResponse(_json(index, resource, iri))
    if chosen is CSV:
        return _table(index, resource, iri)
    return graph_response(describe(index, resource.address, iri), chosen)


def _key(resource: Ref) -> str:
    """Return the address without its first part: the key of an article or claim."""
    return resource.address.partition("/")[2]


def _found(row: Row | None, resource: Ref) -> Row:
    if row is None:
        raise not_found(f"resource {resource.address!r}")
    return row


def _page(index: Index, resource: Ref, iri: str) -> Response:
    if resource.kind in ENTITY_CLASSES:
        return entity_page(index, _found(index.entity(resource.address), resource))
    if resource.kind == "Article":
        return article_page(index, _found(index.article(_key(resource)), resource))
    if resource.kind in _CLAIM_KINDS:
        return claim_page(index, _found(index.claim(_key(resource)), resource))
    return resource_page(index, resource, iri)


def _json(index: Index, resource: Ref, iri: str) -> dict[str, Any]:
    readers: dict[str, Callable[[], Any]] = {
        "Article": lambda: Article.model_validate(index.article(_key(resource))),
        **dict.fromkeys(ENTITY_CLASSES, lambda: Entity.model_validate(index.entity(resource.address))),
        **dict.fromkeys(_CLAIM_KINDS, lambda: Claim.model_validate(index.claim(_key(resource)))),
    }
    if resource.kind in readers:
        body: dict[str, Any] = readers[resource.kind]().model_dump(mode="json")
        return body
    statements = [
        {"predicate": row.predicate, "value": row.value, "language": row.language or None, "is_iri": row.is_iri}
        for row in index.statements(iri, limit=MAX_ITEMS)
    ]
    return {"iri": iri, "address": resource.address, "kind": resource.kind, "statements": statements}


def _table(index: Index, resource: Ref, iri: str) -> Response:
    """Return the figures about an entity, or the statements of anything else."""
    if resource.kind in ENTITY_CLASSES:
        return figures_csv(index.figures(FigureFilter(about=resource.address), limit=MAX_ITEMS))
    rows = [(row.predicate, row.value, row.language) for row in index.statements(iri, limit=MAX_ITEMS)]
    return Response(write_csv(("predicate", "value", "language"), rows), media_type=CSV.media_type)
