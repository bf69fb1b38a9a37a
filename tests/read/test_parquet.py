"""Tables in Parquet: rows to articles."""

import io
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.read.samples import TEXT, read, read_bytes, text

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def written(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    """Return the path of a table."""
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_each_row_is_an_article(tmp_path: Path) -> None:
    """Rows come in order, from all row groups; progress ends with the size of the file."""
    columns = {"id": list(range(7)), "content": [text(number) for number in range(7)], "unused": [b"x"] * 7}
    path = written(tmp_path / "a.parquet", columns, row_group_size=3)
    told: list[tuple[int, int]] = []
    items = read(path, progress=lambda done, total: told.append((done, total)))
    assert items.names == [str(number) for number in range(7)]
    assert items.articles[6].raw == text(6)
    assert told[-1] == (path.stat().st_size,) * 2
    assert told == sorted(told)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.binary()])
def test_texts_of_every_type_are_read(kind: Any, tmp_path: Path) -> None:
    """Strings, long ones, those of a dictionary and bytes are texts."""
    texts = [TEXT, TEXT.encode()][kind == pa.binary()]
    path = written(tmp_path / "a.parquet", {"text": pa.array([texts, None, texts], type=kind)})
    items = read(path)
    assert [article.raw for article in items.articles] == [TEXT, TEXT]
    assert ["row 2: The record has no text" in reason for reason in items.reasons] == [True]


@pytest.mark.parametrize(
    ("values", "published"),
    [
        (pa.array([date(2020, 11, 16)]), "2020-11-16"),
        (pa.array([1605542400_000_000_001], type=pa.timestamp("ns", "America/New_York")), "2020-11-17"),
        (pa.array([1605542400], type=pa.timestamp("s")), "2020-11-16"),
        (pa.array(["2020年11月"]), "2020-11"),
        (pa.array([20201116]), "2020-11-16"),
        (pa.array([None], type=pa.timestamp("ms")), None),
    ],
)
def test_times_of_every_type_are_read(values: Any, published: str | None, tmp_path: Path) -> None:
    """Dates and times with any unit or zone give the day in China."""
    path = written(tmp_path / "a.parquet", {"text": [TEXT], "date": values})
    assert read(path).articles[0].stated.published == published


def test_strings_that_are_no_utf8_are_decoded(tmp_path: Path) -> None:
    """A column that calls bytes a string is read by the charset that they are in."""
    raw = pa.array([TEXT.encode("gb18030")], type=pa.binary()).view(pa.string())
    items = read(written(tmp_path / "a.parquet", {"text": raw}))
    assert [(article.raw, article.charset) for article in items.articles] == [(TEXT, "gb18030")]


def test_a_table_without_texts_names_its_columns(tmp_path: Path) -> None:
    """One line tells what there is to choose from."""
    path = written(tmp_path / "a.parquet", {"title": ["a"] * 9, "words": [TEXT] * 9})
    remedy = "Name one, text=…; it has title, words."
    assert read(path).reasons == [f"{path}: The table has no column of texts. {remedy}"]


def test_a_damaged_row_group_loses_itself_alone(tmp_path: Path) -> None:
    """The rows that are lost are named, the others are read."""
    columns = {"text": [text(number) for number in range(6)], "id": list(range(6))}
    path = written(tmp_path / "a.parquet", columns, row_group_size=2, compression="gzip")
    place = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data = path.read_bytes()
    path.write_bytes(data[:place] + bytes(60) + data[place + 60 :])
    items = read(path)
    assert items.names == ["0", "1", "4", "5"]
    assert ["rows 3 to 4: This is damaged" in reason for reason in items.reasons] == [True]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + bytes(99) + b"PAR1", b"no table at all"])
def test_what_is_no_table_is_told(data: bytes, tmp_path: Path) -> None:
    """One line, whatever the file holds."""
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    assert len(read(path).reasons) == 1


def test_tables_come_from_files_alone(tmp_path: Path) -> None:
    """Parquet begins at its end, so that it cannot come by a pipe; a file is told by its first bytes."""
    path = written(tmp_path / "table", {"text": [TEXT]})
    assert len(read(path).articles) == 1
    assert read_bytes(path.read_bytes()).reasons == [
        "standard input: Parquet cannot be read from a pipe. Name the file.",
    ]


def test_without_pyarrow_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Reading tables needs an extra."""
    path = written(tmp_path / "a.parquet", {"text": [TEXT]})
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert read(path).reasons == [f"{path}: reading Parquet needs pyarrow. pip install 'poverty-kg[parquet]'"]


def _table() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": [text(1), text(2)], "date": [1, 2]}), buffer)
    return buffer.getvalue()


TABLE = _table()


@given(st.integers(0, len(TABLE) - 1), st.binary(min_size=1, max_size=6))
def test_changed_bytes_end_nothing(tmp_path_factory: pytest.TempPathFactory, place: int, change: bytes) -> None:
    """Whatever bytes of a table are changed, nothing but lines comes out."""
    path = tmp_path_factory.getbasetemp() / "changed.parquet"
    path.write_bytes(TABLE[:place] + change + TABLE[place + len(change) :])
    items = read(path)
    assert len(items.articles) <= 2
