"""What the Meelezer must say and must leave alone, as an experienced colleague would."""

import pytest

from socialwatch.domain.coach import Check, Draft, Known, Remark, Scene, remarks

PUBLIC, PRIVATE = "public", "private"
THERMOS = Scene(
    theirs=(
        "Twee weken geleden een thermosfles bij jullie gekocht en hij lekt nu al. Mijn hele tas zat vandaag onder de "
        "koffie, met mijn laptop erin. Ik wil graag een nieuwe die wel dicht blijft.",
    ),
    complaint=True,
)
# Every word given back: the customer may say yes four times, and is no step further.
PARROT = (
    "Dus als ik u goed begrijp heeft u twee weken geleden een thermosfles bij ons gekocht?",
    "En deze thermosfles lekt nu, klopt dat?",
    "Dus uw tas zat vandaag onder de koffie, met uw laptop erin?",
    "U geeft aan dat u graag een nieuwe wilt die wel dicht blijft. Is dat juist?",
)
WAITED = Scene(
    theirs=("Al 20 minuten aan de telefoon gewacht en nog geen internet. Wat een service, dag in dag uit hetzelfde.",),
    complaint=True,
)


def say(text: str, scene: Scene, channel: str = "x", audience: str = PUBLIC) -> tuple[Remark, ...]:
    return remarks(Draft(text, channel, audience), scene)


def checks(text: str, scene: Scene, channel: str = "x", audience: str = PUBLIC) -> set[Check]:
    return {each.check for each in say(text, scene, channel, audience)}


@pytest.mark.parametrize("reply", PARROT)
def test_the_thermos_dialogue_is_parroting_at_every_turn(reply: str) -> None:
    assert Check.PARROTING in checks(reply, THERMOS)


def test_the_thermos_answered_as_a_human_being_does_is_silent() -> None:
    reply = "Koffie over je laptop, daar zit je dan. Doet hij het nog? Ik pak nu een nieuwe fles voor je in. ^Freek"
    assert say(reply, THERMOS) == ()


def test_who_waited_twenty_minutes_is_not_answered_with_a_modem() -> None:
    cold = "Haal de stekker van je modem er 30 seconden uit en steek hem er daarna weer in. Laat je weten of het lukt?"
    assert Check.ACKNOWLEDGEMENT in checks(cold, WAITED)


def test_who_starts_with_the_waiting_is_left_alone() -> None:
    warm = "20 minuten wachten en dan nog geen internet, dat is veel te lang. Haal je de stekker er eens uit?"
    assert say(warm, WAITED) == ()


def test_echoing_what_hurt_is_no_parroting_but_listening() -> None:
    assert say("Al 20 minuten?! Ik bel je nu zelf. ^Freek", WAITED) == ()


@pytest.mark.parametrize(
    "reply",
    [
        "Vervelend dat je dit zo ervaart.",
        "Wat vervelend dat u dit zo ervaart! Kunt u ons een privébericht sturen?",
        "Excuses voor het ongemak. We kijken ernaar.",
        "Wat jammer om te horen dat je niet tevreden bent over onze service.",
    ],
)
def test_a_formula_names_nothing(reply: str) -> None:
    found = [each for each in say(reply, WAITED) if each.check is Check.ACKNOWLEDGEMENT]
    assert found
    assert "20 minuten" in found[0].says


@pytest.mark.parametrize(
    "reply",
    [
        "Sorry dat je zo lang aan de lijn hing; ik zet je internet nu zelf weer aan. ^Freek",
        "Ik reset je modem nu van hieruit, na 20 minuten wachten hoef jij even niks. ^Noor",
    ],
)
def test_both_halves_fit_in_one_short_post(reply: str) -> None:
    assert Check.ACKNOWLEDGEMENT not in checks(reply, WAITED)


def test_once_named_need_not_be_named_in_every_answer() -> None:
    scene = Scene(WAITED.theirs, ours=("20 minuten wachten is veel te lang, sorry. Ik zoek het uit.",), complaint=True)
    assert say("Het lampje op je modem, is dat nu groen of rood?", scene) == ()


@pytest.mark.parametrize(
    "question", ["Voor wie was het?", "Was het een cadeau of voor jezelf?", "Waar gaat de reis heen?"]
)
def test_curious_questions_pass(question: str) -> None:
    scene = Scene(("Hebben jullie deze ook in het groen?",), known=(Known("product", "wandelsok Fjell", "product"),))
    assert say(question, scene) == ()


SOCKS = Scene(
    theirs=("Gat in mijn sok na drie maanden, en jullie mailen 'slijtage, kunnen we niks aan doen'.",),
    known=(
        Known("address", "Dorpsstraat 4, 7411 AB Deventer", "adres"),
        Known("size", "43-46", "maat"),
        Known("email", "jan@voorbeeld.nl", "e-mailadres"),
    ),
    complaint=True,
)


def test_what_is_known_is_given_and_not_asked() -> None:
    reply = "Een gat na drie maanden, dat hoort niet. Wat is je adres? Dan stuur ik nieuwe."
    (found,) = say(reply, SOCKS, audience=PRIVATE)
    assert found.check is Check.KNOWN
    assert found.says == "Je vraagt om het adres; dat hebben we al: Dorpsstraat 4, 7411 AB Deventer."
    assert reply[found.start : found.end] == "adres"


def test_asking_in_private_whether_it_still_holds_passes() -> None:
    reply = "Een gat na drie maanden, dat hoort niet. Woon je nog op Dorpsstraat 4? Dan gaan ze er nu uit."
    assert say(reply, SOCKS, audience=PRIVATE) == ()


