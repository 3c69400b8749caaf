"""A first draft of a story: the bare facts of a case in order, for its writer to tell in words of their own."""

from datetime import datetime

from socialwatch.domain.mention import Mention
from socialwatch.store.mentions import Stored
from socialwatch.store.stories import public
from socialwatch.store.thanks import Card
from socialwatch.web.dutch import day, local
from socialwatch.web.thanks_words import called, given, place
from socialwatch.web.words import snippet

QUOTED = 280  # characters of a post
CONSENT = "Toestemming: we hebben nog niet gevraagd of we dit verhaal mogen vertellen."
NO_CASE = "Bij dit bedankje hoort geen dossier, dus er is nog geen verhaal om te vertellen."
EMPTY = "Een verhaal heeft een titel en een tekst nodig."
NOT_YOURS = "Dit verhaal verandert wie het schreef, of een teamleider."


def draft(card: Card, posts: list[Stored], now: datetime) -> tuple[str, str]:
    """Title and text. Only what stood in public is quoted, and nobody is named by more than a first name."""
    who = called(card.to.post) or "Een klant"
    matter = card.case.title.partition(" · ")[2] if card.case else ""
    opened = [each for each in posts if each.gone_at is None and each.state == "joined"]
    parts = [
        ("Wat er gebeurde", _told(opened[0], who, now) if opened else f"{who} had iets met ons te bespreken."),
        ("Wat wij deden", _did(card, now)),
        ("Hoe het afliep", "\n".join(_thanked(each.post, who, now) for each in card.words)),
    ]
    text = "\n\n".join([*(f"{head}\n{said}" for head, said in parts), CONSENT])
    return (f"{who}: {matter}" if matter else f"{who} bedankte ons")[:200], text


def _told(post: Stored, who: str, now: datetime) -> str:
    return f"{_when(post.mention, now)} schreef {who} {place(post.mention.channel)}{_quoted(post.mention)}"


def _thanked(post: Stored, who: str, now: datetime) -> str:
    said = _quoted(post.mention) if post.gone_at is None else "."
    return f"{_when(post.mention, now)} bedankte {who} ons {place(post.mention.channel)}{said}"


def _when(seen: Mention, now: datetime) -> str:
    on = local(seen.created_at).date()
    named = day(on, local(now).date())
    return (named if named in ("vandaag", "gisteren") else f"op {named}").capitalize()


def _quoted(seen: Mention) -> str:
    """: “…” for what everybody could read; a private word stays private."""
    return f": “{snippet(seen.text, QUOTED)}”" if public(seen) else "."


def _did(card: Card, now: datetime) -> str:
    told = []
    if card.done.answers:
        first = local(card.done.answers[0].created_at)
        told.append(f"Ons eerste antwoord kwam {day(first.date(), local(now).date())} om {first:%H:%M}.")
    if names := given(card.done):
        told.append(f"Gedaan: {names[0].lower()}{names[1:]}.")
    return " ".join(told) or "…"
