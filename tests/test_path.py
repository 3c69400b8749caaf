"""The path: one mention in from a platform and one answer out again, over HTTP, on every platform and both engines."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from socialwatch import playground, settings
from socialwatch.domain.case import State
from socialwatch.domain.reply import ReplyState
from socialwatch.playground import keys
from socialwatch.steps import line, poll, say
from socialwatch.steps.parts import Parts
from socialwatch.store import agents, assessments, cases, replies, sources, standings
from socialwatch.store.replies import Draft
from socialwatch.store.unit import Database
from socialwatch.wiring import parts, people
from socialwatch.worker import corridor

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SHOP = {
    "name": "Sokkerij",
    "x": {"id": "1643639309408890871", "username": "sokkerij", "name": "Sokkerij"},
    "facebook": {"id": "59289317753620134", "name": "Sokkerij"},
    "hours": 4,
}
PERSON = {
    "key": "joke",
    "x": {"id": "1643639309408890999", "username": "joke", "name": "Joke", "followers": 12},
    "facebook": {"id": "777", "name": "Joke"},
    "facebook_hidden": False,
}
COMPLAINT = (
    "schandalig, na 3 keer bellen nog steeds geen geld terug en niemand die iets doet. ik ben er helemaal klaar mee"
)
ANSWER = "Drie keer bellen en dan nog niets, dat is echt niet goed. Je geld is vandaag onderweg."
ONE_AGENT = {
    "name": "Freek",
    "email": "freek@sokkerij.example",
    "password": "lang genoeg",
    "role": "agent",
    "presence": "available",
    "mandate": {"euros_per_case": 75},
}


def post(channel: str) -> dict[str, object]:
    text = f"@sokkerij {COMPLAINT}" if channel == "x" else COMPLAINT
    return {"key": "een", "channel": channel, "who": "joke", "minute": 0, "text": text, "tags": ["complaint"]}


@pytest.fixture(params=["x", "facebook"])
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def world(channel: str) -> playground.World:
    return playground.World(SHOP, [PERSON], [post(channel)], now=lambda: NOW, start=NOW - timedelta(hours=1))


@pytest.fixture
def made(channel: str, world: playground.World, database: Database) -> Iterator[Parts]:
    with playground.serve(world) as served:
        section: dict[str, object] = {"username": "sokkerij", "base_url": served.x_url, "bearer_token": keys.X_TOKEN}
        consumer = keys.Consumer()
        section |= {"consumer_key": consumer.key, "consumer_secret": consumer.secret}
        section |= {"access_token": consumer.token, "access_token_secret": consumer.token_secret}
        if channel == "facebook":
            page = {"page_id": SHOP["facebook"]["id"], "page_token": keys.FACEBOOK_TOKEN}  # type: ignore[index]
            section = page | {"base_url": served.graph_url}
        extra = {"brands": {"sokkerij": {"name": "Sokkerij"}}, "channels": {channel: section}}
        yield parts.parts(settings.load(extra=extra, environment=False), database, lambda: NOW)


def test_a_complaint_comes_in_and_one_answer_goes_out(made: Parts, world: playground.World, channel: str) -> None:
    people.add(made.database, ONE_AGENT, "sokkerij")
    (name,) = parts.register_sources(made.database, made)
    with made.database.write() as unit:
        term = sources.lead(unit, poll.LEASE, "test")
    assert term is not None

    counted = line.poll_source(made, name, term, every=60)
    assert counted == poll.Counted(new=1, edited=0)
    corridor.drain(made)

    with made.database.read() as unit:
        (case,) = standings.ranked(unit, "sokkerij")
        (found,) = cases.mentions(unit, [case.id])[case.id]
        (freek,) = agents.everyone(unit)
        read = assessments.of(unit, [found.id])[found.id]
    assert COMPLAINT in found.mention.text
    assert read.earlier_rejection
    assert case.owner_id == freek.id
    assert case.state is State.OPEN

    with made.database.write() as unit:
        say.approve(unit, freek, Draft("sokkerij", case.id, found.id, freek.id, ANSWER, "goedkeuring"), NOW)
        say.approve(unit, freek, Draft("sokkerij", case.id, found.id, freek.id, ANSWER, "goedkeuring"), NOW)
    corridor.drain(made)

    assert [each.text for each in world.received] == [ANSWER]
    with made.database.read() as unit:
        (reply,) = replies.of_cases(unit, [case.id])
        assert reply.state is ReplyState.SENT
        assert cases.by_id(unit, case.id).state is State.WAITING

    line.poll_source(made, name, term, every=60)
    corridor.drain(made)
    with made.database.read() as unit:
        assert standings.count(unit) == 1, "our own answer coming back opens nothing"
        kinds = [each.kind.value for each in cases.lines(unit, case.id)]
    assert kinds.count("reply") == 1
    assert "own_post" not in kinds


def test_an_answer_that_got_no_answer_is_looked_for_and_never_sent_twice(
    made: Parts, world: playground.World, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(say, "LOOK_AGAIN", 0.0)
    people.add(made.database, ONE_AGENT, "sokkerij")
    (name,) = parts.register_sources(made.database, made)
    with made.database.write() as unit:
        term = sources.lead(unit, poll.LEASE, "test") or 0
    line.poll_source(made, name, term, every=60)
    corridor.drain(made)
    with made.database.write() as unit:
        (case,) = standings.ranked(unit)
        (found,) = cases.mentions(unit, [case.id])[case.id]
        (freek,) = agents.everyone(unit)
        say.approve(unit, freek, Draft("sokkerij", case.id, found.id, freek.id, ANSWER, "een"), NOW)

    world.fault(channel, "swallow")
    corridor.drain(made)

    assert len(world.received) == 1
    with made.database.read() as unit:
        (reply,) = replies.of_cases(unit, [case.id])
    assert reply.state is ReplyState.SENT, "found in the thread"
    assert reply.platform_id == world.received[0].id
