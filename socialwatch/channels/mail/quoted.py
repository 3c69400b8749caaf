"""What this mail itself says: without the mails quoted in it and without the signature under it.

mail-parser-reply 1.36 knows how quoting begins ("Op … schreef …", "Van: … Verzonden: …"). Only that is used: it takes
a line that begins with "Bedankt," or a hyphen for a signature, and would cut away the thanks and the list.
"""

import re

from mailparser_reply.parser import EmailMessage

_LOOKED_AT = 20_000  # characters; people write less above a quotation, and the patterns take quadratic time
_LANGUAGES = ["nl", "de", "fr"]  # English is always there
_MARKED = re.compile(r"^\s*>")
_RULE = re.compile(r"^\s*(?:_{10,}|-{2,} ?(?:oorspronkelijk bericht|original message|forwarded message).*)\s*$", re.I)
_LONGEST_LINE = 1_000
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
_UNDER_CLOSING = 12  # lines; more is no signature but a letter that goes on
_BOUNDARY = re.compile(r"^-- ?$")


def fresh(text: str) -> str:
    """The sender's own new words. Never empty when `text` is not: in doubt everything stays."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    mine = _unsigned(_unquoted(text))
    return mine or _unsigned(_without_marks(text)) or text


def _unquoted(text: str) -> str:
    head, rest = _split(text)
    answers = _without_marks(rest) if _marked_at_once(rest) else ""
    return "\n\n".join(part for part in (_above_rule(_without_marks(head)), answers) if part)


def _split(text: str) -> tuple[str, str]:
    """What stands above the first header of a quoted mail, and what stands below it."""
    looked, beyond = text[:_LOOKED_AT], text[_LOOKED_AT:]
    if any(len(line) > _LONGEST_LINE for line in looked.splitlines()):
        return text, ""  # no mail program writes its headers like that, and the patterns would take very long
    mail = EmailMessage(text=looked, languages=list(_LANGUAGES))
    header = mail.HEADER_REGEX.search(mail.text)
    if header is None:
        return text, ""
    return mail.text[: header.start()].strip(), (mail.text[header.end() :] + beyond).strip()


def _marked_at_once(rest: str) -> bool:
    """Whether the quotation is marked with ">": only then can answers between its lines be told from it."""
    lines = [line for line in rest.splitlines() if line.strip()]
    return bool(lines) and bool(_MARKED.match(lines[0]))


def _without_marks(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not _MARKED.match(line)).strip()


def _above_rule(text: str) -> str:
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if place and _RULE.match(line):
            return "\n".join(lines[:place]).strip()
    return text


def _unsigned(text: str) -> str:
    lines = text.splitlines()
    for place, line in enumerate(lines):
        below = len([each for each in lines[place + 1 :] if each.strip()])
        signed = _BOUNDARY.match(line) or _SENT_FROM.match(line.strip())
        if place and (signed or _CLOSING.match(line.strip())) and below <= _UNDER_CLOSING:
            return "\n".join(lines[:place]).strip()
    return text
