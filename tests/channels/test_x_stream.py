"""X's open line: rules as config asks, posts as they come, and an end that always says how long to wait."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest
import structlog

from socialwatch.channels.x import connect
from socialwatch.channels.x.pace import HTTP, LIMIT, NETWORK, Pace
from socialwatch.channels.x.rules import wanted
from socialwatch.domain.channel import Complying, Page, Streaming
from socialwatch.errors import Halted, Misconfigured, SocialwatchError, Unavailable

RULES = "/2/tweets/search/stream/rules"
TYPE = "https://api.x.com/2/problems/"


class Stop:
    """Becomes true when told, or after so many looks."""

    def __init__(self, looks: int = 10_000) -> None:
        self.looks, self.told = looks, False

    def __call__(self) -> bool:
        self.looks -= 1
        return self.told or self.looks < 0


@pytest.fixture
def section(x_section) -> dict[str, Any]:
    return x_section | {"stream": True, "search": ["sokkerij"]}


@pytest.fixture
def channel(playground, section) -> Any:
    playground.x.stream.keep_alive = 0.2
    return connect(section | {"base_url": playground.x_url})


@pytest.fixture
def listen(channel) -> Iterator[Callable[..., Iterator[Page]]]:
    """Opened lines, closed after the test whatever happened."""
    opened: list[Any] = []

    def listened(stop: Callable[[], bool] = lambda: False) -> Iterator[Page]:
        opened.append(channel.stream(stop))
        first = next(opened[-1])
        assert first.mentions == ()
        return opened[-1]  # type: ignore[no-any-return]

    yield listened
    for one in opened:
        one.close()


def free(playground: Any) -> None:
    """Wait until the playground has noticed that a line ended."""
    until = time.monotonic() + 20
    while playground.x.stream.busy and time.monotonic() < until:
        time.sleep(0.02)
    assert not playground.x.stream.busy


def heard(pages: Iterator[Page]) -> Page:
    """The next page with posts on it."""
    return next(page for page in islice(pages, 200) if page.mentions)


def test_only_who_asks_for_a_line_has_one(x_section, section):
    assert isinstance(connect(section), Streaming)
    assert not isinstance(connect(x_section), Streaming)
    assert isinstance(connect(x_section), Complying)


def test_a_line_needs_the_token_of_the_app(section):
    with pytest.raises(Misconfigured, match="bearer_token"):
        connect(section | {"bearer_token": ""})


# What comes over the line


def test_a_post_comes_as_it_happens_with_all_a_poll_would_tell(listen, world):
    line = listen()
    world.say({"channel": "x", "who": "anna", "text": "@sokkerij gat & lang " + "verhaal " * 60, "quote_of": "x3"})
    page = heard(line)
    (found,) = page.mentions
    assert found.text.startswith("@sokkerij gat & lang verhaal")
    assert len(found.text) > 400
    assert found.author is not None
    assert found.author.handle == "anna"
    assert found.can_reply
    assert page.cursor is None
    assert page.cost == 5_000 + 10_000 + 5_000  # the post, its author, the quoted post


def test_what_no_rule_asks_does_not_come(listen, world):
    line = listen()
    world.say({"channel": "x", "who": "anna", "text": "mooi weer"})
    world.say({"channel": "x", "who": "anna", "text": "", "repost_of": "x3"})
    world.say({"channel": "x", "who": "bram", "text": "wat is Sokkerij traag"})
    assert [one.text for one in heard(line).mentions] == ["wat is Sokkerij traag"]


def test_our_own_posts_come_when_config_asks(playground, section, world):
    playground.x.stream.keep_alive = 0.2
    line = connect(section | {"base_url": playground.x_url, "own_posts": True}).stream(lambda: False)
    next(line)
    world.say({"channel": "x", "who": "sokkerij", "text": "We zijn open"})
    (found,) = heard(line).mentions
    assert found.own
    line.close()


def test_an_edit_is_folded_onto_the_first_version(platform, section):
    document = {
        "data": {
            "id": "2123748187960263137",
            "text": "@sokkerij beter",
            "author_id": "7",
            "edit_history_tweet_ids": ["2123748187960263136", "2123748187960263137"],
        }
    }
    (page,) = spoken(platform, section, document)
    assert [(one.id, one.version_id) for one in page.mentions] == [("2123748187960263136", "2123748187960263137")]


def test_a_sign_of_life_is_an_empty_page(listen):
    assert next(listen()) == Page(())


def test_silence_is_no_page(listen, playground):
    playground.x.stream.keep_alive = 60.0
    assert list(listen(Stop(looks=2))) == []


def spoken(platform: Any, section: dict[str, Any], *lines: Any) -> list[Page]:
    """The pages of a line on which these are said, after which it is closed."""
    pages: list[Page] = []
    with pytest.raises(Unavailable, match="sloot de lijn"):
        pages.extend(saying(platform, section, *lines))
    return pages


def saying(platform: Any, section: dict[str, Any], *lines: Any) -> Iterator[Page]:
    said = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    channel = connect(section | {"base_url": platform.url})
    present = [{"id": str(number), "value": rule.value, "tag": rule.tag} for number, rule in enumerate(asked(channel))]

    def answer(request):
        if request.path == RULES:
            return 200, {"data": present, "meta": {"sent": "x"}}
        return 200, b"\r\n".join([*said, b""])

    platform.answer = answer
    return (page for page in channel.stream(lambda: False) if page.mentions)


def asked(channel: Any) -> Any:
    return wanted(channel._settings)


POST = {"id": "2123748187960263136", "text": "@sokkerij gat", "author_id": "7"}


def test_what_is_unreadable_is_skipped_and_the_line_goes_on(platform, section):
    with structlog.testing.capture_logs() as logs:
        (page,) = spoken(
            platform, section, b"<html>", b"[1]", b"\xff\xfe", {"data": {"id": "5"}}, b"{", b"null", {"data": POST}
        )
    assert [one.text for one in page.mentions] == ["@sokkerij gat"]
    assert len(logs) == 6
    assert "html" not in str(logs)


@pytest.mark.parametrize(
    ("matching", "comes"),
    [
        ([{"id": "0"}], True),
        ([{"id": "77", "tag": "van een ander"}], False),
        ([{"id": "77"}], False),
        ([{"id": "77", "tag": "van een ander"}, {"id": "78", "tag": "socialwatch:sokkerij:abc"}], True),
        ([], True),
        (None, True),
        ("raar", True),
    ],
)
def test_posts_for_rules_of_others_are_left_to_them(platform, section, matching, comes):
    pages = spoken(platform, section, {"data": POST, "matching_rules": matching})
    assert ("2123748187960263136" in [one.id for page in pages for one in page.mentions]) is comes


def test_a_post_for_anothers_rule_is_paid_all_the_same(platform, section):
    other = {"data": POST | {"id": "8"}, "matching_rules": [{"id": "77", "tag": "van een ander"}]}
    assert sum(page.cost for page in spoken(platform, section, other, {"data": POST})) == 10_000


def test_a_partial_error_beside_a_post_does_not_break_the_line(platform, section):
    problem = {"type": f"{TYPE}resource-not-found", "title": "Not Found Error", "value": "5"}
    later = {"id": "2123748187960263999"}
    pages = spoken(platform, section, {"data": POST, "errors": [problem]}, {"data": POST | later})
    assert sum(len(page.mentions) for page in pages) == 2


# How it ends


def test_stopping_takes_effect_at_once_also_when_nothing_comes(listen, playground):
    playground.x.stream.keep_alive = 60.0
    stop = Stop()
    line, begin = listen(stop), time.monotonic()
    stop.told = True
    assert list(line) == []
    assert time.monotonic() - begin < 2


def test_a_stopped_line_frees_its_place(channel, playground):
    for _ in range(3):
        line = channel.stream(Stop(looks=1))
        assert next(line) == Page(())
        list(line)
        free(playground)
    assert playground.x.stream.opened == 3


@pytest.mark.parametrize("kind", ["line-close", "line-goodbye"])
def test_a_broken_line_is_unavailable_and_what_came_before_is_kept(listen, world, kind):
    line = listen()
    world.say({"channel": "x", "who": "anna", "text": "@sokkerij net op tijd"})
    assert heard(line).mentions
    world.fault("x", kind)
    with pytest.raises(Unavailable) as problem:
        list(line)
    assert problem.value.retry_after is not None
    assert problem.value.retry_after <= 5


def test_silence_breaks_the_line(channel, world, monkeypatch, playground):
    monkeypatch.setattr("socialwatch.outgoing.READ", 0.3)
    world.fault("x", "line-silent")
    with pytest.raises(Unavailable, match="zweeg te lang"):
        list(channel.stream(lambda: False))


def test_a_second_line_of_the_same_app_waits(listen, channel):
    listen()
    with pytest.raises(Unavailable, match="eerdere open lijn") as problem:
        next(channel.stream(lambda: False))
    assert problem.value.retry_after is not None
    assert problem.value.retry_after >= 60


def test_a_server_that_closes_at_once_is_not_hammered(channel, world, playground):
    """tweepy's own loop would connect again within a millisecond and burn the 50 connections of a quarter."""
    waits = []
    for _ in range(8):
        world.fault("x", "line-close")
        with pytest.raises(Unavailable) as problem:
            list(channel.stream(lambda: False))
        waits.append(problem.value.retry_after)
        free(playground)
    assert waits == [0.25, 5, 10, 20, 40, 80, 160, 320]
    assert playground.x.stream.opened == 8


