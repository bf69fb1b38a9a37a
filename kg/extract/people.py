"""Finds the people an article speaks of, and every place where it names them.

A name is expected after a post or a standing (县委书记, 贫困户), after an age, and at the beginning of a clause whose
verb only people have (说, 告诉记者, 今年46岁, 是…的村民). What is found once is a name wherever it returns; 李书记 is
the one 李 of the article. Journalists and editors belong to the article, not to its people. The posts themselves are
read by :class:`PostExtractor`, once the mentions are linked.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.lexicon import WordSet, alternatives, occurrences
from kg.extract.names_lists import load_characters, load_words
from kg.extract.names_posts import PostExtractor
from kg.extract.names_shape import (
    Candidate,
    NameShapes,
    dotted_names,
    first_part,
    is_everyday,
    is_tibetan,
    surname_length,
)
from kg.model import PLACE_KINDS, Extraction, Kind, Mention, Reading, Span

__all__ = ["PeopleExtractor", "PostExtractor"]

_STANDINGS = alternatives(load_words("standings") | load_words("posts"))
_KIN = r"一家|夫妇|夫妻|两口子|老人|老汉|大[爷娘妈姐叔哥嫂]|奶奶|爷爷|阿姨|同志|院士|先生|女士"
_HOME = rf"(?:家[{''.join(sorted(load_characters('home')))}，,。0-9]|{_KIN})"
_SOON = alternatives({"如实", "如是", "这样", "接着", "随后", "深有感触", *"也还则曾常总便就又都"})
_ADVERB = rf"(?:[^，,。、：“”\s]{{0,8}}?[地着]|[向对给][^，,。]{{1,4}}|{_SOON}){{0,3}}"
_IS_ONE = rf"[，,]?(?:原|原本|曾经|曾|就)?是[^，,。；！？：“”]{{0,30}}?(?:{_STANDINGS}|人)(?:$|[，,。；之])"
_BIRTH = r"[（(，,]?(?:男|女|今年|现年|时年|刚满|年近|年过)[，,]?[^，,。]{0,4}?(?:岁|族|，|,|[0-9])"
_CAREER = (
    r"来自|出生|担任|出任|当选|[，,]?(?:现任|时任|现为|生于|毕业于)"
    rf"|[，,][^，,。！？；：“”]{{2,25}}(?:{_STANDINGS})[，,]"
)

_STANDING = re.compile(_STANDINGS)
_STANDING_WORDS = WordSet(load_words("standings") | load_words("posts"))
_POSTS = tuple(load_words("posts"))
_QUOTED = ("”", "’")
#: Someone who held a post then: 时任县委书记的张三.
_HELD_POST = re.compile(
    rf"(?:时任|曾任|担任|现任|兼任)[^，,。！？；：、]{{0,20}}?{alternatives(load_words('posts'))}的"
)
_AGE = re.compile(r"[0-9０-９一二三四五六七八九十]{1,3}(?:多|来)?岁的")
_FIRM_BEHIND = re.compile(r"[一-鿿]{0,12}?(?:合作社|联合社|公司|集团|农场)")
_CALLED = re.compile(r"(?:名叫|叫做|名为|人称|化名|图为)")
_VISITED = re.compile(r"(?:走进|来到|走访|看望|慰问|采访|见到|帮助|遇到|遇见|找到|推开|在|到|去|把|为|给|像|和|跟|以)")
_CLAUSE = re.compile(r"(?:^|[，,。！？!?；;：:“”\"‘’、…—\s（）()])")
_OF_PLACE = re.compile(r"(?:[一二三四五六七八九十0-9]{0,3}(?:组|社|队|屯|寨))?的?")
_WENT = r"(?:被|主动|自愿|带队)?(?:派|来|赴|到|回|去|在)[^，,。]{0,15}?(?:担任|任|挂职|驻村|支教|当)"
_SAYS_OR_DOES = alternatives(load_words("says") | load_words("does"))
#: Where someone stands in a picture: 张三(左二), 李四（中）.
_PICTURED = r"[（(](?:前排|后排|左|右|中|前|后|居中|图中)[一二三四五六1-6]?(?:起)?[^（）()]{0,2}[）)]"
_PICTURED_HERE = re.compile(_PICTURED)
_ACT = re.compile(f"(?:{_PICTURED}|{_ADVERB}{_SAYS_OR_DOES}|{_WENT}|{_IS_ONE}|{_BIRTH}|{_HOME}|{_CAREER})")
_SAYS = re.compile(alternatives(load_words("says")))
#: 车后座的张三笑着说: whoever speaks may have an attribute.
_ATTRIBUTE = re.compile(r"(?<=[一-鿿]{2})的")
_SPOKE = re.compile(
    rf"(?:笑着|高兴地|激动地|自豪地|感慨地)?{alternatives({'说', '告诉', '介绍', '表示', '坦言', '感慨'})}"
)
_HOME_ONLY = re.compile(_HOME)
#: What stands behind a name and nowhere else in such texts.
_BEHIND_NAME = re.compile(r"(?:总书记|国家主席|总理|同志|夫妻俩|夫妇俩|母子|母女|父子)")
_JOINED = re.compile(r"(?:[（(][^（）()]{1,4}[）)])?[、和与及]")
#: Last characters of what tells how someone speaks: 高兴地说.
_ADVERBIAL = frozenset("地着得")
_ADDRESS = re.compile(alternatives(load_words("address")))
_BEFORE_ADDRESS = re.compile(
    r"(?<![^，,。！？!?；;：:“”\"‘’、…—\s（）()的了是和与跟同给向对让请叫找在有把被到从由听说])"
)
#: A closing quotation mark or a space may stand between a standing and the name: “第一书记”张三.
_CLOSING = ("”", "’", '"', " ", "\u3000")

# Tuned on the five seeds and on dev documents 101 to 106, with the weights in names_shape.
_ANCHOR, _WEAK_ANCHOR = 1.0, 0.5
_SPEAKING_OFFICIAL = 1.5
_ENOUGH, _SURE, _RECURRING = 2.0, 4.0, 4.5
_FULL_NAME = 3
#: A name that stands alone so many times as often as with a further character ends before that.
_CHANCE = 3
_NAME_LENGTHS = (4, 3, 2)
#: Last characters of the names of rivers and lakes.
_NATURE = frozenset("河湖沟渠")
#: Conjunctions and prepositions that are surnames as well: behind a standing, they are none.
_JOINING = frozenset("和及从与")
#: What a place may have its name from besides the characters of the name.
_LEVELS = frozenset({"村", "乡", "镇", "社区", "街道", "县", "屯", "寨", "自然村"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A name at the place that introduces it, in offsets of its sentence."""

    name: str
    start: int
    score: float


