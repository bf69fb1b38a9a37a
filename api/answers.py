"""Where the answer to a query goes: straight to the client, or whole into a page for readers."""

from http import HTTPStatus
from typing import NoReturn, Protocol

from starlette.types import Message, Send

from api.limits import MAX_SHOWN_BYTES
from api.problems import ProblemError
from api.protocol import Request


class Sink(Protocol):
    """Takes an answer part by part."""

    def begin(self, kind: bytes) -> None:
        """Take what kind of answer it is: b"results" or b"graph"."""

    async def send(self, content: bytes) -> None:
        """Take a part."""

    async def end(self) -> None:
        """Take note that it is complete."""

    def refuse(self, problem: ProblemError) -> NoReturn:
        """Raise the problem that takes the answer's place."""


class BrokenAnswerError(Exception):
    """An answer that has begun cannot be completed: the connection is to be broken."""


class Stream:
    """The answer on its way to the client; the first part is held back so that a short one has a length."""

    def __init__(self, send: Send, request: Request) -> None:
        """Take the way to the client, and what it has asked."""
        self._send = send
        self._request = request
        self._media_type = ""
        self._held = b""
        self._has_begun = False

    def begin(self, kind: bytes) -> None:
        """Take what kind of answer it is."""
        self._media_type = self._request.media_type(kind)

    async def send(self, content: bytes) -> None:
        """Take a part."""
        if self._has_begun:
            await self._send(_body(content, is_last=False))
        elif self._held:
            self._has_begun = True
            await self._send(self._start())
            await self._send(_body(self._held + content, is_last=False))
        else:
            self._held = content

    async def end(self) -> None:
        """Send what is left."""
        if not self._has_begun:
            self._has_begun = True
            await self._send(self._start(length=len(self._held)))
            await self._send(_body(self._held))
        else:
            await self._send(_body(b""))

    def refuse(self, problem: ProblemError) -> NoReturn:
        """Raise the problem while it can still be the answer; else break the answer off."""
        if self._has_begun:
            raise BrokenAnswerError(problem.detail)
        raise problem

    def _start(self, length: int | None = None) -> Message:
        headers = [(b"content-type", self._media_type.encode())]
        if not self._request.is_repeatable:
            headers.append((b"cache-control", b"no-store"))
        if length is not None:
            headers.append((b"content-length", str(length).encode()))
        return {"type": "http.response.start", "status": HTTPStatus.OK.value, "headers": headers}


class Collection:
    """An answer kept for a page.

    Attributes:
        kind: b"results" or b"graph".
        content: The answer, whole.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.kind = b""
        self.content = bytearray()

    def begin(self, kind: bytes) -> None:
        """Take what kind of answer it is."""
        self.kind = kind

    async def send(self, content: bytes) -> None:
        """Take a part."""
        self.content += content
        if len(self.content) > MAX_SHOWN_BYTES:
            detail = f"The result is longer than the {MAX_SHOWN_BYTES} bytes that a page shows."
            self.refuse(ProblemError(HTTPStatus.INSUFFICIENT_STORAGE, detail, hint="Add LIMIT, or choose CSV."))

    async def end(self) -> None:
        """Take note that it is complete."""

    def refuse(self, problem: ProblemError) -> NoReturn:
        """Raise the problem."""
        raise problem


def _body(content: bytes, *, is_last: bool = True) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": not is_last}
