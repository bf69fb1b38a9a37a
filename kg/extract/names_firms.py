"""Finds organisations with a proper name by what they end in: companies, cooperatives, schools, bases.

A name begins with the places named right before it, else where :mod:`kg.extract.names_cuts` says. Its words must
distinguish the body from others of its kind, or place and kind together must (柳河镇中心小学). Kinds alone (专业合作社,
一家服装公司) are no names. Places before a name that does without them are left out of it, except that companies and
the like keep the county or province they begin with.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.extract.lexicon import alternatives, load_sections
from kg.extract.names_bodies import Found
from kg.extract.names_cuts import (
    after_everyday_words,
    begins_at,
    describes,
    distinguishes,
    is_measured,
    is_unnamed,
    says_trade_alone,
)
from kg.extract.names_ground import PlaceWords, chain_before

_WORDS = load_sections("organisations")
#: Sections of the vocabulary, the more telling ones first where a word is in two.
_FAMILIES = (
    *("firms", "cooperatives", "farms", "factories", "workshops", "schools"),
    *("hospitals", "associations", "banks", "media", "sites"),
)
_FAMILY_OF = {suffix: family for family in reversed(_FAMILIES) for suffix in _WORDS[family]}
#: Families whose name a place and a kind make: 柳河镇中心小学.
_NAMED_BY_PLACE = frozenset({"schools", "hospitals", "workshops", "banks", "associations", "media"})
_NAMED_BY_VILLAGE = _NAMED_BY_PLACE | {"cooperatives", "farms", "factories", "sites"}
#: Families whose kind everyday words describe: 优质饲草基地, 集中供水厂.
_DESCRIBED = frozenset({"sites", "farms", "factories", "workshops"})
#: Families that are named after their founder: 赵大成茶业有限公司, but not 赵大成大学毕业.
_BEARS_FOUNDER = frozenset({"firms", "cooperatives", "farms", "factories", "workshops", "sites"})
#: Families whose name keeps the county or province it begins with.
_KEEPS_PLACE = frozenset({"firms", "cooperatives", "banks", "media", "schools", "hospitals", "associations"})

_SUFFIX = re.compile(alternatives(_FAMILY_OF))
_HIGHER = re.compile(alternatives({*_WORDS["firms"], *_WORDS["cooperatives"], "管委会", "管理委员会"}))
_RUN = re.compile(r"(?:[一-鿿A-Za-z·]|[（(][一-鿿]{2,6}[）)])*$")
_MAX_RUN = 30
_ORDINAL = re.compile(r"第?[一二三四五六七八九十]+$")
_PREFIX = re.compile(f"{alternatives(_WORDS['prefixes'])}$")
_LANDMARK = re.compile(f"{alternatives(_WORDS['landmarks'])}$")
#: A trade and a form of company that only registers give: 辽宁省电力有限公司.
_REGISTERED = re.compile(r"^[^公企].*(?:有限|股份).*公司$")
_COUNTED = re.compile(r"[0-9０-９一二三四五六七八九十两几多]+(?:余|多)?(?:个|家|所|座|处|间|亩)")
_FOUNDED = re.compile(r"(?:成立|组建|建成|建起|建立|创办|创建|设立|兴办|打造|办起|开办|新建|引进)了?$")
_FORMULA_BEFORE = re.compile(r"[+＋][^，。]{0,6}$")
_BRACKETS = ("（", "(")
_MARKS = ("“", "‘", "「", "《")
#: What goes on as another word or a formula: 基地化, 大学生, 银行业, 公司+农户.
_GOES_ON = re.compile(r"[化+＋]|(?<=[学中])生(?!产)|(?<=行)业(?!务)")
#: A site of which a township or village has its name: 郎木寺镇, 红旗林场村.
_NAMES_PLACE = re.compile(r"镇|乡(?![村镇亲里土])|村(?![民里两级委支内])|街道")
#: What a site has before it that is described at length: 一座集育苗、养殖于一体的….
_ATTRIBUTE = re.compile(r"[一首这那]?(?:座|个|处|片|所)[^，。；：“”]{2,40}的[^，。；：“”]{0,2}$")
#: What many cities have one of: alone it tells none from the others.
_ZONE = re.compile("(?:高新|经开|经济技术|经济|新|开发|工业|产业|综合|自贸|保税|示范|试验)+区?")
_LEAST_SITE = 5
#: What schools are rated as: 全国文明校园先进学校.
_HONOUR = re.compile("(?:示范|先进|优秀|文明|现代化|特色教育|达标|标杆)$")
#: What no school's name begins with, and what faculties end in.
_SCHOOL_BEGINS, _FACULTY = re.compile("大学|师范大学|职业学院|职业技术学院"), "学院"
_SUBJECTS, _LEAST_SUBJECT = frozenset(_WORDS["subjects"]), 2


_NONE: Mapping[int, Found] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Ending:
    """What an organisation may end in, with what stands before it.

    Attributes:
        text: The sentence.
        start: Where the kind of body begins.
        end: Where it ends.
        begin: Where the words that may distinguish the body begin.
        chain: The places right before them, the largest first.
    """

    text: str
    start: int
    end: int
    begin: int
    chain: tuple[PlaceWords, ...]

    @property
    def suffix(self) -> str:
        """The kind of body."""
        return self.text[self.start : self.end]

    @property
    def family(self) -> str:
        """Which section of the vocabulary it is from."""
        return _FAMILY_OF[self.suffix]

    @property
    def core(self) -> str:
        """The words that may distinguish the body."""
        return self.text[self.begin : self.start]

    @property
    def own(self) -> str:
        """The name without any place before it."""
        return self.core + self.suffix


def find_firms(
    text: str,
    places: tuple[PlaceWords, ...],
    *,
    bodies: Iterable[int] = (),
    people: Iterable[int] = (),
    known: Mapping[int, Found] = _NONE,
) -> Iterator[Found]:
    """Yield the organisations with proper names that a sentence names, in text order.

    Args:
        text: The sentence.
        places: The places it names.
        bodies: Offsets where names of bodies end; no name goes across them.
        people: Offsets where names of people end; no name goes across them, unless it bears that of its founder.
        known: Bodies known in the whole country that no place stands before, by where they end; no other ends there.
    """
    ends = list(bodies)
    last: Found | None = None
    for match in _suffixes(text):
        if match.end() in known:
            last = known[match.end()]
            continue
        bears = _FAMILY_OF[match.group()] in _BEARS_FOUNDER
        strangers = [end for end in people if not (bears and says_trade_alone(text[end : match.start()]))]
        edges = (*ends, *strangers, last.end if last else 0)
        edge = max((end for end in edges if end <= match.start()), default=0)
        ending = _ending(text, match, places, edge)
        goes_on = last is not None and last.end == ending.begin
        found = _named(ending) if goes_on or not _is_faculty(ending) else None
        if found is not None:
            last = _joined(text, last, found) if last and last.end == found.start else found
            yield last


def _suffixes(text: str) -> Iterator[re.Match[str]]:
    """Yield what organisations end in; of kinds that go on as another one (有限公司集团) only the last."""
    for match in _SUFFIX.finditer(text):
        if any(pattern.match(text, match.end()) for pattern in (_HIGHER, _GOES_ON, _COUNTED)):
            continue
        if match.group() == "小学" and text.endswith("中", 0, match.start()):
            continue  # 中小学
        if _FAMILY_OF[match.group()] in _DESCRIBED and _NAMES_PLACE.match(text, match.end()):
            continue
        if not (text.startswith("”", match.end()) and _FORMULA_BEFORE.search(text, 0, match.start())):
            yield match


def _joined(text: str, whole: Found, branch: Found) -> Found:
    """Return a branch whose name goes on from the organisation it belongs to: 蔬菜集团柳河基地."""
    name = text[whole.start : branch.end]
    core = name.removesuffix(_FACULTY) if branch.suffix == _FACULTY else branch.core
    return replace(branch, start=whole.start, name=name, aliases=(), core=core)


def _ending(text: str, match: re.Match[str], places: tuple[PlaceWords, ...], edge: int) -> _Ending:
    """Return an ending with the places and words before it, none from before an edge."""
    run = _RUN.search(text, max(edge, match.start() - _MAX_RUN), match.start())
    first = run.start() if run else match.start()
    first += text[first - 1 : first].isdigit()  # the unit of a number: 2015年
    chain = _chain(text, places, first, match.start())
    begin = begins_at(text, chain[-1].end if chain else first, match.start())
    if chain and begin > chain[-1].end:
        chain = ()
    if not chain:
        begin = after_everyday_words(text, begin, match.start())
    return _Ending(text, match.start(), match.end(), begin, chain)


def _chain(text: str, places: tuple[PlaceWords, ...], begin: int, end: int) -> tuple[PlaceWords, ...]:
    """Return the places without a gap that stand last between two offsets; one in brackets is part of a name."""
    inside = [
        place
        for place in places
        if begin <= place.start and place.end <= end and text[place.start - 1 : place.start] not in _BRACKETS
    ]
    return chain_before(inside, inside[-1].end) if inside else ()


def _named(ending: _Ending) -> Found | None:
    """Return the organisation by the rules for its family, or None where words of kind are all there is."""
    if _says_kind_alone(ending):
        return None
    if ending.family in _DESCRIBED and not ending.chain and _only_describes(ending):
        return None
    if distinguishes(ending.core) or (ending.family == "schools" and _ORDINAL.search(ending.core)):
        return _by_core(ending)
    if ending.chain and _place_names(ending):
        start = _prefixed(ending.text, ending.chain[-1].last_start)
        name = ending.text[start : ending.end]
        return Found(start, ending.end, name, _forms(ending, name), ending.chain[-1].key)
    if _is_founded_site(ending):
        return Found(ending.begin, ending.end, ending.own, core=ending.core, suffix=ending.suffix)
    return None


def _says_kind_alone(ending: _Ending) -> bool:
    """Tell whether the words before a kind of body count it, say which are meant, or how a school is rated."""
    if not ending.chain and is_measured(ending.text, ending.begin):
        return True
    return is_unnamed(ending.core) or (ending.family == "schools" and bool(_HONOUR.search(ending.core)))


def _only_describes(ending: _Ending) -> bool:
    """Tell whether the words before a site describe it; quoted ones name it, and so do those of one just founded."""
    if ending.text[ending.begin - 1 : ending.begin] in _MARKS:
        return False
    plain = bool(ending.core) and not _is_founded_site(ending) and describes(ending.core)
    return plain or bool(_ATTRIBUTE.search(ending.text, 0, ending.begin))


def _is_faculty(ending: _Ending) -> bool:
    """Tell whether a school's words are a faculty, or the rest of a name that was cut: 管理学院, 大学管理学院."""
    if ending.core and _SCHOOL_BEGINS.match(ending.own):
        return True
    if ending.chain or ending.suffix != _FACULTY:
        return False
    return ending.core in _SUBJECTS or (len(ending.core) > _LEAST_SUBJECT and describes(ending.core))


