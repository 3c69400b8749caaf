"""An agent asks who it may be, says that it is, and says that it is not after all."""

from typing import Any

import pytest

from socialwatch.domain.case import Line, LineKind, State
from socialwatch.domain.customer import Address
from socialwatch.domain.mention import Author
from socialwatch.errors import Unavailable
from socialwatch.store import cases, customers, dossier, verdicts
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import identity
from socialwatch.store.unit import Database
from socialwatch.worker import corridor


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


ANYBODY = Author("42", "sokfan", "sokfan")


def opened(world: Any, fakes: Any, text: str = "klacht", **changes: Any) -> int:
    """A case of an author whom nobody knows."""
    world.bring(fakes.mention(1, text, author=ANYBODY, **changes))
    corridor.drain(world.parts)
    number: int = world.stored(1).case_id
    return number


def sought(world: Any, fakes: Any, number: int, words: str, city: str = "") -> list[Any]:
    """What stands on offer after a look."""
    freek = world.colleague(f"Freek {words}")
    world.put(NewJob(fakes.BRAND, "seek", number, detail={"words": words, "city": city, "by": freek.id}))
    corridor.drain(world.parts)
    return shown(world, freek, number).links


def shown(world: Any, who: Any, number: int) -> Any:
    with world.database.read() as unit:
        return dossier.dossier(unit, who, number, world.clock())


def kinds(world: Any, number: int) -> list[LineKind]:
    with world.database.read() as unit:
        return [each.kind for each in cases.lines(unit, number)]


def say(world: Any, verdict: Any, who: Any, number: int, chosen: int) -> bool:
    with world.database.write() as unit:
        done: bool = verdict(unit, who, (number, chosen), world.clock())
    return done


def some(fakes: Any) -> list[Any]:
    towns = {"k1": ("Marieke de Vries", "Utrecht"), "k2": ("Anna de Vries", "Sneek"), "k3": ("Kees Pol", "Utrecht")}
    return [
        fakes.customer(number, name=name, address=Address(city=city), email=f"{number}@example.nl")
        for number, (name, city) in towns.items()
    ]


def test_candidates_by_name_come_only_when_asked_and_never_link(world: Any, fakes: Any) -> None:
    world.shop.customers = some(fakes)
    number = opened(world, fakes)
    assert fakes.rows(world.database, identity) == []
    found = sought(world, fakes, number, "de Vries", "Sneek")
    assert [(each.customer_id, each.basis, each.offered) for each in found] == [
        ("k2", "name", True),
        ("k1", "name", True),
    ]
    assert all(each.confidence < 0.9 for each in found)
    assert world.stored(1).customer_id is world.case(number).customer_id is None
    assert LineKind.SOUGHT in kinds(world, number)


@pytest.mark.parametrize("words", ["sk10234", "K1@example.nl", "06 12345001"])
def test_what_the_customer_told_in_private_is_looked_up_too(world: Any, fakes: Any, words: str) -> None:
    world.shop.customers = [fakes.customer("k1", email="k1@example.nl", phone="+31612345001")]
    world.shop.orders = [fakes.order("SK-10234")]
    number = opened(world, fakes)
    assert [each.customer_id for each in sought(world, fakes, number, words)] == ["k1"]


def test_a_number_of_two_countries_is_looked_up_in_both(world: Any, fakes: Any) -> None:
    """0478 is Venray, and a mobile number in Belgium."""
    world.shop.customers = [fakes.customer("k1", phone="+32478123456")]
    assert [each.basis for each in sought(world, fakes, opened(world, fakes), "0478 123456")] == ["phone"]


def test_figures_that_a_customer_read_out_are_found_as_the_brand_writes_them(world: Any, fakes: Any) -> None:
    world.shop.customers = some(fakes)
    world.shop.orders = [fakes.order("SK-204817")]
    with world.database.write() as unit:
        customers.import_orders(unit, [fakes.order(f"SK-20481{place}") for place in range(5)])
    number = opened(world, fakes)
    assert [each.customer_id for each in sought(world, fakes, number, "204817")] == ["k1"]


def test_a_new_look_replaces_the_old_and_nobody_found_is_said(world: Any, fakes: Any) -> None:
    world.shop.customers = some(fakes)
    number = opened(world, fakes)
    assert len(sought(world, fakes, number, "de Vries")) == 2
    assert sought(world, fakes, number, "Nergenshuizen") == []
    with world.database.read() as unit:
        told = [each.detail for each in cases.lines(unit, number) if each.kind is LineKind.SOUGHT]
    assert told == [{"found": 2, "new": 2}, {"found": 0, "new": 0}]


def test_an_order_system_that_is_away_is_said_at_once(world: Any, fakes: Any) -> None:
    number = opened(world, fakes)
    world.shop.problem = Unavailable("weg")
    assert sought(world, fakes, number, "de Vries") == []
    with world.database.read() as unit:
        (told,) = [each.detail for each in cases.lines(unit, number) if each.kind is LineKind.SOUGHT]
    assert told["new"] is None
    assert world.jobs() == []


