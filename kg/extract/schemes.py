"""Names of schemes that stand without quotation marks: a specific modifier and a head noun.

移民搬迁工程, 大走访大排查专项行动, 挂账销号制度: the head noun comes from a closed list, the modifier reaches left to
a function word, a verb or a place. Modifiers made of general words alone (长效机制, 民生工程) give no name. What stands
in quotation marks is judged by :mod:`kg.extract.quotations`.
"""

import re
from collections.abc import Iterable, Iterator

from kg.extract.lexicon import alternatives, load_sections, tag_words
from kg.model import Span

_WORDS = load_sections("programmes")
_CARRYING = re.compile(alternatives(_WORDS["carrying verbs"]))
_APPLYING = re.compile(alternatives(_WORDS["firm verbs"]))
_BOUNDARIES = frozenset((*_WORDS["carrying verbs"], *_WORDS["boundaries"]))
_DESCRIBED = tuple(_WORDS["described heads"])
#: 攻坚 is a head noun, except in the name of the campaign at large.
_HEAD = f"{alternatives((*_WORDS['scheme heads'], *_WORDS['carried heads'], *_DESCRIBED, '攻坚'))}(?<![脱扶]贫攻坚)"
_HEADS = re.compile(f"{_HEAD}(?:{_HEAD})*")
_SURE = tuple(_WORDS["scheme heads"])
_BARE = frozenset(_WORDS["bare heads"])
_EVENTS = tuple(_WORDS["event heads"])
_GENERIC = re.compile(f"{alternatives(_WORDS['generic'])}*")
_CARRIED_BEHIND = re.compile("(?:正式|全面|已经|也)?(?:启动|开展|实施|落地|举行|举办|开局|推行|试行|铺开)")
_RUN = re.compile(r"[^\W_]*$")
_LISTED = re.compile(r"(?:[^\W\d]{2,4}、)+$")
_CLAUSE = re.compile(r"[^，,。；;：:!！?？]*$")
_REACH, _SHORTEST = 16, 4
#: Parts of speech that no name holds, as jieba tags them: adverbs, prepositions, conjunctions, pronouns, particles.
#: Single letters are judged by the list of boundaries alone: jieba takes the 边 of 兴边富民 for an adverb.
_OUTSIDE_NAMES = frozenset({"d", "ad", "p", "c", "r", "u", "ul", "uz", "y", "e"})
#: Letters left over where a name was cut: of a measure (3个|村, 2019|年), of place (区|内) or of a verb (落实|好).
_MEASURES = frozenset("年月日个户人村名次届期批家处座所项条")
_COUNTED = re.compile(r"[\d一二三四五六七八九十百千万两几数多余每省市县区乡镇]个?$")
_LOCALISERS = frozenset("内外里中间下好了着过起出完")
_NUMBER = re.compile(r"[一二三四五六七八九十两几数多每\d]+[个项家座条批种处次名位户]|\d+")
#: Where a head noun is the beginning of another word: 改造成, 搬迁户, 保险公司, 行动指令.
_GOES_ON = re.compile(
    r"成|户|群众|点|对象|人口|公司|机构|员|力|队|农|家庭|款项|率|费|组|指挥部|办公室|领导小组|学院|大学|师|院|所|处|局|中心|任务|小区|方式|村|入户|覆盖|[^\W\d]?率"
)
#: What stands behind a quoted phrase is its head noun, not a name.
_BEHIND_MARKS = re.compile("[”’」』]的?$")
#: Set phrases that have no head noun.
_PHRASES = re.compile("抓党建促(?:脱贫攻坚|脱贫|乡村振兴|振兴)|(?:百日|双百)(?:大?攻坚|大?会战|大?决战|冲刺|行动|大战)")
_ORDINAL = re.compile("第[一二三四五六七八九十]+[次批届轮期个]?")
_MEASURED = re.compile(r"(?:[\d一二三四五六七八九十两几多余]+[个项条批种家处座所期场]?|各|该|这|此)$")


def cut_left(text: str, start: int, end: int) -> int:
    """Return where the modifier begins that ends at ``end``: behind the last boundary word of ``text[start:end]``.

    Words and their parts of speech are jieba's, so that 家 bounds a name and the 家 of 家庭 does not.

    >>> cut_left("持续实施移民搬迁", 0, 8)
    4
    """
    cut = at = start
    for word, flag in tag_words(text[start:end]):
        left_over = cut == at and _is_left_over(text, at, word)
        at += len(word)
        function_word = flag in _OUTSIDE_NAMES and len(word) > 1
        if left_over or function_word or _is_boundary(word) or _bounds_by_number(word):
            cut = at
    return cut


