"""Volume: the same seed makes the same year, as much of it as was asked, and it can be imported."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from socialwatch.playground import volume
from socialwatch.playground.volume import Volume
from socialwatch.steps import bring, line
from socialwatch.store import customers
from socialwatch.store.tables import mention
from socialwatch.store.unit import Database

SIZE = Volume(brands=("sokkerij", "lampenlab"), customers=101, lines=503, contacts=40, mentions=60, cases=30)


def test_it_makes_exactly_what_was_asked() -> None:
    counted: Counter[str] = Counter()
    for brand in SIZE.brands:
        counted["customers"] += len(list(volume.customers(SIZE, brand)))
        counted["lines"] += sum(len(each["lines"]) for each in volume.orders(SIZE, brand))
        counted["contacts"] += len(list(volume.contacts(SIZE, brand)))
        counted["mentions"] += len(list(volume.mentions(SIZE, brand)))
        counted["cases"] += len(list(volume.cases(SIZE, brand)))
    assert counted == {"customers": 101, "lines": 503, "contacts": 40, "mentions": 60, "cases": 30}


def test_no_order_is_empty() -> None:
    assert all(each["lines"] for brand in SIZE.brands for each in volume.orders(SIZE, brand))


@pytest.mark.parametrize("what", ["customers", "orders", "contacts", "mentions", "cases"])
def test_the_same_seed_makes_the_same_rows_and_another_seed_others(what: str) -> None:
    make = getattr(volume, what)
    first, again = list(make(SIZE, "sokkerij")), list(make(SIZE, "sokkerij"))
    assert first == again
    assert first != list(make(Volume(seed=2, brands=SIZE.brands), "sokkerij"))


def test_all_of_it_happened_within_the_year() -> None:
    times = [each["created_at"] for each in volume.mentions(SIZE, "sokkerij")]
    times += [each["ordered_at"] for each in volume.orders(SIZE, "sokkerij")]
    moments = [datetime.fromisoformat(each) for each in times]
    assert all(SIZE.until - timedelta(days=365) <= each < SIZE.until for each in moments)


def test_a_million_is_not_kept_in_memory() -> None:
    large = Volume(brands=("sokkerij",), customers=1_000_000, lines=5_000_000, mentions=1_000_000, cases=1_000_000)
    for make in (volume.customers, volume.orders, volume.mentions, volume.cases):
        assert len(list(islice(make(large, "sokkerij"), 3))) == 3


def test_its_files_can_be_imported(sqlite: Database, fakes: Any, tmp_path: Path) -> None:
    files = [str(tmp_path), "--customers", "30", "--lines", "70", "--contacts", "9", "--mentions", "12"]
    volume.main([*files, "--brand", fakes.BRAND])
    for what, name in (
        ("customers", "customers.csv"),
        ("orders", "orders.jsonl"),
        ("contacts", "contacts.jsonl"),
        ("mentions", "mentions.jsonl"),
    ):
        delivery = bring.Delivery(what, fakes.BRAND, line.first)
        assert bring.run(sqlite, delivery, tmp_path / f"{fakes.BRAND}-{name}", fakes.START).refused == ()
    with sqlite.read() as unit:
        assert customers.counts(unit, fakes.BRAND) == {"customers": 30, "orders": 28, "contacts": 9}
    assert fakes.count(sqlite, mention) == 12


def test_a_mention_may_name_an_order_and_a_handle_that_exist() -> None:
    orders = {each["number"] for each in volume.orders(SIZE, "sokkerij")}
    handles = {each["handles"] for each in volume.customers(SIZE, "sokkerij")}
    mentions = list(volume.mentions(SIZE, "sokkerij"))
    named = [each["text"].rsplit(" ", 1)[1] for each in mentions if "bestelling" in each["text"]]
    known = [f"x:{each['author']['handle']}" for each in mentions if each["author"]["handle"].startswith("sokk_")]
    assert named
    assert known
    assert set(named) <= orders
    assert set(known) <= handles
