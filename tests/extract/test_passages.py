"""Spans and mentions are given to the sentences that hold them."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.passages import by_sentence, mentions_by_sentence
from kg.model import Kind, Mention, Reading, Span
from tests.factories import make_document

DOCUMENT = make_document("甘谷县脱贫。\n大庄村种花椒。村里办厂。")
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 18), st.integers(1, 6))


@given(st.lists(SPANS))
def test_spans_stand_in_the_sentence_that_holds_them(spans: list[Span]) -> None:
    """Each span is given once to the sentence that contains it, in its offsets, and one across two to none."""
    expected = {
        sentence.span.start: sorted(
            Span(span.start - sentence.span.start, span.end - sentence.span.start)
            for span in spans
            if sentence.span.contains(span)
        )
        for sentence in DOCUMENT.sentences
    }
    assert by_sentence(DOCUMENT, spans) == {start: inside for start, inside in expected.items() if inside}


@given(st.lists(SPANS))
def test_mentions_stand_in_the_sentence_they_begin_in(spans: list[Span]) -> None:
    """Each mention is given to the sentence that it begins in, in text order."""
    mentions = sorted(Mention(span, Kind.VILLAGE, "大庄村", "places") for span in spans)
    found = mentions_by_sentence(Reading(DOCUMENT, mentions=tuple(mentions)))
    for sentence in DOCUMENT.sentences:
        inside = [one for one in mentions if sentence.span.start <= one.span.start < sentence.span.end]
        assert found.get(sentence.span.start, []) == inside
