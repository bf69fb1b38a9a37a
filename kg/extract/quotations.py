"""Phrases in quotation marks, and whether one names a programme.

In this genre marks stand around names of schemes (“一户一策”), images (“绣花”功夫), speech and slogans alike. The
judgement adds the points of independent signs: the form of the phrase, the noun behind it, the verb before it. Points
were tuned on the seed articles; a phrase needs :data:`THRESHOLD` of them. What the name then is, is decided here too
(guidelines, "Programmes").
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.extract.lexicon import alternatives, load_sections
from kg.extract.systems import find_parts
from kg.model import Span

#: Points that make a quoted phrase the name of a programme.
THRESHOLD = 2

#: Length of phrases in which a character that comes twice shows a name.
_SHORT = range(3, 11)
_WORDS = load_sections("programmes")
_MARKS = tuple(
    (opening, re.compile(f"{opening}([^{opening}{closing}“”]{{2,60}}){closing}"))
    for opening, closing in ("“”", "‘’", "「」", "『』", '""')
)
_PLUS = "+＋"
_NUMERAL = "一二三四五六七八九十两百"
_SKIPPED = alternatives(_WORDS["numerals to skip"])
_GROUP = rf"[{_NUMERAL}](?!{_SKIPPED})"
#: 一户一策, 五共三治, 四会一约, 两不愁三保障, 一提高三提升一落实: two or more groups of numeral and word.
_GROUPS = re.compile(rf"{_GROUP}[^\W\d{_NUMERAL}]{{1,4}}[、，,·\s]?(?:{_GROUP}[^\W\d{_NUMERAL}]{{1,4}}[、，,·\s]?)+")
#: 五员, 三变, 三大革命, 六个精准, 四个一, 三治融合, 八要素: one group.
_SINGLE = re.compile(rf"{_GROUP}(?:个一(?:批)?|[大个项张条类种道][^\W\d]{{1,4}}|[^\W\d](?:[融合联同]\w)?|[^\W\d]{{2}})")
#: 户六有, 村七有: who it is for, a numeral and its word.
_FOR_WHOM = re.compile(rf"[户村乡镇县家组校][{_NUMERAL}](?!{_SKIPPED})[^\W\d]{{1,2}}")
_SIGNS_ONLY = re.compile(rf"[\dA-Za-z{_PLUS}.\-—]+")
_SUM = re.compile(rf"[\dNXnx]+(?:[{_PLUS}][\dNXnx]+)+")
_CHAIN = re.compile(rf"[^\W\d]{{2,12}}(?:[{_PLUS}][^\W\d]{{2,12}})+")
_OPEN_CHAIN = re.compile(rf"[^\W\d]{{2,6}}[{_PLUS}](?:[NnXx])?")
_STEPS = re.compile(r"[^\W\d]{2,12}(?:[、，,·—\s]+[^\W\d]{2,12})+")
_TALK = re.compile("我们|咱|俺|你|他|吗|呢|啦|呀")
_SAID = re.compile("[。！？!?…：:]")
_CLAUSES = re.compile(r"[；;]|[，,].*[，,]")
_OWN_NAME = re.compile(r"[^\W\d]{2,8}·[^\W\d]{2,8}")

_IMAGES = frozenset((*_WORDS["images"], *_WORDS["formulas"]))
_HEADS = alternatives(_WORDS["heads"])
_WEAK_HEADS = alternatives(_WORDS["weak heads"])
#: Letters of a noun group: function words end it.
_CHUNK = r"[^\W_等及和与或的了这那在是为把将到也让]{0,10}?"
#: What opens a predicate, not a noun: “房、路、水”抓基础设施建设.
_VERBAL = "[抓促带推助强提做搞]"
_STOP = r"(?=[等及和与或的了这在是为层深全有落]|[^\w]|$)"
_HEAD_AFTER = re.compile(rf"(?!的行动)的?(?!{_VERBAL})({_CHUNK}{_HEADS}+)(?![了过着])")
_WEAK_AFTER = re.compile(rf"的?(?!{_VERBAL})({_CHUNK}{_WEAK_HEADS}+){_STOP}")
#: One of several phrases in marks that a common head noun closes: “甲”和“乙”等专项行动.
_ONE_OF_SEVERAL = re.compile(rf"(?:(?:、|和|及|以及|与)?“[^“”]{{2,30}}”)*等({_CHUNK}{_HEADS}+)(?![了过着])")
_CHUNK_AFTER = re.compile(rf"({_CHUNK}[^\W\d_]){_STOP}")
_ENDS_IN_HEAD = re.compile(r".{2,}(?:工程|行动|计划|平台|机制|模式|体系|改革|活动|超市|讲堂|学校|银行|热线)")
_FIRM_BEFORE = re.compile(rf"{alternatives(_WORDS['firm verbs'])}(?:了|起|出|以|好)?[^，,。；;“”]{{0,12}}$")
_VERB_BEFORE = re.compile(rf"{alternatives(_WORDS['carrying verbs'])}(?:了|起|出|以|好)?[^，,。；;“”]{{0,6}}$")
_IMAGE_BEFORE = re.compile(rf"{alternatives(_WORDS['image leads'])}(?:了|着|出|好|起|成)?[^\w]?$")
_IMAGE_AFTER = re.compile(rf"(?:式|般|的)?{alternatives(_WORDS['image tails'])}")
_DEMAND_AFTER = re.compile(r"的?[^\W\d]{0,4}(?:要求|目标|方针|原则|局面|期盼|愿望|精神|决心|信念|难题|困境|现状)")
_CALLED_AFTER = re.compile(r"作用|队伍|[、，,]")
_HONOUR_AFTER = re.compile(r"的?(?:荣誉称号|称号|美誉|之称|美称|评选)")
_GOODS_AFTER = re.compile(r"[^，。,]{0,12}(?:商标|地理标志|品牌|入选|荣获)")


@dataclass(frozen=True)
class Quoted:
    """A phrase in quotation marks within one sentence.

    Attributes:
        text: The sentence.
        inner: The phrase, marks excluded, in offsets of the sentence.
        outer: The phrase with its marks.
    """

    text: str
    inner: Span
    outer: Span

    @cached_property
    def words(self) -> str:
        """The phrase."""
        return self.inner.of(self.text)

    @cached_property
    def before(self) -> str:
        """What stands before the opening mark."""
        return self.text[: self.outer.start]

    @cached_property
    def after(self) -> str:
        """What stands behind the closing mark."""
        return self.text[self.outer.end :]


@dataclass(frozen=True, slots=True)
class Naming:
    """The name that a quoted phrase gives.

    Attributes:
        span: The words of the name, in offsets of the sentence.
        name: The name without marks.
        aliases: The other form: with or without its head noun.
    """

    span: Span
    name: str
    aliases: tuple[str, ...]


def find_quoted(text: str) -> Iterator[Quoted]:
    """Yield the phrases in quotation marks, from the left; speech of more than sixty characters is none.

    Marks within marks are phrases of their own.

    >>> [quoted.words for quoted in find_quoted("落实“一户一策”,下足“绣花”功夫")]
    ['一户一策', '绣花']
    """
    marks = [pattern for opening, pattern in _MARKS if opening in text]
    found = sorted(match.span() for pattern in marks for match in pattern.finditer(text))
    for start, end in found:
        yield Quoted(text, Span(start + 1, end - 1), Span(start, end))


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for or against a name.

    Attributes:
        points: What it adds.
        reason: A few words, for the list of what was not taken.
        holds: Whether a phrase shows it.
    """

    points: int
    reason: str
    holds: Callable[[Quoted], object]


