"""A sentence with the entities linked in it, and the story of all sentences: what rules of relations look at.

Rules ask for what stands before, behind and between; offsets here count in the sentence. A rule states what it found
as a :class:`Statement`; making claims of statements is left to :mod:`kg.extract.relations`.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property

from kg.model import PLACE_KINDS, Document, Entity, EntityKey, Kind, Link, PostHolding, Reading, Sentence, Span

#: Kinds that can do something.
ACTORS = PLACE_KINDS | {Kind.PERSON, Kind.ORGANISATION}
#: Kinds of places that people live in and talk goes on about.
SETTLED = frozenset({Kind.TOWNSHIP, Kind.VILLAGE})
#: How many sentences the talk of a village goes on without its name; tuned on the seeds.
TALK = 8
#: The campaign at large and its branches: carried out everywhere, run by nobody in particular.
CAMPAIGN = re.compile(
    "脱贫攻坚|精准扶贫|精准脱贫|乡村振兴|建档立卡|(?:产业|就业|教育|健康|社会|金融|科技|生态|文化|行业|专项)扶贫"
)
_OFFICE = re.compile("书记|主席|主任|[县区市省镇乡州局部厅处科所站组队]长|干部|委员|队员|调研员")
#: A post behind a place, and how far behind it the name stands.
_POST = re.compile("(?:党委|党组|政府|人大|政协)?(?:常务|原|时任)?副?(?:书记|主席|主任|[县区市省镇乡州局部]长)")
_POST_REACH = 2
#: The country as the subject of a clause, and what stands before any subject.
_COUNTRY = re.compile(
    r"(?:^|[，,。；;：:“])(?:\d+年|目前|今年|去年|如今)?[，,]?(?:我国|全国|国务院|党中央|中央财政)[^，,]*$"
)
_LENDS_A_HAND = re.compile("援|帮扶|协作|结对|捐|支持|派出|选派|挂职|挂钩")
_OPENS = re.compile(r"(?:^|[，,。；;：:（(“])(?:近日|目前|日前|\d+[年月日])*[，,]?(?:在|走进|来到)?$")
_AT_LARGE = re.compile(
    "[全我该][县市区旗州省]|县[委里]|[区市州旗]委|[县区市州旗省]政府|当地政府|各(?:乡镇|乡|镇|村|地|级)|所有(?:乡镇|贫困村|行政村)"
)
_COORDINATORS = frozenset({"、", "和", "与", "及", "以及", "，", ",", "两地", "；"})


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """An entity at a place of a sentence.

    Attributes:
        span: Offsets in the sentence.
        key: The entity.
        kind: Its kind.
        inside: Whether its words are part of a longer name (甘谷县 in 甘谷县委).
        anaphor: Whether its words only point back.
        scope: Key of the place that its words narrow it to, or ().
    """

    span: Span
    key: EntityKey
    kind: Kind
    inside: bool = False
    anaphor: bool = False
    scope: EntityKey = ()

    @property
    def is_place(self) -> bool:
        """Whether it is a place of any kind."""
        return self.kind in PLACE_KINDS


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation that one sentence states.

    Attributes:
        subject: Key of the subject.
        predicate: Local name of the property.
        object: Key of the object.
        span: The words that state it, in offsets of the sentence.
        confidence: 0 to 1.
    """

    subject: EntityKey
    predicate: str
    object: EntityKey
    span: Span
    confidence: Decimal


