"""The working parts that the steps are handed: wiring makes them, the line passes them on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from socialwatch.domain.assessment import Assessor
from socialwatch.domain.channel import Channel
from socialwatch.domain.customer import Shop
from socialwatch.domain.gesture import Carrier
from socialwatch.domain.notifier import Notifier
from socialwatch.domain.protocol import DEFAULTS, Protocol
from socialwatch.domain.situation import Rule
from socialwatch.domain.survey import Surveys
from socialwatch.domain.timing import Timing
from socialwatch.store.unit import Database


@dataclass(frozen=True, slots=True)
class Parts:
    """The working parts a line needs. `channels` are keyed "brand/kind", `shops` by brand, `notifiers` by kind.

    `link` is the address of the desk, for notices. `follow_every` is how old a look at a pressing post may be,
    `follow_most` how many posts a channel is asked about per round. `budgets` are millionths of a dollar per UTC day,
    keyed as the channels. `protocols` are the cards whose steps come first, gravest first. `timing` has all clocks.
    """

    database: Database
    clock: Callable[[], datetime]
    assessor: Callable[[], Assessor]
    channels: Mapping[str, Channel]
    shops: Mapping[str, Shop]
    notifiers: Mapping[str, Notifier]
    link: str
    follow_every: timedelta = timedelta(hours=12)
    follow_most: int = 100
    budgets: Mapping[str, int] = field(default_factory=dict)
    protocols: Mapping[str, Protocol] = field(default_factory=lambda: DEFAULTS)
    carriers: Mapping[str, Sequence[Carrier]] = field(default_factory=dict)  # by brand, the first that can is asked
    timing: Timing = field(default_factory=Timing)
    surveys: Surveys = field(default_factory=Surveys)  # who asks the question afterwards; see steps/survey
    situations: Rule = field(default_factory=Rule)
