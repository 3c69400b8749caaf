"""Deliveries to the webhook that are hostile, broken, late or repeated; and Meta's question before the first one."""

import hmac
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha1, sha256
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from socialwatch.channels.facebook import Facebook
from socialwatch.channels.facebook.keys import settings
from socialwatch.domain.channel import Page, Subscribable
from socialwatch.errors import Misconfigured, Refused

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
PAGE, SECRET, VERIFY = "59289317753620134", "facebook-geheim", "afgesproken-woord"
SECTION = {"brand": "sokkerij", "page_id": PAGE, "page_token": "t", "app_secret": SECRET, "verify_token": VERIFY}
COMMENT = {
    "item": "comment",
    "verb": "add",
    "comment_id": "2_3",
    "post_id": f"{PAGE}_2",
    "parent_id": f"{PAGE}_2",
    "message": "gat in sok 🧦",
    "created_time": AT - 60,
    "from": {"id": "7", "name": "Tinus"},
}
HOUR = 3600
Delivery = tuple[dict[str, str], bytes]


def channel(now: datetime = NOW, **more: Any) -> Facebook:
    return Facebook(settings(SECTION | more), clock=lambda: now)


def document(*values: Any, at: Any = AT, field: str = "feed", page: str = PAGE) -> dict[str, Any]:
    changes = [{"field": field, "value": value} for value in values]
    return {"object": "page", "entry": [{"id": page, "time": at, "changes": changes}]}


def signed(content: Any, secret: str = SECRET) -> Delivery:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()}, body


def received(content: Any, now: datetime = NOW) -> Page:
    return channel(now).receive(*signed(content))


# What comes from Meta


@pytest.mark.parametrize("at", [AT, AT * 1000, AT - 35 * HOUR, AT + 9 * 60])
def test_a_delivery_of_today_counts_in_seconds_and_milliseconds(at):
    assert [one.id for one in received(document(COMMENT, at=at)).mentions] == ["2_3"]


def test_entries_and_changes_come_in_batches():
    other = COMMENT | {"comment_id": "2_4"}
    content = document(COMMENT, other)
    content["entry"] += document(COMMENT | {"comment_id": "2_5"})["entry"]
    content["entry"] += document(COMMENT | {"comment_id": "9_9"}, page="5")["entry"]
    assert [one.id for one in received(content).mentions] == ["2_3", "2_4", "2_5"]


@pytest.mark.parametrize(
    ("verb", "mentions", "gone"),
    [
        *[(verb, ["2_3"], ()) for verb in ("add", "edit", "edited", "update")],
        *[(verb, [], ("2_3",)) for verb in ("remove", "delete")],
        *[(verb, [], ()) for verb in ("hide", "unhide", "follow", "", None, 5)],
    ],
)
def test_a_verb_says_what_happened(verb, mentions, gone):
    page = received(document(COMMENT | {"verb": verb}))
    assert ([one.id for one in page.mentions], page.gone) == (mentions, gone)


def test_a_mention_names_its_sender_in_words_of_its_own():
    value = {"post_id": "88_99", "item": "post", "verb": "add", "sender_id": "7", "sender_name": "Tinus"}
    (one,) = received(document(value | {"message": "Sokkerij, help"}, field="mention")).mentions
    assert (one.id, one.text, one.own, one.created_at) == ("88_99", "Sokkerij, help", False, NOW)
    assert one.author is not None
    assert (one.author.id, one.author.name) == ("7", "Tinus")


def test_a_mention_in_a_comment_has_an_id_and_no_author():
    value = {"message": "@Sokkerij?", "post_id": "88_99", "comment_id": "99_100", "item": "comment", "verb": "add"}
    (one,) = received(document(value, field="mention")).mentions
    assert (one.id, one.conversation_id, one.in_reply_to, one.author) == ("99_100", "88_99", "88_99", None)


def test_a_mention_without_text_is_kept_and_can_be_looked_up(platform):
    (one,) = received(document({"post_id": "88_99", "verb": "add"}, field="mention")).mentions
    assert (one.id, one.text) == ("88_99", "")
    platform.answer = lambda asked: (
        200,
        {"id": "88_99", "message": "Sokkerij, help", "created_time": "2026-11-20T11:00:00+0000"},
    )
    found = channel(base_url=platform.url).lookup([one.version_id or one.id])
    assert [looked.text for looked in found.mentions] == ["Sokkerij, help"]


def test_what_the_page_itself_mentions_is_ours():
    value = {"post_id": f"{PAGE}_9", "verb": "add", "sender_id": PAGE, "message": "wij"}
    assert [one.own for one in received(document(value, field="mention")).mentions] == [True]


