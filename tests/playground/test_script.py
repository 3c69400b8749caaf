"""The script and what exists when."""

from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest

from socialwatch.playground import World
from socialwatch.playground.ids import moment
from socialwatch.playground.script import line, packaged, script


def keys(world: World) -> set[str]:
    return {key for key, post in world.scene().posts.items() if not post.gone}


def test_posts_appear_at_their_minute_and_not_before(world: World, clock: Any) -> None:
    clock.minutes(9.9)
    assert keys(world) == set()
    clock.minutes(10)
    assert keys(world) == {"sok"}


def test_an_edit_makes_a_new_id_on_x_and_the_history_starts_with_the_oldest(world: World, clock: Any) -> None:
    clock.minutes(18)
    before = world.scene().posts["typo"]
    clock.minutes(19)
    after = world.scene().posts["typo"]
    assert after.first_id == before.id
    assert int(after.id) > int(before.id)
    assert after.text.endswith("pakje?")


def test_deleted_posts_are_gone_but_known(world: World, clock: Any) -> None:
    clock.minutes(44)
    found = world.scene().posts["weg"]
    assert world.scene().find("x", found.id) is not None
    clock.minutes(45)
    assert world.scene().find("x", found.id) is None
    assert world.script_of("x", found.id).text == "@sokkerij laat maar"  # type: ignore[union-attr]


def test_thanks_come_only_after_the_reply_and_answer_it(world: World, clock: Any) -> None:
    clock.minutes(200)
    assert "dank" not in keys(world)
    sok = world.scene().posts["sok"]
    reply = world.reply(sok, sok.id, "Sorry!")
    clock.minutes(204.9)
    assert "dank" not in keys(world)
    clock.minutes(205)
    thanks = world.scene().posts["dank"]
    assert thanks.target_id == reply.id
    assert thanks.text == "@sokkerij Top geregeld!"
    assert thanks.root == "sok"


def test_a_frozen_clock_still_keeps_the_order(make_world: Callable[..., World], clock: Any) -> None:
    world = make_world()
    said = [world.say({"channel": "x", "who": "els", "text": f"@sokkerij {turn}"}) for turn in range(3)]
    reply = world.reply(world.scene().posts[said[0].key], "1", "Dag")
    ids = [int(world.scene().posts[key].id) for key in (*(one.key for one in said), reply.key)]
    assert ids == sorted(set(ids))


def test_ids_tell_their_time(world: World) -> None:
    post = world.scene().posts["sok"]
    assert moment(post.id) == post.created_at


def test_a_new_person_can_say_something_live(world: World) -> None:
    person = {"key": "nieuw", "x": {"id": "77", "username": "nieuw", "name": "Nieuw"}}
    said = world.say({"channel": "x", "who": "nieuw", "text": "@sokkerij hallo"}, person)
    assert world.scene().posts[said.key].author.id == "77"


def test_rest_comes_after_the_last_edit_and_deletion(world: World) -> None:
    assert world.rest_at() == world.start + timedelta(minutes=45)


@pytest.mark.parametrize(
    ("post", "reason"),
    [
        ({"who": "niemand"}, "niemand has no account"),
        ({"who": "tinus"}, "tinus has no account on x"),
        ({"reply_to": "nergens"}, "reply_to nergens"),
        ({"reply_to": "nieuw"}, "waits for itself"),
        ({"place": "wall"}, "place is feed or tagged"),
        ({"minuut": 3}, "minuut"),
    ],
)
def test_a_script_that_makes_no_sense_is_refused(
    make_world: Callable[..., World], post: dict[str, Any], reason: str
) -> None:
    row = {"key": "nieuw", "channel": "x", "who": "els", "minute": 1, "text": "hoi", **post}
    with pytest.raises(ValueError, match=reason):
        make_world([row])


def test_the_same_key_twice_is_refused(make_world: Callable[..., World]) -> None:
    row = {"key": "nieuw", "channel": "x", "who": "els", "minute": 1, "text": "hoi"}
    with pytest.raises(ValueError, match="used twice"):
        make_world([row, row])


def test_empty_values_stand_for_the_usual_ones() -> None:
    made = line({"key": "a", "channel": "x", "who": "els", "text": "hoi", "minute": None, "edits": None, "likes": None})
    assert (made.minute, made.edits, made.likes) == (0.0, (), 0)


def test_the_packaged_world_makes_sense() -> None:
    if not files("socialwatch.playground").joinpath("world", "posts.jsonl").is_file():
        pytest.skip("the packaged world has no posts yet")
    made = packaged()
    assert made == script(_json("shop.json"), _rows("people.jsonl"), _rows("posts.jsonl"))
    assert made.shop.key == "sokkerij"


def _json(name: str) -> Any:
    import json

    return json.loads(files("socialwatch.playground").joinpath("world", name).read_text("utf-8"))


def _rows(name: str) -> list[Any]:
    import json

    text = files("socialwatch.playground").joinpath("world", name).read_text("utf-8")
    return [json.loads(row) for row in text.split("\n") if row.strip()]
