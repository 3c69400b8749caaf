"""Hazards by rules: written sentences that tell of one, and near misses that do not."""

import time

import pytest

from socialwatch.domain.assessment import Hazard
from socialwatch.domain.hazards import FOUND, hazards

TOLD = {
    Hazard.SAFETY: (
        "De accu van jullie fiets is in mijn schuur ontploft",
        "de lader begon te smelten, er kwam rook uit",
        "Er zat glas in de soep van mijn dochter",
        "Remmen van de huurfiets deden niks",
        "Sinds jullie monteur weg is ruik ik een gaslucht",
    ),
    Hazard.VULNERABLE: (
        "Mijn moeder van 84 zit al een week zonder telefoon",
        "Mijn vader met alzheimer wacht al drie dagen op de thuiszorg",
        "Ik zit in een rolstoel en kwam de bus niet in",
        "Morgen zit ze zonder insuline door jullie",
        "wij staan hier met een baby zonder verwarming",
    ),
    Hazard.DISCRIMINATION: (
        "Ik werd eruit gepikt vanwege mijn huidskleur",
        "Dit is gewoon discriminatie",
        "Met een rolstoel mocht ik niet naar binnen",
    ),
    Hazard.PRIVACY: (
        "Ik zie in jullie app de factuur van een andere klant",
        "Dit is een datalek van jewelste",
        "Mijn ex heeft van jullie mijn nieuwe adres gekregen",
        "Een mail met 140 adressen in de cc, echt waar",
    ),
    Hazard.PRESS: (
        "Ik ben journalist en zoek een reactie op de sluiting",
        "Redactie VTM Nieuws hier, wie is uw persdienst?",
        "Voor een artikel over levertijden zoek ik iemand voor een interview",
    ),
    Hazard.MEDIA_THREAT: (
        "Los dit op, anders bel ik Kassa maar eens.",
        "ik ga dit viral laten gaan",
        "morgen zet ik alles op Facebook",
        "Dan stap ik naar de krant.",
    ),
    Hazard.LEGAL: (
        "Mijn advocaat neemt morgen contact op",
        "Dan zien we elkaar bij de geschillencommissie",
        "Ik stap naar de kantonrechter",
        "Hierbij stel ik u in gebreke",
        "Ik dien een klacht in bij de ACM",
    ),
    Hazard.FRAUD_VICTIM: (
        "Ik ben opgelicht via een site met jullie naam",
        "Mijn account is gehackt en er is voor 300 euro besteld",
        "op een nepmail van jullie geklikt en nu is er geld weg",
    ),
    Hazard.CONDUCT: (
        "Jullie bezorger was ronduit onbeschoft tegen mijn vrouw",
        "Ik werd door uw medewerker uitgelachen",
        "de koerier gooide het pakje over het hek",
    ),
    Hazard.CHURN: (
        "Nooit meer bij jullie!",
        "Ik stap over naar de concurrent",
        "Vandaag nog opgezegd. Klaar met jullie.",
        "Ik heb mijn abonnement opgezegd.",
    ),
    Hazard.STAFF_ABUSE: (
        "als ik die bezorger zie sla ik hem in elkaar",
        "Ik weet waar jullie wonen",
        "die kerel verdient een klap op zijn bek",
    ),
}
NEAR = {
    Hazard.SAFETY: (
        "Mijn bestelling is stuk aangekomen",
        "Jullie onveilige website doet het niet",
        "Niks gebroken, netjes ingepakt",
        "Deze sambal zet mijn mond in brand, heerlijk",
        "Gelukkig geen brandwonden en geen schade",
    ),
    Hazard.VULNERABLE: (
        "Cadeau voor mijn moeder besteld, komt het morgen?",
        "Mijn zoon is dol op jullie pizza",
        "Zijn de sokken ook in kindermaten te krijgen?",
    ),
    Hazard.DISCRIMINATION: (
        "Nieuwe klanten krijgen meer korting dan trouwe klanten",
        "Welke kleur past bij mijn zwarte broek?",
        "Is jullie winkel toegankelijk voor een rolstoel?",
    ),
    Hazard.PRIVACY: (
        "Kan ik mijn adres wijzigen in mijn account?",
        "Waar staat jullie privacyverklaring?",
        "Ik ben mijn wachtwoord vergeten",
        "Geen datalek gelukkig, zeggen ze",
    ),
    Hazard.PRESS: (
        "Ik las in de krant over jullie nieuwe winkel",
        "De Volkskrant schreef er vandaag mooi over",
        "Leuk artikel over jullie gelezen",
    ),
    Hazard.MEDIA_THREAT: (
        "Jullie reclame op tv gezien, leuk hoor",
        "Ik zag jullie bij Radar gisteren",
        "Mag ik jullie mooie foto op Facebook zetten?",
    ),
    Hazard.LEGAL: (
        "Wat zijn mijn rechten bij retour?",
        "Heerlijke advocaat met slagroom bij de koffie",
        "Dat is mijn recht als klant",
    ),
    Hazard.FRAUD_VICTIM: (
        "Pas op, er gaat een nepmail rond",
        "Vreemd mailtje gekregen, is dat van jullie?",
        "Wat een oplichters zijn het",
    ),
    Hazard.CONDUCT: (
        "Wat een aardige medewerker aan de telefoon",
        "De bezorger was te laat",
        "Jullie helpdesk is onbereikbaar",
    ),
    Hazard.CHURN: (
        "Hoe zeg ik mijn abonnement op?",
        "Dat vergeet ik nooit meer, zo lief",
        "Dit was niet de laatste keer dat we bij jullie boeken!",
        "Ik wil nooit meer anders",
    ),
    Hazard.STAFF_ABUSE: (
        "Stelletje prutsers daar op kantoor",
        "Ik weet waar jullie winkel is, tot morgen!",
        "Wat een klap, die nieuwe prijzen",
    ),
}


def found(text: str) -> set[Hazard]:
    return {hazard for hazard, score in hazards(text).items() if score >= 0.5}


@pytest.mark.parametrize(("hazard", "text"), [(hazard, text) for hazard, texts in TOLD.items() for text in texts])
def test_an_outspoken_hazard_is_heard(hazard: Hazard, text: str) -> None:
    assert hazard in found(text)


@pytest.mark.parametrize(("hazard", "text"), [(hazard, text) for hazard, texts in NEAR.items() for text in texts])
def test_a_near_miss_is_left_alone(hazard: Hazard, text: str) -> None:
    assert hazard not in found(text)


def test_every_hazard_has_its_sentences_and_there_are_enough() -> None:
    assert set(TOLD) == set(NEAR) == set(Hazard)
    assert sum(len(texts) for texts in (*TOLD.values(), *NEAR.values())) >= 60


def test_there_is_a_score_for_each_and_nothing_in_nothing() -> None:
    assert set(hazards("")) == set(Hazard)
    assert set(hazards("").values()) == {0.0}
    assert set(hazards("Ik stap naar de kantonrechter").values()) == {0.0, FOUND}


@pytest.mark.parametrize("piece", ["mijn oma rolstoel a a a ", "medewerker van ", "zonder a ", "allergie a ", "\n"])
def test_an_endless_text_does_not_hold_up_the_line(piece: str) -> None:
    started = time.process_time()
    hazards(piece * 20_000)
    assert time.process_time() - started < 2.0
