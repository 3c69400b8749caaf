"""Beheer in a real browser: what is wrong comes first, and what is stuck gets a second life by keyboard alone."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select, update

from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases, sources
from socialwatch.store.events import tell
from socialwatch.store.tables import job, source
from socialwatch.store.unit import Database

Enter = Callable[..., Page]


def ready(database: Database) -> list[str]:
    with database.read() as unit:
        return sorted(unit.run(select(job.c.step).where(job.c.state == "ready")).scalars())


def tab_to(page: Page, wanted: Locator, most: int = 30) -> int:
    """Press Tab until this has the focus, and see that it shows; gives back how often."""
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            assert wanted.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
            return presses
    raise AssertionError(f"not reached by {most} times Tab")


def test_the_worst_channel_stands_on_top_and_says_what_to_do(enter: Enter, troubled: Database) -> None:
    page = enter("Els")
    page.get_by_role("link", name="Beheer").click()
    names = ["Facebook", "Mail", "Bestand", "X", "Mastodon", "Bluesky"]
    expect(page.locator(".source-card h2")).to_have_text(names)
    expect(page.locator(".source-card .chip.condition")).to_have_text(
        ["staat stil", "lukt even niet", "loopt achter", "dagbudget op", "rustiger aan", "loopt"]
    )
    card = {name: page.get_by_role("region", name=name, exact=True) for name in names}
    expect(card["Facebook"]).to_contain_text("has been invalidated.")
    expect(card["Facebook"]).to_contain_text("tot iemand dit herstelt en socialwatch opnieuw start")
    expect(card["Mail"]).to_contain_text("3 keer achter elkaar")
    expect(card["X"]).to_contain_text("$ 5,12 van $ 5,00")
    expect(card["Mastodon"]).to_contain_text("Wat er vandaag van 12:25 tot 13:20 verscheen, kregen we niet binnen.")
    expect(card["Bluesky"]).to_contain_text("rechtstreeks verbonden")
    expect(card["Bluesky"]).not_to_contain_text("$")  # what costs nothing says nothing of money
    expect(page.get_by_role("region", name="Wat het kostte").first.get_by_role("row")).to_have_count(15)


def test_a_channel_that_is_mended_is_seen_without_a_reload(enter: Enter, troubled: Database, seed: Any) -> None:
    page = enter("Els")
    page.goto("/beheer/kanalen")
    expect(page.locator("[data-live-state]")).to_have_text("live")
    page.wait_for_timeout(600)
    with troubled.write() as unit:
        sources.resume(unit, "sokkerij/facebook")
        sources.polled(unit, "sokkerij/facebook", seed.NOW, 60)
        tell(unit, seed.BRAND, "source", None)
    expect(page.get_by_role("region", name="Facebook").locator(".condition")).to_have_text("loopt")
    expect(page.locator("#nieuws")).to_have_text("De kanalen zijn bijgewerkt")


def test_what_is_stuck_is_ticked_and_sent_back_by_keyboard(enter: Enter, troubled: Database) -> None:
    page = enter("Els")
    page.goto("/beheer/vastgelopen")
    expect(page.get_by_role("link", name="Beheer 4 vastgelopen")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the menu
    assert tab_to(page, page.get_by_role("checkbox", name="Kies klant erbij zoeken")) < 15
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # what is ticked, not the first of the list
    told = page.get_by_role("status").filter(has_text="1 taak gaat opnieuw de rij in.")
    expect(told).to_be_focused()  # so that Tab goes on from here
    assert ready(troubled) == ["identify"]
    expect(page.get_by_role("listitem").filter(has_text="Klant erbij zoeken")).to_have_count(0)
    expect(page.get_by_role("link", name="Beheer 3 vastgelopen")).to_be_visible()
    again = page.get_by_role("button", name="Opnieuw proberen: eerste indruk lezen")
    tab_to(page, again)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Beheer 2 vastgelopen")).to_be_visible()
    assert ready(troubled) == ["assess", "identify"]
    tab_to(page, page.get_by_role("button", name="Alles opnieuw"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="2 taken gaan opnieuw de rij in.")).to_be_focused()
    assert ready(troubled) == ["assess", "identify", "notify", "route"]
    expect(page.get_by_role("link", name="Beheer", exact=True)).to_be_visible()


def test_enter_on_a_tick_never_means_the_first_of_the_list(enter: Enter, troubled: Database) -> None:
    page = enter("Els")
    page.goto("/beheer/vastgelopen")
    page.get_by_role("checkbox").first.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Vink eerst aan wat je opnieuw wilt proberen.")
    expect(page.get_by_role("alert")).to_be_focused()
    assert ready(troubled) == []


def test_the_news_of_the_channels_is_one_line_until_asked_for(enter: Enter, troubled: Database, seed: Any) -> None:
    page = enter()
    news = page.locator("#kanaalnieuws")
    expect(news.locator("summary")).to_have_text(
        "Facebook staat stil. Mail lukt even niet. Bestand loopt achter. X wacht. Van Mastodon missen we iets. "
        "We lezen even langzamer: er wacht 1 bericht.",
        use_inner_text=True,
    )
    news.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(news.locator("summary")).to_have_text("Hoe de kanalen ervoor staan", use_inner_text=True)
    expect(news).to_contain_text("Er komt niets nieuws binnen tot iemand van beheer dit herstelt.")
    expect(news).not_to_contain_text("page_token")
    expect(news.get_by_role("link")).to_have_count(0)  # Beheer is not Freek's
    page.wait_for_timeout(600)
    with troubled.write() as unit:
        unit.run(update(source).where(source.c.kind == "mail").values(failures=0))
        tell(unit, seed.BRAND, "source", None)
    expect(news).not_to_contain_text("Mail lukt even niet")
    expect(news).to_have_attribute("open", "")  # it stays open while somebody reads it


def test_who_is_in_charge_gets_from_the_news_to_the_channels(enter: Enter, troubled: Database) -> None:
    page = enter("Els")
    page.locator("#kanaalnieuws summary").click()
    page.get_by_role("link", name="Bekijk de kanalen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kanalen")


def test_one_trouble_needs_no_unfolding_and_none_no_line(enter: Enter, world: Database, seed: Any) -> None:
    page = enter()
    expect(page.locator(".banner")).to_have_text("Facebook lukt even niet. We proberen het vanzelf opnieuw.")
    with world.write() as unit:
        sources.polled(unit, "sokkerij/facebook", seed.NOW, 60)
        cases.write(unit, seed.case_of(unit, "101"), Line(LineKind.NOTE, seed.NOW, agent_id=1, detail={"text": "x"}))
    page.goto("/inbox")
    expect(page.locator(".banner")).to_have_count(0)


def test_beheer_never_scrolls_sideways_on_a_phone(enter: Enter, troubled: Database) -> None:
    page = enter("Els", 360, 740)
    for path in ("/inbox", "/beheer/kanalen", "/beheer/vastgelopen", "/beheer/vastgelopen?opnieuw=0"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
