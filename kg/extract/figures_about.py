"""Whose figure it is: the entity that a number is stated of.

In this order: a named system whose digits the number explains (15个指挥部 in 1+15+109), coordinated entities that
share several values, the person before a sum, 全村 and the like before the number, the person whose age it is, the
subject of the clause and of the clauses before it, the speaker of a quotation, the topic of the paragraph, and the
place the article is about. What the nation or the world is said to have is nobody's (:mod:`kg.extract.figures_frames`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.figures_clauses import COORDINATION, Clauses, Subject
from kg.extract.figures_frames import Frames
from kg.extract.figures_rejections import Quantity
from kg.model import PLACE_KINDS, EntityKey, Kind, Link, Reading, Sentence, Span

_UPPER_KINDS = frozenset({Kind.PROVINCE, Kind.PREFECTURE, Kind.COUNTY})
_LOCAL_KINDS = frozenset({Kind.TOWNSHIP, Kind.VILLAGE})
_DISTRIBUTED = re.compile(r"分别|依次|各自?")
#: Bodies that stand for their place: what 县委、县政府 has done is a fact of the county.
_GOVERNING = re.compile(r"(?:[省市州县区旗镇乡]委|党委|党工委|政府|管委会|委常委会)$")
#: What a helper from elsewhere gives; other facts of its sentence are facts of the place helped.
_GIVING = re.compile(r"投入|支援|捐赠|捐助|捐款|出资|派出|选派|拨付|支持|援助")
#: A helper is named with what it does for the place helped.
_HELPING = re.compile(r"帮扶|对口|协作|结对|支援|援建|援助|携手|牵手")
#: One of so many: the number is a fact of the whole that is named before it.
_ONE_OF = re.compile(r"[^,，;；。:：!！?？、]{1,16}之一")
_NAME_CHARS = 8
_ADVERBIAL_CHARS = 8
_ADVERBIAL = re.compile(
    r"[“‘\s]*(?:在|据|为|自|从|随着|通过|按照|根据|截[至止]|当|经|面对|针对|围绕|依托|借助|作为|于|[12]\d{3}年)"
)
#: Bodies of the nation: what they do is a fact of no place in the graph.
_CENTRAL = re.compile(r"(?:党中央|共产党|中央|国务院)$")
#: Stands for what no entity is, so that no other answer is sought.
_NOBODY: EntityKey = ("nobody",)
_LEAST_NAMED = 4
_LEAST_CODE_DIGITS = 3


class Subjects:
    """Answers whose figure it is, for one reading."""

    def __init__(self, reading: Reading) -> None:
        """Take the reading with its links resolved."""
        self._reading = reading
        self._text = reading.document.text
        self._clauses = Clauses(reading)
        self._frames = Frames(reading, _main_topic(reading))
        self._known: dict[Span, EntityKey | None] = {}
        self._paragraphs: dict[int, list[Sentence]] = {}
        for sentence in reading.document.sentences:
            self._paragraphs.setdefault(sentence.paragraph, []).append(sentence)

    def about(self, sentence: Sentence, quantity: Quantity, group: Sequence[Quantity]) -> EntityKey | None:
        """Return the entity a quantity is stated of; None where no entity fits.

        Args:
            sentence: The sentence.
            quantity: The quantity.
            group: The quantities that stand in one list with it (分别达到80%、76%), itself among them.
        """
        key = self._whose(sentence, quantity, group)
        return None if key == _NOBODY else key

    def is_of_whole(self, sentence: Sentence, quantity: Quantity, group: Sequence[Quantity]) -> bool:
        """Tell whether a quantity is stated of what no entity is: the nation, the world, a state leader's words."""
        return self._whose(sentence, quantity, group) == _NOBODY

    def _whose(self, sentence: Sentence, quantity: Quantity, group: Sequence[Quantity]) -> EntityKey | None:
        """Return whose a quantity is; of one that is asked for again the answer is known."""
        if quantity.span not in self._known:
            self._known[quantity.span] = self._first_answer(sentence, quantity, group)
        return self._known[quantity.span]

    def _first_answer(self, sentence: Sentence, quantity: Quantity, group: Sequence[Quantity]) -> EntityKey | None:
        """Return the first answer that the ways of telling whose a quantity is give, in their order."""
        return (
            self._system(sentence, quantity)
            or self._distributed(sentence, quantity, group)
            or self._recipient(quantity)
            or self._described(sentence, quantity)
            or self._pointed(sentence, quantity)
            or self._aged(sentence, quantity)
            or self._subject(sentence, quantity)
            or self._topic(sentence, quantity)
            or self._frames.main_place(sentence)
        )

    def is_person(self, key: EntityKey) -> bool:
        """Tell whether an entity is a person."""
        return self._reading.entities[key].kind is Kind.PERSON

    # ---- Told by the words beside the number -----------------------------------------------------------------------

    def _system(self, sentence: Sentence, quantity: Quantity) -> EntityKey | None:
        """Return the named system whose name holds the number: 4支力量 of the 1324攻坚体系, the next one first."""
        value = quantity.number.value
        if value != value.to_integral() or quantity.unit.dimension not in {"count", "persons"}:
            return None
        links = self._clauses.links(sentence.span)
        for link in sorted(links, key=lambda each: each.mention.span.start < quantity.span.start):
            is_system = self._clauses.kind(link) is Kind.PROGRAMME and not link.mention.span.overlaps(quantity.span)
            if is_system and str(value.to_integral()) in _parts_named_by(link, quantity.span):
                return link.entity
        return None

    def _distributed(self, sentence: Sentence, quantity: Quantity, group: Sequence[Quantity]) -> EntityKey | None:
        """Return the entity that a value of several belongs to: 武川、强湾…分别达到80%、76%."""
        before = Span(sentence.span.start, group[0].span.start)
        is_shared = len(group) > 1 and _DISTRIBUTED.search(self._text, before.start, before.end)
        links = [link for link in self._clauses.links(before) if not link.mention.anaphor] if is_shared else []
        chosen = links[-len(group) :]
        if len(chosen) < len(group):
            return None
        gaps = (self._text[one.mention.span.end : two.mention.span.start] for one, two in pairwise(chosen))
        return chosen[list(group).index(quantity)].entity if all(map(COORDINATION.fullmatch, gaps)) else None

    def _recipient(self, quantity: Quantity) -> EntityKey | None:
        """Return the person whose name stands straight before a sum: 资助王大力5万元."""
        start = quantity.span.start
        links = self._clauses.links(Span(max(0, start - _NAME_CHARS), start))
        if not links or links[-1].mention.span.end != start or quantity.unit.dimension != "money":
            return None
        return links[-1].entity if self._clauses.kind(links[-1]) is Kind.PERSON else None

    def _described(self, sentence: Sentence, quantity: Quantity) -> EntityKey | None:
        """Return the place that a number describes (340口人的源头村), or one whose members it counts (…23个县之一)."""
        end = quantity.span.end
        if quantity.unit.dimension in {"persons", "households"} and self._text.startswith("的", end):
            after = self._clauses.links(Span(end + 1, min(end + 1 + _NAME_CHARS, sentence.span.end)))
            if after and after[0].mention.span.start == end + 1 and self._clauses.kind(after[0]) in PLACE_KINDS:
                return after[0].entity
        if not _ONE_OF.match(self._text, end):
            return None
        before = self._clauses.links(
            Span(max(sentence.span.start, quantity.span.start - _NAME_CHARS), quantity.span.start)
        )
        is_beside = before and before[-1].mention.span.end == quantity.span.start
        return before[-1].entity if is_beside and self._clauses.kind(before[-1]) in PLACE_KINDS else None

    def _pointed(self, sentence: Sentence, quantity: Quantity) -> EntityKey | None:
        """Return the place that 全村, 全县 or 村里 in the same clause points back to."""
        clause = self._clauses.opening(sentence, quantity.span)
        links = self._clauses.links(Span(clause.start, quantity.span.start))
        pointing = [link for link in links if link.mention.anaphor and self._clauses.kind(link) in PLACE_KINDS]
        return pointing[-1].entity if pointing and not self._clauses.is_object(pointing[-1]) else None

    def _aged(self, sentence: Sentence, quantity: Quantity) -> EntityKey | None:
        """Return the person whose age is given: 王大力今年51岁, 48岁的养蜂人王大力."""
        if quantity.unit.dimension != "age":
            return None
        clause = self._clauses.opening(sentence, quantity.span)
        before = self._people(Span(clause.start, quantity.span.start))
        after = self._people(Span(quantity.span.end, sentence.span.end))
        return next((link.entity for link in (*reversed(before), *after)), None)

    # ---- Told by the subject ---------------------------------------------------------------------------------------

    def _subject(self, sentence: Sentence, quantity: Quantity) -> EntityKey | None:
        """Return the subject of the nearest clause that has one, from the quantity backwards within its sentence."""
        lower = self._speech_start(sentence, quantity.span.start)
        clauses = self._clauses.split(Span(lower, quantity.span.start))
        for clause in reversed(clauses):
            founded = self._clauses.founded(clause) if clause != clauses[-1] else None
            subject = founded or self._clauses.subject_of(clause, quantity)
            if subject and not subject.is_speaker:
                return self._meant_by(subject, clauses[-1], clause)
            if self._frames.names_whole(clause):
                return _NOBODY
            if self._text[clause.start - 1] in ";；" and self._opens_with_organisation(Span(lower, clause.start)):
                break
        return self._speaker(sentence, quantity.span)

    def _topic(self, sentence: Sentence, quantity: Quantity) -> EntityKey | None:
        """Return the subject that the sentences before leave, the nearest sentence first."""
        paragraph = self._paragraphs[sentence.paragraph]
        for each in reversed([each for each in paragraph if each.span.end <= sentence.span.start]):
            clauses = self._clauses.split(each.span)
            subject = self._topic_of(clauses, quantity)
            meant = self._meant_by(subject, sentence.span, each.span) if subject else _NOBODY
            if meant != _NOBODY:
                return meant
            if self._frames.is_led(each.span) or any(map(self._frames.names_whole, clauses)):
                return _NOBODY
        return None

    def _topic_of(self, clauses: Sequence[Span], quantity: Quantity) -> Subject | None:
        """Return what a sentence leaves as topic: an enterprise it founds, else its first subject."""
        founded = next((found for clause in clauses if (found := self._clauses.founded(clause))), None)
        subjects = (
            (at, subject)
            for at, clause in enumerate(clauses)
            if (subject := self._clauses.subject_of(clause, quantity))
        )
        topics = (
            each
            for at, each in subjects
            if not each.is_speaker
            and not self._frames.is_leader(each.link.entity)
            and not self._clauses.is_listed(each.link)
            and (each.kind not in _LOCAL_KINDS or self._opens(clauses[:at]))
            and (each.kind is not Kind.PERSON or quantity.unit.dimension != "households")
        )
        return founded or next(topics, None)

    def _opens(self, before: Sequence[Span]) -> bool:
        """Tell whether the clauses before a place are adverbials, so that it opens its sentence: 近年来,…."""
        return all(len(clause) <= _ADVERBIAL_CHARS or _ADVERBIAL.match(clause.of(self._text)) for clause in before)

    def _meant_by(self, subject: Subject, clause: Span, stated_in: Span) -> EntityKey | None:
        """Return whom a subject stands for: a government for its place, a helper for the place it helps.

        A helper is a county or higher place that is not the article's; what it gives is its own figure still.
        """
        main, key = self._reading.main_place, subject.link.entity
        name = self._reading.entities[key].name
        if self._frames.is_leader(key) or (subject.kind is Kind.ORGANISATION and _CENTRAL.search(name)):
            return _NOBODY
        if subject.kind is Kind.ORGANISATION and _GOVERNING.search(name):
            place = ("place", *key[1:2])
            return place if place in self._reading.entities else main
        if main is None or key == main or subject.kind not in _UPPER_KINDS or self._holds(key, main):
            return key
        is_helper = _HELPING.search(self._text, stated_in.start, stated_in.end)
        is_own = not is_helper or clause == stated_in or _GIVING.search(self._text, clause.start, clause.end)
        return key if is_own else main

    def _holds(self, key: EntityKey, other: EntityKey) -> bool:
        """Tell whether a place holds another."""
        entity = self._reading.entities.get(other)
        while entity and entity.parent:
            if entity.parent == key:
                return True
            entity = self._reading.entities.get(entity.parent)
        return False

    def _opens_with_organisation(self, span: Span) -> bool:
        """Tell whether an organisation opens a sentence: after a semicolon the sentence speaks of something else."""
        links = self._clauses.links(span)
        return bool(links) and self._clauses.kind(links[0]) is Kind.ORGANISATION

    # ---- Told by who speaks ----------------------------------------------------------------------------------------

    def _speech_start(self, sentence: Sentence, offset: int) -> int:
        """Return where the speech around an offset begins, or the sentence if it is in none."""
        text = self._text[sentence.span.start : offset]
        opened, closed = text.rfind("“"), text.rfind("”")
        return sentence.span.start + opened + 1 if opened > closed else sentence.span.start

    def _speaker(self, sentence: Sentence, span: Span) -> EntityKey | None:
        """Return who speaks the words around a span: a person who is no official, or an organisation's spokesman."""
        speech = self._speech(sentence, span)
        link = next(self._beside(sentence, speech), None) if speech else None
        if link is None or self._frames.is_leader(link.entity):
            return None if link is None else _NOBODY
        return None if self._clauses.is_official(link) else link.entity

    def _speech(self, sentence: Sentence, span: Span) -> Span | None:
        """Return the quotation around a span within its paragraph, or None."""
        paragraph = self._paragraphs[sentence.paragraph]
        low, high = paragraph[0].span.start, paragraph[-1].span.end
        opened, closed = self._text.rfind("“", low, span.start), self._text.find("”", span.end, high)
        is_open = opened >= 0 and self._text.find("”", opened, span.start) < 0
        return Span(opened, closed + 1) if is_open and closed >= 0 else None

    def _beside(self, sentence: Sentence, speech: Span) -> Iterator[Link]:
        """Yield the mentions whose words a speech may be: people after it, organisations after it, people before it."""
        paragraph = self._paragraphs[sentence.paragraph]
        after = re.match(r"[^。!！?？“”]*", self._text[speech.end : paragraph[-1].span.end])
        following = Span(speech.end, speech.end + (after.end() if after else 0))
        yield from self._people(following)
        yield from (link for link in self._clauses.links(following) if self._clauses.kind(link) is Kind.ORGANISATION)
        yield from reversed(self._people(Span(paragraph[0].span.start, speech.start)))

    def _people(self, span: Span) -> tuple[Link, ...]:
        """Return the links to persons within a span."""
        return tuple(link for link in self._clauses.links(span) if self._clauses.kind(link) is Kind.PERSON)


def _main_topic(reading: Reading) -> EntityKey | None:
    """Return the place that figures without a subject are about: mostly the main place.

    An article that names one village or township far more often than the county around it is that place's story.
    """
    counts = Counter(link.entity for link in reading.links if reading.entities[link.entity].kind in PLACE_KINDS)
    key, most = next(iter(counts.most_common(1)), (reading.main_place, 0))
    is_local = key is not None and key in reading.entities and reading.entities[key].kind in _LOCAL_KINDS
    is_story = is_local and most >= _LEAST_NAMED and most > 2 * counts[reading.main_place or ()]
    return key if is_story or reading.main_place is None else reading.main_place


def _parts_named_by(link: Link, span: Span) -> list[str]:
    """Return the numbers of parts that a system's name gives: 1, 15 and 109, or the digits of 1324 told before it."""
    numbers = re.findall(r"\d+", link.mention.name)
    if len(numbers) > 1:
        return numbers
    is_code = bool(numbers) and len(numbers[0]) >= _LEAST_CODE_DIGITS and link.mention.span.start > span.end
    return [*numbers[0]] if is_code else []
