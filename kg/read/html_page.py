"""The parsed page: its visible text line by line, and which of the lines are its article.

The text follows HTML's own rendering as far as it shows without style sheets. The article's lines are those that
trafilatura keeps. No walk here recurses, so that nested markup costs time and memory in proportion to its size.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from logging import NullHandler, getLogger

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Document

from kg.errors import ArticleError
from kg.model import Span

# A library that warns of each page without an article would write to the terminal where nobody set up logging.
getLogger("trafilatura").addHandler(NullHandler())

# ---- Parsing ---------------------------------------------------------------------------------------------------------

#: A page has some thousand tags; the tree of a million takes 300 MB.
_MOST_TAGS = 400_000
_AS_TEXT = "Give its text instead."
#: Characters that XML 1.0 forbids and character references may still give.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_page(markup: str, *, where: str) -> HtmlElement:
    """Return the tree of a page, without comments.

    Raises:
        ArticleError: if there is no element, or there are more than a page has, or they are nested deeper than the
            parser goes.
    """
    if (tags := markup.count("<")) > _MOST_TAGS:
        raise ArticleError(f"the page has {tags} tags, too many to be read", where=where, remedy=_AS_TEXT)
    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        tree = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as exc:
        raise ArticleError("the page is empty", where=where, remedy="Give a page with an article.") from exc
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise ArticleError("the page nests its elements too deep", where=where, remedy=_AS_TEXT)
    return tree


# ---- Text ------------------------------------------------------------------------------------------------------------

#: Elements that a browser sets on lines of their own (HTML Standard §15.3), save for table cells; and its line end.
_BLOCK_NAMES = (
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre "
    "search section summary table caption colgroup thead tbody tfoot tr ul listing xmp plaintext"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
#: Elements whose content is not text of the page, or not until a reader acts.
_UNSEEN_NAMES = (
    "head script style noscript template select textarea iframe object svg math canvas audio video datalist title"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_CELLS = frozenset({"td", "th"})
_PRESERVED = frozenset({"pre", "listing", "xmp", "plaintext"})
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
#: A line end in the source between two wide characters is no space (CSS Text 3 §4.1.3).
_WIDE = "[\u2e80-\u9fff\uff00-\uff60\U00020000-\U0003ffff]"
_SOURCE_BREAK = re.compile(f"(?<={_WIDE})[ \t]*\r[ \t\r]*(?={_WIDE})")
_SPACES = re.compile("[ \t\r]+")
_LINE_ENDS = re.compile(" ?\n[ \n]*")


def block_text(tree: HtmlElement) -> str:
    """Return the visible text of a page: a line for each block, none blank, spaces collapsed.

    Tables give a line for each row, cells a space apart; a row whose cells hold several lines gives these one after
    the other, as pages do that are laid out by tables.
    """
    writer = _Writer()
    passed: HtmlElement | None = None
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and _is_seen(element):
            writer.open(element.tag)
            writer.write(element.text)
        elif event == "start":
            walk.skip_subtree()
            passed = element
        else:
            if element is not passed:
                writer.close(element.tag)
            writer.write(element.tail)
    return _collapsed(writer.text())


def _is_seen(element: HtmlElement) -> bool:
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return False
    return not _NOT_SHOWN.search(element.get("style", ""))


def _collapsed(text: str) -> str:
    joined = _SPACES.sub(" ", _SOURCE_BREAK.sub("", _FORBIDDEN.sub("\ufffd", text)))
    lines = _LINE_ENDS.sub("\n", joined).strip(" \n").split("\n")
    return "\n".join(line for line in lines if line and not line.isspace())


@dataclass(slots=True)
class _Row:
    """A table row that is being written.

    Attributes:
        gaps: Which pieces part its cells, or lines within them.
        is_begun: Whether the cell holds text.
        is_parted: Whether the cell's text has been followed by a line end.
        is_layout: Whether a cell holds several lines.
    """

    gaps: list[int] = field(default_factory=list)
    is_begun: bool = False
    is_parted: bool = False
    is_layout: bool = False

    def note_text(self) -> None:
        """Take into account that the cell goes on."""
        self.is_layout |= self.is_parted
        self.is_begun = True


class _Writer:
    """Pieces of text in the order of the page; line ends of the source are carriage returns until the end."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._rows: list[_Row] = []
        self._preserved = 0

    def open(self, tag: str) -> None:
        """Begin an element."""
        if tag in _CELLS:
            self._part()
            if self._rows:
                self._rows[-1].is_begun = self._rows[-1].is_parted = False
        elif tag in _BLOCKS:
            self._part()
        if tag == "tr":
            self._rows.append(_Row())
        self._preserved += tag in _PRESERVED

    def close(self, tag: str) -> None:
        """End an element that was begun."""
        if tag == "tr" and self._rows:
            self._close_row(self._rows.pop())
        if tag in _BLOCKS:
            self._part()
        self._preserved -= tag in _PRESERVED

    def write(self, words: str | None) -> None:
        """Add text, if there is any."""
        if not words:
            return
        if self._rows and not words.isspace():
            self._rows[-1].note_text()
        if not self._preserved:
            self._pieces.append(words.replace("\n", "\r"))
            return
        for at, line in enumerate(words.split("\n")):
            if at:
                self._part()
            self._pieces.append(line)

    def text(self) -> str:
        """Return all that was written."""
        return "".join(self._pieces)

    def _part(self) -> None:
        """Begin a line; within a row, its end decides whether it is one."""
        if self._rows:
            row = self._rows[-1]
            row.gaps.append(len(self._pieces))
            row.is_parted = row.is_begun
        self._pieces.append("\n")

    def _close_row(self, row: _Row) -> None:
        if not row.is_layout:
            for at in row.gaps:
                self._pieces[at] = " "
        if self._rows and row.is_begun:
            self._rows[-1].note_text()


# ---- The article -----------------------------------------------------------------------------------------------------

#: In pages of more elements an article is not looked for, which takes trafilatura minutes.
_MOST_ELEMENTS = 50_000
_WHITE = re.compile(r"\s+")
#: A line shorter than this is the article's only where the article goes on with it.
_TELLING = 12


def find_main(tree: HtmlElement, raw: str) -> tuple[Span, ...] | None:
    """Return the lines of the raw text that trafilatura takes for the article; None where it finds none."""
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return None
    try:
        found = bare_extraction(tree, favor_recall=True, include_comments=False, include_tables=True)
    except (RecursionError, etree.LxmlError, ValueError):
        return None
    if not isinstance(found, Document) or not found.text:
        return None
    return tuple(_lines_within(raw, _WHITE.sub("", found.text))) or None


def _lines_within(raw: str, article: str) -> Iterator[Span]:
    """Yield the lines that stand in the article's words, in its order; a short one must follow the one before."""
    start = at = 0
    for line in raw.split("\n"):
        key = _WHITE.sub("", line)
        found = article.find(key, at) if len(key) >= _TELLING else at if article.startswith(key, at) else -1
        if found >= 0:
            yield Span(start, start + len(line))
            at = found + len(key)
        start += len(line) + 1
