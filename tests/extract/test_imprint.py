"""Imprints are read by their labels: names, sources, outlets."""

import pytest

from kg.extract.imprint import (
    find_hosts,
    find_outlets,
    find_printed,
    find_sources,
    read_bare_names,
    read_entries,
    read_names,
)


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("来源：某报 作者：李明 编辑：王芳", [("来源", "某报"), ("作者", "李明"), ("编辑", "王芳")]),
        ("2020-11-16 08:30来源：某报作者：李明", [("来源", "某报"), ("作者", "李明")]),
        ("来源 | 某县融媒体中心", [("来源", "某县融媒体中心")]),
        ("摄影/张艳 编辑/苏芳", [("摄影", "张艳"), ("编辑", "苏芳")]),
        ("某某日报记者 李明 通讯员 王芳", [("记者", "李明"), ("通讯员", "王芳")]),
        ("图片来源：某图网", []),
        ("编辑部的故事", []),
    ],
)
def test_labels_part_an_imprint(line: str, entries: list[tuple[str, str]]) -> None:
    """A label runs up to the next one; all but authors' need a colon, a bar or a stroke."""
    assert [(entry.label, entry.words) for entry in read_entries(line)] == entries


@pytest.mark.parametrize(
    ("line", "role", "names"),
    [
        ("记者 李 明 周小红 摄影报道", "author", ["李明", "周小红"]),
        ("作者：格桑边觉", "author", ["格桑边觉"]),
        ("作者最新文章", "author", []),
        ("作者：某某网", "author", ["某某网"]),
        ("责任编辑：李某某_NB123", "editor", ["李某某"]),
        ("审核：陈一 签发：周大山", "editor", ["陈一", "周大山"]),
        ("总编：石大山 | 副总编：彭一 卢某某", "chief", ["石大山", "彭一", "卢某某"]),
        ("责任编辑：系统管理员", "editor", []),
    ],
)
def test_names_stand_behind_their_role(line: str, role: str, names: list[str]) -> None:
    """Names end at the first word that is none; without a colon, a name begins with a surname."""
    found = [name for entry in read_entries(line) if entry.role == role for name in read_names(entry)]
    assert found == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(王小明)", ["王小明"]),
        ("◎王 强", ["王强"]),
        ("(某某社发 王小明 摄)", ["王小明"]),
        ("(视觉中国)", []),
        ("■ 纪检监察", []),
    ],
)
def test_names_may_stand_alone(line: str, names: list[str]) -> None:
    """In brackets or behind a printer's mark, names with a surname are authors."""
    assert [name for entry in read_bare_names(line) for name in read_names(entry)] == names


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("某某网-某某日报", "某某日报"),
        ("某某网-扶贫频道 编辑", "某某网"),
        ("某某新闻举报", "某某新闻"),
        ("[ 某某网 ]", "某某网"),
        ("某某报2020-11-16 08:30", "某某报"),
        ("《某某日报》", "某某日报"),
        ("某某杂志2022年1月下旬刊", "某某杂志"),
        ("网络", None),
        ("本站原创", None),
        ("size=12", None),
        ("", None),
    ],
)
def test_sources_lose_what_stands_behind_them(value: str, source: str | None) -> None:
    """Buttons, dates and the site before the newspaper are none of the name; 本站 names nobody."""
    assert next(find_sources([value]), None) == source


def test_printed_editions_have_an_issue() -> None:
    """A title in brackets is an edition where it is a paper's or the issue says so."""
    assert list(find_printed(["《 某某日报 》（ 2019年05月16日 02 版）"])) == [("某某日报", "2019年05月16日 02 版")]
    assert list(find_printed(["听歌《梦知音》 (2005-04-27)"])) == []


def test_outlets_stand_beside_dates_and_roles() -> None:
    """A word that ends like an outlet counts beside a date or before a role."""
    assert list(find_outlets(["2020-11-16 08:30 某某日报", "某某网记者 李明", "某某日报", "本报记者 李明"])) == [
        "某某日报",
        "某某网",
    ]


def test_hosts_are_named_by_the_head_of_a_page() -> None:
    """The name of the paper above the text, and the first step of the path, say who runs the page."""
    assert list(find_hosts(["某某日报数字报", "您的位置：某县人民政府 > 要闻", "当前位置：首页 > 要闻", "要闻"])) == [
        "某某日报",
        "某县人民政府",
    ]
