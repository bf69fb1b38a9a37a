"""What a page states about the article itself: title, date, publisher, authors, editors.

Read from the lines that :mod:`kg.text.body` took for the imprint above and below the text, never from the text; what
the source states beside the text, in a record's fields or a page's markup, comes first. What nobody states stays
unknown. Dates within the text are left to :mod:`kg.text.periods`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from kg.extract.imprint import (
    CHANGED_LABELS,
    PUBLISHED_LABELS,
    RAN_BY,
    SOURCE_LABELS,
    WRITTEN_LABELS,
    Entry,
    find_hosts,
    find_outlets,
    find_printed,
    find_sources,
    read_bare_names,
    read_entries,
    read_names,
)
from kg.model import BlockRole, Document, Extraction, Metadata, Reading
from kg.text.clean import clean
from kg.text.dates import parse_address_date, parse_date


class ArticleExtractor:
    """Reads title, date, publisher, authors and editors of the article from its imprint and what is stated beside."""

    name = "article"
    version = "3"
    requires = frozenset({"document"})
    assigns = frozenset({"metadata"})

    def extract(self, reading: Reading) -> Extraction:
        """Return the metadata, and nothing else."""
        document = reading.document
        stated = document.article.stated
        imprint = _read_imprint(document)
        return Extraction(
            metadata=Metadata(
                title=_title(document, _plain(stated.title)),
                published=_published(imprint, document),
                publisher=_publisher(imprint, _plain(stated.publisher or "")),
                authors=_stated_names(stated.authors) or _people(imprint.entries, "author"),
                editors=_stated_names(stated.editors)
                or _people(imprint.entries, "editor")
                or _people(imprint.entries, "chief"),
            )
        )


def _plain(words: str) -> str:
    """Return stated words as the text has them: simplified, without odd characters."""
    return clean(words).text.strip() if words else ""


# ---- The imprint -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Imprint:
    """The lines around the text that tell of the article.

    Attributes:
        above: Lines above the text: those below the title first, then those above it from the nearest.
        below: Lines below the text and between its paragraphs, in order.
        entries: The labels of all lines, in the order of the page.
    """

    above: tuple[str, ...]
    below: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines, those above the text first."""
        return self.above + self.below


def _read_imprint(document: Document) -> _Imprint:
    """Return the imprint; the title written once more is none of it."""
    titles = [block for block in document.blocks if block.role is BlockRole.TITLE]
    known = {document.words(block.span) for block in titles}
    end = titles[-1].span.end if titles else 0
    found = [
        (block, words)
        for block in document.blocks
        if block.role in {BlockRole.HEADER, BlockRole.FOOTER} and (words := document.words(block.span)) not in known
    ]
    heads = [(block.span.start, words) for block, words in found if block.role is BlockRole.HEADER]
    above = [words for at, words in heads if at >= end] + [words for at, words in reversed(heads) if at < end]
    below = [words for block, words in found if block.role is BlockRole.FOOTER]
    lines = [words for _, words in found]
    entries = chain(chain.from_iterable(map(read_entries, lines)), chain.from_iterable(map(read_bare_names, lines)))
    return _Imprint(tuple(above), tuple(below), tuple(entries))


def _stated_names(values: Sequence[str]) -> tuple[str, ...]:
    """Return the persons among stated authors or editors: "本报记者 李某", "李某 王某"."""
    plain = [_plain(value) for value in values]
    entries = chain.from_iterable(tuple(read_entries(value)) or (Entry("", "author", value),) for value in plain)
    return tuple(dict.fromkeys(name for entry in entries for name in read_names(entry)))


def _people(entries: Iterable[Entry], role: str) -> tuple[str, ...]:
    """Return the names behind the labels of one role, in order, each once."""
    return tuple(dict.fromkeys(name for entry in entries if entry.role == role for name in read_names(entry)))


# ---- Title -----------------------------------------------------------------------------------------------------------

_NOTE = re.compile(r"\s*[(（\[【](?:组?图|附图|多图|高清组图|图文|视频|转载|原创|全文)[)）\]】]$")
#: The name of the site behind the headline, as browsers show it: "……_某某网", "……--某某频道--某某网".
_SITE = re.compile(
    r"\s*(?:_+|-{2,}|\s[-–—|｜]\s|[|｜])\s*[^_|｜。，]{0,16}(?:网|网站|频道|新闻|在线|日报|晚报|报|社|台|门户|客户端|人民政府|新闻中心|媒体中心)$"
)


