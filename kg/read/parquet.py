"""Tables in Parquet to articles, one a row; read by pyarrow, in batches, only the columns that an article needs."""

from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from kg.errors import ArticleError
from kg.model import Article
from kg.read.notes import Skipped, printable
from kg.read.records import Origin, read_record

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

#: Rows in memory at a time, and bytes of each column read ahead: some megabytes together.
_BATCH_ROWS = 200
_BUFFER_BYTES = 1 << 18
#: So many columns are named where none is the text.
_SHOWN_COLUMNS = 20

_Row = dict[str, object] | ArticleError


def read_parquet(file: IO[bytes], origin: Origin, advance: Callable[[float], None]) -> Iterator[Article | Skipped]:
    """Yield the article of each row, or why it has none; lazy.

    Args:
        file: The table, on a disk.
        origin: Where the articles come from.
        advance: Told which share of the rows has been read.
    """
    for place, row in _rows(file, origin, advance):
        try:
            if isinstance(row, ArticleError):
                raise row
            yield read_record(row, origin, f"{origin.source}, row {place}")
        except ArticleError as exc:
            yield Skipped(origin.source, str(exc))


def _rows(file: IO[bytes], origin: Origin, advance: Callable[[float], None]) -> Iterator[tuple[int, _Row]]:
    """Yield the rows with their numbers from 1; an error stands for all rows that it loses."""
    try:
        table = _open(file, origin.source)
        columns = _columns(table, origin)
    except ArticleError as exc:
        yield 0, exc
        return
    last = 0
    for group in range(table.num_row_groups):
        row, last = last, last + table.metadata.row_group(group).num_rows
        try:
            for batch in table.iter_batches(_BATCH_ROWS, [group], columns, use_threads=False):
                for values in _values(batch):
                    row += 1
                    yield row, values
                advance(row / table.metadata.num_rows)
        except _faults() as exc:
            yield row + 1, _damaged(exc, f"{origin.source}, rows {row + 1} to {last}")


def _open(file: IO[bytes], where: str) -> "ParquetFile":
    try:
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as exc:
        remedy = "pip install 'poverty-kg[parquet]'"
        raise ArticleError("reading Parquet needs pyarrow", where=where, remedy=remedy) from exc
    try:
        file.seek(0)
        # No memory map: a file that shrinks while it is read would end the process.
        return ParquetFile(file, memory_map=False, pre_buffer=False, buffer_size=_BUFFER_BYTES)
    except _faults() as exc:
        raise _damaged(exc, where) from exc


def _columns(table: "ParquetFile", origin: Origin) -> list[str]:
    names = table.schema_arrow.names
    columns = origin.fields.columns(names)
    if not origin.fields.columns(names, origin.fields.bodies):
        shown = ", ".join(map(printable, names[:_SHOWN_COLUMNS]))
        raise ArticleError(
            "The table has no column of texts.", where=origin.source, remedy=f"Name one, text=…; it has {shown}."
        )
    return columns


def _values(batch: "pa.RecordBatch") -> Iterator[dict[str, object]]:
    columns = [_plain(column) for column in batch.columns]
    for row in zip(*columns, strict=True):
        yield dict(zip(batch.schema.names, row, strict=True))


def _plain(column: "pa.Array") -> list[object]:
    """Return the values of a column as Python has them; strings that are no UTF-8 as bytes."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    kind = column.type
    if pa.types.is_timestamp(kind):
        # Python counts no nanoseconds, and knows no zone but UTC without a table of zones.
        column = column.cast(pa.timestamp("us", kind.tz and "UTC"), safe=False)
    elif pa.types.is_dictionary(kind):
        return _plain(column.dictionary_decode())
    try:
        values: list[object] = column.to_pylist()
    except UnicodeDecodeError:
        values = [value.as_buffer().to_pybytes() if value.is_valid else None for value in column]
    return values


def _faults() -> tuple[type[Exception], ...]:
    """Return what pyarrow raises for damaged files."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return pa.ArrowException, OSError, ValueError


def _damaged(exc: Exception, where: str) -> ArticleError:
    reason = printable(next(iter(str(exc).splitlines()), type(exc).__name__))
    return ArticleError(f"This is damaged, or no Parquet: {reason}.", where=where, remedy="Write the file again.")
