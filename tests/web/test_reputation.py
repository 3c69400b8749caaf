"""Reputatie: the figures are those of the posts, on both engines, and every figure leads down to them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from socialwatch.store import agents, figures
from socialwatch.store.figures import Period, Wanted
from socialwatch.web.periods import before, cut, tables

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
DAY = Period(NOW - timedelta(days=1), NOW + timedelta(minutes=1))


@pytest.fixture
def filled(database: Any, seed: Any) -> Any:
    seed.seed(database)
    return database


def test_the_figures_are_those_of_the_posts_on_both_engines(filled: Any, seed: Any) -> None:
    with filled.read() as unit:
        known = agents.by_email(unit, "bram@sokkerij.example")
        assert known is not None
        found = figures.figures(unit, known[0], DAY)
        safe = figures.posts(unit, known[0], Wanted(DAY, hazard="safety"))
        furious = figures.posts(unit, known[0], Wanted(DAY, channel="facebook", furious=True))
        everything = figures.posts(unit, known[0], Wanted(DAY))
    assert (
        sum(each.posts for each in found.volumes) == len(everything) == len(seed.POSTS) + 1 + 1 + 1
    )  # news, thanks, unread
    assert {each.channel for each in found.volumes} == {"x", "facebook"}
    assert [each.post.mention.id for each in safe] == ["103"]
    assert {each.post.mention.id for each in furious} == {"102", "110"}
    assert len(found.thanks) == 1
    assert len(found.answered) == 2
    assert {name for _, name in found.hazards} == {"safety", "vulnerable", "churn", "press"}


def test_young_data_is_cut_by_the_hour_and_older_by_the_day() -> None:
    young = cut(7, NOW - timedelta(hours=5), NOW)
    assert (young.hourly, len(young.slots)) == (True, 6)
    old = cut(7, NOW - timedelta(days=30), NOW)
    assert (old.hourly, len(old.slots)) == (False, 7)
    assert old.period.end > NOW
    assert before(old).end == old.period.start
    assert [len(cut(28, None, NOW).slots)] == [28]


def test_the_night_that_the_clock_goes_back_has_its_own_day() -> None:
    made = cut(7, datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 27, 12, tzinfo=UTC))
    lengths = [(each.end.astimezone(UTC) - each.start.astimezone(UTC)) / timedelta(hours=1) for each in made.slots]
    assert sorted(lengths) == [24] * 6 + [25]


def test_every_chart_has_its_table_and_its_way_down(as_: Any) -> None:
    bram = as_("Bram")
    page = bram.get("/reputatie").text
    charts = bram.get("/reputatie/cijfers").json()
    assert [each["kind"] for each in charts] == ["volume", "frustration", "hazards", "answer", "thanks"]
    assert page.count("<table>") == len(charts)
    for chart in charts:
        assert bram.get(chart["links"][0]).status_code == 200
        assert all(len(each["values"]) == len(chart["slots"]) for each in chart["series"])
    assert sum(sum(each["values"]) for each in charts[0]["series"]) == 18


def test_without_any_post_there_is_nothing_to_draw_and_nothing_breaks() -> None:
    volume, *_, thanks = tables(figures.Figures([], [], [], 0, []), cut(7, None, NOW))
    assert volume.series == ()
    assert [values for _, values in thanks.rows] == [[0.0]] * 7
