"""Acknowledgement: what happened is named by a cry, an image or anybody's feeling; lessons and terms name nothing."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks

LIFT = "De lift in onze flat doet het al negen dagen niet. Ik woon op de zesde met een kinderwagen."
FERRY = "Gemiste aansluiting door jullie bus en daarna anderhalf uur op een leeg station in het donker."
DRESS = "Mijn trouwjurk kwam terug van de stomerij met een schroeiplek op de rug. Over vier dagen trouw ik."
POWER = "Voor de vierde keer deze maand stroomuitval, heel mijn vriezer ontdooid."
CHOIR = "Onze zaal was dubbel geboekt en we stonden met dertig zangers op de stoep."

NAMES = [
    (LIFT, "Negen dagen traplopen met een kinderwagen, zes hoog. Morgen om acht uur staat de monteur er."),
    (LIFT, "Zes trappen op met een kind op je arm, daar word je sterk van maar niet vrolijk. Ik ga erachteraan."),
    (LIFT, "Een monteur komt om acht uur. Je kinderwagen die zes trappen op en af, dat hou je geen dag langer vol."),
    (FERRY, "Anderhalf uur in het donker op een leeg perron, dat wens je niemand toe. Hoe ben je thuisgekomen?"),
    (FERRY, "Wij te laat en jij de hele avond in de kou. De taxi is voor ons, stuur de bon maar."),
    (DRESS, "Een schroeiplek, vier dagen voor je trouwt. Breng hem vandaag, onze beste naaister houdt de middag vrij."),
    (DRESS, "Zo'n jurk kies je één keer in je leven. Ik bel nu drie ateliers."),
    (POWER, "Vier keer in een maand, en dan nu je hele vriezer weg. Wat lag erin? Wij betalen het."),
    (
        POWER,
        "Een vriezer vol ontdooide boodschappen, daar zit niemand op te wachten. De kabel wordt vannacht vervangen.",
    ),
    (CHOIR, "Dertig stemmen en geen zaal, erger dan een valse noot. Vanavond zingen jullie in de grote zaal, van ons."),
]
DRY = [
    (LIFT, "Liften worden volgens het onderhoudsschema gecontroleerd. Bij storing volgt herstel door de leverancier."),
    (LIFT, "De lift is in onderzoek. De monteur verwacht een onderdeel. U kunt de trap gebruiken."),
    (FERRY, "Aansluitingen zijn niet gegarandeerd. Via de reisplanner ziet u de actuele vertrektijden."),
    (FERRY, "Om welke lijn en welk tijdstip ging het?"),
    (DRESS, "Stoomreiniging kan bij zijden stoffen verkleuring geven. Neem de jurk mee naar een van onze filialen."),
    (DRESS, "Graag ontvangen wij de bon en een foto van de jurk."),
    (
        POWER,
        "De storing is verholpen. Stroomuitval ontstaat vaak door graafwerk. Hou de vriezer dan dicht.",
    ),
    (POWER, "Vervelend dat je dit zo ervaart. Wat is je postcode?"),
    (CHOIR, "De zaal is vanaf 19.00 uur beschikbaar voor uw groep. De sleutel ligt bij de receptie."),
    (CHOIR, "Bedankt voor je bericht. We nemen je melding serieus en bespreken het intern."),
]


@pytest.mark.parametrize(("post", "reply"), NAMES)
def test_it_names_what_happened(post: str, reply: str) -> None:
    assert Check.ACKNOWLEDGEMENT not in said(post, reply)


@pytest.mark.parametrize(("post", "reply"), DRY)
def test_it_names_nothing(post: str, reply: str) -> None:
    assert Check.ACKNOWLEDGEMENT in said(post, reply)


def said(post: str, reply: str) -> set[Check]:
    return {each.check for each in remarks(Draft(reply, "mail", "private"), Scene((post,), complaint=True))}
