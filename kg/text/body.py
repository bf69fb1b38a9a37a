"""The lines of a page to blocks: what is title, heading, paragraph or caption, and what is the site's furniture.

The pages are flat text dumps: navigation, title, a line with date and source, paragraphs, then rankings, related
articles and share buttons. The first and the last paragraph are found by their punctuation, the rest by where it
stands and by the closed vocabulary of such pages; no rule knows a site. Reading date and names is left to
:mod:`kg.extract.article`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.model import Block, BlockRole, Span
from kg.text.lines import CUT_OFF, DATELINE, HEADING_LENGTH, ORIGINAL_TITLE, OUTLET_NAME, TAIL, Line

# ---- Measures, tuned on the five seeds and six further pages ---------------------------------------------------------

_REPEATS = 3
_TITLE_HAN = 4
_TITLE_LINES = 4
_HAN = re.compile("[\u3400-\u9fff]")
_LINE_GAP = re.compile(r"\n|(?<=[。！？!?”])[ \u3000]{2,}(?=[^\s(（])")
_ENUMERATED = re.compile(r"^(?P<number>\d{1,2})[\s、.:：]+\S")
_RANKING_LENGTH = 4


def find_blocks(text: str) -> tuple[Block, ...]:
    r"""Return the lines of a cleaned page in order, each with its role and the reason; blank lines are none.

    A block is trimmed. A line is several blocks where an imprint stands before or after its prose.

    >>> [block.role.value for block in find_blocks("脱贫路上\n来源:某报\n全县已脱贫一千余户,人人满意。\n分享到:")]
    ['title', 'header', 'body', 'furniture']
    """
    lines = tuple(_lines(text))
    page = _Page(lines)
    return tuple(
        block for at, line in enumerate(lines) for block in _divided(line, page.role(at), is_last=at == page.last)
    )


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines with words, trimmed; indentation after a closing mark begins a line, too."""
    start = 0
    for gap in (*_LINE_GAP.finditer(text), None):
        words = text[start : gap.start()] if gap else text[start:]
        if trimmed := words.strip():
            left = start + len(words) - len(words.lstrip())
            yield Line(Span(left, left + len(trimmed)), trimmed)
        start = gap.end() if gap else len(text)


def _divided(line: Line, role: "_Role", *, is_last: bool) -> Iterator[Block]:
    """Yield the blocks of one line: an imprint before or after its prose apart, and a sentence that is cut off."""
    words = line.text
    if role.role is BlockRole.TITLE and (title := ORIGINAL_TITLE.search(words)):
        yield _block(line, *title.span("title"), role)
        return
    if role.role not in {BlockRole.BODY, BlockRole.CAPTION}:
        yield _block(line, 0, len(words), role)
        return
    head = DATELINE.search(words)
    tail = TAIL.search(words)
    cut = None if tail or not is_last or line.ends_sentence else CUT_OFF.search(words)
    start = head.end("imprint") if head else 0
    end = next((match.start("rest") for match in (tail, cut) if match), len(words))
    if head:
        yield _block(line, 0, start, _DATELINE_ROLE)
    yield _block(line, start, end, role)
    if end < len(words):
        yield _block(line, end, len(words), _TAIL_ROLE if tail else _CUT_ROLE)


def _block(line: Line, start: int, end: int, role: "_Role") -> Block:
    words = line.text[start:end]
    left = line.span.start + start + len(words) - len(words.lstrip())
    return Block(Span(left, line.span.start + start + len(words.rstrip())), role.role, role.reason)


@dataclass(frozen=True, slots=True)
class _Role:
    role: BlockRole
    reason: str


_DATELINE_ROLE = _Role(BlockRole.HEADER, "dateline")
_TAIL_ROLE = _Role(BlockRole.FOOTER, "imprint after the text")
_CUT_ROLE = _Role(BlockRole.FURNITURE, "sentence cut off at the end of the page")
_REPEATED = _Role(BlockRole.FURNITURE, "repeated line")
_RANKED = _Role(BlockRole.FURNITURE, "numbered list of headlines")


def _first(*choices: tuple[bool, _Role]) -> _Role:
    """Return the role of the first choice that holds."""
    return next(role for holds, role in choices if holds)


