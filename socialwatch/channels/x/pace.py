"""How long X wants us to wait before the open line is tried again."""

from dataclasses import dataclass

SETTLED = 60.0  # seconds after which a line counts as established; 15 of those per window leave room in X's 50

# First wait, what comes on top or doubles, and the longest, in seconds: docs.x.com/x-api/fundamentals/
# handling-disconnections. A line that breaks right after it opened counts as an HTTP error, because connecting again
# at once, as X advises for an established one, would burn all 50 connections of a quarter of an hour in a moment.
NETWORK, HTTP, LIMIT = "network", "http", "limit"
_FIRST = {NETWORK: 0.25, HTTP: 5.0, LIMIT: 60.0}
_LONGEST = {NETWORK: 16.0, HTTP: 320.0, LIMIT: 900.0}


@dataclass(slots=True)
class Pace:
    """Failures of one kind in a row. One line has one pace for as long as the process lives."""

    kind: str = ""
    failures: int = 0

    def settled(self) -> None:
        """The line had been established: the next attempt may come at once."""
        self.kind, self.failures = "", 0

    def failed(self, kind: str) -> float:
        """Seconds to wait after one more failure: linear for the network, doubling for the rest."""
        self.failures = self.failures + 1 if kind == self.kind else 1
        self.kind = kind
        grown = self.failures if kind == NETWORK else 2 ** min(self.failures - 1, 16)
        return min(_FIRST[kind] * grown, _LONGEST[kind])
