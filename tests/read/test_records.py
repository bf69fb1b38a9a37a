"""Records to articles: fields, ids, dates."""

import hashlib
from collections import Counter
from typing import Any

import pytest

from kg.errors import ArticleError, SettingsError
from kg.model import Article, Metadata
from kg.read.records import Ambiguous, Origin, RecordFields, read_record
from tests.read.samples import PAGE, TEXT


def record(fields: str = "", **values: Any) -> tuple[Article, Counter[str]]:
    """Return the article of a record in a file, and what was left aside."""
    origin = Origin("a.jsonl", "folder/a.jsonl", RecordFields.parse(fields))
    return read_record(values, origin, "folder/a.jsonl, line 1"), origin.ignored


def test_usual_names_are_known() -> None:
    """Fields by their usual English or Chinese names, in any case, give text and metadata."""
    stated = Metadata("某县摘帽", "2020-11-16", "某县融媒体中心", ("张三", "李四"), ("王五",))
    english, _ = record(
        Content=TEXT,
        Title="某县摘帽",
        publishTime="2020/11/16 08:00",
        source="http://a.example/1",
        site_name="来源：某县融媒体中心",
        authors=["张三", "李四"],
        editor="责任编辑：王五",
        url="http://a.example/1",
        crawl_time=1605542400,
    )
    chinese, _ = record(
        正文=TEXT,
        标题="某县摘帽",
        发布时间="2020年11月16日",
        来源="某县融媒体中心",
        作者="记者 张三、李四",
        责编="王五",
    )
    assert (english.raw, english.stated, english.address) == (TEXT, stated, "http://a.example/1")
    assert english.fetched == "2020-11-16T16:00:00Z"
    assert (chinese.raw, chinese.stated) == (TEXT, stated)


def test_fields_can_be_named() -> None:
    """What the user names counts, and the usual names of that part no longer do."""
    article, _ = record("text=article_zh, id=key", article_zh=TEXT, text="other", key=7, id="no")
    assert (article.raw, article.identifier) == (TEXT, "7")
    with pytest.raises(ArticleError, match=r"no text.*text=….*it has text, id\."):
        record("text=article_zh", text=TEXT, id="1")


def test_ids_are_stable() -> None:
    """The id is the field, else the address, else made from the text; never the place in the file."""
    assert record(text=TEXT, _id={"$oid": "5f"})[0].identifier == "5f"
    assert record(text=TEXT, id=12.0)[0].identifier == "12"
    assert record(text=TEXT, id=" a\nb ")[0].identifier == "a\\nb"
    assert record(text=TEXT, url="http://a.example/1")[0].identifier == "http://a.example/1"
    assert record(text=TEXT)[0].identifier == "a.jsonl#" + hashlib.sha256(TEXT.encode()).hexdigest()[:12]
    assert record(text=TEXT, id=True)[1] == {"unreadable id": 1}


def test_pages_in_records_are_read_as_pages() -> None:
    """A page stands in a field of its own, or in that of the text; fields speak before its markup."""
    own, _ = record(html=PAGE, title="另一个标题")
    within, _ = record(content=PAGE)
    assert "<p>" not in own.raw + within.raw
    assert own.stated.title == "另一个标题"
    assert own.main is not None
    assert record("html=content", content=PAGE)[0].raw == within.raw
    assert record(html=PAGE.encode("gb18030"))[0].charset == "gb18030"


def test_text_speaks_before_the_page() -> None:
    """Where a record has both, the text is read, unless the page alone was named."""
    assert record(text=TEXT, html=PAGE)[0].raw == TEXT
    assert record("html=html", text="short", html=PAGE)[0].main is not None


def test_raw_text_is_evened_out() -> None:
    """Line ends, byte order mark and halves of surrogate pairs are as in files."""
    article, _ = record(text="\ufeff" + TEXT.replace("\n", "\r\n") + "\ud800", title="甲\ud800\n乙")
    assert article.raw == TEXT + "\ufffd"
    assert article.stated.title == "甲\ufffd 乙"


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({}, "it has none"),
        ({"a\n": 1, "b": 2}, r"it has a\\n, b\."),
        ({"text": None, "title": "甲"}, "no text"),
        ({"text": "  "}, "no text"),
        ({"text": 5}, "no string but int"),
        ({"text": [TEXT]}, "no string but list"),
        ({"text": "太短。"}, "too little Chinese"),
        ({"text": Ambiguous()}, "text stands twice"),
        ({"text": b"\x89PNG\r\n\x00\x00"}, "not text"),
    ],
)
def test_records_without_an_article_are_errors(values: dict[str, Any], complaint: str) -> None:
    """The error names the place and what there is."""
    with pytest.raises(ArticleError, match=complaint) as caught:
        record(**values)
    assert caught.value.where == "folder/a.jsonl, line 1"


def test_values_that_say_nothing_are_counted() -> None:
    """A field of the wrong kind is left aside and counted; an empty one or no number is none."""
    article, ignored = record(
        text=TEXT,
        date="昨天",
        title=["甲"],
        author=3,
        fetched={},
        url=float("nan"),
        publisher="http://a.example",
        editor="",
    )
    assert article.stated == Metadata()
    assert article.address is None
    assert ignored == {"unreadable date": 1, "unreadable title": 1, "unreadable author": 1, "unreadable fetched": 1}


def test_settings_of_fields_are_checked() -> None:
    """Unknown parts, parts without a name and parts named twice are errors that tell what is known."""
    assert RecordFields.parse("") == RecordFields()
    assert RecordFields.parse("text=a, date=b,") == RecordFields(text="a", date="b")
    for words, complaint in (("txt=a", "Known are text, html, id"), ("text", "one field"), ("id=a,id=b", "one field")):
        with pytest.raises(SettingsError, match=complaint):
            RecordFields.parse(words)


def test_columns_are_those_that_are_read() -> None:
    """Of a table only the columns of known parts are read, in their order."""
    assert RecordFields().columns(["Title", "x", "CONTENT", "标题"]) == ["Title", "CONTENT", "标题"]
    assert RecordFields(text="x").columns(["text", "x"], ["text"]) == ["x"]
