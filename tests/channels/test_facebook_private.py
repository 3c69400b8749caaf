"""A private answer on Facebook: whom it may go to, once, within seven days, and never sent again by us."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from socialwatch.channels.facebook import Facebook, connect
from socialwatch.channels.facebook.keys import settings
from socialwatch.domain.channel import Private
from socialwatch.domain.mention import Mention
from socialwatch.errors import Halted, Refused, Unanswered, Unavailable

PAGE = "59289317753620134"


@pytest.fixture
def section(playground, facebook_section):
    return facebook_section | {"base_url": playground.graph_url}


@pytest.fixture
def channel(section) -> Facebook:
    return Facebook(settings(section))


@pytest.fixture
def found(channel, clock) -> dict[str, Mention]:
    return {one.text: one for page in channel.poll(None, clock()) for one in page.mentions}


def test_a_post_and_a_comment_are_answered_in_private_and_nobody_else_sees_it(channel, found, playground, clock):
    assert isinstance(channel, Private)
    for text in ("Gat 3 in sok", "hier ook!", "en hier"):
        assert channel.can_reply_privately(found[text], clock())
        sent = channel.reply_privately(found[text], "We regelen het & sturen nieuwe 🧦", "k")
        assert sent.id == playground.graph.messages.sent[-1].id
        assert not channel.can_reply_privately(found[text], clock())
    assert [one.in_reply_to for one in playground.graph.messages.sent] == [
        found[text].id for text in ("Gat 3 in sok", "hier ook!", "en hier")
    ]
    assert playground.graph.messages.sent[0].text == "We regelen het & sturen nieuwe 🧦"
    assert playground.world.received == []


def test_what_travels_is_json_in_a_form(platform, facebook_section, found):
    platform.queue((200, {"recipient_id": "7", "message_id": "m_1"}), (200, {"message_id": "m_2"}))
    channel = connect(facebook_section | {"base_url": platform.url})
    assert isinstance(channel, Private)
    assert channel.reply_privately(found["hier ook!"], 'een "reactie"', "k").id == "m_1"
    assert channel.reply_privately(found["Gat 3 in sok"], "hoi", "k").id == "m_2"
    comment, post = platform.asked
    assert (comment.method, comment.path, comment.query) == ("POST", f"/v26.0/{PAGE}/messages", {})
    assert json.loads(comment.form["recipient"]) == {"comment_id": found["hier ook!"].id}
    assert json.loads(comment.form["message"]) == {"text": 'een "reactie"'}
    assert json.loads(post.form["recipient"]) == {"post_id": found["Gat 3 in sok"].id}
    assert "appsecret_proof" in post.form


def test_who_cannot_be_answered_in_private(channel, found, clock):
    mention = found["Gat 3 in sok"]
    at = mention.created_at
    assert channel.can_reply_privately(mention, at + timedelta(days=7))
    assert not channel.can_reply_privately(mention, at + timedelta(days=7, seconds=1))
    for change in ({"own": True}, {"channel": "x"}, {"audience": "private"}):
        assert not channel.can_reply_privately(replace(mention, **change), clock())
    assert not channel.can_reply_privately(found["Sokkerij, help"], clock())  # tagged us on a page of its own


def test_a_second_time_is_refused_here_and_by_meta(channel, section, found, playground):
    channel.reply_privately(found["hier ook!"], "hoi", "k")
    with pytest.raises(Refused, match="al privé beantwoord"):
        channel.reply_privately(found["hier ook!"], "nog iets", "k2")
    restarted = Facebook(settings(section))
    for _ in range(2):
        with pytest.raises(Refused, match="al privé"):
            restarted.reply_privately(found["hier ook!"], "nog iets", "k2")
    assert len(playground.graph.messages.sent) == 1


def test_too_late_is_refused_in_metas_own_words(channel, found, clock, playground):
    clock.now += timedelta(days=8)
    with pytest.raises(Refused, match="outside of allowed window") as problem:
        channel.reply_privately(found["hier ook!"], "hoi", "k")
    assert not isinstance(problem.value, Halted)
    assert playground.graph.messages.sent == []


def test_too_long_is_refused_before_it_is_sent(channel, found, playground):
    with pytest.raises(Refused, match="2000 tekens"):
        channel.reply_privately(found["hier ook!"], "x" * 2001, "k")
    assert channel.reply_privately(found["hier ook!"], "x" * 2000, "k").id


@pytest.mark.parametrize("fault", ["swallow", "half", "html", "empty", "close", "transient"])
def test_without_a_readable_answer_nobody_knows_and_it_is_not_sent_again(channel, found, world, playground, fault):
    world.fault("facebook", fault, only="write")
    with pytest.raises(Unanswered):
        channel.reply_privately(found["hier ook!"], "hoi", "k")
    with pytest.raises(Refused, match="al privé beantwoord"):
        channel.reply_privately(found["hier ook!"], "hoi", "k")
    assert len(playground.graph.messages.sent) == (1 if fault in ("swallow", "half") else 0)


@pytest.mark.parametrize(("fault", "kind"), [("429", Unavailable), ("403", Refused), ("401", Halted)])
def test_what_was_refused_may_be_tried_again(channel, found, world, playground, clock, fault, kind):
    world.fault("facebook", fault, only="write")
    with pytest.raises(kind) as problem:
        channel.reply_privately(found["hier ook!"], "hoi", "k")
    assert not isinstance(problem.value, Unanswered)
    assert channel.can_reply_privately(found["hier ook!"], clock())
    assert channel.reply_privately(found["hier ook!"], "hoi", "k").id == playground.graph.messages.sent[0].id


@pytest.mark.parametrize("answer", [(200, {}), (200, {"recipient_id": "7"}), (200, {"message_id": ""}), (200, b"true")])
def test_an_answer_without_a_number_is_unknown(platform, facebook_section, found, answer):
    platform.queue(answer)
    with pytest.raises(Unanswered):
        Facebook(settings(facebook_section | {"base_url": platform.url})).reply_privately(
            found["hier ook!"], "hoi", "k"
        )


def test_a_temporary_failure_of_messenger_is_unknown(platform, facebook_section, found):
    platform.queue((400, {"error": {"code": 1200, "message": "Temporary send message failure"}}))
    with pytest.raises(Unanswered):
        Facebook(settings(facebook_section | {"base_url": platform.url})).reply_privately(
            found["hier ook!"], "hoi", "k"
        )
