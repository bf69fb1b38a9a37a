"""An article becomes a document whose offsets lead back to the raw text."""

from pathlib import Path

import pytest

from kg.model import CONTENT_ROLES, Article, BlockRole, Metadata, Span
from kg.read import read_article
from kg.text import parse_document

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("00[0-9]*.txt"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_sentence_lies_in_one_content_block_and_in_the_raw_text(path: Path) -> None:
    """Sentences ascend within content blocks, and the raw words of a clean seed are the sentence itself."""
    document = parse_document(read_article(path))
    content = [block.span for block in document.blocks if block.role in CONTENT_ROLES]
    assert document.sentences
    for sentence in document.sentences:
        assert sum(span.contains(sentence.span) for span in content) == 1
        raw = document.raw_span(sentence.span)
        assert 0 <= raw.start < raw.end <= len(document.article.raw)
        if not path.name.startswith("001"):
            assert raw.of(document.article.raw).replace("\u00a0", " ") == document.words(sentence.span)
    assert document.title() == document.words(next(it.span for it in document.blocks if it.role is BlockRole.TITLE))


def test_names_and_figures_of_the_garbled_seed_are_read() -> None:
    """Seed 001 is read as simplified text; repairs and the one damage are logged in raw order."""
    document = parse_document(read_article(SEEDS[1]))
    content = "".join(document.words(sentence.span) for sentence in document.sentences)
    assert all(words in content for words in ("白银区", "武川乡新安村", "陈红兵", "1804户", "农业总人口的\ufffd.33%"))
    assert list(document.repairs) == sorted(document.repairs, key=lambda repair: repair.raw)
    assert [damage.raw.of(document.article.raw) for damage in document.damages] == ["?"]


def test_markup_is_led_to_the_cleaned_text() -> None:
    """Raw spans of the article are told to the lines although cleaning moves the text and simplifies what is stated."""
    prose = "近年來，全縣上下一心，把發展產業作爲羣衆增收的根本途徑，建成扶貧車間九個，帶動六百多戶。"
    notice = "本報將舉辦攝影比賽，歡迎各界人士踴躍報名參加，活動截止到年底為止。"
    raw = f"{notice}&nbsp;\n老支書的&nbsp;致富之路\n　　{prose}\u200b\n　　甲{prose}"
    start = raw.index("　　近")
    article = Article("a", raw, stated=Metadata("老支書的 致富之路"), main=(Span(start, len(raw)),))
    found = [
        (block.role.value, parse_document(article).words(block.span)[:4]) for block in parse_document(article).blocks
    ]
    assert found == [("header", "本报将举"), ("title", "老支书的"), ("body", "近年来，"), ("body", "甲近年来")]
