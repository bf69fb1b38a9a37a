"""Documents, readings and claims by hand: no files."""

import re
from decimal import Decimal

from kg.model import (
    Article,
    Block,
    BlockRole,
    Document,
    Entity,
    EntityKey,
    Figure,
    Kind,
    Link,
    Mention,
    Metadata,
    OffsetMap,
    Reading,
    RelationClaim,
    Sentence,
    Span,
)

COUNTY: EntityKey = ("place", "620523")
PREFECTURE: EntityKey = ("place", "6205")
PROVINCE: EntityKey = ("place", "62")
PERSON: EntityKey = ("person", "620523", "王小兰")


def make_document(text: str, *, identifier: str = "article.txt") -> Document:
    """Return a document whose lines are body blocks, with a sentence for each 。 and line."""
    blocks, start = [], 0
    sentences: list[Sentence] = []
    for paragraph, line in enumerate(text.split("\n")):
        blocks.append(Block(Span(start, start + len(line)), BlockRole.BODY))
        found = re.finditer(r"[^。]+。?", line)
        sentences += [Sentence(Span(start + each.start(), start + each.end()), paragraph) for each in found]
        start += len(line) + 1
    return Document(Article(identifier, text), text, OffsetMap.unchanged(len(text)), tuple(blocks), tuple(sentences))


def find_span(text: str, words: str) -> Span:
    """Return where words first stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_entities() -> dict[EntityKey, Entity]:
    """Return a county with what it lies in, and a person."""
    rows = (
        Entity(PROVINCE, Kind.PROVINCE, "甘肃省", code="62", code_years=(2019, 2023)),
        Entity(PREFECTURE, Kind.PREFECTURE, "天水市", code="6205", code_years=(2019, 2023), parent=PROVINCE),
        Entity(
            COUNTY,
            Kind.COUNTY,
            "甘谷县",
            aliases=("甘谷",),
            code="620523",
            code_years=(2019, 2023),
            parent=PREFECTURE,
            english="Gangu County",
        ),
        Entity(PERSON, Kind.PERSON, "王小兰"),
    )
    return {entity.key: entity for entity in rows}


def make_link(text: str, words: str, kind: Kind, key: EntityKey, *, name: str = "") -> Link:
    """Return the link of the first mention of words."""
    return Link(Mention(find_span(text, words), kind, name or words, "places"), key, "main place")


def make_figure(text: str, words: str, **parts: object) -> Figure:
    """Return a figure about the county, stated by words."""
    values: dict[str, object] = {
        "about": COUNTY,
        "indicator_text": "贫困人口",
        "indicator": "poor-population",
        "value": Decimal(166200),
        "surface": "16.62万",
        "unit": "人",
        "evidence": (find_span(text, words),),
        "extractor": "figures",
    }
    return Figure(**(values | parts))  # type: ignore[arg-type]


#: The article of most tests.
TEXT = "2013年甘谷县有贫困人口16.62万人。王小兰是甘谷县的一名村民。"


def make_residence(text: str = TEXT) -> RelationClaim:
    """Return where the person lives, as the text says."""
    return RelationClaim(PERSON, "residentOf", COUNTY, (find_span(text, "王小兰是甘谷县的一名村民"),), "relations")


def make_reading(text: str = TEXT, *, identifier: str = "article.txt", **parts: object) -> Reading:
    """Return a reading of an article that names the county and the person; without claims unless they are given."""
    links = (
        make_link(text, "甘谷县", Kind.COUNTY, COUNTY),
        make_link(text, "王小兰", Kind.PERSON, PERSON),
    )
    values: dict[str, object] = {
        "document": make_document(text, identifier=identifier),
        "metadata": Metadata("甘谷县脱贫攻坚纪实", "2020-11-16", "甘谷县融媒体中心", ("李记者",)),
        "main_place": COUNTY,
        "mentions": tuple(link.mention for link in links),
        "links": links,
        "entities": make_entities(),
        "claims": (),
    }
    return Reading(**(values | parts))  # type: ignore[arg-type]
