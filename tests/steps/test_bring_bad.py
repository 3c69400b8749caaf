"""Bring: whatever stands in a file, each bad row is named by its line and the rest comes in."""

import json
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwatch.domain.customer import Address, OrderLine, Refund, Return, Shipment
from socialwatch.errors import Refused
from socialwatch.steps import bring, line
from socialwatch.steps.bring import letters, rows
from socialwatch.store.customers import Book
from socialwatch.store.tables import contact, customer, order, order_line
from socialwatch.store.unit import Database

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
LIKE = "(zoals 2026-11-23T14:05:00+01:00)"
GOOD = {
    "number": "SK-1",
    "customer_id": "k1",
    "ordered_at": "2026-11-01T10:00:00+01:00",
    "lines": [{"product": "Sok", "price": "12.95"}],
}


def run(database: Database, fakes: Any, file: Path, what: str) -> bring.Report:
    return bring.run(database, bring.Delivery(what, fakes.BRAND, line.first), file, fakes.START)


def written(tmp_path: Path, content: bytes, suffix: str) -> Path:
    file = tmp_path / f"bestand{suffix}"
    file.write_bytes(content)
    return file


def sheet(text: str) -> bytes:
    return text.encode()


def test_bad_orders_are_named_and_the_rest_comes_in(database: Database, fakes: Any, tmp_path: Path) -> None:
    def bought(**changes: Any) -> dict[str, Any]:
        return {"lines": [{"product": "Sok", **changes}]}

    bad: list[tuple[dict[str, Any], str]] = [
        (
            {"ordered_at": "2026-02-30T10:00:00+01:00"},
            "ordered_at is geen datum met tijd (zoals 2026-11-23T14:05:00+01:00)",
        ),
        ({"ordered_at": "0001-01-01T00:00:00+14:00"}, "ordered_at ligt niet tussen 1990 en 2200"),
        ({"ordered_at": "9999-12-31T23:59:59-14:00"}, "ordered_at ligt niet tussen 1990 en 2200"),
        ({"wished_date": "2026-13-01"}, "wished_date is geen datum (zoals 2026-11-23)"),
        ({"wished_date": "0026-11-01"}, "wished_date ligt niet tussen 1990 en 2200"),
        (bought(price="-1"), "price is geen bedrag van nul of meer"),
        (bought(price="NaN"), "price is geen bedrag van nul of meer"),
        (bought(price="1e999999999"), "price is geen bedrag van nul of meer"),
        (bought(price="1.234"), "price heeft meer dan twee cijfers achter de komma"),
        (bought(price=True), "price is geen bedrag"),
        (bought(quantity=0), "quantity moet 1 of meer zijn"),
        (bought(warranty_until="ooit"), "warranty_until is geen datum (zoals 2026-11-23)"),
        ({"total": "gratis"}, "total is geen bedrag"),
        ({"currency": "GULDEN"}, "currency is geen bekende munt"),
        ({"currency": "XXX"}, "currency is geen bekende munt"),
        ({"card_text": "x" * 3_000_000}, "card_text is langer dan 10000 tekens"),
        ({"number": "ß" * 50}, "number is langer dan 80 tekens"),
        ({"number": 10**100}, "number is langer dan 80 tekens"),
        ({"lines": []}, "lines moet een lijst zijn met ten minste één product"),
        ({"lines": [1]}, "lines moet een lijst van objecten zijn"),
        ({"refunds": [{"at": "2026-11-01T10:00:00+01:00"}]}, "amount ontbreekt"),
        ({"returns": [{"status": "refused"}]}, "at ontbreekt"),
        ({"returns": "[[[["}, "returns is geen geldige JSON"),
        ({"shipments": [{"url": "javascript:alert(1)"}]}, "url begint niet met https:// of http://"),
        ({"ship_to": "Dorpsstraat 1"}, "ship_to moet een object zijn met street, postcode, city, country"),
        ({"number": "sk-1"}, "staat al op regel 1"),
    ]
    lines = [GOOD, *(GOOD | {"number": f"SK-{place}"} | changes for place, (changes, _) in enumerate(bad, 2))]
    lines.append(GOOD | {"number": "SK-99"})
    content = b"".join(json.dumps(each).encode() + b"\n" for each in lines)
    report = run(database, fakes, written(tmp_path, content, ".jsonl"), "orders")
    assert report.refused == tuple((place, reason) for place, (_, reason) in enumerate(bad, 2))
    assert report.kept == 2
    assert sorted(each["number"] for each in fakes.rows(database, order)) == ["SK-1", "SK-99"]
    assert fakes.count(database, order_line) == 2


