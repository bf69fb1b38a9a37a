"""Raw text to cleaned text: invisible characters, entities, widths, broken numbers and lines, traditional characters.

Every step is skipped by a quick test where the page does not need it. The result maps back to the raw text, and every
change but the simplification of single characters is logged. Text that was decoded wrongly is left to
:mod:`kg.text.garbled`; what of the page is content is left to :mod:`kg.text.body`.
"""

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from kg.model import Repair, Span
from kg.text.edits import Changes, Edit, Mapped, replaced
from kg.text.garbled import is_suspect, repair_garbled

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = "\u3400-\u9fff"
#: Invisible format characters: soft hyphen, zero-width space, joiners, marks of direction, word joiner, BOM within.
_ZERO_WIDTH = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]+")
#: Spaces other than U+0020, and tabs; U+3000 at the head of a line is the usual indentation and stays.
_ODD_SPACE = re.compile("(?<=[^\n\u3000])\u3000|[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_LINE_SEPARATOR = re.compile("[\u0085\u2028\u2029\x0b\x0c]")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
#: Full-width digits, Latin letters and percent signs. Chinese punctuation stays as the article has it.
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％]+")
_FULL_STOP = re.compile("(?<=[0-9０-９])．(?=[0-9０-９])")
_TO_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
#: Spaces around the point of a decimal or within thousands ("16. 62万", "1, 804户"), but not in a list ("1. 2020年").
_BROKEN_DECIMAL = re.compile(r"(?<=[^\s\d.]\d)(\d{0,7})(?: +\. *| *\. +)(?=\d{1,4}(?:[%‰万亿]|[" + _HAN + "]))")
_BROKEN_THOUSANDS = re.compile(r"(?<=\d)(?: +, ?| ?, +)(?=\d{3}(?!\d))(?=\d{3}[" + _HAN + "])")
#: A line end within a sentence: no blank line between, the line is long and stops in a comma or within a number.
_BROKEN_LINE = re.compile(
    r"(?<=[^\n]{15})(?:(?<=[,，、])\n(?=[" + _HAN + r"“”\d])|(?<=\d)\n(?=[.\d%‰万亿千百]|[多余]?[个户人名亩元]))"
)
#: Share of traditional characters among all from which a page, or a single line of another page, is simplified.
_TRADITIONAL_PAGE = 0.02
_TRADITIONAL_LINE = 0.2
#: A line so long without a traditional character is simplified, whatever the page is.
_TELLING_LENGTH = 30


def clean(raw: str) -> Mapped:
    """Return the text repaired and simplified, mapped to the raw text; cleaning a cleaned text changes nothing.

    >>> clean("貧困戶１８０４戶").text
    '贫困户1804户'
    """
    mapped = _repaired(Mapped.of(raw))
    if is_suspect(mapped.text):
        mapped = _repaired(mapped.apply(repair_garbled(mapped.text)))
    return _simplified(mapped)


def _repaired(mapped: Mapped) -> Mapped:
    """Return the fixed point of all steps, since one may uncover work for another ("&amp;nbsp;")."""
    steps = (_remove_invisible, _unescape, _narrow, _even_spaces, _join_numbers, _join_lines)
    while True:
        before = mapped.text
        for step in steps:
            mapped = mapped.apply(step(mapped.text))
        if mapped.text == before:
            return mapped


def _remove_invisible(text: str) -> Changes:
    if text.isascii():
        return Changes()
    return replaced(text, _ZERO_WIDTH, "zero-width", lambda _: "")


def _unescape(text: str) -> Changes:
    return replaced(text, _ENTITY, "entity", lambda match: html.unescape(match[0]).replace("\r", "\n"))


def _narrow(text: str) -> Changes:
    wide = replaced(text, _FULL_WIDTH, "full-width", lambda match: match[0].translate(_TO_HALF_WIDTH))
    points = replaced(text, _FULL_STOP, "full-width", lambda _: ".")
    edits = sorted((*wide.edits, *points.edits), key=lambda edit: edit.span)
    return Changes(tuple(edits), tuple(Repair(edit.span, edit.text, "full-width") for edit in edits))


