"""The spool: each text once, all its places, in whatever order they come."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import Article, Metadata, Span
from kg.read.spool import Spool


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    """Give an empty spool."""
    with Spool(tmp_path / "spool.sqlite") as spool:
        yield spool


def full(identifier: str, raw: str, *, address: str | None = None) -> Article:
    """Return an article with every field."""
    return Article(
        identifier,
        raw,
        stated=Metadata("题目", "2020-12", "某报", ("李记者",), ("王编辑",)),
        address=address,
        fetched="2021-03-04T05:06:07Z",
        charset="gb18030",
        main=(Span(0, 2), Span(3, 9)),
    )


def test_an_article_comes_back_whole(spool: Spool) -> None:
    """All fields are kept, and those that a source does not state stay unstated."""
    plain, whole = Article("a.txt", "全县脱贫。"), full("b#1", "全村脱贫。\n𠀀\ufffd", address="https://example.org/1")
    for article in (plain, whole):
        spool.add(article)
        assert spool.article(article.key) == article
        assert article.key in spool
    assert list(spool.keys()) == sorted((plain.key, whole.key))
    assert len(spool) == 2


def test_an_unknown_key_is_an_error(spool: Spool) -> None:
    """A text that was never added is not made up."""
    with pytest.raises(KeyError):
        spool.article("0" * 16)
    assert "0" * 16 not in spool


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_smallest_identifier_speaks_for_a_text(spool: Spool, order: tuple[int, ...]) -> None:
    """Of several sources with one text it gives all fields, whichever comes first."""
    sources = (full("b", "脱贫", address="https://example.org/b"), Article("c", "脱贫"), full("a", "脱贫"))
    for at in order:
        spool.add(sources[at])
    key = sources[0].key
    assert spool.article(key) == sources[2]
    assert spool.places(key) == ("a", "b", "c")
    assert spool.copies(key) == ("c", "https://example.org/b")


def test_a_source_that_is_named_twice_is_one_place(spool: Spool) -> None:
    """Adding the same again changes nothing."""
    for _ in range(2):
        spool.add(full("a", "脱贫", address="https://example.org/a"))
    key = next(spool.keys())
    assert (len(spool), spool.places(key), spool.copies(key)) == (1, ("a",), ())


def test_places_known_from_before_are_kept(spool: Spool) -> None:
    """They are copies like those found now, each once, and the speaker is not its own copy."""
    spool.add(Article("a", "脱贫"), copies=("old", "a"))
    spool.add(Article("b", "脱贫"), copies=["old"])
    assert spool.copies(next(spool.keys())) == ("b", "old")


@given(st.permutations(range(12)))
def test_the_order_of_adding_does_not_matter(order: list[int]) -> None:
    """Texts, speakers, places and copies are the same in every order."""
    sources = [full(f"{at % 5}-{at}", f"文{at % 3}", address=f"x:{at}" if at % 2 else None) for at in range(12)]

    def state(articles: list[Article]) -> list[object]:
        with Spool(Path(":memory:")) as spool:
            for article in articles:
                spool.add(article)
            keys = spool.keys()
            return [(spool.article(key), spool.places(key), spool.copies(key)) for key in keys]

    assert state([sources[at] for at in order]) == state(sources)


def test_copies_have_one_speaker(spool: Spool) -> None:
    """Only texts that are no copies speak; places of the copies are named by address where there is one."""
    articles = [full(str(at), f"文{at}", address=f"x:{at}" if at == 2 else None) for at in range(4)]
    articles.sort(key=lambda article: article.key)
    for article in articles:
        spool.add(article)
    first, second, third, alone = (article.key for article in articles)
    spool.set_copies([(second, first), (third, first)])
    assert list(spool.speakers()) == [first, alone]
    assert spool.copies(first) == tuple(sorted(each.address or each.identifier for each in articles[1:3]))
    spool.set_copies([])
    assert list(spool.speakers()) == list(spool.keys())


def test_the_next_copy_speaks_where_the_speaker_is_lost(spool: Spool) -> None:
    """A text that is discarded leaves with its places; the smallest of its copies takes over."""
    articles = sorted((Article(str(at), f"文{at}") for at in range(3)), key=lambda article: article.key)
    for article in articles:
        spool.add(article)
    first, second, third = (article.key for article in articles)
    spool.set_copies([(second, first), (third, first)])
    assert spool.discard(first) == second
    assert list(spool.keys()) == [second, third]
    assert (list(spool.speakers()), spool.copies(second)) == ([second], (articles[2].identifier,))
    assert spool.discard(third) is None
    assert (list(spool.speakers()), spool.copies(second)) == ([second], ())
    assert spool.discard(second) is None
    assert len(spool) == 0


def test_texts_may_be_discarded_while_keys_are_read(spool: Spool) -> None:
    """Reading goes on behind the last key."""
    for at in range(30):
        spool.add(Article(str(at), f"文{at}"))
    seen = []
    for key in spool.speakers():
        seen.append(key)
        spool.discard(key)
    assert (len(seen), len(spool)) == (30, 0)


def test_a_spool_is_gone_on_with(tmp_path: Path) -> None:
    """What was added and found is still there when the file is opened again."""
    path = tmp_path / "spool.sqlite"
    one, other = sorted((Article("a", "文甲"), Article("b", "文乙")), key=lambda article: article.key)
    with Spool(path) as spool:
        spool.add(one)
        spool.add(other)
        spool.set_copies([(other.key, one.key)])
    with Spool(path) as spool:
        assert (spool.article(one.key), list(spool.speakers())) == (one, [one.key])
        assert spool.copies(one.key) == (other.identifier,)


def test_a_full_disk_is_a_store_error(spool: Spool) -> None:
    """A build says what to do instead of ending with an error of the database."""
    spool._file.rows("PRAGMA max_page_count = 12")
    with pytest.raises(StoreError, match="cannot be written"):
        spool.add(Article("a", "".join(chr(0x4E00 + at * at % 20_000) for at in range(50_000))))
