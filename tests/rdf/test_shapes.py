"""The shapes against examples: sound graphs pass, and each defect is found where it is and by both engines."""

import re
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.errors import GraphError, OutputError
from kg.rdf import shapes
from kg.rdf.ontology import load_ontology, turtle_files
from kg.rdf.shapes import Violation, validate_graph, validate_reference, write_report
from kg.terms import ID_NAMESPACE, OWL, PA, RDF, RDFS, SH, SHAPES_NAMESPACE

EXAMPLES = Path(__file__).parent.parent / "shapes"
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
BASE = EXAMPLES / "valid" / "article.ttl"

#: What a term of the ontology is, as opposed to an entry of a code list.
TERM_CLASSES = frozenset({OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty})

#: What a result is compared by: severity, shape and focus node.
Found = tuple[str, str, str]


def parse_turtle(data: bytes) -> set[Triple]:
    """Return the triples of a Turtle text."""
    return {quad.triple for quad in pyoxigraph.parse(data, format=RdfFormat.TURTLE)}


@cache
def base_graph() -> frozenset[Triple]:
    """Return the graph that all examples are laid over."""
    return frozenset(parse_turtle(BASE.read_bytes()))


def read_example(path: Path) -> set[Triple]:
    """Return an example laid over the base: its nodes replace the base's, and those it is "without" are left out."""
    own = parse_turtle(path.read_bytes())
    gone = {
        NamedNode(ID_NAMESPACE + node)
        for node in re.findall(r"^# without: <(.+)>$", path.read_text("utf-8"), re.MULTILINE)
    }
    replaced = {triple.subject for triple in own} | gone
    return own | {triple for triple in base_graph() if triple.subject not in replaced}


def expected_results(path: Path) -> list[Found]:
    """Return the results that an invalid example names in its head, sorted."""
    lines = re.findall(r"^# expected: (\w+) ([\w-]+) <(.+)>$", path.read_text("utf-8"), re.MULTILINE)
    return sorted((severity, shape, node if ":" in node else ID_NAMESPACE + node) for severity, shape, node in lines)


def found_results(violations: Iterable[Violation]) -> list[Found]:
    """Return results as they are compared, sorted."""
    return sorted((violation.severity, violation.shape, violation.focus_node) for violation in violations)


def with_ontology(triples: Iterable[Triple]) -> list[Triple]:
    """Return a graph together with the ontology."""
    return [*load_ontology().triples, *triples]


def with_needed_terms(triples: Iterable[Triple]) -> list[Triple]:
    """Return a graph with the terms of the ontology and those entries of code lists that it leads to."""
    by_subject: dict[object, list[Triple]] = {}
    for triple in load_ontology().triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    needed = dict.fromkeys(triples)
    waiting = [*needed, *(triple for triple in load_ontology().triples if triple.object in TERM_CLASSES)]
    while waiting:
        triple = waiting.pop()
        for node in (triple.subject, triple.object):
            found = by_subject.pop(node, [])
            needed.update(dict.fromkeys(found))
            waiting.extend(found)
    return list(needed)


def without_zeros(violations: Iterable[Violation]) -> list[str]:
    """Return results as texts, decimals in the form that Oxigraph gives them: 1 for 1.0."""
    return sorted(re.sub(r"(\d)\.0(?!\d)", r"\1", repr(violation)) for violation in violations)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_examples_pass(path: Path) -> None:
    """A sound graph has no result of any severity."""
    assert validate_graph(with_ontology(read_example(path))) == ()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_examples_are_found(path: Path) -> None:
    """A defect is found at the node and by the shape that the example names, and nothing else is."""
    assert found_results(validate_graph(with_ontology(read_example(path)))) == expected_results(path)


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=lambda path: path.stem)
def test_engines_agree(path: Path) -> None:
    """The reference engine finds the same, in the same words."""
    graph = with_needed_terms(read_example(path))
    assert without_zeros(validate_reference(graph)) == without_zeros(validate_graph(graph))


def test_ontology_conforms() -> None:
    """The ontology obeys its own rules, by both engines."""
    assert validate_graph(load_ontology().triples) == ()
    assert validate_reference(load_ontology().triples) == ()


def test_nothing_has_no_faults() -> None:
    """An empty graph conforms."""
    assert validate_graph([]) == ()


