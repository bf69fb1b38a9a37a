"""Which place a mention means: the choice and its reason.

A place stated in a chain (甘谷县大庄镇大庄村) is looked for in what stands before it and nowhere else; without a
chain, in the article's main place; then among the other places it names; then in the country. What no list holds
becomes an entity without a code under the place that is stated, or under the main place. Where several remain, the
mention stays unlinked.
Which place the article is about is told by :mod:`kg.link.main_place`.
People, organisations and the rest are resolved in :mod:`kg.link.entities`, words that point back in
:mod:`kg.link.coreference`.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from kg.link.gazetteer import Division, Gazetteer
from kg.link.main_place import Coverage, is_dateline
from kg.link.order import in_text_order
from kg.link.place_entities import Choice, place_entities
from kg.model import DIVISION_KINDS, PLACE_KINDS, Document, EntityKey, Kind, Link, Mention, Reading

_UPPER = DIVISION_KINDS[:3]
_LOWER = DIVISION_KINDS[3:]
_PROVINCE_DIGITS, _PREFECTURE_DIGITS, _COUNTY_DIGITS = 2, 4, 6

#: How sure a reason makes.
CONFIDENCE = {
    "stated parent": Decimal("0.98"),
    "listed parent": Decimal("0.95"),
    "main place": Decimal("0.95"),
    "named before": Decimal("0.95"),
    "unique in the country": Decimal("0.93"),
    "not in the divisions list": Decimal("0.90"),
    "other form of the name": Decimal("0.85"),
    "township named before": Decimal("0.80"),
    "neighbour": Decimal("0.80"),
    "main place, not in the divisions list": Decimal("0.75"),
}

#: What may stand between a place and one that lies in it: 甘谷县大庄镇, 甘谷县的大庄镇.
_CHAIN_WORDS = frozenset({"", "的", "有个", "有一个", "境内的", "辖区内的", "下辖的", "所辖的", "所属的", "最偏远的"})
#: Names of the county's seat all over China: without a county stated, that of the main place.
_SEATS = frozenset(
    {"城关镇", "城关乡", "城厢镇", "城郊乡", "城关街道", "城区街道", "城南街道", "城北街道", "城东街道", "城西街道"}
)
#: What may stand between the members of a list of places.
_LIST_MARKS = frozenset({"、", "和", "与", "及", "，", ","})


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the words around a mention say about where it lies.

    Attributes:
        behind: The mention of a larger place that it stands right behind, or is said to lie in, or None.
        listed: The mention that it follows in a list of places of one level, or None.
    """

    behind: Mention | None = None
    listed: Mention | None = None


def resolve_places(reading: Reading, gazetteer: Gazetteer) -> Reading:
    """Return the reading with the main place, links of its places, and the entities meant with all their ancestors."""
    mentions = [mention for mention in reading.mentions if mention.kind in PLACE_KINDS]
    linker = _Linker(reading.document, mentions, gazetteer)
    choices = linker.choose()
    entities = place_entities(reading.document, choices, linker.main, gazetteer)
    links = tuple(
        Link(mention, choices[mention].key, choices[mention].reason, CONFIDENCE[choices[mention].reason])
        for mention in mentions
        if mention in choices
    )
    return replace(
        reading,
        main_place=("place", linker.main.code) if linker.main else None,
        links=in_text_order((*reading.links, *links)),
        entities={**reading.entities, **entities},
    )


