"""Rules of relations about people: where they live and work, what they take part in, whom they visit.

A rule takes the story and yields the index of a scene with what it states. Posts (县委书记, 校长) are no workplaces
here: they are claims of their own.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from kg.extract.lexicon import alternatives, load_sections
from kg.extract.scenes import CAMPAIGN, Node, Scene, Statement, Story
from kg.model import Kind, Span

Stated = Iterator[tuple[int, Statement]]

_WORDS = load_sections("relations")
_HOME = frozenset({Kind.VILLAGE, Kind.TOWNSHIP, Kind.REGION})
#: How an article calls people by where they live.
_RESIDENT = alternatives(_WORDS["residents"])
_CALLED = re.compile(rf"{_RESIDENT}[、:：“]?$")
_GAP = re.compile(rf"(?:的|[（(][^）)]*[）)]|[^，,。；;：:]{{0,16}}?{_RESIDENT})?(?:，|,)?(?:今年)?\d*岁?(?:的)?")
#: A village right before 村民 that is none of the article's places: the home is there.
_UNKNOWN_HOME = re.compile(r"(?<![全本该我各同邻一个])[^\W\d_、，](?:村|社区|屯|嘎查|乡|镇)的?$")
_IS_FROM = re.compile(
    r"(?:今年)?\d*岁?[，,]?(?:老家|家)?(?:[也正可就]?是|来自|住在|家住|家在|老家在|原是)(?:[^，,。；;]{0,10})?$"
)
_RESIDENT_BEHIND = re.compile(
    rf"的?(?:一名|一位|一个|普通)?[^，,。；;]{{0,10}}?(?:{_RESIDENT}|人)|(?:历史上|里|的)?(?:第一|头一|首)[个位名]"
)
#: Sentences back in which a village may be named that a resident lives in, and those that are near.
_BACK, _NEAR = 15, 3

_WORKER = alternatives(_WORDS["workers"])
_WORKER_OF = re.compile(rf"(?:里|内)?的?(?:一名|一位)?{_WORKER}[，,]?$")
_WORKER_BEHIND = re.compile(rf"的?(?:一名|一位)?{_WORKER}")
_AT_WORK = re.compile(r"^[^，,。；;]{0,4}(?:务工|打工|上班|就业|工作|做工|干活|当[^，,。；;]{0,8}(?:员|工|师傅))")
_LABOUR = re.compile(
    r"(?:在|来|到|去|进)(车间|工厂|电站|基地|合作社|公司|园区|厂|大棚|企业)里?(?:打工|务工|上班|干活|做工|就业)"
)
_BUSY = re.compile(r"[^，,。；;]{0,8}(?:忙着|正忙|赶制|缝制|加工|正在|熟练|除草|采摘|穿针|踩着|操作|打包|分拣|包装)")
_INSIDE = re.compile(r"^[^，,。；;]{0,4}(?:里|内|中|上)|^[，,]")
_GO_TO = re.compile("(?:在|到|来到|走进|进入|去|于)[^，,。；;]{0,12}$")

#: How far behind a person the thing stands that they join, in characters: one or two clauses.
_JOIN_REACH = 40
_WITH = frozenset("与和同跟")
#: Bodies that people join, and what behind a body's name they attend only.
_HAS_MEMBERS = re.compile("合作社|联合社|协会|商会|公司|基地|车间|联盟|队|班|社$|园|农场|养殖场|厂$")
_HOLDS_MEETING = re.compile("[^，,。；;]{0,6}(?:会议|大会|会$|会[，,。]|审议|晚会|仪式|主办|举办|组织)")
_SIGNS = re.compile("[^，,。；;]{0,3}(?:签订|签约|签了|签下|合作)")
_JOIN = re.compile(alternatives(_WORDS["joining"]))
_GOES = re.compile(
    r"(?:先后|一行|深入|带队|分别|亲自|专程|再次|率队|率领[^，,]{0,12})*(?:到|赴|来到|前往|深入|走进|抵达|在)"
)
_INSPECTS = re.compile(alternatives(_WORDS["inspecting"]))
_INSPECTING = re.compile(rf"[^，,。；;]{{0,4}}(?:{_INSPECTS.pattern})")
_OFFICIAL = re.compile("(?:书记|[县区市省镇乡州]长|主席|主任|局长|部长|厅长|市长|组长|委员|司长|处长)$")


# ---- Residence -------------------------------------------------------------------------------------------------------


def find_residents(story: Story) -> Stated:
    """Yield where people live: 大庄村村民张某, 张某是大庄村的贫困户, and 村民张某 with the village named before."""
    settled = set()
    for rule in (_next_to_home, _from_home):
        for at, statement in _each(story, rule):
            settled.add(statement.subject)
            yield at, statement
    for at, scene in story.told:
        for person in scene.of({Kind.PERSON}):
            called = person.key not in settled and _is_resident(scene, person)
            home = _home_before(story, at, person) if called and not _is_from_afar(story, scene, person) else None
            if home:
                settled.add(person.key)
                yield at, home


def _each(story: Story, rule: Callable[[Scene], Iterator[Statement]]) -> Stated:
    """Yield what a rule of one scene states in all scenes."""
    for at, scene in story.told:
        for statement in rule(scene):
            yield at, statement


def _homes(scene: Scene) -> tuple[Node, ...]:
    """Return the places of one sentence where people can live."""
    return tuple(node for node in scene.places if node.kind in _HOME)


def _next_to_home(scene: Scene) -> Iterator[Statement]:
    """Read 大庄村村民张某: the place, what the person is called, the person."""
    for person in (node for node in scene.of({Kind.PERSON}) if not node.anaphor):
        home = next((node for node in reversed(_homes(scene)) if node.span.end <= person.span.start), None)
        if home and _GAP.fullmatch(scene.between(home, person)):
            yield scene.state(person, "residentOf", home, "0.95")


def _from_home(scene: Scene) -> Iterator[Statement]:
    """Read 张某是大庄村村民 and 张某来自大庄村."""
    people = scene.of({Kind.PERSON})
    for home in _homes(scene):
        person = next((node for node in reversed(people) if node.span.end <= home.span.start), None)
        gap = scene.between(person, home) if person else ""
        chain = scene.chain_start(home)
        lead = scene.text[person.span.end : chain] if person and chain >= person.span.end else gap
        behind = scene.text[home.span.end :]
        sure = home.anaphor or "来自" in lead or "住" in lead or _RESIDENT_BEHIND.match(behind)
        if person and _IS_FROM.fullmatch(lead) and sure:
            yield scene.state(person, "residentOf", home, "0.95")


def _is_from_afar(story: Story, scene: Scene, person: Node) -> bool:
    """Tell whether the last place before a person is a county or the like outside the main place's family."""
    before = [node for node in scene.places if node.span.end <= person.span.start]
    return bool(before) and before[-1].kind not in _HOME and not story.is_related(before[-1].key)


