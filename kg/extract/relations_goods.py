"""Rules of relations about goods and honours: who produces what, who received an award or a standing.

A product is claimed only where the words around it say that it is grown, raised, made or sold: what is eaten, asked
about, or was grown in former times is produced by nobody.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.lexicon import alternatives, load_sections, occurrences
from kg.extract.scenes import ACTORS, Node, Scene, Statement, Story
from kg.model import EntityKey, Kind, Span

Stated = Iterator[tuple[int, Statement]]

_WORDS = load_sections("relations")
_SAID, _PART, _ELSEWHERE = Decimal("0.8"), Decimal("0.6"), Decimal("0.7")
_BUSINESS = re.compile(f"{alternatives(_WORDS['businesses'])}|厂$")
_TO_BUSINESS = re.compile(rf"[^\W]{{0,6}}(?:{_BUSINESS.pattern})")
_NO_BUSINESS = re.compile("(?:研究|服务|推广|检测|指挥|培训|活动|管理)中心$|大学|学院|研究院|银行")
_SPREAD = re.compile(r"(?:布局|分布|集中|推广|种植|落户|主产|产于)(?:在|于)")
_SPEAKS = re.compile("[^，,。；;]{0,6}(?:介绍|说|告诉|表示|坦言|回忆|指出|强调|要求)")
_IS_HIRED = re.compile("[^，,。；;]{0,12}(?:务工|打工|上班|就业)")
_OWN = re.compile("我家|我们家|自家|俺家|我种|我养|咱家|家里种|家里养|还养|我又?买了")
_AT_HOME = re.compile("(?:家里|自家|家中|家)的?$")
_OUR_BODY = re.compile("我们(合作社|公司|企业|厂|车间|基地|农场)")
#: Words that say of a product that it is grown, raised, made or sold.
_PRODUCED = re.compile(alternatives(_WORDS["producing"]))
#: Of these, what somebody does; how far before or behind the product it stands, in characters.
_GROWS = re.compile(alternatives(_WORDS["growing"]))
_REACH, _BEHIND = 40, 8
#: Questions, meals and skilled people: the product is only spoken of.
_SPOKEN_OF = re.compile("问|[吗？?]|吃|喝|炒|煮|熬|端上|餐桌|慰问|看望|送来|送去|送上|捐|学习|培训|研究|影响")
_NO_PRODUCE = re.compile("(?:种植|养殖|栽培|加工|生产)?(?:技术员|技术|专家|市场价|价格|局|站)")
#: Former times; what is said of today behind them ends them.
_FORMERLY = re.compile(
    "过去|以前|从前|原来|原先|曾经|早年|早些年|那时|当年|当初|祖祖辈辈|世世代代|祖辈|旧时|往年|多年来|历来|一直以来|[\\d几十多]+年前(?!后)|年代|传统"
)
_TODAY = re.compile("如今|现在|今年|目前|现今|眼下|而今|后来|近年|变成|改[种养成为]|转而|去年|\\d{4}年(?!前)")
_OUT = re.compile("[到往向运从自与和赴去给销]$")
_OF_PLACES = re.compile("(?:[县区市旗村镇乡]|县城|县区|之乡)$")
#: 10个产品获…: only counted, not named.
_COUNTED_GOODS = re.compile(r"\d+个[^，,。；;]{0,6}(?:产品|品种|品牌)")
_RECEIVES = ACTORS | {Kind.PRODUCT, Kind.WORK, Kind.PROGRAMME}
#: Which places can have a standing, by how its name ends.
_STANDINGS = (
    (re.compile("(?:村|村落)$"), frozenset({Kind.VILLAGE})),
    (re.compile("[镇乡]$"), frozenset({Kind.TOWNSHIP, Kind.VILLAGE})),
    (re.compile("之乡$"), frozenset({Kind.COUNTY, Kind.TOWNSHIP, Kind.VILLAGE, Kind.PREFECTURE})),
    (re.compile("[县旗]区?$|县城$"), frozenset({Kind.COUNTY})),
    (re.compile("[区市]$"), frozenset({Kind.COUNTY, Kind.PREFECTURE, Kind.TOWNSHIP})),
)


# ---- Goods -----------------------------------------------------------------------------------------------------------


def find_producers(story: Story) -> Stated:
    """Yield who produces what: the person, the body or the smallest place that the text names with the product.

    Where no sentence names one, the village that the talk is of, or the main place.
    """
    default: dict[EntityKey, tuple[int, Statement]] = {}
    told: set[EntityKey] = set()
    for at, said in _makers_by_name(story):
        told.add(said.object)
        yield at, said
    for at, scene in story.told:
        for product in (node for node in scene.nodes if node.kind is Kind.PRODUCT and is_produced(scene, node)):
            makers = _makers(story, at, scene, product)
            for maker in makers:
                told.add(product.key)
                yield at, Statement(maker.key, "produces", product.key, _evidence(scene, maker, product), _SAID)
            if not makers and story.main and not story.is_elsewhere(at, product.span.start):
                said = Statement(story.main, "produces", product.key, scene.clause(product.span.start), _PART)
                default.setdefault(product.key, (at, said))
    yield from (said for key, said in default.items() if key not in told)


def is_produced(scene: Scene, product: Node) -> bool:
    """Tell whether the words around a product say that it is grown, raised, made or sold, and not in former times."""
    clause = scene.clause(product.span.start)
    around = scene.text[clause.start : product.span.start] + scene.text[product.span.end : clause.end]
    if _SPOKEN_OF.search(scene.text, clause.start, clause.end) or _NO_PRODUCE.match(scene.text, product.span.end):
        return False
    formerly = list(_FORMERLY.finditer(scene.text, 0, product.span.start))
    if formerly and not _TODAY.search(scene.text, formerly[-1].end(), clause.end):
        return False
    return bool(_PRODUCED.search(around))


def _evidence(scene: Scene, maker: Node, product: Node) -> Span:
    """Return the words from maker to product, or the product's clause where the maker is named in another sentence."""
    if maker in scene.nodes:
        return scene.state(maker, "produces", product, "0").span
    return scene.clause(product.span.start)


