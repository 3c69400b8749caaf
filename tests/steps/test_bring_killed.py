"""An import that is killed with -9 leaves the book as it was, and nobody waits for it meanwhile."""

import json
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from socialwatch.steps import bring, line
from socialwatch.store import stage
from socialwatch.store.tables import order, order_line
from socialwatch.store.unit import Database

# A second process that stops, and says so, at a moment of its import; then it is killed.
CHILD = """
import sys, time
from datetime import UTC, datetime
from datetime import datetime
from pathlib import Path
from socialwatch.steps import bring, line
from socialwatch.store import stage
from socialwatch.store.unit import Database

def stopping(real):
    def call(*given):
        print("here", flush=True)
        time.sleep(60)
        return real(*given)
    return call

url, file, moment = sys.argv[1:]
setattr(stage, moment, stopping(getattr(stage, moment)))
bring.run(Database(url), bring.Delivery("orders", "sokkerij", line.first), Path(file), datetime.now(UTC))
"""


def orders(status: str, count: int, products: list[str]) -> bytes:
    rows = [
        {
            "number": f"SK-{each}",
            "customer_id": "k1",
            "ordered_at": "2026-11-01T10:00:00+01:00",
            "status": status,
            "lines": [{"product": product} for product in products],
        }
        for each in range(count)
    ]
    return b"".join(json.dumps(each).encode() + b"\n" for each in rows)


def brought(database: Database, fakes: Any, file: Path) -> bring.Report:
    return bring.run(database, bring.Delivery("orders", fakes.BRAND, line.first), file, fakes.START)


def book(database: Database, fakes: Any) -> tuple[set[str], int, int]:
    stands = {each["status"] for each in fakes.rows(database, order)}
    return stands, fakes.count(database, order), fakes.count(database, order_line)


@pytest.mark.parametrize("moment", ["add", "index", "_swap_lines"], ids=["reading", "read", "half in"])
def test_killed_at_any_moment_the_book_is_as_it_was(
    database: Database, url: str, fakes: Any, tmp_path: Path, moment: str
) -> None:
    file = tmp_path / "orders.jsonl"
    file.write_bytes(orders("packed", 5, ["Sok", "Muts"]))
    brought(database, fakes, file)
    before = book(database, fakes)
    file.write_bytes(orders("delivered", 1500, ["Das"]))
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, url, str(file), moment], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"here\n"
        assert book(database, fakes) == before
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    assert book(database, fakes) == before == ({"packed"}, 5, 10)
    assert brought(database, fakes, file).kept == 1500
    assert book(database, fakes) == ({"delivered"}, 1500, 1500)


def test_nobody_waits_while_a_file_is_read(database: Database, fakes: Any) -> None:
    """A stage that is being filled holds no lock: others write, and see nothing of it."""
    with database.aside() as aside:
        with aside.prepare() as unit:
            stage.make(unit, "orders")
            stage.add(unit, "orders", [(1, fakes.order("SK-1"))], fakes.START)
            fakes.add(database, order, **{each.name: None for each in order.c if each.nullable} | HEAD)
            assert fakes.count(database, order) == 1
        with aside.write() as unit:
            with pytest.raises(RuntimeError, match="open already"), database.write():
                pass
            assert stage.swap(unit, "orders") == 1
    assert sorted(each["number"] for each in fakes.rows(database, order)) == ["SK-1", "SK-9"]


HEAD = {
    "brand": "sokkerij",
    "number": "SK-9",
    "customer_id": "k9",
    "ordered_at": datetime.fromisoformat("2026-11-01T10:00:00+01:00"),
    "status": "packed",
    "currency": "EUR",
    "gift_wrap": False,
}


def test_a_failing_import_leaves_no_stage_behind(
    database: Database, fakes: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "orders.jsonl"
    file.write_bytes(orders("packed", 3, ["Sok"]))
    with monkeypatch.context() as patch:
        patch.setattr(stage, "_swap_lines", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            brought(database, fakes, file)
    assert book(database, fakes) == (set(), 0, 0)
    assert brought(database, fakes, file).kept == 3
    assert book(database, fakes) == ({"packed"}, 3, 3)
