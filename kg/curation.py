"""What users overrule: entities that are one, entities that are two, and names that are kept out.

Two files of lines with tabs between the columns; ``#`` begins a comment, the last column is the reason:

- pairs: ``same  ENTITY  ENTITY  reason``, and ``different  ENTITY  ARTICLE  reason``: what the article calls so is
  another one;
- suppression: ``NAME  reason`` for every article, or ``ENTITY  reason`` for all names of the entity in the articles
  that mention it (:mod:`kg.suppression`).

An entity is an IRI or its path below ``id/``, an article its key or IRI.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

import networkx as nx

from kg.errors import SettingsError, reason_of
from kg.model import Claim, Entity, EntityKey, Figure, PostHolding, Reading, RelationClaim
from kg.suppression import longest_first

_KINDS = frozenset({"place", "person", "organisation", "programme", "product", "award", "work"})
_ARTICLE = re.compile(r"(?:.*/)?(?P<key>[0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Curation:
    """What users overrule.

    Attributes:
        same: Entities that are another one, by key, with the key that stands for their group: the smallest.
        different: Entities that are others in one article, each with the article's key.
        names: Names that are kept out of every article, longest first.
        entities: Entities whose names are kept out of the articles that mention them.
    """

    same: Mapping[EntityKey, EntityKey] = field(default_factory=dict)
    different: frozenset[tuple[EntityKey, str]] = frozenset()
    names: tuple[str, ...] = ()
    entities: frozenset[EntityKey] = frozenset()

    def fingerprint(self) -> str:
        """Return a digest, equal for equal decisions."""
        parts = (sorted(self.same.items()), sorted(self.different), self.names, sorted(self.entities))
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def names_in(self, reading: Reading) -> tuple[str, ...]:
        """Return the names of the entities of a reading that are kept out, longest first."""
        found = (entity for key, entity in reading.entities.items() if key in self.entities)
        return longest_first(name for entity in found for name in (entity.name, *entity.aliases))

    def settle(self, reading: Reading) -> Reading:
        """Return a reading with the entities that users say are meant."""
        article = reading.document.article.key

        def meant(key: EntityKey) -> EntityKey:
            return (*key, article) if (key, article) in self.different else self.same.get(key, key)

        if any(meant(key) != key for key in reading.entities):
            return _renamed(reading, meant)
        return reading

    def others(self, key: EntityKey) -> tuple[EntityKey, ...]:
        """Return the entities that another one stands for, sorted."""
        return tuple(sorted(other for other, kept in self.same.items() if kept == key))


# ---- Files -----------------------------------------------------------------------------------------------------------


def load_curation(*, pairs: str = "", suppression: str = "") -> Curation:
    """Return what the two files say; an empty name stands for no file.

    Raises:
        SettingsError: if a file cannot be read, or a line is not as it should be; names file and line.
    """
    same = nx.Graph()
    different: set[tuple[EntityKey, str]] = set()
    for where, columns in _lines(pairs):
        match columns:
            case ["same", one, other, *_]:
                same.add_edge(_key(one, where), _key(other, where))
            case ["different", entity, article, *_]:
                different.add((_key(entity, where), _article_key(article, where)))
            case _:
                raise _fault(where, "same ENTITY ENTITY reason, or different ENTITY ARTICLE reason")
    kept_out = [_kept_out(columns, where) for where, columns in _lines(suppression)]
    return Curation(
        {key: min(group) for group in nx.connected_components(same) for key in sorted(group) if key != min(group)},
        frozenset(different),
        longest_first(each for each in kept_out if isinstance(each, str)),
        frozenset(each for each in kept_out if not isinstance(each, str)),
    )


def _lines(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield place and columns of each line that says something."""
    if not name:
        return
    try:
        lines = Path(name).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        reason = reason_of(exc) if isinstance(exc, OSError) else "it is not UTF-8"
        raise SettingsError(f"cannot be read: {reason}", where=name, remedy="Name a text file in UTF-8.") from exc
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield f"{name}, line {number}", [column.strip() for column in line.split("\t")]


def _kept_out(columns: list[str], where: str) -> str | EntityKey:
    words = columns[0]
    if "/" in words:
        return _key(words, where)
    if len(words) < 2:  # noqa: PLR2004 - a single character would black out half a text
        raise _fault(where, "a name of two characters or more, or an entity")
    return words


def _key(words: str, where: str) -> EntityKey:
    """Return the key of an entity given by IRI or path."""
    path = words.strip("<>").rpartition("/id/")[2]
    key = tuple(unquote(segment) for segment in path.split("/"))
    if key[0] not in _KINDS or not all(key) or len(key) == 1:
        raise _fault(where, f"an entity such as person/620523/李明 in place of {words!r}")
    return key


def _article_key(words: str, where: str) -> str:
    if found := _ARTICLE.fullmatch(words.strip("<>")):
        return found["key"]
    raise _fault(where, f"the 16 digits of an article's key in place of {words!r}")


def _fault(where: str, expected: str) -> SettingsError:
    return SettingsError("this line cannot be understood", where=where, remedy=f"Expected, with tabs: {expected}.")


# ---- Readings --------------------------------------------------------------------------------------------------------


def _renamed(reading: Reading, meant: Callable[[EntityKey], EntityKey]) -> Reading:
    return replace(
        reading,
        main_place=meant(reading.main_place) if reading.main_place else None,
        links=tuple(replace(link, entity=meant(link.entity)) for link in reading.links),
        entities=_renamed_entities(reading.entities.values(), meant),
        claims=tuple(_distinct(_renamed_claim(claim, meant) for claim in reading.claims)),
    )


def _distinct(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims but for relations of an entity to itself, which two names of one gave."""
    for claim in claims:
        if not isinstance(claim, RelationClaim) or claim.subject != claim.object:
            yield claim


def _renamed_entities(
    entities: Iterable[Entity], meant: Callable[[EntityKey], EntityKey]
) -> Mapping[EntityKey, Entity]:
    """Return the entities under the keys that are meant; of several for one key that of the key itself describes it."""
    found: dict[EntityKey, Entity] = {}
    for entity in sorted(entities, key=lambda entity: (meant(entity.key) != entity.key, entity.key)):
        key = meant(entity.key)
        parent = meant(entity.parent) if entity.parent and meant(entity.parent) != key else None
        first = found.get(key, replace(entity, key=key, parent=parent))
        names = {*first.aliases, entity.name, *entity.aliases} - {first.name}
        code = first.code or entity.code
        years = first.code_years or entity.code_years
        found[key] = replace(first, aliases=tuple(sorted(names)), code=code, code_years=years)
    return found


def _renamed_claim(claim: Claim, meant: Callable[[EntityKey], EntityKey]) -> Claim:
    match claim:
        case Figure():
            return replace(claim, about=meant(claim.about))
        case PostHolding():
            return replace(claim, holder=meant(claim.holder), at=meant(claim.at))
        case RelationClaim():
            return replace(claim, subject=meant(claim.subject), object=meant(claim.object))
