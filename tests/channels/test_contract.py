"""What every channel promises, tried on X and Facebook in the playground, on open networks, a mailbox and a file."""

import json
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from socialwatch.domain.channel import Channel, Page
from socialwatch.errors import Halted, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.plugs import load

SECRETS = (
    "playground-app-token",
    "playground-consumer-secret",
    "playground-access-secret",
    "playground-page-token",
    "facebook-geheim",
    "bluesky-geheim",
    "mastodon-geheim",
)
OPEN = ("bluesky", "mastodon")


@dataclass
class Bench:
    """One channel under test, and how to make something happen on its other side."""

    kind: str
    channel: Channel
    clock: Any
    say: Callable[[str], None]
    world: Any = None

    def poll(self, cursor: str | None = None) -> list[Page]:
        return list(self.channel.poll(cursor, self.clock()))

    def ids(self, pages: list[Page]) -> list[str]:
        return [one.id for page in pages for one in page.mentions]


def _file_bench(path: Path, clock: Any) -> Bench:
    def say(text: str) -> None:
        number = path.read_text().count("\n") if path.exists() else 0
        row = {"channel": "forum", "id": f"n{number}", "text": text, "created_at": clock().isoformat()}
        with path.open("a") as file:
            file.write(json.dumps(row) + "\n")

    for number in range(30):
        say(f"gat {number}")
    return Bench("file", load("channels", "file", {"path": str(path), "brand": "sokkerij"}), clock, say)


def _open_bench(kind: str, network: Any, section: dict[str, Any]) -> Bench:
    """An open network with 27 posts of the last three hours."""

    def say(text: str) -> None:
        network.say({"who": "bram", "text": text})

    now = network.clock.now
    for number in range(27):
        network.clock.now = now - timedelta(minutes=170 - number)
        say(f"gat {number}")
    network.clock.now = now
    channel = load("channels", kind, section | {"page_size": 10, "search": ["sokkerij"]})
    return Bench(kind, channel, network.clock, say, network)


def _mail_bench(section: dict[str, Any], clock: Any, post: Callable[[str], None]) -> Bench:
    for number in range(30):
        post(f"gat {number}")
    return Bench("mail", load("channels", "mail", section | {"page_size": 10}), clock, post)


@pytest.fixture(params=["x", "facebook", "bluesky", "mastodon", "file", "mail"])
def bench(request, clock, tmp_path):
    if request.param == "mail":
        section, rooms = request.getfixturevalue("mail_section"), request.getfixturevalue("mailroom")
        office = request.getfixturevalue("post_office")
        return _mail_bench(section, clock, rooms.posting(office, section["folder"], clock))
    if request.param == "file":
        return _file_bench(tmp_path / "berichten.jsonl", clock)
    if request.param in OPEN:
        network, section = (request.getfixturevalue(f"{request.param}{more}") for more in ("", "_section"))
        return _open_bench(request.param, network, section)
    world, playground = request.getfixturevalue("world"), request.getfixturevalue("playground")
    section = request.getfixturevalue(f"{request.param}_section")
    base = {"x": playground.x_url, "facebook": playground.graph_url}[request.param]
    more = {"base_url": base, "page_size": 10} | ({"search": ["sokkerij"]} if request.param == "x" else {})
    channel = load("channels", request.param, section | more)

    def say(text: str) -> None:
        prefix = "@sokkerij " if request.param == "x" else ""
        world.say({"channel": request.param, "who": "bram", "text": prefix + text})

    return Bench(request.param, channel, clock, say, world)


platforms = pytest.mark.parametrize("bench", ["x", "facebook", "bluesky", "mastodon"], indirect=True)


def test_the_cursor_comes_on_the_last_page_only(bench):
    pages = bench.poll()
    assert all(page.cursor is None for page in pages[:-1])
    assert pages[-1].cursor is not None
    assert pages[-1].gap is None
    assert len(bench.ids(pages)) >= 25


