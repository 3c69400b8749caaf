"""A small desk to look at: four agents, a few customers, and some fifteen cases in every state a page can show."""

# ruff: noqa: E501 - posts and rows read best on one line each

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from socialwatch.domain import impression
from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.domain.assessment import Feeling, Hazard, Kind, Reading, Span
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.customer import Address, Contact, Customer, Order, OrderLine
from socialwatch.domain.identity import Basis, candidate
from socialwatch.domain.mandate import Mandate
from socialwatch.domain.mention import Author, Mention, Metrics
from socialwatch.domain.reply import ReplyState
from socialwatch.steps import route
from socialwatch.store import agents, assessments, cases, customers, identities, mentions, nearby, replies, sources
from socialwatch.store.queue import Job
from socialwatch.store.unit import Database, Unit
from socialwatch.web.passwords import hash_password

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
BRAND, OTHER = "sokkerij", "buren"
PASSWORD = "een-lang-wachtwoord"
HASH = hash_password(PASSWORD)
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> \u202egnirts\u202c z\u0301\u0302\u0303\u0304\u0305\u0306algo"


@dataclass(frozen=True)
class Told:
    """One post to seed: who wrote what, how long ago, and what the model would have read in it."""

    number: str
    who: str
    text: str
    ago: float  # minutes
    channel: str = "x"
    kind: Kind = Kind.COMPLAINT
    frustration: float = 0.4
    level: int = 1
    answer: int = 1
    distress: float = 0.05
    feelings: tuple[Feeling, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)
    customer: str | None = None


