"""Clauses of a sentence and the mention that each is about.

Chinese reports state the subject once and go on for several clauses. This module divides a stretch of text at its
commas and tells which linked mention a clause begins with: the last of a chain (平川镇五里墩村的刘生祥), a person
named in it, or an organisation whose founding it tells. How the subjects decide whose a figure is, is left to
:mod:`kg.extract.figures_about`.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.figures_rejections import Quantity
from kg.model import Kind, Link, Reading, Sentence, Span

_CLAUSE_MARK = re.compile(r"[,，;；:：。!！?？()（）…—]+")
#: What may stand before a subject at the head of its clause: marks, connectives, common nouns of people, ages.
_OPENING = re.compile(
    r"(?:[\s“”‘’\"《》「」、—-]|同时|其中|此外|另外|目前|如今|现在|当时|为此|因此|随后|近日|日前|例如|比如|据悉|据了解|"
    r"而|但|则|像|如|还|也|又|仅|就|全省|作为|随着|今年|建档立卡|贫困户|脱贫户|搬迁户|农户|村民|居民|党员|群众|社员|"
    r"致富带头人|种植大户|养殖大户|养殖户|种植户|大户|\d{1,3}岁|的|省级|市级|县级|国家级|[一-龥]{1,4}族)*"
)
_DATES = re.compile(
    r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[初底末]|以来|起|至|到)?|"
    r"[今去前当同]年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[初底末]|以来|上半年)?|\d{1,2}月(?:\d{1,2}日)?|年[初底]"
)
_PREPOSITION = re.compile(
    r"(?:在|从|到|对|对于|与|和|同|跟|向|往|赴|由|给|为|为了|把|将|让|使|据|按|按照|通过|依托|围绕|帮助|带领|支持|支援|"
    r"走进|来到|位于|离|距)$"
)
_PERSON_GAP = re.compile(r"[^,，;；:：。!！?？、“”是在有说把将对从被到与向给让成完已达为]{0,16}")
_NAME_GAP = re.compile(r"[的“\"]?")
COORDINATION = re.compile(r"[、和与及]|以及")
_SPEAKING = re.compile(
    r"[^,，;；:：。!！?？“”]{0,10}(?:说|介绍|告诉|表示|透露|坦言|感慨|算了|算起|直言|回忆|高兴|笑着)"
)
_OFFICIAL = re.compile(
    r"(?:书记|主任|[省州盟旗县区市镇乡部厅司局院校所社会董队组科处厂行站馆台园]长|秘书长|经理|负责人|干部|主席|理事长|董事长|委员|指导员|专员|"
    r"队员)[^,，。;；]{0,4}$"
)
_BOUNDARIES = frozenset(",，;；。:：!！?？()（）…—丨｜|\n")
_BOUNDARY = re.compile(f"[{re.escape(''.join(sorted(_BOUNDARIES)))}]")
_SAYS_SOMETHING = re.compile(r"[^的由从到至在为是达了约和与及、,，\s“”]")
#: Verbs whose object the next clauses are about: 成立了丰源合作社,租下耕地500亩.
_FOUNDING = re.compile(r"(?:成立|组建|创办|创立|兴办|领办|开办|注册|引进|引入)(?:了|起)?(?:[一-龥]{0,6}[“\"])?$")
_ENTERPRISE = re.compile(r"(?:公司|合作社|联合社|集团|厂|企业|农场|协会|车间|商行|学校|医院|银行)$")
#: Names of programmes that act: only these end a chain of names that is a subject.
_ACTING = re.compile(r"(?:行动|工程|计划|项目|活动|体系|基金|协会|大赛|节)$")
_ADVERBS_AND_VERB = re.compile(
    r"(?:先后|累计|共|已|还|也|就|又|曾|将|每年|去年|今年|目前|现有|现|现在)*"
    r"(?:投入|出资|派出|有|为|建|种|养|成立|拥有|流转|获得|采取|开展|接待|占地|存栏|投资|捐)"
)
_COUNTED_GAP = re.compile(r"[”’\"》」\s]*(?:达到?|有|共|已有)?")
_WINDOW = 16


@dataclass(frozen=True, slots=True)
class Subject:
    """A mention that a clause is about.

    Attributes:
        link: The mention and its entity.
        kind: Kind of the entity.
        is_speaker: Whether it only reports what others do: 局长王大力说.
    """

    link: Link
    kind: Kind
    is_speaker: bool = False


class Clauses:
    """Divides the sentences of one reading and tells their subjects."""

    def __init__(self, reading: Reading) -> None:
        """Take the reading with its links resolved."""
        self._text = reading.document.text
        self._entities = reading.entities
        self._links = reading.links
        self._officials = {link.entity for link in reading.links if self._has_post(link)}
        self._starts = [link.mention.span.start for link in reading.links]

    def links(self, span: Span) -> tuple[Link, ...]:
        """Return the links within a span, in text order."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return tuple(link for link in self._links[first:last] if link.mention.span.end <= span.end)

    def kind(self, link: Link) -> Kind:
        """Return the kind of a link's entity."""
        return self._entities[link.entity].kind

    def split(self, span: Span) -> list[Span]:
        """Return the clauses of a span, in order, none empty."""
        clauses, start = [], span.start
        for mark in _CLAUSE_MARK.finditer(self._text, span.start, span.end):
            clauses.append(Span(start, mark.start()))
            start = mark.end()
        return [clause for clause in [*clauses, Span(start, span.end)] if len(clause)]

    def opening(self, sentence: Sentence, span: Span) -> Span:
        """Return the clause of a sentence up to the end of a span within it."""
        marks = [mark.end() for mark in _CLAUSE_MARK.finditer(self._text, sentence.span.start, span.start)]
        return Span(marks[-1] if marks else sentence.span.start, span.end)

    def subject_of(self, clause: Span, quantity: Quantity) -> Subject | None:
        """Return the mention that a clause is about, or None; what the quantity itself counts is none."""
        links = [link for link in self.links(clause) if not self._is_counted(link, quantity)]
        for at, link in enumerate(links):
            if self.kind(link) is Kind.PROGRAMME or self.is_object(link):
                continue
            if self._begins(clause, link) or self._is_modified(link):
                return self._as_subject(self._chain(links[at:]))
            if self.kind(link) is Kind.PERSON:
                return self._as_subject(link)
        return None

    def founded(self, clause: Span) -> Subject | None:
        """Return the enterprise that a clause tells the founding or coming of: the next clauses are about it."""
        for link in self.links(clause):
            start, end = link.mention.span.start, link.mention.span.end
            is_founded = _FOUNDING.search(self._text, max(clause.start, start - _WINDOW), start)
            if is_founded and self.kind(link) is Kind.ORGANISATION and _ENTERPRISE.search(link.mention.name):
                return None if self._text.startswith("等", end) else Subject(link, Kind.ORGANISATION)
        return None

    def is_object(self, link: Link) -> bool:
        """Tell whether a preposition stands before a mention."""
        start = link.mention.span.start
        return bool(_PREPOSITION.search(self._text, max(0, start - 3), start))

    def is_listed(self, link: Link) -> bool:
        """Tell whether a mention is one of several in a list, which leaves no single topic."""
        return self._text.startswith(("、", "和", "与"), link.mention.span.end)

    def is_official(self, link: Link) -> bool:
        """Tell whether a post stands before a person's name, here or elsewhere in the article."""
        return link.entity in self._officials

    def _has_post(self, link: Link) -> bool:
        """Tell whether a post stands straight before a person's name."""
        start = link.mention.span.start
        is_person = self.kind(link) is Kind.PERSON
        return is_person and _OFFICIAL.search(self._text, max(0, start - _WINDOW), start) is not None

    def _as_subject(self, link: Link) -> Subject:
        """Return a mention as subject; an official who is said to speak only reports."""
        speaks = self.kind(link) is Kind.PERSON and _SPEAKING.match(self._text, link.mention.span.end)
        return Subject(link, self.kind(link), is_speaker=bool(speaks) and self.is_official(link))

    def _begins(self, clause: Span, link: Link) -> bool:
        """Tell whether nothing but times, connectives and marks stand before a mention in its clause."""
        before = _DATES.sub("", self._text[clause.start : link.mention.span.start])
        return _OPENING.fullmatch(before) is not None

    def _is_modified(self, link: Link) -> bool:
        """Tell whether a mention with a clause before it is a subject: 援助青禾县的南岸区出资."""
        span = link.mention.span
        return self._text.startswith("的", span.start - 1) and _ADVERBS_AND_VERB.match(self._text, span.end) is not None

    def _chain(self, links: Sequence[Link]) -> Link:
        """Return the head of the mentions that follow one another without a verb between them."""
        head = links[0]
        for link in links[1:]:
            gap = self._text[head.mention.span.end : link.mention.span.start]
            pattern = _PERSON_GAP if self.kind(link) is Kind.PERSON else _NAME_GAP
            if not pattern.fullmatch(gap) or COORDINATION.fullmatch(gap):
                break
            if self.kind(link) is not Kind.PROGRAMME or _ACTING.search(link.mention.name):
                head = link
        return head

    def _is_counted(self, link: Link, quantity: Quantity) -> bool:
        """Tell whether a mention is what a number counts (扶贫车间90个), or an example of it (…等9家企业)."""
        between = self._text[link.mention.span.end : quantity.span.start]
        is_last_of_list = not between and self._text.startswith(("、", "和"), link.mention.span.start - 1)
        if self.kind(link) in {Kind.PRODUCT, Kind.AWARD} or between in {"等", "等共"} or is_last_of_list:
            return True
        return self.kind(link) is Kind.PROGRAMME and _COUNTED_GAP.fullmatch(between) is not None


