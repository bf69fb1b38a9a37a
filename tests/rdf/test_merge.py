"""Merging: a function of the set of claims; what is condemned leaves nothing behind; questions become slots."""

import itertools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import GraphError
from kg.model import Period, PostHolding, Qualifier
from kg.rdf.merge import Merged, merge_graphs, settle_labels
from kg.rdf.shapes import Violation
from kg.terms import ORG, PA, RDF, RDFS, SKOS
from tests.factories import COUNTY, PERSON, TEXT, find_span, make_figure, make_reading, make_residence
from tests.rdf.test_emit import EMITTER, MINTER, objects

NAMES = {f"{MINTER.base}indicator/poor-population": frozenset({"贫困人口"})}
IN_2013 = Period("2013", date(2013, 1, 1), date(2013, 12, 31))
RESIDENCE = Triple(MINTER.entity(PERSON), PA.residentOf, MINTER.entity(COUNTY))


def article(number: int, value: str, **parts: object) -> list[Triple]:
    """Return the graph of an article that states the poor population of 2013 and where someone lives."""
    text = f"2013年甘谷县有贫困人口{value}人，这是第{number}篇。王小兰是甘谷县的一名村民。"
    values = {"value": Decimal(value), "surface": value, "period": IN_2013} | parts
    claims = (make_figure(text, f"贫困人口{value}人", **values), make_residence(text))
    return EMITTER.emit(make_reading(text, identifier=f"{number}.txt", claims=claims))


def merge(*graphs: list[Triple]) -> Merged:
    """Merge graphs that break no shape."""
    return merge_graphs(graphs, indicator_names=NAMES, minter=MINTER, check=lambda _triples: ())


def instances(merged: Merged, of_class: NamedNode) -> list[NamedNode]:
    """Return the instances of a class in the default graph."""
    found = {triple.subject for triple in merged.triples if (triple.predicate, triple.object) == (RDF.type, of_class)}
    return sorted(found, key=str)


def faulty(words: str) -> Violation:
    """Return a violation at a node."""
    return Violation(
        focus_node=words,
        shape="Claim-evidence",
        component="MinCountConstraintComponent",
        path="",
        value="",
        severity="Violation",
        message_zh="断言缺少证据。",
        message_en="A claim has evidence.",
    )


def test_order_and_grouping_of_articles_do_not_matter() -> None:
    """Merging is commutative, associative and idempotent: it depends on the set of claims alone."""
    graphs = [article(1, "100"), article(2, "100"), article(3, "90")]
    expected = merge(*graphs)
    for order in itertools.permutations(graphs):
        assert merge(*order) == expected
    assert merge([*graphs[0], *graphs[1]], graphs[2], graphs[1]) == expected


def test_plain_triples_stand_once_beside_their_claims() -> None:
    """Two articles say it, one triple stands; mentions and posts follow from their claims too."""
    post = PostHolding(PERSON, "县长", COUNTY, (find_span(TEXT, "王小兰"),), "people")
    merged = merge(article(1, "100"), article(2, "100"), EMITTER.emit(make_reading(claims=(post,))))
    assert RESIDENCE in merged.triples
    assert len(instances(merged, PA.RelationClaim)) == len(["article 1", "article 2"])
    chair = MINTER.post("620523", "甘谷县", "县长")
    assert Triple(MINTER.entity(PERSON), ORG.holds, chair) in merged.triples
    assert Triple(chair, ORG.postIn, MINTER.entity(COUNTY)) in merged.triples
    mentioned = {triple.object for triple in merged.triples if triple.predicate == PA.mentions}
    assert mentioned == {MINTER.entity(COUNTY), MINTER.entity(PERSON)}


def test_an_entity_keeps_one_label() -> None:
    """The longest name is the label, whichever article gave it; the others are alternatives."""
    node = MINTER.entity(COUNTY)
    names = [Triple(node, RDFS.label, Literal(name, language="zh")) for name in ("甘谷", "甘谷县")]
    also = Triple(node, SKOS.altLabel, Literal("甘谷县", language="zh"))
    assert settle_labels([*names, also]) == {names[1], Triple(node, SKOS.altLabel, Literal("甘谷", language="zh"))}


def test_figures_of_one_question_share_a_slot() -> None:
    """Figures that agree strengthen the slot and are no conflict."""
    merged = merge(article(1, "100"), article(2, "100"))
    (slot,) = instances(merged, PA.FigureSlot)
    triples = list(merged.triples)
    assert objects(triples, slot, PA.supportingArticles) == {"2"}
    assert objects(triples, slot, PA.preferredBecause) == {"各处一致"}
    assert objects(triples, slot, PA.basis) == {f"{MINTER.base}basis/unspecified"}
    assert merged.conflicts == ()