def test_a_poll_that_is_broken_off_loses_nothing(bench):
    whole = sorted(bench.ids(bench.poll()))
    next(iter(bench.channel.poll(None, bench.clock())))
    assert sorted(bench.ids(bench.poll())) == whole


def test_no_mention_comes_twice_in_one_poll(bench):
    ids = bench.ids(bench.poll())
    assert len(ids) == len(set(ids))


def test_what_is_new_comes_with_the_next_poll_and_the_cursor_moves(bench):
    first = bench.poll()
    bench.clock.now += timedelta(minutes=20)
    bench.say("nog een gat")
    bench.clock.now += timedelta(minutes=1)
    second = bench.poll(first[-1].cursor)
    new = [one for page in second for one in page.mentions if "nog een gat" in one.text]
    assert len(new) == 1
    assert second[-1].cursor != first[-1].cursor
    assert new[0].id not in bench.ids(first)


def test_nothing_is_lost_when_polls_and_posts_take_turns(bench):
    cursor, seen = None, set()
    for number in range(8):
        pages = bench.poll(cursor)
        seen.update(one.text for page in pages for one in page.mentions)
        cursor = pages[-1].cursor
        bench.say(f"beurt {number}")
        bench.clock.now += timedelta(minutes=7)
    seen.update(one.text for page in bench.poll(cursor) for one in page.mentions)
    assert all(any(f"beurt {number}" in text for text in seen) for number in range(8))


def test_an_unreadable_cursor_means_reading_again(bench):
    whole = set(bench.ids(bench.poll()))
    for cursor in ("", "x", "[]", '{"mentions": 5, "offset": "a"}', "null", '{"feed": "gisteren"}'):
        assert set(bench.ids(bench.poll(cursor))) == whole


def test_every_mention_is_sound(bench):
    for page in bench.poll():
        for one in page.mentions:
            assert one.channel == {"file": "forum"}.get(bench.kind, bench.kind)
            assert one.brand == "sokkerij"
            assert one.created_at.utcoffset() == timedelta(0)
            assert one.version_id
            assert one.may_train is (bench.kind == "mail")  # what customers mail us is ours to learn from
            assert one.url is None or one.url.startswith("https://")


def test_check_says_something_and_never_raises(bench):
    findings = bench.channel.check()
    assert findings
    assert all(finding.good for finding in findings), findings
    if bench.world is not None:
        for kind in ("html", "401", "close"):
            bench.world.fault(bench.kind, kind, times=9)
            assert not all(finding.good for finding in bench.channel.check())
            bench.world.faults.clear()


FAULTS = [
    ("html", Unavailable),
    ("empty", Unavailable),
    ("half", Unavailable),
    ("close", Unavailable),
    ("429", Unavailable),
    ("429-no-reset", Unavailable),
    ("transient", Unavailable),
    ("401", Halted),
]


@platforms
@pytest.mark.parametrize(("fault", "kind"), FAULTS)
@pytest.mark.parametrize("after", [0, 2])
def test_a_poll_that_fails_says_so_and_the_next_one_is_whole(bench, fault, kind, after):
    whole = set(bench.ids(bench.poll()))
    pages = bench.channel.poll(None, bench.clock())
    got: list[Page] = [next(pages) for _ in range(after)]
    bench.world.fault(bench.kind, fault)
    with pytest.raises(kind):
        got.extend(pages)
    assert all(page.cursor is None for page in got)
    assert set(bench.ids(bench.poll())) == whole


# Graph tells it in another header: see test_facebook.
@pytest.mark.parametrize("bench", ["x", "bluesky", "mastodon"], indirect=True)
def test_a_limit_says_when_it_ends(bench):
    bench.world.fault(bench.kind, "429", seconds=120)
    with pytest.raises(Unavailable) as problem:
        bench.poll()
    assert problem.value.retry_after is not None
    assert 100 < problem.value.retry_after <= 121


