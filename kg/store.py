"""The store: immutable generations of one graph, each replaced by the next in one atomic step.

A generation is written into a folder of its own, named by its content, and becomes the current one by one
``os.replace`` of a link. Whoever has the earlier one open keeps reading it; a build that dies leaves it untouched.
Layout: docs/architecture.md. Questions of strangers never run here: :attr:`Store.graph` is for fixed queries.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, Triple

from kg import __version__
from kg.errors import StoreError, StoreLockedError, reason_of
from kg.index import Index, SourceRow, build_index
from kg.rdf.serialise import DUMP_FORMATS, DumpFormat, read_canonical, write_canonical, write_dump

#: Raised when a store written before cannot be read any more.
FORMAT_VERSION = 2

#: Earlier generations that stay on disk for servers that still read them.
KEPT_GENERATIONS = 1

_BUILD_REMEDY = "Make one with: kg build"
_REBUILD_REMEDY = "Build it anew with: kg build --yes"
_CHUNK_BYTES = 1 << 20
#: Hash of every file of a generation.
MANIFEST = "files.json"


@dataclass(frozen=True, slots=True)
class Dump:
    """One file of ``/dumps/``.

    Attributes:
        name: File name, such as poverty-kg.ttl.
        path: Where it lies.
        media_type: Registered media type.
        size_bytes: Its size.
        sha256: 64 lower-case hexadecimal digits.
        statements: Triples or quads in it.
    """

    name: str
    path: Path
    media_type: str
    size_bytes: int
    sha256: str
    statements: int


class Store:
    """One generation, read only.

    Attributes:
        directory: The store's folder, which holds all generations.
        generation: The folder of this generation.
        meta: Content of ``meta.json``.
    """

    def __init__(self, directory: Path, generation: Path, meta: Mapping[str, Any]) -> None:
        """Take what :meth:`open` has checked."""
        self.directory = directory
        self.generation = generation
        self.meta = meta

    @classmethod
    def open(cls, directory: Path) -> "Store":
        """Return the current generation of a store.

        Raises:
            StoreError: if there is no store, or one of another version, or a damaged one.
        """
        generation = _current_generation(directory)
        meta = _read_json(generation / "meta.json")
        if meta.get("format") != FORMAT_VERSION:
            raise StoreError(
                f"the store has format {meta.get('format')!r}, this version reads format {FORMAT_VERSION}",
                where=str(directory),
                remedy=_REBUILD_REMEDY,
            )
        return cls(directory, generation, meta)

    @staticmethod
    def current_key(directory: Path) -> str | None:
        """Return the key of the current generation, or None; one system call, for a look before each request."""
        try:
            return (directory / "current").readlink().name.removeprefix("gen-")
        except OSError:
            return None

    @property
    def key(self) -> str:
        """The content hash that names the generation: 16 hexadecimal digits."""
        return self.generation.name.removeprefix("gen-")

    @property
    def canonical(self) -> Path:
        """The canonical N-Quads file.

        Raises:
            StoreError: if it is gone.
        """
        path = self.generation / "graph.nq"
        if not path.is_file():
            raise _damaged("the graph is gone", path)
        return path

    @property
    def oxigraph_path(self) -> Path:
        """The RocksDB snapshot for SPARQL."""
        return self.generation / "oxigraph"

    @property
    def index_path(self) -> Path:
        """The SQLite file of names, figures, claims and texts."""
        return self.generation / "index.sqlite"

    @cached_property
    def graph(self) -> pyoxigraph.Store:
        """The snapshot, opened once, for the project's own queries.

        Raises:
            StoreError: if it is damaged.
        """
        try:
            return pyoxigraph.Store.read_only(str(self.oxigraph_path))
        except (OSError, RuntimeError) as exc:
            raise _damaged(str(exc), self.oxigraph_path) from exc

    @cached_property
    def index(self) -> Index:
        """The index, opened once."""
        return Index(self.index_path)

    def quads(self) -> Iterator[Quad]:
        """Return all quads in canonical order, lazily, with their lexical forms as built.

        Raises:
            StoreError: if the file is gone.
        """
        return read_canonical(self.canonical)

    def triples(self) -> Iterator[Triple]:
        """Yield the triples of the default graph in canonical order, lazily."""
        return (quad.triple for quad in self.quads() if isinstance(quad.graph_name, DefaultGraph))

    def dumps(self) -> tuple[Dump, ...]:
        """Return the dumps in the order of their names."""
        rows = self.meta["dumps"]
        return tuple(Dump(path=self.generation / "dumps" / row["name"], **row) for row in rows)

    def summary(self) -> dict[str, Any]:
        """Return what happened in the build as a whole; of single articles :meth:`Index.article_reports` tells."""
        return _read_json(self.generation / "summary.json")

    def report(self) -> dict[str, Any]:
        """Return the whole report of the build: the summary, and "articles" with the part of each."""
        return _read_json(self.generation / "report.json")


def _current_generation(directory: Path) -> Path:
    key = Store.current_key(directory)
    if key is None:
        raise StoreError("there is no store here", where=str(directory), remedy=_BUILD_REMEDY)
    generation = directory / f"gen-{key}"
    if not (generation / "meta.json").is_file():
        raise _damaged("its current generation is not whole", directory)
    return generation


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise _damaged(str(exc), path) from exc
    if not isinstance(content, dict):
        raise _damaged("no JSON object", path)
    return content


def _damaged(reason: str, where: Path) -> StoreError:
    return StoreError(f"the store is damaged: {reason}", where=str(where), remedy=_REBUILD_REMEDY)


def _not_writable(directory: Path, exc: OSError) -> StoreError:
    remedy = "Check space and permissions, or name another --store."
    return StoreError(f"the store cannot be written: {reason_of(exc)}", where=str(directory), remedy=remedy)


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _write_report(file: IO[str], summary: Mapping[str, Any], articles: Iterable[str]) -> None:
    """Write the whole report as JSON, one article after another: there may be very many."""
    file.write('{\n"articles": [')
    for number, article in enumerate(articles):
        file.write(f"{',' if number else ''}\n{article}")
    file.write("\n]")
    for name in sorted(summary):
        file.write(f",\n{json.dumps(name)}: {json.dumps(summary[name], ensure_ascii=False, sort_keys=True)}")
    file.write("\n}\n")


@contextmanager
def lock_store(directory: Path) -> Iterator[None]:
    """Hold the store for writing; the lock goes with the process, however it ends.

    Raises:
        StoreLockedError: if another process holds it.
        StoreError: if the folder cannot be made or written.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        file = (directory / "lock").open("w", encoding="utf-8")
    except OSError as exc:
        raise _not_writable(directory, exc) from exc
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise StoreLockedError(
                "another build is writing this store",
                where=str(directory),
                remedy="Wait for it, or name another --store.",
            ) from exc
        yield