@pytest.mark.parametrize("given_handles", [5, {"x": 1}, ["marieke"], [7], "x:" + "n" * 300, "marieke"])
def test_bad_handles_are_named(sqlite: Database, fakes: Any, tmp_path: Path, given_handles: Any) -> None:
    row = json.dumps({"id": "k1", "name": "Els", "handles": given_handles}).encode()
    report = run(sqlite, fakes, written(tmp_path, row, ".jsonl"), "customers")
    assert [number for number, reason in report.refused if "handles" in reason] == [1]


def test_numbers_that_come_back_are_named_and_the_first_stays(database: Database, fakes: Any, tmp_path: Path) -> None:
    text = "id,name\nk1,Els\nk2,Jan\nk1,Piet\nk1,Klaas\n"
    report = run(database, fakes, written(tmp_path, sheet(text), ".csv"), "customers")
    assert report.refused == ((4, "staat al op regel 2"), (5, "staat al op regel 2"))
    assert {each["id"]: each["name"] for each in fakes.rows(database, customer)} == {"k1": "Els", "k2": "Jan"}


def test_rows_of_one_order_that_name_two_customers(database: Database, fakes: Any, tmp_path: Path) -> None:
    text = (
        "number,customer_id,ordered_at,product\n"
        "A,k1,2026-09-01T10:00:00+02:00,Sok\n"
        "A,k2,2026-09-01T10:00:00+02:00,Muts\n"
        "A,k1,2026-09-01T10:00:00+02:00,Das\n"
    )
    report = run(database, fakes, written(tmp_path, sheet(text), ".csv"), "orders")
    assert report.refused == ((3, "customer_id is een andere dan op regel 2"),)
    found = sorted((each["position"], each["product"]) for each in fakes.rows(database, order_line))
    assert found == [(0, "Sok"), (1, "Das")]


NAMES = "id;name\nk1;Renée\nk2;Zoë Müller € 5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_sheet_is_read_in_whatever_a_spreadsheet_writes(
    sqlite: Database, fakes: Any, tmp_path: Path, encoding: str
) -> None:
    content = NAMES.replace("\n", "\r\n").encode(encoding)
    assert run(sqlite, fakes, written(tmp_path, content, ".csv"), "customers").refused == ()
    assert [each["name"] for each in fakes.rows(sqlite, customer)] == ["Renée", "Zoë Müller € 5"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_json_in_utf16_is_read_too(sqlite: Database, fakes: Any, tmp_path: Path, encoding: str) -> None:
    content = '{"id": "k1", "name": "Renée"}\r\n'.encode(encoding)
    assert run(sqlite, fakes, written(tmp_path, content, ".jsonl"), "customers").kept == 1


def test_a_stray_byte_does_not_change_the_encoding(sqlite: Database, fakes: Any, tmp_path: Path) -> None:
    content = NAMES.encode() + b"k3;Ge\xeff\n"
    assert run(sqlite, fakes, written(tmp_path, content, ".csv"), "customers").kept == 3
    assert [each["name"] for each in fakes.rows(sqlite, customer)] == ["Renée", "Zoë Müller € 5", "Ge\ufffdf"]


def test_a_file_in_no_known_encoding_is_refused(sqlite: Database, fakes: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="geen UTF-8, UTF-16 of Windows-1252"):
        run(sqlite, fakes, written(tmp_path, "id;name\nk1;Renée\n".encode("cp850") + b"\x81\x8d", ".csv"), "customers")


@pytest.mark.parametrize(
    ("middle", "refused", "kept"),
    [
        ('k2;"Jan\nk3;Els\n', [(3, "dicht")], ["k1", "k3", "k9"]),
        ('k2;"Jan\nk3;"Els"\n', [(3, "dicht")], ["k1", "k3", "k9"]),
        ('k2;"Jan\nk3;"Els\n', [(3, "dicht"), (4, "dicht")], ["k1", "k9"]),
        ('k2;"Jan\nde Lange"\n', [], ["k1", "k2", "k9"]),
        ('k2;"Jan ""de Lange"" Smit"\n', [], ["k1", "k2", "k9"]),
        ('k2;Jan "de Lange" Smit\n', [], ["k1", "k2", "k9"]),
        ('k2;"Jan" Smit\n', [], ["k1", "k2", "k9"]),
        ("k2;Jan;;;\n", [], ["k1", "k2", "k9"]),
        ("k2;Jan;x\n", [(3, "3 kolommen in plaats van 2")], ["k1", "k9"]),
        ("k2;J\x00an\n", [], ["k1", "k2", "k9"]),
        (f"k2;{'x' * 3_000_000}\n", [(3, "name is langer dan 200 tekens")], ["k1", "k9"]),
        (f"k2;{'x' * 4_500_000}\n", [(3, "een veld is langer dan 4000000 tekens")], ["k1", "k9"]),
        (f'k2;"{"x" * 4_500_000}"\n', [(3, "een veld is langer dan 4000000 tekens")], ["k1", "k9"]),
        ('k2;"Jan\n' + "x\n" * 1500, [(3, "dicht")], ["k1", "k9"]),
    ],
    ids=[
        "open", "open before a quote", "two open", "two lines", "doubled", "inside", "loose", "empty columns",
        "one too many", "nul", "3 MB", "4.5 MB", "4.5 MB quoted", "open for long",
    ],
)  # fmt: skip
def test_a_quote_costs_its_own_line_only(
    sqlite: Database, fakes: Any, tmp_path: Path, middle: str, refused: list[tuple[int, str]], kept: list[str]
) -> None:
    file = written(tmp_path, sheet(f"id;name\nk1;Ann\n{middle}k9;Noor\n"), ".csv")
    report = run(sqlite, fakes, file, "customers")
    told = [each for each in report.refused if "1 kolommen" not in each[1]]
    assert [number for number, _ in told] == [number for number, _ in refused]
    assert all(word in reason for (_, reason), (_, word) in zip(told, refused, strict=True))
    assert [each["id"] for each in fakes.rows(sqlite, customer)] == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [("sep=;\r\nid;name\r\nk1;Els\r\n", 1), ("id\tname\nk1\tEls, de\n", 1), ("ID , Name \nk1,Els\n", 1), ("\n", 0)],
    ids=["excel", "tabs", "capitals", "nothing"],
)
def test_sheets_come_in_many_dresses(sqlite: Database, fakes: Any, tmp_path: Path, text: str, kept: int) -> None:
    report = run(sqlite, fakes, written(tmp_path, sheet(text), ".csv"), "customers")
    assert (report.kept, report.refused) == (kept, ())


