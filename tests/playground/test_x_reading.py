"""Reading from X: timelines, search, lookups, pages, both spellings."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
import tweepy

from socialwatch.playground import World
from socialwatch.playground.ids import snowflake

Ask = Callable[..., requests.Response]
MENTIONS = "/x/2/users/1000/mentions"
SEARCH = "/x/2/tweets/search/recent"


def texts(body: dict[str, Any]) -> list[str]:
    return [post["text"] for post in body.get("data", [])]


def test_mentions_are_newest_first_with_retweets_and_replies_to_us(x: tweepy.Client, world: World) -> None:
    body = x.get_users_mentions("1000", tweet_fields=["referenced_tweets", "created_at"], expansions=["author_id"])
    posts = world.scene().posts
    assert [post["id"] for post in body["data"]] == [posts[key].id for key in ("typo", "erop", "lang", "rt", "sok")]
    assert body["data"][3]["referenced_tweets"] == [{"type": "retweeted", "id": posts["sok"].id}]
    assert body["data"][1]["text"] == "@sokkerij mooi hoor"
    assert body["meta"]["newest_id"] == posts["typo"].id
    assert body["meta"]["oldest_id"] == posts["sok"].id
    assert {user["username"] for user in body["includes"]["users"]} == {"els", "jeroen_w"}


def test_only_the_usual_fields_come_unasked(ask: Ask) -> None:
    body = ask(MENTIONS).json()
    assert all(set(post) == {"id", "text", "edit_history_tweet_ids"} for post in body["data"])
    assert "includes" not in body


def test_text_is_escaped_and_links_are_shortened(ask: Ask, world: World) -> None:
    post = ask(f"/x/2/tweets/{world.scene().posts['sok'].id}?tweet.fields=entities,lang").json()["data"]
    assert post["text"].startswith("@sokkerij gat in mijn sok &lt;3 &amp; boos https://t.co/")
    link = post["entities"]["urls"][0]
    assert link["expanded_url"] == "https://foto.example/gat.jpg"
    assert post["text"][link["start"] : link["end"]] == link["url"]
    assert post["entities"]["mentions"][0] == {"start": 0, "end": 9, "username": "sokkerij", "id": "1000"}
    assert post["entities"]["hashtags"][0]["tag"] == "sok"
    assert post["lang"] == "nl"


def test_a_long_post_is_cut_and_whole_in_its_note(ask: Ask, world: World) -> None:
    path = f"/x/2/tweets/{world.scene().posts['lang'].id}"
    old = ask(f"{path}?tweet.fields=note_tweet").json()["data"]
    new = ask(f"{path}?post.fields=note_post").json()["data"]
    assert len(old["text"]) <= 280
    assert old["text"].endswith("…")
    assert old["note_tweet"]["text"] == new["note_post"]["text"] == world.scene().posts["lang"].text
    assert "note_tweet" not in new


def test_both_spellings_tell_the_same(ask: Ask, world: World) -> None:
    path = f"/x/2/tweets/{world.scene().posts['erop'].id}"
    old_fields = "author_id,referenced_tweets,public_metrics,conversation_id,in_reply_to_user_id"
    old = ask(f"{path}?tweet.fields={old_fields}&expansions=referenced_tweets.id").json()
    new = ask(
        f"{path}?post.fields=public_metrics,conversation_id&expansions=author_id,referenced_posts,in_reply_to_user_id"
    ).json()
    assert old["data"]["referenced_tweets"] == new["data"]["referenced_posts"]
    assert old["data"]["edit_history_tweet_ids"] == new["data"]["edit_history_post_ids"]
    assert old["data"]["public_metrics"]["retweet_count"] == new["data"]["public_metrics"]["repost_count"]
    assert old["data"]["author_id"] == new["data"]["author_id"] == "12"
    assert old["includes"]["tweets"][0]["id"] == new["includes"]["posts"][0]["id"]
    assert old["data"]["conversation_id"] == world.scene().posts["eigen"].id


@pytest.mark.parametrize(
    "parameters",
    [
        "post.fields=author_id",
        "tweet.fields=note_post",
        "user.fields=shoe_size",
        "expansions=author",
        "max_results=4",
        "max_results=101",
        "since_id=abc",
        "pagination_token=zzz",
        "colour=blue",
        "start_time=yesterday",
        "since_id=1&start_time=2026-11-20T08:00:00Z",
        "start_time=2026-11-20T09:00:00Z&end_time=2026-11-20T08:00:00Z",
    ],
)
def test_what_the_documents_do_not_know_is_refused(ask: Ask, parameters: str) -> None:
    answer = ask(f"{MENTIONS}?{parameters}")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["type"].endswith("/problems/invalid-request")
    assert next(iter(answer.json()["errors"][0]["parameters"])) in parameters


def test_pages_hold_everything_once_even_when_new_posts_come_in_between(
    make_world: Callable[..., World], ask: Ask, world: World
) -> None:
    for turn in range(20):
        world.say({"channel": "x", "who": "els", "text": f"@sokkerij nummer {turn}"})
    first = ask(f"{MENTIONS}?max_results=10").json()
    world.say({"channel": "x", "who": "els", "text": "@sokkerij tussendoor"})
    found, token = [*first["data"]], first["meta"]["next_token"]
    while token:
        page = ask(f"{MENTIONS}?max_results=10&pagination_token={token}").json()
        found += page["data"]
        token = page["meta"].get("next_token")
    ids = [int(post["id"]) for post in found]
    assert len(ids) == 25
    assert ids == sorted(set(ids), reverse=True)


def test_since_id_gives_what_is_newer_and_nothing_gives_no_newest_id(ask: Ask, world: World) -> None:
    posts = world.scene().posts
    body = ask(f"{MENTIONS}?since_id={posts['lang'].id}").json()
    assert [post["id"] for post in body["data"]] == [posts["typo"].id, posts["erop"].id]
    assert ask(f"{MENTIONS}?since_id={posts['typo'].id}").json() == {"meta": {"result_count": 0}}


def test_until_id_and_times(ask: Ask, world: World) -> None:
    posts = world.scene().posts
    assert len(ask(f"{MENTIONS}?until_id={posts['lang'].id}").json()["data"]) == 2
    body = ask(f"{MENTIONS}?start_time=2026-11-20T08:13:00Z&end_time=2026-11-20T08:17:00Z").json()
    assert [post["id"] for post in body["data"]] == [posts["lang"].id]


def test_search_leaves_out_retweets_and_the_last_half_minute(x: tweepy.Client, world: World, clock: Any) -> None:
    world.say({"channel": "x", "who": "els", "text": "sokkerij nu net"})
    clock.at += timedelta(seconds=29)
    found = x.search_recent_tweets("sokkerij -from:sokkerij lang:nl", max_results=10)
    assert "sokkerij nu net" not in texts(found)
    assert world.scene().posts["rt"].id not in [post["id"] for post in found["data"]]
    assert "bij sokkerij nooit meer" in texts(found)
    clock.at += timedelta(seconds=2)
    assert "sokkerij nu net" in texts(x.search_recent_tweets("sokkerij", max_results=10))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("@sokkerij", ["typo", "erop", "lang", "sok"]),
        ("from:jeroen_w", ["sok"]),
        ("sokkerij -@sokkerij", ["kaal"]),
        ('"gat in mijn" OR "komt mijn"', ["typo", "sok"]),
        ("(gat OR kleuren) -from:sokkerij", ["sok"]),
        ("to:sokkerij", ["erop"]),
        ("sokkerij url:foto.example", ["sok"]),
        ("sokkerij is:reply", ["erop"]),
        ("GAT boos", ["sok"]),
        ("#sok", ["sok"]),
    ],
)
def test_queries(ask: Ask, world: World, query: str, expected: list[str]) -> None:
    body = ask(SEARCH, params={"query": query}).json()
    posts = world.scene().posts
    assert [post["id"] for post in body.get("data", [])] == [posts[key].id for key in expected]


@pytest.mark.parametrize("query", ["", "lang:nl", "-sok", "(sok", "sok)", "smaak:zoet", "x" * 513, "is:mooi sok", '"'])
def test_queries_that_x_refuses(ask: Ask, query: str) -> None:
    answer = ask(SEARCH, params={"query": query})
    assert answer.status_code == 400
    assert "query" in answer.json()["errors"][0]["parameters"]


def test_search_refuses_what_is_older_than_seven_days(ask: Ask, clock: Any) -> None:
    old = snowflake(clock() - timedelta(days=7, minutes=1), 0)
    answer = ask(SEARCH, params={"query": "sok", "since_id": old})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameters"] == {"since_id": [old]}
    early = (clock() - timedelta(days=8)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert ask(SEARCH, params={"query": "sok", "start_time": early}).status_code == 400
    soon = (clock() - timedelta(seconds=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert ask(SEARCH, params={"query": "sok", "end_time": soon}).status_code == 400
    assert ask(f"{MENTIONS}?since_id={old}").status_code == 200


def test_search_bounds_and_tokens(ask: Ask, world: World, clock: Any) -> None:
    assert ask(f"{SEARCH}?query=sok&max_results=9").status_code == 400
    for turn in range(15):
        world.say({"channel": "x", "who": "els", "text": f"sokkerij {turn}"})
    clock.at += timedelta(minutes=1)
    token = ask(f"{SEARCH}?query=sokkerij").json()["meta"]["next_token"]
    assert ask(f"{SEARCH}?query=sokkerij&next_token={token}").json()["meta"]["result_count"] == 10
    assert ask(f"{SEARCH}?query=sokkerij&next_token={token}&pagination_token={token}").status_code == 400
    assert ask(f"{MENTIONS}?pagination_token={token}").status_code == 400


def test_an_old_version_leads_to_the_newest_with_its_history(x: tweepy.Client, world: World) -> None:
    first, last = (version.id for version in world.scene().posts["typo"].versions)
    post = x.get_tweet(first, tweet_fields=["created_at", "edit_controls"])["data"]
    assert post["id"] == last
    assert post["edit_history_tweet_ids"] == [first, last]
    assert post["edit_controls"]["edits_remaining"] == 4
    assert post["created_at"] == "2026-11-20T08:19:00.000Z"


def test_a_deleted_post_is_a_partial_error_with_status_200(x: tweepy.Client, ask: Ask, world: World) -> None:
    weg, sok = world.scene().posts["weg"].id, world.scene().posts["sok"].id
    alone = ask(f"/x/2/tweets/{weg}")
    assert alone.status_code == 200
    assert set(alone.json()) == {"errors"}
    assert alone.json()["errors"][0]["resource_id"] == weg
    both = x.get_tweets([weg, sok])
    assert [post["id"] for post in both["data"]] == [sok]
    assert both["errors"][0]["type"].endswith("/problems/resource-not-found")
    assert ask("/x/2/tweets?ids=").status_code == 400


def test_users(x: tweepy.Client, ask: Ask) -> None:
    assert x.get_me(user_auth=True, user_fields=["public_metrics"])["data"]["username"] == "sokkerij"
    assert (
        x.get_user(username="JEROEN_W", user_fields=["public_metrics"])["data"]["public_metrics"]["followers_count"]
        == 412
    )
    assert ask("/x/2/users/by/username/niemand").json()["errors"][0]["resource_type"] == "user"
    assert set(ask("/x/2/users/999/mentions").json()) == {"errors"}


def test_who_may_read(playground: Any, x: tweepy.Client) -> None:
    wrong = requests.get(f"{playground.url}{MENTIONS}", headers={"Authorization": "Bearer nee"}, timeout=5)
    assert wrong.status_code == 401
    assert wrong.json()["title"] == "Unauthorized"
    with pytest.raises(tweepy.Forbidden):
        x.get_me(user_auth=False)
    me = requests.get(
        f"{playground.url}/x/2/users/me", headers={"Authorization": f"Bearer {playground.keys.x_user_token}"}, timeout=5
    )
    assert me.json()["data"]["id"] == "1000"


def test_limits_are_counted_and_told(make_world: Callable[..., World]) -> None:
    from socialwatch.playground import serve

    with serve(make_world(), x_limits={"GET /2/users/:id/mentions": 2}) as server:
        headers = {"Authorization": f"Bearer {server.keys.x_token}"}
        answers = [requests.get(server.url + MENTIONS, headers=headers, timeout=5) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["x-rate-limit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert int(answers[2].headers["x-rate-limit-reset"]) > 1_700_000_000
    assert answers[2].json()["title"] == "Too Many Requests"


def test_a_lone_surrogate_and_a_nul_travel(ask: Ask, world: World) -> None:
    world.say({"channel": "x", "who": "els", "text": "@sokkerij \ud83d kapot \x00"})
    assert texts(ask(MENTIONS).json())[0] == "@sokkerij \ud83d kapot \x00"