def _is_resident(scene: Scene, person: Node) -> bool:
    """Tell whether the words before a person call them a resident, and of no place that is not known."""
    called = _CALLED.search(scene.text, 0, person.span.start)
    return called is not None and not _UNKNOWN_HOME.search(scene.text, 0, called.start())


def _home_before(story: Story, at: int, person: Node) -> Statement | None:
    """Return residence at the place named last before a resident, not too far back, or at the main village."""
    scene = story.scenes[at]
    for back in range(min(at, _BACK) + 1):
        earlier = story.scenes[at - back]
        homes = [node for node in _homes(earlier) if back or node.span.end <= person.span.start]
        if homes:
            sure = Decimal("0.85") if not back else Decimal("0.75") if back < _NEAR else Decimal("0.6")
            return Statement(person.key, "residentOf", homes[-1].key, _around(scene, person), sure)
    if story.main and story.entities[story.main].kind in _HOME:
        return Statement(person.key, "residentOf", story.main, _around(scene, person), Decimal("0.6"))
    return None


def _around(scene: Scene, node: Node) -> Span:
    """Return the clause around an entity, as evidence."""
    return scene.clause(node.span.start)


# ---- Work, membership, visits ----------------------------------------------------------------------------------------


def find_workplaces(story: Story) -> Stated:
    """Yield where people work: 车间的保洁员张某, 在合作社务工, and people busy in the place that the sentence names."""
    for at, scene in story.told:
        places = scene.of({Kind.ORGANISATION, Kind.PROGRAMME})
        for person in scene.of({Kind.PERSON}):
            site = next((site for site in places if _works(scene, person, site)), None)
            if site:
                yield at, scene.state(person, "worksAt", site, "0.85")
            for place in scene.places:
                if place.span.start > person.span.end and _is_employed(scene, place):
                    yield at, scene.state(person, "worksAt", place, "0.7")


def _works(scene: Scene, person: Node, site: Node) -> bool:
    """Tell whether a sentence has a person work at a site."""
    if site.span.end <= person.span.start:
        gap = scene.between(site, person)
        busy = _BUSY.match(scene.text, person.span.end) or re.search(
            r"忙|赶制|加工|打工|干活", scene.text[person.span.end :]
        )
        here = _GO_TO.search(scene.text, 0, site.span.start) and _INSIDE.match(gap)
        return bool(_WORKER_OF.fullmatch(gap) or (site.kind is Kind.ORGANISATION and here and busy))
    return _is_employed(scene, site) or _is_worker_of(scene, person, site)


