"""Cleaning repairs, simplifies, logs what it did and keeps every offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.text.clean import clean
from kg.text.edits import Mapped


@pytest.mark.parametrize(
    ("raw", "cleaned", "kinds"),
    [
        ("脱\u200b贫\ufeff攻\u00ad坚", "脱贫攻坚", {"zero-width"}),
        ("贫困户１８０４户，占８．６１％", "贫困户1804户，占8.61%", {"full-width"}),
        ("ＡＢ型，党支部＋合作社", "AB型，党支部＋合作社", {"full-width"}),
        ("“扶贫&nbsp;车间&rdquo;&#183;&amp;lt;", "“扶贫 车间”·<", {"entity", "space"}),
        ("责任上肩\u00a0\u2003一线\t战贫", "责任上肩  一线 战贫", {"space"}),
        ("张　三说", "张 三说", {"space"}),
        ("　　近年来", "　　近年来", set()),
        ("贫困人口16. 62万人,共1, 804户", "贫困人口16.62万人,共1,804户", {"broken-number"}),
        ("1. 2020年实现脱贫", "1. 2020年实现脱贫", set()),
        (
            "近年来全县紧盯贫困人口狠抓政策落实,\n人人满意",
            "近年来全县紧盯贫困人口狠抓政策落实,人人满意",
            {"broken-line"},
        ),
        ("近年来全县紧盯贫困人口共识别出295\n0户", "近年来全县紧盯贫困人口共识别出2950户", {"broken-line"}),
        ("短行,\n下一行", "短行,\n下一行", set()),
        ("白銀區推進脫貧攻堅,著力解決乾旱", "白银区推进脱贫攻坚,着力解决干旱", set()),
        ("乾縣的著名作家、鍾書記", "乾县的著名作家、钟书记", set()),
        ("陜西省的貧困鄕", "陕西省的贫困乡", set()),
        ("全县徐著成、张乾两户脱贫,著力很大", "全县徐著成、张乾两户脱贫,著力很大", set()),
        (
            "白銀區推進脫貧攻堅,著力解決乾旱\n全县徐著成和张乾两户人家去年已经通过国家验收并且顺利脱了贫,人人都说好",
            "白银区推进脱贫攻坚,着力解决干旱\n全县徐著成和张乾两户人家去年已经通过国家验收并且顺利脱了贫,人人都说好",
            set(),
        ),
        ("全县脱贫。相关文章\n相關文章:", "全县脱贫。相关文章\n相关文章:", set()),
        ("跫(qióng)音铿锵,蕺(jí)菜飘香", "跫(qióng)音铿锵,蕺(jí)菜飘香", set()),
    ],
)
def test_each_kind_of_damage_is_repaired_and_named(raw: str, cleaned: str, kinds: set[str]) -> None:
    """The text reads as meant, and the log names what was done."""
    mapped = clean(raw)
    assert mapped.text == cleaned
    assert {repair.kind for repair in mapped.repairs} == kinds


def test_conversions_that_change_the_length_are_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a phrase is written with another number of characters, what surrounds it keeps its place."""
    shorter = {"貧困老太太戶": "贫困老妪户", "貧困": "贫困", "戶": "户"}
    monkeypatch.setattr(
        "kg.text.clean._simplify", lambda text: shorter.get(text, {"貧": "贫", "戶": "户"}.get(text, text))
    )
    mapped = clean("貧困老太太戶")
    assert mapped.text == "贫困老妪户"
    assert [mapped.raw(Span(at, at + 1)) for at in range(5)] == [
        Span(0, 1),
        Span(1, 2),
        Span(2, 3),
        Span(3, 5),
        Span(5, 6),
    ]


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
