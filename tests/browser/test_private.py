"""An answer for one pair of eyes: the tick that says so is seen, kept, and never there where it cannot be heeded."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from socialwatch.store.tables import reply
from socialwatch.store.unit import Database

Enter = Callable[..., Page]
WORDS = "Stuur je maat hier maar, dan gaat er vandaag een nieuw paar op de post. ^Freek"


@pytest.fixture
def opened(enter: Enter, world: Database, seed: Any) -> Callable[..., Page]:
    """Freek's page of the dossier that a post is in."""

    def find(number: str, channel: str = "x") -> Page:
        page = enter()
        with world.read() as unit:
            case = seed.case_of(unit, number, channel)
        page.goto(f"/dossier/{case}")
        return page

    return find


def box(page: Page) -> Any:
    return page.get_by_label("Je antwoord", exact=True)


def tick(page: Page) -> Any:
    return page.get_by_role("checkbox", name="Privé: alleen voor de klant")


def audiences(database: Database) -> list[str]:
    with database.read() as unit:
        return list(unit.run(select(reply.c.audience).where(reply.c.text == WORDS)).scalars())


def test_the_tick_says_who_reads_it_and_survives_a_refusal(opened: Any, world: Database) -> None:
    page = opened("108", "facebook")
    expect(page.locator("#antwoord")).to_contain_text("zichtbaar voor iedereen", use_inner_text=True)
    box(page).fill("te lang " * 1_001)
    page.keyboard.press("Tab")
    expect(tick(page)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#antwoord")).to_contain_text("alleen voor de klant", use_inner_text=True)
    expect(page.locator("#antwoord")).not_to_contain_text("zichtbaar voor iedereen", use_inner_text=True)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("te lang voor Facebook")
    page.wait_for_load_state()  # or the keys below come before the scripts
    expect(tick(page)).to_be_checked()
    box(page).fill(WORDS)
    box(page).press("Control+Enter")
    said = page.locator("article[data-reply-state]", has_text=WORDS)
    expect(said.locator("header")).to_contain_text("privé")
    assert audiences(world) == ["private"]
    expect(tick(page)).not_to_be_checked()  # the next answer is a choice of its own


def test_a_draft_comes_back_as_private_as_it_was(opened: Any) -> None:
    page = opened("108", "facebook")
    box(page).fill("Half een geheim")
    tick(page).check()
    here = page.url
    page.goto("/inbox")
    page.goto(here)
    expect(box(page)).to_have_value("Half een geheim")
    expect(tick(page)).to_be_checked()


def test_the_tick_is_only_there_for_a_post_that_takes_it(opened: Any, world: Database) -> None:
    page = opened("101")
    on = page.get_by_label("Je antwoordt op")
    facebook, x = (
        page.locator("#naar option", has_text=name).get_attribute("value") for name in ("Facebook", "X vandaag")
    )
    on.select_option(facebook)
    tick(page).check()
    on.select_option(x)
    expect(tick(page)).to_be_hidden()
    on.select_option(facebook)
    expect(tick(page)).to_be_checked()
    on.select_option(x)
    box(page).fill(WORDS)
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("article[data-reply-state]", has_text=WORDS)).to_contain_text("onderweg")
    assert audiences(world) == ["public"]


def test_where_nothing_can_be_said_in_private_there_is_no_tick(opened: Any) -> None:
    page = opened("103")
    expect(box(page)).to_be_visible()
    expect(tick(page)).to_have_count(0)
