"""Privacy: what only the customer and we should read, in an answer that everybody can; it is offered in private."""

import re
from collections.abc import Iterator

from socialwatch.domain.assessment import Fact
from socialwatch.domain.coach.numerals import IN_WORDS
from socialwatch.domain.coach.reading import facts_in
from socialwatch.domain.coach.words import MOST_READ, Check, Draft, Remark, Scene
from socialwatch.domain.when import days

_PRIVATE = {
    "address": "het adres", "postcode": "de postcode", "email": "het e-mailadres", "phone": "het telefoonnummer",
    "order_number": "het bestelnummer", "tracking": "de trackcode", "tracking_code": "de trackcode",
    "iban": "het rekeningnummer", "customer_number": "het klantnummer", "birth_date": "de geboortedatum",
    "bsn": "het burgerservicenummer", "invoice_number": "het factuurnummer", "policy_number": "het polisnummer",
    "contract_number": "het contractnummer", "licence_plate": "het kenteken",
}  # fmt: skip
_NUMBER_OF_THEIRS = re.compile(
    r"(?:klant|polis|contract|factuur|rekening|telefoon|bestel|order|boekings?|dossier|zaak)\w*nummer|kenteken", re.I
)
_WHY = "Een openbaar antwoord leest iedereen mee. Gegevens van een klant horen alleen bij de klant en ons."
_IBAN = re.compile(r"\b[A-Z]{2}\d{2} ?(?:[A-Z]{4} ?(?:\d ?){10}|(?:\d{4} ?){3}(?:\d{2,4})?)(?!\d)", re.I)
_POSTCODE = re.compile(r"(?<![\w-])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?!\w)")
_STREET = re.compile(
    r"(?<!\w)(?:[A-Z][\w'’.-]{0,30} ){0,3}?[A-Z][\w'’-]{0,30}(?:straat|str\.|laan|weg|plein|gracht|kade|singel"
    r"|dijk|steeg|hof|pad"
    r"|dreef|plantsoen|markt|park|baan|lei|dorp|veld|akker|burg|kamp|erf|ring|wal"
    r"|steenweg)[ ]\d{1,4}(?:[ -]?[a-zA-Z](?!\w))?(?!\d|[.,]\d|\s?(?:euro|€|keer|minuten|dagen|jaar))"
)
# Any name with a number in a place: "naar De Eik 221 in Deventer", and no platform, gate or room.
_HOUSE_IN_PLACE = re.compile(
    r"(?<!\w)(?:op|aan|naar|bij|adres|woont|wonen) (?P<value>(?!(?:Spoor|Perron|Gate|Hal|Lijn|Zaal|Tafel|Kamer"
    r"|Balie|Loket"
    r"|Ingang|Platform|Poort|Bus|Tram|Terminal|Pier|Zone|Kassa)(?!\w))(?:(?:de|den|der|het|van|ter"
    r"|ten) ){0,2}[A-Z][\w'-]+"
    r"(?: [A-Z][\w'-]+){0,2} \d{1,4}[a-zA-Z]?(?:, | in | te )[A-Z][\w-]+)"
)
_NUMBERED = re.compile(
    r"\b(?:klant|polis|contract|dossier|factuur|lidmaatschaps?|relatie|zaak|kenmerk|referentie|rekening|schade)"
    r"(?:nummer|nr\.?|kenmerk)?[ :#]{1,3}(?:is |nr\.? )?(?P<value>[A-Z]{0,4}[-/ ]?\d[\d./-]{4,14}\d)",
    re.I,
)
_BORN = re.compile(
    r"\b(?:geboren op|geboortedatum(?: is)?:?)[ ](?P<value>\d{1,2}[-/ ](?:\d{1,2}|\w{3,9})[-/ ]\d{2,4})", re.I
)
_BSN = re.compile(r"\b(?:bsn|burgerservicenummer)[ :]{1,2}(?:is )?(?P<value>\d{8,9})\b", re.I)
_PUBLIC_PLACE = re.compile(
    r"\b(?:winkels?|filia(?:al|len)|vestiging(?:en)?|afhaalpunt(?:en)?|servicepunt|kantoor|hoofdkantoor|loket|balie"
    r"|station|postbus|antwoordnummer|stadhuis|gemeentehuis|milieustraat|magazijn|showroom|outlet|pick-?up"
    r"|ophaalpunt|postnl-?punt"
    r"|dhl-?punt|locatie|ons(?:ze)? adres|ons retouradres|retouradres|bij ons (?:in|op|aan)|onze|welkom)\b",
    re.I,
)
_OFFICE_PHONE = re.compile(r"^\+31(?:800|90\d|88|14|85|67|66)|^\+32(?:78|70|800|90\d)")
_OFFICE_BOX = re.compile(
    r"^(?:info|klantenservice|klantendienst|klant|service|support|help|helpdesk|contact|webcare|no-?reply|webshop"
    r"|sales|hello"
    r"|hallo|vragen|vraag|retour\w*|team|bestelling\w*|privacy|pers|post|mail|care|klacht\w*|schade|social\w*"
    r"|winkel\w*|storing\w*|administratie"
    r"|reserver\w*|facturatie|gevonden\w*|jobs|hr)@",
    re.I,
)
_FREE_MAIL = re.compile(
    r"@(?:gmail|hotmail|outlook|live|icloud|me|yahoo|ziggo|kpnmail|kpn\w*|planet|xs4all|hetnet|home|casema|chello"
    r"|upcmail|telenet|skynet"
    r"|proximus|protonmail|proton|msn|quicknet|online|tele2|solcon|caiway|zeelandnet|telfort|zonnet|freedom)\.",
    re.I,
)
_AT = r"[^.!?\n]{0,80}"
_AT_SIGN = r"(?:@|\s?[(\[]?\s?(?:at|apenstaartje)\s?[)\]]?)"
_TAIL = 8  # figures by which a number is known