class PeopleExtractor:
    """Finds every mention of every person."""

    name = "people"
    version = "4"
    requires = frozenset({"document", "metadata", "main_place", "mentions:places"})
    assigns = frozenset({"mentions:people"})

    def extract(self, reading: Reading) -> Extraction:
        """Return all mentions of the people that some sentence introduces."""
        texts = [reading.document.words(sentence.span) for sentence in reading.document.sentences]
        shapes = NameShapes("\n".join(texts))
        lines = _lines(reading, texts, shapes)
        scores: dict[str, float] = {}
        for line in lines:
            for found in _introductions(line):
                scores[found.name] = max(found.score, scores.get(found.name, 0.0))
        for line in lines:
            for found in _partners(line, scores):
                scores.setdefault(found.name, found.score)
        places = frozenset(mention.name for mention in reading.mentions if mention.kind in PLACE_KINDS)
        for name in [name for name in scores if _names_place(name, places)]:
            del scores[name]
        for name in list(scores):
            if _goes_on_by_chance(name, scores, shapes):
                del scores[name]
        for name in _shortened(scores):
            del scores[name]
        for name in {*reading.metadata.authors, *reading.metadata.editors}:
            scores.pop(name, None)
        forms = _forms(scores)
        return Extraction(mentions=tuple(sorted(one for line in lines for one in _mentions(line, scores, forms))))


class _Line:
    """One sentence in which names are looked for.

    Attributes:
        start: Its offset in the document.
        text: Its words.
        places: Spans of the places in it, in its own offsets.
        shapes: Weighs the names of the document.
        clauses: Where a name may begin a clause, or follow a place: 大庄村的张三.
    """

    def __init__(self, start: int, text: str, places: Sequence[Span], shapes: NameShapes) -> None:
        """Take the sentence and its places."""
        self.start = start
        self.text = text
        self.places = places
        self.shapes = shapes
        starts = [match.end() for match in _CLAUSE.finditer(text)]
        starts += [_behind_place(text, place.end) for place in places]
        self.clauses = [start for start in starts if shapes.best(text, start)]

    def is_taken(self, span: Span) -> bool:
        """Tell whether a place takes characters that a name would need; one within the given name does not."""
        return any(one.overlaps(span) and not (span.start < one.start and one.end <= span.end) for one in self.places)


def _lines(reading: Reading, texts: Sequence[str], shapes: NameShapes) -> list[_Line]:
    """Return the sentences of a document, whose words are given, with the places in them."""
    places: dict[int, list[Span]] = {}
    for mention in reading.mentions:
        sentence = reading.document.sentence_at(mention.span.start) if mention.kind in PLACE_KINDS else None
        if sentence:
            start = sentence.span.start
            places.setdefault(start, []).append(Span(mention.span.start - start, mention.span.end - start))
    starts = [sentence.span.start for sentence in reading.document.sentences]
    return [_Line(start, text, places.get(start, ()), shapes) for start, text in zip(starts, texts, strict=True)]


