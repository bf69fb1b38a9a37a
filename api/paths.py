"""How two entities are connected: the shortest paths over the plain triples between entities."""

from itertools import islice, pairwise
from typing import Annotated

import networkx as nx
from fastapi import APIRouter, Query

from api.limits import MAX_ADDRESS_CHARS, MAX_PATHS
from api.problems import not_found
from api.requests import ONLY_JSON, CurrentSnapshot
from api.responses import EntityPath, PathStep, Ref, Results
from api.snapshots import Snapshot

router = APIRouter(prefix="/api/v1", tags=["entities"])

Address = Annotated[str, Query(max_length=MAX_ADDRESS_CHARS, examples=["place/620523"])]


@router.get("/path", dependencies=ONLY_JSON)
def path(
    snapshot: CurrentSnapshot,
    start: Annotated[Address, Query(alias="from", description="Address of the entity where the paths begin.")],
    end: Annotated[Address, Query(alias="to", description="Address of the entity where they end.")],
) -> Results[EntityPath]:
    """Find the shortest paths between two entities, whichever way their relations point; none is an empty list."""
    for address in (start, end):
        if snapshot.index.entity(address) is None:
            raise not_found(f"entity {address}")
    try:
        found = nx.all_shortest_paths(snapshot.neighbourhood, start, end)
        nodes = sorted(islice(found, MAX_PATHS))
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        nodes = []
    return Results(items=[EntityPath(steps=_steps(snapshot, each)) for each in nodes])


def _steps(snapshot: Snapshot, addresses: list[str]) -> tuple[PathStep, ...]:
    """Return the relations along a path; where several join two entities, all are named."""
    graph = snapshot.neighbourhood
    return tuple(
        PathStep(
            start=Ref.model_validate(snapshot.index.ref(start)),
            end=Ref.model_validate(snapshot.index.ref(end)),
            relations=tuple(
                sorted(
                    name if subject == start else f"<{name}" for subject, name in graph.edges[start, end]["relations"]
                )
            ),
        )
        for start, end in pairwise(addresses)
    )
