"""Cleaning repairs, simplifies, logs what it did and keeps every offset."""

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.text.clean import clean
from kg.text.edits import Mapped

_PIECES = st.sampled_from(
    [
        *(
            "脱贫",
            "貧困戶",
            "著",
            "乾縣",
            "１２",
            "．",
            "3",
            ".",
            ",",
            "，",
            " ",
            "　",
            "\u00a0",
            "\u200b",
            "\n",
            "&amp;",
            "nbsp;",
        ),
        *(
            "&#38;",
            "lt;",
            "&nbsp;",
            "?",
            "區(qū)",
            "鄉(xiāng)",
            "產(chǎn)",
            "?cè)",
            "诘?",
            "(",
            ")",
            "“",
            "”",
            "。",
            "裏",
            "%",
            "万",
            "\ufffd",
        ),
        *("全县紧盯贫困人口狠抓政策落实", "\u2028", "\t", "丝"),
    ]
)
_PAGES = st.lists(_PIECES, max_size=40).map("".join)


@given(_PAGES)
def test_cleaning_a_cleaned_text_changes_nothing(page: str) -> None:
    """Cleaning is idempotent."""
    once = clean(page).text
    assert clean(once).text == once


@given(_PAGES)
def test_offsets_stay_inside_the_raw_text_and_ascend(page: str) -> None:
    """Every code point has a source that is not empty, starts and ends never decrease."""
    mapped = clean(page)
    starts, ends = (
        zip(*((source.start, source.end) for source in _sources(mapped)), strict=True) if mapped.text else ((), ())
    )
    assert list(starts) == sorted(starts)
    assert list(ends) == sorted(ends)
    assert all(0 <= start < end <= len(page) for start, end in zip(starts, ends, strict=True))


@given(_PAGES)
def test_what_is_not_logged_is_the_same_character_simplified(page: str) -> None:
    """Outside of logged spans every raw character is still there, at most in its simplified form."""
    mapped = clean(page)
    logged = {at for repair in mapped.repairs for at in range(repair.raw.start, repair.raw.end)}
    kept = [source.start for source in _sources(mapped) if source.start not in logged]
    assert kept == [at for at in range(len(page)) if at not in logged]


def _sources(mapped: Mapped) -> list[Span]:
    return [mapped.raw(Span(at, at + 1)) for at in range(len(mapped.text))]
