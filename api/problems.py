"""Errors as one body, whatever part of the server they come from: ``application/problem+json`` (RFC 9457).

Whoever prefers a page, as browsers do, gets the same as a page with the way back.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.negotiate import HTML, Format, choose
from api.templates import render
from kg.errors import (
    KgError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    ResultTooLargeError,
    StoreError,
)

PROBLEM = Format("problem", "application/problem+json", ("application/json",))

#: Status of each error of ours; the first class that fits counts.
_STATUSES: tuple[tuple[type[KgError], HTTPStatus], ...] = (
    (QuerySyntaxError, HTTPStatus.BAD_REQUEST),
    (QueryTimeoutError, HTTPStatus.GATEWAY_TIMEOUT),
    (ResultTooLargeError, HTTPStatus.INSUFFICIENT_STORAGE),
    (QueryError, HTTPStatus.BAD_REQUEST),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
)


class ProblemError(Exception):
    """An answer that is an error.

    Attributes:
        status: HTTP status.
        detail: What went wrong, one sentence.
        fields: More members of the body: line, column, hint.
        headers: More header fields.
    """

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **fields: str | float
    ) -> None:
        """Take status, sentence and more."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.fields = fields
        self.headers = dict(headers or {})

    def response(self, accept: str | None = None) -> Response:
        """Return the answer, as a page where the Accept header prefers one."""
        if choose(accept, (PROBLEM, HTML)) is HTML:
            return self._page()
        body = {"type": "about:blank", "title": HTTPStatus(self.status).phrase, "status": self.status}
        content = json.dumps({**body, "detail": self.detail, **self.fields}, ensure_ascii=False) + "\n"
        return Response(content, self.status, self._headers(), PROBLEM.media_type)

    def _page(self) -> Response:
        response = render("problem.html", status=self.status, problem=self, title=HTTPStatus(self.status).phrase)
        response.headers.update(self._headers())
        return response

    def _headers(self) -> dict[str, str]:
        return {"Cache-Control": "no-store", **self.headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with it."""
        await self.response(Headers(scope=scope).get("accept"))(scope, receive, send)


def not_found(what: str) -> ProblemError:
    """Return the answer for something that is not in the graph."""
    return ProblemError(HTTPStatus.NOT_FOUND, f"The graph has no {what}.")


def not_acceptable(offers: str) -> ProblemError:
    """Return the answer where no format on offer is accepted."""
    return ProblemError(
        HTTPStatus.NOT_ACCEPTABLE, "None of the formats on offer is accepted.", hint=f"Offered: {offers}."
    )


def problem_of(error: KgError) -> ProblemError:
    """Return the answer for an error of ours."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    fields: dict[str, Any] = {"hint": error.remedy} if error.remedy else {}
    if isinstance(error, QuerySyntaxError) and error.line:
        fields |= {"line": error.line, "column": error.column}
    # The place of a store is the server's own business; that of a fault in a query stands in line and column.
    return ProblemError(status, str(error.args[0]), **fields)


def install_handlers(app: FastAPI) -> None:
    """Make every error of an application answer with the one body."""
    app.add_exception_handler(ProblemError, _answer_problem)
    app.add_exception_handler(KgError, _answer_own)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(Exception, _answer_unknown)


def _answer(request: Request, problem: ProblemError) -> Response:
    return problem.response(request.headers.get("accept"))


def _answer_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101 - as installed
    return _answer(request, error)


def _answer_own(request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)  # noqa: S101 - as installed
    return _answer(request, problem_of(error))


def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as installed
    return _answer(request, ProblemError(error.status_code, str(error.detail), headers=error.headers))


def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as installed
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:]) or "request"
    problem = ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{where}: {first['msg']}", parameter=where)
    return _answer(request, problem)


def _answer_unknown(request: Request, _: Exception) -> Response:
    """Answer for a fault of ours; what it was stands in the log and is nobody else's business."""
    return _answer(request, ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "The server has a fault."))
