"""Rules of relations about bodies: where they are, who founded what, who helps whom, who runs a programme."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.lexicon import alternatives, load_sections
from kg.extract.quotations import is_numeral_name
from kg.extract.scenes import CAMPAIGN, SETTLED, Node, Scene, Statement, Story
from kg.model import DIVISION_KINDS, EntityKey, Kind

Stated = Iterator[tuple[int, Statement]]

_WORDS = load_sections("relations")
_NATIONAL = "00"
_PART_LENGTH = 4
#: How far behind a body the programme stands that it runs, in characters: one or two clauses.
_RUN_REACH = 60
#: Not followed by what makes another word of it: 党组成员.
_FOUND = rf"{alternatives(_WORDS['founding'])}(?!员)"
_FOUNDING = re.compile(rf"{_FOUND}(?:成立|建成|组建)?(?:了|起了?|出)?")
#: What is only planned, supported or relied on is not founded.
_PLANNED = re.compile(
    "(?:支持|推动|推进|鼓励|引导|计划|拟|将|要|力争|规划|加快|争取|准备|打算|建议|致力于|有望|目标|希望|提出|决定|参与|服务|依托|正在|正|着力|努力|全力)[^，,]{0,4}$"
)
#: What stands between the verb and the thing founded where another thing is founded.
_ANOTHER_THING = re.compile("[由以与在向到]$|赴|奔|贯彻|落实|变身|成为|依托|通过|为组长|参加")
#: Before the verb where nobody is named: time, adverbs.
_NOBODY = re.compile(
    r"(?:[^，,]{0,6}[年月日起来初底]|期间|目前)?(?:还|又|已|已经|先后|共|累计|新|并|相继|牵头|积极|同时|专门|也|就|陆续)*"
)
_SET_UP = re.compile("成立|组建|创办|创建|兴办|建成|建起|建立|设立|办起|开办|领办|创排|排演|新建|修建|组成|筹建")
_FOUNDED_FIRST = re.compile(rf"由(?P<who>[^，,。；;]*?)(?:新|共同|联合|牵头|投资)*{_FOUND}的?[^，,。；;]*$")
_SITE = re.compile("(?:平台|电站|园|苑|小区|家园|基地|中心|超市|银行|市场|公司|合作社|工作站|大棚|水厂)$")
_STANDS_IN = re.compile("(?:就|也|便)?(?:建在|位于|坐落于|坐落在|设在|地处|落户|入驻|开在|办在)")
_SETS_UP = re.compile("[^，,。；;]{0,4}(?:办起|建起|投资|开办|设立|建成|建设|创办)")
_FROM_ELSEWHERE = re.compile("[从与和向被给由]$")
_RELIED_ON = re.compile("(?:依托|借助|通过|利用|借力|引进|在|到|与|和)$")
_FOUNDERS = frozenset({*DIVISION_KINDS, Kind.PERSON, Kind.ORGANISATION})
_CREATED_KINDS = frozenset({Kind.ORGANISATION, Kind.WORK, Kind.PROGRAMME})
_HELP = re.compile(alternatives(_WORDS["helping"]))
#: How far from a verb of helping the helper and the helped stand, in characters.
_HELP_REACH, _HELPED_REACH = 40, 24
#: Help of any kind, in emergencies too: it counts where the helped stands right behind.
_LENT = re.compile("支援|援助")
_IS = re.compile("(?:曾|原|就)?是")
_OF = re.compile("的?")
#: What a helper is called behind the verb of helping: 对口帮扶的央企, 定点帮扶单位.
_HELPER_ROLE = re.compile(
    "的?(?:[一二两三四五六七八九十几]家|牵头|责任|主要|中央)*(?:单位|企业|央企|国企|民企|高校|医院|银行|部门|机关|省份|城市|省|市|区)[，,—:：]*"
)
_IS_CALLED = re.compile("(?:曾|原|就|正|也|便)?(?:是|作为|系|成为)了?")
_TOWARDS = re.compile("[与和对向为给到在赴至同跟]$")
_AIMED_AT = re.compile("[为给到在赴至向]$")
#: What behind a place says that only some people or bodies in it are meant.
_ITS_BODIES = re.compile(r"等?[\d一二三四五六七八九十两几多]*家?[^，,。；;]{0,4}(?:分行|行|企业|公司|高校|医院|学校)")
_ONLY_PART = re.compile("各级|地区|人(?!民)|籍")
_HELPERS = frozenset({Kind.PREFECTURE, Kind.COUNTY, Kind.PROVINCE, Kind.ORGANISATION})
_RUNS = re.compile(alternatives(_WORDS["running"]))
_ANNOUNCES = re.compile("发出|印发|下发|启动|部署|召开|出台")
#: What stands before a body that runs something: it is the subject, or was brought in, or is relied on.
_RUNNER_LEAD = re.compile(
    r"(?:^|[，,。；;：:、—\s（(“”]|由|从|与|发挥|支持|委托|日|(?:引进|引入|成立|组建|依托|依靠)了?)$"
)
_SUBJECT_LEAD = re.compile(r"(?:^|[，,。；;：:—\s（(“”])$")
#: 全国妇联巾帼扶贫“…”活动: a programme named right behind the body.
_OWN_PROGRAMME = re.compile(r"[^，,。；;、等\d]{0,8}“")
_RELIED_ON_WITH_OTHERS = re.compile(
    "[^，,。；;]*(?:依托|依靠)?[、][^，,]{0,12}等|[^，,。；;]*(?:依托|依靠)[^，,]{0,12}等"
)
_POST = re.compile(f"[^，,。；;]{{0,4}}{alternatives(_WORDS['posts'])}")
_POST_REACH = 10
_IS_RATED = re.compile("评为|列为|入选|荣获|获评|纳入")
_ROLES = re.compile(r"发挥$")
_AUTHORITY = re.compile("(?:县委|区委|旗委|县政府|区政府|旗政府|人民政府|政府|人大常委会|政协|扶贫办)$")
#: Authorities that no place founds.
_STATE = re.compile(
    "(?:[省市州县区旗盟]|党中|中共中)(?:党委|委|政府|央|人民政府|纪委|人大|政协)$|国务院|人大常委会|全国人大|法院|检察院|部$"
)
_PARTY = re.compile("^(?:中国共产党|党中央|中共中央|国务院|中央)$")
_HIGHER = re.compile("(?:省|市|州)(?:委|政府|人民政府)$")
_BUSINESS = re.compile(f"{alternatives(_WORDS['businesses'])}|厂$")
_LARGE = re.compile(alternatives(_WORDS["large bodies"]))


# ---- Place -----------------------------------------------------------------------------------------------------------


def find_locations(story: Story) -> Stated:
    """Yield where each organisation is: as said, in or before its name, where founded, else where the talk is."""
    told: set[EntityKey] = set()
    for rule in (_as_said, _by_name, _by_founder, _by_talk):
        for at, scene in story.told:
            for body in scene.of({Kind.ORGANISATION}):
                said = None if body.anaphor or body.key in told else rule(story, at, body)
                if said:
                    told.add(body.key)
                    yield at, said


def _as_said(story: Story, at: int, body: Node) -> Statement | None:
    """Return the place of 某小学建在某村某屯, 某公司在某村办起…."""
    scene = story.scenes[at]
    for place in scene.places:
        lead = scene.text[body.span.end : scene.chain_start(place)] if place.span.start >= body.span.end else ""
        if _STANDS_IN.fullmatch(lead) or (lead == "在" and _SETS_UP.match(scene.text, place.span.end)):
            return scene.state(body, "locatedIn", place, "0.9")
    return None


def _by_name(story: Story, at: int, body: Node) -> Statement | None:
    """Return the smallest place within a body's words, right before them, or that narrows it."""
    scene = story.scenes[at]
    within = [node for node in scene.nodes if node.is_place and body.span.contains(node.span)]
    before = [node for node in scene.places if node.span.end <= body.span.start]
    if within and (within[-1].key != story.main or _is_official(story, body)):
        return scene.state(body, "locatedIn", within[-1], "0.9")
    if before and scene.between(before[-1], body) in {"", "的", "“", "("} and before[-1].key != story.main:
        return scene.state(body, "locatedIn", before[-1], "0.9")
    if body.scope and body.scope != story.main:
        return Statement(body.key, "locatedIn", body.scope, body.span, Decimal("0.9"))
    return None


