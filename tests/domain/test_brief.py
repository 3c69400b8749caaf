"""What we know and need not ask."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from socialwatch.domain.assessment import Feeling, Kind, Stake
from socialwatch.domain.brief import Brief, Known, Matter, Said, Source, Topic, Why, brief
from socialwatch.domain.brief.meant import meant
from socialwatch.domain.brief.words import Tone, Waited
from socialwatch.domain.customer import Address, Contact, Customer, File, Order, OrderLine
from socialwatch.domain.facts import facts

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
CUSTOMER = Customer(
    "k1",
    "Marieke de Vries",
    "marieke@voorbeeld.nl",
    "+31612345678",
    Address("Dorpsstraat 1", "3511 AB", "Utrecht", "NL"),
)
PHONED = Contact(
    "c1",
    "k1",
    "phone",
    NOW - timedelta(days=5),
    21,
    "2 garantie",
    "204817",
    "gat in sokken",
    "slijtage, kunnen we niks aan doen",
    "rejected",
)


def order(number: str, days: int, product: str, **changes: object) -> Order:
    given = {
        "number": number,
        "customer_id": "k1",
        "ordered_at": NOW - timedelta(days=days),
        "status": "delivered",
        "lines": (OrderLine(product, 1, "s", "43-46", Decimal("14.95")),),
        "delivered_at": NOW - timedelta(days=days - 2),
    }
    return Order(**{**given, **changes})  # type: ignore[arg-type]


WALKING, WOOL = (
    order("SK-204817", 90, "Wandelsokken merino"),
    order("SK-209001", 10, "Huispantoffels wol", tracking="3SABCD1234567"),
)
FILE = File(CUSTOMER, (WOOL, WALKING), (PHONED,), NOW)


def said(text: str) -> tuple[Said, ...]:
    return (Said(text, NOW, facts(text)),)


def told(file: File | None, words: tuple[Said, ...] = (), **more: object) -> Brief:
    return brief(Matter(file, words, **more), NOW)  # type: ignore[arg-type]


def of(found: Brief, topic: Topic) -> list[Known]:
    return [known for known in found.known if known.topic is topic]


def test_without_a_file_only_the_order_number_is_asked() -> None:
    assert told(None, said("wat een slechte sokken")).missing == (Topic.ORDER_NUMBER,)


def test_what_the_customer_gave_is_not_asked_again() -> None:
    found = told(None, said("bestelling SK-204817, mail naar m@v.nl"))
    assert found.missing == ()
    assert of(found, Topic.ORDER_NUMBER) == [Known(Topic.ORDER_NUMBER, "SK-204817", Source.MENTION, NOW)]
    assert of(found, Topic.EMAIL)[0].value == "m@v.nl"


def test_everything_in_the_file_is_known_with_its_source() -> None:
    found = told(FILE, said("Gat in mijn wandelsokken!"))
    values = {known.topic: (known.value, known.source, known.reference) for known in found.known}
    assert values == {
        Topic.NAME: ("Marieke de Vries", Source.CUSTOMER, "k1"),
        Topic.ADDRESS: ("Dorpsstraat 1, 3511 AB Utrecht, NL", Source.CUSTOMER, "k1"),
        Topic.EMAIL: ("marieke@voorbeeld.nl", Source.CUSTOMER, "k1"),
        Topic.PHONE: ("+31612345678", Source.CUSTOMER, "k1"),
        Topic.ORDER_NUMBER: ("SK-204817", Source.ORDER, "SK-204817"),
        Topic.PRODUCT: ("Wandelsokken merino", Source.ORDER, "SK-204817"),
        Topic.SIZE: ("43-46", Source.ORDER, "SK-204817"),
        Topic.PURCHASE_DATE: (WALKING.ordered_at.isoformat(), Source.ORDER, "SK-204817"),
        Topic.DELIVERY_STATUS: ("delivered", Source.ORDER, "SK-204817"),
        Topic.EARLIER_REJECTION: ("slijtage, kunnen we niks aan doen", Source.CONTACT, "c1"),
        Topic.MENU_TYPED: ("2 garantie › 204817", Source.CONTACT, "c1"),
        Topic.MINUTES_WAITED: ("21", Source.CONTACT, "c1"),
    }
    assert [known.topic for known in found.known] == [topic for topic in Topic if topic in values]
    assert of(found, Topic.DELIVERY_STATUS)[0].as_of == WALKING.delivered_at
    assert not of(found, Topic.ADDRESS)[0].confirm
    assert found.missing == ()


def test_an_old_address_is_confirmed_in_private() -> None:
    old = told(File(CUSTOMER, (order("SK-1", 420, "sokken"),), (), NOW), ())
    assert of(old, Topic.ADDRESS)[0].confirm is Why.OLD
    assert told(File(CUSTOMER, (), (), NOW)).known[1].confirm is Why.OLD


def first(orders: tuple[Order, ...], words: tuple[Said, ...]) -> Order:
    return meant(Matter(File(CUSTOMER, orders, (), NOW), words), NOW).orders[0]


def test_the_order_that_is_meant_comes_first() -> None:
    both = (WOOL, WALKING)
    assert first(both, said("bestelnr SK204817 is kapot")) is WALKING
    assert first(both, said("3SABCD1234567 komt niet aan, mijn wandelsokken ook niet")) is WOOL
    assert first(both, said("er zit een gat in de wandelsok")) is WALKING
    assert first(both, said("slechte kwaliteit")) is WOOL
    assert meant(Matter(said=said("niks")), NOW).orders == ()


def test_what_is_missing_in_a_file() -> None:
    found = told(File(Customer("k2", "Jan"), (), (), NOW), said("mijn bestelling is kapot"))
    assert found.missing == (Topic.ORDER_NUMBER, Topic.ADDRESS)


def test_waiting_by_the_customer_and_by_the_exchange_stand_together() -> None:
    found = told(FILE, said("Ik wacht al 20 minuten aan de lijn"))
    assert [(known.value, known.source) for known in of(found, Topic.MINUTES_WAITED)] == [
        ("21", Source.CONTACT),
        ("20", Source.MENTION),
    ]


def test_what_we_know_is_not_repeated_from_the_text() -> None:
    found = told(FILE, said("order SK-204817 van Marieke@voorbeeld.nl"))
    assert len(of(found, Topic.ORDER_NUMBER)) == len(of(found, Topic.EMAIL)) == 1


def test_facts_and_feeling_stand_apart() -> None:
    text = "Gat in mijn sokken van SK-204817. Ik ben zo boos! Voor de derde keer gebeld over order SK-204817."
    found = told(None, said(text))
    assert [quote.text for quote in found.facts_side] == [
        "Gat in mijn sokken van SK-204817.",
        "Voor de derde keer gebeld over order SK-204817.",
    ]
    assert [quote.text for quote in found.feeling_side] == ["Ik ben zo boos!"]
    assert [quote.text for quote in found.second] == ["Voor de derde keer gebeld over order SK-204817."]


def test_an_empty_word_has_two_empty_sides() -> None:
    found = told(FILE, said("🧦 ..."))
    assert (found.facts_side, found.feeling_side) == ((), ())
    assert found.orders == (WOOL, WALKING)


def test_several_lines_and_no_dates() -> None:
    mixed = order(
        "SK-3",
        3,
        "x",
        lines=(OrderLine("rode sokken", 2), OrderLine("mutsje", 1, None, "M")),
        status="packed",
        wished_date=date(2026, 11, 20),
    )
    found = told(File(CUSTOMER, (mixed,), (), NOW), ())
    assert of(found, Topic.PRODUCT)[0].value == "2× rode sokken, mutsje"
    assert of(found, Topic.DELIVERY_STATUS)[0].as_of == mixed.ordered_at


def test_a_bystander_tells_nothing_of_the_customer() -> None:
    mine, other = "Waar blijft mijn bestelling?", "Bij mij ook, order SK-300000, bel 0612121212"
    posts = (
        Said(mine, NOW - timedelta(hours=1), facts(mine), channel="x", author="7"),
        Said(other, NOW, facts(other), channel="x", author="8"),
        Said("Ook hier: waar blijft het?", NOW, channel="facebook", author="99"),
    )
    found = told(None, posts)
    assert found.known == ()
    assert [quote.text for quote in found.facts_side] == [mine, "Ook hier: waar blijft het?"]


def test_on_behalf_of_somebody_the_file_of_the_author_is_not_hers() -> None:
    found = told(FILE, said("Mail mij op kleinzoon@voorbeeld.nl, haar pakket is kwijt"), behalf="mijn oma")
    assert not found.linked
    assert found.orders == ()
    assert [(known.topic, known.source) for known in found.known] == [(Topic.EMAIL, Source.AUTHOR)]
    hers = told(FILE, said("bestelling SK-204817 knelt haar"), behalf="mijn oma")
    assert hers.linked
    assert of(hers, Topic.ORDER_NUMBER)[0].value == "SK-204817"


def test_the_exchange_counts_only_for_a_call_of_the_same_days() -> None:
    text = "Ik sta al 20 minuten in de wacht"
    late = Said(text, NOW - timedelta(days=4), facts(text))
    assert told(FILE, (late,)).waited == Waited(20, 21)
    assert told(FILE, said(text)).waited == Waited(20, None)


def test_the_tone_is_told_by_their_own_words() -> None:
    def heard(text: str, **feelings: float) -> Tone:
        return told(None, said(text), feelings={Feeling(name): value for name, value in feelings.items()}).tone

    assert heard("Amai, ge zijt mij vergeten zeker") == Tone(address="je", flemish=True, short=True)
    assert heard("Ik heb u al gemaild en op uw verzoek foto's gestuurd.").address == "u"
    assert heard("Bandje zegt 'u bent de volgende', jullie ook altijd met je bandje").address == "je"
    assert heard("mijn sok is van huis weggelopen", joking=0.9).joking


def test_a_stake_of_the_order_stands_beside_that_of_the_text() -> None:
    gift = order("SK-7", 3, "sokken", status="shipped", gift_wrap=True, wished_date=date(2026, 11, 20))
    passed = Stake("bruiloft", date(2026, 11, 1), "text")
    found = told(
        File(CUSTOMER, (gift,), (), NOW), said("waar blijft het"), stakes=(passed, Stake("feest", None, "text"))
    )
    assert [(stake.what, stake.source) for stake in found.stakes] == [("cadeau", "order"), ("feest", "text")]


def test_for_whom_is_asked_of_a_wish_and_never_in_grief() -> None:
    def asks(text: str) -> bool:
        return told(None, (Said(text, NOW, facts(text), Kind.QUESTION),)).curious

    assert asks("Hebben jullie deze ook in maat 47?")
    assert not asks("Hebben jullie deze ook voor mijn vader?")
    assert not asks("Hebben jullie zwarte sokken? De begrafenis is donderdag.")


def test_being_sent_around_is_no_remedy_that_was_tried() -> None:
    text = "Wie kan mij helpen met mijn sokken, ik word van het kastje naar de muur gestuurd"
    assert of(told(None, said(text)), Topic.TRIED) == []
