"""Route: what the deciders say is what stands in the store: one case, one owner, nothing silently joined."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.agent import Presence, Role
from socialwatch.domain.case import LineKind, State
from socialwatch.domain.mandate import NO_MANDATE
from socialwatch.domain.mention import Author
from socialwatch.domain.reply import ReplyState
from socialwatch.errors import Refused, Unanswered
from socialwatch.steps import line, route, say
from socialwatch.store import cases, queue, replies
from socialwatch.store.replies import Draft
from socialwatch.store.tables import case as case_table
from socialwatch.store.tables import offer, thanks
from socialwatch.store.tables import reply as reply_table
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

ME = Author("a1", "marieke", "Marieke de Vries", 100)
SAME = "Al drie weken wacht ik op mijn sokken, dit is een klacht en ik wil mijn geld terug"


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def arrive(world: Any, *found: Any) -> list[Any]:
    """Mentions come in one after the other and walk the whole line."""
    for each in found:
        world.bring(each)
        corridor.drain(world.parts)
    return [world.stored(each.id, each.channel) for each in found]


def kinds(world: Any, case: int) -> list[LineKind]:
    with world.database.read() as unit:
        return [each.kind for each in cases.lines(unit, case)]


def answer(world: Any, who: Any, found: Any, text: str = "Wat vervelend, nieuwe zijn onderweg!") -> int:
    with world.database.write() as unit:
        draft = Draft(who.brand, found.case_id, found.id, who.id, text, f"klik-{found.id}-{text}")
        number = say.approve(unit, who, draft, world.clock()).id
    corridor.drain(world.parts)
    return number


@pytest.mark.parametrize("words", ["een klacht", "een vraag", "woedend"])
def test_every_need_opens_a_case(world: Any, fakes: Any, words: str) -> None:
    (found,) = arrive(world, fakes.mention(1, words, author=ME))
    assert found.state == "joined"
    case = world.case(found.case_id)
    assert case.title.startswith("Marieke · ")
    assert case.due_since == fakes.START


@pytest.mark.parametrize(
    ("words", "changes", "reason"),
    [
        ("winactie", {}, "spam"),
        ("lees dit https://krant.example/sokken", {}, "news"),
        ("zomaar wat", {}, "no_need"),
        ("prachtig", {}, "praise"),
        ("woedend", {"repost": True}, "repost"),
        ("klacht van onszelf", {"own": True}, "own_post"),
    ],
)
def test_what_needs_nobody_is_put_aside_with_its_reason(
    world: Any, fakes: Any, words: str, changes: dict[str, bool], reason: str
) -> None:
    (found,) = arrive(world, fakes.mention(1, words, **changes))
    assert (found.state, found.dismissed, found.case_id) == ("dismissed", reason, None)
    assert fakes.count(world.database, case_table) == 0


def test_what_was_fetched_back_opens_a_case_after_all(world: Any, fakes: Any) -> None:
    (found,) = arrive(world, fakes.mention(1, "zomaar wat"))
    world.put(queue.NewJob(fakes.BRAND, "route", found.id, 9, detail={"fetched_back": True}))
    corridor.drain(world.parts)
    assert world.stored(1).case_id is not None
    assert world.stored(1).dismissed is None


def test_own_posts_and_reposts_are_not_read_by_the_model(world: Any, fakes: Any) -> None:
    arrive(world, fakes.mention(1, "klacht", own=True), fakes.mention(2, "klacht", repost=True))
    assert world.assessor.asked == []


def test_the_same_author_within_three_days_joins_and_later_opens_anew(world: Any, fakes: Any) -> None:
    def later(hours: float) -> Any:
        return fakes.START + timedelta(hours=hours)

    first, second, third = arrive(
        world,
        fakes.mention(1, "klacht", author=ME),
        fakes.mention(2, "nog een klacht", author=ME, created_at=later(70)),
        fakes.mention(3, "weer een klacht", author=ME, created_at=later(70 + 73)),
    )
    assert first.case_id == second.case_id != third.case_id
    assert kinds(world, first.case_id).count(LineKind.MENTION) == 2


def test_one_customer_on_two_channels_is_one_case(world: Any, fakes: Any) -> None:
    world.shop.customers = [fakes.customer("k1", "x:marieke", "facebook:f9")]
    on_x, on_facebook = arrive(
        world,
        fakes.mention(1, "klacht", author=ME),
        fakes.mention(2, "woedend", channel="facebook", author=Author("f9", None, "M. de Vries")),
    )
    assert on_x.case_id == on_facebook.case_id
    assert (on_x.customer_id, world.case(on_x.case_id).customer_id) == ("k1", "k1")
    assert world.case(on_x.case_id).level == 3


def test_two_posts_of_one_author_in_one_batch_are_one_case(world: Any, fakes: Any) -> None:
    rows = world.bring(fakes.mention(2, "klacht", author=ME), fakes.mention(1, "klacht", author=ME))
    corridor.drain(world.parts)
    assert len({world.stored(each).case_id for each in (1, 2)}) == 1
    assert len(rows) == 2


def test_two_workers_that_route_one_author_at_the_same_time_make_one_case(world: Any, fakes: Any) -> None:
    rows = world.bring(fakes.mention(1, "klacht", author=ME), fakes.mention(2, "klacht", author=ME))
    held = [queue.Claim("t", (queue.Job(row, fakes.BRAND, "route", row, {}, 1),)) for row in rows]

    def walk(claim: queue.Claim, before_commit: Callable[[], None] = lambda: None) -> None:
        with world.database.write() as unit:
            route.write(unit, claim.jobs, world.clock())
            before_commit()

    for step in ("assess", "identify"):
        while (claim := line.claim(world.parts, step)) is not None:
            line.walk(world.parts, step, claim)
    with ThreadPoolExecutor(1) as pool:
        started: list[Any] = []

        def other_worker() -> None:
            started.append(pool.submit(walk, held[1]))
            with pytest.raises(TimeoutError):
                started[0].result(0.5)

        walk(held[0], other_worker)
        started[0].result(20)
    assert fakes.count(world.database, case_table) == 1


def test_almost_the_same_words_by_another_profile_are_offered_never_joined(world: Any, fakes: Any) -> None:
    first, second = arrive(
        world, fakes.mention(1, SAME, author=ME), fakes.mention(2, SAME + "!", author=Author("a2", "kopie"))
    )
    assert second.case_id not in (None, first.case_id)
    (found,) = fakes.rows(world.database, offer)
    assert (found["case_id"], found["mention_id"], found["decided"]) == (first.case_id, second.id, None)
    assert found["likeness"] > 0.9


def test_thanks_after_an_answer_reopen_nothing_and_go_to_the_owner(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    (first,) = arrive(world, fakes.mention(1, "woedend", author=ME))
    assert world.case(first.case_id).owner_id == freek.id
    answer(world, freek, first)
    with world.database.write() as unit:
        cases.write(unit, first.case_id, cases.Line(LineKind.CLOSED, world.clock()))
    (found,) = arrive(world, fakes.mention(2, "bedankt!", author=ME, created_at=fakes.START + timedelta(days=2)))
    assert (found.state, found.case_id) == ("thanks", first.case_id)
    assert world.case(first.case_id).state is State.CLOSED
    (row,) = fakes.rows(world.database, thanks)
    assert (row["case_id"], row["agent_id"], row["mention_id"]) == (first.case_id, freek.id, found.id)
    assert kinds(world, first.case_id)[-1] is LineKind.THANKS


def test_thanks_for_no_case_of_ours_are_kept_for_nobody_in_particular(world: Any, fakes: Any) -> None:
    (found,) = arrive(world, fakes.mention(1, "bedankt"))
    (row,) = fakes.rows(world.database, thanks)
    assert (row["case_id"], row["agent_id"]) == (None, None)
    assert (found.state, found.dismissed) == ("dismissed", "thanks")


def test_after_our_answer_the_case_is_as_hot_as_what_the_customer_writes_then(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    (first,) = arrive(world, fakes.mention(1, "woedend, dit is een gevaar", author=ME))
    hot = world.case(first.case_id)
    answer(world, freek, first)
    (later,) = arrive(world, fakes.mention(2, "nog een vraag", author=ME, created_at=fakes.START + timedelta(hours=1)))
    assert later.case_id == first.case_id
    cool = world.case(first.case_id)
    assert (hot.level, cool.level) == (3, 0)
    assert cool.frustration < 0.1 < hot.frustration
    assert cool.risk == pytest.approx(hot.risk), "what is at stake does not cool by an answer"


def test_a_new_complaint_after_the_close_reopens(world: Any, fakes: Any) -> None:
    (first,) = arrive(world, fakes.mention(1, "klacht", author=ME))
    with world.database.write() as unit:
        cases.write(unit, first.case_id, cases.Line(LineKind.CLOSED, fakes.START))
    arrive(world, fakes.mention(2, "klacht", author=ME, created_at=fakes.START + timedelta(hours=5)))
    assert world.case(first.case_id).state is State.OPEN


def test_a_colleague_who_answers_on_the_platform_itself_stops_the_clock(world: Any, fakes: Any) -> None:
    at = fakes.START + timedelta(hours=1)
    first, own = arrive(
        world,
        fakes.mention(1, "klacht", author=ME),
        fakes.mention(2, "Hoi, we kijken mee!", own=True, author=Author("merk"), in_reply_to="1", created_at=at),
    )
    assert own.case_id == first.case_id
    assert kinds(world, first.case_id)[-1] is LineKind.OWN_POST
    case = world.case(first.case_id)
    assert (case.state, case.due_since, case.first_answer_at) == (State.WAITING, None, at)


@pytest.mark.parametrize("joins", [False, True], ids=["opens", "joins"])
def test_our_answer_that_comes_in_before_what_it_answers_finds_its_case_later(
    world: Any, fakes: Any, joins: bool
) -> None:
    if joins:
        arrive(world, fakes.mention(0, "klacht", author=ME))
    at = fakes.START + timedelta(hours=1)
    ours = fakes.mention(2, "Hoi, we kijken mee!", own=True, author=Author("merk"), in_reply_to="1", created_at=at)
    (own,) = arrive(world, ours)
    assert (own.state, own.case_id) == ("dismissed", None)
    (first,) = arrive(world, fakes.mention(1, "klacht", author=ME))
    own = world.stored(2)
    assert (own.state, own.case_id, own.dismissed) == ("joined", first.case_id, None)
    assert kinds(world, first.case_id).count(LineKind.OWN_POST) == 1
    case = world.case(first.case_id)
    assert (case.state, case.due_since) == (State.WAITING, None)


def test_our_posts_under_another_post_stay_where_they_are(world: Any, fakes: Any) -> None:
    arrive(world, fakes.mention(2, "Fijne dag!", own=True, author=Author("merk"), in_reply_to="77"))
    (first,) = arrive(world, fakes.mention(1, "klacht", author=ME))
    assert LineKind.OWN_POST not in kinds(world, first.case_id)
    assert world.stored(2).state == "dismissed"


def own_copy(fakes: Any, text: str, number: str = "r1") -> Any:
    at = fakes.START + timedelta(minutes=1)
    return fakes.mention(number, text, own=True, author=Author("merk"), in_reply_to="1", created_at=at)


def test_our_own_reply_that_the_poller_brings_back_does_not_double(world: Any, fakes: Any) -> None:
    (first,) = arrive(world, fakes.mention(1, "klacht", author=ME))
    answer(world, world.colleague(), first, "Nieuwe zijn onderweg naar je toe!")
    before = kinds(world, first.case_id)
    (own,) = arrive(world, own_copy(fakes, "Nieuwe zijn onderweg naar je toe!"))
    assert kinds(world, first.case_id) == before
    assert (own.state, own.case_id) == ("ours", None)


def test_a_reply_in_doubt_is_sent_when_the_poller_brings_it(world: Any, fakes: Any) -> None:
    (first,) = arrive(world, fakes.mention(1, "klacht", author=ME))
    world.x.answers = [("posted", Unanswered("?"))]
    number = answer(world, world.colleague(), first, "Nieuwe zijn onderweg naar je toe!")
    arrive(world, own_copy(fakes, "@marieke Nieuwe zijn onderweg naar je toe!", "77"))
    with world.database.read() as unit:
        found = replies.by_id(unit, number)
    assert (found.state, found.platform_id) == (ReplyState.SENT, "77")
    assert kinds(world, first.case_id).count(LineKind.REPLY) == 1
    world.hurry()
    corridor.drain(world.parts)
    assert kinds(world, first.case_id).count(LineKind.REPLY) == 1
    assert len(world.x.posts) == 1


def test_words_that_the_platform_refused_and_a_colleague_posted_by_hand_are_an_answer(world: Any, fakes: Any) -> None:
    (first,) = arrive(world, fakes.mention(1, "klacht", author=ME))
    world.x.answers = [Refused("X neemt dit niet aan.")]
    answer(world, world.colleague(), first, "Nieuwe zijn onderweg naar je toe!")
    (own,) = arrive(world, own_copy(fakes, "Nieuwe zijn onderweg naar je toe!", "78"))
    assert own.case_id == first.case_id
    assert world.case(first.case_id).state is State.WAITING
    assert [each["state"] for each in fakes.rows(world.database, reply_table)] == ["failed"]


def test_an_escalation_goes_to_who_may_act_and_is_present(world: Any, fakes: Any) -> None:
    world.colleague("Zonder", mandate=NO_MANDATE)
    world.colleague("Weg", presence=Presence.AWAY)
    freek = world.colleague("Freek")
    (found,) = arrive(world, fakes.mention(1, "woedend"))
    assert (world.case(found.case_id).owner_id, world.case(found.case_id).uncovered) == (freek.id, False)


def test_what_no_mandate_covers_goes_to_the_lead_and_says_so(world: Any, fakes: Any) -> None:
    world.colleague("Zonder", mandate=NO_MANDATE)
    lead = world.colleague("Tess", role=Role.LEAD, mandate=NO_MANDATE)
    (found,) = arrive(world, fakes.mention(1, "woedend"))
    assert (world.case(found.case_id).owner_id, world.case(found.case_id).uncovered) == (lead.id, True)
    assert "beslisruimte" in world.log.told[0].text


def test_what_anyone_can_answer_waits_for_anyone(world: Any, fakes: Any) -> None:
    world.colleague()
    (found,) = arrive(world, fakes.mention(1, "vraag"))
    assert world.case(found.case_id).owner_id is None
    assert world.log.told == []


def test_a_case_that_turns_furious_gets_its_owner_then_and_only_once(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    first, *_ = arrive(world, fakes.mention(1, "vraag", author=ME), fakes.mention(2, "woedend", author=ME))
    assert world.case(first.case_id).owner_id == freek.id
    world.colleague("Els")
    arrive(world, fakes.mention(3, "woedend", author=ME))
    assert world.case(first.case_id).owner_id == freek.id
    assert kinds(world, first.case_id).count(LineKind.ASSIGNED) == 1
    assert len(world.log.told) == 1


def test_a_present_for_tomorrow_in_the_orders_raises_the_case(world: Any, fakes: Any) -> None:
    tomorrow = (fakes.START + timedelta(days=1)).date()
    world.shop.customers = [fakes.customer("k1", "x:marieke")]
    world.shop.orders = [
        fakes.order("SK-1", gift_wrap=True, wished_date=tomorrow, status="shipped", ordered_at=fakes.START)
    ]
    pressing, plain = arrive(world, fakes.mention(1, "klacht", author=ME), fakes.mention(2, "klacht"))
    assert world.case(pressing.case_id).static > world.case(plain.case_id).static
