"""The server put together: wiring only."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import ASGIApp

from api import about, articles, claims, dumps, entities, figures, pages, paths, resources, search, stats
from api.guard import Guard
from api.problems import install_handlers
from api.query_pages import QueryPages
from api.snapshots import Snapshots
from api.sparql import SparqlEndpoint
from api.workers import Pool, WorkerLimits
from kg import __version__
from kg.settings import Settings, load_settings

_DESCRIPTION = "Chinese reports on poverty alleviation as a knowledge graph with a source sentence behind every claim."
_ROUTERS = (
    entities.router,
    paths.router,
    figures.router,
    claims.router,
    articles.router,
    search.router,
    stats.router,
    dumps.router,
    about.router,
    pages.router,
    resources.router,
)


def create_default_app() -> ASGIApp:
    """Return the server with the settings of ``kg.toml`` and the environment; for uvicorn, which takes it by name."""
    return create_app(load_settings(os.environ))


def create_app(settings: Settings) -> ASGIApp:
    """Return the server for one store; the store need not be there yet.

    Args:
        settings: Where the store lies, and the limits of queries.
    """
    snapshots = Snapshots(settings.store)
    limits = WorkerLimits(memory_bytes=settings.query_memory_mb << 20, output_bytes=settings.result_limit_mb << 20)
    pool = Pool(settings.query_workers, limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await pool.close()
        snapshots.close()

    app = FastAPI(
        title="poverty-kg",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # They would name the host that the client has sent.
        redirect_slashes=False,
    )
    install_handlers(app)
    for router in _ROUTERS:
        app.include_router(router)
    app.router.routes.append(Route("/sparql", _endpoint(pool, settings), include_in_schema=False))
    return Guard(app, snapshots)


def _endpoint(pool: Pool, settings: Settings) -> SparqlEndpoint:
    pages = QueryPages(settings)
    return SparqlEndpoint(pool, pages, timeout_s=settings.query_timeout_s, base_iri=settings.base_iri)
