"""Words that point back: 全县, 该村, 当地, 他, 该合作社 → the entity meant, with the words that introduced it.

Each becomes a mention that is marked as pointing back, and a link whose second evidence is the antecedent. Only what an
earlier step has linked can be meant; where nothing of the right kind was named, the words stay alone. Whom 他 and 她
mean is told by :mod:`kg.link.pronouns`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.link.order import in_text_order, text_order
from kg.link.pronouns import Pronouns, is_quoted
from kg.model import Document, Entity, EntityKey, Kind, Link, Mention, Reading, Sentence, Span

_NAME = "references"
_CONFIDENCE = {"main": Decimal("0.95"), "last": Decimal("0.80"), "far": Decimal("0.65")}

#: Words for a place of one level, with the level. 全县, 该县, 我县, 县里, 县域; 区 and 市 may be of two levels.
_LEVELS = {
    "省": (Kind.PROVINCE,),
    "市": (Kind.PREFECTURE, Kind.COUNTY, Kind.PROVINCE),
    "州": (Kind.PREFECTURE,),
    "盟": (Kind.PREFECTURE,),
    "县": (Kind.COUNTY,),
    "区": (Kind.COUNTY, Kind.PROVINCE),
    "旗": (Kind.COUNTY,),
    "镇": (Kind.TOWNSHIP,),
    "乡": (Kind.TOWNSHIP,),
    "街道": (Kind.TOWNSHIP,),
    "村": (Kind.VILLAGE,),
    "社区": (Kind.VILLAGE,),
}
#: Endings of the names that a word for a village may mean: no hamlet or settlement within one.
_ENDINGS = {
    **dict.fromkeys(("村", "社区"), ("村", "社区", "嘎查")),
    **dict.fromkeys(("镇", "乡", "街道"), ("镇", "乡", "街道", "苏木", "街道办事处")),
}
_PLACE = re.compile(
    # what it begins with, told at once
    r"(?=[全该本我这市区旗县镇乡村])(?!区域)"
    # 安全区, 基本村, 城市里, 老区里, 山村里, 乡里乡亲 and the like are other words; 县域经济 is a notion
    r"(?:(?:(?<![安完齐健保])全|该|(?<![基原根日成版])本|我|这个|我们)(?P<level>街道|社区|[省市州盟县区旗镇乡村])"
    r"|(?:(?<![各个每几两些数\d])(?:(?<![城都超集夜闹菜])(?P<city>市)|(?<![老景园小社山校库灾城牧林矿厂郊辖片地坝湖新街特])(?P<district>区)"
    r"|(?<![红彩国])(?P<banner>旗)|(?<![困穷])(?P<county>县)|(?<![小古集城])(?P<town>镇)|(?<![家老城同故])(?P<rural>乡)"
    r"|(?<![山农乡渔新老])(?P<village>村)))(?:里(?![乡弄])|域内|境内|域(?!经济)))"
    r"(?![民场域]|经济|委|长|级|吃)"
)
_HERE = re.compile(r"(?<![与和])(?:当地|这里|本地(?![人话事]))(?!区|时|方|址)")
_PERSON = re.compile(r"(?<![其吉排])(?:他|她)(?!们|人|乡|日|山|俩|用|途|国|方|律|杀)")
_BODY = re.compile(
    r"(?:(?:该|这家|这个|我们|本)?(?P<head>合作社|联合社|公司|企业|学校|协会|车间|基地|园区|集团|医院|银行))"
)
#: A bare head noun follows a mark or one of these; behind other words it is part of a name or of a kind: 应急医院.
_BEFORE_BODY = re.compile(r"(?:^|[^一-鿿、]|[在到与和跟由向给把被让从为对去进是经托于将的])$")
#: Before a bare head noun these words show that a kind is meant, or a number of them: 专业合作社, 龙头企业, 9家企业.
_NOT_BEFORE_BODY = re.compile(
    r"(?:专业|龙头|农民|股份|土地|互助|扶贫|养殖|种植|农业|生态|示范|产业|工业|实训|培训|生产|各|家|个|所|处|类|些|多|外地|本地|"
    r"民营|国有|中小|帮扶|商会|用工|校|、|＋|\+|“|入股|加入|成立|组建|领办|引进)$"
)


@dataclass(frozen=True, slots=True)
class _Antecedent:
    """What some words point to.

    Attributes:
        entity: The entity.
        span: The words that introduced it, or None where the article as a whole does.
        confidence: How sure.
    """

    entity: EntityKey
    span: Span | None
    confidence: Decimal


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Sentence], _Antecedent | None]]


def resolve_references(reading: Reading) -> Reading:
    """Return the reading with a mention and a link for each word that points back and can be resolved."""
    finder = _Finder(reading)
    links = [link for sentence in reading.document.sentences for link in finder.links(sentence)]
    return replace(
        reading,
        mentions=tuple(sorted((*reading.mentions, *(link.mention for link in links)), key=text_order)),
        links=in_text_order((*reading.links, *links)),
    )


class _Finder:
    """Finds the antecedents in one reading."""

    def __init__(self, reading: Reading) -> None:
        """Take the reading, with its links sorted."""
        self._reading = reading
        self._document: Document = reading.document
        self._entities: Mapping[EntityKey, Entity] = reading.entities
        self._taken = sorted(mention.span for mention in reading.mentions)
        self._starts = _paragraph_starts(reading.document)
        #: Kinds of words that point back, each with what tells the antecedent of a match in a sentence.
        self._rules: tuple[_Rule, ...] = (
            (_PLACE, self._place),
            (_HERE, self._here),
            (_PERSON, self._person),
            (_BODY, self._body),
        )
        self._pronouns = Pronouns(reading)
        self._spans: dict[EntityKey, list[Span]] = {}
        for link in reading.links:
            self._spans.setdefault(link.entity, []).append(link.mention.span)

    def links(self, sentence: Sentence) -> list[Link]:
        """Return the links of one sentence, in text order, without overlaps."""
        found = sorted(self._found(sentence), key=lambda link: link.mention)
        return [
            link for at, link in enumerate(found) if not at or found[at - 1].mention.span.end <= link.mention.span.start
        ]

    def _found(self, sentence: Sentence) -> Iterator[Link]:
        """Yield a link for each word that points back, is part of no mention and has an antecedent."""
        start, end = sentence.span.start, sentence.span.end
        for pattern, resolve in self._rules:
            for match in pattern.finditer(self._document.text, start, end):
                span = Span(*match.span())
                antecedent = None if self._is_taken(span) else resolve(match, sentence)
                if antecedent:
                    entity = self._entities[antecedent.entity]
                    mention = Mention(span, entity.kind, entity.name, _NAME, antecedent.confidence, anaphor=True)
                    yield Link(mention, entity.key, "reference", antecedent.confidence, antecedent.span)

    def _is_taken(self, span: Span) -> bool:
        """Tell whether a mention covers part of a span; mentions of one kind never overlap, of several seldom do."""
        at = bisect_right(self._taken, span)
        return any(span.overlaps(other) for other in self._taken[max(0, at - _NEIGHBOURS) : at + 1])

    # ---- Places

    def _place(self, match: re.Match[str], sentence: Sentence) -> _Antecedent | None:
        """Return the place of a level: the main place or what it is part of, else the one named last.

        全市 in an article on a county-level city is that city; on a county, the city that the county is part of. 该县
        points to the county named last, whatever the article is about.
        """
        level, at = _level(match), match.start()
        kinds, endings = _LEVELS[level], _ENDINGS.get(level, (level,))
        near = self._last(kinds, at, sentence, back=1, endings=endings) if match[0].startswith("该") else None
        return near or self._main(level, at) or self._last(kinds, at, sentence, back=_SECTION, endings=endings)

    def _main(self, level: str, at: int) -> _Antecedent | None:
        """Return the main place, or what it is part of, if it is of a level; provinces must bear the very word."""
        above = [entity for entity in self._main_and_ancestors() if entity.kind in _LEVELS[level]]
        fitting = [one for one in above if one.name.endswith(level)]
        fitting += [one for one in above if one.kind is not Kind.PROVINCE or level == "省"]
        if not fitting:
            return None
        return _Antecedent(fitting[0].key, self._introduced(fitting[0].key, at), _CONFIDENCE["main"])

    def _main_and_ancestors(self) -> list[Entity]:
        """Return the main place's entity and those it is part of, the nearest first."""
        found: list[Entity] = []
        key = self._reading.main_place
        while key and (entity := self._entities.get(key)):
            found.append(entity)
            key = entity.parent
        return found

    def _here(self, match: re.Match[str], sentence: Sentence) -> _Antecedent | None:
        """Return the smallest place named in the paragraph or the one before, else the main place."""
        at = match.start()
        for back in (0, 1):
            for kind in (Kind.VILLAGE, Kind.TOWNSHIP, Kind.COUNTY):
                if near := self._last((kind,), at, sentence, back=back):
                    return near
        main = self._reading.main_place
        return _Antecedent(main, self._introduced(main, at), _CONFIDENCE["far"]) if main else None

    def _introduced(self, key: EntityKey, at: int) -> Span | None:
        """Return the last mention of an entity before an offset, else its first one."""
        spans = self._spans.get(key, [])
        before = bisect_left(spans, at, key=lambda span: span.start)
        return spans[max(0, before - 1)] if spans else None

    # ---- People and bodies

    def _person(self, match: re.Match[str], sentence: Sentence) -> _Antecedent | None:
        """Return the person that the article goes on about."""
        meant = self._pronouns.antecedent(Span(*match.span()), sentence)
        return _Antecedent(meant.entity, meant.mention.span, _CONFIDENCE[meant.distance]) if meant else None

    def _body(self, match: re.Match[str], sentence: Sentence) -> _Antecedent | None:
        """Return the organisation named last whose name ends in the same head noun."""
        at = match.start()
        before = self._document.text[max(sentence.span.start, at - 4) : at]
        is_bare = match.start("head") == at
        if _NOT_BEFORE_BODY.search(before) or (is_bare and not _BEFORE_BODY.search(before)):
            return None
        return self._last((Kind.ORGANISATION,), at, sentence, back=1, endings=(match["head"],))

    def _last(
        self, kinds: Sequence[Kind], at: int, sentence: Sentence, *, back: int, endings: tuple[str, ...] = ()
    ) -> _Antecedent | None:
        """Return the entity of some kinds named last before an offset, so many paragraphs back at most."""
        start = self._start(sentence.paragraph - back)
        behind = bisect_left(self._reading.links, at, key=lambda link: link.mention.span.start)
        for link in reversed(self._reading.links[:behind]):
            span = link.mention.span
            if span.start < start:
                break
            fits = span.end <= at and link.mention.kind in kinds and self._ends(link.entity, endings)
            if fits and not self._is_said_elsewhere(span, at):
                near = span.start >= self._start(sentence.paragraph)
                return _Antecedent(link.entity, span, _CONFIDENCE["last" if near else "far"])
        return None

    def _is_said_elsewhere(self, span: Span, at: int) -> bool:
        """Tell whether words stand in a quotation that has ended before an offset."""
        paragraph = self._start(self._paragraph_at(span.start))
        return bool(is_quoted(self._document.text, paragraph, span.start)) and "”" in self._document.text[span.end : at]

    def _paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph of a mention."""
        sentence = self._document.sentence_at(offset)
        return sentence.paragraph if sentence else 0

    def _start(self, paragraph: int) -> int:
        """Return where a paragraph begins, or the next one that has sentences."""
        return self._starts[bisect_left(self._starts, (paragraph, 0))][1]

    def _ends(self, key: EntityKey, endings: tuple[str, ...]) -> bool:
        """Tell whether one of an entity's names ends so."""
        entity = self._entities[key]
        return not endings or any(name.endswith(endings) for name in (entity.name, *entity.aliases))


def _level(match: re.Match[str]) -> str:
    """Return the word for a level in words that point to a place."""
    return next(word for word in match.groupdict().values() if word)


#: So many mentions before an offset may reach over it.
_NEIGHBOURS = 8
#: So many paragraphs back a township or village may have been named that 该村 means: a section of an article.
_SECTION = 6


def _paragraph_starts(document: Document) -> Sequence[tuple[int, int]]:
    """Return index and beginning of each paragraph that has sentences, in order."""
    starts: dict[int, int] = {}
    for sentence in document.sentences:
        starts.setdefault(sentence.paragraph, sentence.span.start)
    return sorted(starts.items())
