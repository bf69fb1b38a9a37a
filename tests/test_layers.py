"""The layers of docs/architecture.md: imports go downwards only, and never in a circle."""

import ast
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parent.parent

#: Layer of each module by its longest fitting name; an import may lead to a lower number or stay within a package.
LAYERS = {
    "kg": 0,
    "kg.errors": 0,
    "kg.settings": 1,
    "kg.model": 1,
    "kg.terms": 1,
    "kg.runner": 1,
    "kg.pinyin": 1,
    "kg.text": 2,
    "kg.link": 2,
    "kg.index": 2,
    "kg.read": 3,
    "kg.extract": 3,
    "kg.rdf": 3,
    "kg.store": 4,
    "kg.explain": 4,
    "kg.suppression": 3,
    "kg.curation": 4,
    "kg.report": 4,
    "kg.reading": 4,
    "kg.results": 5,
    "kg.pipeline": 4,
    "kg.build": 6,
    "kg.evaluate": 6,
    "kg.cli": 7,
    "api": 7,
}
#: Neighbours on one level that do not know each other, apart from what is listed.
STRANGERS = {
    ("kg.extract", "kg.link"),
    ("kg.extract", "kg.read"),
    ("kg.read", "kg.extract"),
    ("kg.read", "kg.rdf"),
    ("kg.read", "kg.link"),
    ("kg.extract", "kg.rdf"),
    ("kg.text", "kg.link"),
    ("kg.link", "kg.text"),
}
#: What the server may know of the rest.
API_MAY_IMPORT = {"kg", "kg.store", "kg.index", "kg.model", "kg.terms", "kg.settings", "kg.errors"}
#: Where RDF libraries may be imported.
RDF_HOMES = ("kg.terms", "kg.rdf", "kg.store", "kg.build", "api.graphs", "api.workers")
RDF_LIBRARIES = {"pyoxigraph", "rdflib", "pyshacl", "shifty"}


def module_name(path: Path) -> str:
    """Return the dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    """Return the absolute names that a file imports, within functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
    return names


MODULES = {module_name(path): path for folder in ("kg", "api") for path in sorted((ROOT / folder).rglob("*.py"))}


def family_of(name: str) -> str:
    """Return the entry of LAYERS that a module belongs to."""
    fitting = [entry for entry in LAYERS if name == entry or name.startswith(f"{entry}.")]
    return max(fitting, key=len)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_go_downwards(name: str) -> None:
    """A module imports lower layers, or its own package."""
    own = family_of(name)
    assert own != "kg" or name == "kg", f"{name} has no layer in this test"
    for imported in imports_of(MODULES[name]):
        if imported.split(".")[0] not in {"kg", "api"}:
            continue
        other = family_of(imported)
        assert other == own or LAYERS[other] < LAYERS[own] or _is_known_neighbour(own, other), f"{name} → {imported}"
        assert (own, other) not in STRANGERS, f"{name} → {imported}"


def _is_known_neighbour(own: str, other: str) -> bool:
    return (own, other) in {("kg.build", "kg.pipeline"), ("kg.report", "kg.model")}


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name.startswith("api")))
def test_the_server_knows_little_of_the_rest(name: str) -> None:
    """The server reaches the store and the index, never the extraction."""
    known = {family_of(imported) for imported in imports_of(MODULES[name]) if imported.split(".")[0] == "kg"}
    assert known <= API_MAY_IMPORT


@pytest.mark.parametrize("name", sorted(name for name in MODULES if not name.startswith(RDF_HOMES)))
def test_rdf_libraries_stay_at_home(name: str) -> None:
    """Extractors, index and pages know no RDF library."""
    used = {imported.split(".")[0] for imported in imports_of(MODULES[name])} & RDF_LIBRARIES
    assert not used, f"{name} imports {used}"


def test_no_import_runs_in_a_circle() -> None:
    """The graph of modules has no cycle; a package's own re-exports do not count."""
    graph = nx.DiGraph()
    for name, path in MODULES.items():
        if path.name == "__init__.py":
            continue
        graph.add_edges_from((name, imported) for imported in imports_of(path) if imported in MODULES)
    packages = [name for name, path in MODULES.items() if path.name == "__init__.py"]
    graph.remove_nodes_from(packages)
    assert list(nx.simple_cycles(graph)) == []
