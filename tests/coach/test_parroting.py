"""Parroting: told back in any wording is named, and echoing, playing along and adding something new are left alone."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks

VET = "Onze kat Sjors kreeg bij jullie de verkeerde pillen mee en heeft nu al drie dagen buikpijn."
GYM = "Ik betaal sinds mei voor twee abonnementen, terwijl ik er maar één heb afgesloten."
BOAT = "De veerboot van 9.40 uur vertrok tien minuten te vroeg en wij stonden op de kade met onze fietsen."
ROOF = "Kunnen jullie de dakgoot aan de achterkant schoonmaken voordat de herfst begint?"

BACK = [
    (VET, "U meldt ons dat uw kat Sjors de verkeerde pillen heeft meegekregen en buikpijn heeft. We gaan dit na."),
    (VET, "Sjors kreeg dus de verkeerde pillen en heeft nu 3 dagen buikpijn. Een collega bekijkt dit."),
    (VET, "Kunt u bevestigen dat uw kat verkeerde pillen kreeg en sindsdien buikpijn heeft?"),
    (VET, "Wij hebben kennisgenomen van de verkeerde pillen voor uw kat Sjors en de buikpijn van drie dagen."),
    (GYM, "Je betaalt sinds mei voor 2 abonnementen en hebt er maar één afgesloten, lees ik. We kijken ernaar."),
    (GYM, "Zo te lezen betaal je sinds mei twee abonnementen terwijl je er maar één afsloot. Klopt dat zo?"),
    (GYM, "Uw melding over twee abonnementen waarvoor u sinds mei betaalt is in goede orde ontvangen."),
    (GYM, "Je hebt dus maar één abonnement afgesloten, maar betaalt er sinds mei twee?"),
    (
        BOAT,
        "Van u hebben we begrepen dat de veerboot van 9.40 uur tien minuten te vroeg vertrok. Hebben wij dat juist?",
    ),
    (BOAT, "De veerboot vertrok te vroeg en jullie stonden met fietsen op de kade, als we het goed hebben?"),
    (ROOF, "U vraagt of wij de dakgoot aan de achterkant kunnen schoonmaken voor de herfst."),
    (ROOF, "Uw verzoek om de dakgoot aan de achterkant schoon te maken is bij ons geregistreerd."),
]
FINE = [
    (VET, "Drie dagen buikpijn door onze pillen, arme Sjors. Kom vanmiddag langs, de dierenarts kijkt meteen."),
    (VET, "Verkeerde pillen?! Dat mag hier niet gebeuren. Heeft hij vandaag nog gegeten?"),
    (VET, "Welke kleur hadden de pillen, wit of roze? Dan weet de dierenarts wat hij kreeg."),
    (GYM, "Twee abonnementen voor één lijf, zo fanatiek ben je vast niet. Het tweede is weg en mei tot nu komt terug."),
    (GYM, "Het tweede staat op naam van je zus, zag ik. Wil je dat ik het stopzet?"),
    (BOAT, "Tien minuten te vroeg, dan kun je fietsen wat je wilt. De schipper had een verkeerde klok."),
    (BOAT, "Staan jullie nog op de kade? Dan haalt de watertaxi jullie met fietsen en al op."),
    (ROOF, "De dakgoot doen we dinsdag, tegelijk met die van nummer 8. Zet je het hek even open?"),
    (ROOF, "Voor de herfst lukt het, en de voorkant nemen we gratis mee."),
]


@pytest.mark.parametrize(("post", "reply"), BACK)
def test_what_was_told_comes_back(post: str, reply: str) -> None:
    assert Check.PARROTING in said(post, reply)


@pytest.mark.parametrize(("post", "reply"), FINE)
def test_echoes_jokes_and_news_pass(post: str, reply: str) -> None:
    assert Check.PARROTING not in said(post, reply)


def said(post: str, reply: str) -> set[Check]:
    return {each.check for each in remarks(Draft(reply, "mail", "private"), Scene((post,), complaint=True))}