@dataclass(frozen=True)
class Scene:
    """One sentence with its entities.

    Attributes:
        text: Its words.
        sentence: Where it stands.
        nodes: The entities in it, in text order, longer names first.
    """

    text: str
    sentence: Sentence
    nodes: tuple[Node, ...]

    @cached_property
    def whole(self) -> Span:
        """The whole sentence, as evidence."""
        return Span(0, len(self.text))

    @cached_property
    def _outer(self) -> tuple[Node, ...]:
        """The entities that are no part of a longer name."""
        return tuple(node for node in self.nodes if not node.inside)

    def of(self, kinds: Collection[Kind]) -> tuple[Node, ...]:
        """Return the entities of some kinds that are no part of a longer name, in text order."""
        outer = self._outer
        return tuple([node for node in outer if node.kind in kinds]) if outer else ()

    @cached_property
    def places(self) -> tuple[Node, ...]:
        """The places by themselves, of each chain (甘谷县大庄镇大庄村) the last alone; a body may close the chain."""
        free = self.of(PLACE_KINDS)
        return tuple(node for node in free if not self._continues(node))

    def _continues(self, place: Node) -> bool:
        """Tell whether a smaller place, or a body that is narrowed to one, stands right behind a place."""
        return any(
            other.span.start >= place.span.end
            and not self.text[place.span.end : other.span.start].strip("的（( ")
            and (other.is_place or (other.kind is Kind.ORGANISATION and other.scope not in {(), place.key}))
            for other in self.nodes
        )

    def is_affiliation(self, place: Node) -> bool:
        """Tell whether a town or county only says where an official serves: 庞家乡副乡长李某."""
        behind = _POST.match(self.text, place.span.end)
        people = (node for node in self.nodes if node.kind is Kind.PERSON and not node.anaphor)
        return (
            place.kind is not Kind.VILLAGE
            and behind is not None
            and any(0 <= node.span.start - behind.end() <= _POST_REACH for node in people)
        )

    def chain_start(self, node: Node) -> int:
        """Return where the chain of places begins that ends with an entity: 甘谷县大庄镇大庄村."""
        start = node.span.start
        for place in reversed(self.nodes):
            if place.is_place and place.span.end == start:
                start = place.span.start
        return start

    def between(self, first: Node, second: Node) -> str:
        """Return the words between two entities, the first of which stands before the second."""
        return self.text[first.span.end : second.span.start]

    def clause(self, at: int, marks: str = "，,。；;！!？?") -> Span:
        """Return the clause around an offset: up to the next marks on both sides."""
        start = min(at, len(self.text))
        while start > 0 and self.text[start - 1] not in marks:
            start -= 1
        end = _any_of(marks).search(self.text, at)
        return Span(start, end.start() if end else len(self.text))

    def coordinated(self, node: Node, among: Sequence[Node]) -> tuple[Node, ...]:
        """Return the entities of a list that ``node`` is in: joined by 、, 和, 与 and the like."""
        at = among.index(node)
        first = last = at
        while first > 0 and self._is_joined(among[first - 1], among[first]):
            first -= 1
        while last + 1 < len(among) and self._is_joined(among[last], among[last + 1]):
            last += 1
        return tuple(among[first : last + 1])

    def _is_joined(self, first: Node, second: Node) -> bool:
        """Tell whether two entities stand side by side in a list; a larger place may precede the second."""
        return self.text[first.span.end : self.chain_start(second)].strip() in _COORDINATORS

    def state(self, subject: Node, predicate: str, object_: Node, confidence: str) -> Statement:
        """Return a statement whose evidence reaches from one argument to the other."""
        span = Span(min(subject.span.start, object_.span.start), max(subject.span.end, object_.span.end))
        return Statement(subject.key, predicate, object_.key, span, Decimal(confidence))


