"""SPARQL 1.1 Protocol, queries only (https://www.w3.org/TR/sparql11-protocol/): plain ASGI over the pool.

The request is read by :mod:`api.protocol`, the query parsed and evaluated in another process (:mod:`api.workers`), the
answer passed on as it comes. A limit that is hit after the first bytes breaks the connection, so that no answer is
silently short.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.answers import BrokenAnswerError, Collection, Sink, Stream
from api.guard import SNAPSHOT
from api.limits import RETRY_AFTER_S
from api.negotiate import HTML, TURTLE, choose
from api.problems import ProblemError, not_acceptable, problem_of
from api.protocol import Request, parse_request, read_parameters
from api.query_pages import QueryPages
from api.workers import Fault, Kind, Pool, PoolBusyError, WorkerDiedError, WorkerStartError
from kg.errors import QueryTimeoutError

_log = logging.getLogger(__name__)

_ALLOWED = "GET, HEAD, POST, OPTIONS"


class SparqlEndpoint:
    """The route ``/sparql``."""

    def __init__(self, pool: Pool, pages: QueryPages, *, timeout_s: float, base_iri: str) -> None:
        """Take the pool, the pages for readers, and the limit of time.

        Args:
            pool: The query processes.
            pages: What browsers see.
            timeout_s: How long a query may take, its answer sent.
            base_iri: What relative IRIs in queries are resolved against.
        """
        self._pool = pool
        self._pages = pages
        self._timeout_s = timeout_s
        self._base_iri = base_iri

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = await self._answer(scope, receive, send)
        except ProblemError as problem:
            answer = problem.response(Headers(scope=scope).get("accept"))
        except BrokenAnswerError as error:
            # The server closes the connection of an answer that is left without its end.
            _log.warning("An answer was broken off: %s", error)
            return
        if answer is not None:
            await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> Response | None:
        """Return a whole answer, or None where it has been streamed."""
        if scope["method"] not in {"GET", "POST"}:
            raise ProblemError(HTTPStatus.METHOD_NOT_ALLOWED, "Queries are read only.", headers={"Allow": _ALLOWED})
        headers = Headers(scope=scope)
        parameters = await read_parameters(scope, headers, receive)
        if scope["method"] == "GET" and not parameters:
            return self._introduce(scope, headers)
        request = parse_request(parameters, headers.get("accept"))
        if request.is_for_reader:
            return await self._show(request, scope, receive)
        await self._query(request, Stream(send, request), scope, receive)
        return None

    def _introduce(self, scope: Scope, headers: Headers) -> Response:
        chosen = choose(headers.get("accept"), (TURTLE, HTML))
        if chosen is None:
            raise not_acceptable("text/turtle, text/html")
        return self._pages.form() if chosen is HTML else self._pages.description(scope[SNAPSHOT])

    async def _show(self, request: Request, scope: Scope, receive: Receive) -> Response:
        """Return the answer, or what is wrong, on the page with the form."""
        collection = Collection()
        try:
            await self._query(request, collection, scope, receive)
        except ProblemError as problem:
            return self._pages.problem(request.query, problem)
        page = self._pages.result(request.query, collection)
        if not request.is_repeatable:
            page.headers["Cache-Control"] = "no-store"
        return page

    async def _query(self, request: Request, sink: Sink, scope: Scope, receive: Receive) -> None:
        """Evaluate until the answer is sent, the time is over, or the client has left."""
        evaluation = asyncio.create_task(self._evaluate(request, scope, sink))
        departure = asyncio.create_task(_wait_for_departure(receive))
        try:
            done, _ = await asyncio.wait(
                {evaluation, departure}, timeout=self._timeout_s, return_when=asyncio.FIRST_COMPLETED
            )
            if evaluation in done:
                await evaluation
            elif not done:
                sink.refuse(problem_of(QueryTimeoutError(self._timeout_s)))
        finally:
            await _cancel(departure)
            await _cancel(evaluation)

    async def _evaluate(self, request: Request, scope: Scope, sink: Sink) -> None:
        snapshot = scope[SNAPSHOT].store.oxigraph_path.resolve()
        try:
            async with (
                self._pool.worker(snapshot, patience_s=self._timeout_s / 2) as worker,
                aclosing(worker.ask(request.question(self._base_iri))) as messages,
            ):
                await _forward(messages, sink)
        except PoolBusyError:
            headers = {"Retry-After": str(RETRY_AFTER_S)}
            sink.refuse(ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "Too many queries are running.", headers=headers))
        except WorkerStartError as error:
            _log.error("No query process could be started: %s", error)
            sink.refuse(ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "No query process could be started."))
        except WorkerDiedError:
            _log.warning("A query process died, most likely of its limit of memory.")
            detail = "The query needs more memory than it may have."
            sink.refuse(ProblemError(HTTPStatus.INSUFFICIENT_STORAGE, detail, hint="Ask for less, or use a dump."))


async def _forward(messages: AsyncIterator[tuple[Kind, bytes]], sink: Sink) -> None:
    async for kind, content in messages:
        if kind is Kind.HEAD:
            sink.begin(content)
        elif kind is Kind.DATA:
            await sink.send(content)
        elif kind is Kind.END:
            await sink.end()
        else:
            sink.refuse(_problem(Fault.decode(content)))


def _problem(fault: Fault) -> ProblemError:
    if not fault.line:
        return ProblemError(fault.status, fault.detail)
    return ProblemError(fault.status, fault.detail, line=fault.line, column=fault.column)


async def _wait_for_departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cancel(task: "asyncio.Task[None]") -> None:
    """Stop a task and wait for its end; what it raised has been looked at, or concerns nobody any more."""
    task.cancel()
    with suppress(asyncio.CancelledError, ProblemError, BrokenAnswerError):
        await task