POSTS: Sequence[Told] = (
    Told(
        "101",
        "Marieke de Vries",
        "Al drie maanden na aankoop een gat in mijn wandelsokken. Klantenservice: 'slijtage, kunnen we niks aan doen'. "
        "Echt, 25 euro voor een paar sokken en dan dit? Nooit meer @sokkerij",
        52,
        frustration=0.86,
        level=3,
        answer=2,
        feelings=(Feeling.ANGRY, Feeling.DISAPPOINTED),
        hazards=(Hazard.CHURN,),
        customer="k1",
    ),
    Told(
        "102",
        "Marieke de Vries",
        "En op Facebook nog maar eens: wie kan mij helpen met mijn sokken, ik word van het kastje naar de muur gestuurd 😡",
        38,
        "facebook",
        frustration=0.8,
        level=3,
        answer=2,
        feelings=(Feeling.ANGRY,),
        customer="k1",
    ),
    Told(
        "103",
        "Joost Bakker",
        "Mijn zoontje van 2 stikte bijna in het knoopje dat losliet van de kindersokken. Levensgevaarlijk!! Haal ze uit de winkel",
        12,
        frustration=0.93,
        level=3,
        answer=2,
        distress=0.7,
        feelings=(Feeling.ANGRY, Feeling.WORRIED),
        hazards=(Hazard.SAFETY, Hazard.VULNERABLE),
    ),
    Told(
        "104",
        "Femke",
        "Morgen is mijn moeder jarig en het pakje staat al 4 dagen op 'onderweg'. Bestelling SOK-20418. Komt dit nog goed?",
        95,
        frustration=0.55,
        level=2,
        answer=2,
        feelings=(Feeling.WORRIED,),
        customer="k2",
    ),
    Told(
        "105",
        "Henk",
        "Hebben jullie de wollen sokken ook in maat 47? Vraag het voor een vriend met enorme voeten 😄",
        230,
        kind=Kind.QUESTION,
        frustration=0.04,
        level=0,
    ),
    Told(
        "106",
        "Lotte Peeters",
        "Al 20 minuten aan de lijn bij de klantendienst van Sokkerij en nog altijd niemand. Amai.",
        18,
        frustration=0.6,
        level=2,
        feelings=(Feeling.ANGRY,),
        changes={"language": "nl"},
    ),
    Told(
        "107",
        "Een Journalist",
        "Ik werk aan een stuk voor het regionale dagblad over webwinkels die klachten afwimpelen. Wil Sokkerij reageren?",
        140,
        kind=Kind.REQUEST,
        frustration=0.1,
        level=0,
        answer=2,
        hazards=(Hazard.PRESS,),
    ),
    Told(
        "108",
        "Rachid",
        "Namens mijn oma: zij kreeg de verkeerde kleur en durft zelf niet te bellen. Kan iemand helpen?",
        61,
        "facebook",
        kind=Kind.REQUEST,
        frustration=0.3,
        level=1,
        answer=1,
    ),
    Told(
        "109",
        "Vrolijke Piet",
        "Mijn linkersok is verliefd op mijn rechtersok. Doen jullie ook huwelijken? 🧦💍",
        75,
        kind=Kind.REQUEST,
        frustration=0.0,
        level=0,
        feelings=(Feeling.JOKING,),
    ),
    Told(
        "110",
        "Sanne",
        "Retour staat al 3 weken als 'ontvangen' maar mijn geld zie ik niet terug. Tweede keer dat ik dit vraag!",
        310,
        "facebook",
        frustration=0.66,
        level=2,
        answer=2,
        feelings=(Feeling.ANGRY, Feeling.DISAPPOINTED),
        changes={"can_reply": True},
        customer="k3",
    ),
    Told(
        "111",
        "@zonder_naam",
        "jullie site doet het niet",
        8,
        frustration=0.3,
        level=1,
        changes={"author": None, "channel": "facebook"},
    ),
    Told(
        "112", HOSTILE, HOSTILE + " " + "A" * 500, 33, frustration=0.2, level=1, changes={"url": "javascript:alert(3)"}
    ),
    Told("113", "Lang Verhaal", ("Ik wilde even kwijt hoe het ging. " * 300)[:10_000], 400, frustration=0.35, level=1),
    Told("114", "Emoji", "🤬🤬🤬🧦🧦❓", 25, frustration=0.7, level=2),
    Told(
        "115",
        "John Smith",
        "Ordered gift socks two weeks ago, nothing arrived, nobody answers my mails.",
        170,
        frustration=0.5,
        level=2,
        answer=2,
        changes={"can_reply": False},
    ),
)
ASIDE = (
    Told(
        "201",
        "Gratis Prijzen",
        "WIN een iPhone, klik hier en doe mee met de winactie",
        44,
        kind=Kind.SPAM,
        frustration=0.0,
        level=0,
        answer=0,
    ),
    Told(
        "202",
        "Buurtkrant",
        "Sokkerij opent zaterdag een nieuwe winkel in Utrecht",
        300,
        kind=Kind.OTHER,
        frustration=0.0,
        level=0,
        answer=0,
    ),
)
THANKS = Told("301", "Sanne", "Binnen een uur opgelost en een persoonlijk berichtje erbij. Dank je wel Freek! 🧡", 4, "facebook", kind=Kind.THANKS, frustration=0.0,
              level=0, answer=0, customer="k3")  # fmt: skip
AGENTS = (
    ("Freek", Role.AGENT, Mandate(Decimal(25), Decimal(100), Decimal(15))),
    ("Noor", Role.AGENT, Mandate(Decimal(15), Decimal(60), Decimal(10), not_hazards=(Hazard.SAFETY, Hazard.PRESS))),
    ("Els", Role.LEAD, Mandate(Decimal(150), Decimal(500), Decimal(100))),
    ("Bram", Role.BRAND, Mandate()),
    ("Beheer", Role.ADMIN, Mandate()),
)


def seed(database: Database) -> dict[str, Agent]:
    """Fill a prepared database; gives back the agents by name. All of them have PASSWORD."""
    with database.write() as unit:
        people = _agents(unit)
        _customers(unit)
        for told in (*POSTS, *ASIDE):
            _arrive(unit, told)
        _live_a_little(unit, people)
        _arrive(unit, THANKS)
        sources.register(unit, "sokkerij/facebook", BRAND, "facebook")
        sources.failed(unit, "sokkerij/facebook", "time-out", 60.0)
        mentions.take(unit, [_mention(replace(POSTS[4], number="900", text="nog niet gelezen"))], NOW)
        _arrive(unit, replace(POSTS[0], number="b1", who="Buurman", customer=None), OTHER)
    return people


