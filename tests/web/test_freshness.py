"""The age of the orders on the screen, and the order system asked anew when a case is opened."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from socialwatch.domain.freshness import Copy, Freshness, Trouble
from socialwatch.store import copies
from socialwatch.store.tables import case, job
from socialwatch.store.tables.copies import shop_copy
from socialwatch.store.unit import Database
from socialwatch.web.app import Desk, create_app
from socialwatch.web.freshness import sentence

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
SEEN, YESTERDAY = "Bestellingen gezien vr 20 nov 14:00", "Bestellingen gezien gisteren 19:00"


@pytest.fixture
def app(seeded: Database, seed: ModuleType, wall: Callable[[], datetime]) -> FastAPI:
    """The desk of a brand whose order system lives elsewhere."""
    elsewhere = {"sokkerij": Freshness("Shopify", timedelta(minutes=10))}
    return create_app(Desk(seeded, lambda: seed.NOW, {"sokkerij": "Sokkerij"}, wall=wall, copies=elsewhere))


@pytest.fixture
def known(seeded: Database) -> tuple[int, str]:
    """A case with a customer, and that customer."""
    with seeded.read() as unit:
        query = select(case.c.id, case.c.customer_id).where(case.c.customer_id.is_not(None), case.c.brand == "sokkerij")
        row = unit.run(query.order_by(case.c.id).limit(1)).one()
    return row.id, row.customer_id


def waiting(seeded: Database) -> list[int]:
    with seeded.read() as unit:
        return list(unit.run(select(job.c.subject).where(job.c.step == "refresh")).scalars())


def test_opening_a_case_asks_once_and_the_page_does_not_wait(freek: Any, seeded: Database, known: Any) -> None:
    for _ in range(3):
        page = freek.get(f"/dossier/{known[0]}")
    assert page.status_code == 200
    assert "Bestellingen worden nu opgehaald uit Shopify" in page.text
    assert waiting(seeded) == [known[0]]


def test_a_fresh_copy_is_shown_and_left(freek: Any, seeded: Database, seed: ModuleType, known: Any) -> None:
    with seeded.write() as unit:
        values = {"brand": "sokkerij", "customer_id": known[1], "fetched_at": seed.NOW - timedelta(minutes=4)}
        unit.run(shop_copy.insert().values(**values, asked_at=seed.NOW))
    assert "Bestellingen van 4 min geleden, uit Shopify" in freek.get(f"/dossier/{known[0]}").text
    assert waiting(seeded) == []


def test_a_shop_that_is_away_is_said_with_the_age(freek: Any, seeded: Database, seed: ModuleType, known: Any) -> None:
    with seeded.write() as unit:
        values = {"brand": "sokkerij", "customer_id": known[1], "fetched_at": seed.NOW - timedelta(hours=3)}
        unit.run(shop_copy.insert().values(**values, asked_at=seed.NOW - timedelta(hours=3)))
        copies.missed(unit, ("sokkerij", known[1]), Trouble.AWAY, seed.NOW)
    shown = freek.get(f"/dossier/{known[0]}/klant").text
    assert "Bestellingen van 3 uur geleden; Shopify antwoordt nu niet" in shown
    assert waiting(seeded) == []  # a fragment asks nothing


def test_a_colleague_of_another_brand_asks_nothing(as_: Callable[[str], Any], seeded: Database, known: Any) -> None:
    assert as_("Buur").get(f"/dossier/{known[0]}").status_code == 404
    assert waiting(seeded) == []


def test_a_case_without_a_customer_asks_nothing(freek: Any, seeded: Database) -> None:
    with seeded.read() as unit:
        nobody = unit.run(select(case.c.id).where(case.c.customer_id.is_(None), case.c.brand == "sokkerij")).scalars()
        number = nobody.first()
    assert freek.get(f"/dossier/{number}").status_code == 200
    assert waiting(seeded) == []


@pytest.mark.parametrize(
    ("copy", "said"),
    [
        (None, "Bestellingen worden nu opgehaald uit WooCommerce"),
        (Copy(NOW, NOW), "Bestellingen van zojuist, uit WooCommerce"),
        (Copy(None, NOW, Trouble.AWAY), "Nog geen bestellingen: WooCommerce antwoordt nu niet"),
        (
            Copy(NOW - timedelta(days=3), NOW, Trouble.REFUSED),
            SEEN + "; WooCommerce laat ons er nu niet in, geef het even door aan beheer",
        ),
        (Copy(NOW - timedelta(hours=19), NOW, Trouble.AWAY), YESTERDAY + "; WooCommerce antwoordt nu niet"),
        (
            Copy(NOW - timedelta(minutes=30), NOW, Trouble.GONE),
            "Bestellingen van 30 min geleden; WooCommerce kent deze klant niet meer",
        ),
    ],
)
def test_the_sentence(copy: Copy | None, said: str) -> None:
    assert sentence(copy, "WooCommerce", NOW) == said
