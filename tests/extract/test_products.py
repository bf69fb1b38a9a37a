"""Products, awards and works are found in the words of articles."""

from dataclasses import replace

import pytest

from kg.extract.products import ProductExtractor
from kg.model import Kind, Mention
from tests.api.cases import read_cases
from tests.extract.marked import read_marked


def _find(text: str) -> tuple[Mention, ...]:
    """Return what the extractor finds in a marked text."""
    return ProductExtractor().extract(read_marked(text)).mentions


def _names(mentions: tuple[Mention, ...], kind: Kind) -> str:
    """Return the names of one kind in text order."""
    return ";".join(mention.name for mention in mentions if mention.kind is kind)


@pytest.mark.parametrize(("text", "products", "awards", "works", "why"), read_cases("products"))
def test_products_awards_and_works_are_found(text: str, products: str, awards: str, works: str, why: str) -> None:
    """A text names the products, awards and works of its case and no other."""
    found = _find(text)
    assert _names(found, Kind.PRODUCT) == products, why
    assert _names(found, Kind.AWARD) == awards, why
    assert _names(found, Kind.WORK) == works, why


def test_the_article_s_word_is_an_alias_of_the_kind() -> None:
    """A regional or special word is kept as another name of the product."""
    (mention,) = _find("收购洋芋。")
    assert (mention.name, mention.aliases) == ("马铃薯", ("洋芋",))


def test_names_of_one_syllable_are_less_sure() -> None:
    """A name that needs words of raising beside it has a lower confidence."""
    (cattle, pepper) = _find("养牛,种花椒。")
    assert cattle.confidence < pepper.confidence


def test_without_a_main_place_there_are_no_brands_of_it() -> None:
    """An article with neither main place nor other places has plain products only."""
    reading = replace(read_marked("“青山花椒”获得国家地理标志。"), main_place=None, entities={})
    assert _names(ProductExtractor().extract(reading).mentions, Kind.PRODUCT) == "花椒"


def test_the_first_document_needs_a_county_of_its_level() -> None:
    """The first document of a body of another level is left alone."""
    assert _names(_find("市委一号文件下发。"), Kind.WORK) == ""
