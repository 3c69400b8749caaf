"""The Inbox in a real browser: by keyboard alone, with two hundred rows, on a phone, and one's place kept."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases
from socialwatch.store.unit import Database

Enter = Callable[..., Page]


@pytest.fixture
def many(world: Database, seed: Any) -> Database:
    """Two hundred cases more, all of one kind."""
    with world.write() as unit:
        for each in range(200):
            seed._arrive(unit, replace(seed.POSTS[5], number=f"m{each}", who=f"Persoon{each}", ago=400 + each))
    return world


def chosen(page: Page) -> str:
    return page.locator("a.row.chosen .row-title").inner_text()


def test_the_whole_inbox_by_keyboard_alone(enter: Enter) -> None:
    page, dialog = enter(), "dialog#doe"
    page.keyboard.press("j")
    first = chosen(page)
    page.keyboard.press("x")
    page.keyboard.press("Shift+J")
    expect(page.locator("[data-bulk-count]")).to_have_text("2 gekozen")
    page.keyboard.press("t")
    expect(page.locator(f"{dialog} #doe-tag")).to_be_focused()
    page.keyboard.type("knoopje")
    page.keyboard.press("Enter")
    expect(page.locator("#melding")).to_contain_text("2 dossiers hebben nu de tag ‘knoopje’.")
    expect(page.locator("[data-rows] .chip.tag")).to_have_count(2)
    expect(page.locator("#kijk .chip.tag")).to_have_text("knoopje×")
    expect(page.locator("a.row.chosen")).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator("#melding")).to_contain_text("Alles staat weer zoals het was.")
    expect(page.locator("[data-rows] .chip.tag")).to_have_count(0)
    expect(page.locator("#kijk .chip.tag")).to_have_count(0)  # beside the list too
    page.keyboard.press("k")
    assert chosen(page) == first
    page.keyboard.press("a")
    expect(page.locator(dialog)).to_contain_text("Aan het werk")
    page.keyboard.press("Escape")
    expect(page.locator("a.row.chosen")).to_be_focused()
    page.keyboard.press("e")
    expect(page.locator(f"{dialog} h2")).to_have_text("Afronden")
    page.keyboard.press("Enter")
    expect(page.locator("#melding")).to_contain_text("Dit dossier is afgerond.")
    expect(page.locator("[data-rows]")).not_to_contain_text(first)
    expect(page.locator("a.row.chosen")).to_be_focused()  # the next one: nobody has to look for their place
    second = chosen(page)
    page.keyboard.press("s")
    expect(page.locator(f"{dialog} h2")).to_have_text("Later")
    page.keyboard.press("Enter")
    expect(page.locator("#melding")).to_contain_text("Dit dossier komt vandaag")
    expect(page.locator("[data-rows]")).not_to_contain_text(second)
    page.keyboard.press("/")
    page.keyboard.type("femke")
    page.keyboard.press("Enter")
    expect(page.locator("[data-rows] a.row")).to_have_count(1)
    assert "femke" not in page.url
    page.keyboard.press("r")
    page.wait_for_url("**/dossier/*")
    expect(page.get_by_label("Je antwoord", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**/inbox?*")
    expect(page.locator("#zoek")).to_have_value("femke")
    page.keyboard.press("?")
    for key in ("x", "a", "e", "s", "t", "z", "/"):
        expect(page.locator("#toetsen dt kbd", has_text=key).first).to_be_visible()


def test_two_hundred_rows_more_on_demand_and_back_to_ones_place(enter: Enter, many: Database) -> None:
    page = enter()
    expect(page.locator("[data-rows] a.row")).to_have_count(60)
    for rows in (120, 180):
        page.get_by_role("link", name="Laat meer zien").click()
        expect(page.locator("[data-rows] a.row")).to_have_count(rows)
    row = page.locator("[data-rows] a.row").nth(150)
    number = row.get_attribute("data-case")
    row.click()
    page.wait_for_url("**/dossier/*")
    page.keyboard.press("Escape")
    page.wait_for_url("**/inbox?*")
    expect(page.locator("a.row.chosen")).to_have_attribute("data-case", str(number))
    expect(page.locator("a.row.chosen")).to_be_in_viewport()
    expect(page.locator("[data-rows] a.row")).to_have_count(180)


def test_what_happens_elsewhere_moves_neither_choice_nor_focus_nor_place(
    enter: Enter, many: Database, seed: Any
) -> None:
    page = enter()
    page.get_by_role("link", name="Laat meer zien").click()
    expect(page.locator("[data-rows] a.row")).to_have_count(120)
    expect(page.locator("[data-live-state]")).to_have_text("live")
    boxes = page.locator("[data-pick]")
    boxes.nth(80).check()
    boxes.nth(82).check()
    boxes.nth(82).focus()
    number = int(boxes.nth(60).get_attribute("value") or 0)
    kept = boxes.nth(82).get_attribute("value")
    page.wait_for_timeout(600)
    before = page.locator("#rijen").evaluate("(pane) => pane.scrollTop")
    with many.write() as unit:
        cases.write(unit, number, Line(LineKind.NOTE, seed.NOW, agent_id=1, detail={"text": "kijk"}))
        cases.assign(unit, number, 2, seed.NOW, {"by": 2})
    expect(page.locator(f'a.row[data-case="{number}"] .owner')).to_have_text("Noor")
    expect(page.locator("[data-bulk-count]")).to_have_text("2 gekozen")
    expect(page.locator("[data-rows] a.row")).to_have_count(120)
    assert page.evaluate("document.activeElement.value") == kept
    assert abs(page.locator("#rijen").evaluate("(pane) => pane.scrollTop") - before) < 40


def test_a_filter_is_still_there_on_the_way_back(enter: Enter) -> None:
    page = enter()
    page.goto("/inbox?stream=all&level=2")
    page.locator("[data-rows] a.row").first.click()
    page.wait_for_url("**/dossier/*")
    page.keyboard.press("Escape")
    page.wait_for_url("**/inbox?stream=all&level=2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_one_can_choose_and_do(enter: Enter, scheme: str) -> None:
    page = enter("Freek", 360, 740, scheme)
    page.locator("[data-pick]").first.check()
    page.get_by_role("button", name="Neem op je").click()
    expect(page.locator("#melding")).to_contain_text("van jou")
    for path in ("/inbox", "/inbox?stream=chances", "/inbox?stream=later"):
        page.goto(path)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_letters_can_be_switched_off(enter: Enter) -> None:
    page = enter()
    page.evaluate("localStorage.setItem('socialwatch.keys.off', 'yes')")
    page.locator("[data-rows] a.row").first.focus()
    for key in ("j", "x", "a", "e", "s", "t", "/"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[data-bulk]")).to_be_hidden()
