"""Traditional to simplified characters, by OpenCC's phrases; a text that has them already is left alone.

A name may hold a traditional character on a simplified page (徐著成, 张乾); so a page, or a single line of it, is only
converted where it is traditional as a whole.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from re import Match
from typing import TYPE_CHECKING

from kg.model import Span
from kg.text.edits import Changes, Edit, Mapped

if TYPE_CHECKING:
    from opencc import OpenCC

#: Share of traditional characters among all from which a page, or a single line of another page, is simplified.
_TRADITIONAL_PAGE = 0.02
_TRADITIONAL_LINE = 0.2
#: A line so long without a traditional character is simplified, whatever the page is.
_TELLING_LENGTH = 30
#: Variants that OpenCC leaves, from old fonts, Japanese input and Taiwan, and 陜 in 陜西, a GBK mix-up of its own.
_VARIANTS = str.maketrans(
    "陜鄕戸吿淸靑逹硏衞晩黒毎歩歳徳恵緖曁塡縂衹岀揹敍枱砲稭値窓牕凖竝擧閙鬪鬭鬬彞姪菓荳畆畂埧寳竜碁塩倣妳牠祂",
    "陕乡户告清青达研卫晚黑每步岁德惠绪暨填总只出背叙台炮秸值窗窗准并举闹斗斗斗彝侄果豆亩亩坝宝龙棋盐仿你它他",
)
#: Where ``tw2s`` errs, found by converting some hundred articles there and back: by character, the words in which it
#: is wrong, and the right one. 著 of writings and fame it takes for the particle 着, and the other way round; others
#: Taiwan writes with another character of the same sound.
_CORRECTIONS = {
    "着": (
        "(?<=[卓原专论译遗土拙新])着(?![力眼手重陆想落急装])|(?<=见微知)着|(?<=彰明较)着|(?<=[所编])着(?=《)|着(?=有《)",
        "著",
    ),
    "著": ("(?<=[彰凸突]显)著|著(?=白)", "着"),
    "帐": ("帐(?=[户目本号单簿款务面])|(?<=[算记结付到转台欠入查对贫笔])帐", "账"),
    "像": ("(?<=想)像", "象"),
    "座": ("座(?=[标落])", "坐"),
    "份": ("(?<=[成部])份", "分"),
    "分": ("(?<=身)分", "份"),
    "甚": ("甚(?=么)", "什"),
    "徵": ("徵(?=[调收求集])", "征"),
    "祗": ("祗(?=[有是能要])", "只"),
    "祇": ("祇(?=[有是能要])", "只"),
    "傜": ("傜(?=族)", "瑶"),
}
_DOUBTFUL = re.compile(f"[{''.join(_CORRECTIONS)}]")
_WRONG = {character: (re.compile(words), right) for character, (words, right) in _CORRECTIONS.items()}
#: 乾 is dry, 干, unless it is the trigram: in reigns, in names of places, after a surname.
_SURNAMES = (
    "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何羅罗梁宋鄭郑謝谢韓韩唐馮冯于董蕭萧程曹袁鄧邓許许傅沈曾彭呂吕"
    "蘇苏盧卢蔣蒋蔡賈贾丁魏薛葉叶閻阎余潘杜戴夏鍾钟汪任姜范方石姚譚谭廖鄒邹熊金陸陆郝孔崔康邱秦江史顧顾侯邵孟龍龙萬万段"
)
_TRIGRAM = re.compile(
    "乾(?=[隆坤陵縣县安州佑潭元龍龙務务德清康盛泰興兴亨宮宫卦道符寧宁封嘉壽寿昌順顺])"
    f"|(?<=[{_SURNAMES}])乾(?![旱燥涸淨净枯果糧粮貨货癟脆柴草菜杯裂濕湿電电巴辣])"
    f"|(?<=[{_SURNAMES}][\u4e00-\u9fff])(?<![餅饼萄腐筍笋肉曬晒烘風风吹烤榨口晾焙菜薯瓜棗枣柿椒茶豆魚鱼包相骨能實实苦若主才精樹树])乾(?=[說说、，。：])"
)


def simplified(mapped: Mapped, unusual: Iterable[str]) -> Mapped:
    """Return the text in simplified characters; a text that has them already is left alone.

    >>> simplified(Mapped.of("貧困戶"), "貧戶").text, simplified(Mapped.of("徐著成、张乾两户脱贫"), "著乾").text
    ('贫困户', '徐著成、张乾两户脱贫')

    Args:
        mapped: The text.
        unusual: The characters of the text that may be traditional ones.
    """
    marks = frozenset(filter(_is_traditional, unusual))
    if not marks:
        return mapped
    whole = _has_share(mapped.text, marks, _TRADITIONAL_PAGE)
    lines = mapped.text.split("\n")
    chosen = [at for at, line in enumerate(lines) if _is_to_simplify(line, marks, whole=whole)]
    written = list(lines)
    for at, line in zip(chosen, _simplify("\n".join(lines[at] for at in chosen)).split("\n"), strict=False):
        written[at] = line
    if all(len(new) == len(old) for new, old in zip(written, lines, strict=True)):
        return mapped.respelt("\n".join(written))
    return mapped.apply(_line_edits(lines, written))


def _is_to_simplify(line: str, marks: frozenset[str], *, whole: bool) -> bool:
    """Tell whether a line is traditional: on a traditional page all but long lines that show no sign of it."""
    if whole:
        return len(line) < _TELLING_LENGTH or not marks.isdisjoint(line)
    return not marks.isdisjoint(line) and _has_share(line, marks, _TRADITIONAL_LINE)


def _has_share(text: str, marks: frozenset[str], share: float) -> bool:
    """Tell whether marks make up such a share of a text; spaces do not count."""
    least = share * (len(text) - text.count(" ") - text.count("\n"))
    return any(count >= least for count in accumulate(map(text.count, marks)))


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


@cache
def _is_traditional(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" and _simplify(character) != character


def _simplify(text: str) -> str:
    written = str(_converter().convert(text)).translate(_VARIANTS)
    written = _DOUBTFUL.sub(_corrected, written)
    if "乾" not in text or len(written) != len(text):
        return written
    characters = list(written)
    for match in _TRIGRAM.finditer(text):
        characters[match.start()] = "乾"
    return "".join(characters)


def _corrected(match: Match[str]) -> str:
    words, right = _WRONG[match[0]]
    return right if words.match(match.string, match.start()) else match[0]


@cache
def _converter() -> "OpenCC":
    """Return OpenCC's ``tw2s``: ``t2s`` leaves 著力, ``tw2sp`` rewrites 标, 整合, 讯 into other words."""
    from opencc import OpenCC  # noqa: PLC0415 - loaded for pages that hold traditional characters

    return OpenCC("tw2s")
