"""What a figure measures: the article's words as a clean noun phrase, and the concept of the ontology they mean.

A number stands before its noun (284名党员干部) or behind it (贫困发生率8.61%). This module chooses between the two
sides and gives the phrase the noun that the unit implies (脱贫1508户 → 脱贫户数). The words themselves are trimmed by
:mod:`kg.extract.indicator_words`; whose figure it is, and when it holds, is left to the modules beside this one.
"""

import re
from dataclasses import dataclass

from kg.extract.figures_rejections import Quantity
from kg.extract.indicator_sums import earned, event_of, is_rise_of_income, sale_of_goods, standard_in
from kg.extract.indicator_table import NOUN_OF
from kg.extract.indicator_tags import begins_with_verb, ends_in_verb, names_people, up_to_people
from kg.extract.indicator_words import (
    after_achieving,
    done_after,
    done_straight,
    ends_in_achieving,
    is_verbal,
    names_money,
    noun_after,
    of_each,
    plain,
    rates_in,
    shorten_rates,
    split_rate,
    trim,
    turn_clause,
    whole_of,
    without_aspect,
    without_reaching,
    without_short_genitive,
    without_whole,
)
from kg.model import Span

#: The indicator where the words leave nothing, by dimension.
_DEFAULTS = {
    "households": "户数",
    "persons": "人口",
    "person-times": "人次",
    "area": "面积",
    "ratio": "比例",
    "score": "分数",
    "duration": "时间",
    "energy": "电量",
    "mass": "重量",
    "length": "长度",
}
#: Nouns of one character; any other one alone before a number is a verb or a particle: 准备再种5亩, 跑了10年.
_LONE_NOUNS = frozenset(
    "村县镇乡区市州省旗组社户人房楼屋田地林山水路桥井渠池塘窖库车棚厂店校园矿站点船床灯书鸡鸭鹅鸽猪牛羊马驴驼兔狗鱼虾"
    "蟹蜂蚕鹿果桃梨杏枣茶菜瓜豆麦稻米薯棉麻药菌菇草树竹苗粮油糖蛋奶肉酒醋蜜钱款费税"
)
#: Units that count sessions of what the words name, and add no noun: 技能培训46期.
_SESSIONS = frozenset({"期", "场", "届", "轮"})
_ONLY_RATE = re.compile(r"[年月日]|[人户亩村棚年月日]均")
#: How far away a place is, whether it has a name or not: 距离河东镇20多公里, 离县城最近的有85公里.
_DISTANCE = re.compile(
    r"(?:距离?|(?<![脱远分隔])离)(?P<place>[一-龥]{2,10}?)(?:只有|仅有?|有|还有|最近的?|大约|足有)*$"
)
_AWAY = re.compile(r"(?:之|开|以)?[外远]")
_PLACE_CHARS = 12
_SENTENCE_CHARS = 40
_PEOPLE = frozenset({"persons", "households", "person-times"})
_DOING = re.compile(r"(?:进行|[已也还又将均都]|全部|正在|目前|陆续|先后|分别)*(?P<what>[一-龥]{2,12})(?![一-龥])")
_LEFT_POVERTY = re.compile(r"(?:摆脱|告别)了?贫困$|脱贫$")
_NO_VERBS = ("的", "和", "与", "及", "以", "等", "左", "上", "之", "中", "是", "为", "组成", "其中", "不等")
_REACHED = re.compile(r"(?:扶持|帮扶|惠及|覆盖|带动|安置|吸纳|受益|资助|救助|培训|服务)(?=[了到近约共]*$)")
_COUNTED_PEOPLE = re.compile(r"(?:脱贫|搬迁|返贫|致贫|减贫|退出)$")
_PEOPLE_END = re.compile(r"(?:群众|人口|居民|村民)$")
_FAMILY = re.compile(r"(?:家|家里|家中|一家|全家)(?:有|共有|共|上下)?$")
_MOST_IN_FAMILY = 20
_COMPARED = re.compile(r"(?:达到|达|是|为|相当于)[^,，;；。]{0,12}的$")
_FAMILIES = ("贫困户", "脱贫户", "低保户", "搬迁户")
_LEVEL = re.compile(r"(?:国家|省|市|县|区|乡|镇|村)级")
_ENDS_IN_TIME = re.compile(r"[后时前中]$")
_PART_OF = re.compile(r"占(?:到|了)?(?P<whole>[^,，;；。占]{2,20}?)的?$")
_LAND_VERB = re.compile(r"(?P<verb>流转|承包|租赁|开垦|租种|复垦|退耕)[了出入来]?$")
_USE = re.compile(r"(?:用于|用作|留作|来自|用来|成为)[^,，;；。:：]{2,20}")
_CLAUSE_MARKS = re.compile(r"[,，;；。:：!！?？()（）]")
_GROWING = re.compile(r"(?:种植|栽植|栽种|种上|种下|种了|改种|(?<![各这那多品物良])种)[^,，;；。]{0,10}$")
_LAND_NOUNS = ("面积", "地", "田", "园", "土地", "基地", "大棚", "规模", "房", "楼", "产业", "水面", "果园")
_CAPACITIES = ("量", "装机", "规模", "能力", "功率", "发电")
_EXTENTS = ("海拔", "高", "长", "宽", "深", "径", "程", "度", "差", "距离")
_NOUNS_WITH_RATE = ("率", "比例", "比重")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the words around a quantity.

    Attributes:
        text: The cleaned text.
        quantity: The quantity.
        left: From the end of what was said before to the quantity.
        right: From the quantity to the next one, or to the end of the clause.
        previous: Indicator of the figure before in the sentence where this one may take it over, or an empty string.
        is_paired: Whether another quantity stands directly before this one (2950户7728人).
    """

    text: str
    quantity: Quantity
    left: Span
    right: Span
    previous: str = ""
    is_paired: bool = False

    @property
    def dimension(self) -> str:
        """Dimension of the quantity's unit."""
        return self.quantity.unit.dimension

    @property
    def words_before(self) -> str:
        """The words on the left, without quotation marks."""
        return plain(self.left.of(self.text))

    @property
    def words_after(self) -> str:
        """The words on the right."""
        return self.right.of(self.text)


