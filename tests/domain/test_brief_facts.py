"""The written cases: nearly all that is known is listed, and nothing that is not."""

import time

import pytest

from socialwatch.domain.brief import brief
from tests.measure import facts
from tests.measure._written import NOW, read


@pytest.mark.parametrize("file", ["facts.txt", "facts_apart.txt"])
def test_what_is_known_is_listed_and_nothing_wrong(file: str) -> None:
    found = facts.count(read(facts.HERE / file))
    assert found.wrong == []
    assert found.share >= 0.95, found.missed
    assert len(found.asked) <= found.cases // 20, found.asked


def test_there_are_two_hundred_cases_with_a_fifth_apart() -> None:
    seen, apart = (read(facts.HERE / file) for file in ("facts.txt", "facts_apart.txt"))
    assert len(seen) + len(apart) >= 200
    assert len(apart) * 5 >= len(seen) + len(apart)
    assert len({each.name for each in (*seen, *apart)}) == len(seen) + len(apart)


def test_fifty_orders_and_twenty_contacts_take_no_time() -> None:
    matter = facts.busy()
    brief(matter, NOW)
    started = time.process_time()
    brief(matter, NOW)
    assert time.process_time() - started < 0.1  # a few milliseconds; the bound is for a machine under load
