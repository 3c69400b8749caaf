"""What gives a matter its deadline."""

import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from socialwatch.domain.assessment import Stake
from socialwatch.domain.customer import Order, OrderLine
from socialwatch.domain.stakes import from_order, stakes

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # a Wednesday
TODAY, TOMORROW, SATURDAY = date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 21)

PHRASES = [
    ("Morgen is mijn dochter jarig en het cadeau is er nog niet", ("verjaardag", TOMORROW)),
    ("Mijn zoontje is vandaag jarig en staat met lege handen", ("verjaardag", TODAY)),
    ("mijn zoon wordt morgen 6 en jullie leveren niet", ("verjaardag", TOMORROW)),
    ("Mijn dochter is zaterdag jarig. Pakje nog niet binnen.", ("verjaardag", SATURDAY)),
    ("cadeau voor de verjaardag van mijn oma zou gisteren komen", ("verjaardag", None)),
    ("ze is bijna jarig, haast graag", ("verjaardag", None)),
    ("De bruiloft is zaterdag en ik heb nog steeds geen sokken!", ("bruiloft", SATURDAY)),
    ("Ik trouw zaterdag!! Waar blijven mijn sokken", ("bruiloft", SATURDAY)),
    ("heb ze nodig voor de bruiloft. Die is 28 november", ("bruiloft", date(2026, 11, 28))),
    ("besteld voor onze trouwdag, komt dit nog op tijd?", ("bruiloft", None)),
    ("Vrijdag is de uitvaart van mijn vader, zwarte sokken nog niet binnen", ("begrafenis", date(2026, 11, 20))),
    ("nodig voor de begrafenis van mijn moeder", ("begrafenis", None)),
    ("overmorgen de crematie van opa", ("begrafenis", date(2026, 11, 20))),
    ("zaterdag gaan we op vakantie en de wandelsokken zijn er niet", ("vakantie", SATURDAY)),
    ("Nodig voor onze vakantie, over twee weken vertrekken we", ("vakantie", date(2026, 12, 2))),
    ("maandag vliegen we naar Tenerife", ("vakantie", date(2026, 11, 23))),
    ("morgen examen en geen sokken, lol", ("examen", TOMORROW)),
    ("voor mijn rijexamen van 24 november", ("examen", date(2026, 11, 24))),
    ("komt het nog voor pakjesavond?", ("sinterklaas", date(2026, 12, 5))),
    ("is het binnen voor kerst?", ("kerst", date(2026, 12, 25))),
    ("Heb ze morgen nodig", ("nodig", TOMORROW)),
    ("moet vrijdag binnen zijn", ("nodig", date(2026, 11, 20))),
    ("Zaterdag een optreden met het koor, 20 paar rode sokken weg", ("optreden", SATURDAY)),
    ("vanavond feestje, sokken kapot", ("feest", TODAY)),
    ("Bruiloft op 5-12, zou vandaag geleverd worden", ("bruiloft", date(2026, 12, 5))),
    ("voor 5 december mijn spullen of ik kom langs", ("nodig", date(2026, 12, 5))),
    ("bestellen voor woensdag 2 december lukt niet", ("nodig", date(2026, 12, 2))),
    ("die schoenen schuren, zondag loop ik de halve van Kortrijk", ("wedstrijd", date(2026, 11, 22))),
    ("en wanneer in antwerpen dan? sint komt hier op 6 dec", ("sinterklaas", date(2026, 12, 6))),
    ("Kan ik vandaag iemand spreken? Deadline 16.00 uur.", ("deadline", TODAY)),
    ("Ik schrijf over jullie retouren. Mijn deadline is 17 uur", ("deadline", TODAY)),
    ("volgende week vrijdag is de marathon", ("wedstrijd", date(2026, 11, 27))),
]
NO_STAKE = (
    "wat een leuke vakantie gehad, sokken zaten top",
    "Ik ben op vakantie, hoe stel ik de bezorging uit?",
    "fijne vakantie allemaal",
    "gisteren was mijn verjaardag, sokken gekregen, superblij",
    "gefeliciteerd met jullie verjaardag!",
    "tijdens onze vakantie gingen ze stuk",
    "voor mijn verjaardag gekregen en nu al een gat",
    "vorige zaterdag was de bruiloft, alles ging goed",
    "geslaagd voor mijn examen op jullie geluksokken",
    "ik vertrouw jullie niet meer, trouwens",
    "al jaren een trouwe klant",
    "Goedemorgen, waar blijft mijn pakket",
    "Morgen! Mag ik vragen waar het blijft",
    "wanneer is de volgende wedstrijd",
    "zaterdag kwam het pakketje",
    "had ze zaterdag al nodig eigenlijk",
    "een applaus voor de kerstman",
    "de sint was weer gul dit jaar",
    "jullie deadline was om 16.00 uur en toen was de chat dicht",
    "kerstsokken zijn prachtig",
    "mijn sokken wordt 3 euro duurder morgen",
    "",
)


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_a_coming_event_is_a_stake(text: str, expected: tuple[str, date | None]) -> None:
    assert stakes(text, NOW)[0] == Stake(*expected, "text")


@pytest.mark.parametrize("text", NO_STAKE)
def test_what_is_past_or_pleasant_is_no_deadline(text: str) -> None:
    assert stakes(text, NOW) == ()


def test_the_day_is_the_day_in_amsterdam() -> None:
    late = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)  # half past midnight on the 18th
    assert stakes("morgen is de bruiloft", late)[0].on == TOMORROW


def test_soonest_first_and_each_event_once() -> None:
    found = stakes("Zaterdag bruiloft! En morgen is mijn man jarig. De bruiloft dus zaterdag.", NOW)
    assert [(stake.what, stake.on) for stake in found] == [("verjaardag", TOMORROW), ("bruiloft", SATURDAY)]


@pytest.mark.parametrize(
    "piece", ["morgen bruiloft ", "jarig ", "voor de ", "wordt a a 1 ", "moet ", ".", "zou den ", "12-11 feest "]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    start = time.thread_time()
    stakes((piece * 10_000)[:10_000], NOW)
    assert time.thread_time() - start < 0.3


def order(**changes: object) -> Order:
    given = {
        "number": "SK-1",
        "customer_id": "k1",
        "ordered_at": datetime(2026, 11, 14, 12, tzinfo=UTC),
        "status": "shipped",
        "lines": (OrderLine("wollen sokken", price=Decimal(12)),),
    }
    return Order(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"gift_wrap": True}, (Stake("cadeau", None, "order"),)),
        ({"gift_wrap": True, "wished_date": SATURDAY}, (Stake("cadeau", SATURDAY, "order"),)),
        ({"wished_date": TODAY}, (Stake("gewenste dag", TODAY, "order"),)),
        ({"wished_date": date(2026, 11, 17), "gift_wrap": True}, ()),
        ({"card_text": "Hoera, 8 jaar! Fijne verjaardag"}, (Stake("verjaardag", None, "order"),)),
        (
            {"card_text": "Veel sterkte met het verlies", "wished_date": TOMORROW},
            (Stake("begrafenis", TOMORROW, "order"),),
        ),
        ({"recipient": "J. de Vries"}, (Stake("cadeau", None, "order"),)),
        ({"recipient": "J. de Vries", "status": "cancelled"}, ()),
        ({"gift_wrap": True, "ordered_at": datetime(2026, 9, 1, tzinfo=UTC)}, ()),
    ],
)
def test_a_gift_or_a_wished_date_is_a_stake(changes: dict[str, object], expected: tuple[Stake, ...]) -> None:
    assert from_order(order(**changes), NOW) == expected
