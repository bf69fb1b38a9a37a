"""Cleaning repairs, simplifies, logs what it did and keeps every offset."""

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.read.charset import raw_text
from kg.text.clean import clean
from kg.text.edits import Mapped

#: Good text, each kind of damage, and what may join with its neighbours to a damage.
_PIECES = st.sampled_from(
    [
        *("脱贫", "全县紧盯贫困人口狠抓政策落实", "丝", "万", "户", "。", "“", "”", "，", "、", "：", "《", "》"),
        *("貧困戶", "著", "乾縣", "裏", "張乾", "揹簍", "想像", "帳戶", "甚麼"),
        *("１２", "Ａ", "．", "／", "％", "3", "804", "20", "年", ".", ",", "%", " ", "  ", "\n", "\n　　"),
        *("　", "\u00a0", "\u2028", "\t", "\x85", "\x93", "\x7f", "\u200b", "\u202e", "\ufe0f"),
        *("&amp;", "&", "amp;", "nbsp;", "&#38;", "lt;", "&nbsp", "&ldquo", "ldquo;", ";", "&#13;", "&#xe2;", "#38"),
        *("⻓", "⼀", "\uf963", "\ue81e", "\ue123", "•", "﹐", "e\u0301", "\u0301", "\ufffd", "?"),
        *("區(qū)", "鄉(xiāng)", "產(chǎn)", "?cè)", "诘?", "(", ")", "?！跋", "锟斤拷"),
        *("å…¨", "åŽ¿", "Â·", "Â", "ã€", "È«ÏØ", "鍏ㄥ幙", "鍏ㄥ", "锛", "é"),
        *("脱 贫 攻 坚", " 战", "近年来全县上下把发展产业作为群众增收的根\n本途径，建成扶贫车间九个。带动贫困户三百\n"),
    ]
)
_PAGES = st.lists(_PIECES | st.text(max_size=2), max_size=40).map("".join).map(raw_text)


@given(_PAGES)
def test_cleaning_a_cleaned_text_changes_nothing(page: str) -> None:
    """Cleaning is idempotent."""
    once = clean(page).text
    assert clean(once).text == once


def test_damage_that_simplification_uncovers_is_repaired() -> None:
    """A page that looks damaged only in simplified characters is the same, cleaned once or twice."""
    page = "&#xe2;?！跋\ufffd揹簍"
    once = clean(page)
    assert clean(once.text).text == once.text
    places = [at for damage in once.damages for at in range(damage.raw.start, damage.raw.end)]
    assert len(set(places)) == len(places)


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
def test_what_is_logged_lies_inside_the_raw_text(page: str) -> None:
    """Repairs and damages have spans of the raw text that are not empty."""
    mapped = clean(page)
    spans = [entry.raw for entry in (*mapped.repairs, *mapped.damages)]
    assert all(0 <= span.start < span.end <= len(page) for span in spans)


@given(_PAGES)
def test_what_is_not_logged_is_the_same_character_simplified(page: str) -> None:
    """Outside of logged spans every raw character is still there, at most in its simplified form."""
    mapped = clean(page)
    logged = {at for repair in mapped.repairs for at in range(repair.raw.start, repair.raw.end)}
    kept = [source.start for source in _sources(mapped) if source.start not in logged]
    assert kept == [at for at in range(len(page)) if at not in logged]


def _sources(mapped: Mapped) -> list[Span]:
    return [mapped.raw(Span(at, at + 1)) for at in range(len(mapped.text))]


def test_full_stops_in_ascii_are_written_as_chinese_does() -> None:
    """Only on a page that has no other: there they end sentences, but not the numerals of headings."""
    page = "一.产业\n全县脱贫.日子好了.\n十一.教育\n户均增收2.5万元.\n他说:“好得很.”"
    assert clean(page).text == "一.产业\n全县脱贫。日子好了。\n十一.教育\n户均增收2.5万元。\n他说:“好得很。”"
    assert clean("全县脱贫。日子好了.").text == "全县脱贫。日子好了."
