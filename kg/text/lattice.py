"""The likeliest way through a lattice of characters, by words, and which of its steps no other way makes doubtful.

A lattice is a graph without cycles: each step from place to place writes one character, of which several may be
possible. Words of the dictionary weigh the ways. What the places mean is left to :mod:`kg.text.pairing`.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from kg.model import Span
from kg.text.wording import LONGEST_WORD, UNKNOWN_SCORE, simple, vocabulary

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Step(Generic[P]):
    """One character of a way.

    Attributes:
        origin: The place it leaves.
        target: The place it leads to.
        candidates: What the character may be; in order, without repetition.
        source: The span it is read from.
        cost: Nats against it, beside how unlikely its words are.
        known: Whether it stands as the text has it, outside of what is to be repaired.
    """

    origin: P
    target: P
    candidates: tuple[str, ...]
    source: Span
    cost: float = 0.0
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Word(Generic[P]):
    """Consecutive steps read as one word."""

    steps: tuple[Step[P], ...]
    characters: tuple[str, ...]
    score: float


#: Characters as the text has them, and the same simplified.
_Spelling = tuple[tuple[str, ...], str]


class Lattice(Generic[P]):
    """Places with the steps that leave them, from a first place to a last one."""

    def __init__(self, places: Sequence[P], steps: Mapping[P, Sequence[Step[P]]]) -> None:
        """Take the places in an order that all steps follow, the first and the last one at its ends.

        Steps may lead to other places; no way goes on there.
        """
        self._places = places
        self._words = {place: tuple(_words_at(place, steps)) for place in places}

    @property
    def score(self) -> float:
        """The logarithm of how likely the best way is; minus infinity where none leads through."""
        return self._ahead[self._places[0]]

    @cached_property
    def _ahead(self) -> dict[P, float]:
        """How likely the best way is from each place to the last."""
        scores = dict.fromkeys(self._places, -math.inf)
        scores[self._places[-1]] = 0.0
        for place in reversed(self._places[:-1]):
            scores[place] = max(
                (word.score + scores.get(_end(word), -math.inf) for word in self._words[place]), default=-math.inf
            )
        return scores

    @cached_property
    def _behind(self) -> dict[P, float]:
        """How likely the best way is from the first place to each."""
        scores = dict.fromkeys(self._places, -math.inf)
        scores[self._places[0]] = 0.0
        for place in self._places:
            for word in self._words[place]:
                end = _end(word)
                scores[end] = max(scores.get(end, -math.inf), scores[place] + word.score)
        return scores

    def best(self) -> list[tuple[Step[P], str]]:
        """Return the steps of the best way with the character that each is read as."""
        return [pair for word in self._best_words() for pair in zip(word.steps, word.characters, strict=True)]

    def _best_words(self) -> Iterator[_Word[P]]:
        place = self._places[0]
        while place != self._places[-1]:
            word = max(self._words[place], key=lambda word: word.score + self._ahead.get(_end(word), -math.inf))
            yield word
            place = _end(word)

    def rivals(self, doubt: float) -> list[Step[P]]:
        """Return every step of a way that is less likely than the best by no more than ``doubt`` nats."""
        least = self.score - doubt
        found: dict[Step[P], None] = {}
        for place in self._places:
            for word in self._words[place]:
                if self._behind[place] + word.score + self._ahead.get(_end(word), -math.inf) >= least:
                    found.update(dict.fromkeys(word.steps))
        return list(found)


def _end(word: _Word[P]) -> P:
    return word.steps[-1].target


def _words_at(place: P, steps: Mapping[P, Sequence[Step[P]]]) -> Iterator[_Word[P]]:
    """Yield the likeliest word over each few steps from a place; each single character is one."""
    heads: list[tuple[tuple[Step[P], ...], list[_Spelling]]] = [((), [((), "")])]
    for _ in range(LONGEST_WORD):
        longer = []
        for taken, beginnings in heads:
            for step in steps.get(taken[-1].target if taken else place, ()):
                word, spellings = _grown((*taken, step), beginnings)
                if word:
                    yield word
                if spellings:
                    longer.append(((*taken, step), spellings))
        heads = longer


def _grown(steps: tuple[Step[P], ...], beginnings: list[_Spelling]) -> tuple[_Word[P] | None, list[_Spelling]]:
    """Return the likeliest word over some steps, and what may begin a longer one."""
    words = vocabulary()
    best, characters = -math.inf, ()  # type: float, tuple[str, ...]
    longer: list[_Spelling] = []
    for written, spelt in beginnings:
        for character in steps[-1].candidates:
            text = spelt + simple(character)
            score = words.get(text, -math.inf if spelt else UNKNOWN_SCORE)
            if score > best:
                best, characters = score, (*written, character)
            if text in words:
                longer.append(((*written, character), text))
    cost = sum(step.cost for step in steps)
    return _Word(steps, characters, best - cost) if characters else None, longer
