"""Promises: in half a sentence, in the perfect, with any term; and past, world and habit, which bind nobody."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks
from socialwatch.domain.coach.timing import lasts_until, moment

BINDS = [
    ("Kaartje geweigerd", "Het entreegeld heb je vanavond terug."),
    ("Les", "De gemiste tijd halen we volgende week in."),
    ("Tomaten", "Donderdag komt er een nieuwe kar binnen, ik leg er vier voor je achter."),
    ("Druppels", "De bezorger is over een half uurtje bij u met een vers flesje."),
    ("Subsidie", "Deze week nog zoek ik uit wie erover gaat, en dan hoort u een naam."),
    ("Straf", "Morgen praat ik met hem en met jullie, in die volgorde."),
    ("Rekening", "Uiterlijk de 30e is de rekening aangepast, u hoeft nu niets te betalen."),
    ("Buggy", "Lissabon stuurt hem met de vlucht van tien uur, dus vanavond heb je hem terug."),
    ("Wachten", "Nog tien minuten en dan is er een agent voor je vrij."),
    ("Dakpan", "De dekker neemt je woensdag mee op zijn ronde."),
    ("Kaas", "Bij je volgende bestelling doe ik er een stuk oude bij, gratis."),
    ("Schimmel", "Komende dinsdag meet een specialist het vocht in alle kamers."),
    ("Tram", "We hangen vandaag nog een bord op en volgende week verzetten we de halte."),
    ("Les", "Je zoon kan maandag instromen bij de groep van Karin."),
    ("Fout", "Wij corrigeren dit in de salarisrun van januari."),
    (
        "Waar is mijn diploma",
        "Het is geprint en ondertekend, en overmorgen ligt het bij de receptie op je te wachten.",
    ),
    ("Mijn parkeervergunning", "We verlengen hem voor u, dat is voor het weekend rond."),
    ("Bellen jullie nog", "Binnen een half uur heb je Sjaak aan de telefoon."),
    ("Kapotte lantaarn", "De storingsploeg rijdt er vanavond langs en hangt er een nieuwe lamp in."),
    ("Mijn cv-ketel", "Reken er maar op dat u dinsdag warm doucht."),
    ("Wanneer krijg ik die sleutel", "Maandag om negen uur geef ik hem u persoonlijk, bij de voordeur."),
    ("Weer geen krant", "Morgenochtend voor zeven uur ligt hij er, ik heb de bezorger zelf gesproken."),
    (
        "Ik wacht al drie weken",
        "Drie weken is te lang. Je bent nu aan de beurt: woensdag 9 uur, met dezelfde kapper.",
    ),
    ("Rekening klopt niet", "De creditnota volgt uiterlijk eind van de week per mail."),
    (
        "Wachtlijst kinderopvang",
        "Zodra het kan is een naar antwoord, dus dit: 1 februari heeft Noor een plek, zwart op wit.",
    ),
    ("Ik hoor niks", "U krijgt morgen voor de lunch een telefoontje van onze teamleider."),
    ("Lekkage", "Vandaag komt er een noodploeg, tussen nu en twee uur."),
    ("Geen stroom op de camping", "Over een kwartier zit de stroom er weer op."),
    ("Bestelling kwijt", "Ik verzend hem opnieuw, met track en trace, en dinsdag heeft u hem thuis."),
    ("Website plat", "De techneuten zitten erop; voor middernacht draait alles weer."),
    ("Mijn fiets", "Zaterdag halverwege de ochtend mag je hem komen halen, schoongepoetst."),
    ("Klacht over chauffeur", "Ik spreek hem morgen zelf en vertel je daarna hoe dat gesprek ging."),
    ("Geen huur teruggekregen", "De borg wordt deze week teruggestort, ik heb hem zojuist vrijgegeven."),
    ("Mijn pas is geblokkeerd", "De nieuwe pas valt binnen drie dagen in de bus, de pincode een dag later."),
    ("Waarom duurt het zo lang", "Daar heb je gelijk in. Eind deze week hak ik de knoop door en hoor je van me."),
    ("De bus naar school", "Vanaf maandag rijdt er weer een grote bus, met plek voor iedereen."),
    ("Nog steeds geen zorg", "Tot die tijd kom ik zelf langs, elke ochtend om acht uur."),
    ("Ik wil mijn geld", "Vanmiddag nog maak ik het over, let maar op je app."),
    (
        "Trouwkaarten nog niet geleverd",
        "De drukpers loopt al. Om vier uur liggen ze klaar, en ik bewaar ze voor je tot je er bent.",
    ),
    ("Gas afgesloten", "Voor de avond valt heeft u weer gas, de monteur heeft uw adres."),
    ("Mijn bezwaar", "De commissie komt 3 december bij elkaar en op 4 december heeft u onze brief."),
    ("Pakketje", "Ik laat hem vanavond bij je bezorgen, tussen zes en acht."),
    ("App werkt niet", "De nieuwe versie staat morgen in de winkel, daarmee is het opgelost."),
    ("Hoe nu verder met de keuken", "We plannen u in voor week 50, dat is de eerste week dat het blad er is."),
    ("Zere rug van dat bed", "Kom gerust proefliggen, en dinsdag ruilen we hem om."),
    ("Wanneer hoor ik wat", "Eerstdaags is te vaag, dus: vrijdag, einde middag."),
    ("Klas zonder leraar", "Met ingang van 1 december staat er een vaste juf voor de groep."),
    ("Geen vergoeding gehad", "Uw declaratie betalen we uit met de run van donderdagnacht."),
    ("Niemand komt opdagen", "Morgen om acht uur sta ik er zelf, met koffie."),
    ("De lift", "Nog deze maand krijgt de lift een nieuwe motor."),
    ("Geen internet", "Binnen enkele uren ben je weer online, we zien de lijn al terugkomen."),
    ("Uitslag", "Ik bel u zodra ik hem heb, en hoe dan ook voor vijf uur vanmiddag."),
    ("Sleutel kwijt", "Rond het middaguur is de slotenmaker bij u."),
    ("Verkeerde naam op polis", "Je ontvangt binnen vijf minuten een verbeterde polis."),
    ("Tuin ligt open", "Het gat gaat donderdag dicht, en dan leggen ze het gras er meteen op."),
]
FREE = [
    ("Kaartje", "Jullie stonden er om half acht en de voorstelling was al begonnen."),
    ("Les", "Vorige week begon de les om half negen en dat had niemand gezegd."),
    ("Post", "Maandag bezorgen wij nooit, behalve rouwkaarten."),
    ("Rekening", "Rekeningen gaan bij ons altijd rond de 20e de deur uit."),
    ("Buggy", "De vlucht landde om 22.10 uur en de buggy bleef in Lissabon."),
    ("Schimmel", "Hoeveel dagen per week droogt u de was binnen?"),
    ("Tram", "Tussen zeven en negen is het spits, en dan staat iedereen klem."),
    ("Straf", "Hij moest drie dagen nablijven, dat is fors voor een gum."),
    ("Dakpan", "Met deze storm durf ik geen dag te noemen."),
    ("Wachten", "Een half uur aan de lijn hangen om dan weggedrukt te worden, dat is onbeschoft."),
    ("Fout", "In de salarisrun van oktober is uw toeslag vergeten."),
    ("Hotel", "U kunt tot 11 uur uitchecken, daarna rekenen we een halve dag."),
    ("Storing", "Ze zeggen dat het morgen opgelost is, maar dat zeiden ze gisteren ook."),
    ("Retour", "Stuur hem binnen 14 dagen terug, dan krijg je je geld terug."),
    ("Waar is mijn diploma", "Het is op 3 november naar uw oude adres gestuurd, zie ik."),
    ("Mijn parkeervergunning", "Die was geldig tot 1 oktober, en een herinnering heeft u nooit gehad."),
    ("Bellen jullie nog", "Ik heb u dinsdag om tien uur gebeld en de voicemail ingesproken."),
    ("Kapotte lantaarn", "Wij hadden hem vorige week al moeten vervangen, en dat is niet gebeurd."),
    ("Mijn cv-ketel", "Gaat hij na een kwartier vanzelf weer uit, of blijft hij branden?"),
    ("Weer geen krant", "Op zondag komt er geen krant, al zou ik hem zelf ook graag lezen."),
    ("Ik wacht al drie weken", "Na drie weken wachten mag je best boos zijn. Ik zoek uit waar het blijft hangen."),
    ("Rekening klopt niet", "In september zijn er twee tarieven door elkaar gehaald, en dat is onze fout."),
    ("Wachtlijst kinderopvang", "Er zijn nu vier kinderen voor u, en hoe snel dat gaat durf ik niet te zeggen."),
    ("Lekkage", "Heeft u morgenochtend iemand thuis die open kan doen?"),
    ("Geen stroom op de camping", "De stroom viel om half zes uit en de aggregaat sloeg niet aan."),
    ("Website plat", "Als het morgen nog plat ligt, meld je dan hier, dan schaal ik het op."),
    ("Mijn fiets", "Een beurt duurt bij ons twee uur, een nieuwe ketting een halve dag."),
    ("Klacht over chauffeur", "Hij rijdt lijn 9 al sinds 2011 en ik ken hem zo niet."),
    ("Geen huur teruggekregen", "De wet geeft een verhuurder veertien dagen, en daar zijn wij overheen."),
    ("De bus naar school", "Dat was vanochtend al de derde keer deze week, ik heb meegeteld."),
    ("Nog steeds geen zorg", "Van maandag tot vrijdag is er iemand bij de balie van acht tot vijf."),
    ("Ik wil mijn geld", "Het geld staat er sinds vanmorgen op, kijk maar eens."),
    ("Waarom duurt het zo lang", "De gemeente neemt in januari een besluit, zeggen ze. Ik zou er niet op wachten."),
    ("Afspraak vergeten", "Je stond er om twee uur en wij waren er niet, dat is gewoon fout."),
    ("Matras", "Veel mensen wennen er pas na een week of drie aan. Slaap je er al beter op?"),
    ("Trouwkaarten", "Ze zijn dinsdag bij de drukker weggegaan en sindsdien zoek."),
    ("Gas afgesloten", "Sinds vanochtend negen uur zit de hele wijk zonder, niet alleen u."),
    ("Mijn bezwaar", "Een beslissing op bezwaar duurt wettelijk zes weken, soms twaalf."),
    ("App", "Bij een update op vrijdagavond zouden wij zelf ook mopperen."),
    ("Keuken", "De levertijd was acht weken en we zitten nu op elf."),
    ("Bed", "Hoe lang slaap je er al op, langer dan een maand?"),
    ("Wanneer hoor ik wat", "Dat ligt aan de rechter en die laat zich niet opjagen."),
    ("Klas zonder leraar", "In maart ging de vorige juf weg en sindsdien lukt het ons niet."),
    ("Terugbetaling", "Jij betaalde op 12 oktober en wij stuurden de bevestiging pas op de 20e."),
    ("Niemand", "Om acht uur stond je klaar en om elf uur nog steeds."),
    ("Lift", "Vier trappen op met een kinderwagen, elke dag weer, daar krijg je kuiten van."),
    ("Geen internet", "Kun je over een half uur nog eens kijken of het lampje groen is?"),
    ("Uitslag", "Die had er maandag al moeten zijn, snap ik van de assistente."),
    ("Slot", "In het weekend rekenen slotenmakers het dubbele, en dat hadden wij moeten zeggen."),
    ("Taxi", "De chauffeur dacht dat het om half zeven was in plaats van half zes."),
    ("Optreden", "Het is morgen uitverkocht, en dat je dat pas aan de deur hoorde is niet netjes."),
    ("Rekening", "Je betaalde in december dubbel, en dat trekken we recht zodra de boekhouding het vindt."),
]
BINDS_WHO_ASKS = [
    ("Kan het nog voor kerst?", "Dat redden we. 22 december staat de kast bij u in de kamer."),
    ("Hebben jullie nog plek voor twee?", "Om half acht heb ik een tafeltje bij het raam, ik zet jullie erop."),
    ("Kan mijn moeder mee?", "Zeker, ik regel een rolstoel en die staat zaterdag om tien uur bij de ingang."),
]
WORLD = [
    ("Wanneer krijg je AOW?", "Vanaf uw 67e, de Sociale Verzekeringsbank schrijft u vijf maanden van tevoren aan."),
    ("Hoe laat begint de mis?", "Zondag om tien uur, op kerstavond ook om acht uur."),
    ("Hoe lang moet de lijm drogen?", "Een etmaal, bij koud weer twee."),
    ("Wat zijn de bezoektijden?", "Iedere dag van twee tot acht."),
    ("Zijn jullie open met oud en nieuw?", "Op oudjaarsdag tot vier uur, op nieuwjaarsdag zijn we dicht."),
    ("Wanneer is de uitslag van de loterij?", "De trekking is op 10 december, de uitslag staat daarna op de site."),
    ("Hoe lang mag ik lenen?", "Boeken leen je drie weken, films een week."),
    ("Vanaf wanneer geldt het nieuwe tarief?", "Vanaf 1 januari, voor alle abonnementen."),
    ("Wanneer is de vuilophaling?", "Elke tweede dinsdag van de maand, vanaf zeven uur."),
    ("Wanneer kan ik bellen?", "Op werkdagen van 8 tot 18 uur, het is rond twaalven het rustigst."),
    ("Hoe lang blijft het goed?", "In de koelkast drie dagen, in de vriezer een half jaar."),
    ("Is er vrijdag les?", "Vrijdag is er geen les, donderdag wel gewoon om zeven uur."),
    ("Wanneer komt het nieuwe seizoen?", "Het nieuwe seizoen start op 8 januari, elke donderdag een aflevering."),
]
MOMENTS = [
    ("je vindt hem over een paar dagen in je account", "over een paar dagen"),
    ("binnen twee a drie werkdagen staat het erop", "binnen twee a drie werkdagen"),
    ("op 27-11 maken we het over", "op 27-11"),
    ("begin volgende week steekt het in de bus", "begin volgende week"),
    ("hij is er rond het middaguur", "rond het middaguur"),
    ("nog voor sluitingstijd is hij klaar", "voor sluitingstijd"),
]


@pytest.mark.parametrize(("post", "reply"), BINDS)
def test_a_moment_that_binds_us(post: str, reply: str) -> None:
    assert remarked(post, reply, complaint=True)


@pytest.mark.parametrize(("post", "reply"), FREE)
def test_a_moment_that_binds_nobody(post: str, reply: str) -> None:
    assert not remarked(post, reply, complaint=True)


@pytest.mark.parametrize(("post", "reply"), BINDS_WHO_ASKS)
def test_a_promise_to_somebody_who_only_asked(post: str, reply: str) -> None:
    assert remarked(post, reply, complaint=False)


@pytest.mark.parametrize(("post", "reply"), WORLD)
def test_what_the_world_does_is_no_promise(post: str, reply: str) -> None:
    assert not remarked(post, reply, complaint=False)


@pytest.mark.parametrize(("text", "named"), MOMENTS)
def test_a_moment_is_named(text: str, named: str) -> None:
    found = moment(text)
    assert found is not None
    assert found[0] == named


def test_a_moment_in_quotes_is_only_talked_about() -> None:
    assert moment("vier keer zeiden jullie 'morgen'") is None


def test_how_long_is_not_when() -> None:
    text = "het geldt tot vrijdag"
    found = moment(text)
    assert found is not None
    assert lasts_until(text, found)


def remarked(post: str, reply: str, complaint: bool) -> bool:
    found = remarks(Draft(reply, "mail", "private"), Scene((post,), complaint=complaint))
    return Check.PROMISE in {each.check for each in found}
