"""Emission: every part of a reading as triples, and nothing that the contract does not know."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import ExtractionError, OntologyError
from kg.link import Gazetteer
from kg.model import Entity, Kind, Link, Mention, Period, PostHolding, RelationClaim, Repair, Span, Unit, Vocabulary
from kg.rdf.emit import LINKER, PINYIN, Emitter, decimal_literal, emit_divisions
from kg.rdf.iris import Minter
from kg.terms import DC, DCT, OA, PA, PROV, RDF, RDFS, SCHEMA, SKOS, XSD
from tests.factories import COUNTY, PERSON, TEXT, find_span, make_entities, make_figure, make_reading, make_residence

MINTER = Minter()
VOCABULARY = Vocabulary((Unit("person", "人", ("口",), "persons", Decimal(1)),), (), (), ())
VERSIONS = dict.fromkeys(("places", "people", "figures", "relations", LINKER), "1")
EMITTER = Emitter(MINTER, VOCABULARY, VERSIONS)


def objects(triples: list[Triple], subject: NamedNode, predicate: NamedNode) -> set[str]:
    """Return the values of a subject's property."""
    return {triple.object.value for triple in triples if (triple.subject, triple.predicate) == (subject, predicate)}


def the_claim(triples: list[Triple], of_class: NamedNode) -> NamedNode:
    """Return the one claim of a class."""
    found = {triple.subject for triple in triples if triple.predicate == RDF.type and triple.object == of_class}
    assert len(found) == 1
    return found.pop()


def test_an_article_says_what_its_page_says() -> None:
    """Identifier, hash, title, date, publisher and author are there, each once."""
    reading = make_reading()
    triples = EMITTER.emit(reading)
    article = MINTER.article(reading.document.article.key)
    assert objects(triples, article, DCT.identifier) == {"article.txt"}
    assert objects(triples, article, PA.textHash) == {reading.document.article.text_hash}
    assert objects(triples, article, DC.publisher) == {"甘谷县融媒体中心"}
    assert objects(triples, article, DC.creator) == {"李记者"}
    assert Triple(article, DCT.issued, Literal("2020-11-16", datatype=XSD.date)) in triples


@pytest.mark.parametrize(("published", "datatype"), [("2020", XSD.gYear), ("2020-09", XSD.gYearMonth)])
def test_dates_keep_their_precision(published: str, datatype: NamedNode) -> None:
    """A month stays a month, a year a year."""
    reading = make_reading()
    reading = replace(reading, metadata=replace(reading.metadata, published=published))
    assert any(triple.object == Literal(published, datatype=datatype) for triple in EMITTER.emit(reading))


def test_entities_come_with_names_codes_and_the_places_above() -> None:
    """One label, other names as alternatives, English tagged, ancestors included, unused entities left out."""
    entities = make_entities() | {("place", "53"): replace(make_entities()[("place", "62")], key=("place", "53"))}
    triples = EMITTER.emit(make_reading(entities=entities))
    county = MINTER.entity(COUNTY)
    assert objects(triples, county, RDFS.label) == {"甘谷县"}
    assert objects(triples, county, SKOS.altLabel) == {"甘谷", "Gangu County"}
    assert objects(triples, county, PA.officialCode) == {"620523"}
    assert objects(triples, county, PA.codeYear) == {"2019", "2023"}
    assert objects(triples, county, PA.partOf) == {MINTER.entity(("place", "6205")).value}
    assert objects(triples, MINTER.entity(("place", "62")), RDFS.label) == {"甘肃省"}
    assert not objects(triples, MINTER.entity(("place", "53")), RDFS.label)


def test_places_have_pinyin_and_lead_to_what_replaced_them() -> None:
    """Pinyin is tagged as such; the successor comes along with all that it lies in, used or not."""
    later = Entity(("place", "620599"), Kind.COUNTY, "甘谷市", code="620599", parent=("place", "6205"))
    known = make_entities()
    old = replace(known[COUNTY], pinyin="Gangu Xian", replaced_by=later.key)
    triples = EMITTER.emit(make_reading(entities=known | {COUNTY: old, later.key: later}))
    county, successor = MINTER.entity(COUNTY), MINTER.entity(later.key)
    assert Triple(county, SKOS.altLabel, Literal("Gangu Xian", language=PINYIN)) in triples
    assert objects(triples, county, DCT.isReplacedBy) == {successor.value}
    assert objects(triples, successor, RDFS.label) == {"甘谷市"}


