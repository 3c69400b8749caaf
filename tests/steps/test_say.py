"""Say: at every point where it can break the platform gets at most one post, and doubt ends with a human."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from socialwatch.domain.agent import Role
from socialwatch.domain.case import LineKind, State
from socialwatch.domain.channel import Sent
from socialwatch.domain.customer import Customer
from socialwatch.domain.identity import Basis, candidate
from socialwatch.domain.mention import Author
from socialwatch.domain.reply import LOOKS_BEFORE_HUMAN, Reply, ReplyState
from socialwatch.errors import Halted, OutsideMandate, Refused, Unanswered, Unavailable
from socialwatch.steps import line, say
from socialwatch.store import cases, customers, identities, queue, replies, sources, spending
from socialwatch.store.replies import Draft
from socialwatch.store.spending import What
from socialwatch.store.tables import case as case_table
from socialwatch.store.tables import job
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.tables import reply as reply_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "Wat een tegenvaller! Nieuwe sokken zijn onderweg."


class Desk:
    """A world with one complaint and an agent who answers it."""

    def __init__(self, database: Database, fakes: Any) -> None:
        self.world = fakes.World(database)
        self.freek = self.world.colleague()
        self.mention = self.world.bring(fakes.mention(1, "klacht over mijn sok"))[0]
        self.drain()
        self.case = self.world.stored(1).case_id

    def drain(self) -> None:
        corridor.drain(self.world.parts)

    def approve(self, approval: str = "klik-1", **changes: Any) -> Reply:
        draft = Draft(self.freek.brand, self.case, self.mention, self.freek.id, TEXT, approval)
        with self.world.database.write() as unit:
            return say.approve(unit, self.freek, replace(draft, **changes), self.world.clock())

    def reply(self) -> Reply:
        with self.world.database.read() as unit:
            return replies.of_row(unit.run(reply_table.select()).one())

    def lines(self) -> list[LineKind]:
        with self.world.database.read() as unit:
            return [each.kind for each in cases.lines(unit, self.case)]

    def say_jobs(self) -> int:
        return len([each for each in self.world.jobs() if each[0] == "say"])

    def wait(self) -> float:
        """Seconds until the answer is tried again."""
        with self.world.database.read() as unit:
            at = unit.run(select(job.c.ready_at).where(job.c.step == "say")).scalar_one()
            return float(at) - unit.stamp()

    def claim(self) -> queue.Claim:
        held = line.claim(self.world.parts, "say")
        assert held is not None
        return held

    def die_after(self, stage: str) -> None:
        """Walk up to a point and lose the worker there; its lease runs out."""
        held = self.claim()
        if stage != "claim":
            with self.world.database.write() as unit:
                errands = say.begin(unit, held, self.world.clock())
            if stage == "post":
                say.ask(errands, self.world.parts.channels)
        with self.world.database.write() as unit:
            unit.run(update(job).where(job.c.step == "say").values(leased_until=0))

    @property
    def posts(self) -> int:
        return len(self.world.x.posts)


@pytest.fixture
def desk(database: Database, fakes: Any) -> Desk:
    return Desk(database, fakes)


def test_an_approved_answer_is_posted_once_and_stands_in_the_case(desk: Desk) -> None:
    desk.approve()
    assert desk.posts == 0  # approving asks nothing of the outside
    desk.drain()
    found = desk.reply()
    assert (found.state, found.platform_id, found.url) == (ReplyState.SENT, "r1", "https://x.example/r1")
    assert desk.world.x.posts == [("1", TEXT, "klik-1")]
    assert desk.lines()[-1] is LineKind.REPLY
    assert desk.world.case(desk.case).state is State.WAITING
    assert desk.say_jobs() == 0


def test_two_clicks_are_one_answer(desk: Desk) -> None:
    assert desk.approve().id == desk.approve().id
    desk.drain()
    desk.approve()
    desk.drain()
    assert desk.posts == 1
    assert desk.lines().count(LineKind.REPLY) == 1


def test_refused_is_failed_and_not_tried_again(desk: Desk) -> None:
    desk.world.x.answers = [Refused("X neemt dit antwoord niet aan.")]
    desk.approve()
    desk.drain()
    desk.world.hurry()
    desk.drain()
    assert (desk.reply().state, desk.reply().reason) == (ReplyState.FAILED, "X neemt dit antwoord niet aan.")
    assert (desk.posts, desk.say_jobs()) == (0, 0)
    assert LineKind.REPLY not in desk.lines()


def test_unavailable_is_tried_again_with_a_growing_wait_until_it_is_sent(desk: Desk) -> None:
    desk.world.x.answers = [Unavailable("X is er even niet.") for _ in range(6)]
    desk.approve()
    waits = []
    for _ in range(6):
        desk.drain()
        assert desk.reply().state is ReplyState.PREPARED
        waits.append(desk.wait())
        desk.world.hurry()
    desk.drain()
    assert (desk.reply().state, desk.posts) == (ReplyState.SENT, 1)
    assert waits[-1] > 16 > 2 >= waits[0]


@pytest.mark.parametrize(("asked", "waits"), [(120.0, 120.0), (0.0, 1.0)])
def test_a_platform_that_says_when_is_obeyed_but_never_hammered(desk: Desk, asked: float, waits: float) -> None:
    desk.world.x.answers = [Unavailable("Te veel.", retry_after=asked)]
    desk.approve()
    desk.drain()
    assert waits - 1 <= desk.wait() <= waits
    assert desk.posts == 0


def test_no_answer_but_it_stands_there(desk: Desk) -> None:
    desk.world.x.answers = [("posted", Unanswered("geen antwoord"))]
    desk.approve()
    desk.drain()
    assert (desk.reply().state, desk.reply().reason) == (ReplyState.UNKNOWN, say.NO_ANSWER)
    desk.world.hurry()
    desk.drain()
    assert (desk.reply().state, desk.reply().platform_id) == (ReplyState.SENT, "r1")
    assert desk.posts == 1
    assert desk.lines().count(LineKind.REPLY) == 1
    assert desk.say_jobs() == 0


@pytest.mark.parametrize("posted", [True, False])
def test_what_is_not_found_stays_unknown_for_a_human(desk: Desk, posted: bool) -> None:
    desk.world.x.answers = [("posted", Unanswered("?")) if posted else Unanswered("?")]
    desk.world.x.visible = False
    desk.approve()
    for _ in range(LOOKS_BEFORE_HUMAN + 3):
        desk.drain()
        desk.world.hurry()
    assert (desk.reply().state, desk.reply().looks) == (ReplyState.UNKNOWN, LOOKS_BEFORE_HUMAN)
    assert desk.world.x.looks == LOOKS_BEFORE_HUMAN
    assert desk.posts == (1 if posted else 0)
    assert desk.say_jobs() == 0


def test_a_reply_that_shows_up_late_is_found_at_the_second_look(desk: Desk) -> None:
    desk.world.x.answers = [("posted", Unanswered("?"))]
    desk.world.x.visible = False
    desk.approve()
    for _ in range(2):
        desk.drain()
        desk.world.hurry()
    desk.world.x.visible = True
    desk.drain()
    assert (desk.reply().state, desk.posts) == (ReplyState.SENT, 1)


def test_a_look_that_could_not_be_made_does_not_count(desk: Desk) -> None:
    desk.world.x.answers = [("posted", Unanswered("?"))]
    desk.approve()
    desk.drain()
    found, desk.world.x.find_own_reply = desk.world.x.find_own_reply, _raise(Unavailable("X is er even niet."))
    for _ in range(LOOKS_BEFORE_HUMAN + 2):
        desk.world.hurry()
        desk.drain()
    assert (desk.reply().state, desk.reply().looks) == (ReplyState.UNKNOWN, 0)
    desk.world.x.find_own_reply = found
    desk.world.hurry()
    desk.drain()
    assert (desk.reply().state, desk.posts) == (ReplyState.SENT, 1)


def test_a_platform_that_lets_us_look_no_more_leaves_it_to_a_human(desk: Desk) -> None:
    desk.world.x.answers = [Unanswered("?")]
    desk.world.x.find_own_reply = _raise(Halted("De sleutel van X is ingetrokken."))
    desk.approve()
    for _ in range(LOOKS_BEFORE_HUMAN + 3):
        desk.drain()
        desk.world.hurry()
    assert desk.reply().state is ReplyState.UNKNOWN
    assert desk.say_jobs() == 0


def _raise(problem: Exception) -> Any:
    def ask(*_: object) -> None:
        raise problem

    return ask


@pytest.mark.parametrize(
    ("stage", "posts", "state"),
    [
        ("claim", 1, ReplyState.SENT),  # nothing had been marked: it is sent as if nothing happened
        ("mark", 0, ReplyState.UNKNOWN),  # marked, but nobody knows whether bytes went out: never by itself
        ("post", 1, ReplyState.SENT),  # it stands there: found
    ],
)
def test_a_worker_that_dies_never_makes_a_second_post(desk: Desk, stage: str, posts: int, state: ReplyState) -> None:
    desk.approve()
    desk.die_after(stage)
    for _ in range(LOOKS_BEFORE_HUMAN + 2):
        desk.drain()
        desk.world.hurry()
    assert (desk.posts, desk.reply().state) == (posts, state)
    assert desk.say_jobs() == 0


def test_a_bug_in_the_channel_after_the_post_is_no_reason_to_post_again(desk: Desk) -> None:
    desk.world.x.answers = [("posted", KeyError("data"))]
    desk.approve()
    for _ in range(LOOKS_BEFORE_HUMAN + 2):
        desk.drain()
        desk.world.hurry()
    assert (desk.posts, desk.reply().state) == (1, ReplyState.SENT)


def test_who_loses_the_lease_while_posting_writes_nothing_and_it_is_found(desk: Desk) -> None:
    desk.approve()

    def take_over() -> None:
        with desk.world.database.write() as unit:
            unit.run(update(job).where(job.c.step == "say").values(leased_until=0))
        corridor.sweep(desk.world.parts)

    desk.world.x.meanwhile = take_over
    desk.drain()
    desk.world.x.meanwhile = None
    desk.world.hurry()
    desk.drain()
    assert (desk.posts, desk.reply().state) == (1, ReplyState.SENT)
    assert desk.lines().count(LineKind.REPLY) == 1


def test_sending_past_its_deadline_becomes_unknown_and_is_looked_for(desk: Desk) -> None:
    desk.approve()
    with desk.world.database.write() as unit:
        unit.run(job.delete().where(job.c.step == "say"))  # even when the job itself is gone
        number = unit.run(reply_table.select()).one().id
        replies.become(unit, number, ReplyState.SENDING, deadline=0.0)
        unit.run(update(reply_table).values(deadline=0))
    corridor.sweep(desk.world.parts)
    assert desk.reply().state is ReplyState.UNKNOWN
    assert desk.say_jobs() == 1
    corridor.sweep(desk.world.parts)
    assert desk.say_jobs() == 1


def test_a_channel_that_is_not_configured_any_more_fails_the_reply(desk: Desk, fakes: Any) -> None:
    desk.approve()
    parts = replace(desk.world.parts, channels={})
    corridor.drain(parts)
    assert desk.reply().state is ReplyState.FAILED
    assert "x" in (desk.reply().reason or "")


def test_what_cannot_be_answered_is_refused_before_anything_is_stored(sqlite: Database, fakes: Any) -> None:
    desk = Desk(sqlite, fakes)
    with pytest.raises(Refused, match="leeg"):
        desk.approve(text=" \n")
    with pytest.raises(Refused, match="281 tekens"):
        desk.approve(text="x" * 281)
    with pytest.raises(Refused, match="bestaat niet"):
        desk.approve(mention_id=999)
    with pytest.raises(OutsideMandate):
        desk.approve(case_id=999)
    (closed,) = desk.world.bring(fakes.mention(2, can_reply=False, author=Author("b")))
    with pytest.raises(Refused, match="op het platform"):
        desk.approve(mention_id=closed, case_id=None)
    desk.freek = replace(desk.freek, role=Role.BRAND)
    with pytest.raises(OutsideMandate):
        desk.approve()
    desk.freek = replace(desk.freek, role=Role.AGENT, brand="ander")
    with pytest.raises((OutsideMandate, Refused)):
        desk.approve(case_id=None)
    assert fakes.count(sqlite, reply_table) == 0
    assert desk.say_jobs() == 0


class Privately:
    """A platform that takes a private answer, until it does not any more."""

    def __init__(self, desk: Desk) -> None:
        self.posts: list[tuple[str, str, str]] = []
        self.open = True
        self.problem: Exception | None = None
        desk.world.x.can_reply_privately = lambda mention, now: self.open and now == desk.world.clock()
        desk.world.x.reply_privately = self.post

    def post(self, mention: Any, text: str, key: str) -> Sent:
        self.posts.append((mention.id, text, key))
        if self.problem is not None:
            raise self.problem
        return Sent("dm1", cost=15_000)


def test_a_private_answer_goes_out_in_private_and_stands_so_in_the_case(desk: Desk) -> None:
    platform = Privately(desk)
    assert desk.approve(audience="private").audience == "private"
    desk.drain()
    assert (platform.posts, desk.posts) == ([("1", TEXT, "klik-1")], 0)
    assert (desk.reply().state, desk.reply().platform_id) == (ReplyState.SENT, "dm1")
    with desk.world.database.read() as unit:
        last = cases.lines(unit, desk.case)[-1]
        ((what, amount),) = [(each.what, each.amount) for each in spending.since(unit, "2026-11-22")]
    assert (last.kind, last.audience) == (LineKind.REPLY, "private")
    assert (what, amount) == (What.REPLY, 15_000)
    assert desk.world.case(desk.case).state is State.WAITING


def test_a_private_answer_is_never_posted_in_public_instead(desk: Desk) -> None:
    desk.approve(audience="private")  # this channel has no private answers at all
    desk.drain()
    assert (desk.reply().state, desk.posts) == (ReplyState.FAILED, 0)
    platform = Privately(desk)
    platform.open = False
    desk.approve("klik-2", audience="private")
    desk.drain()
    with desk.world.database.read() as unit:
        found = replies.of_cases(unit, [desk.case])
    assert [each.state for each in found] == [ReplyState.FAILED, ReplyState.FAILED]
    assert all("Privé" in (each.reason or "") for each in found)
    assert (platform.posts, desk.posts) == ([], 0)


def test_a_private_answer_in_doubt_goes_to_a_human_at_once(desk: Desk) -> None:
    platform = Privately(desk)
    platform.problem = Unanswered("?")
    desk.approve(audience="private")
    for _ in range(3):
        desk.drain()
        desk.world.hurry()
    assert (desk.reply().state, len(platform.posts)) == (ReplyState.UNKNOWN, 1)
    assert (desk.world.x.looks, desk.say_jobs()) == (0, 0)


def test_where_the_public_way_is_closed_the_private_one_may_be_open(desk: Desk, fakes: Any) -> None:
    (closed,) = desk.world.bring(fakes.mention(2, can_reply=False, author=Author("b")))
    desk.drain()
    case = desk.world.stored(2).case_id
    with pytest.raises(Refused, match="op het platform"):
        desk.approve("klik-2", mention_id=closed, case_id=case)
    assert desk.approve("klik-2", mention_id=closed, case_id=case, audience="private").audience == "private"
    with pytest.raises(Refused, match="openbaar of privé"):
        desk.approve("klik-3", audience="iedereen")


def test_what_an_answer_costs_is_booked_and_never_held_back(desk: Desk, fakes: Any) -> None:
    name = f"{fakes.BRAND}/x"
    with desk.world.database.write() as unit:
        sources.limit(unit, name, 1)
        spending.book(unit, name, What.POLL, 100, desk.world.clock())
    desk.approve()
    desk.drain()
    assert (desk.reply().state, desk.posts) == (ReplyState.SENT, 1)


def held(desk: Desk, seconds: float = 30.0, **changes: Any) -> Reply:
    """An answer that may still be taken back; its job is made ready at once, as a clock that jumped would."""
    told = desk.approve(hold=timedelta(seconds=seconds), **changes)
    desk.world.hurry()
    return told


def release(desk: Desk, number: int) -> None:
    """Its moment has come."""
    with desk.world.database.write() as unit:
        unit.run(update(reply_table).where(reply_table.c.id == number).values(send_at=LONG_AGO))
    desk.world.hurry()


def test_an_answer_is_held_until_its_moment_and_not_sent_before_it(desk: Desk) -> None:
    told = desk.approve(hold=timedelta(seconds=30))
    assert 25 < desk.wait() <= 30
    desk.drain()
    assert desk.posts == 0
    desk.world.hurry()
    desk.drain()  # its job came too early: it goes back until the moment
    assert (desk.posts, desk.reply().state) == (0, ReplyState.PREPARED)
    assert 20 < desk.wait() <= 30
    release(desk, told.id)
    desk.drain()
    assert (desk.posts, desk.reply().state) == (1, ReplyState.SENT)


def test_what_was_taken_back_never_goes_out(desk: Desk) -> None:
    told = held(desk)
    with desk.world.database.write() as unit:
        assert say.take_back(unit, told)
        assert not say.take_back(unit, told)
    release(desk, told.id)
    desk.drain()
    assert (desk.posts, desk.reply().state, desk.say_jobs()) == (0, ReplyState.TAKEN_BACK, 0)
    assert LineKind.REPLY not in desk.lines()


def test_what_is_on_its_way_is_not_taken_back(desk: Desk) -> None:
    told = held(desk)
    release(desk, told.id)
    taken = []

    def take() -> None:
        with desk.world.database.write() as unit:
            taken.append(say.take_back(unit, told))

    desk.world.x.meanwhile = take
    desk.drain()
    assert (taken, desk.posts, desk.reply().state) == ([False], 1, ReplyState.SENT)


def test_a_worker_that_dies_in_the_window_loses_nothing_and_sends_once(desk: Desk) -> None:
    told = held(desk)
    desk.claim()  # and never heard of again
    with desk.world.database.write() as unit:
        unit.run(update(job).where(job.c.step == "say").values(leased_until=0))
        queue.reap(unit)
    release(desk, told.id)
    desk.drain()
    assert (desk.posts, desk.reply().state) == (1, ReplyState.SENT)


def test_taken_back_between_the_claim_and_the_sending(desk: Desk) -> None:
    told = held(desk)
    release(desk, told.id)
    claim = desk.claim()
    with desk.world.database.write() as unit:
        assert say.take_back(unit, told)
    line.walk(desk.world.parts, "say", claim)
    assert (desk.posts, desk.reply().state, desk.say_jobs()) == (0, ReplyState.TAKEN_BACK, 0)


class Mending:
    """A platform that can mend, and counts it."""

    def __init__(self, inner: Any) -> None:
        self._inner, self.mended, self.fails = inner, list[tuple[str, str]](), list[Exception]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def mend(self, mention: Any, was: str, text: str, key: str) -> Sent:
        if self.fails:
            raise self.fails.pop(0)
        self.mended.append((was, text))
        return Sent(f"{was}-anew")


def mend(desk: Desk, channel: Any, kind: str) -> list[Reply]:
    """An answer on a platform of this kind, sent and then mended."""
    first = desk.approve()
    desk.drain()
    with desk.world.database.write() as unit:
        unit.run(update(mention_table).values(channel=kind))
    parts = replace(desk.world.parts, channels={f"{desk.freek.brand}/{kind}": channel})
    desk.approve("klik-2", text="Zo klopt het.", mends_id=first.id)
    for _ in range(4):
        corridor.drain(parts)
        desk.world.hurry()
    with desk.world.database.read() as unit:
        return [replies.of_row(row) for row in unit.run(reply_table.select().order_by(reply_table.c.id))]


@pytest.mark.parametrize("kind", ["x", "bluesky", "facebook", "mastodon"])
def test_an_answer_is_mended_where_it_stands(desk: Desk, kind: str) -> None:
    channel = Mending(desk.world.x)
    first, second = mend(desk, channel, kind)
    assert channel.mended == [("r1", "Zo klopt het.")]
    assert (second.state, second.mends_id, second.platform_id) == (ReplyState.SENT, first.id, "r1-anew")
    assert desk.posts == 1


def test_where_nothing_can_be_taken_back_it_is_a_second_answer(desk: Desk) -> None:
    channel = Mending(desk.world.x)
    _, second = mend(desk, channel, "mail")
    assert (channel.mended, desk.posts, second.state) == ([], 2, ReplyState.SENT)


@pytest.mark.parametrize(("kind", "state", "times"), [("facebook", ReplyState.SENT, 1), ("x", ReplyState.UNKNOWN, 0)])
def test_an_edit_without_an_answer_is_repeated_and_a_new_post_is_not(
    desk: Desk, kind: str, state: ReplyState, times: int
) -> None:
    channel = Mending(desk.world.x)
    channel.fails = [Unanswered("geen antwoord")]
    _, second = mend(desk, channel, kind)
    assert (second.state, len(channel.mended)) == (state, times)


def by_mail(desk: Desk) -> tuple[Any, Reply]:
    """An answer by mail to somebody who wrote on X, when the author is linked for sure."""
    with desk.world.database.write() as unit:
        known = Customer("k1", "Marieke de Vries", "marieke@example.nl", brand=desk.freek.brand)
        customers.import_customers(unit, [known], desk.world.clock())
        said = identities.Said(desk.world.stored(1), [candidate(known, Basis.HANDLE_GIVEN)], offered=False)
        identities.record(unit, [said], desk.world.clock())
        unit.run(update(case_table).values(customer_id="k1"))
    mailbox = type(desk.world.x)(kind="mail")
    parts = replace(desk.world.parts, channels={**desk.world.parts.channels, f"{desk.freek.brand}/mail": mailbox})
    told = desk.approve(audience="mail")
    corridor.drain(parts)
    return mailbox, told


def test_an_answer_by_mail_goes_to_the_address_we_know_once(desk: Desk) -> None:
    mailbox, _ = by_mail(desk)
    ((letter, key),) = mailbox.letters
    assert (letter.whom, letter.sender, letter.subject) == ("marieke@example.nl", "Freek", "Over je bericht op X")
    assert (letter.text, letter.by_hand, key) == (TEXT, True, "klik-1")
    assert (desk.posts, desk.reply().state) == (0, ReplyState.SENT)
    with desk.world.database.read() as unit:
        (said,) = [each for each in cases.lines(unit, desk.case) if each.kind is LineKind.REPLY]
    assert said.audience == "private"


def test_without_a_sure_address_no_answer_by_mail_is_approved(desk: Desk) -> None:
    with pytest.raises(Refused, match="niet zeker genoeg"):
        desk.approve(audience="mail")
    assert desk.say_jobs() == 0