class _Linker:
    """The choices for the places of one document.

    Attributes:
        main: The division the article is about; known after :meth:`choose`.
    """

    def __init__(self, document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
        """Take the mentions, in text order."""
        self._document = document
        self._mentions = mentions
        self._gazetteer = gazetteer
        self._stated = _stated(document, mentions)
        self._choices: dict[Mention, Choice] = {}
        self._meanings: dict[tuple[Kind, str], dict[EntityKey, Choice]] = {}
        self._townships = [mention for mention in mentions if mention.kind is Kind.TOWNSHIP]
        self.main: Division | None = None

    def choose(self) -> Mapping[Mention, Choice]:
        """Return the choice for each mention that has one; larger places first, then what states its parent."""
        for kind in _UPPER:
            self._each(kind, self._upper_stated)
            self._each(kind, self._upper_plain)
        self.main = self._main_place()
        for kind in _UPPER:
            self._each(kind, self._upper_near)
        for kind in (*_LOWER, Kind.VILLAGE):  # once more for hamlets: their villages must have been chosen
            self._each(kind, self._lower_stated)
            self._each(kind, self._lower_plain)
        self._each(Kind.REGION, self._region)
        return self._choices

    def _each(self, kind: Kind, choose: Callable[[Mention], Choice | None]) -> None:
        """Try one way of choosing on each mention of a kind that has no choice yet."""
        for mention in self._mentions:
            if mention.kind is kind and mention not in self._choices and (choice := choose(mention)):
                self._choices[mention] = choice
                self._meanings.setdefault((kind, mention.name), {})[choice.key] = choice

    def _candidates(self, mention: Mention, below: str = "") -> tuple[list[Division], str]:
        """Return the divisions a mention may mean, one a code, and "" or the reason that its name is another form."""
        exact = self._gazetteer.find(mention.name, below=below, kind=mention.kind)
        if exact or not (below or mention.kind is Kind.COUNTY):
            return _one_a_place(exact), ""
        related = self._gazetteer.find_related(mention.name, mention.kind, below=below)
        return _one_a_place(related), "other form of the name"

    # ---- Provinces, prefectures, counties

    def _upper_stated(self, mention: Mention) -> Choice | None:
        """Choose below the province or prefecture that stands right before."""
        parent = self._chosen(self._stated[mention].behind)
        if not parent or not parent.division:
            return None
        found, _ = self._candidates(mention, below=parent.division.code)
        return _chosen(found[0], "stated parent") if len(found) == 1 else None

    def _upper_plain(self, mention: Mention) -> Choice | None:
        """Choose the only division of that name, or the only one whose parents or parts the article names."""
        found, other_form = self._candidates(mention)
        if len(found) == 1:
            return _chosen(found[0], other_form or "unique in the country")
        named = [one for one in found if self._speaks_for(one)]
        return _chosen(named[0], "neighbour") if len(named) == 1 else None

    def _upper_near(self, mention: Mention) -> Choice | None:
        """Choose the only division of that name in the main place's prefecture, or else province."""
        found, _ = self._candidates(mention)
        for digits in (4, 2):
            near = [one for one in found if self.main and one.code[:digits] == self.main.code[:digits]]
            if len(near) == 1:
                return _chosen(near[0], "neighbour")
        return None

    def _speaks_for(self, division: Division) -> bool:
        """Tell whether the article names a place above a division, or a township or village within it."""
        above = {one.name for one in self._gazetteer.ancestors(division.code)}
        if any(mention.name in above for mention in self._mentions):
            return True
        lower = [mention for mention in self._mentions if mention.kind in _LOWER]
        return any(self._gazetteer.find(mention.name, below=division.code) for mention in lower)

    # ---- The main place

    def _main_place(self) -> Division | None:
        """Return the county, prefecture or province that the article is about, or None."""
        places = {
            mention: {choice.division.code}
            for mention, choice in self._choices.items()
            if mention.kind in _UPPER and choice.division
        }
        counties = {code for codes in places.values() for code in codes if len(code) == _COUNTY_DIGITS}
        places.update(self._counties_of_parts(counties))
        named = Counter(code for codes in places.values() for code in codes)
        code = Coverage(self._document, places).main(named)
        return self._gazetteer.division(code) if code else None

    def _counties_of_parts(self, counties: Collection[str]) -> Mapping[Mention, set[str]]:
        """Return the counties that each township or village may lie in, of those named, else of all in scope."""
        lower = [mention for mention in self._mentions if mention.kind in _LOWER]
        if counties:
            holders = cache(lambda name: {code for code in counties if self._gazetteer.find(name, below=code)})
            return {mention: self._counties_of(mention, holders) for mention in lower}
        scope = self._scope()
        found = {mention: self._candidates(mention, below=scope)[0] for mention in lower}
        return {mention: {one[0].code[:_COUNTY_DIGITS]} for mention, one in found.items() if len(one) == 1}

    def _counties_of(self, mention: Mention, holders: Callable[[str], set[str]]) -> set[str]:
        """Return the county that a chain states for a place, else those that hold one of the name at its head."""
        behind = self._stated[mention].behind
        if behind is None or behind.kind in (Kind.PROVINCE, Kind.PREFECTURE):
            return holders(mention.name)
        if behind.kind is not Kind.COUNTY:
            return self._counties_of(behind, holders)
        choice = self._chosen(behind)
        return {choice.division.code} if choice and choice.division else set()

    def _scope(self) -> str:
        """Return the code of the prefecture, or else province, that is named most, or ""."""
        for kind in (Kind.PREFECTURE, Kind.PROVINCE):
            codes = Counter(
                choice.division.code
                for mention, choice in self._choices.items()
                if mention.kind is kind and choice.division and not is_dateline(self._document, mention)
            )
            if codes:
                return min(codes, key=lambda code: (-codes[code], code))
        return ""

    # ---- Townships and villages

    def _lower_stated(self, mention: Mention) -> Choice | None:
        """Choose below the place that stands right before, and never elsewhere."""
        parent = self._chosen(self._stated[mention].behind)
        if not parent:
            return None
        found, other_form = self._candidates(mention, below=parent.division.code) if parent.division else ([], "")
        if len(found) > 1:
            return None
        if found:
            return _chosen(found[0], other_form or "stated parent")
        return _uncoded(mention, parent, "not in the divisions list")

    def _lower_plain(self, mention: Mention) -> Choice | None:
        """Choose by what was named before, the list, the main place, and the other counties, in this order."""
        if self._chosen(self._stated[mention].behind):
            return None  # ambiguous below what is stated
        return (
            self._named_before(mention)
            or self._below(mention, self._listed_parent(mention), "listed parent")
            or self._below(mention, self.main, "main place")
            or self._in_township_before(mention)
            or self._in_other_county(mention)
            or self._in_country(mention)
            or self._by_name(mention)
        )

    def _named_before(self, mention: Mention) -> Choice | None:
        """Choose what the same name means elsewhere in the article, where that is one place."""
        same = self._meanings.get((mention.kind, mention.name), {})
        return replace(next(iter(same.values())), reason="named before") if len(same) == 1 else None

    def _listed_parent(self, mention: Mention) -> Division | None:
        """Return the township or county of the place that a mention follows in a list."""
        listed = self._chosen(self._stated[mention].listed)
        return (
            self._gazetteer.division(listed.division.parent)
            if listed and listed.division and listed.division.parent
            else None
        )

    def _below(self, mention: Mention, parent: Division | None, reason: str) -> Choice | None:
        """Choose the only division of that name below a place."""
        if not parent:
            return None
        found, other_form = self._candidates(mention, below=parent.code)
        return _chosen(found[0], other_form or reason) if len(found) == 1 else None

    def _in_township_before(self, mention: Mention) -> Choice | None:
        """Choose a village below the township that was named last before it."""
        before = bisect_left(self._townships, mention.span, key=lambda one: one.span)
        last = self._chosen(self._townships[before - 1]) if before and mention.kind is Kind.VILLAGE else None
        return self._below(mention, last.division, "township named before") if last else None

    def _in_other_county(self, mention: Mention) -> Choice | None:
        """Choose a township of the only other county named, else of the main place's prefecture, that has the name."""
        if mention.kind is not Kind.TOWNSHIP or mention.name in _SEATS:
            return None
        divisions = [choice.division for choice in self._choices.values() if choice.division]
        counties = {one.code: one for one in divisions if one.kind is Kind.COUNTY}
        found = [choice for county in counties.values() if (choice := self._below(mention, county, "neighbour"))]
        if len(found) == 1:
            return found[0]
        prefecture = self._gazetteer.division(self.main.code[:_PREFECTURE_DIGITS]) if self.main and not found else None
        places = _one_a_place(
            self._gazetteer.find(mention.name, below=prefecture.code, kind=mention.kind) if prefecture else ()
        )
        return _chosen(places[0], "neighbour") if len(places) == 1 else None

    def _in_country(self, mention: Mention) -> Choice | None:
        """Choose the only division of that name in the country, where no county is the main place."""
        if self.main and self.main.kind is Kind.COUNTY:
            return None
        found, _ = self._candidates(mention)
        return _chosen(found[0], "unique in the country") if len(found) == 1 else None

    def _by_name(self, mention: Mention) -> Choice | None:
        """Make a place without a code in the main place, unless that is too large or holds several of that name."""
        if not self.main or self.main.kind is Kind.PROVINCE or self._candidates(mention, below=self.main.code)[0]:
            return None
        return _uncoded(mention, _chosen(self.main, "main place"), "main place, not in the divisions list")

    def _region(self, mention: Mention) -> Choice:
        """Return the region: its name is its key."""
        return Choice(("place", "region", mention.name), None, "unique in the country")

    def _chosen(self, mention: Mention | None) -> Choice | None:
        """Return the choice made for a mention, if there is one."""
        return self._choices.get(mention) if mention else None


def _stated(document: Document, mentions: Sequence[Mention]) -> Mapping[Mention, _Stated]:
    """Return for each mention what stands before it in its chain or list."""
    stated: dict[Mention, _Stated] = dict.fromkeys(mentions[:1], _Stated())
    for before, mention in pairwise(mentions):
        between = document.text[before.span.end : mention.span.start]
        behind = before if between in _CHAIN_WORDS and _is_larger(before.kind, mention.kind) else None
        listed = before if between in _LIST_MARKS and before.kind is mention.kind else None
        stated[mention] = _Stated(behind, listed)
    return stated


def _is_larger(kind: Kind, other: Kind) -> bool:
    """Tell whether a place of the first kind may hold one of the second; hamlets lie in villages."""
    if Kind.REGION in (kind, other):
        return False
    return DIVISION_KINDS.index(kind) < DIVISION_KINDS.index(other) or kind is other is Kind.VILLAGE


def _one_a_place(divisions: Iterable[Division]) -> list[Division]:
    """Return the divisions, one a place: a place that was recoded between the lists has several codes.

    Codes are of one place if they have the same name and either the same parent (some 2,400 villages), or no year in
    common and for counties one province (公主岭市 changed its prefecture), for villages one county and the same last
    digits (villages of townships that became towns). The code held longest, then last, is taken.
    """
    best: list[Division] = []
    for one in sorted(divisions, key=lambda one: (len(one.years), one.years), reverse=True):
        if not any(_is_recoded(one, other) for other in best):
            best.append(one)
    return sorted(best)


def _is_recoded(one: Division, other: Division) -> bool:
    """Tell whether two divisions are one place under two codes or two names."""
    if one.code == other.code:
        return True
    if one.name != other.name or one.kind is not other.kind:
        return False
    if one.parent == other.parent:
        return True
    if set(one.years) & set(other.years):
        return False
    if one.kind is Kind.COUNTY:
        return one.code[:_PROVINCE_DIGITS] == other.code[:_PROVINCE_DIGITS]
    return (one.code[:_COUNTY_DIGITS], one.code[-3:]) == (other.code[:_COUNTY_DIGITS], other.code[-3:])


def _chosen(division: Division, reason: str) -> Choice:
    """Return the choice of a division."""
    return Choice(("place", division.code), division, reason)


def _uncoded(mention: Mention, parent: Choice, reason: str) -> Choice:
    """Return the choice of a place that no list holds; its key has the code of the nearest coded ancestor."""
    return Choice(("place", parent.key[1], mention.name), None, reason, parent.key)
