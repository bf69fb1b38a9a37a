"""Gold annotations as values, read from their JSON files; what agrees with them is decided elsewhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.errors import ArticleError, KgError
from kg.evaluate.agreement import fold_name

#: The closed list of relations; partOf comes from the gazetteer and is not scored, posts are scored apart.
RELATIONS = (
    "residentOf",
    "worksAt",
    "locatedIn",
    "implementedIn",
    "hasComponent",
    "operatedBy",
    "assistedBy",
    "produces",
    "participatesIn",
    "received",
    "visited",
    "created",
)


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity that the article names.

    Attributes:
        type: Gold type: "County", "Document".
        name: Full name.
        aliases: Other names.
        code: Official code; None where the gold says that there is none.
        has_code: Whether the gold says anything about a code.
        optional: Neither asked for nor too much.
    """

    type: str
    name: str
    aliases: tuple[str, ...] = ()
    code: str | None = None
    has_code: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation between two entities, by name; for a post, the object is the body or place and ``title`` is set."""

    subject: str
    predicate: str
    object: str
    title: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure; attributes as in the guidelines, ``about`` by name."""

    about: str
    indicator: str
    value: Decimal
    unit: str
    quote: str
    period: str | None = None
    qualifier: str = "exact"
    status: str = "actual"
    accumulation: str = "stock"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader would want to be known after reading one article.

    Attributes:
        document: Identifier of the article.
        metadata: "title", "published", "publisher", "mainPlace": what the page says; None where it does not.
        entities: Named things.
        relations: Relations of :data:`RELATIONS`.
        posts: Who holds which post where.
        figures: Numbers.
    """

    document: str
    metadata: Mapping[str, str | None] = field(default_factory=dict)
    entities: tuple[GoldEntity, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    posts: tuple[GoldRelation, ...] = ()
    figures: tuple[GoldFigure, ...] = ()

    def names(self, name: str) -> frozenset[str]:
        """Return all names, folded, of the entity called ``name``; the name alone where there is no such entity."""
        found = next((entity for entity in self.entities if entity.name == name), None)
        return frozenset(map(fold_name, (name, *found.aliases) if found else (name,)))


def load_gold(directory: Path) -> dict[str, Gold]:
    """Return the gold documents of a folder by article identifier, in the order of file names.

    JSON files that hold no list of entities (competency questions) are no gold and are passed over.

    Raises:
        ArticleError: if the folder holds no gold.
        KgError: if a file of it is not JSON or has an entry that is none.
    """
    golds = [
        _parse_gold(path, data) for path in sorted(directory.glob("*.json")) if "entities" in (data := _read(path))
    ]
    if not golds:
        raise ArticleError(
            "no gold documents here", where=str(directory), remedy="Name the folder of the gold JSON files."
        )
    return {gold.document: gold for gold in golds}


def _read(path: Path) -> dict[str, Any]:
    """Return the object of a JSON file, an empty one where it holds another value; numbers stay exact."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as exc:
        raise KgError(f"cannot be read as JSON: {exc}", where=str(path)) from exc
    return data if isinstance(data, dict) else {}


def _parse_gold(path: Path, data: Mapping[str, Any]) -> Gold:
    """Return one gold document."""
    try:
        relations = [_parse_relation(entry) for entry in data.get("relations", ())]
        return Gold(
            document=data.get("doc", f"{path.stem}.txt"),
            metadata={
                "title": data.get("title"),
                "published": data.get("published"),
                "publisher": data.get("publisher"),
                "mainPlace": data.get("main_place"),
            },
            entities=tuple(_parse_entity(entry) for entry in data["entities"]),
            relations=tuple(relation for relation in relations if relation.predicate in RELATIONS),
            posts=tuple(relation for relation in relations if relation.predicate == "holdsPost"),
            figures=tuple(_parse_figure(entry) for entry in data.get("figures", ())),
        )
    except (KeyError, TypeError, ArithmeticError) as exc:
        raise KgError(f"is no gold document: {exc!r}", where=str(path), remedy="See docs/evaluation.md.") from exc


def _parse_entity(entry: Mapping[str, Any]) -> GoldEntity:
    """Return one entity of the gold."""
    return GoldEntity(
        type=entry["type"],
        name=entry["name"],
        aliases=tuple(entry.get("aliases", ())),
        code=entry.get("code"),
        has_code="code" in entry,
        optional=entry.get("optional", False),
    )


def _parse_relation(entry: Mapping[str, Any]) -> GoldRelation:
    """Return one relation or post of the gold."""
    target = entry["o"] if isinstance(entry["o"], dict) else {"at": entry["o"]}
    return GoldRelation(
        subject=entry["s"],
        predicate=entry["p"],
        object=target["at"],
        title=target.get("title", ""),
        optional=entry.get("optional", False),
    )


def _parse_figure(entry: Mapping[str, Any]) -> GoldFigure:
    """Return one figure of the gold."""
    return GoldFigure(
        about=entry["about"],
        indicator=entry["indicator"],
        value=Decimal(entry["value"]),
        unit=entry["unit"],
        quote=entry["quote"],
        period=entry.get("period"),
        qualifier=entry.get("qualifier", "exact"),
        status=entry.get("status", "actual"),
        accumulation=entry.get("accumulation", "stock"),
        optional=entry.get("optional", False),
    )
