"""The converter that injects pinyin, replayed: how pages of seed 001's kind came about (see :mod:`kg.text.pinyin`)."""

from collections.abc import Iterable

from opencc import OpenCC
from pypinyin.constants import PINYIN_DICT

#: ASCII marks of a text that was narrowed, as the page had them before; points stay, they stand in numbers.
_WIDE = {ord(mark): chr(ord(mark) + 0xFEE0) for mark in ",:;?!()"}
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOWEST_TRAIL = 0x40


def traditional(text: str) -> str:
    """Return a text in traditional characters with full-width marks, without what GBK lacks."""
    written = str(OpenCC("s2t").convert(text)).translate(_WIDE)
    return written.encode("gbk", "ignore").decode("gbk")


def narrowed(text: str) -> str:
    """Return a text with marks in ASCII, as the collection of the seeds wrote them."""
    return text.translate(_NARROW)


def glossable(text: str) -> list[str]:
    """Return the characters of a text that the converter may know: traditional, with a reading that GBK can write."""
    simplify = OpenCC("tw2s").convert
    return sorted(
        character
        for character in set(text)
        if not character.isascii() and simplify(character) != character and reading(character)
    )


def reading(character: str) -> str:
    """Return the first reading of a character, or an empty string where GBK cannot write it."""
    first = PINYIN_DICT.get(ord(character), "").split(",")[0]
    return first.encode("gbk", "ignore").decode("gbk") if first else ""


def garble(text: str, table: Iterable[str]) -> str:
    """Return what the converter makes of a text; it goes through its table in the order given."""
    data = text.encode("gbk")
    for character in table:
        glossed = character.encode("gbk")
        data = data.replace(glossed, glossed + f"({reading(character)})".encode("gbk"))
    return "".join(_decoded(data))


def _decoded(data: bytes) -> Iterable[str]:
    """Yield the characters of the damaged bytes; an invalid pair becomes one "?"."""
    at = 0
    while at < len(data):
        if data[at] < 0x80 or at + 1 == len(data):
            yield chr(data[at]) if data[at] < 0x80 else "?"
            at += 1
        elif data[at] in {0x80, 0xFF}:
            yield "?"
            at += 1
        else:
            yield _pair(data[at : at + 2])
            at += 2


def _pair(pair: bytes) -> str:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return "?"