def _even_spaces(text: str) -> Changes:
    separators = replaced(text, _LINE_SEPARATOR, "space", lambda _: "\n")
    return separators if separators.edits else replaced(text, _ODD_SPACE, "space", lambda _: " ")


def _join_numbers(text: str) -> Changes:
    decimals = replaced(text, _BROKEN_DECIMAL, "broken-number", lambda match: f"{match[1]}.")
    return decimals if decimals.edits else replaced(text, _BROKEN_THOUSANDS, "broken-number", lambda _: ",")


def _join_lines(text: str) -> Changes:
    return replaced(text, _BROKEN_LINE, "broken-line", lambda _: "")


# ---- Traditional to simplified ---------------------------------------------------------------------------------------


def _simplified(mapped: Mapped) -> Mapped:
    """Return the text in simplified characters; a text that has them already is left alone (著, 乾 in names)."""
    marks = frozenset(character for character in _rare_characters(mapped.text) if _is_traditional(character))
    if not marks:
        return mapped
    whole = _share(mapped.text, marks) >= _TRADITIONAL_PAGE
    lines = mapped.text.split("\n")
    written = [_simplify(line) if _is_to_simplify(line, marks, whole=whole) else line for line in lines]
    if all(len(new) == len(old) for new, old in zip(written, lines, strict=True)):
        return mapped.respelt("\n".join(written))
    return mapped.apply(_line_edits(lines, written))


def _is_to_simplify(line: str, marks: frozenset[str], *, whole: bool) -> bool:
    """Tell whether a line is traditional: on a traditional page all but long lines that show no sign of it."""
    if not whole:
        return _share(line, marks) >= _TRADITIONAL_LINE
    return len(line) < _TELLING_LENGTH or any(mark in line for mark in marks)


def _line_edits(lines: list[str], written: list[str]) -> Changes:
    edits = []
    at = 0
    for old, new in zip(lines, written, strict=True):
        if old != new:
            edits.append(Edit(Span(at, at + len(old)), new, _aligned(at, old, new)))
        at += len(old) + 1
    return Changes(tuple(edits))


def _aligned(at: int, old: str, new: str) -> tuple[Span, ...]:
    """Return the source of each new character: its own place as far as both run alike, else the stretch between."""
    if len(old) == len(new):
        return ()
    characters = [_simplify(character) for character in old]
    head = next((i for i, (a, b) in enumerate(zip(characters, new, strict=False)) if a != b), min(len(old), len(new)))
    longest = min(len(old), len(new)) - head
    pairs = zip(reversed(characters), reversed(new), strict=False)
    tail = min(next((i for i, (a, b) in enumerate(pairs) if a != b), longest), longest)
    middle = Span(at + head, at + max(len(old) - tail, head + 1))
    kept = [Span(at + i, at + i + 1) for i in range(len(old))]
    return (*kept[:head], *[middle] * (len(new) - head - tail), *kept[len(old) - tail :])


def _rare_characters(text: str) -> set[str]:
    """Return the characters outside GB 2312, the character set of simplified Chinese."""
    return set(text.encode("gb2312", "ignore").decode("gb2312")).symmetric_difference(text)


@cache
def _is_traditional(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" and _simplify(character) != character


def _share(text: str, marks: frozenset[str]) -> float:
    written = len(text) - text.count(" ") - text.count("\n")
    return sum(text.count(mark) for mark in marks) / written if written else 0.0


#: Glyph variants that OpenCC leaves, from old fonts and Japanese input, and 陜 in 陜西, a GBK mix-up of its own.
_VARIANTS = str.maketrans("陜鄕戸吿淸靑逹硏衞晩黒毎歩歳徳恵緖曁塡縂衹", "陕乡户告清青达研卫晚黑每步岁德惠绪暨填总只")


def _simplify(text: str) -> str:
    return str(_converter().convert(text)).translate(_VARIANTS)


@cache
def _converter() -> "OpenCC":
    """Return OpenCC's ``tw2s``: ``t2s`` leaves 著力, ``tw2sp`` rewrites 标, 整合, 讯 into other words."""
    from opencc import OpenCC  # noqa: PLC0415 - loaded for pages that hold traditional characters

    return OpenCC("tw2s")
