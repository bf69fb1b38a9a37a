"""The documentation names what there is: commands, options, settings, routes, indicators of exit."""

import re
from pathlib import Path

import pytest

from kg.cli import EXIT_CODES, commands
from kg.settings import SETTINGS, Settings

ROOT = Path(__file__).parent.parent
PAGES = "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))])


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_is_described(name: str) -> None:
    """Each command has a heading in docs/commands.md, and each of its options is named there."""
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert re.search(rf"^## kg {name}\b", text, re.MULTILINE)
    for parameter in commands.commands[name].params:
        for option in (option for option in parameter.opts if option.startswith("--")):
            assert option in text, f"kg {name} {option}"


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)
def test_every_setting_is_described(row: object) -> None:
    """Name, unit, default and sentence stand in docs/commands.md."""
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    default = getattr(Settings(), row.name)
    shown = f"{default:g}" if isinstance(default, float) else str(default)
    line = f"| `{row.name}` | `KG_{row.name.upper()}` | {row.unit} | `{shown}` | {row.sentence} |"
    assert line in text


def test_every_exit_code_is_described() -> None:
    """The table of docs/commands.md lists each code."""
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for code in {0, 4, 5, 130, *(code for _, code in EXIT_CODES)}:
        assert re.search(rf"^\| {code} \|", text, re.MULTILINE)


def test_links_between_pages_lead_somewhere() -> None:
    """Every relative link of README and docs names a file that exists."""
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"