def privacy(draft: Draft, scene: Scene) -> Iterator[Remark]:
    if draft.audience != "public":
        return
    text = draft.text[:MOST_READ]
    own = {_plain(each) for each in scene.own}
    found = sorted(_found(text, scene), key=lambda each: (each.start, -each.end))
    for each in found:
        if not _is_own(each, own):
            says = (
                f"Iedereen kan dit lezen, en hier staat {_PRIVATE.get(each.kind, 'een persoonlijk gegeven')} van"
                f" de klant."
            )
            toward = "Zeg openbaar wat je doet, en stuur dit erbij in een privébericht."
            yield Remark(Check.PRIVACY, says, toward, _WHY, each.start, each.end, blocks=True, offers="private")
            return


def _found(text: str, scene: Scene) -> Iterator[Fact]:
    yield from _known(text, scene)
    yield from _facts(text, scene)
    for match in _IBAN.finditer(text):
        yield Fact("iban", match.group(), match.group(), *match.span())
    for kind, pattern in (("postcode", _POSTCODE), ("address", _STREET), ("address", _HOUSE_IN_PLACE)):
        for match in pattern.finditer(text):
            if not _at_a_public_place(text, *match.span()):
                value = match[match.lastgroup or 0]
                yield Fact(kind, value, value, *match.span(match.lastgroup or 0))
    for kind, pattern in (("customer_number", _NUMBERED), ("birth_date", _BORN), ("bsn", _BSN)):
        for match in pattern.finditer(text):
            yield Fact(kind, match["value"], match["value"], *match.span("value"))


def _facts(text: str, scene: Scene) -> Iterator[Fact]:
    """Numbers and addresses as anywhere; what the customer wrote is theirs, even if it looks like a company's."""
    told = {_plain(each.value) for post in scene.theirs for each in facts_in(post)}
    for each in facts_in(text):
        if each.kind in _PRIVATE and (_plain(each.value) in told or not _for_all(each, text)):
            yield each


def _known(text: str, scene: Scene) -> Iterator[Fact]:
    """What we know of this customer, however it is spaced and whether or not the whole of it stands there."""
    for each in scene.known:
        if each.field in _PRIVATE or _NUMBER_OF_THEIRS.search(each.label):
            found = [match for part in _parts(each.field, each.value) if (match := _spaced(part).search(text))]
            found += _figures(text, each.value) if each.field != "address" else _beside(text, each.value)
            yield from (Fact(each.field, each.value, match.group(), *match.span()) for match in found)
            if each.field == "birth_date":
                born = {day.value for day in days(each.value)}
                yield from (
                    Fact(each.field, day.value, day.text, day.start, day.end) for day in days(text) if day.value in born
                )


def _beside(text: str, address: str) -> list[re.Match[str]]:
    """Where the street stands with the number near it: "op nummer 44 in de Kerkstraat", "Wilgenhof, kamer 214"."""
    street, number = re.match(r"\W*([^\d,]{5,60})", address), re.search(r"\d+", address)
    if street is None or number is None:
        return []
    words, figures = re.escape(street[1].strip()), _in_any_writing(number.group())
    near = r"[^.!?\n]{0,40}?"
    return list(re.finditer(rf"(?<!\w){words}(?!\w){near}{figures}|{figures}{near}{words}(?!\w)", text, re.I))