def _by_founder(story: Story, at: int, body: Node) -> Statement | None:
    """Return the village or town that founded a body, or whose own body did."""
    scene = story.scenes[at]
    verb = _founding_before(scene, body)
    for founder in _founders(scene, verb) if verb is not None else ():
        key = founder.key if founder.is_place else founder.scope
        if key in story.entities and story.entities[key].kind in SETTLED:
            return Statement(
                body.key, "locatedIn", key, scene.state(body, "locatedIn", founder, "0").span, Decimal("0.8")
            )
    return None


def _is_official(story: Story, body: Node) -> bool:
    """Tell whether a body is one of Party, government or the whole county, not of a village or business."""
    return not _BUSINESS.search(story.name(body.key))


def _by_talk(story: Story, at: int, body: Node) -> Statement | None:
    """Return the village that the talk is of for a business or school, else the place of the body's key."""
    scene = story.scenes[at]
    home = _home_of(story, body)
    free = not _is_official(story, body) and not _FROM_ELSEWHERE.search(scene.text, 0, body.span.start)
    bears_home = home is not None and story.name(body.key).startswith(story.name(home)[:2])
    topic = story.topic(at, body.span.start) if free and not bears_home else None
    key = topic.key if topic else home
    sure = Decimal("0.75") if topic else Decimal("0.7")
    return Statement(body.key, "locatedIn", key, scene.clause(body.span.start), sure) if key else None