def _is_worker_of(scene: Scene, person: Node, site: Node) -> bool:
    """Tell whether a person is called a worker behind the site: 职业——某保护区的护林员."""
    lead = scene.text[person.span.end : scene.chain_start(site)]
    return bool(
        re.search("(?:是|——|担任|当上?|成为|职业)[^，,。]{0,2}$", lead)
        and _WORKER_BEHIND.match(scene.text, site.span.end)
    )


def _is_employed(scene: Scene, site: Node) -> bool:
    """Tell whether 在…务工 or the like stands around a place."""
    return bool(
        re.search(r"(?:在|到|来|去)[^，,。；;]{0,3}$", scene.text[: site.span.start])
        and _AT_WORK.match(scene.text[site.span.end :])
    )


def find_day_labour(story: Story) -> Stated:
    """Yield who works at a site named by its last word alone, behind its full name in the sentence: 来车间打工."""
    for at, scene in story.told:
        for match in _LABOUR.finditer(scene.text):
            sites = [
                node
                for node in scene.of({Kind.ORGANISATION, Kind.PROGRAMME})
                if node.span.end <= match.start() and story.name(node.key).endswith(match[1])
            ]
            people = [node for node in scene.of({Kind.PERSON}) if node.span.end <= match.start()]
            if sites and people:
                yield at, scene.state(people[-1], "worksAt", sites[-1], "0.8")


def find_members(story: Story) -> Stated:
    """Yield what people take part in: 张某入股的合作社, 张某参与“借母还羔”项目."""
    for at, scene in story.told:
        people = scene.of({Kind.PERSON})
        for thing in scene.of({Kind.ORGANISATION, Kind.PROGRAMME}):
            person = next((node for node in reversed(people) if node.span.end <= thing.span.start), None)
            words = scene.between(person, thing) if person else ""
            signs = words[-1:] in _WITH and _SIGNS.match(scene.text, thing.span.end)
            joins = _JOIN.search(words) and _can_be_joined(story, scene, thing)
            if person and len(words) <= _JOIN_REACH and (signs or joins):
                yield at, scene.state(person, "participatesIn", thing, "0.8")


def _can_be_joined(story: Story, scene: Scene, thing: Node) -> bool:
    """Tell whether a thing has members: a scheme of its own, a cooperative or a team, no meeting that a body holds."""
    name = story.name(thing.key)
    if thing.kind is Kind.PROGRAMME:
        return not CAMPAIGN.fullmatch(name)
    return bool(_HAS_MEMBERS.search(name)) and not _HOLDS_MEETING.match(scene.text, thing.span.end)


def find_visits(story: Story) -> Stated:
    """Yield whom people visit: 县委书记张某到某村、某村调研; of a chain of places the last."""
    for at, scene in story.told:
        for person in scene.of({Kind.PERSON}):
            clause = scene.clause(person.span.start, "。；;！!？?…")
            gone = [
                place for place in scene.places if person.span.end <= place.span.start and place.span.end <= clause.end
            ]
            for place in _visited(scene, person, gone, clause.end):
                yield at, scene.state(person, "visited", place, "0.85")


def _visited(scene: Scene, person: Node, gone: list[Node], end: int) -> tuple[Node, ...]:
    """Return the places that one person goes to in one clause."""
    if not gone:
        return ()
    start = scene.chain_start(gone[0])
    way = re.sub(r"^、[^，,]{0,12}?(?=到|赴|深入)", "", scene.text[person.span.end : start])
    others = r"(?:[、和与][^，,。；;]{0,20})?"
    listed = scene.coordinated(gone[0], gone)
    goal = scene.text[listed[-1].span.end : end]
    if re.fullmatch(rf"{others}[，,]?{_GOES.pattern}", way) and _INSPECTS.search(goal):
        return listed
    return ()


def find_inspections(story: Story) -> Stated:
    """Yield whom officials visit by what they do there: 在某村,县委书记张某认真询问…."""
    for at, scene in story.told:
        for person in scene.of({Kind.PERSON}):
            there = [node for node in _homes(scene) if node.span.end <= person.span.start]
            official = _OFFICIAL.search(scene.text, 0, person.span.start)
            if there and official and _INSPECTING.match(scene.text, person.span.end):
                yield at, scene.state(person, "visited", there[-1], "0.75")


PEOPLE_RULES = (find_residents, find_workplaces, find_day_labour, find_members, find_visits, find_inspections)
