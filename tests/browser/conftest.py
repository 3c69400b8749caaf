"""A seeded desk served on loopback, and a real Chromium in front of it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from socialwatch.store.unit import Database
from socialwatch.web.app import Desk, create_app
from socialwatch.web.serve import DeskServer

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        pytest.fail("No Chromium here: run `make test`, which installs it.")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def world(seed: ModuleType, prepared_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    file = tmp_path / "desk.sqlite"
    shutil.copyfile(prepared_sqlite, file)
    database = Database(f"sqlite:///{file}")
    seed.seed(database)
    yield database
    database.close()


@pytest.fixture
def address(world: Database, seed: ModuleType) -> Iterator[str]:
    app = create_app(Desk(world, lambda: seed.NOW, {"sokkerij": "Sokkerij"}))
    started = threading.Event()
    server = DeskServer(app, "127.0.0.1", 0, lambda _: started.set())
    thread = threading.Thread(target=server.serve_until_stopped)
    thread.start()
    assert started.wait(10)
    yield server.address
    server.stop()
    thread.join(5)
    assert not thread.is_alive()


@pytest.fixture
def enter(chromium: Browser, address: str, seed: ModuleType) -> Iterator[Callable[..., Page]]:
    """Sign in as somebody, on a desk or a phone. At the end no page may have complained of anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def sign_in(name: str = "Freek", width: int = 1400, height: int = 900, scheme: str = "light") -> Page:
        size = {"width": width, "height": height}
        context = chromium.new_context(base_url=address, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)  # a slow machine is no failure
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.goto("/")
        page.get_by_label("E-mailadres").fill(f"{name.lower()}@sokkerij.example")
        page.get_by_label("Wachtwoord").fill(seed.PASSWORD)
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_selector("header.bar")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert complaints == []
