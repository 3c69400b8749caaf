"""Does any of 10,000 hostile texts break a page? Run: python -m tests.bench.hostile [--texts 10000] [--write].

Every text stands as an author's name, handle and address, a title, a post, a note, an answer, and in the order system's
copy, in pages that the real templates made, and a real Chromium says what broke. The same desk with plain words says
how many elements a row and a post should have.
"""

import argparse
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import bindparam, select, update

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.reply import ReplyState
from socialwatch.store import cases
from socialwatch.store.tables import agent, case, contact, customer, line, mention, order, order_line, reply
from socialwatch.store.unit import Database, Unit
from socialwatch.web.app import Desk, create_app
from socialwatch.web.serve import DeskServer
from tests.bench import chapter, hostile_texts
from tests.chaos import simulated_ground as ground
from tests.web import seed

ROWS = 60  # as many as the Inbox shows
WIDTHS = (1400, 390)
LOOK = (Path(__file__).parent / "hostile.js").read_text(encoding="utf-8")
# The skeleton of each row and post: which elements, in which order. A link out is there or not by its address.
BONES = """() => [...document.querySelectorAll('[data-rows] > li, article.post')].map((one) =>
    [...one.querySelectorAll('*')].filter((each) => !each.closest('.outside')).map((each) => each.tagName).join(' '))"""
REFUSED = """addEventListener('securitypolicyviolation', (event) =>
    (window.__refused = window.__refused || []).push(event.violatedDirective + ' ' + event.blockedURI))"""


@dataclass(frozen=True, slots=True)
class Stage:
    """A filled desk: the cases of the Inbox, and the one dossier in which the same words are a long thread."""

    database: Database
    cases: Sequence[int]
    dossier: int


@dataclass(slots=True)
class Found:
    """What was looked at, and what broke how often, with the first place of each."""

    texts: int = 0
    pages: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def note(self, where: str, sentence: str) -> None:
        kind = sentence.split(":")[0]
        self.broken[kind] += 1
        self.examples.setdefault(kind, f"{where}: {sentence}"[:400])


def stage(database: Database) -> Stage:
    """A desk with plain words, filled by the trip that posts make."""
    plain = replace(seed.POSTS[4], text="Mijn sok is stuk", ago=5.0, changes={})
    seed.seed(database)
    with database.write() as unit:
        for number in range(ROWS):
            seed._arrive(unit, replace(plain, number=f"r{number}", who=f"Afzender {number}"))
            seed._arrive(unit, replace(plain, number=f"d{number}", who="Marieke Lang", customer="k1"))
        found = [seed.case_of(unit, f"r{number}") for number in range(ROWS)]
        dossier = seed.case_of(unit, "d0")
        _talk(unit, dossier, [f"d{number}" for number in range(ROWS)])
        unit.run(update(case).where(case.c.id.in_(found)).values(rank=1000.0, owner_id=2))
    return Stage(database, found, dossier)


def _talk(unit: Unit, number: int, posts: Sequence[str]) -> None:
    """All of these posts in one case, with notes and answers between them."""
    unit.run(update(mention).where(mention.c.native_id.in_(posts)).values(case_id=number))
    theirs = select(mention.c.id).where(mention.c.native_id.in_(posts))
    unit.run(update(line).where(line.c.mention_id.in_(theirs)).values(case_id=number))
    unit.run(update(case).where(case.c.id == number).values(customer_id="k1"))
    for minutes in range(10):
        at = seed.NOW - timedelta(minutes=minutes)
        cases.write(unit, number, Line(LineKind.NOTE, at, agent_id=1, detail={"text": "Gebeld"}))
    who = replace(seed.Agent(1, seed.BRAND, "", "", seed.Role.AGENT, seed.Presence.AVAILABLE, seed.Mandate()))
    seed._answer(unit, number, who, "Wat vervelend", ReplyState.FAILED, 3)


def sound(text: str, longest: int = 20_000) -> str:
    """As the edge stores it: without NUL and lone surrogates, cut to its column."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")[:longest]


def dress(on: Stage, words: Sequence[str]) -> None:
    """Put these words everywhere a stranger's words can come."""
    with on.database.write() as unit:
        _posts(unit, on, words)
        _order_system(unit, words)
        unit.run(update(agent).where(agent.c.id == 2).values(name=sound(words[5], 80) or "Noor"))
        unit.run(
            update(reply).where(reply.c.case_id == on.dossier).values(text=sound(words[6]), reason=sound(words[8]))
        )
        notes = select(line.c.id).where(line.c.case_id == on.dossier, line.c.kind == LineKind.NOTE.value)
        for place, number in enumerate(unit.run(notes).scalars().all()):
            unit.run(update(line).where(line.c.id == number).values(detail={"text": sound(words[place + 9])}))


def _posts(unit: Unit, on: Stage, words: Sequence[str]) -> None:
    at = [words[place % len(words)] for place in range(ROWS * 2)]
    titles = [{"one": number, "title": sound(at[place], 200)} for place, number in enumerate(on.cases)]
    unit.run(update(case).where(case.c.id == bindparam("one")), titles)
    unit.run(update(case).where(case.c.id == on.dossier).values(title=sound(at[3], 200)))
    posts = [
        {
            "one": f"{kind}{place}",
            "text": sound(at[place]),
            "author_name": sound(at[place + 7], 200),
            "author_handle": sound(at[place + 13], 200) or "iemand",
            "url": sound(f"https://x.example/{at[place + 20]}", 2000),
        }
        for kind in "rd"
        for place in range(ROWS)
    ]
    unit.run(update(mention).where(mention.c.native_id == bindparam("one")), posts)


