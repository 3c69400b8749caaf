"""X: both spellings read, one since_id for all pages, edits folded, seven days and no more, replies exactly once."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog

from socialwatch.channels.x import X, connect, wire
from socialwatch.channels.x.position import Position, dump, load
from socialwatch.errors import Halted, Misconfigured, Refused, Unanswered, Unavailable

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
X_ID = "1643639309408890871"
BRAND = wire.Account("sokkerij", "sokkerij", X_ID)


def id_of(minutes: float, extra: int = 0) -> str:
    """A snowflake made so many minutes before NOW."""
    return str(int(wire.id_at(NOW - timedelta(minutes=minutes))) + extra)


def post(number: str, **more: Any) -> dict[str, Any]:
    at = wire.moment_of(number)
    assert at is not None
    return {
        "id": number,
        "text": "@sokkerij gat in sok",
        "author_id": "7",
        "created_at": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "edit_history_post_ids": [number],
        "entities": {"mentions": [{"start": 0, "end": 9, "username": "Sokkerij", "id": X_ID}]},
        **more,
    }


def listing(*posts: dict[str, Any], token: str | None = None) -> tuple[int, dict[str, Any]]:
    meta: dict[str, Any] = {"result_count": len(posts)}
    if posts:
        meta |= {"newest_id": posts[0]["id"], "oldest_id": posts[-1]["id"]}
    if token:
        meta["next_token"] = token
    return 200, {"meta": meta} | ({"data": list(posts)} if posts else {})


@pytest.fixture
def channel(platform, x_section) -> X:
    return connect(x_section | {"base_url": f"{platform.url}/x"})


# Reading one post


def test_both_spellings_make_the_same_mention():
    number = id_of(5)
    old = post(number, public_metrics={"retweet_count": 3, "like_count": 2, "reply_count": 1})
    old["edit_history_tweet_ids"] = old.pop("edit_history_post_ids")
    old["referenced_tweets"] = [{"type": "replied_to", "id": "55"}]
    new = post(number, public_metrics={"repost_count": 3, "like_count": 2, "reply_count": 1})
    new["referenced_posts"] = [{"type": "replied_to", "id": "55"}]
    users = {"7": {"id": "7", "username": "marieke", "name": "Marieke", "public_metrics": {"followers_count": 12}}}
    first, second = (wire.mention(one, wire.Included(users), BRAND) for one in (old, new))
    assert first == second
    assert first.in_reply_to == "55"
    assert first.metrics.reposts == 3
    assert first.author is not None
    assert first.author.followers == 12
    assert first.url == f"https://x.com/marieke/status/{number}"


@pytest.mark.parametrize("name", ["note_post", "note_tweet"])
def test_long_posts_come_in_full(name):
    made = wire.mention(post(id_of(5), text="kort…", **{name: {"text": "lang " * 2000}}), wire.Included(), BRAND)
    assert made.text == "lang " * 2000


def test_an_edit_is_folded_onto_the_first_version():
    first, second = id_of(9), id_of(4)
    made = wire.mention(post(second, edit_history_post_ids=[first, second]), wire.Included(), BRAND)
    assert (made.id, made.version_id) == (first, second)


def test_text_is_unescaped_once_and_made_storable():
    made = wire.mention(post(id_of(5), text="&lt;3 &amp;copy; \ud83d\0 &quot;"), wire.Included(), BRAND)
    assert made.text == "<3 &copy; \ufffd\ufffd &quot;"


@pytest.mark.parametrize("kind", ["retweeted", "reposted"])
def test_a_repost_is_one(kind):
    made = wire.mention(post(id_of(5), referenced_posts=[{"type": kind, "id": "5"}]), wire.Included(), BRAND)
    assert made.repost


def test_what_the_brand_wrote_is_ours():
    assert wire.mention(post(id_of(5), author_id=X_ID), wire.Included(), BRAND).own


def test_an_author_nobody_told_about():
    made = wire.mention(post(id_of(5)), wire.Included(), BRAND)
    assert made.author is not None
    assert (made.author.id, made.author.handle, made.author.followers) == ("7", None, None)
    assert made.url == f"https://x.com/i/status/{made.id}"
    bare = post(id_of(5))
    del bare["author_id"]
    assert wire.mention(bare, wire.Included(), BRAND).author is None


QUOTE = [{"type": "quoted", "id": "5"}]
LINK = {"urls": [{"expanded_url": "https://twitter.com/Sokkerij/status/5"}]}


@pytest.mark.parametrize(
    ("more", "beside", "summoned"),
    [
        ({}, {}, True),
        ({"entities": {}}, {}, False),
        ({"entities": {"mentions": [{"username": "anders"}]}}, {}, False),
        ({"entities": {}, "note_post": {"text": "x", "entities": {"mentions": [{"username": "sokkerij"}]}}}, {}, True),
        ({"entities": {}, "referenced_posts": QUOTE}, {"5": {"author_id": X_ID}}, True),
        ({"entities": {}, "referenced_posts": QUOTE}, {"5": {"author_id": "9"}}, False),
        ({"entities": LINK, "referenced_posts": QUOTE}, {}, True),
        ({"entities": LINK}, {}, False),
        ({"entities": {}, "referenced_posts": [{"type": "replied_to", "id": "5"}]}, {"5": {"author_id": X_ID}}, False),
    ],
)
def test_only_who_summoned_us_can_be_answered(more, beside, summoned):
    assert wire.mention(post(id_of(5), **more), wire.Included({}, beside), BRAND).can_reply is summoned


def test_one_unreadable_post_does_not_spoil_the_page(platform, channel):
    bad = [
        {"id": "5"},
        {"text": "x"},
        {"id": 5, "text": None},
        post(id_of(6), entities=["x"]),
        post(id_of(7), created_at="0001-01-01T00:00:00+14:00"),
        post(id_of(8), created_at="gisteren"),
    ]
    platform.queue(listing(*bad, post(id_of(5))))
    with structlog.testing.capture_logs() as lines:
        pages = list(channel.poll(None, NOW))
    assert [one.id for page in pages for one in page.mentions] == [id_of(5)]
    assert len(lines) == len(bad)
    assert "gat in sok" not in str(lines)


# Polling


def test_one_since_id_for_all_pages_and_the_newest_of_page_one(platform, channel):
    cursor = dump({"mentions": Position(id_of(60), NOW - timedelta(minutes=60))})
    platform.queue(
        listing(post(id_of(1)), post(id_of(2)), token="t1"),
        listing(post(id_of(3)), token="t2"),
        listing(post(id_of(59))),
    )
    pages = list(channel.poll(cursor, NOW))
    queries = [one.query for one in platform.asked]
    assert len({query["since_id"] for query in queries}) == 1
    assert wire.moment_of(queries[0]["since_id"]) == NOW - timedelta(minutes=65)  # five minutes of overlap
    assert all("start_time" not in query for query in queries)
    assert [query.get("pagination_token") for query in queries] == [None, "t1", "t2"]
    assert load(pages[-1].cursor)["mentions"].since_id == id_of(1)
    assert [page.cursor for page in pages[:-1]] == [None] * 3


def test_a_page_that_fails_keeps_the_old_cursor(platform, channel):
    platform.queue(listing(post(id_of(1)), token="t1"), (503, b"<html>"))
    pages = channel.poll(None, NOW)
    assert next(pages).cursor is None
    with pytest.raises(Unavailable):
        next(pages)


def test_nothing_new_keeps_the_position(platform, channel):
    cursor = dump({"mentions": Position(id_of(60), NOW - timedelta(minutes=60))})
    platform.queue(listing())
    pages = list(channel.poll(cursor, NOW))
    assert len(pages) == 1
    assert pages[0].cursor == cursor


def test_the_overlap_does_not_move_the_position_back(platform, channel):
    cursor = dump({"mentions": Position(id_of(60), NOW - timedelta(minutes=60))})
    platform.queue(listing(post(id_of(63))))
    assert list(channel.poll(cursor, NOW))[-1].cursor == cursor


def test_a_quiet_first_poll_marks_where_it_began(platform, channel):
    """Otherwise a pause longer than the look-back, right after a first poll without mentions, would lose posts."""
    platform.queue(listing())
    position = load(list(channel.poll(None, NOW))[-1].cursor)["mentions"]
    assert position.at == NOW - timedelta(hours=24)
    assert platform.asked[0].query["start_time"] == "2026-11-19T12:00:00Z"


def test_ids_that_are_no_snowflakes_fall_back_on_time(platform, channel):
    cursor = dump({"mentions": Position("1001", NOW - timedelta(minutes=60))})
    platform.queue(listing())
    list(channel.poll(cursor, NOW))
    assert platform.asked[0].query["start_time"] == "2026-11-20T10:55:00Z"
    assert "since_id" not in platform.asked[0].query


def too_old(number: str) -> tuple[int, dict[str, Any]]:
    message = "'since_id' must be a tweet id created after [2026-11-13T12:00Z]."
    error = {"parameters": {"since_id": [number]}, "message": message}
    return 400, {"errors": [error], "title": "Invalid Request", "type": "https://api.x.com/2/problems/invalid-request"}


def test_more_than_seven_days_away_shows_the_gap(platform, channel):
    away = NOW - timedelta(days=9)
    cursor = dump({"mentions": Position(wire.id_at(away), away)})
    platform.queue(too_old("1"), listing(post(id_of(1)), token="t1"), listing(post(id_of(2))))
    pages = list(channel.poll(cursor, NOW))
    start = NOW - timedelta(days=7) + timedelta(minutes=5)
    assert pages[-1].gap == (away, start)
    assert [one.query.get("start_time") for one in platform.asked] == [
        None,
        "2026-11-13T12:05:00Z",
        "2026-11-13T12:05:00Z",
    ]
    assert load(pages[-1].cursor)["mentions"].since_id == id_of(1)


def test_a_refused_fallback_is_not_tried_forever(platform, channel):
    cursor = dump({"mentions": Position(id_of(60), NOW - timedelta(minutes=60))})
    platform.answer = lambda asked: too_old("1")
    with pytest.raises(Refused):
        list(channel.poll(cursor, NOW))
    assert len(platform.asked) == 2


def test_a_server_that_goes_in_circles(platform, channel):
    platform.answer = lambda asked: listing(post(id_of(1)), token="altijd")
    with pytest.raises(Unavailable, match="bladwijzer"):
        list(channel.poll(None, NOW))
    assert len(platform.asked) == 2


def test_search_comes_second_and_brings_nothing_twice(platform, x_section):
    channel = connect(x_section | {"base_url": platform.url, "search": ["sokkerij", "de sokken winkel", 'a"b']})
    platform.queue(listing(post(id_of(1))), listing(post(id_of(1)), post(id_of(2), entities={})))
    pages = list(channel.poll(None, NOW))
    assert platform.paths() == [f"/2/users/{X_ID}/mentions", "/2/tweets/search/recent"]
    assert platform.asked[1].query["query"] == '(sokkerij OR "de sokken winkel" OR ab) -is:retweet'
    assert [one.id for page in pages for one in page.mentions] == [id_of(1), id_of(2)]
    assert [one.can_reply for page in pages for one in page.mentions] == [True, False]
    assert set(load(pages[-1].cursor)) == {"mentions", "search"}


def test_the_account_is_looked_up_once_and_only_when_needed(platform, x_section):
    channel = connect({key: value for key, value in x_section.items() if key != "user_id"} | {"base_url": platform.url})
    assert platform.asked == []
    platform.queue((200, {"data": {"id": X_ID, "username": "sokkerij", "name": "S"}}), listing(), listing())
    list(channel.poll(None, NOW))
    list(channel.poll(None, NOW))
    assert platform.paths()[0] == "/2/users/by/username/sokkerij"
    assert len(platform.asked) == 3


def test_an_unknown_account_is_a_wrong_setting(platform, x_section):
    channel = connect({key: value for key, value in x_section.items() if key != "user_id"} | {"base_url": platform.url})
    platform.queue((200, {"errors": [{"type": "https://api.x.com/2/problems/resource-not-found", "detail": "nee"}]}))
    with pytest.raises(Misconfigured, match="username"):
        list(channel.poll(None, NOW))


@pytest.mark.parametrize("answer", [(200, {}), (200, {"errors": [{"detail": "nee"}]}), (200, []), (200, {"foo": 1})])
def test_an_answer_without_a_list_is_no_empty_page(platform, channel, answer):
    platform.queue(answer)
    with pytest.raises((Unavailable, Refused)):
        list(channel.poll(None, NOW))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (402, {"title": "CreditsDepleted", "detail": "..."}, Halted),
        (401, {"title": "Unauthorized"}, Halted),
        (403, {"type": "https://api.x.com/2/problems/client-forbidden", "detail": "enroll"}, Halted),
        (403, {"detail": "nee"}, Refused),
        (403, b"<html>cloudflare", Unavailable),
        (404, b"", Unavailable),
        (429, {"type": "https://api.x.com/2/problems/usage-capped", "period": "Monthly"}, Halted),
        (429, {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, Unavailable),
        (400, {"errors": [{"parameters": {"query": ["x"]}, "message": "nee"}]}, Refused),
        (500, [], Unavailable),
    ],
)
def test_errors_say_what_may_be_done(platform, channel, status, body, kind):
    platform.queue((status, body))
    with pytest.raises(kind) as problem:
        list(channel.poll(None, NOW))
    assert type(problem.value) is kind


QUARTER, APP, ACCOUNT = "x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour"


@pytest.mark.parametrize(
    ("limits", "wait"),
    [
        ([], None),
        ([(QUARTER, 0, 300)], 300),
        ([(QUARTER, 20, 300), (ACCOUNT, 0, 40_000)], 40_000),
        ([(QUARTER, 0, 300), (APP, 0, 9_000), (ACCOUNT, 0, 40_000)], 40_000),
        ([(QUARTER, 0, 300), (APP, 500, 9_000)], 300),
        ([(APP, 0, None)], None),
    ],
)
@pytest.mark.parametrize("body", [{"title": "Too Many Requests"}, {"errors": [{"code": 88}]}, b"", b"<html>"])
def test_a_limit_ends_when_the_last_one_used_up_ends(platform, channel, limits, wait, body):
    headers = {f"{name}-remaining": str(remaining) for name, remaining, _ in limits}
    headers |= {f"{name}-reset": str(int(time.time() + after)) for name, _, after in limits if after}
    platform.queue((429, body, headers))
    with pytest.raises(Unavailable) as problem:
        channel.lookup(["5"])
    assert problem.value.retry_after == (None if wait is None else pytest.approx(wait, abs=5))


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("resource-not-found", Refused),
        ("not-authorized-for-resource", Refused),
        ("internal-error", Unavailable),
        ("resource-unavailable", Unavailable),
        ("", Unavailable),
    ],
)
def test_a_list_of_nothing_but_errors_is_no_empty_page(platform, channel, kind, error):
    cursor = dump({"mentions": Position(id_of(60), NOW - timedelta(minutes=60))})
    platform.queue((200, {"errors": [{"type": f"https://api.x.com/2/problems/{kind}", "detail": "nee"}]}))
    with pytest.raises(error, match="geen berichten"):
        list(channel.poll(cursor, NOW))


# Looking up


def test_lookup_asks_a_hundred_at_a_time(platform, channel):
    platform.answer = lambda asked: (200, {"data": [post(number) for number in asked.query["ids"].split(",")]})
    ids = [id_of(1, extra) for extra in range(250)]
    assert len(channel.lookup(ids).mentions) == 250
    assert [len(one.query["ids"].split(",")) for one in platform.asked] == [100, 100, 50]


def test_gone_and_hidden_posts(platform, channel):
    base = "https://api.twitter.com/2/problems"
    errors = [
        {"type": f"{base}/resource-not-found", "resource_type": "tweet", "value": "5", "parameter": "ids"},
        {"type": f"{base}/not-authorized-for-resource", "resource_id": "6", "parameter": "ids"},
        {"type": f"{base}/resource-not-found", "resource_type": "user", "value": "77", "parameter": "author_id"},
        {"type": f"{base}/field-hydration-failure", "value": "8", "parameter": "ids"},
    ]
    platform.queue((200, {"errors": errors}))
    assert channel.lookup(["5", "6", "8"]).gone == ("5", "6")


def test_lookup_of_an_old_version_brings_the_newest(platform, channel):
    first, second = id_of(9), id_of(4)
    history = {"edit_history_post_ids": [first, second]}
    platform.queue(
        (200, {"data": [post(first, **history)]}), (200, {"data": [post(second, text="@sokkerij beter", **history)]})
    )
    looked = channel.lookup([first])
    assert [(one.id, one.version_id, one.text) for one in looked.mentions] == [(first, second, "@sokkerij beter")]


# Answering


@pytest.fixture
def mention():
    return wire.mention(post(id_of(4), edit_history_post_ids=[id_of(9), id_of(4)]), wire.Included(), BRAND)


def test_a_reply_is_signed_and_answers_the_newest_version(platform, channel, mention):
    platform.queue((201, {"data": {"id": "99", "text": "Hoi"}}))
    sent = channel.reply(mention, "Hoi", "k")
    asked = platform.asked[0]
    assert (asked.method, asked.path) == ("POST", "/x/2/tweets")
    assert asked.json() == {"text": "Hoi", "reply": {"in_reply_to_tweet_id": id_of(4)}}
    assert asked.headers["authorization"].startswith("OAuth oauth_")
    assert (sent.id, sent.url) == ("99", "https://x.com/sokkerij/status/99")


def test_without_signing_keys_the_bearer_token_answers(platform, mention):
    channel = connect(
        {"username": "sokkerij", "user_id": X_ID, "bearer_token": "van-een-mens", "base_url": platform.url}
    )
    platform.queue((201, {"data": {"id": "99"}}))
    channel.reply(mention, "Hoi", "k")
    assert platform.asked[0].headers["authorization"] == "Bearer van-een-mens"


def test_a_refused_reply_gives_the_platforms_own_sentence(platform, channel, mention):
    platform.queue((403, {"detail": "You can only reply when mentioned.", "status": 403}))
    with pytest.raises(Refused, match="only reply when mentioned") as problem:
        channel.reply(mention, "Hoi", "k")
    assert not isinstance(problem.value, Halted)


def test_a_duplicate_may_be_our_own(platform, channel, mention):
    platform.queue((403, {"detail": "You are not allowed to create a Tweet with duplicate content."}))
    with pytest.raises(Unanswered):
        channel.reply(mention, "Hoi", "k")


@pytest.mark.parametrize(
    "answer", [(201, {}), (201, {"data": None}), (200, {"data": {}}), (201, b""), (502, b"<html>")]
)
def test_an_answer_without_a_number_is_unknown(platform, channel, mention, answer):
    platform.queue(answer)
    with pytest.raises(Unanswered):
        channel.reply(mention, "Hoi", "k")


def own_reply(number: str, text: str, target: str) -> dict[str, Any]:
    return post(number, text=text, author_id=X_ID, referenced_posts=[{"type": "replied_to", "id": target}])


def test_our_own_reply_is_recognised_as_x_wrote_it(platform, channel, mention):
    said = "Wat vervelend &amp; raar!  Kijk op https://t.co/abc"
    platform.queue(
        listing(
            own_reply(id_of(5), "@marieke iets anders", id_of(4)),
            own_reply(id_of(6), f"@marieke @bram {said}", "1"),
            token="t",
        ),
        listing(own_reply(id_of(3), f"@marieke {said}", id_of(9))),
    )
    found = channel.find_own_reply(mention, "wat vervelend & raar! Kijk op https://sokkerij.nl/ruilen?a=1", NOW)
    assert found is not None
    assert found.id == id_of(3)
    assert platform.asked[0].query["start_time"] == "2026-11-20T11:59:00Z"


def test_a_reply_that_is_not_there(platform, channel, mention):
    platform.queue(listing(own_reply(id_of(5), "hoi", "1")))
    assert channel.find_own_reply(mention, "hoi", NOW) is None


def test_looking_for_a_reply_ends(platform, channel, mention):
    platform.answer = lambda asked: listing(own_reply(id_of(5), "nee", "1"), token=f"t{len(platform.asked)}")
    assert channel.find_own_reply(mention, "hoi", NOW) is None
    assert len(platform.asked) == 5


# Settings and check

USAGE = (200, {"data": {"project_usage": "1234", "project_cap": "3000000", "cap_reset_day": 1}})


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"username": ""}, "username"),
        ({"username": "te lange naam voor x"}, "username"),
        (
            {
                "bearer_token": "",
                "consumer_key": "",
                "consumer_secret": "",
                "access_token": "",
                "access_token_secret": "",
            },
            "bearer",
        ),
        ({"access_token": ""}, "access_token"),
        ({"bearer_token": "geheim\nbearer"}, "bearer_token"),
        ({"spelling": "toet"}, "spelling"),
        ({"page_size": 5}, "page_size"),
        ({"overlap_minutes": -1}, "overlap_minutes"),
        ({"lookback_hours": 200}, "lookback_hours"),
        ({"search": "sokkerij"}, "search"),
        ({"search": ["woord" * 5] * 30}, "search"),
        ({"base_url": "x.com"}, "base_url"),
    ],
)
def test_a_wrong_setting_is_named(x_section, change, named):
    with pytest.raises(Misconfigured, match=named) as problem:
        connect(x_section | change)
    assert "geheim" not in str(problem.value)


def test_check_says_that_the_app_may_only_read(platform, channel):
    platform.queue(listing(), (200, {"data": {"username": "sokkerij"}}, {"x-access-level": "read"}), USAGE)
    findings = channel.check()
    assert [finding.good for finding in findings] == [True, True, False, True]
    assert "leesrechten" in findings[2].text


def test_check_says_that_there_are_no_keys_to_answer_with(platform, x_section):
    channel = connect({"username": "sokkerij", "user_id": X_ID, "bearer_token": "app", "base_url": platform.url})
    kind = "https://api.x.com/2/problems/unsupported-authentication"
    platform.queue(listing(), (403, {"type": kind, "title": "Unsupported Authentication", "detail": "nee"}), USAGE)
    assert [finding.good for finding in channel.check()] == [True, True, False, True]


def test_check_notices_keys_of_another_account(platform, channel):
    platform.queue(listing(), (200, {"data": {"username": "iemand"}}), USAGE)
    assert "@iemand" in channel.check()[2].text


def test_the_cursor_is_plain_json(platform, channel):
    platform.queue(listing(post(id_of(1))))
    assert set(json.loads(list(channel.poll(None, NOW))[-1].cursor or "")) == {"mentions"}
