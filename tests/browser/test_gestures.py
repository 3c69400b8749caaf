"""What the owner may do, in a real browser: the whole way by keyboard, the lead's thumb, by day and by night."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from socialwatch.store.unit import Database

Enter = Callable[..., Page]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter((each) => ['serious', 'critical'].includes(each.impact))
    .flatMap((each) => each.nodes.map((node) => each.id + ' at ' + node.target.join(' ')))"""


@pytest.fixture
def place(world: Database, seed: Any) -> str:
    with world.read() as unit:
        return f"/dossier/{seed.case_of(unit, '101')}"


def by_keyboard(page: Page, name: str) -> None:
    """From the panel's first line on with Tab, then Enter."""
    page.keyboard.press("g")
    for _ in range(30):
        if page.evaluate("document.activeElement.innerText").strip().startswith(name):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {name}")


def test_the_whole_way_by_keyboard(enter: Enter, place: str) -> None:
    page = enter()
    page.goto(place)
    by_keyboard(page, "Vervanging")
    expect(page.locator("details.choice[open]")).to_contain_text("Wandelsok merino")
    for _ in range(5):  # article, words, cost, minutes, button
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    done = page.locator("#net-gedaan")
    expect(done).to_have_text("Vervanging: geregeld.")
    expect(done).to_be_focused()
    by_keyboard(page, "Tegoedbon")
    page.keyboard.press("Tab")
    page.keyboard.type("al twee jaar klant")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    expect(done).to_have_text("Tegoedbon: gevraagd aan Els. Je leest het antwoord hier.")


def test_another_article_brings_its_price_unless_one_was_written(enter: Enter, place: str) -> None:
    page = enter()
    page.goto(place)
    page.locator("summary", has_text="Geld terug").click()
    form = page.locator("details[open] form")
    form.get_by_label("Artikel").select_option("SOK-17020|0")
    expect(form.get_by_label("Kosten in euro")).to_have_value("34,50")
    form.get_by_label("Kosten in euro").fill("20")
    form.get_by_label("Artikel").select_option("SOK-19877|0")
    expect(form.get_by_label("Kosten in euro")).to_have_value("20")


def test_a_lead_answers_on_a_phone_and_the_agent_sees_it_at_once(enter: Enter, place: str) -> None:
    freek, els = enter("Freek"), enter("Els", 390, 844)
    freek.goto(place)
    freek.locator("summary", has_text="Bloemen").click()
    freek.get_by_label("Kosten in euro").locator("visible=true").fill("80")
    freek.locator("details[open] button").click()
    expect(freek.locator("[data-gesture-state=asked]")).to_have_count(1)
    els.goto("/mag-dit")
    els.locator("a.ask-link").click()
    yes = els.get_by_role("button", name="Ja", exact=True)
    box = yes.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] < 844  # in reach without scrolling
    freek.locator("summary", has_text="Tegoedbon").click()
    typed = freek.locator("details[open]").get_by_label("Erbij gezegd")
    typed.fill("half getypt")
    yes.click()
    expect(els.get_by_role("heading", name="Mag dit?")).to_be_visible()
    expect(freek.locator("[data-gesture-state=prepared]")).to_have_count(1)
    assert typed.input_value() == "half getypt"  # what came live took nothing that was being typed


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 740)])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    enter: Enter, place: str, scheme: str, width: int, height: int
) -> None:
    page = enter("Els", width, height, scheme)
    page.goto(place)
    page.locator("summary", has_text="Ik doe het anders").click()
    page.get_by_label("Welke regel zet je opzij?").fill("retour eerst terug")
    page.get_by_role("button", name="Zo doen we het").click()
    page.locator("summary", has_text="Bloemen").click()
    page.locator("details[open]").get_by_label("Kosten in euro").fill("600")
    page.locator("details[open] button").click()
    number = page.locator("[data-gesture-state=asked]").get_attribute("id")
    assert number is not None
    for path in (page.url, "/mag-dit", f"/mag-dit/{number.removeprefix('gebaar-')}", "/beheer/regels"):
        page.goto(path)
        page.evaluate(AXE)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert page.evaluate(RUN) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
