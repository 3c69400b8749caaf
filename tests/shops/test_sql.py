"""An order system that is a database: questions by the queries of the configuration, on SQLite and on PostgreSQL."""

import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from socialwatch import plugs
from socialwatch.domain.customer import Address, Contact, Customer, Order, OrderLine, Refund, Return, Shipment, Shop
from socialwatch.errors import Misconfigured, Refused, Unavailable

TABLES = """
CREATE TABLE klant (id INTEGER PRIMARY KEY, voornaam TEXT, achternaam TEXT, mail TEXT, tel TEXT, straat TEXT,
  postcode TEXT, plaats TEXT, x_naam TEXT, sinds TIMESTAMP);
CREATE TABLE bestelling (nummer INTEGER PRIMARY KEY, klant INTEGER, op TIMESTAMP, stand TEXT, totaal NUMERIC(10,2),
  kaartje TEXT, cadeau BOOLEAN, wens DATE, naar TEXT);
CREATE TABLE regel (nummer INTEGER, product TEXT, maat TEXT, aantal INTEGER, prijs NUMERIC(10,2), garantie DATE);
CREATE TABLE pakket (nummer INTEGER, vervoerder TEXT, code TEXT, bezorgd TIMESTAMP);
CREATE TABLE retour (nummer INTEGER, op TIMESTAMP, stand TEXT, waarom TEXT, antwoord TEXT);
CREATE TABLE terug (nummer INTEGER, op TIMESTAMP, bedrag NUMERIC(10,2));
CREATE TABLE gesprek (id INTEGER, klant INTEGER, op TIMESTAMP, minuten INTEGER, vraag TEXT, uitkomst TEXT);
INSERT INTO klant VALUES (1, 'Marieke', 'de Vries', 'm@x.example', '0612345678', 'Dorpsstraat 1', '8000 AA', 'Zwolle',
  '@Marieke', '2024-01-02 10:00:00'), (2, 'Jan', 'de Vries', 'j@x.example', NULL, NULL, NULL, 'Gent', NULL, NULL);
INSERT INTO bestelling VALUES (1001, 1, '2026-07-01 12:00:00', 'delivered', 30.85, 'Hoera', TRUE, '2026-07-03',
  'Kerk 2'),
  (1002, 1, '2026-08-01 12:00:00', 'packed', 12.95, NULL, FALSE, NULL, NULL);
INSERT INTO regel VALUES (1001, 'Wollen sok', '39-42', 2, 12.95, '2028-07-01');
INSERT INTO pakket VALUES (1001, 'PakSnel', 'PS1', '2026-07-02 15:00:00');
INSERT INTO retour VALUES (1001, '2026-07-09 09:00:00', 'refused', 'gat', 'slijtage');
INSERT INTO terug VALUES (1001, '2026-07-10 09:00:00', 4.95);
INSERT INTO gesprek VALUES (7, 1, '2026-07-11 09:00:00', 21, 'waar blijft het', 'rejected');
"""
WHO = """SELECT id, voornaam || ' ' || achternaam AS name, mail AS email, tel AS phone, straat AS street, postcode,
 plaats AS city, 'NL' AS country, sinds AS created_at FROM klant WHERE """
QUERIES = {
    "by_handle": f"{WHO} 'x:' || lower(replace(x_naam, '@', '')) IN :handles",
    "by_order": f"{WHO} id IN (SELECT klant FROM bestelling WHERE nummer = :number)",
    "by_email": f"{WHO} lower(mail) = :email",
    "by_phone": f"{WHO} tel = :national",
    "by_name": "SELECT id FROM klant WHERE lower(achternaam) LIKE '%' || :surname ORDER BY id",
    "customer": f"{WHO} id = :customer_id",
    "orders": """SELECT nummer AS number, op AS ordered_at, stand AS status, totaal AS total, kaartje AS card_text,
 cadeau AS gift_wrap, wens AS wished_date, naar AS ship_to_street FROM bestelling WHERE klant = :customer_id
 ORDER BY op DESC LIMIT 50""",
    "lines": """SELECT nummer AS number, product, maat AS size, aantal AS quantity, prijs AS price,
 garantie AS warranty_until FROM regel WHERE nummer IN :numbers""",
    "shipments": "SELECT nummer AS number, vervoerder AS carrier, code AS tracking, bezorgd AS delivered_at"
    " FROM pakket WHERE nummer IN :numbers",
    "returns": "SELECT nummer AS number, op AS at, stand AS status, waarom AS reason, antwoord AS answer"
    " FROM retour WHERE nummer IN :numbers",
    "refunds": "SELECT nummer AS number, op AS at, bedrag AS amount FROM terug WHERE nummer IN :numbers",
    "contacts": "SELECT id, klant AS customer_id, 'phone' AS channel, op AS at, minuten AS minutes_waited,"
    " vraag AS asked, uitkomst AS outcome FROM gesprek WHERE klant = :customer_id",
}
Open = Callable[..., Shop]
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MARIEKE = Customer(
    "1",
    "Marieke de Vries",
    "m@x.example",
    "0612345678",
    Address("Dorpsstraat 1", "8000 AA", "Zwolle", "NL"),
    created_at=datetime(2024, 1, 2, 9, 0, tzinfo=UTC),
    brand="sokkerij",
)


