"""Web, pollers and workers on hosts of their own against one PostgreSQL; the polling host dies or loses its cable."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from socialwatch.store import queue, sources
from socialwatch.store.unit import Database
from tests.chaos import leaders, netns, proof, timeline, trial
from tests.chaos.host import SOURCE
from tests.chaos.netns import Host
from tests.chaos.postgres import Server
from tests.chaos.trial import Trial, Verdict

FULL = 6
ENGINES = ("postgresql",)
LEASE = 2.0  # seconds
WITHIN = 3 * LEASE  # until another host polls
SETTLED = 300.0  # seconds until what is not done counts as lost; a busy machine starts programs slowly
POSTS = 60  # between two faults
PORT = 8377
_ASK = f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:{PORT}/inloggen', timeout=10).status)"


@dataclass
class Field:
    """Who runs where. Two hosts can poll; the first also serves the desk, and a third has two workers."""

    hosts: list[Host]
    url: str
    posts: Path
    pollers: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    others: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    written: int = 0

    def poller(self, place: int) -> "subprocess.Popen[bytes]":
        return self.start(self.hosts[place], "poll")

    def start(self, host: Host, duty: str) -> "subprocess.Popen[bytes]":
        words = (sys.executable, "-m", "tests.chaos.host", duty, self.url, str(LEASE), str(self.posts))
        return host.start(*words)

    def publish(self, number: int) -> None:
        with self.posts.open("a", encoding="utf-8") as file:
            for each in range(self.written, self.written + number):
                file.write(json.dumps(_line(each)) + "\n")
        self.written += number


def run(given: Trial) -> Verdict:
    """`times` faults, in turn a kill -9 of the polling host and its cable pulled."""
    assert given.server is not None, "this row needs a PostgreSQL of its own"
    apart = given.apart and netns.possible()
    trial.prepare(given.url, "file")
    with _field(given.server, apart) as there:
        database = Database(given.url, pool_size=2)
        there.publish(POSTS)
        _settle(database, there)
        takeovers = [_strike(database, there, number, apart) for number in range(given.times)]
        desk = there.hosts[0].ask(sys.executable, "-c", _ASK)
        _settle(database, there)
        found = proof.count(database, there.written) | leaders.log(database) | {"integrity": proof.integrity(database)}
        database.close()
    found |= {"faults": given.times, "namespaces": apart, "takeovers": takeovers, "desk": desk}
    clean = [found[each] for each in ("lost", "doubled", "stray", "left", "dead", "backward", "shared")]
    told = (
        f"web, 2 pollers and 2 workers in {'three network namespaces' if apart else 'separate processes'},"
        f" {given.times} polling hosts lost: polled by the other within {max(takeovers)} s at a lease of {LEASE} s;"
        f" {found['posts']} posts, {found['lost']} lost, {found['doubled']} doubled, the desk answers {desk}"
    )
    held = not any(clean) and max(takeovers) <= WITHIN and desk == "200" and found["integrity"] == "ok"
    return Verdict(held, told, found)


@contextmanager
def _field(server: Server, apart: bool) -> Iterator[Field]:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="socialwatch-hosts-")))
        if apart:
            hosts = stack.enter_context(netns.hosts(("swone", "swtwo", "swthree")))
            server.stop("fast")
            replace(server, listen=netns.DATABASE).start()
            stack.callback(server.stop, "immediate")
            url = f"postgresql+psycopg://postgres@{netns.DATABASE}/socialwatch"
        else:
            hosts, url = [Host(None)] * 3, server.url
        there = Field(hosts, url, home / "posts.jsonl")
        there.posts.touch()
        try:
            there.pollers = [there.poller(place) for place in range(2)]
            there.others = [_desk(there, home), *(there.start(hosts[2], "work") for _ in range(2))]
            yield there
        finally:
            for each in (*there.pollers, *there.others):
                _end(each)


def _desk(there: Field, home: Path) -> "subprocess.Popen[bytes]":
    config = home / "socialwatch.toml"
    config.write_text(f'[database]\nurl = "{there.url}"\n[web]\nport = {PORT}\n', encoding="utf-8")
    return there.hosts[0].start(sys.executable, "-m", "socialwatch", "web", "--config", str(config))


def _strike(database: Database, there: Field, number: int, apart: bool) -> float:
    """Take the polling host away in the middle of its work; gives back the seconds until another stored a page."""
    term = proof.terms(database)[-1]
    place = _polling(database, there)
    there.publish(POSTS)
    time.sleep(0.1)
    began = time.monotonic()
    cut = apart and number % 2 == 1
    if cut:
        there.hosts[place].cut()
    else:
        _end(there.pollers[place])
    there.publish(POSTS)
    while time.monotonic() - began < 60 and proof.terms(database)[-1] == term:
        time.sleep(0.02)
    took = round(time.monotonic() - began, 2)
    if cut:
        there.hosts[place].mend()
    else:
        there.pollers[place] = there.poller(place)
    _settle(database, there)
    return took


def _polling(database: Database, there: Field) -> int:
    """The place of the host that stored the last page."""
    last = leaders.last(database)
    assert last is not None
    return [each.pid for each in there.pollers].index(last[1])


def _settle(database: Database, there: Field) -> None:
    """Wait until every line of the file is stored and nothing is left to do."""
    ends = time.monotonic() + SETTLED
    while time.monotonic() < ends:
        with database.read() as unit:
            left, known = queue.depth(unit), sources.one(unit, SOURCE)
        assert known is not None
        if left.ready + left.leased == 0 and json.loads(known.cursor or "{}").get("lines") == there.written:
            return
        time.sleep(0.1)


def _line(number: int) -> dict[str, Any]:
    found = timeline.post(number)
    author = {"id": found.author.id, "handle": found.author.handle} if found.author else None
    when = found.created_at.isoformat()
    return {"channel": found.channel, "id": found.id, "text": found.text, "created_at": when, "author": author}


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The hard way; `ip netns exec` becomes the program it starts, so the number is right."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