def _is_foreign(story: Story, body: Node) -> bool:
    """Tell whether a body is a large enterprise or the like that no place of the article owns."""
    return bool(_LARGE.search(story.name(body.key))) and not body.scope


def _home_of(story: Story, body: Node) -> EntityKey | None:
    """Return the place in a body's key, or the main place; None for national and foreign bodies."""
    own = ("place", body.key[1])
    if len(body.key) > 2 and own in story.entities and (own != story.main or not _is_foreign(story, body)):  # noqa: PLR2004 - kind, place, name
        return own
    return None if body.key[1] == _NATIONAL or _is_foreign(story, body) else story.main


# ---- Founding --------------------------------------------------------------------------------------------------------


def find_founders(story: Story) -> Stated:
    """Yield who founded, built or staged a named thing: 甘谷县组建某公司, 由甘谷县创排的《…》."""
    for at, scene in story.told:
        for thing in scene.of(_CREATED_KINDS):
            verb = _founding_before(scene, thing) if _can_be_founded(story, thing) else None
            if verb is None:
                continue
            founders = _founders(scene, verb)
            for founder in founders:
                yield at, _created(story, scene, founder, thing)
            if not founders and story.main and _founded_by_nobody(story, at, thing, verb):
                yield at, Statement(story.main, "created", thing.key, scene.clause(thing.span.start), Decimal("0.65"))


def _can_be_founded(story: Story, thing: Node) -> bool:
    """Tell whether a thing is a site, a business or a work, no authority of Party and state and no counted scheme."""
    name = story.name(thing.key)
    if thing.kind is Kind.PROGRAMME:
        return bool(_SITE.search(name)) and not is_numeral_name(name)
    return not _STATE.search(name)


def _founded_by_nobody(story: Story, at: int, thing: Node, verb: int) -> bool:
    """Tell whether a clause says that something was set up and names nobody, so that the main place is meant."""
    text = story.scenes[at].text
    start = story.scenes[at].clause(thing.span.start).start
    alone = _NOBODY.fullmatch(text, start, verb) and _SET_UP.match(text, verb)
    return alone is not None and thing.kind is not Kind.WORK and not story.is_elsewhere(at, thing.span.start)


def _founding_before(scene: Scene, thing: Node) -> int | None:
    """Return where the verb of founding stands before a thing in its clause, or None."""
    start = scene.clause(thing.span.start).start
    words = scene.text[start : thing.span.start]
    made_by = _FOUNDED_FIRST.search(words)
    if made_by:
        return start + made_by.end("who")
    inside = [node.span for node in scene.of({Kind.ORGANISATION, Kind.WORK})]
    verbs = [
        verb
        for verb in _FOUNDING.finditer(words)
        if not any(span.start <= start + verb.start() < span.end for span in inside)
    ]
    if not verbs or len(words) - verbs[-1].end() > 24:  # noqa: PLR2004 - a list of things founded
        return None
    planned = _PLANNED.search(words, 0, verbs[-1].start())
    return None if planned or _ANOTHER_THING.search(words, verbs[-1].end()) else start + verbs[-1].start()


def _created(story: Story, scene: Scene, founder: Node, thing: Node) -> Statement:
    """Return that a founder made a thing; what county committee and government found, the county does."""
    said = scene.state(founder, "created", thing, "0.85")
    home = _home_of(story, founder) if _AUTHORITY.search(story.name(founder.key)) else None
    return Statement(home, "created", thing.key, said.span, Decimal("0.75")) if home else said


def _founders(scene: Scene, verb: int) -> tuple[Node, ...]:
    """Return who stands last before a verb of founding; of a list, all."""
    actors = [node for node in scene.of(_FOUNDERS) if node.span.end <= verb and not _is_passed(scene, node)]
    if not actors:
        return ()
    last = actors[-1]
    return scene.coordinated(
        last, [node for node in actors if node.kind is last.kind or (node.is_place and last.is_place)]
    )