def test_the_mail_that_made_him_go_public_is_deflection() -> None:
    assert Check.DEFLECTION in checks("Een gat na drie maanden is slijtage, daar kunnen we niks aan doen.", SOCKS)


def test_the_answer_that_mended_it_is_left_alone() -> None:
    reply = "Een gat na drie maanden, dat is geen sok maar een tunnel 😄 Er gaan nu nieuwe jouw kant op. ^Freek"
    assert say(reply, SOCKS) == ()


@pytest.mark.parametrize(
    "reply",
    [
        "Ze gaan naar Dorpsstraat 4 in Deventer.",
        "Ik heb je gemaild op jan@voorbeeld.nl.",
        "Ze gaan naar 7411AB, klopt dat?",
        "Het staat op NL91 ABNA 0417 1643 00.",
        "We bellen je op 06 12 34 56 78.",
    ],
)
def test_what_belongs_to_the_customer_is_blocked_in_public_and_offered_in_private(reply: str) -> None:
    first = say(reply, SOCKS, channel="facebook")[0]
    assert (first.check, first.blocks, first.offers) == (Check.PRIVACY, True, "private")
    assert Check.PRIVACY not in checks(reply, SOCKS, channel="facebook", audience=PRIVATE)


def test_the_brands_own_numbers_pass() -> None:
    scene = Scene(own=("0570-123456", "hulp@sok.nl", "Brink 12, Deventer"))
    reply = "Bel 0570 12 34 56, mail hulp@sok.nl of kom langs op Brink 12."
    assert Check.PRIVACY not in checks(reply, scene, channel="facebook")


@pytest.mark.parametrize("reply", ["Je hebt ze morgen in huis.", "Ik bel je voor 17.00 uur."])
def test_a_promise_is_offered_a_timer(reply: str) -> None:
    (found,) = say(reply, Scene())
    assert (found.check, found.offers) == (Check.PROMISE, "timer")


@pytest.mark.parametrize("reply", ["Heb je ze al?", "Zodra ze binnen zijn, hoor je van me.", "We kijken ernaar."])
def test_what_is_past_asked_or_vague_is_no_promise(reply: str) -> None:
    assert say(reply, Scene()) == ()


def test_the_same_words_to_somebody_else_are_counted() -> None:
    reply = "Hoi Anna, wat naar dat je pakket er niet is. Ik bel nu met de bezorger en laat je weten wat ik hoor. ^Noor"
    before = (
        "Hoi Piet, wat naar dat je pakket er nog niet is. Ik bel nu met de bezorger en laat je weten wat ik hoor. ^Sam",
        "Dag Els, de bakker is zondag open.",
    )
    (found,) = say(reply, Scene(before=before))
    assert found.says == "Dit antwoord ging (bijna) woord voor woord al aan iemand anders."
    assert say(reply, Scene(before=before[1:])) == ()


def test_where_no_answer_is_taken_from_here_the_platform_is_opened() -> None:
    (found,) = remarks(Draft("Ik kom eraan.", "x", PUBLIC, can_reply=False), Scene())
    assert (found.check, found.offers, found.blocks) == (Check.PLATFORM, "open", True)


def test_a_link_on_x_has_its_price_and_elsewhere_has_none() -> None:
    (found,) = say("Kijk op https://sok.nl/ruilen voor de maten.", Scene())
    assert "$ 0,20" in found.says
    assert not found.blocks
    assert say("Kijk op https://sok.nl/ruilen voor de maten.", Scene(), channel="facebook") == ()


def test_too_long_is_counted_as_x_counts() -> None:
    (found,) = remarks(Draft("😀" * 141, "x", PUBLIC, limit=280), Scene())
    assert found.says == "Je antwoord is 2 tekens te lang voor X."
    assert remarks(Draft("😀" * 140, "x", PUBLIC, limit=280), Scene()) == ()


@pytest.mark.parametrize(
    ("scene", "told"),
    [
        (Scene(("Mijn zoon viel door jullie trap en ligt in het ziekenhuis.",), hazards=("safety",)), True),
        (Scene(("Mijn vader is overleden en jullie sturen hem nog rekeningen.",)), True),
        (Scene(("Mijn sokken zijn zo dun dat ik ze kan lezen.",)), False),
        (Scene(("Die stoel staat wiebelig, gevaarlijk hoor.",), hazards=("safety",)), False),
    ],
)
def test_a_joke_is_only_remarked_on_where_somebody_was_hurt_or_died(scene: Scene, told: bool) -> None:
    assert bool(say("Daar trekken we onze kousen voor op 😂", scene)) is told


@pytest.mark.parametrize(
    "reply", ["U krijgt nieuwe van ons.", "Ge krijgt nieuwe van ons, zulle 😉", "Komt goed joh 🙌"]
)
def test_je_u_dialect_and_emoji_are_never_corrected(reply: str) -> None:
    assert checks(reply, Scene(("Zijn er nog?",))) == set()


def test_an_agent_may_switch_any_check_off() -> None:
    draft = Draft("Dus als ik u goed begrijp heeft u een thermosfles gekocht en lekt die, klopt dat?", "x", PUBLIC)
    assert remarks(draft, THERMOS)
    assert remarks(draft, THERMOS, off=frozenset(Check)) == ()


def test_what_blocks_comes_first() -> None:
    reply = "Wat is je maat? Ze gaan naar Dorpsstraat 4."
    assert next(iter(say(reply, SOCKS))).check is Check.PRIVACY
