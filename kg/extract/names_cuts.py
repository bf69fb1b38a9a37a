"""Where the name of an organisation begins, and whether its words distinguish it from others of its kind.

Neither is written: in 与金穗养牛专业合作社 the name begins after the preposition, and 金穗 is all that tells it from
any other cooperative that raises cattle.
"""

import re
from collections.abc import Iterator

from kg.extract.lexicon import alternatives, cut_words, load_sections, word_bounds
from kg.extract.names_lists import load_acts, load_everyday

_WORDS = load_sections("organisations")
_TRADES = re.compile(alternatives({*_WORDS["trades"], *_WORDS["departments"], *_WORDS["team_words"]}))
_AND = ("和", "与", "及")
_BRACKETED = re.compile(r"[（(].*?[）)]")
_CUTS = frozenset(_WORDS["cuts"])
_HARD_CUTS = _CUTS - set(_WORDS["trades"])
#: Single characters that are words no name holds, where the dictionary leaves them alone.
_PARTICLES = frozenset(_WORDS["particles"])
_LENGTHS = range(2, max(map(len, _CUTS)) + 1)
_FIRM_VERBS = frozenset(_WORDS["name_verbs"])
_NO_DESCRIPTION = _FIRM_VERBS | frozenset(_WORDS["provinces"])
#: Everyday verbs that firms are named by, and words of trades: no sign that a name begins behind them.
_NAMING = frozenset({*_FIRM_VERBS, *_WORDS["trades"], *_WORDS["departments"], *_WORDS["team_words"]})
_MEASURED = re.compile(
    r"(?:[一二两三四五六七八九十几多数首某这那各每余百千万亿0-9]|第[一二三四五])"
    r"(?:个|家|所|座|名|处|间|支|批|种|条|项|户|片|块|位|强|只|头|羽|亩|株|棵|栋|吨)"
)
#: Conjunction behind the word for a level: 团结村和…, 永靖县与….
_AND_BEHIND_PLACE = re.compile(r"[省市州盟县区旗镇乡村][和与及]")
_MEASURE_LENGTHS = (2, 3)
_UNNAMED = re.compile(alternatives(_WORDS["unnamed"]))
#: Kinds of body whose registered names hold conjunctions.
_REGISTERED = re.compile("有限|股份|集团|[农专]|合作|联合|家庭")
#: What the names of national bodies begin with.
_NATIONAL = ("中国", "中央", "中华", "国家", "全国")
#: Characters of a word that is made of two: 职业技能.
_COMPOUND = 4


def begins_at(text: str, begin: int, end: int) -> int:
    """Return where a name begins between two offsets.

    It begins after the last verb, preposition or measure word, and after an "and" that no verb stands before. Words
    that are verbs as well as parts of names (发展, 投资) count only where what follows still distinguishes the body.

    Args:
        text: The sentence.
        begin: Where the row of characters before the body's kind begins.
        end: Where the body's kind begins.
    """
    start = max((at for at in range(begin, end + 1) if _cut_ends(text, begin, at)), default=begin)
    start = max((at for at in _act_ends(text, begin, end) if at > start), default=start)
    soft = (
        at for at in range(start + 2, end - 1) if _word_ends(text, start, at, _CUTS) and distinguishes(text[at:end])
    )
    start = max(soft, default=start)
    return start + (text[start : start + 1] in _AND and start > 0 and text[start - 2 : start] not in load_acts())


def after_everyday_words(text: str, start: int, end: int) -> int:
    """Return where a name begins without the everyday verbs and adverbs before it that no list of cuts holds."""
    words = word_bounds(text)
    while start + 2 < end and _is_act(text[start : start + 2]) and distinguishes(text[start + 2 : end]):
        if start + 2 not in words:
            break
        start += 2
    return start


def distinguishes(core: str) -> bool:
    """Tell whether something is left of a name when all words of trades are taken away.

    >>> distinguishes("金穗养牛"), distinguishes("生态养殖")
    (True, False)
    """
    core = core[2:] if core[2:] and core[:2] in load_acts() else core
    rest = _TRADES.sub(" ", _BRACKETED.sub(" ", core))
    return any(len(part) > 1 for part in re.split(r"[\s和与]+", rest))


def describes(core: str) -> bool:
    """Tell whether words before a site only describe it: everyday words, none of them coined.

    >>> describes("优质饲草"), describes("鑫茂饲草")
    (True, False)
    """
    words = cut_words(core)
    return (
        not core.startswith(_NATIONAL)
        and _NO_DESCRIPTION.isdisjoint(words)
        and all(len(word) > 1 and _is_plain(word) for word in words)
    )


def _is_plain(word: str) -> bool:
    if len(word) == _COMPOUND:
        return _is_plain(word[:2]) and _is_plain(word[2:])
    return word in _NAMING or word in load_everyday()


def is_unnamed(core: str) -> bool:
    """Tell whether words only say which bodies of a kind are meant.

    >>> is_unnamed("各类"), is_unnamed("收治定点"), is_unnamed("曙光")
    (True, True, False)
    """
    return bool(_UNNAMED.search(core)) and not distinguishes(_UNNAMED.sub("", core))


def says_trade_alone(words: str) -> bool:
    """Tell whether words only say what a body does, as after the name of a founder.

    >>> says_trade_alone("茶业"), says_trade_alone("来到茶业")
    (True, False)
    """
    return not _TRADES.sub("", words)


def is_measured(text: str, begin: int) -> bool:
    """Tell whether a measure word stands right before an offset: 一家, 9个."""
    return any(_MEASURED.fullmatch(text, max(0, begin - length), begin) for length in _MEASURE_LENGTHS)


def _cut_ends(text: str, begin: int, at: int) -> bool:
    """Tell whether a verb, preposition or measure word that no name holds ends at an offset."""
    if is_measured(text, at) or _word_ends(text, begin, at, _HARD_CUTS):
        return True
    if at - 2 >= begin and _AND_BEHIND_PLACE.match(text, at - 2):
        return True
    return at > begin and text[at - 1] in _CUTS and text[at - 1 : at + 1] not in load_everyday()


def _act_ends(text: str, begin: int, end: int) -> Iterator[int]:
    """Yield where everyday verbs, pronouns and particles end that stand between two offsets as words of their own.

    A single character before them is the beginning of a coined name that the dictionary cuts: 赵大成.
    """
    trades = {at for match in _TRADES.finditer(text, begin, end) for at in range(match.start() + 1, match.end() + 1)}
    at, before = begin, ""
    for word in cut_words(text[begin:end]):
        at += len(word)
        coined = len(before) == 1 and before not in _PARTICLES
        if word in _AND and len(before) > 1 and not (says_trade_alone(before) or _REGISTERED.match(text, end)):
            yield at
        if word in _PARTICLES or (at not in trades and not coined and _is_act(word)):
            yield at
        before = word


def _is_act(word: str) -> bool:
    """Tell whether a word is or ends in an everyday verb or the like that no name holds; ordinals count schools."""
    return word[-2:] in load_acts() and _NAMING.isdisjoint((word, word[-2:])) and word[0] != "第"


def _word_ends(text: str, begin: int, at: int, words: frozenset[str]) -> bool:
    return any(text[at - length : at] in words for length in _LENGTHS if at - length >= begin)
