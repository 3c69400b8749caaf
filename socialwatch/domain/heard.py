"""Heard: what the customer's last words say of how it was for them: heard, not heard, or nothing that can be known.

A proposal for who closes a case, with the words that say so, never a verdict: silence says nothing, and so do facts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Heard(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Guess:
    """`words` are the stretch of text that says so, empty when nothing does."""

    heard: Heard
    words: str = ""


NOTHING_SAID = Guess(Heard.UNKNOWN)
# Giving up sounds polite and mockery sounds grateful, so both are looked for before the thanks that come along.
GIVEN_UP = (
    r"laat (?:het |dit )?(?:dan )?(?:maar|zitten)(?! weten)",
    r"hoeft?(?: het| al)* niet meer(?! te wachten)",
    r"(?:het )?zal (?:allemaal )?wel(?! goed| lukken)",
    r"dan (?:maar )?niet\b",
    r"prima dan(?: maar)?(?=[ .,!]*$)",
    r"best hoor",
    r"bekijk(?:en)? (?:het|'t) maar",
    r"zoek (?:het|'t) (?:maar |lekker |zelf )+uit",
    r"succes er ?mee",
    r"doe (?:verder |maar )?geen moeite",
    r"geef (?:het|'t) op\b",
    r"heeft (?:toch )?geen (?:zin|enkele zin)",
    r"(?:be)?dank\w*(?: je| u)? voor (?:niks|niets|de moeite die|het wachten)",
    r"lekker dan|fijn hoor|mooi hoor|lekker bezig",
    r"(?:wat een|mooie|heerlijke|geweldige|fijne|lekkere) service(?=[ .!]*(?:🙄|😒|👏|hoor|zeg|weer|$))",
    r"(?:er )?(?:helemaal )?klaar mee(?! geholpen)",
    r"(?:bestel|koop|kom)\w*(?: \w+){0,3} nooit meer|nooit meer\b",
    r"(?:de )?laatste keer",
    r"(?:ga|stap)(?: \w+){0,3} (?:naar|over naar|over op) (?:de concurrent\w*|een ander\w*)",
    r"zeg (?:\w+ ){0,4}op\b",
    r"(?:niks|niets) (?:aan|wijzer)",
    r"tja\b",
)
STILL = (
    r"nog (?:steeds|altijd) (?:\w+ ){0,2}(?:niet|niks|niets|geen|kapot|stuk|boos|wachten|dezelfde|hetzelfde)",
    r"wacht\w* (?:nu )?nog (?:steeds|altijd)",
    r"(?:al )?weer (?:niet|geen|niks|niets|kapot|stuk|hetzelfde|mis|een standaard\w*)",
    r"opnieuw (?:kapot|stuk|mis)",
    r"(?:is|was|heb|ben|word|voel)\w* (?:\w+ ){0,3}niet (?:opgelost|geholpen|gehoord|serieus)",
    r"(?:los\w*|help\w*|schiet\w*) (?:\w+ ){0,3}(?:niks|niets|geen (?:moer|steek|zier))",
    r"kastje naar de muur",
    r"(?:geen|niet (?:echt )?een) (?:\w+ ){0,2}(?:antwoord|oplossing|excuus)\b",
    r"(?:lees|leest|lezen|luister|luistert|luisteren) (?:\w+ ){0,3}niet",
    r"standaard ?(?:antwoord|praatje|riedel\w*|zinnetje)",
    r"knip\w*[ -]en[ -]?plak\w*",
    r"schandalig|belachelijk|waardeloos|walgelijk|om te huilen|bizar slecht|te laat\b",
    r"niet (?:\w+ )?(?:goed genoeg|acceptabel|tevreden|blij|normaal)",
    r"(?<!niet )(?:ontevreden|teleurgesteld|teleurstellend|boos|woest|pisnijdig)",
    r"wat een (?:onzin|bende|grap|zooi|puinhoop|gedoe|circus)|onzin\b|oplichters?",
    r"hoe lang (?:nog|moet|duurt)|waar blijft|hoe vaak moet",
    r"had(?:den)? (?:je|jullie|u) (?:\w+ ){0,3}(?:meteen|eerder|direct) (?:\w+ )?kunnen",
    r"still (?:not|no|waiting)|not helpful|ridiculous",
)
HEARD = (
    r"(?<!geen )(?:be)?dank(?:t|jewel|uwel|je)?\b(?! (?:voor )?ni)",
    r"thanks\b|thank you|thnx|thx|tnx|merci\b",
    r"top(?:per|pers|pie|pertje)?\b(?! ?druk)|super\w*|geweldig|fantastisch|perfect|held(?:en|in)?\b|kanjers?\b|toppie",
    r"helemaal (?:goed|blij|happy|gelukkig|tevreden)",
    r"(?<!niet )(?:opgelost|gelukt|binnen gekomen|binnengekomen|aangekomen)",
    r"(?:hij|ze|het|'t|alles) (?:doet|doen|werkt|werken|is|zijn) (?:\w+ )?(?:het weer|weer|binnen|er|terecht|goed)\b",
    r"(?:doet|werkt) (?:het )?weer|weer als nieuw",
    r"wat (?:ontzettend |super |echt )?(?:fijn|lief|attent|snel|goed|aardig|tof|mooi|leuk|een opluchting|een service)",
    r"(?:heel|erg|echt|super|zo|hartstikke) (?:fijn|lief|attent|netjes|blij|tof|aardig|geholpen|leuk)",
    r"fijn\b|netjes\b|chapeau|complimenten|compliment\b|hulde|petje af|klasse\b",
    r"(?<!niet )(?:gerustgesteld|opgelucht|opluchting|gelukkig|tevreden|blij)\b",
    r"zo (?:kan|moet|hoort) het(?: dus)?(?: ook)?",
    r"(?:schat|lieverd|engel|goud waard|redder in nood)\w*",
    r"appreciate|you(?:'re| are) (?:great|the best)",
    r"tof\b|ha(?:ha)+h?|hihi|❤|🙏|🥰|😍|😘|💪|👍|🎉|😅|😂|🤣|😊|😁",
)
_GAP = re.compile(r"\s+")
_QUOTED = re.compile(r"^>.*$", re.M)


def _rule(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})", re.I)


_GIVEN_UP, _STILL, _HEARD = _rule(GIVEN_UP), _rule(STILL), _rule(HEARD)


def heard(last: str | None) -> Guess:
    """What the customer's last words say; None is silence."""
    said = _GAP.sub(" ", _QUOTED.sub(" ", last or "")).strip()
    for rule, what in ((_GIVEN_UP, Heard.NO), (_STILL, Heard.NO), (_HEARD, Heard.YES)):
        found = rule.search(said)
        if found is not None:
            return Guess(what, found[0].strip())
    return NOTHING_SAID
