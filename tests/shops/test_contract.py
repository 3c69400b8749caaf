"""What every order system promises, tried on all of stands.py: the same questions, the same failures."""

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import structlog

from socialwatch.domain.customer import Address, Customer, Order, OrderLine, Refund, Shipment, Shop
from socialwatch.errors import Halted, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.plugs import load

BRAND = "sokkerij"
AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
HOME = Address("Dorpsstraat 1", "6711 AA", "Ede", "NL")
AWAY = Address("Korenmarkt 5", "9000", "Gent", "BE")
MARIEKE = Customer(
    "101",
    "Marieke de Vries",
    email="marieke@voorbeeld.example",
    phone="06 12 34 56 78",
    address=HOME,
    handles=("x:mariekevries",),
    created_at=datetime(2024, 2, 3, 12, tzinfo=UTC),
    brand=BRAND,
)
JAN = Customer("102", "Jan Jansen", "jan@voorbeeld.example", "+32 475 12 34 56", AWAY, brand=BRAND)
LINES = (
    OrderLine("Wollen sokken", 2, "SOK-1", "39-42", Decimal("12.95")),
    OrderLine("Muts", 1, "MUTS-9", None, Decimal("19.50")),
)
PARCEL = Shipment("PostNL", "3SABCD1234567", "https://volg.example/3SABCD1234567", "shipped", AT + timedelta(days=1))
GIFT = Order(
    "50001",
    "101",
    AT,
    "shipped",
    LINES,
    gift_wrap=True,
    card_text="Hoera, 40 jaar!",
    wished_date=date(2026, 9, 5),
    recipient="Opa Willem",
    carrier="PostNL",
    tracking="3SABCD1234567",
    shipped_at=AT + timedelta(days=1),
    total=Decimal("50.35"),
    ship_to=AWAY,
    shipments=(PARCEL,),
    refunds=(Refund(AT + timedelta(days=9), Decimal("12.95"), "Gat in de sok"),),
    brand=BRAND,
)
PLAIN = Order("50002", "101", AT + timedelta(days=30), "cancelled", LINES[1:], total=Decimal("19.50"), brand=BRAND)
MANY = [
    Order(str(60000 + each), "102", AT + timedelta(hours=each), "cancelled", LINES[:1], brand=BRAND)
    for each in range(120)
]
QUESTIONS: dict[str, Callable[[Shop], Any]] = {
    "by_handle": lambda shop: shop.by_handle(["x:mariekevries"]),
    "by_order": lambda shop: shop.by_order("50001"),
    "by_email": lambda shop: shop.by_email("marieke@voorbeeld.example"),
    "by_phone": lambda shop: shop.by_phone("+31612345678"),
    "by_name": lambda shop: shop.by_name("Marieke de Vries", "Ede"),
}


@dataclass
class Bench:
    """A connected order system with two customers and 122 orders; `number` is Marieke's id there."""

    shop: Shop
    stand: Any
    number: str = ""

    def asks(self) -> dict[str, Callable[[], Any]]:
        """Every question that this platform can be asked."""
        known = {name: ask for name, ask in QUESTIONS.items() if name not in self.stand.lacks}
        return {name: lambda ask=ask: ask(self.shop) for name, ask in known.items()} | {  # type: ignore[misc]
            "file": lambda: self.shop.file(self.number)
        }


@pytest.fixture
def bench(stand: Any) -> Iterator[Bench]:
    section = stand.start()
    stand.put([MARIEKE, JAN], [GIFT, PLAIN, *MANY])
    made = Bench(load("shops", stand.kind, section), stand)
    (marieke,) = made.shop.by_email(str(MARIEKE.email))
    made.number = marieke.id
    if stand.remote:
        stand.asked.clear()
    yield made
    _close(made.shop)


def _close(shop: Any) -> None:
    """Those that keep connections let go of them."""
    if hasattr(shop, "close"):
        shop.close()


@pytest.fixture
def remote(bench: Bench) -> Bench:
    """As `bench`, for those that are asked over HTTP (conftest.py)."""
    return bench


