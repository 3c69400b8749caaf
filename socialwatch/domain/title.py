"""Title: a case is called after a person and a matter, *Marieke · gat in sokken*, and never after a number or an
address."""

import re
from collections.abc import Sequence

from socialwatch.domain.assessment import Fact
from socialwatch.domain.mention import Author

LONGEST_MATTER = 40
UNKNOWN = "Onbekend"
FORGOTTEN = "Vergeten klant"
_SECRET = frozenset({"order_number", "tracking_code", "email", "phone"})

_THE = (
    r"(?:(?:de|het|een|mijn|m'n|mn|onze|ons|haar|zijn|z'n|hun|die|deze|dit|dat|jullie|nieuwe|beide|allebei"
    r"|al|mooie|dure|favoriete)\s){0,4}"
)
# The first that fits names the matter; a `{}` is filled with the word that was caught. Most telling first.
_MATTERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})", re.I), name)
    for pattern, name in (
        (rf"gat(?:en)?\s+in\s+{_THE}([^\W\d_]{{2,20}})", "gat in {}"),
        (rf"gat(?:en)?\s+(?:bij|aan|op|ter hoogte van)\s+{_THE}(?:grote\s)?([^\W\d_]{{2,20}})", "gat bij {}"),
        (r"gat(?:en)?\b|teen\s(?:\w+\s){0,4}(?:buitenlucht|erdoor|eruit|er ?door)", "gat in sokken"),
        (r"(?:website|site|webshop|app)\s(?:\S+\s){0,4}(?:stuk|kapot|plat|ligt eruit|werkt niet)"
         r"|storing", "website of account"),
        (r"afrekenen|foutmelding|i-?deal\b|mandje|winkelwagen", "afrekenen"),
        (rf"scheur(?:tje)?\s+in\s+{_THE}([^\W\d_]{{2,20}})", "scheur in {}"),
        (r"data-?lek|gegevens gelekt|mijn gegevens|wildvreemde|adresgegevens|privacy"
         r"|gegevens van (?:een )?(?:ander|iemand)", "privacy"),
        (r"speld\b|levensgevaarlijk|allergi\w*|uitslag|blaren|brandwond|naald in|gestikt|gevaarlijk"
         r"|gewond", "veiligheid"),
        (r"discrimin\w*|racis\w*", "discriminatie"),
        (r"opgelicht|oplichting|phishing|nepsite|nepwebshop|fraude|valse mail", "oplichting"),
        (r"begrafenis|uitvaart|crematie", "uitvaart"),
        (r"(?:verkeerd|fout|onjuist)e?\s+(?:maat|maten)|maat klopt niet", "verkeerde maat"),
        (r"(?:verkeerd|fout|ander)e?\s+(?:product|artikel|kleur|sokken|bestelling|item|pakket)", "verkeerd geleverd"),
        (r"(?:dubbel|twee keer|2x|2 keer)\s(?:\w+\s){0,2}(?:afgeschreven|betaald|gefactureerd"
         r"|geïncasseerd)", "dubbel afgeschreven"),
        (r"(?:geld|bedrag|aankoopbedrag)\s(?:\w+\s){0,3}terug|terugbetaling|terugbetaald|refund"
         r"|terugstort\w*", "geld terug"),
        (r"(?:niet|nooit|nog niks|nog niets|niks|niets)\s(?:\w+\s){0,2}(?:geleverd|bezorgd|ontvangen|binnen"
         r"|aangekomen|gekregen)", "niet geleverd"),
        (r"waar\s(?:blijft|blijven|is|zijn)\s(?:\w+\s){0,2}(?:pakket|pakje|bestelling|sokken|order|levering"
         r"|zending)", "niet geleverd"),
        (r"(?:pakket|pakje|bestelling|zending)\s(?:\w+\s){0,3}(?:kwijt|zoek|verdwenen|gestolen|weg)", "pakket kwijt"),
        (r"te laat|vertraging|vertraagd|levertijd|duurt te lang|later geleverd", "te late levering"),
        (r"garantie|slijtage", "garantie"),
        (r"in de wacht|wachtrij|wachttijd|aan de lijn|niemand neemt op|telefonisch", "wachttijd telefoon"),
        (r"kastje naar (?:de )?muur|geen (?:reactie|antwoord|gehoor)|niet bereikbaar|onbereikbaar"
         r"|klantenservice|klantendienst|helpdesk",
         "klantenservice"),
        (r"omruil\w*|omgeruild|ruilen|geruild", "ruilen"),
        (r"retour\w*|terugsturen|teruggestuurd|terugzenden", "retour"),
        (r"kapot|stuk|defect|gebroken|kaduuk|versleten|uit elkaar|beschadigd|los(?:se)? naad"
         r"|rafel\w*|naad\s(?:\w+\s){0,4}los|laat los|laten los|ladder in", "kapot product"),
        (r"pluiz\w*|pillen|krimp\w*|gekrompen|verkleurd|afgegeven|in de was", "wasproblemen"),
        (r"kortingscode|korting|actiecode|voucher|waardebon|cadeaubon|cadeaukaart", "korting of cadeaubon"),
        (r"abonnement\w*|opgezegd|opzeggen", "abonnement"),
        (r"factuur|rekening|incasso|aanmaning|betaling|betalen|afgeschreven", "betaling"),
        (r"inloggen|inlog|account|wachtwoord|website|de app|app werkt|storing", "website of account"),
        (r"nieuwsbrief|uitschrijven|afmelden|spam van jullie", "nieuwsbrief"),
        (r"openingstijden|openingsuren|winkel open|open op", "openingstijden"),
        (r"op voorraad|uitverkocht|voorraad|weer leverbaar", "voorraad"),
        (r"welke maat|maattabel|valt (?:groot|klein)|maat\s\d{2}", "maat"),
        (r"cadeauverpakking|inpakken|inpakpapier|kaartje", "cadeauverpakking"),
        (r"bezorger|bezorging|bezorgd|tracking|track ?& ?trace|gesorteerd|onderweg|facteur|pakketbezorger"
         r"|postnl|dhl|dpd|bpost", "bezorging"),
        (r"verpakking|plastic|duurzaam\w*|milieu", "verpakking en duurzaamheid"),
        (r"bedankt|dankjewel|dank je|dank u|merci|toppers", "bedankje"),
    )
)  # fmt: skip
_NO_TROUBLE = frozenset({"klantenservice", "wachttijd telefoon", "bedankje"})
_NOISE = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|\S{0,64}@\S{1,100}|#|\bRT\b|\+?\d[\d ()./-]{3,}\d|\d{4,}|[^\w\s'’,.!?-]+", re.I
)
_GREETING = re.compile(
    r"^(?:\W*(?:hallo|hoi|hey|hee|hai|hi|dag|beste|geachte|goede?(?:morgen|middag|avond|n?dag)|goeie(?:morgen"
    r"|middag|avond)|yo|ey"
    r"|lieve|team|allemaal|mensen|mevrouw|meneer|zeg|eh+|uhm?|vraagje)\b)+(?:\s+\w{2,30}(?=\s*,))?[\s,!-]*",
    re.I,
)
_TITLES = re.compile(r"^(?:dhr|mevr|mw|mr|mrs|ir|drs|dr|de heer|mevrouw|meneer)\b\.?\s*", re.I)


