"""The outgoing webhook: signed as Standard Webhooks says, by a key that makes it happen once, with no word of whom."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from socialwatch import plugs
from socialwatch.domain.gesture import Carrier, Gesture, GestureState, Kind, Side
from socialwatch.errors import Halted, Misconfigured, Refused, Unanswered, Unavailable
from socialwatch.gestures import webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
GESTURE = Gesture(7, "sokkerij", 12, 3, Kind.REPLACEMENT, Side.OWED, "twee paar, méér dik", Decimal("25.90"),
                  GestureState.PREPARED, datetime(2026, 11, 23, 13, 5, tzinfo=UTC), "klik-0001", "SOK-19877",
                  (("W1", 2),))  # fmt: skip


class Receiver(ThreadingHTTPServer):
    """Keeps what came; `status` is what it answers, 0 for hanging up without a word."""

    daemon_threads = True
    status = 204

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.came: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/gebaren"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.came.append(({key.lower(): value for key, value in self.headers.items()}, body))
        if self.server.status:
            self.send_response(self.server.status)
            self.send_header("content-length", "0")
            self.end_headers()
        else:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def connected(url: str, /, **more: Any) -> Carrier:
    section = {"url": url, "secret": SECRET, "allow_private": True} | more
    found: Carrier = plugs.load("gestures", "webhook", section)
    return found


def test_the_signature_is_the_one_of_the_reference_libraries() -> None:
    secret = base64.b64decode(SECRET.removeprefix("whsec_"))
    made = webhook.signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_arrives_can_be_trusted_and_names_nobody(receiver: Receiver) -> None:
    connected(receiver.url).carry(GESTURE)
    ((headers, body),) = receiver.came
    assert headers["webhook-id"] == "klik-0001"
    signed = f"klik-0001.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    told = json.loads(body)
    assert told["type"] == "gesture.given"
    assert told["data"] == {
        "id": "klik-0001",
        "brand": "sokkerij",
        "case": 12,
        "kind": "replacement",
        "side": "owed",
        "what": "twee paar, méér dik",
        "cost": "25.90",
        "currency": "EUR",
        "order_number": "SOK-19877",
        "lines": [{"product": "W1", "quantity": 2}],
    }


@pytest.mark.parametrize(
    ("status", "problem"), [(401, Halted), (404, Refused), (429, Unavailable), (500, Unanswered), (0, Unanswered)]
)
def test_every_answer_says_what_may_be_done(receiver: Receiver, status: int, problem: type[Exception]) -> None:
    receiver.status = status
    with pytest.raises(problem) as told:
        connected(receiver.url).carry(GESTURE)
    assert SECRET not in str(told.value)
    assert len(receiver.came) == 1  # never by itself a second time


def test_only_a_receiver_that_knows_the_id_again_gets_it_twice(receiver: Receiver) -> None:
    with pytest.raises(Refused, match="niet na te gaan"):
        connected(receiver.url).find(GESTURE)
    assert receiver.came == []
    assert connected(receiver.url, repeat=True).find(GESTURE) is not None
    assert receiver.came[0][0]["webhook-id"] == GESTURE.key


def test_it_carries_out_what_it_is_told_to_and_never_mere_thinking_along() -> None:
    every, some = connected("http://127.0.0.1:1"), connected("http://127.0.0.1:1", kinds=["flowers"])
    assert every.can(GESTURE)
    assert not every.can(replace(GESTURE, kind=Kind.THOUGHT))
    assert [some.can(replace(GESTURE, kind=kind)) for kind in (Kind.FLOWERS, Kind.REFUND)] == [True, False]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"url": ""}, "url"),
        ({"url": "http://inside.example", "allow_private": False}, "url"),
        ({"secret": ""}, "secret"),
        ({"secret": "whsec_kort"}, "secret"),
        ({"secret": "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, "secret"),
        ({"kinds": ["bloemetjes"]}, "bloemetjes"),
        ({"urls": "x"}, "urls"),
    ],
)
def test_what_is_wrong_is_named_without_the_secret(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(Misconfigured, match=named) as told:
        connected("https://hook.example", **changes)
    assert "MfKQ" not in str(told.value)


def test_the_secret_is_in_no_text_of_it() -> None:
    assert "MfKQ" not in repr(connected("https://hook.example"))
    assert "1f\\x" not in repr(connected("https://hook.example"))
