"""Survey: who is asked, once, at the right moment; and what the mail server says decides whether it may go again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.identity import Basis, candidate
from socialwatch.domain.mention import Author
from socialwatch.domain.survey import LATEST, REST, Rules, Surveys, unsealed
from socialwatch.domain.timing import Timing
from socialwatch.errors import Refused, Unanswered, Unavailable
from socialwatch.steps import say, survey
from socialwatch.store import agents, cases, customers, identities, promises, surveys
from socialwatch.store.promises import Promise
from socialwatch.store.replies import Draft
from socialwatch.store.tables import case as case_table
from socialwatch.store.tables import identity as identity_table
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.tables import survey as survey_table
from socialwatch.worker import corridor

SECRET = "een-geheim-van-ruim-genoeg-tekens"
ME = Author("a1", "marieke", "Marieke de Vries", 100)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def world(database: Any, fakes: Any) -> Any:
    made = fakes.World(database)
    made.clock.now = MONDAY
    made.shop.customers = [fakes.customer("k1", "x:marieke", email="marieke@example.nl")]
    with database.write() as unit:
        customers.import_customers(unit, made.shop.customers, MONDAY)
    made.colleague("Freek de Boer")
    return made


@pytest.fixture
def mailbox(fakes: Any) -> Any:
    return fakes.Channel(kind="mail")


@pytest.fixture
def round_(mailbox: Any, fakes: Any) -> survey.Round:
    asking = Surveys({fakes.BRAND: Rules("Sokkerij")}, SECRET)
    guarded = fakes.Guard(mailbox)
    return survey.Round(asking, {f"{fakes.BRAND}/mail": guarded}, Timing(), "https://webcare.example")


def solve(world: Any, fakes: Any, number: int = 1, text: str = "woedend", **changes: Any) -> int:
    """A customer complains, we answer, the case is closed."""
    world.bring(fakes.mention(number, text, **({"author": ME, "created_at": world.clock()} | changes)))
    corridor.drain(world.parts)
    found = world.stored(number)
    with world.database.write() as unit:
        owner = cases.by_id(unit, found.case_id).owner_id
        who = next(each for each in _everyone(unit, fakes.BRAND) if each.id == owner)
        draft = Draft(fakes.BRAND, found.case_id, found.id, owner, f"Nieuwe zijn onderweg {number}", f"klik-{number}")
        say.approve(unit, who, draft, world.clock())
    corridor.drain(world.parts)
    world.clock.forward(minutes=1)
    with world.database.write() as unit:
        cases.write(unit, found.case_id, Line(LineKind.CLOSED, world.clock(), agent_id=owner))
    return int(found.case_id)


def _everyone(unit: Any, brand: str) -> Any:
    return agents.everyone(unit, brand)


def turn(world: Any, round_: survey.Round) -> list[str]:
    return survey.run(world.database, round_, world.clock())


def states(world: Any, fakes: Any) -> list[str]:
    return [row["state"] for row in fakes.rows(world.database, survey_table)]


def test_a_closed_case_brings_one_mail_some_hours_later(
    world: Any, fakes: Any, round_: survey.Round, mailbox: Any
) -> None:
    number = solve(world, fakes)
    assert turn(world, round_) == []
    assert (states(world, fakes), mailbox.letters) == (["due"], [])
    world.clock.forward(hours=3, minutes=58)
    turn(world, round_)
    assert mailbox.letters == []
    world.clock.forward(minutes=5)
    for _ in range(3):
        assert turn(world, round_) == []
    ((letter, key),) = mailbox.letters
    assert (letter.whom, letter.sender) == ("marieke@example.nl", "Freek van Sokkerij")
    assert "Hoi Marieke" in letter.text
    (row,) = fakes.rows(world.database, survey_table)
    assert (row["case_id"], row["state"], key) == (number, "sent", f"survey-{row['id']}")
    token = letter.text.split("https://webcare.example/vraag/")[1].split()[0]
    name = unsealed(SECRET, token)
    assert name is not None
    assert row["token_hash"] == surveys.hashed(name)
    assert token not in str(row)
    assert "marieke" not in str(row)


def test_outside_opening_hours_it_waits_for_the_morning(
    world: Any, fakes: Any, round_: survey.Round, mailbox: Any
) -> None:
    world.clock.forward(hours=9)  # eight in the evening in Amsterdam
    solve(world, fakes)
    turn(world, round_)
    (row,) = fakes.rows(world.database, survey_table)
    assert row["due_at"] == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    world.clock.now = datetime(2026, 11, 24, 7, 1, tzinfo=UTC)
    turn(world, round_)
    assert len(mailbox.letters) == 1


def _later(world: Any) -> None:
    world.clock.forward(hours=5)


def thanked(world: Any, fakes: Any, number: int) -> None:
    world.bring(fakes.mention(50, "bedankt!", author=ME, created_at=world.clock()))
    corridor.drain(world.parts)


def another_case(world: Any, fakes: Any, number: int) -> None:
    with world.database.write() as unit:
        unit.run(update(mention_table).values(author_id="b9"))  # another profile of the same customer
    world.bring(fakes.mention(51, "klacht", author=Author("c1", "m2"), created_at=world.clock() + timedelta(days=9)))
    corridor.drain(world.parts)
    with world.database.write() as unit:
        unit.run(update(case_table).where(case_table.c.id != number).values(customer_id="k1"))


def reopened(world: Any, fakes: Any, number: int) -> None:
    with world.database.write() as unit:
        cases.write(unit, number, Line(LineKind.REOPENED, world.clock()))


def promised(world: Any, fakes: Any, number: int) -> None:
    with world.database.write() as unit:
        owner = _everyone(unit, fakes.BRAND)[0].id
        due = world.clock() + timedelta(days=1)
        promises.make(unit, Promise(0, fakes.BRAND, number, owner, None, "morgen in huis", world.clock(), due))


def carded(world: Any, fakes: Any, number: int) -> None:
    with world.database.write() as unit:
        unit.run(update(case_table).values(protocol="safety"))


def mourning(world: Any, fakes: Any, number: int) -> None:
    with world.database.write() as unit:
        unit.run(update(mention_table).values(text="Het was voor mijn moeder, zij is overleden."))


def undone(world: Any, fakes: Any, number: int) -> None:
    with world.database.write() as unit:
        unit.run(update(identity_table).values(undone_at=world.clock()))


HOLDS_BACK = [thanked, another_case, reopened, promised, carded, mourning, undone]


@pytest.mark.parametrize("happens", HOLDS_BACK)
def test_what_speaks_against_it_before_or_after_planning_stops_it(
    world: Any, fakes: Any, round_: survey.Round, mailbox: Any, happens: Any
) -> None:
    number = solve(world, fakes)
    turn(world, round_)
    assert states(world, fakes) == ["due"]
    happens(world, fakes, number)
    _later(world)
    turn(world, round_)
    assert (states(world, fakes), mailbox.letters) == (["dropped"], [])


@pytest.mark.parametrize("happens", HOLDS_BACK)
def test_what_speaks_against_it_from_the_start_plans_nothing(
    world: Any, fakes: Any, round_: survey.Round, mailbox: Any, happens: Any
) -> None:
    happens(world, fakes, solve(world, fakes))
    for _ in range(2):
        turn(world, round_)
        _later(world)
    assert mailbox.letters == []
    assert "due" not in states(world, fakes)


def test_a_name_alone_is_no_address(world: Any, fakes: Any, round_: survey.Round, mailbox: Any) -> None:
    world.shop.customers = []
    number = solve(world, fakes)
    found = world.stored(1)
    with world.database.write() as unit:
        said = identities.Said(found, [candidate(fakes.customer("k1"), Basis.NAME)], offered=True)
        identities.record(unit, [said], world.clock())
        unit.run(update(case_table).where(case_table.c.id == number).values(customer_id="k1"))
    turn(world, round_)
    assert states(world, fakes) == ["dropped"]


def test_once_in_ninety_days_also_when_another_customer_has_the_same_address(
    world: Any, fakes: Any, round_: survey.Round, mailbox: Any
) -> None:
    solve(world, fakes)
    turn(world, round_)
    _later(world)
    turn(world, round_)
    assert len(mailbox.letters) == 1
    world.clock.forward(days=30)
    other = fakes.customer("k2", "x:huisgenoot", email="Marieke@example.nl")
    world.shop.customers = [*world.shop.customers, other]
    with world.database.write() as unit:
        customers.import_customers(unit, [other], world.clock())
    for place, author in ((2, ME), (3, Author("a7", "huisgenoot"))):
        solve(world, fakes, place, author=author)
        turn(world, round_)
        _later(world)
        turn(world, round_)
    assert len(mailbox.letters) == 1
    world.clock.forward(days=REST.days)
    world.clock.now = world.clock.now.replace(hour=10)
    while world.clock.now.weekday() != 1:  # the Monday is Easter Monday, and we are closed
        world.clock.forward(days=1)
    solve(world, fakes, 4)
    turn(world, round_)
    _later(world)
    turn(world, round_)
    assert len(mailbox.letters) == 2


def test_two_cases_closed_at_once_bring_one_mail(world: Any, fakes: Any, round_: survey.Round, mailbox: Any) -> None:
    solve(world, fakes)
    world.clock.forward(days=4)
    solve(world, fakes, 2)
    with world.database.write() as unit:
        unit.run(update(case_table).values(last_at=world.clock()))
    turn(world, round_)
    assert sorted(states(world, fakes)) == ["dropped", "sent"]
    _later(world)
    turn(world, round_)
    assert len(mailbox.letters) == 1


def test_a_mail_server_that_is_away_is_tried_again_and_one_that_refuses_is_not(
    world: Any, fakes: Any, round_: survey.Round, mailbox: Any
) -> None:
    solve(world, fakes)
    turn(world, round_)
    _later(world)
    mailbox.answers = [Unavailable("De mailserver is weg")]
    assert turn(world, round_) == ["De mailserver is weg"]
    assert states(world, fakes) == ["due"]
    assert turn(world, round_) == []
    world.clock.forward(minutes=11)
    mailbox.answers = [Refused("De mailserver weigert het adres van de klant (code 550)")]
    assert turn(world, round_) == ["De mailserver weigert het adres van de klant (code 550)"]
    world.clock.forward(minutes=11)
    assert turn(world, round_) == []
    assert (states(world, fakes), mailbox.letters) == (["dropped"], [])


def test_what_may_have_gone_out_is_never_sent_again_and_its_link_still_works(
    world: Any, fakes: Any, round_: survey.Round, mailbox: Any
) -> None:
    solve(world, fakes)
    turn(world, round_)
    _later(world)
    mailbox.answers = [("posted", Unanswered("De mailserver gaf geen antwoord"))]
    turn(world, round_)
    for _ in range(3):
        world.clock.forward(minutes=30)
        turn(world, round_)
    assert (states(world, fakes), len(mailbox.letters)) == (["unknown"], 1)
    token = mailbox.letters[0][0].text.split("/vraag/")[1].split()[0]
    with world.database.write() as unit:
        found = surveys.by_name(unit, unsealed(SECRET, token) or "")
        assert found is not None
        assert surveys.answer(unit, found.id, 9, "fijn", world.clock())
        assert not surveys.answer(unit, found.id, 1, "nee", world.clock())


def test_a_sender_that_died_in_the_middle_leaves_no_second_mail(
    world: Any, fakes: Any, round_: survey.Round, mailbox: Any
) -> None:
    solve(world, fakes)
    turn(world, round_)
    _later(world)
    with world.database.write() as unit:
        (waiting,) = surveys.due(unit, world.clock())
        assert surveys.begin(unit, waiting.id, "naam", world.clock())
        assert not surveys.begin(unit, waiting.id, "andere naam", world.clock())
    turn(world, round_)
    assert states(world, fakes) == ["sending"]
    world.clock.forward(minutes=11)
    turn(world, round_)
    assert (states(world, fakes), mailbox.letters) == (["unknown"], [])


def test_what_could_not_go_out_for_days_is_dropped(world: Any, fakes: Any, round_: survey.Round, mailbox: Any) -> None:
    solve(world, fakes)
    turn(world, round_)
    world.clock.forward(hours=6)
    world.clock.forward(days=LATEST.days)
    turn(world, round_)
    assert (states(world, fakes), mailbox.letters) == (["dropped"], [])


def test_a_brand_that_does_not_ask_asks_nothing(world: Any, fakes: Any, round_: survey.Round, mailbox: Any) -> None:
    solve(world, fakes)
    turn(world, replace(round_, surveys=Surveys()))
    turn(world, replace(round_, channels={}))
    assert fakes.count(world.database, survey_table) == 0


def test_answers_are_of_a_brand_and_of_nobody_in_it(world: Any, fakes: Any) -> None:
    number = solve(world, fakes)
    team = [world.colleague(name) for name in ("Noor", "Els", "Bram", "Ada", "Ties")]
    for place in range(31):
        _answerable(world, number, team[place % 5].id, f"a{place}@example.nl")
    with world.database.write() as unit:
        for each in _rows(unit)[:30]:
            assert surveys.answer(unit, each.id, 10, "", world.clock())
        assert not surveys.results(unit, team[0], world.clock()).shown
        assert surveys.answer(unit, _rows(unit)[30].id, 2, "te laat", world.clock())
        found = surveys.results(unit, team[0], world.clock())
        assert (found.shown, found.answers, found.net, found.words) == (True, 31, 94, ("te laat",))
        assert surveys.results(unit, replace(team[0], brand="buren"), world.clock()).answers == 0
        assert surveys.results(unit, team[0], world.clock() + timedelta(days=91)).answers == 0


def _answerable(world: Any, number: int, owner: int, address: str) -> None:
    """A copy of a case, with a question that went out."""
    names = [each.name for each in case_table.c if each.name != "id"]
    with world.database.write() as unit:
        like = case_table.select().with_only_columns(*(case_table.c[name] for name in names))
        copied = insert(case_table).from_select(names, like.where(case_table.c.id == number))
        made = int(unit.run(copied.returning(case_table.c.id)).scalar_one())
        unit.run(update(case_table).where(case_table.c.id == made).values(owner_id=owner))
        surveys.plan(unit, made, address, world.clock())
        unit.run(update(survey_table).where(survey_table.c.case_id == made).values(state="sent", sent_at=world.clock()))


def _rows(unit: Any) -> list[Any]:
    return list(unit.run(survey_table.select().order_by(survey_table.c.id)).all())
