"""Sketches: when two articles are one, and when they are two reports."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from kg.read import sketches
from kg.read.sketches import SHORTEST, Sketch, are_copies, contradict, sketch
from tests.read.page import ANOTHER_TIME, PAGE, PARAGRAPHS, TAKEN_OVER, site
from tests.text.garbling import traditional


def sketched(raw: str) -> Sketch:
    """Return the sketch of a text."""
    return sketch(Article("article.txt", raw))


@pytest.mark.parametrize("raw", TAKEN_OVER.values(), ids=TAKEN_OVER)
def test_an_article_on_another_site_is_a_copy(raw: str) -> None:
    """Small differences of page, script, marks and extent make no new article, and the bands propose the pair."""
    one, other = sketched(PAGE), sketched(raw)
    assert are_copies(one, other)
    assert are_copies(other, one)
    assert set(one.bands) & set(other.bands)


@pytest.mark.parametrize("change", ANOTHER_TIME.values(), ids=ANOTHER_TIME)
def test_another_figure_makes_another_article(change: tuple[str, str]) -> None:
    """Texts that differ in one figure alone are two reports, in whatever script, and where one is cut short as well."""
    changed = PAGE.replace(*change)
    assert changed != PAGE
    for raw in (changed, traditional(changed), changed.replace(PARAGRAPHS[2], "")):
        assert not are_copies(sketched(PAGE), sketched(raw))


def test_half_an_article_is_no_copy() -> None:
    """Below the stated similarity an article stands for itself."""
    assert not are_copies(sketched(PAGE), sketched(site(paragraphs=PARAGRAPHS[:3])))


def stated(clause: str) -> set[int]:
    """Return the numbers of a clause within the article."""
    return set(sketched(PAGE.replace("挨家挨户走访", f"{clause}，挨家挨户走访")).numbers) - set(sketched(PAGE).numbers)


def test_numbers_are_known_by_their_value_and_the_letters_around_them() -> None:
    """However they are written, and each time they stand there; a number beside a lost character is none."""
    assert stated("新建水窖三十眼") == stated("新建水窖30眼")
    assert stated("新建水窖30眼") < stated("新建水窖30眼，新建水窖30眼")
    assert contradict(stated("新建水窖30眼"), stated("新建水窖31眼"))
    assert not contradict(stated("新建水窖30眼"), stated("翻修水窖31眼"))
    assert not contradict(stated("新建水窖30眼"), stated("新建水窖30眼，新建水窖31眼"))
    assert len(stated("新建水窖3\ufffd眼")) == 0


def test_too_little_content_is_not_compared() -> None:
    """Equal headlines of two picture pages make them no copies."""
    caption = "石桥县柳湾村村民在采摘花椒，今年又是一个丰收年，大家十分高兴。"
    assert len(caption) < SHORTEST
    assert sketched(caption).bands == ()
    assert not are_copies(sketched(caption), sketched(caption + "\n分享到:"))


def test_a_sketch_goes_from_process_to_process() -> None:
    """It may be made in a pool."""
    made = sketched(PAGE)
    assert pickle.loads(pickle.dumps((sketch, made))) == (sketch, made)  # noqa: S301 - our own bytes


def test_bands_are_the_same_everywhere() -> None:
    """They depend on the content alone: another machine and another rensa have to agree in these."""
    bands = sketches._bands("".join(chr(0x4E00 + at) for at in range(100)))
    assert bands[:2] == (-3096813365419466606, 3326493287635494510)


NUMBERS = st.frozensets(st.builds(lambda place, value: place << 32 | value, st.integers(0, 3), st.integers(0, 3)))


@given(NUMBERS, NUMBERS)
def test_what_is_left_out_contradicts_nothing(one: frozenset[int], other: frozenset[int]) -> None:
    """Contradiction is mutual, and an article with some of the numbers of another agrees with it."""
    assert contradict(one, other) == contradict(other, one)
    assert not contradict(one, one & other)