def write_store(
    directory: Path,
    quads: Iterable[Quad],
    *,
    sources: Iterable[SourceRow] = (),
    summary: Mapping[str, Any],
) -> Store:
    """Write a new generation and make it the current one; call it with the lock held.

    Args:
        directory: The store's folder.
        quads: All quads, in any order, repeats allowed.
        sources: What the articles were read from, each once, in the order of their keys; taken one after another.
        summary: What happened in the build as a whole; without times, so that equal input gives an equal store.

    An equal generation that is there already stays, unless it was damaged.

    Raises:
        StoreError: if the disk refuses.
    """
    _remove_stale(directory)
    work = Path(tempfile.mkdtemp(prefix="tmp-", dir=directory))
    try:
        _write_generation(work, quads, sources, summary)
        generation = directory / f"gen-{_content_key(work)}"
        if not _is_whole(generation):
            if generation.exists():
                generation.rename(directory / f"tmp-damaged-{generation.name}")
            work.chmod(0o755)
            work.rename(generation)
        _make_current(directory, generation)
        _remove_stale(directory)
    except OSError as exc:
        raise _not_writable(directory, exc) from exc
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Store.open(directory)


def _write_generation(
    work: Path, quads: Iterable[Quad], sources: Iterable[SourceRow], summary: Mapping[str, Any]
) -> None:
    canonical = work / "graph.nq"
    statements = write_canonical(quads, canonical)
    graph = pyoxigraph.Store(str(work / "oxigraph"))
    graph.bulk_extend(read_canonical(canonical))
    graph.optimize()
    graph.flush()
    del graph
    build_index(work / "index.sqlite", read_canonical(canonical), sources=sources)
    _write_json(work / "summary.json", summary)
    with (work / "report.json").open("w", encoding="utf-8") as file:
        _write_report(file, summary, Index(work / "index.sqlite").article_reports())
    (work / "dumps").mkdir()
    rows = [_write_dump_file(canonical, work / "dumps", row) for row in DUMP_FORMATS.values()]
    meta = {"format": FORMAT_VERSION, "version": __version__, "statements": statements}
    _write_json(work / "meta.json", {**meta, "dumps": sorted(rows, key=lambda row: str(row["name"]))})
    _write_json(work / MANIFEST, {str(path.relative_to(work)): _file_hash(path) for path in _kept_files(work)})
    _flush(work)


