"""Damage to single characters: invisible ones, entities, widths, spaces, forms that only look like another character.

Each function returns what it changes in a text. Numbers and lines torn apart are mended in :mod:`kg.text.joins`; which
of all that is done to a page, and in which order, is decided in :mod:`kg.text.clean`.
"""

import html
import re
import unicodedata
from html.entities import html5
from itertools import product
from re import Match

from kg.text.edits import Changes, Step, replaced
from kg.text.recoding import WESTERN, WESTERN_LETTERS, gbk_leads, undo_gbk, undo_western

_HAN = "\u3400-\u9fff"

# ---- Invisible characters, control characters and spaces -------------------------------------------------------------

#: Soft hyphen, joiners, marks of direction, variation selectors, annotation anchors, Hangul filler, BOM within.
_ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_ZERO_WIDTHS = re.compile(f"[{_ZERO_WIDTH}]+")
#: What stands for a line end: next line, line and paragraph separator, vertical tab, form feed.
_LINE_SEPARATORS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
#: The other control characters of the second set are marks of Windows-1252, unless that leaves them out.
_CONTROLS = re.compile("[\x7f-\x84\x86-\x9f]")
#: Spaces other than U+0020 and U+3000, and tabs.
_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f"
_ODD_SPACES = re.compile(f"[{_SPACES}]+")
#: U+3000 at the head of a line is the usual indentation and stays.
_WIDE_SPACES = re.compile("\u3000(?<=[^\n\u3000]\u3000)\u3000*")


def remove_invisible(text: str) -> Changes:
    """Return the changes that remove what is not seen."""
    return replaced(text, _ZERO_WIDTHS, "zero-width", lambda _: "")


def even_controls(text: str) -> Changes:
    """Return the changes that write control characters as the marks that they were in Windows-1252, or remove them."""
    return replaced(text, _CONTROLS, "control", lambda match: _printable(WESTERN.get(ord(match[0]), "")))


def _printable(mark: str) -> str:
    return mark if mark.isprintable() else ""


def even_lines(text: str) -> Changes:
    """Return the changes that end all lines in the same way."""
    return replaced(text, _LINE_SEPARATORS, "space", lambda _: "\n")


def even_spaces(text: str) -> Changes:
    """Return the changes that make all spaces one kind, wide ones excepted."""
    return replaced(text, _ODD_SPACES, "space", lambda match: " " * len(match[0]))


def narrow_spaces(text: str) -> Changes:
    """Return the changes that write wide spaces as usual ones, indentation excepted."""
    return replaced(text, _WIDE_SPACES, "space", lambda match: " " * len(match[0]))


# ---- Entities --------------------------------------------------------------------------------------------------------

#: Names that browsers know without the semicolon, and the marks of Chinese pages; no letter may follow.
_UNCLOSED = "|".join(sorted({name for name in html5 if not name.endswith(";")}))
_MARKS = "[lr][ds]quo|[mn]dash|hellip|middot|e[mn]sp|bull"
_AMPERSAND = "amp;|#38;|#[xX]26;"
_ENTITIES = re.compile(
    rf"&(?:{_AMPERSAND})*(?:(?:[a-zA-Z][a-zA-Z0-9]{{1,30}}|#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}});"
    rf"|(?:{_UNCLOSED}|{_MARKS})(?![a-zA-Z0-9=;])|#\d{{2,5}}(?![\d;]))"
)
_LAYERS = re.compile(rf"^(?:{_AMPERSAND})+(?=[a-zA-Z#])")
#: Names that are no words of any language: entities even where a filter took the ampersand away.
_BARE = re.compile(rf"(?:amp;)*(?:nbsp|{_MARKS});")
#: How they end: a quick test, since many pages have semicolons.
_BARE_ENDS = ("nbsp;", "quo;", "dash;", "hellip;", "middot;", "sp;", "bull;")


