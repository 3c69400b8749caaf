"""A mail as it lies in the mailbox becomes a mention. No sockets here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from socialwatch.channels.mail import aside, headers, quoted, words
from socialwatch.channels.mail.headers import Mail
from socialwatch.domain.mention import Author, Mention

LONGEST_ID = 180  # characters
_EARLIER, _LATER = timedelta(days=60), timedelta(hours=1)
_FORWARDS = ("fwd:", "fw:", "doorst:", "tr:", "wg:")
_NOBODY = ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply")


@dataclass(frozen=True, slots=True)
class Lying:
    """One mail in a folder: `size` in bytes, `arrived` as the server says. `data` is the whole mail, or its headers
    only when `cut`.
    """

    uid: int
    size: int
    arrived: datetime
    data: bytes
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """The brand and its own addresses in lower case: mails from these are ours."""

    brand: str
    addresses: tuple[str, ...]


def mention(lying: Lying, account: Account) -> Mention:
    """Any bytes become a mention: what cannot be read is put aside with its reason, never lost."""
    mail = words.parsed(lying.data)
    number = _number(mail, lying)
    before = references(mail)
    author, own = _author(mail, account)
    text = "" if lying.cut else _text(mail, opens=not before)
    subject = headers.text(mail, "Subject")
    why = aside.TOO_BIG if lying.cut else _why(mail, own, bool(text))
    return Mention(
        channel="mail",
        id=number,
        version_id=number,
        text=text or subject or _sent_along(mail),
        created_at=_moment(mail, lying.arrived),
        author=author,
        conversation_id=before[0] if before else number,
        in_reply_to=_answered(mail, before),
        own=own,
        may_train=True,
        can_reply=not own and author is not None and not author.id.startswith(_NOBODY),
        audience="private",
        brand=account.brand,
        aside=why,
    )


def known(message_id: str) -> str:
    """A Message-ID as the key of a mention: too long a one by its fingerprint."""
    return message_id if len(message_id) <= LONGEST_ID else sha256(message_id.encode()).hexdigest()


def references(mail: Mail) -> list[str]:
    """What this mail goes back on, the first of the thread first; empty when it opens one."""
    return [known(each) for each in headers.ids(mail, "References") or headers.ids(mail, "In-Reply-To")]


def _answered(mail: Mail, before: Sequence[str]) -> str | None:
    direct = [known(each) for each in headers.ids(mail, "In-Reply-To")]
    return next(iter([*direct[:1], *before[-1:]]), None)


def _number(mail: Mail, lying: Lying) -> str:
    """The Message-ID; for a mail without one a fingerprint that stays the same however often it is read."""
    found = headers.ids(mail, "Message-ID")
    if found:
        return known(found[0])
    date = headers.raw(mail, "Date") or lying.arrived.isoformat()
    seen = [date, *(headers.raw(mail, name) for name in ("From", "To", "Subject"))]
    body = lying.data.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    return "zonder-" + sha256("\n".join(seen).encode("utf-8", "replace") + b"\n" + body).hexdigest()[:40]


def _author(mail: Mail, account: Account) -> tuple[Author | None, bool]:
    """Who wrote it, and whether that is us. The author is whom our answer goes to: a Reply-To of somebody else goes
    before the sender, so that nobody gets to read another customer's affairs by writing in her name, and a contact
    form that mails from our own address is the customer who filled it in. A mailing list is no author.
    """
    senders, replies = headers.addresses(mail, "From"), headers.addresses(mail, "Reply-To")
    sender = senders[0] if senders else None
    listed = {address for _, address in headers.addresses(mail, "List-Post")} | set(account.addresses)
    reply = next((each for each in replies if each[1] not in listed), None)
    if headers.raw(mail, "List-Id") and sender is not None:
        reply = None
    whom = reply or sender
    if whom is None:
        return None, False
    own = whom[1] in account.addresses
    shown = whom[0] or (sender[0] if sender and sender[1] not in account.addresses else "")
    return Author(id=whom[1], name=shown[:200] or None), own


def _why(mail: Mail, own: bool, readable: bool) -> str:
    if own:
        return ""
    said = aside.reason(mail)
    return said or ("" if readable or headers.text(mail, "Subject") or words.attachments(mail) else aside.NO_TEXT)


def _text(mail: Mail, opens: bool) -> str:
    """Subject on top where it opens a thread; below it what this mail itself says. Forwarded mails stay whole."""
    subject = headers.text(mail, "Subject")
    whole = subject.lower().startswith(_FORWARDS)
    body = words.of(mail, whole=whole)
    body = body if whole else quoted.fresh(body)
    return "\n\n".join(part for part in (subject if opens else "", body or _sent_along(mail)) if part)


def _sent_along(mail: Mail) -> str:
    names = words.attachments(mail)
    return f"(Alleen een bijlage: {', '.join(names)})" if names else ""


def _moment(mail: Mail, arrived: datetime) -> datetime:
    """The sender's own date, unless his clock is clearly wrong: then the server's."""
    written = headers.moment(mail, "Date")
    if written is not None and arrived - _EARLIER <= written <= arrived + _LATER:
        return written
    return arrived.astimezone(UTC)
