"""Works: plays, broadcasts, books and documents, in title marks or under a set name.

《椒乡里的麻辣事》, 县委一号文件, 习近平总书记关于扶贫工作重要论述. Newspapers stand in title marks too and are
publishers, not works.
"""

import re
from collections.abc import Iterator

from kg.model import Span

_TITLED = re.compile(r"[《〈]([^《》〈〉]{2,40})[》〉]")
_PRESS = re.compile("(?:日报|晚报|时报|晨报|早报|商报|都市报|农民报|农村报|法制报|青年报|周刊|杂志|画报|新闻网|网)$")
#: Kinds of documents that are no names by themselves.
_BARE_KIND = re.compile(
    "(?:实施)?(?:通知|意见|办法|方案|规划|条例|决定|公告|报告|合同|协议|细则|计划|手册|决议|公约|责任书|协议书|承诺书)"
)
_TEACHING = re.compile(
    r"习近平(?:总书记)?关于[^，,。；;《》]{2,16}?(?:重要)?(?:论述|讲话精神|讲话|指示批示精神|指示精神|指示)"
)
_NUMBER_ONE = re.compile(
    r"(中央|省委|市委|州委|县委|区委|旗委|镇党委|乡党委)?(?:[^，,。；;]{0,10}出台)?((?:一|1)号文件)"
)


def find_titled(text: str) -> Iterator[Span]:
    """Yield the works in title marks of one sentence, marks excluded.

    >>> [span.of("创排《椒乡里的麻辣事》") for span in find_titled("创排《椒乡里的麻辣事》")]
    ['椒乡里的麻辣事']
    """
    for match in _TITLED.finditer(text) if "《" in text or "〈" in text else ():
        if not (_PRESS.search(match[1]) or _BARE_KIND.fullmatch(match[1])):
            yield Span(*match.span(1))


def find_teachings(text: str) -> Iterator[Span]:
    """Yield the names of collected statements, as in 习近平总书记关于扶贫工作重要论述."""
    for match in _TEACHING.finditer(text) if "习近平" in text else ():
        yield Span(*match.span())


def find_first_documents(text: str, county: str) -> Iterator[tuple[Span, str]]:
    """Yield the first documents of the year of one sentence with their full names.

    Args:
        text: The sentence.
        county: Name of the county or the like that the article is about, or an empty string.

    >>> [name for _, name in find_first_documents("县委连续出台1号文件", "临泽县")]
    ['临泽县委一号文件']
    """
    for match in _NUMBER_ONE.finditer(text) if "号文件" in text else ():
        body = match[1] or ""
        if body == "中央":
            yield Span(match.start(), match.end()), "中央一号文件"
        elif county and body and body[0] == county[-1]:
            yield Span(match.start(), match.end()), f"{county}委一号文件"
