"""The lines of a page to blocks: what is title, heading, paragraph or caption, and what is the site's furniture.

The pages are flat text dumps: navigation, title, a line with date and source, paragraphs, then rankings, related
articles and share buttons. The first and the last paragraph are found by their punctuation, the rest by where it
stands and by the closed vocabulary of such pages; no rule knows a site. Where the markup of a page tells what its
article is, paragraphs outside it are none. Reading date and names is left to :mod:`kg.extract.article`.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from kg.model import Block, BlockRole, Span
from kg.text.lines import HEADING_LENGTH, Line
from kg.text.page_words import ORIGINAL_TITLE
from kg.text.titles import find_title

# ---- Measures, tuned on the five seeds, six further pages and 220 news pages -----------------------------------------

_REPEATS = 3
_INDENT = re.compile(r"(?<=[。！？!?”])[ \u3000]{2,}(?=[^\s(（])")
_ENUMERATED = re.compile(r"^(?P<number>\d{1,2})[\s、.:：]+\S")
_RANKING_LENGTH = 4
#: So many lines without a paragraph part what stands before and behind them, where one side is but a fifth as long.
_GAP_LINES = 10
_GAP_SHARE = 5
#: A text of so many characters ends where the page's end begins in such a gap, however much is written below it.
_GAP_TEXT = 200
#: A heading stands directly above the text; more short lines there are buttons and boxes, save for verses.
_LEADING_HEADINGS = 5
_CLOSED = ("。", "！", "!", "。”", "！”", "!”")
_GOING_ON = tuple("，,。！!？?；;：:、—…”")
#: What stands above a page's end is at least a third of its prose: boxes of links stand within a text, too.
_END_SHARE = 3


def find_blocks(text: str, *, title: str = "", main: Sequence[Span] | None = None) -> tuple[Block, ...]:
    r"""Return the lines of a cleaned page in order, each with its role and the reason; blank lines are none.

    A block is trimmed. A line is several blocks where an imprint stands before or after its prose.

    >>> [block.role.value for block in find_blocks("脱贫路上\n来源:某报\n全县已脱贫一千余户,人人满意。\n分享到:")]
    ['title', 'header', 'body', 'furniture']

    Args:
        text: The cleaned page.
        title: The headline as the source states it beside the text, or "".
        main: What the page's markup tells to be the article, ascending, in offsets of the text; None without markup.
    """
    lines = tuple(_lines(text))
    page = _Page(lines, title, main)
    return tuple(
        block for at, line in enumerate(lines) for block in _divided(line, page.role(at), is_last=at == page.last)
    )


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines with words, trimmed; indentation after a closing mark begins a line, too."""
    start = 0
    for words in text.split("\n"):
        if trimmed := words.strip():
            left = start + words.index(trimmed)
            if "  " in trimmed or "\u3000" in trimmed:
                yield from _indented(trimmed, left)
            else:
                yield Line(left, trimmed)
        start += len(words) + 1


def _indented(words: str, start: int) -> Iterator[Line]:
    at = 0
    for gap in _INDENT.finditer(words):
        yield Line(start + at, words[at : gap.start()])
        at = gap.end()
    yield Line(start + at, words[at:])


def _divided(line: Line, role: "_Role", *, is_last: bool) -> Iterator[Block]:
    """Yield the blocks of one line: an imprint before or after its prose apart, and a sentence that is cut off."""
    length = len(line.text)
    if role.role is BlockRole.TITLE and line.is_original_title and (title := ORIGINAL_TITLE.search(line.text)):
        yield _block(line, *title.span("title"), role)
        return
    if role.role not in {BlockRole.BODY, BlockRole.CAPTION}:
        yield Block(line.span, role.role, role.reason)
        return
    start = line.head()
    tail = line.tail()
    end = length if tail is None else tail
    if tail is None and is_last and not line.ends_sentence:
        end = _cut_off(line.text)
    if not start and end == length:
        yield Block(line.span, role.role, role.reason)
        return
    if start:
        yield _block(line, 0, start, _DATELINE_ROLE)
    yield _block(line, start, end, role)
    if end < length:
        yield _block(line, end, length, _CUT_ROLE if tail is None else _TAIL_ROLE)


def _cut_off(words: str) -> int:
    """Return where the last complete sentence ends: dumps are cut at a number of characters."""
    stop = max(words.rfind(mark) for mark in "。！？!?")
    while stop + 1 < len(words) and words[stop + 1] in "”’」』）)】":
        stop += 1
    return stop + 1 if stop >= 0 else len(words)


def _block(line: Line, start: int, end: int, role: "_Role") -> Block:
    words = line.text[start:end]
    left = line.span.start + start + len(words) - len(words.lstrip())
    return Block(Span(left, line.span.start + start + len(words.rstrip())), role.role, role.reason)


@dataclass(frozen=True, slots=True)
class _Role:
    role: BlockRole
    reason: str


