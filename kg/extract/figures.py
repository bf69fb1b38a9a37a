"""Figures: every number with a unit that states something about an entity, with all its parts.

Puts together what the modules beside it read: quantities (:mod:`kg.extract.figures_quantities`), indicators
(:mod:`kg.extract.indicators`), periods (:mod:`kg.extract.figures_periods`), the entity meant
(:mod:`kg.extract.figures_about`) and the kind of statement (:mod:`kg.extract.figures_kinds`). Follows the guidelines'
section on figures.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extract.figures_about import Subjects
from kg.extract.figures_clauses import clause_bounds
from kg.extract.figures_kinds import BasisTable, accumulation_of, change_of, status_of
from kg.extract.figures_periods import Times
from kg.extract.figures_quantities import QuantityFinder
from kg.extract.figures_rejections import NAME, Quantity
from kg.extract.figures_words import (
    SentenceParts,
    evidence_of,
    is_threshold,
    list_with,
    reached_by,
    share_out,
    surroundings_of,
)
from kg.extract.indicator_table import IndicatorTable
from kg.extract.indicators import Surroundings, read_indicator
from kg.extract.passages import mentions_by_sentence
from kg.model import (
    PLACE_KINDS,
    Accumulation,
    BlockRole,
    Extraction,
    Figure,
    Kind,
    Mention,
    Period,
    PeriodBasis,
    Reading,
    Rejection,
    Sentence,
    Span,
    Vocabulary,
)
from kg.text.numerals import holds_number

#: What is measured of places alone: a person who speaks of 30 poor people has no poor population.
_OF_PLACES = frozenset(
    {
        "total-population",
        "total-households",
        "poor-population",
        "poor-households",
        "poverty-rate",
        "villages",
        "townships",
    }
)
#: What counts all of a place: whom one measure reaches is none of these.
_OF_ALL = frozenset({"total-population", "total-households", "poor-population", "poor-households"})
#: A quantity of these may count what is taken for a name as well: 建设就业基地200个, 社区39个.
_COUNTED = frozenset({"count", "households", "persons"})
#: Why a quantity is no figure.
_UNTOLD = "nothing says what it counts or whose it is"
_OF_WHOLE = "said of the nation, the world or a state leader"
_NAMED_KINDS = PLACE_KINDS | {Kind.PERSON, Kind.ORGANISATION, Kind.WORK, Kind.AWARD}


class FigureExtractor:
    """Reads the figures of a document."""

    name = NAME
    version = "3"
    requires = frozenset({"document", "metadata", "main_place", "entities", "references"})
    assigns = frozenset({"claims:figures"})

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take units, indicators and bases of the ontology."""
        self._quantities = QuantityFinder(vocabulary.units)
        self._indicators = IndicatorTable(vocabulary.indicators)
        self._bases = BasisTable(vocabulary.bases)

    def extract(self, reading: Reading) -> Extraction:
        """Return the figures of a document and the numbers that are none, in text order."""
        times = Times.of(reading.document, reading.metadata.published)
        subjects = Subjects(reading)
        mentions = mentions_by_sentence(reading)
        figures: list[tuple[Figure, BlockRole]] = []
        rejections: list[Rejection] = []
        for sentence in reading.document.sentences:
            if not holds_number(reading.document.text, sentence.span):
                continue
            parts, refused = self._divide(reading.document.text, sentence, times, mentions.get(sentence.span.start, ()))
            rejections.extend(refused)
            for result in self._figures(reading, parts, times, subjects):
                if isinstance(result, Rejection):
                    rejections.append(result)
                else:
                    figures.append((result, sentence.role))
        rejections.sort(key=lambda each: each.span)
        return Extraction(claims=_without_repeats(figures), rejections=tuple(rejections))

    def _divide(
        self, text: str, sentence: Sentence, times: Times, mentions: Sequence[Mention]
    ) -> tuple[SentenceParts, tuple[Rejection, ...]]:
        """Return the quantities of a sentence with its times and names, and the numbers that were rejected."""
        dates, spans = times.spans(sentence), [mention.span for mention in mentions]
        quantities, rejections = self._quantities.find(text, sentence.span, dates, spans)
        names = tuple(mention.span for mention in mentions if mention.kind in _NAMED_KINDS)
        return SentenceParts(sentence, quantities, (*dates, *names), names, dates), rejections

    def _figures(
        self, reading: Reading, parts: SentenceParts, times: Times, subjects: Subjects
    ) -> Iterator[Figure | Rejection]:
        """Yield the figures of one sentence, and a rejection for a quantity of which nothing is said."""
        previous: Figure | None = None
        for at, quantity in enumerate(parts.quantities):
            if is_threshold(reading.document.text, parts.quantities, at):
                yield Rejection(quantity.span, NAME, "says which are counted")
                continue
            around = surroundings_of(reading.document.text, parts, at, previous)
            group = list_with(reading.document.text, parts.quantities, at)
            figure = self._figure(parts, around, group, subjects, previous)
            if figure is None and around.dimension in _COUNTED:
                around = surroundings_of(reading.document.text, replace(parts, cuts=parts.times), at, previous)
                figure = self._figure(parts, around, group, subjects, previous)
            if figure is None:
                is_of_whole = subjects.is_of_whole(parts.sentence, quantity, group)
                yield Rejection(quantity.span, NAME, _OF_WHOLE if is_of_whole else _UNTOLD)
                continue
            period = times.period_at(around.text, parts.sentence, quantity.span)
            if around.dimension == "age" and (period is None or period.basis is PeriodBasis.CARRIED):
                period = times.publication
            previous = _dated(parts, around, figure, period, previous)
            yield previous

    def _figure(
        self,
        parts: SentenceParts,
        around: Surroundings,
        group: Sequence[Quantity],
        subjects: Subjects,
        previous: Figure | None,
    ) -> Figure | None:
        """Return the figure of one quantity, its period still open; None where nothing says what or whose it is."""
        text, quantity, within = around.text, around.quantity, parts.sentence.span
        about = subjects.about(parts.sentence, quantity, group)
        if about is None:
            return None
        change = change_of(around, previous)
        indicator = change or share_out(text, parts, quantity, group) or read_indicator(around)
        if not indicator:
            return None
        clause = clause_bounds(text, quantity.span, within)
        words, concept = self._concept(indicator, text, parts, quantity, of_person=subjects.is_person(about))
        return Figure(
            about=about,
            indicator_text=words,
            indicator=concept,
            value=quantity.number.value,
            surface=quantity.number.span.of(text),
            unit=quantity.unit.notation,
            evidence=(evidence_of(around, indicator),),
            extractor=NAME,
            qualifier=quantity.qualifier,
            status=status_of(text, clause, quantity),
            accumulation=_accumulation_so_far(change, quantity),
            basis=self._bases.stated_before(text, Span(within.start, quantity.span.start)),
        )

    def _concept(
        self, indicator: str, text: str, parts: SentenceParts, quantity: Quantity, *, of_person: bool
    ) -> tuple[str, str | None]:
        """Return an indicator and its concept; none that only a place can have where a person is meant.

        Whom a measure reaches keep its verb (惠及贫困人口), and have no concept where the measure is one of many.
        """
        dimension = quantity.unit.dimension
        concept = self._indicators.concept(indicator, dimension)
        if concept in _OF_ALL:
            verb, is_of_measure = reached_by(text, parts, quantity)
            indicator = indicator if indicator.startswith(verb) else verb + indicator
            concept = None if is_of_measure else self._indicators.concept(indicator, dimension)
            concept = None if verb and concept in _OF_ALL else concept
        return indicator, None if of_person and concept in _OF_PLACES else concept