def test_nobody_there_backs_off_as_x_asks(section):
    channel = connect(section | {"base_url": "http://127.0.0.1:9"})
    waits = []
    for _ in range(3):
        with pytest.raises(Unavailable) as problem:
            next(channel.stream(lambda: False))  # type: ignore[attr-defined]
        waits.append(problem.value.retry_after)
    assert waits == [0.25, 0.5, 0.75]


ANSWERS = [
    ((503, b"<html>"), Unavailable, 5),
    ((500, {"title": "x"}), Unavailable, 5),
    ((429, {"title": "Too Many Requests"}), Unavailable, 60),
    ((429, {"title": "Too Many Requests"}, {"retry-after": "7200"}), Unavailable, 7200),
    ((429, {"type": f"{TYPE}usage-capped"}), Halted, None),
    ((402, {"title": "CreditsDepleted"}), Halted, None),
    ((401, {"title": "Unauthorized"}), Halted, None),
    ((403, {"type": f"{TYPE}client-forbidden", "detail": "enroll"}), Halted, None),
    ((400, {"errors": [{"message": "nee"}]}), Halted, None),
    ((404, {"title": "Not Found"}), Halted, None),
    ((403, b"<html>cloudflare"), Unavailable, 5),
]


@pytest.mark.parametrize(("answer", "kind", "wait"), ANSWERS)
@pytest.mark.parametrize("where", ["rules", "line"])
def test_a_refused_line_says_whether_and_when(platform, section, answer, kind, wait, where):
    channel = connect(section | {"base_url": platform.url})
    fine = {"data": [{"id": "1", "value": rule.value, "tag": rule.tag} for rule in asked(channel)]}
    platform.answer = lambda one: (200, fine) if one.path == RULES and where == "line" else answer
    with pytest.raises(SocialwatchError) as problem:
        next(channel.stream(lambda: False))  # type: ignore[attr-defined]
    assert type(problem.value) is kind
    assert getattr(problem.value, "retry_after", None) == wait


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"errors": [{"title": "operational-disconnect", "type": f"{TYPE}operational-disconnect"}]}, Unavailable),
        ({"title": "ConnectionException", "type": f"{TYPE}streaming-connection"}, Unavailable),
        ({"errors": [{"title": "UsageCapExceeded", "type": f"{TYPE}usage-capped", "detail": "op"}]}, Halted),
        ({"errors": "raar"}, Unavailable),
        ({"errors": []}, Unavailable),
    ],
)
def test_an_error_on_the_line_ends_it_after_what_came_before(platform, section, document, kind):
    line = saying(platform, section, {"data": POST}, document)
    assert next(line).mentions
    with pytest.raises(SocialwatchError) as problem:
        list(line)
    assert type(problem.value) is kind