@pytest.mark.parametrize(
    ("graphs", "preferred", "because"),
    [
        ([article(1, "100")], "100", "唯一数据"),
        ([article(1, "100", qualifier=Qualifier.APPROX), article(2, "90")], "90", "原文未加约数词"),
        ([article(1, "100"), article(2, "90"), article(3, "90")], "90", "支持的文章较多"),
        ([article(1, "100", confidence=Decimal("0.5")), article(2, "90")], "90", "置信度较高"),
    ],
)
def test_a_stated_rule_prefers_one_figure(graphs: list[list[Triple]], preferred: str, because: str) -> None:
    """The slot names the figure and the rule that told it from the next."""
    merged = merge(*graphs)
    (slot,) = instances(merged, PA.FigureSlot)
    triples = list(merged.triples)
    assert objects(triples, slot, PA.preferredBecause) == {because}
    figure = NamedNode(objects(triples, slot, PA.preferredFigure).pop())
    assert objects(triples, figure, PA.value) == {preferred}
    assert len(merged.conflicts) == (len({str(graph) for graph in graphs}) > 1)


def test_a_range_is_no_conflict() -> None:
    """Two figures of the same words, at least and at most, are one answer; an answer apart from it is a conflict."""
    text = "2013年甘谷县有贫困人口100至200人。王小兰是甘谷县的一名村民。"
    words = "贫困人口100至200人"
    ends = (("100", Qualifier.AT_LEAST), ("200", Qualifier.AT_MOST))
    claims = tuple(
        make_figure(text, words, value=Decimal(value), qualifier=qualifier, period=IN_2013) for value, qualifier in ends
    )
    graph = EMITTER.emit(make_reading(text, claims=claims))
    assert merge(graph).conflicts == ()
    assert len(merge(graph, article(1, "90")).conflicts) == 1


def test_other_bases_are_other_questions() -> None:
    """Figures of different bases do not disagree."""
    merged = merge(article(1, "100", basis="registered"), article(2, "90", basis="adjusted"))
    assert len(instances(merged, PA.FigureSlot)) == len({"registered", "adjusted"})
    assert merged.conflicts == ()


def test_narrower_words_ask_a_narrower_question() -> None:
    """A figure whose words say more than the indicator is not held against figures of the whole."""
    merged = merge(article(1, "100"), article(2, "90", indicator_text="少数民族贫困人口"))
    assert merged.conflicts == ()
    words = {triple.object.value for triple in merged.triples if triple.predicate == PA.indicatorText}
    slots = instances(merged, PA.FigureSlot)
    assert words == {"贫困人口", "少数民族贫困人口"}
    assert sorted(map(len, (objects(list(merged.triples), slot, PA.indicatorText) for slot in slots))) == [0, 1]


def test_a_figure_without_period_answers_no_question() -> None:
    """A slot needs indicator and period."""
    assert instances(merge(article(1, "100", period=None)), PA.FigureSlot) == []
    assert instances(merge(article(1, "100", indicator=None)), PA.FigureSlot) == []


def test_condemned_claims_take_their_triples_along() -> None:
    """A claim that breaks a shape goes to quarantine, with its plain triple, slot and evidence; others stay."""
    good, bad = article(1, "100"), EMITTER.emit(make_reading(claims=(make_residence(),)))
    (claim,) = instances(merge(bad), PA.RelationClaim)

    def check(triples: Iterable[Triple]) -> list[Violation]:
        return [faulty(claim.value)] if any(triple.subject == claim for triple in triples) else []

    alone = merge_graphs([bad], indicator_names=NAMES, minter=MINTER, check=check)
    assert RESIDENCE not in alone.triples
    assert alone.quarantined_claims == (claim.value,)
    assert any(triple.subject == claim for triple in alone.quarantined)
    assert not alone.triples & alone.quarantined
    both = merge_graphs([bad, good], indicator_names=NAMES, minter=MINTER, check=check)
    assert RESIDENCE in both.triples
    assert [violation.focus_node for violation in both.violations] == [claim.value]
    graphs = {quad.graph_name for quad in both.quads(MINTER)}
    assert MINTER.graph("quarantine") in graphs


def test_a_faulty_evidence_condemns_its_claims() -> None:
    """What a claim leads to in one step counts as the claim's fault."""
    graph = EMITTER.emit(make_reading(claims=(make_figure(TEXT, "16.62万人"),)))
    (figure,) = instances(merge(graph), PA.Figure)
    evidence = objects(graph, figure, PA.evidence).pop()

    def check(triples: Iterable[Triple]) -> list[Violation]:
        return [faulty(evidence)] if any(triple.subject.value == evidence for triple in triples) else []

    merged = merge_graphs([graph], indicator_names=NAMES, minter=MINTER, check=check)
    assert merged.quarantined_claims == (figure.value,)
    assert merged.claims == len([figure, "mention of the county", "mention of the person"])


def test_a_fault_that_no_claim_carries_is_a_defect() -> None:
    """A broken ontology cannot be put into quarantine."""
    with pytest.raises(GraphError, match="no claim leads to"):
        merge_graphs(
            [article(1, "100")], indicator_names=NAMES, minter=MINTER, check=lambda _triples: [faulty("urn:elsewhere")]
        )


def test_blank_nodes_are_refused() -> None:
    """The graph holds IRIs and literals alone."""
    with pytest.raises(GraphError, match="IRIs and literals"):
        merge([Triple(BlankNode(), RDFS.label, Literal("x"))])
