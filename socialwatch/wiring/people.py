"""A colleague is let in: from a row of words to an agent with a mandate and a password."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.gesture import Kind
from socialwatch.domain.mandate import Mandate
from socialwatch.errors import Refused
from socialwatch.store import agents
from socialwatch.store.unit import Database
from socialwatch.web import passwords


def add(database: Database, row: Mapping[str, Any], brand: str) -> int:
    """`row` has name, email, password, role, and perhaps languages, presence and mandate. Raises Refused with one
    sentence.
    """
    if len(row["password"]) < passwords.SHORTEST:
        raise Refused(f"Een wachtwoord heeft ten minste {passwords.SHORTEST} tekens.")
    try:
        role = Role(row["role"])
    except ValueError:
        raise Refused(f"De rol {row['role']!r} bestaat niet: kies agent, lead, brand of admin.") from None
    if "@" not in row["email"]:
        raise Refused("Dat is geen e-mailadres.")
    who = Agent(
        id=0,
        brand=brand,
        name=row["name"],
        email=row["email"],
        role=role,
        presence=Presence(row.get("presence", Presence.AWAY)),
        mandate=_mandate(row.get("mandate")),
        languages=tuple(row.get("languages", ("nl", "nl-BE"))),
    )
    hashed = passwords.hash_password(row["password"])
    with database.write() as unit:
        if agents.taken(unit, brand, who.name, who.email):
            raise Refused("Er is al een collega met deze naam of dit e-mailadres.")
        return agents.add(unit, who, hashed)


def _mandate(row: Mapping[str, Any] | None) -> Mandate:
    if not row:
        return Mandate()
    per_case = _euros(row.get("euros_per_case", 0))
    return Mandate(
        euros_per_case=per_case,
        euros_per_day=_euros(row.get("euros_per_day", 0)) or per_case * 5,
        report_above=_euros(row.get("report_above", per_case)),
        brands=tuple(row.get("brands", ())),
        languages=tuple(row.get("languages", ())),
        not_hazards=tuple(Hazard(each) for each in row.get("not_hazards", ())),
        not_gestures=tuple(Kind(each) for each in row.get("not_gestures", ())),
        press=bool(row.get("press", False)),
        advises=tuple(Hazard(each) for each in row.get("advises", ())),
    )


def _euros(value: Any) -> Decimal:
    try:
        found = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        raise Refused(f"{value!r} is geen bedrag in euro's.") from None
    if not found.is_finite() or found < 0:
        raise Refused(f"{value!r} is geen bedrag in euro's.")
    return found
