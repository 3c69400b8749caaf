"""Parcels, returns and refunds of an order as the JSON they are kept in, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from socialwatch.domain.customer import Address, Refund, Return, Shipment


def plain_of(found: Any) -> Any:
    """An address, or a tuple of shipments, returns or refunds, as JSON can hold it; None when there is nothing."""
    if not found:
        return None
    if isinstance(found, tuple):
        return [plain_of(each) for each in found]
    return {name: _plain(value) for name, value in asdict(found).items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def of_plain(name: str, kept: Any) -> Any:
    """What `plain_of` made of the field with this name."""
    if name == "ship_to":
        return Address(**kept) if kept else None
    return tuple(_MAKE[name](each) for each in kept or ())


def _shipment(kept: Mapping[str, Any]) -> Shipment:
    return Shipment(**_moments(kept))


def _return(kept: Mapping[str, Any]) -> Return:
    return Return(**(_moments(kept) | {"products": tuple(kept.get("products", ()))}))


def _refund(kept: Mapping[str, Any]) -> Refund:
    return Refund(**(_moments(kept) | {"amount": Decimal(kept["amount"])}))


def _moments(kept: Mapping[str, Any]) -> dict[str, Any]:
    times = {"at", "shipped_at", "delivered_at"}
    return {name: datetime.fromisoformat(value) if name in times else value for name, value in kept.items()}


_MAKE = {"shipments": _shipment, "returns": _return, "refunds": _refund}
