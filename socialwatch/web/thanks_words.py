"""Dutch for Bedankjes: where and when somebody thanked us, what we did for it, and what an answer may well name."""

from collections.abc import Sequence
from datetime import datetime

from socialwatch.store.mentions import Stored
from socialwatch.store.thanks import Card, Done, Thanked
from socialwatch.web.dutch import CHANNELS, day, listed, local
from socialwatch.web.gesture_words import title

LIKE_WAITS = "Onze like is onderweg."
ALREADY_LIKED = "Dit bedankje heeft onze like al."
NO_LIKES = "Op dit kanaal kunnen we van hieruit geen like geven."
CROSSED = "{} bedankte net al terug. Lees het even, en verstuur daarna als jouw woorden er nog iets aan toevoegen."
ADVICE_SHOWN = 3  # promises or gestures named in one line
MILLION = 1_000_000


def place(channel: str) -> str:
    """op X, per mail"""
    return "per mail" if channel == "mail" else f"op {CHANNELS.get(channel, channel)}"


def thanked(words: Sequence[Thanked], now: datetime) -> str:
    """bedankte op X vandaag 12:04 en per mail 12:10; a day is named once."""
    told, before = [], ""
    for each in words:
        at = local(each.post.mention.created_at)
        on = day(at.date(), local(now).date())
        told.append(" ".join(part for part in (place(each.post.mention.channel), on if on != before else "") if part))
        told[-1] += f" {at:%H:%M}"
        before = on
    return f"bedankte {listed(told)}"


def called(post: Stored) -> str:
    """How a customer is called in one sentence: the first word of a name, else the handle."""
    author = post.mention.author
    name = (author.name or "").split() if author else []
    return name[0] if name else (author.handle or "") if author else ""


def hint(card: Card) -> str:
    """That the customer thanked us elsewhere too, which an answer may name; "" when they did not."""
    to = card.to.post.mention.channel
    others = list(dict.fromkeys(e.post.mention.channel for e in card.words if e.post.mention.channel != to))
    if not others:
        return ""
    who = called(card.to.post) or "De klant"
    did = "mailde ook" if others == ["mail"] else f"schreef ook {listed([place(each) for each in others])}"
    return f"{who} {did}: noem dat gerust."


def given(done: Done) -> str:
    """Vervanging en bloemen; "" when nothing was given."""
    names = list(dict.fromkeys(title(each.kind) for each in done.gestures))
    named = [names[0], *(each.lower() for each in names[1:])] if names else []
    return listed(named[:ADVICE_SHOWN])


def price(millionths: int) -> str:
    """kost $ 0,015, with as many decimals as it takes; "" for what is free."""
    if not millionths:
        return ""
    whole, rest = divmod(millionths, MILLION)
    return f"kost $ {whole},{f'{rest:06}'.rstrip('0').ljust(2, '0')}"