def _kept_files(generation: Path) -> list[Path]:
    """Return the files of a generation that never change; RocksDB writes its logs anew."""
    files = (path for path in generation.rglob("*") if path.is_file() and path.name != MANIFEST)
    return sorted(path for path in files if not path.name.startswith(("LOG", "LOCK")))


def _is_whole(generation: Path) -> bool:
    """Tell whether a generation has all files of its manifest, unchanged."""
    try:
        manifest = _read_json(generation / MANIFEST)
        return all(_file_hash(generation / name) == digest for name, digest in manifest.items())
    except (StoreError, OSError):
        return False


def _flush(folder: Path) -> None:
    """Have the system write a folder's files to the disk, so that a power cut leaves no half generation."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _write_dump_file(canonical: Path, folder: Path, dump_format: DumpFormat) -> dict[str, str | int]:
    path = folder / f"poverty-kg.{dump_format.suffix}"
    with path.open("wb") as file:
        write_dump(canonical, file, dump_format)
    return {
        "name": path.name,
        "media_type": dump_format.media_type,
        "size_bytes": path.stat().st_size,
        "sha256": _file_hash(path),
        "statements": _count_statements(canonical, in_all_graphs=dump_format.has_graphs),
    }


def _count_statements(canonical: Path, *, in_all_graphs: bool) -> int:
    quads = read_canonical(canonical)
    if in_all_graphs:
        return sum(1 for _ in quads)
    return sum(1 for quad in quads if isinstance(quad.graph_name, DefaultGraph))


def _file_hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _content_key(work: Path) -> str:
    """Return what names a generation: graph, report and the versions that wrote them."""
    parts = [_file_hash(work / name) for name in ("graph.nq", "report.json", "meta.json")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _make_current(directory: Path, generation: Path) -> None:
    earlier = Store.current_key(directory)
    link = directory / f"current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(generation.name)
    link.replace(directory / "current")
    kept = {generation.name, f"gen-{earlier}"} if KEPT_GENERATIONS else {generation.name}
    for old in directory.glob("gen-*"):
        if old.name not in kept:
            shutil.rmtree(old, ignore_errors=True)


def _remove_stale(directory: Path) -> None:
    """Remove what killed builds left behind."""
    for left in (*directory.glob("tmp-*"), *directory.glob("current-*")):
        if left.is_symlink():
            left.unlink(missing_ok=True)
        else:
            shutil.rmtree(left, ignore_errors=True)
