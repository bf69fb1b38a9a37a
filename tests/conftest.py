"""Fixtures that several tests share: the store of the seeds, built once a session."""

from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from kg.build import Outcome, build
from kg.model import Article
from kg.read import read_article
from kg.settings import Settings

# The same examples on every machine and run; no deadline, because a shared machine may pause for long.
hypothesis_settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=60)
hypothesis_settings.load_profile("fixed")

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the golden graphs anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden graphs anew, for review as a diff")


def seed_articles() -> list[Article]:
    """Return the five seeds in the order of their names."""
    return [read_article(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]


@pytest.fixture(scope="session")
def seed_outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Return a finished build of the five seeds."""
    directory = tmp_path_factory.mktemp("seeds") / "store"
    return build([str(ROOT / "seeds")], Settings(store=directory))


@pytest.fixture(scope="session")
def seed_directory(seed_outcome: Outcome) -> Path:
    """Return the folder of the store of the seeds; read only."""
    return seed_outcome.store.directory
