"""Opening: what the first words of a clause make of it: a question, an order, a condition, or none of these."""

import re

from socialwatch.domain.coach.reading import Piece, clauses

# The verb before "je": a question or a condition, unless the moment or "dan" stands first.
_VERB_FIRST = re.compile(
    r"^\W*(?:en |maar )?(?!zodat |dan |nu |zo |straks |vandaag |morgen\w* |\w+dag |hier |daar |dus |(?:bij|in|op"
    r"|voor|met"
    r"|naar|van|aan|door"
    r"|over|uit|tegen|zonder|onder|tussen|namens) )\w+"
    r" (?:je|u|jij|jullie)(?!\w)"
    r"|^\W*(?:ook|zelfs) als (?:het|er|hij|dat) (?:[\w.:]+ ){0,5}(?:is|wordt|zijn)\W*$"
    r"|^\W*(?:en |maar )?(?!dat |met |uit |tot |want |wat |niet |het )\w+t (?:het|hij|er)(?!\w)"
    r"|^\W*(?:en |maar )?(?:komt|staat|ligt|gaat|wordt|is|zit|gebeurt|lukt|blijft|doet|werkt|belt|brengt"
    r"|loopt) (?:de|het|een|hij|ze|zij|die)(?!\w)"
)
# "Krijg je morgen": said, and not asked, with what it is left out.
_LEFT_OUT = re.compile(r"^\W*(?:heb|hoor|krijg|ontvang|vind|zie)t? (?:je|u|jullie) ")
_ORDERED = re.compile(
    r"^\W*(?:dan |graag |en |maar |eerst )*(?:bel|mail|app|stuur|laat|kom|ga|neem|hou|houd|kijk|check|zet|geef|probeer"
    r"|vul|lees|wacht|meld|breng|vraag|haal|bewaar|zorg|denk|let|reageer|schrijf|loop|pak|leg|doe|blijf|wees|test|start"
    r"|controleer|boek|reserveer|druk|klik|open|annuleer|betaal|log|maak|ruil|lever|herstart|onthoud)"
    r"(?<!ga)(?<!kom) (?!(?:ik|we|wij|hij|ze|zij|mijn collega|een collega|onze)(?!\w)|(?:het|de) .*voor (?:je|u))"
    r"|^\W*(?:ga|kom) (?!ik|we|wij|hij|ze|zij|het|de|mijn|een collega|onze)"
)
# On such a condition nothing is promised, whatever follows.
_ON_CONDITION = re.compile(
    r"^\W*(?:en |maar |dus )?(?:als|zodra|indien|wanneer|mocht) (?:je|jij|u|jullie|het|hij|ze|de|een|er|we|wij|ik"
    r"|dat|die|alles)(?!\w)"
)
# "Leg hem in de vriezer, dan is hij morgen weer soepel": what their own doing brings about.
_OF_ITSELF = re.compile(r"^(?:en )?dan (?:is|doet|werkt|gaat|smaakt) (?:hij|het|ze|alles)(?!\w)(?!.*klaar)")
# Getting ready for us, on a day: "zet vrijdag de koffie klaar, dan komt Sjaak". Only "bel vrijdag, dan ..." is an if.
_GET_READY = re.compile(r"^\W*(?:\w+ )?(?:zet|hou|houd|houdt|leg|blijf|wees|maak|zorg) ")


def asks_or_orders(text: str) -> bool:
    """Whether a clause in level text asks, supposes or orders something by the place of its verb."""
    return _LEFT_OUT.match(text) is None and (_VERB_FIRST.match(text) is not None or _ORDERED.match(text) is not None)


def gets_ready(text: str) -> bool:
    """Whether it asks the customer to be ready for us, which is no condition."""
    return _GET_READY.match(text) is not None


def unconditional(sentence: Piece) -> tuple[Piece, ...]:
    """Its clauses without a condition and what hangs on it."""
    parts = clauses(sentence)
    if _ON_CONDITION.match(sentence.text):
        return parts[2:]
    if len(parts) > 1 and _ORDERED.match(parts[0].text) and _OF_ITSELF.match(parts[1].text):
        return (parts[0], *parts[2:])
    return parts
