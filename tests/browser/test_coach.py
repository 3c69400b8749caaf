"""The reply box in a browser: the Meelezer, Esc, the private way, taking back, mending, building blocks."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import insert, select, update

from socialwatch.domain.voice import Voice
from socialwatch.store.tables import agent, building_block, reply
from socialwatch.store.unit import Database
from socialwatch.web.app import Desk, create_app
from socialwatch.web.serve import DeskServer

Enter = Callable[..., Page]
ASKS = "Hoi Marieke! Wat is je adres? Dan stuur ik een nieuw paar, een gat na drie maanden hoort niet."
GOOD = "Een gat na drie maanden, daar koop je geen wandelsokken voor. Je krijgt een nieuw paar van ons."
TELLS = "Een gat na drie maanden hoort niet. Er gaat een nieuw paar naar Dorpsstraat 1."


@pytest.fixture
def address(world: Database, seed: Any) -> Iterator[str]:
    """As everybody's desk, with a moment to take an answer back and a brand that signs."""
    voices = {seed.BRAND: Voice(signs=True)}
    desk = Desk(world, lambda: seed.NOW, {"sokkerij": "Sokkerij"}, voices=voices, undo=timedelta(seconds=45))
    started = threading.Event()
    server = DeskServer(create_app(desk), "127.0.0.1", 0, lambda _: started.set())
    thread = threading.Thread(target=server.serve_until_stopped)
    thread.start()
    assert started.wait(10)
    yield server.address
    server.stop()
    thread.join(5)
    assert not thread.is_alive()


@pytest.fixture
def opened(enter: Enter, world: Database, seed: Any) -> Callable[..., Page]:
    def find(number: str = "101", channel: str = "x", **how: Any) -> Page:
        page = enter(**how)
        with world.read() as unit:
            page.goto(f"/dossier/{seed.case_of(unit, number, channel)}")
        return page

    return find


def box(page: Page) -> Any:
    return page.get_by_label("Je antwoord", exact=True)


def says(page: Page) -> Any:
    return page.locator("[data-says]")


def states(database: Database, text: str) -> list[str]:
    with database.read() as unit:
        query = select(reply.c.state).where(reply.c.text.startswith(text)).order_by(reply.c.id)
        return list(unit.run(query).scalars())


def test_it_speaks_after_a_pause_and_goes_silent_by_itself(opened: Any) -> None:
    page = opened()
    box(page).fill(ASKS)
    expect(says(page)).to_contain_text("adres")
    expect(box(page)).to_be_focused()  # it never takes the focus
    expect(page.locator(".coach-said")).to_have_attribute("role", "status")
    page.get_by_text("Waarom?").click()
    expect(page.locator("[data-why]")).to_be_visible()
    page.get_by_role("button", name="Laat zien").click()
    assert page.evaluate("() => document.getSelection().toString()") == "adres"
    box(page).fill(GOOD)
    expect(says(page)).to_be_empty()


def test_esc_silences_it_in_this_case_and_it_can_be_asked_back(opened: Any) -> None:
    page = opened()
    box(page).fill(ASKS)
    expect(says(page)).not_to_be_empty()
    page.keyboard.press("Escape")
    expect(says(page)).to_be_empty()
    expect(box(page)).to_be_focused()
    page.reload()
    expect(page.get_by_text("De Meelezer is stil in dit dossier.")).to_be_visible()
    with page.expect_request("**/meelezer") as asked:
        page.get_by_role("button", name="Lees weer mee").click()
    assert asked.value.method == "POST"
    expect(says(page)).not_to_be_empty()


def test_what_everybody_would_read_is_stopped_and_offered_in_private(opened: Any, world: Database) -> None:
    page = opened()
    facebook = page.locator("#naar option", has_text="Facebook").get_attribute("value")
    page.get_by_label("Je antwoordt op").select_option(facebook)
    box(page).fill(TELLS)
    expect(says(page)).to_contain_text("Iedereen kan dit lezen")
    box(page).press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Zet de tik aan bij Privé")
    expect(box(page)).to_have_value(TELLS)
    page.get_by_role("button", name="Maak er een privébericht van").click()
    expect(page.get_by_role("checkbox", name="Privé: alleen voor de klant")).to_be_checked()
    expect(says(page)).not_to_contain_text("Iedereen kan dit lezen")
    box(page).press("Control+Enter")
    expect(page.get_by_role("button", name="Haal terug")).to_be_visible()
    assert states(world, TELLS) == ["prepared"]


