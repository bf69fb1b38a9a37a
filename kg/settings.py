"""Settings: one table, read once at the edge and passed down.

Later sources win: defaults, ``kg.toml`` in the working directory, ``KG_…`` in the environment, arguments. An unknown
key in ``kg.toml`` or with ``KG_`` is an error, so that a misspelt one is never silently without effect.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kg.errors import SettingsError

_MOST_SECONDS = 3600
_MOST_QUERY_WORKERS = 64
_MOST_WORKERS = 256
#: RFC 3987: an IRI holds no space and none of <>"{}|\\^`.
_BASE_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+/id/")

#: Name of the file that is read in the working directory.
SETTINGS_FILE = "kg.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; each is described in :data:`SETTINGS`."""

    store: Path = Path("data/store")
    base_iri: str = "https://w3id.org/poverty-kg/id/"
    runner: str = "local"
    fields: str = ""
    pairs: str = ""
    suppress: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    query_timeout_s: float = 20.0
    query_workers: int = 2
    query_memory_mb: int = 1024
    result_limit_mb: int = 64


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as the documentation shows it.

    Attributes:
        name: Key in ``kg.toml``; in the environment ``KG_`` and the name in capitals.
        unit: Unit of the value, or its form.
        sentence: What it does.
    """

    name: str
    unit: str
    sentence: str


#: The settings, in the order of the documentation.
SETTINGS = (
    SettingRow("store", "folder", "Where the store lies."),
    SettingRow("base_iri", "IRI ending in /id/", "Base of the IRIs of all resources."),
    SettingRow(
        "runner", "local, pool or pool:N, N to 256", "How articles are read: one after another, or by N processes."
    ),
    SettingRow(
        "fields",
        "ROLE=NAME,… of text, html, id, title, date, publisher, author, editor, url, fetched",
        "Which field of a record (JSONL, Parquet) is what; the usual names are known.",
    ),
    SettingRow("pairs", "file", "Entities that are the same, and entities that are others in an article."),
    SettingRow("suppress", "file", "Names and entities that are kept out of the graph, the search and the texts."),
    SettingRow("host", "address", "Address that kg serve listens on."),
    SettingRow("port", "1 to 65535", "Port that kg serve listens on."),
    SettingRow("query_timeout_s", "seconds, above 0 and to 3600", "How long a public SPARQL query may run."),
    SettingRow("query_workers", "processes, 1 to 64", "How many public SPARQL queries run at once."),
    SettingRow(
        "query_memory_mb", "MiB, at least 1", "How much memory a public SPARQL query may take beyond the store."
    ),
    SettingRow("result_limit_mb", "MiB, at least 1", "How large the answer to a public SPARQL query may be."),
)

_TYPES: dict[str, Callable[[Any], Any]] = {field.name: type(field.default) for field in fields(Settings)}
_TYPES["store"] = Path


def load_settings(
    environment: Mapping[str, str], *, folder: Path = Path(), arguments: Mapping[str, Any] | None = None
) -> Settings:
    """Return the settings from file, environment and arguments, in this order.

    Args:
        environment: The process's environment.
        folder: Where ``kg.toml`` may lie.
        arguments: Settings given on the command line; None stands for "not given".

    Raises:
        SettingsError: on an unknown key or a value that is not allowed.
    """
    settings = _apply(Settings(), _file_values(folder / SETTINGS_FILE), where=str(folder / SETTINGS_FILE))
    settings = _apply(settings, _environment_values(environment), where="environment")
    given = {name: value for name, value in (arguments or {}).items() if value is not None}
    return _apply(settings, given, where="arguments")


def _file_values(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise SettingsError(f"cannot be read as TOML: {exc}", where=str(path)) from exc


def _environment_values(environment: Mapping[str, str]) -> dict[str, str]:
    return {name[3:].lower(): value for name, value in environment.items() if name.startswith("KG_")}


def _apply(settings: Settings, values: Mapping[str, Any], *, where: str) -> Settings:
    changes = {name: _converted(name, value, where) for name, value in values.items()}
    return _checked(replace(settings, **changes), where)


def _converted(name: str, value: object, where: str) -> Any:  # noqa: ANN401 - the type is that of the field
    if name not in _TYPES:
        known = ", ".join(row.name for row in SETTINGS)
        raise SettingsError(f"unknown setting {name!r}", where=where, remedy=f"Known: {known}.")
    try:
        if isinstance(value, bool) or (isinstance(value, str) and not value.strip()):
            raise ValueError(value)  # noqa: TRY301 - the same complaint as of a value that does not convert
        return _TYPES[name](value)
    except (TypeError, ValueError) as exc:
        raise SettingsError(f"{name} cannot be {value!r}", where=where, remedy=_expected(name)) from exc


def _expected(name: str) -> str:
    return next(f"Expected: {row.unit}." for row in SETTINGS if row.name == name)


def _checked(settings: Settings, where: str) -> Settings:
    faults = {
        "base_iri": not _BASE_IRI.fullmatch(settings.base_iri),
        "port": not 1 <= settings.port <= 65_535,  # noqa: PLR2004 - the range of TCP ports
        "runner": not _is_runner(settings.runner),
        "query_timeout_s": not 0 < settings.query_timeout_s <= _MOST_SECONDS,
        "query_workers": not 1 <= settings.query_workers <= _MOST_QUERY_WORKERS,
        "query_memory_mb": settings.query_memory_mb < 1,
        "result_limit_mb": settings.result_limit_mb < 1,
    }
    for name, is_wrong in faults.items():
        if is_wrong:
            raise SettingsError(f"{name} cannot be {getattr(settings, name)!r}", where=where, remedy=_expected(name))
    return settings


def _is_runner(text: str) -> bool:
    kind, _, number = text.partition(":")
    return text == "local" or (
        kind == "pool" and (text == "pool" or (number.isdecimal() and 0 < int(number) <= _MOST_WORKERS))
    )
