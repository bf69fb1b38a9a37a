"""Damage replayed: the converter that injects pinyin, text cut up as bytes, decoders of several kinds.

See :mod:`kg.text.pinyin` and :mod:`kg.text.garbled` for how pages come to be like this.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from opencc import OpenCC
from pypinyin.constants import PINYIN_DICT

#: ASCII marks of a text that was narrowed, as the page had them before; points stay, they stand in numbers.
_WIDE = {ord(mark): chr(ord(mark) + 0xFEE0) for mark in ",:;?!()"}
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Decoder:
    """How bytes that are no character are read.

    Attributes:
        mark: What is written for them; may be empty.
        keeps: Whether an ASCII character after a lone first byte is left.
        private: Whether pairs of bytes for private use are written as such, not marked.
    """

    mark: str = "?"
    keeps: bool = False
    private: bool = True

    def read(self, data: bytes) -> str:
        """Return the text of GBK bytes."""
        return "".join(self._characters(data))

    def _characters(self, data: bytes) -> Iterator[str]:
        at = 0
        while at < len(data):
            pair = data[at : at + 2]
            if pair[0] < 0x80:
                yield chr(pair[0])
                at += 1
            elif pair[0] in {0x80, 0xFF} or len(pair) == 1 or (pair[1] < 0x40 and self.keeps):
                yield self.mark
                at += 1
            else:
                yield self._pair(pair)
                at += 2

    def _pair(self, pair: bytes) -> str:
        try:
            return pair.decode("gb18030" if self.private else "gbk")
        except UnicodeDecodeError:
            return self.mark


#: The decoder of the known pages, that of browsers, one that drops what it cannot read.
PAGES = Decoder()
BROWSER = Decoder("\ufffd", keeps=True)
STRICT = Decoder("\ufffd", private=False)
SILENT = Decoder("", keeps=True, private=False)


def traditional(text: str) -> str:
    """Return a text in traditional characters with full-width marks, without what GBK lacks."""
    return in_gbk(str(OpenCC("s2t").convert(text)))


def in_gbk(text: str) -> str:
    """Return a text with full-width marks, without what GBK lacks."""
    return text.translate(_WIDE).encode("gbk", "ignore").decode("gbk")


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


def glossed(text: str, table: Iterable[str]) -> bytes:
    """Return the bytes that the converter makes of a text; it goes through its table in the order given."""
    data = text.encode("gbk")
    for character in table:
        owner = character.encode("gbk")
        data = data.replace(owner, owner + f"({reading(character)})".encode("gbk"))
    return data


def garble(text: str, table: Iterable[str], decoder: Decoder = PAGES) -> str:
    """Return the page that the converter and a decoder make of a text."""
    return decoder.read(glossed(text, table))


def cut_up(data: bytes, chance: Random, decoder: Decoder = PAGES) -> str:
    """Return bytes cut before some of what looks like a mark, and each piece decoded by itself."""
    pieces = [data]
    for mark in "，！。":
        pieces = [piece for whole in pieces for piece in _cut(whole, mark.encode("gbk"), chance)]
    return "".join(map(decoder.read, pieces))


def _cut(data: bytes, mark: bytes, chance: Random) -> Iterator[bytes]:
    start = at = 0
    while (at := data.find(mark, at)) >= 0:
        if at > start and chance.random() < 0.5:
            yield data[start:at]
            start = at
        at += len(mark)
    yield data[start:]
