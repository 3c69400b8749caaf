"""The scripted agents, against a small app that keeps the promises of the real one's pages."""

import html
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest

from socialwatch.playground import World
from socialwatch.playground.agents import Agents
from socialwatch.playground.webpage import Visitor

ROWS = [
    {"name": "Freek", "email": "freek@sokkerij.example", "password": "geheim", "role": "agent"},
    {"name": "Noor", "email": "noor@sokkerij.example", "password": "geheim", "role": "agent"},
    {"name": "Marit", "email": "marit@sokkerij.example", "password": "geheim", "role": "brand"},
]


class App:
    """What the pages show, and what was sent to them."""

    def __init__(self) -> None:
        self.cases: dict[str, dict[str, Any]] = {}
        self.thanks: dict[str, str] = {}
        self.asks: list[str] = []
        self.sent: list[tuple[str, str, dict[str, str]]] = []
        self.opened: list[str] = []
        self.refuse = False

    def page(self, path: str) -> str:
        if path == "/inbox":
            rows = self.cases.items()
            return "".join(
                f'<a href="/dossier/{one}" data-case="{one}" data-owner="{case["owner"]}">x</a>' for one, case in rows
            )
        if path == "/bedankjes":
            return "".join(
                f'<article data-thanks="{one}" data-mention="{mention}"><form action="/bedankjes/{one}/antwoord">'
                f'<input name="csrf" value="c"><textarea name="text"></textarea></form></article>'
                for one, mention in self.thanks.items()
            )
        if path == "/mag-dit":
            return "".join(f'<a href="/mag-dit/{one}">x</a>' for one in self.asks)
        if path.startswith("/mag-dit/"):
            return f'<form action="{path}"><input name="csrf" value="c"></form>'
        case_id = path.rsplit("/", 1)[-1]
        self.opened.append(case_id)
        articles = "".join(
            f'<article data-mention="{html.escape(one)}">t</article>' for one in self.cases[case_id]["mentions"]
        )
        options = "".join(f'<option value="{one}">x</option>' for one in self.cases[case_id]["mentions"])
        return (
            f'{articles}<article data-own data-mention="x:1">wij</article><form action="/dossier/{case_id}/antwoord">'
            '<input type="hidden" name="csrf" value="c&amp;d"><input type="hidden" name="approval" value="uniek">'
            f'<select name="mention">{options}</select><textarea name="text"></textarea></form>'
            + "".join(
                f'<form action="/dossier/{case_id}/gebaar"><input name="csrf" value="c"><input name="cost" value="25">'
                f'<input name="kind" value="{kind}"></form>'
                for kind in ("voucher", "flowers")
            )
        )


class Handler(BaseHTTPRequestHandler):
    app: ClassVar[App]

    def do_GET(self) -> None:
        if self.path == "/inloggen":
            fields = '<input name="email"><input name="password"><input name="csrf" value="c">'
            return self.answer(200, f'<form action="/inloggen">{fields}</form>')
        if "sessie" not in (self.headers.get("cookie") or ""):
            return self.answer(303, "", {"Location": "/inloggen"})
        return self.answer(200, self.app.page(self.path))

    def do_POST(self) -> None:
        size = int(self.headers["content-length"])
        fields = {name: values[0] for name, values in parse_qs(self.rfile.read(size).decode()).items()}
        if self.path == "/inloggen":
            right = fields["password"] == "geheim" and fields["csrf"] == "c"
            where = {"Location": "/inbox", "Set-Cookie": f"sessie={fields['email']}; HttpOnly"} if right else {}
            return self.answer(303, "", where or {"Location": "/inloggen"})
        self.app.sent.append((self.headers["cookie"], self.path, fields))
        return self.answer(422 if self.app.refuse else 200, "ok")

    def answer(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        self.send_response_only(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def address(app: App) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"app": app}))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def name(world: World, key: str) -> str:
    post = world.scene().posts[key]
    return f"{post.channel}:{post.first_id}"


def test_the_owner_gives_the_scripted_answer_once(app: App, address: str, world: World, clock: Any) -> None:
    app.cases = {
        "1": {"owner": "Noor", "mentions": [name(world, "sok"), name(world, "kaal")]},
        "2": {"owner": "Iemand anders", "mentions": [name(world, "fb-sok")]},
    }
    agents = Agents(address, world, ROWS)
    done = agents.turn(clock())
    assert [(one.agent, one.where, one.mention, one.status) for one in done] == [("Noor", "1", name(world, "sok"), 200)]
    cookie, path, fields = app.sent[0]
    assert "noor" in cookie
    assert path == "/dossier/1/antwoord"
    assert fields == {
        "csrf": "c&d",
        "approval": "uniek",
        "mention": name(world, "sok"),
        "text": "Wat een tegenvaller, nieuwe zijn onderweg.",
    }
    assert agents.turn(clock()) == []
    assert len(app.sent) == 1


