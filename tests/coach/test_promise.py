"""Promise: a moment that binds us is found in any wording, and past, agenda and somebody else's moment are not."""

import pytest

from socialwatch.domain.coach import Check, Draft, Scene, remarks

ASKED = "Hoe laat komt er nou iemand naar mijn cv kijken?"
AGENDA = "Wanneer begint de open dag?"
TOLD = "Mijn cv is alweer uitgevallen."

BINDS = [
    (ASKED, "Kwart over elf. Hij belt een half uur van tevoren."),
    (ASKED, "Tussen een en drie, en hij heeft je nummer."),
    (TOLD, "De monteur staat tussen tien en twaalf bij je op de stoep."),
    (TOLD, "Voor de kerst hangt er een nieuwe ketel."),
    (TOLD, "Gun ons een uurtje, dan hoor je wie er komt."),
    (TOLD, "Dinsdag hoef je niet thuis te zijn: de buurvrouw laat hem binnen."),
    (TOLD, "Binnen twee weken, uiterlijk 9 december dus, staat het geld op je rekening."),
    (TOLD, "In de loop van de middag laat ik je weten wat het wordt."),
    (TOLD, "Tegen de noen bellen wij u terug."),
    (TOLD, "Na het weekend ligt de offerte in je mail."),
    (TOLD, "Om vijf voor half negen sta ik zelf voor je deur."),
    (TOLD, "De 28e brengt Hamid de nieuwe thermostaat langs."),
]
FREE = [
    (AGENDA, "Zaterdag om 11.00 uur, bij de hoofdingang."),
    (AGENDA, "28 november, en het duurt tot vier uur."),
    (ASKED, "Hij kwam om kwart over elf en trof niemand thuis."),
    (TOLD, "Wij belden om drie uur en deden dat een dag te laat."),
    (TOLD, "Ben je dinsdag thuis, of past woensdag beter?"),
    (TOLD, "De winkel is op zondag dicht, de storingsdienst niet."),
    (TOLD, "Zodra ik iets hoor, bel ik je."),
    (TOLD, "Meestal duurt zo'n reparatie een uur."),
    (TOLD, "Kun je voor vrijdag een foto sturen?"),
    (TOLD, "Een kou die je na drie dagen in je botten voelt, wat naar."),
    (TOLD, "Als het vanavond weer uitvalt, druk dan op de rode knop."),
    (TOLD, "Fijne kerst alvast, en warm gehouden."),
]


@pytest.mark.parametrize(("post", "reply"), BINDS)
def test_a_moment_that_binds_us(post: str, reply: str) -> None:
    assert Check.PROMISE in said(post, reply)


@pytest.mark.parametrize(("post", "reply"), FREE)
def test_a_moment_that_binds_nobody_here(post: str, reply: str) -> None:
    assert Check.PROMISE not in said(post, reply)


def said(post: str, reply: str) -> set[Check]:
    return {each.check for each in remarks(Draft(reply, "mail", "private"), Scene((post,), complaint=True))}
