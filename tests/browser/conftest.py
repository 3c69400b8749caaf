"""A seeded desk served on loopback, and a real Chromium in front of it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from sqlalchemy import update

from socialwatch.domain.survey import Rules, Surveys
from socialwatch.store import mentions, queue, sources, spending
from socialwatch.store.tables import job, source
from socialwatch.store.unit import Database, Unit
from socialwatch.web.app import Desk, create_app
from socialwatch.web.serve import DeskServer

expect.set_options(timeout=15_000)  # milliseconds; tests run side by side, and a slow machine is no failure
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
def troubled(world: Database, seed: ModuleType) -> Database:
    """The same desk on a bad day: no two channels in the same state, and work that is stuck."""
    bad_day(world, seed)
    return world


def bad_day(database: Database, seed: ModuleType) -> None:
    with database.write() as unit:
        unit.run(update(job).values(state="leased", leased_until=4e9))  # what the posts of the seed left to do
        for kind in ("bluesky", "file", "mail", "mastodon", "x"):
            sources.register(unit, f"sokkerij/{kind}", seed.BRAND, kind)
        _sources(unit, seed.NOW)
        _spending(unit, seed.NOW)
        _stuck(unit, seed)


def _sources(unit: Unit, now: Any) -> None:
    minute, stamp = timedelta(minutes=1), unit.stamp()
    for kind, ago, wait in (
        ("bluesky", 1, 40),
        ("facebook", 190, 0),
        ("mail", 31, 0),
        ("mastodon", 4, 300),
        ("x", 95, 0),
    ):
        sources.polled(unit, f"sokkerij/{kind}", now - ago * minute, wait)
    refused = "Facebook weigert page_token: Error validating access token: the session has been invalidated"
    sources.failed(unit, "sokkerij/facebook", refused, 60, halted=True)
    for wait in (60, 120, 240):
        sources.failed(unit, "sokkerij/mail", "De mailserver imap.sokkerij.example antwoordde niet binnen 20 s", wait)
    sources.paused(unit, "sokkerij/x", "Het dagbudget van $ 5,00 is op; morgen om 01:00 verder.", 39_000)
    sources.gap(unit, "sokkerij/mastodon", now - 100 * minute, now - 45 * minute)
    told: dict[str, dict[str, Any]] = {
        "bluesky": {"polled": 1_204, "streaming": True},
        "facebook": {"polled": 9_418, "notice": "Meta antwoordt met v27.0; hier staat v26.0 ingesteld."},
        "file": {"next_poll_at": stamp - 3_000},
        "mail": {"polled": 1},
        "mastodon": {"polled": 87, "slowed": 3.5},
        "x": {"polled": 12_930, "budget": 5_000_000},
    }
    for kind, values in told.items():
        unit.run(update(source).where(source.c.name == f"sokkerij/{kind}").values(values))


def _spending(unit: Unit, now: Any) -> None:
    for back in range(14):
        spending.book(
            unit,
            "sokkerij/x",
            spending.What.POLL,
            5_120_000 if not back else 310_000 * back,
            now - timedelta(days=back),
        )
    spending.book(unit, "sokkerij/x", spending.What.REPLY, 4_000, now - timedelta(days=20))


def _stuck(unit: Unit, seed: ModuleType) -> None:
    """Dead letters of several kinds: on a case, on posts, on something that is gone."""
    angry = mentions.by_native(unit, "x", ["114"])[0].id
    works = (
        ("notify", seed.case_of(unit, "103"), "De melder apprise staat niet ingesteld.", 1),
        ("assess", angry, "De werker viel weg tijdens dit werk.", 4),
        ("identify", mentions.by_native(unit, "facebook", ["108"])[0].id, "Onverwachte fout (KeyError).", 3),
        ("route", 99_999, "", 2),
    )
    for step, subject, reason, attempts in works:
        queue.put(unit, [queue.NewJob(seed.BRAND, step, subject)])
        values = {"state": "dead", "reason": reason, "attempts": attempts}
        unit.run(update(job).where(job.c.step == step, job.c.subject == subject, job.c.state == "ready").values(values))


@pytest.fixture
def survey_secret() -> str:
    """What signs the links of the question afterwards."""
    return "een-geheim-van-ruim-genoeg-tekens"


@pytest.fixture
def address(world: Database, seed: ModuleType, survey_secret: str) -> Iterator[str]:
    asking = Surveys({seed.BRAND: Rules("Sokkerij")}, survey_secret)
    app = create_app(Desk(world, lambda: seed.NOW, {"sokkerij": "Sokkerij"}, surveys=asking))
    started = threading.Event()
    server = DeskServer(app, "127.0.0.1", 0, lambda _: started.set())
    thread = threading.Thread(target=server.serve_until_stopped)
    thread.start()
    assert started.wait(10)
    yield server.address
    server.stop()
    thread.join(5)
    assert not thread.is_alive()


def is_complaint(said: ConsoleMessage) -> bool:
    """A refused form is an answer and a cut line no fault of the page, although Chromium writes both down as errors."""
    harmless = ("status of 422", "ERR_INTERNET_DISCONNECTED")
    return said.type in ("error", "warning") and not any(each in said.text for each in harmless)


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
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.goto("/inbox")
        page.get_by_label("E-mailadres").fill(f"{name.lower()}@sokkerij.example")
        page.get_by_label("Wachtwoord").fill(seed.PASSWORD)
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_selector("header.bar")
        page.wait_for_load_state()  # keys pressed before the scripts are there are lost
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert complaints == []
