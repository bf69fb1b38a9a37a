"""Programmes: named policies, campaigns, schemes, models, mechanisms, command structures and their named parts.

Four sources are read: phrases in quotation marks (:mod:`kg.extract.quotations`), national instruments by their words in
the ontology, names that end in a head noun (:mod:`kg.extract.schemes`), and lists of parts (:mod:`kg.extract.systems`).
Naming follows the guidelines ("Programmes"). Slogans, images, posts and payments are none; where a programme is carried
out is a relation.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, groupby

import ahocorasick_rs

from kg.extract.lexicon import NameSet, word_bounds
from kg.extract.passages import by_sentence
from kg.extract.quotations import THRESHOLD, Quoted, find_quoted, is_chain, is_speech, judge_quoted, name_quoted
from kg.extract.schemes import cut_left, find_schemes, is_generic
from kg.extract.systems import find_parts, find_sites, find_systems
from kg.extract.works import find_titled
from kg.model import PLACE_KINDS, Concept, Extraction, Kind, Mention, Reading, Rejection, Span, Vocabulary

_SEPARATORS = re.compile(r"[\s、，,；;·—-]")
_LIST_OF_STEPS = re.compile(r"[，,；;]")
_NAMED_BY_NOUN = re.compile(r"的?([^\W\d_等及和与的了这那是为]{2,8}(?:机制|模式|体系|工程|行动|制度|工作法))")
_NAMING_NOUN = re.compile("机制|模式|体系|工程|行动|制度|工作法|工作")
#: What stands right behind a phrase in marks is its head noun.
_CLOSING = frozenset("”」")
#: An insurance whose rate is given is not said to be carried out, nor is 特困供养人员 or 社会扶贫司 a programme.
_RATE = re.compile(
    "(?:参保|覆盖|报销|参合)?[^\\W\\d]{0,2}率|人员|对象|户(?!户)|权(?!限)|[司局处](?![^\\W]力)|专员|单位"
)
#: 专项扶贫 in 财政专项扶贫资金, 产业扶贫 in 产业扶贫资金: the money is meant.
_MONEY = re.compile("(?:专项)?(?:资金|款)")
_CHAIN = re.compile(r"(?<![\w+＋])[^\W\d_]{2,6}(?:[+＋][^\W\d_]{2,6})+(?![+＋\d])")
_NUMBER_BEHIND = re.compile(r"[“「][\dNXnx+＋]+[”」]")
_MODEL_NOUN = re.compile("(?<=[^+＋]{2})(?:发展|经营|合作|运行|生产|扶贫|产业)?(?:模式|机制)$")
_MODEL_BEHIND = re.compile(r"[”」]?的?[^\W\d]{0,6}(?:模式|机制|路子|新路|方式|体系)")
_BODY = re.compile(
    r"(?:组|队|部|所|站|委|公司|中心|委员会|办公室|合作社|企业|党支部|党组织|协会|部门|乡镇|干部|责任人|专班|局)$"
)
#: Those whom a system reaches (低保户, 重点人群) are no parts of it.
_REACHED = re.compile("(?:户|人口|对象|群众|人群|人员|家庭|群体|老人|学生|妇女|地区|村|县)$")
_ADDED_HEAD = re.compile("(?:专项)?(?:行动|工程|项目|计划|活动|工作|制度|机制|建设|任务)")
_BRANCH = re.compile("扶贫$|脱贫攻坚$|乡村振兴$|建档立卡$")
_DONE_TO_THINGS = re.compile(r"[^\W\d]{2}(?:改造|整治|新建)")
_POST = re.compile("员$")
#: Letters that an abbreviation of an instrument leaves out at most: 小额信贷 for 扶贫小额信贷.
_LEFT_OUT = 3
_ONE_WORD = 2
#: Names of so few letters seem to stand where two words meet: 棚改 in 牛棚改造.
_SHORT_WORD = 2
_BARRING = PLACE_KINDS | {Kind.PERSON, Kind.ORGANISATION}
#: Confidence by source; tuned on the seed articles.
_SURE, _FIRM, _FAIR, _WEAK = Decimal("0.95"), Decimal("0.9"), Decimal("0.8"), Decimal("0.7")


@dataclass(frozen=True, slots=True)
class _Found:
    """A name at a span of the document, before names are made one.

    Attributes:
        span: Where it stands.
        name: The name.
        confidence: 0 to 1.
        aliases: Other names that the same words give.
        whole: Name of the system that it is a part of, or an empty string.
        marked: Whether it stands in quotation marks: of two names that overlap, that one stays.
    """

    span: Span
    name: str
    confidence: Decimal
    aliases: tuple[str, ...] = ()
    whole: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence with what bars names in it.

    Attributes:
        text: Its words.
        base: Where it begins in the document.
        barred: Places, people and organisations, in offsets of the sentence.
        quoted: The phrases in quotation marks.
    """

    text: str
    base: int
    barred: tuple[Span, ...]
    quoted: tuple[Quoted, ...]

    def bars(self, span: Span) -> bool:
        """Tell whether a span lies within a title or the name of a place, a person or an organisation."""
        return any(bar.contains(span) for bar in self.barred)


