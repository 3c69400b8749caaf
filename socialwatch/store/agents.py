"""Agents, what they may decide, and their sessions at the desk."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.gesture import Kind
from socialwatch.domain.mandate import Hours, Mandate
from socialwatch.store.tables import agent, audit, session, sign_in
from socialwatch.store.unit import Unit

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
GUESSES = 10
GUESS_WINDOW = 900.0  # seconds


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in agent; `csrf` belongs in every form of this session."""

    agent: Agent
    csrf: str


def add(unit: Unit, who: Agent, password_hash: str) -> int:
    """A new agent; `who.id` is ignored. Raises IntegrityError when the e-mail address or the name is taken."""
    values = {
        "brand": who.brand,
        "name": who.name,
        "email": who.email.lower(),
        "password_hash": password_hash,
        "role": who.role.value,
        "presence": who.presence.value,
        "mandate": _mandate_values(who.mandate),
        "languages": list(who.languages),
        "notify": who.notify,
        "deputy_id": who.deputy_id,
    }
    return int(unit.run(insert(agent).values(values).returning(agent.c.id)).scalar_one())


def taken(unit: Unit, brand: str, name: str, email: str) -> bool:
    """Whether somebody already signs in with this address, or has this name at this brand."""
    same = (agent.c.email == email.lower()) | ((agent.c.brand == brand) & (agent.c.name == name))
    return unit.run(select(agent.c.id).where(same)).first() is not None


def _mandate_values(mandate: Mandate) -> dict[str, Any]:
    return {
        "euros_per_case": str(mandate.euros_per_case),
        "euros_per_day": str(mandate.euros_per_day),
        "report_above": str(mandate.report_above),
        "brands": list(mandate.brands),
        "languages": list(mandate.languages),
        "not_hazards": [each.value for each in mandate.not_hazards],
        "not_gestures": [each.value for each in mandate.not_gestures],
        "hours": _hours_values(mandate.hours),
        "press": mandate.press,
        "advises": [each.value for each in mandate.advises],
    }


def _hours_values(hours: Hours | None) -> list[Any] | None:
    return None if hours is None else [list(hours.days), hours.start.isoformat(), hours.till.isoformat()]


def _mandate(values: dict[str, Any]) -> Mandate:
    """What a mandate of before an exception was invented does not say, is not excepted."""
    hours = values.get("hours")
    return Mandate(
        euros_per_case=Decimal(values["euros_per_case"]),
        euros_per_day=Decimal(values["euros_per_day"]),
        report_above=Decimal(values["report_above"]),
        brands=tuple(values["brands"]),
        languages=tuple(values["languages"]),
        not_hazards=tuple(Hazard(each) for each in values["not_hazards"]),
        not_gestures=tuple(Kind(each) for each in values.get("not_gestures", ())),
        hours=Hours(tuple(hours[0]), time.fromisoformat(hours[1]), time.fromisoformat(hours[2])) if hours else None,
        press=bool(values.get("press", False)),
        advises=tuple(Hazard(each) for each in values.get("advises", ())),
    )


def of_row(row: Row[Any]) -> Agent:
    return Agent(
        row.id,
        row.brand,
        row.name,
        row.email,
        Role(row.role),
        Presence(row.presence),
        _mandate(row.mandate),
        tuple(row.languages),
        dict(row.notify),
        row.deputy_id,
    )


_EVERYONE = select(agent).order_by(agent.c.name)
_OF_BRAND = _EVERYONE.where(agent.c.brand == bindparam("brand"))


def everyone(unit: Unit, brand: str | None = None) -> list[Agent]:
    """All agents, or those of one brand, by name."""
    rows = unit.run(_EVERYONE) if brand is None else unit.run(_OF_BRAND, {"brand": brand})
    return [of_row(row) for row in rows]


def by_id(unit: Unit, number: int) -> Agent | None:
    row = unit.run(select(agent).where(agent.c.id == number)).one_or_none()
    return None if row is None else of_row(row)


def by_ids(unit: Unit, numbers: Iterable[int]) -> dict[int, Agent]:
    """Several agents, by their id."""
    return {row.id: of_row(row) for row in unit.run(select(agent).where(agent.c.id.in_(sorted(set(numbers)))))}


def by_email(unit: Unit, email: str) -> tuple[Agent, str] | None:
    """The agent who signs in with this address, and the hash of their password."""
    row = unit.run(select(agent).where(agent.c.email == email.lower())).one_or_none()
    return None if row is None else (of_row(row), row.password_hash)


def entrust(unit: Unit, who: Agent) -> None:
    """Store what somebody may decide, which languages they speak, and who takes over for them."""
    values = {
        "mandate": _mandate_values(who.mandate),
        "languages": list(who.languages),
        "deputy_id": who.deputy_id,
    }
    unit.run(update(agent).where(agent.c.id == who.id, agent.c.brand == who.brand).values(values))


def be(unit: Unit, number: int, presence: Presence) -> None:
    unit.run(update(agent).where(agent.c.id == number).values(presence=presence.value))


def sign_on(unit: Unit, who: Agent, now: datetime) -> str:
    """A new session; gives back its secret, of which only the hash is kept."""
    secret = secrets.token_urlsafe(32)
    values = {
        "key_hash": _hash(secret),
        "brand": who.brand,
        "agent_id": who.id,
        "csrf": secrets.token_urlsafe(32),
        "created_at": now,
        "seen_at": now,
        "ends_at": now + LONGEST,
    }
    unit.run(insert(session).values(values))
    return secret


# Every request asks this, so it is built once: building a statement takes as long as asking it.
_WHOSE = (
    select(agent, session.c.csrf, session.c.ends_at, session.c.seen_at)
    .join(agent, agent.c.id == session.c.agent_id)
    .where(session.c.key_hash == bindparam("key"))
)


def signed_in(unit: Unit, secret: str, now: datetime) -> Session | None:
    """Whose session this is, if it has not ended and was used within the idle time."""
    row = unit.run(_WHOSE, {"key": _hash(secret)}).one_or_none()
    if row is None or row.ends_at <= now or row.seen_at + IDLE <= now:
        return None
    return Session(of_row(row), row.csrf)


def seen(unit: Unit, secret: str, now: datetime) -> None:
    unit.run(update(session).where(session.c.key_hash == _hash(secret)).values(seen_at=now))


def sign_off(unit: Unit, secret: str) -> None:
    unit.run(delete(session).where(session.c.key_hash == _hash(secret)))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def may_guess(unit: Unit, who: str) -> bool:
    """Whether this address or visitor may try another password: at most ten in a quarter of an hour."""
    since = unit.stamp() - GUESS_WINDOW
    tried = select(func.count()).where(sign_in.c.who == _hash(who), sign_in.c.at > since)
    return bool(unit.run(tried).scalar_one() < GUESSES)


def guessed(unit: Unit, who: str) -> None:
    """Remember a wrong password; what is older than the window is forgotten."""
    now = unit.stamp()
    unit.run(insert(sign_in).values(who=_hash(who), at=now))
    unit.run(delete(sign_in).where(sign_in.c.at < now - GUESS_WINDOW))


def note(unit: Unit, who: Agent, what: str, subject: str, now: datetime) -> None:
    """One line in the audit log; never message text."""
    unit.run(insert(audit).values(brand=who.brand, agent_id=who.id, what=what, subject=subject, at=now))
