"""The shipped model: does it rank as a good agent would? A guard against breakage, not a measure of quality.

Posts here stand nowhere in the corpus. What the model is known to get wrong is marked as an expected failure.
"""

from pathlib import Path

import pytest

from socialwatch.domain.assessment import Assessor, Hazard, Kind, Reading
from socialwatch.sentiment.transformer import connect

MODEL = Path(__file__).resolve().parents[2] / "models" / "dutch"


@pytest.fixture(scope="module")
def shipped() -> Assessor:
    return connect({"path": MODEL})


def read(shipped: Assessor, text: str) -> Reading:
    return shipped.read([text])[0]


weak = pytest.mark.xfail(reason="beyond this model", strict=True)

FURIOUS_ABOVE_CALM = [
    (
        "Mijn moeder wacht al drie weken op de batterijen voor haar gehoorapparaat, ze kan niets meer horen",
        "Godverdomme wat is die nieuwe jas mooi zeg, ik ben verliefd!",
    ),
    (
        "Woedend ben ik. Voor de zoveelste keer staat er niemand en jullie hangen gewoon op. Ik ben weg.",
        "Hoi, mag ik vragen wanneer de winkel opengaat?",
    ),
    (
        "Wat een stelletje prutsers, al een maand geen internet en niemand die belt!",
        "Kunt u mij het formulier toesturen alstublieft?",
    ),
    ("Al vijf keer gemaild en nog altijd geen geld terug. Oplichters!", "Bedankt, het geld staat op mijn rekening."),
    (
        "De batterijen voor het gehoorapparaat van mijn vader zijn nog altijd niet geleverd. Kunt u mij helpen?",
        "Godverdomme wat is die nieuwe jas mooi zeg, ik ben verliefd!",
    ),
    (
        "Beste, voor de vierde maal is de zuurstof van mijn moeder niet gebracht. Wilt u dit oplossen?",
        "Holy shit wat een lekkere koffie, beste van de stad",
    ),
    (
        "Bravo hoor, weer drie uur voor niks thuisgebleven voor jullie monteur",
        "Bravo hoor, weer mooi op tijd geleverd door jullie monteur!",
    ),
    (
        "Ik ben zo klaar met jullie, nooit meer bestel ik hier iets",
        "Ik ben zo blij met jullie, nooit meer bestel ik ergens anders",
    ),
    pytest.param(
        "Schandalig, mijn bestelling is al zes weken zoek", "Heerlijk, mijn bestelling is er nu al", marks=weak
    ),
    (
        "Amai, nu ben ik het beu. Al een maand aan het bellen en niks opgelost.",
        "Goeiendag, tot hoe laat zijn jullie open op zaterdag?",
    ),
    (
        "Kapot aangekomen en de garantie geweigerd, wat een belachelijk bedrijf",
        "Hoe lang is de garantie op een wasmachine?",
    ),
    (
        "Nog steeds geen reactie op mijn klacht van twee maanden geleden, onbegrijpelijk",
        "Mijn klacht is netjes afgehandeld, dank jullie wel",
    ),
    (
        "jullie zijn echt het slechtste bedrijf van nederland 😡😡",
        "jullie zijn echt het leukste bedrijf van nederland 😍😍",
    ),
]


@pytest.mark.parametrize(("worse", "better"), FURIOUS_ABOVE_CALM)
def test_the_fed_up_stand_above_the_calm(shipped: Assessor, worse: str, better: str) -> None:
    assert read(shipped, worse).frustration > read(shipped, better).frustration + 0.25


def test_three_steps_of_anger_stand_in_order(shipped: Assessor) -> None:
    light = read(shipped, "Jammer dat de verpakking een beetje gescheurd was").frustration
    considerable = read(shipped, "Al drie weken wacht ik op mijn geld en niemand reageert op mijn mails").frustration
    high = read(
        shipped, "Oplichters zijn jullie! Vijf keer gebeld, vijf keer gelogen. Ik ga weg en stap naar de rechter"
    ).frustration
    assert light < considerable < high


