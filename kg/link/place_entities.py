"""The entities of places: what a choice among divisions amounts to, with names, codes, years and ancestors."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from kg.link.gazetteer import Division, Gazetteer
from kg.link.names import english_name, pinyin_name, short_forms
from kg.model import DIVISION_KINDS, Document, Entity, EntityKey, Kind, Mention

_UPPER = DIVISION_KINDS[:3]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a mention was found to mean.

    Attributes:
        key: The entity's key.
        division: The division, or None for a region or a place without a code.
        reason: Why, a key of :data:`CONFIDENCE`.
        parent: Key of the place it lies in, for a place without a code.
    """

    key: EntityKey
    division: Division | None
    reason: str
    parent: EntityKey | None = None


def place_entities(
    document: Document, choices: Mapping[Mention, Choice], main: Division | None, gazetteer: Gazetteer
) -> dict[EntityKey, Entity]:
    """Return the entities of all choices, of the main place, of what replaced them and of what they are part of."""
    names: dict[EntityKey, set[str]] = {}
    forms: dict[EntityKey, set[str]] = {}
    entities: dict[EntityKey, Entity] = {}
    for mention, choice in choices.items():
        names.setdefault(choice.key, set()).add(mention.name)
        forms.setdefault(choice.key, set()).update({mention.name, *mention.aliases, *_words(document, mention)})
        entities.setdefault(choice.key, _bare_entity(mention, choice))
    named = {choice.division for choice in choices.values() if choice.division} | ({main} if main else set())
    later = {one for division in named if (one := _successor(division, gazetteer))}
    above = {one for division in named | later for one in gazetteer.ancestors(division.code)}
    for division in sorted(named | later | above):
        key = ("place", division.code)
        entities[key] = _coded_entity(division, names.get(key, set()), gazetteer)
    return {key: _with_forms(entity, forms.get(key, set())) for key, entity in sorted(entities.items())}


def _words(document: Document, mention: Mention) -> set[str]:
    """Return the words of a mention, and how the page writes them where only the characters differ: 甘谷縣."""
    words, raw_span = document.words(mention.span), document.raw_span(mention.span)
    raw = raw_span.of(document.article.raw)
    if raw == words or len(raw) != len(words) or any(repair.raw.overlaps(raw_span) for repair in document.repairs):
        return {words}
    return {words, raw}


def _successor(division: Division, gazetteer: Gazetteer) -> Division | None:
    """Return what replaced the division with a code, under its latest name."""
    latest = gazetteer.division(division.code)
    later = gazetteer.successor(latest) if latest else None
    return gazetteer.division(later.code) if later else None


def _bare_entity(mention: Mention, choice: Choice) -> Entity:
    """Return the entity of a region or of a place without a code."""
    english = None if mention.kind is Kind.REGION else english_name(mention.name)
    pinyin = pinyin_name(mention.name) or None
    return Entity(choice.key, mention.kind, mention.name, parent=choice.parent, english=english, pinyin=pinyin)


def _coded_entity(division: Division, used: Collection[str], gazetteer: Gazetteer) -> Entity:
    """Return the entity of a division under the name that the article uses, if it is one of the division's.

    The names of the lists come first, the latest at the head; a form that no list holds (金承村 for 金承社区) is the
    name where the article has no other. Usual short forms and the names of other years are aliases.
    """
    named = gazetteer.names_of(division.code)
    listed = [one.name for one in sorted(named, key=lambda one: one.years, reverse=True)]
    name = next((name for name in listed if name in used), min(used, default=listed[0]))
    short = short_forms(name, division.kind) if division.kind in _UPPER else ()
    later = _successor(division, gazetteer)
    return Entity(
        key=("place", division.code),
        kind=division.kind,
        name=name,
        aliases=(*listed, *short),
        code=division.code,
        code_years=tuple(sorted({year for one in named for year in one.years})),
        parent=("place", division.parent) if division.parent else None,
        english=english_name(name),
        pinyin=pinyin_name(name) or None,
        replaced_by=("place", later.code) if later else None,
    )


def _with_forms(entity: Entity, forms: Iterable[str]) -> Entity:
    """Return the entity with further names as aliases, sorted, without its own name."""
    return replace(entity, aliases=tuple(sorted({*entity.aliases, *forms} - {entity.name})))
