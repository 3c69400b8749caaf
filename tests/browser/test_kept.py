"""In a real browser: nothing typed is lost, no press does a thing twice, and the focus stays where it was."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import update

from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases
from socialwatch.store.tables import reply
from socialwatch.store.unit import Database

Enter = Callable[..., Page]


def case_of(world: Database, seed: Any, post: str) -> int:
    with world.read() as unit:
        return int(seed.case_of(unit, post))


@pytest.fixture
def lotte(world: Database, seed: Any) -> int:
    """A case of Noor's, about which somebody else comes to look."""
    number = case_of(world, seed, "106")
    with world.write() as unit:
        cases.assign(unit, number, 2, seed.NOW, {"by": 2})
    return number


def test_letters_in_a_colleagues_dossier_lead_where_they_say(enter: Enter, lotte: int) -> None:
    page = enter()
    page.goto(f"/dossier/{lotte}")
    page.keyboard.press("a")
    expect(page.locator("details:not(.take-over) > summary", has_text="Overdragen")).to_be_visible()
    expect(page.get_by_label("Aan", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name="Ik neem het over")).to_be_hidden()


def test_escape_closes_what_is_open_before_it_leaves_the_dossier(enter: Enter, lotte: int) -> None:
    page = enter()
    page.goto(f"/dossier/{lotte}")
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Rond af")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Rond af")).to_be_hidden()
    expect(page.locator("details[data-close] > summary")).to_be_focused()
    page.get_by_role("button", name="Je staat op").click()
    page.keyboard.press("Escape")
    expect(page.locator("#aanwezig")).to_be_hidden()
    assert page.url.endswith(f"/dossier/{lotte}")
    page.keyboard.press("Escape")
    page.wait_for_url("**/inbox?*")


def note(page: Page, words: str) -> None:
    page.keyboard.press("n")
    page.keyboard.type(words)


def test_a_note_outlives_a_line_that_broke_when_it_was_sent(enter: Enter, lotte: int) -> None:
    page = enter()
    page.goto(f"/dossier/{lotte}")
    page.route("**/notitie", lambda route: route.abort("internetdisconnected"))
    note(page, "Lotte belde zelf al")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(500)
    page.unroute("**/notitie")
    page.goto("/vandaag")
    page.goto(f"/dossier/{lotte}")
    expect(page.locator("#notitie")).to_have_value("Lotte belde zelf al")
    page.keyboard.press("n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#draad")).to_contain_text("Lotte belde zelf al")
    expect(page.locator("#notitie")).to_have_value("")


def test_words_about_a_call_outlive_a_refusal(enter: Enter, lotte: int) -> None:
    page = enter()
    page.goto(f"/dossier/{lotte}")
    page.get_by_text("Bel nu").click()
    page.get_by_label("Minuten", exact=True).first.fill("tien")
    page.get_by_label("Wat is er gezegd").fill("Ze wil graag bruine sokken")
    page.get_by_role("button", name="Leg vast").click()
    page.get_by_role("link", name="Terug").click()
    expect(page.locator("#gebeld-over")).to_have_value("Ze wil graag bruine sokken")


def test_what_was_changed_in_an_answer_that_came_back_survives_a_reload(
    enter: Enter, world: Database, seed: Any, lotte: int
) -> None:
    page = enter()
    page.goto(f"/dossier/{lotte}")
    page.get_by_label("Je antwoord", exact=True).fill("Sorry, Lotte.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#draad")).to_contain_text("Sorry, Lotte.")
    with world.write() as unit:
        mine = reply.c.text == "Sorry, Lotte."
        told = unit.run(update(reply).where(mine).values(state="failed").returning(reply.c.id)).scalar_one()
    page.goto(f"/dossier/{lotte}?again={told}")
    box = page.get_by_label("Je antwoord", exact=True)
    expect(box).to_have_value("Sorry, Lotte.")
    box.fill("Sorry, Lotte. Dat had niet gemogen.")
    page.reload()
    expect(box).to_have_value("Sorry, Lotte. Dat had niet gemogen.")


