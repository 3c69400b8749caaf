"""Facebook: authors that may be missing, lists that end later than they seem to, Meta's codes, true webhooks."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import structlog

from socialwatch.channels.facebook import Facebook, connect, wire
from socialwatch.channels.facebook.keys import load, settings
from socialwatch.domain.mention import Author
from socialwatch.errors import Halted, Misconfigured, Refused, Unanswered, Unavailable

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
PAGE, TOKEN, SECRET = "59289317753620134", "playground-page-token", "facebook-geheim"
PROOF = hmac.new(SECRET.encode(), TOKEN.encode(), sha256).hexdigest()


def row(number: str, hours: float = 1, **more: Any) -> dict[str, Any]:
    at = NOW - timedelta(hours=hours)
    return {"id": number, "message": "gat in sok", "created_time": at.strftime("%Y-%m-%dT%H:%M:%S+0000"), **more}


def listing(
    *rows: dict[str, Any], after: str | None = None, following: str | None = None
) -> tuple[int, dict[str, Any]]:
    paging: dict[str, Any] = {}
    if after:
        paging["cursors"] = {"before": "x", "after": after}
    if after or following:
        paging["next"] = following or f"https://graph.facebook.com/v26.0/x/feed?access_token={TOKEN}&after={after}"
    return 200, {"data": list(rows)} | ({"paging": paging} if paging else {})


def error(code: int | None, status: int = 400, **more: Any) -> tuple[int, dict[str, Any]]:
    return status, {"error": {"message": f"zin van Meta {TOKEN}", "type": "OAuthException", "code": code, **more}}


@pytest.fixture
def channel(platform, facebook_section):
    return Facebook(settings(facebook_section | {"base_url": f"{platform.url}/graph"}), clock=lambda: NOW)


def by_edge(platform, **edges: Any) -> None:
    """Answer each list by the last part of its path; lists not named are empty."""

    def answer(asked):
        given = edges.get(asked.path.rsplit("/", 1)[-1], listing())
        return given(asked) if callable(given) else given

    platform.answer = answer


# Reading one post or comment


def test_a_post():
    made = wire.post(row("1_2", **{"from": {"id": "7", "name": "Tinus"}, "shares": {"count": 3}}), PAGE, "sokkerij")
    assert made.author == Author("7", None, "Tinus", None)
    assert made.created_at == NOW - timedelta(hours=1)
    assert (made.conversation_id, made.in_reply_to, made.metrics.reposts) == ("1_2", None, 3)
    assert not made.own
    assert not made.may_train


def test_an_author_may_be_missing():
    for given in ({}, {"from": None}, {"from": {}}, {"from": {"name": "zonder nummer"}}):
        assert wire.post(row("1_2", **given), PAGE, "").author is None


def test_what_the_page_wrote_is_ours():
    assert wire.post(row("1_2", **{"from": {"id": PAGE}}), PAGE, "").own
    assert wire.comment(row("2_3", **{"from": {"id": PAGE}}), "1_2", (PAGE, "")).own


def test_a_comment_and_a_reply_to_it():
    first = wire.comment(row("2_3", like_count=1, comment_count=2), "1_2", (PAGE, "b"))
    assert (first.conversation_id, first.in_reply_to, first.metrics.likes, first.metrics.replies) == (
        "1_2",
        "1_2",
        1,
        2,
    )
    second = wire.comment(row("2_4", parent={"id": "2_3"}, can_comment=False), "1_2", (PAGE, "b"))
    assert second.in_reply_to == "2_3"
    assert not second.can_reply


def test_text_is_made_storable_and_a_photo_has_none():
    assert wire.post(row("1_2", message="a\0\ud83d"), PAGE, "").text == "a\ufffd\ufffd"
    assert wire.post({"id": "1_2", "created_time": 1763812000}, PAGE, "").text == ""


def test_only_web_addresses_are_kept():
    assert wire.post(row("1_2", permalink_url="javascript:x"), PAGE, "").url is None


# Polling


def test_each_call_carries_token_proof_and_version(platform, channel):
    by_edge(platform)
    list(channel.poll(None, NOW))
    assert platform.paths() == [f"/graph/v26.0/{PAGE}/feed", f"/graph/v26.0/{PAGE}/tagged"]
    for asked in platform.asked:
        assert asked.query["access_token"] == TOKEN
        assert asked.query["appsecret_proof"] == PROOF


def test_without_app_secret_there_is_no_proof(platform, facebook_section):
    del facebook_section["app_secret"]
    by_edge(platform)
    list(connect(facebook_section | {"base_url": platform.url}).poll(None, NOW))
    assert "appsecret_proof" not in platform.asked[0].query


def test_short_and_empty_pages_are_not_the_end(platform, channel):
    pages = [
        listing(after="a"),
        listing(row("1_1"), after="b"),
        listing(following=f"https://graph.facebook.com/v26.0/x/feed?access_token={TOKEN}&until=5&__paging_token=t"),
        listing(row("1_2")),
    ]
    by_edge(platform, feed=lambda asked: pages.pop(0))
    found = [one.id for page in channel.poll(None, NOW) for one in page.mentions]
    feed = [one.query for one in platform.asked if one.path.endswith("/feed")]
    assert found == ["1_1", "1_2"]
    assert [query.get("after") for query in feed] == [None, "a", "b", None]
    assert feed[3]["until"] == "5"
    assert feed[3]["__paging_token"] == "t"


def test_an_empty_page_that_leads_to_itself_is_asked_again(platform, channel):
    pages = [listing(following="https://graph.facebook.com/v26.0/x/feed?limit=100"), listing(row("1_1"))]
    by_edge(platform, feed=lambda asked: pages.pop(0))
    assert [one.id for page in channel.poll(None, NOW) for one in page.mentions] == ["1_1"]


def test_a_list_that_goes_in_circles(platform, channel):
    by_edge(platform, feed=listing(row("1_1"), after="a"))
    with pytest.raises(Unavailable, match="eind van zijn lijst"):
        list(channel.poll(None, NOW))
    assert len(platform.asked) < 10


def test_posts_are_looked_at_again_for_new_comments(platform, channel):
    by_edge(platform, feed=listing(row("1_1", hours=2)))
    first = list(channel.poll(None, NOW))
    assert load(first[-1].cursor)["feed"] == NOW - timedelta(hours=2)
    platform.asked.clear()
    comments = listing(row("1_9", hours=0.5))
    by_edge(platform, feed=listing(row("1_1", hours=2)), comments=comments)
    second = list(channel.poll(first[-1].cursor, NOW))
    since = datetime.fromtimestamp(int(platform.asked[0].query["since"]), UTC)
    assert since == NOW - timedelta(days=3, hours=2)
    assert "1_9" in [one.id for page in second for one in page.mentions]
    assert platform.asked[1].query["filter"] == "stream"


def test_a_long_pause_loses_no_comments(platform, channel):
    """The re-scan begins three days before the last poll, not three days before today."""
    cursor = json.dumps({"feed": (NOW - timedelta(days=10)).isoformat()})
    by_edge(platform)
    list(channel.poll(cursor, NOW))
    assert int(platform.asked[0].query["since"]) == int((NOW - timedelta(days=13)).timestamp())


def test_a_post_from_the_future_does_not_move_the_position_ahead(platform, channel):
    by_edge(platform, feed=listing(row("1_1", hours=-48)))
    assert load(list(channel.poll(None, NOW))[-1].cursor)["feed"] == NOW


def test_a_server_that_takes_no_notice_of_since(platform, channel):
    pages = [listing(row("1_1"), after="a"), listing(row("1_2", hours=999), after="b"), listing(row("1_3", hours=1000))]
    by_edge(platform, feed=lambda asked: pages.pop(0))
    assert [one.id for page in channel.poll(None, NOW) for one in page.mentions] == ["1_1"]
    assert len(pages) == 1


def test_one_closed_post_does_not_stop_the_poll(platform, channel):
    def comments(asked):
        return error(10) if "/1_1/" in asked.path else listing(row("2_9"))

    by_edge(platform, feed=listing(row("1_1"), row("1_2")), comments=comments)
    with structlog.testing.capture_logs() as lines:
        found = [one.id for page in channel.poll(None, NOW) for one in page.mentions]
    assert found == ["1_1", "1_2", "2_9"]
    assert [line["event"] for line in lines] == ["facebook.comments_refused"]
    assert TOKEN not in str(lines)


def test_a_feed_that_is_closed_stops_the_source(platform, channel):
    by_edge(platform, feed=error(200, 403))
    with pytest.raises(Halted):
        list(channel.poll(None, NOW))


def test_tagged_posts_may_be_closed(platform, channel):
    by_edge(platform, feed=listing(row("1_1")), tagged=error(10))
    with structlog.testing.capture_logs() as lines:
        pages = list(channel.poll(None, NOW))
    assert pages[-1].cursor is not None
    assert "facebook.list_refused" in [line["event"] for line in lines]


def test_one_unreadable_post_does_not_spoil_the_page(platform, channel):
    far = [{"id": "1_8", "created_time": 10**30}, {"id": "1_9", "created_time": "0001-01-01T00:00:00+1400"}]
    bad = [{"id": "1_5"}, {"created_time": "gisteren", "id": "1_6"}, {"message": "x"}, row("1_7", shares="veel"), *far]
    by_edge(platform, feed=listing(*bad, row("1_1")))
    with structlog.testing.capture_logs() as lines:
        found = [one.id for page in channel.poll(None, NOW) for one in page.mentions]
    assert found == ["1_1"]
    assert len(lines) == 6


@pytest.mark.parametrize("answer", [(200, {}), (200, {"data": {}}), (200, {"data": None}), (200, True), (200, b"true")])
def test_an_answer_without_a_list_is_no_empty_page(platform, channel, answer):
    by_edge(platform, feed=answer)
    with pytest.raises(Unavailable):
        list(channel.poll(None, NOW))


CODES = [
    (error(1, 500), Unavailable, Unanswered),
    (error(2, 503), Unavailable, Unanswered),
    (error(4, 403), Unavailable, Unavailable),
    (error(17), Unavailable, Unavailable),
    (error(32, 403), Unavailable, Unavailable),
    (error(341), Unavailable, Unavailable),
    (error(368), Unavailable, Unavailable),
    (error(613), Unavailable, Unavailable),
    (error(80001), Unavailable, Unavailable),
    (error(102), Halted, Halted),
    (error(190, 401), Halted, Halted),
    (error(1, error_subcode=463), Unavailable, Unanswered),
    (error(100, error_subcode=460), Halted, Halted),
    (error(12), Refused, Refused),
    (error(100), Refused, Refused),
    (error(506), Refused, Unanswered),
    (error(None, 500), Unavailable, Unanswered),
    (error(None, 400), Refused, Refused),
    (error(999, is_transient=True), Unavailable, Unanswered),
    (error(1, 200), Unavailable, Unanswered),
    ((502, b"<html>"), Unavailable, Unanswered),
    ((500, b""), Unavailable, Unanswered),
    ((400, b"<html>"), Unavailable, Refused),
    ((200, b"<html>", {"Content-Type": "text/html"}), Unavailable, Unanswered),
]


@pytest.mark.parametrize(("answer", "reading", "writing"), CODES)
def test_codes_say_what_may_be_done(platform, channel, answer, reading, writing):
    if answer == error(1, error_subcode=463):
        reading = writing = Halted
    platform.answer = lambda asked: answer
    with pytest.raises(reading) as problem:
        list(channel.poll(None, NOW))
    assert type(problem.value) is reading
    assert TOKEN not in str(problem.value)
    with pytest.raises(writing) as problem:
        channel.reply(wire.post(row("1_1"), PAGE, ""), "hoi", "k")
    assert type(problem.value) is writing


def usage(percent: int, minutes: int = 0) -> dict[str, str]:
    one = {"type": "pages", "call_count": percent, "total_time": 1, "estimated_time_to_regain_access": minutes}
    return {"X-App-Usage": '{"call_count":1}', "X-Business-Use-Case-Usage": json.dumps({PAGE: [one]})}


def test_reading_stops_before_the_limit_and_replies_still_go_out(platform, channel):
    platform.answer = lambda asked: (200, {"data": [], "id": "9_9"}, usage(96, minutes=7))
    with pytest.raises(Unavailable, match="limiet") as problem:
        list(channel.poll(None, NOW))
    assert problem.value.retry_after is not None
    assert 400 < problem.value.retry_after <= 420
    assert len(platform.asked) == 1
    assert channel.reply(wire.post(row("1_1"), PAGE, ""), "hoi", "k").id == "9_9"


def test_a_limit_tells_when_it_ends(platform, channel):
    platform.answer = lambda asked: (*error(32, 403), usage(100, minutes=2))
    with pytest.raises(Unavailable) as problem:
        list(channel.poll(None, NOW))
    assert problem.value.retry_after == 120


@pytest.mark.parametrize("header", ["", "{", "[]", '{"call_count": "veel"}', "null", '{"call_count": 1e999}'])
def test_usage_that_cannot_be_read_is_no_reason_to_stop(platform, channel, header):
    headers = {"X-App-Usage": header, "X-Business-Use-Case-Usage": header}
    platform.answer = lambda asked: (200, {"data": []}, headers)
    assert list(channel.poll(None, NOW))


def test_another_version_is_noticed_once(platform, channel):
    platform.answer = lambda asked: (200, {"data": []}, {"facebook-api-version": "v27.0"})
    with structlog.testing.capture_logs() as lines:
        list(channel.poll(None, NOW))
    assert [line["event"] for line in lines] == ["facebook.other_version"]
    assert [finding.good for finding in channel.check()] == [True, True, True, True, True, False]


# Looking up and answering


def test_lookup_tries_the_other_kind_of_object(platform, channel):
    def answer(asked):
        wanted_post = "shares" in asked.query["fields"]
        if asked.path.endswith("/77_88"):
            return (200, row("77_88")) if wanted_post else error(100)
        return (200, row("5_6", parent={"id": "5_1"}))

    platform.answer = answer
    looked = channel.lookup(["77_88", "5_6"])
    assert [(one.id, one.conversation_id) for one in looked.mentions] == [("77_88", "77_88"), ("5_6", f"{PAGE}_5")]


def test_gone_is_believed_only_while_the_page_itself_is_seen(platform, channel):
    missing = error(100, error_subcode=33)
    platform.answer = lambda asked: (200, {"id": PAGE}) if asked.path.endswith(PAGE) else missing
    assert channel.lookup(["5_6"]).gone == ("5_6",)
    platform.answer = lambda asked: missing
    with pytest.raises(Refused):
        channel.lookup(["5_6"])


def test_one_closed_post_does_not_stop_the_following_of_others(platform, channel):
    """Posts that tag us on a page of their own are often closed to us when they are looked up again."""

    def answer(asked):
        number = asked.path.rsplit("/", 1)[-1]
        closed = {"1_1": error(10), "1_2": error(100), "1_3": error(100, error_subcode=33)}
        return closed.get(number, (200, row(number)))

    platform.answer = answer
    with structlog.testing.capture_logs() as lines:
        looked = channel.lookup(["1_1", "1_2", "1_3", "5_6"])
    assert ([one.id for one in looked.mentions], looked.gone) == (["5_6"], ("1_3",))
    assert [(line["event"], line["id"]) for line in lines] == [
        ("facebook.lookup_refused", "1_1"),
        ("facebook.lookup_refused", "1_2"),
    ]
    assert TOKEN not in str(lines)
    with pytest.raises(Refused):
        channel.lookup(["1_1"])


def test_a_reply_is_a_form_with_token_and_proof(platform, channel):
    platform.queue((200, {"id": "1_99"}))
    sent = channel.reply(wire.comment(row("2_3"), "1_2", (PAGE, "")), "Wat vervelend! & sorry", "k")
    asked = platform.asked[0]
    assert (asked.method, asked.path, asked.query) == ("POST", "/graph/v26.0/2_3/comments", {})
    assert asked.form == {"message": "Wat vervelend! & sorry", "access_token": TOKEN, "appsecret_proof": PROOF}
    assert sent.id == "1_99"


@pytest.mark.parametrize("answer", [(200, {}), (200, {"id": ""}), (200, {"success": True})])
def test_an_answer_without_a_number_is_unknown(platform, channel, answer):
    platform.queue(answer)
    with pytest.raises(Unanswered):
        channel.reply(wire.post(row("1_1"), PAGE, ""), "hoi", "k")


def test_our_own_reply_is_found_under_the_first_comment(platform, channel):
    ours = row(
        "1_9", hours=0, message="Hoi  Tinus", **{"from": {"id": PAGE}}, permalink_url="https://www.facebook.com/9"
    )
    theirs = row("1_8", hours=0, message="hoi tinus", **{"from": {"id": "7"}})
    old = row("1_7", hours=5, message="hoi tinus", **{"from": {"id": PAGE}})
    platform.answer = lambda asked: listing(theirs, old, ours) if "/2_3/" in asked.path else listing()
    reply_to_reply = wire.comment(row("2_4", parent={"id": "2_3"}), "1_2", (PAGE, ""))
    found = channel.find_own_reply(reply_to_reply, "hoi tinus", NOW)
    assert found is not None
    assert (found.id, found.url) == ("1_9", "https://www.facebook.com/9")
    assert channel.find_own_reply(reply_to_reply, "iets anders", NOW) is None


# Webhooks


def delivery(*values: dict[str, Any], page: str = PAGE, field: str = "feed") -> bytes:
    changes = [{"field": field, "value": value} for value in values]
    return json.dumps({"object": "page", "entry": [{"id": page, "time": AT, "changes": changes}]}).encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()}


COMMENT = {
    "item": "comment",
    "verb": "add",
    "comment_id": "2_3",
    "post_id": "1_2",
    "parent_id": "1_2",
    "message": "gat in sok",
    "created_time": AT,
    "from": {"id": "7", "name": "Tinus"},
    "post": {"permalink_url": "https://www.facebook.com/1/posts/2"},
}


def test_a_delivery_brings_mentions_and_what_is_gone(channel):
    body = delivery(
        COMMENT,
        COMMENT | {"verb": "edited", "message": "nog een gat"},
        COMMENT | {"verb": "remove", "comment_id": "2_4"},
        {
            "item": "status",
            "verb": "add",
            "post_id": "1_5",
            "message": "hoi",
            "created_time": AT,
            "published": 1,
        },
        {"item": "status", "verb": "add", "post_id": "1_6", "message": "concept", "created_time": 1, "published": 0},
        COMMENT | {"verb": "hide"},
        {"item": "reaction", "verb": "add", "post_id": "1_2"},
        {"item": "comment", "verb": "add"},
        COMMENT | {"from": {"id": PAGE}, "comment_id": "2_7"},
    )
    page = channel.receive(signed(body), body)
    assert [(one.id, one.text, one.own) for one in page.mentions] == [
        ("2_3", "gat in sok", False),
        ("2_3", "nog een gat", False),
        ("1_5", "hoi", False),
        ("2_7", "gat in sok", True),
    ]
    assert page.gone == ("2_4",)
    assert page.cursor is None
    assert page.mentions[0].conversation_id == "1_2"
    assert page.mentions[0].created_at == NOW


def test_other_pages_and_fields_are_none_of_our_business(channel):
    for body in (delivery(COMMENT, page="5"), delivery(COMMENT, field="ratings")):
        assert channel.receive(signed(body), body).mentions == ()


def test_header_names_have_no_case(channel):
    body = delivery(COMMENT)
    assert channel.receive({name.lower(): value for name, value in signed(body).items()}, body).mentions


@pytest.mark.parametrize(
    "change", [{}, {"X-Hub-Signature-256": ""}, {"X-Hub-Signature-256": "sha256=é"}, {"X-Hub-Signature": "x"}]
)
def test_an_unsigned_delivery_is_refused(channel, change):
    with pytest.raises(Refused, match="handtekening"):
        channel.receive(change, delivery(COMMENT))


def test_one_changed_byte_is_refused(channel):
    body = delivery(COMMENT)
    headers = signed(body)
    for at in range(0, len(body), 7):
        changed = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        with pytest.raises(Refused):
            channel.receive(headers, changed)
    with pytest.raises(Refused):
        channel.receive(signed(body, "ander geheim"), body)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b'{"object":"page","entry":5}', b"[" * 100_000, b'{"entry":[1]}']
)
def test_nonsense_with_a_good_signature_is_refused(channel, body):
    with pytest.raises(Refused, match="niet te lezen"):
        channel.receive(signed(body), body)


def test_without_app_secret_no_webhook_is_believed(facebook_section):
    del facebook_section["app_secret"]
    body = delivery(COMMENT)
    with pytest.raises(Misconfigured, match="app_secret"):
        connect(facebook_section).receive(signed(body, ""), body)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"page_id": ""}, "page_id"),
        ({"page_id": "sokkerij"}, "page_id"),
        ({"page_token": ""}, "page_token"),
        ({"page_token": "EAA\ngeheim"}, "page_token"),
        ({"version": "26"}, "version"),
        ({"rescan_days": 1000}, "rescan_days"),
        ({"page_size": 0}, "page_size"),
        ({"base_url": "graph"}, "base_url"),
    ],
)
def test_a_wrong_setting_is_named(facebook_section, change, named):
    with pytest.raises(Misconfigured, match=named) as problem:
        connect(facebook_section | change)
    assert "geheim" not in str(problem.value)
