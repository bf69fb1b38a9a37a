"""Files become raw text, or a clear error."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.read.text import decode, read_article

PROSE = "近年来，全县上下一心，把发展产业作为群众增收的根本途径，建成扶贫车间九个。\n" * 3


def test_a_file_becomes_an_article_named_after_it(tmp_path: Path) -> None:
    """The identifier is the file name and the raw text the file without its byte order mark."""
    path = tmp_path / "报道.txt"
    path.write_bytes(b"\xef\xbb\xbf" + PROSE.replace("\n", "\r\n").encode())
    article = read_article(path)
    assert (article.identifier, article.raw) == ("报道.txt", PROSE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_charsets_of_chinese_pages_are_read(encoding: str) -> None:
    """UTF-8, UTF-16 with a mark and GB18030 give the same text."""
    assert decode(PROSE.encode(encoding), where="a.txt") == PROSE


def test_line_ends_and_forbidden_characters_are_evened_out() -> None:
    """CRLF and CR become LF; what XML forbids becomes U+FFFD."""
    assert decode(f"{PROSE * 2}a\r\nb\rc\x08\ufffe".encode(), where="a.txt") == f"{PROSE * 2}a\nb\nc\ufffd\ufffd"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
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


def test_missing_files_and_folders_are_told_apart(tmp_path: Path) -> None:
    """A missing file and a folder have errors of their own."""
    with pytest.raises(ArticleError, match="no such file"):
        read_article(tmp_path / "none.txt")
    with pytest.raises(ArticleError, match="folder"):
        read_article(tmp_path)


def test_an_unreadable_file_is_an_error(tmp_path: Path) -> None:
    """What the system says about a file that cannot be opened is passed on."""
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    with pytest.raises(ArticleError, match="cannot be read"):
        read_article(loop)


@pytest.mark.parametrize("text", ["English only, and much of it. " * 50, "首页\n新闻\n图片\n" * 80, "脱贫攻坚。"])
def test_pages_without_running_text_are_no_articles(tmp_path: Path, text: str) -> None:
    """English pages, bare navigation and a single phrase are refused."""
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArticleError, match="too little Chinese"):
        read_article(path)


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_an_article_error(data: bytes) -> None:
    """No input makes another error, and what is read holds nothing that XML forbids."""
    try:
        text = decode(data, where="x")
    except ArticleError:
        return
    assert "\r" not in text
    assert text.isprintable() or all(character >= " " or character in "\t\n" for character in text)
