"""RDF: readings to triples, triples to one graph, and the ontology and shapes that hold it together."""

from kg.rdf.emit import Emitter
from kg.rdf.iris import Minter
from kg.rdf.merge import Conflict, Merged, merge_graphs
from kg.rdf.ontology import Ontology, load_ontology
from kg.rdf.shapes import Violation, validate_graph, validate_reference, write_report

__all__ = [
    "Conflict",
    "Emitter",
    "Merged",
    "Minter",
    "Ontology",
    "Violation",
    "load_ontology",
    "merge_graphs",
    "validate_graph",
    "validate_reference",
    "write_report",
]
