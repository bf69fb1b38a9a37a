"""Finds the organisations an article names, each with its full name, other forms and the place it belongs to.

Bodies of divisions come from :mod:`kg.extract.names_bodies`, companies, cooperatives, schools and the like from
:mod:`kg.extract.names_firms`, types of teams with a name of their own from here. Where two overlap, the longer one
stands; a shorter form that fits one organisation of the article alone (普惠合作社) is that one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extract.lexicon import alternatives, load_sections, occurrences
from kg.extract.names_bodies import NATIONAL_SCOPE, Found, find_bodies, is_department
from kg.extract.names_cuts import begins_at
from kg.extract.names_firms import find_firms
from kg.extract.names_ground import LEVELS, UPPER_KINDS, Ground, PlaceWords, chain_before
from kg.extract.names_lists import load_everyday
from kg.extract.passages import by_sentence
from kg.model import Document, Extraction, Kind, Mention, Reading, Sentence, Span

_WORDS = load_sections("organisations")
_TEAM = re.compile(
    rf"(?P<words>(?:{alternatives(_WORDS['team_words'])}){{1,4}})(?P<head>{alternatives(_WORDS['team_heads'])})(?!员|长|伍|[：:])"
)
_COMMAND = re.compile(
    r"(?:县级|市级|镇级|村级|乡镇|镇村|镇|乡|村|街道|前线|前沿|作战)(?:[（(]街道[)）])?总?(?:指挥部|指挥所|作战室)"
)
#: What the names of all teams and headquarters end in.
_TEAM_HEAD = re.compile(alternatives({*_WORDS["team_heads"], "指挥部", "指挥所", "作战室"}))
_CAMPAIGN = re.compile(alternatives(_WORDS["campaigns"]))
_LED = re.compile(r"(?:领导小组|指挥部)$")
#: Words that tell no team from another: 工作领导小组, 联合工作组.
_ANY_TEAM = re.compile(r"(?:工作|综合|联合|专项|总|前线|前沿|服务)+")
_RUN = re.compile(r"[一-鿿]*$")
_LEAST_TASK = 4
_ABBREVIATED = re.compile(r"[（(](?:以下)?(?:简称|统称)(?:为)?[“\"]?(?P<name>[一-鿿]{2,12})[”\"]?[）)]")
_FIRMS = frozenset(_WORDS["firms"])
#: Companies are named by so many characters alone; fewer are words and places too often.
_LEAST_CORE = 4
_LEVEL_BEFORE = re.compile(r"[省市州县区旗]$")
_RANK = re.compile(r"(?:国家|省|市|县)级")
#: What a body of the country has before the short form of its name: 中国延安干部学院.
_WHOLE_COUNTRY = frozenset({"中国", "中华", "国家", "全国", "中共"})
#: Words for levels that a name may have or leave out: 拉格日村合作社, 拉格日合作社.
_PLACE_LEVELS = "村乡镇县市省"
_PROVINCES = frozenset(_WORDS["provinces"])
#: Kind of body whose names are whole: 湖南大学 is no short form of 湖南农业大学.
_UNIVERSITY = "大学"
_PARTY = re.compile(r"总书记")
_PARTY_NAME = "中国共产党"
#: Prepositions and conjunctions that a department named alone may follow.
_LEADS = frozenset("由和与及向从对据经")
#: What makes another word of 办 and 局: 扶贫办公, 扶贫办法, 教育局面.
_WORD_GOES_ON = frozenset("公法事理学实好成出起下面限势")
_CONFIDENCE = Decimal("0.85")


class OrganisationExtractor:
    """Finds every mention of every organisation that has a name."""

    name = "organisations"
    version = "3"
    requires = frozenset({"document", "main_place", "mentions:places", "entities:places", "mentions:people"})
    assigns = frozenset({"mentions:organisations"})

    def extract(self, reading: Reading) -> Extraction:
        """Return the mentions with the full names that the whole article gives them."""
        ground = Ground(reading)
        people = by_sentence(reading.document, (one.span for one in reading.mentions if one.kind is Kind.PERSON))
        found = [
            (sentence, each)
            for sentence in reading.document.sentences
            for each in _in_sentence(reading.document, sentence, ground, people.get(sentence.span.start, ()))
        ]
        short = _abbreviations(reading, found)
        found = [(sentence, _unabbreviated(each, short)) for sentence, each in found]
        found += list(_cores(reading, found))
        found += list(_bare_departments(reading, found))
        names = _FullNames(each for _, each in found)
        return Extraction(mentions=tuple(sorted(_mention(sentence, names.complete(each)) for sentence, each in found)))


def _in_sentence(document: Document, sentence: Sentence, ground: Ground, people: Iterable[Span]) -> list[Found]:
    """Return the organisations that a sentence names, in its own offsets."""
    text = document.words(sentence.span)
    places = ground.places(sentence)
    bodies = list(find_bodies(text, places, ground))
    ends = sorted({person.end for person in people})
    whole_country = (body for body in bodies if body.scope == NATIONAL_SCOPE)
    known = {body.end: body for body in whole_country if not chain_before(places, body.start)}
    found = find_firms(text, places, bodies=[body.end for body in bodies], people=ends, known=known)
    firms = (_of_level(each, ground) for each in found)
    return _longest([*bodies, *firms, *_teams(text, places, ground), *_party(text, ends)])


def _of_level(found: Found, ground: Ground) -> Found:
    """Return a firm whose name begins with the word for a level with the division's name: 县消费者协会."""
    level = found.name[0]
    if found.scope or level not in LEVELS or found.name[:2] in load_everyday():
        return found
    entity = ground.of_level(level)
    if entity is None:
        return found
    name = entity.name + found.name[1:]
    return replace(found, name=name, aliases=(*found.aliases, found.name), scope=entity.key)


