"""Finds the bodies of the divisions: committees, governments, departments, branches, and bodies of the whole country.

A body stands after the name of its division (甘谷县委, 五里墩村党支部) or after the character of its level (县政府,
省扶贫办), which means the main place or what it is part of. Lists hand the division on: 县农业农村局、扶贫办.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.lexicon import alternatives, load_sections
from kg.extract.names_ground import LEVELS, Ground, PlaceWords
from kg.extract.names_lists import load_everyday
from kg.model import EntityKey, Kind

_WORDS = load_sections("organisations")
_DEPARTMENT = rf"(?:{alternatives(_WORDS['departments'])}(?:和|与)?){{1,2}}{alternatives(_WORDS['offices'])}"
_DEPARTMENT_ALONE = re.compile(_DEPARTMENT)
#: Characters of the shortest name by which a department is called without its division: 扶贫办.
_LEAST_DEPARTMENT = 3
_COMMITTEE = rf"(?:委(?![会员派托屈婉任])|{alternatives(set(_WORDS['committees']) - {'委'})})"
_UPPER_BODY = re.compile(
    rf"(?:{_COMMITTEE}?{alternatives(_WORDS['party_departments'])}|{_DEPARTMENT}|{_COMMITTEE})(?!代表|委员(?!会)|员)"
)
_LOWER_BODY = re.compile(
    rf"(?:村?{alternatives(_WORDS['branches'])}|委会|{_COMMITTEE}|{_DEPARTMENT})(?!代表|委员(?!会)|员)"
)
_LISTED = re.compile(rf"[、和]({_DEPARTMENT}|{alternatives(_WORDS['party_departments'])})")
#: A department without its division, of which someone is head: 、公安局局长.
_OF_POST = re.compile(
    rf"(?<![一-鿿])(?:{_DEPARTMENT}|{alternatives(_WORDS['party_departments'])})(?=党?[组委]?副?(?:局长|主任|部长|院长|检察长|书记))"
)
_POST = re.compile("局长|主任|部长|院长|检察长|书记")
#: Not followed by what makes another word of it: 农业部门, 教育部队.
_NATIONAL = re.compile(
    rf"(?P<name>{alternatives(_WORDS['national'])})(?!(?<=部)[门队署])(?:(?<=日报)社(?!会)|(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司|集团(?!军))?"
)
#: The usual name of bodies of the whole country that have several.
_SAME_BODY = dict(pair.split("=") for pair in _WORDS["same_bodies"])
_PREFIX = re.compile(f"{alternatives({*_WORDS['prefixes'], *_WORDS['parties']})}$")
_LEVEL = re.compile(f"[{''.join(LEVELS)}]")
_ZONE = re.compile(r"(?:开发|高新|示范|保护|合作|工业|产业|安置|居住|办公|棚户|移民|集中|新)区$")
_AUTONOMOUS = "自治"
#: Before a level, the Youth League: 团县委 is no county's Party committee.
_LEAGUE, _LEAGUE_NAME = "团", "共青团"
_AND = frozenset("和与及")
_NOT_ONE = frozenset("全该各本外邻跨多两每")
#: A branch that only says which post someone holds is no body of its own: 党支部书记.
_BRANCH_OF_POST = re.compile(r"(?:党委|党工委|党支部|党总支|支部)(?:副?书记|委员)")
_USUAL = (
    (re.compile(r"人民政府$"), "政府"),
    (re.compile(r"扶贫开发办公室$"), "扶贫办"),
    (re.compile(r"人民代表大会常务委员会$"), "人大常委会"),
    (re.compile(r"人民代表大会$"), "人大"),
    (re.compile(r"政协委员会$"), "政协"),
    (re.compile(r"村?村民委员会$"), "村村委会"),
    (re.compile(r"居民委员会$"), "居委会"),
    (re.compile(r"(?<=[省市州盟县区旗])(法院|检察院)$"), r"人民\1"),
    (re.compile(r"^(.+[省市州县区旗])团委$"), r"共青团\1委"),
    (re.compile(r"(?<=[省市州县区旗])(组织部|宣传部|统战部|政法委|农办|党校|巡察办|政研室)$"), r"委\1"),
)
#: Scope of what belongs to no division: the code that organisation keys have for the whole country.
NATIONAL_SCOPE: EntityKey = ("place", "00")


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation named in a sentence.

    Attributes:
        start: Offset in the sentence.
        end: Offset in the sentence, exclusive.
        name: Full name.
        aliases: Other names the words give.
        scope: Key of the place it belongs to, or ().
        core: What distinguishes it from others of its kind; empty for bodies of divisions.
        suffix: What kind of body it is; empty for bodies of divisions.
    """

    start: int
    end: int
    name: str
    aliases: tuple[str, ...] = ()
    scope: EntityKey = ()
    core: str = ""
    suffix: str = ""


