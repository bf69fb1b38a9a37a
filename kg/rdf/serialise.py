"""Quads as bytes that depend on nothing but the quads: sorted, one way of writing each term.

N-Quads lines, sorted by graph, subject, predicate and object, are the canonical form
(RDF Dataset Canonicalization, https://www.w3.org/TR/rdf-canon/, is not needed: the graph has no blank nodes).
Every other format is written from that order in one pass, so memory does not grow with the graph.
"""

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import RdfFileError, reason_of
from kg.terms import PREFIXES


@dataclass(frozen=True, slots=True)
class DumpFormat:
    """One way to write the graph.

    Attributes:
        name: Name in ``kg dump --format``.
        suffix: Suffix of the file.
        rdf_format: The serialiser's format.
        media_type: Registered media type.
        has_graphs: Whether it holds all graphs; the others hold the default graph.
    """

    name: str
    suffix: str
    rdf_format: RdfFormat
    media_type: str
    has_graphs: bool = False


#: The formats of ``kg dump`` and ``/dumps/`` by name.
DUMP_FORMATS = {
    row.name: row
    for row in (
        DumpFormat("ttl", "ttl", RdfFormat.TURTLE, "text/turtle"),
        DumpFormat("nt", "nt", RdfFormat.N_TRIPLES, "application/n-triples"),
        DumpFormat("nq", "nq", RdfFormat.N_QUADS, "application/n-quads", has_graphs=True),
        DumpFormat("trig", "trig", RdfFormat.TRIG, "application/trig", has_graphs=True),
        DumpFormat("rdfxml", "rdf", RdfFormat.RDF_XML, "application/rdf+xml"),
        DumpFormat("jsonld", "jsonld", RdfFormat.JSON_LD, "application/ld+json"),
    )
}


def sort_key(quad: Quad) -> tuple[str, str, str, str]:
    """Return what canonical order compares: graph (the default one first), subject, predicate, object."""
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return (graph, str(quad.subject), str(quad.predicate), str(quad.object))


def sort_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return each quad once, in canonical order."""
    return sorted(set(quads), key=sort_key)


def nquads_line(quad: Quad) -> str:
    """Return the N-Quads line of a quad, with its line end."""
    return f"{quad} .\n"


def write_canonical(quads: Iterable[Quad], path: Path) -> int:
    """Write canonical N-Quads; return how many lines."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for quad in sort_quads(quads):
            file.write(nquads_line(quad))
            count += 1
    return count


def read_canonical(path: Path) -> Iterator[Quad]:
    """Yield the quads of a canonical file in its order, lazily."""
    return iter(parse(path=path, format=RdfFormat.N_QUADS))


def read_rdf(path: Path) -> Iterator[Quad]:
    """Yield the quads of any RDF file, lazily; the suffix tells the format, ``.gz`` is unpacked.

    Raises:
        RdfFileError: if the suffix is unknown, the file cannot be read or does not parse.
    """
    inner = path.with_suffix("") if path.suffix == ".gz" else path
    rdf_format = RdfFormat.from_extension(inner.suffix.lstrip("."))
    if rdf_format is None:
        known = "ttl, trig, nt, nq, rdf, jsonld"
        raise RdfFileError(f"unknown kind of RDF {inner.suffix!r}", where=str(path), remedy=f"Known suffixes: {known}.")
    try:
        with _open(path) as file:
            yield from parse(file, format=rdf_format, base_iri=path.resolve().as_uri())
    except (SyntaxError, ValueError) as exc:
        raise RdfFileError(f"does not parse as {rdf_format.name}: {exc}", where=str(path)) from exc
    except OSError as exc:
        raise RdfFileError(f"cannot be read: {reason_of(exc)}", where=str(path)) from exc


def _open(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def write_dump(canonical: Path, output: IO[bytes], dump_format: DumpFormat) -> None:
    """Write one format from a canonical file, streaming; the same file gives the same bytes."""
    quads = read_canonical(canonical)
    if dump_format.has_graphs:
        serialize(quads, output, format=dump_format.rdf_format, prefixes=dict(PREFIXES))
        return
    triples = (
        Triple(quad.subject, quad.predicate, quad.object) for quad in quads if isinstance(quad.graph_name, DefaultGraph)
    )
    serialize(triples, output, format=dump_format.rdf_format, prefixes=dict(PREFIXES))


@contextmanager
def gzip_stable(output: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give a stream that writes gzip without name and time, so that equal input gives equal bytes (RFC 1952 §2.3.1)."""
    with gzip.GzipFile(filename="", mode="wb", fileobj=output, mtime=0) as stream:
        yield cast("IO[bytes]", stream)