def _makers(story: Story, at: int, scene: Scene, product: Node) -> tuple[Node, ...]:
    """Return who produces a product by one sentence, of several readings the surest."""
    spread = _spread_over(scene, product)
    if spread:
        return spread
    speaker = _speaker(story, at, product)
    if speaker:
        return (speaker,)
    maker = _maker_before(story, scene, product)
    return (maker,) if maker else _places_of(story, at, scene, product)


def _maker_before(story: Story, scene: Scene, product: Node) -> Node | None:
    """Return the person or business before a product that grows or makes it, no place standing nearer."""
    near = [node for node in scene.of({Kind.PERSON, Kind.ORGANISATION}) if node.span.end <= product.span.start]
    if _AT_HOME.search(scene.text, 0, product.span.start):
        near = [node for node in near if node.kind is Kind.PERSON] or near
    places = [node for node in _near_places(scene) if node.span.end <= product.span.start]
    for node in reversed(near):
        nearer = node.kind is Kind.ORGANISATION and places and places[-1].span.start >= node.span.end
        if not nearer and _makes(story, scene, node, product):
            return _employer(story, scene, node)
    return None


def _near_places(scene: Scene) -> list[Node]:
    """Return the places of a sentence that do not only say where an official serves."""
    return [node for node in scene.places if not scene.is_affiliation(node)]


def _places_of(story: Story, at: int, scene: Scene, product: Node) -> tuple[Node, ...]:
    """Return the place named last before a product, or the village that the talk is of."""
    before = [node for node in _near_places(scene) if node.span.end <= product.span.start]
    if not before:
        topic = story.topic(at, product.span.start)
        return (topic,) if topic else ()
    listed = scene.coordinated(before[-1], scene.places)
    if any(story.is_related(place.key) for place in listed):
        return listed
    return listed if _grows_there(scene, before[-1], product) else ()


def _grows_there(scene: Scene, place: Node, product: Node) -> bool:
    """Tell whether a place of elsewhere is the subject that grows a product in the same clause."""
    within = scene.clause(product.span.start).start <= place.span.start
    led_out = _OUT.search(scene.text[: scene.chain_start(place)])
    return within and not led_out and bool(_GROWS.search(scene.between(place, product)))


def _spread_over(scene: Scene, product: Node) -> tuple[Node, ...]:
    """Return the places behind a product that it is grown in: 布局在小关、郑场等地."""
    spread = _SPREAD.search(scene.text, product.span.end)
    near = (node for node in scene.places if spread and 0 <= node.span.start - spread.end() <= 2)  # noqa: PLR2004 - 了
    first = next(near, None)
    return scene.coordinated(first, scene.places) if first else ()


def _makes(story: Story, scene: Scene, node: Node, product: Node) -> bool:
    """Tell whether a person or a business is said to grow or make a product, and does not only speak or govern."""
    behind = scene.text[node.span.end :]
    if node.kind is Kind.PERSON and (_SPEAKS.match(behind) or _IS_HIRED.match(behind) or node.key in story.officials):
        return False
    between = scene.between(node, product)
    governed = len(between) <= _REACH and _GROWS.search(between)
    followed = len(between) <= _REACH and _GROWS.search(scene.text, product.span.end, product.span.end + _BEHIND)
    able = node.kind is Kind.PERSON or _produces_goods(story.name(node.key))
    return bool(able and (governed or followed or _AT_HOME.search(scene.text, 0, product.span.start)))


