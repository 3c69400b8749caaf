"""Third trades: a campsite, a piano, a violin lesson; replies written before the rules were widened, and kept."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks

TENT = "Onze kampeerplek stond na één bui blank, de tent is doorweekt en de receptie was om 21 uur al dicht."
PIANO = "De stemmer heeft een snaar van mijn piano kapot getrokken en nu wil hij 90 euro voor een nieuwe."
FAIR = "Mijn vader van 80 mocht niet in het reuzenrad omdat hij met een stok loopt."
TREE = "Vorig jaar drie fruitbomen gekocht met tien jaar groeigarantie, twee zijn er al dood."
PHONE = "Kunnen jullie mijn nummer meenemen van mijn oude provider, en wat gebeurt er dan met mijn beltegoed?"
SKI = "Ski's gehuurd voor mijn dochter, de binding stond verkeerd afgesteld en ze viel op de eerste afdaling."
GATE = "Het hek van de parkeergarage ging niet open en ik heb 40 minuten op de intercom staan drukken."
CHOIR = "Vioolles betaald voor mijn zoon, docent drie keer niet komen opdagen en niemand belde af."
LOCK = "Smartlock gaf na de update geen krimp, stond om 23 uur buiten met slapende peuter."
SOUP = "In jullie pompoensoep zat een stuk plastic, ik heb er bijna op gekauwd!"
BUS = "De schoolbus reed zonder te stoppen voorbij mijn kinderen, ze stonden gewoon bij de halte."
LOAN = "Mag ik mijn lening eerder aflossen, en kost dat boete?"
DOG = "Mijn hond kwam kaalgeschoren terug van de trimsalon terwijl ik alleen de nagels had gevraagd."

PARROTS = [
    (TENT, True, "Kort gezegd: plek blank na een bui, tent doorweekt, receptie dicht. We pakken het op."),
    (
        TENT,
        True,
        "Na één bui stond de kampeerplek blank, waardoor uw tent doorweekt raakte, en de receptie was al dicht.",
    ),
    (
        TENT,
        True,
        "Even voor mijn beeld: na een bui stond de plek onder water en bij de receptie was om 21 uur niemand?",
    ),
    (TENT, True, "Plek blank, tent doorweekt, receptie dicht: zo heb ik het genoteerd."),
    (
        PIANO,
        True,
        "Het gaat over de snaar die de stemmer kapot trok en de 90 euro die hij ervoor wil. Heb ik dat zo scherp?",
    ),
    (PIANO, True, "Je bent het er niet mee eens dat de stemmer 90 euro wil voor de snaar die hij zelf kapot trok."),
    (PIANO, True, "Ik heb het volgende opgeschreven: snaar kapot getrokken door de stemmer, nieuwe snaar 90 euro."),
    (FAIR, True, "Je vader van 80 loopt met een stok en mocht daarom niet in het reuzenrad. Dat geef ik door."),
    (
        FAIR,
        True,
        "Uw vader mocht het reuzenrad dus niet in omdat hij met een stok loopt. Corrigeer me als het anders is.",
    ),
    (TREE, True, "Van de drie fruitbomen die u vorig jaar met groeigarantie kocht, zijn er dus twee dood."),
    (
        TREE,
        True,
        "U bent benieuwd of de groeigarantie geldt voor de twee fruitbomen die dood zijn. We komen hierop terug.",
    ),
    (TREE, True, "Twee van de drie fruitbomen zijn dood en er zat tien jaar groeigarantie op. Heb ik het zo compleet?"),
    (
        PHONE,
        True,
        "Je vraagt je af of je nummer mee kan en wat er met je beltegoed gebeurt. Goede vraag, we zoeken het uit.",
    ),
    (
        PHONE,
        True,
        "Je wil dus weten of we je nummer kunnen meenemen van je oude provider en hoe het zit met je beltegoed.",
    ),
    (
        SKI,
        True,
        "De binding van de gehuurde ski's was verkeerd afgesteld en op de eerste afdaling viel uw dochter. Zit dat zo?",
    ),
    (
        SKI,
        True,
        "Dank voor het delen. Uw dochter is gevallen doordat de binding van de huurski's verkeerd stond afgesteld.",
    ),
    (GATE, True, "Het hek van de garage ging dus niet open, waarna u 40 minuten op de intercom heeft gedrukt."),
    (
        GATE,
        True,
        "Je beschrijft dat het hek dicht bleef en dat je 40 minuten op de intercom drukte. Laat weten of dit klopt.",
    ),
    (
        TENT,
        False,
        "Een doorweekte tent en niemand aan de balie. De sleutel van blokhut 4 ligt in de brievenbus, kruip erin.",
    ),
    (TENT, False, "De plek ligt lager dan de rest, zo blijkt. Wil je morgen naar het duin verhuizen?"),
    (PIANO, False, "Wie een snaar kapot trekt, betaalt hem zelf. Die 90 euro vervalt en hij komt met een nieuwe."),
    (PIANO, False, "Welke toon is het, een hoge of een lage? Dan neemt hij de goede snaar mee."),
    (
        FAIR,
        False,
        "Met een stok mag je er bij ons gewoon in, de jongen bij het rad was nieuw. Komt je vader zaterdag terug?",
    ),
    (FAIR, False, "Tachtig en dan nog in het reuzenrad willen, hulde. Hij krijgt van mij een rondje met uitleg."),
    (
        TREE,
        False,
        "Dood na een jaar, dan heeft die garantie haar werk nog nooit zo snel gedaan. Twee nieuwe komen in maart.",
    ),
    (TREE, False, "Waren het appels of peren? De peren van vorig jaar hadden allemaal een schimmel, zag ik."),
    (PHONE, False, "Je nummer verhuist mee, je beltegoed helaas niet. Bel het dus eerst op, dat kan tot de dag zelf."),
    (PHONE, False, "Bij de meeste providers blijft beltegoed achter. Bij welke zit je nu?"),
    (SKI, False, "Is ze erg geschrokken? De binding stond op 60 kilo in plaats van 30, dat is onze schuld."),
    (SKI, False, "Een binding die niet loslaat is gevaarlijk. Ik heb alle kinderski's van die dag laten nameten."),
    (
        GATE,
        False,
        "Het hek is van 2003 en de intercom belde een nummer dat niet meer bestaat. Dat is vanmorgen omgezet.",
    ),
    (GATE, False, "Veertig minuten tegen een kastje praten. Je parkeergeld staat straks weer op je rekening."),
    (CHOIR, True, "Ik noteer: vioolles betaald, drie keer geen docent, niet afgebeld."),
    (
        CHOIR,
        True,
        "Er is dus drie keer geen docent komen opdagen voor de vioolles en afgebeld werd er ook niet, klopt dat?",
    ),
    (
        LOCK,
        True,
        "Wat je zegt is dat je smartlock sinds de update niks meer deed en dat je met een peuter buiten stond.",
    ),
    (LOCK, True, "Je smartlock reageerde niet na de update en je stond om 23 uur buiten met een slapende peuter."),
    (LOCK, True, "Om 23 uur buiten met een slapende peuter door een update van het smartlock. Begrijp ik dat zo goed?"),
    (SOUP, True, "We hebben je bericht gelezen over het stuk plastic in de pompoensoep waar je bijna op kauwde."),
    (SOUP, True, "Je vond een stuk plastic in onze pompoensoep en je had er bijna op gekauwd."),
    (SOUP, True, "Bedoel je dat er plastic in de pompoensoep zat?"),
    (
        BUS,
        True,
        "Uw kinderen stonden bij de halte en de schoolbus reed voorbij zonder te stoppen. Bedankt voor het melden.",
    ),
    (BUS, True, "Even ter controle, de schoolbus is uw kinderen voorbijgereden terwijl zij bij de halte stonden?"),
    (LOAN, True, "U wilt uw lening eerder aflossen en vraagt of dat een boete kost."),
    (
        LOAN,
        True,
        "Uw vraag over eerder aflossen van uw lening en de eventuele boete hebben wij in goede orde ontvangen.",
    ),
    (DOG, True, "Dus u vroeg alleen om de nagels en kreeg uw hond kaalgeschoren terug?"),
    (
        DOG,
        True,
        "De hond is helemaal kaalgeschoren, terwijl u alleen om het knippen van de nagels had gevraagd, zo begrijp ik.",
    ),
    (
        DOG,
        True,
        "Wij maken uit uw bericht op dat de trimsalon uw hond heeft kaalgeschoren in plaats van de nagels te doen.",
    ),
    (
        CHOIR,
        False,
        "Drie lessen stil bij de lessenaar, dat moet pijn doen. Zijn nieuwe docent heet Ilse en begint maandag.",
    ),
    (CHOIR, False, "De docent is sinds oktober ziek en wij hadden dat moeten zeggen. De drie lessen storten we terug."),
    (
        LOCK,
        False,
        "Een peuter op je arm voor je eigen deur, en dat om 23 uur. De update heb ik teruggezet, hij doet het weer.",
    ),
    (LOCK, False, "Werkte de noodsleutel wel, of ben je via een raam naar binnen gegaan?"),
    (LOCK, False, "Je smartlock draait nu op versie 4.1, dat is die van voor de update."),
    (SOUP, False, "Welke kleur had het plastic? Blauw komt van onze handschoenen, wit van de deksel."),
    (SOUP, False, "Plastic in je soep, bah. Heb je je tanden nog allemaal? Ik haal deze partij uit de winkel."),
    (BUS, False, "De chauffeur zag ze wel en dacht dat een ander zou stoppen. Hij belt u vanmiddag zelf."),
    (BUS, False, "Hoe zijn ze uiteindelijk op school gekomen? Morgen rijdt onze Henk, en die stopt voor iedereen."),
    (LOAN, False, "Dat mag altijd, en boete kost het niet zolang u met eigen geld aflost."),
    (LOAN, False, "Tot 10% van je lening los je elk jaar zonder boete af. Hoeveel wil je aflossen?"),
    (DOG, False, "Kaal de winter in, arme hond. Hij krijgt van ons een jas, en jij je geld terug."),
    (
        DOG,
        False,
        "Er stonden die dag twee honden met dezelfde naam op de lijst. Die ander kreeg jouw knipbeurt.",
    ),
    (
        DOG,
        False,
        "Alleen de nagels stond er ook op het kaartje, ik heb het voor me. Onze trimster had het niet gelezen.",
    ),
]
DEFLECTIONS = [
    (TENT, True, "De velden worden door een terreinbeheerder onderhouden, die bepaalt waar water wegloopt."),
    (TENT, True, "Ik verwijs je graag door naar de buienradar, weer blijft nu eenmaal weer."),
    (
        TENT,
        True,
        "We hebben het nagekeken en het terrein voldoet aan alle eisen. Kamperen gebeurt bij ons in de natuur.",
    ),
    (PIANO, True, "Onze stemmers zijn zzp'ers, die hebben hun eigen verzekering. Spreek hem er zelf op aan."),
    (PIANO, True, "Aan onze zijde is niets fout gegaan. Een oude snaar kan altijd knappen."),
    (PIANO, True, "Dat is tussen u en de stemmer."),
    (FAIR, True, "De exploitant van het rad bepaalt zelf wie erin mag. Jammer voor je vader."),
    (FAIR, True, "Veiligheid gaat bij ons voor alles, daarom gelden er regels per attractie."),
    (TREE, True, "Waarschijnlijk hebben de bomen te weinig water gehad. Wij leveren ze gezond af."),
    (TREE, True, "De kweker geeft de garantie af, niet wij. Zij kunnen beoordelen wat er is gebeurd."),
    (SKI, True, "De ski's zijn bij uitgifte gecontroleerd en in orde bevonden. Vermoedelijk is er later aan gedraaid."),
    (SKI, True, "Bij skiën hoort nu eenmaal vallen, zeker op de eerste dag."),
    (GATE, True, "Wij verhuren alleen de plekken. Voor het hek is de beheerder aansprakelijk."),
    (GATE, True, "De intercom werkt via een externe meldkamer, zij hebben bij ons geen storing gemeld."),
    (
        TENT,
        False,
        "Het weer is niet van ons, de greppel die vol zat wel. Die is nu open, en je laatste nacht is gratis.",
    ),
    (
        PIANO,
        False,
        "De stemmer is zelfstandig, maar wij stuurden hem. Ik bel hem vandaag en die 90 euro betaal je niet.",
    ),
    (FAIR, False, "De exploitant bepaalt wie erin mag, en die heb ik net gesproken: met een stok is prima."),
    (TREE, False, "De kweker wil een foto van de wortels. Graaf er één uit, dan regel ik de rest met hem."),
    (
        SKI,
        False,
        "Bij uitgifte controleert iemand de binding, en dat is hier niet gebeurd. Hoe gaat het met haar knie?",
    ),
    (
        GATE,
        False,
        "Het hek was van het slot gevallen. Bel volgende keer 088 123, dan doet mijn collega het op afstand open.",
    ),
    (GATE, False, "De meldkamer is niet van ons, je 40 minuten wel: je krijgt je dagkaart terug."),
    (
        PHONE,
        False,
        "Je beltegoed gaat helaas niet mee. Je nummer wel, dat vraag je aan in de app of bij ons in de winkel.",
    ),
    (PHONE, False, "Niet bij ons, wel bij je oude provider: daar kun je het tegoed laten uitbetalen."),
    (CHOIR, True, "Onze docenten werken voor eigen rekening, afspraken maak je rechtstreeks met hen."),
    (CHOIR, True, "Wij bemiddelen alleen tussen leerling en docent."),
    (CHOIR, True, "In ons systeem staan alle lessen als gegeven. Weet je zeker dat je zoon op tijd was?"),
    (LOCK, True, "De update komt van de fabrikant van de chip, wij hebben daar geen zeggenschap over."),
    (LOCK, True, "Daarom raden wij iedereen aan altijd een noodsleutel bij zich te dragen."),
    (LOCK, True, "Technologie is nooit feilloos, dat zul je overal tegenkomen."),
    (SOUP, True, "Onze soepen gaan door een metaaldetector en vier controles, dus dit is niet bij ons gebeurd."),
    (SOUP, True, "De productie ligt bij een toeleverancier. Die zal hierop moeten antwoorden."),
    (SOUP, True, "Neem de soep mee terug naar de winkel waar je hem kocht, zij handelen dit af."),
    (BUS, True, "De gemeente besteedt het leerlingenvervoer aan, dus uw klacht hoort daar thuis."),
    (BUS, True, "Kinderen moeten goed zichtbaar bij de halte staan en hun hand opsteken."),
    (BUS, True, "Chauffeurs rijden op een strak schema en kunnen niet altijd wachten."),
    (DOG, True, "Bij afgifte is door u getekend voor de volledige behandeling."),
    (DOG, True, "Iedere trimmer maakt daarin een eigen afweging."),
    (DOG, True, "Haar groeit gelukkig vanzelf weer aan."),
    (CHOIR, False, "De docent werkt voor zichzelf, het geld ging naar ons. Dat stort ik vandaag terug."),
    (CHOIR, False, "Een nieuwe docent vinden lukt niet voor de kerst. Wil je zolang meespelen in het orkest, gratis?"),
    (LOCK, False, "De chip is van een ander, de update stuurden wij. Ik zet hem voor je terug."),
    (
        LOCK,
        False,
        "Die update had eerst getest moeten worden op jouw type. Je krijgt een nieuw slot en ik kom het erin zetten.",
    ),
    (
        SOUP,
        False,
        "De soep wordt gemaakt door een bedrijf in Oss. Ik heb ze gebeld, de band staat stil tot ze weten wat het is.",
    ),
    (SOUP, False, "Bewaar het stukje als je wilt, dan halen we het morgen op. Is je gebit nog heel?"),
    (BUS, False, "Dat de bus vol zat is geen reden om door te rijden. Ik heb de chauffeur erop aangesproken."),
    (BUS, False, "Vandaag kan ik geen tweede bus sturen. Een taxi wel, die staat er over tien minuten op onze kosten."),
    (DOG, False, "Terugplakken gaat niet. Wel krijg je een jas in zijn maat en trimmen we hem een jaar voor niks."),
    (DOG, False, "Onze trimster las het verkeerde kaartje. Zij wil het zelf komen zeggen, mag dat?"),
    (LOAN, False, "Dat kan in de app onder Lenen, en boete betaal je niet."),
]
ROWS = [
    *((Check.PARROTING, *each) for each in PARROTS),
    *((Check.DEFLECTION, *each) for each in DEFLECTIONS),
]


@pytest.mark.parametrize(("check", "post", "due", "reply"), ROWS)
def test_a_check_speaks_when_due(check: Check, post: str, due: bool, reply: str) -> None:
    scene = Scene((post,), complaint=post not in (PHONE, LOAN))
    assert (check in {each.check for each in remarks(Draft(reply, "mail", "private"), scene)}) is due
