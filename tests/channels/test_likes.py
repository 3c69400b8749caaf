"""A like on each platform that takes one: twice is once, what is gone is refused, and where it is off none is sent."""

from typing import Any

import pytest

from socialwatch.domain.channel import Channel, Likes, like_price
from socialwatch.domain.mention import Mention
from socialwatch.errors import Refused, SocialwatchError
from socialwatch.plugs import load


def first(channel: Channel, clock: Any) -> Mention:
    return next(one for page in channel.poll(None, clock()) for one in page.mentions if not one.own)


def like(channel: Channel, mention: Mention) -> int:
    assert isinstance(channel, Likes)
    return channel.like(mention)


@pytest.fixture
def x(playground: Any, x_section: Any) -> Channel:
    return load("channels", "x", x_section | {"base_url": playground.x_url, "likes": True})  # type: ignore[no-any-return]


@pytest.fixture
def facebook(playground: Any, facebook_section: Any) -> Channel:
    return load("channels", "facebook", facebook_section | {"base_url": playground.graph_url})  # type: ignore[no-any-return]


@pytest.mark.parametrize(("kind", "price"), [("x", 15_000), ("facebook", 0)])
def test_a_like_twice_is_one_like(
    kind: str, price: int, request: pytest.FixtureRequest, world: Any, clock: Any
) -> None:
    channel = request.getfixturevalue(kind)
    mention = first(channel, clock)
    assert like_price(channel) == price
    assert [like(channel, mention) for _ in range(2)] == [price, price]
    assert world.liked == {world.scene().find(kind, mention.id).key}


@pytest.mark.parametrize("kind", ["x", "facebook"])
def test_what_is_gone_is_refused(kind: str, request: pytest.FixtureRequest, world: Any, clock: Any) -> None:
    channel = request.getfixturevalue(kind)
    mention = first(channel, clock)
    world.delete(world.scene().find(kind, mention.id))
    with pytest.raises(Refused):
        like(channel, mention)
    assert world.liked == frozenset()


def test_on_x_it_is_off_unless_our_access_includes_it(playground: Any, x_section: Any, world: Any, clock: Any) -> None:
    channel = load("channels", "x", x_section | {"base_url": playground.x_url})
    assert like_price(channel) is None
    with pytest.raises(Refused, match="uit"):
        like(channel, first(channel, clock))
    assert world.liked == frozenset()


@pytest.mark.parametrize("kind", ["bluesky", "mastodon"])
def test_open_networks_take_a_like_for_nothing(kind: str, request: pytest.FixtureRequest, clock: Any) -> None:
    network = request.getfixturevalue(kind)
    said = network.say({"who": "bram", "text": "gat in sok, sokkerij"})
    channel = load("channels", kind, request.getfixturevalue(f"{kind}_section"))
    mention = first(channel, clock)
    assert [like(channel, mention) for _ in range(2)] == [0, 0]
    assert list(network.likes.values() if kind == "bluesky" else network.likes) == [said.id]
    network.delete(said)
    with pytest.raises(SocialwatchError):
        like(channel, mention)


def test_mail_knows_no_likes(mail_section: Any) -> None:
    assert like_price(load("channels", "mail", mail_section)) is None
