"""Whatever is written: the Meelezer does not break, is quick, and points inside the draft."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwatch.domain.coach import Check, Draft, Known, Scene, remarks

SLOWEST = 0.020  # seconds for one draft
PIECES = """
    Dus als ik u goed begrijp |je hebt |20 minuten |gewacht, |klopt dat? |vervelend |dat je dit zo ervaart. |Wat is je
    |adres? |maar |u had moeten |stuur een DM |morgen in huis |Ik bel je |voor 17.00 uur |Dorpsstraat 4 |7411 AB
    |jan@voorbeeld.nl |06-12345678 |NL91ABNA0417164300 |https://sok.nl |😀👨‍👩‍👧 |İstanbul |kunnen we niks aan doen
    |. |, |al |((( |??? |0 0 0 0
"""
PARTS = st.sampled_from(PIECES.split("|"))
AGAIN = [
    "je ",
    "u heeft ",
    "dat ",
    "kunnen we ",
    "a",
    "1 ",
    "een ",
    "niet ",
    "@",
    "a.",
    "wat is ",
    "😀",
    "A1 ",
    "maar ",
]
TEXTS = st.text(max_size=400) | st.lists(PARTS, max_size=60).map("".join)
SCENES = st.builds(
    Scene,
    theirs=st.lists(TEXTS, max_size=3).map(tuple),
    ours=st.lists(TEXTS, max_size=2).map(tuple),
    known=st.lists(
        st.builds(Known, st.sampled_from(["address", "phone", "tried", "birth_date", "iets"]), TEXTS, TEXTS), max_size=3
    ).map(tuple),
    complaint=st.booleans(),
    hazards=st.sampled_from([(), ("safety",)]),
    own=st.lists(TEXTS, max_size=2).map(tuple),
    before=st.lists(TEXTS, max_size=3).map(tuple),
)


@settings(max_examples=200, deadline=None)
@given(
    text=TEXTS,
    scene=SCENES,
    channel=st.sampled_from(["x", "facebook", "mastodon", "bluesky", "mail", ""]),
    audience=st.sampled_from(["public", "private"]),
)
def test_any_text_is_read_without_breaking_and_pointed_at_from_inside(
    text: str, scene: Scene, channel: str, audience: str
) -> None:
    for each in remarks(Draft(text, channel, audience), scene):
        assert isinstance(each.check, Check)
        assert 0 <= each.start <= each.end <= len(text)
        assert each.says.endswith((".", "?"))
        given_words = (text, *(word for known in scene.known for word in (known.label, known.value)))
        assert "!" not in each.says or any("!" in word for word in given_words)
        assert each.offers in (None, "private", "timer", "open")


def quickest(text: str, scene: Scene) -> float:
    """Seconds of the processor in the best of some runs, the words of the scene being known."""
    found = []
    for _ in range(5):
        at = time.process_time()
        remarks(Draft(text, "x", "public"), scene)
        found.append(time.process_time() - at)
    return min(found)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, scene=SCENES)
def test_any_text_is_read_quickly(text: str, scene: Scene) -> None:
    assert quickest(text, scene) < SLOWEST


@pytest.mark.parametrize("piece", AGAIN)
def test_no_repetition_makes_it_slow(piece: str) -> None:
    scene = Scene((piece * 400,), known=(Known("address", "Dorpsstraat 4", "adres"),), complaint=True)
    assert quickest((piece * 500)[:1_000], scene) < 5 * SLOWEST
