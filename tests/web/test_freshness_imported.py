"""Orders that came by an import, and could not be asked anew: shown as they were last seen, and when that was."""

from datetime import timedelta
from types import ModuleType
from typing import Any

from sqlalchemy import select

from socialwatch.domain.freshness import Trouble
from socialwatch.store import copies
from socialwatch.store.tables import case
from socialwatch.store.tables.copies import shop_copy
from socialwatch.store.unit import Database


def test_what_was_seen_yesterday_says_so_above_the_orders(freek: Any, seeded: Database, seed: ModuleType) -> None:
    with seeded.write() as unit:
        known = unit.run(
            select(case.c.id, case.c.customer_id)
            .where(case.c.customer_id.is_not(None), case.c.brand == "sokkerij")
            .order_by(case.c.id)
        ).first()
        assert known is not None
        seen = {"brand": "sokkerij", "customer_id": known.customer_id, "fetched_at": seed.NOW - timedelta(hours=24)}
        unit.run(shop_copy.insert().values(**seen, asked_at=seed.NOW))
        copies.missed(unit, ("sokkerij", known.customer_id), Trouble.AWAY, seed.NOW)
    page = freek.get(f"/dossier/{known.id}")
    said = "Bestellingen gezien gisteren"
    assert page.status_code == 200
    assert said in page.text
    assert "het bestelsysteem antwoordt nu niet" in page.text
    assert page.text.index(said) < page.text.index("<h2>Bestellingen</h2>")
