"""What is left in the database after the storm, held against what the platform had: lost, doubled, sound."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, inspect, select, text

from socialwatch.domain.case import LineKind
from socialwatch.store import queue
from socialwatch.store.tables import case, line, mention, notification
from socialwatch.store.unit import Database, Unit
from tests.chaos import timeline
from tests.chaos.roles import committed, outcome

EACH = ("assess", "identify", "route")  # every post goes through these, once


def count(database: Database, posts: int) -> dict[str, Any]:
    """Everything the platform posted must be there, read, identified, routed, in one case per author, once each."""
    with database.read() as unit:
        done, retold = _outcomes(unit), _retold(unit)
        natives = Counter(unit.run(select(mention.c.native_id)).scalars())
        wanted = _wanted(unit, posts)
        homes, cases = _homes(unit), unit.run(select(func.count()).select_from(case)).scalar_one()
        assigned = Counter(unit.run(select(line.c.case_id).where(line.c.kind == LineKind.ASSIGNED)).scalars())
        left = queue.depth(unit)
    furious = sum(1 for each in range(0, posts, timeline.POSTS_PER_AUTHOR) if timeline.furious(each))
    missing = sum(1 for each in range(posts) if str(each) not in natives)
    return {
        "posts": posts,
        "mentions": sum(natives.values()),
        "outcomes": sum(done.values()),
        "cases": cases,
        "lost": missing + sum(1 for each in wanted if each not in done) + max(0, furious - len(assigned)),
        "doubled": _beyond_one(natives)
        + _beyond_one(done)
        + _beyond_one(retold)
        + _beyond_one(homes)
        + _beyond_one(assigned)
        + max(0, cases - timeline.authors(posts)),
        "stray": sum(1 for each in done if each not in wanted and each[0] in EACH) + posts - sum(homes.values()),
        "left": left.ready + left.leased,
        "dead": left.dead,
    }


def _outcomes(unit: Unit) -> Counter[tuple[str, int]]:
    """What was done, how often. A person is told things again and again; which thing twice, `_retold` counts."""
    rows = unit.run(select(outcome.c.step, outcome.c.subject).where(outcome.c.step != "tell"))
    return Counter((row.step, row.subject) for row in rows)


def _retold(unit: Unit) -> Counter[tuple[int, int, int, str]]:
    """Each thing that a person was told, by the step it belongs to."""
    told = notification.c
    query = select(told.case_id, told.agent_id, told.step, told.kind).where(told.delivered_at.is_not(None))
    return Counter((row.case_id, row.agent_id, row.step, row.kind) for row in unit.run(query))


def _wanted(unit: Unit, posts: int) -> set[tuple[str, int]]:
    numbers = {int(row.native_id): row.id for row in unit.run(select(mention.c.id, mention.c.native_id))}
    every = {(step, numbers[each]) for each in range(posts) if each in numbers for step in EACH}
    return every | {("explain", each) for each in _openers(unit)}


def _openers(unit: Unit) -> Iterator[int]:
    """The mention that opened each case: the first line with one, in order of writing."""
    first = (
        select(func.min(line.c.id)).where(line.c.kind == LineKind.MENTION).group_by(line.c.case_id).scalar_subquery()
    )
    yield from unit.run(select(line.c.mention_id).where(line.c.id.in_(first))).scalars()


def _homes(unit: Unit) -> Counter[int]:
    """How many lines each mention has; one, in one case."""
    return Counter(unit.run(select(line.c.mention_id).where(line.c.kind == LineKind.MENTION)).scalars())


def _beyond_one(counted: Counter[Any]) -> int:
    return sum(number - 1 for number in counted.values())


def progress(database: Database) -> int:
    """The number of the latest outcome."""
    with database.read() as unit:
        return int(unit.run(select(func.coalesce(func.max(outcome.c.id), 0))).scalar_one())


def terms(database: Database) -> list[int]:
    """The term of every stored page, in the order in which they were stored.

    A leader holds its lease row from the check to the commit, so numbers given out in between grow as commits do.
    """
    with database.read() as unit:
        return list(unit.run(select(committed.c.term).order_by(committed.c.id)).scalars())


def integrity(database: Database) -> str:
    """SQLite's own check; on PostgreSQL every table read whole and counted by heap and by key, which must agree."""
    with database.write() as unit:
        if not database.postgresql:
            return str(unit.run(text("PRAGMA integrity_check")).scalar_one())
        wrong = [name for name in inspect(unit.connection).get_table_names() if not _agree(unit, name)]
    return "ok" if not wrong else f"heap and index differ: {', '.join(sorted(wrong))}"


def _agree(unit: Unit, name: str) -> bool:
    heap = unit.run(text(f'SELECT count(t::text) FROM "{name}" t')).scalar_one()
    counted = [heap]
    key = inspect(unit.connection).get_pk_constraint(name)["constrained_columns"]
    if key:
        unit.run(text("SET LOCAL enable_seqscan = off"))
        unit.run(text("SET LOCAL enable_bitmapscan = off"))
        query = f'SELECT count(*) FROM (SELECT "{key[0]}" FROM "{name}" ORDER BY "{key[0]}" OFFSET 0) k'
        counted.append(unit.run(text(query)).scalar_one())
        unit.run(text("SET LOCAL enable_seqscan = on"))
        unit.run(text("SET LOCAL enable_bitmapscan = on"))
    return len(set(counted)) == 1