def _longest(candidates: Iterable[Found]) -> list[Found]:
    """Return the candidates without those that overlap a longer one, in text order."""
    chosen: list[Found] = []
    for each in sorted(candidates, key=lambda each: (each.start - each.end, each.start)):
        if all(each.end <= other.start or other.end <= each.start for other in chosen):
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.start)


def _mention(sentence: Sentence, found: Found) -> Mention:
    span = _span(sentence, found)
    aliases = tuple(sorted(set(found.aliases) - {found.name}))
    return Mention(span, Kind.ORGANISATION, found.name, OrganisationExtractor.name, _CONFIDENCE, aliases, found.scope)


# ---- Teams and the Party ---------------------------------------------------------------------------------------------


def _teams(text: str, places: tuple[PlaceWords, ...], ground: Ground) -> Iterator[Found]:
    """Yield types of teams, groups and headquarters with a name of their own: 驻村帮扶工作队, 县级总指挥部."""
    if not _TEAM_HEAD.search(text):
        return
    for match in _COMMAND.finditer(text):
        yield Found(match.start(), match.end(), match.group())
    for match in _TEAM.finditer(text):
        is_led = bool(_LED.search(match.group()))
        campaign = is_led and bool(_CAMPAIGN.match(match.group("words")))
        start = _group_start(match, text, places) if is_led and not campaign else match.start()
        if campaign or start < match.start() or (is_led and chain_before(places, start)):
            yield _led_group(Span(start, match.end()), text, places, ground)
        elif not _ANY_TEAM.fullmatch(match.group("words")):
            yield Found(match.start(), match.end(), match.group())


def _group_start(match: re.Match[str], text: str, places: tuple[PlaceWords, ...]) -> int:
    """Return where the name of a leading group begins whose task is no usual one: 牦牛产业园建设工作领导小组."""
    run = _RUN.search(text, 0, match.start())
    first = max((place.end for place in places if place.end <= match.start()), default=0)
    start = begins_at(text, max(first, run.start() if run else 0), match.start())
    return start if match.start() - start >= _LEAST_TASK else match.start()


def _led_group(span: Span, text: str, places: tuple[PlaceWords, ...], ground: Ground) -> Found:
    """Return a campaign's leading group, which belongs to the division that runs it: 临泽县脱贫攻坚领导小组."""
    group = span.of(text)
    if chain := chain_before(places, span.start):
        last = chain[-1]
        return Found(last.last_start, span.end, last.last_name + group, (group,), last.key)
    level = _LEVEL_BEFORE.search(text, 0, span.start)
    entity = ground.of_level(level.group()) if level else ground.main
    if entity is None:
        return Found(span.start, span.end, group)
    start = level.start() if level else span.start
    return Found(start, span.end, entity.name + group, tuple({text[start : span.end], group}), entity.key)


def _party(text: str, people_ends: Collection[int]) -> Iterator[Found]:
    """Yield the Party where a person's name is followed by its highest office, as 县委 is named by 县委书记."""
    for match in _PARTY.finditer(text):
        if match.start() in people_ends:
            yield Found(match.start(), match.end(), _PARTY_NAME, scope=NATIONAL_SCOPE)


# ---- Firms without their form ---------------------------------------------------------------------------------------