def _accumulation_so_far(change: str, quantity: Quantity) -> Accumulation:
    """Return the accumulation that is known before the period: a rate of change is one whenever it holds."""
    is_rate = bool(change) and quantity.unit.dimension == "ratio"
    return Accumulation.CHANGE_RATE if is_rate else Accumulation.FLOW if change else Accumulation.STOCK


def _dated(
    parts: SentenceParts, around: Surroundings, figure: Figure, period: Period | None, previous: Figure | None
) -> Figure:
    """Return a figure with its period and the accumulation that depends on it."""
    accumulation = figure.accumulation
    if accumulation is Accumulation.STOCK:
        clause = clause_bounds(around.text, around.quantity.span, parts.sentence.span)
        accumulation = accumulation_of(around.text, clause, figure, period, previous)
    return replace(figure, period=period, accumulation=accumulation)


# ---- Repeats ---------------------------------------------------------------------------------------------------------


def _without_repeats(figures: Iterable[tuple[Figure, BlockRole]]) -> tuple[Figure, ...]:
    """Return the figures, one that says the same again as further evidence of the first.

    A caption or heading repeats the text beside it: there, the same value of the same entity is enough.
    """
    kept: dict[tuple[object, ...], Figure] = {}
    for figure, role in sorted(figures, key=lambda entry: entry[1] is not BlockRole.BODY):
        period = figure.period.value if figure.period else None
        short = (figure.about, figure.value, figure.unit)
        key: tuple[object, ...] = (*short, figure.indicator_text, figure.qualifier, figure.status, period)
        if role is not BlockRole.BODY:
            key = next((known for known in kept if known[: len(short)] == short), key)
        known = kept.get(key)
        kept[key] = replace(known, evidence=known.evidence + figure.evidence) if known else figure
    return tuple(sorted(kept.values(), key=lambda figure: figure.evidence[0]))
