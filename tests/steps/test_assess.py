"""Assess, identify, explain and follow: what the model, the order system and the platform say is stored."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.assessment import Kind
from socialwatch.domain.case import LineKind
from socialwatch.domain.channel import Page
from socialwatch.domain.mention import Author
from socialwatch.errors import Halted, Refused, Unanswered, Unavailable
from socialwatch.steps import line, say
from socialwatch.store import assessments, cases, queue
from socialwatch.store.replies import Draft
from socialwatch.store.tables import identity, mention_version
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

ME = Author("a1", "Marieke", "Marieke de Vries", 100)


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def read(world: Any, number: int) -> assessments.Assessment | None:
    row = world.stored(number).id
    with world.database.read() as unit:
        return assessments.of(unit, [row]).get(row)


def test_64_are_read_at_once_and_the_gravest_goes_on_first(world: Any, fakes: Any) -> None:
    words = ["vraag"] * 70
    words[5] = "woedend"
    world.bring(*(fakes.mention(number, each) for number, each in enumerate(words)))
    assert corridor.attempt(world.parts, "assess", corridor.Keeper(world.parts)) == 64
    assert [len(each) for each in world.assessor.asked] == [64]
    held = line.claim(world.parts, "identify")
    assert held is not None
    assert held.jobs[0].subject == world.stored(5).id


def test_the_rules_read_the_same_words(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "klacht over SK-10234, al 3x gebeld, het is voor mijn oma haar verjaardag morgen"))
    corridor.drain(world.parts)
    found = read(world, 1)
    assert found is not None
    assert found.reading.kind is Kind.COMPLAINT
    assert {each.kind for each in found.facts} >= {"order_number"}
    assert found.earlier_rejection
    assert found.stakes[0].on == (fakes.START + timedelta(days=1)).date()


def test_what_was_edited_while_the_model_read_is_read_again(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "vraag"))

    def edit() -> None:
        world.assessor.before = None
        world.poll(Page((fakes.mention(1, "woedend", version_id="2"),), cursor="d"))

    world.assessor.before = edit
    corridor.drain(world.parts)
    assert world.assessor.asked == [["vraag"], ["woedend"]]
    found = read(world, 1)
    assert found is not None
    assert found.reading.level == 3
    assert world.case(world.stored(1).case_id).level == 3


def test_one_text_that_kills_the_model_ends_as_a_dead_letter_and_all_others_are_read(world: Any, fakes: Any) -> None:
    words = {number: "vergif" if number == 37 else "vraag" for number in range(64)}
    world.bring(*(fakes.mention(number, each) for number, each in words.items()))
    for _ in range(queue.MOST_ATTEMPTS):
        corridor.drain(world.parts)
        world.hurry()
    with world.database.read() as unit:
        (letter,) = queue.dead(unit)
    assert (letter.step, letter.subject, letter.attempts) == ("assess", world.stored(37).id, queue.MOST_ATTEMPTS)
    assert letter.reason == "Onverwachte fout (RuntimeError)"
    assert all(read(world, number) is not None for number in words if number != 37)
    assert {step for step, _, _ in world.jobs()} == {"assess"}


def test_a_text_that_is_refused_is_buried_at_once(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "weiger"), fakes.mention(2, "vraag"))
    corridor.drain(world.parts)
    with world.database.read() as unit:
        (letter,) = queue.dead(unit)
    assert (letter.subject, letter.attempts, letter.reason) == (world.stored(1).id, 1, "Deze tekst is niet te lezen.")
    assert read(world, 2) is not None


def test_a_model_that_is_away_buries_nothing_and_is_not_hammered(world: Any, fakes: Any) -> None:
    def away() -> None:
        raise Unavailable("Het model is er even niet.", retry_after=0.0)

    world.assessor.before = away
    world.bring(fakes.mention(1, "vraag"))
    for _ in range(2 * queue.MOST_ATTEMPTS):
        corridor.drain(world.parts)  # it ends: what is unavailable waits
        world.hurry()
    assert len(world.assessor.asked) == 2 * queue.MOST_ATTEMPTS
    world.assessor.before = None
    corridor.drain(world.parts)
    assert read(world, 1) is not None


def test_the_reasons_are_kept_when_a_case_is_opened(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "klacht"), fakes.mention(2, "prachtig"))
    corridor.drain(world.parts)
    ids = [world.stored(1).id, world.stored(2).id]
    with world.database.read() as unit:
        found = assessments.explained(unit, ids)
    assert {number: spans[0].text for number, (_, spans) in found.items() if spans} == {ids[0]: "kla"}


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("klacht", "handle_given"),
        ("klacht over bestelling sk10234", "order_number"),
        ("klacht, mail mij op Marieke@Example.nl", "email"),
    ],
)
def test_a_link_is_stored_with_its_basis(world: Any, fakes: Any, words: str, basis: str) -> None:
    handles = ("x:marieke",) if basis == "handle_given" else ()
    world.shop.customers = [fakes.customer("k1", *handles, email="marieke@example.nl")]
    world.shop.orders = [fakes.order("SK-10234")]
    world.bring(fakes.mention(1, words, author=ME))
    corridor.drain(world.parts)
    assert world.stored(1).customer_id == "k1"
    (row,) = fakes.rows(world.database, identity)
    assert (row["customer_id"], row["basis"], row["offered"], row["undone_at"]) == ("k1", basis, False, None)


def test_two_customers_that_fit_are_offered_and_none_is_linked(world: Any, fakes: Any) -> None:
    world.shop.customers = [fakes.customer("k1", "x:marieke"), fakes.customer("k2", email="m@example.nl")]
    world.bring(fakes.mention(1, "klacht, mail m@example.nl", author=ME))
    corridor.drain(world.parts)
    assert world.stored(1).customer_id is None
    assert {(each["customer_id"], each["offered"]) for each in fakes.rows(world.database, identity)} == {
        ("k1", True),
        ("k2", True),
    }


@pytest.mark.parametrize(
    "problem", [Unavailable("weg"), Unanswered("?"), Refused("Deze vraag mag niet."), Halted("De sleutel is verlopen.")]
)
def test_an_order_system_that_says_no_never_blocks_a_case(world: Any, fakes: Any, problem: Exception) -> None:
    world.shop.problem = problem
    world.bring(fakes.mention(1, "klacht", author=ME))
    corridor.drain(world.parts)
    found = world.stored(1)
    assert found.case_id is not None
    later = isinstance(problem, Unavailable | Halted)  # who is away, or whose key a human mends, is asked again
    assert world.jobs() == ([("reidentify", found.id, "ready")] if later else [])


def test_an_unknown_author_is_handled(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "klacht", author=None, channel="facebook"))
    corridor.drain(world.parts)
    found = world.stored(1, "facebook")
    assert world.case(found.case_id).title.startswith("Onbekend · ")


def follow(world: Any) -> list[str]:
    found: list[str] = line.follow_all(world.parts)
    return found


def test_what_the_customer_edits_or_deletes_later_changes_here_too(world: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "vraag", author=ME), fakes.mention(2, "klacht"), fakes.mention(3, "klacht"))
    corridor.drain(world.parts)
    assert follow(world) == []
    assert world.x.looked == {}
    world.clock.forward(hours=13)
    world.x.looked = {"1": fakes.mention(1, "woedend", version_id="9", author=ME), "2": None}
    assert follow(world) == []
    corridor.drain(world.parts)
    assert world.case(world.stored(1).case_id).level == 3
    assert [each["text"] for each in fakes.rows(world.database, mention_version)] == ["vraag"]
    assert world.stored(2).mention.text == ""
    with world.database.read() as unit:
        assert cases.lines(unit, world.stored(2).case_id)[-1].kind is LineKind.GONE
    world.x.looked = {"1": None, "3": None}
    assert follow(world) == []  # all were seen just now
    assert world.stored(3).gone_at is None


@pytest.mark.parametrize("problem", [Unavailable("X is er even niet."), KeyError("data")])
def test_one_channel_that_cannot_look_does_not_stop_the_other(world: Any, fakes: Any, problem: Exception) -> None:
    world.bring(fakes.mention(1, "klacht"), fakes.mention(2, "klacht", channel="facebook"))
    corridor.drain(world.parts)
    world.clock.forward(hours=13)

    def fail(_: object) -> None:
        raise problem

    world.facebook.lookup = fail
    world.x.looked = {"1": None}
    (failed,) = follow(world)
    assert failed
    assert world.stored(1).gone_at is not None
    assert world.stored(2, "facebook").gone_at is None


def test_no_plug_is_ever_asked_while_a_unit_is_open(world: Any, fakes: Any) -> None:
    """The whole way in and out. Every plug stands behind a guard; here each must have been asked."""
    freek = world.colleague()
    world.shop.customers = [fakes.customer("k1", "x:marieke", email="m@example.nl")]
    world.shop.orders = [fakes.order("SK-10234")]
    parts = world.parts
    world.register("x", "facebook")
    world.x.polls.append([Page((fakes.mention(1, "woedend om SK-10234, m@example.nl", author=ME),), cursor="c")])
    term = world.lead()
    assert term is not None
    assert line.poll_source(parts, f"{fakes.BRAND}/x", term, 60.0).new == 1  # type: ignore[union-attr]
    corridor.drain(parts)
    found = world.stored(1)
    world.x.answers = [("posted", Unanswered("?"))]
    with world.database.write() as unit:
        say.approve(unit, freek, Draft(fakes.BRAND, found.case_id, found.id, freek.id, "Balen!", "k"), fakes.START)
    corridor.drain(parts)
    world.hurry()
    corridor.drain(parts)
    world.clock.forward(hours=13)
    line.follow_all(parts)
    asked = set(parts.assessor().asked)  # type: ignore[attr-defined]
    for plug in (*parts.channels.values(), *parts.shops.values(), *parts.notifiers.values()):
        asked |= set(plug.asked)  # type: ignore[attr-defined]
    assert asked >= {"read", "why", "poll", "reply", "find_own_reply", "lookup", "by_handle", "by_order", "by_email"}
    assert asked >= {"file", "notify"}


def test_the_guard_itself_sees_a_plug_that_is_asked_inside_a_unit(world: Any, fakes: Any) -> None:
    guarded = fakes.Guard(world.shop)
    with world.database.read(), pytest.raises(AssertionError, match="by_email"):
        guarded.by_email("m@example.nl")
    assert guarded.by_email("m@example.nl") == []
