"""No page has a serious finding of axe, by day and by night, on a desk and on a phone."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from socialwatch.domain.gesture import GestureState, Kind
from socialwatch.domain.survey import sealed
from socialwatch.store import agents, gestures, situations, stories, surveys
from socialwatch.store.unit import Database

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter((each) => ['serious', 'critical'].includes(each.impact))
    .flatMap((each) => each.nodes.map((node) => each.id + ' at ' + node.target.join(' ')))"""
SIZES = ((1400, 900), (390, 844))
PAGES = (
    "/vandaag",
    "/ik",
    "/inbox",
    "/inbox?hazard=safety",
    "/inbox/zoek?words=sokken",
    *(
        f"/inbox?stream={stream}"
        for stream in ("mine", "nobody", "team", "later", "waiting", "chances", "done", "aside")
    ),
    "/bedankjes",
    "/klantverhalen",
    "/reputatie",
    "/beheer",
    "/beheer/kanalen",
    "/beheer/vastgelopen",
    "/beheer/vastgelopen?opnieuw=2",
    "/beheer/team",
    "/beheer/team/1",
    "/beheer/regels",
    "/mag-dit",
    "/einde-dienst",
)
NAME = "een-naam-die-niemand-raadt"


def found(page: Page, path: str) -> Iterator[str]:
    """What axe says of one page in every look it has: loaded once, because all looks are one style sheet's."""
    page.goto(path)
    expect(page.locator("[data-chart]:empty")).to_have_count(0)
    page.evaluate(AXE)  # by the debugger, so that the page's own policy need not give way
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                yield f"{path} {width}: scrolls sideways"
            yield from (f"{path} {scheme} {width}: {each}" for each in page.evaluate(RUN))


@pytest.fixture
def dossiers(troubled: Database, seed: Any) -> list[str]:
    told = (("101", "x"), ("103", "x"), ("104", "x"), ("106", "x"), ("108", "facebook"), ("113", "x"), ("115", "x"))
    with troubled.read() as unit:
        return [f"/dossier/{seed.case_of(unit, number, channel)}" for number, channel in told]


@pytest.fixture
def told(troubled: Database, seed: Any, dossiers: list[str]) -> list[str]:
    """Pages that are there once something happened: a story, two situations, a question to the lead."""
    numbers = [int(each.rsplit("/", 1)[1]) for each in dossiers]
    with troubled.write() as unit:
        people = {each.name: each for each in agents.everyone(unit, seed.BRAND)}
        els, freek = people["Els"], people["Freek"]
        draft = gestures.Draft(seed.BRAND, numbers[0], freek.id, Kind.VOUCHER, "formulier-1", cost=Decimal(60))
        asks = gestures.record(unit, draft, GestureState.ASKED, seed.NOW)
        story = stories.begin(unit, els, numbers[2], ("Een dag te laat", "Het kwam toch goed."), seed.NOW)
        running = situations.begin(unit, seed.BRAND, "Knoopjes laten los", els.id, seed.NOW)
        offered = situations.begin(unit, seed.BRAND, "De site doet het niet", None, seed.NOW)
        for number, cases in ((running, numbers[:2]), (offered, numbers[3:5])):
            found = situations.by_id(unit, seed.BRAND, number)
            assert found is not None
            situations.add(unit, found, cases, seed.NOW, els.id if number == running else None)
    day = (int((seed.NOW - timedelta(days=1)).timestamp()), int(seed.NOW.timestamp()))
    return [
        f"/mag-dit/{asks.id}",
        f"/klantverhalen/{story}",
        f"/klantverhalen/{story}/schrijven",
        f"/situatie/{running}",
        f"/situatie/{offered}",
        f"/situatie/nieuw?dossier={numbers[5]}",
        f"/reputatie/berichten?start={day[0]}&end={day[1]}",
        *(f"{dossiers[0]}/{page}" for page in ("vergeten", "samenvoegen", "splitsen")),
    ]


@pytest.fixture
def asked(troubled: Database, seed: Any, survey_secret: str) -> str:
    with troubled.write() as unit:
        surveys.plan(unit, seed.case_of(unit, "110", "facebook"), "sanne@example.nl", seed.NOW)
        (waiting,) = surveys.due(unit, seed.NOW)
        assert surveys.begin(unit, waiting.id, NAME, seed.NOW)
        surveys.became(unit, waiting.id, surveys.SENT)
    return f"/vraag/{sealed(survey_secret, NAME)}"


def test_axe_finds_nothing_serious_on_a_page_for_everybody(
    chromium: Browser, address: str, troubled: Database, asked: str
) -> None:
    outside = chromium.new_page(base_url=address)
    serious = [each for path in ("/inloggen", "/bestaat-niet", asked, "/vraag/onzin") for each in found(outside, path)]
    outside.close()
    assert serious == []


def test_axe_finds_nothing_serious_on_any_page(enter: Callable[..., Page], troubled: Database) -> None:
    page = enter("Els")
    serious = [each for path in PAGES for each in found(page, path)]
    serious += found(enter("Beheer"), "/beheer/meldingen")
    assert serious == []


def test_a_chart_that_was_drawn_wider_does_not_widen_its_page(enter: Callable[..., Page]) -> None:
    page = enter("Els")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/reputatie")
    expect(page.locator("[data-chart]:empty")).to_have_count(0)
    # As it stands between the turn of a phone and its next drawing.
    page.locator("[data-chart] svg").first.evaluate("(each) => { each.parentElement.style.width = '800px'; }")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_axe_finds_nothing_serious_in_a_dossier_and_what_becomes_of_it(
    enter: Callable[..., Page], dossiers: list[str], told: list[str]
) -> None:
    page = enter("Els")
    assert [each for path in (*dossiers, *told) for each in found(page, path)] == []


def test_axe_does_see_what_is_wrong(enter: Callable[..., Page]) -> None:
    page = enter()
    page.evaluate("document.querySelector('.brand').insertAdjacentHTML('afterend', '<button></button>')")
    page.evaluate(AXE)
    assert "button-name at .bar > button" in page.evaluate(RUN)
