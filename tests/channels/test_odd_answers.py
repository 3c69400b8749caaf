"""Answers that are JSON and nonsense: whatever stands in them, only errors of our own come out."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from socialwatch.channels.facebook import connect as connect_facebook
from socialwatch.channels.x import compliance, wire
from socialwatch.channels.x import connect as connect_x
from socialwatch.channels.x.keys import settings
from socialwatch.channels.x.rules import Ours, synchronise
from socialwatch.domain.channel import Page
from socialwatch.domain.mention import Mention
from socialwatch.errors import SocialwatchError

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
X_KEYS = [
    "id", "text", "created_at", "author_id", "edit_history_post_ids", "edit_history_tweet_ids",
    "referenced_posts", "referenced_tweets", "entities", "mentions", "urls", "expanded_url", "username",
    "note_post", "public_metrics", "like_count", "meta", "next_token", "newest_id", "data", "errors", "type",
    "value", "includes", "users", "posts",
]  # fmt: skip
GRAPH_KEYS = [
    "id", "message", "story", "created_time", "from", "name", "permalink_url", "shares", "count", "parent",
    "can_comment", "like_count", "data", "paging", "next", "cursors", "after", "error", "code",
    "comments", "summary",
]  # fmt: skip
VALUES = [
    "",
    "5",
    "2123706664350646752",
    "2026-11-20T10:00:00+0000",
    "9999-12-31T23:59:59-1200",
    "https://x.com/a/status/1",
]


def documents(keys: list[str], **sound: Any) -> st.SearchStrategy[dict[str, Any]]:
    """JSON objects of the platform's own names with anything below them."""
    leaf = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(VALUES) | st.text()
    inner = st.recursive(
        leaf,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(keys), below, max_size=5),
        max_leaves=12,
    )
    return st.dictionaries(st.sampled_from(keys), inner, max_size=6).map(lambda made: {**sound, **made})


def outcome(call: Any) -> Any:
    """What came of it; anything but an error of our own is a failure of the test."""
    try:
        return call()
    except SocialwatchError as problem:
        return problem


def mention() -> Mention:
    return Mention("x", "5", "hoi", NOW)


def sound(pages: Any) -> None:
    for page in pages if isinstance(pages, list) else []:
        assert isinstance(page, Page)
        for one in page.mentions:
            one.text.encode("utf-8")
            one.id.encode("utf-8")


@given(documents(X_KEYS, meta={"result_count": 1}), documents(X_KEYS, meta={"a": 1}))
def test_x(first, second):
    channel = connect_x({"username": "sokkerij", "user_id": "5", "bearer_token": "t", "base_url": "http://127.0.0.1:9"})
    for answers in ([first, second], [second, first]):
        waiting: list[Any] = []
        channel._get = lambda *_: waiting.pop(0) if waiting else {"meta": {"a": 1}}  # noqa: B023
        for call in (
            lambda: list(channel.poll(None, NOW)),
            lambda: channel.lookup(["5"]),
            lambda: channel.find_own_reply(mention(), "hoi", NOW - timedelta(hours=1)),
        ):
            waiting[:] = answers
            sound(outcome(call))


@given(
    st.lists(documents([*X_KEYS, "matching_rules", "tag", "title"]) | documents(X_KEYS, data={"id": "5"}), max_size=4)
)
def test_the_open_line_of_x(lines):
    channel: Any = connect_x(
        {
            "username": "sokkerij",
            "user_id": "5",
            "bearer_token": "t",
            "base_url": "http://127.0.0.1:9",
            "stream": True,
        }
    )
    said = [json.dumps(line).encode() for line in lines]
    sound(outcome(lambda: list(channel._pages(said, Ours(frozenset(["5"]), "a")))))


@given(st.lists(documents([*X_KEYS, "action", "reason", "status"]), max_size=4), documents(X_KEYS, data={"id": "5"}))
def test_compliance_of_x(rows, job):
    body = b"\n".join(json.dumps(row).encode() for row in rows)
    found = outcome(lambda: compliance._result(body))
    if isinstance(found, compliance.Result):
        assert all(isinstance(number, str) for number in (*found.gone, *found.edited))
    counter = compliance.Counter(lambda *_: job, "http://127.0.0.1:9", "t")
    outcome(lambda: compliance.finish(counter, "5"))
    outcome(lambda: compliance.begin(counter, ["5"], "a"))
    rules = SimpleNamespace(get_rules=lambda: job, add_rules=lambda add: job, delete_rules=lambda ids: job)
    outcome(lambda: synchronise(rules, settings({"username": "sokkerij", "bearer_token": "t"})))


@given(documents(GRAPH_KEYS, data=[]), documents(GRAPH_KEYS))
def test_facebook(first, second):
    channel = connect_facebook({"page_id": "5", "page_token": "t", "base_url": "http://127.0.0.1:9"})
    for answers in ([first, second], [second, first]):
        waiting: list[Any] = []
        channel._graph.request = lambda *_, **__: waiting.pop(0) if waiting else {"data": []}  # noqa: B023
        for call in (
            lambda: list(channel.poll(None, NOW)),
            lambda: channel.lookup(["5_6"]),
            lambda: channel.find_own_reply(mention(), "hoi", NOW),
            lambda: channel.reply(mention(), "hoi", "k"),
            lambda: channel.reply_privately(mention(), "hoi", "k"),
            lambda: tuple(channel.check()),
        ):
            waiting[:] = answers
            sound(outcome(call))


def test_the_snowflake_of_a_moment_leads_back_to_it():
    for days in range(0, 4000, 37):
        at = datetime(2011, 1, 1, tzinfo=UTC) + timedelta(days=days, milliseconds=days)
        assert wire.moment_of(wire.id_at(at)) == at