@pytest.fixture
def foreign(empty_url: str) -> Iterator[Engine]:
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        for statement in TABLES.split(";\n"):
            if statement.strip():
                connection.execute(text(statement))
    yield engine
    engine.dispose()


@pytest.fixture
def shop() -> Iterator[Open]:
    made: list[Any] = []

    def connect(url: str, queries: dict[str, Any] | None = None, **more: Any) -> Shop:
        section = {"url": url, "queries": QUERIES if queries is None else queries, "brand": "sokkerij", **more}
        made.append(plugs.load("shops", "sql", section | {"book": SimpleNamespace(clock=lambda: NOW)}))
        found: Shop = made[-1]
        return found

    yield connect
    for each in made:
        each.close()


@pytest.fixture
def connected(foreign: Engine, empty_url: str, shop: Open) -> Shop:
    return shop(empty_url)


def test_each_way_leads_to_the_customer(connected: Shop) -> None:
    assert connected.by_handle(["x:marieke", "x:77"]) == [MARIEKE]
    assert connected.by_order("1001") == [MARIEKE]
    assert connected.by_email("M@x.example") == [MARIEKE]
    assert connected.by_phone("+31612345678") == [MARIEKE]
    assert [each.id for each in connected.by_name("Marieke de Vries", "Zwolle")] == ["1", "2"]


def test_what_fits_nobody_gives_nothing(connected: Shop) -> None:
    assert connected.by_handle([]) == connected.by_handle(["x:niemand"]) == []
    assert connected.by_order("SK-1") == connected.by_order("1' OR '1'='1") == connected.by_email("%") == []
    assert connected.by_name("", None) == []
    assert connected.file("99") is None


def test_a_file_holds_all_that_the_queries_give(connected: Shop) -> None:
    file = connected.file("1")
    assert file is not None
    assert (file.customer, file.as_of) == (MARIEKE, NOW)
    second, first = file.orders
    assert second == Order(
        "1002", "1", datetime(2026, 8, 1, 10, 0, tzinfo=UTC), "packed", (), total=Decimal("12.95"), brand="sokkerij"
    )
    assert first == Order(
        "1001",
        "1",
        datetime(2026, 7, 1, 10, 0, tzinfo=UTC),
        "delivered",
        (OrderLine("Wollen sok", 2, None, "39-42", Decimal("12.95"), date(2028, 7, 1)),),
        gift_wrap=True,
        card_text="Hoera",
        wished_date=date(2026, 7, 3),
        total=Decimal("30.85"),
        ship_to=Address("Kerk 2"),
        shipments=(Shipment("PakSnel", "PS1", delivered_at=datetime(2026, 7, 2, 13, 0, tzinfo=UTC)),),
        returns=(Return(datetime(2026, 7, 9, 7, 0, tzinfo=UTC), "refused", (), "gat", "slijtage"),),
        refunds=(Refund(datetime(2026, 7, 10, 7, 0, tzinfo=UTC), Decimal("4.95")),),
        brand="sokkerij",
    )
    at = datetime(2026, 7, 11, 7, 0, tzinfo=UTC)
    contact = Contact("7", "1", "phone", at, 21, asked="waar blijft het", outcome="rejected", brand="sokkerij")
    assert file.contacts == (contact,)


def test_without_a_query_there_is_nothing_to_know(foreign: Engine, empty_url: str, shop: Open) -> None:
    few = shop(empty_url, {"customer": QUERIES["customer"]})
    assert few.by_handle(["x:marieke"]) == few.by_phone("+31612345678") == []
    file = few.file("1")
    assert file is not None
    assert (file.orders, file.contacts) == ((), ())


def test_an_odd_row_does_not_hide_the_others(foreign: Engine, empty_url: str, shop: Open) -> None:
    with foreign.begin() as connection:
        connection.execute(text("UPDATE bestelling SET totaal = -1 WHERE nummer = 1001"))
    file = shop(empty_url).file("1")
    assert file is not None
    assert [each.number for each in file.orders] == ["1002"]
    with foreign.begin() as connection:
        connection.execute(text("UPDATE bestelling SET totaal = -1"))
    with pytest.raises(Refused, match=r"queries\.orders .*total is geen bedrag"):
        shop(empty_url).file("1")


