"""Two thank-yous on one card, a story, and the question afterwards on a phone: by keyboard, by axe, scriptless."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from socialwatch.domain.assessment import Kind
from socialwatch.domain.survey import sealed
from socialwatch.store import surveys
from socialwatch.store.tables import reply, survey
from socialwatch.store.unit import Database

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
NAME = "een-naam-die-niemand-raadt"
WORDS = "Wat lief dat je ook op Facebook schreef. Fijn dat het goed kwam. ^Freek"


def serious(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


@pytest.fixture
def mailed(world: Database, seed: Any) -> None:
    told = seed.Told(
        "302", "Sanne", "Nog even per mail: echt top, dank je wel!", 1, "mail", kind=Kind.THANKS, frustration=0.0,
        level=0, answer=0, changes={"audience": "private", "url": None}, customer="k3",
    )  # fmt: skip
    with world.write() as unit:
        seed._arrive(unit, told)


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_two_in_one_card_are_answered_where_she_wrote_last(
    mailed: None, enter: Callable[..., Page], world: Database, width: int, scheme: str
) -> None:
    page = enter(width=width, scheme=scheme)
    page.goto("/bedankjes")
    card = page.locator("article.thanks-card")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("en per mail")
    box = card.get_by_role("textbox", name="Je antwoord per mail, waar Sanne het laatst schreef")
    expect(box).to_have_accessible_description("Sanne schreef ook op Facebook: noem dat gerust.")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box.fill(WORDS)
    box.press("Control+Enter")
    expect(card.locator(".post.own")).to_contain_text(WORDS)
    expect(card.get_by_role("textbox")).to_have_count(0)
    with world.read() as unit:
        assert unit.run(select(reply.c.text).order_by(reply.c.id.desc()).limit(1)).scalar_one() == WORDS


def test_a_story_is_told_from_a_thank_you(mailed: None, enter: Callable[..., Page]) -> None:
    page = enter()
    page.goto("/bedankjes")
    page.get_by_role("button", name="Maak er een klantverhaal van").click()
    expect(page.get_by_role("textbox", name="Verhaal")).to_have_value(re.compile("Toestemming: we hebben"))
    assert serious(page) == []
    page.get_by_role("textbox", name="Titel").fill("Drie weken wachten, één uur werk")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Drie weken wachten, één uur werk")
    assert serious(page) == []
    page.goto("/klantverhalen")
    expect(page.get_by_role("link", name="Drie weken wachten, één uur werk")).to_be_visible()
    assert serious(page) == []


@pytest.fixture
def link(world: Database, seed: Any, survey_secret: str) -> str:
    with world.write() as unit:
        number = seed.case_of(unit, "110", "facebook")
        surveys.plan(unit, number, "sanne@example.nl", seed.NOW)
        (waiting,) = surveys.due(unit, seed.NOW)
        assert surveys.begin(unit, waiting.id, NAME, seed.NOW)
        unit.run(update(survey).values(state="sent"))
    return f"/vraag/{sealed(survey_secret, NAME)}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("script", [True, False])
def test_the_question_is_answered_on_a_phone_with_and_without_script(
    chromium: Browser, address: str, link: str, world: Database, scheme: str, script: bool
) -> None:
    context = chromium.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, color_scheme=scheme, java_script_enabled=script
    )  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(link)
    if script:
        assert serious(page) == []
    page.get_by_role("radio", name="8", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="9", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Snel geholpen.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank je wel")
    if script:
        assert serious(page) == []
    with world.read() as unit:
        found = unit.run(select(survey)).one()
    assert (found.score, found.words, found.state) == (9, "Snel geholpen.", "answered")
    assert complaints == []
    context.close()
