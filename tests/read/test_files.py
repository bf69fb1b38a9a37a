"""Files, folders, patterns and links to the files that are meant."""

import os
import socket
from pathlib import Path

import pytest

from kg.read.files import File, Found, Stdin, find_files
from kg.read.notes import Ignored, Skipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a text, a text in a folder of its own, a note and a hidden text."""
    top = tmp_path / "articles"
    (top / "inner").mkdir(parents=True)
    for name in ("b.txt", "inner/a.TXT", "README.md", ".hidden.txt", "LICENSE"):
        (top / name).write_text("x")
    return top


def found(*sources: Path | str) -> list[Found]:
    """Return all that sources name."""
    return list(find_files([str(source) for source in sources]))


def paths(*sources: Path | str) -> list[Path]:
    """Return the files that sources name."""
    return [item.path for item in found(*sources) if isinstance(item, File)]


def reasons(*sources: Path | str) -> list[str]:
    """Return the lines on what sources name in vain."""
    return [item.reason for item in found(*sources) if isinstance(item, Skipped)]


def test_a_folder_gives_known_files_and_counts_the_others(folder: Path) -> None:
    """Files come in the order of their names; hidden and unknown ones are counted by kind."""
    assert paths(folder) == [folder / "b.txt", folder / "inner" / "a.TXT"]
    assert found(folder)[-1] == Ignored(str(folder), ((".md", 1), ("hidden", 1), ("no suffix", 1)))


def test_files_that_are_named_are_meant_whatever_they_are_called(folder: Path) -> None:
    """Neither an unknown suffix nor a hidden name keeps out a file that is named."""
    assert paths(folder / "README.md", folder / ".hidden.txt") == [folder / ".hidden.txt", folder / "README.md"]


def test_patterns_are_those_of_the_shell(folder: Path) -> None:
    """A star does not cross folders nor fit hidden names; two stars cross any number of folders."""
    assert paths(folder / "*.txt") == [folder / "b.txt"]
    assert paths(folder / "**" / "*.[tT]*") == [folder / "b.txt", folder / "inner" / "a.TXT"]
    assert paths(folder / "**" / "inner" / "**" / "a.*") == [folder / "inner" / "a.TXT"]
    assert paths(folder / "*") == [folder / "LICENSE", folder / "README.md", folder / "b.txt", folder / "inner/a.TXT"]
    assert reasons(folder / "*.html") == [f"{folder}/*.html: The pattern fits no file. Check it."]


def test_files_may_be_called_like_patterns(tmp_path: Path) -> None:
    """A file that exists is that file, whatever its name looks like."""
    path = tmp_path / "[2020] report*.txt"
    path.touch()
    assert paths(path) == [path]


def test_the_order_of_sources_does_not_matter(folder: Path) -> None:
    """Each file comes once, by the same name, in whatever order it is named."""
    one, other = folder / "b.txt", folder / "inner"
    assert found(one, folder, other) == found(other, folder, one)
    assert paths(other, one, folder) == [folder / "b.txt", folder / "inner" / "a.TXT"]


def test_two_names_of_one_file_are_read_once(folder: Path) -> None:
    """Links to a file or folder that was visited are counted; nothing is read twice."""
    (folder / "c.txt").hardlink_to(folder / "b.txt")
    (folder / "d.txt").symlink_to(folder / "b.txt")
    (folder / "zlink").symlink_to(folder / "inner")
    assert paths(folder) == [folder / "b.txt", folder / "inner" / "a.TXT"]
    assert ("read already under another name", 3) in found(folder)[-1].counts


def test_link_loops_are_told(folder: Path) -> None:
    """A link to a folder above it, and one to itself, are one line each; the rest is found."""
    (folder / "inner" / "up").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    above, itself = reasons(folder)
    assert "up: This link leads back to a folder" in above
    assert "self: This cannot be read" in itself
    assert len(paths(folder)) == 2


def test_what_is_no_regular_file_is_told(folder: Path) -> None:
    """Pipes and sockets that look like articles are refused, others are left aside; devices are never opened."""
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "s.txt"))
    assert [reason.partition(": ")[2][:24] for reason in reasons(folder, "/dev/zero")] == [
        "This is no regular file.",
    ] * 3


def test_sources_that_name_nothing_are_told(folder: Path, tmp_path: Path) -> None:
    """A missing file, a link to nowhere and an empty folder are one line each."""
    (tmp_path / "empty").mkdir()
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    assert "absent.txt: There is no such file" in reasons(tmp_path / "absent.txt")[0]
    assert "nowhere.txt: There is no such file" in reasons(folder)[0]
    assert "empty: The folder holds no article. Articles end in .txt" in reasons(tmp_path / "empty")[0]


def test_a_folder_that_cannot_be_listed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason is passed on, and the other folders are found."""
    list_folder = Path.iterdir

    def iterdir(path: Path) -> object:
        if path.name == "inner":
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert paths(folder) == [folder / "b.txt"]
    assert reasons(folder) == [f"{folder}/inner: This cannot be read: Permission denied. Check its permissions."]


def test_the_standard_input_is_named_by_a_hyphen() -> None:
    """It comes once, however often it is named."""
    assert found("-", "-") == [Stdin()]
