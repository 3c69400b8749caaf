"""Deeds: an answer in which somebody does something passes, one in which a house speaks does not; other trades."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks
from socialwatch.domain.coach.deeds import does, helps, owns

LAID_ASIDE = [
    (
        "Alle parkeerplekken bezet door personeel",
        "Parkeren is voor iedereen vrij, dus ook voor onze medewerkers. Wellicht iets eerder komen?",
    ),
    (
        "Mijn vader kreeg de verkeerde maaltijd, hij is diabeet",
        "De voedingsassistent gaat af op het menulijstje dat de familie invult.",
    ),
    ("Ik krijg jullie nieuwsbrief niet meer", "Check je spamfolder! Daar belandt hij meestal."),
    (
        "Te weinig stoelen in de wachtkamer",
        "Het is een drukke poli en de ruimte is nu eenmaal beperkt. Wij doen ons best.",
    ),
    (
        "Wasstraat heeft mijn antenne afgebroken",
        "Bij de inrit staat dat u losse delen moet verwijderen. Schade wordt niet vergoed.",
    ),
    (
        "Buurtapp-groep krijgt geen antwoord van de wijkagent",
        "Voor meldingen is het algemene nummer 0900-8844 bedoeld. Social media wordt niet gemonitord voor meldingen.",
    ),
    (
        "Ik word gepest in jullie game",
        "Spelers kunnen elkaar blokkeren in het menu. Wij mengen ons niet in onderlinge conflicten.",
    ),
    (
        "Leverancier van mijn keuken failliet, geld kwijt",
        "Een faillissement is een ondernemersrisico. De curator handelt alle vorderingen af.",
    ),
    (
        "Toiletten op het festival onbruikbaar",
        "Bij evenementen van deze omvang valt dat niet altijd te vermijden. Er waren ook toiletten bij de uitgang.",
    ),
    (
        "Verzekering betaalt hoorapparaat niet",
        "Uw vergoeding is beoordeeld aan de hand van de polisvoorwaarden 2026. Hieraan kunnen wij niets wijzigen.",
    ),
    (
        "Koerier reed over mijn plantenbak",
        "Onze bezorgers zijn zelfstandigen. Schade kun je verhalen op de betreffende koerier.",
    ),
    (
        "Tafel gereserveerd, toch geen plek",
        "Reserveringen via TafelNu komen niet altijd bij ons door. Voortaan kunt u beter bellen.",
    ),
    ("Kopje barst in de vaatwasser", "Keramiek is kwetsbaar en gevoelig voor temperatuurverschillen."),
    (
        "Website onleesbaar voor slechtzienden",
        "De website is conform de wettelijke eisen getoetst door een onafhankelijk bureau.",
    ),
    ("Fiets gestolen bij jullie station", "Stallen gebeurt op eigen risico. Wij raden altijd een tweede slot aan."),
    (
        "Hulp in huis komt steeds iemand anders",
        "Door het hoge ziekteverzuim moeten we schuiven. We vragen hier begrip voor, het is voor iedereen lastig.",
    ),
    (
        "Energiecontract op verkeerd adres",
        "Adreswijzigingen kunt u zelf doorvoeren in Mijn Omgeving, onder het kopje Gegevens.",
    ),
    ("Slechte klank in de zaal", "De akoestiek wordt door de meeste bezoekers juist erg gewaardeerd."),
    ("Verhuisdozen zakten door", "Op de doos staat een maximum van 20 kilo. Is die misschien overschreden?"),
    (
        "Ik krijg antwoorden van een robot",
        "Onze chatbot beantwoordt de meeste vragen sneller dan een medewerker. Probeer je vraag eens anders te "
        "stellen.",
    ),
    (
        "Parkeermeter slikte mijn kaart",
        "De meters zijn van de gemeente, wij controleren alleen. Op de zijkant staat een storingsnummer.",
    ),
    (
        "Wespennest in de speeltuin, kind gestoken",
        "Wespen horen bij de zomer. Ouders blijven verantwoordelijk voor het toezicht.",
    ),
    ("Oude jas teruggekregen van de stomerij", "Kleding die de zaak heeft verlaten, nemen wij niet retour."),
    (
        "Gaan jullie nog iets doen aan die hitte in de bus",
        "Niet alle bussen zijn uitgerust met airco. Bij een volgende aanbesteding wordt dit bekeken.",
    ),
    ("Vlucht overboekt, twee dagen later pas weg", "Overboeken is in de luchtvaart gebruikelijk en toegestaan."),
    ("Ik mag niet pinnen onder de 10 euro", "Dat is beleid van de filiaalhouder."),
    ("Kinderfeestje, animator kwam niet", "De animatoren regelen hun eigen agenda. Neem het met haar op."),
    (
        "Mijn vraag wordt steeds gesloten zonder antwoord",
        "Vragen worden na 48 uur automatisch gesloten. Open gerust een nieuw ticket.",
    ),
]
TAKEN_UP = [
    ("Bieb-app zegt dat ik boete heb", "Vijf cent boete en een bibber van schrik. Weg. Lekker verder lezen."),
    ("Geen suikervrije taart meer", "Op, en dat om elf uur al. Morgen leg ik twee punten opzij op jouw naam, goed?"),
    (
        "Alle parkeerplekken bezet door personeel",
        "Klopt, en dat is de omgekeerde wereld. Vanaf nu staan wij achter op het gras.",
    ),
    (
        "Te weinig stoelen in de wachtkamer",
        "Met een gebroken been staan wachten is te gek. Er staan er sinds vanmiddag acht bij.",
    ),
    (
        "Oude jas teruggekregen van de stomerij",
        "Een vreemde jas, en de jouwe warm bij een ander. Ik bel nu alle klanten van die dag af.",
    ),
    (
        "Bril zit scheef",
        "Scheef kijken went nooit. Loop binnen wanneer het uitkomt, bijbuigen doen we terwijl je wacht.",
    ),
    (
        "Pretparkkaartjes dubbel betaald",
        "Twee keer betalen voor één achtbaan, dat is zelfs ons te gek. Het tweede bedrag is onderweg terug.",
    ),
    (
        "Kaartje uit automaat gescheurd",
        "De halve code is nog te lezen, daar kom ik een heel eind mee. Gevonden. Je kaartje zit nu in de app.",
    ),
    (
        "Mijn bestelde gordijnen zijn blauw ipv groen",
        "Blauw is mooi, maar je wilde groen. Het atelier naait ze opnieuw, ophangen doen we er dan gelijk bij.",
    ),
    (
        "Jaarrekening niet te snappen",
        "Ik snapte hem zelf ook pas bij de derde keer. Pagina 2 is waar het om draait: u krijgt geld terug, € 83.",
    ),
    (
        "Ov-fiets kapot",
        "Met een lekke band in de regen, au. De rit is gratis en de fiets haalt iemand daar op, gewoon laten staan.",
    ),
    (
        "Ik krijg jullie nieuwsbrief niet meer",
        "Je adres stond op de stoplijst, geen idee waarom. Is eraf. De laatste twee heb ik er los achteraan gestuurd.",
    ),
    (
        "Ik krijg antwoorden van een robot",
        "Vanaf hier ben ik het, Marit, van vlees en bloed. Je vraag over de overschrijving: die is vanochtend "
        "vrijgegeven.",
    ),
    (
        "Abonnement opzeggen kan niet online",
        "Kan inderdaad niet, en dat is van de zotte in 2026. Eén woord van jou hier is voor mij genoeg: "
        "opgezegd per vandaag.",
    ),
    (
        "Hulp in huis komt steeds iemand anders",
        "Elke week je verhaal opnieuw doen, dat is geen hulp. Vanaf nu komt Fatima op dinsdag en bij ziekte "
        "Anneke, die u al kent.",
    ),
    (
        "Bruidsjurk niet op tijd",
        "Zo vlak voor de grote dag. Ons naaiatelier werkt door vanavond, en morgen om tien uur past u hem bij "
        "ons in de achterkamer.",
    ),
    (
        "Koerier reed over mijn plantenbak",
        "Daar ging je oogst. We werken met losse koeriers, en toch was dit onze bezorging. Wat kost een nieuwe "
        "bak? Dat maken we goed.",
    ),
    (
        "Mijn vader kreeg de verkeerde maaltijd, hij is diabeet",
        "Dat had slecht kunnen aflopen. Hoe is zijn suiker nu? De keuken maakt iets anders voor hem klaar en "
        "ik loop zelf mee naar boven.",
    ),
    (
        "Geluidsoverlast van jullie terras",
        "Tot één uur stoelen slepen, daar slaapt niemand doorheen. Vanaf vanavond gaan de doppen eronder en om "
        "elf uur is het terras leeg.",
    ),
    (
        "Museumgids maakte racistische grap",
        "Daar is niks grappigs aan. Hij geeft bij ons geen rondleidingen meer. Ik zou graag met u willen "
        "praten over hoe we dit goedmaken.",
    ),
    (
        "Parkeermeter slikte mijn kaart",
        "Je kaart zit er nog in, de meter is op slot. Over een kwartier staat er iemand met een sleutel bij "
        "je, blijf er even bij als dat kan.",
    ),
    (
        "Wespennest in de speeltuin, kind gestoken",
        "Au, hoe is het met de arm? De speeltuin is dicht en de bestrijder is er binnen het uur. Wat je aan de "
        "dokter kwijt was, vergoeden we.",
    ),
    (
        "Gaan jullie nog iets doen aan die hitte in de bus",
        "Ja. De airco in de 40 en de 41 is vannacht bijgevuld, de rest volgt morgen. Tot die tijd liggen er "
        "flesjes water achter de chauffeur.",
    ),
    (
        "Energiecontract op verkeerd adres",
        "Dan betaal je voor andermans warme voeten. Ik heb de meters omgewisseld in het systeem, de correctie "
        "rolt er met de volgende nota uit.",
    ),
]
ASKED = [
    (
        "Zitten er noten in het brood?",
        "In het witte niet, in het meergranen wel hazelnoot. Alles komt wel uit dezelfde oven.",
    ),
    ("Kan ik met Bancontact betalen?", "Nog niet, helaas. Contant en met een gewone bankpas wel."),
    ("Waar kan ik glas kwijt?", "Bij de supermarkt aan het plein, links naast de ingang."),
    ("Doen jullie ook bruidsboeketten?", "Zelf niet, Bloem & Blad om de hoek wel en die zijn daar beroemd om."),
    (
        "Is dit geschikt voor zwangere vrouwen?",
        "Rauwe melk zit er niet in, alcohol ook niet. Bij twijfel vraag het je verloskundige.",
    ),
    (
        "Kan ik het zelf installeren?",
        "Dat kan, een half uurtje werk en een kruiskopschroevendraaier. Liever niet? De monteur doet het voor € 49.",
    ),
]
DEEDS = [
    "ik bel de fabriek.",
    "dan stuur ik er een na.",
    "we hebben de update teruggedraaid.",
    "onze klusjesman is onderweg naar boven.",
    "hij staat er weer.",
    "de bon is ingetrokken.",
]
NO_DEEDS = [
    "ik begrijp dat dit vervelend is.",
    "wij bezorgen alleen.",
    "daar gaan wij vanuit.",
    "wij hebben geen invloed op de bezorging.",
    "we hebben dit beleid al jaren.",
    "er is vastgesteld dat het klopt.",
    "welke titels we mogen tonen staat vast.",
]


@pytest.mark.parametrize(("post", "reply"), LAID_ASIDE)
def test_a_house_that_speaks_is_remarked_on(post: str, reply: str) -> None:
    assert remarked(post, reply, complaint=True)


@pytest.mark.parametrize(("post", "reply"), TAKEN_UP)
def test_somebody_who_does_something_is_left_alone(post: str, reply: str) -> None:
    assert not remarked(post, reply, complaint=True)


@pytest.mark.parametrize(("post", "reply"), ASKED)
def test_a_plain_answer_to_a_question_is_left_alone(post: str, reply: str) -> None:
    assert not remarked(post, reply, complaint=False)


@pytest.mark.parametrize("said", DEEDS)
def test_a_deed_is_seen(said: str) -> None:
    assert does(said) is not None


@pytest.mark.parametrize("said", NO_DEEDS)
def test_what_changes_nothing_is_no_deed(said: str) -> None:
    assert does(said) is None


def test_help_is_told_from_homework() -> None:
    assert helps("met de lift links ben je er zo.") is not None
    assert helps("op de website kun je het ook vinden.") is None


def test_a_fault_that_is_ours_is_seen() -> None:
    assert owns("dat hadden wij moeten zien.") is not None
    assert owns("dat had u moeten zien.") is None


def remarked(post: str, reply: str, complaint: bool) -> bool:
    found = remarks(Draft(reply, "x", "public"), Scene((post,), complaint=complaint))
    return Check.DEFLECTION in {each.check for each in found}
