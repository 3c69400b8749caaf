"""Bluesky, in what is its own: sessions, links in full, records made once, answers that are closed, the odd answer."""

import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwatch.channels.bluesky import connect, wire
from socialwatch.domain.channel import Page
from socialwatch.domain.mention import Author, Mention
from socialwatch.domain.weight import graphemes
from socialwatch.errors import Halted, Misconfigured, Refused, SocialwatchError, Unanswered, Unavailable

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URI = "at://did:plc:anna/app.bsky.feed.post/3k2aaaaaaaaaa"
ACCOUNT = wire.Account("sokkerij", "did:plc:sokkerij")


@pytest.fixture
def channel(bluesky_section):
    return connect(bluesky_section | {"page_size": 10})


def texts(pages: list[Page]) -> list[str]:
    return [one.text for page in pages for one in page.mentions]


def first(channel: Any, clock: Any) -> Mention:
    return next(one for page in channel.poll(None, clock()) for one in page.mentions)


def view(**more: Any) -> dict[str, Any]:
    record = {"text": "hoi", "createdAt": "2026-11-20T10:00:00Z"} | more.pop("record", {})
    author = {"did": "did:plc:anna", "handle": "anna.test", "displayName": "Anna"} | more.pop("author", {})
    return {"uri": URI, "cid": "c1", "author": author, "record": record, "indexedAt": "2026-11-20T10:00:05Z"} | more


# Sessions


def test_one_session_serves_all_calls(bluesky, channel, clock):
    for _ in range(3):
        list(channel.poll(None, clock()))
    assert [ask.path for ask in bluesky.asked].count("/xrpc/com.atproto.server.createSession") == 1


def test_a_session_that_is_nearly_over_is_renewed_and_not_made_anew(bluesky, channel, clock):
    bluesky.session_seconds = 60  # the client renews in the last quarter of an hour
    list(channel.poll(None, clock()))
    bluesky.session_seconds = 7200
    list(channel.poll(None, clock()))
    paths = [ask.path.rpartition(".")[2] for ask in bluesky.asked]
    assert paths.count("createSession") == 1
    assert paths.count("refreshSession") >= 1


@pytest.mark.parametrize("kind", ["ExpiredToken", "InvalidToken"])
def test_a_session_that_the_server_forgot_is_made_anew_once(bluesky, channel, clock, kind):
    bluesky.say({"who": "anna", "text": "gat"})
    list(channel.poll(None, clock()))
    answer, refusals = bluesky.answer, [(400, {"error": kind, "message": "Token"})]
    bluesky.answer = lambda ask: refusals.pop() if refusals and "listNot" in ask.path else answer(ask)
    assert texts(list(channel.poll(None, clock()))) == ["gat"]
    assert [ask.path for ask in bluesky.asked].count("/xrpc/com.atproto.server.createSession") == 2


def test_a_session_that_is_refused_again_and_again_stops_the_source(bluesky, channel, clock):
    answer = bluesky.answer
    bluesky.answer = lambda ask: (400, {"error": "ExpiredToken"}) if "listNot" in ask.path else answer(ask)
    with pytest.raises(Halted):
        list(channel.poll(None, clock()))


@pytest.mark.parametrize(
    ("kind", "word"),
    [("AuthenticationRequired", "app_password"), ("AuthFactorTokenRequired", "app-wachtwoord")],
)
def test_a_refused_sign_in_says_what_to_do(bluesky, channel, clock, kind, word):
    bluesky.answer = lambda ask: (401, {"error": kind, "message": "bluesky-geheim"})
    with pytest.raises(Halted, match=word) as problem:
        list(channel.poll(None, clock()))
    assert "geheim" not in "".join(traceback.format_exception(problem.value))


def test_a_closed_account_stops_the_source(bluesky, channel, clock):
    bluesky.answer = lambda ask: (401, {"error": "AccountTakedown", "message": "Account has been taken down"})
    with pytest.raises(Halted, match="gesloten"):
        list(channel.poll(None, clock()))


@pytest.mark.parametrize("jwt", ["geen-jwt", "", 5, "a.b.c"])
def test_an_odd_session_is_unavailable_and_shows_no_token(bluesky, channel, clock, jwt):
    made = {"did": "did:plc:x", "handle": "sokkerij.test", "accessJwt": jwt, "refreshJwt": "verversgeheim"}
    bluesky.answer = lambda ask: (200, made)
    with pytest.raises(Unavailable) as problem:
        list(channel.poll(None, clock()))
    assert "verversgeheim" not in "".join(traceback.format_exception(problem.value))


