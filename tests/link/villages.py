"""Sentences made from the gazetteer: villages that share their name, and the code that each sentence states.

Counties are drawn from the whole country by a fixed seed. Each village drawn shares its name with one of another
township of its county, or with others in the country.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.link import Division, Gazetteer
from kg.link.names import related_forms, short_forms
from kg.model import Kind

_SEED = 4
_TOWNSHIP_ENDS, _VILLAGE_ENDS, _COUNTY_ENDS = ("镇", "乡"), ("村", "社区"), ("县", "市", "旗")
_ACTS = ("办起了扶贫车间", "修通了水泥路", "种上了花椒树", "建好了蔬菜大棚", "有120户人家", "今年脱了贫")
_PREFECTURE_DIGITS = 4
#: So many towns make a county large enough.
_FEWEST_TOWNS = 3
_ROUNDS = 3  # cases of each form from one county


@dataclass(frozen=True, slots=True)
class Village:
    """A village as a text names it, and the code it has: None where the text does not tell."""

    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the villages it names, in their order.

    Attributes:
        form: What the sentences are like.
        text: The sentences.
        villages: The villages named.
    """

    form: str
    text: str
    villages: tuple[Village, ...]


class County:
    """A county with its villages."""

    def __init__(self, gazetteer: Gazetteer, division: Division) -> None:
        """Take the county."""
        self._gazetteer = gazetteer
        self.name, self.code = division.name, division.code
        self.short = (division.name, *short_forms(division.name, Kind.COUNTY))[-1]
        above = [one.name for one in reversed(gazetteer.ancestors(division.code))]
        self.chain = "".join(dict.fromkeys((*above, division.name)))
        towns = [one for one in gazetteer.townships(division.code) if one.name.endswith(_TOWNSHIP_ENDS)]
        names = [one.name for one in towns]
        self.towns = {one.code: one.name for one in towns if names.count(one.name) == 1}

    @cached_property
    def bearers(self) -> Mapping[str, set[str]]:
        """The codes that each name has in the county, of villages in towns, streets and farms alike."""
        found: dict[str, set[str]] = {}
        for one in self._gazetteer.within(self.code):
            found.setdefault(one.name, set()).add(one.code)
        return found

    @cached_property
    def villages(self) -> Sequence[Division]:
        """The villages of its towns that all lists hold under one name."""
        return [
            one
            for one in self._gazetteer.within(self.code)
            if one.parent in self.towns and one.name.endswith(_VILLAGE_ENDS) and one.years == self._gazetteer.years
        ]

    def town(self, village: Division) -> str:
        """Return the name of a village's township."""
        return self.towns[str(village.parent)]

    def homonyms(self) -> list[tuple[Division, Division]]:
        """Return pairs of villages of one name in two townships, none of which has another of the name."""
        by_name: dict[str, list[Division]] = {}
        for one in self.villages:
            by_name.setdefault(one.name, []).append(one)
        return [(a, b) for a, b, *_ in (pair for pair in by_name.values() if len(pair) > 1) if a.parent != b.parent]

    def singles(self) -> list[Division]:
        """Return the villages whose name the county has once, under any word for their level."""
        return [one for one in self.villages if len(self._all_bearers(one.name)) == 1]

    def _all_bearers(self, name: str) -> set[str]:
        """Return the codes of what bears a name or a form of it."""
        names = (name, *related_forms(name, Kind.VILLAGE))
        return {code for form in names for code in self.bearers.get(form, ())}

    def other_form(self, village: Division) -> str:
        """Return the name of a village with the other word for its level: 金承村 for 金承社区."""
        return related_forms(village.name, Kind.VILLAGE)[0]

    def foreign_town(self, village: Division) -> str:
        """Return a township that has no village of the name in any form, or an empty string."""
        taken = {code[:9] for code in self._all_bearers(village.name)}
        return next((name for code, name in self.towns.items() if code not in taken), "")


