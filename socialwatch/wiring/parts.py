"""The parts of a running system, from its settings."""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from socialwatch import plugs, settings
from socialwatch.domain import budget, protocol, situation, timing
from socialwatch.domain.assessment import Assessor
from socialwatch.domain.channel import Channel
from socialwatch.domain.customer import Shop
from socialwatch.domain.freshness import LOCAL, Freshness
from socialwatch.domain.gesture import Carrier, Kind
from socialwatch.domain.notifier import Notifier
from socialwatch.domain.section import Section as DomainSection
from socialwatch.errors import Misconfigured
from socialwatch.settings import Section, Settings
from socialwatch.steps.parts import Parts
from socialwatch.store import sources
from socialwatch.store.customers import Book
from socialwatch.store.migrations import prepare
from socialwatch.store.unit import Database
from socialwatch.wiring import asking, model

FRESH = "fresh_minutes"  # a key that any order system's section may have
SHOP_NAMES = {"woocommerce": "WooCommerce", "shopify": "Shopify", "magento": "Magento"}
BUDGET = "daily_dollars"  # a key that any channel's section may have
MOST_DOLLARS = 100_000
Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    return datetime.now(UTC)


def database(found: Settings) -> Database:
    """The database, made or upgraded when it is the embedded one. Raises Misconfigured or Unavailable."""
    opened = Database(settings.database_url(found))
    prepare(opened)
    return opened


class Lazy:
    """Loads the model once, when it is first asked for; threads that ask meanwhile wait."""

    def __init__(self, load: Callable[[], Assessor]) -> None:
        self._load = load
        self._guard = threading.Lock()
        self._loaded: Assessor | None = None

    def __call__(self) -> Assessor:
        with self._guard:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded


def parts(found: Settings, opened: Database, clock: Clock = wall_clock) -> Parts:
    """Everything a line needs. Sockets are connected, nothing is asked of them yet."""
    sold = shops(found, opened, clock)
    return Parts(
        database=opened,
        clock=clock,
        assessor=Lazy(lambda: model.assessor(found)),
        channels=channels(found),
        shops=sold,
        notifiers=notifiers(found),
        link=(found.web.public_url or f"http://{found.web.host}:{found.web.port}").rstrip("/"),
        follow_every=timedelta(hours=found.polling.follow_hours),
        follow_most=found.polling.follow_most,
        budgets=budgets(found),
        protocols=protocol.read(found.protocols),
        carriers=carriers(found, sold),
        surveys=asking.surveys(found),
        timing=timing.timing(found.hours, found.norms, found.escalation, found.brands),
        situations=situation.rule(found.situations),
    )


def budgets(found: Settings) -> dict[str, int]:
    """What each channel may cost per UTC day, in millionths of a dollar, keyed "brand/kind", where that is set."""
    limits: dict[str, int] = {}
    for name, section in found.channels.items():
        if BUDGET in section:
            brand = _brand(found, f"channels.{name}", section)
            limits[f"{brand}/{section.get('kind', name)}"] = _millionths(f"channels.{name}.{BUDGET}", section[BUDGET])
    return limits


def _millionths(key: str, given: Any) -> int:
    try:
        amount = float(str(given))
    except ValueError:
        amount = -1.0
    if isinstance(given, bool) or not 0 < amount <= MOST_DOLLARS:
        raise Misconfigured(
            f"Instelling {key} moet een bedrag in dollars zijn, groter dan 0 en hoogstens {MOST_DOLLARS}."
        )
    return budget.of_dollars(amount)


def channels(found: Settings) -> dict[str, Channel]:
    """Channels keyed "brand/kind". What a channel may cost is not the channel's to know."""
    connected: dict[str, Channel] = {}
    for name, section in found.channels.items():
        brand = _brand(found, f"channels.{name}", section)
        own = {key: value for key, value in section.items() if key != BUDGET}
        channel: Channel = plugs.load("channels", name, own | {"brand": brand})
        key = f"{brand}/{channel.kind}"
        if key in connected:
            raise Misconfigured(f"Instelling channels.{name}: {brand} heeft al een kanaal {channel.kind}.")
        connected[key] = channel
    return connected


def shops(found: Settings, opened: Database, clock: Clock) -> dict[str, Shop]:
    """One order system per brand; without one, what was imported."""
    sections, connected = shop_sections(found), dict[str, Shop]()
    for brand in (*sections, *(each for each in found.brands if each not in sections)):
        book, name = Book(opened, brand, clock), sections.get(brand)
        connected[brand] = shop(found, name, book) if name else plugs.load("shops", "table", {"book": book})
    return connected


def shop_sections(found: Settings) -> dict[str, str]:
    """Which section is each brand's order system. Raises Misconfigured when a brand has two."""
    sections: dict[str, str] = {}
    for name, section in found.shops.items():
        brand = _brand(found, f"shops.{name}", section)
        if brand in sections:
            raise Misconfigured(f"Instelling shops.{name}: {brand} heeft al een bestelsysteem ({sections[brand]}).")
        sections[brand] = name
    return sections


def shop(found: Settings, name: str, book: Book | None = None) -> Shop:
    """The order system of one section; one that lives elsewhere needs no book."""
    section = found.shops[name]
    own = {key: value for key, value in section.items() if key != FRESH}
    connected: Shop = plugs.load("shops", name, own | {"brand": _brand(found, f"shops.{name}", section), "book": book})
    return connected


def copies(found: Settings) -> dict[str, Freshness]:
    """The order systems that live elsewhere, by brand; how old our copy may be is not theirs to know."""
    elsewhere: dict[str, Freshness] = {}
    for name, section in found.shops.items():
        kind = str(section.get("kind", name))
        if kind != LOCAL:
            minutes = DomainSection(section, f"winkel {name}").number(FRESH, 10, (1, 1440))
            called = SHOP_NAMES.get(kind, "het bestelsysteem")
            elsewhere[_brand(found, f"shops.{name}", section)] = Freshness(called, timedelta(minutes=minutes))
    return elsewhere


def carriers(found: Settings, sold: Mapping[str, Shop]) -> dict[str, list[Carrier]]:
    """Who carries gestures out, per brand: the order system first, where it can; then the sections under gestures that
    are not named after a gesture (those are the menu).
    """
    connected: dict[str, list[Carrier]] = {brand: [] for brand in found.brands}
    for brand, shop in sold.items():
        if isinstance(shop, Carrier):
            connected[brand].append(shop)
    for name, section in found.gestures.items():
        if name not in set(Kind):
            brand = _brand(found, f"gestures.{name}", section)
            connected[brand].append(plugs.load("gestures", name, section | {"brand": brand}))
    return connected


def notifiers(found: Settings) -> dict[str, Notifier]:
    sections: dict[str, Section] = {"log": {}, **found.notifiers}
    return {name: plugs.load("notifiers", name, section) for name, section in sections.items()}


def _brand(found: Settings, key: str, section: Mapping[str, Any]) -> str:
    brand = str(section.get("brand", found.first_brand))
    if brand not in found.brands:
        raise Misconfigured(f"Instelling {key}.brand: het merk {brand!r} staat niet onder brands.")
    return brand


def register_sources(opened: Database, made: Parts) -> list[str]:
    """Make sure every channel has its row and budget and none is halted; gives back the names to poll."""
    names = []
    with opened.write() as unit:
        for key, channel in sorted(made.channels.items()):
            sources.register(unit, key, key.split("/", 1)[0], channel.kind)
            sources.limit(unit, key, made.budgets.get(key))
            sources.resume(unit, key)
            names.append(key)
    return names