def test_the_server_that_a_session_points_at_is_not_followed(bluesky, channel, clock):
    """The tokens stay with the address that the operator wrote."""
    document = {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": "did:plc:sokkerij",
        "service": [
            {
                "id": "#atproto_pds",
                "type": "AtprotoPersonalDataServer",
                "serviceEndpoint": "http://127.0.0.1:9",
            }
        ],
    }
    answer = bluesky.answer

    def pointing(ask: Any) -> Any:
        status, content = answer(ask)
        return status, (content | {"didDoc": document} if ask.path.endswith("createSession") else content)

    bluesky.answer = pointing
    bluesky.say({"who": "anna", "text": "gat"})
    assert texts(list(channel.poll(None, clock()))) == ["gat"]


# What comes in


def test_the_same_post_by_two_ways_comes_once(bluesky, bluesky_section, clock):
    bluesky.say({"who": "anna", "text": "de sokkerij is traag"})
    channel = connect(bluesky_section | {"search": ["sokkerij", "traag"]})
    assert texts(list(channel.poll(None, clock()))) == ["de sokkerij is traag"]


def test_more_than_25_posts_on_a_page_are_fetched_in_parts(bluesky, bluesky_section, clock):
    for number in range(60):
        bluesky.say({"who": "anna", "text": f"gat {number}"})
    assert len(texts(list(connect(bluesky_section | {"page_size": 100}).poll(None, clock())))) == 60


def test_a_post_that_went_between_the_notification_and_the_fetch_is_left_out(bluesky, channel, clock):
    bluesky.say({"who": "anna", "text": "blijft"})
    gone = bluesky.say({"who": "anna", "text": "weg"})
    answer = bluesky.answer

    def losing(ask: Any) -> Any:
        made = answer(ask)
        if "listNot" in ask.path and gone in bluesky.posts:
            bluesky.delete(gone)
        return made

    bluesky.answer = losing
    assert texts(list(channel.poll(None, clock()))) == ["blijft"]


def test_a_first_poll_goes_back_as_far_as_it_was_told(bluesky, bluesky_section, clock):
    now = clock.now
    clock.now = now - timedelta(hours=3)
    bluesky.say({"who": "anna", "text": "oud"})
    clock.now = now - timedelta(minutes=30)
    bluesky.say({"who": "anna", "text": "jong"})
    clock.now = now
    assert texts(list(connect(bluesky_section | {"lookback_hours": 1}).poll(None, now))) == ["jong"]


def test_a_bookmark_that_goes_in_circles_is_broken_off(bluesky, channel, clock):
    answer = bluesky.answer
    bluesky.answer = lambda ask: (
        (200, {"notifications": [], "cursor": "steeds dezelfde"}) if "listNot" in ask.path else answer(ask)
    )
    with pytest.raises(Unavailable, match="bladwijzer"):
        list(channel.poll(None, clock()))


@pytest.mark.parametrize("name", ["listNotifications", "getPosts", "getAuthorFeed"])
def test_an_answer_without_its_list_is_no_empty_list(bluesky, channel, clock, name):
    bluesky.say({"who": "anna", "text": "gat"})
    answer = bluesky.answer
    bluesky.answer = lambda ask: (200, {"iets": "anders"}) if ask.path.endswith(name) else answer(ask)
    with pytest.raises(Unavailable, match="onleesbaar"):
        list(channel.poll(None, clock()))


@pytest.mark.parametrize(
    ("shown", "link", "wanted"),
    [
        ("winkel.example/lang...", "https://winkel.example/langepagina", "https://winkel.example/langepagina"),
        ("https://a.example/b", "https://a.example/b", "https://a.example/b"),
        ("winkel.example/x…", "https://www.winkel.example/xyz", "https://www.winkel.example/xyz"),
        ("klik hier", "https://a.example", "klik hier (https://a.example)"),
    ],
)
def test_links_stand_in_the_text_in_full(shown, link, wanted):
    before = "é 🧦 zie "
    start = len(before.encode())
    facet = {
        "index": {"byteStart": start, "byteEnd": start + len(shown.encode())},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": link}],
    }
    record = {"text": f"{before}{shown} of niet", "facets": [facet]}
    assert wire.full_text(record) == f"{before}{wanted} of niet"


