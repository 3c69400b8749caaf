"""A notifier through Apprise: e-mail, Slack, Teams, Telegram, SMS, web push and more, by their address."""

import logging
from collections.abc import Mapping
from typing import Any

import apprise

from socialwatch.domain.notifier import Notice, Notifier
from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured, Refused, Unavailable

# Only what reaches a person. Apprise's http-like addresses would let a setting reach any server inside the network.
MAIL = "mailto mailtos o365 sendgrid mailgun mailersend ses sparkpost brevo smtp2go resend"
CHAT = "slack workflows gchat wxteams discord zulip tgram whatsapp signal signals matrixs mmosts rockets nctalks"
SMS = "twilio vonage nexmo msgbird clickatell sinch bulksms smseagles d7sms plivo seven 46elks voipms"
PUSH = "vapid pover pbul ntfys gotifys pagerduty opsgenie"
ALLOWED = frozenset(f"{MAIL} {CHAT} {SMS} {PUSH}".split())


class Apprise:
    kind = "apprise"

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        # What goes wrong it would log together with the address, which holds tokens and people's own numbers.
        logging.getLogger("apprise").disabled = True

    def check(self, to: str) -> None:
        """Whether this is an address we may tell people by; nothing is sent. Raises Refused."""
        self._desk(to)

    def notify(self, notice: Notice) -> None:
        """Deliver to one Apprise address. Raises Refused for a scheme that is not allowed or an address that is none,
        Unavailable when delivery failed.
        """
        if not self._desk(notice.to).notify(title=notice.title, body=f"{notice.text}\n{notice.link}"):
            raise Unavailable("De melder kon het bericht niet kwijt.")

    def _desk(self, to: str) -> apprise.Apprise:
        scheme = to.partition("://")[0].lower()
        if scheme not in self._allowed:
            raise Refused("De melder staat dit soort adres niet toe.")
        desk = apprise.Apprise()
        if not desk.add(to):
            raise Refused("Het adres van de melder is niet geldig.")
        return desk


def connect(section: Mapping[str, Any]) -> Notifier:
    """`schemes` narrows what is allowed. Raises Misconfigured for one that is not in the list."""
    wanted = Section(section, "de melder").words("schemes")
    strange = sorted(set(wanted) - ALLOWED)
    if strange:
        raise Misconfigured(f"schemes: {strange[0][:20]!r} kan niet; kies uit {', '.join(sorted(ALLOWED))}.")
    return Apprise(frozenset(wanted) or ALLOWED)
