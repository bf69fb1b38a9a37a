"""Sources of a build as articles: files, folders and globs; what cannot be read is listed with its reason."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ArticleError
from kg.model import Article
from kg.read.text import read_article

#: Suffixes that are read as articles in a folder.
ARTICLE_SUFFIXES = (".txt",)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that was not read.

    Attributes:
        source: File as it was named or found.
        reason: Why not, with what to do.
    """

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """The articles of a build.

    Attributes:
        articles: Each text once, by key.
        skipped: What could not be read.
        duplicates: Identifiers of further sources with the very same text.
    """

    articles: dict[str, Article] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)


def find_files(sources: Sequence[str]) -> Iterator[Path]:
    """Yield the files that sources name, each once: files as they are, folders and globs in the order of their names.

    Raises:
        ArticleError: if a source names nothing.
    """
    seen: set[Path] = set()
    for source in sources:
        for path in _expand(source):
            if path not in seen:
                seen.add(path)
                yield path


def _expand(source: str) -> list[Path]:
    path = Path(source)
    if not source.strip():
        raise ArticleError(
            "a source has no name", remedy="Name files, folders or patterns; without any the seeds are read."
        )
    if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
        raise ArticleError("the folder cannot be read", where=source, remedy="Check its permissions.")
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.suffix in ARTICLE_SUFFIXES and file.is_file())
        if not found:
            known = ", ".join(ARTICLE_SUFFIXES)
            raise ArticleError("the folder holds no article", where=source, remedy=f"Articles end in {known}.")
        return found
    if not path.exists() and any(char in source for char in "*?["):
        anchor = Path(path.anchor) if path.is_absolute() else Path()
        found = sorted(anchor.glob(str(path.relative_to(path.anchor))))
        if not found:
            raise ArticleError("the pattern fits no file", where=source)
        return found
    return [path]


def read_inputs(sources: Sequence[str]) -> Inputs:
    """Return the articles of all sources; what cannot be read is listed, not raised."""
    inputs = Inputs()
    for source in sources:
        try:
            files = list(find_files([source]))
        except ArticleError as exc:
            inputs.skipped.append(Skipped(source, str(exc)))
            continue
        for path in files:
            _take_file(inputs, path)
    return inputs


def _take_file(inputs: Inputs, path: Path) -> None:
    try:
        article = read_article(path)
    except ArticleError as exc:
        inputs.skipped.append(Skipped(str(path), str(exc)))
        return
    earlier = inputs.articles.get(article.key)
    if earlier is None:
        inputs.articles[article.key] = article
        return
    # The smaller identifier speaks, so that the order of the sources does not matter.
    first, second = sorted((earlier, article), key=lambda each: each.identifier)
    inputs.articles[article.key] = first
    if first.identifier != second.identifier:
        inputs.duplicates.append(second.identifier)
