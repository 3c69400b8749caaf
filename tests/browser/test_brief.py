"""What we already know, by keyboard: c leads to it, arrows walk along, Enter copies."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from socialwatch.store.unit import Database


def test_a_fact_is_copied_by_keyboard(enter: Callable[..., Page], world: Database, seed: Any) -> None:
    page = enter()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with world.read() as unit:
        number = seed.case_of(unit, "101")
    page.goto(f"/dossier/{number}")
    page.keyboard.press("c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#nieuws")).to_have_text("Gekopieerd: e-mailadres")
    assert page.evaluate("navigator.clipboard.readText()") == "marieke@example.nl"
