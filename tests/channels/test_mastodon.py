"""Mastodon, in what is its own: HTML as text, circles, edits, what is gone, the key that makes a repeat harmless."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwatch.channels.mastodon import connect, wire
from socialwatch.domain.channel import Page, Private
from socialwatch.domain.mention import Author, Mention
from socialwatch.errors import Halted, Misconfigured, Refused, SocialwatchError, Unanswered, Unavailable

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ACCOUNT = wire.Account("sokkerij", "1", "sokkerij")


@pytest.fixture
def channel(mastodon_section):
    return connect(mastodon_section | {"page_size": 10})


def texts(pages: list[Page]) -> list[str]:
    return [one.text for page in pages for one in page.mentions]


def first(channel: Any, clock: Any) -> Mention:
    return next(one for page in channel.poll(None, clock()) for one in page.mentions if not one.own)


def status(**more: Any) -> dict[str, Any]:
    author = {"id": "7", "acct": "anna@elders.example", "display_name": "Anna", "followers_count": 12}
    made = {"id": "115", "created_at": "2026-11-20T10:00:00.000Z", "content": "<p>hoi</p>", "visibility": "public"}
    return made | {"account": author, "url": "https://elders.example/@anna/1"} | more


# What comes in


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>een</p><p>twee<br>drie<br/>vier</p>", "een\n\ntwee\ndrie\nvier"),
        ("<p>3 &lt; 4 &amp; &quot;zo&quot; &#39;n gat</p>", '3 < 4 & "zo" \'n gat'),
        (
            '<p><span class="h-card"><a href="https://m.example/@sokkerij" class="u-url mention">@<span>sokkerij</span>'
            "</a></span> gat</p>",
            "@sokkerij gat",
        ),
        (
            '<p>zie <a href="https://winkel.example/een/lang/pad"><span class="invisible">https://</span>'
            '<span class="ellipsis">winkel.example/een</span><span class="invisible">/lang/pad</span></a></p>',
            "zie https://winkel.example/een/lang/pad",
        ),
        ('<p><a href="https://m.example/tags/sok">#<span>sok</span></a></p>', "#sok"),
        ("<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"),
        ("geen opmaak", "geen opmaak"),
        ("<p>half <b>open", "half open"),
        ("", ""),
    ],
)
def test_html_becomes_plain_text(html, text):
    assert wire.plain(html) == text


@given(st.text())
def test_any_html_can_be_read(html):
    assert isinstance(wire.plain(html), str)


def test_a_status_becomes_a_mention():
    seen = wire.mention(status(in_reply_to_id="100", favourites_count=3, spoiler_text="boos"), ACCOUNT)
    assert (seen.id, seen.version_id, seen.in_reply_to) == ("115", "115", "100")
    assert seen.text == "boos\n\nhoi"
    assert seen.author == Author("7", "anna@elders.example", "Anna", 12)
    assert seen.metrics.likes == 3
    assert seen.can_reply
    assert not seen.may_train


@pytest.mark.parametrize(
    ("visibility", "audience", "answered"),
    [
        ("public", "public", "public"),
        ("unlisted", "public", "unlisted"),
        ("private", "private", "direct"),
        ("direct", "private", "direct"),
    ],
)
def test_an_answer_reaches_no_wider_circle_than_the_post(mastodon, channel, clock, visibility, audience, answered):
    mastodon.say({"who": "anna", "text": "gat", "visibility": visibility})
    mention = first(channel, clock)
    assert mention.audience == audience
    channel.reply(mention, "Wat vervelend!", "k")
    assert mastodon.received[0].visibility == answered


def test_an_edit_keeps_the_number_and_makes_a_version(mastodon, channel, clock):
    post = mastodon.say({"who": "anna", "text": "gat"})
    before = first(channel, clock)
    post.text, post.edited = "<p>groot gat</p>", clock()
    after = channel.lookup([before.version_id]).mentions[0]
    assert (after.id, after.text) == (before.id, "groot gat")
    assert after.version_id == f"{post.id}@{clock().isoformat()}"
    assert channel.lookup([after.version_id]).mentions[0].version_id == after.version_id


@pytest.mark.parametrize("batches", [True, False])
def test_many_are_looked_up_also_on_an_older_server(mastodon, channel, clock, batches):
    mastodon.batches = batches
    posts = [mastodon.say({"who": "anna", "text": f"gat {number}"}) for number in range(45)]
    mastodon.delete(posts[7])
    looked = channel.lookup([one.id for one in posts])
    assert looked.gone == (posts[7].id,)
    assert len(looked.mentions) == 44


def test_a_server_that_answers_with_fewer_makes_nothing_gone(mastodon, channel, clock):
    """What a batch leaves out is asked for by itself first."""
    posts = [mastodon.say({"who": "anna", "text": f"gat {number}"}) for number in range(5)]
    answer = mastodon.answer
    mastodon.answer = lambda ask: (200, []) if "id[]" in ask.query else answer(ask)
    looked = channel.lookup([one.id for one in posts])
    assert looked.gone == ()
    assert len(looked.mentions) == 5


def test_hashtags_and_words_are_read_and_each_post_comes_once(mastodon, mastodon_section, clock):
    for text in ("dat #sokkerij weer", "de sokkerij is traag", "niets"):
        mastodon.say({"who": "anna", "text": text}).speaks_to_us = False
    channel = connect(mastodon_section | {"search": ["#sokkerij", "sokkerij"]})
    assert sorted(texts(list(channel.poll(None, clock())))) == ["dat #sokkerij weer", "de sokkerij is traag"]
    asked = next(ask for ask in mastodon.asked if ask.path.endswith("/search"))
    assert asked.one("type") == "statuses"
    assert asked.one("resolve") in ("", "false", "False")


def test_only_what_is_needed_is_asked(mastodon, channel, clock):
    list(channel.poll(None, clock()))
    paths = [ask.path for ask in mastodon.asked]
    assert sorted(set(paths)) == [
        "/api/v1/accounts/1/statuses",
        "/api/v1/accounts/verify_credentials",
        "/api/v1/notifications",
    ]


def test_a_notification_without_its_status_is_left_out(mastodon, channel, clock):
    mastodon.say({"who": "anna", "text": "gat"})
    answer = mastodon.answer

    def losing(ask: Any) -> Any:
        code, content = answer(ask)
        return code, [{**one, "status": None} for one in content] if ask.path.endswith("notifications") else content

    mastodon.answer = losing
    assert texts(list(channel.poll(None, clock()))) == []


# What goes out


def test_the_reader_is_named_in_front_and_the_answer_found_all_the_same(mastodon, channel, clock):
    mastodon.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    sent = channel.reply(mention, "Wat vervelend!", "k")
    assert mastodon.received[0].text == "<p>@anna@elders.example Wat vervelend!</p>"
    assert channel.find_own_reply(mention, "wat  vervelend!", clock()).id == sent.id


def test_who_is_named_already_is_not_named_twice():
    assert wire.addressed("Hoi @anna@elders.example!", "anna@elders.example") == "Hoi @anna@elders.example!"
    assert wire.addressed("Hoi @annabel", "anna") == "@anna Hoi @annabel"
    assert wire.addressed("Hoi @anna@elders.example", "anna") == "@anna Hoi @anna@elders.example"


def test_a_repeat_with_the_same_key_is_one_post(mastodon, channel, clock):
    mastodon.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    mastodon.fault("mastodon", "swallow", only="write")
    with pytest.raises(Unanswered):
        channel.reply(mention, "Wat vervelend!", "k")
    assert channel.reply(mention, "Wat vervelend!", "k").id == mastodon.received[0].id
    assert len(mastodon.received) == 1
    assert mastodon.asked[-1].headers["idempotency-key"] == "k"


def test_an_answer_in_private_goes_to_the_author_alone(mastodon, channel, clock):
    mastodon.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    assert isinstance(channel, Private)
    assert channel.can_reply_privately(mention, clock())
    channel.reply_privately(mention, "Wat is je ordernummer?", "k")
    assert mastodon.received[0].visibility == "direct"
    assert "@anna@elders.example" in mastodon.received[0].text


def test_a_text_that_is_too_long_is_refused_with_the_servers_own_words(mastodon, channel, clock):
    mastodon.say({"who": "anna", "text": "gat"})
    with pytest.raises(Refused, match="500"):
        channel.reply(first(channel, clock), "a" * 600, "k")


def test_a_post_that_is_gone_refuses_before_anything_is_sent(mastodon, channel, clock):
    post = mastodon.say({"who": "anna", "text": "gat"})
    mention = first(channel, clock)
    mastodon.delete(post)
    with pytest.raises(Refused, match="niet meer"):
        channel.reply(mention, "hoi", "k")
    assert mastodon.received == []


def test_an_accepted_answer_without_a_number_is_unanswered(mastodon, channel, clock):
    mastodon.say({"who": "anna", "text": "gat"})
    mention, answer = first(channel, clock), mastodon.answer
    mastodon.answer = lambda ask: (200, {"iets": "anders"}) if ask.method == "POST" else answer(ask)
    with pytest.raises(Unanswered):
        channel.reply(mention, "hoi", "k")


# Refusals, check, settings


@pytest.mark.parametrize(
    ("code", "said", "kind"),
    [
        (401, "The access token was revoked", Halted),
        (403, "This action is outside the authorized scopes", Halted),
        (403, "Your login is currently disabled", Halted),
        (403, "This action is not allowed", Refused),
        (422, "Validation failed", Refused),
        (503, "Service Unavailable", Unavailable),
    ],
)
def test_what_a_refusal_means(mastodon, channel, clock, code, said, kind):
    mastodon.answer = lambda ask: (code, {"error": said})
    with pytest.raises(kind) as problem:
        list(channel.poll(None, clock()))
    assert isinstance(problem.value, Halted) == (kind is Halted)


def test_a_key_without_the_right_to_write_is_named(mastodon, channel):
    mastodon.scopes = ("read",)
    findings = channel.check()
    assert [finding.good for finding in findings] == [True, True, False]
    assert "write:statuses" in findings[2].text


def test_check_says_who_we_are_and_what_is_left(mastodon, channel):
    mastodon.headers = {"X-RateLimit-Remaining": "287"}
    said = " ".join(finding.text for finding in channel.check())
    assert "@sokkerij" in said
    assert "287" in said


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"base_url": ""}, "base_url"),
        ({"base_url": "mastodon.example"}, "base_url"),
        ({"access_token": ""}, "access_token"),
        ({"access_token": "geheim\nwoord"}, "access_token"),
        ({"page_size": 41}, "page_size"),
        ({"overlap_minutes": -1}, "overlap_minutes"),
        ({"lookback_hours": 0}, "lookback_hours"),
        ({"search": ["#twee woorden"]}, "search"),
        ({"search": "sokkerij"}, "search"),
    ],
)
def test_a_wrong_setting_is_named(mastodon_section, change, named):
    with pytest.raises(Misconfigured, match=named) as problem:
        connect(mastodon_section | change)
    assert "geheim" not in str(problem.value)


# Answers that are JSON and nonsense

KEYS = [
    "id", "acct", "account", "content", "created_at", "edited_at", "visibility", "in_reply_to_id", "status", "statuses",
    "reblog", "spoiler_text", "url", "favourites_count", "followers_count", "error", "scopes", "type",
]  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    | st.sampled_from(["5", "2026-11-20T10:00:00Z", "9999-12-31T23:59:59-12:00", "direct", "javascript:x"])
)  # fmt: skip
ODD = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, max_size=6),
    max_leaves=12,
)


class Told:
    """Mastodon.py's session, answering what it was told through all of Mastodon.py's own reading."""

    def __init__(self, content: Any) -> None:
        self.content = content

    def request(self, *_: Any, **__: Any) -> Any:
        made = requests.Response()
        made.status_code = 200
        made.json = lambda **_: self.content  # type: ignore[method-assign]
        made._content = b"x"
        return made


@settings(max_examples=40)
@given(ODD, st.booleans())
def test_whatever_stands_in_an_answer_only_our_own_errors_come_out(content, listed):
    channel: Any = connect({"access_token": "t", "base_url": "http://127.0.0.1:9", "search": ["#a", "b"]})
    channel._known = ACCOUNT
    channel._session._client.session = Told([content, status(), content] if listed else content)
    mention = Mention("mastodon", "5", "hoi", NOW)
    for call in (
        lambda: list(channel.poll(None, NOW)),
        lambda: channel.lookup(["5", "115"]),
        lambda: channel.find_own_reply(mention, "hoi", NOW - timedelta(hours=1)),
        lambda: channel.reply(mention, "hoi", "k"),
    ):
        try:
            found = call()
        except SocialwatchError:
            continue
        for page in found if isinstance(found, list) else []:
            assert all(seen.text.encode("utf-8").decode("utf-8") == seen.text for seen in page.mentions)
            assert all(seen.url is None or seen.url.startswith("http") for seen in page.mentions)
