"""The way out over SMTP, through Python's own smtplib, step by step: what was accepted must be certain."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from socialwatch.channels.mail import secure
from socialwatch.channels.mail.keys import Server
from socialwatch.errors import Halted, Refused, SocialwatchError, Unanswered, Unavailable

Answer = TypeVar("Answer")
_ASKED_FOR_LOGIN = (530, 534, 535, 538)


@contextmanager
def opened(server: Server) -> Iterator[smtplib.SMTP]:
    """A signed-in connection, closed at the end. Raises Unavailable or Halted: nothing was sent yet."""
    line = _safely(server.host, lambda: _connected(server))
    try:
        _safely(server.host, lambda: line.login(server.user, server.password))
        yield line
    finally:
        with suppress(Exception):  # whatever a server says to a goodbye
            line.quit()
        line.close()


def hand_over(server: Server, sender: str, whom: str, data: bytes) -> None:
    """Give the server one mail for one address.

    Raises Refused (5xx), Unavailable (4xx, or the line broke before the mail went out; nothing was accepted) and
    Unanswered (the mail went out, and no readable answer came).
    """
    with opened(server) as line:
        _safely(server.host, lambda: _accepted(line.mail(sender), "ons eigen adres als afzender"))
        _safely(server.host, lambda: _accepted(line.rcpt(whom), "het adres van de klant"))
        try:
            answer = line.data(data)
        except smtplib.SMTPDataError as problem:  # it would not even have the mail
            answer = (problem.smtp_code, b"")
        except Exception:
            answer = (-1, b"")
        if answer[0] not in range(200, 600):
            raise Unanswered(f"De mailserver {server.host} kreeg de mail en gaf geen antwoord")
        _accepted(answer, "deze mail")


def _connected(server: Server) -> smtplib.SMTP:
    if server.security == "tls":
        made: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=secure.WAIT, context=secure.context(server)
        )
    else:
        made = smtplib.SMTP(server.host, server.port, timeout=secure.WAIT)
    try:
        if server.security == "starttls":
            made.starttls(context=secure.context(server))
        made.ehlo_or_helo_if_needed()
    except BaseException:
        made.close()
        raise
    return made


def _accepted(answer: tuple[int, bytes], what: str) -> None:
    code = answer[0]
    if 200 <= code < 300:
        return
    if code in _ASKED_FOR_LOGIN:
        raise Halted("De mailserver wil dat we ons eerst aanmelden; controleer smtp_user en smtp_password")
    if 500 <= code < 600:
        raise Refused(f"De mailserver weigert {what} (code {code})")
    raise Unavailable(f"De mailserver neemt {what} nu niet aan (code {code})")


def _safely(host: str, call: Callable[[], Answer]) -> Answer:
    """Whatever goes wrong before the mail goes out becomes one sentence, without what was said over the line."""
    try:
        return call()
    except SocialwatchError:
        raise
    except smtplib.SMTPAuthenticationError as problem:
        found = _about_login(host, problem.smtp_code)
    except smtplib.SMTPNotSupportedError:
        found = Halted(f"De mailserver {host} kent geen aanmelden of versleutelen; controleer smtp_port en security")
    except Exception as problem:  # smtplib lets through what sockets, TLS and odd answers raise
        found = Unavailable(f"De mailserver {host} {_reason(problem)}")
    raise found


def _reason(problem: Exception) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return "heeft een certificaat dat niet klopt"
    if isinstance(problem, TimeoutError):
        return "antwoordt niet op tijd"
    if isinstance(problem, smtplib.SMTPServerDisconnected):
        return "verbrak de verbinding"
    return "is niet te bereiken" if isinstance(problem, OSError) else "gaf een onleesbaar antwoord"


def _about_login(host: str, code: int) -> SocialwatchError:
    if 400 <= code < 500:
        return Unavailable(f"De mailserver {host} laat ons nu even niet binnen")
    return Halted(f"De mailserver {host} weigert de gebruikersnaam of het wachtwoord; vul ze opnieuw in")