def test_a_post_becomes_a_mention():
    parents = {"root": {"uri": "at://w", "cid": "w"}, "parent": {"uri": "at://o", "cid": "o"}}
    seen = wire.mention(view(likeCount=3, replyCount=2, repostCount=1, record={"reply": parents}), ACCOUNT)
    assert (seen.id, seen.version_id) == (URI, f"{URI}#c1")
    assert (seen.conversation_id, seen.in_reply_to) == ("at://w", "at://o")
    assert seen.author == Author("did:plc:anna", "anna.test", "Anna")
    assert seen.url == "https://bsky.app/profile/anna.test/post/3k2aaaaaaaaaa"
    assert (seen.metrics.likes, seen.metrics.reposts, seen.metrics.replies) == (3, 1, 2)
    assert seen.can_reply
    assert not seen.own


@pytest.mark.parametrize(
    "more",
    [
        {"viewer": {"replyDisabled": True}},
        {"author": {"viewer": {"blockedBy": True}}},
        {"author": {"did": "did:plc:sokkerij"}},
    ],
)
def test_some_posts_cannot_be_answered(more):
    assert not wire.mention(view(**more), ACCOUNT).can_reply


def test_nobody_writes_after_it_was_seen():
    assert wire.mention(view(record={"createdAt": "2099-01-01T00:00:00Z"}), ACCOUNT).created_at.year == 2026
    assert wire.mention(view(record={"createdAt": "gisteren"}), ACCOUNT).created_at.second == 5


def test_an_account_without_a_valid_name_is_found_by_its_lasting_one():
    seen = wire.mention(view(author={"handle": "handle.invalid"}), ACCOUNT)
    assert seen.url == "https://bsky.app/profile/did:plc:anna/post/3k2aaaaaaaaaa"


# What goes out


def test_the_record_of_an_answer_is_as_the_lexicon_wants_it(bluesky, channel, clock):
    bluesky.say({"who": "anna", "text": "gat"})
    channel.reply(first(channel, clock), "Hoi @anna.test, zie https://example.com/ruilen", "k")
    sent = next(ask for ask in bluesky.asked if ask.path.endswith("putRecord")).fields()
    assert sent["collection"] == sent["record"]["$type"] == "app.bsky.feed.post"
    assert "swapRecord" in sent
    assert sent["swapRecord"] is None
    assert set(sent["record"]["reply"]) == {"root", "parent"}
    features = [facet["features"][0] for facet in sent["record"]["facets"]]
    assert {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.com/ruilen"} in features
    assert {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:anna"} in features


def test_a_repeat_gives_the_first_answer_back(bluesky, channel, clock):
    bluesky.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    bluesky.fault("bluesky", "swallow", only="write")
    with pytest.raises(Unanswered):
        channel.reply(mention, "Wat vervelend!", "k")
    assert channel.reply(mention, "Wat vervelend!", "k").id == bluesky.received[0].id
    assert len(bluesky.received) == 1


def test_under_one_key_stands_one_text(bluesky, channel, clock):
    bluesky.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    channel.reply(mention, "Wat vervelend!", "k")
    with pytest.raises(Refused, match="ander antwoord"):
        channel.reply(mention, "Iets heel anders", "k")


@given(st.integers(0, 7_000_000_000), st.text(), st.text())
def test_names_of_records_are_valid_and_follow_from_the_key(seconds, one, other):
    mention = Mention("bluesky", URI, "hoi", datetime(1970, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds))
    name = wire.record_key(mention, one)
    assert name == wire.record_key(mention, one)
    assert (name == wire.record_key(mention, other)) == (one == other)
    assert len(name) == 13
    assert name[0] in "234567abcdefghij"
    assert set(name) <= set("234567abcdefghijklmnopqrstuvwxyz")
    assert name < wire.after_keys(mention)


def test_a_closed_thread_refuses_before_anything_is_sent(bluesky, channel, clock):
    post = bluesky.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    bluesky.closed.add(post.id)
    with pytest.raises(Refused, match="uitgezet"):
        channel.reply(mention, "hoi", "k")
    assert bluesky.received == []


def test_a_post_that_is_gone_refuses_before_anything_is_sent(bluesky, channel, clock):
    post = bluesky.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    bluesky.delete(post)
    with pytest.raises(Refused, match="niet meer"):
        channel.reply(mention, "hoi", "k")
    assert bluesky.received == []


@pytest.mark.parametrize(
    ("text", "length"),
    [("abc", 3), ("é", 1), ("e\u0301", 1), ("👨\u200d👩\u200d👧", 1), ("🇳🇱🇧🇪", 2), ("👍🏽!", 2), ("❤\ufe0f", 1)],
)
def test_graphemes(text, length):
    assert graphemes(text) == length


def test_a_text_that_is_too_long_is_refused_with_its_measure(bluesky, channel, clock):
    bluesky.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    with pytest.raises(Refused, match="300"):
        channel.reply(mention, "a" * 301, "k")


def test_an_old_attempt_with_the_same_text_is_not_taken_for_ours(bluesky, channel, clock):
    bluesky.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    channel.reply(mention, "hoi", "k")
    assert channel.find_own_reply(mention, "hoi", datetime.now(UTC) + timedelta(hours=1)) is None
    other = replace(mention, id="at://elders")
    assert channel.find_own_reply(other, "hoi", clock()) is None


def test_an_answer_typed_in_the_app_is_found_on_top(bluesky, channel, clock):
    """Its name comes from the moment it was typed, not from ours."""
    post = bluesky.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    clock.now += timedelta(hours=1)
    typed = bluesky.say({"who": "sokkerij", "text": "vanuit de app", "reply_to": post.id})
    assert channel.find_own_reply(mention, "vanuit de app", clock() - timedelta(minutes=5)).id == typed.id


# Limits, check, settings


def test_check_says_what_is_left(bluesky, channel):
    bluesky.headers = {"ratelimit-remaining": "2987"}
    assert any("2987" in finding.text for finding in channel.check())


def test_check_notices_a_new_name(bluesky, bluesky_section):
    answer = bluesky.answer
    bluesky.answer = lambda ask: (
        (200, {"handle": "nieuw.test", "active": True}) if "getSession" in ask.path else answer(ask)
    )
    findings = connect(bluesky_section).check()
    assert [finding.good for finding in findings] == [True, True, False]
    assert "@nieuw.test" in findings[2].text


def test_a_stilled_account_cannot_answer(bluesky, channel):
    answer = bluesky.answer
    bluesky.answer = lambda ask: (
        (200, {"handle": "sokkerij.test", "active": False}) if "getSession" in ask.path else answer(ask)
    )
    assert "stilgezet" in channel.check()[2].text


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"handle": ""}, "handle"),
        ({"handle": "sokkerij"}, "handle"),
        ({"app_password": ""}, "app_password"),
        ({"app_password": "geheim\nwoord"}, "app_password"),
        ({"page_size": 101}, "page_size"),
        ({"overlap_minutes": -1}, "overlap_minutes"),
        ({"lookback_hours": 0}, "lookback_hours"),
        ({"search": "sokkerij"}, "search"),
        ({"own_posts": "misschien"}, "own_posts"),
        ({"base_url": "bsky.social"}, "base_url"),
    ],
)
def test_a_wrong_setting_is_named(bluesky_section, change, named):
    with pytest.raises(Misconfigured, match=named) as problem:
        connect(bluesky_section | change)
    assert "geheim" not in str(problem.value)


