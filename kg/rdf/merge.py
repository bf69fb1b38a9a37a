"""The graphs of many articles as one: union, one label an entity, quarantine, and what follows from standing claims.

Everything here is a function of the set of claims, so the order and grouping of articles cannot matter.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.errors import GraphError
from kg.rdf.iris import Minter
from kg.rdf.shapes import Violation
from kg.terms import DCT, ORG, PA, PROV, RDF, RDFS, SKOS, XSD

#: Name of the graph of what validation kept out.
QUARANTINE = "quarantine"

#: Basis of a slot whose figures state none.
UNSPECIFIED = "unspecified"

_CLAIM_CLASSES = frozenset({PA.Mention, PA.Figure, PA.PostHolding, PA.RelationClaim})

#: The words that mean an indicator as such, by its IRI.
IndicatorNames = Mapping[str, frozenset[str]]

#: Finds the faults of a graph.
Check = Callable[[Iterable[Triple]], Iterable[Violation]]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question that articles or sentences answer differently.

    Attributes:
        slot: IRI of the slot.
        figures: IRIs of its figures, the preferred one first.
        values: Their normalised values, in the same order.
    """

    slot: str
    figures: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a merge.

    Attributes:
        triples: The default graph without the ontology.
        quarantined: The triples of what was kept out.
        violations: Why, in the order found.
        conflicts: Slots whose figures differ, by IRI.
        claims: How many claims there were, quarantined ones included.
        quarantined_claims: IRIs of the claims kept out, sorted.
    """

    triples: frozenset[Triple]
    quarantined: frozenset[Triple]
    violations: tuple[Violation, ...]
    conflicts: tuple[Conflict, ...]
    claims: int
    quarantined_claims: tuple[str, ...]

    def quads(self, minter: Minter) -> Iterator[Quad]:
        """Yield the quads of both graphs."""
        graph = minter.graph(QUARANTINE)
        for triple in self.triples:
            yield Quad(triple.subject, triple.predicate, triple.object)
        for triple in self.quarantined:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _named(triple: Triple) -> tuple[NamedNode, NamedNode | Literal]:
    """Return subject and object of a triple.

    Raises:
        GraphError: if one of them is a blank node or a triple term: the graph has none (design §2).
    """
    subject, object_ = triple.subject, triple.object
    if isinstance(subject, NamedNode) and isinstance(object_, NamedNode | Literal):
        return subject, object_
    raise GraphError("the graph of an article holds IRIs and literals alone", where=str(triple))


class Description:
    """The triples of a graph by subject."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Index the triples."""
        self._by_subject: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
        for triple in triples:
            subject, object_ = _named(triple)
            self._by_subject.setdefault(subject, defaultdict(list))[triple.predicate].append(object_)

    def subjects(self) -> Iterable[NamedNode]:
        """Return all subjects."""
        return self._by_subject.keys()

    def objects(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        """Return the objects of a subject and predicate, in no order."""
        return self._by_subject.get(subject, {}).get(predicate, [])

    def one(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | Literal | None:
        """Return the least object of a subject and predicate, or None."""
        return min(self.objects(subject, predicate), key=str, default=None)

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """Return the least object that is an IRI, or None."""
        nodes = (term for term in self.objects(subject, predicate) if isinstance(term, NamedNode))
        return min(nodes, key=str, default=None)

    def triples(self, subject: NamedNode) -> Iterator[Triple]:
        """Yield the triples of a subject."""
        for predicate, objects in self._by_subject.get(subject, {}).items():
            for object_ in objects:
                yield Triple(subject, predicate, object_)

    def instances(self, classes: frozenset[NamedNode]) -> list[NamedNode]:
        """Return the subjects that are of one of the classes, sorted."""
        return sorted(
            (node for node in self._by_subject if not classes.isdisjoint(self.objects(node, RDF.type))), key=str
        )


# ---- Merging ---------------------------------------------------------------------------------------------------------


def merge_graphs(
    graphs: Iterable[Iterable[Triple]], *, minter: Minter, check: Check, indicator_names: IndicatorNames
) -> Merged:
    """Return the merged, checked graph of all articles.

    Args:
        graphs: The triples of each article, in any order.
        minter: Makes the IRIs of slots.
        indicator_names: The words that mean an indicator as such, by its IRI.
        check: Finds the faults of a graph; called again after each quarantine, until it finds none.

    Raises:
        GraphError: if a fault lies with no claim, or a graph holds a blank node.
    """
    union: set[Triple] = set()
    for graph in graphs:
        union.update(graph)
    description = Description(settle_labels(union))
    all_claims = description.instances(_CLAIM_CLASSES)
    standing, violations = list(all_claims), list[Violation]()
    while True:
        triples, conflicts = _standing_graph(description, standing, minter, indicator_names)
        found = [violation for violation in check(triples) if violation.is_failure]
        violations.extend(found)
        if not found:
            break
        condemned = _condemned(description, standing, found)
        standing = [claim for claim in standing if claim not in condemned]
    still_standing = frozenset(standing)
    kept_out = [claim for claim in all_claims if claim not in still_standing]
    return Merged(
        triples=triples,
        quarantined=frozenset(_reachable(description, kept_out)) - triples,
        violations=tuple(violations),
        conflicts=conflicts,
        claims=len(all_claims),
        quarantined_claims=tuple(claim.value for claim in kept_out),
    )


def settle_labels(triples: Iterable[Triple]) -> set[Triple]:
    """Return the triples with one label a subject: the longest, then the least; the others become alternatives."""
    settled: set[Triple] = set()
    labels: dict[NamedNode, list[Literal]] = defaultdict(list)
    for triple in triples:
        subject, object_ = _named(triple)
        if triple.predicate == RDFS.label and isinstance(object_, Literal):
            labels[subject].append(object_)
        else:
            settled.add(triple)
    for node, names in labels.items():
        first, *others = sorted(names, key=lambda name: (-len(name.value), name.value))
        settled.add(Triple(node, RDFS.label, first))
        settled.update(Triple(node, SKOS.altLabel, name) for name in others)
        settled.discard(Triple(node, SKOS.altLabel, first))
    return settled


def _standing_graph(
    description: Description, claims: list[NamedNode], minter: Minter, indicator_names: IndicatorNames
) -> tuple[frozenset[Triple], tuple[Conflict, ...]]:
    articles = description.instances(frozenset({PA.Article}))
    triples = set(_reachable(description, [*articles, *claims]))
    triples.update(_plain_triples(description, claims))
    slots, conflicts = _slots(description, claims, minter, indicator_names)
    return frozenset(triples | slots), conflicts


def _reachable(description: Description, roots: Iterable[NamedNode]) -> Iterator[Triple]:
    """Yield the triples of the roots and of everything that they lead to."""
    waiting, seen = list(roots), set(roots)
    while waiting:
        for triple in description.triples(waiting.pop()):
            yield triple
            if isinstance(triple.object, NamedNode) and triple.object not in seen:
                seen.add(triple.object)
                waiting.append(triple.object)


def _condemned(description: Description, claims: list[NamedNode], violations: list[Violation]) -> set[NamedNode]:
    """Return the standing claims that a violation falls on: itself, or what it leads to in one step.

    Raises:
        GraphError: if no claim leads to a faulty node; then the ontology or the merge is at fault, not an article.
    """
    faulty = {NamedNode(violation.focus_node) for violation in violations}
    condemned = {
        claim
        for claim in claims
        if claim in faulty or any(triple.object in faulty for triple in description.triples(claim))
    }
    if not condemned:
        raise GraphError(f"a shape is broken at a node that no claim leads to: {violations[0]}")
    return condemned


# ---- What follows from claims ----------------------------------------------------------------------------------------


def _plain_triples(description: Description, claims: Iterable[NamedNode]) -> Iterator[Triple]:
    """Yield the plain triples beside the claims, each as often as claims say it."""
    for claim in claims:
        article, entity = description.node(claim, PROV.wasDerivedFrom), description.node(claim, PA.entity)
        if article and entity:
            yield Triple(article, PA.mentions, entity)
        subject, object_ = description.node(claim, RDF.subject), description.node(claim, RDF.object)
        predicate = description.node(claim, RDF.predicate)
        if subject and predicate and object_:
            yield Triple(subject, predicate, object_)
        holder, post, body = (description.node(claim, part) for part in (PA.holder, PA.post, PA.at))
        if holder and post and body:
            yield Triple(holder, ORG.holds, post)
            yield Triple(post, ORG.postIn, body)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One figure of a slot, with what the choice needs."""

    figure: NamedNode
    article: NamedNode | None
    words: NamedNode | None
    value: Decimal
    is_exact: bool
    confidence: Decimal
    issued: str


#: What a slot asks: its properties and their values, in a defined order.
_Question = tuple[tuple[NamedNode, NamedNode | Literal], ...]

#: The parts of every slot, as its figures state them.
_SLOT_PARTS = (PA.about, PA.indicator, PA.period, PA.status, PA.accumulation, PA.basis)


def _slots(
    description: Description, claims: Iterable[NamedNode], minter: Minter, indicator_names: IndicatorNames
) -> tuple[set[Triple], tuple[Conflict, ...]]:
    """Return the triples of all slots, and those whose figures differ."""
    groups: dict[_Question, list[_Answer]] = defaultdict(list)
    for claim in claims:
        question = _question(description, claim, minter, indicator_names)
        if question:
            groups[question].append(_answer(description, claim, minter))
    triples: set[Triple] = set()
    conflicts = []
    for asked, answers in groups.items():
        slot = minter.slot(tuple(f"{predicate} {part}" for predicate, part in asked))
        ranked, reason = _rank(answers)
        triples.update(_slot_triples(slot, asked, ranked, reason))
        if _differ(ranked):
            conflicts.append(_conflict(slot, ranked))
    return triples, tuple(sorted(conflicts, key=lambda conflict: conflict.slot))


def _question(
    description: Description, claim: NamedNode, minter: Minter, indicator_names: IndicatorNames
) -> _Question | None:
    """Return the question that a figure answers, or None where entity, indicator or period are not known.

    Words that say more than the indicator (辣椒种植面积 beside 种植面积) ask a narrower question of their own.
    """
    parts = {predicate: description.one(claim, predicate) for predicate in _SLOT_PARTS}
    parts[PA.basis] = parts[PA.basis] or minter.concept("basis", UNSPECIFIED)
    question = tuple((predicate, part) for predicate, part in parts.items() if part is not None)
    if len(question) < len(_SLOT_PARTS):
        return None
    words, indicator = description.one(claim, PA.indicatorText), parts[PA.indicator]
    if words is None or indicator is None or words.value in indicator_names.get(indicator.value, ()):
        return question
    return (*question, (PA.indicatorText, words))


def _answer(description: Description, claim: NamedNode, minter: Minter) -> _Answer:
    article = description.node(claim, PROV.wasDerivedFrom)
    issued = description.one(article, DCT.issued) if article else None
    return _Answer(
        figure=claim,
        article=article,
        words=description.node(claim, PA.evidence),
        value=_decimal(description.one(claim, PA.normalisedValue)),
        is_exact=description.one(claim, PA.qualifier) == minter.concept("qualifier", "exact"),
        confidence=_decimal(description.one(claim, PA.confidence)),
        issued=issued.value if issued else "",
    )


def _differ(answers: Iterable[_Answer]) -> bool:
    """Tell whether figures disagree; the two figures of a range, stated by the same words, are one answer."""
    stated: dict[NamedNode | None, set[Decimal]] = defaultdict(set)
    for answer in answers:
        stated[answer.words].add(answer.value)
    return len({frozenset(values) for values in stated.values()}) > 1


def _decimal(term: NamedNode | Literal | None) -> Decimal:
    return Decimal(term.value) if isinstance(term, Literal) else Decimal(0)


#: Why a figure is preferred, by the rule that told it from the next one; in the order in which the rules are tried.
_REASONS = ("原文未加约数词", "支持的文章较多", "发布日期较近", "置信度较高", "标识较小")


def _rank(answers: list[_Answer]) -> tuple[list[_Answer], str]:
    """Return the figures from the preferred one down, and the rule that chose it.

    The rules, in order: a number without a qualifier; support by more articles; a later date of issue; a higher
    confidence; the lesser IRI, so that the choice is the same everywhere.
    """
    support = _support(answers)

    def merits(answer: _Answer) -> tuple[bool, int, str, Decimal]:
        return (answer.is_exact, support[answer.value], answer.issued, answer.confidence)

    ranked = sorted(answers, key=lambda answer: answer.figure.value)
    ranked.sort(key=merits, reverse=True)
    if len(ranked) == 1:
        return ranked, "唯一数据"
    if len(support) == 1:
        return ranked, "各处一致"
    rival = next(answer for answer in ranked if answer.value != ranked[0].value)
    pairs = zip(merits(ranked[0]), merits(rival), strict=True)
    rule = next((number for number, (mine, other) in enumerate(pairs) if mine != other), len(_REASONS) - 1)
    return ranked, _REASONS[rule]


def _support(answers: Iterable[_Answer]) -> Mapping[Decimal, int]:
    """Return how many articles give each value."""
    articles: dict[Decimal, set[NamedNode | None]] = defaultdict(set)
    for answer in answers:
        articles[answer.value].add(answer.article)
    return {value: len(sources) for value, sources in articles.items()}


def _slot_triples(slot: NamedNode, question: _Question, ranked: list[_Answer], reason: str) -> Iterator[Triple]:
    yield Triple(slot, RDF.type, PA.FigureSlot)
    for predicate, part in question:
        yield Triple(slot, predicate, part)
    yield Triple(slot, PA.preferredFigure, ranked[0].figure)
    yield Triple(slot, PA.preferredBecause, Literal(reason))
    support = _support(ranked)[ranked[0].value]
    yield Triple(slot, PA.supportingArticles, Literal(str(support), datatype=XSD.integer))
    for answer in ranked:
        yield Triple(answer.figure, PA.inSlot, slot)


def _conflict(slot: NamedNode, ranked: list[_Answer]) -> Conflict:
    return Conflict(
        slot=slot.value,
        figures=tuple(answer.figure.value for answer in ranked),
        values=tuple(str(answer.value) for answer in ranked),
    )
