"""Counts, the report of the last check, and whether the server is well."""

from typing import Any

from fastapi import APIRouter, Request

from api.graphs import check_snapshot
from api.guard import SNAPSHOT
from api.requests import ONLY_JSON, CurrentSnapshot
from api.responses import Stats
from api.snapshots import Snapshot

router = APIRouter(tags=["server"])


def read_stats(snapshot: Snapshot) -> Stats:
    """Return what a generation of the store holds."""
    index = snapshot.index
    graph = index.totals("graph")
    return Stats(
        build=snapshot.key,
        triples=graph["triples"],
        conflicts=graph["conflicts"],
        kinds=index.totals("kind"),
        classes=index.totals("class"),
        properties=index.totals("property"),
    )


@router.get("/api/v1/stats", dependencies=ONLY_JSON)
def stats(snapshot: CurrentSnapshot) -> Stats:
    """Show what the graph holds."""
    return read_stats(snapshot)


@router.get("/api/v1/validation", dependencies=ONLY_JSON)
def validation(snapshot: CurrentSnapshot) -> dict[str, Any]:
    """Show what happened in the build: inputs, sums of repairs and damages, what SHACL found and what was kept out."""
    return snapshot.store.summary()


@router.get("/healthz", dependencies=ONLY_JSON)
def healthz() -> dict[str, str]:
    """Tell that the server runs."""
    return {"status": "ok"}


@router.get("/readyz", dependencies=ONLY_JSON)
def readyz(request: Request) -> dict[str, str]:
    """Tell that there is a store to answer from, for queries too; without one the answer is 503."""
    snapshot: Snapshot = request.scope[SNAPSHOT]
    check_snapshot(snapshot.store)
    return {"status": "ok", "build": snapshot.key}