def test_a_confirmed_customer_is_the_cases_at_once_and_known_the_next_time(world: Any, fakes: Any) -> None:
    world.shop.customers = some(fakes)
    number = opened(world, fakes)
    first, *_ = sought(world, fakes, number, "Marieke de Vries")
    freek = world.colleague()
    assert say(world, verdicts.confirm, freek, number, first.id)
    assert not say(world, verdicts.confirm, freek, number, first.id)
    assert world.stored(1).customer_id == world.case(number).customer_id == "k1"
    assert kinds(world, number)[-1] is LineKind.LINKED
    (link,) = shown(world, freek, number).links
    assert (link.confirmed_by, link.confirmed_at, link.basis) == ("Freek", world.clock(), "name")
    world.bring(fakes.mention(2, "klacht, mail k3@example.nl", author=ANYBODY))
    corridor.drain(world.parts)
    assert world.stored(2).customer_id == "k1"  # what an agent said is not overruled


def test_an_undone_link_is_let_go_everywhere_stays_as_history_and_does_not_come_back(world: Any, fakes: Any) -> None:
    world.shop.customers = [fakes.customer("k1", "x:sokfan")]
    number = opened(world, fakes)
    freek = world.colleague()
    (link,) = shown(world, freek, number).links
    assert world.case(number).customer_id == "k1"
    assert say(world, verdicts.undo, freek, number, link.id)
    assert not say(world, verdicts.undo, freek, number, link.id)
    assert world.stored(1).customer_id is world.case(number).customer_id is None
    found = shown(world, freek, number)
    assert found.links == []
    assert [(each.undone_by, each.basis) for each in found.let_go] == [("Freek", "handle_given")]
    world.bring(fakes.mention(2, "klacht", author=ANYBODY))
    corridor.drain(world.parts)
    assert world.stored(2).customer_id is None
    assert say(world, verdicts.confirm, freek, number, link.id)
    assert world.case(number).customer_id == "k1"
    assert len(fakes.rows(world.database, identity)) == 2  # the undone row stands beside the new


def test_a_closed_case_lets_go_too_and_stays_closed(world: Any, fakes: Any) -> None:
    world.shop.customers = [fakes.customer("k1", "x:sokfan")]
    closed = opened(world, fakes)
    freek = world.colleague()
    with world.database.write() as unit:
        cases.write(unit, closed, Line(LineKind.CLOSED, world.clock(), agent_id=freek.id))
    world.clock.forward(days=60)
    world.bring(fakes.mention(7, "klacht over iets heel anders", author=ANYBODY, created_at=world.clock()))
    corridor.drain(world.parts)
    number = world.stored(7).case_id
    assert number != closed
    (link, *_) = shown(world, freek, number).links
    assert say(world, verdicts.undo, freek, number, link.id)
    assert world.case(closed).customer_id is None
    assert world.case(closed).state is State.CLOSED
    assert LineKind.UNLINKED not in kinds(world, closed)


def test_a_link_of_another_case_is_none_of_this_ones_business(world: Any, fakes: Any) -> None:
    world.shop.customers = [fakes.customer("k1", "x:sokfan")]
    number = opened(world, fakes)
    world.bring(fakes.mention(7, "klacht over iets heel anders dan dat", author=Author("77", "ander", "Ander")))
    corridor.drain(world.parts)
    other = world.stored(7).case_id
    (row,) = fakes.rows(world.database, identity)
    assert other != number
    for verdict in (verdicts.confirm, verdicts.undo):
        assert not say(world, verdict, world.colleague(str(verdict)), other, row["id"])
    assert world.case(number).customer_id == "k1"


def test_a_matter_of_somebody_else_tells_nothing_of_the_author(world: Any, fakes: Any) -> None:
    world.shop.customers = [fakes.customer("k1", name="Gerda van Dam")]
    world.shop.orders = [fakes.order("SK-10234")]
    lotte = Author("42", "lotte", "Lotte van Dam")
    world.bring(fakes.mention(1, "klacht: mijn oma heeft SK-10234 besteld en wacht nog", author=lotte))
    corridor.drain(world.parts)
    assert world.stored(1).customer_id == "k1"
    (row,) = fakes.rows(world.database, identity)
    assert row["author_id"] is None
    freek = world.colleague()
    assert say(world, verdicts.confirm, freek, world.stored(1).case_id, row["id"])
    world.bring(fakes.mention(2, "klacht over mijn eigen sokken", author=lotte))
    corridor.drain(world.parts)
    assert world.stored(2).customer_id is None


def test_an_order_system_that_was_away_is_asked_again_and_the_case_follows(world: Any, fakes: Any) -> None:
    world.shop.customers = [fakes.customer("k1", "x:sokfan")]
    world.shop.problem = Unavailable("weg")
    number = opened(world, fakes)
    assert world.case(number).customer_id is None
    world.hurry()
    corridor.drain(world.parts)
    assert [step for step, *_ in world.jobs()] == ["reidentify"]
    world.shop.problem = None
    world.hurry()
    corridor.drain(world.parts)
    assert world.case(number).customer_id == world.stored(1).customer_id == "k1"
    assert world.jobs() == []
