"""Units are found by the longest word of the table."""

from decimal import Decimal

import pytest

from kg.model import Unit
from kg.text.units import UnitTable
from tests.api.cases import read_cases

_UNITS = tuple(
    Unit(key=word, notation=word, synonyms=synonyms, dimension="count", multiplier=Decimal(1))
    for word, synonyms in (
        ("人", ("口人",)),
        ("人次", ()),
        ("元", ("块钱",)),
        ("元/亩", ()),
        ("亩", ()),
        ("户", ()),
        ("平方公里", ()),
        ("平方米", ("平方",)),
        ("头", ()),
        ("种", ()),
        ("个", ()),
        ("只", ()),
    )
)


@pytest.mark.parametrize(("text", "expected", "why"), read_cases("units"))
def test_the_longest_unit_is_found(text: str, expected: str, why: str) -> None:
    """After a number stands the longest unit, and none where it only begins another word."""
    at = len(text) - len(text.lstrip("0123456789.万"))
    match = UnitTable(_UNITS).match(text, at)
    assert (f"{match.unit.notation} {text[at : match.end]}" if match else "-") == expected, why


def test_units_are_known_by_all_their_names() -> None:
    """Notation and synonyms lead to the same unit, other words to none."""
    table = UnitTable(_UNITS)
    assert table.named("口人") == table.named("人")
    assert table.named("辆") is None


def test_an_empty_table_finds_nothing() -> None:
    """Without units there is no match."""
    assert UnitTable(()).match("9人", 1) is None