def _behind_place(text: str, end: int) -> int:
    """Return where a name may follow a place that ends at an offset."""
    of_place = _OF_PLACE.match(text, end)
    return of_place.end() if of_place else end


def _names_place(name: str, places: Collection[str]) -> bool:
    """Tell whether a place has its name from the same characters: 拉格日村."""
    return any(name + level in places for level in _LEVELS)


def _goes_on_by_chance(name: str, scores: Collection[str], shapes: NameShapes) -> bool:
    """Tell whether a name is another one with the beginning of the next word: 李夏殉 beside 李夏."""
    return name[:-1] in scores and shapes.count(name[:-1]) >= _CHANCE * shapes.count(name)


def _shortened(scores: Collection[str]) -> list[str]:
    """Return the names that are the first part of exactly one other: 古丽娜 beside 古丽娜·买买提."""
    heads = Counter(head for name in scores if (head := first_part(name)) != name)
    return [name for name in scores if heads[name] == 1]


# ---- Introductions ---------------------------------------------------------------------------------------------------


def _introductions(line: _Line) -> Iterator[_Found]:
    """Yield the names that a sentence introduces, lists of names included."""
    for start, anchor, needs in _openings(line):
        found = _name_at(line, start, anchor)
        if found and (needs is None or needs.match(line.text, start + len(found.name))):
            yield found
            yield from _joined(line, found)
    yield from _office_holders(line)
    yield from _in_pictures(line)
    yield from _recurring(line)
    for start, name in dotted_names(line.text):
        yield _Found(name, start, _SURE)


def _openings(line: _Line) -> Iterator[tuple[int, float, re.Pattern[str] | None]]:
    """Yield where a name may begin, how strongly it is expected, and what must follow it."""
    text = line.text
    standings = _STANDING_WORDS.spans(text)
    ends = [
        end
        for at, end in standings
        if not any(start < end < longer for start, longer in standings) and not _is_across(text, at, end)
    ]
    ends += [match.end() for match in _AGE.finditer(text)] if "岁的" in text else []
    ends += [match.end() for match in _CALLED.finditer(text)]
    ends += [match.end() for match in _HELD_POST.finditer(text)] if "任" in text else []
    for end in dict.fromkeys(ends):
        yield end + (text[end : end + 1] in _CLOSING), _ANCHOR, None
    for start in line.clauses:
        yield start, _ANCHOR, _ACT
    if _SPOKE.search(text):
        for match in _ATTRIBUTE.finditer(text):
            yield match.end(), _WEAK_ANCHOR, _SPOKE
    if _HOME_ONLY.search(text):
        for match in _VISITED.finditer(text):
            yield match.end(), _WEAK_ANCHOR, _HOME_ONLY


def _is_across(text: str, start: int, end: int) -> bool:
    """Tell whether the characters of a standing belong to the words around them: 地处长江北岸."""
    return start > 0 and is_everyday(text[start - 1 : start + 1]) and is_everyday(text[end - 1 : end + 1])


def _name_at(line: _Line, start: int, anchor: float) -> _Found | None:
    best = line.shapes.best(line.text, start)
    if best is None or best.score + anchor + _SPEAKING_OFFICIAL < _ENOUGH:
        return None
    if _is_standing(best.name) or _only_joins(line.text, start, best.name):
        return None
    anchor += _SPEAKING_OFFICIAL * _speaks_by_office(line.text, start, best.name)
    if best.score + anchor < _ENOUGH or line.is_taken(Span(start, start + len(best.name))):
        return None
    return _Found(best.name, start, best.score + anchor)


def _only_joins(text: str, start: int, name: str) -> bool:
    """Tell whether a name begins with a conjunction or preposition behind other words and does not speak."""
    if name[0] not in _JOINING or start == 0 or _CLAUSE.match(text, start - 1):
        return False
    return not _SAYS.match(text, start + len(name))


def _speaks_by_office(text: str, start: int, name: str) -> bool:
    """Tell whether a full name stands between a post and a verb of speech: 第一书记万年光告诉记者."""
    if len(name) < _FULL_NAME or name[-1] in _ADVERBIAL or not _SAYS.match(text, start + len(name)):
        return False
    return text.endswith(_POSTS, 0, start - text.endswith(_QUOTED, 0, start))


def _is_standing(name: str) -> bool:
    """Tell whether the characters contain a post or standing (党支书, 李书记) and so are no full name."""
    return bool(_STANDING.search(name))


