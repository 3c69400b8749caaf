"""A first draft of a story: the bare facts of a case in order, for its writer to tell in words of their own."""

from socialwatch.domain.mention import Mention
from socialwatch.domain.survey_mail import written_date
from socialwatch.store.mentions import Stored
from socialwatch.store.stories import public
from socialwatch.store.thanks import Card
from socialwatch.web.dutch import local
from socialwatch.web.thanks_words import called, given, place
from socialwatch.web.words import snippet

QUOTED = 280  # characters of a post
CONSENT = "Toestemming: we hebben nog niet gevraagd of we dit verhaal mogen vertellen."
NO_CASE = "Bij dit bedankje hoort geen dossier, dus er is nog geen verhaal om te vertellen."
EMPTY = "Een verhaal heeft een titel en een tekst nodig."
NOT_YOURS = "Dit verhaal verandert wie het schreef, of een teamleider."


def draft(card: Card, posts: list[Stored]) -> tuple[str, str]:
    """Title and text. Only what stood in public is quoted, nobody is named by more than a first name, and days have
    dates: a story is read long after today.
    """
    who = called(card.to.post) or "Een klant"
    matter = card.case.title.partition(" · ")[2] if card.case else ""
    opened = [each for each in posts if each.gone_at is None and each.state == "joined"]
    parts = [
        ("Wat er gebeurde", _told(opened[0], who) if opened else f"{who} had iets met ons te bespreken."),
        ("Wat wij deden", _did(card)),
        ("Hoe het afliep", "\n".join(_thanked(each.post, who) for each in card.words)),
    ]
    text = "\n\n".join([*(f"{head}\n{said}" for head, said in parts), CONSENT])
    return (f"{who}: {matter}" if matter else f"{who} bedankte ons")[:200], text


def _told(post: Stored, who: str) -> str:
    seen = post.mention
    return f"Op {written_date(seen.created_at)} schreef {who} {place(seen.channel)}{_quoted(seen)}"


def _thanked(post: Stored, who: str) -> str:
    seen = post.mention
    said = _quoted(seen) if post.gone_at is None else "."
    return f"Op {written_date(seen.created_at)} bedankte {who} ons {place(seen.channel)}{said}"


def _quoted(seen: Mention) -> str:
    """: “…” for what everybody could read; a private word stays private."""
    return f": “{snippet(seen.text, QUOTED)}”" if public(seen) else "."


def _did(card: Card) -> str:
    told = []
    if card.done.answers:
        first = card.done.answers[0].created_at
        told.append(f"Ons eerste antwoord kwam op {written_date(first)} om {local(first):%H:%M}.")
    if names := given(card.done):
        told.append(f"Gedaan: {names[0].lower()}{names[1:]}.")
    return " ".join(told) or "…"
