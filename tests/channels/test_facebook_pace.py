"""Meta's usage headers steer the pace: slower from 75 %, no reading from 95 %, replies always; and what is said."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from socialwatch.channels.facebook import Facebook, wire
from socialwatch.channels.facebook.keys import settings
from socialwatch.channels.facebook.pace import Pace
from socialwatch.domain.channel import Noticing
from socialwatch.errors import Halted, Unavailable
from socialwatch.outgoing import Usage

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PAGE = "59289317753620134"


class Watch:
    """A monotonic clock set by hand; resting moves it."""

    def __init__(self) -> None:
        self.at, self.rests = 1000.0, list[float]()

    def __call__(self) -> float:
        return self.at

    def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.at += seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def pace(watch) -> Pace:
    return Pace(watch, watch.rest)


def app(percent: int) -> dict[str, str]:
    return {"x-app-usage": json.dumps({"call_count": 1, "total_cputime": percent, "total_time": 2})}


def business(percent: int, minutes: int = 0) -> dict[str, str]:
    one = {"type": "pages", "call_count": percent, "total_time": 1, "estimated_time_to_regain_access": minutes}
    return {"x-business-use-case-usage": json.dumps({PAGE: [one]})}


@pytest.mark.parametrize("headers", [app(74), business(74), app(0), {}])
def test_below_three_quarters_nothing_is_slowed(pace, watch, headers):
    pace.note(Usage(headers, 200, watch.at))
    for _ in range(3):
        pace.begin_round()
        pace.before_reading()
    assert (watch.rests, pace.notice()) == ([], None)


@pytest.mark.parametrize(("headers", "least"), [(app(75), 60), (business(85), 180), (app(94), 280)])
def test_from_three_quarters_rounds_and_requests_are_further_apart(pace, watch, headers, least):
    pace.note(Usage(headers, 200, watch.at))
    pace.begin_round()
    with pytest.raises(Unavailable, match="rustiger") as problem:
        pace.begin_round()
    assert problem.value.retry_after == pytest.approx(least, abs=10)
    pace.before_reading()
    assert 0 < watch.rests[0] <= 2
    assert "rustiger" in (pace.notice() or "")
    watch.at += problem.value.retry_after
    pace.begin_round()


@pytest.mark.parametrize(("headers", "wait"), [(app(95), 300), (business(99, minutes=7), 420), (app(250), 300)])
def test_just_before_the_limit_reading_stops_until_it_is_said_to_come_back(pace, watch, headers, wait):
    pace.note(Usage(headers, 200, watch.at))
    with pytest.raises(Unavailable, match="limiet") as problem:
        pace.before_reading()
    assert problem.value.retry_after == wait
    assert "staat even stil" in (pace.notice() or "")
    watch.at += wait + 1
    pace.before_reading()
    assert pace.notice() is None


def test_an_answer_without_headers_or_with_another_limit_forgets_nothing(pace, watch):
    pace.note(Usage(business(96), 200, watch.at))
    pace.note(Usage(app(3), 200, watch.at))
    pace.note(Usage({}, 200, watch.at))
    assert pace.used == 96
    pace.note(Usage(business(10), 200, watch.at))
    assert pace.used == 10


def with_headers(platform, facebook_section, headers: dict[str, str]) -> tuple[Facebook, Watch]:
    platform.answer = lambda asked: (200, {"data": [], "id": "9_9"}, headers)
    watch, channel = Watch(), Facebook(settings(facebook_section | {"base_url": platform.url}))
    channel._graph.pace.rest = watch.rest
    return channel, watch


def test_a_slowed_channel_reads_on_answers_at_once_and_says_so(platform, facebook_section):
    channel, watch = with_headers(platform, facebook_section, app(80))
    assert isinstance(channel, Noticing)
    assert channel.notices() == []
    assert list(channel.poll(None, NOW))[-1].cursor
    assert len(watch.rests) == 1  # the first request did not know yet
    assert channel.notices() == [
        "Facebook: 80% van de limiet is gebruikt; we lezen rustiger, antwoorden gaan gewoon door"
    ]
    with pytest.raises(Unavailable, match="rustiger"):
        list(channel.poll(None, NOW))
    mention = wire.post({"id": "1_1", "created_time": "2026-11-20T10:00:00+0000"}, PAGE, "")
    assert channel.reply(mention, "hoi", "k").id == "9_9"
    assert len(watch.rests) == 1


def test_a_refusal_brings_the_headers_too(platform, facebook_section):
    channel, _ = with_headers(platform, facebook_section, {})
    error = {"error": {"message": "limiet", "code": 32}}
    platform.answer = lambda asked: (403, error, business(100, minutes=3))
    for _ in range(2):
        with pytest.raises(Unavailable) as problem:
            channel.lookup(["1_2"])
        assert problem.value.retry_after == pytest.approx(180, abs=5)
    assert len(platform.asked) == 1


def test_a_version_that_meta_upgraded_is_noticed_and_forgotten_when_it_fits_again(platform, facebook_section):
    channel, _ = with_headers(platform, facebook_section, {"facebook-api-version": "v27.0"})
    list(channel.poll(None, NOW))
    assert channel.notices() == ["Facebook: gevraagd v26.0, maar Meta antwoordt met v27.0; pas version aan"]
    platform.answer = lambda asked: (200, {"data": []}, {"facebook-api-version": "v26.0"})
    list(channel.poll(None, NOW))
    assert channel.notices() == []


@pytest.mark.parametrize(
    ("error", "named"),
    [
        ({"code": 100, "message": "Invalid appsecret_proof provided in the API argument"}, "app_secret"),
        ({"code": 104, "message": "An access token is required"}, "page_token"),
    ],
)
def test_a_wrong_key_stops_the_source_by_its_name(platform, facebook_section, error: dict[str, Any], named):
    channel, _ = with_headers(platform, facebook_section, {})
    platform.answer = lambda asked: (400, {"error": error})
    with pytest.raises(Halted, match=named):
        list(channel.poll(None, NOW))


# What `socialwatch check` says


def sentences(channel: Facebook) -> list[tuple[bool, str]]:
    return [(finding.good, finding.text) for finding in channel.check()]


def test_check_tells_what_is_left_and_what_only_shows_later(platform, facebook_section):
    channel, _ = with_headers(platform, facebook_section, business(12))
    said = sentences(channel)
    assert all(good for good, _ in said)
    assert "nog 88% van de limiet over" in str(said)
    assert "bij het eerste antwoord" in str(said)
    assert "geen webhooks" in str(said)


def test_check_tells_when_the_page_has_no_subscription(platform, facebook_section):
    channel, _ = with_headers(platform, facebook_section | {"verify_token": "woord"}, {})
    assert (True, "Facebook: webhooks zijn ingesteld") in sentences(channel)
    platform.answer = lambda asked: (200, {"data": [], "is_webhooks_subscribed": False})
    assert (False, "Facebook: de app is niet geabonneerd op de webhooks van deze pagina") in sentences(channel)


def test_check_names_a_list_that_is_closed(platform, facebook_section):
    channel, _ = with_headers(platform, facebook_section, {})
    closed = {"error": {"message": "(#10) pages_read_user_content", "code": 10}}
    platform.answer = lambda asked: (403, closed) if asked.path.endswith("/tagged") else (200, {"data": []})
    wrong = [text for good, text in sentences(channel) if not good]
    assert len(wrong) == 1
    assert "pages_read_user_content" in wrong[0]


def test_the_pace_is_of_the_last_five_minutes_only(pace, watch):
    pace.note(Usage(app(80), 200, watch.at))
    watch.at += timedelta(minutes=5).total_seconds()
    assert pace.used == 0
