"""Sources to files: which files the names, folders and patterns of a build mean, each once, in a fixed order.

A folder gives the files whose suffix is known, those of its folders included; links are followed, never in a circle.
What a file holds is left to :mod:`kg.read.sources`.
"""

import glob
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path

from kg.errors import ArticleError
from kg.read.formats import SUFFIXES, format_of_name
from kg.read.notes import Ignored, Skipped, printable, tally
from kg.read.streams import unreadable

#: Device and number of a file or folder: the same under each of its names.
_Node = tuple[int, int]
#: Tells whether a file is meant, by the steps that lead to it from the folder named.
_IsMeant = Callable[[Sequence[str]], bool]

_READ_ALREADY = "read already under another name"


@dataclass(frozen=True, slots=True)
class File:
    """A regular file to read.

    Attributes:
        path: As named or found.
        size: In bytes, when it was found.
    """

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Stdin:
    """The standard input, named ``-``."""


Found = File | Stdin | Skipped | Ignored


def find_files(sources: Sequence[str]) -> Iterator[Found]:
    """Yield the files that sources name, each once; lazy.

    Sources come in the order of their names and folders in the order of theirs, so that of two links to one file the
    same one is read in whatever order the sources are given.
    """
    finder = _Finder()
    for source in sorted(set(sources)):
        yield from finder.expand(source)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder on the way down, with what lies in it."""

    node: _Node
    children: list[Path]


class _Finder:
    """The way through all sources; knows which files and folders were visited."""

    def __init__(self) -> None:
        self._seen: set[_Node] = set()

    def expand(self, source: str) -> Iterator[Found]:
        """Yield what a source names."""
        path = Path(source)
        if source == "-":
            yield Stdin()
        elif os.path.lexists(path) or not glob.has_magic(source):
            complaint = _skipped(path, "The folder holds no article.", f"Articles end in {', '.join(SUFFIXES)}.")
            yield from _or_complain(self._walk(path, _is_known), complaint)
        else:
            complaint = _skipped(path, "The pattern fits no file.", "Check it.")
            yield from _or_complain(self._expand_pattern(path.parts), complaint)

    def _expand_pattern(self, parts: tuple[str, ...]) -> Iterator[Found]:
        """Yield the hits of a pattern as the shell names them; below ``**`` folders are walked."""
        depth = parts.index("**") if "**" in parts else len(parts)
        below = parts[depth:]
        is_meant: _IsMeant = partial(_fits, patterns=below) if below else _is_known
        for top in sorted(glob.glob(str(Path(*parts[:depth])))):  # noqa: PTH207 - pathlib would give hidden files
            yield from self._walk(Path(top), is_meant)

    def _walk(self, top: Path, is_meant: _IsMeant) -> Iterator[Found]:
        """Yield a file, or what is meant in and below a folder, and at last what was left aside."""
        ignored: Counter[str] = Counter()
        stack: list[tuple[Path, tuple[_Node, ...]]] = [(top, ())]
        while stack:
            path, above = stack.pop()
            if above and path.name.startswith("."):
                ignored["hidden"] += 1
                continue
            found = self._visit(path, above, is_meant=not above or is_meant(path.relative_to(top).parts))
            match found:
                case _Folder():
                    stack += [(child, (*above, found.node)) for child in found.children]
                case str():
                    ignored[found] += 1
                case _:
                    yield found
        yield from tally(printable(str(top)), ignored)

    def _visit(self, path: Path, above: tuple[_Node, ...], *, is_meant: bool) -> File | Skipped | _Folder | str:
        """Return what lies at a path; a string tells why it is left aside."""
        try:
            info = path.stat()
            node = (info.st_dev, info.st_ino)
            if stat.S_ISDIR(info.st_mode):
                return self._enter(path, node, above)
        except OSError as exc:
            return Skipped(printable(str(path)), str(unreadable(exc, printable(str(path)))))
        if not is_meant:
            return path.suffix.lower() or "no suffix"
        if not stat.S_ISREG(info.st_mode):
            return _skipped(path, "This is no regular file.", "Name a file; the standard input is -.")
        if node in self._seen:
            return _READ_ALREADY
        self._seen.add(node)
        return File(path, info.st_size)

    def _enter(self, path: Path, node: _Node, above: tuple[_Node, ...]) -> Skipped | _Folder | str:
        if node in above:
            return _skipped(path, "This link leads back to a folder that it lies in.", "Remove it, if it is not meant.")
        if node in self._seen:
            return _READ_ALREADY
        self._seen.add(node)
        return _Folder(node, sorted(path.iterdir(), reverse=True))


def _or_complain(items: Iterable[Found], complaint: Skipped) -> Iterator[Found]:
    """Yield all items, and the complaint where none of them is a file."""
    empty = True
    for item in items:
        empty = empty and isinstance(item, Ignored) and _READ_ALREADY not in dict(item.counts)
        yield item
    if empty:
        yield complaint


def _is_known(names: Sequence[str]) -> bool:
    return format_of_name(names[-1]) is not None


def _fits(names: Sequence[str], patterns: Sequence[str]) -> bool:
    """Tell whether the steps of a path fit those of a pattern; ``**`` fits any number of steps."""
    if not patterns:
        return not names
    if patterns[0] == "**":
        return any(_fits(names[start:], patterns[1:]) for start in range(len(names) + 1))
    return bool(names) and fnmatchcase(names[0], patterns[0]) and _fits(names[1:], patterns[1:])


def _skipped(path: Path, sentence: str, remedy: str) -> Skipped:
    source = printable(str(path))
    return Skipped(source, str(ArticleError(sentence, where=source, remedy=remedy)))
