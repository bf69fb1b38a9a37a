"""The shapes of ``shapes/`` applied to a graph.

:func:`validate_graph` uses pyshifty, which checks 10,000 triples in a fraction of a second; :func:`validate_reference`
uses pySHACL, the reference, and gives the same results, taking a minute where the other takes a second. Both expect the
ontology among the triples, because classes, units and indicators are looked up there. What to do about a fault is left
to the merge and the command.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
import shifty
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.errors import GraphError, OutputError, reason_of
from kg.rdf.ontology import turtle_files
from kg.terms import PREFIXES, RDF, SH, SHAPES_NAMESPACE, XSD


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One result of a validation.

    Attributes:
        focus_node: IRI of what is at fault.
        shape: Name of the shape that says so, without its namespace: "Figure-unitFits".
        component: Kind of constraint, without its namespace: "MinCountConstraintComponent".
        path: IRI of the property, or empty where the fault is not one property's.
        value: The value at fault, as IRI or lexical form, or empty.
        severity: "Violation", "Warning" or "Info".
        message_zh: What is wrong and what to do, in Chinese.
        message_en: The same in English.
    """

    focus_node: str
    shape: str
    component: str
    path: str
    value: str
    severity: str
    message_zh: str
    message_en: str

    @property
    def is_failure(self) -> bool:
        """Whether it keeps what it is about out of the graph; warnings do not."""
        return self.severity == "Violation"

    def __str__(self) -> str:
        """Return one line: severity, node, shape, sentence."""
        return f"{self.severity}: {self.focus_node}: {self.shape}: {self.message_zh or self.message_en}"


# ---- The two engines -------------------------------------------------------------------------------------------------


def validate_graph(triples: Iterable[Triple]) -> tuple[Violation, ...]:
    """Return what the shapes have against a graph, sorted; empty where it conforms.

    Raises:
        GraphError: if the engine cannot run a shape.
    """
    data = _to_ntriples(triples)
    if not data:
        return ()
    try:
        _, report, _ = _validator().validate(data, graph_mode="data", infer=False, on_unsupported="error")
    except ValueError as exc:
        raise GraphError(f"the shapes cannot be applied: {exc}") from exc
    return _read_report(report)


def validate_reference(triples: Iterable[Triple]) -> tuple[Violation, ...]:
    """Return the same by pySHACL, over an Oxigraph store: on rdflib its SPARQL constraints take 30 times as long.

    Raises:
        GraphError: if the engine gives no report.
    """
    import pyshacl  # noqa: PLC0415 - slow to load, and only this function needs it

    store = Store()
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    # pySHACL takes pyoxigraph stores since 0.40; its annotation does not say so.
    _, report, text = pyshacl.validate(store, shacl_graph=_shapes_graph(), inplace=True)  # type: ignore[arg-type]
    if not isinstance(report, rdflib.Graph):
        raise GraphError(f"pySHACL gave no report: {text}")
    return _read_report(report)


@cache
def _validator() -> shifty.PreparedValidator:
    """Return the shapes, parsed and planned; once a process."""
    return shifty.PreparedValidator(_shapes_turtle())


def _shapes_turtle() -> bytes:
    return b"\n".join(file.read_bytes() for file in turtle_files("shapes"))


@cache
def _shapes_graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=_shapes_turtle(), format="turtle")


def _to_ntriples(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


# ---- Reports ---------------------------------------------------------------------------------------------------------


def _read_report(report: rdflib.Graph) -> tuple[Violation, ...]:
    results = report.objects(None, rdflib.URIRef(SH.result.value))
    return tuple(sorted(_read_result(report, result) for result in results))


def _read_result(report: rdflib.Graph, result: rdflib.term.Node) -> Violation:
    messages = [re.sub(r"<(https?://[^>]*)>", r"\1", text) for text in _texts(report, result, SH.resultMessage)]
    return Violation(
        focus_node=_text(report, result, SH.focusNode),
        shape=_text(report, result, SH.sourceShape).removeprefix(SHAPES_NAMESPACE),
        component=_text(report, result, SH.sourceConstraintComponent).removeprefix(SH.NAMESPACE),
        path=_text(report, result, SH.resultPath),
        value=_text(report, result, SH.value),
        severity=_text(report, result, SH.resultSeverity).removeprefix(SH.NAMESPACE),
        message_zh=next((message for message in messages if _is_chinese(message)), ""),
        message_en=next((message for message in messages if not _is_chinese(message)), ""),
    )


def _is_chinese(message: str) -> bool:
    """Tell the languages of messages apart: one engine drops their tags. Every message names a remedy."""
    return "处理：" in message


def _texts(report: rdflib.Graph, result: rdflib.term.Node, predicate: NamedNode) -> list[str]:
    """Return IRIs and lexical forms, sorted; a blank node, such as a path of several steps, has no text."""
    found = report.objects(result, rdflib.URIRef(predicate.value))
    return sorted(str(node) for node in found if not isinstance(node, rdflib.BNode))


def _text(report: rdflib.Graph, result: rdflib.term.Node, predicate: NamedNode) -> str:
    return next(iter(_texts(report, result, predicate)), "")


def write_report(violations: Iterable[Violation], path: Path) -> None:
    """Write results as a W3C validation report in Turtle; the same results give the same bytes.

    Raises:
        OutputError: if the file cannot be written.
    """
    prefixes = dict(PREFIXES)
    report = serialize(_report_triples(tuple(violations)), format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    try:
        path.write_bytes(report)
    except OSError as exc:
        raise OutputError(f"cannot be written: {reason_of(exc)}", where=str(path)) from exc


def _report_triples(violations: tuple[Violation, ...]) -> Iterator[Triple]:
    """Yield a report (SHACL §3.6); as there, it conforms only where there is no result of any severity."""
    report = BlankNode("report")
    yield Triple(report, RDF.type, SH.ValidationReport)
    yield Triple(report, SH.conforms, Literal("false" if violations else "true", datatype=XSD.boolean))
    for number, violation in enumerate(violations, start=1):
        result = BlankNode(f"result{number}")
        yield Triple(report, SH.result, result)
        yield from _result_triples(result, violation)


def _result_triples(result: BlankNode, violation: Violation) -> Iterator[Triple]:
    yield Triple(result, RDF.type, SH.ValidationResult)
    yield Triple(result, SH.focusNode, NamedNode(violation.focus_node))
    yield Triple(result, SH.sourceShape, NamedNode(f"{SHAPES_NAMESPACE}{violation.shape}"))
    yield Triple(result, SH.sourceConstraintComponent, NamedNode(f"{SH.NAMESPACE}{violation.component}"))
    yield Triple(result, SH.resultSeverity, NamedNode(f"{SH.NAMESPACE}{violation.severity}"))
    if violation.path:
        yield Triple(result, SH.resultPath, NamedNode(violation.path))
    if violation.value:
        yield Triple(result, SH.value, _value_term(violation.value))
    for message, language in ((violation.message_zh, "zh"), (violation.message_en, "en")):
        if message:
            yield Triple(result, SH.resultMessage, Literal(message, language=language))


def _value_term(value: str) -> NamedNode | Literal:
    """Return an IRI where the text is one, else a string."""
    return NamedNode(value) if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value) else Literal(value)
