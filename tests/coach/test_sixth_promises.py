"""Promises: read by what comes to the customer, without what stands below or beside it, and their near misses."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks

BINDS = {
    "what comes to this customer, in words that a timetable has too": [
        "Zaterdag tussen tien en twaalf rijden we bij u langs.",
        "De huisarts belt je vanavond na het spreekuur.",
        "Het busje vertrekt vandaag naar je toe.",
    ],
    "something works again": [
        "Zondagochtend is het water weer 30 graden.",
        "Over een half uur gaat de verkoop opnieuw open.",
        "Uw account is over een kwartier weer open.",
    ],
    "what stands below it is past or done": [
        "Ik stuur je donderdag een versie waarin dat is opgelost.",
        "De behangers komen er dinsdag overheen met het patroon dat jullie kozen.",
        "De lamp die je bestelde komt woensdag.",
    ],
    "what they are told about": [
        "Je hoort maandag of het gelukt is.",
        "U weet vrijdag wat eruit is gekomen.",
        "Wij vertellen u donderdag hoe het is afgelopen.",
    ],
    "ready for them": [
        "Dinsdag eind van de dag kunt u de scooter ophalen.",
        "U kunt morgen om 9.10 uur terecht bij dokter Vos.",
        "Over een uurtje kun je ermee betalen.",
    ],
    "our own promise, with that": [
        "Wij beloven u dat de tegelzetter binnen vijf werkdagen bij u langskomt.",
        "Ik beloof je dat het woensdag klaar is.",
        "We zorgen dat het voor vrijdag geregeld is.",
    ],
    "the same thing goes on": [
        "De pasjes zijn vanmorgen gedrukt en worden morgen bezorgd.",
        "Je kist is gisteren gemaakt en gaat vanavond mee.",
        "De bloemen waren op maar liggen zaterdag voor je klaar.",
    ],
    "by an event of theirs": [
        "Voor je verhuizing heb je de nieuwe sleutels.",
        "Voor jullie vertrekken liggen de paspoorten hier.",
        "Voor de begrafenis heeft u het rouwstuk in huis.",
    ],
    "a day in figures, an hour as in Flanders": [
        "Op 30/11 krijg je het bedrag terug.",
        "We staan donderdag om 15u30 bij u.",
        "Binnen 24h krijgt u een nieuwe code.",
    ],
    "a payment of a day": [
        "Bij de uitbetaling van vrijdag zit het erbij.",
        "Met de betaalronde van 12 december krijgt u het vergoed.",
        "In de box van dinsdag leggen we er twee extra.",
    ],
    "one of two days": [
        "Dan heb je ze dinsdag of woensdag.",
        "Hij valt morgen of overmorgen in de bus.",
        "Je krijgt hem vandaag of uiterlijk morgen.",
    ],
    "spared or kept": [
        "In december betaal je niks.",
        "We schrijven volgende maand niets bij u af.",
        "Ik ga vanavond niet weg voordat het goed staat.",
    ],
    "said as one does in Flanders": [
        "Ge krijgt morgen een nieuwe.",
        "Ge hebt hem tegen zaterdag.",
        "Gij krijgt dinsdag antwoord.",
    ],
    "count on it": [
        "Reken op donderdag.",
        "Het atelier naait ze opnieuw, reken op anderhalve week.",
        "Verwacht hem om kwart voor negen.",
    ],
    "a quoted word is no denial": [
        "Vanaf deze week staat er 'geen dienst' op het scherm.",
        "Morgen hangt er een bordje 'niet roken' bij jullie trap.",
        'Vrijdag staat er "nooit meer te laat" op je taart.',
    ],
    "a short term at the end": [
        "Onze bus komt eraan, nog een half uurtje.",
        "De huismeester komt naar beneden, twee minuutjes.",
        "Dat wordt woensdag, eerder lukt niet.",
    ],
}
FREE = {
    "a timetable, for everybody": [
        "De bus van 8.12 uur rijdt vanaf 13 december vijf minuten eerder.",
        "De veiling sluit zondag om acht uur.",
        "De nieuwe regels gaan in per 1 juli.",
    ],
    "open again": [
        "Zondag zijn we weer gewoon open vanaf 10 uur.",
        "De fabrikant levert pas in februari weer.",
        "Woensdag is er pas weer een plekje.",
    ],
    "the main thing is past": [
        "In het verslag zie ik dat je dinsdag gebeld hebt.",
        "Op de beelden van 07.10 uur is te zien dat de chauffeur je zag.",
        "Woensdag is dat al teruggeboekt.",
    ],
    "they would like to know": [
        "Ik hoor graag voor vrijdag van je.",
        "We horen graag uiterlijk maandag wat je wil.",
        "Ik begrijp dat je vanavond nog antwoord wilt.",
    ],
    "they may": [
        "Je mag me morgen bellen tussen 9 en 12.",
        "U kunt tot vrijdag een nieuwe pas aanvragen.",
        "Met die mail mag je vandaag al naar binnen.",
    ],
    "somebody else says so": [
        "In hun brief schrijft de importeur dat je voor 1 februari antwoord krijgt.",
        "De app zegt dat hij morgen bij je komt.",
        "Dat de koerier morgen komt, zegt de app.",
    ],
    "a moment that belongs to a thing": [
        "Je opzegging van 3 oktober lag onderop.",
        "Dat is al de tweede keer deze week.",
        "Het ging om de rit van 15.12 uur.",
    ],
    "an event of theirs, and no more": [
        "Je hebt morgen een examen en dan dit.",
        "Ik wens je een mooie zaterdag.",
        "Succes morgen met je verhuizing.",
    ],
    "how it ought to be": [
        "Een nacontrole hoort binnen zes weken te gebeuren.",
        "De krant hoort er voor zeven uur te zijn.",
        "Je hebt recht op een uitslag binnen vijf dagen.",
    ],
    "on condition": [
        "Zodra hij binnen is, sturen we hem dezelfde dag op.",
        "Als je voor 22.00 uur bestelt, heb je het morgen in huis.",
        "Gebeurt het morgen weer, laat het dan weten.",
    ],
    "by what they do themselves": [
        "Leg hem een nachtje in de vriezer, dan is hij morgen weer soepel.",
        "Zet hem vanavond aan de lader, dan doet hij het morgen weer.",
        "Stuur het voor vrijdag terug.",
    ],
    "what it was like": [
        "Om elf uur nog in uw nachtpon zitten, dat is niet waardig.",
        "Tussen zes en negen is dat te weinig.",
        "Elke ochtend in de kou wachten, daar zit niemand op te wachten.",
    ],
    "a rule": [
        "We bezorgen op werkdagen tussen 8 en 18 uur.",
        "Grofvuil halen we op dinsdag en vrijdag.",
        "Bij een overstap duurt het een werkdag voor je nummer mee is.",
    ],
    "the world": [
        "Per 1 januari verandert de wet.",
        "Morgen gaat het vriezen, dus wees voorzichtig.",
        "Maandag vergaderen de ouders over een andere cateraar.",
    ],
    "only expected": [
        "De fabriek verwacht hem in week 50.",
        "De planning gaat uit van 18 december.",
        "We horen over een week of drie wat hij ervan vindt.",
    ],
}


ASKED = {  # and complained of nothing
    "Is mijn jas al gemaakt?": ("Vrijdag hangt hij klaar.", "Hij is vrijdag al opgehaald."),
    "Hoe laat komt de monteur?": ("Hij is er voor vijf uur.", "Hij rijdt op werkdagen van acht tot vijf."),
    "Wanneer krijg ik de uitslag?": ("Die is er dinsdag.", "Een uitslag duurt gewoonlijk een week."),
}


def _timer(reply: str, theirs: str = "Dit is toch niet te geloven", complaint: bool = True) -> bool:
    said = remarks(Draft(reply, "x", "public"), Scene(theirs=(theirs,), complaint=complaint))
    return any(each.check is Check.PROMISE for each in said)


@pytest.mark.parametrize("reply", [each for kind in BINDS.values() for each in kind])
def test_a_promise_is_offered_as_a_timer(reply: str) -> None:
    assert _timer(reply)


@pytest.mark.parametrize("reply", [each for kind in FREE.values() for each in kind])
def test_what_binds_nobody_passes(reply: str) -> None:
    assert not _timer(reply)


@pytest.mark.parametrize("theirs", ASKED)
def test_who_asked_about_their_own_is_promised_something_in_fewer_words(theirs: str) -> None:
    promised, told = ASKED[theirs]
    assert _timer(promised, theirs, complaint=False)
    assert not _timer(told, theirs, complaint=False)
