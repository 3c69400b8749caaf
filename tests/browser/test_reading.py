"""The dossier as it is read, and two people in one case: in a real browser, by keyboard, and without a connection."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases, queue, replies
from socialwatch.store.tables import case
from socialwatch.store.unit import Database

Enter = Callable[..., Page]


@pytest.fixture
def number(world: Database, seed: Any) -> int:
    with world.read() as unit:
        return int(seed.case_of(unit, "101"))


@pytest.fixture
def nobodys(world: Database, seed: Any) -> int:
    with world.read() as unit:
        return int(seed.case_of(unit, "113"))


def insulted(world: Database, seed: Any) -> None:
    with world.write() as unit:
        words = "Dat zeiden die hufters aan de telefoon ook al, echt waar hoor, en nu?"
        seed._arrive(unit, replace(seed.POSTS[0], number="901", text=words, ago=3))


def test_a_mark_tells_why_by_hover_by_key_and_by_description(enter: Enter, number: int) -> None:
    page = enter()
    page.goto(f"/dossier/{number}")
    mark = page.locator("mark[role=button]").first
    note = page.locator(f"#{mark.get_attribute('aria-describedby')}")
    expect(note).to_be_hidden()
    mark.hover()
    expect(note).to_be_visible()
    expect(note).to_contain_text("viel de eerste indruk zwaarder uit")
    page.mouse.move(0, 0)
    expect(note).to_be_hidden()
    mark.focus()
    page.keyboard.press("Enter")
    mark.blur()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    assert f"/dossier/{number}" in page.url  # Esc put the note away, and nothing else


def test_an_insult_unfolds_and_stays_so_while_the_thread_is_refreshed(
    enter: Enter, world: Database, seed: Any, number: int
) -> None:
    insulted(world, seed)
    page = enter()
    page.goto(f"/dossier/{number}")
    insult = page.locator("button.insult").first
    expect(insult.locator(".bare")).to_be_hidden()
    insult.focus()
    page.keyboard.press("Enter")
    expect(insult.locator(".bare")).to_be_visible()
    page.wait_for_timeout(600)
    with world.write() as unit:
        cases.write(unit, number, Line(LineKind.NOTE, seed.NOW, agent_id=1, detail={"text": "Even iets anders"}))
    expect(page.locator("#draad")).to_contain_text("Even iets anders")
    expect(insult.locator(".bare")).to_be_visible()


def test_one_key_corrects_the_first_impression_and_the_inbox_follows(enter: Enter, number: int) -> None:
    page = enter()
    page.goto(f"/dossier/{number}")
    row = page.locator(f"#rij-{number}")
    expect(row).to_contain_text("hoog")
    page.keyboard.press("i")
    expect(page.get_by_role("button", name="Frustratie te hoog")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator(".judged")).to_contain_text("het telt nu als flink")
    expect(page.locator(f"#rij-{number} .meter-word")).to_have_text("flink")
    page.get_by_role("button", name="Maak ongedaan").press("Enter")
    expect(page.locator(".judged")).to_have_count(0)
    expect(page.locator(f"#rij-{number} .meter-word")).to_have_text("hoog")


def test_a_call_is_noted_and_stops_the_clock(enter: Enter, number: int) -> None:
    page = enter()
    page.goto(f"/dossier/{number}")
    page.locator("#bellen > summary").press("Enter")
    assert page.locator(".tel").get_attribute("href") == "tel:0612345678"
    page.locator("#gebeld-minuten").fill("7")
    page.get_by_label("Wat is er gezegd").fill("Ze is opgelucht.")
    page.get_by_role("button", name="Leg vast").press("Enter")
    expect(page.locator("article[data-call]")).to_contain_text("Ze is opgelucht.")
    expect(page.locator(".case-meta")).to_contain_text("wacht op klant")


def test_two_agents_see_each_other_come_type_and_go(enter: Enter, nobodys: int) -> None:
    freek, noor, els = enter("Freek"), enter("Noor"), enter("Els")
    freek.goto(f"/dossier/{nobodys}")
    freek.wait_for_timeout(600)
    noor.goto(f"/dossier/{nobodys}")
    expect(freek.locator("[data-around-who]")).to_have_text("Noor kijkt mee")
    expect(noor.locator("[data-around-who]")).to_have_text("Freek kijkt mee")
    assert freek.locator("[data-around-who]").get_attribute("role") == "status"
    noor.get_by_label("Je antwoord", exact=True).press_sequentially("Wat een verhaal")
    expect(freek.locator("[data-around-who]")).to_have_text("Noor schrijft")
    expect(freek.locator(".case-meta")).to_contain_text("van Noor")  # who begins owns what nobody owned
    expect(els.locator(f"[data-looking='{nobodys}']")).to_have_text("Noor schrijft en Freek kijkt mee")
    noor.goto("/inbox")
    expect(freek.locator("[data-around-who]")).to_have_text("")


def test_what_a_colleague_answers_meanwhile_is_told_before_sending(enter: Enter, number: int) -> None:
    freek, noor = enter("Freek"), enter("Noor")
    for page in (freek, noor):
        page.goto(f"/dossier/{number}")
    freek.wait_for_timeout(600)
    freek.get_by_label("Je antwoord", exact=True).fill("Wat balen, Marieke.")
    noor.get_by_label("Je antwoord", exact=True).fill("Ik ga hier achteraan, Marieke. ^Noor")
    noor.get_by_role("button", name="Versturen").click()
    expect(freek.locator("[data-around-crossed]")).to_contain_text("Noor antwoordde net, terwijl jij schreef.")
    freek.get_by_role("button", name="Versturen").click()
    expect(freek.get_by_role("alert")).to_contain_text("Noor antwoordde net")
    assert freek.get_by_label("Je antwoord", exact=True).input_value() == "Wat balen, Marieke."
    freek.get_by_role("button", name="Versturen").click()
    expect(freek.locator("article[data-reply-state]", has_text="Wat balen, Marieke.")).to_be_visible()


def test_taking_over_is_said_to_who_had_it(enter: Enter, world: Database, seed: Any) -> None:
    with world.read() as unit:
        number = seed.case_of(unit, "113")
    freek, noor = enter("Freek"), enter("Noor")
    freek.goto(f"/dossier/{number}")
    freek.get_by_role("button", name="Ik pak 'm").click()
    expect(freek.locator(".case-meta")).to_contain_text("van Freek")
    noor.goto(f"/dossier/{number}")
    noor.locator(".take-over > summary").press("Enter")
    noor.get_by_label("Waarom je het overneemt").fill("Ik ken haar.")
    noor.get_by_role("button", name="Ik neem het over").press("Enter")
    expect(noor.locator(".case-meta")).to_contain_text("van Noor")
    freek.goto("/vandaag")
    expect(freek.locator("main")).to_contain_text("Dit dossier ligt nu bij Noor: Ik ken haar.")


def test_a_lost_connection_keeps_the_words_and_catches_up(
    enter: Enter, world: Database, seed: Any, number: int
) -> None:
    page = enter()
    page.goto(f"/dossier/{number}")
    expect(page.locator("[data-live-state]")).to_have_text("live")
    box = page.get_by_label("Je antwoord", exact=True)
    box.fill("Ik was nog bezig")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")  # the stream is gone, as on a train
    with world.write() as unit:
        cases.write(unit, number, Line(LineKind.NOTE, seed.NOW, agent_id=2, detail={"text": "In de tunnel geschreven"}))
    page.wait_for_timeout(1500)
    expect(page.locator("#draad")).not_to_contain_text("In de tunnel geschreven")
    page.evaluate("window.dispatchEvent(new Event('pageshow'))")
    expect(page.locator("#draad")).to_contain_text("In de tunnel geschreven")
    assert box.input_value() == "Ik was nog bezig"


def test_the_sock_story_by_keyboard_alone(enter: Enter, world: Database, seed: Any, number: int) -> None:
    page = enter()
    expect(page.locator("[data-live-state]")).to_have_text("live")
    chosen = page.locator(f"a.row.chosen[data-case='{number}']")
    for _ in range(20):
        page.keyboard.press("j")
        if chosen.count():
            break
    expect(chosen).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/dossier/{number}*")
    page.keyboard.press("c")  # what we know: the address and the size need not be asked
    assert page.evaluate("Boolean(document.activeElement.closest('.known'))")
    page.keyboard.press("r")
    page.keyboard.type("Wat een domper, Marieke, en dan ook nog 'slijtage'. Nieuwe gaan vandaag op de post. ^Freek")
    page.keyboard.press("Control+Enter")
    page.wait_for_load_state()
    expect(page.locator("article[data-reply-state]").last).to_contain_text("onderweg")
    expect(page.locator("[data-up=yes]")).to_be_visible()
    with world.write() as unit:
        held = queue.claim(unit, "say")
        assert held is not None
        told = replies.by_id(unit, held.jobs[0].subject)
        replies.become(unit, told.id, replies.ReplyState.SENDING)
        replies.become(unit, told.id, replies.ReplyState.SENT, platform_id="771", sent_at=seed.NOW)
        cases.write(unit, number, Line(LineKind.REPLY, seed.NOW, "public", told.agent_id, told.mention_id, told.id))
        queue.ack(unit, held)
    expect(page.locator("article[data-reply-state]").last).to_contain_text("geplaatst")
    expect(page.locator(".case-meta")).to_contain_text("wacht op klant")
    with world.write() as unit:
        happy = {"kind": seed.Kind.THANKS, "frustration": 0.0, "level": 0, "answer": 0, "feelings": (), "hazards": ()}
        seed._arrive(
            unit, replace(seed.POSTS[0], number="977", text="Dank je wel Freek, wat een service!", ago=-1, **happy)
        )
    expect(page.locator("#draad")).to_contain_text("wat een service")
    expect(page.locator(".mood")).to_contain_text("→ bedankt")
    page.keyboard.press("Escape")
    page.wait_for_url("**/inbox*")
    with world.read() as unit:
        assert unit.run(select(case.c.due_since).where(case.c.id == number)).scalar_one() is None
