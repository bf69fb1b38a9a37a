"""Sentences end where a reader would end them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Block, BlockRole, Span
from kg.text.sentences import divide, split_sentences


def split(text: str) -> list[str]:
    """Return the sentences of one line."""
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["全县脱贫。", "人人满意!", "还有谁?"],
        ["建成9个车间;", "带动68户。"],
        ["建成九个车间；", "带动六十八户。"],
        ["如何解决这一问题?", "发展产业。"],
        ["“苦不苦?”", "“不苦!”", "他说。"],
        ["“日子好了。", "收入也多了。”", "她笑着说。"],
        ["“日子好了。”", "他说,“收入也多了。”"],
        ["县里办了“谁来养老?”主题活动,效果很好。"],
        ["按照“统一规划;分步实施;稳步推进”的办法办。"],
        ["上演大戏《路在何方?》,观众如潮。"],
        ["2013年(当年未脱贫。)全县有195个贫困村。"],
        ["种羊、蔬菜、庭院经济……这些产业都不小。"],
        ["“哞……”", "“咩……”院里很热闹。"],
        ["占农业总人口的?.33%,贫困发生率8.61%……"],
        ["总面积1572.6平方公里,辖13镇2乡:一是山区,二是川区。"],
        ["没有标点的标题"],
        ["他问“这样的好日子从前谁敢想呢?", "如今都有了。”", "大家都笑了。"],
    ],
)
def test_a_line_is_divided_at_the_ends_of_sentences(sentences: list[str]) -> None:
    """Marks end a sentence with what closes after them, save within names, lists, brackets and titles."""
    assert split("".join(sentences)) == sentences


def test_sentences_are_trimmed() -> None:
    """Space around a sentence belongs to none."""
    assert split("　脱了贫。  刘某说。 ") == ["脱了贫。", "刘某说。"]


def test_only_content_is_divided_and_paragraphs_are_counted() -> None:
    """Furniture gives no sentence; each content block is a paragraph with its role."""
    text = "标题\n脱贫。致富。\n分享"
    blocks = (
        Block(Span(0, 2), BlockRole.TITLE),
        Block(Span(3, 9), BlockRole.BODY),
        Block(Span(10, 12), BlockRole.FURNITURE),
    )
    found = divide(text, blocks)
    assert [(it.span.of(text), it.paragraph, it.role) for it in found] == [
        ("标题", 0, BlockRole.TITLE),
        ("脱贫。", 1, BlockRole.BODY),
        ("致富。", 1, BlockRole.BODY),
    ]


@given(st.text(alphabet="。！？!?;；…“”‘’（）()《》贫困 户,，:\ufffd", max_size=60))
def test_sentences_cover_all_but_space_in_order(text: str) -> None:
    """Nothing is lost, doubled or reordered, and no sentence is empty."""
    found = split(text)
    assert all(it and it == it.strip() for it in found)
    assert "".join("".join(found).split()) == "".join(text.split())
