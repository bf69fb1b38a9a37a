"""Keys of names for search: one spelling, pinyin, initials. No file and no graph.

pypinyin reads many place names by the common reading of a character (``notes``: 15 of 73 hard ones were wrong), so the
readings that differ are listed here and both are indexed.
"""

import re
import unicodedata
from functools import cache

import opencc
from pypinyin import Style, lazy_pinyin

#: Longer queries are cut: no name is as long.
MAX_QUERY_CHARS = 100

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
}

_OVERRIDDEN = re.compile("|".join(sorted(PLACE_READINGS, key=len, reverse=True)))
_SPACE = re.compile(r"\s+")


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


def normalise(text: str) -> str:
    """Return a name or query in the one spelling that is compared: NFKC, simplified, lower case, single spaces.

    >>> normalise("  甘穀縣 "), normalise("Ｇangu  County")
    ('甘谷县', 'gangu county')
    """
    plain = unicodedata.normalize("NFKC", text[:MAX_QUERY_CHARS]).replace("\x00", "")
    return _SPACE.sub(" ", str(_simplifier().convert(plain)).lower()).strip()


def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the pinyin of a name, a syllable an item; two readings where a place is read in its own way.

    >>> readings("洪洞县")
    (('hong', 'tong', 'xian'), ('hong', 'dong', 'xian'))
    """
    plain = tuple(lazy_pinyin(name, style=Style.NORMAL, v_to_u=False))
    own: list[str] = []
    at = 0
    for match in _OVERRIDDEN.finditer(name):
        own += lazy_pinyin(name[at : match.start()], style=Style.NORMAL) if match.start() > at else []
        own += PLACE_READINGS[match.group()].split()
        at = match.end()
    if not at:
        return (plain,)
    own += lazy_pinyin(name[at:], style=Style.NORMAL) if at < len(name) else []
    return (tuple(own),) if tuple(own) == plain else (tuple(own), plain)


def pinyin_keys(name: str) -> tuple[tuple[str, str], ...]:
    """Return what finds a Chinese name from a keyboard: ("pinyin", "gangu"), ("initials", "gg"), sorted.

    >>> pinyin_keys("甘谷")
    (('initials', 'gg'), ('pinyin', 'gangu'))
    """
    if name.isascii():
        return ()
    keys = set()
    for syllables in readings(name):
        keys.add(("pinyin", _letters("".join(syllables))))
        keys.add(("initials", _letters("".join(syllable[:1] for syllable in syllables))))
    return tuple(sorted(key for key in keys if key[1]))


def pinyin_query(query: str) -> str:
    """Return the letters of a query typed as pinyin, or an empty string where it is none.

    >>> pinyin_query("gan gu"), pinyin_query("甘谷")
    ('gangu', '')
    """
    return _letters(query) if query.isascii() else ""


def characters(name: str) -> list[str]:
    """Return the letters, digits and Chinese characters of a normalised name, one by one: the tokens of the index."""
    return [char for char in name if char.isalnum()]


def is_close(query: str, name: str) -> bool:
    """Tell whether a name differs from the query by one character: another one, one more, one less, two swapped.

    >>> is_close("通谓县", "通渭县"), is_close("甘县", "甘谷县"), is_close("甘古县", "古浪县")
    (True, True, False)
    """
    if query == name or abs(len(query) - len(name)) > 1:
        return False
    head = next((i for i, (a, b) in enumerate(zip(query, name, strict=False)) if a != b), min(len(query), len(name)))
    rest, other = query[head:], name[head:]
    return (
        rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or (_swapped(rest) == other and len(rest) > 1)
    )


def _swapped(text: str) -> str:
    return text[1::-1] + text[2:]


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isascii() and char.isalnum())