KINDS = [
    ("Wat kost een extra koffer op de vlucht naar Rome?", Kind.QUESTION),
    ("Weten jullie of deze schoen ook in maat 45 komt?", Kind.QUESTION),
    ("Graag zou ik mijn factuur opnieuw ontvangen per mail", Kind.REQUEST),
    ("Bedankt voor de snelle hulp, het werkt weer!", Kind.THANKS),
    ("Wat een geweldige winkel met superlieve mensen", Kind.PRAISE),
    ("Mijn pakket is weer niet bezorgd, wat een waardeloze dienst", Kind.COMPLAINT),
    ("WIN een gratis tablet!!! Klik snel op de link en vul je gegevens in", Kind.SPAM),
    ("De automaat bij de ingang van het station is opengebroken", Kind.REPORT),
    ("Winkelketen opent volgend jaar dertig nieuwe filialen", Kind.OTHER),
    ("Zit er op die stofzuiger ook een snoer van tien meter?", Kind.QUESTION),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_it_tells_the_kinds_apart(shipped: Assessor, text: str, kind: Kind) -> None:
    assert read(shipped, text).kind is kind


DANGERS = [
    (
        Hazard.SAFETY,
        "De oplader vloog in brand naast het bed van mijn kind",
        "De oplader is wit en past bij mijn telefoon",
    ),
    (
        Hazard.PRIVACY,
        "Ik zie in mijn account de adressen en facturen van andere klanten",
        "Ik zie in mijn account mijn factuur niet staan",
    ),
    (
        Hazard.PRESS,
        "Ik ben journalist bij het NRC en zoek een woordvoerder voor een reactie",
        "Ik las in het NRC een leuk stuk over jullie",
    ),
    (
        Hazard.DISCRIMINATION,
        "Mijn moeder werd geweigerd vanwege haar hoofddoek",
        "Mijn moeder werd geweldig geholpen in de winkel",
    ),
    pytest.param(
        Hazard.STAFF_ABUSE,
        "Ik sla die medewerker van jullie op zijn bek als ik hem zie",
        "Die medewerker van jullie is een schat, zeg hem dat",
        marks=weak,
    ),
]


@pytest.mark.parametrize(("hazard", "danger", "harmless"), DANGERS)
def test_it_sees_what_is_dangerous(shipped: Assessor, hazard: Hazard, danger: str, harmless: str) -> None:
    assert read(shipped, danger).hazards[hazard] > read(shipped, harmless).hazards[hazard] + 0.2


def test_what_needs_an_owner_stands_above_what_anyone_can_answer(shipped: Assessor) -> None:
    urgent = read(shipped, "De traplift van mijn moeder (86) doet het al twee dagen niet en niemand komt")
    plain = read(shipped, "Tot hoe laat kan ik morgen bellen?")
    assert urgent.needs_human > 0.5 > plain.needs_human
    assert urgent.distress > plain.distress


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Hoe laat gaat de winkel in Zwolle morgen open?", {"nl"}),
        (
            "Allez, ge gaat mij toch niet vertellen dat ge dat niet kunt maken, 'k heb daar voor betaald hé",
            {"nl", "nl-BE"},
        ),
        ("Amai zeg, da's hier toch nie normaal hé, ge moet gij u schamen", {"nl-BE"}),
        ("I have been waiting for my parcel for two weeks now", {"en"}),
        ("Ich warte seit zwei Wochen auf mein Paket und niemand antwortet", {"other"}),
    ],
)
def test_it_hears_the_language(shipped: Assessor, text: str, codes: set[str]) -> None:
    assert read(shipped, text).language in codes


def test_other_languages_lower_the_confidence(shipped: Assessor) -> None:
    dutch = read(shipped, "Mijn pakket is na twee weken nog steeds niet bezorgd")
    german = read(shipped, "Mein Paket ist nach zwei Wochen immer noch nicht zugestellt")
    assert german.confidence < dutch.confidence


@pytest.mark.parametrize(
    "text",
    [
        "😡😡😡",
        "😂",
        "\u200b\u200d\u2060",
        "",
        "   ",
        "\u202eolleh",
        "\ufffd\ufffd",
        "\ud83d",
        "a\x00b",
        "𓂀𓂀",
        "!" * 3000,
    ],
)
def test_odd_texts_never_break_it(shipped: Assessor, text: str) -> None:
    reading = read(shipped, text)
    assert 0 <= reading.frustration <= 1
    assert len(reading.embedding) == 384


def test_angry_faces_stand_above_happy_ones(shipped: Assessor) -> None:
    assert read(shipped, "😡😡😡").frustration > read(shipped, "😍😍😍").frustration


def test_ten_thousand_signs_are_read_from_both_ends(shipped: Assessor) -> None:
    middle = "We liepen door de stad en de zon scheen op het water. " * 190
    furious = read(
        shipped, "Schandalig hoe jullie met klanten omgaan! " + middle + " Ik ben woedend en zeg alles op, nooit meer!"
    )
    assert len(middle) > 10_000
    assert furious.frustration > read(shipped, middle).frustration


def test_hiding_a_word_behind_invisible_signs_changes_nothing(shipped: Assessor) -> None:
    plain, hidden = (
        read(shipped, "Wat een oplichters zijn jullie"),
        read(shipped, "Wat een op\u200blich\u00adters zijn jullie"),
    )
    assert hidden.frustration == pytest.approx(plain.frustration, abs=0.02)


def test_why_points_at_the_anger(shipped: Assessor) -> None:
    text = "Gisteren kwam de bus langs en de zon scheen. Jullie zijn een stelletje oplichters, ik ben woedend."
    spans = shipped.why(text)
    assert spans
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert spans[0].start >= text.index("Jullie")
    assert [span.weight for span in spans] == sorted((span.weight for span in spans), reverse=True)