def _by_core(ending: _Ending) -> Found:
    last = ending.chain[-1] if ending.chain else None
    keeps = last is not None and last.is_upper and (ending.family in _KEEPS_PLACE or bool(_ZONE.fullmatch(ending.core)))
    start = _prefixed(ending.text, last.last_start if last and keeps else ending.begin)
    name = ending.text[start : ending.end]
    scope = last.key if last else ()
    return Found(start, ending.end, name, _forms(ending, name), scope, ending.core, ending.suffix)


def _place_names(ending: _Ending) -> bool:
    """Tell whether a place and words of kind together are a name: 柳河镇中心小学, but not 柳河县专业合作社."""
    families = _NAMED_BY_PLACE if ending.chain[-1].is_upper else _NAMED_BY_VILLAGE
    return ending.family in families or bool(_LANDMARK.search(ending.own) or _REGISTERED.search(ending.own))


def _is_founded_site(ending: _Ending) -> bool:
    """Tell whether a site without a proper name is said to have been founded, as this one and no other."""
    return (
        ending.family == "sites"
        and len(ending.own) >= _LEAST_SITE
        and bool(_FOUNDED.search(ending.text, 0, ending.begin))
    )


def _prefixed(text: str, start: int) -> int:
    """Return where a name begins that has 中国, 国网 or a bank before its place."""
    prefix = _PREFIX.search(text, 0, start)
    return prefix.start() if prefix else start


def _forms(ending: _Ending, name: str) -> tuple[str, ...]:
    """Return the forms of a name with more places before it, and the one with none."""
    forms = {ending.text[place.start : ending.end] for place in ending.chain}
    return tuple(sorted((forms | ({ending.own} if distinguishes(ending.core) else set())) - {name}))
