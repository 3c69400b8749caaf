"""Pictures of every page of the desk on a Monday morning in the demo's world: python scripts/screenshots.py OUT.

`--minutes N` says how long the Inbox fills before anybody answers, `--only dossier,team` makes just those pictures.
"""

import argparse
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from sqlalchemy import select

from socialwatch import demo
from socialwatch.domain.case import LineKind
from socialwatch.playground.agents import Agents
from socialwatch.playground.script import packaged_agents
from socialwatch.store import gestures, standings
from socialwatch.store.tables import agent, case, line
from socialwatch.store.unit import Unit
from socialwatch.wiring import logs

SIZES = {"desk": {"width": 1400, "height": 900}, "phone": {"width": 390, "height": 844}}
WHO_TOLD_IT = "K-1001"  # the man with the hole in his sock
THE_PIN = "K-1073"  # the child's sock: a card whose steps come first
THREE_TIMES_NO = "K-1085"  # gestures, a promise for today, a rule set aside
ASKING = timedelta(minutes=10)
AT_WORK = timedelta(minutes=70)
STREAMS = ("mine", "nobody", "team", "later", "waiting", "chances", "done")
# What the Meelezer has something to say about: we know it.
ASKS = "Een gat bij je grote teen na drie maanden, dat hoort niet. Wat is je adres? Dan sturen we vandaag een paar."


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. `who` looks at it, nobody before signing in; `click` opens something first, where it is to be seen;
    `typed` is a draft of an answer; `whole` shows the page to its end.
    """

    name: str
    path: str
    who: str = "Freek"
    click: str = ""
    whole: bool = False
    typed: str = ""


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
    wanted.add_argument("--only", default="", help="names of pictures, with commas between them")
    chosen = wanted.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    logs.quiet()
    clock = demo.Clock(0.0)
    only = {each for each in chosen.only.split(",") if each}
    with demo.stage(clock, 0) as ready, demo.served(ready) as address:
        agents, filling = Agents(address, ready.world), timedelta(minutes=chosen.minutes)
        for answering, until, shots in (
            (Coffee(agents), filling, _filled),
            (agents, filling + ASKING, _asked),
            (agents, filling + AT_WORK, _worked),
        ):
            demo.play(ready, clock, answering, until)
            with ready.made.database.read() as unit:
                found = [each for each in shots(unit) if not only or each.name in only]
            _shoot(address, found, chosen.out)


def _filled(unit: Unit) -> list[Shot]:
    heaviest = standings.ranked(unit, demo.BRAND, 1)[0].id
    return [
        Shot("inbox", "/inbox"),
        Shot("vandaag", "/vandaag"),
        Shot("leiding", "/vandaag", "Wil"),
        Shot("zwaarste", f"/dossier/{heaviest}"),
        Shot("indruk", f"/dossier/{heaviest}", click=".correct summary"),
        Shot("meelezer", f"/dossier/{_first_case(unit, WHO_TOLD_IT)}", typed=ASKS),
        Shot("filters", "/inbox", click=".filters > summary"),
        Shot("toetsen", "/inbox", click="[data-help]"),
        Shot("inloggen", "/inloggen", ""),
        Shot("niets", "/bestaat-niet"),
        Shot("aanwezig", "/inbox", click=".presence-now"),
        Shot("protocol", f"/dossier/{_first_case(unit, THE_PIN)}", "Noor", whole=True),
        Shot("einde", "/einde-dienst", whole=True),
    ]


def _asked(unit: Unit) -> list[Shot]:
    asked = gestures.asked(unit, demo.BRAND)
    return [
        Shot("mag-dit", "/mag-dit", "Wil"),
        *(Shot("vraag", f"/mag-dit/{each.id}", "Wil") for each in asked[:1]),
    ]


def _worked(unit: Unit) -> list[Shot]:
    story, promised = (f"/dossier/{_first_case(unit, each)}" for each in (WHO_TOLD_IT, THREE_TIMES_NO))
    sought = unit.run(select(line.c.case_id).where(line.c.kind == LineKind.SOUGHT.value).limit(1)).scalar_one()
    one = unit.run(select(agent.c.id).where(agent.c.name == "Samira")).scalar_one()
    return [
        Shot("dossier", story),
        Shot("klant", story, whole=True),
        Shot("beloofd", promised, "Noor", whole=True),
        Shot("overdragen", promised, "Noor", click=".hand-over > summary"),
        Shot("later", promised, "Noor", click="[data-later] > summary"),
        Shot("afronden", promised, "Noor", click="[data-close] > summary"),
        Shot("geschiedenis", promised, "Noor", click=".history > summary"),
        Shot("samenvoegen", f"{story}/samenvoegen"),
        Shot("splitsen", f"{story}/splitsen"),
        Shot("vergeten", f"{story}/vergeten", "Wil"),
        Shot("wie", f"/dossier/{sought}", whole=True),
        Shot("bedankjes", "/bedankjes"),
        Shot("verhalen", "/klantverhalen"),
        Shot("opzij", "/inbox?stream=aside"),
        *(Shot(f"stroom-{each}", f"/inbox?stream={each}") for each in STREAMS),
        Shot("reputatie", "/reputatie"),
        Shot("ik", "/ik", whole=True),
        Shot("kanalen", "/beheer/kanalen", "Wil", whole=True),
        Shot("vastgelopen", "/beheer/vastgelopen", "Wil"),
        Shot("team", "/beheer/team", "Wil"),
        Shot("collega", f"/beheer/team/{one}", "Wil", whole=True),
        Shot("regels", "/beheer/regels", "Wil"),
        Shot("meldingen", "/beheer/meldingen", "Esra"),
    ]


def _first_case(unit: Unit, customer: str) -> int:
    mine = select(case.c.id).where(case.c.brand == demo.BRAND, case.c.customer_id == customer)
    return int(unit.run(mine.order_by(case.c.opened_at).limit(1)).scalar_one())


def _shoot(address: str, shots: Sequence[Shot], out: Path) -> None:
    with sync_playwright() as play:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        browser = play.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for size, scheme, who in product(SIZES, ("light", "dark"), dict.fromkeys(each.who for each in shots)):
            context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, locale="nl-NL")
            page = context.new_page()
            page.set_default_timeout(60_000)
            if who:
                _sign_in(page, address, who)
            for each in shots:
                if each.who == who:
                    _one(page, address, each, out / f"{each.name}-{size}-{scheme}.png")
            context.close()
        browser.close()


def _one(page: Any, address: str, shot: Shot, file: Path) -> None:
    page.goto(address + shot.path)
    if shot.click and page.is_visible(shot.click):
        page.click(shot.click)
    if shot.typed:
        page.get_by_label("Je antwoord", exact=True).fill(shot.typed)
        page.wait_for_selector("[data-says]:not(:empty)")
    page.wait_for_timeout(600)
    before = page.viewport_size
    if shot.whole:  # panes scroll by themselves: a window as high as the highest shows them to their end
        heights = "Math.max(...[...document.querySelectorAll('main, .pane')].map((each) => each.scrollHeight)) + 90"
        page.set_viewport_size({"width": before["width"], "height": max(before["height"], page.evaluate(heights))})
    page.screenshot(path=file)
    page.set_viewport_size(before)


def _sign_in(page: Any, address: str, who: str) -> None:
    row = next(each for each in packaged_agents() if each["name"] == who)
    page.goto(f"{address}/inloggen")
    page.fill("[name=email]", row["email"])
    page.fill("[name=password]", row["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("/(vandaag|reputatie)"))


if __name__ == "__main__":
    main()
