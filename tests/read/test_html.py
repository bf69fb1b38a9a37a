"""Pages of HTML become articles: text line by line, the article's lines, what the markup states."""

import builtins

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.model import Article
from kg.read.html import declared_charset, read_html
from kg.read.html_page import block_text, parse_page

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


def text_of(body: str) -> str:
    """Return the block text of a page with this body."""
    return block_text(parse_page(f"<html><body>{body}</body></html>", where="page.html"))


def read(page: str) -> Article:
    """Return the article of a page."""
    return read_html(page.encode(), identifier="page.html", where="page.html")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("甲<br>乙<br/><br>丙", "甲\n乙\n丙"),
        ("<p>全<b>县</b><span>脱<i>贫</i></span>了</p>", "全县脱贫了"),
        ("<p>甲<!-- 隐 -->乙<script>丙</script><style>丁</style><noscript>戊</noscript></p>", "甲乙"),
        ("<p>甲</p><p hidden>乙</p><div style='Display : none'><p>丙</p></div>丁", "甲\n丁"),
        ("<p>  全县\n   脱贫 \t 了  </p>", "全县脱贫 了"),
        ("<p>GDP\n增长</p>", "GDP 增长"),
        ("<p>　　全县&nbsp;脱贫&#x4e86;&amp;</p>", "　　全县\u00a0脱贫了&"),
        ("<p>&nbsp;</p><p>　</p><p>甲</p>", "甲"),
        ("<table><tr><th>村</th><th>户</th></tr><tr><td>甲村</td><td><p>12</p></td></tr></table>", "村 户\n甲村 12"),
        ("<table><tr><td>首页</td><td><p>甲。</p><p>乙。</p></td></tr></table>", "首页\n甲。\n乙。"),
        ("<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td><td>丙</td></tr></table>", "甲 乙 丙"),
        (
            "<table><tr><td><table><tr><td>甲</td></tr><tr><td>乙</td></tr></table></td><td>丙</td></tr></table>",
            "甲\n乙\n丙",
        ),
        ("<table><tr hidden><td>甲</td></tr><tr><td>乙</td></tr></table>", "乙"),
        ("<pre>甲\n乙</pre>", "甲\n乙"),
        ("<p>甲<img alt='图' title='题'>乙<a title='丙'>丁</a></p>", "甲乙丁"),
        ("<p>甲<p>乙<div>丙", "甲\n乙\n丙"),
        ("<p>甲&#0;乙&#30;</p>", "甲\ufffd乙\ufffd"),
        ("<select><option>某市</option></select><textarea>甲</textarea>乙", "乙"),
    ],
)
def test_the_text_of_a_page_is_its_visible_blocks(body: str, text: str) -> None:
    """Each block is a line; markup within a line is joined, what is not shown is left out, cells are spaced."""
    assert text_of(body) == text


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
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2020-12-17T23:30:00Z">', "2020-12-18"),
        ('<meta name="weibo: article:create_at" content="2019-11-25 18:57:38">', "2019-11-25"),
        ('<script type="application/ld+json">{"@graph": [{"datePublished": "2020-08-24"}]}</script>', "2020-08-24"),
        ('<script type="application/ld+json">[{"pubDate": "2020-08-24T10:00:00"}]</script>', "2020-08-24"),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        ('<meta name="lastmodifiedtime" content="2020-08-24"><meta name="others" content="2023-10-23">', None),
        ('<meta name="PubDate" content="2 小时前">', None),
    ],
)
def test_dates_of_publication_are_stated_by_tags(head: str, published: str | None) -> None:
    """Tags and JSON-LD that mean publication are read; those of change and of the server's clock are not."""
    assert read(f"<html><head>{head}</head><body><p>{PROSE}</p></body></html>").stated.published == published


def test_a_marked_element_dates_the_page() -> None:
    """Microdata counts as markup."""
    body = f'<span itemprop="datePublished">2020年09月11日 18:05</span><p>{PROSE}</p>'
    assert read(f"<html><body>{body}</body></html>").stated.published == "2020-09-11"


@pytest.mark.parametrize(
    ("title", "heading", "stated"),
    [
        ("老支书的致富之路_某某网", "老支书的致富之路", "老支书的致富之路"),
        ("老支书的致富之路 - 某某网", "", "老支书的致富之路"),
        ("老支书的致富之路--时政--某某网", "", "老支书的致富之路"),
        ("老支书的“致富”之路_某某网", "老支书的“致富”之路", "老支书的“致富”之路"),
        ("", "老支书的致富之路", ""),
    ],
)
def test_a_title_loses_the_name_of_the_site(title: str, heading: str, stated: str) -> None:
    """The line of the page that the title begins with is the headline; else what follows a mark is cut."""
    page = f"<html><head><title>{title}</title></head><body><h1>{heading}</h1><p>{PROSE}</p></body></html>"
    assert read(page).stated.title == stated


def test_authors_of_json_ld_are_persons() -> None:
    """A person is an author, an organisation is none."""
    record = '{"author": [{"@type": "Person", "name": "王小明"}, {"@type": "Organization", "name": "某某网"}]}'
    page = f'<html><head><script type="application/ld+json">{record}</script></head><body><p>{PROSE}</p></body></html>'
    assert read(page).stated.authors == ("王小明",)


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


def test_a_page_nested_without_end_is_refused() -> None:
    """Beyond what the parser nests, text would be lost silently."""
    assert text_of("<div>" * 1500 + "深") == "深"
    with pytest.raises(ArticleError, match="too deep"):
        text_of("<div>" * 3000 + "深")


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


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<td>",
                "<tr>",
                "</tr>",
                "<table>",
                "</table>",
                "甲",
                "乙 ",
                "\n",
                "<br>",
                "<pre>",
                "<b hidden>",
                "<script>",
                "&lt;",
            ]
        )
    )
)
def test_lines_are_trimmed_and_none_is_blank(pieces: list[str]) -> None:
    """Whatever the markup, lines have words and single spaces."""
    text = text_of("甲" + "".join(pieces))
    assert all(line.strip(" ") == line and line and "  " not in line for line in text.split("\n"))
