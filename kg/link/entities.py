"""Which person, organisation, programme, product, award or work a mention means: one entity for all its names.

Keys follow ``docs/architecture.md``: people and programmes belong to the county of the article, organisations to their
place, national instruments, products, awards and works to nobody. Within an article, a name that is another's alias is
the same entity; over articles, equal keys are. Places are resolved in :mod:`kg.link.resolve`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from kg.link.gazetteer import Division, Gazetteer
from kg.link.homonyms import tell_apart
from kg.link.order import in_text_order
from kg.model import PLACE_KINDS, Entity, EntityKey, Kind, Link, Mention, Reading, Vocabulary

#: Code in the keys of what belongs to no county: national and foreign bodies.
NATIONAL = "00"
_COUNTY_DIGITS, _PREFECTURE_DIGITS = 6, 4

#: Beginnings of the names of national bodies and media.
_NATIONAL_BODIES = (
    "中国", "中央", "中共中央", "国务院", "国家", "全国", "中华全国", "中华慈善", "中华环保", "人民日报", "新华社",
    "新华网", "光明日报", "经济日报", "农民日报", "央视", "人民网", "教育部", "财政部", "农业农村部", "民政部",
    "水利部", "交通运输部",
)  # fmt: skip
#: Offices of the whole country as they follow a name.
_NATIONAL_OFFICES = ("总书记", "国家主席", "国务院总理", "委员长")
_LONGEST_PLACE = 15  # characters of the longest county's name

#: Left out of names in keys: spaces, and all quotation marks and brackets of titles.
_SIGNS = re.compile(r"[\s\"'“”‘’「」『』《》〈〉]")

#: Long official forms of the names of Party and government bodies, and the form that articles use; in this order.
_BODY_FORMS = (
    (re.compile(r"^(?:中共|中国共产党)(?=.)"), ""),
    (re.compile(r"(?<=[省市州盟县区旗])委员会$"), "委"),
    (re.compile(r"人民代表大会常务委员会"), "人大常委会"),
    (re.compile(r"人民代表大会(?=$|常)"), "人大"),
    (re.compile(r"(?:中国人民)?政治协商会议(?=.)"), "政协"),
    (re.compile(r"(?<=[省市州盟县区旗乡镇])人民政府"), "政府"),
    (re.compile(r"村民委员会$"), "村委会"),
    (re.compile(r"社区居民委员会$"), "社区居委会"),
)

_ROOTS = {
    Kind.PERSON: "person",
    Kind.ORGANISATION: "organisation",
    Kind.PROGRAMME: "programme",
    Kind.PRODUCT: "product",
    Kind.AWARD: "award",
    Kind.WORK: "work",
}


@dataclass(frozen=True, slots=True)
class _Named:
    """What a mention's name amounts to.

    Attributes:
        place: Code that the key holds, or "" where it holds none.
        name: Label of the entity.
        whole: Name of the system that a programme is a part of, or "".
        home: Name of the village that tells a person from a namesake, or "".
        reason: Why it is this entity, for the link.
        forms: Other names, from the mention.
    """

    place: str
    name: str
    reason: str
    whole: str = ""
    home: str = ""
    forms: frozenset[str] = field(default_factory=frozenset)

    def key(self, kind: Kind) -> EntityKey:
        """Return the entity's key."""
        parts = (self.place, plain_name(self.whole), plain_name(self.name), plain_name(self.home))
        return (_ROOTS[kind], *(part for part in parts if part))


