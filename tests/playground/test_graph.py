"""Graph: pages, feeds, comments, replies, proof and error bodies."""

import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Any

import facebook
import pytest
import requests

from socialwatch.playground import Server, World, serve

TOKEN = "playground-page-token"


def get(server: Server, path: str, **query: Any) -> requests.Response:
    return requests.get(f"{server.graph_url}{path}", params={"access_token": TOKEN, **query}, timeout=5)


def test_the_page_is_found_by_id_and_as_me(graph: facebook.GraphAPI) -> None:
    assert graph.get_object("me") == graph.get_object("2000") == {"id": "2000", "name": "Sokkerij"}
    assert graph.get_object("me", fields="name,fan_count")["fan_count"] == 0


def test_the_feed_is_newest_first_and_names_only_who_may_be_named(graph: facebook.GraphAPI, world: World) -> None:
    fields = "id,from,message,created_time,updated_time,permalink_url,shares,message_tags,likes.summary(true)"
    data = graph.get_connections("me", "feed", fields=fields)["data"]
    posts = world.scene().posts
    assert [post["id"] for post in data] == [posts[key].first_id for key in ("fb-eigen", "fb-tag", "fb-sok")]
    assert "from" not in data[1]
    assert data[2]["from"] == {"id": "31", "name": "Jeroen W"}
    assert data[2]["created_time"] == "2026-11-20T08:20:00+0000"
    assert data[2]["shares"] == {"count": 2}
    assert data[2]["likes"]["summary"]["total_count"] == 4
    assert data[2]["message_tags"][0] == {"id": "2000", "name": "Sokkerij", "type": "page", "offset": 17, "length": 8}
    assert data[0]["updated_time"] == "2026-11-20T08:25:00+0000"


def test_tagged_posts_have_no_author(graph: facebook.GraphAPI) -> None:
    data = graph.get_connections("me", "tagged", fields="id,from,message")["data"]
    assert [post["message"] for post in data] == ["Die Sokkerij…"]
    assert "from" not in data[0]


def test_comments_in_two_levels_and_as_a_stream(graph: facebook.GraphAPI, world: World) -> None:
    posts = world.scene().posts
    below = posts["fb-eigen"].first_id
    top = graph.get_connections(below, "comments")["data"]
    assert [one["message"] for one in top] == ["niet voor mij"]
    assert "from" not in top[0]
    stream = graph.get_connections(
        below, "comments", filter="stream", order="reverse_chronological", fields="id,message,from,parent{id}"
    )["data"]
    assert [one["message"] for one in stream] == ["daarom", "waarom niet?", "niet voor mij"]
    assert stream[0]["parent"] == stream[1]["parent"] == {"id": top[0]["id"]}
    assert stream[1]["from"]["name"] == "Jeroen W"
    replies = graph.get_connections(top[0]["id"], "comments")["data"]
    assert [one["message"] for one in replies] == ["waarom niet?", "daarom"]
    assert graph.get_connections(below, "comments", filter="stream", since="2026-11-20T08:25:00+0000")["data"][0][
        "message"
    ] == "daarom"  # fmt: skip


def test_nested_comments_come_with_their_own_pages(playground: Server, world: World) -> None:
    wanted = "id,comments.limit(1).filter(stream).summary(true){id,message}"
    body = get(playground, f"/v26.0/{world.scene().posts['fb-eigen'].first_id}", fields=wanted).json()
    seen = [one["message"] for one in body["comments"]["data"]]
    assert body["comments"]["summary"]["total_count"] == 3
    following = body["comments"]["paging"].get("next")
    while following:
        page = requests.get(following, timeout=5).json()
        seen += [one["message"] for one in page["data"]]
        following = page["paging"].get("next")
    assert seen == ["niet voor mij", "waarom niet?", "daarom"]


def test_pages_by_cursor_and_by_link_and_an_empty_one_in_between(
    playground: Server, graph: facebook.GraphAPI, world: World
) -> None:
    for turn in range(30):
        world.say({"channel": "facebook", "who": "jeroen", "text": f"bericht {turn}"})
    first = graph.get_connections("me", "feed", limit=10)
    second = graph.get_connections("me", "feed", limit=10, after=first["paging"]["cursors"]["after"])
    assert len({post["id"] for post in first["data"] + second["data"]}) == 20
    assert requests.get(first["paging"]["next"], timeout=5).json()["data"] == second["data"]
    world.fault("facebook", "empty_page")
    empty = graph.get_connections("me", "feed", limit=10, after=first["paging"]["cursors"]["after"])
    assert empty["data"] == []
    assert requests.get(empty["paging"]["next"], timeout=5).json()["data"] == second["data"]
    everything = list(graph.get_all_connections("me", "feed", limit=7))
    assert len(everything) == 33


def test_since_and_until(playground: Server) -> None:
    body = get(playground, "/v26.0/me/feed", since="2026-11-20T08:21:00+0000", until="1795163000").json()
    assert [post["message"] for post in body["data"]] == ["Wij zijn open", "Die Sokkerij…"]


