"""Settings: one table, later sources win, unknown keys are errors."""

from dataclasses import fields
from pathlib import Path

import pytest

from kg.errors import SettingsError
from kg.settings import SETTINGS, SETTINGS_FILE, Settings, load_settings


def test_the_table_describes_every_setting_once() -> None:
    """Table and class name the same settings in the same order."""
    assert [row.name for row in SETTINGS] == [field.name for field in fields(Settings)]


def test_later_sources_win(tmp_path: Path) -> None:
    """Defaults, file, environment, arguments, in this order."""
    (tmp_path / SETTINGS_FILE).write_text('port = 1001\nhost = "0.0.0.0"\nrunner = "pool:2"\n')
    settings = load_settings({"KG_PORT": "1002", "HOME": "/"}, folder=tmp_path, arguments={"port": 1003, "host": None})
    assert (settings.port, settings.host, settings.runner) == (1003, "0.0.0.0", "pool:2")  # noqa: S104 - a value only
    assert load_settings({"KG_PORT": "1002"}, folder=tmp_path).port == 1002


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"KG_PROT": "1"}, "unknown setting 'prot'"),
        ({"KG_PORT": "many"}, "port cannot be 'many'"),
        ({"KG_PORT": "70000"}, "port cannot be 70000"),
        ({"KG_BASE_IRI": "urn:x"}, "base_iri cannot be"),
        ({"KG_RUNNER": "pool:0"}, "runner cannot be"),
        ({"KG_RUNNER": "abacus"}, "runner cannot be"),
        ({"KG_QUERY_TIMEOUT_S": "nan"}, "query_timeout_s cannot be"),
        ({"KG_QUERY_TIMEOUT_S": "inf"}, "query_timeout_s cannot be"),
        ({"KG_QUERY_WORKERS": "0"}, "query_workers cannot be"),
        ({"KG_QUERY_WORKERS": "65"}, "query_workers cannot be"),
        ({"KG_RUNNER": "pool:100000"}, "runner cannot be"),
        ({"KG_STORE": ""}, "store cannot be ''"),
        ({"KG_BASE_IRI": "http://exa mple.org/id/"}, "base_iri cannot be"),
    ],
)
def test_bad_settings_say_what_is_allowed(environment: dict[str, str], words: str, tmp_path: Path) -> None:
    """The message names the value, its source and what was expected."""
    with pytest.raises(SettingsError, match=words) as caught:
        load_settings(environment, folder=tmp_path)
    assert str(caught.value).startswith("environment: ")
    assert caught.value.remedy


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    """TOML that does not parse is an error with the file's name."""
    (tmp_path / SETTINGS_FILE).write_text("port = true")
    with pytest.raises(SettingsError, match="port cannot be True"):
        load_settings({}, folder=tmp_path)
    (tmp_path / SETTINGS_FILE).write_text("port = ")
    with pytest.raises(SettingsError, match=SETTINGS_FILE):
        load_settings({}, folder=tmp_path)
