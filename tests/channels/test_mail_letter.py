"""A mail of our own accord: from a person, marked as sent by a machine, once by its Message-ID, and kept nowhere."""

from typing import Any

import pytest

from socialwatch.domain.channel import Letter, Writes
from socialwatch.errors import Refused, Unanswered, Unavailable
from socialwatch.plugs import load

LETTER = Letter("marieke@example.nl", "Freek van Sokkerij", "Eén vraag over je contact", "Hoi Marieke,\n\nEén vraag.\n")


@pytest.fixture
def channel(mail_section: Any) -> Writes:
    made = load("channels", "mail", mail_section)
    assert isinstance(made, Writes)
    return made


def test_it_comes_from_a_person_and_says_that_a_machine_sent_it(
    channel: Writes, sink: Any, post_office: Any, mail_section: Any
) -> None:
    numbers = {channel.write(LETTER, "survey-1").id for _ in range(2)}
    assert len(numbers) == 1, "a repeat would be the same mail"
    mail = sink.mails()[0]
    assert str(mail["From"]).startswith("Freek van Sokkerij <klantenservice@")
    assert (mail["To"], mail["Auto-Submitted"]) == ("marieke@example.nl", "auto-generated")
    assert mail["In-Reply-To"] is None
    assert "Eén vraag." in mail.get_payload(decode=True).decode()
    assert post_office.all(mail_section["sent_folder"]) == []


def test_no_header_can_be_written_into_it(channel: Writes, sink: Any) -> None:
    wicked = Letter("marieke@example.nl", "Freek\r\nBcc: a@b.nl", "Hoi\r\nBcc: a@b.nl", "dag")
    channel.write(wicked, "survey-2")
    assert sink.mails()[0]["Bcc"] is None
    assert sink.received[0][1] == ["marieke@example.nl"]


@pytest.mark.parametrize(
    ("step", "said", "problem"),
    [
        ("RCPT", "550 no such user", Refused),
        ("RCPT", "451 later", Unavailable),
        ("DATA", None, Unanswered),
    ],
)
def test_what_the_server_says_decides_whether_it_may_go_again(
    channel: Writes, sink: Any, step: str, said: str | None, problem: type[Exception]
) -> None:
    sink.answers = {step: said}
    with pytest.raises(problem) as told:
        channel.write(LETTER, "survey-3")
    assert "marieke" not in str(told.value)
    assert type(told.value) is problem