def test_one_change_that_cannot_be_read_does_not_spoil_the_others_and_is_not_quoted():
    bad = [{}, 5, COMMENT | {"comment_id": "a b"}, COMMENT | {"created_time": "Tinus uit Goes"}]
    with structlog.testing.capture_logs() as lines:
        found = received(document(*bad, COMMENT)).mentions
    assert [one.id for one in found] == ["2_3"]
    assert len(lines) == 2
    assert "Tinus" not in str(lines)


# What does not


@pytest.mark.parametrize("late", [36 * HOUR + 1, 10**6, -11 * 60, -(10**12)])
def test_a_delivery_outside_the_window_is_refused(late):
    with pytest.raises(Refused, match="te oud of uit de toekomst"):
        received(document(COMMENT, at=AT - late))


def test_one_late_entry_spoils_the_delivery_also_of_another_page():
    content = document(COMMENT)
    content["entry"] += document(COMMENT, at=AT - 48 * HOUR, page="5")["entry"]
    with pytest.raises(Refused):
        received(content)


def test_the_window_is_a_setting():
    delivery = signed(document(COMMENT, at=AT - 2 * HOUR))
    assert channel(webhook_window_hours=3).receive(*delivery).mentions
    with pytest.raises(Refused):
        channel(webhook_window_hours=1).receive(*delivery)


def _flipped(chance: random.Random, delivery: Delivery) -> Delivery:
    headers, body = delivery
    at = chance.randrange(len(body))
    return headers, body[:at] + bytes([body[at] ^ chance.randrange(1, 256)]) + body[at + 1 :]


def _truncated(chance: random.Random, delivery: Delivery) -> Delivery:
    headers, body = delivery
    part = body[: chance.randrange(len(body))]
    return signed(part) if chance.random() < 0.5 else (headers, part)


def _wrong_signature(chance: random.Random, delivery: Delivery) -> Delivery:
    headers, body = delivery
    right = headers["X-Hub-Signature-256"]
    old = hmac.new(SECRET.encode(), body, sha1).hexdigest()
    at = chance.randrange(7, len(right))
    wrong = [
        {},
        {"X-Hub-Signature": f"sha1={old}"},
        {"X-Hub-Signature-256": f"sha256={old}"},
        {"X-Hub-Signature-256": right.removeprefix("sha256=")},
        {"X-Hub-Signature-256": right.upper()},
        {"X-Hub-Signature-256": right[:at]},
        {"X-Hub-Signature-256": right[:at] + "é" + right[at + 1 :]},
        {"X-Hub-Signature-256": right + "\n" + right},
        signed(body, chance.choice(["", "ander", SECRET.upper(), SECRET + " "]))[0],
        signed(body + b" ")[0],
    ]
    return chance.choice(wrong), body


def _doubled_key(chance: random.Random, delivery: Delivery) -> Delivery:
    text = delivery[1].decode()
    old, new = chance.choice(
        [
            (f'"time": {AT}', f'"time": 1, "time": {AT}'),
            (f'"id": "{PAGE}"', f'"id": "5", "id": "{PAGE}"'),
            ('"verb": "add"', '"verb": "remove", "verb": "add"'),
            ('"object": "page"', '"object": "user", "object": "page"'),
        ]
    )
    assert old in text
    return signed(text.replace(old, new).encode())


def _huge(chance: random.Random, delivery: Delivery) -> Delivery:
    number = chance.choice(["9" * chance.randrange(12, 6000), "-" + "9" * 40, "1e999", "NaN", "-Infinity", "1.5"])
    return signed(delivery[1].replace(f'"time": {AT}'.encode(), f'"time": {number}'.encode()))


def _deep(chance: random.Random, delivery: Delivery) -> Delivery:
    depth = chance.randrange(50_000, 120_000)
    opening = chance.choice([b"[", b'{"entry":', b'{"object":"page","entry":[{"id":'])
    return signed(opening * depth + chance.choice([b"", b"1", b"]" * depth]))


def _encoded(chance: random.Random, delivery: Delivery) -> Delivery:
    text = json.dumps(json.loads(delivery[1]), ensure_ascii=False)
    return signed(text.encode(chance.choice(["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp037"]), "replace"))


def _incomplete(chance: random.Random, delivery: Delivery) -> Delivery:
    content = json.loads(delivery[1])
    name = chance.choice(["object", "entry", "time", "id"])
    del (content if name in content else content["entry"][0])[name]
    return signed(content)


