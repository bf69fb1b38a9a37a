"""Text whose bytes were read in the wrong charset and written again: the bytes restored and read rightly.

Four accidents are common. UTF-8 read as Western European shows å…¨åŽ¿ for 全县, GB 2312 read so shows È«ÏØ, UTF-8
read as GBK shows 鍏ㄥ幙; these hold all bytes, or all but a few. GBK read as UTF-8 leaves nothing but U+FFFD, or
锟斤拷 where that was taken for GBK once more: nothing can be done. Whole pages are undone when they are read
(:mod:`kg.read.charset`), single runs on a page that is right otherwise when it is cleaned. Pages of which a byte is
missing, so that all pairs after it are wrong, are left to :mod:`kg.text.pinyin`.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import product
from re import Match, Pattern

from kg.model import Repair, Span
from kg.text.edits import Changes, Edit

_HAN = re.compile("[\u3400-\u9fff]")
#: The most frequent characters of Chinese prose, simplified and traditional. In prose they make up a sixth of all
#: characters; in bytes of another charset read as GB18030 a few in a thousand.
_FREQUENT = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們到作地于於出就分对對成会會可主发發年"
_PLAUSIBLE_SHARE = 0.05
#: The first of them alone make up a twentieth of prose; a page that shows a fifth of that needs no closer look.
_COMMONEST = "的一是在不了有和"
_SOUND_SHARE = 0.01
#: A page that lost more of its characters than this is no source for anything. UTF-8 read as GBK by a decoder that
#: writes "?" for what it does not know loses a sixth; by one that keeps everything, nothing.
_HOPELESS_SHARE = 0.1
_BASIN = "锟斤拷"

#: What the bytes 0x80 to 0x9F are in Windows-1252; the five that it leaves out stand for themselves, as in browsers.
WESTERN = {byte: bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
_TO_BYTES = {ord(character): byte for byte, character in WESTERN.items()}

#: UTF-8 of 2 and 3 bytes as Western characters: Â·, ï¼Œ, å…¨.
_FOLLOWING = "".join(map(re.escape, WESTERN.values())) + "\x80-\xbf"
_WESTERN_UTF8 = re.compile(
    rf"(?:[\xc2\xc3][{_FOLLOWING}]|[\xe2-\xef][{_FOLLOWING}]{{2}}){{2,}}|[\xc2\xc3][\xa0-\xbf]|(?:ã€|ï¼|â€)[{_FOLLOWING}]"
)
#: GB 2312, marks and the frequent half of its characters, as Western characters: È«ÏØ.
_WESTERN_GB = re.compile("(?:[\xa1\xa3][\xa1-\xfe]|[\xb0-\xd7][\xa1-\xfe]){2,}")
_LETTERS = re.compile("[\xc0-\xfe]")
#: The letters of which both have some; the signs × and ÷ stand on good pages, too.
WESTERN_LETTERS = frozenset(map(chr, range(0xC0, 0xFF))) - {"×", "÷"}
#: Lead and following bytes of 3-byte UTF-8, which takes three characters of GBK for two.
_LEADS = range(0xE2, 0xF0)
_FOLLOWS = range(0x80, 0xC0)


def reads_as_chinese(text: str) -> bool:
    """Tell whether the Chinese characters of a text are such as prose has; False where it has none.

    >>> reads_as_chinese("全县贫困人口已经全部脱贫了"), reads_as_chinese("鍏ㄥ幙璐洶浜哄彛")
    (True, False)
    """
    return sum(map(text.count, _FREQUENT)) > _PLAUSIBLE_SHARE * len(_HAN.findall(text))


def is_lost(text: str) -> bool:
    """Tell whether a page holds so many replacement characters that what is left is no article."""
    lost = text.count("\ufffd") + len(_BASIN) * text.count(_BASIN)
    return lost > 0 and lost > _HOPELESS_SHARE * (len(_HAN.findall(text)) + text.count("\ufffd"))


def undone(text: str) -> tuple[str, str] | None:
    """Return a page as its bytes read rightly, and the charset they are in; None for a page that is right.

    >>> undone("å…¨åŽ¿è´«å›°äººå\u008f£åœ¨è„±è´«")
    ('全县贫困人口在脱贫', 'utf-8')
    """
    if sum(map(text.count, _COMMONEST)) > _SOUND_SHARE * len(text) or text.isascii() or reads_as_chinese(text):
        return None
    for wrong, right in (("cp1252", "utf-8"), ("cp1252", "gb18030"), ("gb18030", "utf-8")):
        data = _bytes_of(text, wrong)
        read = data.decode(right, "replace").replace("\ufffd?", "\ufffd") if data else ""
        if reads_as_chinese(read):
            return read, right
    return None


def _bytes_of(text: str, charset: str) -> bytes | None:
    """Return the bytes that a text was read from; None where the charset has not all of its characters."""
    try:
        if charset == "cp1252":
            return text.translate(_TO_BYTES).encode("latin-1")
        return b"\x80".join(part.encode(charset) for part in text.replace("\ufffd", "?").split("€"))
    except UnicodeEncodeError:
        return None


# ---- Runs ------------------------------------------------------------------------------------------------------------


def undo_western(text: str) -> Changes:
    """Return the changes that undo runs that were read as Western European: å…¨åŽ¿, È«ÏØ."""
    changes = _undo(text, _WESTERN_UTF8, lambda match: _bytes_of(match[0], "cp1252"), "utf-8")
    return changes if changes.edits else _undo(text, _WESTERN_GB, _gb_bytes, "gb2312")


def undo_gbk(text: str) -> Changes:
    """Return the changes that undo runs of UTF-8 read as GBK: 鍏ㄥ幙; a last byte that is gone leaves U+FFFD."""
    return _undo(text, _gbk_runs(), lambda match: _bytes_of(match[1], "gb18030"), "utf-8")


def gbk_leads() -> frozenset[str]:
    """Return the characters that such a run begins with; rare ones."""
    return frozenset(_pairs(_LEADS, _FOLLOWS))


def _undo(text: str, pattern: Pattern[str], bytes_of: "Callable[[Match[str]], bytes | None]", charset: str) -> Changes:
    edits: list[Edit] = []
    for match in pattern.finditer(text):
        read = _read(bytes_of(match), charset)
        if not read:
            continue
        edits.append(Edit(Span(*match.span()), read + "\ufffd" if match.lastgroup == "lost" else read))
    return Changes(tuple(edits), tuple(Repair(edit.span, edit.text, "double-encoded") for edit in edits))


def _read(data: bytes | None, charset: str) -> str:
    """Return what bytes say, or an empty string where they do not decode or say nothing visible."""
    try:
        text = (data or b"").decode(charset)
    except UnicodeDecodeError:
        return ""
    return text if text.replace("\xa0", " ").replace("\u3000", " ").isprintable() else ""


def _gb_bytes(match: Match[str]) -> bytes | None:
    """Return the bytes of a run, unless it is a row of dots or marks."""
    return match[0].encode("latin-1") if 2 * len(_LETTERS.findall(match[0])) >= len(match[0]) else None


@cache
def _gbk_runs() -> Pattern[str]:
    first, second, third = (
        re.escape("".join(_pairs(*bytes_))) for bytes_ in ((_LEADS, _FOLLOWS), (_FOLLOWS, _LEADS), (_FOLLOWS, _FOLLOWS))
    )
    return re.compile(rf"((?:[{first}][{second}][{third}]){{2,}})(?P<lost>[{first}][?\ufffd])?")


def _pairs(leads: range, trails: range) -> list[str]:
    """Return the characters of GBK that these bytes give."""
    written = (bytes(pair).decode("gbk", "ignore") for pair in product(leads, trails))
    return [character for character in written if len(character) == 1]
