"""Insults: words that call people names, found so that a page can fold them; the text itself stays as it was written.

Swearing at a thing ("klotezooi") is part of how somebody feels and stays readable. An illness is no insult: only its
compounds and its curses are.
"""

import re

_ILL = r"(?:kanker|tering|tyfus|klere|pleuris)"
_WHO = (
    r"(?:hoer(?:en)?|wijf|wijven|lijers?|lijders?|mongool|mongolen|jood|joden|homo|homo's|nicht|kop|koppen|hond|honden"
    r"|lul|lullen|volk|vent|trut|tent|bedrijf|winkel|toko|club|clowns?|idioot|idioten|sukkels?|neger|apen|aap)"
)
_APART = r"(?:hoer(?:en)?|wijf|wijven|lijers?|mongool|mongolen|volk|tent|bedrijf|winkel|toko|club|idioot|idioten|lul)"
_NAMES = (
    r"(?:kut|klote|rot|pokken)(?:wijf|wijven|kop|koppen|hoer|lul|vent|volk|lui|kind)",
    rf"{_ILL}(?:{_WHO}|[ -]{_APART})",
    r"krijg(?: toch| nou| allemaal)? (?:de|het) (?:kanker|tering|tyfus|klere|pest|pleuris|schompes|rambam)",
    r"klootza(?:k|kken)|klootvi(?:ool|olen)|hufters?|hoerenjong(?:en)?|hoerenzo(?:on|nen)|hoeren|hoer",
    r"mongo(?:ol|len|ols|'s)?|(?:rand)?debiel(?:en)?|imbeciel(?:en)?|achterlijke? (?:gek|idioot|mensen|lui)",
    r"zakkenwassers?|maf(?:kees|kezen|ketels?)|lamzak(?:ken)?|slijmbal(?:len)?|(?<!ik )sukkels?|losers?|schoft(?:en)?",
    r"uilskuikens?|trutten|trut|lulhannes(?:en)?|lul(?=[ ,.!?]|$)|lullen(?=[,.!?]|$)",
    r"(?:stelletje|stel|wat een|jullie|vuile|vieze|stomme|domme|jij|die) (?:stelletje )?(?:eikels?|idioten|teef|teven"
    r"|idioot(?! (?:duur|dure|ho(?:og|ge)|lang\w*|veel))|flikkers?|geteisem|gespuis|schorem|wijf|wijven)",
    r"(?:stelletje|vuile|vieze|stomme|domme) (?:tuig|hond(?:en)?|aap|apen|rat(?:ten)?|varkens?|zwijn(?:en)?|koe(?:ien)?"
    r"|mutsen|muts|kneus|kneuzen)",
    r"bitch(?:es)?|assholes?|motherfuckers?|fuckers?|bastards?|cunts?|morons?",
)  # fmt: skip
_FOUND = re.compile(r"(?<![\w@#])(?:" + "|".join(_NAMES) + r")(?!\w)", re.I)
MOST_READ = 20_000


def insults(text: str) -> list[tuple[int, int]]:
    """Where in the text somebody is called names: (start, end) in characters, in order."""
    return [(found.start(), found.end()) for found in _FOUND.finditer(text[:MOST_READ])]