def _agents(unit: Unit) -> dict[str, Agent]:
    made = {}
    for name, role, mandate in AGENTS:
        who = Agent(0, BRAND, name, f"{name.lower()}@sokkerij.example", role, Presence.AVAILABLE, mandate)
        made[name] = replace(who, id=agents.add(unit, who, HASH))
    stranger = Agent(0, OTHER, "Buur", "buur@buren.example", Role.AGENT, Presence.AVAILABLE, AGENTS[2][2])
    made["Buur"] = replace(stranger, id=agents.add(unit, stranger, HASH))
    return made


def _customers(unit: Unit) -> None:
    people = [
        Customer("k1", "Marieke de Vries", "marieke@example.nl", "0612345678", Address("Dorpsstraat 1", "3511 AB", "Utrecht", "NL"), "nl", ("x:mariekedevries",), NOW - timedelta(days=700), BRAND),
        Customer("k2", "Femke Jansen", "femke@example.nl", None, Address("Kade 9", "1011 ZZ", "Amsterdam", "NL"), "nl", (), NOW - timedelta(days=90), BRAND),
        Customer("k3", "Sanne Visser", "sanne@example.nl", None, Address("Lindelaan 4", "9711 CC", "Groningen", "NL"), "nl", ("facebook:sanne",), NOW - timedelta(days=400), BRAND),
    ]  # fmt: skip
    customers.import_customers(unit, people, NOW)
    wool, gift = (
        OrderLine("Wandelsok merino", 2, "W1", "39-42", Decimal("12.95")),
        OrderLine("Cadeaudoos sokken", 1, "G1", "36-38", Decimal("34.50")),
    )
    customers.import_orders(unit, [
        Order("SOK-19877", "k1", NOW - timedelta(days=96), "delivered", (wool,), delivered_at=NOW - timedelta(days=94), carrier="PostNL", brand=BRAND),
        Order("SOK-17020", "k1", NOW - timedelta(days=300), "delivered", (gift,), delivered_at=NOW - timedelta(days=298), brand=BRAND),
        Order("SOK-20418", "k2", NOW - timedelta(days=5), "shipped", (gift,), gift_wrap=True, card_text="Lieve mam, warme voeten!", wished_date=(NOW + timedelta(days=1)).date(), recipient="Ria Jansen", shipped_at=NOW - timedelta(days=4), carrier="PostNL", tracking="3SABCD1234567", brand=BRAND),
        Order("SOK-20001", "k3", NOW - timedelta(days=40), "returned", (wool,), brand=BRAND),
    ])  # fmt: skip
    customers.import_contacts(unit, [
        Contact("c1", "k1", "phone", NOW - timedelta(days=6), 18, "1 product", "2 garantie", "Gat in sok, garantie?", "Dit is slijtage, daar kunnen we niks aan doen.", "rejected", "SOK-19877", BRAND),
    ])  # fmt: skip


def _mention(told: Told, brand: str = BRAND) -> Mention:
    handle = "".join(letter for letter in told.who.lower() if letter.isascii() and letter.isalnum())[:30] or "iemand"
    author = Author(handle, handle, told.who, 240)
    given: dict[str, Any] = {
        "channel": told.channel,
        "id": told.number,
        "text": told.text,
        "created_at": NOW - timedelta(minutes=told.ago),
        "author": author,
        "url": f"https://{told.channel}.example/{told.number}",
        "metrics": Metrics(3, 1, 0),
        "can_reply": True,
        "brand": brand,
    }
    return Mention(**(given | {name: each for name, each in told.changes.items() if name != "language"}))


def _reading(told: Told) -> Reading:
    return Reading(
        told.kind, told.frustration, told.level, told.distress, dict.fromkeys(told.feelings, 0.9), dict.fromkeys(told.hazards, 0.9),
        told.answer, 0.9 if told.answer == 2 else 0.1, 0.7 if Feeling.JOKING in told.feelings else 0.0, 0.9,
        "en" if told.who == "John Smith" else "nl", bytes(4), "zaaigoed",
    )  # fmt: skip


