"""Known facts: a question for what we have is named in any grammar, and a question for something else passes."""

import pytest

from socialwatch.domain.coach import Check, Draft, Known, Scene, remarks

ADDRESS = Known("address", "Zandpad 41, Assen", "adres")
EMAIL = Known("email", "mo@voorbeeld.nl", "e-mailadres")
PHONE = Known("phone", "0612345678", "telefoonnummer")
PRODUCT = Known("product", "grasmaaier Hark 300", "product")
DELIVERY = Known("delivery", "26 november, 13-17 uur", "bezorging")
ORDER = Known("order_number", "Z-4411", "bestelnummer")
PERSON = Known("customer_number", "88120", "klantnummer")
JOURNEY = Known("travel", "Utrecht - Praag, 3 december 2026, 2 personen", "reis")
BOUGHT = Known("purchase_date", "11 mei 2026", "aankoopdatum")
TRIED = Known("tried", "filter schoongemaakt, machine ontkalkt", "al geprobeerd")
STORE = Known("store", "filiaal Breda", "winkel")
AMOUNT = Known("amount", "€ 89,50", "bedrag")
CALLED = Known("contacts", "gebeld op 17 november met Ilse", "eerder contact")

ASKED = [
    (ADDRESS, "We sturen een nieuwe. Vertel maar waar we die mogen bezorgen."),
    (ADDRESS, "In welke plaats woon je, dan plan ik de monteur in?"),
    (ADDRESS, "Graag ontvangen wij je adres, zodat de koerier weet waar hij moet zijn."),
    (EMAIL, "Waar mag de bevestiging heen? Je mailadres graag."),
    (PHONE, "Gelieve ons uw telefoonnummer door te geven."),
    (PRODUCT, "Welke maaier heb je bij ons gekocht?"),
    (PRODUCT, "Wat voor apparaat is het precies?"),
    (DELIVERY, "Op welke dag zou hij ook alweer bezorgd worden?"),
    (DELIVERY, "Wanneer stond de levering gepland?"),
    (ORDER, "Geef je boekingsnummer even, dan zoek ik het op."),
    (PERSON, "Mag ik je lidnummer? Dan kijk ik meteen."),
    (JOURNEY, "Naar welke stad ging de trein, en met hoeveel mensen?"),
    (JOURNEY, "Wij verzoeken u de reisdatum te vermelden."),
    (BOUGHT, "Wanneer heb je hem precies aangeschaft?"),
    (TRIED, "Heb je het filter al eens schoongemaakt?"),
    (TRIED, "Ontkalk de machine eens, dat helpt vaak."),
    (STORE, "In welk filiaal was dat?"),
    (AMOUNT, "Hoeveel is er precies afgeschreven?"),
    (CALLED, "Heeft u hierover al eerder contact met ons gehad?"),
    (CALLED, "Wie had je toen aan de lijn?"),
]
PASSES = [
    (ADDRESS, "Waar in huis lekt het, bij het raam of bij de deur?"),
    (ADDRESS, "Zullen we hem naar Zandpad 41 sturen, of liever naar je werk?"),
    (EMAIL, "De bevestiging gaat naar je mailadres, die heb ik hier staan."),
    (PHONE, "Ik bel je zo op je eigen nummer. Schikt half drie?"),
    (PRODUCT, "Wat hoor je als hij start, een tik of een brom?"),
    (DELIVERY, "Welke dag komt je beter uit?"),
    (ORDER, "Wat is het serienummer, onder op de plaat?"),
    (PERSON, "Weet je het kentekennummer van de auto nog?"),
    (JOURNEY, "Heb je al een hotel in Praag, of zoek je er nog een?"),
    (BOUGHT, "Wanneer zag je de barst voor het eerst?"),
    (TRIED, "Loopt er water uit als je de klep openzet?"),
    (STORE, "Was het daar druk, en wie hielp je?"),
    (AMOUNT, "Die 89,50 komt terug. Kostte het je ook rente?"),
    (CALLED, "Ilse schreef op dat je morgen weg bent. Zal ik vandaag nog bellen?"),
]


@pytest.mark.parametrize(("have", "reply"), ASKED)
def test_it_asks_for_what_we_have(have: Known, reply: str) -> None:
    assert Check.KNOWN in said(have, reply)


@pytest.mark.parametrize(("have", "reply"), PASSES)
def test_it_asks_for_something_else(have: Known, reply: str) -> None:
    assert Check.KNOWN not in said(have, reply)


def said(have: Known, reply: str) -> set[Check]:
    scene = Scene(("Het gaat weer eens mis bij jullie.",), known=(have,), complaint=True)
    return {each.check for each in remarks(Draft(reply, "mail", "private"), scene)}
