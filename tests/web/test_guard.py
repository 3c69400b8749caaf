"""The guard, over every route there is: a new one cannot slip past it, since these tests walk the routes themselves."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from socialwatch.store import cases
from socialwatch.web.auth import MACHINE_PATHS, OPEN_PATHS
from socialwatch.web.body import BODY_LIMIT

SAFE = {"GET", "HEAD", "OPTIONS"}
FOR_LEADS = "/vergeten"
MACHINES = MACHINE_PATHS | {"/webhooks/1", "/vraag/1"}  # the last is for customers, who know no session either
FIELDS = {"mention": "x:101", "approval": "a", "text": "hallo", "to": "1", "verdict": "there", "words": "Marieke"}
FIELDS |= {
    "kind": "voucher",
    "correction": "lower",
    "key": "formulier-1",
    "rule": "retour",
    "due": "2030-01-01T12:00",
    "until": "hour",
    "reply": "1",
    "place": "0",
    "tag": "maat",
    "other": "2",
    "post": "101",
}


def routes(app: FastAPI) -> Iterator[APIRoute]:
    """Every route of the application; the folder of static files is the only other thing it may have."""
    for each in app.routes:
        inside = each.original_router.routes if hasattr(each, "original_router") else [each]
        for route in inside:
            assert isinstance(route, APIRoute) or getattr(route, "path", "") == "/static", route
            if isinstance(route, APIRoute):
                yield route


def paths(app: FastAPI, *, unsafe: bool) -> list[str]:
    """The paths for people; those for machines know no session and are looked at apart."""
    found = [re.sub(r"\{[\w:]+\}", "1", each.path) for each in routes(app) if bool(each.methods - SAFE) is unsafe]
    return [each for each in found if each not in MACHINES]


def test_only_these_paths_know_no_people(app: FastAPI) -> None:
    every = {re.sub(r"\{[\w:]+\}", "1", each.path) for each in routes(app)}
    assert every >= MACHINES
    assert {each for each in every if not each.startswith("/")} == set()
    unsafe = {each.path for each in routes(app) if each.methods - SAFE}
    assert {each for each in unsafe if not each.startswith("/webhooks/")} & MACHINES == set()


@pytest.mark.parametrize("path", ["/healthz/1", "/metricsx", "/webhooks", "/Webhooks/1", "//webhooks/1"])
def test_what_only_looks_like_a_path_for_machines_is_guarded(visitor: Any, path: str) -> None:
    assert visitor.client.post(f"http://testserver{path}", data=FIELDS).status_code in (403, 404, 405)


def test_the_walk_finds_the_routes(app: FastAPI) -> None:
    assert len(paths(app, unsafe=False)) > 10
    assert len(paths(app, unsafe=True)) > 10


def test_unsafe_routes_refuse_what_does_not_come_from_our_own_page(app: FastAPI, freek: Any, as_: Any) -> None:
    token, others = freek.token, as_("Noor").token
    forged = [
        {"csrf": None, "headers": {"origin": "http://testserver"}},
        {"csrf": "geraden", "headers": {"origin": "http://testserver"}},
        {"csrf": others, "headers": {"origin": "http://testserver"}},
        {"csrf": token, "headers": {}},
        {"csrf": token, "headers": {"origin": "https://kwaad.example"}},
        {"csrf": token, "headers": {"origin": "null"}},
        {"csrf": token, "headers": {"sec-fetch-site": "cross-site"}},
        {"csrf": token, "headers": {"origin": "http://testserver", "sec-fetch-site": "same-site"}},
    ]
    for path in paths(app, unsafe=True):
        for each in forged:
            data = FIELDS | ({"csrf": each["csrf"]} if each["csrf"] else {})
            answer = freek.client.post(path, data=data, headers=each["headers"], follow_redirects=False)
            assert answer.status_code == 403, (path, each)


def test_sec_fetch_site_alone_is_enough_and_so_is_a_header_with_the_token(freek: Any) -> None:
    headers = {"sec-fetch-site": "same-origin", "x-csrf-token": freek.token}
    assert freek.client.post("/dossier/1/neem-over", headers=headers, follow_redirects=False).status_code == 303


def test_nobody_gets_anywhere_without_signing_in(app: FastAPI, visitor: Any) -> None:
    for path in paths(app, unsafe=False):
        answer = visitor.get(path)
        if path in OPEN_PATHS:
            assert answer.status_code == 200
        else:
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/inloggen")
    for path in set(paths(app, unsafe=True)) - OPEN_PATHS:
        assert visitor.post(path, **FIELDS).status_code == 403, path


def test_fragments_and_streams_of_an_ended_session_do_not_get_the_sign_in_page(visitor: Any) -> None:
    fragment = visitor.client.get("/inbox/rijen", headers={"hx-request": "true"}, follow_redirects=False)
    assert (fragment.status_code, fragment.headers["hx-redirect"]) == (204, "/inloggen")
    stream = visitor.client.get("/live", headers={"accept": "text/event-stream"}, follow_redirects=False)
    assert stream.status_code == 204


def test_who_reads_along_changes_nothing(app: FastAPI, as_: Callable[[str], Any]) -> None:
    bram = as_("Bram")
    for path in set(paths(app, unsafe=True)) - OPEN_PATHS - {"/uitloggen"}:
        if path.startswith("/inbox/"):  # to search, and to keep a filter of one's own, is to read
            continue
        answer = bram.post(path, **FIELDS)
        assert answer.status_code == 403, path
        assert "leest mee" in answer.text


def test_another_brand_is_not_there(app: FastAPI, freek: Any, as_: Any, seeded: Any, seed: Any) -> None:
    with seeded.read() as unit:
        theirs = seed.case_of(unit, "b1")
        mine = seed.case_of(unit, "101")
    els = as_("Els")
    for path in paths(app, unsafe=False):
        if path.startswith("/dossier/1"):
            who = els if path.endswith(FOR_LEADS) else freek
            assert who.get(path.replace("1", str(mine), 1)).status_code == 200, path
            assert who.get(path.replace("1", str(theirs), 1)).status_code == 404, path
    for path in paths(app, unsafe=True):
        if path.startswith("/dossier/1"):
            who = els if path.endswith(FOR_LEADS) else freek
            answer = who.post(path.replace("1", str(theirs), 1), **(FIELDS | {"verdict": _fitting(path)}))
            assert answer.status_code == 404, path
    buur = as_("Buur")
    assert buur.get(f"/dossier/{mine}").status_code == 404
    assert buur.post("/bedankjes/1/antwoord", text="dank", approval="x").status_code == 404
    assert buur.post("/antwoord/1/oordeel", verdict="there").status_code == 404
    assert "Marieke de Vries" not in buur.get("/inbox").text
    assert "Marieke de Vries" not in buur.get("/reputatie/berichten?start=0&end=4000000000").text
    with seeded.read() as unit:
        assert cases.by_id(unit, theirs).owner_id is None or cases.by_id(unit, theirs).brand == seed.OTHER


def _fitting(path: str) -> str:
    if path.endswith("/belofte"):
        return "yes"
    return "join" if "aanbod" in path else "right" if "klant" in path else "there"


def test_a_form_larger_than_any_of_ours_is_refused(freek: Any) -> None:
    assert freek.post("/dossier/1/notitie", text="a" * (BODY_LIMIT + 1)).status_code == 413


@pytest.mark.parametrize(("path", "status"), [("/dossier/1/notitie", 400), ("/dossier/1/pak", 413)])
def test_a_form_that_hides_its_size_is_read_no_further(freek: Any, path: str, status: int) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            yield b"a" * 65_536

    headers = {"origin": "http://testserver", "content-type": "application/x-www-form-urlencoded"}
    assert freek.client.post(path, content=endless(), headers=headers).status_code == status


@pytest.mark.parametrize("path", ["/nergens", "/dossier/999999", "/static/nergens.js"])
def test_what_is_not_there_is_said_kindly(freek: Any, path: str) -> None:
    answer = freek.get(path)
    assert answer.status_code == 404
    assert "Hier is niets" in answer.text
