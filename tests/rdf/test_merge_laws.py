"""The laws of merging, over drawn articles and over real ones: a function of the set of claims, however grouped."""

from collections.abc import Iterable, Sequence
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.build import parse_triples
from kg.model import Qualifier
from kg.rdf.merge import Merged, merge_graphs, settle_labels
from kg.rdf.shapes import Violation
from kg.results import process_article
from kg.terms import PA, RDF, RDFS, SKOS
from tests.conftest import seed_articles
from tests.rdf.test_emit import MINTER
from tests.rdf.test_merge import NAMES, article, faulty, instances

Graph = frozenset[Triple]

#: Every claim whose IRI ends so is condemned: some claims of every kind, and the same ones in every order.
_CONDEMNED_END = ("0", "4", "8", "c")

qualifiers = st.sampled_from(list(Qualifier))
bases = st.sampled_from([None, "registered", "adjusted"])


@st.composite
def articles(draw: st.DrawFn) -> Graph:
    """Return the graph of an article that states a figure, sometimes with a basis, a qualifier, narrower words."""
    words = draw(st.sampled_from(["贫困人口", "少数民族贫困人口"]))
    value = draw(st.sampled_from(["90", "100", "110"]))
    parts = {"qualifier": draw(qualifiers), "basis": draw(bases), "indicator_text": words}
    return frozenset(article(draw(st.integers(1, 6)), value, **parts))


def condemn(triples: Iterable[Triple]) -> list[Violation]:
    """Return a fault for each claim of whose IRI the end says so."""
    claims = {triple.subject for triple in triples if (triple.predicate, triple.object) == (RDF.type, PA.Claim)}
    named = sorted(claim.value for claim in claims if isinstance(claim, NamedNode))
    return [faulty(claim) for claim in named if claim.endswith(_CONDEMNED_END)]


def merge(*graphs: Iterable[Triple]) -> Merged:
    """Merge graphs of which some claims are condemned."""
    return merge_graphs(graphs, indicator_names=NAMES, minter=MINTER, check=condemn)


@cache
def real_graphs() -> tuple[Graph, ...]:
    """Return the graphs of three seeds, and of two articles that contradict each other."""
    found = (process_article(each, base_iri=MINTER.base) for each in seed_articles()[:3])
    contradicting = [frozenset(article(1, "100")), frozenset(article(2, "90"))]
    return (*(frozenset(parse_triples(each.ntriples)) for each in found), *contradicting)


@cache
def merged_graphs() -> Merged:
    """Return the real graphs merged in their order."""
    return merge(*real_graphs())


@given(st.data(), st.lists(articles(), min_size=1, max_size=5))
def test_shuffling_repeating_and_grouping_change_nothing(data: st.DataObject, graphs: list[Graph]) -> None:
    """Merging drawn articles is commutative, idempotent and associative, quarantine and slots included."""
    assert merge(*regrouped(data, graphs)) == merge(*graphs)


@settings(max_examples=4)
@given(st.data())
def test_the_laws_hold_for_real_articles(data: st.DataObject) -> None:
    """Real articles obey the same laws: claims of every kind, and some of them in quarantine."""
    assert merge(*regrouped(data, real_graphs())) == merged_graphs()


def test_every_part_of_a_merge_is_tried() -> None:
    """The laws are tested on slots, conflicts and condemned claims, not on their absence."""
    merged = merged_graphs()
    assert merged.quarantined_claims
    assert merged.conflicts
    assert instances(merged, PA.FigureSlot)


def regrouped(data: st.DataObject, graphs: Sequence[Graph]) -> list[Graph]:
    """Return the graphs in another order, some of them twice, some of them united."""
    order = data.draw(st.permutations(range(len(graphs))))
    again = data.draw(st.lists(st.sampled_from(order), max_size=2))
    groups: dict[int, Graph] = {}
    for number in (*order, *again):
        group = data.draw(st.integers(0, len(graphs)))
        groups[group] = groups.get(group, frozenset()) | graphs[number]
    return list(groups.values())


names = st.builds(
    Triple,
    st.sampled_from([NamedNode("urn:a"), NamedNode("urn:b")]),
    st.sampled_from([RDFS.label, SKOS.altLabel]),
    st.sampled_from([Literal(name, language="zh") for name in ("甘谷", "甘谷县", "清水县", "伏羌")]),
)


@given(st.sets(names), st.sets(names))
def test_settled_labels_can_be_settled_again(some: set[Triple], others: set[Triple]) -> None:
    """Which label stands does not depend on which articles were settled first."""
    assert settle_labels(settle_labels(some) | others) == settle_labels(some | others)


def test_an_article_adds_and_takes_nothing_away() -> None:
    """What the other articles say stands with one more article too, the choice of names and figures apart."""
    *others, _ = real_graphs()
    chosen = {PA.preferredFigure, PA.preferredBecause, PA.supportingArticles, RDFS.label, SKOS.altLabel}
    alone = {triple for triple in merge(*others).triples if triple.predicate not in chosen}
    assert alone <= merged_graphs().triples
