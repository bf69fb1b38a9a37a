"""Where spans of a document stand among its sentences; extractors work on one sentence after another."""

from collections.abc import Iterable, Mapping

from kg.model import Document, Mention, Reading, Span


def mentions_by_sentence(reading: Reading) -> Mapping[int, list[Mention]]:
    """Return the mentions of a reading by the beginning of the sentence that they begin in, in text order."""
    found: dict[int, list[Mention]] = {}
    sentences, at = reading.document.sentences, 0
    for mention in reading.mentions:
        while at < len(sentences) and sentences[at].span.end <= mention.span.start:
            at += 1
        if at < len(sentences) and sentences[at].span.start <= mention.span.start:
            found.setdefault(sentences[at].span.start, []).append(mention)
    return found


def by_sentence(document: Document, spans: Iterable[Span]) -> Mapping[int, list[Span]]:
    """Return the spans by the beginning of the sentence that holds them, sorted, in offsets of that sentence.

    Args:
        document: Its sentences are in order.
        spans: In offsets of the document, in any order; one that lies in no sentence is left out.
    """
    found: dict[int, list[Span]] = {}
    sentences, at = document.sentences, 0
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        while at < len(sentences) and sentences[at].span.end <= span.start:
            at += 1
        if at < len(sentences) and sentences[at].span.contains(span):
            base = sentences[at].span.start
            found.setdefault(base, []).append(Span(span.start - base, span.end - base))
    return found
