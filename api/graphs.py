"""Descriptions of resources as RDF: triples that the index holds, in the format that is asked for.

Also whether the snapshot that queries read can be opened; queries themselves run in other processes.
"""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import RdfFormat
from starlette.responses import Response

from api.limits import MAX_DESCRIBED_CLAIMS, MAX_DESCRIBED_TRIPLES
from api.negotiate import Format
from kg.errors import StoreError
from kg.index import Index
from kg.store import Store
from kg.terms import PREFIXES

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
_DESCRIBED = ("Figure", "PostHolding", "RelationClaim")


def check_snapshot(store: Store) -> None:
    """Try what queries need: opening their snapshot.

    Raises:
        StoreError: if it cannot be opened.
    """
    try:
        pyoxigraph.Store.read_only(str(store.oxigraph_path))
    except OSError as exc:
        remedy = "Build it again with: kg build"
        raise StoreError("the snapshot for queries cannot be opened", remedy=remedy) from exc


def describe(index: Index, address: str, iri: str) -> list[str]:
    """Return the N-Triples lines of a resource and of the claims it is part of; mentions are left out."""
    claims = index.claims_of(address, kinds=_DESCRIBED, limit=MAX_DESCRIBED_CLAIMS)
    lines = [index.triples(subject, limit=MAX_DESCRIBED_TRIPLES) for subject in (iri, *(claim.iri for claim in claims))]
    return [line for part in lines for line in part]


def graph_response(lines: Iterable[str], chosen: Format) -> Response:
    """Return N-Triples lines as an answer in one of the graph formats."""
    triples = pyoxigraph.parse("\n".join(lines), format=RdfFormat.N_TRIPLES)
    body = pyoxigraph.serialize(
        (quad.triple for quad in triples), format=_FORMATS[chosen.name], prefixes=dict(PREFIXES)
    )
    return Response(body, media_type=chosen.media_type)
