"""The measure of speed does what it says, in small; its figures are no test."""

import pytest

from socialwatch.playground.volume import Volume
from tests import fakes
from tests.measure import speed


def test_it_imports_and_walks_as_many_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "TRIPS", 3)
    size = Volume(brands=(fakes.BRAND, "lampenlab"), customers=60, lines=150, contacts=5, mentions=20, cases=10)
    told = "\n".join(speed.report(size, 50))
    assert "50 order lines" in told
    assert "60 customers, 150 order lines, 20 mentions" in told
    assert all(f"| {step} |" in told for step in ("identify", "route", "brief", "all"))
    assert "The goal, all three under 20 ms at p95" in told
