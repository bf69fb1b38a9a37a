"""Numbers that are no figures, each with its reason.

Dates, ordinals, names of systems, idioms, licence numbers and times that only passed are told by closed classes of
words beside the number. How a number finds its unit is left to :mod:`kg.extract.figures_quantities`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_letters

from kg.extract.lexicon import load_sections
from kg.model import Qualifier, Span, Unit
from kg.text.numerals import SCALES, Numeral

NAME = "figures"

_WORDS = load_sections("figures")
_ORDINAL_UNITS = frozenset({"期", "级", "组", "类", "等", "号", "线", "楼", "层", "年级", "班", "步", "届", "轮"})
#: What must stand before 一 for it to count one thing and not to be an article.
_COUNTS_ONE = re.compile(r"(?:至少|最少|最多|唯一|仅有|只有|(?<!不)仅|人均|户均|亩均|一共|总共)[一-龥]{0,5}$")
#: 这两项收入 points back; larger numbers after 这 are stated (这2000元).
_REFERRING = frozenset("这那此该某")
_LEAST_STATED = 10
#: 两人 that opens a clause are those of whom was told.
_PRONOUNS = frozenset({"两人", "二人", "三人", "俩人"})
_OPENS = re.compile(r"(?:^|[,，;；。:：“])$")
_RATE = re.compile(r"(?:每|平均)[一-龥]{0,2}$")
_IDIOM = tuple(re.compile(words) for words in _WORDS["idioms"])
_ANY_IDIOM = re.compile("|".join(_WORDS["idioms"]))
_IDIOM_CHARS_BEFORE = 2
_QUOTED_NAME = re.compile(r"[“‘\"《「][^”’\"》」,，。;；:：!！?？]{1,20}[”’\"》」]")
_QUOTED_CHARS = 22
_FORMULA_AFTER = frozenset("+＋")
_FORMULA_BEFORE = _FORMULA_AFTER | frozenset(ascii_letters)
_FORMULA = _FORMULA_BEFORE | frozenset("_/@#")
_TELEPHONE = re.compile(r"(?:电话|热线|手机|邮编|证号|编号|批号|文号|车牌|QQ|微信)[一-龥]{0,3}[:：]?\s*[\d-]*$")
_FOLLOWS_WORD = re.compile(r"[、一-龥]$")
_CONTINUED = re.compile(r"连续第?$")
#: Bodies and meetings are told by their number: 十三届全国人大二次会议; festivals that were held are counted.
_HELD = re.compile(r"(?:举办|召开|承办|主办|举行|开展|连任|任|当选)[了过]?$")
_PLENUM = re.compile(r"[一二三四五六七]中|人大|全国|政协")
_SESSION = re.compile(r"(?:全体)?(?:会议|全会)")
_BODY_BEFORE = re.compile(r"(?:人大|政协|代表大会|委员会|党代会|届)(?:常委会)?[第]?$")
#: 80年过去, 10年下来, 连续两年获评: how long ago, or how often in succession, and no fact of an entity.
_PASSED = re.compile(r"(?:时间)?(?:过去|下来|转眼|转瞬|一晃)")
_IN_SUCCESSION = re.compile(r"(?:连续|接连|一连|未来|今后)$")
_FEW_YEARS = 10
#: 三年行动计划, 五年规划: the time names a programme.
_PROGRAMME = re.compile(r"(?:攻坚|行动|计划|规划|滚动)")
_COLONS = frozenset(":：∶")
_WINDOW = 12
_TELEPHONE_DIGITS = 7
_SUM_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Attributes:
        number: The number.
        unit: The unit.
        span: From the words that qualify the number to those after its unit: 近2万人, 76%以上.
        qualifier: How exact, all words taken into account.
        noun_at: Where a noun that follows may begin: behind the unit, or behind the number where the noun implies it.
        is_implied: Whether the unit is the noun's and does not stand in the text.
    """

    number: Numeral
    unit: Unit
    span: Span
    qualifier: Qualifier
    noun_at: int
    is_implied: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be no figure, with what tells so.

    Attributes:
        text: The cleaned text.
        sentence: Its sentence.
        number: The number.
        found: The number with its unit, or None where it has none.
        times: Expressions of time of the sentence.
        names: Mentions of the sentence.
    """

    text: str
    sentence: Span
    number: Numeral
    found: Quantity | None
    times: Sequence[Span]
    names: Sequence[Span]

    @property
    def before(self) -> str:
        """The words of the sentence before the number, qualifying words included."""
        start = max(self.sentence.start, self.number.stated.start - _WINDOW)
        return self.text[start : self.number.span.start]

    @property
    def is_chinese(self) -> bool:
        """Whether the number is written in Chinese digits."""
        return not self.text[self.number.span.start].isdecimal()

    @property
    def neighbours(self) -> tuple[str, str]:
        """The characters straight before and after the number."""
        start, end = self.number.span.start, self.number.span.end
        return self.text[max(0, start - 1) : start], self.text[end : end + 1]


def _is_damaged(candidate: Candidate) -> bool:
    """Tell whether a number touches a lost character: it is never a figure."""
    return candidate.number.is_damaged


def _is_date(candidate: Candidate) -> bool:
    """Tell whether a number is part of an expression of time."""
    return is_dated(candidate.number, candidate.times)


def is_dated(number: Numeral, times: Sequence[Span]) -> bool:
    """Tell whether a number is part of one of some expressions of time."""
    return any(span.overlaps(number.span) for span in times)


def _is_ordinal(candidate: Candidate) -> bool:
    """Tell whether a number only says which one: 第三届, 一号文件, 二期, 头10年, 一、二类."""
    before, found = candidate.before, candidate.found
    if before.endswith("第"):
        return not _CONTINUED.search(before)
    if found is None:
        return candidate.neighbours[1] in {"号", "、"}
    if _is_session(candidate, found):
        return True
    if before.endswith("头") and found.unit.dimension == "duration":
        return True
    is_small = candidate.is_chinese and candidate.number.value < SCALES["十"]
    return is_small and found.unit.notation in _ORDINAL_UNITS and _FOLLOWS_WORD.search(before) is not None


def _is_session(candidate: Candidate, found: Quantity) -> bool:
    """Tell whether a number says which meeting of a body is meant: 十三届全国人大, 二次会议."""
    text, end = candidate.text, found.span.end
    if found.unit.notation == "届":
        is_named = candidate.is_chinese and "一" <= text[end : end + 1] <= "龥"
        return is_named and (_PLENUM.match(text, end) is not None or not _HELD.search(candidate.before))
    is_meeting = found.unit.notation == "次" and _SESSION.match(text, end) is not None
    return is_meeting and _BODY_BEFORE.search(candidate.before) is not None


def _is_passing(candidate: Candidate) -> bool:
    """Tell whether a time only passed, names a programme or is a rate: 80年过去, 连续两年获评, 三年行动, 每两周."""
    found = candidate.found
    if found is None or found.unit.dimension != "duration":
        return False
    if _PROGRAMME.match(candidate.text, found.span.end):
        return True
    if candidate.before.endswith("每"):
        return True
    is_row = _IN_SUCCESSION.search(candidate.before) is not None and candidate.number.value < _FEW_YEARS
    return is_row or _PASSED.match(candidate.text, found.span.end) is not None


def _is_licence(candidate: Candidate) -> bool:
    """Tell whether a number belongs to a telephone, a licence or a document."""
    is_long = candidate.found is None and len(candidate.number.span) >= _TELEPHONE_DIGITS
    return is_long or _TELEPHONE.search(candidate.before) is not None


def _is_name(candidate: Candidate) -> bool:
    """Tell whether a number is part of a mention, of a formula or of a short quotation: 1+15+109, “五个一批”, 4A级."""
    number, found = candidate.number, candidate.found
    whole = found.span if found else number.span
    if any(name.contains(number.span) and not whole.contains(name) for name in candidate.names):
        return True
    before, after = candidate.neighbours
    if before in _FORMULA_BEFORE or after in _FORMULA_AFTER:
        return True
    is_bare = found is None and not number.shares_unit
    return (is_bare and (before in _FORMULA or after in _FORMULA)) or _is_quoted(candidate)


def _is_quoted(candidate: Candidate) -> bool:
    """Tell whether a number stands in a short quotation without punctuation; a sum to the yuan is no name."""
    found = candidate.found
    if found and found.unit.notation == "元" and not found.is_implied and len(candidate.number.span) >= _SUM_DIGITS:
        return False
    span, sentence = candidate.number.span, candidate.sentence
    low, high = max(sentence.start, span.start - _QUOTED_CHARS), min(sentence.end, span.end + _QUOTED_CHARS)
    quotations = _QUOTED_NAME.finditer(candidate.text, low, high)
    return any(match.start() < span.start and span.end < match.end() for match in quotations)


def _is_ratio(candidate: Candidate) -> bool:
    """Tell whether a number is one side of 1:2 or of a time of day."""
    text, span = candidate.text, candidate.number.span
    if text[span.end : span.end + 1] in _COLONS and text[span.end + 1 : span.end + 2].isdecimal():
        return True
    return text[span.start - 1 : span.start] in _COLONS and text[max(0, span.start - 2) : span.start - 1].isdecimal()


def _is_age_group(candidate: Candidate) -> bool:
    """Tell whether an age only says who is meant: 60岁以上的村民."""
    found = candidate.found
    if found is None or found.unit.dimension != "age":
        return False
    words = candidate.text[candidate.number.span.end : found.span.end]
    return candidate.number.shares_unit or words.endswith(("以上", "以下", "以内"))


def _is_idiom(candidate: Candidate) -> bool:
    """Tell whether a number with a unit belongs to a set phrase or points back: 一个个, 九年义务教育, 这两项."""
    if candidate.found is None:
        return False
    if candidate.before[-1:] in _REFERRING:
        return candidate.number.value < _LEAST_STATED
    if candidate.text[candidate.number.span.start : candidate.found.span.end] in _PRONOUNS:
        return _OPENS.search(candidate.before) is not None
    text, start = candidate.text, candidate.number.span.start
    first = max(candidate.sentence.start, start - _IDIOM_CHARS_BEFORE)
    begun = [at for at in range(first, start + 1) if _ANY_IDIOM.match(text, at)] if candidate.is_chinese else []
    matches = (idiom.match(text, at) for at in begun for idiom in _IDIOM)
    return any(match and match.end() > start for match in matches)


def _is_article(candidate: Candidate) -> bool:
    """Tell whether 一 is an article (一个) or the base of a rate (每一亩, 一年)."""
    number, found = candidate.number, candidate.found
    if found is None or number.value != 1 or number.unit or number.span.of(candidate.text) == "一两":
        return False
    is_rate = _RATE.search(candidate.before) is not None
    if not candidate.is_chinese:
        return is_rate
    return is_rate or not _COUNTS_ONE.search(candidate.before)


def reason_against(candidate: Candidate) -> str:
    """Return why a number is no figure, or an empty string where nothing speaks against it."""
    return next((reason for reason, holds in _REASONS if holds(candidate)), "")


#: Why a number is no figure, in the order of asking.
_REASONS: tuple[tuple[str, Callable[[Candidate], bool]], ...] = (
    ("damaged: the number touches a lost character", _is_damaged),
    ("date", _is_date),
    ("ordinal", _is_ordinal),
    ("telephone or licence number", _is_licence),
    ("part of a name", _is_name),
    ("ratio", _is_ratio),
    ("age group", _is_age_group),
    ("time that passed", _is_passing),
    ("idiom", _is_idiom),
    ("一 as an article", _is_article),
)
