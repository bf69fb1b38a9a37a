"""The headline is found among the lines above the text."""

import pytest

from kg.text.lines import Line
from kg.text.titles import find_title


def titles(*words: str, known: str = "", again: str = "") -> list[str]:
    """Return the headline's lines among some lines above the text."""
    lines = [Line(0, line) for line in words]
    return [words[at] for at in find_title(lines, known=known, is_again=lambda line: line.text == again)]


DATED = "2020-11-16 08:30 来源：某某日报"
MAIN = "小香菇撑起群众致富大产业"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((MAIN, DATED), [MAIN]),
        (("山乡巨变", DATED), ["山乡巨变"]),
        (("某某日报", "2020-11-16", "第04版：县域", MAIN), [MAIN]),
        (("要闻动态", MAIN, "——某县脱贫纪实", DATED), [MAIN, "——某县脱贫纪实"]),
        ((MAIN, DATED, "——某县脱贫纪实"), [MAIN, "——某县脱贫纪实"]),
        (("登录人民号", MAIN, "某县观察", DATED), [MAIN]),
        ((MAIN, "成功举办农产品产销对接推介会", DATED), [MAIN, "成功举办农产品产销对接推介会"]),
        (("某市某镇——", MAIN), ["某市某镇——", MAIN]),
        ((MAIN, "牢记嘱托"), [MAIN]),
        (
            (
                "邻县招聘一百名人民教师",
                "邻县修通多条乡村公路",
                "邻县苹果今年喜获丰收",
                "邻县旅游业持续升温",
                MAIN,
                DATED,
            ),
            [MAIN],
        ),
        (("（原标题：凝心聚力奔小康）",), ["（原标题：凝心聚力奔小康）"]),
        ((), []),
    ],
)
def test_the_headline_stands_nearest_to_date_and_source(lines: tuple[str, ...], title: list[str]) -> None:
    """Above date and source, or below where nothing likely stands above; channels and outlets are none."""
    assert titles(*lines) == title


def test_of_a_list_the_line_is_taken_that_the_page_has_again() -> None:
    """A long run of headlines holds that of the article, which the page repeats, or which has a subtitle."""
    others = [f"邻县第{n}届农产品展销会开幕" for n in range(6)]
    assert titles(*others, DATED, again=others[2]) == [others[2]]
    assert titles(*others[:3], MAIN, "——某县脱贫纪实", *others[3:]) == [MAIN, "——某县脱贫纪实"]


def test_a_headline_is_preferred_as_printed() -> None:
    """Where its words stand below the date once more, divided into lines, these are the headline."""
    assert titles("某县：尽锐出战 精准发力(图)", DATED, "尽锐出战", "精准发力", "——某县脱贫纪实") == [
        "尽锐出战",
        "精准发力",
        "——某县脱贫纪实",
    ]
    assert titles("中外记者团采访扶贫见闻", DATED, "从这里看中国的发展", "——中外记者团采访扶贫见闻") == [
        "从这里看中国的发展",
        "——中外记者团采访扶贫见闻",
    ]


def test_a_headline_known_from_elsewhere_is_recognised() -> None:
    """What a record or the markup states is found whole, or in its parts; what is not there does not count."""
    assert titles("邻县苹果今年喜获丰收", MAIN, "扫码关注某县发布", known=MAIN) == [MAIN]
    assert titles("小香菇撑起", "群众致富大产业", DATED, known=MAIN) == ["小香菇撑起", "群众致富大产业"]
    assert titles(MAIN, DATED, known="邻县苹果喜获丰收") == [MAIN]