@dataclass(frozen=True)
class Story:
    """All scenes of a reading, with its places.

    Attributes:
        document: The text.
        scenes: One a sentence, in order.
        entities: By key.
        main: Key of the main place, or None.
        officials: The people who hold a post of Party, government or village.
    """

    document: Document
    scenes: tuple[Scene, ...]
    entities: Mapping[EntityKey, Entity]
    main: EntityKey | None
    officials: frozenset[EntityKey] = frozenset()
    _ancestors: dict[EntityKey, tuple[EntityKey, ...]] = field(default_factory=dict)

    @cached_property
    def told(self) -> tuple[tuple[int, Scene], ...]:
        """The scenes with entities, each with its index."""
        return tuple((at, scene) for at, scene in enumerate(self.scenes) if scene.nodes)

    def ancestors(self, key: EntityKey) -> tuple[EntityKey, ...]:
        """Return the places that a place lies in, the nearest first."""
        if key not in self._ancestors:
            found: list[EntityKey] = []
            parent = self.entities[key].parent if key in self.entities else None
            while parent and parent not in found:
                found.append(parent)
                parent = self.entities[parent].parent if parent in self.entities else None
            self._ancestors[key] = tuple(found)
        return self._ancestors[key]

    def is_within(self, key: EntityKey) -> bool:
        """Tell whether a place is the main place or lies in it."""
        return key == self.main or self.main in self.ancestors(key)

    def is_around(self, key: EntityKey) -> bool:
        """Tell whether the main place lies in a place."""
        return self.main is not None and key in self.ancestors(self.main)

    def is_related(self, key: EntityKey) -> bool:
        """Tell whether a place is the main place, lies in it or around it."""
        return self.is_within(key) or self.is_around(key)

    def only_village(self, at: int, before: int) -> Node | None:
        """Return the village named before an offset in its sentence or the one before it, if no other is there.

        A sentence that speaks of the whole county or of all towns has left the village.
        """
        near = self.scenes[max(0, at - 1) : at + 1]
        here = [scene for scene in near if scene.sentence.paragraph == self.scenes[at].sentence.paragraph]
        villages = {node.key for scene in here for node in scene.places if node.kind is Kind.VILLAGE}
        place = self.topic(at, before, within_paragraph=True)
        return place if place and villages == {place.key} and not _AT_LARGE.search(self.scenes[at].text) else None

    def is_elsewhere(self, at: int, before: int) -> bool:
        """Tell whether the talk before an offset is of a place outside the main place's family.

        Of the same sentence the last place counts, of earlier ones in the paragraph the last that opens a clause. Where
        none is named, the talk is elsewhere if the country is the subject. A place that lends a hand is no topic.
        """
        for back, scene in enumerate(reversed(self.scenes[: at + 1])):
            if scene.sentence.paragraph != self.scenes[at].sentence.paragraph:
                break
            if not back and _COUNTRY.search(scene.text, 0, before):
                return True
            end = len(scene.text) if back else before
            named = [node for node in scene.places if node.span.end <= end and node.kind is not Kind.REGION]
            subjects = [node for node in named if not back or _OPENS.search(scene.text[: scene.chain_start(node)])]
            if subjects:
                return not self.is_related(subjects[-1].key) and not _LENDS_A_HAND.search(scene.text)
        return False

    def topic(self, at: int, before: int, *, within_paragraph: bool = False) -> Node | None:
        """Return the village or town last named before an offset of a scene, while it is talked about.

        The talk of it ends after :data:`TALK` sentences, and where the main place itself comes back.
        """
        paragraph = self.scenes[at].sentence.paragraph
        for back in range(min(at, TALK) + 1):
            scene = self.scenes[at - back]
            if within_paragraph and scene.sentence.paragraph != paragraph:
                return None
            named = [node for node in scene.nodes if back or node.span.end <= before]
            low = [place for node in named if (place := self._settled(scene, node))]
            if low:
                return low[-1]
            if any(node.key == self.main and node in scene.places for node in named):
                return None
        return None

    def _settled(self, scene: Scene, node: Node) -> Node | None:
        """Return the village or town that a place is or a body is narrowed to, within the main place."""
        if node.is_place and (node.inside or scene.is_affiliation(node)):
            return None
        key = node.key if node.is_place else node.scope
        place = self.entities.get(key)
        if place is None or place.kind not in SETTLED or not self.is_within(key):
            return None
        return Node(node.span, key, place.kind)

    def name(self, key: EntityKey) -> str:
        """Return the full name of an entity."""
        return self.entities[key].name


@cache
def _any_of(marks: str) -> re.Pattern[str]:
    """Return a pattern of single characters; rules ask for few sets of them."""
    return re.compile(f"[{re.escape(marks)}]")


def read_story(reading: Reading) -> Story:
    """Return the scenes of a reading."""
    scenes = tuple(_scenes(reading))
    posts = (claim for claim in reading.claims if isinstance(claim, PostHolding))
    officials = frozenset(post.holder for post in posts if _OFFICE.search(post.title))
    return Story(reading.document, scenes, reading.entities, reading.main_place, officials)


def _scenes(reading: Reading) -> Iterator[Scene]:
    """Yield one scene a sentence."""
    links = reading.links
    at = 0
    for sentence in reading.document.sentences:
        span = sentence.span
        while at < len(links) and links[at].mention.span.start < span.start:
            at += 1
        end = at
        while end < len(links) and links[end].mention.span.start < span.end:
            end += 1
        yield Scene(reading.document.words(span), sentence, _nodes(links[at:end], reading.entities, span.start))


def _nodes(links: Sequence[Link], entities: Mapping[EntityKey, Entity], base: int) -> tuple[Node, ...]:
    """Return the entities of one sentence, of those with the same words the first."""
    nodes: list[Node] = []
    for link in sorted(links, key=lambda link: (link.mention.span.start, -link.mention.span.end)):
        span = link.mention.span
        inside = any(other.mention.span != span and other.mention.span.contains(span) for other in links)
        own = Span(span.start - base, span.end - base)
        scope = link.mention.scope if link.mention.scope in entities else ()
        nodes.append(Node(own, link.entity, entities[link.entity].kind, inside, link.mention.anaphor, scope))
    return tuple(nodes)
