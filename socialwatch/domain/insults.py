"""Insults: words that call people names, found so that a page can fold them; the text itself stays as it was written.

Swearing at a thing ("klotezooi") is part of how somebody feels and stays readable. An illness is no insult: only its
compounds and its curses are.
"""

import re

_ILL = r"(?:kanker|tering|tyfus|tyf|pest|klere|pleuris)"
_WHO = (
    r"(?:hoer|wijf|wijven|lijer|lijder|mongool|mongolen|jood|homo|nicht|kop|hond|honden|lul|mens|mensen|volk|vent|kind"
    r"|trut|tent|bedrijf|winkel|toko|club|land|clowns?|idioot|idioten|sukkels?|neger|apen|aap|zooi)"
)
_NAMES = (
    r"(?:kut|klote|rot|poten|pokken|kanker|tering|tyfus)(?:wijf|wijven|kop|koppen|hoer|lul|mens|vent|volk|lui|hond|kind)",
    rf"{_ILL}[ -]?{_WHO}(?:en|s)?",
    r"krijg(?: toch| nou| allemaal)? (?:de|het) (?:kanker|tering|tyfus|klere|pest|pleuris|schompes|rambam)",
    r"klootza(?:k|kken)|klootviolen?|klootviool",
    r"hufters?|hoerenjong|hoerenzoon|hoerenzonen|hoeren|hoer",
    r"mongo(?:ol|len|ols|'s)?|debiel(?:en)?|randdebiel(?:en)?|imbeciel(?:en)?|achterlijke? (?:gek|idioot|mensen|lui)",
    r"zakkenwassers?|eikelbijters?|mafkezen|mafkees|mafketels?|lamzak(?:ken)?|slijmballen|slijmbal|kneuzen|kneus",
    r"sukkels?|losers?|schoften|schoft|uilskuikens?|trutten|trut|lulhannes(?:en)?|lullen(?=[ ,.!?]|$)|lul(?=[ ,.!?]|$)",
    r"(?:stelletje|stel|wat een|jullie|vuile|vieze|stomme|domme|jij|die) (?:\w+ )?(?:eikels?|idioten|idioot|teef|teven"
    r"|flikkers?|apen|aap|honden|ratten|rat|varkens?|zwijnen|zwijn|tuig|schorem|gespuis|geteisem|wijf|wijven|koe|koeien)",
    r"(?:vuile|vieze|stomme|domme) (?:hoer|trut|teef|kutwijf|muts|mutsen)",
    r"bitch(?:es)?|assholes?|motherfuckers?|fuckers?|bastards?|cunts?|morons?",
)  # fmt: skip
_FOUND = re.compile(r"(?<![\w@#])(?:" + "|".join(_NAMES) + r")(?!\w)", re.I)
_HARMLESS = re.compile(r"flapdrol|lullen over|koe in de wei", re.I)
MOST_READ = 20_000


def insults(text: str) -> list[tuple[int, int]]:
    """Where in the text somebody is called names: (start, end) in characters, in order."""
    return [
        (found.start(), found.end()) for found in _FOUND.finditer(text[:MOST_READ]) if not _HARMLESS.match(found[0])
    ]
