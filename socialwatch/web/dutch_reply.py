"""What the reply box says: the checks of the Meelezer, how an answer is mended, building blocks."""

from socialwatch.domain.coach import Check
from socialwatch.domain.mending import Way
from socialwatch.web import dutch

CHECKS = {
    Check.ACKNOWLEDGEMENT: ("Erkenning", "benoemt je antwoord wat er gebeurde, vóór of naast de feiten?"),
    Check.KNOWN: ("Wat we al weten", "vraag je iets dat hiernaast al staat?"),
    Check.PARROTING: ("Napraten", "geef je de woorden van de klant terug als controle?"),
    Check.DEFLECTION: ("“Ja, maar”", "schuift een zin de klant weg, naar een ander of naar de regels?"),
    Check.CANNED: ("Vaker verstuurd", "ging dit bijna woordelijk ook naar anderen?"),
    Check.PROMISE: ("Beloftes", "belooft je antwoord iets op een moment? Dan kan er een timer op."),
    Check.PRIVACY: ("Privacy", "staan er gegevens van de klant in een openbaar antwoord? Die houden we altijd tegen."),
    Check.PLATFORM: ("Lengte en links", "past het, en kost het iets?"),
}  # fmt: skip
MENDED = {Way.EDIT: "aangepast", Way.ANEW: "vervangen", Way.SECOND: "rechtgezet"}
_PRICE = " X rekent weer voor een antwoord: hooguit $ 0,015, en $ 0,20 met een link erin."
_HOW = {
    Way.EDIT: "Je past je antwoord op {on} zelf aan. Wie het al las, kan dat zien.",
    Way.ANEW: "{on} laat niets aanpassen: je oude antwoord gaat weg en dit komt ervoor in de plaats.",
    Way.SECOND: "Op {on} valt niets terug te nemen. Dit gaat als tweede antwoord; zeg erbij wat er niet klopte.",
}  # fmt: skip
BLOCK_NAME = "Een naam is één woord van hoogstens dertig tekens: letters, cijfers en streepjes."
BLOCK_EMPTY = "Je bouwsteen is nog leeg."
BLOCKS_FULL = "Je hebt er al zestig. Gooi er eerst een weg."
SIGN_WRONG = "Een ondertekening is ^ met één woord erachter, zoals ^Freek."


def how(way: Way, channel: str) -> str:
    """What mending does on this channel, and what it costs."""
    said = _HOW[way].format(on="de mail" if channel == "mail" else dutch.CHANNELS.get(channel, channel))
    return said + _PRICE if way is Way.ANEW and channel == "x" else said
