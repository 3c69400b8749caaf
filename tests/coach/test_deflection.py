"""Deflection: bound hands, small print, crowds, doubt and advice afterwards; an honest limit beside a deed passes."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks

POOL = "Zwembad om 7 uur 's ochtends dicht, niemand wist waarom. Een half uur in de regen gestaan."
BIKE = "Mijn e-bike staat al vijf weken bij jullie in de werkplaats en ik hoor niks."
TAX = "Boete gekregen omdat jullie machtiging te laat was geïncasseerd."
CAKE = "De taart voor het feest van mijn dochter was van een ander kind, met een andere naam erop."

AWAY = [
    (POOL, "Op de deur hangt een briefje met de gewijzigde tijden."),
    (POOL, "Je had vooraf in de app kunnen zien dat we later opengaan."),
    (POOL, "Het rooster is de verantwoordelijkheid van de exploitant."),
    (POOL, "De hele branche kampt met een tekort aan badmeesters. Bedankt voor je begrip."),
    (BIKE, "Door een groot aantal reparaties duurt het momenteel langer dan normaal."),
    (BIKE, "Onderdelen zijn een zaak van de importeur, vraag het bij hen na."),
    (BIKE, "Heb je wel zeker je juiste nummer doorgegeven?"),
    (BIKE, "Bel de werkplaats tussen 9 en 10, en anders het hoofdkantoor in Zwolle."),
    (TAX, "Wij zijn wettelijk verplicht de aanmaning te versturen."),
    (TAX, "Het is uw eigen verantwoordelijkheid voor voldoende saldo te zorgen."),
    (TAX, "Bezwaar is mogelijk binnen zes weken na dagtekening van de beschikking."),
    (CAKE, "Wat spijtig. Controleer de volgende keer de doos bij het ophalen."),
    (CAKE, "Andere klanten zijn juist heel tevreden over onze taarten."),
    (CAKE, "Het opschrift wordt verzorgd door onze bakker in Weert."),
]
OPEN = [
    (
        POOL,
        "Een half uur in de regen, en van ons geen woord. De sleutel lag bij iemand die ziek is, ik heb hem nu zelf.",
    ),
    (POOL, "Op de deur hing niks, en dat had wel gemoeten. Je volgende tien baantjes zijn gratis."),
    (POOL, "Vóór acht uur kan ik niet open zonder badmeester. Ik bel je vanavond of het morgen wel lukt."),
    (BIKE, "Vijf weken zonder fiets, dat is een hele herfst. Morgen staat er een leenfiets voor je klaar."),
    (
        BIKE,
        "De accu komt uit Japan en is nog niet binnen. Ik bel de importeur en laat je vanmiddag weten wat hij zegt.",
    ),
    (TAX, "Die boete is van ons, want wij waren te laat. Het bedrag staat morgen op je rekening."),
    (TAX, "Stuur me de brief in een privébericht, dan betaal ik hem vandaag."),
    (CAKE, "Een andere naam op je eigen taart, ach nee. Hoe heet ze, en wanneer is het feest?"),
    (CAKE, "Onze bakker haalde twee dozen door elkaar. Ik breng de goede zelf, met kaarsjes."),
    (CAKE, "Die taart hoort bij Liv van zes, die nu de jouwe heeft. Ik rijd ze allebei om."),
]


@pytest.mark.parametrize(("post", "reply"), AWAY)
def test_the_customer_is_laid_aside(post: str, reply: str) -> None:
    assert Check.DEFLECTION in said(post, reply)


@pytest.mark.parametrize(("post", "reply"), OPEN)
def test_an_answer_that_does_something_passes(post: str, reply: str) -> None:
    assert Check.DEFLECTION not in said(post, reply)


def said(post: str, reply: str) -> set[Check]:
    return {each.check for each in remarks(Draft(reply, "x", "public"), Scene((post,), complaint=True))}
