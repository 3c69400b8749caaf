"""Which agent gets a case."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.mandate import NO_MANDATE, Mandate
from socialwatch.domain.owner import Choice, Need, Seat, Why, case_weight, choose

MAY = Mandate(Decimal(75), Decimal(300), Decimal(50))
NEED = Need("sokkerij", "nl")


def agent(
    number: int, presence: Presence = Presence.AVAILABLE, role: Role = Role.AGENT, mandate: Mandate = MAY
) -> Agent:
    return Agent(number, "sokkerij", f"Agent {number}", f"a{number}@sokkerij.nl", role, presence, mandate)


FREEK, NOOR, LEAD = Seat(agent(1)), Seat(agent(2)), Seat(agent(9, role=Role.LEAD, mandate=NO_MANDATE))


def away(seat: Seat, presence: Presence = Presence.AWAY) -> Seat:
    return replace(seat, agent=replace(seat.agent, presence=presence))


def at(hour: int) -> datetime:
    return datetime(2026, 11, 18, hour, tzinfo=UTC)


CHOICES: list[tuple[str, list[Seat], Need, Choice]] = [
    ("lightest load", [replace(FREEK, open_weight=3), NOOR, LEAD], NEED, Choice(2, False, Why.LIGHTEST_LOAD)),
    (
        "longest without a new one",
        [replace(FREEK, last_assigned_at=at(9)), replace(NOOR, last_assigned_at=at(8))],
        NEED,
        Choice(2, False, Why.LIGHTEST_LOAD),
    ),
    (
        "never assigned goes first",
        [replace(FREEK, last_assigned_at=at(9)), NOOR],
        NEED,
        Choice(2, False, Why.LIGHTEST_LOAD),
    ),
    ("a tie is stable", [NOOR, FREEK], NEED, Choice(1, False, Why.LIGHTEST_LOAD)),
    (
        "quiet only when nobody is available",
        [away(FREEK, Presence.QUIET), replace(NOOR, open_weight=9)],
        NEED,
        Choice(2, False, Why.LIGHTEST_LOAD),
    ),
    (
        "quiet is present",
        [away(FREEK, Presence.QUIET), away(NOOR, Presence.BREAK)],
        NEED,
        Choice(1, False, Why.LIGHTEST_LOAD),
    ),
    (
        "who helped before",
        [replace(FREEK, open_weight=9), NOOR],
        replace(NEED, previous_owner_id=1),
        Choice(1, False, Why.KNOWS_THE_CUSTOMER),
    ),
    (
        "who helped before is away",
        [away(FREEK), NOOR],
        replace(NEED, previous_owner_id=1),
        Choice(2, False, Why.LIGHTEST_LOAD),
    ),
    (
        "fresh eyes",
        [FREEK, replace(NOOR, open_weight=9)],
        replace(NEED, previous_owner_id=1, fresh_eyes_from=1),
        Choice(2, False, Why.FRESH_EYES),
    ),
    ("fresh eyes and nobody else", [FREEK, LEAD], replace(NEED, fresh_eyes_from=1), Choice(9, False, Why.LEAD)),
    (
        "never a third furious in a row",
        [replace(FREEK, furious_in_a_row=2), replace(NOOR, open_weight=9)],
        replace(NEED, furious=True),
        Choice(2, False, Why.LIGHTEST_LOAD),
    ),
    (
        "a mild one after two furious is welcome",
        [replace(FREEK, furious_in_a_row=2), replace(NOOR, open_weight=9)],
        NEED,
        Choice(1, False, Why.LIGHTEST_LOAD),
    ),
    (
        "a third furious when nobody else can",
        [replace(FREEK, furious_in_a_row=2), away(NOOR)],
        replace(NEED, furious=True),
        Choice(1, False, Why.LIGHTEST_LOAD),
    ),
    (
        "a quiet colleague before a third furious",
        [replace(FREEK, furious_in_a_row=2), away(NOOR, Presence.QUIET)],
        replace(NEED, furious=True),
        Choice(2, False, Why.LIGHTEST_LOAD),
    ),
    (
        "no mandate covers it",
        [Seat(agent(1, mandate=replace(MAY, not_hazards=(Hazard.PRESS,)))), LEAD],
        replace(NEED, hazards=(Hazard.PRESS,)),
        Choice(9, True, Why.LEAD),
    ),
    (
        "no mandate and no lead",
        [Seat(agent(1, mandate=NO_MANDATE)), away(LEAD)],
        NEED,
        Choice(None, True, Why.NOBODY_PRESENT),
    ),
    ("who may is away: the lead keeps it", [away(FREEK), LEAD], NEED, Choice(9, False, Why.LEAD)),
    ("nobody is there", [away(FREEK), away(LEAD)], NEED, Choice(None, False, Why.NOBODY_PRESENT)),
    ("nobody at all", [], NEED, Choice(None, True, Why.NOBODY_PRESENT)),
    ("another brand", [FREEK], replace(NEED, brand="ander"), Choice(None, True, Why.NOBODY_PRESENT)),
    ("a brand manager answers nobody", [Seat(agent(3, role=Role.BRAND))], NEED, Choice(None, True, Why.NOBODY_PRESENT)),
    ("the shop of one", [Seat(agent(4, role=Role.ADMIN))], NEED, Choice(4, False, Why.LIGHTEST_LOAD)),
]


@pytest.mark.parametrize(
    ("seats", "need", "expected"), [case[1:] for case in CHOICES], ids=[case[0] for case in CHOICES]
)
def test_chooses(seats: list[Seat], need: Need, expected: Choice) -> None:
    assert choose(seats, need, at(10)) == expected


def test_a_furious_case_weighs_double() -> None:
    assert case_weight(True) == 2 * case_weight(False)


@given(
    st.lists(
        st.builds(
            lambda presence, load, row: (presence, load, row),
            st.sampled_from(Presence),
            st.floats(0, 20),
            st.integers(0, 4),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_the_order_of_the_seats_never_matters(rows: list[tuple[Presence, float, int]], furious: bool) -> None:
    seats = [Seat(agent(i, presence), load, row) for i, (presence, load, row) in enumerate(rows)]
    choice = choose(seats, replace(NEED, furious=furious), at(10))
    assert choice == choose(list(reversed(seats)), replace(NEED, furious=furious), at(10))
    present = {seat.agent.id for seat in seats if seat.agent.presence in (Presence.AVAILABLE, Presence.QUIET)}
    assert (choice.agent_id in present) if present else choice.agent_id is None
