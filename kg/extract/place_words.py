"""What distinguishes the name of a place from other words: word lists and the bounds of words.

The lists are ``words/places.txt``; which rule uses which is told by :mod:`kg.extract.places`.
"""

import re
from functools import cached_property

from kg.extract.lexicon import alternatives, cut_words, load_sections
from kg.extract.names_lists import load_acts, load_everyday

_LISTS = load_sections("places")
_GENERIC_STEMS = frozenset(_LISTS["generic stems"])
_GENERIC_ENDINGS = tuple(stem for stem in _LISTS["generic stems"] if len(stem) > 1)
_COMMON_ENDINGS = frozenset(_LISTS["common endings"])

#: Stems of villages that are common words: 团结, 富裕.
WORD_NAMES = frozenset(_LISTS["word names"])
#: Short names of prefectures that are common words: 日照, 来宾.
WORD_PLACES = frozenset(_LISTS["word places"])
#: Full names of counties that other words make by chance: 和县, 新县.
WORD_COUNTIES = frozenset(_LISTS["word counties"])

#: What must not follow the short form of a place: the word of a lower level (平川镇 is not 平川区), or the rest of a
#: body's name (甘肃日报), of which the place is a part.
NO_SHORT_NAME = re.compile(
    rf"[镇乡村]|街道|社区|[^的在与和对为向由从及、，。；：“”\s,.;:!?！？()（）《》]{{0,12}}?{alternatives(_LISTS['bodies'])}"
)

#: The word for a level and what makes another word of it without another meaning: 甘谷县委, 大庄镇长, 上海市民.
_LEVEL_WORD = re.compile(
    r"[省市州盟县区旗镇乡村](?:[委长直城上民内外里情境党支办团口头史志容貌属管]|政府|人大|人民|政协|纪委|主任|干部|两委|集体|妇联|工会|总工会|公安|检察|法院|司法|教育|卫生|民政|财政|体育|医院)"
)
#: 和县委 is 和 and 县委: so short a name is no name if a word goes on behind it.
_SHORT_NAME = 2

#: Characters that stand in no name of a village or township.
_FUNCTION_CHARACTERS = re.compile(r"[的了在是和与及等把将为被从对于各每这那该个们县省使让并也还都就又但而或以此\d%\s]")
#: 农业强镇, 历史名村, 特色小镇: an adjective of one character behind a noun.
_PRAISE = re.compile(r".{2}[强重名大小古老穷富美弱]$")
_EVERYDAY = load_everyday()
#: Everyday verbs, adverbs, prepositions and pronouns of two characters, which no unlisted name holds; numbers do: 八里.
_EVERYDAY_ACTS = frozenset(word for word in load_acts() if word[0] not in "一二三四五六七八九十百千万")


def is_generic(stem: str) -> bool:
    """Tell whether what stands before 村 or 镇 describes instead of naming.

    >>> is_generic("深度贫困"), is_generic("农业农"), is_generic("宣威")
    (True, True, False)
    """
    return stem in _GENERIC_STEMS or stem.endswith((*_GENERIC_ENDINGS, "农", "乡", "驻"))


def is_nameable(stem: str) -> bool:
    """Tell whether some characters can be the name of a village or township that no list holds.

    >>> is_nameable("青石崖"), is_nameable("推进"), is_nameable("深度贫困"), is_nameable("农业强")
    (True, False, False, False)
    """
    if not stem or is_generic(stem) or stem in _EVERYDAY or _PRAISE.search(stem) or _FUNCTION_CHARACTERS.search(stem):
        return False
    return _EVERYDAY_ACTS.isdisjoint(cut_words(stem))


def is_word(stem: str) -> bool:
    """Tell whether a stem is an everyday word and no verb, such as townships have for their names too.

    >>> is_word("安乐"), is_word("推进"), is_word("旅游")
    (True, False, False)
    """
    return stem in _EVERYDAY and stem not in load_acts() and not is_generic(stem)


def is_village_like(stem: str) -> bool:
    """Tell whether a nameable stem also has the shape of a village's name.

    >>> is_village_like("青石崖"), is_village_like("解放"), is_village_like("科研")
    (True, False, False)
    """
    return stem[-1:] in _COMMON_ENDINGS and stem not in WORD_NAMES and is_nameable(stem)


class WordBounds:
    """Where the words of one sentence begin and end, by the dictionary; cut when first asked."""

    def __init__(self, text: str) -> None:
        """Take the sentence."""
        self._text = text

    def splits(self, start: int, end: int) -> bool:
        """Tell whether a name at ``[start, end)`` begins or ends within a word of the sentence.

        >>> bounds = WordBounds("沿海城市推广西门塔尔牛，甘谷县委支持")
        >>> bounds.splits(1, 4), bounds.splits(5, 7), bounds.splits(12, 15)
        (True, True, False)
        """
        if not self.begins(start):
            return True
        if end in self._starts or end == len(self._text):
            return False
        return end - start <= _SHORT_NAME or not _LEVEL_WORD.match(self._text, end - 1)

    def begins(self, at: int) -> bool:
        """Tell whether a word begins at an offset."""
        return at in self._starts

    @cached_property
    def _starts(self) -> frozenset[int]:
        """Where words begin."""
        starts, at = [], 0
        for word in cut_words(self._text):
            starts.append(at)
            at += len(word)
        return frozenset(starts)
