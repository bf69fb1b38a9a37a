"""The store: immutable generations, one atomic step, one writer."""

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError, StoreLockedError
from kg.store import FORMAT_VERSION, Store, lock_store, write_store
from kg.terms import PA, RDF, RDFS, XSD

COUNTY = NamedNode("https://w3id.org/poverty-kg/id/place/620523")
QUADS = [
    Quad(COUNTY, RDF.type, PA.County),
    Quad(COUNTY, RDFS.label, Literal("甘谷县", language="zh")),
    Quad(COUNTY, PA.confidence, Literal("0.90", datatype=XSD.decimal)),
]


def write(directory: Path, quads: list[Quad] = QUADS) -> Store:
    """Write a generation with the lock held."""
    with lock_store(directory):
        return write_store(directory, quads, summary={"inputs": {}})


def test_a_store_gives_back_what_was_written(tmp_path: Path) -> None:
    """Quads keep their lexical forms; the snapshot answers queries; the report is there."""
    store = write(tmp_path)
    assert set(store.quads()) == set(QUADS)
    assert len(list(store.triples())) == len(QUADS)
    assert bool(store.graph.query(f"ASK {{ {COUNTY} a {PA.County} }}"))
    assert store.summary() == {"inputs": {}}
    assert store.report() == {"inputs": {}, "articles": []}
    assert store.index.totals("kind")


def test_the_same_graph_gives_the_same_generation(tmp_path: Path) -> None:
    """Order and repetition of quads do not matter, and nothing is written twice."""
    first = write(tmp_path / "a")
    second = write(tmp_path / "b", [*reversed(QUADS), QUADS[0]])
    assert first.key == second.key
    assert write(tmp_path / "a").generation == first.generation
    assert not list((tmp_path / "a").glob("tmp-*"))


def test_dumps_are_described(tmp_path: Path) -> None:
    """Each dump has its size, hash and number of statements."""
    dumps = write(tmp_path).dumps()
    assert [dump.name for dump in dumps] == [
        f"poverty-kg.{end}" for end in ("jsonld", "nq", "nt", "rdf", "trig", "ttl")
    ]
    for dump in dumps:
        assert dump.path.stat().st_size == dump.size_bytes
        assert dump.statements == len(QUADS)


def test_a_new_generation_replaces_the_link_and_keeps_the_one_before(tmp_path: Path) -> None:
    """Servers that read the earlier generation can go on; older ones go."""
    first, second, third = (write(tmp_path, QUADS[:count]) for count in (1, 2, 3))
    assert Store.current_key(tmp_path) == third.key == Store.open(tmp_path).key
    assert second.generation.is_dir()
    assert not first.generation.exists()


def test_no_store_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    """The message says what to do."""
    assert Store.current_key(tmp_path) is None
    with pytest.raises(StoreError, match=r"there is no store here\. Make one with: kg build"):
        Store.open(tmp_path)


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    """The format number is checked before anything is read."""
    store = write(tmp_path)
    meta = store.generation / "meta.json"
    meta.write_text(json.dumps(json.loads(meta.read_text()) | {"format": FORMAT_VERSION + 1}))
    with pytest.raises(StoreError, match=f"has format {FORMAT_VERSION + 1}, this version reads"):
        Store.open(tmp_path)


@pytest.mark.parametrize("content", ["", "[1]", "{"])
def test_a_damaged_store_is_refused(tmp_path: Path, content: str) -> None:
    """Files that are not what was written are damage, not a crash."""
    store = write(tmp_path)
    (store.generation / "meta.json").write_text(content)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(tmp_path)
    (store.generation / "meta.json").unlink()
    with pytest.raises(StoreError, match="current generation is not whole"):
        Store.open(tmp_path)


@pytest.mark.parametrize("name", ["meta.json", "graph.nq", "index.sqlite", "oxigraph/CURRENT", "dumps/poverty-kg.ttl"])
def test_a_build_mends_a_damaged_generation(tmp_path: Path, name: str) -> None:
    """Files that were lost or changed come back, although the content has the same key."""
    store = write(tmp_path)
    (store.generation / name).write_bytes(b"damaged")
    (store.generation / "report.json").unlink()
    mended = write(tmp_path)
    assert mended.generation == store.generation
    assert set(mended.quads()) == set(QUADS)
    assert mended.index.totals("kind")
    assert bool(mended.graph.query("ASK { ?s ?p ?o }"))
    assert (mended.generation / "dumps" / "poverty-kg.ttl").read_bytes() != b"damaged"
    assert not list(tmp_path.glob("tmp-*"))


def test_lost_parts_are_damage(tmp_path: Path) -> None:
    """A snapshot or graph that is gone is said to be damaged, with the remedy."""
    store = write(tmp_path)
    (store.generation / "graph.nq").unlink()
    shutil.rmtree(store.oxigraph_path)
    with pytest.raises(StoreError, match="the graph is gone"):
        store.quads()
    with pytest.raises(StoreError, match="Build it anew with: kg build --yes"):
        assert store.graph


def test_one_process_writes_at_a_time(tmp_path: Path) -> None:
    """The second writer is told so at once; the lock goes with its holder."""
    with lock_store(tmp_path), pytest.raises(StoreLockedError, match="another build"), lock_store(tmp_path):
        pass
    with lock_store(tmp_path):
        pass


def test_a_failed_write_leaves_the_earlier_store(tmp_path: Path) -> None:
    """Nothing that a failed or killed build leaves behind is ever seen, and the next build removes it."""
    store = write(tmp_path)

    def broken() -> list[Quad]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), lock_store(tmp_path):
        write_store(tmp_path, (quad for quad in broken()), summary={})
    assert Store.open(tmp_path).key == store.key
    (tmp_path / "tmp-killed").mkdir()
    (tmp_path / "current-1").symlink_to("nowhere")
    write(tmp_path, QUADS[:2])
    assert sorted(path.name[:4] for path in tmp_path.iterdir()) == ["curr", "gen-", "gen-", "lock"]


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    """The system's reason is passed on."""
    (tmp_path / "store").write_text("")
    with pytest.raises(StoreError, match="cannot be written"), lock_store(tmp_path / "store"):
        pass
