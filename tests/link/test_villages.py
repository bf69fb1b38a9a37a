"""A thousand texts that place villages with the same name in different townships, counties and provinces."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from kg.extract.places import PlaceExtractor
from kg.link import Gazetteer, resolve_places
from kg.model import Entity, Kind, Reading
from tests.factories import make_document
from tests.link.villages import Case, Village, make_cases

_COUNT = 1000
_LINKED_SHARE = 0.95


@pytest.fixture(scope="module")
def outcomes() -> list[tuple[Case, Village, str | None]]:
    """Return each village of each case with the code that it was linked to."""
    gazetteer = Gazetteer.load()
    extractor = PlaceExtractor(gazetteer)
    return [
        (case, village, code)
        for case in _cases()
        for village, code in zip(case.villages, _codes(_read(case, extractor, gazetteer), case), strict=True)
    ]


@cache
def _cases() -> tuple[Case, ...]:
    """Return the cases."""
    return tuple(make_cases(Gazetteer.load(), _COUNT))


def _read(case: Case, extractor: PlaceExtractor, gazetteer: Gazetteer) -> Reading:
    """Return the places of a case, linked."""
    reading = Reading(make_document(case.text))
    return resolve_places(replace(reading, mentions=extractor.extract(reading).mentions), gazetteer)


def _codes(reading: Reading, case: Case) -> Iterator[str | None]:
    """Yield the code that each village of a case is linked to; a township may begin with the village's name."""
    meant: dict[int, Entity] = {link.mention.span.end: reading.entities[link.entity] for link in reading.links}
    at = 0
    for village in case.villages:
        match = re.compile(f"{village.name}(?![镇乡])").search(reading.document.text, at)
        assert match, case
        at = match.end()
        found = meant.get(at)
        yield found.code if found and found.kind is Kind.VILLAGE else None


def test_the_sentences_are_of_every_form() -> None:
    """Nine forms of text take part, each many times, and hardly any text occurs twice."""
    forms = Counter(case.form for case in _cases())
    assert len(forms) == 9
    assert min(forms.values()) >= 40
    assert len({case.text for case in _cases()}) > 0.95 * _COUNT


def test_no_village_gets_the_code_of_another(outcomes: list[tuple[Case, Village, str | None]]) -> None:
    """What is linked is what is stated; where the text does not tell, or the township has none, there is no code."""
    assert [outcome for outcome in outcomes if outcome[2] not in (None, outcome[1].code)] == []


def test_nearly_all_villages_that_are_stated_are_linked(outcomes: list[tuple[Case, Village, str | None]]) -> None:
    """At least nineteen in twenty have their code."""
    stated = [(village.code, code) for _, village, code in outcomes if village.code]
    assert sum(code == right for right, code in stated) >= _LINKED_SHARE * len(stated)


def test_the_same_sentences_are_made_again() -> None:
    """The cases depend on the gazetteer alone."""
    assert make_cases(Gazetteer.load(), 40) == list(_cases()[:40])
