"""The order systems under contract, started one by one."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from socialwatch.store.unit import Database

HERE = Path(__file__).parent


def _stands() -> Any:
    name = "tests_shops_stands"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / "stands.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


STANDS = _stands()


@pytest.fixture(scope="session")
def stands() -> Any:
    """The register: stands.py."""
    return STANDS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `remote` runs over those that are asked over HTTP, one that asks for `stand` over all."""
    if "stand" in metafunc.fixturenames:
        metafunc.parametrize("stand", STANDS.kinds(remote="remote" in metafunc.fixturenames), indirect=True)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A read is asked again at once."""
    monkeypatch.setattr("socialwatch.outgoing.asking.PAUSE", 0.0)


@pytest.fixture
def stand(request: pytest.FixtureRequest, sqlite: Database, tmp_path: Path) -> Iterator[Any]:
    """Each order system in turn, made but not started. A stand's constructor is given an empty database of ours and a
    folder of its own, and the address of a PostgreSQL without any table where its name asks for one.
    """
    given = {"postgresql": request.getfixturevalue("empty_postgresql")} if "postgresql" in request.param else {}
    made = STANDS.stand(request.param, database=sqlite, folder=tmp_path, **given)
    yield made
    made.stop()
