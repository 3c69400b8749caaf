"""What a question to an order system costs, and what a shop that hangs costs the mentions that wait for it."""

import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from socialwatch.domain.customer import Address, Customer, Order, OrderLine, Shop
from socialwatch.errors import Unavailable
from socialwatch.plugs import load
from socialwatch.store.unit import Database

TITLE = "Order systems over HTTP"
STANDS = Path(__file__).parents[1] / "shops" / "stands.py"
AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
HOME = Address("Dorpsstraat 1", "6711 AA", "Ede", "NL")
WHO = Customer("101", "Marieke de Vries", "marieke@voorbeeld.example", "0612345678", HOME, handles=("x:mariekevries",))
LINES = (OrderLine("Wollen sokken", 2, "SOK-1", "39-42", Decimal("12.95")),)
ORDERS = [Order(str(60000 + each), "101", AT + timedelta(hours=each), "cancelled", LINES) for each in range(120)]
TIMES, MENTIONS, PATIENCE = 20, 16, 1
QUESTIONS: dict[str, Callable[[Shop, str], Any]] = {
    "by_handle": lambda shop, _: shop.by_handle(["x:mariekevries"]),
    "by_order": lambda shop, _: shop.by_order("60119"),
    "by_order, unknown": lambda shop, _: shop.by_order("99999"),
    "by_email": lambda shop, _: shop.by_email("marieke@voorbeeld.example"),
    "by_phone": lambda shop, _: shop.by_phone("+31612345678"),
    "by_name": lambda shop, _: shop.by_name("Marieke de Vries", "Ede"),
    "file, 50 of 120 orders": lambda shop, number: shop.file(number),
}


def report() -> list[str]:
    """Requests are the same everywhere; milliseconds are those of the stand-ins on loopback, so ours plus a little."""
    lines = ["| order system | question | requests | ms, median |", "|---|---|---|---|"]
    hung = []
    for kind in _stands().kinds(remote=True):
        with tempfile.TemporaryDirectory() as folder:
            stand, shop, number = _start(kind, Path(folder))
            lines += [f"| {kind} | {name} | {_cost(stand, shop, number, ask)} |" for name, ask in QUESTIONS.items()]
            hung.append(f"- {kind}: {_hanging(stand, shop):.1f} s")
            stand.stop()
    said = f"{MENTIONS} mentions at a shop that does not answer; its patience is {PATIENCE} s here, 10 by default:"
    return [*lines, "", said, *hung]


def _stands() -> Any:
    """tests/shops/stands.py, under the name by which the stands know it."""
    name = "tests_shops_stands"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, STANDS)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def _start(kind: str, folder: Path) -> tuple[Any, Shop, str]:
    stand = _stands().stand(kind, database=Database(f"sqlite:///{folder / 'x.sqlite'}"), folder=folder)
    section = stand.start() | {"page_size": 50, "rest_seconds": 15, "timeout_seconds": PATIENCE}
    stand.put([WHO], ORDERS)
    shop: Shop = load("shops", kind, section)
    return stand, shop, shop.by_email(str(WHO.email))[0].id


def _cost(stand: Any, shop: Shop, number: str, ask: Callable[[Shop, str], Any]) -> str:
    taken = []
    stand.asked.clear()
    for _ in range(TIMES):
        begun = time.perf_counter()
        ask(shop, number)
        taken.append(time.perf_counter() - begun)
    return f"{len(stand.asked) / TIMES:.0f} | {sorted(taken)[TIMES // 2] * 1000:.0f}"


def _hanging(stand: Any, shop: Shop) -> float:
    stand.fault("hang", times=10_000, seconds=PATIENCE * 3)
    begun = time.perf_counter()
    for _ in range(MENTIONS):
        try:
            shop.by_order("60119")
        except Unavailable:
            continue
    return time.perf_counter() - begun
