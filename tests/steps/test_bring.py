"""Bring and score: a bad row is named by its line, every good one is kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from socialwatch.errors import Refused
from socialwatch.steps import bring, line, score
from socialwatch.store import customers, queue
from socialwatch.store.tables import contact, customer, handle, mention, order, order_line
from socialwatch.store.unit import Database

GOOD = {"channel": "x", "id": "1", "text": "gat in mijn sok", "created_at": "2026-11-22T10:00:00+01:00"}


def run(database: Database, fakes: Any, file: Path, what: str = "mentions") -> bring.Report:
    return bring.run(database, bring.Delivery(what, fakes.BRAND, line.first), file, fakes.START)


def jsonl(*rows: Any) -> bytes:
    return b"".join((each if isinstance(each, bytes) else json.dumps(each).encode()) + b"\n" for each in rows)


def written(tmp_path: Path, content: bytes, suffix: str = ".jsonl") -> Path:
    file = tmp_path / f"bestand{suffix}"
    file.write_bytes(content)
    return file


def test_every_bad_row_is_named_and_every_good_one_is_kept(database: Database, fakes: Any, tmp_path: Path) -> None:
    bad: list[tuple[Any, str]] = [
        (b"{half", "geen geldige JSON"),
        (b"[1, 2]", "geen JSON-object"),
        (b'"tekst"', "geen JSON-object"),
        (b"[" * 100_000, "geen geldige JSON"),
        (GOOD | {"id": None}, "id ontbreekt"),
        (GOOD | {"text": 5}, "text is geen tekst"),
        (GOOD | {"created_at": "2026-11-22T10:00:00"}, "created_at heeft geen tijdzone"),
        (GOOD | {"created_at": "gisteren"}, "created_at is geen tijdstip zoals 2026-11-22T14:05:00+01:00"),
        (GOOD | {"id": "i" * 300}, "id is langer dan 200 tekens"),
        (GOOD | {"channel": "k" * 60}, "channel is langer dan 40 tekens"),
        (GOOD | {"author": "marieke"}, "author is geen object met velden"),
    ]
    rows: list[Any] = [GOOD, b"", *(each for each, _ in bad), GOOD | {"id": "2"}]
    report = run(database, fakes, written(tmp_path, jsonl(*rows)))
    assert (report.kept, report.new) == (2, 2)
    assert report.refused == tuple((number, reason) for number, (_, reason) in enumerate(bad, 3))
    with database.read() as unit:
        assert queue.depth(unit).ready == 2
    assert run(database, fakes, written(tmp_path, jsonl(*rows))).new == 0


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
@pytest.mark.parametrize("last", [True, False], ids=["ended", "open"])
def test_line_ends_and_byte_order_marks_make_no_difference(
    sqlite: Database, fakes: Any, tmp_path: Path, ends: bytes, start: bytes, last: bool
) -> None:
    lines = [json.dumps(GOOD | {"id": str(each)}).encode() for each in range(3)]
    content = start + ends.join(lines) + (ends if last else b"")
    assert run(sqlite, fakes, written(tmp_path, content)) == bring.Report(3, 3, ())
    with sqlite.read() as unit:
        assert {row.text for row in unit.run(mention.select())} == {GOOD["text"]}


def test_odd_bytes_become_replacement_characters(database: Database, fakes: Any, tmp_path: Path) -> None:
    odd = json.dumps(GOOD).encode().replace(b"gat", b"g\xffat \\u0000 \\ud83d")
    assert run(database, fakes, written(tmp_path, odd)).kept == 1
    (row,) = fakes.rows(database, mention)
    assert row["text"] == "g\ufffdat \ufffd \ufffd in mijn sok"


CUSTOMERS = "id;name;email;handles\nk1;Marieke;m@x.nl;x:marieke\nk2;;leeg@x.nl;\nk3;Els;geen adres;\nk4;Jan\nk5;Tom;;\n"


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_customers_from_a_spreadsheet(
    database: Database, fakes: Any, tmp_path: Path, separator: str, ends: str
) -> None:
    text = "\ufeff" + CUSTOMERS.replace(";", separator).replace("\n", ends)
    report = run(database, fakes, written(tmp_path, text.encode(), ".csv"), "customers")
    assert report.kept == 2
    assert report.refused == (
        (3, "name ontbreekt"),
        (4, "email is geen e-mailadres"),
        (5, "2 kolommen in plaats van 4"),
    )
    assert [each["id"] for each in fakes.rows(database, customer)] == ["k1", "k5"]
    assert fakes.count(database, handle) == 1


def test_the_lines_of_one_order_may_stand_anywhere_in_the_file(database: Database, fakes: Any, tmp_path: Path) -> None:
    text = (
        "number,customer_id,ordered_at,status,product,quantity,price\n"
        'sk-1,k1,2026-09-01T10:00:00+02:00,delivered,"Sok, blauw",2,"12,95"\n'
        "SK-2,k1,2026-09-02T10:00:00+02:00,delivered,Muts,1,5\n"
        "SK-1,k1,2026-09-01T10:00:00+02:00,delivered,Das,1,20.00\n"
        "SK-3,k1,gisteren,delivered,Das,1,20.00\n"
        "SK-4,k1,2026-09-01T10:00:00+02:00,delivered,Das,nul,20.00\n"
    )
    report = run(database, fakes, written(tmp_path, text.encode(), ".csv"), "orders")
    assert [number for number, _ in report.refused] == [5, 6]
    assert fakes.count(database, order) == 2
    lines = [(each["number"], each["product"], each["price_cents"]) for each in fakes.rows(database, order_line)]
    assert sorted(lines) == [("SK-1", "Das", 2000), ("SK-1", "Sok, blauw", 1295), ("SK-2", "Muts", 500)]


def test_contacts_come_in(database: Database, fakes: Any, tmp_path: Path) -> None:
    row = {
        "id": "c1",
        "customer_id": "k1",
        "channel": "telefoon",
        "at": "2026-11-01T10:00:00+01:00",
        "minutes_waited": 20,
    }
    report = run(database, fakes, written(tmp_path, jsonl(row, row | {"id": "c2", "at": "?"})), "contacts")
    assert (report.kept, [number for number, _ in report.refused]) == (1, [2])
    assert fakes.rows(database, contact)[0]["minutes_waited"] == 20
    with database.read() as unit:
        assert customers.counts(unit, fakes.BRAND)["contacts"] == 1


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_an_empty_file_brings_nothing(sqlite: Database, fakes: Any, tmp_path: Path, suffix: str) -> None:
    assert run(sqlite, fakes, written(tmp_path, b"", suffix)) == bring.Report(0, 0, ())


def test_more_rows_than_one_chunk(database: Database, fakes: Any, tmp_path: Path) -> None:
    rows = [GOOD | {"id": str(each)} for each in range(bring.CHUNK + 5)]
    assert run(database, fakes, written(tmp_path, jsonl(*rows))).new == bring.CHUNK + 5


def test_a_file_that_cannot_be_read_is_refused(sqlite: Database, fakes: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"weg\.jsonl"):
        run(sqlite, fakes, tmp_path / "weg.jsonl")
    with pytest.raises(Refused):
        run(sqlite, fakes, tmp_path)


def scored(fakes: Any, *lines: bytes, why: bool = False) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    complaints: list[tuple[int, str]] = []
    scoring = score.Scoring(
        fakes.Assessor(), fakes.START, why, lambda number, reason: complaints.append((number, reason))
    )
    return [json.loads(each) for each in score.run(lines, scoring)], complaints


def test_scores_come_in_the_same_order_and_bad_lines_are_named(fakes: Any) -> None:
    found, complaints = scored(
        fakes,
        b'{"id": "a", "text": "woedend, nu!"}\n',
        b"\n",
        "een gewone vraag é\r\n".encode(),
        b"{half\n",
        b'{"id": true, "text": "x"}\n',
        b'{"id": 7}\n',
        b"\xff\xfe\n",
        b'{"id": 9, "text": "sok \\ud83d"}',
    )
    assert [(each["id"], each["level"]) for each in found] == [("a", 3), (3, 0), (9, 0)]
    assert complaints == [
        (4, "geen geldige JSON"),
        (5, "id moet tekst of een getal zijn"),
        (6, "text ontbreekt"),
        (7, "geen UTF-8"),
    ]


def test_a_score_has_the_names_that_others_rely_on(fakes: Any) -> None:
    (plain,), _ = scored(fakes, b"klacht, morgen is mijn verjaardag, order SK-10234")
    (more,), _ = scored(fakes, b"klacht", why=True)
    names = "id language kind feelings frustration level distress hazards risk answer needs_human chance confidence"
    assert list(plain) == [*names.split(), "stakes", "facts", "model"]
    assert set(more) == {*plain, "why"}
    assert plain["stakes"][0]["on"] == "2026-11-23"
    assert {"kind": "order_number", "value": "SK-10234"} in plain["facts"]
