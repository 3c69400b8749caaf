"""Deliver: what is not the platform's stores nothing, what is delivered again does nothing, and no lease is needed."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.domain.case import LineKind
from socialwatch.domain.channel import Looked, Page
from socialwatch.errors import Refused, Unavailable
from socialwatch.steps import deliver, line
from socialwatch.store import cases, deliveries, sources
from socialwatch.store.tables import delivery as delivery_table
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

SIGNED = {"signature": "echt"}


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    found = fakes.World(database)
    found.register("facebook")
    return found


def push(world: Any, fakes: Any, page: Page, body: bytes = b"{}", headers: Mapping[str, str] = SIGNED) -> Any:
    def receive(given: Mapping[str, str], raw: bytes) -> Page:
        if given != SIGNED or raw != body:
            raise Refused("Deze aanlevering is niet van Facebook.")
        return page

    world.facebook.receive = receive
    source = f"{fakes.BRAND}/facebook"
    delivery = deliver.Delivery(source, fakes.BRAND, "facebook", headers, body, receive, line.first)
    return deliver.run(world.database, delivery, world.parts.clock())


def post(fakes: Any, number: int, words: str = "klacht", **changes: Any) -> Any:
    return fakes.mention(number, words, channel="facebook", **changes)


def test_what_is_pushed_walks_the_line_as_what_is_polled(world: Any, fakes: Any) -> None:
    taken = push(world, fakes, Page((post(fakes, 1), post(fakes, 2, brand="iets anders"))))
    assert len(taken.new) == 2
    assert [step for step, _, _ in world.jobs()] == ["assess", "assess"]
    corridor.drain(world.parts)
    found = world.stored(2, "facebook")
    assert (found.mention.brand, found.state) == (fakes.BRAND, "joined")
    with world.database.read() as unit:
        known = sources.one(unit, f"{fakes.BRAND}/facebook")
    assert known is not None
    assert (known.polled, known.cursor) == (2, None)


class Named:
    """Facebook, whose webhook names a post without its words: a lookup brings them."""

    def __init__(self, world: Any, found: Any) -> None:
        self.asked: list[list[str]] = []
        self.problem: Exception | None = None
        self.found = found
        world.facebook.handshake = lambda query: ""
        world.facebook.lookup = self.look

    def look(self, ids: Sequence[str]) -> Looked:
        self.asked.append(list(ids))
        if self.problem is not None:
            raise self.problem
        return Looked((self.found,))


def test_a_mention_without_its_words_is_looked_up_at_once_and_opens_its_case(world: Any, fakes: Any) -> None:
    platform = Named(world, post(fakes, 1, "woedend"))
    push(world, fakes, Page((post(fakes, 1, ""), post(fakes, 2))))
    corridor.drain(world.parts)
    assert world.stored(1, "facebook").state == "dismissed"
    assert line.fetch_all(world.parts) == []
    corridor.drain(world.parts)
    found = world.stored(1, "facebook")
    assert (found.mention.text, found.state) == ("woedend", "joined")
    assert world.case(found.case_id).level == 3
    line.fetch_all(world.parts)
    assert platform.asked == [["1"]], "once, and only what had no words"


def test_a_picture_without_words_is_looked_up_once(world: Any, fakes: Any) -> None:
    platform = Named(world, post(fakes, 1, ""))
    push(world, fakes, Page((post(fakes, 1, ""),)))
    for _ in range(3):
        line.fetch_all(world.parts)
    assert platform.asked == [["1"]]


@pytest.mark.parametrize(
    ("problem", "asked"), [(Unavailable("even niet"), 2), (Refused("niet voor ons"), 1)], ids=["away", "closed"]
)
def test_words_that_do_not_come_are_asked_for_again_unless_they_never_will(
    world: Any, fakes: Any, problem: Exception, asked: int
) -> None:
    platform = Named(world, post(fakes, 1))
    platform.problem = problem
    push(world, fakes, Page((post(fakes, 1, ""),)))
    assert line.fetch_all(world.parts) == [str(problem)]
    line.fetch_all(world.parts)
    assert len(platform.asked) == asked


def test_a_source_that_fails_and_a_channel_without_webhooks_are_left_in_peace(world: Any, fakes: Any) -> None:
    platform = Named(world, post(fakes, 1))
    push(world, fakes, Page((post(fakes, 1, ""),)))
    world.bring(fakes.mention(5, ""))
    with world.database.write() as unit:
        sources.failed(unit, f"{fakes.BRAND}/facebook", "even niet", 60.0)
    assert line.fetch_all(world.parts) == []
    assert platform.asked == []


def test_the_same_delivery_again_does_nothing(world: Any, fakes: Any) -> None:
    page = Page((post(fakes, 1),))
    assert len(push(world, fakes, page).new) == 1
    corridor.drain(world.parts)
    again = push(world, fakes, page)
    assert (again.new, again.edited, world.jobs()) == ((), (), [])
    assert fakes.count(world.database, mention_table) == 1


def test_the_same_post_in_another_delivery_is_not_doubled(world: Any, fakes: Any) -> None:
    push(world, fakes, Page((post(fakes, 1),)), b"een")
    assert push(world, fakes, Page((post(fakes, 1),)), b"twee").new == ()
    assert world.poll(Page((post(fakes, 1),), cursor="c"), kind="facebook").new == 0
    assert fakes.count(world.database, mention_table) == 1


def test_of_the_same_delivery_at_several_doors_at_once_one_counts(world: Any, fakes: Any) -> None:
    page = Page(tuple(post(fakes, number) for number in range(5)))
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: push(world, fakes, page), range(4)))
    assert sorted(len(each.new) for each in taken) == [0, 0, 0, 5]


def test_what_is_not_the_platforms_stores_nothing(world: Any, fakes: Any) -> None:
    with pytest.raises(Refused, match="niet van Facebook"):
        push(world, fakes, Page((post(fakes, 1),)), headers={"signature": "vals"})
    assert fakes.count(world.database, mention_table) == 0
    assert fakes.count(world.database, delivery_table) == 0


def test_an_edit_and_a_deletion_arrive_too(world: Any, fakes: Any) -> None:
    push(world, fakes, Page((post(fakes, 1, "vraag"),)), b"een")
    corridor.drain(world.parts)
    push(world, fakes, Page((post(fakes, 1, "woedend", version_id="2"),)), b"twee")
    corridor.drain(world.parts)
    case = world.stored(1, "facebook").case_id
    assert world.case(case).level == 3
    push(world, fakes, Page((), gone=("1",)), b"drie")
    assert world.stored(1, "facebook").mention.text == ""
    with world.database.read() as unit:
        assert cases.lines(unit, case)[-1].kind is LineKind.GONE


def test_a_delivery_is_remembered_for_a_week(world: Any, fakes: Any) -> None:
    push(world, fakes, Page(()), b"een")
    with world.database.write() as unit:
        assert deliveries.sweep(unit) == 0
        unit.run(update(delivery_table).values(at=delivery_table.c.at - deliveries.KEPT - 60))
    corridor.sweep(world.parts)
    assert fakes.count(world.database, delivery_table) == 0


def test_what_the_channel_keeps_aside_is_kept_with_its_reason_and_read_by_nobody(world: Any, fakes: Any) -> None:
    push(world, fakes, Page((post(fakes, 1, "woedend", aside="automatisch"),)))
    corridor.drain(world.parts)
    found = world.stored(1, "facebook")
    assert (found.state, found.dismissed, found.case_id) == ("dismissed", "automatisch", None)
    assert world.assessor.asked == []
