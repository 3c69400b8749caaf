"""A notifier that writes to the log: for the demo, for development, and for who has no other yet."""

from collections.abc import Mapping
from typing import Any

import structlog

from socialwatch.domain.notifier import Notice, Notifier

_log = structlog.get_logger(__name__)


class Log:
    kind = "log"

    def check(self, to: str) -> None:
        """Any word will do: the log asks for no address."""

    def notify(self, notice: Notice) -> None:
        _log.info("notice", title=notice.title, text=notice.text, link=notice.link)


def connect(section: Mapping[str, Any]) -> Notifier:
    return Log()
