"""From an Accept header to one of the formats on offer; pure.

Source: RFC 9110 §12.5.1. The most specific range that matches a type gives its quality; the highest quality wins,
then the order of the offer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z")  # RFC 9110 §12.4.2


@dataclass(frozen=True, slots=True)
class Format:
    """A format on offer.

    Attributes:
        name: Name in ``?format=`` and suffix of pages: "ttl".
        media_type: What the answer is called, parameters included.
        aliases: Other media types that ask for it.
    """

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()

    @property
    def types(self) -> tuple[str, ...]:
        """All media types that ask for it, without parameters."""
        return (self.media_type.partition(";")[0], *self.aliases)


HTML = Format("html", "text/html; charset=utf-8", ("application/xhtml+xml",))
JSON = Format("json", "application/json")
PLAIN_TEXT = Format("txt", "text/plain; charset=utf-8")
CSV = Format("csv", "text/csv; charset=utf-8")
TURTLE = Format("ttl", "text/turtle; charset=utf-8", ("application/x-turtle",))
N_TRIPLES = Format("nt", "application/n-triples", ("text/plain",))
RDF_XML = Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"))
JSON_LD = Format("jsonld", "application/ld+json", ("application/json",))

#: Formats of SELECT and ASK (SPARQL 1.1 Query Results).
RESULT_FORMATS = (
    Format("json", "application/sparql-results+json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    CSV,
    Format("tsv", "text/tab-separated-values; charset=utf-8"),
)
#: Formats of CONSTRUCT and DESCRIBE.
GRAPH_FORMATS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)


def choose(accept: str | None, offers: Sequence[Format]) -> Format | None:
    """Return the format that a client likes best, or None where it accepts none; no header accepts everything.

    >>> choose("text/turtle;q=0.5, application/n-triples", GRAPH_FORMATS).name
    'nt'
    >>> choose("image/png", GRAPH_FORMATS) is None
    True
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = tuple(_parse_ranges(accept))
    rated = [(_quality(offer, ranges), -place, offer) for place, offer in enumerate(offers)]
    quality, _, best = max(rated, key=lambda row: row[:2])
    return best if quality > 0 else None


def named(name: str, offers: Sequence[Format]) -> Format | None:
    """Return the format with a name, or a media type, or None."""
    return next((offer for offer in offers if name == offer.name or name in offer.types), None)


def _parse_ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Yield media ranges with their qualities; what does not parse is passed over."""
    for part in accept.split(","):
        media_range, *parameters = (word.strip().lower() for word in part.split(";"))
        quality = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        if media_range.count("/") == 1 and _QUALITY.match(quality):
            yield media_range, float(quality)


def _quality(offer: Format, ranges: Sequence[tuple[str, float]]) -> float:
    """Return the best quality among the types of an offer."""
    return max(_type_quality(name, ranges) for name in offer.types)


def _type_quality(name: str, ranges: Sequence[tuple[str, float]]) -> float:
    matches = {name: 2, f"{name.partition('/')[0]}/*": 1, "*/*": 0}
    found = [(matches[media_range], quality) for media_range, quality in ranges if media_range in matches]
    return max(found)[1] if found else 0.0
