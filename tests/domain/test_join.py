"""Does a new mention open a case, join one, thank for one, or need none?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.assessment import NEEDS_CASE, Kind
from socialwatch.domain.join import (
    FOR_WANT_OF_A_CASE,
    Arrival,
    Dismiss,
    Intent,
    Join,
    JoinOwn,
    OfferJoin,
    Open,
    OpenCase,
    Reason,
    Thank,
    decide,
)

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
SOCKS = "Na drie maanden zit er al een gat in mijn sokken, wat een kwaliteit"
CASE = OpenCase(7, NOW - timedelta(hours=2), ("x:marieke", "x:42"), "k1", ("x:100", "x:101"), text=SOCKS)
ANSWERED = replace(CASE, answered=True)
HERS, HIS = ("x:marieke", "x:42"), ("x:piet", "x:43")


def new(kind: Kind, **changes: object) -> Arrival:
    return replace(Arrival(kind, NOW), **changes)  # type: ignore[arg-type]


DECISIONS: list[tuple[Arrival, list[OpenCase], tuple[Intent, ...]]] = [
    # need: opens or joins
    (new(Kind.COMPLAINT, author_keys=HERS), [], (Open(),)),
    (new(Kind.COMPLAINT, author_keys=HERS), [CASE], (Join(7),)),
    # caught up with days later: written in the life of a case that got its owner only now
    (
        new(Kind.COMPLAINT, author_keys=HERS),
        [replace(CASE, first_at=NOW - timedelta(days=1), last_at=NOW + timedelta(days=9))],
        (Join(7),),
    ),
    (
        new(Kind.COMPLAINT, author_keys=HERS),
        [replace(CASE, first_at=NOW + timedelta(days=5), last_at=NOW + timedelta(days=9))],
        (Open(),),
    ),
    (new(Kind.QUESTION, author_keys=("facebook:9",), customer_id="k1"), [CASE], (Join(7),)),
    (new(Kind.QUESTION, author_keys=("facebook:9",), customer_id="k2"), [CASE], (Open(),)),
    (new(Kind.COMPLAINT, author_keys=HIS, thread=("x:100",)), [CASE], (Open(),)),
    (new(Kind.COMPLAINT, thread=("x:100",)), [CASE], (Open(),)),
    (new(Kind.COMPLAINT, author_keys=HERS), [replace(CASE, last_at=NOW - timedelta(hours=73))], (Open(),)),
    (new(Kind.COMPLAINT, author_keys=HERS), [replace(CASE, last_at=NOW - timedelta(hours=72))], (Join(7),)),
    (
        new(Kind.REPORT, author_keys=HERS, thread=("x:101",)),
        [replace(CASE, last_at=NOW - timedelta(days=20))],
        (Join(7),),
    ),
    (new(Kind.REQUEST, author_keys=HERS), [replace(CASE, closed=True)], (Join(7),)),
    (new(Kind.COMPLAINT, author_keys=HERS), [CASE, replace(CASE, id=8, last_at=NOW)], (Join(8),)),
    (new(Kind.COMPLAINT, author_keys=HERS), [CASE, replace(CASE, id=8, last_at=NOW, closed=True)], (Join(7),)),
    (
        new(Kind.COMPLAINT, author_keys=HERS, thread=("x:101",)),
        [CASE, replace(CASE, id=8, last_at=NOW, thread=())],
        (Join(7),),
    ),
    # almost the same text by somebody else is offered
    (new(Kind.COMPLAINT, author_keys=HIS, text=SOCKS.upper() + "!!"), [CASE], (Open(), OfferJoin(7))),
    (new(Kind.COMPLAINT, author_keys=HIS, text="Heel iets anders is hier mis gegaan"), [CASE], (Open(),)),
    (new(Kind.COMPLAINT, author_keys=HIS, text=SOCKS), [replace(CASE, last_at=NOW - timedelta(days=9))], (Open(),)),
    # thanks and praise
    (new(Kind.THANKS, author_keys=HERS), [ANSWERED], (Thank(7),)),
    (
        new(Kind.THANKS, author_keys=HERS),
        [replace(ANSWERED, closed=True, last_at=NOW - timedelta(days=9))],
        (Thank(7),),
    ),
    (new(Kind.PRAISE, author_keys=HERS), [ANSWERED], (Thank(7),)),
    (new(Kind.THANKS, author_keys=("mail:m@v.nl",), customer_id="k1"), [ANSWERED], (Thank(7),)),
    (new(Kind.THANKS, author_keys=HERS), [CASE], (Join(7),)),
    (new(Kind.THANKS, author_keys=HERS), [], (Dismiss(Reason.THANKS), Thank(None))),
    (new(Kind.THANKS, author_keys=HIS, thread=("x:100",)), [ANSWERED], (Dismiss(Reason.THANKS), Thank(None))),
    (new(Kind.THANKS, author_keys=HERS, needs_answer=True), [ANSWERED], (Join(7),)),
    (new(Kind.PRAISE, author_keys=HIS), [ANSWERED], (Dismiss(Reason.PRAISE),)),
    (new(Kind.PRAISE, author_keys=HIS, needs_answer=True), [], (Open(),)),
    # the rest
    (new(Kind.OTHER, author_keys=HERS, thread=("x:101",), text="maat 43"), [ANSWERED], (Join(7),)),
    (new(Kind.OTHER, author_keys=HIS, thread=("x:101",), text="haha"), [CASE], (Dismiss(Reason.NO_NEED),)),
    (new(Kind.OTHER, author_keys=HERS, text="lekker weer"), [CASE], (Dismiss(Reason.NO_NEED),)),
    (new(Kind.OTHER, author_keys=HIS, text="Sokkerij opent winkel https://nieuws.nl/1"), [], (Dismiss(Reason.NEWS),)),
    (new(Kind.SPAM, author_keys=HERS), [CASE], (Dismiss(Reason.SPAM),)),
    (new(Kind.COMPLAINT, author_keys=HERS, repost=True), [CASE], (Dismiss(Reason.REPOST),)),
    (new(Kind.COMPLAINT, own=True, thread=("x:100",)), [CASE], (JoinOwn(7),)),
    (new(Kind.OTHER, own=True, thread=("x:555",)), [CASE], (Dismiss(Reason.OWN_POST),)),
]


@pytest.mark.parametrize(("arrival", "cases", "expected"), DECISIONS)
def test_decides(arrival: Arrival, cases: list[OpenCase], expected: tuple[Intent, ...]) -> None:
    assert decide(arrival, cases) == expected


@given(
    st.sampled_from(sorted(NEEDS_CASE)),
    st.booleans(),
    st.sampled_from([(), HERS, HIS]),
    st.sampled_from([(), ("x:100",)]),
    st.integers(0, 900),
    st.booleans(),
)
def test_no_need_is_ever_dismissed(
    kind: Kind, answered: bool, keys: tuple[str, ...], thread: tuple[str, ...], hours: int, closed: bool
) -> None:
    case = replace(CASE, answered=answered, closed=closed, last_at=NOW - timedelta(hours=hours))
    (first, *_) = decide(new(kind, author_keys=keys, thread=thread, text=SOCKS), [case])
    assert isinstance(first, Open | Join)


# What is put aside while its case is not there, and where it belongs once it is.
PUT_ASIDE: list[tuple[Arrival, OpenCase, Intent]] = [
    (new(Kind.OTHER, own=True, thread=("x:100",), answers="x:100"), replace(CASE, posts=("x:100",)), JoinOwn(7)),
    (new(Kind.OTHER, author_keys=HERS, thread=("x:100",), text="maat 43"), CASE, Join(7)),
    (new(Kind.OTHER, author_keys=HERS, thread=("x:100",), text="zie https://sok.nl/43"), CASE, Join(7)),
    (new(Kind.PRAISE, author_keys=HERS, thread=("x:100",)), CASE, Join(7)),
    (new(Kind.THANKS, author_keys=HERS, thread=("x:100",)), CASE, Join(7)),
    (new(Kind.THANKS, author_keys=HERS, thread=("x:100",)), ANSWERED, Thank(7)),
]


@pytest.mark.parametrize(("arrival", "case", "expected"), PUT_ASIDE)
def test_what_was_put_aside_for_want_of_a_case_finds_it_the_second_time(
    arrival: Arrival, case: OpenCase, expected: Intent
) -> None:
    (before, *_) = decide(arrival, [])
    assert isinstance(before, Dismiss)
    assert before.reason in FOR_WANT_OF_A_CASE
    assert decide(arrival, [case]) == (expected,)


def test_every_reason_that_a_case_may_change_is_tried_above() -> None:
    tried = {each.reason for arrival, _, _ in PUT_ASIDE for each in decide(arrival, []) if isinstance(each, Dismiss)}
    assert tried == set(FOR_WANT_OF_A_CASE)


@given(st.sampled_from(sorted(Kind)), st.booleans(), st.booleans(), st.booleans())
def test_no_case_changes_any_other_reason(kind: Kind, own: bool, repost: bool, answered: bool) -> None:
    arrival = new(kind, author_keys=HERS, thread=("x:100",), own=own, repost=repost, text=SOCKS)
    (before, *_) = decide(arrival, [])
    if isinstance(before, Dismiss) and before.reason not in FOR_WANT_OF_A_CASE:
        assert decide(arrival, [replace(CASE, answered=answered)]) == (before,)
