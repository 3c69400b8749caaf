"""What can go wrong, named by what the catcher may do: try later, never try again, ask a human."""


class SocialwatchError(Exception):
    """The message is one clear sentence that may be shown and logged: no secrets, no personal data."""


class Unavailable(SocialwatchError):
    """Try again later; nothing was done on the other side.

    `retry_after` is the number of seconds the other side asked us to wait, or None when it did not say.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unanswered(Unavailable):
    """Bytes were sent and no readable answer came: it may or may not have been done.

    A read may simply be repeated; a write may not (see steps/say).
    """


class Refused(SocialwatchError):
    """Never: the same request will be refused again."""


class Halted(Refused):
    """The whole source is refused until a human acts: wrong or expired credentials, no credits, a banned app."""


class Misconfigured(Refused):
    """A setting, a model file or a credential is missing or wrong; the sentence names the key."""


class OutsideMandate(SocialwatchError):
    """This person may not decide this alone; the sentence says who may."""
