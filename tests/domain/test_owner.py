"""Which agent gets a case."""

from dataclasses import fields, replace
from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.mandate import NO_MANDATE, Hours, Mandate
from socialwatch.domain.owner import Choice, Need, Seat, Why, adviser, case_weight, choose, stand_in

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


PRESS = replace(NEED, hazards=(Hazard.PRESS,))
OFFICER = Seat(agent(5, mandate=replace(NO_MANDATE, press=True)))


def chosen(seats: list[Seat], need: Need) -> tuple[int | None, Why]:
    choice = choose(seats, need, at(10))
    return choice.agent_id, choice.why


def test_press_goes_to_the_press_officer_whatever_the_others_may() -> None:
    assert chosen([FREEK, OFFICER, LEAD], PRESS) == (5, Why.PRESS)
    assert chosen([FREEK, away(replace(OFFICER, deputy_id=2)), NOOR, LEAD], PRESS) == (2, Why.DEPUTY)
    assert chosen([FREEK, away(OFFICER), LEAD], PRESS) == (9, Why.LEAD)
    assert chosen([FREEK, LEAD], PRESS) == (1, Why.LIGHTEST_LOAD), "nobody does the press here"
    assert chosen([FREEK, OFFICER], NEED) == (1, Why.LIGHTEST_LOAD)


def test_who_may_do_what_it_probably_needs_goes_first() -> None:
    small = Seat(agent(2, mandate=replace(MAY, euros_per_case=Decimal(15))))
    rich = replace(LEAD, agent=replace(LEAD.agent, mandate=replace(MAY, euros_per_case=Decimal(250))))
    dear = replace(NEED, likely=Decimal(60))
    assert chosen([replace(FREEK, open_weight=9), small], dear) == (1, Why.LIGHTEST_LOAD)
    assert chosen([small, rich], dear) == (9, Why.LIGHTEST_LOAD)
    assert chosen([small], dear) == (2, Why.LIGHTEST_LOAD), "who has to ask is better than nobody"
    assert chosen([replace(FREEK, spent_today=Decimal(290)), replace(NOOR, open_weight=9)], dear)[0] == 2


def test_outside_its_hours_a_mandate_is_none() -> None:
    night = Seat(agent(2, mandate=replace(MAY, hours=Hours((0, 1, 2, 3, 4), time(22), time(6)))))
    assert chosen([night, replace(FREEK, open_weight=9)], NEED)[0] == 1
    assert choose([night], NEED, at(23)).agent_id == 2


def test_who_speaks_the_language_goes_first() -> None:
    english = replace(NOOR, agent=replace(NOOR.agent, languages=("nl", "en")), open_weight=9)
    assert chosen([FREEK, english], replace(NEED, language="en"))[0] == 2
    assert chosen([FREEK, english], replace(NEED, language="nl-BE"))[0] == 1
    assert chosen([FREEK], replace(NEED, language="en"))[0] == 1


def test_the_deputy_of_an_absent_owner_knows_the_customer_next() -> None:
    absent = replace(away(FREEK), absent=True, deputy_id=2)
    back = replace(NEED, previous_owner_id=1)
    third = Seat(agent(3))
    assert chosen([absent, replace(NOOR, open_weight=9), third], back) == (2, Why.DEPUTY)
    assert chosen([away(FREEK), replace(NOOR, open_weight=9), third], back) == (3, Why.LIGHTEST_LOAD)
    assert stand_in([absent, NOOR], 1, "sokkerij") == 2
    assert stand_in([absent, away(NOOR)], 1, "sokkerij") is None
    assert stand_in([FREEK, NOOR], 1, "sokkerij") is None


def test_a_named_adviser_reads_along_with_threats_only() -> None:
    knows = replace(NOOR, agent=replace(NOOR.agent, mandate=replace(MAY, advises=(Hazard.LEGAL,))))
    assert adviser([FREEK, knows], "sokkerij", [Hazard.LEGAL, Hazard.CHURN], 1) == 2
    assert adviser([FREEK, knows], "sokkerij", [Hazard.LEGAL], 2) is None
    assert adviser([FREEK, knows], "sokkerij", [Hazard.MEDIA_THREAT], 1) is None
    other = replace(knows, agent=replace(knows.agent, id=1))
    assert adviser([away(other), knows], "sokkerij", [Hazard.LEGAL], None) == 2


def test_what_routing_may_know_of_a_person_is_all_there_is() -> None:
    """Presence, mandate, language and load; whoever adds a figure about how somebody works, meets this test."""
    known = {"agent", "open_weight", "furious_in_a_row", "last_assigned_at", "spent_today", "absent", "deputy_id"}
    assert {each.name for each in fields(Seat)} == known
    person = {"id", "brand", "name", "email", "role", "presence", "mandate", "languages", "notify", "deputy_id"}
    assert {each.name for each in fields(Agent)} == person
