"""What a source says of its article beside the text, as JSON and back: it is stored with the text, and read again."""

import json
from dataclasses import asdict, fields
from typing import Any

from kg.model import Article, Metadata, Span


def beside_of(article: Article) -> str:
    """Return all of an article but its raw text, as a JSON object that says nothing of what the source does not say.

    >>> beside_of(Article("a.txt", "全县脱贫。"))
    '{"identifier": "a.txt"}'
    """
    values = {field.name: getattr(article, field.name) for field in fields(article) if field.name != "raw"}
    said = {name: value for name, value in values.items() if name == "identifier" or value != _default(name)}
    if "stated" in said:
        said["stated"] = {name: value for name, value in asdict(article.stated).items() if value}
    if article.main is not None:
        said["main"] = [[span.start, span.end] for span in article.main]
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def article_of(raw: str, beside: str) -> Article:
    """Return an article from its raw text and :func:`beside_of` it.

    Raises:
        ValueError: if the JSON is no such object.
    """
    said: dict[str, Any] = json.loads(beside)
    try:
        if "stated" in said:
            stated: dict[str, Any] = {name: _tuples(value) for name, value in said["stated"].items()}
            said["stated"] = Metadata(**stated)
        if "main" in said:
            said["main"] = tuple(Span(start, end) for start, end in said["main"])
        return Article(raw=raw, **said)
    except TypeError as exc:
        raise ValueError(f"{beside[:80]!r} does not describe an article: {exc}") from exc


def _default(name: str) -> object:
    return next(field.default for field in fields(Article) if field.name == name)


def _tuples(value: str | list[str]) -> str | tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else value
