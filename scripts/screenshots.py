"""Screenshots of the desk on a Monday morning in the demo's world: python scripts/screenshots.py OUT [--minutes N]."""

import argparse
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from sqlalchemy import select

from socialwatch import demo
from socialwatch.playground.agents import Agents
from socialwatch.store import cases
from socialwatch.store.tables import case
from socialwatch.store.unit import Unit
from socialwatch.wiring import logs

SIZES = {"desk": {"width": 1400, "height": 900}, "phone": {"width": 390, "height": 844}}
FREEK = ("freek@sokkerij.example", "twee linkersokken in de regen")
WHO_TOLD_IT = "K-1001"  # the man with the hole in his sock
AT_WORK = timedelta(minutes=70)


class Coffee:
    """Agents who are there and answer nothing, so that the Inbox fills."""

    def __init__(self, agents: Agents) -> None:
        self._agents = agents

    def turn(self, now: datetime) -> list[demo.Done]:
        self._agents.arrive(now)
        return []


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("out", type=Path)
    wanted.add_argument("--minutes", type=int, default=80, help="how long the Inbox fills before anybody answers")
    chosen = wanted.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    logs.quiet()
    clock = demo.Clock(0.0)
    with demo.stage(clock, 0) as ready, demo.served(ready) as address:
        agents, filling = Agents(address, ready.world), timedelta(minutes=chosen.minutes)
        demo.play(ready, clock, Coffee(agents), filling)
        with ready.made.database.read() as unit:
            story = _first_case(unit, WHO_TOLD_IT)
            heaviest = cases.ranked(unit, demo.BRAND, 1)[0].id
        _shoot(address, {"inbox": "/inbox", "zwaarste": f"/dossier/{heaviest}"}, chosen.out)
        demo.play(ready, clock, agents, filling + AT_WORK)
        pages = {"vandaag": "/vandaag", "dossier": f"/dossier/{story}", "bedankjes": "/bedankjes"}
        pages |= {"opzij": "/inbox?stream=aside", "reputatie": "/reputatie"}
        pages |= {"team": "/beheer/team", "einde": "/einde-dienst"}
        _shoot(address, pages, chosen.out)


def _first_case(unit: Unit, customer: str) -> int:
    mine = select(case.c.id).where(case.c.brand == demo.BRAND, case.c.customer_id == customer)
    return int(unit.run(mine.order_by(case.c.opened_at).limit(1)).scalar_one())


def _shoot(address: str, pages: dict[str, str], out: Path) -> None:
    with sync_playwright() as play:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        browser = play.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for size, viewport in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="nl-NL")
                page = context.new_page()
                _sign_in(page, address, FREEK)
                for name, path in pages.items():
                    page.goto(address + path)
                    page.wait_for_timeout(600)
                    page.screenshot(path=out / f"{name}-{size}-{scheme}.png")
                context.close()
        browser.close()


def _sign_in(page: Any, address: str, who: tuple[str, str]) -> None:
    page.goto(f"{address}/inloggen")
    page.fill("[name=email]", who[0])
    page.fill("[name=password]", who[1])
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("/(vandaag|reputatie)"))


if __name__ == "__main__":
    main()
