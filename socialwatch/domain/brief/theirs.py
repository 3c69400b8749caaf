"""Theirs: which numbers and addresses in the customer's words are their own, and which are ours or a stranger's."""

import re
from collections.abc import Iterator, Sequence

from socialwatch.domain.assessment import Fact
from socialwatch.domain.behalf import whose
from socialwatch.domain.brief.sentences import quoted
from socialwatch.domain.brief.words import Said

# A man or a wife shares the matter; a neighbour does not.
_STRANGER = (
    r"(?:een ander\w*|iemand anders|iemand|een onbekende|een wildvreemde?|een of andere|ene|de buren|mijn buren"
    r"|concurrent"
    r"|(?:de|mijn|m'n|mn|een|onze|ons)\s(?:\w{1,14}e\s)?(?:buur\w*|zus\w*|broer\w*|vriend\w*|collega\w*|moeder|vader"
    r"|mevrouw|meneer|meisje|klant|dame|heer|nicht|neef|schoon\w+|ouders|oma|opa|zoon|dochter)|(?:de|een) (?:man"
    r"|vrouw))"
)
_NOT_MINE = re.compile(
    rf"\b(?:van|bij|door|voor)\s{_STRANGER}\b[^.!?\n]{{0,60}}$"
    rf"|\b{_STRANGER}\s(?:\w{{1,14}}\s){{0,4}}(?:met|had|heeft|heet|kreeg)\b[^.!?\n]{{0,40}}$"
    r"|\b(?:pakbon|etiket|label|sticker|bon|factuur)\s(?:\w+\s){0,3}van\b[^.!?\n]{0,60}$"
    r"|\b(?:voorbeeld|bijvoorbeeld|bv|zoals)\b[^.!?\n]{0,20}$|\b(?:niet|geen)\s(?:\w{1,10}\s){0,2}$"
    r"|\b(?:andermans|zijn|haar|hun)\s(?:bestel\w*|order\w*|nummer|pakket|mail\w*|e-mail\w*)\b[^.!?\n]{0,30}$",
    re.I,
)
_DISOWNED = re.compile(
    r"^[^.!?\n]{0,50}\b(?:niet (?:van mij|mijn|de mijne|die van mij)|ken ik niet|zegt me niks|nooit besteld"
    r"|nooit geplaatst|van iemand anders|van een ander|hoort bij iemand|op naam van (?:een|ene|iemand|meneer|mevrouw"
    r"|de heer))\b",
    re.I,
)
_OURS = re.compile(
    r"\b(?:belde\w*|gebeld|bellen|telefoneer\w*|belt|mailde\w*|mailen|gemaild|stuurde\w*|gestuurd|appte\w*|geappt"
    r"|schreef|geschreven|contact|(?:ik|we|wij)\s(?:\w{1,12}\s){0,3}(?:bel|mail|app)|(?:bel|mail|app)\s(?:ik|al|nu))\b"
    r"(?!\s(?:me|mij|ons|u|mag|kan|kun)\b)[^.!?\n]{0,45}\b(?:naar|met|via|op|aan)\s(?:\w{1,14}\s){0,3}$"
    r"|\b(?:jullie|uw|het|dat|een|jullie eigen)\s(?:\w{1,14}\s){0,2}(?:nummer|telefoon\w*|mailadres|e-mailadres|adres"
    r"|klantendienst|klantenservice|helpdesk|lijn|infolijn)\b[^.!?\n]{0,25}$"
    r"|\b(?:klantenservice|klantendienst|helpdesk|infolijn)\b[^.!?\n]{0,25}$"
    r"|\b(?:mail|afzender|sms|appje|bericht|telefoontje|gebeld)\s(?:\w{1,14}\s){0,2}(?:van|door)\s(?:\w{1,12}\s){0,2}$",
    re.I,
)
_OWN = re.compile(
    r"\b(?:mijn|m'n|mn)\s(?:\w{1,14}\s){0,2}(?:nummer|telefoon\w*|gsm\w*|mobiel\w*|mail\w*|e-mail\w*)\b[^.!?\n]{0,25}$"
    r"|\b(?:bereik\w*|bel|mail|app|contacteer|sms|stuur)\s(?:me|mij|ons)\b[^.!?\n]{0,35}$"
    r"|\bik (?:met|heb|had)\s(?:\w+\s){0,2}$|\bbereikbaar\b[^.!?\n]{0,25}$|\b(?:mij|me)\s(?:bellen|mailen|bereiken"
    r"|appen)\b[^.!?\n]{0,25}$",
    re.I,
)
_OFFICE = re.compile(r"^\+31(?:900|800|909|88|14)|^\+32(?:78|70|800|900)")
_VAT = re.compile(r"NL\d{9}B\d{2}|BE[01]\d{9}")  # looks like a tracking code
_OFFICE_BOX = re.compile(
    r"^(?:info|klantenservice|klantendienst|service|support|help|helpdesk|contact|no-?reply|webshop|sales|hello|hallo"
    r"|vragen|retour\w*)@",
    re.I,
)


def voices(said: Sequence[Said], customer: str | None) -> tuple[Said, ...]:
    """What the one whose case it is wrote. Somebody else on a channel where they wrote too is a bystander; a profile
    on another channel was joined because it is the same person with the same grievance.
    """
    ours: dict[str, str | None] = {}
    for each in said:
        ours.setdefault(each.channel, each.author)
    for each in said:
        if customer is not None and each.customer == customer:
            ours[each.channel] = each.author
    return tuple(each for each in said if each.author == ours[each.channel])


def theirs(said: Said, kinds: frozenset[str]) -> Iterator[Fact]:
    """The facts of these kinds that belong to the one who writes: not quoted, not a stranger's, not our own."""
    person = whose(said.text)
    whom = said.text[slice(*person)] if person else None
    strange = [span for span in quoted(said.text) if _of_a_stranger(said.text[slice(*span)])]
    for fact in said.facts:
        if fact.kind not in kinds or any(start <= fact.start < end for start, end in strange):
            continue
        before, after = said.text[max(0, fact.start - 110) : fact.start], said.text[fact.end : fact.end + 70]
        mine = _OWN.search(before) is not None
        if not mine and (_is_strange(before, whom) or _DISOWNED.match(after)):
            continue
        if fact.kind == "tracking_code" and _VAT.fullmatch(fact.value):
            continue
        if fact.kind in ("phone", "email") and not mine and (_is_office(fact.value) or _OURS.search(before)):
            continue
        yield fact


def _is_strange(before: str, whom: str | None) -> bool:
    """Whether somebody else is named just before it, and not the one on whose behalf they write."""
    match = _NOT_MINE.search(before)
    return match is not None and not (whom and re.match(rf"(?:voor|namens)\s{re.escape(whom)}", match.group(), re.I))


def _of_a_stranger(quote: str) -> bool:
    """A bare number between quotes is theirs, and so is what we wrote to them ("uw bestelling 204817 is bezorgd")."""
    return len(quote.split()) > 2 and not re.search(r"\b(?:uw|je|jouw)\b", quote, re.I)


def _is_office(value: str) -> bool:
    return _OFFICE.match(value) is not None or _OFFICE_BOX.match(value) is not None


def numbers(said: Said) -> tuple[str, ...]:
    """The order numbers that are the customer's own."""
    return tuple(dict.fromkeys(fact.value for fact in theirs(said, frozenset({"order_number"}))))
