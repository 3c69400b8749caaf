"""The question afterwards (NPS): after which cases we ask it, when, and from how many answers on they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from socialwatch.domain.calendar import Calendar, ahead
from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

REST = timedelta(days=90)  # between two questions to one person
EXPIRES = timedelta(days=14)
LATEST = timedelta(days=2)  # a question that could not go out by then would only puzzle
FEWEST_ANSWERS = 30  # shown only above this
FEWEST_AGENTS = 5
LONGEST = 2000  # characters of what somebody adds
SHORTEST_SECRET = 24  # characters
FORMS = ("je", "u")
DUTCH = frozenset({"nl", "nl-BE"})  # what the mail is written in
KEYS = frozenset({"on", "after_hours", "form"})
_SALT = "socialwatch.survey"


@dataclass(frozen=True, slots=True)
class Rules:
    """How one brand asks: `name` as customers know it, `after` a case was closed, `form` is "je" or "u"."""

    name: str
    after: timedelta = timedelta(hours=4)
    form: str = "je"


@dataclass(frozen=True, slots=True)
class Surveys:
    """The brands that ask, and the secret that signs their links; none, unless somebody switched it on."""

    brands: Mapping[str, Rules] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Matter:
    """A case as far as asking goes. `address` is the customer's mail address, None when there is none or identity is
    not sure of them; `carded` that a protocol card or a death lies in any case of theirs; `promised` that a promise of
    ours is open; `others_open` that they have another case; `asked_at` when we last asked them.
    """

    closed_at: datetime | None
    answered: bool
    language: str
    address: str | None
    thanked: bool = False
    carded: bool = False
    promised: bool = False
    others_open: bool = False
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The answers of one brand: how many per score (0 to 10), by how many colleagues' cases, and what people added."""

    scores: Mapping[int, int]
    agents: int
    words: tuple[str, ...] = ()

    @property
    def answers(self) -> int:
        return sum(self.scores.values())

    @property
    def shown(self) -> bool:
        """Only when they tell of a brand, and of nobody in it."""
        return self.answers > FEWEST_ANSWERS and self.agents >= FEWEST_AGENTS

    @property
    def groups(self) -> tuple[int, int, int]:
        """Promoters (9, 10), passives (7, 8) and detractors (0 to 6), as Reichheld divides them."""
        counted = [0, 0, 0]
        for score, times in self.scores.items():
            counted[0 if score >= 9 else 1 if score >= 7 else 2] += times
        return counted[0], counted[1], counted[2]

    @property
    def net(self) -> int:
        """Percent promoters less percent detractors, -100 to 100."""
        promoters, _, detractors = self.groups
        return round(100 * (promoters - detractors) / max(1, self.answers))


def may_ask(matter: Matter, now: datetime) -> bool:
    """Whether asking this customer now would be kind: all is done, nothing hurts, and we asked nothing of late."""
    asked_lately = matter.asked_at is not None and now - matter.asked_at < REST
    held_back = matter.thanked or matter.carded or matter.promised or matter.others_open or asked_lately
    able = matter.closed_at is not None and matter.answered and matter.address is not None
    return able and matter.language in DUTCH and not held_back


def due_at(rules: Rules, hours: Calendar, closed_at: datetime) -> datetime:
    """Some hours after the case was closed, or when we are next open."""
    return ahead(hours, closed_at + rules.after, timedelta(0))


def sealed(secret: str, name: str) -> str:
    """A link's token: `name` with a signature, fit for a URL."""
    return str(URLSafeSerializer(secret, salt=_SALT).dumps(name))


def unsealed(secret: str, token: str) -> str | None:
    """The name in a token that we signed; None for any other."""
    try:
        name = URLSafeSerializer(secret, salt=_SALT).loads(token)
    except BadSignature:
        return None
    return name if isinstance(name, str) else None


def surveys(values: Mapping[str, Any], names: Mapping[str, str]) -> Surveys:
    """From the section [survey], with [survey.brands.NAME] where a brand differs; `names` are the brands as shown.

    Raises Misconfigured naming the key.
    """
    usual = {key: value for key, value in values.items() if key not in ("brands", "secret")}
    own = values.get("brands", {})
    strange = sorted(set(own) - set(names)) if isinstance(own, Mapping) else ["brands"]
    if strange:
        raise Misconfigured(f"Instelling survey.brands.{strange[0]}: dat merk staat niet onder brands.")
    asking = {}
    for brand, name in names.items():
        rules = _rules(usual | dict(own.get(brand, {})), name)
        if rules is not None:
            asking[brand] = rules
    secret = Section(values, "survey").secret("secret")
    if asking and len(secret) < SHORTEST_SECRET:
        raise Misconfigured(f"secret van survey moet ten minste {SHORTEST_SECRET} tekens zijn; zet hem in de omgeving")
    return Surveys(asking, secret)


def _rules(values: Mapping[str, Any], name: str) -> Rules | None:
    unknown = sorted(set(values) - KEYS)
    if unknown:
        raise Misconfigured(f"Instelling survey.{unknown[0]} bestaat niet.")
    given = Section(values, "survey")
    form = given.text("form", "je")
    if form not in FORMS:
        raise Misconfigured('form van survey moet "je" of "u" zijn')
    hours = given.number("after_hours", 4, (1, 72))
    return Rules(name, timedelta(hours=hours), form) if given.flag("on", False) else None
