"""A parsed page gives its visible text, line by line, and the lines of its article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.read.html_page import block_text, find_main, parse_page

PROSE = "近年来，全县上下一心，把发展产业作为群众增收的根本途径，建成扶贫车间九个，带动六百多户贫困户增收。"


def text_of(body: str) -> str:
    """Return the block text of a page with this body."""
    return block_text(parse_page(f"<html><body>{body}</body></html>", where="page.html"))


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


def test_a_page_nested_without_end_is_refused() -> None:
    """Beyond what the parser nests, text would be lost silently."""
    assert text_of("<div>" * 1500 + "深") == "深"
    with pytest.raises(ArticleError, match="too deep"):
        text_of("<div>" * 3000 + "深")


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


def test_the_lines_of_the_article_are_found_in_the_text() -> None:
    """Long lines are found wherever the article has them, short ones where it goes on with them."""
    links = "".join(f'<li><a href="/{n}">邻县新闻第{n}条</a></li>' for n in range(30))
    body = f"<ul>{links}</ul><div><p>{PROSE}</p><p>一</p><p>甲{PROSE}</p><p>乙{PROSE}</p></div><ul>{links}</ul>"
    tree = parse_page(f"<html><body>{body}</body></html>", where="page.html")
    raw = block_text(tree)
    main = find_main(tree, raw)
    assert main is not None
    assert [span.of(raw) for span in main] == [PROSE, "一", f"甲{PROSE}", f"乙{PROSE}"]


def test_a_page_without_an_article_tells_nothing() -> None:
    """Where trafilatura finds nothing, or the page is too large to look, the text alone decides."""
    for body in ("<script>1</script>", "<p>" * 60_000 + PROSE):
        tree = parse_page(f"<html><body>{body}</body></html>", where="page.html")
        assert find_main(tree, block_text(tree)) is None


def test_a_page_of_countless_tags_is_refused() -> None:
    """A tree of millions of elements would take the memory of the machine."""
    with pytest.raises(ArticleError, match="500002 tags"):
        text_of("<p>" * 499_998)
