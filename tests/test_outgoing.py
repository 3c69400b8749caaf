"""The HTTP door against a socket that does as it is told: each failure has one error, and no secret leaks."""

import ipaddress
import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from socialwatch import outgoing
from socialwatch.errors import Halted, Misconfigured, Refused, SocialwatchError, Unanswered, Unavailable
from socialwatch.outgoing import Answer, Door, Line, Site, redact, retry_after

TOKEN = "EAAgeheim123456789"
HANG, CLOSE, DRIP = object(), object(), object()
OPEN = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Listener:
    """A loopback server: each connection reads one request and gives the next prepared answer."""

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.seen: list[bytes] = []
        self.over = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def stop(self) -> None:
        self.over.set()
        self._socket.close()

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self.seen.append(connection.recv(65_536))
                try:
                    self._answer(connection, self.answers.pop(0))
                except OSError:
                    continue

    def _answer(self, connection: socket.socket, answer: object) -> None:
        if answer is HANG:
            self.over.wait(5)
        elif answer is DRIP:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(100):
                connection.sendall(b"x")
                self.over.wait(0.05)
        elif isinstance(answer, list):  # parts, and the seconds between them
            for part in answer:
                if isinstance(part, bytes):
                    connection.sendall(part)
                else:
                    self.over.wait(part)
        elif isinstance(answer, bytes):
            connection.sendall(answer)


def response(status: int = 200, body: bytes = b"{}", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status} Zo\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{headers}\r\n".encode() + body


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.stop()


@pytest.fixture
def session(listener: Listener) -> Iterator[requests.Session]:
    with requests.Session() as made:
        door = Door(Site("Proef", f"{listener.url}/onder", "https://platform.example", (TOKEN,)))
        door.mount(made)
        made.door = door  # type: ignore[attr-defined]
        yield made


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])


def test_the_door_asks_the_configured_address_and_keeps_the_usage(listener, session):
    listener.answers = [response(body=b'{"a": 1}', headers="X-App-Usage: {}\r\n")]
    answer = session.get("https://platform.example/v26.0/me", params={"access_token": TOKEN})
    assert listener.seen[0].startswith(b"GET /onder/v26.0/me?access_token=")
    assert answer.json() == {"a": 1}
    assert answer.headers["content-type"].startswith("application/json")
    assert session.door.usage.headers["x-app-usage"] == "{}"
    assert session.door.usage.status == 200


@pytest.mark.parametrize(
    "url", ["https://elders.example/x", "https://platform.example.evil/", "http://169.254.169.254/"]
)
def test_the_door_leads_nowhere_else(session, url):
    with pytest.raises(Refused, match="ander adres"):
        session.get(url)


def test_the_door_sets_a_timeout_of_its_own(listener, session, monkeypatch):
    monkeypatch.setattr(outgoing, "READ", 0.1)
    listener.answers = [HANG]
    with pytest.raises(Unanswered):
        session.get("https://platform.example/")


