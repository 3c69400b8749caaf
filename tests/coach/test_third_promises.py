"""Third promises: moments that bind us, and timetables, terms and joys that do not, kept from before the rules."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks

POST = "Er ging bij jullie iets mis, en nu zitten wij ermee."
REPLIES = [
    (False, "De receptie zit er in het hoogseizoen van 8 tot 22 uur, op zondag een uur korter."),
    (False, "Fijn dat je om half elf toch nog een droge plek vond."),
    (False, "In de herfst is het veld natter dan in juni."),
    (False, "De garantie op nieuwe snaren loopt tot 1 maart 2028."),
    (False, "Een snaar vervangen neemt een uur in beslag, een hele set een dag."),
    (False, "Het reuzenrad draait dit weekend tot middernacht, en kinderen betalen de helft."),
    (False, "Wat goed dat hij vrijdag alsnog mee mocht."),
    (False, "Fruitbomen planten doe je tussen november en maart, als ze kaal zijn."),
    (False, "Op zaterdag zijn we er van 9 tot 16 uur, en de kweker is er dan ook."),
    (False, "Je contract loopt af op 3 januari, zag ik."),
    (False, "Overstappen vergt drie tot vijf werkdagen, in december iets meer."),
    (False, "De lift draait van 9 tot 16 uur en op donderdag ook in het donker."),
    (False, "Na 23 uur zit er niemand meer bij de intercom, dat wisten wij ook niet."),
    (False, "Leuk om te lezen dat het hek maandag wel openging."),
    (True, "Morgenochtend verzetten we jullie tent naar het duin."),
    (True, "Donderdag zit er een nieuwe snaar op, zonder rekening."),
    (True, "In maart staan er twee nieuwe bij je in de tuin, ik plan het nu in."),
    (True, "Vanaf maandag bel je met je oude nummer op onze kaart."),
    (True, "Vanmiddag voor vieren heb je een ander paar ski's."),
    (True, "Vanaf vanavond zit er iemand bij de intercom, en dat blijft zo."),
    (True, "Je krijgt het geld binnen drie dagen terug."),
    (True, "Maandag om vier uur staat Ilse voor hem klaar."),
    (True, "U heeft het lesgeld vrijdag terug, alle drie de lessen."),
    (True, "Ik duik er vanavond in en laat je voor tienen weten wat het was."),
    (True, "Je nieuwe slot ligt donderdag bij de buren, zoals je vroeg."),
    (True, "Morgen haalt onze koerier het stukje op."),
    (True, "Vanaf morgen stopt de bus er weer, daar rijdt iemand voor mee."),
    (True, "Voor het weekend hangt er een jas aan uw deur."),
    (True, "Binnen twee werkdagen heeft u de berekening in huis."),
    (False, "De lessen zijn op maandag en woensdag, van vier tot zes."),
    (False, "Die maandag lag hij in het ziekenhuis, hoorden we zojuist."),
    (False, "Fijn dat je voor middernacht toch binnen was."),
    (False, "De update werd dinsdagnacht rond drie uur uitgerold."),
    (False, "De soep is goed tot 4 december."),
    (False, "Ons lab is in het weekend onbemand."),
    (False, "De bus vertrekt om 8.05 uur en is om half negen bij school."),
    (False, "In de winter rijdt lijn 4 een kwartier eerder."),
    (False, "De rente staat vast tot 1 juli 2029."),
    (False, "Aflossen kan elke maand rond de 25e."),
    (False, "Een berekening kost ons doorgaans twee dagen."),
    (False, "Een vacht heeft zes tot negen maanden nodig om terug te groeien."),
    (False, "Kan hij woensdag om elf uur komen passen?"),
]


@pytest.mark.parametrize(("due", "reply"), REPLIES)
def test_a_moment_that_binds_us_and_no_other(due: bool, reply: str) -> None:
    scene = Scene((POST,), complaint=True)
    assert (Check.PROMISE in {each.check for each in remarks(Draft(reply, "mail", "private"), scene)}) is due
