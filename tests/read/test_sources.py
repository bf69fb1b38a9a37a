"""Sources of any kind as one stream of articles."""

import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.model import Article
from kg.read import Format, Ignored, RecordFields, Skipped, read_sources
from kg.read.formats import SUFFIXES, format_of_name
from kg.read.records import Origin
from kg.read.sources import _Opened
from kg.read.streams import Meter
from tests.read.samples import PAGE, TEXT, http, members, read, read_bytes, text, warc_record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with an article in each format that needs no extra of its own, and a note."""
    top = tmp_path / "articles"
    (top / "inner").mkdir(parents=True)
    (top / "a.txt").write_text(text(1), "utf-8")
    (top / "b.html").write_text(PAGE, "utf-8")
    (top / "c.jsonl").write_text(json.dumps({"id": "c1", "text": text(3)}) + "\n", "utf-8")
    (top / "inner" / "d.txt.gz").write_bytes(members(text(4).encode()))
    (top / "inner" / "e.warc").write_bytes(warc_record(http(PAGE.encode())))
    (top / "README.md").write_text("no article", "utf-8")
    return top


def test_a_folder_gives_articles_of_all_formats(folder: Path) -> None:
    """Each file is read by the reader of its format; what is none is counted."""
    items = read(folder)
    assert items.names == ["a.txt", "b.html", "c1", "d.txt.gz", "http://a.example/1"]
    assert (items.skipped, items.ignored) == ([], {".md": 1})


def test_reading_is_lazy(folder: Path) -> None:
    """The first article comes before the later files are opened."""
    stream = read_sources([str(folder)])
    first = next(stream)
    (folder / "c.jsonl").unlink()
    rest = [item.reason for item in stream if isinstance(item, Skipped)]
    assert isinstance(first, Article)
    assert ["c.jsonl: There is no such file" in reason for reason in rest] == [True]


def test_progress_ends_with_all_bytes(folder: Path) -> None:
    """What has been read never falls, and ends with the size of all files, as they lie on the disk."""
    told: list[tuple[int, int]] = []
    read(folder, "-", stdin=io.BytesIO(b""), progress=lambda done, total: told.append((done, total)))
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.suffix not in {".md", ""})
    assert told == sorted(told)
    assert told[-1] == (total, total)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (text(1).encode(), "stdin#"),
        (text(1).encode("utf-16"), "stdin#"),
        (PAGE.encode(), "stdin#"),
        (json.dumps({"id": "c1", "text": TEXT}).encode(), "c1"),
        (warc_record(http(PAGE.encode())), "http://a.example/1"),
    ],
)
def test_the_standard_input_is_told_by_its_first_bytes(data: bytes, name: str) -> None:
    """Text, page, lines and archive are told apart, compressed or not."""
    for given_bytes in (data, gzip.compress(data)):
        items = read_bytes(given_bytes)
        assert [identifier[: len(name)] for identifier in items.names] == [name]


def test_files_without_a_known_suffix_are_told_by_their_first_bytes(folder: Path) -> None:
    """A file that is named is read whatever it is called."""
    path = folder / "crawl.2020"
    path.write_text(json.dumps({"id": "c1", "text": text(3)}), "utf-8")
    assert read(path).names == ["c1"]


def test_the_format_can_be_given() -> None:
    """What is given counts for the standard input, whatever its first bytes are."""
    assert read_bytes(TEXT.encode(), form=Format.HTML).articles[0].main is not None
    assert "no JSON" in read_bytes(TEXT.encode(), form=Format.JSONL).reasons[0]


def test_fields_reach_the_records(folder: Path) -> None:
    """Which field is what is told once for all files."""
    items = read(folder / "c.jsonl", fields=RecordFields(text="words"))
    assert "it has id, text." in items.reasons[0]


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("empty.txt", b"", "The file is empty."),
        ("empty.jsonl", b"", "The file is empty."),
        ("blank.jsonl", b"\n\n", "The file is empty."),
        ("empty.txt.gz", gzip.compress(b""), "The file is empty."),
        ("binary.txt", bytes(range(256)) * 20, "not"),
        ("english.html", b"<p>No Chinese here, only a few words of English.", "too little Chinese"),
        ("cut.txt.gz", gzip.compress(os.urandom(999).hex().encode())[:-99], "is cut off"),
        ("line.txt", b"\xe7\x9a\x84" * (50 << 20 >> 1), "more than 16 MiB"),
        ("noise.warc.gz", b"\x1f\x8b\x08" + bytes(99), "damaged"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_the_rest_is_read(
    folder: Path, name: str, data: bytes, complaint: str
) -> None:
    """The line names the file and what is wrong with it."""
    (folder / name).write_bytes(data)
    items = read(folder)
    assert len(items.articles) == 5
    assert len(items.reasons) == 1
    assert name in items.reasons[0]
    assert complaint in items.reasons[0]


def test_a_bomb_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither memory nor time is given to output that no text explains."""
    monkeypatch.setattr("kg.read.streams._BOMB_BYTES", 1 << 20)
    (folder / "bomb.jsonl.gz").write_bytes(gzip.compress(bytes(30 << 20)))
    items = read(folder)
    assert len(items.articles) == 5
    assert any("more than any text" in reason for reason in items.reasons)


