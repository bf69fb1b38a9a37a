"""Rules of relations about programmes: where they are carried out, of what parts they are, what is an instance."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.lexicon import alternatives, load_sections
from kg.extract.quotations import is_numeral_name
from kg.extract.scenes import CAMPAIGN, Node, Scene, Statement, Story
from kg.extract.systems import find_parts
from kg.model import EntityKey, Kind, Span

Stated = Iterator[tuple[int, Statement]]

_WORDS = load_sections("relations")
_ADJACENT = re.compile(r"[的“「‘《\s]*")
_SUBJECT_START = re.compile(r"(?:^|[，,。；;：:—、\s(（]|[在由据于日]|指导|督促|支持|帮助|引导|组织|推动|要求)$")
_CARRIES = re.compile(alternatives(_WORDS["carrying out"]))
#: What a place from elsewhere does that only helps.
_HELPS = re.compile("援|帮扶|协作|结对|捐|支持|派出|投入")
_HELD_IN = re.compile(r"[^，,。；;]{0,12}?(?:在|于|落户)")
_HOLDS = re.compile(r"[^，,。；;]{0,2}(?:举办|举行|召开|推行|实施|开展)")
_HELD = re.compile(r"[^，,。；;]{0,6}(?:举行|举办|启动|召开|揭牌|落地|实施|开展|推行|试点|开工|建成|揭幕)")
_TOUR = re.compile(r"(?:赴|到|在|走进)$")
#: A person whose teaching is named does nothing in the sentence.
_THOUGHT = re.compile("(?:总书记|同志)?(?:新时代|关于|思想|重要)")
_PART_LENGTH = 4
_TIED, _SAID, _UNTIED, _PART = Decimal("0.85"), Decimal("0.8"), Decimal("0.75"), Decimal("0.6")

#: Letters at the end of a body's name that a short form keeps: 公司.
_ENDING = 2
_INSTANCE_OF = re.compile(r"等(?:\d+|[一二三四五六七八九十两几]+)?[个家处座所]?[“]?$")


# ---- Where programmes are carried out --------------------------------------------------------------------------------


def find_implementations(story: Story) -> Stated:
    """Yield where each programme is carried out: at the smallest places said of it, else at the main place.

    Where at least one mention is tied to no smaller place, the main place is meant there.
    """
    default: dict[EntityKey, tuple[int, Statement]] = {}
    for at, scene in story.told:
        for programme in scene.of({Kind.PROGRAMME}):
            if _is_modifier(story, scene, programme):
                continue
            tied = () if CAMPAIGN.fullmatch(story.name(programme.key)) else _tied_places(story, scene, programme)
            for place in tied:
                yield at, Statement(programme.key, "implementedIn", place.key, _joint(scene, place, programme), _TIED)
            if not tied and story.main and not story.is_elsewhere(at, programme.span.start):
                default.setdefault(programme.key, (at, _at_large(story, at, programme)))
    yield from default.values()


def _joint(scene: Scene, place: Node, programme: Node) -> Span:
    """Return the words from a place to a programme, or the other way round."""
    return scene.state(programme, "implementedIn", place, "0").span


def _at_large(story: Story, at: int, programme: Node) -> Statement:
    """Return that a programme is carried out in the village that the talk is of, or in the main place."""
    at_large = CAMPAIGN.fullmatch(story.name(programme.key))
    visited = any(node.key in story.officials for node in story.scenes[at].of({Kind.PERSON}))
    place = None if at_large or visited else story.only_village(at, programme.span.start)
    key = place.key if place else _subject_around(story, story.scenes[at], programme) or story.main or ()
    sure = _PART if len(programme.key) == _PART_LENGTH else _UNTIED
    return Statement(programme.key, "implementedIn", key, story.scenes[at].clause(programme.span.start), sure)


def _subject_around(story: Story, scene: Scene, programme: Node) -> EntityKey | None:
    """Return the province or the like around the main place that is the subject of a sentence, if none is nearer."""
    before = [node for node in scene.places if node.span.end <= programme.span.start]
    opening = [node for node in before if _SUBJECT_START.search(scene.text[: scene.chain_start(node)])]
    around = opening and not before[-1].anaphor and before[-1] is opening[-1] and story.is_around(before[-1].key)
    return before[-1].key if around else None


def _is_modifier(story: Story, scene: Scene, programme: Node) -> bool:
    """Tell whether the campaign at large only modifies the next name: 脱贫攻坚“冲刺90天打赢歼灭战”."""
    following = (node for node in scene.of({Kind.PROGRAMME}) if node.span.start >= programme.span.end)
    return CAMPAIGN.fullmatch(story.name(programme.key)) is not None and any(
        _ADJACENT.fullmatch(scene.text[programme.span.end : node.span.start]) for node in following
    )


def _tied_places(story: Story, scene: Scene, programme: Node) -> tuple[Node, ...]:
    """Return the places that one mention of a programme is tied to: beside it, where it is held, or the subject."""
    places = [node for node in scene.places if not (node.anaphor and story.is_around(node.key))]
    before = [node for node in places if node.span.end <= programme.span.start]
    if before and _is_beside(scene, before[-1], programme):
        return scene.coordinated(before[-1], scene.places)
    held = _held_at(scene, programme, places)
    if held:
        return held
    subject = next((node for node in reversed(before) if _is_subject(story, scene, node, programme)), None)
    body = _through_body(story, scene, programme)
    return scene.coordinated(subject, scene.places) if subject and not body else body


def _is_beside(scene: Scene, place: Node, programme: Node) -> bool:
    """Tell whether a place stands right before a programme: 宽阔镇“我有十亩地”."""
    if place.span.end > programme.span.start:
        return False
    gap = scene.between(place, programme)
    for node in scene.of({Kind.PROGRAMME}):
        if place.span.end <= node.span.start and node.span.end <= programme.span.start:
            gap = gap.replace(node.span.of(scene.text), "")
    return bool(_ADJACENT.fullmatch(gap))


def _held_at(scene: Scene, programme: Node, related: list[Node]) -> tuple[Node, ...]:
    """Return the places of 赴某地、某地举办推介会 and 推介会在某地举行; 在全省率先实施 names none."""
    clause = scene.clause(programme.span.start)
    for place in (node for node in scene.places if node in related or not node.anaphor):
        listed = scene.coordinated(place, scene.places)
        start, end = scene.chain_start(listed[0]), listed[-1].span.end
        led = clause.start <= end <= programme.span.start and _TOUR.search(scene.text, 0, start)
        if led and _HOLDS.match(scene.text, end):
            return listed
        behind = programme.span.end <= start and _HELD_IN.fullmatch(scene.text, programme.span.end, start)
        if behind and _HELD.match(scene.text, end):
            return listed
    return ()


def _is_subject(story: Story, scene: Scene, place: Node, programme: Node) -> bool:
    """Tell whether a place is the subject of the words around a programme, nobody else standing between."""
    words = scene.between(place, programme)
    others = [
        n
        for n in scene.of({Kind.PERSON})
        if place.span.end <= n.span.start <= programme.span.start and not _THOUGHT.match(scene.text, n.span.end)
    ]
    if others or not _SUBJECT_START.search(scene.text[: scene.chain_start(place)]):
        return False
    if place.key == story.main:
        return True
    if not story.is_related(place.key) and _HELPS.search(words):
        return False
    return bool(_CARRIES.search(words)) and not re.match("[^，,。；;]{0,6}(?:村民|贫困户|群众|农户|的)", words)


def _through_body(story: Story, scene: Scene, programme: Node) -> tuple[Node, ...]:
    """Return the place that a village's or town's body is narrowed to that carries out a programme.

    The node stands where the body does: its words are the evidence.
    """
    for body in reversed(scene.of({Kind.ORGANISATION})):
        near = body.span.end <= programme.span.start and _CARRIES.search(scene.between(body, programme))
        inside = [n.key for n in scene.nodes if n.is_place and n.inside and body.span.contains(n.span)]
        for key in (body.scope, *inside):
            if near and key and key != story.main and story.is_within(key):
                return (Node(body.span, key, story.entities[key].kind),)
    return ()


# ---- Parts and instances ---------------------------------------------------------------------------------------------


def find_components(story: Story) -> Stated:
    """Yield the parts of named systems: programmes and bodies where the sentence lists them."""
    for at, scene in story.told:
        for whole in scene.of({Kind.PROGRAMME}):
            if CAMPAIGN.fullmatch(story.name(whole.key)):
                continue
            for part in find_parts(scene.text, whole.span):
                for node in _at(scene, part) or _short_for(story, part.of(scene.text), part):
                    yield at, scene.state(whole, "hasComponent", node, "0.85")
            following = None if len(whole.key) == _PART_LENGTH else _numbered_behind(scene, whole)
            if following:
                yield at, scene.state(whole, "hasComponent", following, "0.7")


def _short_for(story: Story, words: str, part: Span) -> tuple[Node, ...]:
    """Return the only body of the article that a part's words are short for, at the part: 农发公司.

    All letters of the short form stand in the full name in their order, the last two at its end.
    """
    bodies = {node.key for scene in story.scenes for node in scene.of({Kind.ORGANISATION})}
    meant = [key for key in sorted(bodies) if _is_short_for(words, story.name(key))]
    return (Node(part, meant[0], Kind.ORGANISATION),) if len(meant) == 1 else ()


def _is_short_for(words: str, name: str) -> bool:
    """Tell whether some words are short for a name."""
    letters = iter(name)
    shorter = len(name) > len(words) > _ENDING
    return shorter and name.endswith(words[-_ENDING:]) and all(letter in letters for letter in words)


def _numbered_behind(scene: Scene, whole: Node) -> Node | None:
    """Return the numeral name in marks right behind a programme's: 农村产业革命“八要素”."""
    behind = (node for node in scene.of({Kind.PROGRAMME}) if node.span.start == whole.span.end + 1)
    node = next(behind, None)
    marked = node and scene.text[whole.span.end] in "“「" and is_numeral_name(node.span.of(scene.text))
    return node if marked else None