def find_bodies(text: str, places: tuple[PlaceWords, ...], ground: Ground) -> Iterator[Found]:
    """Yield the bodies of divisions and of the whole country that a sentence names."""
    for place in places:
        pattern = _UPPER_BODY if place.is_upper else _LOWER_BODY
        yield from _bodies_at(text, place.end, place, pattern, start=place.last_start)
    inside = {offset for place in places for offset in range(place.start, place.end)}
    for match in _LEVEL.finditer(text):
        if match.start() not in inside and _stands_alone(text, match.start()):
            yield from _bodies_of_level(text, match, places, ground)
    if ground.main is not None and _POST.search(text):
        for match in _OF_POST.finditer(text):
            place = PlaceWords(match.start(), match.start(), ground.main.name, ground.main)
            yield _body(text, match.start(), match.end(), place, match.group())
    for match in _NATIONAL.finditer(text):
        name = _SAME_BODY.get(match["name"], match["name"])
        aliases = tuple(sorted({match.group(), match["name"]} - {name}))
        yield Found(match.start(), match.end(), name, aliases, NATIONAL_SCOPE)


def is_department(name: str) -> bool:
    """Tell whether a name is that of a department without its division, long enough to stand alone.

    >>> is_department("扶贫办"), is_department("县扶贫办"), is_department("政府")
    (True, False, False)
    """
    return len(name) >= _LEAST_DEPARTMENT and _DEPARTMENT_ALONE.fullmatch(name) is not None


def _stands_alone(text: str, at: int) -> bool:
    """Tell whether a level's character is a word: 县委, but not 全县, 城区, 超市."""
    before = text[at - 1 : at]
    if _ZONE.search(text, 0, at + 1):
        return False
    return before in _AND or (before not in _NOT_ONE and text[at - 1 : at + 1] not in load_everyday())


def _bodies_of_level(
    text: str, level: re.Match[str], places: tuple[PlaceWords, ...], ground: Ground
) -> Iterator[Found]:
    """Yield the bodies after 县 or 市: of the place right before (清水县县委), else of the main place's division."""
    is_league = text.endswith(_LEAGUE, 0, level.start())
    before = next((place for place in places if place.end == level.start() - is_league), None)
    named = before.entity if before and (is_league or before.surface.endswith(level.group())) else None
    entity = named or ground.of_level(level.group())
    if entity is not None:
        place = PlaceWords(level.start(), level.end(), entity.name, entity)
        start = level.start() - len(_AUTONOMOUS) * text.endswith(_AUTONOMOUS, 0, level.start())
        yield from _bodies_at(text, level.end(), place, _UPPER_BODY, start=start)


def _bodies_at(text: str, at: int, place: PlaceWords, pattern: re.Pattern[str], *, start: int) -> Iterator[Found]:
    match = pattern.match(text, at)
    if match is None or _BRANCH_OF_POST.match(text, at) or not _fits(place, match.group()):
        return
    yield _body(text, start, match.end(), place, match.group())
    end = match.end()
    while (listed := _LISTED.match(text, end)) is not None:
        yield _body(text, listed.start(1), listed.end(), place, listed.group(1))
        end = listed.end()


def _fits(place: PlaceWords, body: str) -> bool:
    """Tell whether a place may have a body: 委 needs a level before it, 委会 a village."""
    if body == "委会":
        return place.surface.endswith("村")
    if body == "委":
        return place.surface[-1:] in LEVELS
    return place.entity is None or place.entity.kind is not Kind.REGION


def _body(text: str, start: int, end: int, place: PlaceWords, body: str) -> Found:
    """Return a body by its place and what stands after it, under the form that articles use."""
    body = "村委会" if body == "委会" else body
    full = place.full_name + body
    surface = place.last_name + body
    name = full
    for pattern, usual in _USUAL:
        name = pattern.sub(usual, name)
    if body == "委" and text.endswith(_LEAGUE, 0, start):
        start -= len(_LEAGUE_NAME) if text.endswith(_LEAGUE_NAME, 0, start) else len(_LEAGUE)
        name = full = surface = _LEAGUE_NAME + name
    elif prefix := _PREFIX.search(text, 0, start):
        start = prefix.start()
        name = name if prefix.group() == "中共" else prefix.group() + name
    aliases = {text[start:end], full, surface} - {name}
    return Found(start, end, name, tuple(sorted(aliases)), place.key)
