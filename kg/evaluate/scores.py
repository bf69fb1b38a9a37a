"""Counts by kind, and the ratios made of them; how they are counted is left to the comparison."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.evaluate.gold import RELATIONS
from kg.model import DIVISION_KINDS, Kind

#: Kinds of entities that are scored together, with the gold types and kinds of each. Regions (片区) are no division
#: and are not annotated.
ENTITY_GROUPS: Mapping[str, frozenset[str]] = {
    "places": frozenset(DIVISION_KINDS),
    "persons": frozenset({Kind.PERSON}),
    "organisations": frozenset({Kind.ORGANISATION}),
    "programmes": frozenset({Kind.PROGRAMME}),
    "products": frozenset({Kind.PRODUCT}),
    "awards": frozenset({Kind.AWARD}),
    "works": frozenset({Kind.WORK, "Document"}),
}

#: How far a figure agrees, from the first step to the last; each step asks for the earlier ones too.
FIGURE_STEPS = ("figures.value", "figures.indicator", "figures.period")

#: Names of all scores, in the order of tables.
SCORES = (*ENTITY_GROUPS, "posts", "relations", *(f"relations.{name}" for name in RELATIONS), *FIGURE_STEPS)

#: Names of all shares, in the order of tables.
SHARES = ("title", "published", "publisher", "mainPlace", "code", "status", "accumulation", "qualifier", "evidence")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind, optional entries and their matches left out.

    >>> Score(matched=3, found=4, wanted=6).f1
    0.6

    Attributes:
        matched: Answers that are in the gold.
        found: All answers.
        wanted: All gold entries.
    """

    matched: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of the answers that are right; 1 where there is no answer."""
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where nothing is asked for."""
        return self.matched / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 1 where nothing is asked for and nothing answered."""
        return 2 * self.matched / (self.found + self.wanted) if self.found + self.wanted else 1.0

    def __add__(self, other: "Score") -> "Score":
        """Return the counts of both together."""
        return Score(self.matched + other.matched, self.found + other.found, self.wanted + other.wanted)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some things are right."""

    right: int = 0
    total: int = 0

    @property
    def value(self) -> float:
        """Return the share; 1 where there is nothing to judge."""
        return self.right / self.total if self.total else 1.0

    def __add__(self, other: "Share") -> "Share":
        """Return the counts of both together."""
        return Share(self.right + other.right, self.total + other.total)


@dataclass(frozen=True, slots=True)
class Miss:
    """One entry on which gold and answer do not agree.

    Attributes:
        document: Identifier of the article.
        kind: Name of the score or share.
        fault: Not found, too much, or found with another value.
        words: The entry in words; for "differs" the gold's, an arrow and the answer's.
    """

    document: str
    kind: str
    fault: Literal["missing", "surplus", "differs"]
    words: str


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """Scores and shares of one article by name, and where it disagrees with its gold."""

    document: str
    scores: Mapping[str, Score]
    shares: Mapping[str, Share]
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of some articles.

    Attributes:
        documents: One entry an article, sorted by identifier.
        unread: Identifiers of gold documents that were not among the articles, sorted; they are not scored.
    """

    documents: tuple[DocumentScores, ...]
    unread: tuple[str, ...] = ()

    def score(self, name: str) -> Score:
        """Return the counts of one kind, added over the documents (micro average)."""
        return sum((document.scores[name] for document in self.documents), Score())

    def share(self, name: str) -> Share:
        """Return one share, added over the documents."""
        return sum((document.shares[name] for document in self.documents), Share())

    def macro_f1(self, name: str) -> float:
        """Return the mean of the documents' F1, those without any entry of the kind left out; 1 where all are."""
        scores = [score for document in self.documents if (score := document.scores[name]).found + score.wanted]
        return sum(score.f1 for score in scores) / len(scores) if scores else 1.0

    def misses(self, kind: str = "") -> Iterator[Miss]:
        """Yield the disagreements of one kind ("relations" covers "relations.worksAt"), or of all, by document."""
        for document in self.documents:
            yield from (miss for miss in document.misses if not kind or f"{miss.kind}.".startswith(f"{kind}."))
