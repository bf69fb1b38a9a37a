"""The ontology as tables: what extractors get of it."""

from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import OntologyError
from kg.model import Accumulation, PeriodBasis, Qualifier, Status
from kg.rdf import ontology
from kg.rdf.ontology import load_ontology, make_ontology, turtle_files
from kg.terms import ID_NAMESPACE, PA, SKOS

VOCABULARY = load_ontology().vocabulary
UNITS = {unit.notation: unit for unit in VOCABULARY.units}
CASES = (Path(__file__).parent.parent / "cases" / "ontology_units.tsv").read_text("utf-8").splitlines()
UNIT_CASES = [tuple(line.split("\t")[:2]) for line in CASES[1:]]
INDICATORS = {indicator.key: indicator for indicator in VOCABULARY.indicators}


def test_triples_are_sorted_and_unique() -> None:
    """The ontology comes in one order, each triple once."""
    texts = [str(triple) for triple in load_ontology().triples]
    assert texts == sorted(set(texts))


def test_there_is_enough_of_everything() -> None:
    """Units, indicators and instruments cover the field."""
    assert len(VOCABULARY.units) >= 100
    assert len(VOCABULARY.indicators) >= 120
    assert len(VOCABULARY.instruments) >= 60


@pytest.mark.parametrize(("word", "expected"), UNIT_CASES)
def test_units_by_word(word: str, expected: str) -> None:
    """A unit is found by its notation or a synonym, with dimension and multiplier."""
    unit = load_ontology().unit(word)
    assert f"{unit.notation} {unit.dimension} {unit.multiplier.normalize():f}" == expected


def test_fifteen_mu_are_a_hectare() -> None:
    """A mu is two thirds of a thousand square metres, up to rounding."""
    difference = 15 * UNITS["亩"].multiplier - UNITS["公顷"].multiplier
    assert abs(difference) < Decimal("0.00001")


def test_units_are_in_the_order_of_their_notations() -> None:
    """Units are sorted by notation, indicators by key."""
    assert [unit.notation for unit in VOCABULARY.units] == sorted(UNITS)
    assert [indicator.key for indicator in VOCABULARY.indicators] == sorted(INDICATORS)


def test_a_word_means_one_unit() -> None:
    """No word is written for two units."""
    words = [word for unit in VOCABULARY.units for word in (unit.notation, *unit.synonyms)]
    assert len(words) == len(set(words))


def test_a_word_means_one_indicator_of_a_dimension() -> None:
    """A word may lead to indicators of different dimensions, never to two of one."""
    words = [
        (word, indicator.dimension)
        for indicator in VOCABULARY.indicators
        for word in (indicator.label, *indicator.synonyms)
    ]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_a_word_means_one_instrument() -> None:
    """No word names two national instruments."""
    words = [word for concept in VOCABULARY.instruments for word in (concept.label, *concept.synonyms)]
    assert len(words) == len(set(words))


def test_synonyms_come_longest_first() -> None:
    """Whoever tries synonyms in their order finds the longest."""
    for indicator in VOCABULARY.indicators:
        assert list(indicator.synonyms) == sorted(indicator.synonyms, key=lambda word: (-len(word), word))


def test_every_indicator_has_a_unit_of_its_dimension() -> None:
    """No indicator measures what no unit counts."""
    dimensions = {unit.dimension for unit in VOCABULARY.units}
    assert {indicator.dimension for indicator in VOCABULARY.indicators} <= dimensions


def test_instruments_are_named_by_their_keys() -> None:
    """The key of an instrument is its Chinese name, which is the key of the programme too."""
    assert all(concept.key == concept.label for concept in VOCABULARY.instruments)


def test_campaign_branches_are_marked() -> None:
    """The campaign at large is told from single instruments."""
    campaign = {concept.label: concept.campaign for concept in VOCABULARY.instruments}
    assert campaign["脱贫攻坚"]
    assert campaign["产业扶贫"]
    assert not campaign["扶贫车间"]
    assert not campaign["一户一策"]


def test_the_unspecified_basis_is_no_word_of_a_text() -> None:
    """Slots know an unspecified basis; extractors do not."""
    assert "unspecified" not in {basis.key for basis in VOCABULARY.bases}
    assert load_ontology().concept("basis", "unspecified").value == f"{ID_NAMESPACE}basis/unspecified"


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("qualifier", Qualifier),
        ("status", Status),
        ("accumulation", Accumulation),
        ("period-basis", PeriodBasis),
    ],
)
def test_code_lists_hold_what_the_model_holds(scheme: str, values: type) -> None:
    """The enumerations of the model are the code lists, no more and no less."""
    keys = {key for of, key in load_ontology().concepts if of == scheme}
    assert keys == {value.value for value in values}


def test_indicators_by_key() -> None:
    """An indicator is found by its key."""
    assert load_ontology().indicator("poverty-rate").label == "贫困发生率"


def test_unknown_entries_are_errors_that_help() -> None:
    """What is not in the ontology is named, with what is."""
    with pytest.raises(OntologyError, match="'公里每小时'"):
        load_ontology().unit("公里每小时")
    with pytest.raises(OntologyError, match="'happiness'"):
        load_ontology().indicator("happiness")
    with pytest.raises(OntologyError, match=r"Known: .*adjusted"):
        load_ontology().concept("basis", "guessed")
    with pytest.raises(OntologyError, match=r"Schemes: .*unit"):
        load_ontology().concept("colour", "red")


def own_entry(scheme: str, *more: tuple[NamedNode, NamedNode | Literal]) -> tuple[Triple, ...]:
    """Return an entry of a code list with some more properties."""
    node = NamedNode(f"{ID_NAMESPACE}{scheme}/own")
    start = Triple(node, SKOS.inScheme, NamedNode(f"{ID_NAMESPACE}scheme/{scheme}"))
    return (start, *(Triple(node, predicate, object_) for predicate, object_ in more))


def test_an_entry_without_a_part_is_an_error() -> None:
    """A unit without notation and a basis without label are defects of the ontology."""
    with pytest.raises(OntologyError, match="0 values of notation"):
        make_ontology(own_entry("unit"))
    with pytest.raises(OntologyError, match="no label in en"):
        make_ontology(own_entry("basis", (SKOS.prefLabel, Literal("口径", language="zh"))))


def test_an_entry_with_two_multipliers_is_an_error() -> None:
    """A unit with two multipliers is a defect of the ontology."""
    two = [(PA.multiplier, Literal(value)) for value in ("1", "2")]
    notation = (SKOS.notation, Literal("坨"))
    dimension = (PA.dimension, NamedNode(f"{ID_NAMESPACE}dimension/count"))
    with pytest.raises(OntologyError, match="2 values of multiplier"):
        make_ontology(own_entry("unit", notation, dimension, *two))


def test_files_come_by_name() -> None:
    """The Turtle files are found, in the order of their names."""
    names = [file.name for file in turtle_files("ontology")]
    assert "classes.ttl" in names
    assert names == sorted(names)


def test_missing_files_are_an_error() -> None:
    """An installation without the files says so."""
    with pytest.raises(OntologyError, match="no nowhere"):
        turtle_files("nowhere")


def test_a_file_that_does_not_parse_is_an_error(tmp_path: Path) -> None:
    """A broken file is named."""
    broken = tmp_path / "broken.ttl"
    broken.write_text("pa:Place a", "utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl"):
        ontology._read_triples([broken])
