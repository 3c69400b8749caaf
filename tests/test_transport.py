"""The one HTTP door for SDKs built on httpx: same address, same bounds, same errors, nothing of the SDK's own."""

import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from socialwatch.errors import Halted, Refused, Unanswered, Unavailable
from socialwatch.outgoing import Door, Site
from socialwatch.outgoing.transport import ThroughDoor


@pytest.fixture
def server() -> Iterator[Any]:
    """Answers (status, headers, body) as told; None closes the connection."""

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            made.seen.append((self.command, self.path, headers, body))
            if made.told is None:
                self.close_connection = True
                return
            status, headers, content = made.told
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _handle

        def log_message(self, *_: object) -> None: ...

    made: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.seen, made.told = [], (200, {"X-Left": "7"}, b'{"a": 1}')
    made.url = f"http://127.0.0.1:{made.server_address[1]}"
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def client(server: Any) -> Iterator[httpx.Client]:
    door = Door(Site("Proef", server.url, secrets=("geheim",)))
    with httpx.Client(transport=ThroughDoor(door), trust_env=False, follow_redirects=True) as made:
        yield made


def test_a_request_and_its_answer_pass_unchanged(server, client):
    answer = client.post(f"{server.url}/pad?q=gat%20in", json={"b": 2}, headers={"Authorization": "Bearer geheim"})
    assert (answer.status_code, answer.json(), answer.headers["x-left"]) == (200, {"a": 1}, "7")
    method, path, headers, body = server.seen[0]
    assert (method, path, body) == ("POST", "/pad?q=gat%20in", b'{"b":2}')
    assert headers["authorization"] == "Bearer geheim"
    assert headers["content-type"] == "application/json"


def test_it_leads_nowhere_else(server, client):
    with pytest.raises(Refused, match="ander adres"):
        client.get("http://127.0.0.1:9/elders")
    assert server.seen == []


@pytest.mark.parametrize(
    ("told", "reading", "writing"),
    [
        ((401, {}, b"{}"), Halted, Halted),
        ((503, {}, b"<html>"), Unavailable, Unanswered),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), Unavailable, Unanswered),
        ((200, {}, b"<html>"), Unavailable, Unanswered),
        ((200, {"Content-Length": "99"}, b'{"a"'), Unavailable, Unanswered),
        (None, Unavailable, Unanswered),
    ],
)
def test_errors_are_ours(server, client, told, reading, writing):
    server.told = told
    with pytest.raises(reading) as read:
        client.get(f"{server.url}/")
    assert type(read.value) is reading
    with pytest.raises(writing) as written:
        client.post(f"{server.url}/", json={})
    assert type(written.value) is writing


def test_its_logs_hold_no_address(server, client, caplog):
    caplog.set_level(logging.INFO)
    client.get(f"{server.url}/?q=naam")
    assert "naam" not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("http"))