def title(author: Author | None, text: str, found: Sequence[Fact]) -> str:
    """*person · matter*; `found` are the facts of the same text, of which numbers and addresses are left out."""
    return f"{person(author)} · {matter(text, found)}"


def without_person(known: str) -> str:
    """The title of somebody who asked to be forgotten: what it was about stays, who it was does not."""
    _, between, about = known.partition(" · ")
    return f"{FORGOTTEN} · {about}" if between else FORGOTTEN


def person(author: Author | None) -> str:
    """The first name, else the handle, else *Onbekend*; never a number or an e-mail address."""
    if author is None:
        return UNKNOWN
    for word in _TITLES.sub("", (author.name or "").strip()).split():
        name = re.sub(r"[^\w'’-]|[\d_]", "", word).strip("-'’")
        if len(name) >= 2 and "@" not in word and "." not in word[:-1]:
            return name[:30]
    handle = (author.handle or "").lstrip("@")
    if handle and "@" not in handle and "." not in handle[-5:-1] and sum(letter.isdigit() for letter in handle) < 6:
        return f"@{handle[:30]}"
    return UNKNOWN


def matter(text: str, found: Sequence[Fact]) -> str:
    """A few words for what it is about, at most LONGEST_MATTER characters."""
    plain = _without(text, found)
    for pattern, name in _MATTERS:
        match = pattern.search(plain)
        if match:
            return name.format(*(group.lower() for group in match.groups() if group))[:LONGEST_MATTER]
    return _first_words(plain)


def names_matter(words: str) -> bool:
    """Whether these words name something that can go wrong; how we treated them, or their thanks, is none."""
    found = (name for pattern, name in _MATTERS if pattern.search(words))
    return any(name not in _NO_TROUBLE for name in found)


def _without(text: str, found: Sequence[Fact]) -> str:
    text, parts, last = text[:2000], [], 0
    for fact in sorted(found, key=lambda fact: fact.start):
        if fact.kind in _SECRET and fact.start >= last:
            parts.append(text[last : fact.start])
            last = fact.end
    rest = " ".join([*parts, text[last:]])
    return " ".join(_NOISE.sub(" ", rest).split())


def _first_words(plain: str) -> str:
    """The first sentence that says something, cut at a word."""
    sentences = [sentence.strip(" ,'’-") for sentence in re.split(r"[.!?]+", _GREETING.sub("", plain))]
    telling = [sentence for sentence in sentences if len(sentence.split()) >= 3]
    rest = next((sentence for sentence in [*telling, *sentences] if sentence), "bericht")
    if len(rest) > LONGEST_MATTER:
        rest = rest[: LONGEST_MATTER - 1].rsplit(" ", 1)[0].rstrip(" ,'’-") + "…"
    if rest.isupper():
        return rest.lower()
    return rest[0].lower() + rest[1:] if rest[1:2].islower() and rest.split()[0][1:].islower() else rest