def _joined(line: _Line, found: _Found) -> Iterator[_Found]:
    """Yield the names that stand in a list with one that was found: 张三、李四和王五."""
    at = found.start + len(found.name)
    while joined := _JOINED.match(line.text, at):
        following = _name_at(line, joined.end(), _WEAK_ANCHOR)
        if following is None:
            return
        yield following
        at = following.start + len(following.name)


def _partners(line: _Line, known: Collection[str]) -> Iterator[_Found]:
    """Yield the names at the beginning of clauses that stand in a pair with a known one: 张三与李四."""
    for start in line.clauses:
        found = _name_at(line, start, _ANCHOR)
        joined = _JOINED.match(line.text, start + len(found.name)) if found else None
        if found and joined and any(line.text.startswith(name, joined.end()) for name in known):
            yield found


def _office_holders(line: _Line) -> Iterator[_Found]:
    """Yield the names before the highest offices, before 同志 and before words for families: 习近平总书记."""
    for match in _BEHIND_NAME.finditer(line.text):
        for length in (3, 2):
            start = match.start() - length
            candidate = _whole_name(line, start, length) if start >= 0 else None
            if candidate and candidate.score >= _ENOUGH:
                yield _Found(candidate.name, start, candidate.score)
                break


def _in_pictures(line: _Line) -> Iterator[_Found]:
    """Yield the names before the words that tell where someone stands in a picture: 制刀匠张三(左)."""
    for match in _PICTURED_HERE.finditer(line.text):
        starts = (match.start() - length for length in _NAME_LENGTHS)
        found = (_name_at(line, start, 0.0) for start in starts if start >= 0)
        ending = [one for one in found if one and one.start + len(one.name) == match.start()]
        yield from sorted(ending, key=lambda one: -one.score)[:1]


def _recurring(line: _Line) -> Iterator[_Found]:
    """Yield the names that nothing introduces, but that return at the beginning of clauses as only names do."""
    for start in line.clauses:
        found = _name_at(line, start, 0.0)
        if found and _recurs(found) and not _names_firm(line.text, found):
            yield found


def _recurs(found: _Found) -> bool:
    """Tell whether a full name that nothing introduces is sure enough, and none of a river or the like."""
    if is_tibetan(found.name):
        return True
    return len(found.name) >= _FULL_NAME and found.score >= _RECURRING and found.name[-1] not in _NATURE


def _names_firm(text: str, found: _Found) -> bool:
    """Tell whether a company or cooperative goes on behind the characters: 康顺堂中药材种植专业合作社."""
    return bool(_FIRM_BEHIND.match(text, found.start + len(found.name)))


def _whole_name(line: _Line, start: int, length: int) -> Candidate | None:
    best = line.shapes.best(line.text, start) if surname_length(line.text, start) else None
    return best if best and len(best.name) == length and not _is_standing(best.name) else None


# ---- Mentions --------------------------------------------------------------------------------------------------------


def _mentions(line: _Line, scores: Mapping[str, float], forms: Sequence[tuple[str, str]]) -> Iterator[Mention]:
    """Yield every occurrence of the known names in a sentence, the longest name first where two overlap."""
    taken: list[Span] = []
    for form, name in forms:
        for start in occurrences(form, line.text):
            span = Span(start, start + len(form))
            if not line.is_taken(span) and not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield _mention(line, span, name, scores[name])
    yield from _addressed(line, scores)


def _forms(scores: Mapping[str, float]) -> list[tuple[str, str]]:
    """Return what the article may call each person, the longest form first: 阿依古丽 is the one 阿依古丽·买买提."""
    heads = Counter(head for name in scores if (head := first_part(name)) != name)
    forms = [(name, name) for name in scores]
    forms += [(head, name) for name in scores if heads[head := first_part(name)] == 1 and len(head) > 1]
    return sorted(forms, key=lambda form: (-len(form[0]), form))


def _mention(line: _Line, span: Span, name: str, score: float) -> Mention:
    """Return the mention of a person; the words are an alias where they are not the name."""
    form = span.of(line.text)
    confidence = Decimal("0.95") if score >= _SURE else Decimal("0.85")
    place = Span(line.start + span.start, line.start + span.end)
    return Mention(place, Kind.PERSON, name, PeopleExtractor.name, confidence, (form,) if form != name else ())


def _addressed(line: _Line, scores: Mapping[str, float]) -> Iterator[Mention]:
    """Yield 李书记 where exactly one person of the article is called 李."""
    for match in _ADDRESS.finditer(line.text):
        start = match.start() - 1
        if start < 0 or not surname_length(line.text, start) or not _BEFORE_ADDRESS.match(line.text, start):
            continue
        bearers = [name for name in scores if name.startswith(line.text[start])]
        if len(bearers) == 1:
            yield _mention(line, Span(start, match.end()), bearers[0], 0.0)
