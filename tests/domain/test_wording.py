"""Kind, feelings, distress, language and who must answer, by rules."""

import pytest

from socialwatch.domain.assessment import Feeling, Hazard, Kind
from socialwatch.domain.wording import BY_RULES, WITH_RULES, filled, kind_of, language_of, wording

KINDS = (
    (Kind.COMPLAINT, "Mijn pakket is nog steeds niet binnen"),
    (Kind.COMPLAINT, "Waar blijft mijn bestelling? Zou maandag komen"),
    (Kind.COMPLAINT, "De rits is na twee weken kapot"),
    (Kind.COMPLAINT, "Al drie keer gebeld en niemand helpt"),
    (Kind.COMPLAINT, "klacht afgewezen zonder uitleg"),
    (Kind.COMPLAINT, "Verkeerde maat gekregen, jammer"),
    (Kind.QUESTION, "Hoe laat zijn jullie open op zondag?"),
    (Kind.QUESTION, "Verkopen jullie ook kousen?"),
    (Kind.QUESTION, "Is de trein van 8.12 rolstoelvriendelijk?"),
    (Kind.REQUEST, "Kunnen jullie mijn adres wijzigen?"),
    (Kind.REQUEST, "Kan iemand mij terugbellen?"),
    (Kind.REQUEST, "Ik wil graag mijn bestelling annuleren"),
    (Kind.REPORT, "Even doorgeven: er hangt een kabel los bij de halte"),
    (Kind.REPORT, "Let op, er gaat een valse mail rond"),
    (Kind.REPORT, "Jullie telefoonnummer op de kaart klopt niet meer"),
    (Kind.THANKS, "Dank jullie wel voor de snelle hulp"),
    (Kind.THANKS, "Bedankt, het is opgelost"),
    (Kind.THANKS, "merci é"),
    (Kind.THANKS, "Was even kapot maar snel opgelost, bedankt"),
    (Kind.PRAISE, "Heerlijke koffie en vriendelijk personeel"),
    (Kind.PRAISE, "Niks op aan te merken, top winkel"),
    (Kind.PRAISE, "Wat een prachtige jas"),
    (Kind.SPAM, "Volgers kopen? 1000 voor 5 euro"),
    (Kind.SPAM, "Snel geld verdienen vanuit huis, stuur een bericht"),
    (Kind.OTHER, "Mijn buurman werkt daar ook geloof ik"),
    (Kind.OTHER, "De trein rijdt langs het kanaal"),
)


@pytest.mark.parametrize(("kind", "text"), KINDS)
def test_what_the_writer_wants(kind: Kind, text: str) -> None:
    assert kind_of(text, 0.05) is kind


@pytest.mark.parametrize("text", ["Top service hoor, echt geweldig", "Hoe laat zijn jullie open?", "Bedankt hè"])
def test_who_is_fed_up_complains_whatever_the_words(text: str) -> None:
    assert kind_of(text, 0.8) is Kind.COMPLAINT


def test_mild_displeasure_without_any_other_sign_is_a_complaint_and_calm_is_not() -> None:
    assert kind_of("En toen stond ik daar", 0.3) is Kind.COMPLAINT
    assert kind_of("En toen stond ik daar", 0.1) is Kind.OTHER


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("nl", "Wanneer komt mijn pakket aan bij de buren?"),
        ("nl-BE", "Amai, ge moet wel lang wachten bij de klantendienst"),
        ("en", "Where is my parcel and when will it arrive?"),
        ("other", "Gdzie jest moja paczka?"),
        ("nl", "Pakket kwijt"),
        ("nl", ""),
    ],
)
def test_the_language_by_its_small_words(code: str, text: str) -> None:
    assert language_of(text) == code


def test_a_hazard_or_a_fed_up_customer_needs_an_owner() -> None:
    grave = wording("Ik stap naar de kantonrechter", 0.1)
    assert (grave.answer, grave.hazards[Hazard.LEGAL] >= 0.5, grave.needs_human >= 0.5) == (2, True, True)
    assert wording("En toen stond ik daar", 0.7).answer == 2
    assert wording("klacht afgewezen zonder uitleg", 0.1).answer == 2
    assert wording("Hoe laat zijn jullie open?", 0.1).answer == 1
    assert wording("De trein rijdt langs het kanaal", 0.1).answer == 0
    assert (wording("Volgers kopen? 1000 voor 5 euro", 0.9).answer, wording("", 0.0).answer) == (0, 0)


def test_feelings_distress_and_a_chance_are_heard() -> None:
    told = wording("Ik ben woest én ongerust, ik weet het niet meer", 0.6)
    assert {feeling for feeling, score in told.feelings.items() if score} == {Feeling.ANGRY, Feeling.WORRIED}
    assert told.distress > wording("Ik maak me zorgen", 0.3).distress > wording("Prima", 0.0).distress == 0
    assert wording("Bedankt! Mijn man en ik zijn 40 jaar getrouwd en het feest was top", 0.0).chance > 0.5
    assert wording("Bedankt", 0.0).chance == 0


def test_what_rules_filled_in_is_known_by_the_name_of_the_model() -> None:
    assert filled(f"xlm-t-1234{WITH_RULES}") == BY_RULES
    assert filled("dutch-first-0218ee8a") == ()
