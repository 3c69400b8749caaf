"""A lost connection is said, keeps what was typed, and is made up for by itself; no page breaks its own policy."""

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases
from socialwatch.store.unit import Database
from tests.bench.hostile import REFUSED
from tests.browser.test_accessible import PAGES

Enter = Callable[..., Page]
STATE = "[data-live-state]"


def test_away_and_back_keeps_the_draft_and_shows_what_happened(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    with world.read() as unit:
        number = seed.case_of(unit, "101")
    page.goto(f"/dossier/{number}")
    expect(page.locator(STATE)).to_have_text("live")
    page.evaluate("window.stillTheSamePage = true")
    # A stream that is open survives `set_offline`, so the page leaves and comes back to find the line cut.
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(page.locator(STATE)).to_have_text("even geen verbinding")
    box = page.get_by_label("Je antwoord", exact=True)
    box.fill("Half een gedachte")
    note = Line(LineKind.NOTE, seed.NOW, agent_id=1, detail={"text": "Gebeurde toen je weg was"})
    with world.write() as unit:
        cases.write(unit, number, note)
    page.context.set_offline(False)
    expect(page.locator("#draad")).to_contain_text("Gebeurde toen je weg was", timeout=30_000)
    expect(page.locator(STATE)).to_have_text("live")
    assert box.input_value() == "Half een gedachte"
    assert page.evaluate("window.stillTheSamePage") is True


def test_what_happens_while_a_page_is_still_loading_stands_on_it(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    with world.read() as unit:
        number = seed.case_of(unit, "101")
    note = Line(LineKind.NOTE, seed.NOW, agent_id=1, detail={"text": "Gebeurde net ervoor"})

    def late(route: Route) -> None:
        with world.write() as unit:
            cases.write(unit, number, note)
        time.sleep(0.6)  # the server has told its streams
        route.continue_()

    page.route("**/static/live.js*", late)
    page.goto(f"/dossier/{number}")
    expect(page.locator("#draad")).to_contain_text("Gebeurde net ervoor")


def test_a_slow_server_is_asked_less_often(enter: Enter, world: Database, seed: Any) -> None:
    page, slow, asked = enter(), 0.7, []
    with world.read() as unit:
        number = seed.case_of(unit, "101")
    page.goto("/inbox")
    expect(page.locator(STATE)).to_have_text("live")

    def late(route: Route) -> None:
        asked.append(time.monotonic())
        time.sleep(slow)
        route.continue_()

    page.route("**/inbox/rijen?*", late)
    while len(asked) < 4:
        with world.write() as unit:
            cases.write(unit, number, Line(LineKind.NOTE, seed.NOW, agent_id=1, detail={"text": "Nog een"}))
        page.wait_for_timeout(100)
    page.unroute("**/inbox/rijen?*")
    gaps = [later - sooner for sooner, later in pairwise(asked)]
    assert min(gaps) > 1.8 * slow, gaps


def test_no_page_breaks_its_own_policy(enter: Enter, troubled: Database, seed: Any) -> None:
    page = enter("Els")
    page.add_init_script(REFUSED)
    with troubled.read() as unit:
        dossier = f"/dossier/{seed.case_of(unit, '101')}"
    refused = {}
    for path in (*PAGES, dossier):
        page.goto(path)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        refused[path] = page.evaluate("window.__refused || []")
    assert {path: each for path, each in refused.items() if each} == {}


def test_the_watch_does_see_what_the_policy_refuses(chromium: Browser, address: str) -> None:
    page = chromium.new_page(base_url=address)
    page.add_init_script(REFUSED)
    page.goto("/inloggen")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.wait_for_function("window.__refused && window.__refused.length === 1")
    assert page.evaluate("window.__refused")[0].startswith("style-src")
    page.close()
