"""Presence, hand-over, the card with steps and the team in a real browser: by keyboard alone, and axe over all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from socialwatch.store import agents, care, cases
from socialwatch.store.unit import Database

Enter = Callable[..., Page]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter((each) => ['serious', 'critical'].includes(each.impact))
    .flatMap((each) => each.nodes.map((node) => each.id + ' at ' + node.target.join(' ')))"""


def tab_to(page: Page, wanted: Locator, most: int = 80) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"not reached by {most} times Tab")


def presence(database: Database, name: str) -> str:
    with database.read() as unit:
        return next(each.presence.value for each in agents.everyone(unit) if each.name == name)


def case_of(database: Database, seed: Any, number: str) -> int:
    with database.read() as unit:
        return int(seed.case_of(unit, number))


def test_presence_by_keyboard(enter: Enter, world: Database) -> None:
    page = enter()
    opener = page.get_by_role("button", name="Je staat op beschikbaar")
    tab_to(page, opener)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="pauze")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="pauze")).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="pauze"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Je staat op pauze")).to_be_visible()
    assert presence(world, "Freek") == "break"


def test_a_hand_over_with_a_word_by_keyboard(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    page.goto(f"/dossier/{case_of(world, seed, '103')}")
    tab_to(page, page.locator(".hand-over > summary", has_text="Overdragen"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Aan", exact=True)).to_be_focused()
    page.keyboard.type("N")
    page.keyboard.press("Tab")
    page.keyboard.type("Zij wil gebeld worden")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".handed")).to_have_text("Zij wil gebeld worden")
    expect(page.locator(".case-meta")).to_contain_text("van Noor")


def test_a_step_of_the_card_by_keyboard(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    page.goto(f"/dossier/{case_of(world, seed, '103')}")
    card = page.get_by_role("region", name="Eerst veilig")
    tab_to(page, card.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    tab_to(page, card.get_by_role("button", name="Bewaar vinkjes"))
    page.keyboard.press("Enter")
    expect(page.locator(".note-line").last).to_contain_text("gedaan. Vraag of iedereen ongedeerd is")
    expect(page.get_by_role("region", name="Eerst veilig").get_by_role("checkbox").first).to_be_checked()


def test_the_end_of_a_shift_on_a_phone(enter: Enter, world: Database, seed: Any) -> None:
    number = case_of(world, seed, "101")
    with world.write() as unit:
        freek = agents.by_email(unit, "freek@sokkerij.example")
        assert freek is not None
        cases.assign(unit, number, freek[0].id, seed.NOW, {"by": freek[0].id})
    page = enter(width=390, height=844, scheme="dark")
    page.get_by_role("button", name="Je staat op beschikbaar").click()
    page.get_by_role("link", name="Einde dienst: overdragen").click()
    page.get_by_label("Wat doe je met Marieke").select_option(label="Naar Els · beschikbaar")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Klaar").click()
    page.wait_for_url("**/inbox?stream=mine")
    assert presence(world, "Freek") == "away"
    with world.read() as unit:
        assert cases.by_id(unit, number).owner_id == next(e.id for e in agents.everyone(unit) if e.name == "Els")


def test_axe_finds_nothing_serious_about_people(enter: Enter, world: Database, seed: Any) -> None:
    number = case_of(world, seed, "103")
    with world.write() as unit:
        care.lay_out(unit, case := seed.case_of(unit, "101"), "privacy")
        noor = next(each.id for each in agents.everyone(unit) if each.name == "Noor")
    page = enter("Els")
    serious = []
    for path in ("/beheer/team", f"/beheer/team/{noor}", "/einde-dienst", f"/dossier/{number}", f"/dossier/{case}"):
        page.goto(path)
        page.evaluate(AXE)  # by the debugger, so that the page's own policy need not give way
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            for width, height in ((1400, 900), (390, 844)):
                page.set_viewport_size({"width": width, "height": height})
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
                serious += [f"{path} {scheme} {width}: {each}" for each in page.evaluate(RUN)]
    page.locator(".presence-now").click()
    serious += page.evaluate(RUN)
    assert serious == []
