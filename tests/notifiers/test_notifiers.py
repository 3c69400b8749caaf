"""Notifiers: which addresses are taken, without sending anything, and what happens when a message does not go out."""

import logging
import smtplib
from typing import Any

import apprise
import pytest

from socialwatch.domain.notifier import Notice
from socialwatch.errors import Misconfigured, Refused, Unavailable
from socialwatch.notifiers import apprise as room
from socialwatch.notifiers import log
from socialwatch.plugs import load

# Apprise itself imports it, for its encrypted mail.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
MAIL = "mailtos://webcare:geheim@mail.example?to=freek@sokkerij.example"
GOOD = [
    MAIL,
    "tgram://123456789:abcdefg_hijklmnop/12315544/",
    "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#webcare",
    "twilio://AC735c307c62944b5a9f9b7f1b4b8b8b8b:e29dfbcebf390dee9a1b2c3d4e5f6a7b@15551234567/15557654321",
]


@pytest.mark.parametrize("to", GOOD)
def test_an_address_is_looked_at_without_sending(to: str) -> None:
    room.connect({}).check(to)


@pytest.mark.parametrize(
    "to",
    [
        "json://intern.example/",
        "xml://10.0.0.1",
        "file:///etc/passwd",
        "http://intern.example",
        "freek@sokkerij.example",
        "slack://onzin",
        "",
    ],
)
def test_what_reaches_no_person_or_is_no_address_is_refused_and_not_repeated(to: str) -> None:
    with pytest.raises(Refused) as told:
        room.connect({}).check(to)
    assert not to or to not in str(told.value)
    with pytest.raises(Refused):
        room.connect({}).notify(Notice(to, "t", "w", "http://desk"))


def test_every_scheme_on_the_list_is_one_that_apprise_knows() -> None:
    known: set[str] = set()
    for each in apprise.Apprise().details()["schemas"]:
        known |= {*(each["protocols"] or ()), *(each["secure_protocols"] or ())}
    assert set(room.ALLOWED) <= known
    assert not room.ALLOWED & {"json", "jsons", "xml", "xmls", "form", "forms", "file", "syslog", "http", "https"}


def test_the_list_can_be_narrowed_and_not_widened() -> None:
    narrow = load("notifiers", "mail", {"kind": "apprise", "schemes": ["mailtos"]})
    narrow.check(MAIL)
    with pytest.raises(Refused):
        narrow.check(GOOD[1])
    with pytest.raises(Misconfigured, match="json"):
        load("notifiers", "mail", {"kind": "apprise", "schemes": ["json"]})


def test_a_server_that_is_away_is_unavailable_and_no_address_gets_into_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise OSError("no such host")

    monkeypatch.setattr(smtplib, "SMTP_SSL", away)
    monkeypatch.setattr(smtplib, "SMTP", away)
    with caplog.at_level(logging.DEBUG), pytest.raises(Unavailable) as told:
        room.connect({}).notify(Notice(MAIL, "Nieuw dossier voor jou", "Een dossier", "http://desk/dossier/1"))
    assert "freek" not in caplog.text + str(told.value)
    assert "geheim" not in caplog.text


def test_the_log_takes_any_address() -> None:
    told = log.connect({})
    told.check("wat dan ook")
    assert told.kind == "log"
