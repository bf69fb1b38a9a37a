"""Unit and measure words after a number: 人, 万元, 平方公里, 头(只).

Reads the longest unit of a given table that stands at an offset. The table is the ontology's; this module knows none
by itself. What counts as a figure, and units that only the noun implies (13镇, 51万群众), are left to
:mod:`kg.extract.figures_quantities`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Unit

#: 头(只), 台(套): the second word in brackets says that both are counted together.
_ALTERNATIVE = re.compile(
    r"[(（](?:头|只|羽|尾|口|套|座|间|处|个|家|所|户|人|名|支|次|项|场|张|件|条|辆|部|幢|栋|期|册|匹|峰)[)）]"
)

#: Words that begin with a unit's character and are no unit there: what follows the unit makes another word of it.
#: From general knowledge of the language; the keys are notations or synonyms.
_NOT_BEFORE = {
    "人": "均才民员大代类力工道体物口台",
    "口": "岸号味粮碑感水",
    "家": "庭乡长属园具禽畜",
    "户": "籍口均外型",
    "名": "录单义牌优胜声特字贵",
    "个": "体性别月多百",
    "位": "于列居置一数",
    "处": "理于置长",
    "所": "有以需谓得在",
    "年": "产均度轻来前后初底末代级味货猪",
    "周": "年岁边期末围到全",
    "角": "帽落形度楼亭色",
    "天": "然津气下水府",
    "分": "别红布配散类工之享管级",
    "元": "旦素月",
    "头": "条脑",
    "条": "件例",
    "只": "有要能是靠",
    "支": "持部援书撑付农",
    "项": "目",
    "次": "产年日要",
    "期": "间待望货",
    "里": "程面",
    "米": "粉饭粒",
    "面": "积临貌粉向对",
    "台": "账阶湾州风",
    "块": "地田",
    "门": "口前槛票诊类",
    "张": "家掖",
    "层": "次面级",
    "对": "接口于应口",
    "套": "餐",
    "株": "洲",
    "件": "套",
    "本": "地土村县身级来科着次",
    "轮": "换流作训",
    "批": "准评发",
    "场": "地所部景长镇",
    "类": "似",
    "种": "植养子粮田苗羊牛猪",
    "级": "别",
    "岁": "月末",
    "斤": "两",
    "度": "过假",
    "步": "走伐行",
    "日": "常益报前子夜",
    "月": "份初底末均工饼亮",
    "亩": "均产",
    "个工": "作程厂地人种业艺商会序坊",
    "方水": "土面",
    "间": "接隔距",
}
_FORBIDDEN = {word: frozenset(following) for word, following in _NOT_BEFORE.items()}


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit word found in a text.

    Attributes:
        unit: The unit of the table.
        end: Offset after the word, 头(只) with its bracket.
    """

    unit: Unit
    end: int


class UnitTable:
    """Finds units by their notation and synonyms, the longest first."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Take the units of the ontology."""
        self._units = {word: unit for unit in units for word in (*unit.synonyms, unit.notation)}
        self._lengths: dict[str, list[int]] = {}
        for word in sorted(self._units, key=len, reverse=True):
            lengths = self._lengths.setdefault(word[0], [])
            lengths += [len(word)] if len(word) not in lengths else []

    def match(self, text: str, at: int) -> UnitMatch | None:
        """Return the longest unit that stands at an offset, or None.

        A unit that is only the beginning of another word is none: 3人均 holds no person, 9种植 no kind.
        """
        for length in self._lengths.get(text[at : at + 1], ()):
            unit = self._units.get(text[at : at + length])
            if unit and text[at + length : at + length + 1] not in _FORBIDDEN.get(text[at : at + length], frozenset()):
                alternative = _ALTERNATIVE.match(text, at + length)
                return UnitMatch(unit, alternative.end() if alternative else at + length)
        return None

    def named(self, word: str) -> Unit | None:
        """Return the unit of a notation or synonym, or None."""
        return self._units.get(word)
