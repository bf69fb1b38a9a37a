"""Figures as JSON or CSV, and the questions that are answered differently."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.limits import MAX_WORDS_CHARS
from api.negotiate import CSV, JSON, Format
from api.problems import not_found
from api.requests import ONLY_JSON, CurrentSnapshot, Key, Offer, Paged, period_of
from api.responses import Conflict, Figure, Page
from api.snapshots import Snapshot
from api.tables import write_csv
from kg.index import FigureFilter, FigureRow, Index, address_of

router = APIRouter(prefix="/api/v1", tags=["figures"])

#: The columns of a table of figures.
COLUMNS = (
    "about", "about_label", "indicator", "indicator_zh", "indicator_text", "value", "unit", "surface", "period",
    "qualifier", "status", "accumulation", "basis", "preferred", "conflicting", "confidence", "article", "sentence",
    "claim",
)  # fmt: skip

PlaceName = Annotated[
    str | None,
    Query(max_length=MAX_WORDS_CHARS, description="Code, address or full name; what lies in it is included."),
]
IndicatorName = Annotated[
    str | None,
    Query(
        max_length=MAX_WORDS_CHARS,
        description="Key of the indicator, its Chinese label, English words of its label, or the article's words.",
    ),
]
UnitName = Annotated[str | None, Query(max_length=MAX_WORDS_CHARS, description="The unit as written: 人.")]
Period = Annotated[
    str | None, Query(max_length=MAX_WORDS_CHARS, description="Year, month or day: 2013, 2013-06, 2013-06-30.")
]


@router.get("/figures", responses={200: {"content": {"text/csv": {}}}})
def list_figures(
    snapshot: CurrentSnapshot,
    paged: Paged,
    chosen: Annotated[Format, Depends(Offer(JSON, CSV))],
    *,
    place: PlaceName = None,
    about: Key = None,
    indicator: IndicatorName = None,
    period: Period = None,
    unit: UnitName = None,
) -> Page[Figure]:
    """List figures: about a place and all that lies in it, about one entity, by indicator, period, unit."""
    wanted = FigureFilter(
        about=address_of(about) if about else None,
        place=find_place(snapshot.index, place) if place else None,
        indicator=indicator,
        period=period_of(period),
        unit=unit,
    )
    rows = find_figures(snapshot, wanted, after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.key)
    if chosen is CSV:
        return figures_csv(items, link=paged.link)  # type: ignore[return-value]
    return Page(items=[Figure.model_validate(row) for row in items], next=cursor)


@router.get("/conflicts", dependencies=ONLY_JSON)
def list_conflicts(snapshot: CurrentSnapshot, paged: Paged) -> Page[Conflict]:
    """List the questions that figures answer differently, each with its figures, the preferred one first."""
    rows = snapshot.index.conflicts(after=paged.after, limit=paged.wanted)
    items, cursor = paged.cut(rows, lambda row: row.slot)
    return Page(items=[Conflict.model_validate(row) for row in items], next=cursor)


def find_figures(snapshot: Snapshot, wanted: FigureFilter, *, after: str, limit: int) -> list[FigureRow]:
    """Return figures in the order of their keys; an English name may stand for several indicators."""
    names = snapshot.indicators_named(wanted.indicator) if wanted.indicator else ()
    filters = [wanted, *(replace(wanted, indicator=name) for name in names)]
    found = {row.key: row for part in filters for row in snapshot.index.figures(part, after=after, limit=limit)}
    return [found[key] for key in sorted(found)[:limit]]


def find_place(index: Index, name: str) -> str:
    """Return the address of a place, given by its address, code or full name.

    Raises:
        ProblemError: if there is none, or the name is not the name of one place alone.
    """
    address = address_of(name)
    for candidate in (address, f"place/{address}"):
        if index.entity(candidate) is not None:
            return candidate
    hits = index.search(name, limit=2)
    found = [hit for hit in hits if re.match(r"place/", hit.entity.address) and hit.reason == "name"]
    if len(found) != 1:
        raise not_found(f"single place {name!r}")
    return found[0].entity.address


def figures_csv(rows: Iterable[FigureRow], *, link: str | None = None) -> Response:
    """Return figures as a table, a line each, in the order given, with a link to the next page."""
    headers = {"Link": link} if link else None
    return Response(write_csv(COLUMNS, map(_cells, rows)), media_type=CSV.media_type, headers=headers)


def _cells(row: FigureRow) -> tuple[object, ...]:
    return (
        row.about.address, row.about.label, row.indicator, row.indicator_zh, row.indicator_text, row.value, row.unit,
        row.surface, row.period, row.qualifier, row.status, row.accumulation, row.basis, row.preferred,
        row.conflicting, row.confidence, row.article, row.sentence, row.key,
    )  # fmt: skip
