"""The ontology and the code hold each other: no term is known to one of them alone."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from kg import terms
from kg.model import Kind
from kg.rdf.ontology import load_ontology
from kg.terms import ENTITY_CLASSES, OWL, PA, PA_NAMESPACE, RDF, RDFS, RELATIONS, SCHEMA

ROOT = Path(__file__).parent.parent
SPELT = {name: term for name, term in vars(PA).items() if isinstance(term, NamedNode)}
TERM_CLASSES = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
DEFINED = {
    triple.subject
    for triple in load_ontology().triples
    if triple.predicate == RDF.type and triple.object in TERM_CLASSES
}


def texts(predicate: NamedNode) -> dict[NamedNode, list[str | None]]:
    """Return the languages of a property's values by subject, sorted."""
    languages: dict[NamedNode, list[str | None]] = defaultdict(list)
    for triple in load_ontology().triples:
        if triple.predicate == predicate and isinstance(triple.object, Literal) and triple.object.value:
            assert isinstance(triple.subject, NamedNode)
            languages[triple.subject].append(triple.object.language)
    return {node: sorted(found, key=str) for node, found in languages.items()}


def test_terms_are_spelt_as_they_are_called() -> None:
    """The attribute of a vocabulary class is the local name of its term."""
    for vocabulary in (value for value in vars(terms).values() if isinstance(value, type)):
        for name, term in vars(vocabulary).items():
            if isinstance(term, NamedNode):
                assert re.split("[#/]", term.value)[-1] == name


def test_every_term_of_the_code_is_defined() -> None:
    """What the code calls ours is in the ontology."""
    assert sorted(name for name, term in SPELT.items() if term not in DEFINED) == []


def test_every_term_of_the_ontology_is_spelt() -> None:
    """What the ontology defines, the code can call by name."""
    assert sorted(str(term) for term in DEFINED if term not in SPELT.values()) == []


@pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment], ids=["label", "comment"])
def test_terms_speak_both_languages(predicate: NamedNode) -> None:
    """Every class and property has one label and one comment in Chinese and in English."""
    languages = texts(predicate)
    assert sorted(str(term) for term in DEFINED if languages.get(term) != ["en", "zh"]) == []


def test_terms_in_the_files_are_defined() -> None:
    """No file of the ontology or the shapes uses a term of ours that is not defined."""
    unknown = set()
    for path in [*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "shapes").glob("*.ttl")]:
        names = re.findall(r"(?<![\w:/])pa:(\w+)", path.read_text("utf-8"))
        unknown.update(name for name in names if NamedNode(PA_NAMESPACE + name) not in DEFINED)
    assert unknown == set()


def test_there_are_no_blank_nodes() -> None:
    """The ontology has IRIs and literals alone."""
    assert not any(isinstance(node, BlankNode) for triple in load_ontology().triples for node in triple)


def test_every_kind_has_its_class() -> None:
    """The kinds of the model are classes of the ontology, under the same names."""
    assert set(ENTITY_CLASSES) == {kind.value for kind in Kind}
    assert all(ENTITY_CLASSES[kind.value] == NamedNode(PA_NAMESPACE + kind.value) for kind in Kind)


def test_every_relation_says_what_it_joins() -> None:
    """Each of the thirteen relations has a domain and a range of our classes."""
    ends: dict[tuple[NamedNode, str], set[object]] = defaultdict(set)
    sides = {RDFS.domain: "from", SCHEMA.domainIncludes: "from", RDFS.range: "to", SCHEMA.rangeIncludes: "to"}
    for triple in load_ontology().triples:
        if triple.predicate in sides and isinstance(triple.subject, NamedNode):
            ends[triple.subject, sides[triple.predicate]].add(triple.object)
    assert len(RELATIONS) == 13
    for name, relation in RELATIONS.items():
        assert relation == NamedNode(PA_NAMESPACE + name)
        for side in ("from", "to"):
            assert ends[relation, side]
            assert ends[relation, side] <= DEFINED