def test_a_netrc_does_not_overrule_our_credentials(listener, session, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login iemand password anders\n")
    monkeypatch.setenv("NETRC", str(netrc))
    listener.answers = [response()]
    session.get("https://platform.example/", headers={"Authorization": "Bearer van-ons"})
    assert b"Bearer van-ons" in listener.seen[0]


def test_a_proxy_is_chosen_for_the_address_that_is_really_asked(listener, session, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    listener.answers = [response()]
    assert session.get("https://platform.example/").status_code == 200


def test_redirects_are_not_followed(listener, session):
    listener.answers = [response(302, headers="Location: http://169.254.169.254/\r\n")]
    with pytest.raises(Unavailable, match="doorverwijzing"):
        session.get("https://platform.example/")
    assert len(listener.seen) == 1


@pytest.mark.parametrize(
    "answer", [response(body=b"<html>"), response(body=b""), response(body=b'{"a": ['), response(body=b"[]")]
)
def test_what_is_no_json_object_is_unavailable_to_a_read_and_unknown_to_a_write(listener, session, answer):
    listener.answers = [answer, answer]
    with pytest.raises(Unavailable) as read:
        session.get("https://platform.example/")
    assert not isinstance(read.value, Unanswered)
    with pytest.raises(Unanswered):
        session.post("https://platform.example/", json={})


@pytest.mark.parametrize(
    "half", [b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"]
)
def test_a_connection_that_ends_too_early(listener, session, half):
    listener.answers = [half, half]
    with pytest.raises(Unavailable):
        session.get("https://platform.example/")
    with pytest.raises(Unanswered):
        session.post("https://platform.example/", json={})


def test_nothing_was_sent_when_there_is_no_connection():
    for method in ("GET", "POST"):
        with pytest.raises(Unavailable) as problem:
            outgoing.request(method, f"http://127.0.0.1:{closed_port()}/", allow_private=True)
        assert not isinstance(problem.value, Unanswered)


def test_an_unknown_name_is_unavailable(monkeypatch):
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    for private in (True, False):
        with pytest.raises(Unavailable) as problem:
            outgoing.request("POST", "https://bestaat-niet.example/", json={}, allow_private=private)
        assert not isinstance(problem.value, Unanswered)


def test_silence_after_sending_is_unanswered(listener):
    listener.answers = [HANG]
    with pytest.raises(Unanswered):
        outgoing.request("POST", listener.url, json={}, timeout=0.1, allow_private=True)


def test_a_server_that_drips_is_cut_off(listener, monkeypatch):
    monkeypatch.setattr(outgoing, "WHOLE", 0.3)
    listener.answers = [DRIP]
    begin = time.monotonic()
    with pytest.raises(Unanswered):
        outgoing.request("GET", listener.url, allow_private=True)
    assert time.monotonic() - begin < 3


def test_a_body_without_end_is_cut_off(listener, monkeypatch):
    monkeypatch.setattr(outgoing, "BODY_LIMIT", 1000)
    listener.answers = [response(body=b"x" * 5000)]
    with pytest.raises(Unavailable):
        outgoing.request("GET", listener.url, allow_private=True)


def test_any_body_is_fine_for_a_plain_request(listener):
    listener.answers = [response(204, b""), response(body=b"ok")]
    assert outgoing.request("POST", listener.url, data=b"x", allow_private=True).status == 204
    answer = outgoing.request("POST", listener.url, data=b"x", allow_private=True)
    assert answer.body == b"ok"
    with pytest.raises(Unanswered):
        answer.json()


STATUSES = [
    (400, Refused, Refused),
    (401, Halted, Halted),
    (402, Halted, Halted),
    (403, Refused, Refused),
    (404, Refused, Refused),
    (408, Unavailable, Unanswered),
    (429, outgoing.Limited, outgoing.Limited),
    (500, Unavailable, Unanswered),
    (503, Unavailable, Unanswered),
]


@pytest.mark.parametrize(("status", "reading", "writing"), STATUSES)
def test_a_status_says_what_the_catcher_may_do(listener, status, reading, writing):
    listener.answers = [response(status, b"<html>"), response(status, b"<html>")]
    for method, kind in (("GET", reading), ("POST", writing)):
        with pytest.raises(SocialwatchError) as problem:
            outgoing.request(method, listener.url, allow_private=True)
        assert type(problem.value) is kind


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://100.64.0.1/",
    ],
)
def test_private_addresses_are_refused(url):
    with pytest.raises(Refused, match="eigen netwerk"):
        outgoing.request("GET", url)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.com/", "gopher://example.com", "//example.com", ""]
)
def test_other_schemes_are_refused(url):
    with pytest.raises(Refused):
        outgoing.request("GET", url, allow_private=True)


@pytest.mark.parametrize("base", ["ftp://x", "platform.example", "https://", "https://a:b@x", "https://x/?a=b"])
def test_a_wrong_base_address_is_named(base):
    with pytest.raises(Misconfigured, match="base_url van X"):
        Site("X", base)


def test_no_secret_in_any_error(listener, session):
    echo = f'{{"error": "token {TOKEN} is fout"}}'.encode()
    listener.answers = [b"", response(500, echo), HANG, response(400, echo)]
    session.door.judge = lambda answer: Refused(answer.body.decode())
    for _ in range(4):
        with pytest.raises(SocialwatchError) as problem:
            session.get("https://platform.example/", params={"access_token": TOKEN}, timeout=0.2)
        assert TOKEN not in str(problem.value)
        assert TOKEN not in repr(problem.value)
        assert problem.value.__cause__ is None
        assert problem.value.__context__ is None  # a traceback would print the address with the token


