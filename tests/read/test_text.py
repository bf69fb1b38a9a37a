"""Files become articles, or a clear error."""

from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.model import Article
from kg.read.text import MAX_BYTES, MAX_CHARS, checked, read_article

PROSE = "近年来，全县上下一心，把发展产业作为群众增收的根本途径，建成扶贫车间九个。\n" * 3


def test_a_file_becomes_an_article_named_after_it(tmp_path: Path) -> None:
    """The identifier is the file name and the raw text the file without its byte order mark."""
    path = tmp_path / "报道.txt"
    path.write_bytes(b"\xef\xbb\xbf" + PROSE.replace("\n", "\r\n").encode())
    article = read_article(path)
    assert (article.identifier, article.raw, article.charset) == ("报道.txt", PROSE, "utf-8")


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


def test_what_is_too_long_is_no_article(tmp_path: Path) -> None:
    """A file is not read beyond the limit, and a text of more characters than any article has is refused."""
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ArticleError, match="more than 16 MiB"):
        read_article(huge)
    with pytest.raises(ArticleError, match=f"{MAX_CHARS + 1} characters, too many"):
        checked(Article("a", "的" * (MAX_CHARS + 1)), "a")
