"""Six simulated hours without a platform, in short, on both engines."""

from tests.chaos import simulated_outage as outage

COUNT = 1000  # two in a hundred are more than one batch of the router, whose order within is that of the posts


def test_nothing_is_missed_and_the_riskiest_are_first(url: str) -> None:
    """One in a hundred is dangerous and stands anywhere; all are furious, so all get an owner."""
    texts = [f"woedend {'gevaar' if number % 100 == 57 else ''} {number}" for number in range(COUNT)]
    found = outage.run(url, texts)
    assert found["polls that failed"] > 20, found
    assert found["broken off by 429"] == outage.BROKEN_OFF, found
    assert (found["gaps"], found["doubles"]) == (0, 0), found
    assert found["escalated"] == found["mentions"] == COUNT, found
    assert found["riskiest"] == COUNT // 100, found
    assert found["the last of them at"] <= outage.FIRST, found
