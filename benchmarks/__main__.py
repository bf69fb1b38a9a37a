"""Measures the build of the seeds and what it rests on, each beside a peer; prints one table.

Run with ``make bench``. CPU seconds of this process and its children; best of several runs.
"""

import io
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import rdflib

from benchmarks import copies, extraction, reading
from benchmarks.measure import best, row
from kg.rdf.serialise import DUMP_FORMATS, write_dump
from kg.rdf.shapes import validate_graph, validate_reference
from kg.store import Store


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "store"

        def build() -> None:
            command = [sys.executable, "-m", "kg.cli", "build", "--store", str(directory), "seeds"]
            subprocess.run(command, check=True, capture_output=True)

        def build_afresh() -> None:
            for path in (directory / "cache").glob("*"):
                path.unlink()
            build()

        row("build of the seeds, nothing cached", best(build_afresh))
        row("build of the seeds, unchanged", best(build))
        store = Store.open(directory)
        triples = list(store.triples())
        row(f"SHACL, {len(triples)} triples", best(lambda: validate_graph(triples)), "pySHACL",
            best(lambda: validate_reference(triples), runs=1))  # fmt: skip
        graph = rdflib.Graph().parse(data=(store.generation / "dumps/poverty-kg.nt").read_text("utf-8"), format="nt")
        row("Turtle dump", best(lambda: write_dump(store.canonical, io.BytesIO(), DUMP_FORMATS["ttl"])), "rdflib",
            best(lambda: graph.serialize(format="turtle")))  # fmt: skip
    print(f"peak memory of a build: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
    reading.main()
    extraction.main()
    copies.main()


if __name__ == "__main__":
    main()
