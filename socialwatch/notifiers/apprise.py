"""A notifier through Apprise: e-mail, Slack, Teams, Telegram, SMS and many more, by their address."""

from collections.abc import Mapping
from typing import Any

import apprise

from socialwatch.domain.notifier import Notice, Notifier
from socialwatch.errors import Refused, Unavailable

# Only what reaches a person. Apprise's http-like addresses would let a setting reach any server inside the network.
ALLOWED = frozenset(
    {"mailto", "mailtos", "slack", "msteams", "workflows", "tgram", "signal", "signals", "ntfys", "pover", "twilio"}
)


class Apprise:
    kind = "apprise"

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed

    def notify(self, notice: Notice) -> None:
        """Deliver to one Apprise address. Raises Refused for a scheme that is not allowed, Unavailable when delivery
        failed.
        """
        scheme = notice.to.partition("://")[0].lower()
        if scheme not in self._allowed:
            raise Refused(f"De melder staat het adrestype {scheme[:20]!r} niet toe.")
        desk = apprise.Apprise()
        if not desk.add(notice.to):
            raise Refused("Het adres van de melder is niet geldig.")
        if not desk.notify(title=notice.title, body=f"{notice.text}\n{notice.link}"):
            raise Unavailable("De melder kon het bericht niet kwijt.")


def connect(section: Mapping[str, Any]) -> Notifier:
    return Apprise(frozenset(section.get("schemes", ALLOWED)))