def _other_kinds(chance: random.Random, delivery: Delivery) -> Delivery:
    content = json.loads(delivery[1])
    entry, odd = content["entry"][0], chance.choice([None, "", "x", 0.5, True, {}, {"a": 1}, [5]])
    changed = [
        {**content, "entry": odd if odd != [5] else 5},
        {**content, "entry": [odd]},
        {**content, "entry": [{**entry, "time": odd}]},
        {**content, "entry": [{**entry, "changes": odd or "x"}] if odd != [5] else []},
        [content],
        odd,
    ]
    return signed(chance.choice(changed))


def _late(chance: random.Random, delivery: Delivery) -> Delivery:
    content = json.loads(delivery[1])
    late = chance.choice([36 * HOUR + chance.randrange(1, 10**7), -chance.randrange(601, 10**7)])
    content["entry"][0]["time"] = (AT - late) * chance.choice([1, 1000])
    return signed(content)


MUTATIONS: list[Callable[[random.Random, Delivery], Delivery]] = [
    _flipped, _truncated, _wrong_signature, _doubled_key, _huge, _deep, _encoded, _incomplete, _other_kinds, _late,
]  # fmt: skip


def test_a_thousand_mutated_or_late_deliveries_none_accepted_none_crash():
    """100 of each kind. Only Refused may come out, in one sentence; the delivery they were made from is a good one."""
    chance, ours = random.Random(4), channel()
    for mutate in MUTATIONS:
        for turn in range(100):
            good = signed(document(COMMENT | {"comment_id": f"2_{turn}"}))
            if turn == 0:
                assert ours.receive(*good).mentions
            headers, body = mutate(chance, good)
            with pytest.raises(Refused) as problem:
                ours.receive(headers, body)
            assert "\n" not in str(problem.value), mutate.__name__
            assert SECRET not in str(problem.value)


def test_replays_are_refused_once_meta_itself_would_have_given_up():
    chance = random.Random(4)
    for turn in range(100):
        delivery = signed(document(COMMENT | {"comment_id": f"2_{turn}"}))
        assert channel(NOW + timedelta(minutes=chance.randrange(36 * 60))).receive(*delivery).mentions
        with pytest.raises(Refused):
            channel(NOW + timedelta(hours=36, minutes=chance.randrange(1, 10**6))).receive(*delivery)


KEYS = [*COMMENT, "sender_id", "sender_name", "published", "post", "permalink_url", "id", "name", "link"]
WORDS = [
    "comment",
    "post",
    "status",
    "add",
    "edited",
    "remove",
    "2_3",
    PAGE,
    "https://a.nl/\ud83d",
    "\ud83d\0",
    "1" * 300,
]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(WORDS)
    | st.text()
)
BELOW = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, max_size=4),
    max_leaves=8,
)
VALUES = st.dictionaries(st.sampled_from(KEYS), BELOW, max_size=6).map(lambda odd: {**COMMENT, **odd}) | BELOW


def _storable(value: str | None) -> None:
    if value is not None:
        assert "\0" not in value
        value.encode("utf-8")


@given(st.lists(VALUES, max_size=3), st.sampled_from(["feed", "mention", "messages"]))
def test_garbage_with_a_good_signature_does_not_crash_and_brings_nothing_unstorable(values, field):
    page = received(document(*values, field=field))
    for one in page.mentions:
        author = (one.author.id, one.author.name) if one.author else ()
        for text in (one.id, one.text, one.url, one.conversation_id, one.in_reply_to, *author):
            _storable(text)
        assert 0 < len(one.id) <= 200
        assert field != "messages"
    for number in page.gone:
        _storable(number)


# Meta's question when the address is registered

QUESTION = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}


def test_the_question_is_answered():
    ours = channel()
    assert isinstance(ours, Subscribable)
    assert ours.handshake(QUESTION) == "1158201444"


@pytest.mark.parametrize(
    "change",
    [
        {"hub.mode": "unsubscribe"},
        {"hub.mode": ""},
        {"hub.verify_token": ""},
        {"hub.verify_token": VERIFY + "x"},
        {"hub.verify_token": "é"},
        {"hub.challenge": ""},
        {"hub.challenge": "<script>alert(1)</script>"},
        {"hub.challenge": "1" * 300},
        {"hub.challenge": "1\n2"},
    ],
)
def test_a_question_that_is_not_metas_is_refused(change):
    with pytest.raises(Refused) as problem:
        channel().handshake(QUESTION | change)
    assert not isinstance(problem.value, Misconfigured)
    assert VERIFY not in str(problem.value)
    with pytest.raises(Refused):
        channel().handshake({name: value for name, value in QUESTION.items() if name not in change})


def test_without_a_word_agreed_nobody_is_answered():
    with pytest.raises(Misconfigured, match="verify_token"):
        channel(verify_token="").handshake(QUESTION | {"hub.verify_token": ""})
