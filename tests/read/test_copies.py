"""Copies: one article on several sites has one speaker, whatever the order, and reports of their own stay apart."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import Article
from kg.read import copies
from kg.read.copies import NEIGHBOURS, find_copies
from kg.read.sketches import BANDS, Sketch, are_copies, contradict, sketch
from kg.read.spool import Spool
from kg.read.working import WorkingFile
from tests.read.page import PAGE, PARAGRAPHS, TAKEN_OVER, site

Keys = dict[str, tuple[str, ...]]


def found_in(path: Path, articles: Iterable[Article], **options: Callable[..., Iterable[Sketch]]) -> Keys:
    """Return the places of each speaker's copies, by its identifier."""
    with Spool(path) as spool:
        for article in articles:
            spool.add(article)
        find_copies(spool, **options)
        return {spool.article(key).identifier: spool.copies(key) for key in spool.speakers()}


def grouped(found: Keys) -> set[frozenset[str]]:
    """Return the articles with their copies, whichever speaks."""
    return {frozenset({speaker, *places}) for speaker, places in found.items()}


def report(number: int, *, tail: str = "") -> str:
    """Return a report by one template; its figures depend on the number."""
    figures = iter(range(1000 + number, 10**6, 137))
    text = "".join(str(next(figures)) if character.isdigit() else character for character in PAGE)
    return text + tail


def test_the_smallest_key_speaks(tmp_path: Path) -> None:
    """All copies are places of one article; another article speaks for itself."""
    articles = [Article(name, raw) for name, raw in TAKEN_OVER.items()]
    other = Article("another", PAGE.replace("每斤比集市上高出三块", "每斤比集市上高出四块"))
    found = found_in(tmp_path / "spool", [*articles, other])
    speaker = min(articles, key=lambda article: article.key)
    assert found == {"another": (), speaker.identifier: tuple(sorted({*TAKEN_OVER} - {speaker.identifier}))}
    assert [path.name for path in tmp_path.iterdir()] == ["spool"]


def test_copies_of_copies_are_copies(tmp_path: Path) -> None:
    """Each lost another end: the two that are less alike are joined by the whole one."""
    front, back = site(paragraphs=PARAGRAPHS[1:]), site(paragraphs=PARAGRAPHS[:-1])
    assert not are_copies(sketch(Article("front", front)), sketch(Article("back", back)))
    found = found_in(tmp_path / "spool", [Article("front", front), Article("back", back), Article("whole", PAGE)])
    assert grouped(found) == {frozenset({"front", "back", "whole"})}


def test_a_copy_without_the_figure_does_not_join_two_reports(tmp_path: Path) -> None:
    """It goes with the report it is more like."""
    later = PAGE.replace("4216户", "3108户").replace("孙有田起初不肯", "孙有田起初怎么也不肯")
    cut = site(paragraphs=PARAGRAPHS[1:])
    found = found_in(tmp_path / "spool", [Article("later", later), Article("cut", cut), Article("first", PAGE)])
    assert grouped(found) == {frozenset({"first", "cut"}), frozenset({"later"})}


def test_articles_of_their_own_stay_apart(tmp_path: Path) -> None:
    """The seeds are five articles."""
    seeds = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    found = found_in(tmp_path / "spool", [Article(path.name, path.read_text("utf-8")) for path in seeds])
    assert found == {path.name: () for path in seeds}


POOL = [Article(name, raw) for name, raw in list(TAKEN_OVER.items())[:4]] + [
    Article("same text", site()),
    Article("report", report(0)),
    Article("report on a site", report(0, tail="\n分享到:\n责任编辑:高某")),
    Article("next report", report(1)),
]


@settings(max_examples=10)
@given(st.permutations(POOL))
def test_the_order_of_the_sources_does_not_matter(articles: Sequence[Article]) -> None:
    """The same sources have the same speakers and copies."""
    assert found_in(Path(":memory:"), articles) == found_in(Path(":memory:"), POOL)


def test_sketches_may_come_in_any_order(tmp_path: Path) -> None:
    """They may be made by several processes."""

    def backwards(function: Callable[[Article], Sketch], items: Iterable[Article]) -> Iterator[Sketch]:
        yield from map(function, reversed(list(items)))

    expected = found_in(tmp_path / "one", POOL)
    assert found_in(tmp_path / "other", POOL, run=backwards) == expected


def test_progress_is_told(tmp_path: Path) -> None:
    """Every text is counted once."""
    told: list[tuple[str, int, int]] = []
    with Spool(tmp_path / "spool") as spool:
        find_copies(spool, progress=lambda *step: told.append(step))
        assert told == []
        spool.add(POOL[0])
        find_copies(spool, progress=lambda *step: told.append(step))
    assert told == [("find copies", 1, 1)]


def test_many_pages_of_one_template_take_linear_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is compared with a few others, and the copies among them are found by their figures all the same."""
    compared: list[bool] = []

    def counting(one: frozenset[int], other: frozenset[int]) -> bool:
        compared.append(contradict(one, other))
        return compared[-1]

    monkeypatch.setattr(copies, "contradict", counting)
    reports = [Article(f"{number:03}", report(number)) for number in range(120)]
    doubles = [
        Article(f"{number:03} again", report(number, tail="\n" + "\n".join(("分享到:",) * 3))) for number in (7, 70)
    ]
    cut = Article("030 cut", report(30).rpartition("\n")[0])
    found = found_in(tmp_path / "spool", [*reports, *doubles, cut])
    assert sorted(map(sorted, (group for group in grouped(found) if len(group) > 1))) == [
        ["007", "007 again"],
        ["030", "030 cut"],
        ["070", "070 again"],
    ]
    assert len(compared) <= BANDS * NEIGHBOURS * len(found)


def test_copies_are_found_anew(tmp_path: Path) -> None:
    """A spool that is gone on with finds the copies among all its texts; a killed search leaves nothing in the way."""
    path = tmp_path / "spool"
    found_in(path, POOL[:3])
    (tmp_path / "spool.copies").write_bytes(b"of a build that was killed")
    assert found_in(path, POOL[3:]) == found_in(tmp_path / "other", POOL)


def test_a_full_disk_is_a_store_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of the comparison is removed, and the spool stays."""

    class Full(WorkingFile):
        def __init__(self, path: Path, tables: str) -> None:
            super().__init__(path, tables)
            self.rows("PRAGMA max_page_count = 10")

    monkeypatch.setattr(copies, "WorkingFile", Full)
    with pytest.raises(StoreError, match="cannot be written"):
        found_in(tmp_path / "spool", [Article(str(number), report(number)) for number in range(20)])
    assert [path.name for path in tmp_path.iterdir()] == ["spool"]
