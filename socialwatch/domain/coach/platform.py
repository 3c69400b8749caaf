"""Platform: what the channel does not take, or takes at a price: too long, closed to answers from here, a link on X."""

from collections.abc import Iterator

from socialwatch.domain import weight
from socialwatch.domain.coach.words import Check, Draft, Remark, Scene

_NAMES = {"x": "X", "facebook": "Facebook", "mail": "de mail", "bluesky": "Bluesky", "mastodon": "Mastodon"}
_CLOSED = (
    "Een platform neemt van software alleen antwoord aan op wie je zelf noemde of aanhaalde. Op het platform zelf kun "
    "je altijd antwoorden; daarna markeer je het hier als beantwoord."
)
_TOO_LONG = "Wat niet past, komt niet aan. Kort en warm kan samen: eerst het gevoel, dan wat je doet."
_PRICED = "X rekent $ 0,20 voor een bericht met een link en hooguit $ 0,015 voor een antwoord zonder."
_PRIVATE_LONGEST = {"x": 10_000, "facebook": 2_000}


def impossible(draft: Draft, scene: Scene) -> Iterator[Remark]:
    """What keeps it from being sent at all."""
    place = _NAMES.get(draft.channel, draft.channel)
    if not draft.can_reply:
        says = f"Op dit bericht neemt {place} van hieruit geen antwoord aan."
        toward = f"Open het op {place}, antwoord daar en markeer het hier als beantwoord."
        yield Remark(Check.PLATFORM, says, toward, _CLOSED, blocks=True, offers="open")
    used, most = _length(draft), _most(draft)
    if most is not None and used > most:
        over = used - most
        says = f"Je antwoord is {_dotted(over)} {'teken' if over == 1 else 'tekens'} te lang voor {place}."
        yield Remark(
            Check.PLATFORM, says, "Wat kan de klant missen zonder zich minder gezien te voelen?", _TOO_LONG, blocks=True
        )


def platform(draft: Draft, scene: Scene) -> Iterator[Remark]:
    """What it costs."""
    linked = weight.links(draft.text) if draft.channel == "x" and draft.audience == "public" else []
    if linked:
        says = "Met een link kost dit antwoord op X $ 0,20."
        toward = "Kun je in je eigen woorden zeggen wat er op die pagina staat?"
        yield Remark(Check.PLATFORM, says, toward, _PRICED, *linked[0])


def _length(draft: Draft) -> int:
    text = draft.text.strip()
    return weight.length(text, draft.channel) if draft.audience == "public" else len(text)


def _most(draft: Draft) -> int | None:
    if draft.limit is not None:
        return draft.limit
    return weight.longest(draft.channel) if draft.audience == "public" else _PRIVATE_LONGEST.get(draft.channel)


def _dotted(count: int) -> str:
    """8.000, as we write it."""
    return f"{count:,}".replace(",", ".")
