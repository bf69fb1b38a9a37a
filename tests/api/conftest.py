import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Message

from api.app import create_app
from kg.settings import Settings
from tests.api.sample import write_sample


class Site:
    """The whole server over one store, asked without a port; one event loop for all requests."""

    def __init__(self, settings: Settings, *, raises: bool = True) -> None:
        self.settings = settings
        self.app: ASGIApp = create_app(settings)
        self.runner = asyncio.Runner()
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=raises)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://kg.test")

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Return the answer to a request."""
        return self.runner.run(self.client.request(method, path, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Return the answer to a GET."""
        return self.request("GET", path, **options)

    def query(self, query: str, **headers: str) -> httpx.Response:
        """Return the answer to a query."""
        return self.get("/sparql", params={"query": query}, headers=headers)

    def close(self) -> None:
        """End the query processes and the loop."""
        self.runner.run(self._close())
        self.runner.close()

    async def _close(self) -> None:
        """Run the lifespan: up, and at once down again, which ends the query processes."""
        await self.client.aclose()
        messages = iter(({"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}))

        async def receive() -> Message:
            return next(messages)

        async def send(_: Message) -> None:
            pass

        await self.app({"type": "lifespan"}, receive, send)


@pytest.fixture(scope="session")
def store_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's store."""
    directory = tmp_path_factory.mktemp("store")
    write_sample(directory)
    return directory


@pytest.fixture(scope="session")
def site(store_directory: Path) -> Iterator[Site]:
    """The server over the sample's store."""
    site = Site(Settings(store=store_directory, query_workers=2, query_timeout_s=20.0))
    yield site
    site.close()
