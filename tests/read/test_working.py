"""Working files: what the disk refuses is one clear error."""

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.read.working import WorkingFile

TABLES = "CREATE TABLE IF NOT EXISTS word (text TEXT NOT NULL);"


def test_rows_are_written_and_streamed(tmp_path: Path) -> None:
    """Rows come back in the order asked for, as a list or one by one."""
    with WorkingFile(tmp_path / "words", TABLES) as file:
        file.write("INSERT INTO word VALUES (?)", ((f"{at:04}",) for at in range(2500)))
        assert file.rows("SELECT count(*) FROM word") == [(2500,)]
        assert [text for (text,) in file.stream("SELECT text FROM word ORDER BY text")][-1] == "2499"


def test_a_full_disk_is_a_store_error(tmp_path: Path) -> None:
    """The error names the file and what to do."""
    with WorkingFile(tmp_path / "words", TABLES) as file:
        file.rows("PRAGMA max_page_count = 8")
        with pytest.raises(StoreError, match="cannot be written: database or disk is full") as caught:
            file.write("INSERT INTO word VALUES (?)", (("字" * 1000,) for _ in range(100)))
        assert caught.value.where.endswith("words")
        assert "Free space" in caught.value.remedy


def test_what_is_no_database_is_a_store_error(tmp_path: Path) -> None:
    """A folder and a file of another kind cannot be opened."""
    (tmp_path / "text").write_text("no database " * 100, "utf-8")
    for path in (tmp_path, tmp_path / "text"):
        with pytest.raises(StoreError, match="cannot be written"):
            WorkingFile(path, TABLES)