def test_z_takes_an_answer_back_also_after_a_reload(opened: Any, world: Database) -> None:
    page = opened()
    box(page).fill(GOOD)
    expect(page.locator("[data-count]")).to_contain_text(str(len(f"{GOOD} ^Freek")))  # the sign-off counts
    box(page).press("Control+Enter")
    back = page.get_by_role("button", name="Haal terug")
    expect(back).to_be_visible()
    expect(page.locator("[data-left]")).to_contain_text("over")
    page.reload()
    expect(back).to_be_visible()
    page.keyboard.press("z")
    expect(box(page)).to_have_value(f"{GOOD} ^Freek")
    expect(back).to_have_count(0)
    assert states(world, GOOD) == ["taken_back"]
    page.goto("/inbox")
    page.go_back()
    expect(box(page)).to_have_value(f"{GOOD} ^Freek")
    box(page).press("Control+Enter")
    expect(page.locator("article[data-reply-state=prepared]")).to_contain_text(GOOD)
    assert states(world, GOOD) == ["taken_back", "prepared"]


def test_an_answer_that_stands_there_is_mended(opened: Any, world: Database) -> None:
    page = opened("106")
    box(page).fill(GOOD)
    box(page).press("Control+Enter")
    expect(page.get_by_role("button", name="Haal terug")).to_be_visible()
    with world.write() as unit:
        unit.run(update(reply).where(reply.c.text.startswith(GOOD)).values(state="sent", platform_id="r1"))
    page.reload()
    said = page.locator("article[data-reply-state=sent]", has_text=GOOD)
    said.get_by_role("link", name="herstel mijn antwoord").click()
    expect(page.locator(".mending")).to_contain_text("X laat niets aanpassen")
    expect(page.locator(".mending")).to_contain_text("$ 0,015")
    expect(box(page)).to_have_value(f"{GOOD} ^Freek")
    box(page).fill("Een gat na drie maanden hoort niet. Het nieuwe paar gaat morgen weg.")
    page.get_by_role("button", name="Herstellen").click()
    expect(page.get_by_role("button", name="Haal terug")).to_be_visible()
    with world.read() as unit:
        first, second = unit.run(select(reply).where(reply.c.text.startswith("Een gat na")).order_by(reply.c.id)).all()
    assert second.mends_id == first.id
    with world.write() as unit:
        unit.run(update(reply).where(reply.c.id == second.id).values(state="sent", platform_id="r2"))
    page.reload()
    expect(page.locator(f"#antwoord-{first.id}")).to_contain_text("vervangen")


def test_a_building_block_comes_by_its_name_or_from_the_list(opened: Any, world: Database) -> None:
    with world.write() as unit:
        freek = unit.run(select(agent.c.id).where(agent.c.name == "Freek")).scalar_one()
        values = {"brand": "sokkerij", "agent_id": freek, "name": "label", "text": "Het label zit in je mail."}
        unit.run(insert(building_block).values(values))
    page = opened()
    box(page).press_sequentially("Wat een gat! ;label")
    page.keyboard.press("Tab")
    expect(box(page)).to_have_value("Wat een gat! Het label zit in je mail.")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(box(page)).to_have_value("Wat een gat! ;label")
    box(page).fill("Wat een gat! ")
    page.locator(".blocks summary").click()
    page.get_by_role("button", name=";label").click()
    expect(box(page)).to_have_value("Wat een gat! Het label zit in je mail.")


def test_on_a_phone_the_button_stays_in_sight(opened: Any) -> None:
    page = opened(width=390, height=420)  # what the keyboard leaves
    box(page).click()
    box(page).fill(ASKS)
    expect(says(page)).not_to_be_empty()
    expect(page.get_by_role("button", name="Versturen")).to_be_in_viewport()