SECRETS = [
    "GET /me?access_token=EAAB123&x=1",
    "access_token%3DEAAB123",
    "{'Authorization': 'Bearer EAAB123', 'User-Agent': 'x'}",
    'Authorization: OAuth oauth_consumer_key="EAAB123", oauth_signature="EAAB123"',
    "b'Authorization': b'OAuth EAAB123'",
    '{"appsecret_proof": "EAAB123"}',
    "oauth_token=EAAB123",
    "https://iemand:EAAB123@example.com/",
    "Basic EAAB123==",
    "client_secret=EAAB123;",
    "[('oauth_nonce', '1'), ('oauth_token', 'EAAB123')]",
]


@pytest.mark.parametrize("text", SECRETS)
def test_redact(text):
    assert "EAAB123" not in redact(text)
    assert outgoing.redaction.LEFT_OUT in redact(text)


def test_redact_leaves_ordinary_text_alone():
    text = "Mijn bestelling 12345 is er nog niet, bearer van slecht nieuws :( https://sokkerij.nl/?a=1"
    assert redact("Mijn bestelling 12345 is er nog niet https://sokkerij.nl/?a=1") == (
        "Mijn bestelling 12345 is er nog niet https://sokkerij.nl/?a=1"
    )
    assert redact(text, ("12345",)).startswith("Mijn bestelling [weggelaten]")


@pytest.fixture
def loud() -> Iterator[None]:
    names = outgoing.redaction._CHATTY
    before = {name: (logging.getLogger(name).level, list(logging.getLogger(name).filters)) for name in names}
    yield
    for name, (level, filters) in before.items():
        logging.getLogger(name).setLevel(level)
        logging.getLogger(name).filters = filters


@pytest.mark.usefixtures("loud")
def test_sdk_logs_hold_no_tokens_even_at_debug(listener, session, caplog):
    outgoing.quiet_sdk_logging()
    assert not logging.getLogger("tweepy.client").isEnabledFor(logging.DEBUG)
    for name in ("tweepy.client", "urllib3.connectionpool"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    logging.getLogger("tweepy.client").debug("Headers: {'Authorization': 'Bearer %s'}", TOKEN)
    listener.answers = [response()]
    session.get("https://platform.example/", params={"access_token": TOKEN})
    assert "Headers" in caplog.text
    assert "/onder/" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"retry-after": "120"}, 120, 120),
        ({"retry-after": "0"}, 1, 1),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 1, 1),
        ({"retry-after": "999999"}, 86_400, 86_400),
    ],
)
def test_retry_after(headers, low, high):
    wait = retry_after(headers)
    assert wait is not None
    assert low <= wait <= high


def test_retry_after_a_reset_counts_from_now():
    wait = retry_after({"x-rate-limit-reset": str(int(time.time()) + 100)})
    assert wait is not None
    assert 90 <= wait <= 101


@pytest.mark.parametrize(
    "headers", [{}, {"retry-after": "straks"}, {"x-rate-limit-reset": "nooit"}, {"retry-after": "-5"}]
)
def test_retry_after_unknown(headers):
    assert retry_after(headers) is None


def test_an_error_body_may_be_anything():
    for body in (b"[1]", b"", b"\xff\xfe", b"[" * 100_000, b"true"):
        assert Answer("X", "GET", 500, {}, body).fields() == {}


# A long-lived answer


def chunk(part: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(part), part)


def opened(session: requests.Session, timeout: float = 5.0) -> Line:
    answer = session.get("https://platform.example/lijn", stream=True, timeout=timeout, allow_redirects=False)
    return Line(answer, "Proef")


def until(line: Line, count: int) -> list[bytes]:
    found: list[bytes] = []
    while len(found) < count:
        found += line.read(2)
    return found


