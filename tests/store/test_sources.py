"""Sources: where each poller stands, and never two terms of the lease at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from socialwatch.store import sources
from socialwatch.store.tables import lease
from socialwatch.store.tables import source as source_table
from socialwatch.store.unit import Database


def lead(database: Database, holder: str) -> int | None:
    with database.write() as unit:
        return sources.lead(unit, "poll", holder)


def expire(database: Database) -> None:
    with database.write() as unit:
        unit.run(update(lease).values(expires_at=0))


def leads(database: Database, term: int) -> bool:
    with database.write() as unit:
        return sources.leads(unit, "poll", term)


def test_the_first_leads_and_keeps_its_term(database: Database) -> None:
    term = lead(database, "een")
    assert term is not None
    assert lead(database, "een") == term
    assert lead(database, "twee") is None
    assert leads(database, term)


def test_after_it_ran_out_a_new_holder_gets_a_new_term_and_fences_the_old_one(database: Database) -> None:
    old = lead(database, "een")
    assert old is not None
    expire(database)
    new = lead(database, "twee")
    assert new == old + 1
    assert lead(database, "een") is None
    assert not leads(database, old)
    assert leads(database, new)


def test_who_let_it_run_out_gets_a_new_term_too(database: Database) -> None:
    old = lead(database, "een")
    assert old is not None
    expire(database)
    assert lead(database, "een") == old + 1
    assert not leads(database, old)


def release(database: Database, holder: str, term: int) -> bool:
    with database.write() as unit:
        return sources.release(unit, "poll", holder, term)


def test_who_hands_it_back_lets_the_next_in_at_once_under_a_new_term(database: Database) -> None:
    old = lead(database, "een")
    assert old is not None
    assert release(database, "een", old)
    assert leads(database, old), "until another takes over, what was polled may still be stored"
    assert lead(database, "twee") == old + 1
    assert not leads(database, old)


def test_who_hands_it_back_and_comes_again_gets_a_new_term_too(database: Database) -> None:
    old = lead(database, "een")
    assert old is not None
    release(database, "een", old)
    assert lead(database, "een") == old + 1


def test_only_its_holder_under_its_present_term_can_hand_it_back(database: Database) -> None:
    old = lead(database, "een")
    assert old is not None
    assert not release(database, "twee", old)
    assert not release(database, "een", old + 1)
    assert lead(database, "twee") is None
    expire(database)
    assert lead(database, "een") == old + 1
    assert not release(database, "een", old), "a past self has nothing to hand back"
    assert lead(database, "twee") is None


def test_of_many_that_reach_for_it_at_once_one_leads(database: Database) -> None:
    for _ in range(3):
        expire(database)
        with ThreadPoolExecutor(6) as pool:
            terms = list(pool.map(lambda number: lead(database, f"houder {number}"), range(6)))
        assert len([each for each in terms if each is not None]) == 1


def test_nobody_takes_over_between_the_question_and_the_commit(database: Database) -> None:
    term = lead(database, "een")
    assert term is not None
    expire(database)
    with ThreadPoolExecutor(1) as pool:
        with database.write() as unit:
            assert sources.leads(unit, "poll", term)
            taking = pool.submit(lead, database, "twee")
            sources.register(unit, "merk/x", "merk", "x")
            assert not taking.done()
        assert taking.result(20) == term + 1


def test_a_source_is_registered_once_and_keeps_its_place(database: Database) -> None:
    for kind in ("x", "x"):
        with database.write() as unit:
            sources.register(unit, "merk/x", "merk", kind)
            sources.advance(unit, "merk/x", "cursor-1", 20)
            sources.advance(unit, "merk/x", None, 5)
    with database.read() as unit:
        (found,) = sources.every(unit)
        assert sources.one(unit, "merk/y") is None
    assert (found.cursor, found.polled, found.halted, found.failures) == ("cursor-1", 50, False, 0)


def test_failures_wait_halts_stop_and_a_success_clears(database: Database, fakes: Any) -> None:
    with database.write() as unit:
        sources.register(unit, "merk/x", "merk", "x")
        sources.failed(unit, "merk/x", "y" * 900, 60.0)
        now = unit.stamp()
        found = sources.one(unit, "merk/x")
    assert found is not None
    assert (found.failures, found.last_error, found.halted) == (1, "y" * 500, False)
    assert now + 50 < found.next_poll_at <= now + 61
    with database.write() as unit:
        sources.failed(unit, "merk/x", "sleutel verlopen", 60.0, halted=True)
        sources.gap(unit, "merk/x", fakes.START - timedelta(days=2), fakes.START)
        assert sources.every(unit)[0].halted
        sources.resume(unit, "merk/x")
        assert not sources.every(unit)[0].halted
        sources.polled(unit, "merk/x", fakes.START, 60.0)
    with database.read() as unit:
        (found,) = sources.every(unit)
    assert (found.failures, found.last_error, found.last_success_at) == (0, None, fakes.START)
    assert found.gap_from == fakes.START - timedelta(days=2)


def source(database: Database, name: str = "merk/x") -> sources.Source:
    with database.read() as unit:
        found = sources.one(unit, name)
    assert found is not None
    return found


def test_a_lease_from_before_the_clock_was_put_back_keeps_nobody_out(database: Database) -> None:
    old = lead(database, "een")
    assert old is not None
    with database.write() as unit:  # the clock is put back an hour: the end of the lease is an hour away
        unit.run(update(lease).values(expires_at=lease.c.expires_at + 3600))
    assert lead(database, "twee") == old + 1
    assert not leads(database, old)


def test_budget_notice_and_pace_are_kept_and_taken_back(database: Database) -> None:
    with database.write() as unit:
        for name in ("merk/x", "merk/y"):
            sources.register(unit, name, "merk", "x")
        sources.limit(unit, "merk/x", 5_000_000)
        sources.noticed(unit, "merk/x", "Meta antwoordt met v27.0.")
        sources.slow(unit, 2.5)
    found = source(database)
    assert (found.budget, found.notice, found.slowed) == (5_000_000, "Meta antwoordt met v27.0.", 2.5)
    other = source(database, "merk/y")
    assert (other.budget, other.notice, other.slowed) == (None, None, 2.5)
    with database.write() as unit:
        sources.limit(unit, "merk/x", None)
        sources.noticed(unit, "merk/x", None)
    assert (source(database).budget, source(database).notice) == (None, None)


def test_a_pause_is_no_failure(database: Database) -> None:
    with database.write() as unit:
        sources.register(unit, "merk/x", "merk", "x")
        sources.paused(unit, "merk/x", "het geld is op", 600.0)
        now = unit.stamp()
    found = source(database)
    assert (found.failures, found.halted, found.last_error) == (0, False, "het geld is op")
    assert now + 590 < found.next_poll_at <= now + 601


def test_a_stream_that_opens_or_breaks_has_what_was_missed_polled_for_unless_it_was_failing(database: Database) -> None:
    def change(alive: bool) -> float:
        with database.write() as unit:
            unit.run(update(source_table).values(next_poll_at=99.0))
            sources.stream(unit, "merk/x", alive)
        assert source(database).streaming is alive
        return source(database).next_poll_at

    with database.write() as unit:
        sources.register(unit, "merk/x", "merk", "x")
    assert [change(each) for each in (False, True, True, False)] == [99.0, 0.0, 99.0, 0.0]
    with database.write() as unit:
        sources.failed(unit, "merk/x", "te veel", 60.0)
    assert change(True) == 99.0
