"""Check: configuration, database, model and channels, one plain Dutch line each."""

from collections.abc import Callable, Iterator

from socialwatch.domain import budget, protocol, situation, timing
from socialwatch.domain.channel import Finding, Noticing
from socialwatch.domain.freshness import LOCAL
from socialwatch.domain.menu import menu
from socialwatch.domain.wording import filled
from socialwatch.errors import SocialwatchError
from socialwatch.settings import Settings
from socialwatch.store import sources, spending
from socialwatch.store.spending import What
from socialwatch.wiring import asking, model, parts


def findings(found: Settings) -> Iterator[Finding]:
    """One line after another; a part that is wrong does not keep the others from being looked at."""
    brands = ", ".join(brand.name for brand in found.brands.values())
    yield Finding(True, f"Configuratie gelezen: {brands}.")
    yield _one("Database", lambda: f"{_database(found)} is bereikbaar en bij.")
    yield _one("Model", lambda: _model(found))
    yield _one("Tijden", lambda: _times(found))
    yield from _channels(found)
    yield from _shops(found)
    yield from gestures(found)
    yield from costs(found)
    yield from wrong(found)


def wrong(found: Settings) -> Iterator[Finding]:
    """What else would keep socialwatch from starting; nothing when all of it can be read."""
    reads: dict[str, Callable[[Settings], object]] = {
        "Bestelsystemen": parts.shop_sections,
        "Melders": parts.notifiers,
        "Protocolkaarten": lambda each: protocol.read(each.protocols),
        "Situaties": lambda each: situation.rule(each.situations),
        "Vraag achteraf": asking.surveys,
    }
    for about, read in reads.items():
        try:
            read(found)
        except SocialwatchError as problem:
            yield Finding(False, f"{about}: {problem}")


def _one(about: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(True, f"{about}: {look()}")
    except SocialwatchError as problem:
        return Finding(False, f"{about}: {problem}")


def _times(found: Settings) -> str:
    made = timing.timing(found.hours, found.norms, found.escalation, found.brands)
    minutes = [round(each.total_seconds() / 60) for each in (made.norms.social, made.norms.mail, made.norms.level3)]
    return "antwoord binnen {} minuten, mail {}, hoge frustratie {}.".format(*minutes)


def _database(found: Settings) -> str:
    opened = parts.database(found)
    engine = "PostgreSQL" if opened.postgresql else "SQLite"
    opened.close()
    return engine


def _model(found: Settings) -> str:
    name = model.assessor(found).model
    rest = " Het leest alleen de frustratie; de rest komt uit regels." if filled(name) else ""
    return f"{name} geladen.{rest}"


def gestures(found: Settings) -> Iterator[Finding]:
    """Who carries gestures out, where anything is set; nobody is asked."""
    if found.gestures:
        yield _one("Gebaren", lambda: _gestures(found))


def _gestures(found: Settings) -> str:
    menu(found.gestures)
    kinds = sorted(each.kind for carriers in parts.carriers(found, {}).values() for each in carriers)
    return f"wordt uitgevoerd door {', '.join(kinds)}." if kinds else "de gebruikelijke kosten zijn gelezen."


def _channels(found: Settings) -> Iterator[Finding]:
    if not found.channels:
        yield Finding(True, "Kanalen: nog geen enkel ingesteld.")
    for name, section in found.channels.items():
        try:
            connected = parts.channels(found.model_copy(update={"channels": {name: section}}))
            for key, channel in connected.items():
                told = channel.check()
                _book(found, key, channel.kind, sum(each.cost for each in told))
                yield from told
                if isinstance(channel, Noticing):
                    yield from (Finding(False, notice) for notice in channel.notices())
        except SocialwatchError as problem:
            yield Finding(False, str(problem))


def _shops(found: Settings) -> Iterator[Finding]:
    """The order systems that live elsewhere; asking them writes nothing there."""
    for name, section in found.shops.items():
        try:
            if section.get("kind", name) != LOCAL:
                yield from parts.shop(found, name).check()
        except SocialwatchError as problem:
            yield Finding(False, str(problem))


def _book(found: Settings, name: str, kind: str, amount: int) -> None:
    """What asking cost goes into the ledger, so that the day's budget counts it."""
    if not amount:
        return
    try:
        opened = parts.database(found)
        with opened.write() as unit:
            sources.register(unit, name, name.split("/", 1)[0], kind)  # no poller may have run yet
            spending.book(unit, name, What.CHECK, amount, parts.wall_clock())
        opened.close()
    except SocialwatchError:  # said above already, by the line of the database
        return


def costs(found: Settings) -> Iterator[Finding]:
    """What each channel cost today, for those that cost anything or have a budget."""
    try:
        limits = parts.budgets(found)
        opened = parts.database(found)
        now = parts.wall_clock()
        with opened.read() as unit:
            names = {each.name for each in sources.every(unit)} | set(limits)
            spent = {name: spending.on(unit, name, now) for name in sorted(names)}
        opened.close()
    except SocialwatchError:  # said above already, by the line of the database or the channel
        return
    for name, amount in spent.items():
        if name in limits or amount:
            yield _cost(name, amount, limits.get(name))


def _cost(name: str, amount: int, limit: int | None) -> Finding:
    said = f"Kosten {name}: vandaag {budget.dollars(amount)}"
    if limit is None:
        return Finding(True, f"{said}; er is geen dagbudget ingesteld (daily_dollars).")
    return Finding(amount < limit, f"{said} van het dagbudget van {budget.dollars(limit)}.")
