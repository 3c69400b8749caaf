"""The desk in a real browser: an answer from sign-in to *geplaatst*, live, by keyboard, on a phone, uncomplaining."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.reply import ReplyState
from socialwatch.store import cases, queue, replies
from socialwatch.store.unit import Database

Enter = Callable[..., Page]


def send_all(database: Database, now: Any) -> list[str]:
    """What the worker would do: take what was approved, and say it went well. Gives back the texts."""
    with database.write() as unit:
        held = queue.claim(unit, "say")
        assert held is not None
        sent = []
        for job in held.jobs:
            told = replies.by_id(unit, job.subject)
            replies.become(unit, told.id, ReplyState.SENDING)
            replies.become(unit, told.id, ReplyState.SENT, platform_id=f"77{told.id}", sent_at=now)
            if told.case_id is not None:
                line = Line(LineKind.REPLY, now, "public", told.agent_id, told.mention_id, told.id)
                cases.write(unit, told.case_id, line)
            sent.append(told.text)
        queue.ack(unit, held)
    return sent


def test_sign_in_open_the_top_dossier_answer_and_see_it_sent(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    page.locator("[data-rows] a.row").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Joost")
    words = "Wat een schrik, Joost. Gaat het goed met je zoontje? Ik bel je nu. ^Freek"
    page.get_by_label("Je antwoord", exact=True).fill(words)
    expect(page.locator("[data-count]")).to_have_text(f"{len(words)} / 280")
    page.get_by_role("button", name="Versturen").click()
    answer = page.locator("article[data-reply-state]", has_text=words)
    expect(answer).to_contain_text("onderweg")
    marked = page.evaluate("window.stillTheSamePage = true")
    assert marked is True
    assert send_all(world, seed.NOW) == [words]
    expect(answer).to_contain_text("geplaatst")
    expect(page.locator(".case-meta")).to_contain_text("wacht op klant")
    assert page.evaluate("window.stillTheSamePage") is True  # it came live, without a reload
    assert page.get_by_label("Je antwoord", exact=True).input_value() == ""


def test_a_new_case_appears_in_the_open_inbox(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    expect(page.locator("[data-live-state]")).to_have_text("live")
    page.wait_for_timeout(600)
    fresh = replace(seed.POSTS[2], number="555", who="Nieuwkomer", ago=0.5)
    with world.write() as unit:
        seed._arrive(unit, fresh)
    expect(page.locator("[data-rows]")).to_contain_text("Nieuwkomer")
    expect(page.locator("#nieuws")).to_have_text("De Inbox is bijgewerkt")


def test_typing_goes_on_while_the_thread_is_refreshed(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    with world.read() as unit:
        number = seed.case_of(unit, "101")
    page.goto(f"/dossier/{number}")
    box = page.get_by_label("Je antwoord", exact=True)
    box.fill("Ik ben nog aan het")
    box.focus()
    page.wait_for_timeout(600)
    with world.write() as unit:
        cases.write(unit, number, Line(LineKind.NOTE, seed.NOW, agent_id=1, detail={"text": "Collega kijkt mee"}))
    expect(page.locator("#draad")).to_contain_text("Collega kijkt mee")
    page.keyboard.type(" schrijven")
    assert box.input_value() == "Ik ben nog aan het schrijven"


def test_drafts_survive_a_reload_and_leave_when_sent(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    with world.read() as unit:
        number = seed.case_of(unit, "101")
    page.goto(f"/dossier/{number}")
    page.get_by_label("Je antwoord", exact=True).fill("Half een gedachte")
    page.reload()
    assert page.get_by_label("Je antwoord", exact=True).input_value() == "Half een gedachte"
    page.get_by_label("Je antwoord", exact=True).press("Control+Enter")
    expect(page.locator("article[data-reply-state]", has_text="Half een gedachte")).to_contain_text("onderweg")
    assert page.get_by_label("Je antwoord", exact=True).input_value() == ""


def test_the_whole_way_by_keyboard(enter: Enter) -> None:
    page = enter()
    page.keyboard.press("j")
    expect(page.locator("a.row.chosen")).to_have_count(1)
    first = page.locator("a.row.chosen .row-title").inner_text()
    page.keyboard.press("j")
    second = page.locator("a.row.chosen .row-title").inner_text()
    assert first != second
    expect(page.locator("#kijk h1")).to_have_text(second)
    page.keyboard.press("k")
    expect(page.locator("a.row.chosen .row-title")).to_have_text(first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dossier/*")  # the Inbox shows the same heading beside the queue
    expect(page.locator("h1.case-title")).to_have_text(first)
    page.keyboard.press("r")
    page.keyboard.type("jk?")
    assert page.get_by_label("Je antwoord", exact=True).input_value() == "jk?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Toetsen van één letter gebruiken").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Escape")
    page.wait_for_url("**/inbox?*")
    expect(page.locator("a.row.chosen .row-title")).to_have_text(first)  # the place is kept
    page.keyboard.press("j")
    expect(page.locator("a.row.chosen .row-title")).to_have_text(first)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_never_scrolls_sideways(enter: Enter, world: Database, seed: Any, scheme: str) -> None:
    page = enter("Freek", 360, 740, scheme)
    with world.read() as unit:
        numbers = [seed.case_of(unit, each) for each in ("101", "112", "113", "115", "104")]
    dossiers = [f"/dossier/{each}" for each in numbers]
    for path in ["/inbox", "/inbox?stream=aside", *dossiers, "/bedankjes", "/reputatie"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_the_charts_are_drawn(enter: Enter) -> None:
    page = enter("Bram")
    page.goto("/")
    page.wait_for_url("**/reputatie")
    expect(page.locator(".chart svg")).to_have_count(5)
    page.locator("table a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bericht")


def test_two_pages_see_each_others_work(enter: Enter, world: Database, seed: Any) -> None:
    freek, noor = enter("Freek"), enter("Noor")
    with world.read() as unit:
        number = seed.case_of(unit, "106")
    for page in (freek, noor):
        page.goto(f"/dossier/{number}")
    freek.wait_for_timeout(600)
    noor.get_by_role("button", name="Ik pak 'm").click()
    expect(freek.locator(".case-meta")).to_contain_text("van Noor")