def read_indicator(around: Surroundings) -> str:
    """Return what a quantity measures, without number, place and verb of achievement; empty if nothing tells."""
    known = _by_unit(around) or _by_sale(around)
    if known:
        return known
    before, rates = _before(around)
    after = noun_after(around.words_after)
    if after and _prefers_noun_after(around, before, after):
        if around.dimension == "money":
            rates = rates_in(around.words_before, is_short=True)
        return _with_rates(rates, _with_noun(after, around))
    if before:
        return _with_rates(rates, _finish(before, around))
    return _without_words(around, after, rates)


def _planted(words: str, around: Surroundings) -> str:
    """Return a crop as its planted area where it is said to be grown, alone or in a list: 种植辣椒30万亩,蔬菜20万亩."""
    if words.endswith(_LAND_NOUNS):
        return words
    start = around.quantity.span.start
    clause = _CLAUSE_MARKS.split(around.text[max(0, start - 60) : start])[-1]
    is_grown = _GROWING.search(clause) or around.previous.endswith("种植面积")
    return f"{words}种植面积" if is_grown else words


def as_change(words: str, unit: str, *, falls: bool) -> str:
    """Return the indicator of a rate of change, of a change in percentage points, or of one in the unit itself.

    >>> as_change("人均可支配收入", "%", falls=False), as_change("城镇失业率", "个百分点", falls=True)
    ('人均可支配收入增长率', '城镇失业率降幅')
    """
    if unit == "%":
        return words + ("下降率" if falls else "增长率")
    if unit == "个百分点":
        return words + ("降幅" if falls else "增幅")
    return words + ("减少额" if falls else "增加额")


def _by_unit(around: Surroundings) -> str:
    """Return the indicator that the unit alone tells: an age, the size of a household, farmed land."""
    text, number = around.text, around.quantity.number
    if around.dimension == "age":
        return "年龄"
    if around.dimension == "persons" and number.value <= _MOST_IN_FAMILY and _is_family(around):
        return "家庭人口"
    distance = _DISTANCE.search(text, around.left.start - _PLACE_CHARS, around.quantity.span.start)
    if around.dimension == "length" and _AWAY.match(text, around.quantity.span.end):
        return "距离"
    if around.dimension == "length" and distance:
        return f"距{distance['place']}距离"
    is_land = around.dimension == "area" and text.startswith("地", around.quantity.noun_at - 1)
    if is_land and not noun_after(around.words_after):
        verb = _LAND_VERB.search(text, around.left.start, around.left.end)
        return f"{verb['verb'] if verb else ''}土地面积"
    return ""


