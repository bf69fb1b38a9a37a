"""The bodies of REST answers: what :mod:`kg.index` gives, as JSON with its shape in the OpenAPI document.

Errors have a body of their own, in :mod:`api.problems`.
"""

from decimal import Decimal
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, computed_field

from kg.index import address_path

Item = TypeVar("Item")


def _number(value: Decimal) -> int | float:
    """Return a decimal as a JSON number; counts stay whole."""
    return int(value) if value == value.to_integral_value() else float(value)


#: A decimal that is a number in JSON, not a string.
Number = Annotated[Decimal, PlainSerializer(_number, return_type=int | float, when_used="json")]


class _Row(BaseModel):
    """Made from a row of the index, attribute by attribute."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Ref(_Row):
    """A resource, as far as a link to it needs."""

    address: str = Field(description="Path of its IRI below id/.", examples=["place/620723"])
    label: str = Field(examples=["临泽县"])
    kind: str = Field(description="Local name of its class; empty where the graph only points to it.")

    @computed_field(description="Where to read about it.")  # type: ignore[prop-decorator]
    @property
    def url(self) -> str:
        """Path of its page and of its data, by Accept or suffix."""
        return f"/entity/{address_path(self.address)}"


class PathStep(_Row):
    """Two entities beside each other on a path."""

    start: Ref
    end: Ref
    relations: tuple[str, ...] = Field(
        description="Local names of the properties that join them; < before one that points back.",
        examples=[("residentOf",), ("<locatedIn",)],
    )


class EntityPath(_Row):
    """A way from one entity to another."""

    steps: tuple[PathStep, ...]


class Entity(_Row):
    """One entity."""

    address: str = Field(description="Path of its IRI below id/.", examples=["place/620723"])
    iri: str
    kind: str = Field(description="Local name of its class.", examples=["County"])
    label: str = Field(description="Full Chinese name.", examples=["临泽县"])
    english: str | None = None
    aliases: tuple[str, ...] = ()
    code: str | None = Field(default=None, description="Official code of a division.", examples=["620723"])
    parents: tuple[Ref, ...] = Field(default=(), description="The places above it, the nearest first.")
    claims: int = Field(description="Claims that it is part of, mentions not counted.")
    articles: int = Field(description="Articles that name it.")

    @computed_field(description="Where to read about it.")  # type: ignore[prop-decorator]
    @property
    def url(self) -> str:
        """Path of its page and of its data, by Accept or suffix."""
        return f"/entity/{address_path(self.address)}"


class Evidence(_Row):
    """Words of an article; offsets count code points of the raw text, half-open."""

    start: int
    end: int
    exact: str = Field(description="raw[start:end]")
    prefix: str
    suffix: str
    sentence: str = Field(description="The sentence, repaired and in simplified characters.")


class Figure(_Row):
    """A stated number with all its parts."""

    key: str
    about: Ref
    indicator: str | None = Field(description="Key of the indicator.", examples=["poor-population"])
    indicator_zh: str
    indicator_en: str | None
    indicator_text: str = Field(description="The article's words.")
    value: Number = Field(description="In the unit; 万 and 亿 are resolved.", examples=[7728])
    surface: str = Field(description="The number as written.", examples=["7728"])
    unit: str = Field(examples=["人"])
    normalised_value: Number | None = Field(description="In the reference unit of the dimension.")
    qualifier: str = Field(examples=["exact"])
    status: str = Field(examples=["actual"])
    accumulation: str = Field(examples=["stock"])
    basis: str | None
    period: str | None = Field(description="ISO 8601.", examples=["2013"])
    slot: str | None = Field(description="The question that it answers.")
    preferred: bool = Field(description="Whether it is the preferred answer.")
    conflicting: bool = Field(description="Whether another article, or sentence, answers differently.")
    confidence: Number | None
    article: str = Field(description="Key of the article.")
    sentence: str


class Claim(_Row):
    """A claim with the words that it rests on."""

    key: str
    iri: str
    kind: str = Field(examples=["RelationClaim"])
    article: Ref
    subject: Ref | None
    predicate: str | None = Field(description="Property of a relation.", examples=["residentOf"])
    object: Ref | None
    text: str = Field(description="Title of a post, words of the indicator, or how a mention was linked.")
    period: str | None
    period_basis: str | None
    confidence: Number | None
    extractor: str
    evidence: tuple[Evidence, ...]
    figure: Figure | None = None


class Backlink(_Row):
    """A statement that points to the resource."""

    predicate: str = Field(description="IRI of the property.")
    subject: Ref


class Article(_Row):
    """One article."""

    key: str
    iri: str
    identifier: str = Field(description="File name, or the record's id.")
    title: str
    issued: str | None
    publisher: str | None
    creators: tuple[str, ...]
    text_hash: str = Field(description="SHA-256 of the raw text in UTF-8.")
    address: str | None = Field(description="Address of the page.")
    retrieved: str | None = Field(description="When the page was fetched; no date of publication.")
    copies: tuple[str, ...] = Field(description="Other places of the same article.")
    characters: int = Field(description="Length of the raw text in code points.")
    claims: int


class Conflict(_Row):
    """One question that is answered differently."""

    slot: str
    about: Ref
    indicator: str
    indicator_zh: str
    period: str
    because: str = Field(description="Why the first figure is preferred.")
    figures: tuple[Figure, ...]


class Hit(_Row):
    """One result of a search."""

    entity: Entity
    name: str = Field(description="The name that matched.")
    reason: str = Field(description="name, prefix, contains, pinyin, initials, code or close.")


class ArticleClaims(BaseModel):
    """An article with a page of its claims."""

    article: Article
    claims: list[Claim]
    next: str | None = None


class Page(BaseModel, Generic[Item]):
    """One page of a listing; ``next`` goes into ``?cursor=`` for the page after it."""

    items: list[Item]
    next: str | None = None


class Results(BaseModel, Generic[Item]):
    """The results of a search, the best first."""

    items: list[Item]


class DumpFile(BaseModel):
    """One file of the graph."""

    name: str
    url: str
    media_type: str
    bytes: int
    sha256: str
    triples: int
    license: str


class Stats(BaseModel):
    """What the graph holds."""

    build: str = Field(description="Content hash of the store.")
    triples: int
    conflicts: int = Field(description="Questions that are answered differently.")
    kinds: dict[str, int] = Field(description="Resources by class.")
    classes: dict[str, int] = Field(description="Instances by IRI of the class.")
    properties: dict[str, int] = Field(description="Triples by IRI of the property.")
