"""Lines of a page get their roles."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import BlockRole, Span
from kg.read.text import read_article
from kg.text.body import find_blocks

SEEDS = Path(__file__).parents[2] / "seeds"
PROSE = "近年来，全县上下一心，把发展产业作为群众增收的根本途径，建成扶贫车间九个。"
LAST = "如今走进村里，家家户户都有了新房子，日子一天比一天好。"


def roles(*lines: str) -> list[str]:
    """Return the role of each block of a page."""
    return [block.role.value for block in find_blocks("\n".join(lines))]


def role_of(line: str, *lines: str) -> str:
    """Return the role of the block that holds a line, on a page of lines."""
    text = "\n".join(lines)
    return next(block.role.value for block in find_blocks(text) if line in block.span.of(text))


@pytest.mark.parametrize(
    "line",
    [
        "您当前的位置 : 某某网 >> 新闻 >> 扶贫",
        "首页 新闻 视频 图片 专题 评论 论坛",
        "设为首页 | 加入收藏 | 手机版",
        "http://news.example.cn/2019/0516/c1001.html",
        "2020-12-17 16:27 来源:某某网 编辑:李某",
        "某某日报 2018年11月6日 本报记者 王小明",
        "本报记者 李 明 周小红",
        "通讯员 徐明",
        "【字号：大 中 小】 打印本页",
        "原标题:【走向小康】系列报道",
        "第02版:要闻",
        "来源:某某教育报   作者:王小明  审核:李小林  编辑:曹小正  日期:2020-06-16  访问:",
        "A03版",
    ],
)
def test_lines_above_the_text_are_header(line: str) -> None:
    """Navigation, date, source and byline are header, whether above or below the title."""
    title = "聚力攻坚奔小康"
    assert role_of(line, line, title, PROSE, LAST) == "header"
    assert role_of(line, title, line, PROSE, LAST) == "header"
    assert role_of(title, line, title, PROSE) == role_of(title, title, line, PROSE) == "title"


@pytest.mark.parametrize(
    "line",
    [
        "版权声明:凡本网注明来源的作品，均系本站独家所有。",
        "精彩推荐",
        "相关文章:",
        "往期",
        "上一篇：邻县举办展销会",
        "24小时排行",
        "分享到：",
        "Copyright©2006-2019 某某在线. All Rights Reserved",
        "某公网安备 62010002000486号",
        "• 邻县:扶贫先修路 • 邻县:扶贫先修路",
    ],
)
def test_lines_below_the_text_are_furniture(line: str) -> None:
    """What begins the end of a page is furniture, and so is what follows it."""
    assert roles("标题在此一行", PROSE, LAST, line, "邻县苹果喜获丰收") == [
        "title",
        "body",
        "body",
        "furniture",
        "furniture",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑:李某 | 责任校审:王某",
        "主办:中共某县委宣传部",
        "全媒体记者:姚某",
        "(某某在线编辑:马某某)",
        "《 某某日报 》（ 2019年05月16日 02 版）",
        "来源：某某日报",
    ],
)
def test_imprints_below_the_text_are_footer(line: str) -> None:
    """Editors, sponsors, sources and the printed page are footer, also behind the page's end."""
    assert role_of(line, "标题在此一行", PROSE, LAST, line) == "footer"
    assert role_of(line, "标题在此一行", PROSE, LAST, "往期推荐", line) == "footer"


def test_short_lines_between_paragraphs_are_headings() -> None:
    """A line without a closing mark between paragraphs is a heading, and so is a shout."""
    page = ("标题在此一行", PROSE, "责任上肩 一线勇担当", f"甲{PROSE}", "一", LAST)
    assert roles(*page) == ["title", "body", "heading", "body", "heading", "body"]
    assert role_of("奔向小康!", "标题在此一行", PROSE, "奔向小康!", LAST) == "heading"


def test_captions_are_content() -> None:
    """Lines that say so, and short lines below a picture's repeated text, are captions; the repeated text is not."""
    title = "某县:全力冲刺夺取全胜"
    assert roles(title, title, PROSE, title, "村民忙着采茶", LAST, title, "图为新村一角", f"乙{PROSE}") == [
        *("title", "furniture", "body", "furniture", "caption", "body", "furniture", "caption", "body")
    ]
    assert role_of("采茶忙", "标题在此一行", PROSE, "采茶忙 王某摄", LAST) == "caption"


