"""Whose grievance is it?"""

import time

import pytest

from socialwatch.domain.behalf import behalf

THEIRS = [
    ("Mijn moeder van 80 heeft haar pincode aan de telefoon gegeven", "mijn moeder"),
    ("Mijn vader heeft een alarmknop en die lijn is dood", "mijn vader"),
    ("Hallo, bij mijn vader (slecht ter been) is de krat niet gekomen", "mijn vader"),
    ("Voor mijn schoonmoeder zoek ik uit of dit vergoed wordt", "mijn schoonmoeder"),
    ("Boodschappenbezorging voor mijn buurvrouw is zomaar gestopt", "mijn buurvrouw"),
    ("Kan ik voor mijn blinde broer begeleiding boeken?", "mijn blinde broer"),
    ("Mijn oma wacht al drie weken op haar pakket", "mijn oma"),
    ("Namens mijn moeder: waar blijft de levering?", "mijn moeder"),
    ("Ik schrijf dit voor m'n moeder, zij heeft geen X", "mijn moeder"),
    ("Vraagje voor mijn vader: kan hij ruilen?", "mijn vader"),
    ("mijn buurvrouw van 84 zit al dagen zonder sokken", "mijn buurvrouw"),
    ("Mijn buurvrouw van 84 heeft bij jullie besteld en krijgt niks", "mijn buurvrouw"),
    ("ons moeke heeft sokken besteld en niks gekregen", "ons moeke"),
    ("Mijn bomma belde al drie keer naar jullie klantendienst", "mijn bomma"),
    ("De bestelling van mijn oma is nog niet binnen", "mijn oma"),
    ("Het pakket van m'n opa ligt bij de buren", "mijn opa"),
    ("mijn moeder haar pakje is kwijt", "mijn moeder"),
    ("Mn oma (88) snapt jullie website niet", "mijn oma"),
    ("Voor mijn schoonmoeder, die wacht al een maand", "mijn schoonmoeder"),
    ("Oma wacht al 3 weken op haar sokken", "oma"),
    ("Al 3 weken wacht mijn oma op haar sokken", "mijn oma"),
    ("Heeft mijn opa voor niks betaald? Hij heeft al 2 keer gebeld", "mijn opa"),
    ("Mijn oma heeft een cadeau besteld voor mijn neefje, nooit aangekomen", "mijn oma"),
    ("Mijn cliënte durft niet meer te bellen", "mijn cliënte"),
    ("Kunnen jullie even kijken voor mijn tante? Ordernr 204817", "mijn tante"),
    ("mijn dochter werd aan de telefoon afgescheept", "mijn dochter"),
    ("me moeder krijgt haar geld niet terug", "mijn moeder"),
    ("Mijn oma is dement en krijgt rekeningen van jullie", "mijn oma"),
    ("Onze buurman kan de app niet openen en zijn bestelling volgen", "onze buurman"),
]
OWN = [
    "Mijn oma is dol op jullie sokken",
    "mijn moeder koopt geen kous zonder eraan te trekken",
    "Voor mijn oma van 91 heb ik een rollator besteld",
    "Cadeau voor mijn oma nog steeds niet binnen",
    "Ik heb sokken besteld voor mijn oma, niet geleverd",
    "sokken voor mijn moeder besteld, verkeerde maat",
    "Mijn oma is morgen jarig en haar cadeau is er niet",
    "Mijn man vindt dat jullie goede sokken maken",
    "Mijn dochter heeft de sokken één keer gedragen en nu een gat",
    "Mijn man heeft 3x gebeld over mijn bestelling",
    "mijn zoon wordt morgen 6 en ik heb niks",
    "Mijn vrouw lacht me uit om dat gat in mijn sok",
    "Ik wacht op een pakje voor mijn vader",
    "Die sokken heb ik voor mijn opa gekocht, die is nu verdrietig",
    "de sokken die ik van mijn oma kreeg zijn stuk",
    "Mijn buurvrouw heeft mijn pakket aangenomen",
    "pakket bij mijn buren afgeleverd zonder briefje",
    "Sokken van mijn oma gekregen, top",
    "Wat een slechte service",
    "Mijn moeder zei altijd: goedkoop is duurkoop",
    "Zelfs mijn oma breit betere sokken",
    "Bedankt namens mijn voeten!",
    "ik bestelde een verjaardagscadeau voor m'n zus, te laat",
    "Mijn vriendin wacht op haar cadeau dat ik besteld heb",
    "mijn pakje is bij mijn buurman bezorgd",
    "Mijn kind huilt want haar sokken zijn kapot",
    "mijn zoontje heeft zijn sokken al kapot na 1 week",
]


@pytest.mark.parametrize(("text", "whose"), THEIRS)
def test_somebody_elses_grievance(text: str, whose: str) -> None:
    assert behalf(text) == whose


@pytest.mark.parametrize("text", OWN)
def test_the_author_is_the_customer(text: str) -> None:
    assert behalf(text) is None


@pytest.mark.parametrize("piece", ["mijn oma ", "ik heb ", "oma heeft a ", "vraag a a ", "a ", "mijn oma wacht a a "])
def test_hostile_text_takes_no_time(piece: str) -> None:
    start = time.thread_time()
    behalf((piece * 10_000)[:10_000])
    assert time.thread_time() - start < 0.3
