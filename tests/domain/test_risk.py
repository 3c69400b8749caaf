"""Hazards, reach and speed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.domain.assessment import Hazard
from socialwatch.domain.risk import FLOORS, WEIGHTS, case_risk, grave, hazard_risk

share = st.floats(0, 1)
hazards = st.dictionaries(st.sampled_from(Hazard), share)
followers = st.none() | st.integers(0, 10**9)
speed = st.floats(0, 10**6)


def test_every_hazard_has_a_weight() -> None:
    assert set(WEIGHTS) == set(Hazard)


def test_no_hazard_is_no_risk() -> None:
    assert hazard_risk({}) == 0.0


def test_an_insult_alone_raises_nothing() -> None:
    assert hazard_risk({Hazard.STAFF_ABUSE: 1.0}) == 0.0


@pytest.mark.parametrize("hazard", FLOORS)
def test_the_gravest_have_a_floor_once_likely(hazard: Hazard) -> None:
    assert hazard_risk({hazard: 0.5}) >= FLOORS[hazard] > hazard_risk({hazard: 0.49})


def test_safety_is_the_gravest() -> None:
    assert all(hazard_risk({Hazard.SAFETY: 0.9}) >= hazard_risk({hazard: 0.9}) for hazard in Hazard)
    assert grave({Hazard.SAFETY: 0.5})
    assert not grave({Hazard.SAFETY: 0.49, Hazard.PRIVACY: 1.0})


@given(hazards, st.sampled_from(Hazard), share)
def test_more_hazard_is_never_less_risk(found: dict[Hazard, float], hazard: Hazard, more: float) -> None:
    worse = {**found, hazard: max(found.get(hazard, 0.0), more)}
    assert 0.0 <= hazard_risk(found) <= hazard_risk(worse) <= 1.0


@given(share, share, followers, speed)
def test_a_graver_hazard_is_never_less_case_risk(one: float, other: float, reach: int | None, fast: float) -> None:
    low, high = sorted((one, other))
    assert case_risk(low, reach, fast) <= case_risk(high, reach, fast) + 1e-12


@given(share, followers, st.integers(0, 10**9), speed, speed)
def test_reach_and_speed_only_raise(hazard: float, reach: int | None, more: int, fast: float, faster: float) -> None:
    risk = case_risk(hazard, reach, fast)
    assert hazard <= risk <= 1.0
    assert risk <= case_risk(hazard, (reach or 0) + more, fast + faster) + 1e-12


@given(share, speed)
def test_unknown_reach_is_the_median(hazard: float, fast: float) -> None:
    assert case_risk(hazard, None, fast) == case_risk(hazard, 300, fast) == case_risk(hazard, 3, fast)


def test_strange_figures_do_no_harm() -> None:
    assert case_risk(float("nan"), -5, float("inf")) == 0.0
    assert hazard_risk({Hazard.SAFETY: 7.0}) == 1.0
