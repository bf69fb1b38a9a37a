from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.names_bodies import NATIONAL_SCOPE
from kg.extract.organisations import OrganisationExtractor
from kg.extract.people import PeopleExtractor
from kg.model import Kind, Mention, Reading
from tests.extract.named import extended, names, read_places
from tests.extract.test_people import expected_list, rows
from tests.factories import make_document


def read_organisations(text: str) -> Reading:
    """Return a reading of a text with its places, people and organisations, not linked."""
    reading = read_places(text)
    reading = extended(reading, PeopleExtractor().extract(reading))
    return extended(reading, OrganisationExtractor().extract(reading))


def organisation(text: str) -> Mention:
    """Return the first organisation found in a text."""
    return next(mention for mention in read_organisations(text).mentions if mention.kind is Kind.ORGANISATION)


@pytest.mark.parametrize(("text", "expected"), rows("organisations"))
def test_organisations_are_found_with_full_names(text: str, expected: str) -> None:
    """Organisations have their full names, and kinds without a name are none."""
    assert names(read_organisations(text), Kind.ORGANISATION) == expected_list(expected)


def test_short_form_is_an_alias() -> None:
    """县委 means the county's committee and keeps its words as another name."""
    found = organisation("甘谷县扶贫有成效。县委召开会议。")
    assert (found.name, found.aliases, found.scope) == ("甘谷县委", ("县委",), ("place", "620523"))


def test_forms_with_places_are_aliases() -> None:
    """The places before a cooperative's name make other forms of it, and the last is its scope."""
    found = organisation("白银区强湾乡西沟村安泰和养殖专业合作社分红。")
    assert found.name == "安泰和养殖专业合作社"
    assert "西沟村安泰和养殖专业合作社" in found.aliases
    assert found.scope[:1] == ("place",)


def test_bodies_of_the_country_belong_to_no_place() -> None:
    """A ministry's scope is the whole country."""
    assert organisation("商务部定点帮扶清水县。").scope == NATIONAL_SCOPE


def test_leading_group_takes_the_place_before_it() -> None:
    """A campaign's leading group bears the name of the place before it, or the main place's."""
    assert organisation("清水县脱贫攻坚领导小组开会。").name == "清水县脱贫攻坚领导小组"
    assert organisation("清水县干劲足。脱贫攻坚领导小组开会。").name == "清水县脱贫攻坚领导小组"


def test_leading_group_without_main_place_has_its_own_name() -> None:
    """Without a main place the group is named as it stands."""
    assert organisation("脱贫攻坚领导小组开会。").name == "脱贫攻坚领导小组"


def test_committee_in_a_post_counts_where_it_is_named_elsewhere() -> None:
    """县委 within 县委书记 is a mention where the article names the committee by itself as well."""
    reading = read_organisations("甘谷县委召开会议。县委书记到村里。")
    found = [mention for mention in reading.mentions if mention.kind is Kind.ORGANISATION]
    assert [reading.document.words(mention.span) for mention in found] == ["甘谷县委", "县委"]


def test_rank_is_no_part_of_a_short_name() -> None:
    """A nature reserve is the same with and without its rank."""
    reading = read_organisations("清水县的白驼国家级自然保护区风景好。清水县的白驼自然保护区有鸟。")
    assert names(reading, Kind.ORGANISATION) == ["白驼国家级自然保护区"]


def test_level_without_division_means_nothing() -> None:
    """省委 is no mention where the main place is unknown."""
    assert names(read_organisations("省委召开会议，县政府发文。"), Kind.ORGANISATION) == []


def test_branch_goes_on_from_its_organisation() -> None:
    """A branch named right after its organisation is one name with it."""
    assert names(read_organisations("金穗集团兴旺基地丰收。"), Kind.ORGANISATION) == ["金穗集团兴旺基地"]


def test_no_text_has_no_organisations() -> None:
    """An empty document gives nothing."""
    assert OrganisationExtractor().extract(Reading(make_document(""))).mentions == ()


@given(st.text(alphabet="甘谷县委政府和与的在成立金穗养牛专业合作社公司小学（）一家个，。“”+", max_size=40))
def test_mentions_never_overlap(text: str) -> None:
    """Whatever the text, mentions lie within one sentence and never overlap."""
    reading = read_places(text)
    mentions = OrganisationExtractor().extract(reading).mentions
    assert all(one.span.end <= other.span.start for one, other in pairwise(mentions))
    for mention in mentions:
        sentence = reading.document.sentence_at(mention.span.start)
        assert sentence is not None
        assert sentence.span.contains(mention.span)