def test_a_title_below_the_date_in_several_lines_is_preferred() -> None:
    """The title as printed below the date is taken in all its lines, the page's own one above is header."""
    page = (
        "某县：尽锐出战 精准发力(图)",
        "2020-11-16 来源：某中心",
        "尽锐出战",
        "精准发力",
        "——某县脱贫纪实",
        PROSE,
        LAST,
    )
    assert roles(*page) == ["header", "header", "title", "title", "title", "body", "body"]


def test_names_of_sites_above_the_navigation_are_no_title() -> None:
    """The title stands nearest above the date; the site's name and what invites to follow it are header."""
    page = (
        "某某网",
        "扶贫频道",
        "首页 >> 要闻 >> 正文",
        "老支书的致富之路",
        "发稿时间:2019-12-02 15:48",
        "关注某某网",
        "微博",
        PROSE,
    )
    assert roles(*page) == ["header", "header", "header", "title", "header", "header", "header", "body"]
    assert roles("某某新闻网", "老支书的致富之路", "2019-12-02", PROSE) == ["header", "title", "header", "body"]


def test_indentation_after_a_closing_mark_begins_a_paragraph() -> None:
    """A dump without line ends is divided where its paragraphs were indented."""
    assert roles("老支书的致富之路", f"{PROSE}　　{LAST}  分享到") == ["title", "body", "body", "furniture"]


@pytest.mark.parametrize(
    "piece", ["|", "| ", "记者 ", "张三 ", ">", "(", "。", "1 ", "来源", "——", "《", "讯(", "首页 "]
)
def test_odd_lines_take_no_time(piece: str) -> None:
    """No rule backtracks without end on a line of one piece over and over."""
    assert find_blocks(piece * 3000)
    assert find_blocks("\n".join([piece * 40, PROSE, piece * 40, LAST, piece * 40]))


def test_the_title_within_the_text_is_no_heading() -> None:
    """Where the title stands again between paragraphs, it is no content."""
    assert roles("老支书的致富之路", PROSE, "老支书的致富之路", LAST) == ["title", "body", "furniture", "body"]


def test_a_heading_below_the_date_is_no_title() -> None:
    """A line below the date with other words than the title is a heading; a subtitle belongs to the title."""
    assert roles("某县脱贫纪实", "2020-11-16", "牢记嘱托", PROSE) == ["title", "header", "heading", "body"]
    assert roles("山乡巨变", "2020-11-16", "——某县脱贫纪实", PROSE) == ["title", "header", "title", "body"]
    assert roles("山乡巨变", "——某县脱贫纪实", "牢记嘱托", PROSE) == ["title", "title", "heading", "body"]


def test_the_original_title_stands_in_for_a_missing_one() -> None:
    """Where the page has no other title, the words within 原标题 are it."""
    text = f"(原标题:凝心聚力奔小康)\n{PROSE}"
    first = find_blocks(text)[0]
    assert (first.role, first.span.of(text)) == (BlockRole.TITLE, "凝心聚力奔小康")


def test_an_imprint_within_a_paragraph_is_parted_from_it() -> None:
    """A dateline before and an imprint after the words of a paragraph are blocks of their own."""
    text = f"标题在此一行\n本报讯(记者 王小明){PROSE}\n{LAST}(来源:某日报 记者:陈某)"
    assert [(block.role.value, block.span.of(text)) for block in find_blocks(text)[1:]] == [
        ("header", "本报讯(记者 王小明)"),
        ("body", PROSE),
        ("body", LAST),
        ("footer", "(来源:某日报 记者:陈某)"),
    ]


def test_the_name_of_a_paper_is_no_title() -> None:
    """A newspaper's page gives its name, the date and the number of the page above the headline."""
    text = f"某某日报\n2020年11月28日\n第01版:要闻\n山乡大地启新程\n——某县工作综述\n{PROSE}"
    assert [block.span.of(text) for block in find_blocks(text) if block.role is BlockRole.TITLE] == [
        "山乡大地启新程",
        "——某县工作综述",
    ]


