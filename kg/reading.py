"""Articles as plain records: what reading makes of a source, before anything is extracted.

A record of this kind can be read again as a source, by its usual field names.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.extract import ArticleExtractor
from kg.model import Article, BlockRole, Document, Reading
from kg.text import parse_document

_EXTRACTOR = ArticleExtractor()


def article_record(article: Article) -> dict[str, Any]:
    """Return an article as JSON values: its content cleaned, what it says of itself, and what was done to it.

    The text has a line for each paragraph of the content, the title apart. ``damaged`` and ``guessed`` are raw spans.
    """
    document = parse_document(article)
    metadata = _EXTRACTOR.extract(Reading(document)).metadata
    stated = {
        "id": article.identifier,
        "title": metadata.title if metadata else "",
        "date": metadata.published if metadata else None,
        "publisher": metadata.publisher if metadata else None,
        "authors": list(metadata.authors) if metadata else [],
        "editors": list(metadata.editors) if metadata else [],
        "url": article.address,
        "fetched": article.fetched,
    }
    return {
        **{name: value for name, value in stated.items() if value},
        "text": "\n".join(_paragraphs(document)),
        "key": article.key,
        "charset": article.charset,
        "characters": {"raw": len(article.raw), "content": sum(len(each.span) for each in document.sentences)},
        "repairs": dict(sorted(Counter(repair.kind for repair in document.repairs).items())),
        "guessed": [[repair.raw.start, repair.raw.end] for repair in document.repairs if not repair.certain],
        "damaged": [[damage.raw.start, damage.raw.end] for damage in document.damages],
    }


def _paragraphs(document: Document) -> Iterator[str]:
    """Yield the paragraphs of the content, the lines of the title left out."""
    numbers = dict.fromkeys(
        sentence.paragraph for sentence in document.sentences if sentence.role is not BlockRole.TITLE
    )
    for number in numbers:
        yield "".join(document.words(sentence.span) for sentence in document.paragraph(number))
