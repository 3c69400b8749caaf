"""The queue: nothing doubled, nothing lost, best first, one poisonous job burns only its own attempts."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select, text, update

from socialwatch.store import queue
from socialwatch.store.queue import Claim, NewJob
from socialwatch.store.tables import job
from socialwatch.store.unit import Database


def put(database: Database, *subjects: int, **changes: Any) -> None:
    with database.write() as unit:
        queue.put(unit, [NewJob("merk", "assess", each, **changes) for each in subjects])


def claim(database: Database, limit: int = queue.BATCH, lease: float = queue.LEASE) -> Claim | None:
    with database.write() as unit:
        return queue.claim(unit, "assess", limit, lease)


def held(database: Database, limit: int = queue.BATCH, lease: float = queue.LEASE) -> Claim:
    found = claim(database, limit, lease)
    assert found is not None
    return found


def subjects(found: Claim) -> list[int]:
    return [each.subject for each in found.jobs]


def every(database: Database) -> dict[int, Any]:
    with database.read() as unit:
        return {row.subject: row for row in unit.run(select(job))}


def change(database: Database, **values: Any) -> None:
    with database.write() as unit:
        unit.run(update(job).values(**values))


def test_a_step_that_waits_for_a_subject_is_not_doubled(database: Database) -> None:
    put(database, 1, 2, 1)
    put(database, 2, 3)
    assert sorted(subjects(held(database))) == [1, 2, 3]
    assert claim(database) is None


def test_a_dead_letter_keeps_nothing_new_from_being_done(database: Database) -> None:
    """Whoever is called by a message that failed for good must still hear of the next case."""
    put(database, 1, detail={"woord": "oud"})
    with database.write() as unit:
        queue.bury(unit, mine := queue.claim(unit, "assess") or pytest.fail("er is werk"), "weg")
    put(database, 1, 1, detail={"woord": "nieuw"})
    (found,) = held(database).jobs
    assert (found.id, found.attempts, found.detail) == (mine.jobs[0].id, 1, {"woord": "nieuw"})
    with database.read() as unit:
        assert queue.dead(unit) == []


def test_nothing_put_is_nothing_done(database: Database) -> None:
    put(database)
    assert claim(database) is None


def test_what_is_stored_with_a_job_comes_back(database: Database) -> None:
    put(database, 7, detail={"deadline": "2026-11-23", "woord": "é"})
    (found,) = held(database).jobs
    assert (found.brand, found.step, found.subject, found.attempts) == ("merk", "assess", 7, 1)
    assert found.detail == {"deadline": "2026-11-23", "woord": "é"}


def test_a_batch_holds_the_best_64_in_order_of_priority_then_arrival(database: Database) -> None:
    for number in range(100):
        put(database, number, priority=number % 10)
    expected = sorted(range(100), key=lambda number: (-(number % 10), number))
    assert subjects(held(database)) == expected[:64]
    assert subjects(held(database)) == expected[64:]


def test_what_waits_long_overtakes_what_is_weightier_and_new(database: Database) -> None:
    put(database, 1, priority=0)
    change(database, rank=job.c.rank - 9.5 * queue.HEAD_START)
    put(database, 2, priority=9)
    assert subjects(held(database)) == [1, 2]


def test_what_is_for_later_is_not_ready_now(database: Database) -> None:
    put(database, 1, after=60)
    assert claim(database) is None
    ((_, row),) = every(database).items()
    assert 55 < row.ready_at - row.created_at <= 60
    change(database, ready_at=0)
    assert subjects(held(database)) == [1]


def test_an_acknowledged_job_is_gone(database: Database) -> None:
    put(database, 1, 2)
    mine = held(database)
    with database.write() as unit:
        assert queue.ack(unit, mine) == {each.id for each in mine.jobs}
        assert queue.ack(unit, mine) == set()
        assert queue.ack(unit, mine, []) == set()
    assert every(database) == {}


def test_the_token_fences_every_word_of_who_lost_the_lease(database: Database) -> None:
    put(database, 1)
    late = held(database, lease=-1)
    with database.write() as unit:
        assert queue.reap(unit) == 1
    now = held(database)
    with database.write() as unit:
        assert queue.ack(unit, late) == set()
        assert queue.renew(unit, late) == 0
        queue.halve(unit, late)
        queue.later(unit, late, "te laat")
        queue.bury(unit, late, "te laat")
    with database.write() as unit:
        assert queue.ack(unit, now) == {now.jobs[0].id}


def test_a_renewed_lease_is_not_reaped(database: Database) -> None:
    put(database, 1)
    mine = held(database, lease=-1)
    with database.write() as unit:
        assert queue.renew(unit, mine) == 1
        assert queue.reap(unit) == 0
        assert queue.ack(unit, mine)


def test_a_halved_batch_comes_back_in_halves_and_nobody_lost_an_attempt(database: Database) -> None:
    put(database, *range(8))
    with database.write() as unit:
        mine = queue.claim(unit, "assess", 8)
        assert mine is not None
        queue.halve(unit, mine)
    assert {row.attempts for row in every(database).values()} == {0}
    first, second = held(database, 8), held(database, 8)
    assert (subjects(first), subjects(second)) == ([0, 1, 2, 3], [4, 5, 6, 7])


def test_new_work_is_not_mixed_into_a_suspected_batch(database: Database) -> None:
    put(database, 1, 2)
    with database.write() as unit:
        mine = queue.claim(unit, "assess")
        assert mine is not None
        queue.halve(unit, mine)
    put(database, *range(10, 20))
    assert subjects(held(database)) == [1]
    assert subjects(held(database)) == [2]
    assert subjects(held(database)) == list(range(10, 20))


def walk_all(database: Database, poison: set[int]) -> tuple[list[int], int]:
    """Work as the corridor does, until nothing is left to claim; gives back what was done and the claims it took."""
    done: list[int] = []
    claims = 0
    while (mine := claim(database)) is not None:
        claims += 1
        assert claims < 200
        bad = poison & set(subjects(mine))
        with database.write() as unit:
            if not bad:
                queue.ack(unit, mine)
                done += subjects(mine)
            elif len(mine.jobs) > 1:
                queue.halve(unit, mine)
            else:
                queue.later(unit, mine, "vergif", wait=0)
    return done, claims


@pytest.mark.parametrize("poison", [0, 31, 63])
def test_one_poisonous_job_of_64_ends_alone_and_burns_only_its_own_attempts(database: Database, poison: int) -> None:
    put(database, *range(64))
    done, claims = walk_all(database, {poison})
    assert sorted(done) == [number for number in range(64) if number != poison]
    with database.read() as unit:
        (letter,) = queue.dead(unit)
    assert (letter.subject, letter.attempts, letter.reason) == (poison, queue.MOST_ATTEMPTS, "vergif")
    assert claims <= 64  # a handful of halvings, then the rest in small batches


def test_backoff_doubles_with_spread_and_ends_at_a_quarter_of_an_hour() -> None:
    for attempts in range(1, 30):
        longest = min(2.0**attempts, queue.LONGEST_WAIT)
        waits = [queue.backoff(attempts) for _ in range(50)]
        assert all(longest / 2 <= each <= longest for each in waits)
        assert len(set(waits)) > 1


def test_later_waits_and_the_fifth_time_is_the_last(database: Database) -> None:
    put(database, 1)
    for attempt in range(1, queue.MOST_ATTEMPTS + 1):
        change(database, ready_at=0)
        mine = held(database)
        assert mine.jobs[0].attempts == attempt
        with database.write() as unit:
            queue.later(unit, mine, "x" * 900)
        assert claim(database) is None
    (row,) = every(database).values()
    assert row.state == "dead"
    assert row.reason == "x" * 500


def test_what_is_forgiven_never_dies(database: Database) -> None:
    put(database, 1)
    for _ in range(3 * queue.MOST_ATTEMPTS):
        mine = held(database)
        with database.write() as unit:
            queue.later(unit, mine, "platform weg", wait=0, forgive=True)
    with database.read() as unit:
        assert queue.dead(unit) == []


def test_after_a_long_outage_the_first_real_failure_is_not_the_last(database: Database) -> None:
    put(database, 1)
    for _ in range(3 * queue.MOST_ATTEMPTS):
        mine = held(database)
        with database.write() as unit:
            queue.later(unit, mine, "platform weg", wait=0, forgive=True)
    mine = held(database)
    with database.write() as unit:
        queue.later(unit, mine, "een echte fout", wait=0)
        assert queue.dead(unit) == []


def test_dead_letters_are_listed_and_replayed_all_or_by_number(database: Database) -> None:
    put(database, 1, 2, 3)
    mine = held(database)
    with database.write() as unit:
        queue.bury(unit, mine, "nooit")
        letters = queue.dead(unit)
    assert [(each.step, each.subject, each.reason) for each in letters] == [("assess", n, "nooit") for n in (1, 2, 3)]
    assert claim(database) is None
    with database.write() as unit:
        assert queue.replay(unit, [letters[1].id]) == 1
        assert queue.replay(unit, []) == 0
    assert subjects(held(database)) == [2]
    with database.write() as unit:
        assert queue.replay(unit) == 2
    assert subjects(held(database)) == [1]  # one by one: they are suspect
    assert every(database)[1].attempts == 1


def test_reaping_gives_back_what_a_dead_worker_held_in_half_the_size(database: Database) -> None:
    put(database, *range(10))
    held(database, lease=-1)
    with database.write() as unit:
        assert queue.reap(unit) == 10
        assert queue.reap(unit) == 0
    assert {row.attempts for row in every(database).values()} == {0}
    assert subjects(held(database)) == [0, 1, 2, 3, 4]


def test_a_job_that_kills_its_worker_every_time_dies_alone(database: Database) -> None:
    put(database, *range(4))
    killer = 2
    done: list[int] = []
    for _ in range(40):
        mine = claim(database, lease=-1)
        if mine is None:
            break
        with database.write() as unit:
            if killer in subjects(mine):
                queue.reap(unit)
            else:
                done += subjects(mine)
                queue.ack(unit, mine)
    assert sorted(done) == [0, 1, 3]
    with database.read() as unit:
        (letter,) = queue.dead(unit)
    assert (letter.subject, letter.attempts) == (killer, queue.MOST_ATTEMPTS)


def test_depth_counts_and_knows_the_oldest(database: Database) -> None:
    with database.read() as unit:
        assert queue.depth(unit) == queue.Depth(0, 0, 0, None)
    put(database, 1, 2, 3)
    change(database, created_at=job.c.created_at - 100)
    mine = held(database, 1)
    with database.write() as unit:
        queue.bury(unit, mine, "weg")
    held(database, 1)
    with database.read() as unit:
        found = queue.depth(unit)
    assert (found.ready, found.leased, found.dead) == (1, 1, 1)
    assert found.oldest is not None
    assert 100 <= found.oldest < 160


def test_steps_do_not_mix(database: Database) -> None:
    put(database, 1)
    with database.write() as unit:
        queue.put(unit, [NewJob("merk", "route", 1)])
    assert len(held(database).jobs) == 1
    assert claim(database) is None


def test_a_second_worker_takes_other_jobs_and_does_not_wait(database: Database) -> None:
    put(database, *range(100))
    if not database.postgresql:  # one writer at a time
        first, second = claim(database, 40), claim(database, 40)
    else:
        with database.write() as unit:
            first = queue.claim(unit, "assess", 40)
            with ThreadPoolExecutor(1) as pool:
                second = pool.submit(claim, database, 40).result(timeout=20)
    assert first is not None
    assert second is not None
    assert len(first.jobs) == len(second.jobs) == 40
    assert not set(subjects(first)) & set(subjects(second))


def test_claiming_reads_the_index_of_what_is_ready(database: Database) -> None:
    put(database, *range(4000))
    change(database, ready_at=0)
    ready = "select id from job where step = 'assess' and state = 'ready' and ready_at <= 1 order by rank, id limit 64"
    with database.write() as unit:
        if database.postgresql:
            unit.run(text("analyze job"))
            plan = " ".join(unit.run(text(f"explain {ready}")).scalars())
        else:
            plan = " ".join(row.detail for row in unit.run(text(f"explain query plan {ready}")))
    assert "ix_job_ready" in plan
