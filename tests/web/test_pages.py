"""Every page for every role: it shows, carries its policy, runs nothing, and a stranger's words stay words."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.store.tables import assessment
from socialwatch.web.headers import POLICY

PAGES = [
    "/inbox",
    *[f"/inbox?stream={name}" for name in ("all", "mine", "nobody", "waiting", "done", "aside")],
    "/inbox/rijen",
    "/bedankjes",
    "/bedankjes/lijst",
    "/reputatie",
    "/reputatie?days=28",
    "/reputatie?days=999",
    "/reputatie/cijfers",
    "/reputatie/berichten?start=0&end=4000000000",
    "/reputatie/berichten?start=0&end=4000000000&channel=x",
    "/reputatie/berichten?start=0&end=4000000000&hazard=safety",
    "/inloggen",
]
BEHEER = ["/beheer/kanalen", "/beheer/kanalen/lijst", "/beheer/vastgelopen", "/beheer/vastgelopen?pagina=7&opnieuw=2"]


class Scan(HTMLParser):
    """What could run or style itself in a page, and whether its tags close as they open."""

    VOID = frozenset({"meta", "link", "input", "br", "path", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.found += [f"{tag} {name}" for name in names if name.startswith(("on", "hx-on")) or name == "style"]
        self.found += [
            f"{tag} {value}" for value in names.values() if value and value.lower().startswith("javascript:")
        ]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        if "id" in names:
            self.ids.append(names["id"] or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open.pop() == tag, f"</{tag}> closes something else"


def scan(page: str) -> Scan:
    made = Scan()
    made.feed(page)
    assert made.open == []
    return made


def all_cases(seeded: Any, seed: Any) -> list[int]:
    with seeded.read() as unit:
        return sorted(
            {seed.case_of(unit, told.number, told.changes.get("channel", told.channel)) for told in seed.POSTS}
        )


@pytest.mark.parametrize("name", ["Freek", "Noor", "Els", "Bram", "Beheer"])
def test_every_page_shows_for_every_role(name: str, as_: Callable[[str], Any], seeded: Any, seed: Any) -> None:
    browser = as_(name)
    numbers = all_cases(seeded, seed)
    cases = [f"/dossier/{each}{part}" for each in numbers for part in ("", "/draad", "/klant", "/kijk")]
    leads = name in ("Els", "Beheer")
    assert [browser.get(path).status_code for path in BEHEER] == [200 if leads else 403] * 4
    for path in [*PAGES, *cases, *(BEHEER if leads else [])]:
        answer = browser.get(path)
        assert answer.status_code == (303 if path == "/inloggen" else 200), path
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        if answer.headers.get("content-type", "").startswith("text/html"):
            looked = scan(answer.text)
            assert looked.found == [], path
            assert len(looked.ids) == len(set(looked.ids)), path


def test_who_reads_along_gets_no_forms_but_the_way_out(as_: Callable[[str], Any], seeded: Any, seed: Any) -> None:
    bram = as_("Bram")
    assert bram.get("/").headers["location"] == "/reputatie"
    for number in all_cases(seeded, seed):
        forms = re.findall(r'<form method="post" action="([^"]*)"', bram.get(f"/dossier/{number}").text)
        assert forms == ["/uitloggen"]


def test_pages_without_a_session_carry_the_policy_too(visitor: Any) -> None:
    for path in ("/inloggen", "/nergens", "/static/desk.css", "/healthz"):
        assert visitor.get(path).headers["content-security-policy"] == POLICY
    assert scan(visitor.get("/inloggen").text).found == []


def test_a_strangers_words_are_shown_and_never_run(freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.read() as unit:
        number = seed.case_of(unit, "112")
    page = freek.get(f"/dossier/{number}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page
    assert "javascript:" not in page
    assert "A" * 500 in page


def test_a_long_post_and_one_of_only_emoji_are_shown_whole(freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.read() as unit:
        long, emoji = seed.case_of(unit, "113"), seed.case_of(unit, "114")
    page = freek.get(f"/dossier/{long}").text
    assert "Lang bericht" in page
    assert page.count("Ik wilde even kwijt hoe het ging.") >= 10_000 // 34
    assert "🤬🤬🤬🧦🧦❓" in freek.get(f"/dossier/{emoji}").text


def test_the_dossier_tells_what_we_know_and_why_it_is_here(freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.read() as unit:
        number = seed.case_of(unit, "101")
    page = freek.get(f"/dossier/{number}").text
    for told in (
        "Waarom hier",
        "Weten we al",
        "hoef je niet te vragen",
        "Eerste indruk",
        "Dit beslis je zelf",
        "SOK-19877",
        "gaf X-naam op bij bestelling",
        "€ 25,00",
        "<mark",
        'data-mention="x:101"',
        'data-mention="facebook:102"',
        "afgewezen",
    ):
        assert told in page, told


def test_the_queue_is_ranked_and_says_what_still_waits(freek: Any) -> None:
    page = freek.get("/inbox/rijen").text
    titles = re.findall(r'class="row-title">([^<]*)<', page)
    assert titles[0].startswith("Joost")
    assert titles[1].startswith("Marieke")
    assert "1 bericht krijgt nog een plek" in page
    assert "lukt even niet" in page


def test_an_edited_and_a_removed_post_say_so(freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.read() as unit:
        edited, gone = seed.case_of(unit, "108", "facebook"), seed.case_of(unit, "109")
    assert "aangepast" in freek.get(f"/dossier/{edited}").text
    page = freek.get(f"/dossier/{gone}").text
    assert "haalde dit bericht weg" in page
    assert "huwelijken" not in page


def test_a_post_in_another_language_is_said_to_be_read_with_less_certainty(freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.read() as unit:
        english, dutch = seed.case_of(unit, "115"), seed.case_of(unit, "114")
    assert "Geen Nederlands: dit is minder zeker." in freek.get(f"/dossier/{english}").text
    assert "minder zeker" not in freek.get(f"/dossier/{dutch}").text


def test_what_rules_said_is_said_to_come_from_rules(freek: Any, seeded: Any, seed: Any) -> None:
    with seeded.write() as unit:
        number = seed.case_of(unit, "114")
        unit.run(update(assessment).values(model="eigen-12345678+rules"))
    assert "de rest komt uit regels" in freek.get(f"/dossier/{number}").text


def test_a_broken_page_and_a_database_away_are_friendly(app: Any, freek: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from starlette.testclient import TestClient

    from socialwatch.errors import Unavailable
    from socialwatch.store import desk

    def away(*_: object) -> None:
        raise Unavailable("weg")

    monkeypatch.setattr(desk, "own_counts", away)
    answer = freek.get("/inbox")
    assert answer.status_code == 503
    assert "De database doet het even niet" in answer.text
    monkeypatch.setattr(desk, "own_counts", lambda *_: 1 / 0)
    calm = TestClient(app, raise_server_exceptions=False, cookies=freek.client.cookies)
    answer = calm.get("/inbox")
    assert answer.status_code == 500
    assert "ligt aan ons" in answer.text
    assert answer.headers["content-security-policy"] == POLICY


def test_no_page_has_a_figure_about_one_agent(as_: Callable[[str], Any]) -> None:
    for name in ("Els", "Bram", "Beheer"):
        page = as_(name).get("/reputatie").text
        main = page[page.index("<main") :]
        assert not [who for who in ("Freek", "Noor", "Els") if who in main]
