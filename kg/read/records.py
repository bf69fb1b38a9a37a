"""Records of crawls and databases to articles: which field is what, and the id that stays the same from run to run."""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from kg.errors import ArticleError, SettingsError
from kg.model import Article, Metadata
from kg.read.charset import raw_text
from kg.read.formats import HEAD_BYTES, Format, format_of_head
from kg.read.html import read_html
from kg.read.moments import fetched_at, published_on
from kg.read.notes import printable
from kg.read.text import checked, text_article

#: The usual names of each part as :func:`_folded` writes them, in the order of trying: of crawlers and readers of web
#: pages (news-please, trafilatura, Scrapy projects), corpora (C4, news2016zh) and tables made by hand. A bare
#: "timestamp" is mostly the crawler's; a page's date of publication must not be guessed from it.
_USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "articletext", "maintext", "fulltext", "正文", "内容", "全文"),
    "html": ("html", "rawhtml", "contenthtml", "pagesource", "网页"),
    "id": ("id", "docid", "articleid", "newsid", "uuid", "guid", "编号"),
    "title": ("title", "headline", "标题", "题目"),
    "date": (
        *("date", "published", "publishtime", "publishdate", "publishedat", "pubdate", "pubtime", "datepublished"),
        *("datepublish", "posttime", "time", "发布时间", "发布日期", "发表时间", "日期", "时间"),
    ),
    "publisher": ("publisher", "source", "media", "site", "sitename", "来源", "稿源", "媒体", "发布机构"),
    "author": ("author", "authors", "byline", "作者", "记者"),
    "editor": ("editor", "editors", "责任编辑", "责编", "编辑"),
    "url": ("url", "link", "href", "sourceurl", "网址", "链接"),
    "fetched": (
        *("fetched", "fetchedat", "fetchtime", "crawled", "crawledat", "crawltime", "scrapedat", "datedownload"),
        *("warcdate", "timestamp", "抓取时间", "采集时间"),
    ),
}
_PARTS = tuple(_USUAL)
_BODIES = ("text", "html")
#: Values that MongoDB exports as objects of one field.
_WRAPPED = {"$oid", "$date", "$numberLong"}
#: What stands before names in a field of names, and between them.
_LABEL = re.compile(r"^\s*(?:作者|记者|通讯员|编辑|责任编辑|责编|来源|稿源|信息来源|发布机构)\s*[:：\s]\s*")
_BETWEEN = re.compile(r"[、，,;；/|]+|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2})")
_JOINTS = re.compile(r"[\s_-]+")
_HASH_DIGITS = 12
#: So many names of a record's fields are shown in a message.
_SHOWN_FIELDS = 20
_SHOWN_CHARS = 40
_OTHER_FIELD = "Tell which field is the text: text=…."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RecordFields:
    """Which field of a record is what; None means that the usual names are tried (text, content, 正文 …).

    Attributes:
        text: The text of the article.
        html: The page of the article.
        id: What tells the record from all others, the same in every run.
        title: The headline.
        date: When it was published.
        publisher: Who published it.
        author: Who wrote it.
        editor: Who edited it.
        url: Address of the page.
        fetched: When the page was fetched.
    """

    text: str | None = None
    html: str | None = None
    id: str | None = None
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    author: str | None = None
    editor: str | None = None
    url: str | None = None
    fetched: str | None = None

    @classmethod
    def parse(cls, words: str) -> "RecordFields":
        """Return the fields that words like ``text=content,id=news_id`` tell.

        Raises:
            SettingsError: if a part is unknown, named twice, or has no name.
        """
        chosen: dict[str, str] = {}
        for pair in filter(str.strip, words.split(",")):
            part, _, name = (each.strip() for each in pair.partition("="))
            if part not in _USUAL:
                raise SettingsError(
                    f"no part of an article is called {part!r}", remedy=f"Known are {', '.join(_USUAL)}."
                )
            if not name or part in chosen:
                raise SettingsError(
                    f"{part} needs one field: {pair.strip()!r}", remedy="Write text=content,id=news_id."
                )
            chosen[part] = name
        return cls(**chosen)

    def names(self, part: str) -> tuple[str, ...]:
        """Return the names to try for a part."""
        chosen: str | None = getattr(self, part)
        return _USUAL[part] if chosen is None else (chosen,)

    @property
    def bodies(self) -> tuple[str, ...]:
        """The parts that may hold the article, in the order of trying: those that are named, else both."""
        return tuple(part for part in _BODIES if getattr(self, part) is not None) or _BODIES

    def columns(self, present: Iterable[str], parts: Iterable[str] = _PARTS) -> list[str]:
        """Return those of the fields present that parts are read from, in their order."""
        names = {_folded(name) for part in parts for name in self.names(part)}
        return [name for name in present if _folded(name) in names]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where articles come from.

    Attributes:
        name: Name of the file: the identifier of the one article in it, and part of those of records without id.
        source: The file as it stands in messages.
        fields: Which field of a record is what.
        ignored: What is left aside in it, by kind; counted while it is read.
    """

    name: str
    source: str
    fields: RecordFields
    ignored: Counter[str] = field(default_factory=Counter)


class Ambiguous:
    """Stands for the value of a field that an object has twice."""


def read_record(record: Mapping[str, object], origin: Origin, where: str) -> Article:
    """Return the article of a record; its fields speak before the markup of a page in it.

    Raises:
        ArticleError: if it has no text, or its text is no article.
    """
    values = _Values(record, origin, where)
    address = values.words("url")
    article = _body(values, origin.fields, where)
    return replace(
        article,
        identifier=printable(values.identifier() or address or hash_name(origin.name, article.raw)),
        stated=_stated(values, article.stated),
        address=address,
        fetched=values.time("fetched", fetched_at),
    )


def hash_name(name: str, raw: str) -> str:
    """Return an identifier for a text that has none: it does not depend on where in the file the text stands."""
    return f"{name}#{hashlib.sha256(raw.encode()).hexdigest()[:_HASH_DIGITS]}"


def _body(values: "_Values", chosen: RecordFields, where: str) -> Article:
    """Return the text of a record or of the page in it as an article, without what stands beside it."""
    found = ((part, values.get(part)) for part in chosen.bodies)
    part, content = next(((part, value) for part, value in found if value is not None), ("", ""))
    if not part:
        shown = ", ".join(printable(name[:_SHOWN_CHARS]) for name in islice(values.record, _SHOWN_FIELDS))
        remedy = f"Tell which of its fields is the text: text=…; it has {shown or 'none'}."
        raise ArticleError("The record has no text.", where=where, remedy=remedy)
    if not isinstance(content, str | bytes):
        raise ArticleError(f"The {part} is no string but {type(content).__name__}.", where=where, remedy=_OTHER_FIELD)
    data, declared = (content, None) if isinstance(content, bytes) else (raw_text(content).encode(), "utf-8")
    if part == "html" or _is_markup(data):
        return checked(read_html(data, identifier="", where=where, declared=declared), where)
    return text_article(data, identifier="", where=where, declared=declared)


def _is_markup(data: bytes) -> bool:
    return format_of_head(data[:HEAD_BYTES]) is Format.HTML and data.rstrip().endswith(b">")


def _stated(values: "_Values", of_page: Metadata) -> Metadata:
    return Metadata(
        title=values.words("title") or of_page.title,
        published=values.time("date", published_on) or of_page.published,
        publisher=values.outlet() or of_page.publisher,
        authors=values.people("author") or of_page.authors,
        editors=values.people("editor") or of_page.editors,
    )


class _Values:
    """The values of a record by part, each of the type that its part has; what has another one is left aside.

    Attributes:
        record: The record as it was read.
    """

    def __init__(self, record: Mapping[str, object], origin: Origin, where: str) -> None:
        self.record = record
        self._origin = origin
        self._where = where
        self._keys = {_folded(key): key for key in reversed(list(record))} | {key: key for key in record}

    def get(self, part: str) -> object:
        """Return the first value there is for a part, or None."""
        return next(self.all(part), None)

    def all(self, part: str) -> Iterator[object]:
        """Yield the values there are for a part, in the order of its names; lazy."""
        for name in self._origin.fields.names(part):
            value = _unwrapped(self.record.get(self._keys.get(name, name)))
            if isinstance(value, Ambiguous):
                raise ArticleError(f"The field {name} stands twice.", where=self._where, remedy="Keep one of them.")
            if value not in (None, []) and not (isinstance(value, str) and not value.strip()):
                yield value

    def words(self, part: str) -> str | None:
        """Return a value of words on one line."""
        value = self.get(part)
        return self._told(part, value, _line(value) if isinstance(value, str) else None)

    def identifier(self) -> str | None:
        """Return what tells the record from others."""
        value = self.get("id")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        whole = isinstance(value, str | int) and not isinstance(value, bool)
        return self._told("id", value, str(value).strip() if whole else None)

    def time(self, part: str, parse: Callable[[object], str | None]) -> str | None:
        """Return a time."""
        value = self.get(part)
        return self._told(part, value, parse(value))

    def outlet(self) -> str | None:
        """Return a publisher; where a page was found is none."""
        names = (_line(value) for value in self.all("publisher") if isinstance(value, str))
        return next((_LABEL.sub("", name) for name in names if "://" not in name), None)

    def people(self, part: str) -> tuple[str, ...]:
        """Return names, in order."""
        value = self.get(part)
        listed = value if isinstance(value, list) else [value]
        texts = [_LABEL.sub("", raw_text(each)) for each in listed if isinstance(each, str)]
        names = (name.strip() for text in texts for name in _BETWEEN.split(text))
        found = tuple(dict.fromkeys(filter(None, names)))
        self._told(part, value, found or None)
        return found

    def _told(self, part: str, value: object, found: T | None) -> T | None:
        """Return what was found, and count a value that gave nothing."""
        if value is not None and not found:
            self._origin.ignored[f"unreadable {part}"] += 1
        return found or None


def _unwrapped(value: object) -> object:
    """Return a value without what its exporter put around it; a number that is none is no value."""
    if isinstance(value, dict) and len(value) == 1 and _WRAPPED.issuperset(value):
        (value,) = value.values()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _line(words: str) -> str:
    return " ".join(raw_text(words).split())


def _folded(name: str) -> str:
    """Return a field's name without what is written in many ways: publish_time, publishTime, Publish-Time, _id."""
    return _JOINTS.sub("", name).casefold()
