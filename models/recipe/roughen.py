"""The same post by somebody else: with slips of the finger, another brand, name or place, a mother for a father."""

import random
import re
from dataclasses import replace

from models.recipe.examples import Example

NAMES = (
    *("Jan", "Piet", "Sanne", "Daan", "Fleur", "Willem", "Greetje", "Truus", "Henk", "Lotte", "Joris", "Maaike"),
    *("Mohamed", "Fatima", "Ahmed", "Youssef", "Khadija", "Samira", "Mehmet", "Ayşe", "Emre", "Zeynep", "Ali"),
    *("Jayden", "Shaniqua", "Winston", "Naomi", "Kwame", "Rajesh", "Priya", "Wei", "Ming", "Piotr", "Agnieszka"),
    *("Jef", "Lieve", "Griet", "Wout", "Jelle", "Anouk", "David", "Sarah", "Esther", "Kevin", "Chantal", "Tim"),
)
PLACES = (
    *("Amsterdam", "Rotterdam", "Utrecht", "Groningen", "Maastricht", "Zwolle", "Breda", "Leeuwarden", "Almere"),
    *("Antwerpen", "Gent", "Leuven", "Hasselt", "Brugge", "Mechelen", "Emmen", "Heerlen", "Deventer", "Tilburg"),
)
HANDLES = (
    *("@bezorgd", "@lijndienst", "@postbus", "@netwerkplus", "@huisbank", "@zekerweg", "@warmte", "@dekruidenier"),
    *("@kleding", "@schermen", "@stadhuis", "@vluchten", "@tuincentrum", "@klantenservice", "@dewinkel", "@reisweg"),
)
KIN = {
    "moeder": "vader",
    "oma": "opa",
    "dochter": "zoon",
    "zus": "broer",
    "vrouw": "man",
    "vriendin": "vriend",
    "mevrouw": "meneer",
    "tante": "oom",
    "nicht": "neef",
    "meisje": "jongen",
}
OTHERS = {**KIN, **{there: here for here, there in KIN.items()}}
NAME = re.compile(rf"\b({'|'.join(NAMES)})\b")
PLACE = re.compile(rf"\b({'|'.join(PLACES)})\b")
OWN = re.compile(rf"\b((?i:mijn|m'n|onze|mn)) ({'|'.join(OTHERS)})\b")
PICTURES = re.compile("[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+")


def roughen(example: Example, chance: random.Random) -> Example:
    """Now and then each of these, so that none of it tells the model anything about the mood."""
    text = _somebody_else(example.text, chance)
    if chance.random() < 0.25:
        text = text.lower()
    if chance.random() < 0.2:
        text = text.rstrip(".!")
    if chance.random() < 0.1:
        text = re.sub(r"[.,!?;:]+", "", text)
    if chance.random() < 0.2:
        text = " ".join(word for word in text.split(" ") if not word.startswith("@"))
    if chance.random() < 0.2:
        text = PICTURES.sub("", text)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 3))):
        text = _slip(text, chance)
    if chance.random() < 0.04:
        text = text.upper()
    return replace(example, text=text if text.strip() else example.text)


def _somebody_else(text: str, chance: random.Random) -> str:
    if chance.random() < 0.5:
        text = NAME.sub(lambda _: chance.choice(NAMES), text)
        text = PLACE.sub(lambda _: chance.choice(PLACES), text)
    if chance.random() < 0.5:
        text = re.sub(r"@\w+", lambda _: chance.choice(HANDLES), text)
    if chance.random() < 0.5:
        text = OWN.sub(lambda found: f"{found[1]} {OTHERS[found[2]]}", text)
    return text


def _slip(text: str, chance: random.Random) -> str:
    """Two neighbouring letters swapped, one left out or one doubled, somewhere inside a word."""
    spots = [at for at in range(1, len(text) - 2) if text[at : at + 2].isalpha()]
    if not spots:
        return text
    at = chance.choice(spots)
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return chance.choice((swapped, text[:at] + text[at + 1 :], text[: at + 1] + text[at:]))
