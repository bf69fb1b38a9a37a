"""What routes ask of a request: its generation of the store, its address, the page of a listing that it wants."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from http import HTTPStatus
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Path, Query, Request, Response

from api.guard import SNAPSHOT
from api.limits import DEFAULT_ITEMS, MAX_ADDRESS_CHARS, MAX_ITEMS, MAX_WORDS_CHARS
from api.negotiate import JSON, Format, choose
from api.problems import ProblemError, not_acceptable, not_found
from api.snapshots import Snapshot
from kg.index import Index, address_of, address_path
from kg.model import PLACE_KINDS, Kind

Item = TypeVar("Item")

_LISTING_BYTES = 6

#: Words of a search or filter.
Words = Annotated[str | None, Query(max_length=MAX_WORDS_CHARS)]
KindName = Annotated[
    str | None, Query(max_length=MAX_WORDS_CHARS, description="County, Person, Programme …, or Place for all places.")
]
#: A key or address as a parameter.
Key = Annotated[str | None, Query(max_length=MAX_ADDRESS_CHARS)]
Cursor = Annotated[
    str | None, Query(max_length=2 * MAX_ADDRESS_CHARS, description="The page after: next of the page before.")
]
Limit = Annotated[int, Query(ge=1, le=MAX_ITEMS, description="Items of one page.")]


def _snapshot(request: Request) -> Snapshot:
    snapshot = request.scope[SNAPSHOT]
    assert isinstance(snapshot, Snapshot)  # noqa: S101 - set by the guard
    return snapshot


#: The generation of the store that this request reads.
CurrentSnapshot = Annotated[Snapshot, Depends(_snapshot)]


class Offer:
    """Chooses among the formats of a route by the request's Accept."""

    def __init__(self, *formats: Format) -> None:
        """Take the formats, the one for clients that accept anything first."""
        self._formats = formats

    def __call__(self, request: Request) -> Format:
        """Return the format of the answer.

        Raises:
            ProblemError: if the client accepts none of them.
        """
        chosen = choose(request.headers.get("accept"), self._formats)
        if chosen is None:
            raise not_acceptable(", ".join(offer.types[0] for offer in self._formats))
        return chosen


#: Dependencies of a route that answers in JSON alone.
ONLY_JSON = (Depends(Offer(JSON)),)


class AddressIn:
    """Reads the address in a request's path as it was sent, so that %2F stays part of a name."""

    def __init__(self, prefix: str, suffix: str = "") -> None:
        """Take what stands before the address, with its slash, and after it."""
        self._prefix = prefix
        self._suffix = suffix

    def __call__(
        self, request: Request, snapshot: CurrentSnapshot, address: Annotated[str, Path(description="Path below id/.")]
    ) -> str:
        """Return the address.

        Raises:
            ProblemError: if it is too long for any name, or if users have declared that another entity stands for it:
                then 301 to the same question about that one.
        """
        if len(address) > MAX_ADDRESS_CHARS:
            raise not_found("name as long as this")
        asked = address_of(raw_path(request).removeprefix(self._prefix).removesuffix(self._suffix))
        if moved := _moved(snapshot.index, asked):
            query = f"?{request.url.query}" if request.url.query else ""
            location = f"{self._prefix}{moved}{self._suffix}{query}"
            detail = "Another entity stands for this one."
            raise ProblemError(HTTPStatus.MOVED_PERMANENTLY, detail, headers={"Location": location})
        return asked


def _moved(index: Index, asked: str) -> str | None:
    """Return the path of the entity that stands for the one asked for, with the suffix that asked for a format."""
    stem, dot, suffix = asked.rpartition(".")
    if kept := index.stands_for(asked):
        return address_path(kept)
    kept = index.stands_for(stem) if stem else None
    return f"{address_path(kept)}{dot}{suffix}" if kept else None


def raw_path(request: Request) -> str:
    """Return the path of a request as it was sent, percent-encoded."""
    raw = request.scope.get("raw_path") or request.url.path.encode()
    return bytes(raw).partition(b"?")[0].decode("ascii", "replace")


def kinds_of(name: str | None) -> tuple[str, ...]:
    """Return the kinds that a filter names: one of them, or "Place" for all places; () without a filter.

    Raises:
        ProblemError: if there is no such kind.
    """
    if not name:
        return ()
    if name == "Place":
        return tuple(sorted(PLACE_KINDS))
    if name not in set(Kind):
        known = ", ".join(["Place", *Kind])
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, f"There is no type {name!r}.", hint=f"Known: {known}.")
    return (name,)


def period_of(text: str | None) -> str | None:
    """Return a year, month or day in ISO 8601; None for an empty field of a form, too.

    Raises:
        ProblemError: if there is no such period.
    """
    if not text:
        return None
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        with suppress(ValueError):
            date.fromisoformat(f"{text}-01-01"[:10])
            return text
    hint = "Expected: a year, month or day, such as 2013, 2013-06 or 2013-06-30."
    detail = f"There is no period {text!r}."
    raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, parameter="period", hint=hint)


class Paging:
    """The page of a listing that a request wants.

    Attributes:
        after: The listing goes on after this.
        limit: How many items at most.
        link: Value of the header field Link, once there is a next page; for answers that are made by hand.
    """

    def __init__(
        self, request: Request, response: Response, cursor: Cursor = None, limit: Limit = DEFAULT_ITEMS
    ) -> None:
        """Read the parameters ``cursor`` and ``limit``."""
        self._listing = _listing(address_of(raw_path(request)))
        self.after = _decode(cursor, self._listing)
        self.limit = limit
        self.link: str | None = None
        self._request = request
        self._response = response

    @property
    def wanted(self) -> int:
        """How many items to look for: one more, which tells whether there is a next page."""
        return self.limit + 1

    def cut(self, found: Sequence[Item], key: Callable[[Item], str]) -> tuple[Sequence[Item], str | None]:
        """Return the items of the page, and the cursor of the next one, also set as ``Link: rel=next``."""
        if len(found) <= self.limit:
            return found, None
        items = found[: self.limit]
        cursor = _encode(key(items[-1]), self._listing)
        parameters = [(name, value) for name, value in self._request.query_params.multi_items() if name != "cursor"]
        query = urlencode([*parameters, ("cursor", cursor)])
        self.link = f'<{address_path(raw_path(self._request))}?{query}>; rel="next"'
        self._response.headers["Link"] = self.link
        return items, cursor


#: The page that a request wants.
Paged = Annotated[Paging, Depends()]


def _listing(path: str) -> bytes:
    """Return a short mark of a listing: "after this" means nothing in another one."""
    return hashlib.sha256(path.encode()).digest()[:_LISTING_BYTES]


def _encode(key: str, listing: bytes) -> str:
    return base64.urlsafe_b64encode(listing + key.encode()).decode().rstrip("=")


def _decode(cursor: str | None, listing: bytes) -> str:
    if cursor is None:
        return ""
    try:
        content = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        if content[:_LISTING_BYTES] == listing:
            return content[_LISTING_BYTES:].decode()
    except (binascii.Error, ValueError) as exc:
        raise _foreign_cursor() from exc
    raise _foreign_cursor()


def _foreign_cursor() -> ProblemError:
    detail = "The cursor is none of this listing's."
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, parameter="cursor")