def seen(bench: Bench, found: Customer) -> Customer:
    """The customer as we put it there: with our number, and without what the platform has no place for."""
    plain = {name: getattr(MARIEKE, name) for name in bench.stand.lacks if hasattr(MARIEKE, name)}
    return replace(found, id="101", **plain)


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_marieke_is_found_by_what_she_gave(bench: Bench, question: str) -> None:
    if question in bench.stand.lacks:
        assert QUESTIONS[question](bench.shop) == []
        return
    (found,) = QUESTIONS[question](bench.shop)
    assert found.id == bench.number
    assert (found.name, found.email, found.brand) == (MARIEKE.name, MARIEKE.email, BRAND)


def test_a_customer_comes_whole(bench: Bench) -> None:
    file = bench.shop.file(bench.number)
    assert file is not None
    assert seen(bench, file.customer) == seen(bench, MARIEKE)


def test_spelling_of_an_address_does_not_matter(bench: Bench) -> None:
    assert [each.id for each in bench.shop.by_email("MARIEKE@Voorbeeld.EXAMPLE")] == [bench.number]


def test_a_belgian_number_is_found_too(bench: Bench) -> None:
    if "by_phone" not in bench.stand.lacks:
        assert [each.name for each in bench.shop.by_phone("+32475123456")] == ["Jan Jansen"]


def test_nobody_is_found_by_what_nobody_gave(bench: Bench) -> None:
    assert bench.shop.by_handle(["x:niemand", "facebook:1"]) == []
    assert bench.shop.by_handle([]) == []
    for number in ("99999999", "5000", "0", "-1", "../customers", "50001 OR 1=1", "é" * 40):
        assert bench.shop.by_order(number) == [], number
    for email in ("niemand@voorbeeld.example", "arieke@voorbeeld.example", "*", "marieke@voorbeeld.example&role=all"):
        assert bench.shop.by_email(email) == [], email
    assert bench.shop.by_phone("+31687654321") == []
    assert bench.shop.by_name("Xander Quispel", None) == []


@pytest.mark.parametrize("number", ["999999", "niemand@voorbeeld.example", "", "../orders", "0", "gid://x/Y/1"])
def test_an_unknown_customer_has_no_file(bench: Bench, number: str) -> None:
    assert bench.shop.file(number) is None


def test_an_order_comes_whole(bench: Bench) -> None:
    file = bench.shop.file(bench.number)
    assert file is not None
    assert [each.number for each in file.orders] == ["50002", "50001"]
    lacking = {name: getattr(GIFT, name) for name in bench.stand.lacks if hasattr(GIFT, name)}
    assert replace(file.orders[1], customer_id="101", **lacking) == GIFT
    assert {each.customer_id for each in file.orders} == {bench.number}
    assert file.orders[0].status == "cancelled"
    assert file.orders[0].ship_to is None
    assert file.orders[0].recipient is None
    assert file.as_of.utcoffset() == timedelta(0)


def test_the_newest_fifty_of_many(bench: Bench) -> None:
    (jan,) = bench.shop.by_email(str(JAN.email))
    file = bench.shop.file(jan.id)
    assert file is not None
    assert [each.number for each in file.orders] == [str(60000 + each) for each in range(119, 69, -1)]


def test_every_one_of_many_orders_leads_to_its_customer(bench: Bench) -> None:
    for number in ("60000", "60055", "60119"):
        assert [each.name for each in bench.shop.by_order(number)] == ["Jan Jansen"]


def test_check_says_that_all_is_well(bench: Bench) -> None:
    findings = bench.shop.check()
    assert findings
    assert all(each.good for each in findings), findings


def test_check_never_raises_and_names_the_key(remote: Bench) -> None:
    for fault in ("401", "403", "html", "500", "close", "429", "odd"):
        remote.stand.fault(fault, times=9)
        findings = remote.shop.check()
        assert not all(each.good for each in findings), fault
        if fault == "401":
            assert any(remote.stand.setting in each.text for each in findings)
        remote.stand.faults.clear()


LATER = ["429", "429-silent", "500", "html", "login", "empty", "half", "close"]


@pytest.mark.parametrize("fault", LATER)
def test_what_passes_is_unavailable_and_passes(remote: Bench, fault: str) -> None:
    for name, ask in remote.asks().items():
        whole = ask()
        remote.stand.fault(fault, times=9, seconds=60)
        with pytest.raises(Unavailable):
            ask()
        remote.stand.faults.clear()
        assert _same(ask(), whole), name


