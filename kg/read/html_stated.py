"""What the markup of a page states of its article: title, date of publication, source, author, editor.

Read are the tags that Chinese government sites must have (ArticleTitle, PubDate, ContentSource), Open Graph, JSON-LD
and microdata, all of which a site's own system writes. What is known to be filled in carelessly is not: ``author``,
which mostly names the site, dates of change, and the clock of the server. Nothing is guessed from the text.
"""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from lxml.html import HtmlElement

from kg.model import Metadata
from kg.text.dates import parse_date

_HAN = re.compile("[\u3400-\u9fff]")
_WHITE = re.compile(r"\s+")
#: Names of meta tags, lower case without spaces, the more reliable first.
_TITLE_TAGS = ("articletitle", "og:title", "twitter:title")
_DATE_TAGS = (
    "pubdate",
    "publishdate",
    "firstpublishedtime",
    "article:published_time",
    "article:published",
    "og:published_time",
    "weibo:article:create_at",
    "apub:time",
    "og:time",
    "og:release_date",
    "datepublished",
    "publish_time",
    "publishtime",
    "pubtime",
    "dcterms.issued",
    "dc.date.issued",
)
_SOURCE_TAGS = ("contentsource", "source", "article:source", "mediaid")
_EDITOR_TAGS = ("editor", "article:editor", "responsibleeditor")
#: What parts a page's title from the names of its channel and site, which follow it.
_SUFFIX = re.compile(r"\s*(?:[_|｜]|--+|\s[-–—]\s|(?<=[^\s—-])-(?=[^-]{2,12}$)).*$")
_TITLE_HAN = 6
_NAME = re.compile("[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)+")

#: What bodies end in, and few names.
_BODY = re.compile("[网报社台局办部委]$|中心$")


def find_stated(tree: HtmlElement, raw: str) -> Metadata:
    """Return what a page's markup states reliably of its article; ``raw`` is the page's text."""
    tags = _tags(tree)
    records = tuple(_records(tree))
    dates = chain(
        _values(tags, _DATE_TAGS),
        _strings(records, ("datePublished", "pubDate")),
        _marked_dates(tree),
    )
    editors = (name for value in _values(tags, _EDITOR_TAGS) for name in _NAME.findall(value))
    return Metadata(
        title=_title(tree, raw, (*_values(tags, _TITLE_TAGS), *_strings(records, ("headline", "title")))),
        published=next(filter(None, map(parse_date, dates)), None),
        publisher=next((value for value in _values(tags, _SOURCE_TAGS) if _HAN.search(value)), None),
        authors=tuple(dict.fromkeys(_authors(tags, records))),
        editors=tuple(dict.fromkeys(editors)),
    )


def _tags(tree: HtmlElement) -> dict[str, str]:
    """Return the meta tags that say something, the first of each name."""
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        if value := _squeezed(element.get("content")):
            tags.setdefault(_WHITE.sub("", name.lower()), value)
    return tags


def _values(tags: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (tags[name] for name in names if name in tags)


def _records(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD, without those within others."""
    for element in tree.iter("script"):
        if element.get("type", "").strip().lower() == "application/ld+json":
            try:
                found = json.loads(element.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            graph = found.get("@graph", found) if isinstance(found, dict) else found
            yield from (it for it in (graph if isinstance(graph, list) else [graph]) if isinstance(it, dict))


def _strings(records: tuple[dict[str, Any], ...], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from (value for it in records if isinstance(it.get(name), str) and (value := _squeezed(it[name])))


def _marked_dates(tree: HtmlElement) -> Iterator[str]:
    """Yield the dates of elements that are marked as that of publication."""
    for element in tree.iter("time", "span", "p", "div", "em", "i"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield element.get("datetime") or element.get("content") or _squeezed(element.text_content())


def _authors(tags: dict[str, str], records: tuple[dict[str, Any], ...]) -> Iterator[str]:
    """Yield persons: the author where the page has the tags of a government site, and those of JSON-LD."""
    stated = [tags["author"]] if "articletitle" in tags and "author" in tags else []
    for it in records:
        authors = it.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            name = author.get("name") if isinstance(author, dict) and author.get("@type") == "Person" else None
            stated += [name] if isinstance(name, str) else []
    names = (name for value in stated for name in re.split(r"[\s,，、;；/]+", value))
    return (name for name in names if _NAME.fullmatch(name) and not _BODY.search(name))


def _title(tree: HtmlElement, raw: str, stated: tuple[str, ...]) -> str:
    """Return the headline: as a line of the page has it that its title begins with, else as stated, else cut."""
    whole = _squeezed(tree.findtext(".//title"))
    key = _WHITE.sub("", whole)
    lines = [line for line in raw.split("\n") if len(line) <= len(whole) and key.startswith(_WHITE.sub("", line))]
    if (longest := max(lines, key=len, default="")) and len(_HAN.findall(longest)) >= _TITLE_HAN:
        return longest.strip()
    return next((title for title in stated if _HAN.search(title)), _SUFFIX.sub("", whole))


def _squeezed(words: str | None) -> str:
    return _WHITE.sub(" ", words or "").strip()
