import re
from pathlib import Path

import pytest

from api.app import create_default_app
from api.guard import Guard
from tests.api.conftest import Site

DOCS = Path(__file__).parent.parent.parent / "docs" / "http.md"


def test_every_route_is_described(site: Site) -> None:
    """Each path of the OpenAPI document, and each page, stands in docs/http.md."""
    text = DOCS.read_text("utf-8")
    pages = [
        "/sparql",
        "/id/",
        "/entity/",
        "/ns",
        "/.well-known/void",
        "/docs",
        "/openapi.json",
        "/search",
        "/entities",
    ]
    for path in [*site.get("/openapi.json").json()["paths"], *pages]:
        assert f"`{path}" in text or f" {path}" in text, path


def test_every_limit_is_described() -> None:
    """Each constant of api/limits.py that bounds a request stands in docs/http.md."""
    source = (Path(__file__).parent.parent.parent / "api" / "limits.py").read_text("utf-8")
    text = DOCS.read_text("utf-8")
    for name in re.findall(r"^([A-Z_]+) =", source, re.MULTILINE):
        assert f"`{name}`" in text, name


def test_the_server_is_made_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Uvicorn takes the factory by its name; the store need not be there."""
    monkeypatch.setenv("KG_STORE", str(tmp_path))
    assert isinstance(create_default_app(), Guard)
