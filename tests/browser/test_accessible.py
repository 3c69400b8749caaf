"""No page has a serious finding of axe, by day and by night, on a desk and on a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

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
    "/inbox?stream=aside",
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
            yield from (f"{path} {scheme} {width}: {each}" for each in page.evaluate(RUN))


def test_axe_finds_nothing_serious_on_any_page(
    enter: Callable[..., Page], chromium: Browser, address: str, troubled: Database, seed: Any
) -> None:
    with troubled.read() as unit:
        dossiers = [
            f"/dossier/{seed.case_of(unit, number, channel)}"
            for number, channel in (("101", "x"), ("104", "x"), ("106", "x"), ("108", "facebook"), ("115", "x"))
        ]
    outside = chromium.new_page(base_url=address)
    serious = list(found(outside, "/inloggen"))
    outside.close()
    page = enter("Els")
    for path in (*PAGES, *dossiers):
        serious += found(page, path)
    serious += found(enter("Beheer"), "/beheer/meldingen")
    assert serious == []


def test_axe_does_see_what_is_wrong(enter: Callable[..., Page]) -> None:
    page = enter()
    page.evaluate("document.querySelector('.brand').insertAdjacentHTML('afterend', '<button></button>')")
    page.evaluate(AXE)
    assert "button-name at .bar > button" in page.evaluate(RUN)
