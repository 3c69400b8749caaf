"""Mending on each platform: edited where it stands, or gone with another in its place, and never both."""

from typing import Any

import pytest

from socialwatch.domain.channel import Channel, Mends, Withdraws
from socialwatch.domain.mention import Mention
from socialwatch.errors import Refused
from socialwatch.plugs import load

WRONG, RIGHT = "Je pakje komt morgen.", "Je pakje komt overmorgen, ik had het mis."


def first(channel: Channel, clock: Any) -> Mention:
    return next(one for page in channel.poll(None, clock()) for one in page.mentions if not one.own and one.can_reply)


def mended(channel: Channel, mention: Mention) -> tuple[str, str]:
    """The ids of an answer and of what stands there after mending it."""
    was = channel.reply(mention, WRONG, "klik-1").id
    if isinstance(channel, Mends):
        return was, channel.mend(mention, was, RIGHT, "klik-2").id
    assert isinstance(channel, Withdraws)
    for _ in range(2):  # as after a worker that died
        channel.withdraw(was)
    return was, channel.reply(mention, RIGHT, "klik-2").id


def test_on_x_the_old_one_goes_and_another_comes(playground: Any, x_section: Any, world: Any, clock: Any) -> None:
    channel = load("channels", "x", x_section | {"base_url": playground.x_url})
    was, now = mended(channel, first(channel, clock))
    assert was != now
    assert channel.lookup([was]).gone == (was,)
    assert next(one.text for one in channel.lookup([now]).mentions).endswith(RIGHT)


def test_on_facebook_it_is_edited(playground: Any, facebook_section: Any, world: Any, clock: Any) -> None:
    channel = load("channels", "facebook", facebook_section | {"base_url": playground.graph_url})
    mention = first(channel, clock)
    was, now = mended(channel, mention)
    assert was == now
    assert [one.text for one in channel.lookup([now]).mentions] == [RIGHT]
    channel.mend(mention, was, RIGHT, "klik-2")  # an edit may be repeated
    with pytest.raises(Refused):
        channel.mend(mention, mention.id, RIGHT, "klik-3")  # only our own words


@pytest.mark.parametrize(("kind", "same"), [("bluesky", False), ("mastodon", True)])
def test_on_the_open_networks(kind: str, same: bool, request: pytest.FixtureRequest, clock: Any) -> None:
    network = request.getfixturevalue(kind)
    network.say({"who": "bram", "text": "gat in sok, sokkerij"})
    channel = load("channels", kind, request.getfixturevalue(f"{kind}_section"))
    mention = first(channel, clock)
    was, now = mended(channel, mention)
    assert (was == now) is same
    ours = [one.text for one in network.posts if one.who != "bram"]
    assert len(ours) == 1
    assert RIGHT in ours[0]
    if not same:
        assert channel.lookup([was]).gone == (was,)
