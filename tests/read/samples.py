"""Sources by hand: a text that is an article, lines, records of a web archive, and what comes out of reading them."""

import gzip
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.model import Article
from kg.read import Ignored, Skipped, read_sources

TEXT = (
    "甘谷县脱贫攻坚纪实\n\n" + "全县干部群众一起努力，修路引水，种果养牛，日子一天比一天好，二十个村全部摘了帽。\n" * 3
)
PAGE = f"<html><head><title>纪实</title></head><body><p>{'</p><p>'.join(TEXT.split())}</p></body></html>"


class Items:
    """What came out of reading, by kind."""

    def __init__(self, items: Iterable[Article | Skipped | Ignored]) -> None:
        every = list(items)
        self.articles = [item for item in every if isinstance(item, Article)]
        self.skipped = [item for item in every if isinstance(item, Skipped)]
        self.ignored = {kind: n for item in every if isinstance(item, Ignored) for kind, n in item.counts}

    @property
    def names(self) -> list[str]:
        """The identifiers of the articles, in order."""
        return [article.identifier for article in self.articles]

    @property
    def reasons(self) -> list[str]:
        """The lines on what was skipped, in order."""
        return [skipped.reason for skipped in self.skipped]


def read(*sources: Path | str, **options: Any) -> Items:
    """Return what reading sources gives; each line on what was skipped is one line."""
    items = Items(read_sources([str(source) for source in sources], **options))
    assert all(reason.isprintable() or "\u3000" in reason for reason in items.reasons)
    return items


def read_bytes(data: bytes, **options: Any) -> Items:
    """Return what reading the standard input gives."""
    return read("-", stdin=io.BytesIO(data), **options)


def text(number: int) -> str:
    """Return an article that differs from those of other numbers."""
    return f"{TEXT}这是第{number}篇。\n"


def warc_record(
    block: bytes, *, kind: str = "response", address: str = "http://a.example/1", length: int | None = None, **more: str
) -> bytes:
    """Return a record of a web archive; ``more`` are further fields, with _ for -."""
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": address,
        "WARC-Date": "2021-03-04T05:06:07Z",
        "Content-Length": str(len(block) if length is None else length),
    } | {name.replace("_", "-"): value for name, value in more.items()}
    header = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return b"WARC/1.0\r\n" + header.encode() + b"\r\n" + block + b"\r\n\r\n"


def http(body: bytes, *, status: str = "200 OK", media: str = "text/html; charset=utf-8", **more: str) -> bytes:
    """Return an answer of a server; ``more`` are further headers, with _ for -."""
    fields = {"Content-Type": media} | {name.replace("_", "-"): value for name, value in more.items()}
    header = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{header}\r\n".encode() + body


def members(*parts: bytes) -> bytes:
    """Return parts compressed, each as a member of its own."""
    return b"".join(gzip.compress(part, mtime=0) for part in parts)
