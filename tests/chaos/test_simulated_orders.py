"""The small world in any order: one outcome. Hypothesis picks the orders; the full form is a command."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwatch.store.unit import Database
from tests import fakes
from tests.chaos import simulated_orders as orders

PAGES = len(orders.deliveries(0))


def test_any_order_leads_to_the_same_place(database: Database) -> None:
    """Each example is a telling of its own, by other people, in the same database."""
    world = fakes.World(database)
    world.colleague()
    told = [orders.SPAN]
    expected = orders.straight(world, orders.SPAN)

    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
    @given(
        order=st.permutations(range(PAGES)),
        again=st.lists(st.integers(0, PAGES - 1), max_size=4),
        works=st.lists(st.booleans(), min_size=PAGES + 4, max_size=PAGES + 4),
    )
    def tell(order: list[int], again: list[int], works: list[bool]) -> None:
        told[0] += orders.SPAN
        every = [*order, *again]
        assert orders.told(world, every, works[: len(every)], told[0]) == expected

    tell()
    _is_the_story(expected)


def _is_the_story(found: dict[str, Any]) -> None:
    """The outcome is not only always the same, it is the right one."""
    members = [each[0] for each in found["cases"]]
    assert members == [[1, 3, 4, 5], [6], [7], [8, 9], [10, 11]]
    assert found["gone"] == [16]
    assert found["thanks"] == [(5, [1, 3, 4, 5])]