@platforms
def test_a_reply_arrives_once_and_is_found(bench):
    mention = next(one for page in bench.poll() for one in page.mentions if bench.channel.can_reply(one))
    before = bench.clock()
    assert bench.channel.find_own_reply(mention, "Wat vervelend!", before) is None
    sent = bench.channel.reply(mention, "Wat vervelend!", "k1")
    found = bench.channel.find_own_reply(mention, "Wat  vervelend!", before)
    assert found is not None
    assert found.id == sent.id
    assert [one.id for one in bench.world.received] == [sent.id]
    assert bench.channel.find_own_reply(mention, "iets anders", before) is None


@platforms
@pytest.mark.parametrize("fault", ["swallow", "half", "html", "empty", "close", "transient"])
def test_a_reply_without_a_readable_answer_is_never_called_failed(bench, fault):
    mention = next(one for page in bench.poll() for one in page.mentions if bench.channel.can_reply(one))
    bench.world.fault(bench.kind, fault, only="write")
    before = bench.clock()
    with pytest.raises(Unanswered):
        bench.channel.reply(mention, "Wat vervelend!", "k1")
    found = bench.channel.find_own_reply(mention, "Wat vervelend!", before)
    assert (found is not None) == (fault in ("swallow", "half"))
    assert len(bench.world.received) == (1 if found else 0)


@platforms
def test_a_reply_refused_by_a_limit_was_not_sent(bench):
    mention = next(one for page in bench.poll() for one in page.mentions if bench.channel.can_reply(one))
    bench.world.fault(bench.kind, "429", only="write")
    with pytest.raises(Unavailable) as problem:
        bench.channel.reply(mention, "Wat vervelend!", "k1")
    assert not isinstance(problem.value, Unanswered)
    assert bench.world.received == []


@platforms
def test_our_own_reply_comes_back_as_ours(bench, request):
    mention = next(one for page in bench.poll() for one in page.mentions if bench.channel.can_reply(one))
    bench.channel.reply(mention, "Wat vervelend!", "k1")
    if bench.kind == "x":
        section = request.getfixturevalue("x_section")
        base = request.getfixturevalue("playground").x_url
        bench = replace(bench, channel=load("channels", "x", section | {"base_url": base, "own_posts": True}))
    ours = [one for page in bench.poll() for one in page.mentions if one.own]
    assert [one.text for one in ours if "vervelend" in one.text]
    assert all(not bench.channel.can_reply(one) for one in ours)


@platforms
def test_lookup_tells_what_is_gone(bench):
    mentions = [one for page in bench.poll() for one in page.mentions]
    victim, other = mentions[0], mentions[1]
    bench.world.delete(bench.world.scene().find(bench.kind, victim.id))
    looked = bench.channel.lookup([victim.version_id, other.version_id])
    assert looked.gone == (victim.version_id,)
    assert [one.id for one in looked.mentions] == [other.id]
    assert bench.channel.lookup([]).mentions == ()


@platforms
def test_a_lookup_that_fails_takes_nothing_for_gone(bench):
    mention = next(one for page in bench.poll() for one in page.mentions)
    for fault, kind in (("html", Unavailable), ("401", Halted), ("half", Unavailable)):
        bench.world.fault(bench.kind, fault)
        with pytest.raises(kind):
            bench.channel.lookup([mention.version_id])


def test_a_stranger_cannot_deliver(bench):
    with pytest.raises(Refused):
        bench.channel.receive({"X-Hub-Signature-256": "sha256=00"}, b"{}")


def test_only_our_own_mentions_can_be_answered(bench):
    mention = next(one for page in bench.poll() for one in page.mentions)
    assert not bench.channel.can_reply(replace(mention, channel="elders"))
    assert not bench.channel.can_reply(replace(mention, can_reply=False))