def test_a_column_that_stands_twice_is_refused(sqlite: Database, fakes: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"regel 1: de kolom name staat er twee keer"):
        run(sqlite, fakes, written(tmp_path, sheet("id,name,NAME\nk1,Els,Els\n"), ".csv"), "customers")


def test_a_line_without_end_does_not_fill_the_memory(
    sqlite: Database, fakes: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "LONGEST_LINE", 1000)
    row = json.dumps({"id": "k1", "name": "Els"}).encode()
    content = b"x" * 5001 + b"\n" + row + b"\n"
    report = run(sqlite, fakes, written(tmp_path, content, ".jsonl"), "customers")
    assert (report.kept, report.refused) == (1, ((1, rows.TOO_LONG),))


def test_an_order_keeps_all_that_the_file_says(database: Database, fakes: Any) -> None:
    assert run(database, fakes, EXAMPLES / "customers.csv", "customers").refused == ()
    for name in ("orders.jsonl", "orders.csv"):
        assert run(database, fakes, EXAMPLES / name, "orders").refused == ()
    assert run(database, fakes, EXAMPLES / "contacts.jsonl", "contacts").refused == ()
    book = Book(database, fakes.BRAND, fakes.Clock())
    file = book.file("K-1001")
    assert file is not None
    new, old = file.orders
    assert (new.total, new.ship_to) == (Decimal("34.85"), Address("Molenweg 4", "8011 CC", "Zwolle", "NL"))
    assert new.lines[0].warranty_until == date(2028, 11, 18)
    sent = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
    link = "https://paksnel.example/PS0012345678NL"
    assert new.shipments == (Shipment("PakSnel", "PS0012345678NL", link, "shipped", sent),)
    back = datetime(2026, 9, 4, 9, 0, tzinfo=UTC)
    assert old.returns == (Return(back, "refused", ("Merinosok Schier",), "gat na drie maanden", "Dat is slijtage"),)
    assert old.refunds == (Refund(datetime(2026, 9, 5, 8, 0, tzinfo=UTC), Decimal("4.95"), "verzendkosten terug"),)
    assert [each.menu for each in file.contacts] == ["2"]
    of_sheet = book.file("K-1002")
    assert of_sheet is not None
    two, refunded = of_sheet.orders
    assert two.lines == (
        OrderLine("Wollen wandelsok Twijzel", 2, None, "39-42", Decimal("14.95"), date(2028, 11, 20)),
        OrderLine("Sokkenmachine", 1, None, None, Decimal("1004.95"), date(2031, 11, 20)),
    )
    assert (two.total, two.ship_to) == (Decimal("1034.85"), Address(city="Gent"))
    assert [each.amount for each in refunded.refunds] == [Decimal(5)]


