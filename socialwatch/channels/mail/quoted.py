"""What this mail itself says: without the mails quoted in it and without the signature under it.

Line by line and by what mail programs write in Dutch, English, German and French. The libraries that do this were tried
and left: mail-parser-reply 1.36 does not know Gmail's Dutch line ("Op … schreef Naam <adres>:"), cuts everything below
a line that begins with "Bedankt," or a hyphen, and needs seven seconds for a hostile page of 20,000 characters.
"""

import re

_MARKED = re.compile(r"^\s*>")
_BEGINS = re.compile(r"^[\s>*]*(?:Op|On|Am|Le)\s", re.I)
_WROTE = re.compile(
    r"\b(?:schreef(?! (?:ik|je|jij|u|hij|zij|ze|we|wij|men)\b)|geschreven|wrote|schrieb|a écrit)\b", re.I
)
_NAMED_FIRST = re.compile(
    r"^[\s>*]*\S.{0,200}(?:schreef op|wrote on|schrieb am|a écrit le)\b.{0,20}\d.{0,60}:\s*$", re.I
)
_DATED = re.compile(r"\d{1,2}[:.]\d\d|\b20\d\d\b|@")
_FROM = re.compile(r"^[\s>*]*(?:Van|From|Von|De)\s?:\*{0,2}\s", re.I)
_FIELD = re.compile(
    r"^[\s>*]*(?:Verzonden|Datum|Aan|Onderwerp|Cc|Sent|Date|To|Subject|Gesendet|An|Betreff|Envoyé|À|Objet)\s?:", re.I
)
_RULE = re.compile(
    r"^\s*(?:_{25,}|-{2,}\s?(?:oorspronkelijk bericht|original message|doorgestuurd bericht|forwarded message"
    r"|ursprüngliche nachricht|message d'origine).{0,20})\s*$",
    re.I,
)
_LONGEST = 400  # characters of a line that a mail program wrote
_CLOSING = re.compile(
    r"^(?:(?:met )?(?:(?:vriendelijke|hartelijke|lieve|zonnige|sportieve)\s+)?groet(?:en|jes)?|mvg|m\.v\.g"
    r"|hoogachtend|(?:kind |best |warm )?regards|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|cordialement)\b[\s,.!]*$",
    re.I,
)
_SENT_FROM = re.compile(
    r"^(?:(?:verzonden|verstuurd) (?:vanaf|vanuit|met|via)\b|sent from (?:my|outlook|yahoo)"
    r"|outlook voor (?:ios|android)|download outlook|get outlook for|von meinem \w+ gesendet|envoyé de mon).{0,80}$",
    re.I,
)
_BOUNDARY = re.compile(r"^-- ?$")
_UNDER_CLOSING = 12  # lines; more is no signature but a letter that goes on


def fresh(text: str) -> str:
    """The sender's own new words. Never empty when `text` is not: in doubt everything stays."""
    lines = text.strip().splitlines()
    above, below = _split(lines)
    answers = _unmarked(below) if _marked_at_once(below) else ""
    mine = "\n\n".join(part for part in (_unmarked(above), answers) if part)
    return _unsigned(mine) or _unsigned(_unmarked(lines)) or text.strip()


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """What stands above the header of the first quoted mail, and what stands below that header."""
    for place in range(len(lines)):
        height = _header(lines, place)
        if height:
            return lines[:place], lines[place + height :]
    return lines, []


def _header(lines: list[str], place: int) -> int:
    """How many lines the header of a quoted mail takes here; 0 when this is none."""
    line = lines[place]
    if len(line) > _LONGEST:
        return 0
    if _RULE.match(line):
        return 1 if place or len(lines) == 1 else 0
    if _FROM.match(line):
        fields = [each for each in lines[place + 1 : place + 7] if _FIELD.match(each[:_LONGEST])]
        return 1 + len(fields) if len(fields) >= 2 else 0
    if _NAMED_FIRST.match(line):
        return 1
    return _wrote(lines, place) if _BEGINS.match(line) else 0


def _wrote(lines: list[str], place: int) -> int:
    """ "Op … schreef …:", over at most three lines: it is wrapped like any other."""
    whole = ""
    for height, line in enumerate(lines[place : place + 3], start=1):
        whole = f"{whole} {line[:_LONGEST].strip()}"
        if whole.rstrip(" *").endswith(":"):
            return height if _WROTE.search(whole) and _DATED.search(whole) else 0
    return 0


def _marked_at_once(lines: list[str]) -> bool:
    """Whether the quotation is marked with ">": only then can answers between its lines be told from it."""
    return bool(_MARKED.match(next((line for line in lines if line.strip()), "")))


def _unmarked(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines if not _MARKED.match(line)).strip()


def _unsigned(text: str) -> str:
    lines = text.splitlines()
    for place in range(_last_lines(lines), len(lines)):
        plain = lines[place].strip()[:_LONGEST]
        if place and (_BOUNDARY.match(lines[place]) or _SENT_FROM.match(plain) or _CLOSING.match(plain)):
            return "\n".join(lines[:place]).strip()
    return text


def _last_lines(lines: list[str]) -> int:
    """From which line on at most _UNDER_CLOSING written ones follow."""
    written = [place for place, line in enumerate(lines) if line.strip()]
    return written[-_UNDER_CLOSING - 1] if len(written) > _UNDER_CLOSING else 0