@platforms
@pytest.mark.parametrize("fault", ["html", "empty", "half", "close", "429", "401", "403", "transient"])
def test_no_secret_in_errors_and_logs(bench, fault, caplog):
    caplog.set_level(logging.DEBUG)
    mention = next(one for page in bench.poll() for one in page.mentions if bench.channel.can_reply(one))
    calls = [
        bench.poll,
        lambda: bench.channel.reply(mention, "hoi", "k"),
        lambda: bench.channel.lookup([mention.id]),
    ]
    for name in ("tweepy.client", "urllib3.connectionpool", "requests_oauthlib.oauth1_auth", "oauthlib.oauth1.rfc5849"):
        caplog.set_level(logging.DEBUG, logger=name)  # somebody is curious, after the channel was connected
    said = []
    with structlog.testing.capture_logs() as lines:
        for call in calls:
            bench.world.fault(bench.kind, fault)
            with pytest.raises(SocialwatchError) as problem:
                call()
            said += traceback.format_exception(problem.value)
            said += traceback.format_exception(problem.value.__context__) if problem.value.__context__ else []
            bench.world.faults.clear()
    everything = "\n".join([*said, str(lines), caplog.text])
    seen = any(path in caplog.text for path in ("/x/2/tweets", "/graph/v26.0", "/xrpc/app.bsky", "/api/v1/statuses"))
    assert fault == "close" or seen
    assert not [secret for secret in SECRETS if secret in everything]


def test_connecting_asks_nothing(x_section, facebook_section, tmp_path):
    """Port 9 answers nobody: a constructor that asked would fail."""
    assert load("channels", "x", x_section | {"base_url": "http://127.0.0.1:9"})
    assert load("channels", "facebook", facebook_section | {"base_url": "http://127.0.0.1:9"})
    assert load("channels", "bluesky", nobody_on_bluesky())
    assert load("channels", "mastodon", nobody_on_mastodon())
    assert load("channels", "file", {"path": str(tmp_path / "er-nog-niet.jsonl")})


def nobody_on_bluesky() -> dict[str, Any]:
    return {"handle": "sokkerij.test", "app_password": "geheim", "base_url": "http://127.0.0.1:9"}


def nobody_on_mastodon() -> dict[str, Any]:
    return {"access_token": "geheim", "base_url": "http://127.0.0.1:9"}


def test_nobody_there(x_section, facebook_section, tmp_path):
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for channel in (
        load("channels", "x", x_section | {"base_url": "http://127.0.0.1:9"}),
        load("channels", "facebook", facebook_section | {"base_url": "http://127.0.0.1:9"}),
        load("channels", "bluesky", nobody_on_bluesky()),
        load("channels", "mastodon", nobody_on_mastodon()),
        load("channels", "file", {"path": str(tmp_path / "er-nog-niet.jsonl")}),
    ):
        with pytest.raises(Unavailable) as problem:
            list(channel.poll(None, now))
        assert not isinstance(problem.value, Unanswered)
        assert not any(
            finding.good
            for finding in channel.check()
            if "versie" not in finding.text and "wij zijn" not in finding.text
        )


@pytest.mark.parametrize("bench", ["facebook"], indirect=True)
def test_an_empty_page_is_not_the_end(bench):
    whole = bench.ids(bench.poll())
    bench.world.fault("facebook", "empty_page", times=2)
    assert bench.ids(bench.poll()) == whole


@pytest.mark.parametrize("bench", ["x"], indirect=True)
def test_since_too_old_reads_a_week_back_and_shows_the_gap(bench):
    cursor = bench.poll()[-1].cursor
    bench.clock.now += timedelta(days=9)
    bench.say("na de vakantie")
    bench.clock.now += timedelta(minutes=1)
    pages = bench.poll(cursor)
    assert [one for page in pages for one in page.mentions if "na de vakantie" in one.text]
    assert pages[-1].gap is not None
    assert pages[-1].gap[1] == bench.clock.now - timedelta(days=7) + timedelta(minutes=5)
    assert bench.poll(pages[-1].cursor)[-1].gap is None
