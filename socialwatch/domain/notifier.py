"""What we ask of whatever tells a person that a case is theirs."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one person; `text` holds no personal data of customers, `link` leads to the case."""

    to: str
    title: str
    text: str
    link: str


class Notifier(Protocol):
    kind: str

    def check(self, to: str) -> None:
        """Whether this can be an address here; nothing is sent. Raises Refused."""
        ...

    def notify(self, notice: Notice) -> None:
        """Deliver at least once; raises Unavailable or Refused."""
        ...
