"""The pipeline: every step finds what it requires, and a defect of a step is named."""

from dataclasses import replace

import pytest

from kg.errors import ExtractionError
from kg.link import Gazetteer
from kg.model import Kind, Link, Mention, Reading, Span
from kg.pipeline import Step, make_steps, read_article_through, unfulfilled
from kg.rdf.ontology import load_ontology
from tests.conftest import seed_articles
from tests.factories import make_figure


@pytest.fixture(scope="module")
def steps() -> tuple[Step, ...]:
    """Return the steps with the packaged tables."""
    return make_steps(Gazetteer.load(), load_ontology().vocabulary)


def test_every_requirement_is_assigned_by_an_earlier_step(steps: tuple[Step, ...]) -> None:
    """The order of the list fulfils what the steps declare."""
    assert unfulfilled(steps) == []


def test_a_wrong_order_is_noticed(steps: tuple[Step, ...]) -> None:
    """Turned round, the list no longer fulfils its requirements."""
    assert unfulfilled(reversed(steps))


def test_names_of_steps_are_unique_and_versioned(steps: tuple[Step, ...]) -> None:
    """Runs are named by extractor and version."""
    assert len({step.name for step in steps}) == len(steps)
    assert all(step.version for step in steps)


def test_every_extractor_works_on_every_seed(steps: tuple[Step, ...]) -> None:
    """Each extractor finds something in each of the five articles; programmes and places in all, products in most."""
    for article in seed_articles():
        reading = read_article_through(article, steps)
        names = {mention.extractor for mention in reading.mentions}
        assert {"places", "people", "organisations", "programmes", "products"} <= names, article.identifier
        claims = {claim.extractor for claim in reading.claims}
        assert {"figures", "relations"} <= claims, article.identifier
        assert reading.metadata.title, article.identifier
        assert reading.main_place, article.identifier


def broken(change: object) -> Step:
    """Return a step that breaks its contract."""
    return Step("broken", "1", frozenset(), frozenset(), change)  # type: ignore[arg-type]


def test_a_claim_about_an_unknown_entity_is_a_defect(steps: tuple[Step, ...]) -> None:
    """The error names extractor and document."""
    article = seed_articles()[0]

    def change(reading: Reading) -> Reading:
        text = reading.document.text
        sentence = reading.document.sentences[0].span
        figure = make_figure(text, sentence.of(text)[:4], about=("place", "000000"))
        return replace(reading, claims=(figure,))

    with pytest.raises(ExtractionError, match=r"figures .*place/000000"):
        read_article_through(article, [*steps, broken(change)])


def test_a_failing_step_is_named(steps: tuple[Step, ...]) -> None:
    """What a rule raises names the step and the document."""
    article = seed_articles()[0]

    def fail(_reading: Reading) -> Reading:
        raise KeyError("x")

    with pytest.raises(ExtractionError, match=r"_.*\.txt: broken failed: KeyError\('x'\)"):
        read_article_through(article, [*steps, broken(fail)])


@pytest.mark.parametrize("span", [Span(0, 1), Span(0, 10_000)])
def test_a_span_outside_the_sentences_is_a_defect(steps: tuple[Step, ...], span: Span) -> None:
    """Nothing is taken from furniture, and no evidence spans sentences."""
    article = seed_articles()[0]

    def change(reading: Reading) -> Reading:
        mention = Mention(span, Kind.COUNTY, "县", "broken")
        known = next(iter(reading.entities))
        return replace(reading, links=(Link(mention, known, "test"),))

    with pytest.raises(ExtractionError, match="broken took"):
        read_article_through(article, [*steps, broken(change)])


def test_links_need_their_entities(steps: tuple[Step, ...]) -> None:
    """A link to nothing is a defect of the linker."""
    article = seed_articles()[0]

    def change(reading: Reading) -> Reading:
        mention = Mention(reading.document.sentences[0].span, Kind.COUNTY, "县", "broken")
        return replace(reading, links=(Link(mention, ("place", "1"), "test"),))

    with pytest.raises(ExtractionError, match="linked to an entity that is not there"):
        read_article_through(article, [*steps, broken(change)])
