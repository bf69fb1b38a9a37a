"""Minting: the same input gives the same IRI, anywhere, without a shared counter (design §2)."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.model import EntityKey, Span
from kg.terms import ID_NAMESPACE

#: Where resources live unless the setting ``base_iri`` says otherwise.
DEFAULT_BASE = ID_NAMESPACE

# RFC 3987 §2.2: unreserved and sub-delims of ASCII, ":" and "@" stand as they are in a path segment.
_SAFE_ASCII = "-._~!$&'()*+,;=:@"
#: Names of letters, digits and Chinese characters, as nearly all are, stand in an IRI as they are.
_PLAIN = re.compile(r"[0-9A-Za-z._+\-\u4e00-\u9fa5]*")


@lru_cache(maxsize=16_384)
def escape_segment(name: str) -> str:
    """Return a name as one segment of an IRI path: NFC, and percent-encoded where an IRI does not allow it.

    Source: RFC 3987 §2.2 (``isegment-nz``); characters for bidirectional text (§4.1) are encoded too.

    >>> escape_segment("乡镇(街道)指挥部"), escape_segment("1/2 亩?")
    ('乡镇(街道)指挥部', '1%2F2%20亩%3F')
    """
    if _PLAIN.fullmatch(name):
        return name
    return "".join(_escape(char) for char in unicodedata.normalize("NFC", name))


def _escape(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() or char in _SAFE_ASCII else quote(char, safe="")
    if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cn", "Cs", "Zs", "Zl", "Zp"} or "\ufff0" <= char <= "\uffff":
        return quote(char, safe="", errors="surrogatepass")
    return char


class Minter:
    """Makes IRIs below one base.

    Attributes:
        base: Ends in a slash.
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        """Take the base of all resources."""
        self.base = base

    def path(self, *parts: str) -> NamedNode:
        """Return the IRI of a path below the base."""
        return NamedNode(self.base + "/".join(escape_segment(part) for part in parts))

    def entity(self, key: EntityKey) -> NamedNode:
        """Return the IRI of an entity."""
        return self.path(*key)

    def concept(self, scheme: str, key: str) -> NamedNode:
        """Return the IRI of an entry of a code list: part of the ontology, so the same under every base."""
        return NamedNode(f"{ID_NAMESPACE}{escape_segment(scheme)}/{escape_segment(key)}")

    def article(self, article: str) -> NamedNode:
        """Return the IRI of an article, given its key."""
        return self.path("article", article)

    def claim(self, article: str, kind: str, name: str, raw: Span, number: int) -> NamedNode:
        """Return the IRI of a claim: article key, kind, property or indicator, raw span, number among equals from 1."""
        return self.path("claim", article, kind, name, f"{raw.start}-{raw.end}", str(number))

    def evidence(self, article: str, raw: Span) -> NamedNode:
        """Return the IRI of a raw span of an article."""
        return self.path("evidence", article, f"{raw.start}-{raw.end}")

    def run(self, article: str, extractor: str, version: str) -> NamedNode:
        """Return the IRI of a run of an extractor over an article."""
        return self.path("run", article, extractor, version)

    def extractor(self, extractor: str, version: str) -> NamedNode:
        """Return the IRI of a version of an extractor."""
        return self.path("extractor", extractor, version)

    def post(self, place_code: str, body: str, title: str) -> NamedNode:
        """Return the IRI of a post at a body or place."""
        return self.path("post", place_code, body, title)

    def slot(self, parts: tuple[str, ...]) -> NamedNode:
        """Return the IRI of a slot: a digest of what makes the question."""
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
        return self.path("slot", digest)

    def graph(self, name: str) -> NamedNode:
        """Return the name of a named graph."""
        return NamedNode(f"{self.base.removesuffix('id/')}graph/{name}")