def _arrive(unit: Unit, told: Told, brand: str = BRAND) -> None:
    """The trip of one post without queue and model: stored, read, linked, routed."""
    (stored,) = mentions.take(unit, [_mention(told, brand)], NOW - timedelta(minutes=told.ago)).new
    read = impression.assessment(_reading(told), stored.mention.text, stored.mention.created_at)
    assessments.keep(unit, {stored.id: (brand, read)}, NOW)
    if told.customer:
        customer = Customer(told.customer, told.who, brand=brand)
        linked = identities.Said(stored, [candidate(customer, Basis.HANDLE_GIVEN)], offered=False)
        identities.record(unit, [linked], NOW)
        mentions.link(unit, stored.id, told.customer)
    route.write(unit, [Job(0, brand, "route", stored.id, {}, 1)], NOW)
    if told.level == 3:
        assessments.explain(unit, stored.id, [_stretch(told.text)])


def _stretch(text: str) -> Span:
    """Some whole words in the middle."""
    start = text.index(" ", len(text) // 3) + 1
    return Span(start, text.index(" ", start + 20), 0.3)


def case_of(unit: Unit, number: str, channel: str = "x") -> int:
    found = mentions.by_native(unit, channel, [number])[0].case_id
    assert found is not None
    return found


def _live_a_little(unit: Unit, people: dict[str, Agent]) -> None:
    """A day at the desk: answers in every state, notes, an edit, a deletion, an offer, a closed case."""
    freek = people["Freek"]
    sanne = case_of(unit, "110", "facebook")
    cases.assign(unit, sanne, freek.id, NOW - timedelta(minutes=200), {"by": freek.id})
    _answer(
        unit,
        sanne,
        freek,
        "Wat vervelend Sanne, en dan ook nog twee keer moeten vragen. Je geld is vanmiddag overgemaakt. ^Freek",
        ReplyState.SENT,
        190,
    )
    cases.write(unit, sanne, Line(LineKind.CLOSED, NOW - timedelta(minutes=100), agent_id=freek.id))
    femke = case_of(unit, "104")
    cases.write(
        unit,
        femke,
        Line(
            LineKind.NOTE,
            NOW - timedelta(minutes=80),
            agent_id=freek.id,
            detail={"text": "PostNL gebeld, ligt in Nieuwegein."},
        ),
    )
    _answer(
        unit, femke, freek, "Femke, we gaan er nu achteraan. Je hoort vanmiddag van me. ^Freek", ReplyState.UNKNOWN, 70
    )
    lotte = case_of(unit, "106")
    _answer(
        unit, lotte, people["Noor"], "Twintig minuten, dat is veel te lang. Ik bel jou zo. ^Noor", ReplyState.FAILED, 9
    )
    henk = case_of(unit, "105")
    _answer(unit, henk, people["Noor"], "Tot maat 50 zelfs, je vriend kan los. ^Noor", ReplyState.SENT, 60)
    edited = replace(
        _mention(POSTS[7]),
        text="Namens mijn oma: zij kreeg de verkeerde kleur (paars) en durft zelf niet te bellen. Kan iemand helpen?",
        version_id="108b",
    )
    mentions.take(unit, [edited], NOW - timedelta(minutes=30))
    for lost in mentions.empty_gone(unit, "x", ["109"], NOW):
        cases.write(unit, lost.case_id or 0, Line(LineKind.GONE, NOW, mention_id=lost.id))
    twin = mentions.by_native(unit, "x", ["114"])[0]
    nearby.offer_join(unit, case_of(unit, "103"), twin.id, 0.93, NOW)
    offered = mentions.by_native(unit, "x", ["106"])[0]
    femke = candidate(Customer("k2", "Femke Jansen", brand=BRAND), Basis.EMAIL)
    identities.record(unit, [identities.Said(offered, [femke], offered=True)], NOW)


def _answer(unit: Unit, number: int, who: Agent, text: str, state: ReplyState, ago: float) -> None:
    post = cases.mentions(unit, [number])[number][-1]
    at = NOW - timedelta(minutes=ago)
    told, _ = replies.prepare(unit, replies.Draft(BRAND, number, post.id, who.id, text, f"zaad-{number}"), at)
    replies.become(unit, told.id, ReplyState.SENDING, sending_since=at)
    replies.become(
        unit,
        told.id,
        state,
        platform_id=f"9{told.id}",
        reason="Facebook weigerde dit antwoord." if state is ReplyState.FAILED else None,
    )
    if state is ReplyState.SENT:
        cases.write(unit, number, Line(LineKind.REPLY, at, "public", who.id, post.id, told.id))
