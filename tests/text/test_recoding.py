"""Text read in a wrong charset is read rightly where its bytes are all there."""

import pytest

from kg.model import Span
from kg.text.clean import clean
from kg.text.recoding import is_lost, reads_as_chinese, undone

PROSE = "全县的人民都在这里，脱贫了，不愁吃穿。"


def western(text: str, charset: str) -> str:
    """Return a text as it looks where its bytes are read as Windows-1252."""
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in text.encode(charset))


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_whole_pages_are_undone(charset: str) -> None:
    """A page whose bytes were read as Western European is restored, and its charset named."""
    assert undone(western(PROSE, charset)) == (PROSE, charset)
    assert undone(PROSE.encode(charset).decode("latin-1")) == (PROSE, charset)


def test_utf8_read_as_gbk_is_undone() -> None:
    """A byte at the end that made no pair is lost, and so is its character; € is the byte 0x80, as Windows reads it."""
    assert undone(PROSE.encode().decode("gb18030", "replace")) == (f"{PROSE[:-1]}\ufffd", "utf-8")
    assert undone("鍏ㄥ幙鐨勪汉姘戦兘鍦ㄨ繖閲岋紝涓€浜") == ("全县的人民都在这里，一\ufffd", "utf-8")


@pytest.mark.parametrize("text", ["", "plain ASCII", PROSE, "Ça va où? Été à Paris, déjà vu.", "жизнь в деревне"])
def test_good_text_is_not_touched(text: str) -> None:
    """Chinese, ASCII and European pages are none of these."""
    assert undone(text) is None


def test_what_reads_as_chinese() -> None:
    """Prose shows the frequent characters; wrongly decoded text and text without Chinese does not."""
    assert reads_as_chinese(PROSE)
    assert not reads_as_chinese(PROSE.encode().decode("gbk", "replace"))
    assert not reads_as_chinese("English")


def test_a_page_of_replacement_characters_is_lost() -> None:
    """A few losses leave a page readable; many do not."""
    assert not is_lost(f"{PROSE * 3}\ufffd")
    assert is_lost(PROSE.encode("gbk").decode("utf-8", "replace"))
    assert is_lost("锟斤拷" * 9)


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (western("脱贫攻坚", "utf-8"), "脱贫攻坚"),
        (western("，", "utf-8"), "，"),
        (western("·", "utf-8"), "·"),
        (western("“好”", "utf-8"), "“好”"),
        (western("脱贫攻坚", "gbk"), "脱贫攻坚"),
        ("脱贫攻坚战役".encode().decode("gbk"), "脱贫攻坚战役"),
    ],
)
def test_runs_within_a_good_page_are_undone(run: str, text: str) -> None:
    """A run is replaced, logged with its place, and certain; what surrounds it stays."""
    mapped = clean(f"全县人民的{run}，已经实现了")
    assert mapped.text == f"全县人民的{text}，已经实现了"
    assert {(repair.kind, repair.certain) for repair in mapped.repairs} == {("double-encoded", True)}
    assert mapped.raw(Span(5, 5 + len(text))) == Span(5, 5 + len(run))


def test_a_run_that_lost_its_last_byte_is_a_damage() -> None:
    """What the bytes do not tell is U+FFFD."""
    mapped = clean("全县" + "脱贫攻坚战".encode().decode("gbk", "replace") + "。全县人民都说好")
    assert mapped.text == "全县脱贫攻坚\ufffd。全县人民都说好"
    assert len(mapped.damages) == 1


@pytest.mark.parametrize(
    "text", ["“2×”、3×4÷5", "······", "»»»»首页", "°°±±", "café”“bar", "DÉJÀ VU", "涓涓细流", "……——"]
)
def test_runs_that_only_look_alike_stay(text: str) -> None:
    """Rows of marks, foreign words and rare characters are left alone."""
    assert clean(text).text == text