def _produces_goods(body: str) -> bool:
    """Tell whether a body is a business by its name, and none of research or service."""
    return bool(_BUSINESS.search(body)) and not _NO_BUSINESS.search(body)


def _employer(story: Story, scene: Scene, node: Node) -> Node:
    """Return the business in which a person works by the same sentence, else the node itself."""
    bodies = [body for body in scene.of({Kind.ORGANISATION}) if body.span.end <= node.span.start]
    inside = bodies and re.match("里|内|中", scene.text[bodies[-1].span.end :])
    return bodies[-1] if inside and _BUSINESS.search(story.name(bodies[-1].key)) else node


def _speaker(story: Story, at: int, product: Node) -> Node | None:
    """Return who speaks of what they grow themselves: “我家种了…”某人说, “我们合作社…”某合作社负责人说."""
    scene = story.scenes[at]
    open_mark = scene.text.rfind("“", 0, product.span.start)
    spoken = scene.text[open_mark + 1 :] if open_mark >= 0 else scene.text
    body = _OUR_BODY.search(spoken)
    if not body and not (open_mark >= 0 and _OWN.search(spoken)):
        return None
    kind = Kind.ORGANISATION if body else Kind.PERSON
    paragraph = [(i, s) for i, s in enumerate(story.scenes) if s.sentence.paragraph == scene.sentence.paragraph]
    behind = [n for i, s in paragraph if i >= at for n in s.of({kind}) if (i, n.span.start) > (at, product.span.end)]
    before = [n for i, s in paragraph if i <= at for n in s.of({kind}) if (i, n.span.end) < (at, open_mark)]
    named = [node for node in behind if not node.anaphor] or before[::-1]
    return named[0] if named else None


def _makers_by_name(story: Story) -> Stated:
    """Yield the businesses whose names tell what they produce: 清溪核桃种植专业合作社."""
    products = sorted({node.key for scene in story.scenes for node in scene.nodes if node.kind is Kind.PRODUCT})
    seen: set[EntityKey] = set()
    for at, scene in story.told:
        for body in scene.of({Kind.ORGANISATION}):
            name = story.name(body.key)
            if body.key in seen or body.anaphor or not _BUSINESS.search(name):
                continue
            seen.add(body.key)
            for key in products:
                product = story.name(key)
                if any(_TO_BUSINESS.match(name, at + len(product)) for at in occurrences(product, name)):
                    yield at, Statement(body.key, "produces", key, body.span, Decimal("0.8"))


# ---- Honours ---------------------------------------------------------------------------------------------------------


def find_honours(story: Story) -> Stated:
    """Yield who received an award or designation: what stands before it in the sentence, else the main place."""
    for at, scene in story.told:
        for award in scene.of({Kind.AWARD}):
            levels = _levels(story.name(award.key))
            receivers = _placed(story, scene, award, levels) if levels else _receivers(story, scene, award)
            for node in receivers:
                yield at, scene.state(node, "received", award, "0.85")
            fits = story.main and (not levels or story.entities[story.main].kind in levels)
            if story.main and fits and not receivers and not story.is_elsewhere(at, award.span.start):
                evidence = scene.clause(award.span.start)
                yield at, Statement(story.main, "received", award.key, evidence, Decimal("0.7"))


def _levels(award: str) -> frozenset[Kind]:
    """Return the kinds of places that can have a standing (深度贫困村: villages); none where it is a prize."""
    return next((kinds for ending, kinds in _STANDINGS if ending.search(award)), frozenset())


def _placed(story: Story, scene: Scene, award: Node, levels: frozenset[Kind]) -> tuple[Node, ...]:
    """Return the place of the right level that is named last before a standing."""
    before = [node for node in scene.places if node.span.end <= award.span.start and node.kind in levels]
    return (before[-1],) if before and story.is_within(before[-1].key) else ()


def _receivers(story: Story, scene: Scene, award: Node) -> tuple[Node, ...]:
    """Return the receivers of a prize among what stands before it: works, goods, people or bodies before places."""
    before = [node for node in scene.of(_RECEIVES) if node.span.end <= award.span.start]
    for kinds in ({Kind.WORK}, {Kind.PRODUCT}, {Kind.PERSON}):
        found = [node for node in before if node.kind in kinds]
        if found and not _COUNTED_GOODS.search(scene.between(found[-1], award)):
            return tuple(node for node in found if _listed_with(scene, node, found[-1]))
    places = [node for node in before if node.is_place and story.is_within(node.key) and node in scene.places]
    return (places[-1],) if places else ()


def _listed_with(scene: Scene, node: Node, last: Node) -> bool:
    """Tell whether a name stands in the same list as the last one: only marks between."""
    return node is last or not re.search(r"[^\W]{9,}", scene.text[node.span.end : last.span.start])


GOODS_RULES = (find_producers, find_honours)
