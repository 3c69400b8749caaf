"""Thank-yous: two of one customer are one card, ours being answered starts nothing, and none of it is open work."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.case import Line, LineKind, State
from socialwatch.domain.mention import Author
from socialwatch.steps import say
from socialwatch.store import cases, desk, people, standings, thanks
from socialwatch.store.replies import Draft
from socialwatch.store.tables import case as case_table
from socialwatch.store.tables import notification
from socialwatch.store.tables import thanks as thanks_table
from socialwatch.worker import corridor

ME = Author("a1", "marieke", "Marieke de Vries", 100)
ELSEWHERE = Author("f1", "Marieke de V", "Marieke de V", 10)


@pytest.fixture
def world(database: Any, fakes: Any) -> Any:
    return fakes.World(database)


@pytest.fixture
def freek(world: Any) -> Any:
    return world.colleague()


def arrive(world: Any, *found: Any) -> list[Any]:
    for each in found:
        world.bring(each)
        corridor.drain(world.parts)
    return [world.stored(each.id, each.channel) for each in found]


def answer(world: Any, who: Any, found: Any, text: str) -> int:
    with world.database.write() as unit:
        draft = Draft(who.brand, found.case_id, found.id, who.id, text, f"klik-{found.id}-{text}"[:64])
        number = say.approve(unit, who, draft, world.clock()).id
    corridor.drain(world.parts)
    return int(number)


def thank_back(world: Any, who: Any, found: Any, text: str = "Jij bedankt voor je geduld!") -> None:
    number = answer(world, who, found, text)
    with world.database.write() as unit:
        (row,) = [each for each in _rows(unit) if each.mention_id == found.id]
        thanks.answered(unit, row.id, number)


def _rows(unit: Any) -> list[Any]:
    return list(unit.run(thanks_table.select()).all())


@pytest.fixture
def solved(world: Any, fakes: Any, freek: Any) -> Any:
    """A furious customer, answered and closed."""
    (first,) = arrive(world, fakes.mention(1, "woedend", author=ME, conversation_id="1"))
    world.clock.forward(minutes=5)
    answer(world, freek, first, "Wat vervelend, nieuwe zijn onderweg!")
    with world.database.write() as unit:
        cases.write(unit, first.case_id, Line(LineKind.CLOSED, world.clock()))
    world.clock.forward(hours=1)
    return first


def cards(world: Any, who: Any) -> list[thanks.Card]:
    with world.database.read() as unit:
        return thanks.cards(unit, who)


def thanked(world: Any, fakes: Any, number: int, **changes: Any) -> Any:
    given = {"author": ME, "created_at": world.clock()} | changes
    return arrive(world, fakes.mention(number, "bedankt!", **given))[0]


def test_two_of_one_author_are_one_card_answered_where_they_wrote_last(
    world: Any, fakes: Any, freek: Any, solved: Any
) -> None:
    first = thanked(world, fakes, 2)
    world.clock.forward(minutes=6)
    second = thanked(world, fakes, 3)
    (card,) = cards(world, freek)
    assert [each.post.id for each in card.words] == [first.id, second.id]
    assert card.to.post.id == second.id
    assert card.case is not None
    assert card.case.id == solved.case_id
    assert [each.text for each in card.done.answers] == ["Wat vervelend, nieuwe zijn onderweg!"]
    world.clock.forward(minutes=1)
    thank_back(world, freek, second)
    (card,) = cards(world, freek)
    assert card.answered
    assert [each.text for each in card.done.answers] == ["Wat vervelend, nieuwe zijn onderweg!"]


def test_two_channels_of_one_linked_customer_are_one_card(world: Any, fakes: Any, freek: Any) -> None:
    world.shop.customers = [fakes.customer("k1", "x:marieke", "facebook:marieke de v")]
    (first,) = arrive(world, fakes.mention(1, "woedend", author=ME))
    answer(world, freek, first, "Nieuwe zijn onderweg!")
    world.clock.forward(hours=1)
    public = thanked(world, fakes, 2)
    world.clock.forward(minutes=6)
    elsewhere = thanked(world, fakes, 3, channel="facebook", author=ELSEWHERE)
    assert public.case_id == elsewhere.case_id == first.case_id
    (card,) = cards(world, freek)
    assert [each.post.mention.channel for each in card.words] == ["x", "facebook"]
    assert card.to.post.mention.channel == "facebook"


def test_a_stranger_to_each_other_and_another_case_are_cards_of_their_own(
    world: Any, fakes: Any, freek: Any, solved: Any
) -> None:
    thanked(world, fakes, 2)
    other = Author("a9", "els", "Els", 3)
    (theirs,) = arrive(world, fakes.mention(4, "klacht", author=other, created_at=world.clock()))
    answer(world, freek, theirs, "Wat een pech, Els.")
    world.clock.forward(minutes=3)
    thanked(world, fakes, 5, author=other)
    assert [len(each.words) for each in cards(world, freek)] == [1, 1]
    world.clock.forward(days=8)
    thanked(world, fakes, 6)
    assert len(cards(world, freek)) == 3, "what is said weeks later is a thank-you of its own"


def test_an_edit_of_who_it_is_makes_no_second_card_of_another_brand(
    world: Any, fakes: Any, freek: Any, solved: Any
) -> None:
    thanked(world, fakes, 2)
    buur = world.colleague("Buur", brand="buren", email="buur@buren.example")
    assert cards(world, buur) == []
    (mine,) = cards(world, freek)
    with world.database.read() as unit:
        assert thanks.card(unit, freek, mine.head.id) == mine
        assert thanks.card(unit, buur, mine.head.id) is None


@pytest.mark.parametrize("words", ["graag gedaan", "bedankt, jij ook!", "prachtig", "👍"])
def test_our_thanks_being_answered_starts_nothing(world: Any, fakes: Any, freek: Any, solved: Any, words: str) -> None:
    found = thanked(world, fakes, 2, conversation_id="1")
    world.clock.forward(minutes=1)
    thank_back(world, freek, found)
    told, before = list(world.log.told), world.case(solved.case_id)
    for turn in range(3):  # back and forth, as polite people do
        world.clock.forward(minutes=1)
        at = world.clock()
        back = fakes.mention(10 + turn, words, author=ME, conversation_id="1", in_reply_to="r2", created_at=at)
        (nod,) = arrive(world, back)
        assert (nod.state, nod.case_id) == ("thanks", solved.case_id)
    after = world.case(solved.case_id)
    assert (after.state, after.due_since, after.static) == (State.CLOSED, None, before.static)
    assert fakes.count(world.database, case_table) == 1
    assert fakes.count(world.database, thanks_table) == 1
    assert world.log.told == told
    assert [row["case_id"] for row in fakes.rows(world.database, notification)] == [solved.case_id] * len(told)
    (card,) = cards(world, freek)
    assert card.answered


def test_a_new_complaint_under_our_thanks_does_reopen(world: Any, fakes: Any, freek: Any, solved: Any) -> None:
    found = thanked(world, fakes, 2, conversation_id="1")
    world.clock.forward(minutes=1)
    thank_back(world, freek, found)
    world.clock.forward(days=1)
    again = fakes.mention(
        9, "nu een klacht", author=ME, conversation_id="1", in_reply_to="r2", created_at=world.clock()
    )
    arrive(world, again)
    assert world.case(solved.case_id).state is State.OPEN


def test_what_is_asked_after_our_thanks_is_answered_in_the_case(
    world: Any, fakes: Any, freek: Any, solved: Any
) -> None:
    found = thanked(world, fakes, 2, conversation_id="1")
    world.clock.forward(minutes=1)
    thank_back(world, freek, found)
    world.clock.forward(minutes=1)
    answer(world, freek, found, "O ja, welke maat was het?")
    world.clock.forward(minutes=1)
    size = fakes.mention(9, "maat 43", author=ME, conversation_id="1", in_reply_to="r3", created_at=world.clock())
    (joined,) = arrive(world, size)
    assert joined.state == "joined"


def test_thanks_for_no_case_answered_by_us_end_there_too(world: Any, fakes: Any, freek: Any) -> None:
    found = thanked(world, fakes, 2, conversation_id="2")
    world.clock.forward(minutes=1)
    thank_back(world, freek, found)
    world.clock.forward(minutes=1)
    at = world.clock()
    back = fakes.mention(3, "bedankt jij ook", author=ME, conversation_id="2", in_reply_to="r1", created_at=at)
    (nod,) = arrive(world, back)
    assert (nod.state, nod.dismissed) == ("dismissed", "thanks")
    assert fakes.count(world.database, thanks_table) == 1


def test_no_thanks_is_open_work(world: Any, fakes: Any, freek: Any, solved: Any) -> None:
    """Not in the Inbox, not in its counts, not on a desk's load, and no clock runs for it."""
    before = _work(world, freek)
    thanked(world, fakes, 2)
    thanked(world, fakes, 3)
    thanked(world, fakes, 4, author=Author("a7", "nieuw", "Nieuw", 1))
    assert _work(world, freek) == before
    assert set(before[0].values()) == {0}
    assert world.case(solved.case_id).due_since is None


def _work(world: Any, who: Any) -> tuple[Any, ...]:
    with world.database.read() as unit:
        counts = desk.counts(unit, who)
        seats = people.seats(unit, who.brand, world.clock(), world.clock() - timedelta(hours=12))
        loads = [(seat.agent.id, seat.open_weight) for seat in seats]
        return counts, desk.unplaced(unit, who), loads, [each.id for each in standings.ranked(unit)]