# Rules


def rules(ask_world: Any) -> list[dict[str, str]]:
    return [rule for rule, _ in ask_world.x.stream.rules._rules.values()]


def test_rules_are_made_tagged_and_once(channel, playground):
    for _ in range(2):
        list(channel.stream(Stop(looks=0)))
        free(playground)
    assert [rule["value"] for rule in rules(playground)] == ["@sokkerij -is:retweet", "(sokkerij) -is:retweet"]
    assert all(rule["tag"].startswith("socialwatch:sokkerij:") for rule in rules(playground))


def test_rules_follow_config_and_leave_others_alone(playground, channel, section):
    foreign = [{"value": "weer"}, {"value": "@sokkerij -is:retweet", "tag": "van een ander"}]
    channel._listener.request("POST", RULES, json={"add": foreign})
    list(channel.stream(Stop(looks=0)))
    assert {rule["value"] for rule in rules(playground)} == {
        "weer",
        "@sokkerij -is:retweet",
        "(sokkerij) -is:retweet",
    }
    free(playground)
    changed = connect(section | {"base_url": playground.x_url, "search": ["sokken"]})
    list(changed.stream(Stop(looks=0)))  # type: ignore[attr-defined]
    assert {rule["value"] for rule in rules(playground)} == {"weer", "@sokkerij -is:retweet", "(sokken) -is:retweet"}


