"""A small store by hand: one county with what hangs on it, two articles that disagree, and names that mean harm."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.index import SourceRow
from kg.model import Span
from kg.rdf.iris import Minter
from kg.rdf.ontology import load_ontology
from kg.store import Store, write_store
from kg.terms import DC, DCT, OA, ORG, OWL, PA, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

FIRST = "aaaaaaaaaaaaaaaa"
SECOND = "bbbbbbbbbbbbbbbb"
#: Raw texts by article key.
TEXTS: Mapping[str, str] = {
    FIRST: "青禾县脱贫纪实\n2018年,全县贫困人口1.2万人。县扶贫办主任赵有田住在柳湾村,他说合作社出产<b>枸杞</b>。",
    SECOND: "再访青禾\n2018年,青禾县贫困人口11800人。",
}
SOURCES = tuple(
    SourceRow(key, text, report=f'{{"identifier": "{key}.txt", "key": "{key}"}}') for key, text in sorted(TEXTS.items())
)
HOSTILE = "<script>alert(1)</script>"
ADDRESS = "http://example.org/n/1"
FORMULA = '=HYPERLINK("http://example.org/")'
SLASHED = "1/2亩 园?"

_mint = Minter()
COUNTY = _mint.path("place", "990101")
VILLAGE = _mint.path("place", "990101", "柳湾村")
PERSON = _mint.path("person", "990101", "赵有田")
OFFICE = _mint.path("organisation", "990101", "青禾县扶贫办")
PROGRAMME = _mint.path("programme", "990101", SLASHED)
PRODUCT = _mint.path("product", HOSTILE)
AWARD = _mint.path("award", FORMULA)


def write_sample(directory: Path, *, extra: tuple[Quad, ...] = ()) -> Store:
    """Write the store and return it."""
    directory.mkdir(parents=True, exist_ok=True)
    triples = [*load_ontology().triples, *_entities(), *_articles(), *_claims()]
    quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return write_store(directory, [*quads, *extra], sources=SOURCES, summary={"violations": []})


def _entity(iri: NamedNode, kind: NamedNode, label: str, *aliases: Literal) -> Iterator[Triple]:
    yield Triple(iri, RDF.type, kind)
    yield Triple(iri, RDFS.label, Literal(label, language="zh"))
    yield from (Triple(iri, SKOS.altLabel, alias) for alias in aliases)


def _place(code: str, kind: NamedNode, label: str, *aliases: Literal) -> Iterator[Triple]:
    iri = _mint.path("place", code)
    yield from _entity(iri, kind, label, *aliases)
    yield Triple(iri, PA.officialCode, Literal(code))
    if len(code) > len("99"):
        yield Triple(iri, PA.partOf, _mint.path("place", code[:-2]))


def _entities() -> Iterator[Triple]:
    yield from _place("99", PA.Province, "东山省", Literal("东山", language="zh"))
    yield from _place("9901", PA.Prefecture, "云台市")
    yield from _place(
        "990101", PA.County, "青禾县", Literal("青禾", language="zh"), Literal("Qinghe County", language="en")
    )
    yield from _entity(VILLAGE, PA.Village, "柳湾村")
    yield Triple(VILLAGE, PA.partOf, COUNTY)
    yield from _entity(PERSON, PA.Person, "赵有田")
    yield Triple(PERSON, PA.residentOf, VILLAGE)
    yield Triple(PERSON, OWL.sameAs, _mint.path("person", "990101", "赵友田"))
    yield Triple(PERSON, ORG.holds, _mint.path("post", "990101", "青禾县扶贫办", "主任"))
    yield from _entity(OFFICE, PA.Organisation, "青禾县扶贫办", Literal("县扶贫办", language="zh"))
    yield from _entity(PROGRAMME, PA.Programme, SLASHED)
    yield from _entity(PRODUCT, PA.Product, HOSTILE)
    yield from _entity(AWARD, PA.Award, FORMULA)


def _articles() -> Iterator[Triple]:
    for key, title in ((FIRST, "青禾县脱贫纪实"), (SECOND, "再访青禾")):
        iri = _mint.article(key)
        yield Triple(iri, RDF.type, PA.Article)
        yield Triple(iri, DCT.identifier, Literal(f"{key[:3]}.txt"))
        yield Triple(iri, DCT.title, Literal(title, language="zh"))
        yield Triple(iri, DCT.issued, Literal("2019-03-01", datatype=XSD.date))
        yield Triple(iri, DC.publisher, Literal("青禾日报"))
        yield Triple(iri, PA.textHash, Literal(key * 4))
        yield Triple(iri, PA.mentions, COUNTY)
    yield Triple(_mint.article(FIRST), PA.mentions, PERSON)
    yield Triple(_mint.article(FIRST), SCHEMA.url, Literal(ADDRESS, datatype=XSD.anyURI))
    yield Triple(_mint.article(FIRST), PA.retrieved, Literal("2020-01-02T03:04:05Z", datatype=XSD.dateTime))
    yield Triple(_mint.article(FIRST), PA.copy, Literal(f"{ADDRESS}?copy"))
    yield Triple(_mint.article(FIRST), PA.copy, Literal("javascript:alert(1)"))


def _claim(article: str, kind: NamedNode, name: str, words: str) -> tuple[NamedNode, list[Triple]]:
    """Return a claim resting on the words of a text, and its triples, those of its evidence included."""
    raw = TEXTS[article]
    start = raw.index(words)
    span = Span(start, start + len(words))
    claim = _mint.claim(article, str(kind.value).rpartition("#")[2].lower(), name, span, 1)
    evidence, run = _mint.evidence(article, span), _mint.run(article, "hand", "1")
    sentence = raw[raw.rindex("\n", 0, start) + 1 : raw.index("。", start) + 1]
    return claim, [
        Triple(claim, RDF.type, kind),
        Triple(claim, PROV.wasDerivedFrom, _mint.article(article)),
        Triple(claim, PROV.wasGeneratedBy, run),
        Triple(run, PROV.wasAssociatedWith, _mint.extractor("hand", "1")),
        Triple(_mint.extractor("hand", "1"), RDFS.label, Literal("hand")),
        Triple(_mint.extractor("hand", "1"), SCHEMA.softwareVersion, Literal("1")),
        Triple(claim, PA.confidence, Literal(Decimal("0.9"))),
        Triple(claim, PA.evidence, evidence),
        Triple(evidence, RDF.type, PA.Evidence),
        Triple(evidence, OA.hasSource, _mint.article(article)),
        Triple(evidence, OA.start, Literal(span.start)),
        Triple(evidence, OA.end, Literal(span.end)),
        Triple(evidence, OA.exact, Literal(words)),
        Triple(evidence, OA.prefix, Literal(raw[max(0, start - 10) : start])),
        Triple(evidence, OA.suffix, Literal(raw[span.end : span.end + 10])),
        Triple(evidence, PA.sentence, Literal(sentence)),
    ]


def _figure(article: str, words: str, value: str, surface: str) -> Iterator[Triple]:
    claim, triples = _claim(article, PA.Figure, "poor-population", words)
    yield from triples
    yield Triple(claim, PA.about, COUNTY)
    yield Triple(claim, PA.indicatorText, Literal("贫困人口"))
    yield Triple(claim, PA.indicator, _mint.concept("indicator", "poor-population"))
    yield Triple(claim, PA.value, Literal(Decimal(value)))
    yield Triple(claim, PA.normalisedValue, Literal(Decimal(value)))
    yield Triple(claim, PA.surfaceForm, Literal(surface))
    yield Triple(claim, PA.unit, _mint.concept("unit", "person"))
    yield Triple(claim, PA.qualifier, _mint.concept("qualifier", "exact"))
    yield Triple(claim, PA.status, _mint.concept("status", "actual"))
    yield Triple(claim, PA.accumulation, _mint.concept("accumulation", "stock"))
    yield Triple(claim, PA.period, Literal("2018"))
    yield Triple(claim, PA.periodStart, Literal("2018-01-01", datatype=XSD.date))
    yield Triple(claim, PA.periodEnd, Literal("2018-12-31", datatype=XSD.date))
    yield Triple(claim, PA.periodBasis, _mint.concept("period-basis", "stated"))
    slot = _mint.slot(("990101", "poor-population", "2018"))
    yield Triple(claim, PA.inSlot, slot)
    yield Triple(slot, RDF.type, PA.FigureSlot)
    yield Triple(slot, PA.about, COUNTY)
    yield Triple(slot, PA.indicator, _mint.concept("indicator", "poor-population"))
    yield Triple(slot, PA.period, Literal("2018"))
    if article == SECOND:
        yield Triple(slot, PA.preferredFigure, claim)
        yield Triple(slot, PA.preferredBecause, Literal("数字更精确", language="zh"))


def _claims() -> Iterator[Triple]:
    yield from _figure(FIRST, "贫困人口1.2万人", "12000", "1.2万")
    yield from _figure(SECOND, "贫困人口11800人", "11800", "11800")
    claim, triples = _claim(FIRST, PA.PostHolding, "主任", "县扶贫办主任赵有田")
    yield from triples
    yield Triple(claim, PA.holder, PERSON)
    yield Triple(claim, PA.postTitle, Literal("主任"))
    yield Triple(claim, PA.at, OFFICE)
    claim, triples = _claim(FIRST, PA.RelationClaim, "residentOf", "赵有田住在柳湾村")
    yield from triples
    yield Triple(claim, RDF.subject, PERSON)
    yield Triple(claim, RDF.predicate, PA.residentOf)
    yield Triple(claim, RDF.object, VILLAGE)
    claim, triples = _claim(FIRST, PA.Mention, "person", "赵有田")
    yield from triples
    yield Triple(claim, PA.entity, PERSON)
    yield Triple(claim, PA.linkedBy, Literal("name and county"))