def _same(one: Any, other: Any) -> bool:
    """The same answer, whenever it was given."""
    plain = [replace(each, as_of=AT) if hasattr(each, "as_of") else each for each in (one, other)]
    return bool(plain[0] == plain[1])


@pytest.mark.parametrize("fault", ["500", "html", "close"])
def test_a_read_that_fails_once_is_asked_once_more(remote: Bench, fault: str) -> None:
    for ask in remote.asks().values():
        whole = ask()
        remote.stand.fault(fault)
        assert _same(ask(), whole)


def test_a_limit_says_when_it_ends(remote: Bench) -> None:
    remote.stand.fault("429", times=9, seconds=120)
    with pytest.raises(Unavailable) as problem:
        remote.shop.by_order("50001")
    assert problem.value.retry_after is not None
    assert 100 < problem.value.retry_after <= 121
    assert len(remote.stand.asked) == 1  # who is told to wait does not ask again at once


def test_a_limit_that_does_not_say_when_it_ends_is_heeded_too(remote: Bench) -> None:
    remote.stand.fault("429-silent", times=9)
    with pytest.raises(Unavailable) as problem:
        remote.shop.by_order("50001")
    assert problem.value.retry_after is None
    assert len(remote.stand.asked) == 1


@pytest.mark.parametrize("fault", ["401", "403"])
def test_a_refused_key_is_named(remote: Bench, fault: str) -> None:
    remote.stand.fault(fault, times=9)
    with pytest.raises(Refused) as problem:
        remote.shop.by_order("50001")
    assert remote.stand.setting in str(problem.value)
    if fault == "401":
        assert isinstance(problem.value, Halted)


def test_a_shop_that_hangs_is_left_in_time(remote: Bench) -> None:
    remote.stand.fault("hang", times=9, seconds=4)
    begun = time.monotonic()
    with pytest.raises(Unavailable) as problem:
        remote.shop.by_order("50001")
    assert not isinstance(problem.value, Unanswered)  # it was a question: nothing can have been done
    assert time.monotonic() - begun < 8


def test_a_shop_that_is_not_there_is_unavailable(remote: Bench) -> None:
    remote.stand.stop()
    for ask in remote.asks().values():
        with pytest.raises(Unavailable) as problem:
            ask()
        assert not isinstance(problem.value, Unanswered)
    assert not all(each.good for each in remote.shop.check())
    remote.stand.open()


@pytest.mark.parametrize("shape", range(7))
def test_an_answer_of_an_odd_shape_is_no_accident(remote: Bench, shape: int) -> None:
    """Whatever comes: an answer without what was odd, or an error of ours."""
    odd = remote.stand.oddities[shape]
    for ask in remote.asks().values():
        remote.stand.odd = odd
        remote.stand.fault("odd", times=9)
        with suppress(Unavailable):
            assert ask() in ([], None) or shape in remote.stand.harmless
        remote.stand.faults.clear()


@pytest.mark.parametrize("fault", ["429", "401", "403", "500", "html", "half", "close", "odd", "none"])
def test_no_secret_and_no_customer_in_errors_and_logs(
    remote: Bench, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("urllib3.connectionpool", "requests"):
        caplog.set_level(logging.DEBUG, logger=name)  # somebody is curious, after the shop was connected
    said, sentences = [repr(remote.shop), str(vars(remote.shop))], []
    with structlog.testing.capture_logs() as lines:
        for ask in remote.asks().values():
            if fault != "none":
                remote.stand.fault(fault, times=9)
            try:
                ask()
            except SocialwatchError as problem:
                sentences += [str(problem), repr(problem.args), repr(problem.__context__)]
                said += traceback.format_exception(problem)
                said += traceback.format_exception(problem.__context__) if problem.__context__ else []
            remote.stand.faults.clear()
    logged = f"{lines}{caplog.text}"
    assert not [secret for secret in remote.stand.secrets if secret in "\n".join([*said, logged])]
    personal = ("marieke@", "marieke%40", "612345678", "12345678", "mariekevries")
    assert not [word for word in personal if word in "\n".join([*sentences, logged])]


def test_connecting_asks_nothing(stand: Any) -> None:
    section = stand.start()
    _close(load("shops", stand.kind, section))
    if stand.remote:
        assert stand.asked == []