def _title(document: Document, stated: str) -> str:
    """Return the headline that is stated, save where the page writes it in more or other lines.

    A stated headline is often cut short or has the site's prefix; the page's own lines are kept where they share half
    of its words or more. Lines are joined; a subtitle that begins with a dash needs no space.
    """
    lines = (document.words(block.span) for block in document.blocks if block.role is BlockRole.TITLE)
    joined = _trimmed(re.sub(r"\s+(?=—)", "", " ".join(" ".join(line.split()) for line in lines)))
    stated = _trimmed(" ".join(stated.split()))
    if not stated or (joined and _share_words(joined, stated)):
        return joined
    return stated


def _trimmed(title: str) -> str:
    """Return a headline without the site's name and notes like (图)."""
    title = title.strip("| \u3000")
    while (shorter := _NOTE.sub("", _SITE.sub("", title))) != title and shorter:
        title = shorter
    return title


def _share_words(one: str, other: str) -> bool:
    """Tell whether the shorter of two headlines has half of its pairs of characters in the other."""
    pairs = [
        {words[i : i + 2] for i in range(len(words) - 1)} for words in ("".join(one.split()), "".join(other.split()))
    ]
    shorter = min(map(len, pairs))
    return 2 * len(pairs[0] & pairs[1]) >= shorter


# ---- Date ------------------------------------------------------------------------------------------------------------

#: Lines that tell the time of reading, not of writing.
_CLOCK = re.compile("今天是|现在是|现在时间|当前时间|北京时间|欢迎")
_ADDRESS = re.compile(r"\S*://\S*|www\.\S*")
#: A line below the text with more characters is the headline of another article.
_DATED_BELOW_HAN = 12
_HAN = re.compile("[\u3400-\u9fff]")
#: An agency's dateline gives day and month: "某社某地9月28日电".
_DATELINE = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日\s*(?:电|讯|消息)")
_YEAR_LENGTH = 4


def _published(imprint: _Imprint, document: Document) -> str | None:
    """Return the date of the printed edition, else the stated one, else the page's by the order of its labels.

    A date after the page was fetched is none.
    """
    article = document.article
    latest = _day_after(article.fetched)
    dates = chain(
        (parse_date(issue) for _, issue in find_printed(imprint.lines)),
        [article.stated.published],
        _of_labels(imprint.entries, PUBLISHED_LABELS),
        _bare(imprint),
        _of_labels(imprint.entries, CHANGED_LABELS),
        _of_labels(imprint.entries, WRITTEN_LABELS),
        map(parse_address_date, (*imprint.lines, article.address or "")),
    )
    found = next((each for each in dates if each and each <= latest[: len(each)]), None)
    return _with_day(found, imprint.lines) if found else None


def _day_after(fetched: str | None) -> str:
    """Return the last day that an article may be of: clocks differ by a day at most."""
    try:
        return (date.fromisoformat((fetched or "")[:10]) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return date.max.isoformat()


def _of_labels(entries: Iterable[Entry], labels: frozenset[str]) -> Iterator[str | None]:
    return (parse_date(entry.words) for entry in entries if entry.label in labels)


def _bare(imprint: _Imprint) -> Iterator[str | None]:
    """Yield dates without a label: whole days first; above the text nearest to the title, then below."""
    above = [words for words in imprint.above if not _CLOCK.search(words)]
    below = [words for words in imprint.below if len(_HAN.findall(words)) <= _DATED_BELOW_HAN]
    dates = [parse_date(_without_others(_ADDRESS.sub(" ", words))) for words in (*above, *below)]
    return chain((each for each in dates if each and len(each) > _YEAR_LENGTH + 3), dates)


def _without_others(words: str) -> str:
    """Return a line without its labelled dates of other kinds."""
    for entry in read_entries(words):
        if entry.label in CHANGED_LABELS | WRITTEN_LABELS and entry.words:
            words = words.replace(entry.words, " ", 1)
    return words


def _with_day(found: str, lines: Iterable[str]) -> str:
    """Return a mere year with the day of an agency's dateline, if there is one."""
    if len(found) > _YEAR_LENGTH:
        return found
    days = (parse_date(f"{found}年{match[0]}") for line in lines for match in _DATELINE.finditer(line))
    return next(filter(None, days), found)


# ---- Publisher -------------------------------------------------------------------------------------------------------


def _publisher(imprint: _Imprint, stated: str) -> str | None:
    """Return who published the article first: as stated, its source, its print, the outlet of its byline, its host."""
    sources = (entry.words for entry in imprint.entries if entry.label in SOURCE_LABELS)
    hosts = (entry.words for label in RAN_BY for entry in imprint.entries if entry.label == label)
    named = chain(
        find_sources([re.sub(r"^\S{0,4}来源\s*[:：]\s*", "", stated)]),
        find_sources(sources),
        (name for name, _ in find_printed(imprint.lines)),
        find_outlets(imprint.lines),
        find_sources(hosts),
        find_hosts(imprint.above),
    )
    return next(named, None)
