"""Results on disk: made once, made again when what they follow from has changed or the disk has lost them."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg import results as module
from kg.errors import ExtractionError
from kg.model import Article, Metadata, Reading
from kg.rdf.iris import DEFAULT_BASE
from kg.results import Results

ARTICLE = Article("a.txt", "甘谷县脱贫攻坚纪实\n\n2019年,甘谷县有贫困户35户,全县干部群众一起努力。\n")


def prepare(results: Results, *articles: Article) -> list[bool]:
    """Return which results were made now."""
    return [prepared.is_new for prepared in results.prepare(articles, runner="local")]


def test_a_result_is_made_once(tmp_path: Path) -> None:
    """The second time it is there, also for another build."""
    assert prepare(Results(tmp_path, base_iri=DEFAULT_BASE), ARTICLE) == [True]
    assert prepare(Results(tmp_path, base_iri=DEFAULT_BASE), ARTICLE) == [False]


@pytest.mark.parametrize(
    "other",
    [
        replace(ARTICLE, identifier="b.txt"),
        replace(ARTICLE, raw=ARTICLE.raw.replace("35", "36")),
        replace(ARTICLE, stated=Metadata(published="2020")),
        replace(ARTICLE, address="http://example.org/"),
        replace(ARTICLE, fetched="2020-12-01"),
    ],
)
def test_whatever_differs_makes_another_result(tmp_path: Path, other: Article) -> None:
    """Text, name and what the source says beside the text: a result follows from all of it."""
    results = Results(tmp_path, base_iri=DEFAULT_BASE)
    assert prepare(results, ARTICLE, other) == [True, True]


def test_another_base_makes_another_result(tmp_path: Path) -> None:
    """The triples hold IRIs."""
    assert prepare(Results(tmp_path, base_iri=DEFAULT_BASE), ARTICLE) == [True]
    assert prepare(Results(tmp_path, base_iri="http://localhost/id/"), ARTICLE) == [True]


def test_what_the_disk_has_lost_is_made_again(tmp_path: Path) -> None:
    """A damaged file or none: the same result comes back."""
    results = Results(tmp_path, base_iri=DEFAULT_BASE)
    prepare(results, ARTICLE)
    first = results.result(ARTICLE)
    (path,) = tmp_path.iterdir()
    path.write_text('{"key": ')
    assert results.result(ARTICLE) == first
    path.unlink()
    assert results.result(ARTICLE) == first


def test_results_of_no_use_are_removed(tmp_path: Path) -> None:
    """What this build did not ask for goes."""
    other = replace(ARTICLE, identifier="b.txt")
    prepare(Results(tmp_path, base_iri=DEFAULT_BASE), ARTICLE, other)
    results = Results(tmp_path, base_iri=DEFAULT_BASE)
    prepare(results, ARTICLE)
    results.prune()
    assert prepare(Results(tmp_path, base_iri=DEFAULT_BASE), ARTICLE, other) == [False, True]


def test_a_defect_is_told_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that fails loses its article, by name, and is asked again the next time."""

    def failing(article: Article, *, base_iri: str) -> Reading:
        raise ExtractionError(f"figures failed for {base_iri}", where=article.identifier)

    monkeypatch.setattr(module, "read_one", failing)
    results = Results(tmp_path, base_iri=DEFAULT_BASE)
    (prepared,) = results.prepare([ARTICLE], runner="local")
    assert "a.txt: figures failed" in prepared.defect
    assert list(tmp_path.iterdir()) == []
