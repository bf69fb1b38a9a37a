"""Villages and townships in lists that give their level once: 龙首、安沟、新城3个贫困村.

The count vouches for the list: there are as many names as it says, or fewer where 等 stands behind them. Names of the
list alone are judged here; what they mean is left to :mod:`kg.link.resolve`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.place_words import is_generic, is_nameable, is_word
from kg.extract.places_local import LocalNames
from kg.extract.places_page import Hit, Line, Page
from kg.model import Kind, Span
from kg.text.numerals import parse_numeral

_CONFIDENCE = Decimal("0.80")
_HAN = "[\u3400-\u9fff]"
_LIST = re.compile(
    rf"(?P<names>{_HAN}+(?:、{_HAN}+)*、{_HAN}+?)(?P<open>等)?(?P<count>[0-9]{{1,3}}|[两二三四五六七八九十]{{1,3}})个"
    rf"{_HAN}{{0,6}}?(?P<level>村|社区|镇|乡)(?![民级寨组镇村里风亲土])"
)
_ITEM = re.compile(rf"{_HAN}+")
#: The last of a list may be joined by a conjunction: 安沟和新城.
_JOINED = re.compile(rf"(?P<one>{_HAN}{{2,4}}?)(?:以及|和|与|及)(?P<other>{_HAN}{{2,4}})")
_LENGTHS = range(2, 5)
#: Characters that end what stands before the first of a list: 抽查的龙首、安沟.
_PARTICLES = frozenset("的在对到了为是将把由从")


def find_listed(page: Page, line: Line, local: LocalNames) -> Iterator[Hit]:
    """Yield the names of one sentence's lists that have a count and the word for their level behind them."""
    if "、" not in line.text or "个" not in line.text:
        return
    for match in _LIST.finditer(line.text):
        spans = list(_items(page, line, match, local))
        if not _is_counted(match, len(spans)):
            continue
        hits = [hit for span in spans if (hit := _judge(line, span, match["level"], local))]
        surely = [hit for hit in hits if hit.divisions or is_nameable(hit.form)]
        if len(hits) >= len(spans) - 1 and len(surely) > len(spans) // 2:
            yield from hits


def _items(page: Page, line: Line, match: re.Match[str], local: LocalNames) -> Iterator[Span]:
    """Yield the spans of the items in the sentence; the first one without the words before it."""
    for item in _ITEM.finditer(line.text, *match.span("names")):
        joined = _JOINED.fullmatch(item[0])
        if joined and item.end() == match.end("names"):
            yield Span(item.start() + joined.start("one"), item.start() + joined.end("one"))
            yield Span(item.start() + joined.start("other"), item.end())
        else:
            yield Span(_item_start(page, line, item, local, match["level"]), item.end())


def _item_start(page: Page, line: Line, item: re.Match[str], local: LocalNames, level: str) -> int:
    """Return where an item begins: past a place or particle before it, or where the longest listed name does."""
    shift = line.sentence.span.start
    edges = [at + 1 for at in range(item.start(), item.end()) if page.hit_at(at + shift) or line.text[at] in _PARTICLES]
    start = max((at for at in edges if at < item.end()), default=item.start())
    listed = (at for at in range(start, item.end() - 1) if local.named(line.text[at : item.end()] + level))
    return next(listed, start)


def _is_counted(match: re.Match[str], items: int) -> bool:
    """Tell whether a list has as many items as it says, or fewer where it is open."""
    count = int(parse_numeral(match["count"]))
    return items < count if match["open"] else items == count


def _judge(line: Line, span: Span, level: str, local: LocalNames) -> Hit | None:
    """Return the place that an item names, if it can be one; its neighbours vouch for one that is a common word."""
    form = span.of(line.text)
    listed = local.named(form + level)
    if len(form) not in _LENGTHS or is_generic(form) or not (listed or is_nameable(form) or is_word(form)):
        return None
    kind = Kind.VILLAGE if level in ("村", "社区") else Kind.TOWNSHIP
    return Hit(line.span(span), form, kind, listed, form + level, _CONFIDENCE)
