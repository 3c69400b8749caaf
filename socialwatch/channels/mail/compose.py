"""The answer as a mail: plain text, in its thread, with marks by which we know it again. No sockets here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from socialwatch.channels.mail import headers
from socialwatch.channels.mail.aside import OURS
from socialwatch.channels.mail.headers import Mail
from socialwatch.domain import channel as domain
from socialwatch.domain.mention import Mention

_MOST_REFERENCES = 20  # the first and the latest of a long thread, as RFC 5322 §3.6.4 allows
_SUBJECT = 200  # characters


@dataclass(frozen=True, slots=True)
class Answered:
    """The mail that is answered: its real Message-ID (None when it has none), its subject, what it refers to."""

    message_id: str | None
    subject: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out: `whom` is the address that answers go to."""

    sender: tuple[str, str]
    whom: str
    text: str
    key: str
    at: datetime


def answered(mail: Mail) -> Answered:
    """From the headers of the mail as it lies in the mailbox."""
    own = next(iter(headers.ids(mail, "Message-ID")), None)
    before = headers.ids(mail, "References") or headers.ids(mail, "In-Reply-To")
    return Answered(own, headers.text(mail, "Subject"), tuple(before))


def remembered(mention: Mention) -> Answered:
    """When the mail itself is gone from the mailbox: what the mention still knows of it."""
    own = mention.id if "@" in mention.id else None
    root = mention.conversation_id if mention.conversation_id and "@" in mention.conversation_id else None
    opened = mention.conversation_id == mention.id
    subject = mention.text.partition("\n")[0] if opened else ""
    return Answered(own, subject, (root,) if root and root != own else ())


def message_id(key: str, sender: str) -> str:
    """Ours for this key, and always the same: who sends it twice sends one mail."""
    return f"{sha256(key.encode()).hexdigest()[:40]}@{sender.partition('@')[2]}"


def mark(mention_id: str, text: str) -> str:
    """By what an answer to this mail with these words is known again, whatever a mail server did to its body."""
    return sha256(f"{mention_id}\n{' '.join(text.split())}".encode("utf-8", "replace")).hexdigest()[:40]


def letter(given: Letter, about: Answered, mention_id: str) -> bytes:
    """The whole mail. It is not Auto-Submitted: a human wrote it."""
    shown, address = given.sender
    local, _, domain = address.partition("@")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(shown, local, domain)
    mail["To"] = given.whom
    mail["Subject"] = _subject(about.subject)
    mail["Date"] = format_datetime(given.at)
    mail["Message-ID"] = f"<{message_id(given.key, address)}>"
    if about.message_id and _travels(about.message_id):
        mail["In-Reply-To"] = f"<{about.message_id}>"
        mail["References"] = " ".join(f"<{each}>" for each in _thread(about.references, about.message_id))
    mail[OURS] = mark(mention_id, given.text)
    mail.set_content(given.text, cte="quoted-printable")
    return mail.as_bytes()


def unasked(given: domain.Letter, address: str, key: str, at: datetime) -> bytes:
    """A whole mail that answers none. Where a machine wrote it, it says so (RFC 3834), so that no machine answers."""
    local, _, host = address.partition("@")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(_plain(given.sender), local, host)
    mail["To"] = given.whom
    mail["Subject"] = _plain(given.subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message_id(key, address)}>"
    if not given.by_hand:
        mail["Auto-Submitted"] = "auto-generated"
    mail[OURS] = mark(key, given.text)
    mail.set_content(given.text, cte="quoted-printable")
    return mail.as_bytes()


def _thread(before: Sequence[str], last: str) -> list[str]:
    line = [each for each in before if _travels(each) and each != last]
    if len(line) > _MOST_REFERENCES:
        line = [line[0], *line[1 - _MOST_REFERENCES :]]
    return [*line, last]


def _travels(number: str) -> bool:
    """Whether a Message-ID of somebody else can stand in a header of ours."""
    return number.isascii() and number.isprintable() and " " not in number and len(number) <= 900


def _subject(written: str) -> str:
    plain = _plain(written)
    if not plain:
        return "Je bericht"
    return plain if plain.lower().startswith(("re:", "antw:")) else f"Re: {plain}"


def _plain(written: str) -> str:
    """One line for a header."""
    return " ".join("".join(each if each.isprintable() else " " for each in written).split())[:_SUBJECT]
