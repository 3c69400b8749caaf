"""The section of one mailbox, read and checked: what is missing is named."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from socialwatch.domain.section import Section
from socialwatch.errors import Misconfigured

_ABOUT = "kanaal mail"
_SECURITIES = ("tls", "starttls", "none")
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]{1,190}")
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}")
_PORTS = {"imap": {"tls": 993, "starttls": 143, "none": 143}, "smtp": {"tls": 465, "starttls": 587, "none": 25}}


@dataclass(frozen=True, slots=True)
class Server:
    """One mail server as the operator wrote it, a private address included. `security` is tls, starttls or none."""

    host: str
    port: int
    security: str
    user: str = field(repr=False)
    password: str = field(repr=False)
    certificates: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """One section. `sent_folder` and `sender_name` may be "", `also_ours` are more addresses that we write from."""

    brand: str
    address: str
    also_ours: tuple[str, ...]
    sender_name: str
    imap: Server
    smtp: Server
    folder: str
    sent_folder: str
    keep_copy: bool
    lookback: timedelta
    page_size: int


def settings(values: Mapping[str, Any]) -> Settings:
    """Raises Misconfigured naming the key that is missing or wrong."""
    section = Section(values, _ABOUT)
    return Settings(
        brand=section.text("brand"),
        address=_address(section.needed("address"), "address"),
        also_ours=tuple(_address(each, "also_ours") for each in section.words("also_ours")),
        sender_name=_printable(section.text("sender_name"), "sender_name"),
        imap=_server(section, "imap"),
        smtp=_server(section, "smtp"),
        folder=_printable(section.text("folder", "INBOX"), "folder"),
        sent_folder=_printable(section.text("sent_folder"), "sent_folder"),
        keep_copy=section.flag("keep_copy", True),
        lookback=timedelta(days=section.number("lookback_days", 7, (1, 90))),
        page_size=section.number("page_size", 25, (1, 500)),
    )


def _server(section: Section, which: str) -> Server:
    security = section.text(f"{which}_security") or section.text("security", "tls")
    if security not in _SECURITIES:
        raise Misconfigured(f'security van {_ABOUT} moet "tls", "starttls" of "none" zijn')
    host = section.needed(f"{which}_host")
    if not _HOST.fullmatch(host):
        raise Misconfigured(f"{which}_host van {_ABOUT} is geen naam of adres van een server")
    if security == "none" and not _is_here(host):
        raise Misconfigured(f'security van {_ABOUT} mag alleen "none" zijn voor een server op deze machine zelf')
    return Server(
        host=host,
        port=section.number(f"{which}_port", _PORTS[which][security], (1, 65535)),
        security=security,
        user=_credential(section, which, "user"),
        password=_credential(section, which, "password"),
        certificates=section.text("certificates"),
    )


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _credential(section: Section, which: str, what: str) -> str:
    """SMTP uses what IMAP uses unless it has its own. Spaces may be part of it: app passwords are written with them."""
    name = f"{which}_{what}"
    value = section.text(name)
    if not value and which == "smtp":
        return _credential(section, "imap", what)
    if not value:
        raise Misconfigured(f"{name} van {_ABOUT} ontbreekt")
    if not value.isascii() or not value.isprintable():
        raise Misconfigured(f"{name} van {_ABOUT} bevat tekens die in een wachtwoord niet kunnen")
    return value


def _address(written: str, name: str) -> str:
    address = written.strip().lower()
    if not _ADDRESS.fullmatch(address):
        raise Misconfigured(f"{name} van {_ABOUT} is geen mailadres")
    return address


def _printable(text: str, name: str) -> str:
    if not text.isprintable():
        raise Misconfigured(f"{name} van {_ABOUT} bevat tekens die daar niet kunnen")
    return text
