"""The dumps of the graph: an index of them, and the files with ranges and validators."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from api.guard import is_known
from api.negotiate import HTML, JSON, Format
from api.problems import not_found
from api.requests import CurrentSnapshot, Offer
from api.responses import DumpFile
from api.snapshots import Snapshot
from api.templates import render

router = APIRouter(prefix="/dumps", tags=["dumps"])

#: Of facts and code lists; quotations belong to the publishers of the articles.
LICENSE = "https://creativecommons.org/licenses/by/4.0/"

# Longer positions than any file has are passed over, so that they cost nothing.
_RANGE = re.compile(r"([0-9]{0,18})-([0-9]{0,18})")


def list_dump_files(snapshot: Snapshot) -> list[DumpFile]:
    """Return the dumps in the order of their names."""
    return [
        DumpFile(
            name=dump.name,
            url=f"/dumps/{dump.name}",
            media_type=dump.media_type,
            bytes=dump.size_bytes,
            sha256=dump.sha256,
            triples=dump.statements,
            license=LICENSE,
        )
        for dump in snapshot.store.dumps()
    ]


@router.get("", include_in_schema=False)
@router.head("/", include_in_schema=False)
@router.get("/", response_model=list[DumpFile])
def list_dumps(snapshot: CurrentSnapshot, chosen: Annotated[Format, Depends(Offer(JSON, HTML))]) -> Response:
    """List the dumps, with size, digest and number of triples."""
    files = list_dump_files(snapshot)
    if chosen is HTML:
        return render("dumps.html", files=files)
    return JSONResponse([file.model_dump() for file in files])


@router.head("/{name}", include_in_schema=False)
@router.get("/{name}", response_class=FileResponse)
def send_dump(snapshot: CurrentSnapshot, name: str) -> Response:
    """Send a dump, or a range of it."""
    dump = next((dump for dump in snapshot.store.dumps() if dump.name == name), None)
    if dump is None:
        raise not_found(f"dump {name!r}")
    headers = {"ETag": f'"{dump.sha256}"', "Cache-Control": "public, no-cache"}
    return _DumpResponse(dump.path, media_type=dump.media_type, filename=dump.name, headers=headers)


class _DumpResponse(FileResponse):
    """A file whose ranges are those of RFC 9110: Starlette refuses what is to be ignored."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, or a range of it."""
        headers = Headers(scope=scope)
        if not _counts(headers.get("range", "")) or is_known(self.headers["etag"], headers.get("if-none-match", "")):
            kept = MutableHeaders(raw=list(scope["headers"]))
            del kept["range"]
            scope = {**scope, "headers": kept.raw}
        await super().__call__(scope, receive, send)


def _counts(ranges: str) -> bool:
    """Tell whether a Range header is one of bytes and well-formed (RFC 9110 §14.1.1, §14.2).

    >>> _counts("bytes=0-9, -5"), _counts("items=0-5"), _counts("bytes=5-2")
    (True, False, False)
    """
    unit, _, parts = ranges.partition("=")
    specs = [part.strip(" \t") for part in parts.split(",")]
    return unit.strip().lower() == "bytes" and any(specs) and all(map(_is_range, filter(None, specs)))


def _is_range(spec: str) -> bool:
    found = _RANGE.fullmatch(spec)
    if found is None:
        return False
    first, last = found.groups()
    return bool(first or last) and not (first and last and int(last) < int(first))