def test_a_photographer_behind_a_caption_is_parted_from_it() -> None:
    """Who took a picture belongs to the article, not to the caption's content."""
    text = f"标题在此一行\n{PROSE}\n图为村民在采茶(8月1日摄)。某某社记者 王小明 摄\n{LAST}"
    assert [(block.role.value, block.span.of(text)) for block in find_blocks(text)[2:4]] == [
        ("caption", "图为村民在采茶(8月1日摄)。"),
        ("footer", "某某社记者 王小明 摄"),
    ]


def test_a_sentence_that_is_cut_off_is_no_content() -> None:
    """Where a dump ends within a sentence, its complete sentences are body and the rest is not."""
    text = f"标题在此一行\n{PROSE}\n{LAST}今年要投入12"
    assert [(block.role.value, block.span.of(text)) for block in find_blocks(text)[2:]] == [
        ("body", LAST),
        ("furniture", "今年要投入12"),
    ]


def test_rankings_are_no_content_even_before_the_last_paragraph() -> None:
    """Four consecutive numbered headlines are furniture; numbered paragraphs are not."""
    ranking = ("1 邻县苹果丰收", "2 邻县招聘教师", "3 邻县修通公路", "4 邻县旅游火了")
    assert roles("标题在此一行", PROSE, *ranking, LAST) == ["title", "body", *["furniture"] * 4, "body"]
    assert roles("标题在此一行", *(f"{n}、{PROSE}" for n in range(1, 6))) == ["title", *["body"] * 5]


def test_a_box_of_links_before_most_of_the_text_does_not_end_it() -> None:
    """The end of the page has most of the text before it."""
    assert roles("标题在此一行", PROSE, "相关链接", f"甲{PROSE}", f"乙{PROSE}", LAST).count("body") == 4


def test_paragraphs_may_speak_of_imprints() -> None:
    """Prose with the words of navigation, imprint or licence stays prose."""
    lines = (
        "村里公布了举报电话，群众监督有了渠道，干部作风为之一新。",
        "“作者：张三”四个字印在封面上，老支书看了又看，笑得合不拢嘴！”",
    )
    assert roles("标题在此一行", PROSE, *lines, LAST) == ["title", *["body"] * 4]


def test_a_page_without_paragraphs_has_no_body() -> None:
    """Lines without prose give header and title alone, no line is lost, and blank lines are no blocks."""
    assert roles("首页 > 新闻", "", "只有一个标题", " ") == ["header", "title"]
    assert roles("") == []


def test_verses_below_the_title_are_content() -> None:
    """Short lines that go on to the first paragraph belong to it; more than a few others are buttons."""
    verses = ("但你可能不知道,", "大山深处的小村,", "有困难就找她。", "路修通了吗?", "靠的是——", "是一点点拼出来的!")
    assert roles("村里来了第一书记", "2020-11-16", *verses, PROSE)[2:8] == ["heading"] * 6
    boxes = ("微博某某", "空间某某", "官方某某", "产品某某", "论坛某某", "专区某某")
    assert roles("村里来了第一书记", "2020-11-16", *boxes, PROSE)[2:8] == ["header"] * 6


def test_short_sentences_that_follow_the_text_belong_to_it() -> None:
    """The last words of an article may be few; what does not close a sentence is the page's."""
    assert roles("标题在此一行", PROSE, "特此通告。", "祝大家新年快乐!", "某县发布") == [
        "title",
        "body",
        "heading",
        "heading",
        "furniture",
    ]


def test_notices_about_rights_are_furniture() -> None:
    """A paragraph about the site's rights is none of the text, whatever stands above it."""
    notice = "任何单位使用本报社拥有著作权的作品，应注明来源，未经授权不得转载，违者将被追究。"
    assert roles("标题在此一行", PROSE, "反侵权公告：", notice)[2:] == ["furniture", "furniture"]


