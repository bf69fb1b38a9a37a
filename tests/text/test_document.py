"""An article becomes a document whose offsets lead back to the raw text."""

from pathlib import Path

import pytest

from kg.model import CONTENT_ROLES, BlockRole
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
