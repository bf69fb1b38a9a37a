"""What the server says about the dataset: VoID and DCAT.

Turtle with IRIs relative to the document: they are right under whatever name the server is reached.
"""

from collections.abc import Iterable

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.dumps import LICENSE
from api.negotiate import TURTLE
from api.requests import CurrentSnapshot, Offer
from api.snapshots import Snapshot
from kg.terms import ID_NAMESPACE, ONTOLOGY

router = APIRouter(include_in_schema=False)

_PREFIXES = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@router.get("/.well-known/void", dependencies=[Depends(Offer(TURTLE))])
def describe_dataset(snapshot: CurrentSnapshot) -> Response:
    """Describe the dataset in VoID and DCAT (https://www.w3.org/TR/void/)."""
    graph = snapshot.index.totals("graph")
    lines = [
        "</.well-known/void#dataset> a void:Dataset, dcat:Dataset ;",
        '    dct:title "poverty-kg"@en ;',
        f"    dct:license <{LICENSE}> ;",
        f"    void:triples {graph['triples']} ;",
        f"    void:entities {graph['subjects']} ;",
        f'    void:uriSpace "{ID_NAMESPACE}" ;',
        f"    void:vocabulary <{ONTOLOGY.value}> ;",
        *_partitions(snapshot),
        "    void:sparqlEndpoint </sparql> .",
    ]
    for dump in snapshot.store.dumps():
        lines += [
            f"</.well-known/void#dataset> void:dataDump </dumps/{dump.name}> ;",
            f"    dcat:distribution </dumps/{dump.name}> .",
            f'</dumps/{dump.name}> a dcat:Distribution ; dcat:mediaType "{dump.media_type}" ;',
            f"    dcat:byteSize {dump.size_bytes} ; dct:license <{LICENSE}> ; dcat:downloadURL </dumps/{dump.name}> .",
        ]
    return turtle_response(*lines)


def _partitions(snapshot: Snapshot) -> Iterable[str]:
    for name, number in snapshot.index.totals("kind").items():
        if number:
            yield f"    void:classPartition </.well-known/void#{name}> ;"


def turtle_response(*lines: str) -> Response:
    """Return lines of Turtle, with the prefixes that they use, as an answer."""
    return Response(_PREFIXES + "\n" + "\n".join(lines) + "\n", media_type=TURTLE.media_type)
