"""Say, to the customer alone: in private or by mail, never in public instead, and in doubt for a human at once."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.domain.case import LineKind, State
from socialwatch.domain.channel import Sent
from socialwatch.domain.customer import Customer
from socialwatch.domain.identity import Basis, candidate
from socialwatch.domain.mention import Author
from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.errors import Refused, Unanswered
from socialwatch.store import cases, customers, identities, replies, spending
from socialwatch.store.spending import What
from socialwatch.store.tables import case as case_table
from socialwatch.worker import corridor
from tests.steps.answering import TEXT, Desk


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