def test_two_quick_presses_do_it_once_and_leave_the_way_back(enter: Enter) -> None:
    page = enter()
    page.keyboard.press("j")
    page.keyboard.press("e")
    button = page.locator("dialog#doe").get_by_role("button", name="Rond af")
    expect(button).to_be_focused()
    page.evaluate("() => { const b = document.querySelector('#doe .button.main'); b.click(); b.click(); }")
    expect(page.locator("#melding")).to_contain_text("Dit dossier is afgerond.")
    page.wait_for_timeout(700)
    expect(page.locator("#melding [data-undo]")).to_be_visible()


def test_the_inbox_catches_up_when_somebody_leaves_the_search_box(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    title = page.locator("[data-rows] a.row .row-title").first.inner_text()
    page.keyboard.press("/")
    with world.write() as unit:
        row = page.locator("[data-rows] a.row").first.get_attribute("data-case")
        cases.write(unit, int(row or 0), Line(LineKind.CLOSED, seed.NOW, agent_id=2))
    page.wait_for_timeout(2500)
    expect(page.locator("[data-rows]")).to_contain_text(title)  # nothing moves under somebody who types
    page.keyboard.press("Escape")
    expect(page.locator("[data-rows]")).not_to_contain_text(title)


def test_a_search_says_what_it_found_and_keeps_the_focus_when_it_is_asked_anew(
    enter: Enter, world: Database, seed: Any
) -> None:
    page = enter()
    page.keyboard.press("/")
    page.keyboard.type("femke")
    page.keyboard.press("Enter")
    expect(page.locator("#nieuws")).to_have_text("1 dossier")
    expect(page.locator("a.row.chosen")).to_be_focused()
    with world.write() as unit:
        cases.write(unit, case_of(world, seed, "104"), Line(LineKind.NOTE, seed.NOW, agent_id=2, detail={"text": "x"}))
    page.wait_for_timeout(2500)
    expect(page.locator("a.row.chosen")).to_be_focused()


def test_control_enter_presses_the_button_of_its_form(enter: Enter, world: Database, seed: Any, lotte: int) -> None:
    page = enter()
    page.goto(f"/dossier/{lotte}")
    page.get_by_text("Zelf iets beloofd").click()
    page.get_by_label("Wat", exact=True).fill("terugbellen")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Verzetten").click()
    page.get_by_label("Nieuw moment").fill("2026-11-25T09:00")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#gebaren")).to_contain_text("wo 25 nov 09:00")


def test_a_clock_goes_on_although_nothing_happens(enter: Enter) -> None:
    page = enter()
    asked: list[str] = []

    def keep(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    page.route("**/inbox/rijen*", keep)
    page.clock.install()
    page.reload()
    page.clock.fast_forward(61_000)
    page.wait_for_timeout(700)
    assert asked
    expect(page.locator("#nieuws")).to_have_text("")  # a minute that passed is no news


def test_figures_in_a_chart_are_written_as_we_write_them(enter: Enter) -> None:
    page = enter("Bram")
    page.goto("/reputatie")
    page.wait_for_selector("[data-chart=frustration] svg")
    said = page.evaluate(
        "() => echarts.getInstanceByDom(document.querySelector('[data-chart=frustration]')).getOption()"
        ".tooltip[0].valueFormatter(1234.5)"
    )
    assert said == "1.234,5"


def test_enter_on_a_step_of_the_card_keeps_it_and_does_not_put_the_card_away(
    enter: Enter, world: Database, seed: Any
) -> None:
    page = enter()
    page.goto(f"/dossier/{case_of(world, seed, '103')}")
    page.evaluate("document.querySelectorAll('.protocol-maybe').forEach((each) => (each.open = true))")
    page.locator(".protocol input[type=checkbox]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#draad")).to_contain_text("gedaan.")
    expect(page.locator(".protocol")).to_have_count(1)
