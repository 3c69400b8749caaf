"""Comments: those that come along with a post, those under posts older than the cursor, and lists that are too long."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from socialwatch.channels.facebook import Facebook
from socialwatch.channels.facebook.keys import load, settings
from socialwatch.channels.facebook.wire import NESTED
from socialwatch.errors import Refused, Unavailable
from socialwatch.playground.graph.deliveries import delivery


@pytest.fixture
def channel(playground, facebook_section) -> Facebook:
    return Facebook(settings(facebook_section | {"base_url": playground.graph_url, "rescan_days": 3}))


def texts(pages: list[Any]) -> list[str]:
    return [one.text for page in pages for one in page.mentions]


def test_a_new_comment_under_an_old_post_is_found_while_the_post_is_young_enough(channel, world, clock):
    """The post stands far before the cursor; three days after the newest post that was seen it is no longer read."""
    first = list(channel.poll(None, clock()))
    newest = load(first[-1].cursor)["feed"]
    clock.now += timedelta(days=2)
    world.say({"channel": "facebook", "who": "anna", "text": "een nieuw bericht"})
    clock.now += timedelta(minutes=5)
    second = list(channel.poll(first[-1].cursor, clock()))
    assert load(second[-1].cursor)["feed"] - newest > timedelta(days=1)
    world.say({"channel": "facebook", "who": "anna", "text": "ook bij mij!", "reply_to": "f3"})
    world.say({"channel": "facebook", "who": "bram", "text": "en bij mij", "reply_to": "c"})
    clock.now += timedelta(minutes=5)
    third = list(channel.poll(second[-1].cursor, clock()))
    assert {"ook bij mij!", "en bij mij"} <= set(texts(third))
    clock.now += timedelta(days=4)
    world.say({"channel": "facebook", "who": "anna", "text": "veel later"})
    clock.now += timedelta(minutes=5)
    fourth = list(channel.poll(third[-1].cursor, clock()))
    fifth = list(channel.poll(fourth[-1].cursor, clock()))
    assert "ook bij mij!" in texts(fourth)
    assert "ook bij mij!" not in texts(fifth)


def test_comments_come_along_with_their_post_in_one_request(channel, playground, world, clock, monkeypatch):
    asked: list[str] = []
    right = playground.answer
    monkeypatch.setattr(playground, "answer", lambda request: asked.append(request.path) or right(request))
    pages = list(channel.poll(None, clock()))
    comments = {one.text: one for page in pages for one in page.mentions if one.in_reply_to}
    assert set(comments) == {"hier ook!", "en hier"}
    assert comments["hier ook!"].in_reply_to == comments["hier ook!"].conversation_id
    assert comments["en hier"].in_reply_to == comments["hier ook!"].id
    assert comments["en hier"].conversation_id == comments["hier ook!"].conversation_id
    assert [path.rsplit("/", 1)[-1] for path in asked] == ["feed", "tagged"]


def test_more_comments_than_come_along_are_read_to_the_end(channel, world, clock):
    for number in range(3 * NESTED):
        world.say({"channel": "facebook", "who": "anna", "text": f"reactie {number}", "reply_to": "f3"})
    clock.now += timedelta(minutes=5)
    world.fault("facebook", "empty_page", times=1)
    found = texts(list(channel.poll(None, clock())))
    assert [text for text in found if text.startswith("reactie")] == [f"reactie {n}" for n in range(3 * NESTED)]


def test_empty_and_short_pages_among_the_comments_are_not_the_end(platform, facebook_section, clock):
    at = "2026-11-20T10:00:00+0000"
    nested: dict[str, Any] = {"data": [], "paging": {"next": "https://graph.facebook.com/x?after=a"}}
    below = [
        {"data": [], "paging": {"next": "https://graph.facebook.com/x?after=b"}},
        {"data": [{"id": "2_1", "created_time": at}], "paging": {"cursors": {"after": "c"}, "next": "https://x/y"}},
        {"data": [{"id": "2_2", "created_time": at}], "paging": {"cursors": {"after": "d"}}},
    ]

    def answer(asked):
        if asked.path.endswith("/comments"):
            return 200, below.pop(0)
        rows = [{"id": "1_2", "created_time": at, "comments": nested}] if asked.path.endswith("/feed") else []
        return 200, {"data": rows}

    platform.answer = answer
    channel = Facebook(settings(facebook_section | {"base_url": platform.url}))
    pages = list(channel.poll(None, clock()))
    assert [one.id for page in pages for one in page.mentions] == ["1_2", "2_1", "2_2"]
    assert [asked.query.get("after") for asked in platform.asked if "/comments" in asked.path] == ["a", "b", "c"]


TOO_MUCH = {
    "error": {
        "message": "Please reduce the amount of data you're asking for, then retry your request",
        "type": "OAuthException",
        "code": 1,
    }
}


def test_a_page_that_is_too_much_is_asked_in_smaller_parts(platform, facebook_section, clock):
    platform.answer = lambda asked: (500, TOO_MUCH) if int(asked.query["limit"]) > 20 else (200, {"data": []})
    channel = Facebook(settings(facebook_section | {"base_url": platform.url}))
    assert list(channel.poll(None, clock()))[-1].cursor
    assert [asked.query["limit"] for asked in platform.asked] == ["100", "25", "6"] * 2


def test_a_page_of_one_that_is_too_much_is_for_later(platform, facebook_section, clock):
    platform.answer = lambda asked: (500, TOO_MUCH)
    channel = Facebook(settings(facebook_section | {"base_url": platform.url}))
    with pytest.raises(Unavailable, match="te veel"):
        list(channel.poll(None, clock()))
    assert platform.asked[-1].query["limit"] == "1"


def test_comments_that_are_odd_do_not_spoil_the_others(platform, facebook_section, clock):
    at = "2026-11-20T10:00:00+0000"
    nested = {"data": [5, {"id": "2_1"}, {"id": "2_2", "created_time": at}], "paging": json.loads('"x"')}
    rows = [{"id": "1_2", "created_time": at, "comments": nested}]
    platform.answer = lambda asked: (200, {"data": rows if asked.path.endswith("/feed") else []})
    channel = Facebook(settings(facebook_section | {"base_url": platform.url}))
    pages = list(channel.poll(None, clock()))
    assert [one.id for page in pages for one in page.mentions] == ["1_2", "2_2"]


def test_a_webhook_and_a_poll_tell_the_same(playground, world, facebook_section, clock):
    """In whatever order they come, the same mentions result: only counters and a comment's own address differ."""
    channel = Facebook(settings(facebook_section | {"base_url": playground.graph_url}), clock=clock)
    polled = {one.id: one for page in channel.poll(None, clock()) for one in page.mentions}
    keys = [post.key for post in world.scene().on("facebook")]
    pushed = channel.receive(*delivery(world, keys, "facebook-geheim"))
    assert {one.id for one in pushed.mentions} == set(polled)
    for one in pushed.mentions:
        other = polled[one.id]
        assert one == replace(other, url=one.url, metrics=one.metrics)
    gone = channel.receive(*delivery(world, keys, "facebook-geheim", verb="remove"))
    assert set(gone.gone) == set(polled)
    with pytest.raises(Refused):
        channel.receive(*delivery(world, keys, "ander geheim"))
