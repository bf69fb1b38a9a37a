import pytest

from kg.model import Kind, Reading
from tests.extract.named import read_entities


def people(text: str) -> list[tuple[str, ...]]:
    """Return the keys of the people of an article about Qingshui, in text order, mention by mention."""
    reading: Reading = read_entities(text)
    return [link.entity[2:] for link in reading.links if link.mention.kind is Kind.PERSON and not link.mention.anaphor]


TWO = "清水县红堡镇青湾村村民张国强种苹果。张国强很高兴。清水县白沙镇白沙村村民张国强养牛。张国强说，日子好了。"


def test_namesakes_of_two_villages_are_two() -> None:
    """Residents of two villages with one name are two people; each mention belongs to the one introduced last."""
    assert people(TWO) == [("张国强", "青湾村")] * 2 + [("张国强", "白沙村")] * 2


def test_the_reason_is_kept() -> None:
    """The link of a namesake says that name and village make the entity."""
    links = [link for link in read_entities(TWO).links if link.mention.kind is Kind.PERSON]
    assert {link.linked_by for link in links} == {"name and village"}


@pytest.mark.parametrize(
    "text",
    [
        "清水县红堡镇青湾村村民张国强种苹果。张国强很高兴。",
        "清水县红堡镇青湾村村民张国强种苹果。青湾村村民张国强很高兴。",
        "清水县红堡镇青湾村村民张国强种苹果。张国强去过清水县白沙镇白沙村。",
        "清水县红堡镇青湾村村民张国强种苹果。搬迁以后，清水县白沙镇白沙村村民张国强养牛。",
        "清水县红堡镇镇长张国强来了。清水县县委书记张国强说好。",
    ],
)
def test_one_person_stays_one(text: str) -> None:
    """A village named again or visited, moving house and other offices separate nobody."""
    assert set(people(text)) == {("张国强",)}
