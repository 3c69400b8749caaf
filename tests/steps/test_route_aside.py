"""Route: what came before the post it belongs to was put aside, and finds its place when that post comes."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.case import LineKind, State
from socialwatch.domain.channel import Page
from socialwatch.domain.join import Reason
from socialwatch.domain.mention import Author
from socialwatch.store import cases
from socialwatch.store.tables import thanks
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

ME = Author("a1", "marieke", "Marieke de Vries", 100)
US = Author("merk", "sokkerij")


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def arrive(world: Any, *found: Any) -> list[Any]:
    """Mentions come in one after the other, in this order, and walk the whole line."""
    for each in found:
        world.bring(each)
        corridor.drain(world.parts)
    return [world.stored(each.id, each.channel) for each in found]


def post(fakes: Any, number: int, words: str, hours: float, **changes: Any) -> Any:
    """A post in the conversation of post 1, `hours` after it."""
    thread: dict[str, Any] = {} if number == 1 else {"in_reply_to": "1"}
    at = fakes.START + timedelta(hours=hours)
    return fakes.mention(number, words, **{"author": ME, "conversation_id": "1", "created_at": at, **thread, **changes})


def ours(fakes: Any, number: int, hours: float, **changes: Any) -> Any:
    return post(fakes, number, "Wat vervelend, we kijken mee", hours, own=True, author=US, **changes)


def lines(world: Any, case: int) -> list[tuple[LineKind, int | None]]:
    with world.database.read() as unit:
        return [(each.kind, each.mention_id) for each in cases.lines(unit, case)]


def close(world: Any, case: int, at: Any) -> None:
    with world.database.write() as unit:
        cases.write(unit, case, cases.Line(LineKind.CLOSED, at))


def place(world: Any, number: int) -> tuple[str, int | None, str | None]:
    found = world.stored(number)
    return found.state, found.case_id, found.dismissed


def test_our_answer_that_came_before_the_post_it_answers_stops_the_clock_of_its_case(world: Any, fakes: Any) -> None:
    (own,) = arrive(world, ours(fakes, 2, 1))
    assert (own.state, own.dismissed) == ("dismissed", Reason.OWN_POST)
    (first,) = arrive(world, post(fakes, 1, "klacht", 0))
    assert place(world, 2) == ("joined", first.case_id, None)
    assert lines(world, first.case_id).count((LineKind.OWN_POST, own.id)) == 1
    case = world.case(first.case_id)
    assert (case.state, case.due_since, case.first_answer_at) == (State.WAITING, None, fakes.START + timedelta(hours=1))


def test_a_thank_you_becomes_one_when_our_earlier_answer_comes_to_light(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    first, kind_word = arrive(world, post(fakes, 1, "woedend", 0), post(fakes, 3, "bedankt!", 3))
    assert (kind_word.state, kind_word.case_id) == ("joined", first.case_id)
    arrive(world, ours(fakes, 2, 1))
    assert place(world, 3) == ("thanks", first.case_id, None)
    (row,) = fakes.rows(world.database, thanks)
    assert (row["case_id"], row["agent_id"], row["mention_id"]) == (first.case_id, freek.id, kind_word.id)
    found = lines(world, first.case_id)
    assert (LineKind.MENTION, kind_word.id) not in found
    assert found.count((LineKind.THANKS, kind_word.id)) == 1
    assert (world.case(first.case_id).state, world.case(first.case_id).due_since) == (State.WAITING, None)


def test_a_thank_you_from_before_our_answer_stays_a_line_of_the_case(world: Any, fakes: Any) -> None:
    first, _ = arrive(world, post(fakes, 1, "klacht", 0), post(fakes, 3, "bedankt alvast", 0.5))
    arrive(world, ours(fakes, 2, 1))
    assert place(world, 3) == ("joined", first.case_id, None)
    assert fakes.count(world.database, thanks) == 0


def test_thanks_and_answer_that_both_came_before_the_complaint_are_placed_as_life_went(world: Any, fakes: Any) -> None:
    arrive(world, post(fakes, 3, "bedankt!", 3), ours(fakes, 2, 1))
    assert [place(world, number)[2] for number in (2, 3)] == [Reason.OWN_POST, Reason.THANKS]
    (first,) = arrive(world, post(fakes, 1, "klacht", 0))
    assert place(world, 2) == ("joined", first.case_id, None)
    assert place(world, 3) == ("thanks", first.case_id, None)
    (row,) = fakes.rows(world.database, thanks)
    assert row["case_id"] == first.case_id


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("maat 43", Reason.NO_NEED),
        ("hier staat het https://sokkerij.example/43", Reason.NEWS),
        ("verder prachtig hoor", Reason.PRAISE),
    ],
)
def test_a_few_words_that_came_before_the_complaint_in_their_thread_join_it(
    world: Any, fakes: Any, words: str, reason: Reason
) -> None:
    (aside,) = arrive(world, post(fakes, 2, words, 1))
    assert (aside.state, aside.dismissed) == ("dismissed", reason)
    (first,) = arrive(world, post(fakes, 1, "klacht", 0))
    assert place(world, 2) == ("joined", first.case_id, None)
    assert lines(world, first.case_id).count((LineKind.MENTION, aside.id)) == 1


def test_what_was_deleted_meanwhile_is_not_revived(world: Any, fakes: Any) -> None:
    arrive(world, post(fakes, 2, "maat 43", 1), ours(fakes, 3, 2))
    world.poll(Page((), cursor="d", gone=("2", "3")))
    (first,) = arrive(world, post(fakes, 1, "klacht", 0))
    assert [place(world, number)[:2] for number in (2, 3)] == [("dismissed", None)] * 2
    assert lines(world, first.case_id).count((LineKind.MENTION, first.id)) == 1
    assert not {LineKind.OWN_POST, LineKind.GONE} & {kind for kind, _ in lines(world, first.case_id)}
    assert world.case(first.case_id).due_since == fakes.START


def test_our_answer_from_before_the_close_leaves_the_case_closed(world: Any, fakes: Any) -> None:
    first, kind_word = arrive(world, post(fakes, 1, "klacht", 0), post(fakes, 3, "bedankt!", 3))
    close(world, first.case_id, fakes.START + timedelta(hours=4))
    arrive(world, ours(fakes, 2, 1))
    assert world.case(first.case_id).state is State.CLOSED
    assert place(world, 3) == ("thanks", first.case_id, None)
    assert lines(world, first.case_id).count((LineKind.THANKS, kind_word.id)) == 1


@pytest.mark.parametrize("words", ["maat 43", "bedankt!"])
def test_what_somebody_else_wrote_in_the_thread_is_not_taken_along(world: Any, fakes: Any, words: str) -> None:
    (theirs,) = arrive(world, post(fakes, 2, words, 1, author=Author("a9", "joost")))
    (first,) = arrive(world, post(fakes, 1, "klacht", 0))
    assert place(world, 2) == ("dismissed", None, theirs.dismissed)
    assert [number for _, number in lines(world, first.case_id) if number] == [first.id]


@pytest.mark.parametrize("changes", [{"conversation_id": "77", "in_reply_to": "77"}, {"channel": "facebook"}])
def test_what_stands_elsewhere_is_not_taken_along(world: Any, fakes: Any, changes: dict[str, Any]) -> None:
    (aside,) = arrive(world, post(fakes, 2, "maat 43", 1, **changes))
    arrive(world, post(fakes, 1, "klacht", 0))
    found = world.stored(2, aside.mention.channel)
    assert (found.state, found.case_id) == ("dismissed", None)


def test_spam_and_reposts_are_never_decided_again(world: Any, fakes: Any) -> None:
    arrive(world, post(fakes, 2, "winactie", 1), post(fakes, 3, "klacht", 1, repost=True))
    (first,) = arrive(world, post(fakes, 1, "klacht", 0))
    assert [place(world, number) for number in (2, 3)] == [("dismissed", None, "spam"), ("dismissed", None, "repost")]
    assert [number for _, number in lines(world, first.case_id) if number] == [first.id]
