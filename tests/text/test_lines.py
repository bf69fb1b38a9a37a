"""One line of a page tells what it is by its words."""

import pytest

from kg.text.lines import Line


def line(text: str) -> Line:
    """Return a line of a page with these words."""
    return Line(0, text)


@pytest.mark.parametrize(
    "text",
    [
        "◎王 强",
        "来源:某某报 作者:李明 日期:2020-06-16 访问:",
        "2020年8月24日 本报记者 李明",
        "《某某日报》(2019年05月16日 02 版)",
    ],
)
def test_imprints_only_say_where_an_article_comes_from(text: str) -> None:
    """Marked names, labels, dates and printed pages are imprints and no prose."""
    assert line(text).is_imprint
    assert not line(text).is_prose


@pytest.mark.parametrize("text", ["第02版:要闻", "A03版", "首页 新闻 视频 图片 专题 评论 论坛"])
def test_navigation_leads_about_the_site(text: str) -> None:
    """The number of a printed page and rows of channels are navigation."""
    assert line(text).is_navigation


@pytest.mark.parametrize(
    ("text", "is_paragraph"),
    [
        ("全县已有一千多户脱贫,人人满意。", True),
        ("山乡巨变奔小康!", False),
        ("版权所有,未经授权不得转载本网站的任何内容。", False),
    ],
)
def test_paragraphs_end_in_full_stops(*, text: str, is_paragraph: bool) -> None:
    """A paragraph is prose and none of the site's own lines."""
    assert line(text).is_paragraph is is_paragraph