def without_dates(words: str) -> str:
    """Return words without the dates and years in them.

    >>> without_dates("2019年底全省")
    '全省'
    """
    return _DATES.sub("", words)


def clause_bounds(text: str, span: Span, within: Span) -> Span:
    """Return the clause around a span within limits, its marks excluded.

    >>> clause_bounds("全县退出,贫困村192个;累计", Span(8, 12), Span(0, 15))
    Span(start=5, end=12)
    """
    start = max(within.start, span.start)
    while start > within.start and text[start - 1] not in _BOUNDARIES:
        start -= 1
    end = _BOUNDARY.search(text, span.end, within.end)
    return Span(start, end.start() if end else within.end)


def last_words(text: str, span: Span, cuts: Sequence[Span]) -> Span:
    """Return the last stretch of a span that says something, where times and names cut it into stretches.

    全县森林覆盖率由2015年的31%: nothing is said between 2015年 and the number, so the words before count.
    """
    inner = sorted(cut for cut in cuts if span.contains(cut))
    starts = [span.start, *(cut.end for cut in inner)]
    ends = [*(cut.start for cut in inner), span.end]
    stretches = [Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
    telling = (each for each in reversed(stretches) if _SAYS_SOMETHING.search(each.of(text)))
    return next(telling, Span(span.end, span.end))