def test_files_that_cannot_be_opened_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason is passed on."""
    open_path = Path.open

    def refuse(path: Path, *args: Any, **options: Any) -> Any:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return open_path(path, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    items = read(folder)
    assert items.reasons == [f"{folder}/a.txt: This cannot be read: Permission denied. Check its permissions."]
    assert len(items.articles) == 4


def test_a_file_that_shrinks_is_told(folder: Path) -> None:
    """A text that lost its end while it was read is no article; of records those that are there are read."""
    for name in ("a.txt", "c.jsonl"):
        path = folder / name
        whole = path.stat().st_size
        opened = _Opened(path.open("rb"), Origin(name, name, RecordFields()), Meter(lambda *_: None, 0), whole + 9)
        with opened.file:
            items = list(opened.items(format_of_name(name), None))
        assert [item.reason for item in items if isinstance(item, Skipped)] == [
            f"{name}: The file became shorter while it was read. Read it when nobody writes it.",
        ]
        assert len(items) == (2 if name == "c.jsonl" else 1)


class Broken(io.RawIOBase):
    """A pipe that fails."""

    def read(self, _size: int = -1) -> bytes:
        """Fail."""
        raise OSError(5, "Input/output error")


def test_a_standard_input_that_fails_is_told() -> None:
    """One line, and nothing else."""
    items = list(read_sources(["-"], stdin=Broken()))
    reason = "standard input: This cannot be read: Input/output error. Check its permissions."
    assert items == [Skipped("standard input", reason)]


def test_a_text_without_its_beginning_is_no_article(tmp_path: Path) -> None:
    """Where the first member of a compressed text is damaged, the others are not taken for the whole."""
    path = tmp_path / "a.txt.gz"
    path.write_bytes(b"\x1f\x8b\x08\xff" + bytes(99) + members(text(1).encode()))
    items = read(path)
    assert items.articles == []
    assert ["is damaged" in reason for reason in items.reasons] == [True]


def test_names_of_any_bytes_are_read(tmp_path: Path) -> None:
    """Names that are no UTF-8, or hold line ends, are escaped in identifiers and lines."""
    for name in (b"\xb8\xca.txt", b"a\nb.txt"):
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:  # noqa: PTH123 - a name in bytes
            file.write(TEXT.encode())
    (tmp_path / "c\nd.txt").touch()
    items = read(tmp_path)
    assert items.names == ["a\\nb.txt", "\\xb8\\xca.txt"]
    assert items.reasons[0].startswith(f"{tmp_path}/c\\nd.txt: The file is empty.")


@pytest.mark.parametrize("source", ["", " ", "a\0b"])
def test_a_source_without_a_name_is_an_error(source: str) -> None:
    """The error comes at once, not when the first article is asked for."""
    with pytest.raises(ArticleError, match="has no name"):
        read_sources([source])


def test_the_order_of_sources_does_not_matter(folder: Path) -> None:
    """The same items come in the same order."""
    sources = [str(folder / "inner"), str(folder / "a.txt"), str(folder)]
    assert list(read_sources(sources)) == list(read_sources(sources[::-1]))


@given(st.sampled_from([*SUFFIXES, ".txt.gz", ".jsonl.gz", ".warc.gz", ".bin"]), st.binary(max_size=400), st.booleans())
def test_any_bytes_under_any_suffix_are_read(
    tmp_path_factory: pytest.TempPathFactory,
    suffix: str,
    data: bytes,
    packed: bool,  # noqa: FBT001 - hypothesis
) -> None:
    """Nothing but articles, lines and counts comes out, and never nothing at all."""
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(gzip.compress(data) if packed else data)
    items = list(read_sources([str(path)]))
    assert items
    assert all(isinstance(item, Article | Skipped | Ignored) for item in items)
