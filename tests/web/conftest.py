"""A seeded desk behind a test client: sign in by name, post with everything a browser would send along."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from socialwatch.store.unit import Database
from socialwatch.web.app import Desk, create_app

ORIGIN = "http://testserver"


@pytest.fixture(scope="session")
def seeded_file(seed: ModuleType, prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("seeded") / "seeded.sqlite"
    shutil.copyfile(prepared_sqlite, file)
    opened = Database(f"sqlite:///{file}")
    seed.seed(opened)
    opened.close()
    return file


@pytest.fixture
def seeded(seeded_file: Path, tmp_path: Path) -> Iterator[Database]:
    file = tmp_path / "desk.sqlite"
    shutil.copyfile(seeded_file, file)
    opened = Database(f"sqlite:///{file}")
    yield opened
    opened.close()


@dataclass
class Wall:
    """The real clock, that a test may move."""

    now: datetime = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def app(seeded: Database, seed: ModuleType, wall: Wall) -> FastAPI:
    return create_app(Desk(seeded, lambda: seed.NOW, {"sokkerij": "Sokkerij"}, wall=wall))


@dataclass
class Browser:
    """A visitor: knows its token, sends its origin, follows nothing by itself."""

    client: TestClient
    token: str = ""

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path, follow_redirects=False)

    def post(self, path: str, origin: str | None = ORIGIN, **fields: Any) -> httpx.Response:
        headers = {} if origin is None else {"origin": origin}
        return self.client.post(path, data={"csrf": self.token} | fields, headers=headers, follow_redirects=False)

    def sign_in(self, email: str, password: str) -> httpx.Response:
        self.token = field(self.get("/inloggen").text, "csrf")
        answer = self.post("/inloggen", email=email, password=password)
        if answer.status_code == 303:
            self.token = field(self.get("/inbox").text, "csrf")
        return answer


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, f"no field {name}"
    return found[1]


@pytest.fixture
def visitor(app: FastAPI) -> Browser:
    """Nobody yet."""
    return Browser(TestClient(app))


@pytest.fixture
def as_(app: FastAPI, seed: ModuleType) -> Callable[[str], Browser]:
    """A browser in which this agent is signed in."""

    def enter(name: str) -> Browser:
        browser = Browser(TestClient(app))
        place = "buren" if name == "Buur" else "sokkerij"
        assert browser.sign_in(f"{name.lower()}@{place}.example", seed.PASSWORD).status_code == 303
        return browser

    return enter


@pytest.fixture
def freek(as_: Callable[[str], Browser]) -> Browser:
    return as_("Freek")
