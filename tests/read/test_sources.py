"""Sources: files, folders and patterns; what cannot be read is listed with its reason."""

from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.read import find_files, read_inputs
from kg.read.text import MAX_BYTES

ARTICLE = "甘谷县脱贫攻坚纪实\n\n" + "甘谷县2013年有贫困人口16.62万人，全县干部群众一起努力，日子一天比一天好。\n" * 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two articles, one of them in a folder of its own, and a note."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "b.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "inner" / "a.txt").write_text(ARTICLE + "又一篇。\n", "utf-8")
    (tmp_path / "README.md").write_text("no article", "utf-8")
    return tmp_path


def test_folders_patterns_and_files_name_the_same_articles(folder: Path) -> None:
    """Each file comes once, folders and patterns in the order of their names."""
    files = [folder / "b.txt", folder / "inner" / "a.txt"]
    assert list(find_files([str(folder)])) == files
    assert list(find_files([str(folder / "**" / "*.txt")])) == files
    assert list(find_files([str(files[1]), str(folder), str(files[0])])) == [files[1], files[0]]


def test_files_may_be_called_like_patterns(tmp_path: Path) -> None:
    """A file that exists is that file, whatever its name looks like."""
    path = tmp_path / "[2020] report*.txt"
    path.write_text(ARTICLE, "utf-8")
    assert list(find_files([str(path)])) == [path]


def test_sources_that_name_nothing_are_errors(tmp_path: Path) -> None:
    """An empty folder, a pattern without files and an empty name say so."""
    with pytest.raises(ArticleError, match="has no name"):
        list(find_files([""]))
    with pytest.raises(ArticleError, match="holds no article"):
        list(find_files([str(tmp_path)]))
    with pytest.raises(ArticleError, match="fits no file"):
        list(find_files([str(tmp_path / "*.txt")]))


def test_the_same_text_is_read_once(folder: Path) -> None:
    """Of several sources with one text the smaller identifier speaks, whichever comes first."""
    (folder / "copy.txt").write_text(ARTICLE, "utf-8")
    for order in (["b.txt", "copy.txt"], ["copy.txt", "b.txt"]):
        inputs = read_inputs([str(folder / name) for name in order])
        assert [article.identifier for article in inputs.articles.values()] == ["b.txt"]
        assert inputs.duplicates == ["copy.txt"]


def test_devices_and_huge_files_are_not_read(tmp_path: Path) -> None:
    """What has no end, or is longer than any article, is refused before it is read."""
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    reasons = [skipped.reason for skipped in read_inputs(["/dev/zero", str(huge)]).skipped]
    assert ["regular file" in reasons[0], "too many" in reasons[1]] == [True, True]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 20, "not"),
        ("english.txt", b"No Chinese here, only a few words of English.\n" * 20, "not"),
    ],
)
def test_what_cannot_be_read_is_listed_and_the_rest_is_read(
    folder: Path, name: str, content: bytes, reason: str
) -> None:
    """One line each, with the file's name."""
    (folder / name).write_bytes(content)
    inputs = read_inputs([str(folder), str(folder / "absent.txt")])
    assert len(inputs.articles) == len(["b.txt", "a.txt"])
    reasons = [skipped.reason for skipped in inputs.skipped]
    assert any(name in each and reason in each for each in reasons)
    assert any("absent.txt" in each for each in reasons)