def _by_sale(around: Surroundings) -> str:
    """Return the indicator of a sum that an income grew by, or that one kind of goods was sold for."""
    if around.dimension != "money":
        return ""
    words = around.words_before
    if is_rise_of_income(words, around.words_after):
        return _with_rates(rates_in(words, is_short=True), "增收")
    return sale_of_goods(words)


def _is_family(around: Surroundings) -> bool:
    """Tell whether persons are those of one household: 一家3口人, 家有5口人."""
    counts_mouths = around.text.startswith("口", around.quantity.number.span.end)
    return counts_mouths or _FAMILY.search(around.text, around.left.start, around.left.end) is not None


# ---- The noun behind the number or the words before it ---------------------------------------------------------------


def _before(around: Surroundings) -> tuple[str, str]:
    """Return the trimmed words before a quantity, and the rates that stand before their verb (每人, 年均)."""
    words, is_money = around.words_before, around.dimension == "money"
    part_of = (
        _PART_OF.search(around.text, around.left.start - 4, around.left.end) if around.dimension == "ratio" else None
    )
    if part_of:
        return f"占{trim(part_of['whole']) or part_of['whole']}比重", ""
    if around.quantity.unit.notation == "倍":
        words = _COMPARED.sub("", words)
    words = without_reaching(words)
    if around.dimension in _PEOPLE:
        words = without_whole(words)
    if ends_in_achieving(words) and around.words_after.strip(" ,，。;；、"):
        return "", rates_in(words, is_short=is_money)
    kept = after_achieving(words)
    rates = rates_in(words[: len(words) - len(kept)], is_short=is_money)
    if is_money and earned(kept):
        return kept, rates + rates_in(kept, is_short=True)
    rate, rest = split_rate(of_each(kept) if is_money else kept)
    trimmed = trim(shorten_rates(rest) if is_money else rest)
    rates += shorten_rates(rate) if is_money else rate
    if _ONLY_RATE.fullmatch(trimmed):
        return "", rates + trimmed
    return "" if _is_bare(trimmed) else trimmed, rates


def _is_bare(words: str) -> bool:
    """Tell whether words are one character that names nothing by itself: 跑|10年, 花|3天; a 村 and a 桥 are nouns."""
    return len(words) == 1 and words not in _LONE_NOUNS


def _prefers_noun_after(around: Surroundings, before: str, after: str) -> bool:
    """Tell whether the noun after a quantity names what it counts: 30万元扶贫资金 does, 30万元建成 does not."""
    match around.dimension:
        case "persons" | "households":
            is_of_other = around.words_after.startswith("的") and not names_people(after)
            return not (is_of_other or begins_with_verb(after))
        case "money":
            return names_money(after)
        case "energy" | "power" | "length":
            return not before.endswith(_CAPACITIES if around.dimension != "length" else _EXTENTS)
        case "ratio":
            return around.quantity.unit.notation == "%" and not before and len(after) >= len("贫困村")
        case "duration":
            return not before and len(after) > 1 and not after.startswith("时间")
    return True


def _with_noun(noun: str, around: Surroundings) -> str:
    """Return the noun after a quantity, with 比例 for a share and 次数 for a frequency."""
    if around.dimension in _PEOPLE:
        noun = up_to_people(noun)
    if around.dimension in _PEOPLE or noun.endswith(("村", "县", "乡", "镇")):
        noun = done_after(noun, around.words_after)
    if around.dimension == "ratio" and not noun.endswith(_NOUNS_WITH_RATE):
        return f"{up_to_people(noun)}比例"
    if around.quantity.unit.notation == "次":
        return f"{noun}次数"
    if around.dimension == "area":
        return _planted(noun, around)
    if around.dimension == "households" and len(noun) > len("群众"):
        return _PEOPLE_END.sub("户", noun)
    return noun


