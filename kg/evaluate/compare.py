"""One reading against its gold, kind by kind."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Literal, TypeVar

from kg.evaluate.agreement import dice, fold_name, indicator_share, same_period, same_unit
from kg.evaluate.gold import RELATIONS, Gold, GoldEntity, GoldFigure, GoldRelation
from kg.evaluate.pairs import Found, Pair, Rank, Wanted, pair_up
from kg.evaluate.scores import (
    ENTITY_GROUPS,
    FIGURE_STEPS,
    SCORES,
    SHARES,
    DocumentScores,
    Evaluation,
    Miss,
    Score,
    Share,
)
from kg.model import Entity, EntityKey, Figure, PostHolding, Reading, RelationClaim, Span, Vocabulary

_VALUE_TOLERANCE = Decimal("1e-6")
_LEAST_SHARE = 0.5

ClaimKind = TypeVar("ClaimKind", RelationClaim, PostHolding, Figure)


def evaluate(readings: Mapping[str, Reading], golds: Mapping[str, Gold], vocabulary: Vocabulary) -> Evaluation:
    """Return the scores of the readings that have a gold, both by identifier of the article.

    Args:
        readings: What was read; readings without gold are passed over.
        golds: What should have been read.
        vocabulary: Gives the labels of indicators: a figure's indicator agrees by its words or by its label.
    """
    labels = {indicator.key: indicator.label for indicator in vocabulary.indicators}
    return Evaluation(
        documents=tuple(
            _Comparison(golds[name], readings[name], labels).scores() for name in sorted(golds) if name in readings
        ),
        unread=tuple(sorted(golds.keys() - readings.keys())),
    )


class _Comparison:
    """One gold and one reading, compared kind by kind; collects scores, shares and misses."""

    def __init__(self, gold: Gold, reading: Reading, labels: Mapping[str, str]) -> None:
        self._gold = gold
        self._reading = reading
        self._labels = labels
        self._names = cache(gold.names)
        self._page = _FoldedPage(reading.document.text)
        self._scores: dict[str, Score] = {}
        self._shares = dict.fromkeys(SHARES, Share())
        self._misses: list[Miss] = []

    def scores(self) -> DocumentScores:
        """Return everything compared."""
        self._compare_metadata()
        for group in ENTITY_GROUPS:
            self._compare_entities(group)
        self._compare_posts()
        self._compare_relations()
        self._compare_figures()
        scores = {name: self._scores[name] for name in SCORES}
        return DocumentScores(self._gold.document, scores, self._shares, tuple(self._misses))

    # -- Metadata

    def _compare_metadata(self) -> None:
        metadata, main_place = self._reading.metadata, self._reading.main_place
        answers = {
            "title": metadata.title,
            "published": metadata.published,
            "publisher": metadata.publisher,
            "mainPlace": self._reading.entities[main_place].name if main_place else None,
        }
        for name, answer in answers.items():
            wanted = self._gold.metadata.get(name)
            if wanted is not None:
                self._judge(name, wanted, answer or "", right=fold_name(wanted) == fold_name(answer or ""))

    # -- Entities

    def _compare_entities(self, group: str) -> None:
        types = ENTITY_GROUPS[group]
        wanted = [entity for entity in self._gold.entities if entity.type in types]
        # What words only point back to (全省) is not named, as in pa:mentions.
        named = dict.fromkeys(link.entity for link in self._reading.links if not link.mention.anaphor)
        found = [entity for key in named if (entity := self._reading.entities[key]).kind in types]
        pairs = pair_up(wanted, found, self._rank_entity)
        self._count(group, wanted, found, pairs)
        for pair in pairs:
            if pair.wanted.has_code and not pair.wanted.optional:
                code, answer = pair.wanted.code or "none", pair.found.code or "none"
                self._judge("code", f"{pair.wanted.name} {code}", answer, right=code == answer)

    def _rank_entity(self, wanted: GoldEntity, found: Entity) -> Rank:
        label = fold_name(found.name)
        if label == fold_name(wanted.name):
            return (2,)
        return (1,) if label in map(fold_name, wanted.aliases) else None

    # -- Posts and relations

    def _compare_posts(self) -> None:
        held = {(claim.holder, claim.title, claim.at): claim for claim in self._claims(PostHolding)}
        found = list(held.values())
        self._count("posts", self._gold.posts, found, pair_up(self._gold.posts, found, self._rank_post))

    def _rank_post(self, wanted: GoldRelation, found: PostHolding) -> Rank:
        if not self._is(found.holder, wanted.subject):
            return None
        words = found.title + self._name(found.at)
        share = max(dice(wanted.title + place, words) for place in self._names(wanted.object))
        return (share,) if share >= _LEAST_SHARE else None

    def _compare_relations(self) -> None:
        stated = {(claim.subject, claim.predicate, claim.object): claim for claim in self._claims(RelationClaim)}
        for predicate in RELATIONS:
            wanted = [relation for relation in self._gold.relations if relation.predicate == predicate]
            found = [claim for claim in stated.values() if claim.predicate == predicate]
            self._count(f"relations.{predicate}", wanted, found, pair_up(wanted, found, self._rank_relation))
        self._scores["relations"] = sum((self._scores[f"relations.{name}"] for name in RELATIONS), Score())

    def _rank_relation(self, wanted: GoldRelation, found: RelationClaim) -> Rank:
        agrees = self._is(found.subject, wanted.subject) and self._is(found.object, wanted.object)
        return (1,) if agrees else None

    # -- Figures

    def _compare_figures(self) -> None:
        wanted, found = self._gold.figures, self._claims(Figure)
        pairs = pair_up(wanted, found, self._rank_figure)
        for step, name in enumerate(FIGURE_STEPS, start=1):
            reached = [pair for pair in pairs if pair.rank[0] >= step]
            self._scores[name] = _score(wanted, found, reached)
        self._list_unpaired(FIGURE_STEPS[0], wanted, found, pairs)
        for pair in pairs:
            if not pair.wanted.optional:
                self._judge_figure(pair)

    def _rank_figure(self, wanted: GoldFigure, found: Figure) -> Rank:
        if abs(wanted.value - found.value) > _VALUE_TOLERANCE or not same_unit(wanted.unit, found.unit):
            return None
        share = self._indicator_share(wanted, found)
        about = self._is(found.about, wanted.about)
        step = 1
        if about and share >= _LEAST_SHARE:
            step = 3 if same_period(wanted.period, found.period) else 2
        return (step, self._overlaps_quote(wanted, found), about, share, wanted.qualifier == found.qualifier)

    def _judge_figure(self, pair: Pair[GoldFigure, Figure]) -> None:
        """Count the attributes of a figure that agrees in about and indicator; list one that does not, or only so."""
        step, wanted, found = int(pair.rank[0]), pair.wanted, pair.found
        if step < len(FIGURE_STEPS):
            self._miss(FIGURE_STEPS[step], "differs", f"{_words(wanted)} → {self._describe(found)}")
        if step > 1:
            for name in ("status", "accumulation", "qualifier"):
                gold, answer = getattr(wanted, name), getattr(found, name)
                self._judge(name, f"{_words(wanted)}: {gold}", answer, right=gold == answer)
            evidence = " … ".join(map(self._reading.document.words, found.evidence))
            right = self._overlaps_quote(wanted, found) and self._is_within_sentences(found.evidence)
            self._judge("evidence", wanted.quote, evidence, right=right)

    def _indicator_share(self, wanted: GoldFigure, found: Figure) -> float:
        words = (found.indicator_text, self._labels.get(found.indicator or "", ""))
        return max(indicator_share(wanted.indicator, text) for text in words)

    def _overlaps_quote(self, wanted: GoldFigure, found: Figure) -> bool:
        quotes = self._page.find(wanted.quote)
        return any(span.overlaps(quote) for span in found.evidence for quote in quotes)

    def _is_within_sentences(self, spans: Iterable[Span]) -> bool:
        document = self._reading.document
        sentences = ((document.sentence_at(span.start), span) for span in spans)
        return all(sentence is not None and sentence.span.contains(span) for sentence, span in sentences)

    # -- What all kinds need

    def _claims(self, kind: type[ClaimKind]) -> list[ClaimKind]:
        return [claim for claim in self._reading.claims if isinstance(claim, kind)]

    def _name(self, key: EntityKey) -> str:
        return self._reading.entities[key].name

    def _is(self, key: EntityKey, name: str) -> bool:
        """Tell whether an entity bears one of the names of the gold entity called ``name``."""
        return fold_name(self._name(key)) in self._names(name)

    def _count(
        self, name: str, wanted: Sequence[Wanted], found: Sequence[Found], pairs: Sequence[Pair[Wanted, Found]]
    ) -> None:
        self._scores[name] = _score(wanted, found, pairs)
        self._list_unpaired(name, wanted, found, pairs)

    def _list_unpaired(
        self, name: str, wanted: Sequence[Wanted], found: Sequence[Found], pairs: Sequence[Pair[Wanted, Found]]
    ) -> None:
        matched = {id(pair.wanted) for pair in pairs} | {id(pair.found) for pair in pairs}
        for entry in wanted:
            if id(entry) not in matched and not entry.optional:
                self._miss(name, "missing", _words(entry))
        for answer in found:
            if id(answer) not in matched:
                self._miss(name, "surplus", self._describe(answer))

    def _judge(self, name: str, wanted: str, answer: str, *, right: bool) -> None:
        self._shares[name] += Share(int(right), 1)
        if not right:
            self._miss(name, "differs", f"{wanted} → {answer or 'nothing'}")

    def _miss(self, kind: str, fault: Literal["missing", "surplus", "differs"], words: str) -> None:
        self._misses.append(Miss(self._gold.document, kind, fault, words))

    def _describe(self, found: Entity | RelationClaim | PostHolding | Figure) -> str:
        match found:
            case Entity():
                return f"{found.name} ({found.kind})"
            case RelationClaim():
                return f"{self._name(found.subject)} {found.predicate} {self._name(found.object)}"
            case PostHolding():
                return f"{self._name(found.holder)} {found.title}, {self._name(found.at)}"
            case Figure():
                period = found.period.value if found.period else "no period"
                return f"{self._name(found.about)} {found.indicator_text} {found.value} {found.unit}, {period}"


def _words(entry: GoldEntity | GoldRelation | GoldFigure) -> str:
    """Return a gold entry in words, as :meth:`_Comparison._describe` gives answers."""
    match entry:
        case GoldEntity():
            return f"{entry.name} ({entry.type})"
        case GoldRelation(title=""):
            return f"{entry.subject} {entry.predicate} {entry.object}"
        case GoldRelation():
            return f"{entry.subject} {entry.title}, {entry.object}"
        case GoldFigure():
            return f"{entry.about} {entry.indicator} {entry.value} {entry.unit}, {entry.period or 'no period'}"


def _score(wanted: Sequence[Wanted], found: Sequence[Found], pairs: Sequence[Pair[Wanted, Found]]) -> Score:
    """Return the counts; optional entries are removed from both sides."""
    matched = sum(not pair.wanted.optional for pair in pairs)
    return Score(
        matched=matched,
        found=len(found) - (len(pairs) - matched),
        wanted=sum(not entry.optional for entry in wanted),
    )


class _FoldedPage:
    """A page in which quotes are found although signs, widths or spaces were cleaned another way."""

    def __init__(self, text: str) -> None:
        folded = [(letter, at) for at, sign in enumerate(text) for letter in fold_name(sign)]
        self._text = "".join(letter for letter, _ in folded)
        self._offsets = [at for _, at in folded]
        self.find = cache(self._find)

    def _find(self, quote: str) -> tuple[Span, ...]:
        """Return every place of a quote, in cleaned offsets."""
        folded, spans = fold_name(quote), list[Span]()
        at = self._text.find(folded) if folded else -1
        while at >= 0:
            spans.append(Span(self._offsets[at], self._offsets[at + len(folded) - 1] + 1))
            at = self._text.find(folded, at + 1)
        return tuple(spans)
