"""Promises: by a result on a day, as a limit, with a thing that was paid or promised, and their near misses."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks

BINDS = {
    "what was paid, promised or not delivered stands there as a thing": [
        "Het dubbel betaalde lesgeld maken we vrijdag aan u over.",
        "De beloofde korting verrekenen we volgende maand.",
        "Het niet geleverde bankstel brengen we donderdag alsnog.",
    ],
    "a noun that looks like a participle": [
        "U heeft het geld van de kaartjes maandag op uw rekening.",
        "Uw gebit is woensdag klaar.",
        "Je hebt het bestand eind deze week in je mailbox.",
    ],
    "a plural or an adjective that looks like the past": [
        "Het nog openstaande bedrag schelden we eind van de maand kwijt.",
        "Op al uw vragen antwoorden we vandaag nog.",
        "Door de drukte duurde het even, en morgen staat de witte kast bij u.",
    ],
    "a term that we still need": [
        "Wij hebben er nog twee dagen voor nodig, daarna rijdt hij weer.",
        "Drie dagen, langer doen we er niet over.",
        "Een week, meer heb ik niet nodig om de vloer te leggen.",
    ],
    "a result on a day that is named first": [
        "Woensdag is alles afgewerkt en opgeruimd.",
        "Vrijdag zijn uw gegevens aangepast.",
        "Donderdag heeft de fietsenmaker je wiel gerepareerd.",
    ],
    "against a day": [
        "Tegen maandag zijn de tegels weer gelegd.",
        "Tegen woensdag is je motor weer opgebouwd.",
        "Tegen zaterdag wordt het zwembad bijgevuld.",
    ],
    "get ready for us": [
        "Hou donderdagmiddag vrij, dan zetten wij de kast in elkaar.",
        "Blijf morgen lekker thuis, dan brengen wij hem langs.",
        "Leg hem zaterdag maar buiten, dan neemt onze chauffeur hem mee.",
    ],
    "a limit": [
        "Later dan vier uur wordt het niet, dat zeg ik je toe.",
        "Langer dan tot vrijdag laten we u niet in de kou zitten.",
        "Later dan woensdag hoeft u niet op de uitslag te wachten.",
    ],
    "open for this customer": [
        "Voor u gaat het luik vanavond om acht uur nog even open.",
        "Morgen is de zaal vanaf negen uur alleen voor jullie geopend.",
        "De werkplaats is zaterdag om tien uur speciaal voor jou open.",
    ],
    "read through, to the end": [
        "Vanmiddag lees ik uw hele dossier door en dan bel ik u.",
        "Morgen lees ik uw brieven na en dan schrijf ik u zelf.",
        "Deze week lees ik alle mails terug, van voor naar achter.",
    ],
    "what they may expect of us": [
        "U kunt het bedrag binnen vijf werkdagen op uw rekening verwachten.",
        "Je mag maandag een telefoontje van onze planner verwachten.",
        "Jullie kunnen dinsdag voor tienen de monteur verwachten.",
    ],
    "even if": [
        "Ook als ik dan nog niets weet bel ik je vrijdag.",
        "Zelfs als de lijm nog niet droog is krijgt u hem zaterdag te zien.",
        "Ook als er niets te melden is mailen we u maandag.",
    ],
    "a term, and then": [
        "Nog een nachtje slapen en dan heb je hem in huis.",
        "Een dag of drie, dan zit je weer met scherp zicht aan de krant.",
        "Hooguit nog een halfuur en je hebt weer licht.",
    ],
    "somebody by name, or the work itself": [
        "Zuster Annet komt vanaf maandag dagelijks om acht uur.",
        "Nabezorging is voor twaalven.",
        "Antwoord volgt vandaag.",
    ],
    "two days, and ours": [
        "Dinsdag en woensdag staan onze behangers bij u voor de deur.",
        "Maandag en donderdag oefen ik na schooltijd met je zoon.",
        "Zaterdag en zondag houdt mijn collega de lijn voor u vrij.",
    ],
    "a carrier with an hour, and short words for a term": [
        "Voor de post van vijven ligt hij ingepakt.",
        "Ze staan over 5 min in je mail, spam even checken.",
        "Uw koffer reist mee met de vlucht van negen uur.",
    ],
    "a moment, and then we": [
        "Blauw komt 4 december binnen, en dan leg ik er eentje voor je weg.",
        "De leraar is er donderdag, dan vraag ik het hem.",
        "De kast is er vrijdag, dan brengt onze bus hem.",
    ],
    "a trade, a time": [
        "Maandagmorgen 8 uur, loodgieter Henk.",
        "De monteur is onderweg, aankomst rond kwart voor drie.",
        "Donderdag om tien uur: schilder Fatma en haar ladder.",
    ],
    "on my word": [
        "Zaterdag, op mijn erewoord.",
        "Vrijdag voor de lunch, mijn woord erop.",
        "Een vaste juf, te beginnen maandag.",
    ],
}
FREE = {
    "a thing that was paid, and no more": [
        "Dinsdag betaalde u dubbel, dat zie ik ook.",
        "Het te veel betaalde bedrag zagen we dinsdag binnenkomen.",
        "De beloofde korting kreeg u vorige maand niet.",
    ],
    "had already": [
        "U hebt maandag het pakket geweigerd.",
        "Je had het geld vorige week al moeten hebben, dat klopt.",
        "Dinsdag is uw pakket verstuurd, dus het is zoek.",
    ],
    "what a thing needs": [
        "Nieuwe schoenen hebben een week of twee nodig om soepel te worden.",
        "Drie dagen, langer dan wie ook zou moeten wachten.",
        "Een halfuur zonder licht is akelig.",
    ],
    "on condition": [
        "Bel morgen even, dan kijken wij met je mee.",
        "Zet morgen je router uit en weer aan.",
        "Komt de monteur dinsdag ook echt, dat is je vraag. Ik durf er geen ja op te zeggen.",
    ],
    "a limit of the world": [
        "Later dan vier uur haal je de laatste boot niet.",
        "Langer dan een uur mag dit niet duren, en toch.",
        "Bezwaar maken kan tot zes weken na dagtekening.",
    ],
    "an hour in the reproach": [
        "Zes uur, dan liggen wij ook nog te slapen.",
        "Zo praat je niet tegen iemand die om acht uur al in de rij staat.",
        "In het weekend rekenen taxi's het dubbele.",
    ],
    "open for everybody": [
        "De zaal is vanaf negen uur geopend voor iedereen.",
        "Vanavond is de dienstapotheek tot elf uur open.",
        "Wij zijn in het nieuwe jaar weer open, vanaf 4 januari.",
    ],
    "read in the papers": [
        "Ik lees in uw dossier dat u dinsdag gebeld hebt.",
        "Vandaag zie ik in het systeem pas dat het mis is.",
        "Lees ik het goed, dan wacht u sinds maandag.",
    ],
    "what others expect": [
        "De bank verwacht dat het binnen vijf werkdagen wordt bijgeschreven.",
        "Hulp binnen het uur is wat je mocht verwachten.",
        "U kunt morgen veel drukte op de weg verwachten.",
    ],
    "how long it took": [
        "Twee dagen in de regen, dat gun je niemand. We kijken wat er misging.",
        "Een uur op dat perron, bah. Ik zoek uit wie er dienst had en je hoort van mij.",
        "Twee uur zonder jas op deze stoep, en dan een dichte deur.",
    ],
    "a joy, a stall, a rule": [
        "Volgende maand vieren we onze honderdste verjaardag.",
        "Wij staan zaterdag op de markt in Gouda, kraam 12.",
        "De huur gaat elk jaar op 1 juli omhoog, dat bepaalt het rijk.",
    ],
    "the weather, and whoever orders": [
        "Er komt vrijdag storm, daarom staan de tenten nog in de loods.",
        "Morgen komt er sneeuw, zegt de weerman bij ons op de gang.",
        "Wie voor twaalf uur bestelt krijgt het de volgende dag, zo stond het er en zo ging het niet.",
    ],
    "somebody else's": [
        "Het consulaat belooft een antwoord binnen tien dagen.",
        "De aanbieding van volgende week staat nu al in de app.",
        "De monteur stond ingepland voor dinsdag tussen 8 en 12 en kwam niet.",
    ],
}


def _timer(reply: str, complaint: bool = True) -> bool:
    said = remarks(Draft(reply, "x", "public"), Scene(theirs=("Dit is toch niet te geloven",), complaint=complaint))
    return any(each.check is Check.PROMISE for each in said)


@pytest.mark.parametrize("reply", [each for kind in BINDS.values() for each in kind])
def test_a_promise_is_offered_as_a_timer(reply: str) -> None:
    assert _timer(reply)


@pytest.mark.parametrize("reply", [each for kind in FREE.values() for each in kind])
def test_what_binds_nobody_passes(reply: str) -> None:
    assert not _timer(reply)


def test_a_request_granted_in_a_word_promises_what_follows() -> None:
    told = "Op de 14e ligt er een oprijplaat bij de kassa."
    assert _timer(f"Geregeld. {told}", complaint=False)
    assert not _timer(told, complaint=False)


@pytest.mark.parametrize(
    "reply",
    [
        "Ja hoor, die komt vandaag nog jouw kant op.",
        "Ja. Zaterdag staat er iemand bij de zijingang om haar te helpen.",
        "Prima, we rekenen het boek pas vanaf maandag.",
    ],
)
def test_who_only_asked_is_promised_something_too(reply: str) -> None:
    assert _timer(reply, complaint=False)
