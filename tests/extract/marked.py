"""Readings written down as marked sentences: no gazetteer, no other extractor.

``[words|Kind]`` is a linked mention, ``[words|Kind|name]`` one whose words only point back to that name, and
``[words|Kind||scope]`` one that is narrowed to a place or, for a programme, the part of a system. The article is about
青山县 in 河山省; towns and villages lie in it, other counties do not. Paragraphs are lines.
"""

import re
from decimal import Decimal

from kg.model import PLACE_KINDS, Entity, EntityKey, Kind, Link, Mention, Reading, Span
from tests.factories import make_document

MAIN: EntityKey = ("place", "青山县")
PROVINCE: EntityKey = ("place", "河山省")

_MARK = re.compile(r"\[([^|\]]+)\|([A-Za-z]+)(?:\|([^|\]]*))?(?:\|([^|\]]*))?\]")
_WITHIN = {Kind.TOWNSHIP, Kind.VILLAGE}


def key_of(kind: Kind, name: str, scope: str = "") -> EntityKey:
    """Return the key that a name has in these readings."""
    if kind in PLACE_KINDS:
        return ("place", name)
    if kind is Kind.PROGRAMME:
        return ("programme", "青山县", scope, name) if scope else ("programme", "青山县", name)
    if kind in {Kind.PERSON, Kind.ORGANISATION}:
        return (kind.value.lower(), "青山县", name)
    return (kind.value.lower(), name)


def read_marked(marked: str) -> Reading:
    """Return the reading of a text with marked mentions."""
    text, links = "", []
    entities = {
        PROVINCE: Entity(PROVINCE, Kind.PROVINCE, "河山省"),
        MAIN: Entity(MAIN, Kind.COUNTY, "青山县", ("青山",), parent=PROVINCE),
    }
    at = 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        words, kind, meant, scope = match[1], Kind(match[2]), match[3] or "", match[4] or ""
        key = key_of(kind, meant or words, scope if kind is Kind.PROGRAMME else "")
        parent = MAIN if kind in _WITHIN else None
        entities.setdefault(key, Entity(key, kind, meant or words, parent=parent))
        narrowed = ("whole", scope) if scope and kind is Kind.PROGRAMME else ("place", scope) if scope else ()
        span = Span(len(text), len(text) + len(words))
        mention = Mention(span, kind, meant or words, "test", scope=narrowed, anaphor=bool(meant))
        links.append(Link(mention, key, "test", Decimal("0.9")))
        text += words
        at = match.end()
    text += marked[at:]
    mentions = tuple(sorted(link.mention for link in links))
    return Reading(make_document(text), main_place=MAIN, mentions=mentions, links=tuple(links), entities=entities)