def test_a_rule_that_x_does_not_take_stops_the_line(platform, section):
    problem = {"value": "x", "title": "UnprocessableEntity", "details": ["nee"], "type": f"{TYPE}invalid-rules"}
    platform.answer = lambda one: (200, {"meta": {}}) if one.method == "GET" else (201, {"errors": [problem]})
    with pytest.raises(Halted, match="zoekregel"):
        next(connect(section | {"base_url": platform.url}).stream(lambda: False))  # type: ignore[attr-defined]


def test_a_rule_that_is_there_already_is_no_trouble(platform, section):
    problem = {"value": "x", "title": "DuplicateRule", "type": f"{TYPE}duplicate-rules", "id": "5"}
    platform.answer = lambda one: (
        (200, b"\r\n") if one.path != RULES else (200, {"meta": {}} if one.method == "GET" else {"errors": [problem]})
    )
    line = connect(section | {"base_url": platform.url}).stream(lambda: False)  # type: ignore[attr-defined]
    assert next(line) == Page(())
    line.close()


def test_check_says_that_a_line_is_allowed(channel, platform, section):
    assert "de open lijn mag, met 2 zoekregels" in channel.check()[-1].text
    platform.answer = lambda one: (403, {"type": f"{TYPE}client-forbidden", "detail": "enroll"})
    refused = connect(section | {"base_url": platform.url}).check()[-1]
    assert not refused.good
    assert "enroll" in refused.text


# The pace


def test_the_pace_is_x_own():
    pace = Pace()
    assert [pace.failed(NETWORK) for _ in range(3)] == [0.25, 0.5, 0.75]
    assert [pace.failed(HTTP) for _ in range(8)] == [5, 10, 20, 40, 80, 160, 320, 320]
    assert [pace.failed(LIMIT) for _ in range(6)] == [60, 120, 240, 480, 900, 900]
    pace.settled()
    assert pace.failed(NETWORK) == 0.25
    assert max(pace.failed(NETWORK) for _ in range(100)) == 16


def test_an_established_line_is_tried_again_at_once(listen, world, playground, monkeypatch):
    monkeypatch.setattr("socialwatch.channels.x.stream.SETTLED", 0.05)
    for _ in range(3):
        line = listen()
        time.sleep(0.1)
        world.fault("x", "line-close")
        with pytest.raises(Unavailable) as problem:
            list(line)
        assert problem.value.retry_after == 0.25
        free(playground)


def test_polls_catch_up_what_the_line_missed(listen, channel, world, clock):
    cursor = [page.cursor for page in channel.poll(None, clock())][-1]
    line = listen()
    world.fault("x", "line-close")
    with pytest.raises(Unavailable):
        list(line)
    clock.now += timedelta(minutes=1)
    world.say({"channel": "x", "who": "anna", "text": "@sokkerij in het gat"})
    clock.now += timedelta(minutes=1)
    assert "@sokkerij in het gat" in [one.text for page in channel.poll(cursor, clock()) for one in page.mentions]