def _is_boundary(word: str) -> bool:
    """Tell whether a word, or each half of one that jieba keeps together (积极开展), ends a name on its left."""
    return word in _BOUNDARIES or (word[:2] in _BOUNDARIES and word[2:] in _BOUNDARIES)


def _bounds_by_number(word: str) -> bool:
    """Tell whether a word is a number with its measure, or an ordinal: names begin behind it."""
    return bool(_NUMBER.fullmatch(word) or _ORDINAL.fullmatch(word))


def _is_left_over(text: str, at: int, word: str) -> bool:
    """Tell whether a single letter belongs to the words before it, where a name could begin."""
    return word in _LOCALISERS or (word in _MEASURES and bool(_COUNTED.search(text, 0, at)))


def is_generic(modifier: str) -> bool:
    """Tell whether a modifier is made of general words alone, as 长效 and 利益联结 are."""
    return bool(_GENERIC.fullmatch(modifier) or _MEASURED.search(modifier))


def find_schemes(text: str, closed: Iterable[Span] = ()) -> Iterator[Span]:
    """Yield the names in one sentence: set phrases, then names with a head noun from the left.

    Args:
        text: The sentence.
        closed: Spans of places and quoted phrases: a name lies wholly outside them.

    >>> [span.of("白银区持续实施移民搬迁工程") for span in find_schemes("白银区持续实施移民搬迁工程", [Span(0, 3)])]
    ['移民搬迁工程']
    """
    barred = tuple(closed)
    at = 0
    if "百" in text or "党建" in text:
        yield from (Span(*phrase.span()) for phrase in _PHRASES.finditer(text))
    for head in _HEADS.finditer(text):
        span = _name_before(text, head, max([at, *(s.end for s in barred if s.end <= head.start())]))
        if span and not any(span.overlaps(other) for other in barred):
            at = span.end
            yield span


def _name_before(text: str, head: re.Match[str], floor: int) -> Span | None:
    """Return the name that ends with a head noun and begins at ``floor`` or later, or None."""
    if _GOES_ON.match(text, head.end()):
        return None
    run = _RUN.search(text, max(floor, head.start() - _REACH), head.start())
    start = cut_left(text, run.start() if run else head.start(), head.start())
    modifier = text[start : head.start()]
    if _BEHIND_MARKS.search(text, 0, start):
        return None
    if is_generic(modifier) and _stands_alone(text, start, head):
        return Span(*head.span())
    if is_generic(modifier) or len(modifier) == 1 or head.end() - start < _SHORTEST:
        return None
    if not (head[0].endswith(_SURE) or _is_carried(text, start, head)):
        return None
    return Span(_listed_from(text, start, head[0]), head.end())


def _stands_alone(text: str, start: int, head: re.Match[str]) -> bool:
    """Tell whether a head noun is a name without a modifier: several in a row, or a measure that is carried out."""
    if head[0] in _BARE:
        return _has_verb(text, start)
    return len(head[0]) > _SHORTEST + 1


def _has_verb(text: str, end: int, verbs: re.Pattern[str] = _CARRYING) -> bool:
    """Tell whether a verb of carrying out stands before ``end`` in the same clause."""
    clause = _CLAUSE.search(text, 0, end)
    return bool(clause and verbs.search(clause[0]))


def _is_carried(text: str, start: int, head: re.Match[str]) -> bool:
    """Tell whether a verb of carrying out stands before a modifier in its clause, before a short one right there."""
    verbs = _APPLYING if head[0].endswith(_DESCRIBED) else _CARRYING
    if head.end() - start > _SHORTEST + 1:
        return _has_verb(text, start, verbs) or bool(_CARRIED_BEHIND.match(text, head.end()))
    return any(verb.end() == start for verb in verbs.finditer(text, max(0, start - _SHORTEST), start))


def _listed_from(text: str, start: int, head: str) -> int:
    """Return where the products begin that are listed before the head of an event."""
    listed = _LISTED.search(text, 0, start) if head.endswith(_EVENTS) else None
    return cut_left(text, listed.start(), start) if listed else start
