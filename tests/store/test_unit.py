"""One transaction: it commits at its edge or leaves no trace, and a database that is away is said in one word."""

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from socialwatch.errors import Misconfigured, Unavailable
from socialwatch.store.tables import source
from socialwatch.store.unit import Database, FairLock, Unit, open_units

ROW = {"name": "merk/x", "brand": "merk", "kind": "x"}


def names(database: Database) -> list[str]:
    with database.read() as unit:
        return list(unit.run(select(source.c.name).order_by(source.c.name)).scalars())


def test_a_unit_commits_at_its_edge(database: Database) -> None:
    with database.write() as unit:
        unit.run(insert(source).values(**ROW))
    assert names(database) == ["merk/x"]


@pytest.mark.parametrize("problem", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_whatever_is_raised_inside_leaves_no_trace(database: Database, problem: type[BaseException]) -> None:
    def write() -> None:
        with database.write() as unit:
            unit.run(insert(source).values(**ROW))
            raise problem

    with pytest.raises(problem):
        write()
    assert names(database) == []
    with database.write() as unit:  # and the next one is not held up
        unit.run(insert(source).values(**ROW))
    assert names(database) == ["merk/x"]


def test_an_error_in_the_second_statement_undoes_the_first(database: Database) -> None:
    def write() -> None:
        with database.write() as unit:
            unit.run(insert(source).values(**ROW))
            unit.run(insert(source).values(**ROW))

    with pytest.raises(IntegrityError):
        write()
    assert names(database) == []


def test_a_unit_inside_a_writing_unit_is_a_mistake_that_is_said_at_once(database: Database) -> None:
    def nest() -> None:
        with database.write() as unit:
            unit.run(insert(source).values(**ROW))
            with database.write():
                pass

    with pytest.raises(RuntimeError, match="unit"):
        nest()
    assert names(database) == []
    assert open_units() == 0


def test_readers_do_not_see_and_do_not_wait_for_what_is_not_committed(database: Database) -> None:
    seen: list[list[str]] = []
    with database.write() as unit:
        unit.run(insert(source).values(**ROW))
        reader = threading.Thread(target=lambda: seen.append(names(database)))
        reader.start()
        reader.join(10)
    assert seen == [[]]


def test_open_units_counts_this_thread_only(database: Database) -> None:
    elsewhere: list[int] = []
    assert open_units() == 0
    with database.write():
        assert open_units() == 1
        other = threading.Thread(target=lambda: elsewhere.append(open_units()))
        other.start()
        other.join()
        with database.read():
            assert open_units() == 2
    with database.read():
        assert open_units() == 1
    assert open_units() == 0
    assert elsewhere == [0]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)  # SQLite takes text of any length
def test_a_value_that_does_not_fit_is_not_taken_for_an_outage(database: Database) -> None:
    with pytest.raises(Exception, match="too long") as caught, database.write() as unit:
        unit.run(insert(source).values(**ROW | {"kind": "x" * 99}))
    assert not isinstance(caught.value, Unavailable)


def test_a_database_that_went_away_is_unavailable_and_comes_back(url: str, tmp_path: Path) -> None:
    opened = Database(url)
    try:
        with opened.write() as unit:
            unit.run(insert(source).values(**ROW))
        killing = "SELECT pg_terminate_backend(pg_backend_pid())" if opened.postgresql else "SELECT * FROM nowhere"
        with pytest.raises(Unavailable) as caught, opened.write() as unit:
            unit.run(text(killing))
        assert "database" in str(caught.value)
        assert "merk/x" not in str(caught.value)
        if opened.postgresql:  # the pool notices by itself
            assert names(opened) == ["merk/x"]
    finally:
        opened.close()


@pytest.mark.parametrize(
    "nowhere", ["sqlite:////no/such/folder/x.sqlite", "postgresql://nobody@/nowhere?host=/no/such/folder"]
)
def test_a_database_that_is_not_there_is_unavailable(nowhere: str) -> None:
    opened = Database(nowhere)
    with pytest.raises(Unavailable), opened.read():
        pass
    opened.close()


@pytest.mark.parametrize("nonsense", ["", "geen adres", "mysql://root@localhost/x"])
def test_an_address_that_is_none_names_its_key_and_not_its_value(nonsense: str) -> None:
    with pytest.raises(Misconfigured, match=r"^database\.url ") as caught:
        Database(nonsense)
    assert not nonsense or nonsense not in str(caught.value)


def test_sqlite_is_durable_and_checks_its_keys(sqlite: Database) -> None:
    with sqlite.write() as unit:
        found = [
            unit.run(text(f"PRAGMA {each}")).scalar_one() for each in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


def test_writers_of_one_process_take_turns_in_order() -> None:
    lock, order, waiting = FairLock(), [], []
    with lock:
        for number in range(5):
            each = threading.Thread(target=lambda number=number: _append(lock, order, number))
            each.start()
            waiting.append(each)
            time.sleep(0.02)
    for each in waiting:
        each.join(5)
    assert order == [0, 1, 2, 3, 4]


def _append(lock: FairLock, order: list[int], number: int) -> None:
    with lock:
        order.append(number)


def test_many_writers_at_once_lose_nothing(database: Database) -> None:
    def write(number: int) -> None:
        for each in range(5):
            with database.write() as unit:
                unit.run(insert(source).values(name=f"{number}/{each}", brand="merk", kind="x"))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for each in writers:
        each.start()
    for each in writers:
        each.join(30)
    assert len(names(database)) == 40


@pytest.mark.parametrize(
    "engine", ["postgresql"], indirect=True
)  # SQLite knows no NOTIFY; its readers look now and then
def test_a_wake_up_is_heard_once_per_commit(database: Database) -> None:
    with database.listen() as driver:
        with database.write() as unit:
            unit.wake()
            unit.wake()
        assert len(list(driver.notifies(timeout=5, stop_after=1))) == 1
        with pytest.raises(Unavailable), database.write() as unit:
            _wake_and_fail(unit)
        assert list(driver.notifies(timeout=0.2)) == []


def _wake_and_fail(unit: Unit) -> None:
    unit.wake()
    raise Unavailable("toch niet")


def test_stamps_are_seconds_of_now(database: Database) -> None:
    with database.read() as unit:
        assert abs(unit.stamp() - time.time()) < 5