def test_a_function_that_writes_is_refused_by_the_read_only_transaction(
    foreign: Engine, empty_url: str, engine: str, shop: Open
) -> None:
    if engine == "sqlite":
        pytest.skip("SQLite has no functions that write")
    with foreign.begin() as connection:
        connection.execute(text("CREATE SEQUENCE teller"))
    sly = "SELECT nextval('teller') AS id, 'x' AS name WHERE '' <> :customer_id"
    with pytest.raises(Misconfigured, match=r"queries\.customer .*wil schrijven"):
        shop(empty_url, {"customer": sly}).file("1")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT niets FROM klant WHERE id = :customer_id", "klopt niet"),
        ("SELECT id FROM nergens WHERE id = :customer_id", "klopt niet"),
        ("SELECT id FROM klant WHEER id = :customer_id", "klopt niet"),
    ],
    ids=["column", "table", "syntax"],
)
def test_a_wrong_query_is_named(foreign: Engine, empty_url: str, query: str, told: str, shop: Open) -> None:
    wrong = shop(empty_url, {"customer": query})
    with pytest.raises(Misconfigured, match=rf"queries\.customer .*{told}"):
        wrong.file("1")
    (finding,) = wrong.check()
    assert not finding.good
    assert "queries.customer" in finding.text


def test_nothing_is_ever_written(foreign: Engine, empty_url: str, shop: Open) -> None:
    sly = "WITH weg AS (DELETE FROM klant WHERE id = :customer_id RETURNING id) SELECT id, 'x' AS name FROM weg"
    with pytest.raises(Misconfigured, match=r"queries\.customer"):
        shop(empty_url, {"customer": sly}).file("1")
    with foreign.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM klant")).scalar_one() == 2


def test_a_slow_query_is_stopped(foreign: Engine, empty_url: str, shop: Open) -> None:
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT max(i) AS id, 'x' AS name FROM n WHERE i < 0 AND '' <> :customer_id"
    )
    began = time.monotonic()
    with pytest.raises(Unavailable, match=r"te lang over queries\.customer"):
        shop(empty_url, {"customer": endless}, timeout_seconds=1).file("1")
    assert time.monotonic() - began < 20


def test_a_check_tries_every_query(connected: Shop) -> None:
    findings = connected.check()
    assert len(findings) == len(QUERIES)
    assert all(each.good for each in findings)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"url": "geen adres met geheim123"}, "url"),
        ({"url": "onbekend://u:geheim123@h/d"}, "url"),
        ({"url": "postgresql+pg8000://u:geheim123@h/d"}, "url"),
        ({"queries": "SELECT"}, "queries"),
        ({"queries": {}}, r"queries\.customer"),
        ({"queries": QUERIES | {"by_shoe": "SELECT 1"}}, r"queries\.by_shoe"),
        ({"queries": QUERIES | {"by_email": "DELETE FROM klant WHERE mail = :email"}}, r"queries\.by_email"),
        ({"queries": QUERIES | {"by_email": "SELECT id FROM klant"}}, r"queries\.by_email"),
        ({"queries": QUERIES | {"by_email": "SELECT id FROM klant WHERE id = :number"}}, r"queries\.by_email"),
        ({"queries": QUERIES | {"by_email": 5}}, r"queries\.by_email"),
        ({"timezone": "Mars/Noord"}, "timezone"),
        ({"timeout_seconds": 0}, "timeout_seconds"),
    ],
)
def test_a_wrong_setting_is_named_and_no_secret_told(changes: dict[str, Any], told: str, shop: Open) -> None:
    with pytest.raises(Misconfigured, match=told) as caught:
        shop(**({"url": "sqlite:///nergens.sqlite"} | changes))
    assert "geheim123" not in str(caught.value)


def test_a_database_that_is_not_there_is_unavailable_and_not_made(tmp_path: Path, shop: Open) -> None:
    missing = tmp_path / "weg.sqlite"
    with pytest.raises(Unavailable):
        shop(f"sqlite:///{missing}").by_email("m@x.example")
    assert not missing.exists()


def test_a_server_that_is_not_there_is_unavailable_without_its_password(shop: Open) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        away = shop(f"postgresql://lezer@127.0.0.1:{port}/winkel?connect_timeout=2", password="geheim123")
        with pytest.raises(Unavailable) as caught:
            away.by_email("m@x.example")
    assert "geheim123" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_it_reads_while_somebody_writes(tmp_path: Path, shop: Open) -> None:
    """A writer that holds the file keeps us waiting no longer than we said."""
    file = tmp_path / "winkel.sqlite"
    writer = sqlite3.connect(file, check_same_thread=False)
    writer.executescript("CREATE TABLE klant (id INTEGER, name TEXT); INSERT INTO klant VALUES (1, 'Els')")
    found = shop(
        f"sqlite:///{file}", {"customer": "SELECT id, name FROM klant WHERE id = :customer_id"}, timeout_seconds=1
    )
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable):
        found.file("1")
    writer.rollback()
    file_of = found.file("1")
    assert file_of is not None
    assert file_of.customer == replace(Customer("1", "Els"), brand="sokkerij")
    writer.close()


def test_many_threads_share_it(connected: Shop) -> None:
    answers: list[list[Customer]] = []
    threads = [threading.Thread(target=lambda: answers.append(connected.by_email("m@x.example"))) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answers == [[MARIEKE]] * 12