def test_every_query_has_an_example() -> None:
    """Each shape with a SPARQL constraint is broken by an example, so that no query is dead."""
    broken = {shape for path in INVALID for _, shape, _ in expected_results(path)}
    all_triples = {triple for file in turtle_files("shapes") for triple in parse_turtle(file.read_bytes())}
    queried = {triple.subject for triple in all_triples if triple.predicate == NamedNode(f"{SH.NAMESPACE}sparql")}
    assert {str(shape)[1:-1].removeprefix(SHAPES_NAMESPACE) for shape in queried} <= broken


def test_messages_name_a_remedy() -> None:
    """Every message stands in both languages and says what to do."""
    messages: dict[object, set[str | None]] = {}
    for file in turtle_files("shapes"):
        for triple in parse_turtle(file.read_bytes()):
            if triple.predicate == NamedNode(f"{SH.NAMESPACE}message"):
                message = triple.object
                assert isinstance(message, Literal)
                assert ("处理：" if message.language == "zh" else "Remedy: ") in message.value
                messages.setdefault(triple.subject, set()).add(message.language)
    assert messages
    assert all(languages == {"zh", "en"} for languages in messages.values())


def test_only_violations_fail() -> None:
    """A warning keeps nothing out of the graph."""
    (warning,) = validate_graph(with_ontology(read_example(EXAMPLES / "invalid" / "surname-alone.ttl")))
    (violation,) = validate_graph(with_ontology(read_example(EXAMPLES / "invalid" / "share-above-100.ttl")))
    assert not warning.is_failure
    assert violation.is_failure
    assert str(violation).startswith("Violation: https://w3id.org/poverty-kg/id/claim/")
    assert "Remedy" in violation.message_en


def test_ten_thousand_triples_take_under_a_second() -> None:
    """A graph of 10,000 triples beside the ontology is checked in well under a second of processor time."""
    graph = with_ontology(many_figures(400))
    validate_graph([])
    started = time.process_time()
    assert validate_graph(graph) == ()
    assert time.process_time() - started < 2  # generous: 0.3 on an idle machine


def many_figures(number: int) -> list[Triple]:
    """Return the base graph with copies of one figure about other villages."""
    figure = next(triple.subject for triple in base_graph() if triple.object == PA.Figure)
    copied = [triple for triple in base_graph() if triple.subject == figure and triple.predicate != PA.inSlot]
    triples = list(base_graph())
    for index in range(number):
        village, claim = (NamedNode(f"{ID_NAMESPACE}{kind}/{index}") for kind in ("place/620523", "claim"))
        triples.append(Triple(village, RDF.type, PA.Village))
        triples.append(Triple(village, RDFS.label, Literal(f"第{index}村", language="zh")))
        for triple in copied:
            about = village if triple.predicate == PA.about else triple.object
            triples.append(Triple(claim, triple.predicate, about))
    return triples


def test_report_is_stable_turtle(tmp_path: Path) -> None:
    """The same results give the same report, and the report reads back as results of SHACL."""
    found = validate_graph(with_ontology(read_example(EXAMPLES / "invalid" / "households-for-people.ttl")))
    write_report(found, tmp_path / "first.ttl")
    write_report(found, tmp_path / "second.ttl")
    assert (tmp_path / "first.ttl").read_bytes() == (tmp_path / "second.ttl").read_bytes()
    report = parse_turtle((tmp_path / "first.ttl").read_bytes())
    assert {triple.object for triple in report if triple.predicate == SH.focusNode} == {NamedNode(found[0].focus_node)}
    assert {triple.object for triple in report if triple.predicate == SH.value} == {NamedNode(found[0].value)}
    assert sum(triple.predicate == SH.resultMessage for triple in report) == 2


def test_report_of_a_sound_graph_conforms(tmp_path: Path) -> None:
    """Without results the report says that the graph conforms."""
    write_report([], tmp_path / "report.ttl")
    report = parse_turtle((tmp_path / "report.ttl").read_bytes())
    assert {str(triple.object) for triple in report if triple.predicate == SH.conforms} == {
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    }


def test_report_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A folder in the place of the file is named in the error."""
    with pytest.raises(OutputError, match="cannot be written"):
        write_report([], tmp_path)


def test_shapes_that_cannot_be_applied_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shape that the engine refuses is reported as an error of the graph."""

    class Refusing:
        """An engine that takes no shape."""

        def validate(self, *_: object, **__: object) -> None:
            """Refuse."""
            raise ValueError("invalid sh:path")

    monkeypatch.setattr(shapes, "_validator", Refusing)
    with pytest.raises(GraphError, match="invalid sh:path"):
        validate_graph(base_graph())