_TITLE = _Role(BlockRole.TITLE, "title above the text")
_DATELINE_ROLE = _Role(BlockRole.HEADER, "dateline")
_NAVIGATION_ABOVE = _Role(BlockRole.HEADER, "navigation")
_IMPRINT_ABOVE = _Role(BlockRole.HEADER, "imprint above the text")
_ABOVE_TITLE = _Role(BlockRole.HEADER, "line above the title")
_BELOW_TITLE = _Role(BlockRole.HEADER, "box between title and text")
_LEADING = _Role(BlockRole.HEADING, "short line above the first paragraph")
_TAIL_ROLE = _Role(BlockRole.FOOTER, "imprint after the text")
_CUT_ROLE = _Role(BlockRole.FURNITURE, "sentence cut off at the end of the page")
_REPEATED = _Role(BlockRole.FURNITURE, "repeated line")
_RANKED = _Role(BlockRole.FURNITURE, "numbered list of headlines")
_TITLE_AGAIN = _Role(BlockRole.FURNITURE, "title again within the text")
_IMPRINT_WITHIN = _Role(BlockRole.FOOTER, "imprint within the text")
_SITE_WITHIN = _Role(BlockRole.FURNITURE, "the site's own line within the text")
_CAPTION = _Role(BlockRole.CAPTION, "words of a caption")
_PARAGRAPH = _Role(BlockRole.BODY, "paragraph")
_PICTURED = _Role(BlockRole.CAPTION, "short line below a picture's repeated text")
_HEADING = _Role(BlockRole.HEADING, "short line between paragraphs")
_LEGAL = _Role(BlockRole.FURNITURE, "copyright")
_IMPRINT_BELOW = _Role(BlockRole.FOOTER, "imprint below the text")
_LISTED = _Role(BlockRole.FURNITURE, "dated headline of another article")
_BELOW = _Role(BlockRole.FURNITURE, "below the last paragraph")