def test_codes_come_from_a_described_list() -> None:
    """A coded place names the list of divisions, and the list its years and licences."""
    triples = EMITTER.emit(make_reading())
    dataset = MINTER.path("dataset", "divisions")
    assert objects(triples, MINTER.entity(COUNTY), DCT.source) == {dataset.value}
    assert not objects(triples, MINTER.entity(PERSON), DCT.source)
    described = list(emit_divisions(Gazetteer.load().source, MINTER))
    assert objects(described, dataset, DCT.issued) == {"2019", "2023"}
    assert all("MIT" in text for text in objects(described, dataset, DCT.description))


def test_evidence_is_the_raw_text_at_its_offsets() -> None:
    """oa:exact is raw[start:end], with what stands around it and its sentence."""
    reading = make_reading(claims=(make_figure(TEXT, "贫困人口16.62万人"),))
    raw = reading.document.article.raw
    triples = EMITTER.emit(reading)
    figure = the_claim(triples, PA.Figure)
    evidence = NamedNode(objects(triples, figure, PA.evidence).pop())
    start, end = (int(objects(triples, evidence, term).pop()) for term in (OA.start, OA.end))
    assert objects(triples, evidence, OA.exact) == {raw[start:end]} == {"贫困人口16.62万人"}
    assert objects(triples, evidence, OA.prefix) == {raw[:start]}
    assert objects(triples, evidence, PA.sentence) == {"2013年甘谷县有贫困人口16.62万人。"}


def test_a_figure_has_all_its_parts() -> None:
    """Value, unit, normalised value, wording, qualifier, status, accumulation and basis are there."""
    figure = make_figure(TEXT, "贫困人口16.62万人", basis="registered")
    triples = EMITTER.emit(make_reading(claims=(figure,)))
    claim = the_claim(triples, PA.Figure)
    concepts = {
        PA.indicator: "indicator/poor-population",
        PA.unit: "unit/person",
        PA.qualifier: "qualifier/exact",
        PA.status: "status/actual",
        PA.accumulation: "accumulation/stock",
        PA.basis: "basis/registered",
    }
    for predicate, address in concepts.items():
        assert objects(triples, claim, predicate) == {f"{MINTER.base}{address}"}
    assert objects(triples, claim, PA.value) == objects(triples, claim, PA.normalisedValue) == {"166200"}
    assert objects(triples, claim, PA.surfaceForm) == {"16.62万"}
    assert objects(triples, claim, PA.confidence) == {"0.90"}


def test_guessed_words_lower_the_confidence() -> None:
    """A claim read from words that the repair guessed is less sure; others are not."""
    reading = make_reading(claims=(make_figure(TEXT, "贫困人口16.62万人"), make_residence()))
    guess = Repair(find_span(TEXT, "人口"), "人口", "pinyin", certain=False)
    triples = EMITTER.emit(replace(reading, document=replace(reading.document, repairs=(guess,))))
    assert objects(triples, the_claim(triples, PA.Figure), PA.confidence) == {"0.63"}
    assert objects(triples, the_claim(triples, PA.RelationClaim), PA.confidence) == {"0.80"}


def test_periods_come_whole() -> None:
    """Text, first and last day and basis stand together."""
    period = Period("2013", date(2013, 1, 1), date(2013, 12, 31))
    triples = EMITTER.emit(make_reading(claims=(make_figure(TEXT, "16.62万人", period=period),)))
    claim = the_claim(triples, PA.Figure)
    assert objects(triples, claim, PA.period) == {"2013"}
    assert objects(triples, claim, PA.periodStart) == {"2013-01-01"}
    assert objects(triples, claim, PA.periodEnd) == {"2013-12-31"}
    assert objects(triples, claim, PA.periodBasis) == {f"{MINTER.base}period-basis/stated"}


