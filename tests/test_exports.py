"""The public names of each package: what __all__ lists can be imported (ruff keeps it sorted)."""

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = sorted(
    ".".join(path.parent.relative_to(ROOT).parts)
    for folder in ("kg", "api")
    for path in (ROOT / folder).rglob("__init__.py")
)


@pytest.mark.parametrize("name", PACKAGES)
def test_exported_names_exist_once(name: str) -> None:
    """Every package lists its public names, each once, and has them."""
    package = importlib.import_module(name)
    assert package.__doc__
    names = list(package.__all__)
    assert all(hasattr(package, exported) for exported in names)
    assert len(names) == len(set(names))
