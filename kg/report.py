"""What a build says: of each article what was kept, dropped, repaired, damaged, linked and not taken; and the sums."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from kg.model import CONTENT_ROLES, Reading, Span


def article_report(reading: Reading) -> dict[str, Any]:
    """Return what the report says about one article, as JSON values; spans are raw offsets ``[start, end)``."""
    document = reading.document
    kept = sum(len(sentence.span) for sentence in document.sentences)
    linked = {link.mention for link in reading.links}
    return {
        "identifier": document.article.identifier,
        "key": document.article.key,
        "charset": document.article.charset,
        "title": reading.metadata.title,
        "published": reading.metadata.published,
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


#: Lists of an article's report that are counted.
_LISTS = ("guessed", "damages", "unlinked", "rejected")
_DAMAGED = "damaged_articles"
#: So many damaged places are named in the sums; all of them stand in the reports of their articles.
MOST_PLACES = 100


class Totals:
    """The sums over the reports of articles, added one after another."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._articles = 0
        self._characters: Counter[str] = Counter(raw=0, cleaned=0, content=0)
        self._dropped_lines: Counter[str] = Counter()
        self._dropped_characters: Counter[str] = Counter()
        self._repairs: Counter[str] = Counter()
        self._counts: Counter[str] = Counter(dict.fromkeys((*_LISTS, _DAMAGED), 0))
        self._claims: Counter[str] = Counter()
        self._charsets: Counter[str] = Counter()
        self._places: list[dict[str, Any]] = []

    def add(self, report: Mapping[str, Any]) -> None:
        """Add the report of one article."""
        self._articles += 1
        self._characters.update(report["characters"])
        for line in report["dropped"]:
            self._dropped_lines[line["reason"]] += 1
            self._dropped_characters[line["reason"]] += line["span"][1] - line["span"][0]
        self._repairs.update(report["repairs"])
        self._claims.update(report["claims"])
        self._charsets[report["charset"]] += 1
        self._counts.update({name: len(report[name]) for name in _LISTS})
        self._counts[_DAMAGED] += bool(report["damages"])
        free = MOST_PLACES - len(self._places)
        self._places += [{"article": report["identifier"], **damage} for damage in report["damages"][:free]]

    def as_json(self) -> dict[str, Any]:
        """Return the sums as JSON values; characters are code points, dropped ones by the reason."""
        return {
            "articles": self._articles,
            "characters": {**self._characters, "dropped": self._dropped_characters.total()},
            "dropped": {
                reason: {"lines": number, "characters": self._dropped_characters[reason]}
                for reason, number in sorted(self._dropped_lines.items())
            },
            "repairs": dict(sorted(self._repairs.items())),
            **dict(sorted(self._counts.items())),
            "claims": dict(sorted(self._claims.items())),
            "charsets": dict(sorted(self._charsets.items())),
            "damaged_places": self._places,
        }