def test_an_import_again_changes_what_changed_only(database: Database, fakes: Any, tmp_path: Path) -> None:
    two = {"lines": [{"product": "Sok"}, {"product": "Muts"}]}
    first = [GOOD | two, GOOD | two | {"number": "SK-2"}]
    again = [GOOD | {"status": "returned", "lines": [{"product": "Das"}]}]
    for given_rows in (first, again):
        content = b"".join(json.dumps(each).encode() + b"\n" for each in given_rows)
        run(database, fakes, written(tmp_path, content, ".jsonl"), "orders")
    found = sorted((each["number"], each["position"], each["product"]) for each in fakes.rows(database, order_line))
    assert found == [("SK-1", 0, "Das"), ("SK-2", 0, "Sok"), ("SK-2", 1, "Muts")]
    assert {each["number"]: each["status"] for each in fakes.rows(database, order)}["SK-1"] == "returned"


odd_cells = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2), st.sampled_from(["0001-01-01T00:00+23:59"]),
)  # fmt: skip
COLUMNS = """id name email phone handles created_at number customer_id ordered_at lines total currency wished_date
ship_to shipments returns refunds quantity price product channel at minutes_waited"""
columns = st.sampled_from(COLUMNS.split())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(alphabet='id;,"\r\n\tk1\x00é€', max_size=120).map(
            lambda text: f"id;name\n{text}".encode("cp1252", "replace")
        ),
        st.lists(st.dictionaries(columns, odd_cells, max_size=8), max_size=5).map(
            lambda found: "\n".join(map(json.dumps, found)).encode()
        ),
    ),
    suffix=st.sampled_from([".csv", ".jsonl"]),
    what=st.sampled_from(["customers", "orders", "contacts", "mentions"]),
)
def test_no_bytes_make_it_fall(database: Database, fakes: Any, content: bytes, suffix: str, what: str) -> None:
    """Either the file is refused with a sentence, or every row of it is kept or named."""
    with tempfile.TemporaryDirectory() as home:
        try:
            report = run(database, fakes, written(Path(home), content, suffix), what)
        except Refused:
            return
    assert all(number >= 1 and reason for number, reason in report.refused)


@given(content=st.binary(min_size=1, max_size=200))
def test_every_file_has_an_encoding_that_reads_it(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as home:
        file = written(Path(home), content, ".csv")
        try:
            encoding, odd = letters.encoding(file, True)
        except Refused:
            return
        assert isinstance(file.read_text(encoding=encoding, errors=odd), str)


@given(texts=st.lists(st.lists(st.text(alphabet='ab ;"\n€', max_size=8), min_size=2, max_size=2), max_size=6))
def test_what_a_spreadsheet_writes_is_read_as_it_was(texts: list[list[str]]) -> None:
    quoted = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in each) for each in texts)
    with tempfile.TemporaryDirectory() as home:
        file = written(Path(home), f"x;y\n{quoted}\n".encode(), ".csv")
        with file.open(encoding="utf-8", newline="") as opened:
            found = [row for _, row in rows.sheet_rows(opened)]
    assert found == [{"x": each[0], "y": each[1]} for each in texts]


def test_contacts_that_cannot_be(sqlite: Database, fakes: Any, tmp_path: Path) -> None:
    good = {"id": "c1", "customer_id": "k1", "channel": "phone", "at": "2026-11-01T10:00:00+01:00"}
    bad = [good | {"id": "c2", "minutes_waited": -1}, good | {"id": "c3", "minutes_waited": 1.5}, good]
    content = b"".join(json.dumps(each).encode() + b"\n" for each in [good, *bad])
    report = run(sqlite, fakes, written(tmp_path, content, ".jsonl"), "contacts")
    assert report.refused == (
        (2, "minutes_waited kan niet onder nul zijn"),
        (3, "minutes_waited is geen heel getal"),
        (4, "staat al op regel 1"),
    )
    assert fakes.count(sqlite, contact) == 1
