"""What holds for every request: limits, one generation of the store, validators, and the header fields of answers.

Plain ASGI, so that the SPARQL route streams through it untouched.
"""

import hashlib
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limits import MAX_HEADER_BYTES, MAX_TARGET_BYTES
from api.problems import ProblemError, problem_of
from api.snapshots import Snapshots
from kg import __version__
from kg.errors import StoreError

#: Key of the scope under which a request finds its generation.
SNAPSHOT = "kg.snapshot"

#: Pages load their style sheet and nothing else: no script, no frame, no foreign origin.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After",
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
}
#: Paths that answer without a store, and the one that answers HEAD itself.
_STORELESS = ("/healthz", "/static/", "/docs", "/openapi.json")
_OWN_HEAD = "/dumps/"
#: Methods: of the one path that takes queries by POST, and of all others.
_QUERY_PATH, _QUERY_METHODS, _METHODS = "/sparql", "GET, HEAD, POST, OPTIONS", "GET, HEAD, OPTIONS"


class Guard:
    """The outermost part of the server."""

    def __init__(self, app: ASGIApp, snapshots: Snapshots) -> None:
        """Take the application and the store it serves."""
        self._app = app
        self._snapshots = snapshots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass on what is none."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        problem = _refusal(scope)
        if problem is not None:
            await problem(scope, receive, answer.send)
        elif scope["method"] == "OPTIONS":
            await answer.preflight()
        else:
            await self._pass(scope, receive, answer)

    async def _pass(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        if scope["method"] == "HEAD" and not scope["path"].startswith(_OWN_HEAD):
            scope = {**scope, "method": "GET"}
        if scope["path"].startswith(_STORELESS):
            await self._app(scope, receive, answer.send)
            return
        try:
            snapshot = self._snapshots.current()
        except StoreError as error:
            await problem_of(error)(scope, receive, answer.send)
            return
        answer.build = snapshot.key
        with snapshot.read():
            await self._app({**scope, SNAPSHOT: snapshot}, receive, answer.send)


def _refusal(scope: Scope) -> ProblemError | None:
    """Return the answer to a request that is too large to look at, or None."""
    if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > MAX_TARGET_BYTES:
        hint = "Send long queries by POST."
        return ProblemError(HTTPStatus.REQUEST_URI_TOO_LONG, f"The target exceeds {MAX_TARGET_BYTES} bytes.", hint=hint)
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADER_BYTES:
        detail = f"The header exceeds {MAX_HEADER_BYTES} bytes."
        return ProblemError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail)
    return None


class _Answer:
    """One answer on its way out.

    Attributes:
        build: Key of the generation it was made from; empty where it was made from none.
    """

    def __init__(self, scope: Scope, send: Send) -> None:
        self.build = ""
        self._scope = scope
        self._send = send
        self._has_body = scope["method"] != "HEAD"
        self._is_replaced = False

    async def preflight(self) -> None:
        """Answer OPTIONS."""
        headers = MutableHeaders({**_ALWAYS, **_PREFLIGHT, "Access-Control-Allow-Methods": self._methods})
        headers["Allow"] = self._methods
        await self._send({"type": "http.response.start", "status": HTTPStatus.NO_CONTENT, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": b""})

    async def send(self, message: Message) -> None:
        """Pass a message on: the start with more header fields, the body where there may be one."""
        if message["type"] == "http.response.start":
            await self._send_start(message)
        elif self._is_replaced:
            return
        elif self._has_body:
            await self._send(message)
        elif not message.get("more_body", False):
            await self._send({"type": "http.response.body", "body": b""})

    async def _send_start(self, message: Message) -> None:
        problem = self._bare_problem(message)
        if problem is None:
            await self._send(self._start(message))
            return
        # The parts behind have errors of their own, in plain text: a range that cannot be satisfied, for one.
        await self._send(self._start({**message, "headers": problem.raw_headers}))
        await self._send({"type": "http.response.body", "body": problem.body if self._has_body else b""})
        self._is_replaced = True

    def _start(self, message: Message) -> Message:
        headers = MutableHeaders(raw=list(message["headers"]))
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        headers.add_vary_header("Accept")
        if message["status"] == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = self._methods
        if self._is_repeatable(message, headers):
            headers.setdefault("ETag", self._validator(headers))
            headers.setdefault("Cache-Control", "public, no-cache")
            if is_known(headers["ETag"], Headers(scope=self._scope).get("if-none-match", "")):
                self._has_body = False
                del headers["content-length"]
                return {**message, "status": HTTPStatus.NOT_MODIFIED, "headers": headers.raw}
        return {**message, "headers": headers.raw}

    @property
    def _methods(self) -> str:
        return _QUERY_METHODS if self._scope["path"] == _QUERY_PATH else _METHODS

    def _is_repeatable(self, message: Message, headers: MutableHeaders) -> bool:
        """Tell whether the same request gets the same answer from the same build."""
        is_read = message["status"] == HTTPStatus.OK and self._scope["method"] in {"GET", "HEAD"}
        return is_read and headers.get("cache-control") != "no-store"

    def _bare_problem(self, message: Message) -> Response | None:
        """Return the one body for an error that has come in plain text, or None."""
        headers = Headers(raw=message["headers"])
        kind = headers.get("content-type", "text/plain")
        if message["status"] < HTTPStatus.BAD_REQUEST or not kind.startswith("text/plain"):
            return None
        kept = {name: value for name, value in headers.items() if name in {"allow", "content-range", "retry-after"}}
        problem = ProblemError(message["status"], HTTPStatus(message["status"]).phrase + ".", headers=kept)
        return problem.response(Headers(scope=self._scope).get("accept"))

    def _validator(self, headers: MutableHeaders) -> str:
        """Return a strong validator: program, build, request and format determine every answer."""
        target = self._scope.get("raw_path") or self._scope["path"].encode()
        kind = headers.get("content-type", "").encode()
        parts = (__version__.encode(), self.build.encode(), target, self._scope["query_string"], kind)
        digest = hashlib.sha256(b"\n".join(parts)).hexdigest()[:32]
        return f'"{digest}"'


def is_known(validator: str, if_none_match: str) -> bool:
    """Tell whether a client has the answer already (RFC 9110 §13.1.2: weak comparison)."""
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in known or validator.removeprefix("W/") in known
