"""Bytes become raw text in the right charset, or a clear error."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from kg.errors import ArticleError
from kg.read.charset import Decoded, decode, raw_text

PROSE = "近年来，全县上下一心，把发展产业作为群众增收的根本途径，建成扶贫车间九个。\n" * 3
TRADITIONAL = OpenCC("s2tw").convert(PROSE)


def western(data: bytes) -> str:
    """Return bytes as a browser reads them in Windows-1252."""
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_charsets_of_chinese_pages_are_read(encoding: str) -> None:
    """UTF-8, UTF-16, UTF-32 and GB18030 give the same text, with and without a byte order mark."""
    assert decode(PROSE.encode(encoding), where="a.txt").text == PROSE


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (PROSE.encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + PROSE.encode("utf-32-le"), "utf-32-le"),
        (b"\x84\x31\x95\x33" + PROSE.encode("gb18030"), "gb18030"),
        (PROSE.encode("utf-16-le"), "utf-16-le"),
        (TRADITIONAL.encode("gb18030"), "gb18030"),
        (TRADITIONAL.encode("big5"), "big5hkscs"),
        (f"{TRADITIONAL}深水埗的邨民們在屋邨裏".encode("big5hkscs"), "big5hkscs"),
    ],
)
def test_the_charset_is_named(data: bytes, charset: str) -> None:
    """The charset found is that in which the text was written."""
    decoded = decode(data, where="a.txt")
    assert decoded.charset == charset
    assert decoded.text.startswith((PROSE, TRADITIONAL))


@pytest.mark.parametrize("declared", ["GB2312", " gbk ", "x-gbk"])
def test_a_declared_charset_decides_where_the_text_is_short(declared: str) -> None:
    """Labels are those that browsers know, each read as the largest charset of its family."""
    assert decode("全县的鄉镕".encode("gbk"), where="a.txt", declared=declared) == Decoded("全县的鄉镕", "gb18030")


@pytest.mark.parametrize("declared", ["big5", "utf-16", "iso-8859-1", "none such", ""])
def test_a_declaration_that_the_bytes_belie_is_not_believed(declared: str) -> None:
    """A wrong or unknown label changes nothing."""
    assert decode(PROSE.encode("gbk"), where="a.txt", declared=declared) == Decoded(PROSE, "gb18030")
    assert decode(PROSE.encode(), where="a.txt", declared=declared) == Decoded(PROSE, "utf-8")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (PROSE.encode()[:-2], f"{PROSE[:-2]}\ufffd"),
        (PROSE.encode() + b"\xff" + PROSE.encode(), f"{PROSE}\ufffd{PROSE}"),
        (PROSE.encode("gbk") + b"\xff" + PROSE.encode("gbk"), f"{PROSE}\ufffd{PROSE}"),
        (TRADITIONAL.encode("big5") + b"\xff\n", f"{TRADITIONAL}\ufffd\n"),
    ],
)
def test_broken_bytes_are_seen_and_the_rest_is_read(data: bytes, text: str) -> None:
    """A stray byte, or one missing at the end, becomes U+FFFD where nearly all others decode."""
    assert decode(data, where="a.txt").text == text


def test_lines_in_another_charset_are_read() -> None:
    """A footer in GBK on a page in UTF-8 is decoded by itself."""
    data = PROSE.encode() + "主办：本县的人民政府\n".encode("gbk") + PROSE.encode()
    assert decode(data, where="a.txt") == Decoded(f"{PROSE}主办：本县的人民政府\n{PROSE}", "utf-8")


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (western(PROSE.encode()), "utf-8 twice"),
        (PROSE.encode().decode("latin-1"), "utf-8 twice"),
        (western(PROSE.encode("gbk")), "gb18030 twice"),
        ("全县的人民都在这里住".encode().decode("gb18030"), "utf-8 twice"),
    ],
)
def test_text_that_was_encoded_twice_is_undone(text: str, charset: str) -> None:
    """The bytes behind a wrong reading are read rightly, whatever charset the wrong text is written in."""
    decoded = decode(text.encode(), where="a.txt")
    assert decoded.charset == charset
    assert decoded.text in {PROSE, "全县的人民都在这里住"}


@pytest.mark.parametrize("lost", [PROSE.encode("gbk").decode("utf-8", "replace"), "锟斤拷锟斤拷锟斤拷" * 20])
def test_text_of_which_no_byte_is_left_is_refused(lost: str) -> None:
    """GBK that was read as UTF-8 is an error, not an article."""
    with pytest.raises(ArticleError, match="lost"):
        decode(lost.encode(), where="a.txt")


def test_line_ends_and_forbidden_characters_are_evened_out() -> None:
    """CRLF and CR become LF; what XML forbids becomes U+FFFD; a mark at the beginning goes."""
    assert raw_text("\ufeffa\r\nb\rc\x08\ufffe") == "a\nb\nc\ufffd\ufffd"
    assert decode(f"{PROSE * 2}a\r\nb\rc\x08\0".encode(), where="a.txt").text == f"{PROSE * 2}a\nb\nc\ufffd\ufffd"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xff\xfe\x00\x00", "empty"),
        (b"\xff\xfe\xff\xfe", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"\xff\xd8\xff\xe0 JFIF" * 20, "not text"),
        ("Café crème, déjà vu: où êtes-vous".encode("latin-1"), "not text"),
        ("жизнь в деревне стала лучше".encode("cp1251"), "not text"),
        (b"\x01\x02\x03\x04 text", "not text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, complaint: str) -> None:
    """Empty and binary files and other charsets are errors that name the file and a remedy."""
    with pytest.raises(ArticleError, match=complaint) as caught:
        decode(data, where="x.txt")
    assert caught.value.where == "x.txt"
    assert caught.value.remedy


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_an_article_error(data: bytes) -> None:
    """No input makes another error, and what is read holds nothing that XML forbids."""
    try:
        text = decode(data, where="x").text
    except ArticleError:
        return
    assert raw_text(text) == text or text.startswith("\ufeff")