def _repeats(quoted: Quoted) -> bool:
    """Tell whether a short phrase repeats a character, as 借母还羔 and 组组通 do."""
    words = quoted.words
    return len(words) in _SHORT and any(words.count(letter) > 1 for letter in words if letter.isalpha())


def is_numeral_name(words: str) -> bool:
    """Tell whether a phrase is built of numerals and their words, as 五员, 六个精准 and 一户一策 are.

    >>> is_numeral_name("五共三治"), is_numeral_name("九分石头一分土"), is_numeral_name("第一书记")
    (True, False, False)
    """
    return any(form.fullmatch(words) for form in (_GROUPS, _SINGLE, _FOR_WHOM))


def is_chain(words: str) -> bool:
    """Tell whether a phrase is a working model spelt as a chain, as 党支部+合作社+贫困户 is."""
    return bool(_CHAIN.fullmatch(words))


def is_speech(quoted: Quoted) -> bool:
    """Tell whether a phrase is what somebody says: names are looked for inside it."""
    return bool(_SAID.search(quoted.words)) or quoted.before.endswith(("：", ":"))


_SIGNS = (
    Sign(-9, "a figure of speech", lambda q: q.words in _IMAGES),
    Sign(-9, "speech", lambda q: is_speech(q) or _CLAUSES.search(q.words)),
    Sign(-1, "two letters", lambda q: len(q.words) < _SHORT.start),
    Sign(-2, "talk", lambda q: _TALK.search(q.words)),
    Sign(3, "chain", lambda q: is_chain(q.words)),
    Sign(2, "open chain", lambda q: _OPEN_CHAIN.fullmatch(q.words)),
    Sign(2, "numeral name", lambda q: is_numeral_name(q.words)),
    Sign(-1, "one of something", lambda q: q.words.startswith("一") and _SINGLE.fullmatch(q.words)),
    Sign(-9, "an honour", lambda q: _HONOUR_AFTER.match(q.after)),
    Sign(1, "parts listed", lambda q: is_numeral_name(q.words) and find_parts(q.text, q.inner)),
    Sign(1, "digits and signs", lambda q: _SIGNS_ONLY.fullmatch(q.words)),
    Sign(1, "sum of digits", lambda q: _SUM.fullmatch(q.words)),
    Sign(2, "name of two parts", lambda q: _OWN_NAME.fullmatch(q.words)),
    Sign(2, "head noun within", lambda q: _ENDS_IN_HEAD.fullmatch(q.words)),
    Sign(2, "head noun behind", lambda q: _HEAD_AFTER.match(q.after)),
    Sign(2, "head noun of several behind", lambda q: _ONE_OF_SEVERAL.match(q.after)),
    Sign(1, "weak head noun behind", lambda q: _WEAK_AFTER.match(q.after) and not _HEAD_AFTER.match(q.after)),
    Sign(1, "firm verb before", lambda q: _FIRM_BEFORE.search(q.before)),
    Sign(1, "carrying verb before", lambda q: _VERB_BEFORE.search(q.before)),
    Sign(1, "repetition", _repeats),
    Sign(-2, "led in as an image", lambda q: _IMAGE_BEFORE.search(q.before)),
    Sign(-2, "followed as an image", lambda q: _IMAGE_AFTER.match(q.after) and not is_numeral_name(q.words)),
    Sign(-2, "a demand or goal", lambda q: _DEMAND_AFTER.match(q.after) and not is_numeral_name(q.words)),
    Sign(
        -1,
        "a goal in steps",
        lambda q: _STEPS.fullmatch(q.words) and not _following(q) and not is_numeral_name(q.words),
    ),
    Sign(-9, "a brand", lambda q: _GOODS_AFTER.match(q.after)),
)