def _is_passed(scene: Scene, node: Node) -> bool:
    """Tell whether something is no subject: where it happens, on what it rests, who only speaks, or itself founded."""
    lead, behind = scene.text[: node.span.start], scene.text[node.span.end :]
    if node.kind is Kind.ORGANISATION:
        return bool(_RELIED_ON.search(lead) or behind.startswith("的")) or _founding_before(scene, node) is not None
    if node.kind is Kind.PERSON:
        return bool(re.match("[^，,。；;]{0,6}(?:介绍|说|告诉|表示|坦言|回忆)", behind))
    if node not in scene.places or _ITS_BODIES.match(scene.text, node.span.end):
        return True
    return bool(re.search("[在到于往赴]$", scene.text[: scene.chain_start(node)]))


# ---- Help and running ------------------------------------------------------------------------------------------------


def find_helpers(story: Story) -> Stated:
    """Yield who is helped by whom: 某区对口帮扶某县, 某区与某县结对, 某区投入帮扶资金.

    A helper of whom no sentence says whom it helps helps the main place.
    """
    said = list(_help_said(story))
    known = {helper.key for _, helper, helped in said if helped}
    for at, helper, helped in said:
        scene = story.scenes[at]
        if helped:
            yield at, scene.state(helped, "assistedBy", helper, "0.85")
        elif helper.key not in known and story.main:
            evidence = scene.clause(helper.span.start)
            yield at, Statement(story.main, "assistedBy", helper.key, evidence, Decimal("0.75"))


def _help_said(story: Story) -> Iterator[tuple[int, Node, Node | None]]:
    """Yield index of the sentence, helper, and whom it helps, or None where the sentence does not say."""
    for at, scene in enumerate(story.scenes):
        for match in _HELP.finditer(scene.text):
            if _LENT.fullmatch(match[0]) and not _is_within_behind(story, scene, match.end()):
                continue
            near = _near_help(story, scene)
            direct = _helped_by_role(scene, match) or _helped_directly(scene, match)
            yield from ((at, helper, helped) for helper, helped in direct)
            if direct:
                continue
            helpers = _helpers_near(scene, [node for node in near if _is_outside(story, node)], match)
            for helper in helpers:
                helped = _helped(story, scene, helper, match)
                if helped or not story.is_elsewhere(at, helper.span.start):
                    yield at, helper, helped


def _is_within_behind(story: Story, scene: Scene, at: int) -> bool:
    """Tell whether a place of the main place's own stands right behind an offset: 支援某村."""
    return any(0 <= scene.chain_start(node) - at <= 1 and story.is_within(node.key) for node in scene.places)


def _near_help(story: Story, scene: Scene) -> list[Node]:
    """Return the places and bodies of a sentence that may be the subject of its verb of helping."""
    free = {*scene.places, *scene.of({Kind.ORGANISATION})}
    led = {node for node in free if node.is_place and _AIMED_AT.search(scene.text[: scene.chain_start(node)])}
    return [
        node
        for node in scene.of(_HELPERS)
        if node in free - led
        and not _PARTY.search(story.name(node.key))
        and not _ONLY_PART.match(scene.text, node.span.end)
    ]


def _helped_directly(scene: Scene, verb: re.Match[str]) -> list[tuple[Node, Node]]:
    """Return helpers and helped of 某区对口帮扶(的)某县 and 某县是某区…帮扶的县, wherever the main place lies."""
    among = scene.of(_HELPERS)
    before = [node for node in among if 0 <= verb.start() - node.span.end <= _HELP_REACH]
    named = [node for node in scene.places if before and _IS.fullmatch(_lead_between(scene, node, before[-1]))]
    if named:
        return [(before[-1], named[-1])]
    before = [node for node in before if verb.start() - node.span.end <= 1]
    behind = [node for node in scene.places if 0 <= scene.chain_start(node) - verb.end() <= 1]
    return [(helper, behind[0]) for helper in scene.coordinated(before[-1], among)] if before and behind else []


def _helped_by_role(scene: Scene, verb: re.Match[str]) -> list[tuple[Node, Node]]:
    """Return helpers and helped of 某县的帮扶单位某集团, 作为某县对口帮扶的央企，某集团 and 某集团是某县的帮扶单位."""
    helped = [node for node in scene.places if _OF.fullmatch(scene.text, node.span.end, verb.start())]
    role = _HELPER_ROLE.match(scene.text, verb.end() - verb[0].endswith("单位") * len("单位"))
    if not helped or role is None:
        return []
    among = scene.of(_HELPERS)
    behind = [node for node in among if scene.chain_start(node) == role.end()]
    called = [node for node in among if _IS_CALLED.fullmatch(_lead_between(scene, node, helped[-1]))]
    helper = next(iter([*behind[:1], *called[-1:]]), None)
    return [(each, helped[-1]) for each in scene.coordinated(helper, among)] if helper else []