def _order_system(unit: Unit, words: Sequence[str]) -> None:
    mine = order.c.customer_id == "k1"
    unit.run(update(customer).where(customer.c.id == "k1").values(name=sound(words[1], 200), city=sound(words[2], 100)))
    sold = {"carrier": sound(words[3], 80), "tracking": sound(words[4], 80), "recipient": sound(words[7], 200)}
    unit.run(update(order).where(mine).values(card_text=sound(words[8]), **sold))
    unit.run(update(order_line).values(product=sound(words[9], 300) or "Sok", size=sound(words[10], 40)))
    said = {"menu": sound(words[11], 80), "asked": sound(words[12]), "answered": sound(words[13])}
    unit.run(update(contact).where(contact.c.customer_id == "k1").values(**said))


def look(page: Page, on: Stage, found: Found, bones: dict[str, list[str]]) -> None:
    """Both pages on both screens. Without known bones these become the bones."""
    for path in ("/inbox", f"/dossier/{on.dossier}"):
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.goto(path)
        seen = page.evaluate(BONES)
        if bones.setdefault(path, seen) != seen:
            found.note(path, f"another structure: {_first_difference(bones[path], seen)}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found.pages += 1
            for sentence in page.evaluate(LOOK):
                found.note(f"{path} at {width}", sentence)


def _first_difference(plain: Sequence[str], seen: Sequence[str]) -> str:
    if len(plain) != len(seen):
        return f"{len(seen)} rows and posts, where plain words make {len(plain)}"
    return next(f"{b} instead of {a}" for a, b in zip(plain, seen, strict=True) if a != b)


def watch(page: Page, found: Found, address: str) -> None:
    """What the browser itself says: errors, refusals, and whatever it asks of another host."""
    page.add_init_script(REFUSED)
    page.on("console", lambda said: found.note("console", said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda problem: found.note("script", str(problem)))
    page.on("dialog", lambda asked: (found.note("dialog", asked.message), asked.dismiss()))
    outside = lambda asked: None if asked.url.startswith((address, "data:")) else found.note("outside", asked.url)  # noqa: E731
    page.on("request", outside)


def run(page: Page, on: Stage, words: Sequence[str], found: Found) -> Found:
    """Plain words first, then all of these, as many at once as the Inbox has rows."""
    bones: dict[str, list[str]] = {}
    look(page, on, found, bones)
    for start in range(0, len(words), ROWS):
        some = list(words[start : start + ROWS])
        dress(on, (some * ROWS)[:ROWS])
        before = sum(found.broken.values())
        look(page, on, found, bones)
        found.texts += len(some)
        if sum(found.broken.values()) > before:
            print(f"texts {start} to {start + len(some)}: {sum(found.broken.values()) - before} broken", flush=True)
    return found


@contextmanager
def served(database: Database) -> Iterator[str]:
    app = create_app(Desk(database, lambda: seed.NOW, {seed.BRAND: "Sokkerij"}))
    started = threading.Event()
    server = DeskServer(app, "127.0.0.1", 0, lambda _: started.set())
    thread = threading.Thread(target=server.serve_until_stopped)
    thread.start()
    try:
        if not started.wait(30):
            raise RuntimeError("the desk did not start")
        yield server.address
    finally:
        server.stop()
        thread.join(10)


def sign_in(page: Page, name: str = "Freek") -> None:
    page.goto("/inloggen")
    page.fill("[name=email]", f"{name.lower()}@sokkerij.example")
    page.fill("[name=password]", seed.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("header.bar")


def whole(count: int) -> Found:
    found, words = Found(), hostile_texts.texts(count)
    with ground.prepared("sqlite") as url, sync_playwright() as player:
        on = stage(Database(url))
        browser = player.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with served(on.database) as address:
            page: Any = browser.new_context(base_url=address).new_page()
            page.set_default_timeout(120_000)
            watch(page, found, address)
            sign_in(page)
            run(page, on, words, found)
            browser.close()
        on.database.close()
    return found


def report(found: Found, seconds: float) -> list[str]:
    lines = [
        f"{found.texts:,} texts made by hypothesis, each as author, handle, address, title, post and answer, note or",
        f"order, on {found.pages:,} pages (Inbox with {ROWS} rows, a dossier of {ROWS} posts, 1400 and 390 wide) in",
        f"Chromium: {sum(found.broken.values())} broken. It took {seconds / 60:.0f} minutes.",
    ]
    return lines + [f"- {count} × {found.examples[kind]}" for kind, count in found.broken.most_common()]


def main(arguments: Sequence[str] | None = None) -> int:
    given = argparse.ArgumentParser(prog="python -m tests.bench.hostile")
    given.add_argument("--texts", type=int, default=10_000)
    given.add_argument("--write", action="store_true", help="into docs/quality.md")
    asked = given.parse_args(arguments)
    start = time.perf_counter()
    found = whole(asked.texts)
    lines = report(found, time.perf_counter() - start)
    print("\n".join(lines))
    if asked.write:
        chapter.put("Hostile texts", lines)
    return 1 if found.broken else 0


if __name__ == "__main__":
    sys.exit(main())