def resolve_entities(reading: Reading, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Reading:
    """Return the reading with links and entities of everything that is no place.

    Args:
        reading: With mentions of all kinds, places resolved.
        gazetteer: Tells what a place that narrows a name is part of.
        vocabulary: Its national instruments are one entity in every county.
    """
    linked = {link.mention for link in reading.links}
    mentions = [
        one for one in reading.mentions if one.kind not in PLACE_KINDS and one not in linked and plain_name(one.name)
    ]
    names = _Names(reading, gazetteer, vocabulary)
    named = {mention: names.read(mention) for mention in mentions}
    for kind in _ROOTS:
        named.update(_unite({mention: one for mention, one in named.items() if mention.kind is kind}))
    links = [_link(mention, one) for mention, one in named.items()]
    return replace(
        reading,
        links=in_text_order((*reading.links, *links)),
        entities={**reading.entities, **_entities(named)},
    )


@lru_cache(maxsize=8192)
def plain_name(name: str) -> str:
    """Return a name as it stands in a key: NFC, without quotation marks and spaces.

    >>> plain_name("“五位一体”培训输转 模式")
    '五位一体培训输转模式'
    """
    return _SIGNS.sub("", unicodedata.normalize("NFC", name))


def body_name(name: str) -> str:
    """Return the name of a Party or government body in the form that articles use.

    >>> body_name("中国共产党甘谷县委员会"), body_name("甘谷县人民政府"), body_name("中共绥阳县委宣传部")
    ('甘谷县委', '甘谷县政府', '绥阳县委宣传部')
    """
    for form, usual in _BODY_FORMS:
        name = form.sub(usual, name)
    return name


class _Names:
    """Reads the names of one article."""

    def __init__(self, reading: Reading, gazetteer: Gazetteer, vocabulary: Vocabulary) -> None:
        """Take the main place and the national instruments."""
        self._gazetteer = gazetteer
        self._home = reading.main_place[1] if reading.main_place else NATIONAL
        self._homes = tell_apart(reading)
        self._leaders = {mention.name for mention in reading.mentions if _is_leader(reading, mention)}
        # By label alone: the extractor has chosen it for abbreviations and longer forms, and knows what stands around.
        self._instruments = {plain_name(concept.label): concept.label for concept in vocabulary.instruments}

    def read(self, mention: Mention) -> _Named:
        """Return place, label and reason for a mention's name."""
        forms = frozenset({mention.name, *mention.aliases})
        if mention.kind is Kind.PROGRAMME:
            return replace(self._programme(mention), forms=forms)
        if mention.kind is Kind.PERSON:
            place = NATIONAL if mention.name in self._leaders else self._place(mention)
            home = self._homes.get(mention, "")
            reason = "name and village" if home else "name and county"
            return _Named(place, mention.name, reason, home=home, forms=forms)
        if mention.kind is Kind.ORGANISATION:
            place = self._place(mention)
            return _Named(place, self._without_ancestors(body_name(mention.name), place), "name and place", forms=forms)
        return _Named("", mention.name, "only by name", forms=forms)

    def _programme(self, mention: Mention) -> _Named:
        """Return a national instrument, a part of a named system, or a programme of the county."""
        if mention.scope[:1] == ("whole",):
            return _Named(self._home, mention.name, "part of a named system", whole=mention.scope[1])
        label = self._instruments.get(plain_name(mention.name))
        if label:
            return _Named("", label, "national instrument")
        return _Named(self._place(mention), mention.name, "name and county")

    def _place(self, mention: Mention) -> str:
        """Return the code of the county, or the higher place, that narrows a name."""
        scope = mention.scope
        if scope[:1] == ("place",) and scope[1] != "region":
            return scope[1][:_COUNTY_DIGITS]
        if mention.kind is Kind.ORGANISATION:
            return self._place_in_name(mention.name) or self._home[:_COUNTY_DIGITS]
        return self._home[:_COUNTY_DIGITS]

    def _place_in_name(self, name: str) -> str:
        """Return the code of the smallest place, a county at most, that a body's name begins with, or ""."""
        if name.startswith(_NATIONAL_BODIES):
            return NATIONAL
        code, rest = "", name
        while found := self._place_at_start(rest, code):
            code, length = found
            rest = rest[length:]
        return code

    def _place_at_start(self, name: str, above: str) -> tuple[str, int] | None:
        """Return code and length of the place that a name begins with, below another; the longest form counts."""
        for length in range(min(len(name), _LONGEST_PLACE), 1, -1):
            places = [one for one in self._gazetteer.forms.get(name[:length], ()) if one.code.startswith(above)]
            codes = {one.code for one in places} - {above}
            if self._home in codes:
                return self._home, length
            if codes:
                highest = [one for one in places if one.kind is places[0].kind]
                is_meant = len(highest) == 1 and not self._is_strange_district(highest[0], name[:length])
                return (highest[0].code, length) if is_meant else None
        return None

    def _is_strange_district(self, place: Division, form: str) -> bool:
        """Tell whether words are the short form of a city's district far from the article: 东湖 of 东湖学院."""
        is_short = place.name.endswith("区") and not form.endswith("区") and len(place.code) == _COUNTY_DIGITS
        return is_short and place.code[:_PREFECTURE_DIGITS] != self._home[:_PREFECTURE_DIGITS]

    def _without_ancestors(self, name: str, place: str) -> str:
        """Return a body's name without the names of what its place is part of: 天水市甘谷县委 is 甘谷县委."""
        here = self._gazetteer.division(place)
        above = [one.name for one in self._gazetteer.ancestors(place)]
        rest = name
        while found := next((one for one in above if rest.startswith(one)), None):
            rest = rest[len(found) :]
        return rest if here and rest.startswith(here.name) else name


def _is_leader(reading: Reading, mention: Mention) -> bool:
    """Tell whether a person's name is followed by an office of the whole country: no county's person."""
    return mention.kind is Kind.PERSON and reading.document.text.startswith(_NATIONAL_OFFICES, mention.span.end)


def _unite(named: Mapping[Mention, _Named]) -> Mapping[Mention, _Named]:
    """Return the names of one kind where a name that is only one other's alias is replaced by that other."""
    bearers: dict[tuple[str, str, str], set[_Named]] = {}
    for one in named.values():
        for form in one.forms:
            bearers.setdefault((one.place, one.whole, plain_name(form)), set()).add(replace(one, forms=frozenset()))
    return {
        mention: _fullest(one, bearers.get((one.place, one.whole, plain_name(one.name)), ()))
        for mention, one in named.items()
    }


def _fullest(one: _Named, others: Iterable[_Named]) -> _Named:
    """Return a name under the only longer one that has it as an alias, or as it is."""
    longer = {
        other for other in others if plain_name(other.name) != plain_name(one.name) and len(other.name) > len(one.name)
    }
    if len(longer) != 1:
        return one
    return replace(longer.pop(), forms=one.forms)


def _link(mention: Mention, named: _Named) -> Link:
    """Return the link of a mention; a name alone is less sure than one with its county."""
    confidence = Decimal("0.9") if named.place or named.reason == "national instrument" else Decimal("0.85")
    return Link(mention, named.key(mention.kind), named.reason, confidence)


def _entities(named: Mapping[Mention, _Named]) -> dict[EntityKey, Entity]:
    """Return the entities, each with the label most used and all other forms as aliases."""
    groups: dict[EntityKey, list[tuple[Mention, _Named]]] = {}
    for mention, one in named.items():
        groups.setdefault(one.key(mention.kind), []).append((mention, one))
    return {key: _entity(key, group) for key, group in sorted(groups.items())}


def _entity(key: EntityKey, group: Sequence[tuple[Mention, _Named]]) -> Entity:
    """Return one entity for mentions with the same key."""
    labels = Counter(one.name for _, one in group)
    label = min(labels, key=lambda name: (-labels[name], name))
    forms = {form for _, one in group for form in one.forms} | set(labels)
    return Entity(key, group[0][0].kind, label, tuple(sorted(forms - {label})))
