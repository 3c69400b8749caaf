"""X: what every page, lookup and reply costs by the price list, each thing once per UTC day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from socialwatch.channels.x import X, connect, wire
from socialwatch.channels.x.prices import Bill, Prices, of_reply
from socialwatch.errors import Misconfigured, Unanswered, Unavailable

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
X_ID = "1643639309408890871"


def post(minutes: float, **more: Any) -> dict[str, Any]:
    at = NOW - timedelta(minutes=minutes)
    number = wire.id_at(at)
    return {
        "id": number,
        "text": "@sokkerij gat in sok",
        "author_id": "7",
        "created_at": at.isoformat(),
        "entities": {"mentions": [{"username": "sokkerij", "id": X_ID}]},
        **more,
    }


def listing(*posts: dict[str, Any], token: str = "", **beside: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    meta = {"result_count": len(posts)} | ({"next_token": token} if token else {})
    return 200, {"data": list(posts), "meta": meta, "includes": beside}


def user(number: str) -> dict[str, Any]:
    return {"id": number, "username": f"u{number}", "name": number}


@pytest.fixture
def make(platform, x_section):
    def made(**more: Any) -> X:
        return connect(x_section | {"base_url": platform.url} | more)

    return made


def costs(channel: X) -> list[int]:
    return [page.cost for page in channel.poll(None, NOW)]


def test_a_post_and_its_author_each_have_their_price(platform, make):
    platform.queue(listing(post(1), post(2, author_id="8"), users=[user("7"), user("8")]))
    assert costs(make()) == [2 * 5_000 + 2 * 10_000, 0]


def test_own_mentions_cost_a_fifth_only_when_the_account_owns_the_app(platform, make):
    for owned, price in ((True, 1_000), (False, 5_000)):
        platform.queue(listing(post(1)), listing(post(2)), listing(post(3)))
        found = costs(make(owned=owned, search=["sok"], own_posts=True))
        assert found == [price, 5_000, price, 0]  # the search costs the same whoever owns the app


def test_a_post_beside_the_answer_is_a_post_read(platform, make):
    platform.queue(listing(post(1), posts=[{"id": "5", "text": "hoi"}]))
    assert costs(make(owned=True)) == [1_000 + 5_000, 0]


def test_nothing_is_charged_twice_on_one_day(platform, make):
    channel = make(search=["sok"])
    platform.answer = lambda asked: listing(post(1), users=[user("7")])
    with time_machine.travel(datetime(2026, 11, 20, 23, 59, tzinfo=UTC), tick=False) as clock:
        assert costs(channel) == [15_000, 0]
        assert costs(channel) == [0, 0]
        clock.shift(timedelta(minutes=2))
        assert costs(channel) == [15_000, 0]


def test_what_a_broken_poll_read_is_told_by_the_next_answer(platform, make):
    channel = make()
    platform.queue(listing(post(1), token="t"), (503, b"<html>"))
    pages = channel.poll(None, NOW)
    assert next(pages).cost == 5_000
    with pytest.raises(Unavailable):
        next(pages)
    platform.queue(listing(post(3), text="geen bericht"), listing())
    assert costs(channel) == [5_000, 0]


def test_a_page_without_readable_posts_is_paid_all_the_same(platform, make):
    platform.queue(listing({"id": "5"}))
    assert costs(make()) == [5_000]


def test_a_lookup_costs_what_came_not_what_was_asked(platform, make):
    platform.queue((200, {"data": [post(1)], "includes": {"users": [user("7")]}, "errors": []}))
    assert make().lookup(["1", "2", "3"]).cost == 15_000


@pytest.mark.parametrize(
    ("summoned", "text", "price"),
    [
        (True, "@u7 Wat vervelend", 10_000),
        (False, "@u7 Wat vervelend", 15_000),
        (True, "@u7 Kijk op https://t.co/abc", 200_000),
        (False, "@u7 Kijk op https://t.co/abc", 200_000),
    ],
)
def test_a_reply_costs_by_what_x_made_of_it(platform, make, summoned, text, price):
    mention = wire.mention(
        post(1, **({} if summoned else {"entities": {}})), wire.Included(), wire.Account("s", "sokkerij", X_ID)
    )
    platform.queue((201, {"data": {"id": "99", "text": text}}))
    assert make().reply(mention, "Kijk op sokkerij.nl", "k").cost == price
    assert of_reply(Prices(), summoned, text) == price


def test_a_reply_that_x_does_not_repeat_is_priced_by_our_own_text(platform, make):
    mention = wire.mention(post(1), wire.Included(), wire.Account("s", "sokkerij", X_ID))
    platform.queue((201, {"data": {"id": "99"}}), (201, {"data": {"id": "98"}}))
    channel = make()
    assert channel.reply(mention, "Kijk op https://sokkerij.nl/ruil", "k").cost == 200_000
    assert channel.reply(mention, "Wat vervelend", "k").cost == 10_000


def test_a_reply_without_an_answer_is_not_charged(platform, make):
    """Whether X has it is found out later; the looking is what costs then."""
    mention = wire.mention(post(1), wire.Included(), wire.Account("s", "sokkerij", X_ID))
    channel = make()
    platform.queue((500, b""), listing(post(2, text="@u7 hoi", author_id=X_ID)))
    with pytest.raises(Unanswered):
        channel.reply(mention, "Wat vervelend", "k")
    assert channel.find_own_reply(mention, "Wat vervelend", NOW) is None
    platform.queue(listing())
    assert costs(channel) == [5_000]  # the look into our own timeline, told as soon as something is told


def test_a_found_reply_carries_its_own_cost_and_that_of_looking(platform, make):
    mention = wire.mention(post(4), wire.Included(), wire.Account("s", "sokkerij", X_ID))
    own = post(2, text="@u7 hoi", author_id=X_ID, referenced_posts=[{"type": "replied_to", "id": mention.id}])
    platform.queue(listing(own, users=[user(X_ID)]))
    sent = make(owned=True).find_own_reply(mention, "hoi", NOW)
    assert sent is not None
    assert sent.cost == 10_000 + 1_000 + 10_000


def test_the_look_for_our_own_number_costs_one_user(platform, x_section):
    section = {name: value for name, value in x_section.items() if name != "user_id"}
    platform.queue((200, {"data": user("7")}), listing())
    assert costs(connect(section | {"base_url": platform.url})) == [10_000]


def test_prices_can_be_overruled(platform, make):
    platform.queue(listing(post(1), users=[user("7")]))
    assert costs(make(prices={"post": 6_000, "user": 0})) == [6_000, 0]


@pytest.mark.parametrize("wrong", [{"post": -1}, {"post": "duur"}, {"posts": 5}, 5, {"link": 10**12}])
def test_a_wrong_price_is_named(x_section, wrong):
    with pytest.raises(Misconfigured, match="prices"):
        connect(x_section | {"prices": wrong})


def test_no_price_list_asks_for_what_is_not_used():
    """Every expansion is billed: in_reply_to_user_id would add a user to every answer and is read nowhere."""
    assert all("in_reply_to_user_id" not in asked["expansions"] for asked in wire.SPELLINGS.values())


def test_a_bill_starts_anew_at_midnight():
    days = [date(2026, 11, 20)]
    bill = Bill(lambda: days[0])
    bill.read("post", ["1", "2"], 5)
    bill.read("user", ["1"], 10)
    bill.read("post", ["1"], 5)
    assert bill.take() == 20
    assert bill.take() == 0
    days[0] = date(2026, 11, 21)
    bill.read("post", ["1"], 5)
    assert bill.take() == 5


def test_a_check_tells_what_it_cost(platform, make):
    me = {"data": {"id": X_ID, "username": "sokkerij", "name": "S"}}
    usage = {"data": {"project_usage": "1", "project_cap": "3"}}
    platform.queue(listing(post(1), users=[user("7")]), (200, me), (200, usage))
    channel = make()
    assert [each.cost for each in channel.check()] == [0, 15_000, 10_000, 0]
    platform.queue(listing(post(1)), (503, b"<html>"), (200, usage))
    assert sum(each.cost for each in channel.check()) == 0, "nothing is charged twice on one day"
    platform.queue(listing())
    assert costs(channel) == [0], "and nothing is told twice"
