"""Messages between the server and a query process: one byte of kind, four of length, the content."""

import json
import struct
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

_HEADER = struct.Struct("!cI")
#: Bytes before the content of a message.
HEADER_BYTES = _HEADER.size


class Kind(Enum):
    """What a message holds."""

    READY = b"R"  # the process has opened the store
    QUERY = b"Q"  # a query, JSON
    HEAD = b"H"  # the answer begins; whether it is "results" or "graph"
    DATA = b"D"  # part of the answer
    END = b"E"  # the answer is complete
    FAULT = b"F"  # the answer is an error, JSON; also after HEAD


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what the request says about it.

    Attributes:
        query: SPARQL.
        default_graphs: IRIs of ``default-graph-uri``.
        named_graphs: IRIs of ``named-graph-uri``.
        base_iri: What relative IRIs are resolved against.
        results: Name of the format for SELECT and ASK, or None where the client accepts none.
        graph: Name of the format for CONSTRUCT and DESCRIBE, or None.
    """

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    base_iri: str
    results: str | None
    graph: str | None

    def encode(self) -> bytes:
        """Return it as content of a message."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decode(cls, content: bytes) -> "Question":
        """Return what :meth:`encode` has written."""
        fields: dict[str, Any] = json.loads(content)
        for name in ("default_graphs", "named_graphs"):
            fields[name] = tuple(fields[name])
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a query has no answer.

    Attributes:
        status: HTTP status.
        detail: One sentence.
        line: Line of a syntax error, from 1, or 0.
        column: Its column in code points, from 1, or 0.
    """

    status: int
    detail: str
    line: int = 0
    column: int = 0

    def encode(self) -> bytes:
        """Return it as content of a message."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decode(cls, content: bytes) -> "Fault":
        """Return what :meth:`encode` has written."""
        fields: dict[str, Any] = json.loads(content)
        return cls(**fields)


def pack(kind: Kind, content: bytes = b"") -> bytes:
    """Return a message."""
    return _HEADER.pack(kind.value, len(content)) + content


def unpack_header(header: bytes) -> tuple[Kind, int]:
    """Return kind and length of the content that follows.

    Raises:
        ValueError: if the bytes are no header.
    """
    kind, length = _HEADER.unpack(header)
    return Kind(kind), length
