"""The past: what earlier cases of a customer left behind, and the promises that still stand in all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select

from socialwatch.domain.assessment import Assessment
from socialwatch.domain.brief.words import Promised
from socialwatch.domain.reply import Reply
from socialwatch.store import assessments, cases, replies
from socialwatch.store.mentions import Stored
from socialwatch.store.tables import promise
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Past:
    """`posts` are by earlier case, `assessments` by mention; `promised` holds this case's own promises too."""

    posts: Mapping[int, list[Stored]]
    assessments: Mapping[int, Assessment]
    replies: Sequence[Reply]
    promised: Sequence[Promised]


def past(unit: Unit, number: int, earlier: Sequence[int]) -> Past:
    """What was said in these earlier cases, which the caller may see, and promised in them or in this one."""
    posts = cases.mentions(unit, earlier) if earlier else {}
    ids = [each.id for each_case in posts.values() for each in each_case]
    return Past(
        posts=posts,
        assessments=assessments.of(unit, ids) if ids else {},
        replies=replies.of_cases(unit, earlier) if earlier else [],
        promised=_promised(unit, [number, *earlier]),
    )


# By case alone: with the brand named SQLite would read all promises of the brand that were not kept yet.
_STANDING = (
    select(promise)
    .where(promise.c.case_id.in_(bindparam("numbers", expanding=True)))
    .where(promise.c.kept_at.is_(None), promise.c.dropped_at.is_(None))
    .order_by(promise.c.due_at)
)


def _promised(unit: Unit, numbers: Sequence[int]) -> list[Promised]:
    return [_of_row(row) for row in unit.run(_STANDING, {"numbers": sorted(numbers)})]


def _of_row(row: Row[Any]) -> Promised:
    return Promised(row.what, row.made_at, row.due_at, row.case_id)
