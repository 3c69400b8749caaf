"""What is made once for a brand: never another brand's, never a colleague's own, and never older than an event."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import insert

from socialwatch.store import events
from socialwatch.store.tables import event
from socialwatch.store.unit import Database
from socialwatch.web.shared import Shared

ROWS = re.compile(r'<ol class="rows".*?</ol>', re.DOTALL)


def test_who_asks_at_the_same_event_gets_what_was_made() -> None:
    shared, made = Shared(), []
    for mark in ((4, 10), (4, 10), (5, 15), (4, 10)):  # the last one looked before the third, and gets what is newer
        shared.ask("sokkerij", mark, lambda mark=mark: made.append(mark))  # type: ignore[misc]
    assert made == [(4, 10), (5, 15)]
    shared.ask("buren", (5, 15), lambda: made.append((0, 0)))
    assert made[-1] == (0, 0)


def test_an_answer_grows_old_without_any_event(monkeypatch: Any) -> None:
    shared, clock = Shared(), [100.0]
    monkeypatch.setattr("socialwatch.web.shared.time.monotonic", lambda: clock[0])
    assert shared.ask("a", (1, 1), lambda: "eerst") == "eerst"
    clock[0] += 1.9
    assert shared.ask("a", (1, 1), lambda: "later") == "eerst"
    clock[0] += 0.2
    assert shared.ask("a", (1, 1), lambda: "later") == "later"


def test_the_mark_sees_every_event_also_one_with_a_lower_number(database: Database) -> None:
    seen = []
    for number in (7, 9, 8):
        with database.write() as unit:
            unit.run(insert(event).values(id=number, brand="sokkerij", kind="case", subject=1, at=0.0))
        with database.read() as unit:
            seen.append(events.mark(unit))
    assert seen == sorted(set(seen))


def rows(browser: Any, stream: str) -> str:
    found = ROWS.search(browser.get(f"/inbox/rijen?stream={stream}").text)
    return found[0] if found else ""


@pytest.mark.parametrize("stream", ["all", "nobody", "waiting", "done"])
def test_colleagues_would_each_have_made_the_same_rows(as_: Callable[[str], Any], app: FastAPI, stream: str) -> None:
    found = []
    for name in ("Freek", "Noor"):
        app.state.shared = Shared()
        found.append(rows(as_(name), stream))
    assert found[0] == found[1]
    assert "/dossier/" in found[0]


def test_another_brand_never_gets_these_rows(as_: Callable[[str], Any]) -> None:
    ours, theirs = rows(as_("Freek"), "all"), rows(as_("Buur"), "all")
    assert "Joost" in ours
    assert "Joost" not in theirs
    assert "Buurman" in theirs


def test_a_new_case_is_there_at_once(freek: Any, seeded: Database, seed: Any) -> None:
    assert "Nieuwkomer" not in rows(freek, "all")
    with seeded.write() as unit:
        seed._arrive(unit, replace(seed.POSTS[2], number="555", who="Nieuwkomer", ago=0.5))
    assert "Nieuwkomer" in rows(freek, "all")
