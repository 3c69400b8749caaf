"""What the desk is built from: the database, the clock, how it is served, and what this process knows of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from starlette.requests import Request

from socialwatch.domain.audit import UNTOLD
from socialwatch.domain.channel import Page
from socialwatch.domain.freshness import Freshness
from socialwatch.domain.menu import USUAL, Menu
from socialwatch.domain.protocol import DEFAULTS, Protocol
from socialwatch.domain.situation import Rule
from socialwatch.domain.survey import Surveys
from socialwatch.domain.timing import Timing
from socialwatch.domain.voice import Voice
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Database


def wall_clock() -> datetime:
    """The real time: sessions end by it, also where the demo's own time runs faster."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Inlet:
    """Where a platform delivers what happens, for one source. `receive` checks the signature over the raw body;
    `first` is where a mention's trip starts; `handshake` answers the platform's question whether this address is ours.
    """

    source: str
    brand: str
    kind: str
    receive: Callable[[Mapping[str, str], bytes], Page]
    first: Callable[[Stored], NewJob]
    handshake: Callable[[Mapping[str, str]], str] | None = None


def elsewhere() -> str:
    return "elsewhere"


def unlimited() -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class Vitals:
    """What this process knows of itself. `model` says "loaded", "present" (not loaded by this process), "missing" or
    "elsewhere"; `disk` how many bytes are free where the embedded database lives, None when it lives elsewhere;
    `sources` which sources are configured, None for all there are; `metrics` writes them in Prometheus' text format,
    None when they are switched off; `untold` is how long a pressing case may lie without anybody having been told.
    """

    model: Callable[[], str] = elsewhere
    disk: Callable[[], int | None] = unlimited
    sources: frozenset[str] | None = None
    metrics: Callable[[], bytes] | None = None
    untold: timedelta = UNTOLD


@dataclass(frozen=True, slots=True)
class Desk:
    """`clock` is domain time (aware UTC, simulated in the demo); `brand_names` gives the name on screen per brand key;
    `hint` is one line below the sign-in form (the demo's logins); `inlets` are the webhooks, by name of their source;
    `menu` is what each gesture usually costs; `timing` tells how a case's clock stands; `notifiers` say by name whether
    an address is one (else Refused); `likes` are millionths of a dollar; `situations` says how alike cases of one are.
    """

    database: Database
    clock: Callable[[], datetime]
    brand_names: Mapping[str, str] = field(default_factory=dict)
    secure_cookies: bool = False
    hint: str = ""
    wall: Callable[[], datetime] = wall_clock
    inlets: Mapping[str, Inlet] = field(default_factory=dict)
    vitals: Vitals = Vitals()
    copies: Mapping[str, Freshness] = field(default_factory=dict)  # by brand, for order systems that live elsewhere
    protocols: Mapping[str, Protocol] = field(default_factory=lambda: DEFAULTS)
    menu: Menu = field(default_factory=lambda: USUAL)
    timing: Timing = field(default_factory=Timing)
    notifiers: Mapping[str, Callable[[str], None]] = field(default_factory=dict)
    surveys: Surveys = field(default_factory=Surveys)
    likes: Mapping[str, int] = field(default_factory=dict)  # by "brand/channel", what one costs
    situations: Rule = field(default_factory=Rule)
    voices: Mapping[str, Voice] = field(default_factory=dict)  # by brand
    mailing: frozenset[str] = frozenset()  # brands that can write a mail to somebody who wrote elsewhere
    undo: timedelta = timedelta(0)  # how long an answer may be taken back before it goes out


def desk_of(request: Request) -> Desk:
    """The desk this request came in at."""
    desk: Desk = request.app.state.desk
    return desk