def _in_any_writing(number: str) -> str:
    """A pattern for a house number in figures or in words: "18", "achttien"."""
    word = rf"|{IN_WORDS[int(number)]}" if 0 < int(number) < len(IN_WORDS) else ""
    return rf"(?<!\w)(?:{number}{word})(?!\d)"


def _figures(text: str, value: str) -> list[re.Match[str]]:
    """Where the last figures of a number stand, in any grouping: "nul zes, 55 51 23 45"."""
    tail = re.sub(r"\D", "", value)[-_TAIL:]
    if len(tail) < _TAIL:
        return []
    return list(re.finditer(r"[\s.,/-]{0,2}".join(tail) + r"(?!\d)", text))


def _parts(field: str, value: str) -> list[str]:
    """Of an address also its street with number, and its postcode."""
    if field != "address":
        return [value] if len(_plain(value)) >= 4 else []
    street = value.partition(",")[0]
    postcode = re.search(r"\b\d{4} ?[A-Z]{2}\b", value)
    street = re.sub(r"\b\d{4} ?[A-Z]{2}\b.*", "", street).strip()
    return [
        part
        for part in (street, postcode.group() if postcode else "")
        if len(_plain(part)) >= 4 and re.search(r"\d", part)
    ]


def _spaced(value: str) -> re.Pattern[str]:
    signs = [_AT_SIGN if each == "@" else re.escape(each) for each in value if each.isalnum() or each == "@"]
    return re.compile(r"(?<!\w)" + r"[\s.\-/,_]{0,2}".join(signs) + r"(?!\w)", re.I)


def _for_all(fact: Fact, text: str) -> bool:
    """Whether a number or address is plainly a company's, or said to be ours."""
    match fact.kind:
        case "phone":
            return _OFFICE_PHONE.match(fact.value) is not None or _ours(text, fact.start)
        case "email":
            return _OFFICE_BOX.match(fact.value) is not None or not (
                _FREE_MAIL.search(fact.value) or _theirs(text, fact.start)
            )
        case "order_number":
            return (
                re.search(
                    r"\b(?:artikel|model|type|product|actie|korting|voucher)\w*[ :]{1,2}$", text[: fact.start], re.I
                )
                is not None
            )
        case _:
            return False


def _ours(text: str, start: int) -> bool:
    before = text[max(0, start - 70) : start]
    return re.search(
        r"\b(?:bel|belt|bellen|app|appen|whatsapp\w*|bereik\w*|ons(?:ze)?|klantenservice|klantendienst"
        r"|storingslijn|noodnummer|helpdesk|winkel|alarmnummer"
        rf"|nummer van)\b{_AT}$",
        before,
        re.I,
    ) is not None and not _theirs(text, start)


def _theirs(text: str, start: int) -> bool:
    before = text[max(0, start - 70) : start]
    return (
        re.search(
            rf"\b(?:je|jou|jouw|u|uw|jullie|klant)\b(?! (?:kunt|kan|kun|mag|ons|bereikt?|belt|mailt?|appt?|even"
            rf"|altijd|contact)\b){_AT}$",
            before,
            re.I,
        )
        is not None
    )


def _at_a_public_place(text: str, start: int, end: int) -> bool:
    near = text[max(0, start - 90) : start] + text[end : end + 40]
    own_place = re.search(
        r"\b(?:je|jouw|uw|jullie)\s(?:\w+\s)?(?:adres|huis\w*|thuisadres|woning|bezorgadres)\b", near, re.I
    )
    return _PUBLIC_PLACE.search(near) is not None and own_place is None


def _is_own(fact: Fact, own: set[str]) -> bool:
    mine = _plain(fact.value)
    if fact.kind == "email":
        domain = fact.value.rpartition("@")[2].lower()
        if not _FREE_MAIL.search(f"@{domain}") and any(each.endswith(_plain(domain)) for each in own):
            return True
    written = _plain(fact.text)
    return any(
        each and (mine in each or each in mine or _digits(each) == _digits(mine) or written in each) for each in own
    )


def _digits(plain: str) -> str:
    """The last nine digits, so that 030-1234567 and +31 30 1234567 are one; the text itself when it has letters."""
    figures = re.sub(r"\D", "", plain)
    return figures[-9:] if len(figures) >= 9 and not re.search(r"[a-z]", plain) else plain


def _plain(value: str) -> str:
    return re.sub(r"[\W_]", "", value.lower())
