"""What `socialwatch check` says of a Shopify shop: the key, its rights, and the version that answers."""

from collections.abc import Iterator

from socialwatch.domain.channel import Finding
from socialwatch.domain.gesture import Kind
from socialwatch.domain.written import fields, rows, text
from socialwatch.errors import SocialwatchError
from socialwatch.shops.shopify import queries
from socialwatch.shops.shopify.keys import OF, Settings
from socialwatch.shops.shopify.session import Session

# Without these there is nothing to see; a right to write brings the right to read.
NEEDED = {"read_customers": "klanten", "read_orders": "bestellingen"}
USEFUL = {
    "read_all_orders": "bestellingen van meer dan 60 dagen geleden",
    "read_returns": "retouren",
}


def findings(session: Session, settings: Settings) -> list[Finding]:
    """Never raises. Changes nothing."""
    try:
        data = session.ask(queries.RIGHTS)
        probe = session.ask(queries.customers(settings), query="", first=1)
    except SocialwatchError as problem:
        return [Finding(False, str(problem))]
    if not isinstance(probe.get("customers"), dict):
        return [Finding(False, "Shopify gaf een onleesbaar antwoord")]
    shop = text(fields(data.get("shop")).get("name")) or settings.base_url
    has = {str(one.get("handle")) for one in rows(fields(data.get("currentAppInstallation")).get("accessScopes"))}
    return [Finding(True, f"Shopify: verbonden met {shop}"), *_rights(has, settings), _version(session, settings)]


def _rights(has: set[str], settings: Settings) -> Iterator[Finding]:
    may = has | {scope.replace("write_", "read_", 1) for scope in has}
    for scope, what in NEEDED.items():
        if scope not in may:
            yield Finding(False, f"Shopify: {what} lezen mag niet; geef de app het recht {scope}")
    for scope, what in USEFUL.items():
        if scope not in may:
            yield Finding(False, f"Shopify: {what} blijven onzichtbaar; geef de app het recht {scope}")
    if settings.carries and "write_orders" not in has:
        what = " en ".join("terugbetalen" if kind is Kind.REFUND else "opnieuw sturen" for kind in settings.carries)
        yield Finding(False, f"Shopify: {what} mag niet; geef de app het recht write_orders")


def _version(session: Session, settings: Settings) -> Finding:
    """Shopify answers in the oldest version it still knows when ours is gone, without an error."""
    if session.version and session.version != settings.version:
        return Finding(
            False,
            f"Shopify antwoordt in versie {session.version}, want {settings.version} bestaat niet meer; "
            f"pas version van {OF} aan",
        )
    return Finding(True, f"Shopify: versie {settings.version} van de Admin API")
