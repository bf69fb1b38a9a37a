"""The parts of named systems are read from the sentence that lists them."""

import pytest

from kg.extract.systems import find_parts, find_systems
from kg.model import Span


def _parts(text: str, name: str) -> list[str]:
    """Return the parts of the system with a name in a sentence."""
    start = text.index(name)
    return [part.of(text) for part in find_parts(text, Span(start, start + len(name)))]


@pytest.mark.parametrize(
    ("text", "name", "parts"),
    [
        ("落实“低保+医保+社保”兜底体系", "低保+医保+社保", ["低保", "医保", "社保"]),
        ("落实“1+2”兜底体系", "1+2", []),
        ("推行“支部+农户”模式", "支部+农户", []),
        ("构建“园区+农户+电商”“112”产业体系", "“112”产业体系", ["园区", "农户", "电商"]),
        ("推行“三包”(包技术、包销售、包分红)", "三包", ["包技术", "包销售", "包分红"]),
        ("推行“三包”机制,即包技术、包销售和包分红", "三包", ["包技术", "包销售", "包分红"]),
        ("推行“三包”(很好)", "三包", []),
        ("按照“先建后搬;先易后难”两步走要求", "两步走", ["先建后搬", "先易后难"]),
        (
            "建立领导小组统一抓,甲组、乙组2个专班分头抓,县直和乡镇3个层级协同抓的“123”体系",
            "“123”体系",
            ["领导小组", "甲组", "乙组", "县直", "乡镇"],
        ),
        ("设1个总站、8个分站的“1+8”体系", "“1+8”体系", ["总站", "分站"]),
        ("甲组、乙组2个专班分头抓的“23”体系", "“23”体系", []),
        ("以党支部为核心,合作社、车间等为支撑的“一核多元”体系", "一核多元", ["党支部", "合作社", "车间"]),
        ("推进自治、德治、法治“三治融合”", "三治融合", ["自治", "德治", "法治"]),
        ("推进自治、德治“五治融合”", "五治融合", []),
        ("统一建设云上果园、山下菜园、水边茶园“三大园”", "三大园", ["云上果园", "山下菜园", "水边茶园"]),
        ("从帮教、帮医等方面入手,做好困难帮扶", "困难帮扶", ["帮教", "帮医"]),
        ("干群一条心", "一条心", []),
    ],
)
def test_parts_are_read_where_they_are_listed(text: str, name: str, parts: list[str]) -> None:
    """Each way of listing gives the parts in their order."""
    assert _parts(text, name) == parts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("天网、警网、民网三网合一", ["三网合一"]),
        ("推进三网合一", []),
        ("“先易后难;先近后远”两步走", ["两步走"]),
        ("分两步走", []),
        ("从帮教、帮医、帮困等方面入手,做好临时救助兜底工作", ["临时救助兜底"]),
        ("做好临时救助兜底工作", []),
    ],
)
def test_systems_without_marks_close_a_list(text: str, names: list[str]) -> None:
    """A name without marks is one only where its parts are listed before it."""
    assert [span.of(text) for span in find_systems(text)] == names