def _cores(reading: Reading, found: Sequence[tuple[Sentence, Found]]) -> Iterator[tuple[Sentence, Found]]:
    """Yield the mentions of companies by the words that distinguish them: 皖江电机 for 皖江电机股份有限公司."""
    firms = {each.core: each for _, each in found if each.suffix in _FIRMS and len(each.core) >= _LEAST_CORE}
    firms |= _abbreviations(reading, found)
    taken = [_span(sentence, each) for sentence, each in found]
    for core, firm in sorted(firms.items()):
        for at in occurrences(core, reading.document.text):
            sentence = reading.document.sentence_at(at)
            if sentence and not any(span.overlaps(Span(at, at + len(core))) for span in taken):
                start = at - sentence.span.start
                yield sentence, replace(firm, start=start, end=start + len(core), aliases=(*firm.aliases, core))


def _bare_departments(reading: Reading, found: Sequence[tuple[Sentence, Found]]) -> Iterator[tuple[Sentence, Found]]:
    """Yield departments named again without their division: 扶贫办 after 甘谷县扶贫开发办公室."""
    text = reading.document.text
    taken = [_span(sentence, each) for sentence, each in found]
    for bare, (first, body) in sorted(_departments(reading, found).items()):
        for at in occurrences(bare, text):
            span = Span(at, at + len(bare))
            sentence = reading.document.sentence_at(at)
            if at < first or sentence is None or not _is_named_alone(text, span) or any(map(span.overlaps, taken)):
                continue
            taken.append(span)
            start = at - sentence.span.start
            yield sentence, replace(body, start=start, end=start + len(bare), aliases=(*body.aliases, bare))


def _departments(reading: Reading, found: Iterable[tuple[Sentence, Found]]) -> dict[str, tuple[int, Found]]:
    """Return departments by what they are called without their division, each with where it is first named.

    A name that departments of several divisions share stands for none of them.
    """
    bearers: dict[str, dict[str, tuple[int, Found]]] = {}
    for sentence, each in found:
        place = reading.entities.get(each.scope)
        if place is not None and not each.core and place.kind in UPPER_KINDS:
            for bare in {name.removeprefix(place.name) for name in (each.name, *each.aliases)}:
                if is_department(bare):
                    bearers.setdefault(bare, {}).setdefault(each.name, (_span(sentence, each).start, each))
    return {bare: next(iter(bodies.values())) for bare, bodies in bearers.items() if len(bodies) == 1}


def _is_named_alone(text: str, span: Span) -> bool:
    """Tell whether words begin a clause or a list, and are not the beginning of another word: 扶贫办法."""
    before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return (not before or not "一" <= before <= "鿿" or before in _LEADS) and behind not in _WORD_GOES_ON


def _abbreviations(reading: Reading, found: Sequence[tuple[Sentence, Found]]) -> dict[str, Found]:
    """Return the organisations by the short names that brackets behind them give: (以下简称中石化)."""
    stated = ((_ABBREVIATED.match(reading.document.text, _span(sentence, each).end), each) for sentence, each in found)
    return {match["name"]: each for match, each in stated if match}


def _unabbreviated(found: Found, short: Mapping[str, Found]) -> Found:
    """Return what was found under the name that its short form stands for."""
    whole = short.get(found.name)
    return replace(whole, start=found.start, end=found.end, aliases=(*whole.aliases, found.name)) if whole else found


def _span(sentence: Sentence, found: Found) -> Span:
    return Span(sentence.span.start + found.start, sentence.span.start + found.end)


# ---- One organisation, several forms ---------------------------------------------------------------------------------


class _FullNames:
    """Gives each found organisation the fullest name the article has for it."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._wholes = [whole for _, whole in sorted({each.name: each for each in found}.items())]

    def complete(self, found: Found) -> Found:
        """Return what was found under the only longest name that it is a short form of, or as it is."""
        longer = [whole for whole in self._wholes if _is_short_form(found, whole)]
        wholes = [whole for whole in longer if not any(_is_short_form(whole, other) for other in longer)]
        if len(wholes) != 1:
            return found
        whole = wholes[0]
        return replace(found, name=whole.name, aliases=(*found.aliases, found.name), scope=found.scope or whole.scope)


def _is_short_form(found: Found, whole: Found) -> bool:
    """Tell whether a longer name has the found one's distinguishing words and ends in the same kind."""
    if len(whole.name) <= len(found.name):
        return False
    if _RANK.sub("", whole.name) == found.name or whole.name.removesuffix(found.name) in _WHOLE_COUNTRY:
        return True
    if any(whole.name.replace(level, "", 1) == found.name for level in _PLACE_LEVELS):
        return True
    if not found.core:
        return not found.scope and not whole.core and whole.name.endswith(found.name)
    if found.suffix == _UNIVERSITY or found.core in _PROVINCES:
        return False
    same_kind = whole.suffix.endswith(found.suffix) or found.suffix.endswith(whole.suffix)
    begins = whole.core.startswith(found.core) or whole.core in {province + found.core for province in _PROVINCES}
    return bool(whole.core) and same_kind and begins
