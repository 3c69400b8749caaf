"""What happens in a dossier, in a real browser: a colleague called by keyboard, closing with one Enter, axe over it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from socialwatch.store.tables import beckon, case, case_tag
from socialwatch.store.unit import Database

Enter = Callable[..., Page]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter((each) => ['serious', 'critical'].includes(each.impact))
    .flatMap((each) => each.nodes.map((node) => each.id + ' at ' + node.target.join(' ')))"""


@pytest.fixture
def number(world: Database, seed: Any) -> int:
    with world.read() as unit:
        return int(seed.case_of(unit, "101"))


def test_a_note_calls_a_colleague_by_keyboard_alone(enter: Enter, world: Database, number: int) -> None:
    page = enter()
    page.goto(f"/dossier/{number}")
    page.keyboard.press("n")
    box = page.get_by_role("combobox", name="Notitie")
    expect(box).to_be_focused()
    page.keyboard.type("Weet jij dit, @no")
    expect(page.get_by_role("option", name="Noor", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option", name="Noor", exact=True)).to_be_hidden()
    expect(box).to_be_focused()
    page.keyboard.type("o")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Weet jij dit, @Noor ")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note-line").last).to_contain_text("Weet jij dit, @Noor")
    with world.read() as unit:
        assert [each.kind for each in unit.run(select(beckon))] == ["note"]


def test_tag_and_close_by_keyboard_alone(enter: Enter, world: Database, number: int) -> None:
    page = enter()
    page.goto(f"/dossier/{number}")
    page.keyboard.press("t")
    page.keyboard.type("gat")
    page.keyboard.press("Enter")
    expect(page.locator("form.tag")).to_have_text("gat×")
    expect(page.locator("[data-up=yes]")).to_be_visible()  # its keys are there too by then
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Rond af")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Heropenen")).to_be_visible()
    with world.read() as unit:
        assert unit.run(select(case.c.state).where(case.c.id == number)).scalar_one() == "closed"
        assert list(unit.run(select(case_tag.c.tag)).scalars()) == ["gat"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_for_axe_with_every_fold_open(enter: Enter, number: int, scheme: str) -> None:
    page = enter(scheme=scheme)
    for path in (f"/dossier/{number}", f"/dossier/{number}/samenvoegen", f"/dossier/{number}/splitsen"):
        page.goto(path)
        if path.endswith("samenvoegen"):
            page.get_by_label("Zoek een dossier").fill("Jo")
            page.keyboard.press("Enter")
            expect(page.get_by_text("Gevonden")).to_be_visible()
        page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
        page.evaluate(AXE)
        assert page.evaluate(RUN) == []


def test_on_a_phone_nothing_sticks_out(enter: Enter, number: int) -> None:
    page = enter(width=390, height=844)
    for path in (f"/dossier/{number}", f"/dossier/{number}/samenvoegen", f"/dossier/{number}/splitsen"):
        page.goto(path)
        if path.endswith("samenvoegen"):
            page.get_by_label("Zoek een dossier").fill("Jo")
            page.keyboard.press("Enter")
            expect(page.get_by_text("Gevonden")).to_be_visible()
        page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
