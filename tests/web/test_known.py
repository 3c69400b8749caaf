"""How what we know reads: short, with its source and age, and what is doubtful said so."""

# ruff: noqa: E501 - rows read best on one line each

from datetime import UTC, datetime, timedelta

import pytest

from socialwatch.domain.brief import Brief, Known, Source, Topic, Why
from socialwatch.domain.brief.words import Tone, Waited
from socialwatch.web import known

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def row(each: Known) -> tuple[str, str, str, str]:
    ((label, (told,)),) = known.by_topic(Brief((each,), ()), NOW)
    return label, told.text, told.note, told.doubt


@pytest.mark.parametrize(
    ("each", "reads"),
    [
        (
            Known(Topic.ADDRESS, "Kade 1, 1011 AA Amsterdam, NL", Source.CUSTOMER, NOW - timedelta(days=430), "k", Why.OLD),
            ("adres", "Kade 1, 1011 AA Amsterdam", "klantgegevens, 14 maanden geleden", "adres van 14 maanden geleden: bevestig privé"),
        ),
        (
            Known(Topic.WARRANTY_END, "2026-06-01", Source.ORDER, NOW, "1"),
            ("garantie", "verlopen op ma 1 jun", "bestelling", ""),
        ),
        (
            Known(Topic.DELIVERY_STATUS, "1/2", Source.ORDER, NOW, "1"),
            ("bezorging", "1 van de 2 pakketten bezorgd", "bestelling", ""),
        ),
        (
            Known(Topic.EARLIER_REJECTION, "slijtage", Source.CONTACT, NOW - timedelta(days=6), "c1"),
            ("kreeg eerder nee", "“slijtage”", "eerder contact, do 12 nov", ""),
        ),
        (
            Known(Topic.PROMISE, "morgen in huis", Source.PROMISE, NOW - timedelta(days=2), due=NOW - timedelta(days=1)),
            ("beloofd", "morgen in huis (voor gisteren 10:00, dat is voorbij)", "toegezegd, 2 dagen geleden", ""),
        ),
        (
            Known(Topic.REFUNDED, "38.85 EUR", Source.ORDER, NOW - timedelta(days=1), "1"),
            ("terugbetaald", "€ 38,85", "bestelling, gisteren", ""),
        ),
        (
            Known(Topic.ORDER_NUMBER, "9", Source.MENTION, NOW, confirm=Why.NOT_THEIRS),
            ("bestelnummer", "9", "schreef het zelf, vandaag", "niet gevonden bij deze klant: kijk het privé na"),
        ),
    ],
)  # fmt: skip
def test_a_fact_reads_short_with_source_and_age(each: Known, reads: tuple[str, str, str, str]) -> None:
    assert row(each) == reads


def test_a_tracking_code_is_copied_without_its_carrier() -> None:
    code = Known(Topic.TRACKING, "PostNL 3SABC", Source.ORDER, NOW, "1")
    tried = Known(Topic.TRIED, "al gereset", Source.MENTION, NOW)
    rows = dict(known.by_topic(Brief((code, tried), ()), NOW))
    assert rows["volgcode"][0].copied == "3SABC"
    assert rows["al geprobeerd"][0].copied == ""


def test_the_second_grievance_and_the_tone_are_one_line_each() -> None:
    assert known.waited(Waited(20, 21)) == "wacht al 20 min (klant) · 21 min (centrale)"
    assert known.waited(Waited(None, 21)) == "wachtte 21 min (centrale)"
    assert known.waited(None) == ""
    assert known.tone(Tone(joking=True, address="je", flemish=True)) == "grapt zelf · je · Vlaams"


def test_what_is_missing_is_asked_in_private() -> None:
    alone = Brief((), (Topic.ORDER_NUMBER,))
    assert known.asked(alone) == "Niet gekoppeld: vraag alleen het bestelnummer, privé."
    both = Brief((), (Topic.WHICH_ORDER, Topic.WISHED_SIZE), linked=True)
    assert known.asked(both) == "Om welke bestelling het gaat en welke maat het wel moet zijn."
    assert known.asked(Brief((), ())) == ""


def test_ages_are_told_as_people_do() -> None:
    told = [known.ago(NOW - timedelta(days=days), NOW) for days in (0, 1, 5, 21, 430, 900)]
    assert told == ["vandaag", "gisteren", "5 dagen geleden", "3 weken geleden", "14 maanden geleden", "2 jaar geleden"]