class _Page:
    """The lines of a page with its landmarks: first and last paragraph, title lines, repeated lines, lists."""

    def __init__(self, lines: Sequence[Line], title: str, main: Sequence[Span] | None) -> None:
        self._lines = lines
        self._counts = Counter(line.key for line in lines if line.is_short)
        self._repeated = {key for key, count in self._counts.items() if count >= _REPEATS}
        self._ranked = _rankings(lines)
        known = "".join(title.split())
        paragraphs = [
            at for at, line in enumerate(lines) if line.is_paragraph and at not in self._ranked and line.key != known
        ]
        paragraphs = self._without_far(self._within_main(paragraphs, _lines_at(lines, main or ())))
        self._first = paragraphs[0] if paragraphs else len(lines)
        self._end = self._find_end(paragraphs)
        self.last = self._find_last(paragraphs)
        header = lines[: self._first]
        self._titles = find_title(header, known=title, is_again=lambda line: self._counts[line.key] > 1)
        self._title_keys = {lines[at].key for at in self._titles}
        self._leading = self._find_leading()
        self._pictured = self._find_pictured()

    # ---- Landmarks ----

    def _within_main(self, paragraphs: list[int], main: Sequence[int]) -> list[int]:
        """Return the paragraphs between the lines that markup tells to be the article, where these hold most of them.

        Taken alone, the lines of the main text of a page are less exact than the rules here: 0.94 to 0.99.
        """
        sizes = {at: len(self._lines[at].key) for at in paragraphs}
        if 2 * sum(sizes.get(at, 0) for at in main) <= sum(sizes.values()):
            return paragraphs
        return [at for at in paragraphs if main[0] <= at <= main[-1]]

    def _without_far(self, paragraphs: list[int]) -> list[int]:
        """Return the paragraphs without those far from the others and short beside them: sidebars and notices.

        Before the text they are known by the date and source that follow them.
        """
        sizes = list(accumulate((len(self._lines[at].key) for at in paragraphs), initial=0))
        start, end = 0, len(paragraphs)
        for i, (a, b) in enumerate(pairwise(paragraphs), start=1):
            if b - a <= _GAP_LINES:
                continue
            before, after = sizes[i] - sizes[start], sizes[-1] - sizes[i]
            is_end = any(self._lines[at].begins_end for at in range(a + 1, b))
            if _GAP_SHARE * after < before or (is_end and before > _GAP_TEXT):
                end = i
                break
            if _GAP_SHARE * before < after and any(self._lines[at].is_dated for at in range(a + 1, b)):
                start = i
        return paragraphs[start:end]

    def _find_end(self, paragraphs: Sequence[int]) -> int:
        """Return the first line of the page's end: not one that has but a small part of the text before it."""
        sizes = list(accumulate((len(self._lines[at].key) for at in paragraphs), initial=0))
        for at in range(self._first, len(self._lines)):
            if self._lines[at].begins_end and _END_SHARE * sizes[bisect_left(paragraphs, at)] >= sizes[-1]:
                return at
        return len(self._lines)

    def _find_last(self, paragraphs: Sequence[int]) -> int:
        """Return the last paragraph; short sentences that follow it at once belong to the text."""
        last = max((at for at in paragraphs if at < self._end), default=len(self._lines) - 1)
        for at in range(last + 1, self._end):
            line = self._lines[at]
            if line.is_prose or line.is_imprint or line.is_navigation or not line.text.endswith(_CLOSED):
                break
            last = at
        return last

    def _find_leading(self) -> range:
        """Return the headings directly above the first paragraph."""
        start, headings = self._first, 0
        while start and self._is_heading(line := self._lines[start - 1]) and line.key not in self._title_keys:
            start -= 1
            headings += not line.text.endswith(_GOING_ON)
        below = bool(self._titles) and start > self._titles[-1]
        return range(start, self._first) if below and headings <= _LEADING_HEADINGS else range(0)

    def _is_heading(self, line: Line) -> bool:
        own = line.is_navigation or line.is_imprint or line.begins_end or line.is_original_title
        return not own and (line.han > 0 or "%" in line.text) and not self._is_repeated(line)

    def _find_pictured(self) -> frozenset[int]:
        """Return the lines that only short lines part from a repeated line above, the text of a picture."""
        found, is_below = [], False
        for at in range(self._first, self.last + 1):
            line = self._lines[at]
            is_below = self._is_repeated(line) or (is_below and not line.is_prose)
            if is_below:
                found.append(at)
        return frozenset(found)

    def _is_repeated(self, line: Line) -> bool:
        """Tell whether a line recurs on the page, or is a line that recurs over and over."""
        if not self._repeated or not line.is_short:
            return False
        if line.key in self._repeated:
            return line.han > 1
        period = (line.key + line.key).find(line.key, 1)
        return 1 < period < len(line.key) and line.key[:period] in self._repeated

    # ---- Roles ----

    def role(self, at: int) -> _Role:
        """Return what a line is, and why."""
        if at in self._titles:
            return _TITLE
        if at < self._first:
            return self._above(at)
        return self._after(at) if at > self.last else self._inside(at)

    def _above(self, at: int) -> _Role:
        line = self._lines[at]
        if at in self._leading:
            return _LEADING
        if self._is_repeated(line):
            return _REPEATED
        if line.is_navigation:
            return _NAVIGATION_ABOVE
        if line.is_imprint or line.is_original_title:
            return _IMPRINT_ABOVE
        return _BELOW_TITLE if self._titles and at > self._titles[-1] else _ABOVE_TITLE

    def _listed(self, at: int) -> _Role | None:
        if self._is_repeated(self._lines[at]):
            return _REPEATED
        return _RANKED if at in self._ranked else None

    def _inside(self, at: int) -> _Role:
        line = self._lines[at]
        if not line.is_short:
            return self._inside_long(line)
        if listed := self._listed(at):
            return listed
        if line.key in self._title_keys:
            return _TITLE_AGAIN
        if line.is_imprint:
            return _IMPRINT_WITHIN
        if line.is_legal or line.is_navigation:
            return _SITE_WITHIN
        return self._inside_short(line, at)

    def _inside_long(self, line: Line) -> _Role:
        return _SITE_WITHIN if line.is_legal or line.is_navigation else _PARAGRAPH

    def _inside_short(self, line: Line, at: int) -> _Role:
        if line.is_caption:
            return _CAPTION
        if line.is_prose or len(line.key) > HEADING_LENGTH:
            return _PARAGRAPH
        return _PICTURED if at in self._pictured else _HEADING

    def _after(self, at: int) -> _Role:
        line = self._lines[at]
        if listed := self._listed(at):
            return listed
        if line.is_legal:
            return _LEGAL
        if line.is_imprint and not line.begins_end:
            return _LISTED if line.is_dated_headline else _IMPRINT_BELOW
        return _CAPTION if at < self._end and line.is_caption else _BELOW


def _lines_at(lines: Sequence[Line], spans: Sequence[Span]) -> list[int]:
    """Return which lines overlap one of the spans; both ascend."""
    ends = [span.end for span in spans]
    found = []
    for at, line in enumerate(lines):
        i = bisect_right(ends, line.span.start)
        if i < len(spans) and spans[i].start < line.span.end:
            found.append(at)
    return found


def _rankings(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines of numbered lists of headlines: consecutive numbers, no paragraph among them."""
    numbers = [
        int(match["number"]) if (match := _ENUMERATED.match(line.text)) and not line.is_prose else None
        for line in lines
    ]
    runs = groupby(enumerate(numbers), key=lambda item: None if item[1] is None else item[0] - item[1])
    found = ([at for at, _ in run] for key, run in runs if key is not None)
    return frozenset(at for run in found if len(run) >= _RANKING_LENGTH for at in run)