def test_lines_come_whole_and_an_empty_one_is_a_sign_of_life(listener, session):
    listener.answers = [[OPEN, chunk(b"een\r\ntw"), 0.1, chunk(b"ee\r\n\r\ndrie\n"), 5]]
    with opened(session) as line:
        assert until(line, 4) == [b"een", b"twee", b"", b"drie"]
        assert line.read(0.05) == []
    assert session.door.usage.status == 200


def test_a_closed_line_gives_what_it_had_and_then_says_so(listener, session):
    listener.answers = [[OPEN, chunk(b"een\r\nhalf"), b"0\r\n\r\n"]]
    with opened(session) as line:
        assert until(line, 1) == [b"een"]
        for _ in range(2):
            with pytest.raises(Unavailable, match="Proef sloot de lijn"):
                line.read(2)


def test_a_line_that_breaks_in_the_middle(listener, session):
    listener.answers = [[OPEN, chunk(b"een\r\n"), b"ff\r\nhal"]]
    with opened(session) as line:
        assert until(line, 1) == [b"een"]
        with pytest.raises(Unavailable, match="lijn"):
            line.read(2)


def test_silence_ends_a_line(listener, session):
    listener.answers = [[OPEN, chunk(b"een\r\n"), 5]]
    with opened(session, timeout=0.2) as line:
        assert until(line, 1) == [b"een"]
        with pytest.raises(Unavailable, match="zweeg te lang"):
            line.read(2)


def test_closing_never_waits_for_the_other_side(listener, session):
    listener.answers = [[OPEN, 10]]
    line, begin = opened(session, timeout=10), time.monotonic()
    line.close()
    assert time.monotonic() - begin < 1
    assert not line._thread.is_alive()


def test_closing_never_waits_under_tls(tmp_path, monkeypatch):
    """A certificate of our own, trusted through the environment as an operator's would be."""
    pair = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*pair)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pair[0]))
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with context.wrap_socket(server.accept()[0], server_side=True) as connection:
                connection.recv(65_536)
                connection.sendall(OPEN + chunk(b"een\r\n"))
                over.wait(10)

        thread = threading.Thread(target=serve)
        thread.start()
        with requests.Session() as made:
            Door(Site("Proef", f"https://127.0.0.1:{server.getsockname()[1]}")).mount(made)
            answer = made.get(f"https://127.0.0.1:{server.getsockname()[1]}/lijn", stream=True, timeout=10)
            line = Line(answer, "Proef")
            assert until(line, 1) == [b"een"]
            begin = time.monotonic()
            line.close()
            taken, alive = time.monotonic() - begin, line._thread.is_alive()
            over.set()
            thread.join(5)
    assert taken < 1
    assert not alive


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1 and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "proef")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    made = made.add_extension(here, critical=False)
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption()))
    return paths


def test_a_reader_who_is_behind_holds_the_line_and_can_still_close_it(listener, session, monkeypatch):
    monkeypatch.setattr(outgoing.line, "WAITING", 3)
    listener.answers = [[OPEN, chunk(b"x\n" * 1000), 5]]
    line = opened(session)
    until = time.monotonic() + 10
    while line._lines.qsize() < 3 and time.monotonic() < until:
        time.sleep(0.02)
    assert line._lines.qsize() == 3
    assert line.read(1)
    line.close()
    assert not line._thread.is_alive()


def test_a_line_without_end_is_no_line(listener, session, monkeypatch):
    monkeypatch.setattr(outgoing.line, "LONGEST", 100)
    listener.answers = [[OPEN, chunk(b"x" * 1000), 5]]
    with opened(session) as line, pytest.raises(Unavailable, match="brak de lijn af"):
        line.read(2)


@pytest.mark.parametrize(
    ("status", "kind"), [(429, Unavailable), (401, Halted), (503, Unavailable), (302, Unavailable)]
)
def test_a_line_that_is_refused_is_judged_as_any_answer(listener, session, status, kind):
    listener.answers = [response(status, b'{"a": 1}')]
    with pytest.raises(kind):
        opened(session)


def test_a_line_needs_a_connection(session, listener):
    session.door.site = Site("Proef", f"http://127.0.0.1:{closed_port()}", "https://platform.example")
    with pytest.raises(Unavailable) as problem:
        opened(session)
    assert not isinstance(problem.value, Unanswered)
