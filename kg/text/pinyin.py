"""Injected pinyin: what a page shows of the converter that put it there, and of the decoder that read its bytes.

A converter for readers of traditional characters wrote 區(qū) for each character of a table, by replacing bytes of GBK
text without regard to where a character begins. It therefore also fired on the second byte of one character and the
first of the next: there it split a character, the bracket after the lone byte was decoded with it to one "?", and what
follows is paired wrongly (總?cè)丝诘?.33% was 總人口的, a digit, .33%) until a byte below 0x80 sets it right.
Other decoders leave the bracket, write U+FFFD, or nothing. How runs are paired again is left to :mod:`kg.text.pairing`.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kg.text.gbk import bytes_of, character_of
from kg.text.wording import is_traditional

_LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
#: A syllable up to its bracket; a second gloss within, put there by the same accident, belongs to no character.
_SYLLABLE = rf"(?=[{_LETTERS}])(?P<head>[{_LETTERS}]{{0,6}})(?:\([{_LETTERS}]{{1,6}}\)(?P<tail>[{_LETTERS}]{{0,5}}))?\)"
_PARTS = rf"(?P<mark>[?\ufffd]?)(?P<bracket>\(?){_SYLLABLE}"
GLOSS = re.compile(rf"(?=[(?\ufffd]){_PARTS}")
#: The same with syllables that lost their opening bracket without a trace; these must bear a tone.
LOOSE_GLOSS = re.compile(rf"(?:(?=[(?\ufffd])|(?<![{_LETTERS}])(?=[a-zü]{{0,4}}[{_TONES}])){_PARTS}")
_CUT = re.compile("[?\ufffd](?:[！!]|[?\ufffd][，。,])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
#: A gloss and the character before it are not longer.
_LONGEST_GLOSS = 24

#: A page counts as garbled from so many characters with a right gloss, if so large a share of them is
#: traditional and never stands without one. Authors gloss rare characters, once.
_LEAST_GLOSSED = 3
_TABLE_SHARE = 0.8
#: From so many glosses of the kind on, a decoder is taken to leave bytes out, a table to hold simplified characters.
_LEAST_EVIDENCE = 2


@dataclass(frozen=True, slots=True)
class Gloss:
    """A syllable in brackets that may be the converter's.

    Attributes:
        start: Where it begins, the mark of an undecodable byte before it included.
        end: Where it ends.
        syllable: What it says, with its tone.
        mark: Whether "?" or U+FFFD stands at its head.
        bracket: Whether its opening bracket is there.
    """

    start: int
    end: int
    syllable: str
    mark: bool
    bracket: bool

    @classmethod
    def of(cls, match: re.Match[str]) -> "Gloss":
        """Return the gloss of a match."""
        syllable = match["head"] + (match["tail"] or "")
        return cls(*match.span(), syllable, bool(match["mark"]), bool(match["bracket"]))

    @property
    def is_whole(self) -> bool:
        """Whether it stands in brackets as the converter wrote it."""
        return self.bracket and not self.mark

    @property
    def has_tone(self) -> bool:
        """Whether the syllable bears a tone, so that it is no English word before a bracket."""
        return not self.syllable.isascii()


@dataclass(frozen=True, slots=True)
class Traces:
    """What a page tells of the accidents it went through.

    Attributes:
        glossed: The characters that the page shows with a gloss; empty where no converter was at work.
        bare: The characters that the lines with glosses show without one.
        traditional: Whether the converter's table held traditional characters alone.
        narrowed: Whether full-width marks were written in ASCII after the damage.
        keeps: Whether the decoder left a byte below 0x80 that followed a lone first byte.
        silent: Whether the decoder left out what it could not read, without a mark.
        hides: Whether pairs of bytes without character may be missing; not where the page shows one.
        cut: How many places show that the text was cut at marks, byte by byte, and decoded piece by piece.
    """

    glossed: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    traditional: bool = True
    narrowed: bool = False
    keeps: bool = False
    silent: bool = False
    hides: bool = True
    cut: int = 0

    @property
    def is_damaged(self) -> bool:
        """Whether the page is known to be damaged, so that a doubtful place is more likely damaged too."""
        return bool(self.glossed) or self.cut >= _LEAST_EVIDENCE

    @property
    def is_loose(self) -> bool:
        """Whether syllables may stand without their opening bracket."""
        return self.silent and not self.keeps

    def spelt(self, character: str) -> str:
        """Return a repaired character as the page writes it."""
        wide = self.narrowed and "！" <= character <= "～"
        return chr(ord(character) - 0xFEE0) if wide else character

    def may_gloss(self, character: str, syllable: str) -> bool:
        """Tell whether the converter can have put a syllable behind a character."""
        if not self.glossed or syllable not in readings(character):
            return False
        unknown = character not in self.bare and (not self.traditional or is_traditional(character))
        return unknown or character in self.glossed

    def gloss_at(self, text: str, at: int) -> Gloss | None:
        """Return the gloss that begins at a place."""
        match = self._pattern().match(text, at)
        return Gloss.of(match) if match else None

    def _pattern(self) -> re.Pattern[str]:
        return LOOSE_GLOSS if self.is_loose else GLOSS


def find_traces(text: str) -> Traces:
    """Return what a page tells; where an author explains a few characters nothing is glossed."""
    glosses = [Gloss.of(match) for match in GLOSS.finditer(text)]
    whole = [gloss for gloss in glosses if gloss.is_whole]
    right = [gloss for gloss in whole if explains(text, gloss)]
    owners = Counter(text[gloss.start - 1] for gloss in right)
    bare = _bare(text)
    traces = Traces(
        narrowed="," in text and "，" not in text,
        hides=not _PRIVATE.search(text),
        cut=len(_CUT.findall(text)),
    )
    if not _is_garbled(owners, bare, Counter(text)):
        return traces
    marked = [gloss for gloss in glosses if gloss.mark and gloss.has_tone]
    odd = sum(gloss.has_tone for gloss in whole) - sum(gloss.has_tone for gloss in right)
    loose = 0 if marked else sum(1 for match in LOOSE_GLOSS.finditer(text) if not match["bracket"])
    return replace(
        traces,
        glossed=frozenset(owners),
        bare=bare - owners.keys(),
        traditional=sum(not is_traditional(character) for character in owners) < _LEAST_EVIDENCE,
        keeps=odd > loose if not marked else 2 * sum(gloss.bracket for gloss in marked) > len(marked),
        silent=not marked and odd + loose > 0,
    )


def _is_garbled(owners: Counter[str], bare: frozenset[str], written: Counter[str]) -> bool:
    """Tell whether glosses are a converter's: on traditional characters, whenever they occur there."""
    table = [character for character in owners if character not in bare and is_traditional(character)]
    glossed = sum(owners[character] for character in table)
    return (
        len(table) >= max(_LEAST_GLOSSED, _TABLE_SHARE * len(owners))
        and sum(written[character] for character in table) < 2 * glossed
    )