def _is_spelt_out(quoted: Quoted) -> bool:
    """Tell whether a chain only spells out the number that stands in marks right behind it."""
    return is_chain(quoted.words) and bool(_NUMBER_BEHIND.match(quoted.after))


def _is_model(chain: re.Match[str]) -> bool:
    """Tell whether a chain without marks is a working model: of three links, or called one."""
    quoted = chain.string[chain.start() - 1 : chain.start()] in {"“", "「"}
    links = len(re.findall("[+＋]", chain[0])) + 1
    named = _MODEL_NOUN.search(chain[0]) or _MODEL_BEHIND.match(chain.string, chain.end())
    return not quoted and bool(links > 2 or named)  # noqa: PLR2004 - two links may be a sum


def _chain_span(chain: re.Match[str]) -> Span:
    """Return a chain without the verb that leads into it and the noun that it is called."""
    first = re.search("[+＋]", chain[0])
    start = cut_left(chain.string, chain.start(), chain.start() + first.start()) if first else chain.start()
    noun = _MODEL_NOUN.search(chain[0])
    return Span(start, chain.end() - (len(noun[0]) if noun else 0))


def _plain(name: str) -> str:
    """Return a name without separators: 两不愁、三保障 and 两不愁三保障 are one."""
    return _SEPARATORS.sub("", name)


def _shifted(span: Span, by: int) -> Span:
    """Return a span of a sentence as one of the document."""
    return Span(span.start + by, span.end + by)


def _is_abbreviation(short: str, name: str) -> bool:
    """Tell whether a name is short for another: all its letters stand there in their order, and few are left out."""
    letters = iter(name)
    return len(name) - len(short) <= _LEFT_OUT and all(letter in letters for letter in short)


def _is_extended(long: str, name: str) -> bool:
    """Tell whether a name is another with general words or a head noun added: 就业扶贫车间, 雨露计划补助."""
    before, found, behind = long.partition(name)
    return bool(found) and is_generic(before) and (not behind or bool(_ADDED_HEAD.fullmatch(behind)))


def _spellings(concept: Concept) -> Iterator[str]:
    """Yield the words that are the name of a national instrument, its abbreviations and extensions.

    Of the campaign at large only the branches called so are read; what is done in their course (结对帮扶, 动态管理)
    has no name. 危房改造 may be said as 改造危房; a synonym of other words (户厕改造 for 厕所革命) is left to the
    article's own naming.
    """
    if (concept.campaign and not _BRANCH.search(concept.label)) or _POST.search(concept.label):
        return
    yield concept.label
    if _DONE_TO_THINGS.fullmatch(concept.label):
        yield concept.label[2:] + concept.label[:2]
    yield from (
        word for word in concept.synonyms if _is_abbreviation(word, concept.label) or _is_extended(word, concept.label)
    )


def _passages(reading: Reading) -> list[_Passage]:
    """Return the sentences, each with the names that bar others."""
    barring = by_sentence(reading.document, (one.span for one in reading.mentions if one.kind in _BARRING))
    passages = []
    for sentence in reading.document.sentences:
        text, start = reading.document.words(sentence.span), sentence.span.start
        barred = (*barring.get(start, ()), *find_titled(text))
        passages.append(_Passage(text, start, barred, tuple(find_quoted(text))))
    return passages


