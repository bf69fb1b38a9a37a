"""Readings of names in Latin letters without tones. No file and no graph.

pypinyin reads many place names by the common reading of a character (15 of 73 hard ones were wrong), so the readings
that differ are listed here. The dictionary of pypinyin, 5 MB, is loaded when a name is first read.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

#: Places whose reading pypinyin 0.55 misses; from the official pronunciation of the names, the character alone tells.
PLACE_READINGS = {
    "单县": "shan xian",
    "郫都": "pi du",
    "涡阳": "guo yang",
    "宕昌": "tan chang",
    "浚县": "xun xian",
    "荥经": "ying jing",
    "珲春": "hun chun",
    "筠连": "jun lian",
    "洪洞": "hong tong",
    "繁峙": "fan shi",
    "解州": "xie zhou",
    "会稽": "kuai ji",
    "都安": "du an",
    "穆棱": "mu ling",
    "六安": "lu an",
    "铅山": "yan shan",
    "台州": "tai zhou",
    "丽水": "li shui",
    "蔚县": "yu xian",
    "长子县": "zhang zi xian",
    "隰县": "xi xian",
    "婼羌": "ruo qiang",
    "莘县": "shen xian",
    "莒县": "ju xian",
    "歙县": "she xian",
    "黟县": "yi xian",
    "砀山": "dang shan",
    "亳州": "bo zhou",
    "阆中": "lang zhong",
    "犍为": "qian wei",
    "勐海": "meng hai",
    "大埔县": "da bu xian",
    "番禺": "pan yu",
    "东莞": "dong guan",
    "尉犁": "yu li",
    "乐亭": "lao ting",
    "乐清": "yue qing",
    "牟平": "mu ping",
    "中牟": "zhong mu",
    "盱眙": "xu yi",
    "邗江": "han jiang",
    "甪直": "lu zhi",
    "嵊州": "sheng zhou",
    "巴彦淖尔": "ba yan nao er",
    "阿坝": "a ba",
    "陕西": "shaan xi",
    "朝阳": "chao yang",
    "长垣": "chang yuan",
}

_OVERRIDDEN = re.compile("|".join(sorted(PLACE_READINGS, key=len, reverse=True)))
#: So many names are remembered; articles of one corpus name the same places.
_REMEMBERED = 8192


def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the pinyin of a name, a syllable an item; two readings where a place is read in its own way.

    >>> readings("洪洞县")
    (('hong', 'tong', 'xian'), ('hong', 'dong', 'xian'))
    """
    plain = _syllables(name)
    own = own_reading(name)
    return (own,) if own == plain else (own, plain)


def join_syllables(syllables: Sequence[str]) -> str:
    """Return syllables as one word, with a mark before those that begin with a vowel (ISO 7098).

    >>> join_syllables(("xi", "an")), join_syllables(("gan", "gu"))
    ("Xi'an", 'Gangu')
    """
    return "".join(f"'{one}" if at and one[:1] in "aoe" else one for at, one in enumerate(syllables)).capitalize()


@lru_cache(maxsize=_REMEMBERED)
def own_reading(name: str, *, umlauts: bool = False) -> tuple[str, ...]:
    """Return the syllables of a name, those of the list where it has some; ü as v, or with its dots.

    >>> own_reading("宕昌县"), own_reading("吕梁", umlauts=True)
    (('tan', 'chang', 'xian'), ('lü', 'liang'))
    """
    own: list[str] = []
    at = 0
    for match in _OVERRIDDEN.finditer(name):
        own += _syllables(name[at : match.start()], umlauts=umlauts)
        own += PLACE_READINGS[match.group()].split()
        at = match.end()
    return (*own, *_syllables(name[at:], umlauts=umlauts))


def _syllables(name: str, *, umlauts: bool = False) -> tuple[str, ...]:
    """Return the syllables that the dictionary gives; ü as v, or with its dots."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - loads a dictionary of 5 MB that most commands do not need

    return tuple(lazy_pinyin(name, style=Style.NORMAL, v_to_u=umlauts)) if name else ()