def _at(scene: Scene, part: Span) -> tuple[Node, ...]:
    """Return the longest programme or body within the words of a part."""
    found = [
        node
        for node in scene.nodes
        if node.kind in {Kind.PROGRAMME, Kind.ORGANISATION}
        and part.contains(node.span)
        and 2 * len(node.span) >= len(part)
    ]
    return tuple(sorted(found, key=lambda node: (-len(node.span), node.key))[:1])


def find_instances(story: Story) -> Stated:
    """Yield the bodies that are instances of a programme: 新华镇集镇扶贫车间, 某合作社等9个“扶贫车间”."""
    programmes = {node.key for scene in story.scenes for node in scene.of({Kind.PROGRAMME})}
    for at, scene in story.told:
        for body in scene.of({Kind.ORGANISATION}):
            for key in sorted(programmes):
                if story.name(body.key).endswith(story.name(key)) and story.name(body.key) != story.name(key):
                    yield at, Statement(body.key, "participatesIn", key, body.span, Decimal("0.85"))
            for programme in scene.of({Kind.PROGRAMME}):
                if body.span.end <= programme.span.start and _INSTANCE_OF.fullmatch(scene.between(body, programme)):
                    yield at, scene.state(body, "participatesIn", programme, "0.85")


SCHEME_RULES = (find_implementations, find_components, find_instances)
