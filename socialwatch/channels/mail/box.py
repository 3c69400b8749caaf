"""The mailbox over IMAP, through imap-tools: looked at read-only, so that every mail stays unread and where it is."""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import imap_tools

from socialwatch.channels.mail import secure
from socialwatch.channels.mail.keys import Server
from socialwatch.channels.mail.wire import Lying
from socialwatch.errors import Halted, SocialwatchError, Unavailable

BIGGEST = 25_000_000  # bytes; bigger mails are not downloaded
_HEADERS_ONLY = 200_000  # bytes of headers of a mail that is too big
_BUSY = re.compile(rb"UNAVAILABLE|INUSE|LIMIT|too many|temporar|try again|SERVERBUG|throttl", re.I)
_QUOTABLE = re.compile(r"[!#-\[\]-~]{1,500}")  # what may stand between double quotes in a search
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ITEM = re.compile(rb"^\d+ \(")

Answer = TypeVar("Answer")


@contextmanager
def opened(server: Server) -> Iterator["Box"]:
    """A signed-in connection, closed at the end. Raises Unavailable or Halted, with no more than the server's name."""
    box = Box(_signed_in(server), server.host)
    try:
        yield box
    finally:
        box.close()


class Box:
    """One signed-in connection. Every call raises Unavailable or Halted and nothing else."""

    def __init__(self, mailbox: Any, host: str) -> None:
        self._mailbox = mailbox
        self._host = host

    def look_at(self, folder: str) -> int:
        """Open a folder read-only; gives its UIDVALIDITY, by which UIDs count."""
        try:
            _asked(self._host, lambda: self._mailbox.folder.set(folder, readonly=True))
        except _No as said:
            if said.busy:
                raise Unavailable(f"De mailserver {self._host} kan de map nu niet openen") from None
            raise Halted(f"De map {folder} bestaat niet in de mailbox; pas folder of sent_folder aan") from None
        known = self._mailbox.client.response("UIDVALIDITY")[1]
        if not known or not known[0] or not known[0].isdigit():
            raise Unavailable(f"De mailserver {self._host} gaf een onleesbaar antwoord")
        return int(known[0])

    def after(self, uid: int) -> list[int]:
        """The UIDs above this one. `*` names the last mail, so that one comes along always and is left out here."""
        return [each for each in self._search(f"UID {uid + 1}:*") if each > uid]

    def since(self, day: date) -> list[int]:
        """The UIDs that arrived on or after this day, by the server's calendar."""
        return self._search(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")

    def of_message(self, message_id: str) -> list[int]:
        """The UIDs of mails with this Message-ID; none when it cannot be asked for."""
        if not _QUOTABLE.fullmatch(message_id):
            return []
        return self._search(f'HEADER Message-ID "{message_id}"')

    def mails(self, uids: Sequence[int]) -> list[Lying]:
        """These mails in full, of the too big ones the headers. What was deleted meanwhile is left out."""
        sizes = {each.uid: each.size for each in self._fetch(uids, "UID RFC822.SIZE INTERNALDATE")}
        small = [uid for uid in uids if sizes.get(uid, BIGGEST + 1) <= BIGGEST]
        big = [uid for uid in uids if sizes.get(uid, 0) > BIGGEST]
        found: list[Lying] = []
        for uid in small:  # one by one: a page of large mails must not stand in memory at once
            # Asked for as a part, so that a server whose sizes lie cannot send more.
            found += self._fetch([uid], f"UID RFC822.SIZE INTERNALDATE BODY.PEEK[]<0.{BIGGEST}>")
        heads = self._fetch(big, f"UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]<0.{_HEADERS_ONLY}>")
        found += [Lying(each.uid, each.size, each.arrived, each.data, cut=True) for each in heads]
        return sorted(found, key=lambda each: each.uid)

    def heads(self, uids: Sequence[int]) -> list[Lying]:
        """The headers of these mails."""
        return self._fetch(uids, f"UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]<0.{_HEADERS_ONLY}>")

    def keep(self, folder: str, data: bytes) -> None:
        """Put a mail of ours in a folder, as read."""
        try:
            _asked(self._host, lambda: self._mailbox.append(data, folder, flag_set=[r"\Seen"]))
        except _No:
            raise Unavailable(f"De mailserver {self._host} nam de kopie niet aan") from None

    def close(self) -> None:
        with suppress(Exception):  # whatever a server says to a goodbye
            self._mailbox.client.logout()
        with suppress(Exception):
            self._mailbox.client.shutdown()

    def _search(self, criteria: str) -> list[int]:
        try:
            found = _asked(self._host, lambda: self._mailbox.uids(criteria, charset=None))
        except _No:
            raise Unavailable(f"De mailserver {self._host} wilde niet zoeken") from None
        if not all(each.isdigit() for each in found):
            raise Unavailable(f"De mailserver {self._host} gaf een onleesbaar antwoord")
        return sorted({int(each) for each in found})

    def _fetch(self, uids: Sequence[int], what: str) -> list[Lying]:
        if not uids:
            return []
        asked = ",".join(str(uid) for uid in uids)
        try:
            answer = _asked(self._host, lambda: _good(self._mailbox.client.uid("FETCH", asked, f"({what})")))
        except _No:
            raise Unavailable(f"De mailserver {self._host} gaf een mail niet") from None
        wanted = set(uids)  # a server may tell of other mails in between
        return [each for each in _items(answer) if each.uid in wanted]


def _items(answer: Sequence[Any]) -> Iterator[Lying]:
    """imaplib gives an answer in pieces: (words before a literal, the literal), then the words behind it."""
    words, data = b"", b""
    for piece in answer:
        said = piece[0] if isinstance(piece, tuple) else piece
        if not isinstance(said, bytes):
            continue
        if _ITEM.match(said) and words:
            yield from _item(words, data)
            words, data = b"", b""
        words += b" " + said
        data = piece[1] if isinstance(piece, tuple) else data
    yield from _item(words, data)


def _item(words: bytes, data: bytes) -> Iterator[Lying]:
    uid, size = re.search(rb"\bUID (\d+)", words), re.search(rb"RFC822\.SIZE (\d+)", words)
    if uid is None:
        return
    yield Lying(int(uid[1]), int(size[1]) if size else 0, _arrived(words), data)


def _arrived(words: bytes) -> datetime:
    written = re.search(rb'INTERNALDATE "([^"]{10,40})"', words)
    try:
        found = datetime.strptime(written[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z") if written else None
    except ValueError:
        found = None
    # Without a date of arrival only the oldest there is can be said, so that it never counts as new.
    return found.astimezone(UTC) if found else datetime(1970, 1, 1, tzinfo=UTC)


def _signed_in(server: Server) -> Any:
    try:
        mailbox = _asked(server.host, lambda: _connected(server))
    except _No:
        raise Unavailable(f"De mailserver {server.host} wil de verbinding niet versleutelen") from None
    try:
        _asked(server.host, lambda: mailbox.login(server.user, server.password, initial_folder=None))
    except _No as said:
        _hang_up(mailbox)
        if said.busy:
            raise Unavailable(f"De mailserver {server.host} laat ons nu even niet binnen") from None
        raise Halted(
            f"De mailserver {server.host} weigert de gebruikersnaam of het wachtwoord; vul ze opnieuw in"
        ) from None
    except SocialwatchError:
        _hang_up(mailbox)
        raise
    return mailbox


def _hang_up(mailbox: Any) -> None:
    with suppress(Exception):
        mailbox.client.shutdown()


def _connected(server: Server) -> Any:
    where = {"host": server.host, "port": server.port, "timeout": secure.WAIT}
    if server.security == "none":
        return imap_tools.MailBoxUnencrypted(**where)
    if server.security == "starttls":
        return imap_tools.MailBoxStartTls(**where, ssl_context=secure.context(server))
    return imap_tools.MailBox(**where, ssl_context=secure.context(server))


class _No(Exception):
    """The server understood and said no; `busy` when it may say yes later."""

    def __init__(self, said: object) -> None:
        super().__init__("no")
        self.busy = bool(_BUSY.search(str(said).encode("utf-8", "replace")))


def _good(answer: tuple[str, list[Any]]) -> list[Any]:
    status, pieces = answer
    if status != "OK":
        raise _No(pieces)
    return pieces


def _asked(host: str, call: Callable[[], Answer]) -> Answer:
    """Whatever goes wrong with a connection becomes one sentence, without what was said over it."""
    try:
        return call()
    except (_No, SocialwatchError):
        raise
    except imap_tools.UnexpectedCommandStatusError as problem:
        raise _No(problem.command_result) from None
    except Exception as problem:  # an answer that is no IMAP breaks imaplib in many ways
        reason = _reason(problem)
    raise Unavailable(f"De mailserver {host} {reason}")


def _reason(problem: Exception) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return "heeft een certificaat dat niet klopt"
    if isinstance(problem, TimeoutError):
        return "antwoordt niet op tijd"
    if isinstance(problem, imaplib.IMAP4.abort):
        return "verbrak de verbinding"
    return "is niet te bereiken" if isinstance(problem, OSError | EOFError) else "gaf een onleesbaar antwoord"
