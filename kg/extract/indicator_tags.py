"""Where the noun of a phrase ends, told by the parts of speech of its words.

An article sets no mark between a noun and its predicate (6个村民组居住分散, 19名干部看来). jieba's tags tell the two
apart here; everything that closed word lists can tell is left to :mod:`kg.extract.indicator_words`.
"""

import re
from collections.abc import Sequence

from kg.extract.lexicon import alternatives, load_sections, tag_words

_WORDS = load_sections("figures")
_VERBAL = re.compile(rf"{alternatives(_WORDS['verbal'])}$")
_NAMED_PEOPLE = re.compile(
    rf"{alternatives((*_WORDS['persons'], *_WORDS['households']))}|书记|主任|代表|委员|家庭|人家|[一-龥]{{2}}户(?!籍)"
)
_PERSON_END = re.compile(
    r"(?<![务打用做施开复完竣返])工$|[员师生者长手兵民农夫医护司人家队友婴童孩娃]$|(?<![到入各每家])户$|[男女]性?$"
)
#: Settlements whose predicate may follow without a mark: 6个村|自愿搬迁.
_SETTLEMENT = re.compile(r"村民小?组|[一-龥]{0,6}?(?:贫困村|行政村|自然村|建制村)|村庄|乡镇|社区|[村县镇乡]")
_NOUNS = ("n", "zg")
#: Last characters of nouns of time that jieba takes for verbs.
_TERMS = ("期", "限", "龄", "程", "长", "数", "间")
_PREDICATING = frozenset({"v", "d", "ad"})
#: What is done to houses and households keeps their name: 完成500户贫困户危房改造.
_WORKS = ("改造", "整治", "新建", "维修", "修缮", "加固", "重建", "危改", "搬迁", "安置")
#: Particles that stand behind a verb, and what a predicate may consist of, as jieba tags words.
_ASPECT = frozenset({"ul", "uz", "ug"})
_VERBAL_FLAGS = frozenset({"v", "d", "ad", "vd", "p", "c", "ul", "uz", "ug", "y", "f"})


def without_predicate(noun: str) -> str:
    """Return a noun phrase without a verb that follows its noun, as jieba tags them; 危房改造 and the like stay whole.

    >>> without_predicate("村民组居住分散"), without_predicate("企业带着"), without_predicate("农村危房改造")
    ('村民组', '企业', '农村危房改造')
    """
    words = tag_words(noun)
    settled = _SETTLEMENT.match(noun)
    if settled and noun.startswith("的", settled.end()):
        return settled.group()
    heads = {sum(map(len, next(zip(*words[:at], strict=True)))): at for at in range(1, len(words))}
    if settled and settled.end() in heads and words[heads[settled.end()]][1] in _PREDICATING:
        return settled.group()
    end = next((at for at, (_, flag) in enumerate(words) if at and flag in _ASPECT), 0)
    end = _end_of_noun(words, end) or (0 if _VERBAL.search(noun) else _end_of_noun(words, len(words)))
    is_lone = end == len(words) - 1 and words[-1][1] == "v"
    is_noun = end > 0 and words[end - 1][1].startswith(_NOUNS) and not is_lone
    return "".join(word for word, _ in words[:end]) if is_noun else noun


def _end_of_noun(words: Sequence[tuple[str, str]], end: int) -> int:
    """Return where the words up to an index end without the verbs behind their noun."""
    while end > 1 and words[end - 1][1] in _VERBAL_FLAGS:
        end -= 1
    return end


def ends_in_verb(words: str) -> bool:
    """Tell whether the last of some words is a verb, as jieba tags them: 承包, but not 工期.

    >>> ends_in_verb("赶集来回需要走"), ends_in_verb("工期")
    (True, False)
    """
    return not words.endswith(_TERMS) and words != "" and tag_words(words)[-1][1] in {"v", "vn", "d", "p"}


def names_people(words: str) -> bool:
    """Tell whether words name people or households: 驻村干部, but not 全国记录."""
    return _NAMED_PEOPLE.search(words) is not None or _PERSON_END.search(words) is not None


def begins_with_verb(words: str) -> bool:
    """Tell whether words that name no people say what people do: 依靠芒果产业, but not 创业青年.

    >>> begins_with_verb("依靠芒果产业"), begins_with_verb("驻村干部")
    (True, False)
    """
    return "的" not in words and _NAMED_PEOPLE.search(words) is None and tag_words(words)[0][1] in {"v", "p", "d"}


def up_to_people(noun: str) -> str:
    """Return a noun phrase up to the people it names: of 贫困户产业 the households, of 干部看来 the cadres.

    >>> up_to_people("贫困户产业"), up_to_people("干部看来"), up_to_people("党员干部"), up_to_people("驻村工作队员")
    ('贫困户', '干部', '党员干部', '驻村工作队员')
    """
    people = [match.end() for match in _NAMED_PEOPLE.finditer(noun)]
    is_whole = not people or _PERSON_END.search(noun) or noun.endswith(_WORKS)
    return noun if is_whole else noun[: people[-1]]
