"""The vocabulary of pages tells lines by their words."""

import pytest

from kg.text.page_words import DATELINE, END_HEAD, SITE_LINE, TAIL, is_notice, is_pager, is_signed


@pytest.mark.parametrize(
    "words",
    [
        "责任编辑：李某 校对：王某",
        "来源 | 某县融媒体中心",
        "(某某网 王小明 摄)",
        "原创 某县发布 2020-03-04",
        "索 引 号：12345 文号：某政发〔2020〕1号",
        "某某社北京9月28日电 题：山乡巨变",
    ],
)
def test_imprints_are_signed(words: str) -> None:
    """Labels with their colon or bar, credits and datelines sign an article."""
    assert is_signed(words)


@pytest.mark.parametrize("words", ["山乡巨变", "村民李大山的新生活", "王文：这一仗必须打赢", "记者节到了"])
def test_headlines_are_not_signed(words: str) -> None:
    """Words that hold a label's characters are none."""
    assert not is_signed(words)


@pytest.mark.parametrize(
    ("words", "result"),
    [("上一页 1 2 3 下一页", True), ("【1】【2】【3】", True), ("共5页", False), ("2", False), ("12 户 36 人", False)],
)
def test_rows_of_page_numbers_are_known(words: str, *, result: bool) -> None:
    """Numbers and words of paging alone make a pager; a single number may be a heading."""
    assert is_pager(words) is result


@pytest.mark.parametrize(
    "words",
    [
        "分享到：",
        "微博 微信 QQ空间",
        "扫一扫",
        "点赞 12",
        "用微信扫描二维码",
        "点击蓝字关注我们",
        "展开全文",
        "19 跟贴",
    ],
)
def test_buttons_are_the_sites_own(words: str) -> None:
    """Share buttons and boxes, alone or in a row, with or without a count."""
    assert SITE_LINE.match(words)


@pytest.mark.parametrize(
    "words", ["视频会议开到村", "推荐扶贫产品", "图片里的新村", "分享丰收的喜悦是每个村民的心愿也是干部的心愿"]
)
def test_headings_are_no_buttons(words: str) -> None:
    """Longer words that begin like a button are headings."""
    assert not SITE_LINE.match(words)


@pytest.mark.parametrize(
    "words", ["相关阅读", "【新闻推荐】", "为您推荐", "上一篇：邻县", "网友评论", "热点排行", "大家都在看"]
)
def test_the_end_of_a_page_is_known(words: str) -> None:
    """Boxes of other articles, comments and paging begin the end."""
    assert END_HEAD.match(words)


@pytest.mark.parametrize(
    ("words", "imprint"),
    [
        ("某某社兰州9月28日电 近日，全县脱贫。", "某某社兰州9月28日电 "),
        ("本报讯 近日，全县脱贫。", "本报讯 "),
        ("【某报讯】记者 李明、王芳 报道：近日，全县脱贫。", "【某报讯】记者 李明、王芳 报道："),
        ("【本报某地讯】记者从扶贫办获悉，全县脱贫。", "【本报某地讯】"),
        ("本网消息（记者 李明）近日，全县脱贫。", "本网消息（记者 李明）"),
    ],
)
def test_datelines_stand_before_the_text(words: str, imprint: str) -> None:
    """What an agency or paper sets before the first sentence is parted from it."""
    match = DATELINE.match(words)
    assert match is not None
    assert match["imprint"] == imprint


def test_tails_stand_behind_the_text() -> None:
    """Who wrote or took it, behind the last sentence."""
    for tail in ("(某某社发 王小明摄)", "（记者 李明）", "本报记者李明摄"):
        match = TAIL.search(f"全县脱贫。{tail}")
        assert match is not None
        assert match["rest"] == tail


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("本文转载自网络，版权归原作者所有，如有侵权请联系本站删除。", True),
        ("任何单位使用本报社拥有著作权的作品，应注明来源，未经授权不得转载。", True),
        ("法院加强知识产权保护，审结著作权、专利权等案件四十余万件，惩治侵权。", False),
        ("村里的故事被多家媒体转载，李大山成了名人。", False),
    ],
)
def test_notices_speak_of_rights_and_of_the_site(words: str, *, result: bool) -> None:
    """A paragraph about rights is the site's own only where it speaks of the site, too."""
    assert is_notice(words) is result
