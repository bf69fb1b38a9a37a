"""Lines of JSON to articles, one object a line; a line that cannot be read loses itself alone."""

import io
import json
from collections.abc import Iterator

from kg.errors import ArticleError
from kg.model import Article
from kg.read.charset import decode
from kg.read.notes import Skipped
from kg.read.records import Ambiguous, Origin, read_record
from kg.read.streams import read_lines
from kg.read.text import MAX_BYTES


def read_jsonl(stream: io.BufferedReader, origin: Origin) -> Iterator[Article | Skipped]:
    """Yield the article of each line, or why it has none; lazy."""
    for number, line in read_lines(stream, MAX_BYTES, origin.source):
        where = f"{origin.source}, line {number}"
        try:
            if isinstance(line, ArticleError):
                raise line
            yield read_record(parse_object(line, where), origin, where)
        except ArticleError as exc:
            yield Skipped(origin.source, str(exc))


def parse_object(line: bytes, where: str) -> dict[str, object]:
    """Return the object that a line holds; a field it has twice is :class:`~kg.read.records.Ambiguous`.

    Raises:
        ArticleError: if the line is no text or no JSON object.
    """
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = decode(line, where=where).text
    try:
        found = json.loads(text.strip(), object_pairs_hook=_object, strict=False)
    except (ValueError, RecursionError) as exc:
        reason = f"The line is no JSON: {_fault(exc)}."
        raise ArticleError(reason, where=where, remedy="Write one object a line.") from exc
    if not isinstance(found, dict):
        kind = type(found).__name__
        raise ArticleError(f"The line holds {kind}, no object.", where=where, remedy="Write one object a line.")
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        values |= {name: Ambiguous() for name, _ in pairs if name in seen or seen.add(name)}  # type: ignore[func-returns-value]
    return values


def _fault(exc: ValueError | RecursionError) -> str:
    if isinstance(exc, json.JSONDecodeError):
        return f"{exc.msg} at character {exc.pos + 1}"
    return "nested too deeply" if isinstance(exc, RecursionError) else str(exc)
