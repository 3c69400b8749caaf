"""Replying on X: signatures, who may be answered, duplicates, and finding one's own reply."""

from typing import Any

import pytest
import requests
import tweepy
from requests_oauthlib import OAuth1

from socialwatch.playground import Server, World
from socialwatch.playground.keys import Consumer
from socialwatch.playground.x.auth import signature


def test_a_reply_signed_by_tweepy_is_taken_once(x: tweepy.Client, world: World, clock: Any) -> None:
    target = world.scene().posts["sok"]
    created = x.create_tweet(text="Wat vervelend, é&ü!", in_reply_to_tweet_id=target.id)["data"]
    assert created["text"] == "@jeroen_w Wat vervelend, é&amp;ü!"
    assert [(one.platform, one.in_reply_to, one.text, one.id, one.at) for one in world.received] == [
        ("x", target.id, "Wat vervelend, é&ü!", created["id"], clock())
    ]
    with pytest.raises(tweepy.Forbidden, match="duplicate content"):
        x.create_tweet(text="Wat vervelend, é&ü!", in_reply_to_tweet_id=target.id)
    assert len(world.received) == 1


def test_a_reply_is_found_in_the_conversation_and_on_the_own_timeline(
    x: tweepy.Client, world: World, clock: Any
) -> None:
    target = world.scene().posts["sok"]
    reply = x.create_tweet(text="We sturen nieuwe", in_reply_to_tweet_id=target.id)["data"]["id"]
    clock.minutes(61)
    found = x.search_recent_tweets(f"conversation_id:{target.id} from:sokkerij", max_results=10)
    assert [post["id"] for post in found["data"]] == [reply]
    own = x.get_users_tweets("1000", tweet_fields=["referenced_tweets"])
    assert own["data"][0]["referenced_tweets"] == [{"type": "replied_to", "id": target.id}]
    assert len(x.get_users_tweets("1000", exclude=["replies"])["data"]) == 1


def test_only_who_named_us_can_be_answered(x: tweepy.Client, world: World) -> None:
    with pytest.raises(tweepy.Forbidden, match="where you are mentioned"):
        x.create_tweet(text="Wat is er?", in_reply_to_tweet_id=world.scene().posts["kaal"].id)
    x.create_tweet(text="Dank!", in_reply_to_tweet_id=world.scene().posts["erop"].id)
    assert len(world.received) == 1


def test_who_quoted_us_can_be_answered(x: tweepy.Client, world: World) -> None:
    said = world.say({"channel": "x", "who": "els", "text": "kijk nou", "quote_of": "eigen"})
    x.create_tweet(text="Mooi hè", in_reply_to_tweet_id=world.scene().posts[said.key].id)
    assert len(world.received) == 1


def test_a_deleted_post_cannot_be_answered(x: tweepy.Client, world: World) -> None:
    with pytest.raises(tweepy.Forbidden, match="deleted"):
        x.create_tweet(text="Dag", in_reply_to_tweet_id=world.scene().posts["weg"].id)


def test_own_replies_can_be_deleted_and_others_posts_not(x: tweepy.Client, world: World) -> None:
    target = world.scene().posts["sok"]
    reply = x.create_tweet(text="Oeps", in_reply_to_tweet_id=target.id)["data"]["id"]
    assert x.delete_tweet(reply)["data"] == {"deleted": True}
    assert world.scene().find("x", reply) is None
    with pytest.raises(tweepy.Forbidden):
        x.delete_tweet(target.id)


def test_a_wrong_secret_is_not_believed(x: tweepy.Client, world: World) -> None:
    x.access_token_secret = "geraden"
    with pytest.raises(tweepy.Unauthorized):
        x.create_tweet(text="Dag", in_reply_to_tweet_id=world.scene().posts["sok"].id)
    assert world.received == []


def test_an_oauth2_user_token_may_write_and_the_app_token_may_not(playground: Server, world: World) -> None:
    body = {"text": "Dag!", "reply": {"in_reply_to_tweet_id": world.scene().posts["sok"].id}}
    for token, status in ((playground.keys.x_token, 403), (playground.keys.x_user_token, 201)):
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.post(f"{playground.x_url}/2/tweets", json=body, headers=headers, timeout=5)
        assert answer.status_code == status
    assert len(world.received) == 1


def test_a_client_that_signs_for_our_own_address_is_believed_too(playground: Server) -> None:
    consumer = playground.keys.x_consumer
    auth = OAuth1(consumer.key, consumer.secret, consumer.token, consumer.token_secret)
    url = f"{playground.x_url}/2/users/1000/mentions"
    assert requests.get(url, params={"tweet.fields": "id,lang"}, auth=auth, timeout=5).status_code == 200


def test_a_text_may_weigh_280_and_no_more(x: tweepy.Client, world: World) -> None:
    target = world.scene().posts["sok"].id
    long_link = "https://sokkerij.example/" + "a" * 400
    x.create_tweet(text=long_link + " " + "a" * 254 + "é", in_reply_to_tweet_id=target)
    for text in ("a" * 281, "🧦" * 141):
        with pytest.raises(tweepy.Forbidden, match="too long"):
            x.create_tweet(text=text, in_reply_to_tweet_id=target)


@pytest.mark.parametrize("body", ["", "[]", '{"text":"hoi"}', '{"text":"","reply":{"in_reply_to_tweet_id":"1"}}'])
def test_a_body_without_sense_is_refused(playground: Server, body: str) -> None:
    headers = {"Authorization": f"Bearer {playground.keys.x_user_token}"}
    answer = requests.post(f"{playground.x_url}/2/tweets", data=body, headers=headers, timeout=5)
    assert answer.status_code == 400


def test_the_signature_is_that_of_the_standard() -> None:
    """The example of X's own documentation on creating a signature."""
    consumer = Consumer(
        key="xvz1evFS4wEEPTGEFPHBog",
        secret="kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        token="370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        token_secret="LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    )
    pairs = [
        ("status", "Hello Ladies + Gentlemen, a signed OAuth request!"),
        ("include_entities", "true"),
        ("oauth_consumer_key", consumer.key),
        ("oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "1318622958"),
        ("oauth_token", consumer.token),
        ("oauth_version", "1.0"),
    ]
    url = "https://api.twitter.com/1.1/statuses/update.json"
    assert signature("post", url, pairs, consumer) == "hCtSmYh+iHYCEqBWrE7C7hYmtUk="