def _without_overlaps(found: Iterable[_Found]) -> list[_Found]:
    """Return the names in text order; of two that overlap the marked, then the longer, then the first stays."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: (not one.marked, -len(one.span), one.span, -one.confidence)):
        if not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.span)


class ProgrammeExtractor:
    """Finds programmes and the parts of named systems.

    Attributes:
        name: "programmes".
        version: Version of its rules.
        requires: The text, and the mentions whose words are no programmes.
        assigns: Mentions of programmes.
    """

    name = "programmes"
    version = "2"
    requires = frozenset({"document", "mentions:places", "mentions:people", "mentions:organisations"})
    assigns = frozenset({"mentions:programmes"})

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take the national instruments."""
        self._labels = {word: concept.label for concept in vocabulary.instruments for word in _spellings(concept)}
        self._plain_labels = {_plain(concept.label): concept.label for concept in vocabulary.instruments}
        self._words = sorted(self._labels)
        self._automaton = ahocorasick_rs.AhoCorasick(self._words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def extract(self, reading: Reading) -> Extraction:
        """Return the mentions of programmes in text order, and the quoted phrases that were not taken."""
        passages = _passages(reading)
        taken, rejections = self._judge_all(passages)
        found = [one for passage in passages for one in self._find(passage, taken)]
        found += _find_again(passages, found)
        wholes = _merge_names(_without_overlaps(found))
        own = {one.span: one for one in found}
        parts = [
            part for passage, inside in _by_passage(passages, wholes) for part in _find_parts(passage, inside, own)
        ]
        merged = [one for one in wholes if not _lies_in_longer(one, parts)] + _without_overlaps(parts)
        mentions = sorted({one.span: self._mention(one) for one in merged}.values())
        return Extraction(mentions=tuple(mentions), rejections=tuple(rejections))

    def _mention(self, one: _Found) -> Mention:
        """Return what was found as a mention."""
        scope = ("whole", one.whole) if one.whole else ()
        aliases = tuple(sorted({alias for alias in one.aliases if alias != one.name}))
        return Mention(one.span, Kind.PROGRAMME, one.name, self.name, one.confidence, aliases, scope)

    def _judge_all(self, passages: Iterable[_Passage]) -> tuple[dict[str, int], list[Rejection]]:
        """Return the phrases in marks that name programmes, with their best points, and those that do not."""
        points: dict[str, int] = {}
        seen: list[tuple[str, Rejection]] = []
        for passage in passages:
            for quoted in passage.quoted:
                score, signs = judge_quoted(quoted)
                if _plain(quoted.words) in self._plain_labels:
                    score = max(score, THRESHOLD + 2)
                points[quoted.words] = max(score, points.get(quoted.words, score))
                reason = f"{score} points: {', '.join(signs) or 'no sign'}"
                seen.append((quoted.words, Rejection(_shifted(quoted.inner, passage.base), self.name, reason)))
        taken = {words: score for words, score in points.items() if score >= THRESHOLD}
        return taken, [rejection for words, rejection in seen if words not in taken]

    def _find(self, passage: _Passage, taken: Mapping[str, int]) -> Iterator[_Found]:
        """Yield the names of one sentence from all sources, overlaps included."""
        for one in chain(self._quoted(passage, taken), self._unquoted(passage)):
            if not passage.bars(one.span):
                yield replace(one, span=_shifted(one.span, passage.base))

    def _quoted(self, passage: _Passage, taken: Mapping[str, int]) -> Iterator[_Found]:
        """Yield the names in quotation marks of one sentence, and the nouns that name a list of steps in marks."""
        for quoted in passage.quoted:
            if quoted.words in taken and not _is_spelt_out(quoted):
                yield self._named(quoted, taken[quoted.words])
            noun = _NAMED_BY_NOUN.match(quoted.after) if _LIST_OF_STEPS.search(quoted.words) else None
            if noun and not is_generic(_NAMING_NOUN.sub("", noun[1])):
                yield _Found(_shifted(Span(*noun.span(1)), quoted.outer.end), noun[1], _FAIR, (quoted.words,))

    def _named(self, quoted: Quoted, points: int) -> _Found:
        """Return a quoted name, as the national instrument where it is one."""
        naming = name_quoted(quoted)
        sure = {THRESHOLD: _FAIR, THRESHOLD + 1: _FIRM}.get(points, _SURE)
        label = self._plain_labels.get(_plain(quoted.words))
        if label and naming.name == quoted.words:
            return _Found(naming.span, label, _SURE, (quoted.words, *naming.aliases), marked=True)
        return _Found(naming.span, naming.name, sure, naming.aliases, marked=True)

    def _unquoted(self, passage: _Passage) -> Iterator[_Found]:
        """Yield the names of one sentence that need no quotation marks."""
        text = passage.text
        marked = tuple(quoted.outer for quoted in passage.quoted if not is_speech(quoted))
        for pattern, start, end in self._automaton.find_matches_as_indexes(text):
            word = self._words[pattern]
            money = word.endswith("扶贫") and _MONEY.match(text, end)
            seeming = len(word) <= _SHORT_WORD and start not in word_bounds(text)
            if not (seeming or money or _RATE.match(text, end) or text[start - 1 : start] in _CLOSING):
                yield _Found(Span(start, end), self._labels[word], _FIRM, (word,))
        for match in filter(_is_model, _CHAIN.finditer(text) if "+" in text or "＋" in text else ()):
            span = _chain_span(match)
            yield _Found(span, span.of(text), _FAIR)
        for span in find_systems(text):
            yield _Found(span, span.of(text), _FIRM)
        for span in find_sites(text):
            yield _Found(span, span.of(text), _WEAK)
        for span in find_schemes(text, (*passage.barred, *marked)):
            if not self._is_instrument_with_general_words(span.of(text)):
                yield _Found(span, span.of(text), _WEAK)

    def _is_instrument_with_general_words(self, name: str) -> bool:
        """Tell whether a name only adds general words or a head noun to an instrument, as 农村危房改造工程 does."""
        for _, start, end in self._automaton.find_matches_as_indexes(name):
            if is_generic(name[:start]) and (end == len(name) or _ADDED_HEAD.fullmatch(name, end)):
                return True
        return False


def _find_parts(passage: _Passage, wholes: Iterable[_Found], own: Mapping[Span, _Found]) -> Iterator[_Found]:
    """Yield the parts of the systems that one sentence names, organisations excepted.

    A part that is a programme by itself, a national instrument as a rule, belongs to no system alone. General words
    alone (教育、医疗、住房“三保障”) say what a system is about, and name no parts, nor does a list of
    those reached (低保户、残疾户“两类对象”); the campaign at large has none.
    """
    for whole in wholes:
        if _BRANCH.search(whole.name):
            continue
        parts = find_parts(passage.text, _shifted(whole.span, -passage.base))
        names = [part.of(passage.text) for part in parts]
        if any(map(_REACHED.search, names)) or all(is_generic(name) and len(name) <= _ONE_WORD for name in names):
            continue
        for part in parts:
            span, name = _shifted(part, passage.base), part.of(passage.text)
            if span in own:
                yield own[span]
            elif not _BODY.search(name) and not any(bar.overlaps(part) for bar in passage.barred):
                yield _Found(span, name, _FAIR, whole=whole.name)


def _by_passage(passages: Sequence[_Passage], found: Sequence[_Found]) -> Iterator[tuple[_Passage, list[_Found]]]:
    """Yield the sentences with names in them, and these."""
    starts = [passage.base for passage in passages]
    for at, inside in groupby(found, key=lambda one: bisect_right(starts, one.span.start) - 1):
        yield passages[at], list(inside)


def _lies_in_longer(one: _Found, parts: Iterable[_Found]) -> bool:
    """Tell whether a name is only the beginning or end of a part's: 最低生活保障 in 最低生活保障救助."""
    return any(part.span != one.span and part.span.contains(one.span) for part in parts)


def _find_again(passages: Iterable[_Passage], found: Iterable[_Found]) -> list[_Found]:
    """Return the other places where a name stands that was found once in quotation marks."""
    known = {one.name: one for one in found if one.marked and len(one.name) > 2}  # noqa: PLR2004 - 三变
    if not known:
        return []
    names = NameSet(known)
    return [
        replace(known[name], span=_shifted(span, passage.base), confidence=_FAIR, aliases=(), marked=False)
        for passage in passages
        for name, span in names.find(passage.text)
        if not passage.bars(span)
    ]


def _merge_names(found: list[_Found]) -> list[_Found]:
    """Return the mentions with one name for each programme: the first spelling, and a name with its head noun added.

    移民搬迁 and 移民搬迁工程 are one; the shorter becomes an alias, except where it stood in quotation marks.
    """
    spelling: dict[str, str] = {}
    for one in found:
        spelling.setdefault(_plain(one.name), one.name)
    weak = {one.name for one in found if one.confidence == _WEAK}
    longer = {
        short: long
        for short in weak
        for long in sorted(weak, key=len)
        if long.startswith(short) and _ADDED_HEAD.fullmatch(long, len(short))
    }
    return [_renamed(one, longer.get(one.name, spelling[_plain(one.name)])) for one in found]


def _renamed(one: _Found, name: str) -> _Found:
    """Return a mention under another name, its own kept as an alias."""
    return one if one.name == name else replace(one, name=name, aliases=(*one.aliases, one.name))