class _Page:
    """The lines of a page with its landmarks: first and last paragraph, title lines, repeated lines, lists."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        counts = Counter(line.key for line in lines)
        self._repeated = {key for key, count in counts.items() if count >= _REPEATS and len(_HAN.findall(key)) > 1}
        self._ranked = _rankings(lines)
        paragraphs = [at for at, line in enumerate(lines) if line.is_paragraph and at not in self._ranked]
        self._first = paragraphs[0] if paragraphs else len(lines)
        self._end = self._find_end(paragraphs)
        self.last = max((at for at in paragraphs if at < self._end), default=len(lines) - 1)
        self._titles = frozenset(_title_lines(lines[: self._first]))

    def role(self, at: int) -> _Role:
        """Return what a line is, and why."""
        if at in self._titles:
            return _Role(BlockRole.TITLE, "title above the text")
        if at < self._first:
            return self._above(at)
        return self._after(at) if at > self.last else self._inside(at)

    def _find_end(self, paragraphs: Sequence[int]) -> int:
        """Return the first line of the page's end: not one with more of the text behind it than before it."""
        sizes = {at: len(self._lines[at].key) for at in paragraphs}
        for at in range(self._first, len(self._lines)):
            if self._lines[at].begins_end and 2 * sum(sizes[i] for i in sizes if i < at) >= sum(sizes.values()):
                return at
        return len(self._lines)

    def _above(self, at: int) -> _Role:
        line = self._lines[at]
        below = bool(self._titles) and at > max(self._titles)
        return _first(
            (self._is_repeated(line), _REPEATED),
            (line.is_navigation, _Role(BlockRole.HEADER, "navigation")),
            (line.is_imprint or line.is_original_title, _Role(BlockRole.HEADER, "imprint above the text")),
            (below and not self._is_title(line), _Role(BlockRole.HEADING, "short line below the title")),
            (True, _Role(BlockRole.HEADER, "line above the title")),
        )

    def _inside(self, at: int) -> _Role:
        line = self._lines[at]
        return _first(
            (self._is_repeated(line), _REPEATED),
            (at in self._ranked, _RANKED),
            (self._is_title(line), _Role(BlockRole.FURNITURE, "title again within the text")),
            (line.is_imprint, _Role(BlockRole.FOOTER, "imprint within the text")),
            (line.is_legal or line.is_navigation, _Role(BlockRole.FURNITURE, "the site's own line within the text")),
            (line.is_caption, _Role(BlockRole.CAPTION, "words of a caption")),
            (line.is_prose or len(line.key) > HEADING_LENGTH, _Role(BlockRole.BODY, "paragraph")),
            (self._follows_picture(at), _Role(BlockRole.CAPTION, "short line below a picture's repeated text")),
            (True, _Role(BlockRole.HEADING, "short line between paragraphs")),
        )

    def _after(self, at: int) -> _Role:
        line = self._lines[at]
        return _first(
            (self._is_repeated(line), _REPEATED),
            (at in self._ranked, _RANKED),
            (line.is_legal, _Role(BlockRole.FURNITURE, "copyright")),
            (line.is_imprint and not line.begins_end, _Role(BlockRole.FOOTER, "imprint below the text")),
            (at < self._end and line.is_caption, _Role(BlockRole.CAPTION, "words of a caption")),
            (True, _Role(BlockRole.FURNITURE, "below the last paragraph")),
        )

    def _is_repeated(self, line: Line) -> bool:
        """Tell whether a line recurs on the page, or is the title over and over."""
        return line.key in self._repeated or any(
            line.key != key and not line.key.replace(key, "") for key in self._repeated
        )

    def _is_title(self, line: Line) -> bool:
        return any(line.key == self._lines[at].key for at in self._titles)

    def _follows_picture(self, at: int) -> bool:
        """Tell whether only short lines stand between a repeated line, a picture's text, and this one."""
        for before in reversed(self._lines[self._first : at]):
            if self._is_repeated(before):
                return True
            if before.is_prose:
                return False
        return False


def _rankings(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines of numbered lists of headlines: consecutive numbers, no paragraph among them."""
    numbers = [
        int(match["number"]) if (match := _ENUMERATED.search(line.text)) and not line.is_prose else None
        for line in lines
    ]
    runs = groupby(enumerate(numbers), key=lambda item: None if item[1] is None else item[0] - item[1])
    found = ([at for at, _ in run] for key, run in runs if key is not None)
    return frozenset(at for run in found if len(run) >= _RANKING_LENGTH for at in run)


def _title_lines(header: Sequence[Line]) -> list[int]:
    """Return which lines above the text are its title; the last time it is written, in all its lines.

    Pages give the title above the date, and many again below it, divided into lines as printed. A second title is
    known by its words being those of the first; other lines below the date are headings, save for "——" subtitles.
    """
    groups = _candidate_groups(header)
    if not groups:
        return [at for at, line in enumerate(header) if line.is_original_title][:1]
    known = "".join(header[at].key for group in groups[:-1] for at in group)
    again = [at for at in groups[-1] if header[at].key.strip("—") in known or header[at].key.startswith("—")]
    if known and again and any(not header[at].key.startswith("—") for at in again):
        return _distinct(header, again)
    return _distinct(header, _first_title(header, groups))


def _first_title(header: Sequence[Line], groups: Sequence[Sequence[int]]) -> list[int]:
    """Return the lines of a title that is written once: those nearest above the date, or one below it.

    Above the date all lines are title, below it the first with its subtitles, since headings may follow.
    """
    imprints = [at for at, line in enumerate(header) if line.is_imprint]
    above = [group for group in groups if any(at > group[-1] for at in imprints)]
    if not above:
        return [groups[0][0], *_subtitles(header, groups[0][1:])]
    dated = next(at for at in imprints if at > above[0][-1])
    group = next(group for group in reversed(above) if group[-1] < dated)
    below = groups[groups.index(group) + 1] if group is not groups[-1] else ()
    lines = [at for at in group if not OUTLET_NAME.search(header[at].text)] or list(group)
    return [*lines[-_TITLE_LINES:], *_subtitles(header, below)]


def _subtitles(header: Sequence[Line], lines: Iterable[int]) -> Iterator[int]:
    return (at for at in lines if header[at].key.startswith("—"))


def _candidate_groups(header: Sequence[Line]) -> list[list[int]]:
    """Return the runs of lines that may be a title, in order; none is empty."""
    runs = groupby(range(len(header)), key=lambda at: _may_be_title(header[at]))
    groups = [list(run) for is_title, run in runs if is_title]
    return [group for group in groups if not all(OUTLET_NAME.search(header[at].text) for at in group)] or groups


def _may_be_title(line: Line) -> bool:
    own = line.is_navigation or line.is_imprint or line.begins_end or line.is_original_title
    return not own and len(_HAN.findall(line.text)) >= _TITLE_HAN


def _distinct(header: Sequence[Line], lines: Sequence[int]) -> list[int]:
    """Return the lines without those that say the same again."""
    seen: dict[str, int] = {}
    for at in lines:
        seen.setdefault(header[at].key, at)
    return list(seen.values())