class _Sentences:
    """Cases of one county and another one; a form that a county has no villages for gives none."""

    def __init__(self, county: County, other: County, rng: random.Random) -> None:
        """Take the counties: the text is about the first."""
        self._county, self._other, self._rng = county, other, rng
        self._pairs, self._singles = county.homonyms(), county.singles()

    def cases(self) -> Iterator[Case]:
        """Yield the cases."""
        for form in (self._stated, self._short_county, self._two_towns, self._sentence_before, self._ambiguous):
            if self._pairs:
                yield self._case(form, *self._rng.choice(self._pairs))
        for form in (self._county_only, self._other_level, self._foreign_town, self._elsewhere):
            if self._singles:
                yield self._case(form, self._rng.choice(self._singles), None)

    def _case(self, form: "_Form", one: Division, other: Division | None) -> Case:
        text, *villages = form(one, other)
        name = form.__name__.removeprefix("_").replace("_", " ")
        return Case(name, text, tuple(villages))

    def _act(self) -> str:
        return self._rng.choice(_ACTS)

    def _stated(self, one: Division, _: Division | None) -> "_Parts":
        county = self._county
        return f"{county.chain}{county.town(one)}{one.name}{self._act()}。", Village(one.name, one.code)

    def _short_county(self, one: Division, _: Division | None) -> "_Parts":
        county = self._county
        text = f"{county.chain}脱贫攻坚取得进展。{county.short}{county.town(one)}{one.name}{self._act()}。"
        return text, Village(one.name, one.code)

    def _two_towns(self, one: Division, other: Division | None) -> "_Parts":
        """Two villages of one name, each behind its township."""
        assert other
        county = self._county
        text = (
            f"{county.chain}{county.town(one)}{one.name}{self._act()}，{county.town(other)}{other.name}{self._act()}。"
        )
        return text, Village(one.name, one.code), Village(other.name, other.code)

    def _sentence_before(self, one: Division, _: Division | None) -> "_Parts":
        county = self._county
        text = f"{county.chain}{county.town(one)}{self._act()}。{one.name}{self._act()}，群众很高兴。"
        return text, Village(one.name, one.code)

    def _ambiguous(self, one: Division, _: Division | None) -> "_Parts":
        return f"{self._county.chain}的{one.name}{self._act()}。", Village(one.name, None)

    def _county_only(self, one: Division, _: Division | None) -> "_Parts":
        text = f"{self._county.chain}{self._act()}。在{self._county.name}{one.name}，大家{self._act()}。"
        return text, Village(one.name, one.code)

    def _other_level(self, one: Division, _: Division | None) -> "_Parts":
        county, name = self._county, self._county.other_form(one)
        return f"{county.chain}{county.town(one)}{name}{self._act()}。", Village(name, one.code)

    def _foreign_town(self, one: Division, _: Division | None) -> "_Parts":
        """A township that has no such village: the county's own is not meant."""
        town = self._county.foreign_town(one)
        return f"{self._county.chain}{town}{one.name}{self._act()}。", Village(one.name, None if town else one.code)

    def _elsewhere(self, one: Division, _: Division | None) -> "_Parts":
        """A village far away or next door, in an article about the first county."""
        county, other = self._county, self._other
        there = next((village for village in other.villages if village.name == one.name), other.villages[0])
        text = (
            f"{county.chain}{self._act()}。{county.name}{county.town(one)}{one.name}{self._act()}。"
            f"{county.name}的干部到{other.chain}{other.town(there)}{there.name}学习。"
        )
        return text, Village(one.name, one.code), Village(there.name, there.code)


_Parts = tuple[str, *tuple[Village, ...]]
_Form = Callable[[Division, Division | None], _Parts]


def make_cases(gazetteer: Gazetteer, count: int) -> list[Case]:
    """Return so many cases, the same at every call: counties of the whole country, each beside another one.

    Every second one's other county is of the same prefecture.
    """
    rng = random.Random(_SEED)  # noqa: S311 - no secret
    divisions = sorted({one for named in gazetteer.forms.values() for one in named if one.kind is Kind.COUNTY})
    fitting = [one for one in divisions if one.name.endswith(_COUNTY_ENDS) and one.years == gazetteer.years]
    cases: list[Case] = []
    while len(cases) < count:
        one = rng.choice(fitting)
        beside = [other for other in fitting if other.code[:_PREFECTURE_DIGITS] == one.code[:_PREFECTURE_DIGITS]]
        county, other = County(gazetteer, one), County(gazetteer, rng.choice(rng.choice((beside, fitting))))
        if min(len(county.towns), len(other.towns)) >= _FEWEST_TOWNS and other.villages and one.code != other.code:
            sentences = _Sentences(county, other, rng)
            cases += (case for _ in range(_ROUNDS) for case in sentences.cases())
    return cases[:count]
