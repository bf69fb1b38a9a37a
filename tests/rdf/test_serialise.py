"""Serialisation: sorted, stable, and read back by others."""

import gzip
import io
import random
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.rdf.serialise import DUMP_FORMATS, gzip_stable, read_canonical, read_rdf, write_canonical, write_dump
from kg.terms import PA, RDFS, XSD

GRAPH = NamedNode("https://w3id.org/poverty-kg/graph/quarantine")
QUADS = [
    Quad(NamedNode("https://w3id.org/poverty-kg/id/place/620523"), RDFS.label, Literal("甘谷县", language="zh")),
    Quad(NamedNode("https://w3id.org/poverty-kg/id/place/620523"), PA.officialCode, Literal('6"20\n523')),
    Quad(
        NamedNode("https://w3id.org/poverty-kg/id/x/一 二".replace(" ", "%20")),
        PA.value,
        Literal("0.90", datatype=XSD.decimal),
    ),
    Quad(NamedNode("https://w3id.org/poverty-kg/id/place/62"), RDFS.label, Literal("甘肃省", language="zh"), GRAPH),
]


@pytest.fixture
def canonical(tmp_path: Path) -> Path:
    """Return a canonical file of a small dataset."""
    path = tmp_path / "graph.nq"
    write_canonical([*QUADS, *QUADS], path)
    return path


def test_order_and_repetition_of_quads_do_not_matter(tmp_path: Path, canonical: Path) -> None:
    """Any order of the same quads gives the same bytes."""
    for seed in range(5):
        shuffled = [*QUADS, QUADS[0]]
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
        other = tmp_path / f"{seed}.nq"
        assert write_canonical(shuffled, other) == len(QUADS)
        assert other.read_bytes() == canonical.read_bytes()


def test_lexical_forms_survive(canonical: Path) -> None:
    """0.90 stays 0.90: canonical files keep what was written."""
    assert set(read_canonical(canonical)) == set(QUADS)


@pytest.mark.parametrize("name", sorted(DUMP_FORMATS))
def test_every_format_is_read_by_rdflib(name: str, canonical: Path) -> None:
    """Each dump parses in rdflib and holds the statements of its graphs."""
    row = DUMP_FORMATS[name]
    stream = io.BytesIO()
    write_dump(canonical, stream, row)
    formats = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "rdfxml": "xml", "jsonld": "json-ld"}
    dataset = rdflib.Dataset() if row.has_graphs else rdflib.Graph()
    dataset.parse(data=stream.getvalue().decode(), format=formats[name])
    count = len(list(dataset.quads())) if isinstance(dataset, rdflib.Dataset) else len(dataset)
    assert count == (len(QUADS) if row.has_graphs else len(QUADS) - 1)


def test_gzip_is_stable() -> None:
    """Compressed bytes hold neither name nor time."""

    def pack() -> bytes:
        stream = io.BytesIO()
        with gzip_stable(stream) as packed:
            packed.write("甘谷县".encode())
        return stream.getvalue()

    assert pack() == pack()
    assert gzip.decompress(pack()).decode() == "甘谷县"


def test_rdf_files_are_read_by_suffix(tmp_path: Path, canonical: Path) -> None:
    """Quads come back from plain and compressed files."""
    packed = tmp_path / "graph.nq.gz"
    packed.write_bytes(gzip.compress(canonical.read_bytes()))
    assert set(read_rdf(canonical)) == set(read_rdf(packed)) == set(QUADS)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("graph.docx", b"", "unknown kind of RDF"),
        ("graph.ttl", b"<a> <b>", "does not parse"),
        ("graph.nq.gz", b"no gzip", "cannot be read"),
    ],
)
def test_bad_rdf_is_named_with_its_file(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """The error names the file and the fault."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(GraphError, match=message) as caught:
        list(read_rdf(path))
    assert str(path) in str(caught.value)


def test_a_missing_rdf_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is an error of ours, not of Python."""
    with pytest.raises(GraphError, match="No such file"):
        list(read_rdf(tmp_path / "absent.ttl"))
