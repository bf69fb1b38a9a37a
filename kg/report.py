"""What a build says about one article: what was kept, dropped, repaired, damaged, linked and not taken."""

from collections import Counter
from typing import Any

from kg.model import CONTENT_ROLES, Reading, Span


def article_report(reading: Reading) -> dict[str, Any]:
    """Return what the report says about one article, as JSON values; spans are raw offsets ``[start, end]``."""
    document = reading.document
    kept = sum(len(sentence.span) for sentence in document.sentences)
    linked = {link.mention for link in reading.links}
    return {
        "identifier": document.article.identifier,
        "key": document.article.key,
        "title": reading.metadata.title,
        "main_place": "/".join(reading.main_place or ()),
        "characters": {"raw": len(document.article.raw), "cleaned": len(document.text), "content": kept},
        "dropped": [
            {"span": _raw_offsets(reading, block.span), "role": block.role.value, "reason": block.reason}
            for block in document.blocks
            if block.role not in CONTENT_ROLES and len(block.span)
        ],
        "repairs": dict(sorted(Counter(repair.kind for repair in document.repairs).items())),
        "guessed": [[repair.raw.start, repair.raw.end] for repair in document.repairs if not repair.certain],
        "damages": [
            {"span": [damage.raw.start, damage.raw.end], "reason": damage.reason} for damage in document.damages
        ],
        "unlinked": [
            {"span": _raw_offsets(reading, mention.span), "name": mention.name, "kind": mention.kind.value}
            for mention in reading.mentions
            if mention not in linked
        ],
        "rejected": [
            {
                "span": _raw_offsets(reading, rejection.span),
                "words": document.words(rejection.span),
                "extractor": rejection.extractor,
                "reason": rejection.reason,
            }
            for rejection in reading.rejections
        ],
        "entities": len({link.entity for link in reading.links}),
        "claims": dict(sorted(Counter(type(claim).__name__ for claim in reading.claims).items())),
    }


def _raw_offsets(reading: Reading, span: Span) -> list[int]:
    raw = reading.document.raw_span(span)
    return [raw.start, raw.end]
