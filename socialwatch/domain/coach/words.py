"""The words of the Meelezer: what it reads, what it knows of the matter, and what it says."""

from dataclasses import dataclass
from enum import StrEnum

MOST_READ = 8_000  # characters of a draft or a post; nobody answers at more length


class Check(StrEnum):
    """What an agent may switch off, one by one."""

    ACKNOWLEDGEMENT = "acknowledgement"
    KNOWN = "known_facts"
    PARROTING = "parroting"
    DEFLECTION = "deflection"
    CANNED = "canned"
    PROMISE = "promise"
    PRIVACY = "privacy"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Known:
    """One thing we know: `field` as in brief.words.Topic ("address"), `value` as it is shown, `label` in Dutch
    ("adres").
    """

    field: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What the agent is writing. `audience` is "public" or "private"; `can_reply` says whether the channel takes an
    answer from here; `limit` counts as the channel counts, None for the channel's usual.
    """

    text: str
    channel: str
    audience: str
    can_reply: bool = True
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What it answers to. `theirs` are the customer's posts and `ours` our answers in this case, both oldest first;
    `complaint` says whether there is something to acknowledge; `own` are the brand's own numbers and addresses, that
    anybody may read; `before` are replies sent to others, newest first.
    """

    theirs: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    known: tuple[Known, ...] = ()
    complaint: bool = False
    hazards: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth a second look: `says` in one sentence, `toward` a direction to think in, `why` the principle.

    `start` and `end` are the stretch of the draft in code points, 0 and 0 for all of it. `blocks` keeps it from being
    sent as it is; `offers` a way on: "private", "timer" or "open".
    """

    check: Check
    says: str
    toward: str | None
    why: str
    start: int = 0
    end: int = 0
    blocks: bool = False
    offers: str | None = None
