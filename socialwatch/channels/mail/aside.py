"""Which mails no human wrote to us: they are kept, and kept out of the cases, with the reason."""

import re

from socialwatch.channels.mail import headers
from socialwatch.channels.mail.headers import Mail

OURS = "X-Socialwatch"
TOO_BIG = "mail groter dan 25 MB"
NO_TEXT = "mail zonder leesbare tekst"
_ANSWERING = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-response", "x-vacation")
_LISTS = ("list-id", "list-post", "list-unsubscribe-post")
_POSTMASTERS = re.compile(r"^(?:mailer-daemon|postmaster|bounces?|bounces?[+-].*)$")
_AWAY = re.compile(
    r"^\s*(?:automatische? (?:antwoord|reactie|bericht)|auto(?:matic)?[- ]?reply|out of (?:the )?office"
    r"|afwezig(?:heid)?s?(?:bericht|melding|assistent)?\s*[:\-]|niet op kantoor|buiten kantoor"
    r"|abwesenheit|réponse automatique)",
    re.I,
)


def reason(mail: Mail) -> str:
    """Why this mail opens no case, in Dutch and at most 40 characters; "" when a human wrote it to us.

    By RFC 3834 (Auto-Submitted), RFC 3464 (delivery reports), RFC 2919 (List-Id), and what programs do besides.
    """
    sender = next((address for _, address in headers.addresses(mail, "From")), "")
    if _POSTMASTERS.match(sender.partition("@")[0]) or _is_report(mail) or _returns_to_nobody(mail):
        return "melding over bezorging"
    if headers.raw(mail, OURS):
        return "ons eigen antwoord kwam terug"
    if _is_automatic(mail) or _AWAY.match(headers.text(mail, "Subject")):
        return "automatisch antwoord"
    if any(headers.raw(mail, name) for name in _LISTS) or _precedence(mail) in ("list", "bulk", "junk"):
        return "nieuwsbrief of mailinglijst"
    return ""


def _is_automatic(mail: Mail) -> bool:
    said = headers.raw(mail, "Auto-Submitted").lower().partition(";")[0].strip()
    if said and said != "no":
        return True
    return _precedence(mail) == "auto_reply" or any(headers.raw(mail, name) for name in _ANSWERING)


def _precedence(mail: Mail) -> str:
    return headers.raw(mail, "Precedence").lower().replace("-", "_")


def _is_report(mail: Mail) -> bool:
    return mail.get_content_type() == "multipart/report"


def _returns_to_nobody(mail: Mail) -> bool:
    return headers.raw(mail, "Return-Path") == "<>"
