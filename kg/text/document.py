"""An article to the :class:`~kg.model.Document` that extractors see: cleaned, divided into blocks and sentences."""

from bisect import bisect_right
from collections.abc import Iterator

from kg.model import Article, Document, OffsetMap, Span
from kg.text.body import find_blocks
from kg.text.clean import clean
from kg.text.sentences import divide


def parse_document(article: Article) -> Document:
    """Return the article cleaned and divided; every change is logged and every offset leads back to the raw text."""
    mapped = clean(article.raw)
    title = article.stated.title
    blocks = find_blocks(
        mapped.text,
        title=clean(title).text if title else "",
        main=None if article.main is None else tuple(_cleaned_lines(article.main, mapped.text, mapped.offsets)),
    )
    return Document(
        article=article,
        text=mapped.text,
        offsets=mapped.offsets,
        blocks=blocks,
        sentences=divide(mapped.text, blocks),
        repairs=tuple(sorted(mapped.repairs, key=lambda repair: repair.raw)),
        damages=tuple(sorted(mapped.damages, key=lambda damage: damage.raw)),
    )


def _cleaned_lines(raw: tuple[Span, ...], text: str, offsets: OffsetMap) -> Iterator[Span]:
    """Yield the lines of the cleaned text that were read from some raw spans."""
    ends = [span.end for span in raw]
    start = 0
    for line in text.split("\n"):
        span = Span(start, start + len(line))
        start = span.end + 1
        if not line:
            continue
        source = offsets.raw_span(span)
        at = bisect_right(ends, source.start)
        if at < len(raw) and raw[at].start < source.end:
            yield span