def _bare(text: str) -> frozenset[str]:
    """Return the characters without gloss in lines that have some, up to the first wrongly paired run of the line."""
    found: set[str] = set()
    for line in text.split("\n"):
        if GLOSS.search(line):
            marked = next((match.start() for match in GLOSS.finditer(line) if match["mark"]), len(line))
            bare = GLOSS.sub("\0", line[:marked])
            found.update(character for character, after in pairwise(f"{bare}\n") if after != "\0")
    return frozenset(found)


def explains(text: str, gloss: Gloss) -> bool:
    """Tell whether a gloss belongs to what stands before it: a character, or a byte of one and an ASCII letter."""
    before = text[max(gloss.start - 2, 0) : gloss.start]
    if not before:
        return False
    if gloss.syllable in readings(before[-1]):
        return True
    split = bytes_of(before[0]) if len(before) > 1 and before[-1].isascii() else None
    return split is not None and gloss.syllable in readings(character_of(split[1], ord(before[-1])))


def owner_of(text: str, gloss: Gloss) -> str:
    """Return the character that a gloss stands after, past the whole gloss that this may have; empty at line heads."""
    line = text[max(text.rfind("\n", 0, gloss.start) + 1, gloss.start - _LONGEST_GLOSS) : gloss.start]
    for match in GLOSS.finditer(line):
        own = Gloss.of(match)
        if own.end == len(line) and own.is_whole and explains(line, own):
            return line[: own.start][-1:]
    return line[-1:]


@cache
def readings(character: str) -> frozenset[str]:
    """Return how a character may be read; nothing for an empty string."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - loaded for garbled pages alone

    return frozenset(PINYIN_DICT.get(ord(character), "").split(",")) - {""} if character else frozenset()
