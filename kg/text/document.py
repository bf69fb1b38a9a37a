"""An article to the :class:`~kg.model.Document` that extractors see: cleaned, divided into blocks and sentences."""

from kg.model import Article, Document
from kg.text.body import find_blocks
from kg.text.clean import clean
from kg.text.sentences import divide


def parse_document(article: Article) -> Document:
    """Return the article cleaned and divided; every change is logged and every offset leads back to the raw text."""
    mapped = clean(article.raw)
    blocks = find_blocks(mapped.text)
    return Document(
        article=article,
        text=mapped.text,
        offsets=mapped.offsets,
        blocks=blocks,
        sentences=divide(mapped.text, blocks),
        repairs=tuple(sorted(mapped.repairs, key=lambda repair: repair.raw)),
        damages=tuple(sorted(mapped.damages, key=lambda damage: damage.raw)),
    )
