"""A post office on loopback: a real IMAP server (pymap), an SMTP sink (aiosmtpd), and servers that misbehave."""

import imaplib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import format_datetime
from itertools import count
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = "webcare", "geheim mailwoord"
ADDRESS = "klantenservice@sokkerij.example"
_FOLDERS = count(1)
# Its half a million rounds of hashing per sign-in are half a second each here.
_START = """
from pysasl.hashing import BuiltinHash
BuiltinHash.__init__.__kwdefaults__["rounds"] = 1
from pymap.main import main
main()
"""


@dataclass
class PostOffice:
    """The IMAP server; each test gets folders of its own, so that one server serves them all."""

    port: int

    def line(self) -> imaplib.IMAP4:
        made = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        made.login(USER, PASSWORD)
        return made

    @contextmanager
    def open(self) -> Iterator[imaplib.IMAP4]:
        made = self.line()
        try:
            yield made
        finally:
            made.logout()

    def folder(self, name: str = "post") -> str:
        made = f"{name}-{next(_FOLDERS)}"
        with self.open() as line:
            line.create(made)
        return made

    def remake(self, folder: str) -> None:
        """The same folder, empty, with a new UIDVALIDITY."""
        with self.open() as line:
            line.delete(folder)
            line.create(folder)

    def put(self, folder: str, data: bytes, at: datetime | None = None) -> None:
        """Deliver one mail that arrives at this moment."""
        stamp = f'"{(at or datetime.now(UTC)).strftime("%d-%b-%Y %H:%M:%S +0000")}"'
        with self.open() as line:
            status, said = line.append(folder, None, stamp, data)  # type: ignore[arg-type]
            assert status == "OK", said

    def all(self, folder: str) -> list[bytes]:
        with self.open() as line:
            line.select(folder, readonly=True)
            numbers = line.search(None, "ALL")[1][0].split()
            return [line.fetch(number.decode(), "(BODY.PEEK[])")[1][0][1] for number in numbers]  # type: ignore[index,misc]

    def unseen(self, folder: str) -> int:
        with self.open() as line:
            line.select(folder, readonly=True)
            return len(line.search(None, "UNSEEN")[1][0].split())


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A pymap of its own process: its loop and ours never meet."""
    port = free_port()
    command = [sys.executable, "-c", _START, "--host", "127.0.0.1", "--port", str(port)]
    command += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield PostOffice(port)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert process.poll() is None, "pymap stopped"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("pymap did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Sink:
    """What the SMTP server does: `answers` maps a step (MAIL, RCPT, DATA) to what it says, None for "goodbye"."""

    port: int = 0
    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    answers: dict[str, str | None] = field(default_factory=dict)
    delivered: Callable[[bytes], None] | None = None

    def mails(self) -> list[Message]:
        return [message_from_bytes(data) for _, _, data in self.received]


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self._said(server, "MAIL") or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.rcpt_tos.append(address)
        return self._said(server, "RCPT") or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        said = self._said(server, "DATA")
        if said is None or not said.startswith(("4", "5")):
            self._sink.received.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
            if self._sink.delivered is not None:
                self._sink.delivered(envelope.original_content)
        return said or "250 OK"

    def _said(self, server: SMTP, step: str) -> str | None:
        if step in self._sink.answers and self._sink.answers[step] is None:
            server.transport.close()
        return self._sink.answers.get(step)


@contextmanager
def sink() -> Iterator[Sink]:
    made = Sink(port=free_port())

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=known, handled=known)

    controller = Controller(
        _Handler(made),
        hostname="127.0.0.1",
        port=made.port,
        authenticator=check,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield made
    finally:
        controller.stop()


@contextmanager
def talking(script: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that talks as the script says, to each that comes; gives its port."""
    server = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def serve() -> None:
        while not stopped.is_set():
            try:
                caller, _ = server.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(5)
                try:
                    script(caller)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(server.getsockname()[1])
    finally:
        stopped.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(10)


def mail(text: str = "gat in sok", **headers: str) -> bytes:
    """A plain mail; underscores in header names are hyphens, and "" leaves a header out."""
    given = {
        "From": "Marieke de Vries <marieke@example.nl>",
        "To": ADDRESS,
        "Subject": "Gat in sok",
        "Date": "Fri, 20 Nov 2026 11:00:00 +0100",
        "Message_ID": "<eerste@example.nl>",
        "MIME_Version": "1.0",
        "Content_Type": "text/plain; charset=utf-8",
        "Content_Transfer_Encoding": "8bit",
    } | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value]
    return "\r\n".join([*lines, "", *text.splitlines(), ""]).encode("utf-8", "surrogateescape")


def section(office: PostOffice, out: Sink) -> dict[str, Any]:
    """A mailbox of its own in that post office."""
    return {
        "brand": "sokkerij",
        "address": ADDRESS,
        "security": "none",
        "imap_host": "127.0.0.1",
        "imap_port": office.port,
        "imap_user": USER,
        "imap_password": PASSWORD,
        "smtp_host": "127.0.0.1",
        "smtp_port": out.port,
        "folder": office.folder(),
        "sent_folder": office.folder("verzonden"),
    }


def posting(office: PostOffice, folder: str, clock: Callable[[], datetime]) -> Callable[[str], None]:
    """Delivers mails of one customer, each with a Message-ID of its own."""
    numbers = count(1)

    def post(text: str) -> None:
        date = format_datetime(clock())
        office.put(folder, mail(text, Message_ID=f"<{next(numbers)}@example.nl>", Date=date), clock())

    return post
