"""Entities as JSON: listings, one entity, and below it its figures, its evidence and what points to it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.limits import MAX_WORDS_CHARS
from api.problems import not_found
from api.requests import ONLY_JSON, AddressIn, CurrentSnapshot, KindName, Paged, kinds_of
from api.responses import Backlink, Claim, Entity, Figure, Page
from kg.index import EntityRow, FigureFilter

router = APIRouter(prefix="/api/v1/entities", tags=["entities"])

_PREFIX = "/api/v1/entities/"
Address = Annotated[str, Depends(AddressIn(_PREFIX))]
AboveFigures = Annotated[str, Depends(AddressIn(_PREFIX, "/figures"))]
AboveEvidence = Annotated[str, Depends(AddressIn(_PREFIX, "/evidence"))]
AboveBacklinks = Annotated[str, Depends(AddressIn(_PREFIX, "/backlinks"))]
_CLAIMS = ("Mention", "Figure", "PostHolding", "RelationClaim")

Name = Annotated[str | None, Query(max_length=MAX_WORDS_CHARS, description="A name, or a part of it, or its pinyin.")]
Year = Annotated[int | None, Query(ge=1, le=9999, description="A year that a claim about the entity holds for.")]


def find_entity(snapshot: CurrentSnapshot, address: str) -> EntityRow:
    """Return an entity.

    Raises:
        ProblemError: if there is none.
    """
    entity = snapshot.index.entity(address)
    if entity is None:
        raise not_found(f"entity {address!r}")
    return entity


@router.get("", dependencies=ONLY_JSON)
def list_entities(
    snapshot: CurrentSnapshot,
    paged: Paged,
    *,
    type: KindName = None,  # noqa: A002 - the parameter's name in the contract
    q: Name = None,
    year: Year = None,
) -> Page[Entity]:
    """List entities in the order of their addresses: of a type, with a name, with a claim about a year."""
    rows = snapshot.index.entities(
        kinds=kinds_of(type), query=q or "", year=year, after=paged.after, limit=paged.wanted
    )
    items, cursor = paged.cut(rows, lambda row: row.address)
    return Page(items=[Entity.model_validate(row) for row in items], next=cursor)


@router.get("/{address:path}/figures", dependencies=ONLY_JSON)
def list_figures_about(snapshot: CurrentSnapshot, paged: Paged, address: AboveFigures) -> Page[Figure]:
    """List the figures about an entity."""
    entity = find_entity(snapshot, address)
    rows = snapshot.index.figures(FigureFilter(about=entity.address), after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.key)
    return Page(items=[Figure.model_validate(row) for row in items], next=cursor)


@router.get("/{address:path}/evidence", dependencies=ONLY_JSON)
def list_evidence(snapshot: CurrentSnapshot, paged: Paged, address: AboveEvidence) -> Page[Claim]:
    """List the claims that an entity is part of, mentions included, each with the words it rests on."""
    entity = find_entity(snapshot, address)
    rows = snapshot.index.claims_of(entity.address, kinds=_CLAIMS, after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.key)
    return Page(items=[Claim.model_validate(row) for row in items], next=cursor)


@router.get("/{address:path}/backlinks", dependencies=ONLY_JSON)
def list_backlinks(snapshot: CurrentSnapshot, paged: Paged, address: AboveBacklinks) -> Page[Backlink]:
    """List the statements that point to an entity; claims are left out, they are its evidence."""
    entity = find_entity(snapshot, address)
    rows = snapshot.index.backlinks(entity.iri, after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: f"{row.predicate} {row.subject.address}")
    return Page(items=[Backlink.model_validate(row) for row in items], next=cursor)


@router.get("/{address:path}", dependencies=ONLY_JSON)
def show_entity(snapshot: CurrentSnapshot, address: Address) -> Entity:
    """Show one entity."""
    return Entity.model_validate(find_entity(snapshot, address))