def test_a_comment_by_the_page_is_taken_and_found_again(graph: facebook.GraphAPI, world: World) -> None:
    target = world.scene().posts["fb-sok"]
    made = graph.put_comment(target.first_id, "Wat vervelend & sneu")["id"]
    assert re.fullmatch(rf"{target.first_id.split('_')[1]}_\d+", made)
    assert [(one.platform, one.in_reply_to, one.text, one.id) for one in world.received] == [
        ("facebook", target.first_id, "Wat vervelend & sneu", made)
    ]
    found = graph.get_connections(target.first_id, "comments", fields="id,from,message")["data"]
    assert found == [{"id": made, "from": {"id": "2000", "name": "Sokkerij"}, "message": "Wat vervelend & sneu"}]
    deeper = graph.put_comment(made, "Nog iets")["id"]
    assert graph.get_object(deeper, fields="parent{id},object")["parent"] == {"id": made}


def test_hiding_and_deleting(graph: facebook.GraphAPI, world: World, playground: Server) -> None:
    comment = world.scene().posts["fb-onder"].first_id
    assert graph.request(f"v26.0/{comment}", post_args={"is_hidden": "true"}, method="POST") == {"success": True}
    assert graph.get_object(comment, fields="is_hidden")["is_hidden"] is True
    assert graph.delete_object(comment) == {"success": True}
    gone = get(playground, f"/v26.0/{comment}")
    assert gone.status_code == 400
    assert (gone.json()["error"]["code"], gone.json()["error"]["error_subcode"]) == (100, 33)
    tagged = requests.delete(
        f"{playground.graph_url}/v26.0/{world.scene().posts['fb-tag'].first_id}",
        params={"access_token": TOKEN},
        timeout=5,
    )
    assert tagged.json()["error"]["code"] == 200


def test_several_objects_at_once(graph: facebook.GraphAPI, world: World, playground: Server) -> None:
    ids = [world.scene().posts[key].first_id for key in ("fb-sok", "fb-onder")]
    assert set(graph.get_objects(ids, fields="message")) == set(ids)
    assert get(playground, "/v26.0/", ids=f"{ids[0]},2000_1").json()["error"]["code"] == 803


@pytest.mark.parametrize(
    ("path", "query", "code", "status"),
    [
        ("/v26.0/me", {"access_token": "fout"}, 190, 400),
        ("/v26.0/me", {"access_token": ""}, 104, 400),
        ("/v26.0/me/feed", {"fields": "id,shoe_size"}, 100, 400),
        ("/v26.0/me/feed", {"fields": "id,comments{shoe_size}"}, 100, 400),
        ("/v26.0/me/feed", {"fields": "id,comments{id"}, 100, 400),
        ("/v26.0/me/feed", {"fields": ","}, 100, 400),
        ("/v26.0/me/feed", {"limit": "101"}, 100, 400),
        ("/v26.0/me/feed", {"after": "onzin"}, 100, 400),
        ("/v26.0/me/feed", {"since": "ooit"}, 100, 400),
        ("/v26.0/12345/feed", {}, 100, 400),
        ("/v26.0/2000_1", {}, 100, 400),
        ("/v26.0/me/ratings", {}, 2500, 400),
    ],
)
def test_errors_have_metas_form(playground: Server, path: str, query: dict[str, str], code: int, status: int) -> None:
    if "comments" in query.get("fields", ""):
        query = {**query, "fields": query["fields"].replace("comments", "comments.filter(stream).summary(true)")}
    answer = get(playground, path, **query)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"] == code
    assert {"message", "type", "fbtrace_id"} <= set(error)


def test_facebook_sdk_sees_the_code(graph: facebook.GraphAPI) -> None:
    with pytest.raises(facebook.GraphAPIError) as caught:
        graph.get_object("2000_1")
    assert caught.value.code == 100


def test_every_answer_tells_version_and_usage(playground: Server) -> None:
    for path in ("/v26.0/me", "/v21.0/me", "/me", "/v26.0/2000_1"):
        answer = get(playground, path)
        assert answer.headers["facebook-api-version"] == "v26.0"
        assert "call_count" in answer.headers["x-app-usage"]
        assert "2000" in answer.headers["x-business-use-case-usage"]


def test_the_proof_is_wanted_once_there_is_a_secret(make_world: Callable[..., World]) -> None:
    right = hmac.new(b"geheim", TOKEN.encode(), hashlib.sha256).hexdigest()
    with serve(make_world(), facebook_secret="geheim") as server:
        for proof, status in (("", 400), ("fout", 400), (right, 200)):
            assert get(server, "/v26.0/me", appsecret_proof=proof).status_code == status
        target = server.world.scene().posts["fb-sok"].first_id
        form = {"access_token": TOKEN, "appsecret_proof": right, "message": "hoi"}
        made = requests.post(f"{server.graph_url}/v26.0/{target}/comments", data=form, timeout=5)
        assert made.json()["id"] == server.world.received[0].id


def test_an_edited_post_keeps_its_id(make_world: Callable[..., World], clock: Any) -> None:
    row = {"key": "a", "channel": "facebook", "who": "jeroen", "minute": 1, "text": "fuot"}
    with serve(make_world([{**row, "edits": [{"after": 2, "text": "fout"}]}])) as server:
        clock.minutes(2)
        before = get(server, "/v26.0/me/feed", fields="id,message,updated_time").json()["data"][0]
        clock.minutes(3)
        after = get(server, "/v26.0/me/feed", fields="id,message,updated_time").json()["data"][0]
    assert before["id"] == after["id"]
    assert (before["message"], after["message"]) == ("fuot", "fout")
    assert after["updated_time"] > before["updated_time"]