def test_a_far_paragraph_is_none_of_the_text() -> None:
    """Beyond many short lines, a lone paragraph is a sidebar's: above where the date follows, or below."""
    links = [f"邻县新闻第{n}条" for n in "一二三四五六七八九十甲乙"]
    text = (f"甲{PROSE}", f"乙{PROSE}", f"丙{PROSE}", f"丁{PROSE}", f"戊{PROSE}", LAST)
    page = ("我司提供免费订阅，任何人均可索取，请留下地址。", *links, "标题在此一行", "2020-11-16", *text)
    assert roles(*page)[0] == "header"
    assert roles("标题在此一行", *text, *links, "网友认为这条路还要修得更宽一些才好。")[-1] == "furniture"


def test_teasers_are_no_paragraphs() -> None:
    """The first words of other articles, cut off, are none of the text."""
    assert roles("标题在此一行", PROSE, "新闻推荐", f"{LAST}{PROSE[:20]}...")[2:] == ["furniture", "furniture"]


def test_dated_headlines_below_the_text_are_furniture() -> None:
    """Lists of other articles have their dates; they date nothing."""
    assert roles("标题在此一行", PROSE, LAST, "邻县举办农产品展销会吸引四方客商 2020-11-16")[-1] == "furniture"


def spans_of(text: str, *lines: str) -> list[Span]:
    """Return where lines stand in a page."""
    return [Span(text.index(line), text.index(line) + len(line)) for line in lines]


def test_paragraphs_outside_the_article_of_the_markup_are_none() -> None:
    """Where markup tells the article, the text begins and ends with it; within, the rules for lines hold."""
    text = "\n".join(
        ("本站发布的活动公告，欢迎大家踊跃报名参加。", "标题在此一行", "2020-11-16", PROSE, "点赞", LAST, f"戊{LAST}")
    )
    found = [block.role.value for block in find_blocks(text, main=spans_of(text, PROSE, "点赞", LAST))]
    assert found == ["header", "title", "header", "body", "furniture", "body", "furniture"]


def test_markup_that_holds_little_of_the_page_is_not_believed() -> None:
    """Where most paragraphs stand outside what markup tells, the lines decide alone."""
    text = "\n".join(("标题在此一行", PROSE, LAST, f"甲{PROSE}", f"乙{LAST}"))
    alone = find_blocks(text)
    assert find_blocks(text, main=spans_of(text, LAST)) == find_blocks(text, main=()) == alone


def test_a_title_that_is_stated_is_no_paragraph() -> None:
    """A headline that ends like a sentence is known by what the source states."""
    title = "他放弃百万年薪来到这里，唯一的要求竟是这个。"
    text = f"{title}\n2020-11-16\n{PROSE}"
    assert [block.role.value for block in find_blocks(text, title=title)] == ["title", "header", "body"]


@pytest.mark.parametrize("path", sorted(SEEDS.glob("00[0-9]*.txt")), ids=lambda path: path.name[:3])
def test_nothing_of_a_sidebar_is_content_in_the_seeds(path: Path) -> None:
    """Navigation, rankings, recommendations and share buttons of the seeds are none of the text."""
    text = read_article(path).raw
    content = {BlockRole.BODY, BlockRole.HEADING, BlockRole.CAPTION, BlockRole.TITLE}
    words = "\n".join(block.span.of(text) for block in find_blocks(text) if block.role in content)
    assert not any(
        it in words for it in ("您当前的位置", "精彩推荐", "分享到", "版权声明", "即时播报", "往期", "Copyright")
    )


@given(
    st.lists(
        st.sampled_from([PROSE, LAST, "短行", "分享到", "来源:某报", "", "1 邻县", "(图)", "原标题:某", "。"]),
        max_size=12,
    )
)
def test_every_line_is_one_or_more_blocks_in_order(lines: list[str]) -> None:
    """Blocks ascend without overlap and cover all words of a page but those around an original title."""
    text = "\n".join(lines)
    blocks = find_blocks(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))
    assert all(block.span.of(text).strip() and block.reason for block in blocks)
    covered = sum(len(block.span) for block in blocks)
    assert covered >= len(text.replace("\n", "")) - len("原标题:")
