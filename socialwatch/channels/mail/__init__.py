"""Mail: what customers write to the brand's mailbox comes in over IMAP, answers go out over SMTP, in their thread.

Section: brand, address, also_ours (list), sender_name, imap_host, imap_port, imap_user, imap_password, smtp_host,
smtp_port, smtp_user, smtp_password (those of IMAP when absent), security ("tls", "starttls"; "none" on this machine
only; imap_security and smtp_security where they differ), certificates (a file, for a server with its own), folder,
sent_folder, keep_copy, lookback_days, page_size. See docs/channels/mail.md. The constructor asks nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from socialwatch.channels.mail import box, compose, headers, outbox, wire, words
from socialwatch.channels.mail.aside import OURS
from socialwatch.channels.mail.box import Box
from socialwatch.channels.mail.keys import Settings, settings
from socialwatch.channels.mail.position import Position, dump, load
from socialwatch.domain.channel import Channel, Finding, Letter, Looked, Page, Sent
from socialwatch.domain.mention import Mention
from socialwatch.errors import Refused, SocialwatchError

log = structlog.get_logger(__name__)

_SKEW = timedelta(minutes=5)
_LOOKED_AMONG = 300  # latest mails of a folder among which our own answer is looked for


def connect(section: Mapping[str, Any]) -> Channel:
    """The channel of one mailbox. Raises Misconfigured naming the key."""
    return Mailbox(settings(section))


class Mailbox:
    kind = "mail"

    def __init__(self, given: Settings) -> None:
        self._settings = given
        self._account = wire.Account(given.brand, (given.address, *given.also_ours))
        self._folders = [each for each in (given.folder, given.sent_folder) if each]

    def poll(self, cursor: str | None, now: datetime) -> Iterator[Page]:
        """New mails of the folder, then of the sent folder; both stay as unread as they were."""
        positions, seen = load(cursor), set[str]()
        with box.opened(self._settings.imap) as mailbox:
            for folder in self._folders:
                validity = mailbox.look_at(folder)
                uids = self._new(mailbox, positions.get(folder), validity, now)
                for start in range(0, len(uids), self._settings.page_size):
                    found = self._read(mailbox, folder, uids[start : start + self._settings.page_size])
                    fresh = [one for one in found if one.id not in seen]
                    seen.update(one.id for one in fresh)
                    yield Page(tuple({one.id: one for one in fresh}.values()))
                known = positions.get(folder)
                last = known.uid if known and known.validity == validity else 0
                positions[folder] = Position(validity, max([last, *uids]))
        yield Page((), cursor=dump({name: positions[name] for name in self._folders}))

    def lookup(self, ids: Sequence[str]) -> Looked:
        """A mail that was sent does not change, and one that we deleted ourselves was still written."""
        return Looked(())

    def reply(self, mention: Mention, text: str, key: str) -> Sent:
        """One mail to its author, in its thread. Raises Unavailable when the thread cannot be read first."""
        if mention.author is None:
            raise Refused("Deze mail heeft geen afzender aan wie je kunt antwoorden")
        with box.opened(self._settings.imap) as mailbox:
            about = self._answered(mailbox, mention)
        sender = (self._settings.sender_name, self._settings.address)
        letter = compose.Letter(sender, mention.author.id, text, key, datetime.now(UTC))
        data = compose.letter(letter, about, mention.id)
        outbox.hand_over(self._settings.smtp, self._settings.address, mention.author.id, data)
        self._keep(data)
        return Sent(compose.message_id(key, self._settings.address))

    def write(self, letter: Letter, key: str) -> Sent:
        """One mail in no thread, without a copy in the sent folder: it belongs to no conversation."""
        own = self._settings.address
        data = compose.unasked(letter, own, key, datetime.now(UTC))
        outbox.hand_over(self._settings.smtp, own, letter.whom, data)
        return Sent(compose.message_id(key, own))

    def find_own_reply(self, mention: Mention, text: str, since: datetime) -> Sent | None:
        """Among the latest mails in the sent folder and the folder, by our own mark."""
        wanted = compose.mark(mention.id, text)
        with box.opened(self._settings.imap) as mailbox:
            for folder in reversed(self._folders):
                mailbox.look_at(folder)
                uids = mailbox.since((since - timedelta(days=1)).date())
                for lying in mailbox.heads(uids[-_LOOKED_AMONG:]):
                    mail = words.parsed(lying.data)
                    sent = headers.moment(mail, "Date") or lying.arrived
                    if headers.raw(mail, OURS) == wanted and sent >= since - _SKEW:
                        return Sent(next(map(wire.known, headers.ids(mail, "Message-ID")), ""))
        return None

    def can_reply(self, mention: Mention) -> bool:
        """Everybody with an address that reads mail."""
        return mention.can_reply and not mention.own and mention.channel == self.kind and mention.author is not None

    def receive(self, headers: Mapping[str, str], body: bytes) -> Page:
        raise Refused("Mail kent geen webhooks")

    def check(self) -> list[Finding]:
        """May we read, may we write, is every folder there."""
        findings = []
        for probe in (self._check_reading, self._check_writing):
            try:
                findings.append(probe())
            except SocialwatchError as problem:
                findings.append(Finding(False, f"Mail: {problem}"))
        return findings

    def _new(self, mailbox: Box, known: Position | None, validity: int, now: datetime) -> list[int]:
        if known is not None and known.validity == validity:
            return mailbox.after(known.uid)
        return mailbox.since((now - self._settings.lookback).date())

    def _read(self, mailbox: Box, folder: str, uids: Sequence[int]) -> list[Mention]:
        """In the sent folder only our own mails count: people keep other things there too."""
        found = [wire.mention(each, self._account) for each in mailbox.mails(uids)]
        return [one for one in found if one.own or folder == self._settings.folder]

    def _answered(self, mailbox: Box, mention: Mention) -> compose.Answered:
        mailbox.look_at(self._settings.folder)
        for lying in mailbox.heads(mailbox.of_message(mention.id)[:1]):
            return compose.answered(words.parsed(lying.data))
        return compose.remembered(mention)

    def _keep(self, data: bytes) -> None:
        """A copy in the sent folder. The answer is out already, so a copy that fails is only told."""
        if not (self._settings.sent_folder and self._settings.keep_copy):
            return
        try:
            with box.opened(self._settings.imap) as mailbox:
                mailbox.keep(self._settings.sent_folder, data)
        except SocialwatchError as problem:
            log.warning("mail.copy_failed", reason=str(problem))

    def _check_reading(self) -> Finding:
        with box.opened(self._settings.imap) as mailbox:
            for folder in reversed(self._folders):
                mailbox.look_at(folder)
        where = " en ".join(self._folders)
        return Finding(True, f"Mail: wij zijn {self._settings.address}, lezen mag in {where}")

    def _check_writing(self) -> Finding:
        with outbox.opened(self._settings.smtp):
            return Finding(True, f"Mail: versturen mag via {self._settings.smtp.host}")