# Answers that are JSON and nonsense

KEYS = [
    "uri", "cid", "author", "did", "handle", "record", "text", "createdAt", "indexedAt", "reply", "root", "parent",
    "facets", "index", "byteStart", "byteEnd", "features", "viewer", "replyDisabled", "reason", "cursor", "posts",
    "notifications", "feed", "post", "records", "value", "likeCount",
]  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    | st.sampled_from([URI, "2026-11-20T10:00:00Z", "9999-12-31T23:59:59-12:00", "\ud800"])
)  # fmt: skip
ODD = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, max_size=6),
    max_leaves=15,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(KEYS), ODD, max_size=8), st.dictionaries(st.sampled_from(KEYS), ODD, max_size=8))
def test_whatever_stands_in_an_answer_only_our_own_errors_come_out(one, other):
    channel: Any = connect({"handle": "a.test", "app_password": "p", "base_url": "http://127.0.0.1:9"})
    channel._session.did = lambda: "did:plc:sokkerij"
    waiting: list[Any] = []
    channel._session.query = channel._session.procedure = lambda *_: waiting.pop(0) if waiting else {}
    lists = {"posts": [one, other], "notifications": [other], "feed": [{"post": one}], "records": [one, other]}
    mention = Mention("bluesky", URI, "hoi", NOW)
    for answers in ([one, other], [lists | one, other], [lists, lists | other]):
        for call in (
            lambda: list(channel.poll(None, NOW)),
            lambda: channel.lookup([URI]),
            lambda: channel.find_own_reply(mention, "hoi", NOW),
            lambda: channel.reply(mention, "hoi", "k"),
        ):
            waiting[:] = answers
            try:
                found = call()
            except SocialwatchError:
                continue
            for page in found if isinstance(found, list) else []:
                assert all(seen.text.encode("utf-8").decode("utf-8") == seen.text for seen in page.mentions)