def test_the_newest_goes_first_and_the_rest_in_the_next_turn(app: App, address: str, world: World, clock: Any) -> None:
    app.cases = {"1": {"owner": "", "mentions": [name(world, "sok"), name(world, "fb-sok")]}}
    agents = Agents(address, world, ROWS)
    turns = [agents.turn(clock()) for _ in range(3)]
    answered = [one.mention for turn in turns for one in turn]
    assert answered == [name(world, "fb-sok"), name(world, "sok")]


def test_what_the_platform_already_has_is_not_answered_again(app: App, address: str, world: World, clock: Any) -> None:
    world.reply(world.scene().posts["sok"], "1", "Al gedaan")
    app.cases = {"1": {"owner": "Freek", "mentions": [name(world, "sok")]}}
    assert Agents(address, world, ROWS).turn(clock()) == []


def test_thanks_are_answered_on_their_own_page(app: App, address: str, world: World, clock: Any) -> None:
    world.reply(world.scene().posts["sok"], "1", "Al gedaan")
    clock.minutes(70)
    app.thanks = {"9": name(world, "dank")}
    done = Agents(address, world, ROWS).turn(clock())
    assert [(one.agent, one.what, one.text) for one in done] == [("Freek", "thanks", "Fijn, Jeroen!")]
    assert app.sent[0][1] == "/bedankjes/9/antwoord"


def test_a_refused_answer_is_reported_and_not_tried_again(app: App, address: str, world: World, clock: Any) -> None:
    app.refuse = True
    app.cases = {"1": {"owner": "Freek", "mentions": [name(world, "sok")]}}
    agents = Agents(address, world, ROWS)
    assert [one.status for one in agents.turn(clock())] == [422]
    assert agents.turn(clock()) == []


def test_cases_are_not_searched_for_ever(app: App, address: str, world: World, clock: Any) -> None:
    app.cases = {"1": {"owner": "Freek", "mentions": [name(world, "kaal")]}}
    agents = Agents(address, world, ROWS)
    for minute in range(60, 80):
        clock.minutes(minute)
        assert agents.turn(clock()) == []
    assert len(app.opened) < 10


def test_a_wrong_password_is_said(address: str, world: World, clock: Any) -> None:
    with pytest.raises(PermissionError, match="Freek"):
        Agents(address, world, [{**ROWS[0], "password": "fout"}]).turn(clock())


def test_a_page_is_read_with_its_choices(app: App, address: str, world: World) -> None:
    app.cases = {"1": {"owner": "Freek", "mentions": ["x:5", "x:6"]}}
    visitor = Visitor(address)
    visitor.post("/inloggen", {"email": "a", "password": "geheim", "csrf": "c"})
    page = visitor.get("/dossier/1")
    assert page.forms[0].choices == {"mention": ["x:5", "x:6"]}
    assert [one["data-mention"] for one in page.articles] == ["x:5", "x:6", "x:1"]


def test_a_deed_of_the_script_follows_the_answer(app: App, address: str, world: World, clock: Any) -> None:
    fields = {"kind": "flowers", "cost": "30", "what": "met een kaart"}
    post = {"channel": "x", "who": "els", "text": "@sokkerij kapot", "answer": "Dat maken we goed.", "key": "kapot"}
    world.say({**post, "deeds": [{"form": "gebaar", "fields": fields}]})
    app.cases = {"1": {"owner": "Noor", "mentions": [name(world, "kapot")]}}
    done = Agents(address, world, ROWS).turn(clock())
    assert [(one.what, one.status) for one in done] == [("answer", 200), ("gebaar", 200)]
    assert app.sent[1][1:] == ("/dossier/1/gebaar", {"csrf": "c", **fields})


def test_a_deed_for_later_waits_its_minutes(app: App, address: str, world: World, clock: Any) -> None:
    post = {"channel": "x", "who": "els", "text": "@sokkerij kapot", "answer": "Dat maken we goed.", "key": "kapot"}
    fields = {"kind": "flowers", "cost": "30", "what": "met een kaart"}
    world.say({**post, "deeds": [{"form": "gebaar", "fields": fields, "after": 10}]})
    app.cases = {"1": {"owner": "Noor", "mentions": [name(world, "kapot")]}}
    agents, now = Agents(address, world, ROWS), clock()
    turns = [agents.turn(now + timedelta(minutes=later)) for later in (0, 5, 10, 15)]
    assert [[one.what for one in turn] for turn in turns] == [["answer"], [], ["gebaar"], []]


def test_a_lead_says_yes_after_some_thought(app: App, address: str, world: World, clock: Any) -> None:
    app.asks = ["7"]
    agents = Agents(address, world, [{**ROWS[0], "role": "lead"}])
    assert agents.turn(clock()) == []
    clock.minutes(75)
    assert [(one.what, one.where) for one in agents.turn(clock())] == [("yes", "7")]
    assert app.sent[0][1:] == ("/mag-dit/7", {"csrf": "c", "verdict": "yes"})
