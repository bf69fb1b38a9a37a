"""Pages of HTML become articles: text line by line, the article's lines, what the markup states."""

import builtins

import pytest

from kg.errors import ArticleError
from kg.model import Article
from kg.read.html import declared_charset, read_html

PROSE = "近年来，全县上下一心，把发展产业作为群众增收的根本途径，建成扶贫车间九个，带动六百多户贫困户增收。"
LAST = "如今走进村里，家家户户都有了新房子，日子一天比一天好，乡亲们都说这条路走对了。"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>老支书的致富之路_某县新闻_某某网</title>
<meta name="ArticleTitle" content="老支书的致富之路"><meta name="PubDate" content="2020-11-16 08:30">
<meta name="ContentSource" content="某某日报"><meta name="Author" content="王小明"><meta name="editor" content="李某某">
<style>p {{ color: red }}</style></head><body>
<div class="nav"><a href="/">首页</a> <a href="/a">新闻</a></div><h1>老支书的致富之路</h1>
<div class="article"><p>　　{PROSE}</p><p>　　{LAST}</p><p>　　甲{PROSE}</p><p>　　乙{LAST}</p></div>
<div class="more"><ul><li><a href="/b">邻县招聘教师</a></li><li><a href="/c">邻县修通公路</a></li></ul></div>
<script>var time = "2020-01-01";</script></body></html>"""


def read(page: str) -> Article:
    """Return the article of a page."""
    return read_html(page.encode(), identifier="page.html", where="page.html")


def test_a_page_gives_its_text_its_article_and_what_it_states() -> None:
    """The raw text holds the whole page, the markup tells which lines are the article and who published it when."""
    article = read(PAGE)
    assert article.raw.split("\n")[:2] == ["首页 新闻", "老支书的致富之路"]
    assert article.main is not None
    assert [span.of(article.raw).strip() for span in article.main] == [PROSE, LAST, f"甲{PROSE}", f"乙{LAST}"]
    stated = article.stated
    assert (stated.title, stated.published, stated.publisher) == ("老支书的致富之路", "2020-11-16", "某某日报")
    assert (stated.authors, stated.editors) == (("王小明",), ("李某某",))


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="GB2312">', "gb2312"),
        (b"<META http-equiv=Content-Type content='text/html; charset=big5'>", "big5"),
        (b'<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
        (b"<meta name=charset>", None),
    ],
)
def test_a_page_names_its_charset(head: bytes, charset: str | None) -> None:
    """The charset of a page's own statement is handed to the decoder."""
    assert declared_charset(b"<html><head>" + head) == charset


def test_what_the_caller_knows_is_kept() -> None:
    """Address and time of fetching come from outside and are no statements of the page."""
    article = read_html(
        PAGE.encode("gb18030").replace(b"utf-8", b"gbk"),
        identifier="1",
        where="a",
        address="http://example.cn/1",
        fetched="2026-01-01",
    )
    assert (article.identifier, article.address, article.fetched) == ("1", "http://example.cn/1", "2026-01-01")
    assert (article.charset, article.stated.published) == ("gb18030", "2020-11-16")


@pytest.mark.parametrize("page", ["<!-- 空 -->", "<html><body></body></html>", "<script>var a;</script>", "</p>" * 100])
def test_a_page_without_text_is_no_article(page: str) -> None:
    """Where nothing is to be read, the error says so."""
    with pytest.raises(ArticleError, match="page"):
        read(page)


@pytest.mark.parametrize(
    "piece", ["<p>", "<td>", "<tr><td>", "<table>", "<br>", "</p>", "<a ", "&amp", "\n", "<b>", "一<p>"]
)
def test_hostile_pages_are_read_or_refused(piece: str) -> None:
    """A page of one piece over and over is read, or refused in one line."""
    try:
        read(f"<p>{PROSE}</p>" + piece * 5_000)
    except ArticleError as exc:
        assert "too deep" in str(exc)  # noqa: PT017 - refusing is one of two right answers


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trafilatura the error says what to install."""
    real = builtins.__import__

    def missing(name: str, *args: object, **options: object) -> object:
        if name.startswith("kg.read.html_page"):
            raise ModuleNotFoundError(name)
        return real(name, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ArticleError, match=r"trafilatura\. pip install 'poverty-kg\[html\]'"):
        read(PAGE)