def _lead_between(scene: Scene, first: Node, second: Node) -> str:
    """Return the words between two entities, the chain of places that the second ends left out."""
    return scene.text[first.span.end : scene.chain_start(second)]


def _helped(story: Story, scene: Scene, helper: Node, verb: re.Match[str]) -> Node | None:
    """Return whom a helper helps: the place behind the verb, else after a preposition before it, else the subject."""
    clause = scene.clause(verb.start(), "。；;！!？?")
    places = [node for node in scene.places if clause.contains(node.span) and story.is_within(node.key)]
    behind = [node for node in places if 0 <= node.span.start - verb.end() <= _HELPED_REACH]
    led = [
        node
        for node in places
        if helper.span.end <= node.span.start < verb.start() and _TOWARDS.search(scene.text[: scene.chain_start(node)])
    ]
    before = [node for node in places if node.span.end <= helper.span.start]
    return next(iter([*behind[:1], *led[-1:], *before[-1:]]), None)


def _is_outside(story: Story, node: Node) -> bool:
    """Tell whether a helper is foreign: no place of the main place's family, no body of it."""
    if node.is_place:
        return not story.is_related(node.key)
    key = ("place", node.key[1])
    return _is_foreign(story, node) or node.key[1] == _NATIONAL or (key in story.entities and not story.is_within(key))


def _helpers_near(scene: Scene, helpers: list[Node], verb: re.Match[str]) -> tuple[Node, ...]:
    """Return the helpers of the list nearest before a verb of helping, or of 对口帮扶的某省 behind it."""
    before = [node for node in helpers if 0 <= verb.start() - node.span.end <= _HELP_REACH]
    words = scene.text[before[-1].span.end : verb.start()] if before else ""
    if before and words.count("，") <= 1 and not (before[-1].is_place and _ITS_BODIES.match(words)):
        return scene.coordinated(before[-1], helpers)
    behind = [node for node in helpers if scene.text[verb.end() : scene.chain_start(node)] == "的"]
    return scene.coordinated(behind[0], helpers) if behind else ()


def find_runners(story: Story) -> Stated:
    """Yield who runs a programme: the body that is the subject of the words around it, or right before its name."""
    for at, scene in story.told:
        bodies = [node for node in scene.of({Kind.ORGANISATION}) if not _is_employer(scene, node)]
        for programme in scene.of({Kind.PROGRAMME}):
            if len(programme.key) == _PART_LENGTH or CAMPAIGN.fullmatch(story.name(programme.key)):
                continue
            near = [node for node in reversed(bodies) if node.span.end <= programme.span.start]
            running = [node for node in near if _runs(story, scene, node, programme)]
            subjects = (node for node in running if _SUBJECT_LEAD.search(scene.text[: scene.chain_start(node)]))
            body = next(subjects, running[0] if running else None)
            if body:
                yield at, scene.state(programme, "operatedBy", body, "0.7")


def _is_employer(scene: Scene, body: Node) -> bool:
    """Tell whether a body only says where a person serves: 省电力公司干部张某."""
    return any(
        0 <= person.span.start - body.span.end <= _POST_REACH and _POST.match(scene.text, body.span.end)
        for person in scene.of({Kind.PERSON})
    )


def _runs(story: Story, scene: Scene, body: Node, programme: Node) -> bool:
    """Tell whether one sentence says that a body runs a programme."""
    words, name = scene.between(body, programme), story.name(body.key)
    lead = scene.text[: scene.chain_start(body)]
    if _PARTY.search(name):
        return False
    if _HIGHER.search(name):
        return bool(_ANNOUNCES.match(words))
    if _OWN_PROGRAMME.fullmatch(words) and not (_POST.match(words) or _IS_RATED.search(words)):
        return not _AUTHORITY.search(name)
    if len(words) > _RUN_REACH or not _RUNNER_LEAD.search(lead) or _AUTHORITY.search(name):
        return False
    if _RELIED_ON_WITH_OTHERS.match(lead[-4:] + words) or _POST.match(words) or _IS_RATED.search(words):
        return False
    by_role = _ROLES.search(lead) and scene.text[programme.span.end :].lstrip("”").startswith("作用")
    return bool(_RUNS.search(words) or by_role)


BODY_RULES = (find_locations, find_founders, find_helpers, find_runners)