def _finish(words: str, around: Surroundings) -> str:
    """Return the words before a number as a noun phrase: the unit supplies the noun where they end in a verb."""
    dimension = around.dimension
    if dimension == "money" and earned(words):
        return earned(words)
    completed = _completed(words, around) if around.previous else ""
    if completed:
        return completed
    if dimension in {"persons", "households"}:
        words = _adapt_to_people(turn_clause(words), around)
    if dimension == "area" and not is_verbal(words):
        return _planted(without_short_genitive(words), around)
    if dimension == "money" and around.is_paired and not around.previous and not names_money(words):
        return f"{words}资金"
    is_done = ends_in_verb(words) if dimension == "duration" else is_verbal(words)
    if is_done and around.quantity.unit.notation not in _SESSIONS:
        return words + _noun_of(words, dimension)
    return without_short_genitive(words)


def _completed(words: str, around: Surroundings) -> str:
    """Return words that only narrow the noun of the quantity before with it (市级11家), any others as nothing."""
    if words == f"{around.previous}中":
        return done_straight(around.words_after) + around.previous
    if _ENDS_IN_TIME.search(words) and around.dimension != "duration":
        return words + around.previous
    return words + _LEVEL.sub("", around.previous, count=1) if _LEVEL.fullmatch(words) else ""


def _adapt_to_people(words: str, around: Surroundings) -> str:
    """Return words whose last noun fits the unit: 受灾群众320户 are 受灾户, 贫困户1804户5900人 are 贫困人口."""
    if around.dimension == "households":
        return _PEOPLE_END.sub("户", words)
    if not words.endswith("户" if around.is_paired else _FAMILIES):
        return words
    return f"{words.removesuffix('户') if len(words) > len('牧户') else words}人口"


def _noun_of(words: str, dimension: str) -> str:
    """Return the noun that a unit adds to a verb."""
    if dimension == "persons" and _COUNTED_PEOPLE.search(words):
        return "人口"
    if dimension == "money" and words.endswith(("销售", "成交")):
        return "额"
    if dimension == "money" and words.endswith(("投入", "投资", "出资", "融资", "支出", "增收")):
        return ""
    return NOUN_OF.get(dimension, "")


def _with_rates(rates: str, words: str) -> str:
    """Return an indicator with its rates in front, once."""
    return words if words.startswith(rates) else f"{rates}{words}"


# ---- Where neither side has a noun -----------------------------------------------------------------------------------


def _without_words(around: Surroundings, after: str, rates: str) -> str:
    """Return an indicator from a verb beside the number, the figure before, or the unit alone."""
    use = _USE.match(around.words_after) if around.dimension == "ratio" else None
    if use:
        return f"{use.group()}比例"
    known = _by_deeds(around) if around.dimension in _PEOPLE else ""
    words = known or around.previous or _by_unit_alone(around, after, rates)
    return _with_rates(rates, words) if words else ""


def _by_unit_alone(around: Surroundings, after: str, rates: str) -> str:
    """Return what a number measures where its unit and a word behind it are all there is."""
    match around.dimension:
        case "money":
            return _sum(around, rates)
        case "ratio" if after and not after.endswith(_NOUNS_WITH_RATE):
            return f"{up_to_people(after)}比例"
        case "persons" | "households" if after and not _prefers_noun_after(around, "", after):
            after = ""
    whole = whole_of(without_reaching(around.words_before)) if around.dimension in _PEOPLE else ""
    return after or whole or _DEFAULTS.get(around.dimension, "")


def _by_deeds(around: Surroundings) -> str:
    """Return bare persons or households by what they do or undergo: 3851人享受就业扶贫政策, 惠及1.7万人."""
    done = done_straight(around.words_after)
    match = None if done else _DOING.match(around.words_after)
    doing = match["what"] if match and not match["what"].startswith(_NO_VERBS) else ""
    if up_to_people(doing) != doing:
        return up_to_people(doing)
    reached = _REACHED.search(around.words_before)
    verb = (
        done
        or ("脱贫" if _LEFT_POVERTY.search(doing) else without_aspect(doing))
        or (reached.group() if reached else "")
    )
    return f"{verb}{_noun_of(verb, around.dimension)}" if verb else ""


def _sum(around: Surroundings, rates: str) -> str:
    """Return what a sum is by the verb before it (借了4万元) or the event of its clause (投入2.2亿元)."""
    earning = earned(without_reaching(around.words_before))
    start = around.quantity.span.start
    if rates and not earning:
        return standard_in(around.text[max(0, start - _SENTENCE_CHARS) : start]) or "收入"
    if earning:
        return earning
    return event_of(_CLAUSE_MARKS.split(around.text[max(0, start - 60) : start])[-1], around.words_after)
