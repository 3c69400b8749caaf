"""What we promised, what was refused and how long they waited: each once, and nothing that nobody said."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from socialwatch.domain.brief import Brief, Matter, Source, Topic, brief
from socialwatch.domain.brief.words import Answered, Promised, Waited
from socialwatch.domain.customer import Contact, File, OrderLine
from tests.domain.test_brief import CUSTOMER, NOW, PHONED, WALKING, of, order, said


def told(text: str = "Gat in mijn wandelsok", file: File | None = None, **more: object) -> Brief:
    return brief(Matter(file, said(text), **more), NOW)  # type: ignore[arg-type]


def promised(reply: str, *noted: str) -> list[tuple[str, Source]]:
    answered = (Answered(reply, NOW),)
    found = told(answered=answered, promised=tuple(Promised(each, NOW, NOW + timedelta(hours=9)) for each in noted))
    return [(each.value, each.source) for each in of(found, Topic.PROMISE)]


@pytest.mark.parametrize(
    "reply",
    [
        "Wat je vrijdag doet is aan jou, we staan ze gewoon te woord.",
        "Zeventig word je één keer en dan hoort die doos er gewoon te staan.",
        "Twee keer afgeschreven, daar word je terecht pisnijdig van.",
        "De nopjes halen 40, op 60 laten ze los.",
        "Opgezegd is opgezegd, en dan hoort er vanochtend niks af te gaan.",
        "Kies 'overboeken', dan krijg je een briefje met het nummer.",
    ],
)
def test_what_they_do_or_feel_is_no_promise_of_ours(reply: str) -> None:
    assert promised(reply) == []


@pytest.mark.parametrize(
    "reply",
    [
        "Wil, onze teamleider, belt je binnen tien minuten.",
        "Volgende week liggen ze bij jou op de mat.",
        "Een nieuwe Mies vertrekt vandaag.",
        "Zodra het weer loopt laat ik het je hier weten.",
        "Je wordt morgen teruggebeld.",
    ],
)
def test_what_we_will_do_is_one(reply: str) -> None:
    assert promised(reply) == [(reply.strip(), Source.REPLY)]


def test_the_promise_that_was_noted_from_a_reply_is_told_once() -> None:
    reply = "Je krijgt vandaag alle zes de paren terugbetaald, en je hoeft niets op te sturen. Morgen bel ik je."
    assert promised(reply, "Je krijgt vandaag alle zes de paren terugbetaald") == [
        ("Je krijgt vandaag alle zes de paren terugbetaald", Source.PROMISE),
        ("Morgen bel ik je.", Source.REPLY),
    ]
    assert promised("Onze collega Wil belt je ruim voor 14.00 uur.", "Onze collega belt je ruim voor 14.00 uur") == [
        ("Onze collega belt je ruim voor 14.00 uur", Source.PROMISE)
    ]


def test_a_refusal_is_told_once_however_often_they_quote_it() -> None:
    text = (
        "Wandelsok kapot. 'slijtage, kunnen we niks aan doen'. slijtage?? 'Dit is slijtage, kunnen we niks aan doen.'"
    )
    alone = of(told(text), Topic.EARLIER_REJECTION)
    assert [each.value.strip(".") for each in alone] == ["Dit is slijtage, kunnen we niks aan doen"]
    filed = of(told(text.partition(" 'Dit")[0], File(CUSTOMER, (WALKING,), (PHONED,), NOW)), Topic.EARLIER_REJECTION)
    assert [each.source for each in filed] == [Source.CONTACT]
    before = (replace(said("Mijn klacht is afgewezen, en dat na drie keer bellen.")[0], case=3),)
    known = of(told(file=File(CUSTOMER, (WALKING,), (PHONED,), NOW), earlier=before), Topic.EARLIER_REJECTION)
    assert [each.source for each in known] == [Source.CONTACT]


def test_called_back_within_a_quarter_is_no_waiting_and_a_wait_can_be_over() -> None:
    assert told("Ik ben binnen een kwartier gebeld door de teamleider.").waited is None
    assert told("Al 20 minuten aan de lijn").waited == Waited(20, None)
    assert told("Gebeld. 31 minuten gewacht aan de lijn.").waited == Waited(31, None, still=False)


def test_a_mail_has_no_menu() -> None:
    mail = Contact("c2", "k1", "mail", NOW - timedelta(days=2), None, None, "SK-204817", "Gat", "We kijken", "open")
    assert of(told(file=File(CUSTOMER, (WALKING,), (mail,), NOW)), Topic.MENU_TYPED) == []
    assert of(told(file=File(CUSTOMER, (WALKING,), (PHONED,), NOW)), Topic.MENU_TYPED) != []


def test_one_product_in_two_sizes_is_counted_together() -> None:
    lines = (OrderLine("Huissok", 1, "a", "39-42", Decimal(9)), OrderLine("Huissok", 2, "b", "31-34", Decimal(9)))
    found = told("mijn huissok is stuk", File(CUSTOMER, (order("SK-5", 4, "x", lines=lines),), (), NOW))
    assert of(found, Topic.PRODUCT)[0].value == "3× Huissok"
    assert of(found, Topic.SIZE)[0].value == "39-42, 31-34"


def test_a_size_for_somebody_else_is_no_wish_and_our_mistake_needs_no_question() -> None:
    file = File(CUSTOMER, (WALKING,), (), NOW)
    assert of(told("De grote gaan naar mijn schoonzoon, maat 48.", file), Topic.WISHED_SIZE) == []
    wrong = told("Ik wil de wandelsok ruilen, jullie hebben de verkeerde maat gestuurd.", file)
    assert wrong.missing == ()
    assert told("Ik heb de verkeerde maat wandelsok besteld, ruilen graag.", file).missing == (Topic.WISHED_SIZE,)
