"""Norms and policies: how a clock stands, and what the settings may say about it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from socialwatch.domain.calendar import PRESET
from socialwatch.domain.escalation import Matter, Place, Rung, Severity, number, of_number, policies, rung
from socialwatch.domain.norms import Norms, Tone, limit
from socialwatch.domain.timing import Owed, Timing, timing, tone
from socialwatch.errors import Misconfigured

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOCIAL = Owed("sokkerij", "x", 1, False, MONDAY)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, "green"), (47, "green"), (48, "orange"), (59, "orange"), (60, "red"), (6000, "red")]
)
def test_green_orange_in_the_last_fifth_and_red(minutes: int, expected: str) -> None:
    assert tone(Timing(), SOCIAL, MONDAY + timedelta(minutes=minutes)) == expected


def test_the_clock_stands_still_while_the_customer_is_due_and_while_we_are_closed() -> None:
    assert tone(Timing(), Owed("sokkerij", "x", 3, True, None), MONDAY) is Tone.STOPPED
    evening = datetime(2026, 11, 23, 20, 45, tzinfo=UTC)  # a quarter to ten in Amsterdam
    late = Owed("sokkerij", "x", 1, False, evening)
    assert tone(Timing(), late, evening + timedelta(hours=9)) is Tone.GREEN
    assert tone(Timing(), late, evening + timedelta(hours=11)) is Tone.RED
    furious = Owed("sokkerij", "mail", 3, True, evening)
    assert tone(Timing(), furious, evening + timedelta(minutes=15)) is Tone.RED, "level 3 counts around the clock"


def test_level_three_is_never_slower_than_its_channel() -> None:
    strict = Norms(social=timedelta(minutes=10))
    assert limit(strict, "x", 3) == timedelta(minutes=10)
    assert limit(Norms(), "mail", 3) == timedelta(minutes=15)
    assert limit(Norms(mail=timedelta(hours=4)), "mail", 2) == timedelta(hours=4)


def test_every_setting_can_be_changed() -> None:
    made = timing(
        {"country": "NL", "brands": {"sok": {"country": "BE"}}},
        {"social": 30, "mail": 240, "level3": 5, "goal": 90},
        {"grave": {"deputy_minutes": 2, "rounds": 3, "always": False}, "silent": {"deputy_minutes": 5}},
        ["sok", "kous"],
    )
    assert (made.hours("sok").country, made.hours("kous").country) == ("BE", "NL")
    assert made.hours("onbekend") == PRESET
    assert made.norms == Norms(timedelta(minutes=30), timedelta(hours=4), timedelta(minutes=5), 0.9)
    grave = made.policies[Severity.GRAVE]
    assert grave.rungs[1] == (Rung.DEPUTY, timedelta(minutes=2))
    assert (grave.rounds, grave.always, grave.alarm) == (3, False, True)
    assert made.policies[Matter.SILENT].rungs[1][1] == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("hours", "wanted", "rules", "named"),
    [
        ({}, {"social": 0}, {}, "social"),
        ({}, {"goal": 101}, {}, "goal"),
        ({}, {"sociaal": 60}, {}, "sociaal"),
        ({}, {}, {"grave": {"rounds": 10}}, "rounds"),
        ({}, {}, {"grave": {"otherwise_minutes": -1}}, "otherwise_minutes"),
        ({}, {}, {"silent": {"lead_minutes": 5}}, "lead_minutes"),
        ({}, {}, {"erg": {}}, "erg"),
        ({}, {}, {"grave": {"always": "soms"}}, "always"),
        ({}, {}, {"silent": {"alarm": True}}, "alarm"),
        ({"brands": {"ander": {}}}, {}, {}, "ander"),
        ({"brands": {"sok": "09:00-17:00"}}, {}, {}, "brands"),
    ],
)
def test_nonsense_is_refused_with_the_key(
    hours: dict[str, Any], wanted: dict[str, Any], rules: dict[str, Any], named: str
) -> None:
    with pytest.raises(Misconfigured, match=named):
        timing(hours, wanted, rules, ["sok"])


def test_the_number_of_a_telling_tells_its_place() -> None:
    for place in (Place(), Place(3, 8), Place(0, 1)):
        assert of_number(number(4711, place)) == (4711, place)
    assert rung(Matter.UNTAKEN, Place(3, 1)) is Rung.OTHERWISE
    assert rung(Matter.ASK, Place(1)) is Rung.LEAD_DEPUTY
    assert policies({}) == dict(Timing().policies)