def test_claims_name_the_run_of_a_versioned_extractor() -> None:
    """A claim leads to a run, the run to an agent with its version."""
    reading = make_reading(claims=(make_residence(),))
    triples = EMITTER.emit(reading)
    run = NamedNode(objects(triples, the_claim(triples, PA.RelationClaim), PROV.wasGeneratedBy).pop())
    assert run == MINTER.run(reading.document.article.key, "relations", "1")
    agent = NamedNode(objects(triples, run, PROV.wasAssociatedWith).pop())
    assert objects(triples, agent, SCHEMA.softwareVersion) == {"1"}


def test_claims_on_the_same_words_are_told_apart() -> None:
    """Two figures of one span get numbers, in their order."""
    figure = make_figure(TEXT, "16.62万人")
    triples = EMITTER.emit(make_reading(claims=(figure, replace(figure, value=Decimal(1)))))
    numbers = {
        triple.subject.value.rpartition("/")[2]
        for triple in triples
        if triple.predicate == RDF.type and triple.object == PA.Figure
    }
    assert numbers == {"1", "2"}


def test_a_mention_claims_all_spans_of_an_entity_once() -> None:
    """One mention claim an article and entity; what only points back adds its spans but no entity."""
    text = "甘谷县在甘肃。甘谷县有山。全县有水。他来了，王小兰没有来。"
    reading = make_reading(text)
    county = [
        Link(Mention(Span(start, start + 3), Kind.COUNTY, "甘谷县", "places"), COUNTY, "main place") for start in (0, 7)
    ]
    whole = Mention(find_span(text, "全县"), Kind.COUNTY, "全县", "references", anaphor=True)
    him = Mention(find_span(text, "他"), Kind.PERSON, "他", "references", anaphor=True)
    links = (*county, Link(whole, COUNTY, "reference"), Link(him, PERSON, "reference"))
    triples = EMITTER.emit(replace(reading, links=links))
    mention = the_claim(triples, PA.Mention)
    assert objects(triples, mention, PA.entity) == {MINTER.entity(COUNTY).value}
    assert objects(triples, mention, PA.linkedBy) == {"main place", "reference"}
    assert len(objects(triples, mention, PA.evidence)) == len((*county, whole))


def test_a_post_is_a_post_of_its_body() -> None:
    """Holder, title, body and the post itself are linked."""
    claim = PostHolding(PERSON, "县委书记", COUNTY, (find_span(TEXT, "王小兰"),), "people")
    triples = EMITTER.emit(make_reading(claims=(claim,)))
    iri = the_claim(triples, PA.PostHolding)
    post = NamedNode(objects(triples, iri, PA.post).pop())
    assert post == MINTER.post("620523", "甘谷县", "县委书记")
    assert objects(triples, post, RDFS.label) == {"甘谷县委书记"}
    assert objects(triples, iri, PA.postTitle) == {"县委书记"}


def test_unknown_entities_units_and_relations_are_defects() -> None:
    """Nothing is emitted that the reading or the ontology does not know."""
    evidence = (find_span(TEXT, "王小兰"),)
    with pytest.raises(ExtractionError, match="no entity person/620523/无名氏"):
        EMITTER.emit(
            make_reading(
                claims=(RelationClaim(("person", "620523", "无名氏"), "visited", COUNTY, evidence, "relations"),)
            )
        )
    with pytest.raises(OntologyError, match="'befriends' is no relation"):
        EMITTER.emit(make_reading(claims=(RelationClaim(PERSON, "befriends", COUNTY, evidence, "relations"),)))
    with pytest.raises(OntologyError, match="no unit has the notation '蒲式耳'"):
        EMITTER.emit(make_reading(claims=(make_figure(TEXT, "16.62万人", unit="蒲式耳"),)))


def test_evidence_may_not_leave_its_sentence() -> None:
    """A span over two sentences is a defect of an extractor."""
    figure = make_figure(TEXT, "万人。王小兰")
    with pytest.raises(ExtractionError, match="leaves its sentence"):
        EMITTER.emit(make_reading(claims=(figure,)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("166200", "166200"),
        ("1.6620E+5", "166200"),
        ("0.90", "0.9"),
        ("1E-7", "0.0000001"),
        ("-0.50", "-0.5"),
        ("0", "0"),
    ],
)
def test_decimals_have_one_spelling(value: str, text: str) -> None:
    """No exponent and no trailing zeros."""
    assert decimal_literal(Decimal(value)).value == text