def judge_quoted(quoted: Quoted) -> tuple[int, tuple[str, ...]]:
    """Return the points of a phrase and the signs that gave them.

    >>> judge_quoted(next(find_quoted("推行“借母还羔”项目")))[0] >= THRESHOLD
    True
    >>> judge_quoted(next(find_quoted("下足“绣花”功夫")))[0] >= THRESHOLD
    False
    """
    shown = [sign for sign in _SIGNS if sign.holds(quoted)]
    return sum(sign.points for sign in shown), tuple(sign.reason for sign in shown)


def _following(quoted: Quoted) -> str:
    """Return the noun group behind a phrase up to its head noun, or an empty string."""
    match = _HEAD_AFTER.match(quoted.after) or _WEAK_AFTER.match(quoted.after)
    if match:
        return match[1]
    chunk = _CHUNK_AFTER.match(quoted.after) if _SIGNS_ONLY.fullmatch(quoted.words) else None
    return chunk[1] if chunk else ""


def name_quoted(quoted: Quoted) -> Naming:
    """Return the name: the phrase alone, or with its head noun where it is only digits, letters and signs.

    >>> name_quoted(next(find_quoted("构建“1324”攻坚体系"))).name
    '1324攻坚体系'
    >>> name_quoted(next(find_quoted("开展“冲刺清零”专项行动"))).aliases
    ('冲刺清零专项行动',)
    """
    noun = _following(quoted)
    joined = quoted.words + noun
    if noun and _SIGNS_ONLY.fullmatch(quoted.words):
        end = quoted.text.index(noun, quoted.outer.end) + len(noun)
        return Naming(Span(quoted.outer.start, end), joined, (quoted.words,))
    return Naming(quoted.inner, quoted.words, (joined,) if noun else ())