def unescape(text: str) -> Changes:
    """Return the changes that write entities as the characters they stand for, however often they were escaped."""
    return replaced(text, _ENTITIES, "entity", lambda match: _unescaped(match[0]))


def unescape_bare(text: str) -> Changes:
    """Return the changes that write entities without ampersand as the characters they stand for."""
    if not any(end in text for end in _BARE_ENDS):
        return Changes()
    return replaced(text, _BARE, "entity", lambda match: match[0] if _is_inside(match) else _unescaped(f"&{match[0]}"))


def _is_inside(match: Match[str]) -> bool:
    before = match.string[: match.start()][-1:]
    return before == "&" or (before.isascii() and before.isalnum())


def _unescaped(entity: str) -> str:
    name = f"&{_LAYERS.sub('', entity[1:].removesuffix(';'))};"
    known = name[1] == "#" or name[1:] in html5
    return html.unescape(name).replace("\r", "\n") if known else entity


# ---- Widths and forms ------------------------------------------------------------------------------------------------

#: Full-width digits, Latin letters and percent signs. Chinese punctuation stays as the article has it.
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()) + "％"
_FULL_WIDTH = re.compile(f"[{_WIDE}]+")
#: Full-width marks of decimals, dates and hours, but not a comma: it may part two numbers.
_WIDE_MARKS = re.compile("(?<=[0-9０-９])[．／－：](?=[0-9０-９])")
_TO_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
#: What parts the syllables of a foreign name, as input methods and old fonts write it.
_DOTS = "•‧・∙⋅･․"
_NAME_DOTS = re.compile(rf"(?<=[{_HAN}])[{_DOTS}](?=[{_HAN}])")
_NUMERALS = "一二三四五六七八九十"
#: A full stop in ASCII: after a word or what closes one, at the end of a line or before the next word; not in "一.".
_ASCII_STOPS = re.compile(
    rf"(?<=[{_HAN}”’」』）)】])(?<!^[{_NUMERALS}])(?<!\n[{_NUMERALS}])(?<!\n十[{_NUMERALS}])"
    rf"\.(?=[{_HAN}“‘「『]|[\s”’」』]*(?:\n|\Z))"
)
#: Small forms of Chinese marks, from Big5.
_SMALL = str.maketrans("﹐﹑﹒﹔﹕﹖﹗﹙﹚﹝﹞﹪", "，、。；：？！（）〔〕%")
#: Radicals that are written as the character itself; the others have compatibility decompositions, or no character.
_RADICALS = str.maketrans(
    "⺎⺒⺝⺠⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "兀巳月民示虎西见角贝车長长门青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
_COMPATIBLE = "\u2e9f\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"
#: A letter with marks that Unicode writes as one character.
_COMBINED = re.compile("[A-Za-zÀ-ſǍ-ǜ][\u0300-\u036f]+")
#: Where GBK had no character of Unicode its tables used the private area; GB 18030-2005 and -2022 name the characters.
#: The bytes FE50 to FEA0 hold most, and the codec knows all but these.
_ASSIGNED = dict(
    zip(
        "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7\ue816\ue817\ue818\ue81e\ue826\ue82b\ue82c\ue831"
        "\ue832\ue83b\ue843\ue854\ue855\ue864",
        "，。、：；！？〖〗…ḿ\U00020087\U00020089\U000200cc\u9fb4\u9fb5\u9fb6\u9fb7\U000215d7"
        "\u9fb8\U0002298f\u9fb9\u9fba\U000241fe\u9fbb",
        strict=True,
    )
)


def _private() -> dict[int, str]:
    """Return the characters that code points of the private area stand for on pages that were GBK."""
    trails = (trail for trail in range(0x50, 0xA1) if trail != 0x7F)  # noqa: PLR2004 - no byte of GBK ends in it
    by_codec = {0xE815 + at: bytes((0xFE, trail)).decode("gb18030") for at, trail in enumerate(trails)}
    table = by_codec | {ord(private): character for private, character in _ASSIGNED.items()}
    return {code: character for code, character in table.items() if not is_private(character)}


def is_private(character: str) -> bool:
    """Tell whether a character means something to one font only."""
    return unicodedata.category(character) == "Co"


_PRIVATE = _private()


def narrow(text: str) -> Changes:
    """Return the changes that write digits, Latin letters and the marks between digits in half width."""
    return replaced(text, _FULL_WIDTH, "full-width", lambda match: match[0].translate(_TO_HALF_WIDTH))


def narrow_marks(text: str) -> Changes:
    """Return the changes that write the marks between digits in half width."""
    return replaced(text, _WIDE_MARKS, "full-width", lambda match: match[0].translate(_TO_HALF_WIDTH))


def even_dots(text: str) -> Changes:
    """Return the changes that write the dot within a name as Chinese writes it."""
    return replaced(text, _NAME_DOTS, "punctuation", lambda _: "·")


def even_stops(text: str) -> Changes:
    """Return the changes that write the full stop as Chinese does, on a page that has it in ASCII throughout."""
    return Changes() if "。" in text else replaced(text, _ASCII_STOPS, "punctuation", lambda _: "。")


def unify(text: str) -> Changes:
    """Return the changes that write radicals, compatibility and private forms as the characters they are."""
    return replaced(text, _FORMS, "compatibility", lambda match: _unified(match[0]))


def _unified(form: str) -> str:
    character = form.translate(_PRIVATE).translate(_SMALL).translate(_RADICALS)
    return unicodedata.normalize("NFKC" if "\u2e80" <= character <= "\u2fdf" else "NFC", character)


_FORMS = re.compile(f"[{_COMPATIBLE}{''.join(map(chr, (*_SMALL, *_RADICALS, *_PRIVATE)))}]|{_COMBINED.pattern}")

# ---- The steps -------------------------------------------------------------------------------------------------------


def _expand(classes: str) -> frozenset[str]:
    """Return the characters of a class of ranges and single characters, none of them escaped."""
    ranges = re.findall("(.)-(.)|(.)", classes, re.DOTALL)
    return frozenset(chr(code) for a, b, c in ranges for code in range(ord(a or c), ord(b or c) + 1))


#: What happened to the text when it was encoded, escaped and stored.
DECODING = (
    Step(WESTERN_LETTERS, undo_western),
    Step(gbk_leads(), undo_gbk),
    Step(frozenset("&"), unescape),
    Step(frozenset(";"), unescape_bare),
    Step(_expand(_ZERO_WIDTH), remove_invisible),
    Step(_expand("\x7f-\x84\x86-\x9f"), even_controls),
    Step(_expand("\x0b\x0c\x85\u2028\u2029"), even_lines),
    Step(_expand(_SPACES), even_spaces),
    Step(frozenset("\u3000"), narrow_spaces),
    Step(frozenset(_WIDE), narrow),
)
#: How it is written, once it is what its author wrote.
WRITING = (
    Step(_expand(f"{_COMPATIBLE}\u0300-\u036f") | frozenset(map(chr, (*_SMALL, *_RADICALS, *_PRIVATE))), unify),
    Step(frozenset("．／－："), narrow_marks),
    Step(frozenset(_DOTS), even_dots),
)
#: What needs no look: the characters of GB 2312, the character set of simplified Chinese, but those that a step names.
_SIMPLIFIED = frozenset(
    bytes(pair).decode("gb2312", "ignore") for pair in product(range(0xA1, 0xF8), range(0xA1, 0xFF))
) | frozenset(map(chr, range(0x80)))
_USUAL = (_SIMPLIFIED - {""}).difference(*(step.characters for step in (*DECODING, *WRITING)))
_UNUSUAL = re.compile(f"[^{re.escape(''.join(sorted(_USUAL)))}]")


def find_unusual(text: str) -> frozenset[str]:
    """Return the characters of a text that a step may have to do with, all traditional ones among them."""
    return frozenset(_UNUSUAL.findall(text))
