"""Vandaag and a situation in a real browser: made from a dossier, offered, taken up by keyboard, and axe over all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from socialwatch.domain import impression
from socialwatch.domain.situation import Rule
from socialwatch.steps import situate
from socialwatch.store import assessments, cases, mentions, situations
from socialwatch.store.cases import Weight
from socialwatch.store.unit import Database

Enter = Callable[..., Page]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter((each) => ['serious', 'critical'].includes(each.impact))
    .flatMap((each) => each.nodes.map((node) => each.id + ' at ' + node.target.join(' ')))"""
TEXTS = (
    "Jullie site ligt eruit, foutmelding bij het afrekenen",
    "De webshop geeft een foutmelding",
    "website plat, kan niet afrekenen",
    "Kan niet betalen, site is down",
    "Foutmelding op de website bij ideal",
    "site down en geen ideal, wat nu",
)


def outage(database: Database, seed: Any) -> list[int]:
    made = []
    with database.write() as unit:
        for number, text in enumerate(TEXTS):
            told = seed.Told(f"8{number}", f"Klant {number}", text, 5 + number)
            (found,) = mentions.take(unit, [seed._mention(told)], seed.NOW).new
            read = impression.assessment(seed._reading(told), text, found.mention.created_at)
            assessments.keep(unit, {found.id: (seed.BRAND, read)}, seed.NOW)
            made.append(cases.open_case(unit, found, f"Klant {number}", Weight(0.2, [], 0.3, 0.1, 1, False), "nl"))
    return made


@pytest.fixture
def wrote(world: Database, seed: Any) -> list[int]:
    return outage(world, seed)


def test_a_situation_is_made_from_a_dossier_and_its_fact_reaches_another(
    enter: Enter, wrote: list[int], world: Database
) -> None:
    page, other = enter(), enter("Noor")
    other.goto(f"/dossier/{wrote[1]}")
    expect(other.locator("[data-live-state]")).to_have_text("live")
    page.goto(f"/dossier/{wrote[0]}")
    page.get_by_role("link", name="Maak er een situatie van").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(6)  # one said so before
    page.get_by_label("Hoe noemen we het?").fill("Site ligt eruit")
    page.get_by_label("Wat kunnen we nu al zeggen?").fill("Er wordt aan gewerkt")
    page.get_by_role("button", name="Maak er één situatie van").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Site ligt eruit")
    expect(page.locator(".situation-fact")).to_have_text("Er wordt aan gewerkt")
    expect(other.locator("#situatie")).to_contain_text("Er wordt aan gewerkt")  # live, above the reply box
    assert other.get_by_label("Je antwoord", exact=True).input_value() == ""
    page.goto("/inbox")
    card = page.get_by_role("region", name="Situatie")
    expect(card).to_contain_text("7 dossiers, 7 wachten op antwoord")
    expect(page.locator(f'[data-case="{wrote[0]}"]')).to_have_count(0)
    card.locator("summary").click()
    expect(card.get_by_role("link", name="Klant 2")).to_be_visible()


def test_an_offer_appears_by_itself_and_is_taken_up_by_keyboard(
    enter: Enter, wrote: list[int], world: Database, seed: Any
) -> None:
    page = enter("Els")
    page.goto("/vandaag")
    expect(page.locator("[data-live-state]")).to_have_text("live")
    page.wait_for_timeout(600)
    assert situate.run(world, Rule(likeness=0.2), seed.NOW) == 1
    expect(page.locator(".today-offer")).to_contain_text("lijken over hetzelfde te gaan")
    page.get_by_role("button", name="Maak er één situatie van").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".situation-head")).to_contain_text("Els trekt dit")
    page.get_by_role("button", name="Sluit de situatie").click()
    expect(page.locator(".situation-head")).to_contain_text("dossiers wachten nog op een eigen antwoord")
    with world.read() as unit:
        assert situations.standing(unit, seed.BRAND) == []
        assert all(cases.by_id(unit, each).due_since is not None for each in wrote)


def test_the_rows_of_today_are_walked_by_keyboard(enter: Enter, wrote: list[int], world: Database, seed: Any) -> None:
    with world.write() as unit:
        cases.assign(unit, seed.case_of(unit, "101"), 1, seed.NOW, {"by": 1})
        cases.assign(unit, wrote[0], 1, seed.NOW, {"by": 1})
    page = enter()
    page.goto("/vandaag")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("a.row.chosen")).to_have_count(1)
    title = page.locator("a.row.chosen .row-title").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dossier/*")
    expect(page.locator("h1.case-title")).to_have_text(title)


def test_axe_finds_nothing_serious_about_situations(enter: Enter, wrote: list[int], world: Database, seed: Any) -> None:
    with world.write() as unit:
        made = situations.by_id(unit, seed.BRAND, situations.begin(unit, seed.BRAND, "Site", 1, seed.NOW))
        offered = situations.by_id(unit, seed.BRAND, situations.begin(unit, seed.BRAND, "Iets", None, seed.NOW))
        assert made is not None
        assert offered is not None
        situations.add(unit, made, wrote[:3], seed.NOW, 1)
        situations.lift(unit, made, wrote[0], apart=True)
        situations.change(unit, made, fact="Feit", known="Iets", say="Iets", unknown="Iets")
        situations.add(unit, offered, wrote[3:5], seed.NOW)
    page = enter("Els")
    serious = []
    paths = (f"/situatie/{made.id}", f"/situatie/{offered.id}", f"/situatie/nieuw?dossier={wrote[5]}", "/vandaag")
    for path in (*paths, "/inbox", f"/dossier/{wrote[1]}"):
        page.goto(path)
        page.evaluate(AXE)  # by the debugger, so that the page's own policy need not give way
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            for width, height in ((1400, 900), (390, 844)):
                page.set_viewport_size({"width": width, "height": height})
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
                serious += [f"{path} {scheme} {width}: {each}" for each in page.evaluate(RUN)]
    assert serious == []
