"""Situatie on the desk: made in a click, offered by itself, kept up by people, closed; and never a bulk answer."""

import time
from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain import impression
from socialwatch.store import agents, assessments, cases, mentions, situations
from socialwatch.store.cases import Weight
from socialwatch.store.unit import Database

TEXTS = ("Jullie site ligt eruit", "De webshop geeft een foutmelding", "website plat, kan niet afrekenen", "site down?")


def outage(database: Database, seed: Any, count: int, brand: str = "sokkerij") -> list[int]:
    """So many posts of the last hour about one outage, each its own case."""
    made = []
    with database.write() as unit:
        for number in range(count):
            text = f"{TEXTS[number % len(TEXTS)]}, al {number % 50} minuten"
            told = seed.Told(f"9{number:04}", f"Klant {number}", text, 5 + number % 40)
            (found,) = mentions.take(unit, [seed._mention(told, brand)], seed.NOW).new
            read = impression.assessment(seed._reading(told), text, found.mention.created_at)
            assessments.keep(unit, {found.id: (brand, read)}, seed.NOW)
            made.append(
                cases.open_case(unit, found, f"Klant {number} · site", Weight(0.2, [], 0.3, 0.1, 1, False), "nl")
            )
    return made


def number_of(answer: Any) -> int:
    assert answer.status_code == 303
    return int(answer.headers["location"].rsplit("/", 1)[1])


@pytest.fixture
def made(freek: Any, seeded: Database, seed: Any) -> tuple[int, list[int]]:
    """A situation of six, made by Freek."""
    wrote = outage(seeded, seed, 6)
    answer = freek.post(
        "/situatie", dossier=wrote[0], title="Site ligt eruit", chosen=wrote[1:], fact="We zijn er mee bezig"
    )
    return number_of(answer), wrote


def test_what_is_alike_is_ticked_beforehand(freek: Any, seeded: Database, seed: Any) -> None:
    wrote = outage(seeded, seed, 6)
    page = freek.get(f"/situatie/nieuw?dossier={wrote[0]}&uren=3").text
    ticked = {each for each in wrote[1:] if f'value="{each}" checked' in page}
    assert len(ticked) >= 4
    marieke = case_of(seeded, seed, "101")
    assert f'value="{marieke}" checked' not in page
    by_word = freek.post("/situatie/nieuw", dossier=wrote[0], uren=3, woorden="wandelsokken").text
    assert f'value="{marieke}" checked' in by_word


def test_all_that_was_chosen_in_the_inbox_comes_into_it(freek: Any, seeded: Database, seed: Any) -> None:
    wrote = outage(seeded, seed, 3)
    unlike, next_door = case_of(seeded, seed, "101"), case_of(seeded, seed, "b1")
    chosen = "&".join(f"id={each}" for each in (wrote[0], unlike, next_door, 987654))
    page = freek.get(f"/situatie/nieuw?dossier={wrote[0]}&{chosen}").text
    assert f'value="{unlike}" checked' in page
    assert f'name="id" value="{unlike}"' in page  # also when one looks again
    assert f'value="{wrote[0]}" checked' not in page
    assert f'value="{next_door}"' not in page
    without_title = freek.post("/situatie", dossier=wrote[0], title=" ", chosen=[unlike])
    assert f'value="{unlike}" checked' in without_title.text  # what was ticked stays ticked
    number = number_of(freek.post("/situatie", dossier=wrote[0], title="Site", chosen=[unlike]))
    with seeded.read() as unit:
        assert situations.sizes(unit, [number])[number].cases == 2
    # who stands in a situation already stays there, and takes nobody along
    page = freek.get(f"/situatie/nieuw?dossier={wrote[0]}&id={wrote[0]}&id={wrote[1]}&id={wrote[2]}").text
    assert f'name="dossier" value="{wrote[1]}"' in page
    assert f'name="id" value="{wrote[2]}"' in page


def case_of(database: Database, seed: Any, number: str) -> int:
    with database.read() as unit:
        return int(seed.case_of(unit, number))


def test_two_hundred_and_fourteen_in_one_click_within_a_second(freek: Any, seeded: Database, seed: Any) -> None:
    wrote = outage(seeded, seed, 214)
    began = time.perf_counter()
    page = freek.get(f"/situatie/nieuw?dossier={wrote[0]}&uren=3")
    looked = time.perf_counter() - began
    assert page.text.count(" checked") >= 200
    began = time.perf_counter()
    number = number_of(freek.post("/situatie", dossier=wrote[0], title="Storing op de site", chosen=wrote[1:]))
    clicked = time.perf_counter() - began
    with seeded.read() as unit:
        assert situations.sizes(unit, [number])[number].cases == 214
    assert looked < 2.0
    assert clicked < 1.0
    inbox = freek.get("/inbox/rijen").text
    assert "214 dossiers, 214 wachten op antwoord" in inbox
    assert "wandelsokken" in inbox or "Marieke" in inbox  # what is not about it keeps its place


def test_the_fact_stands_in_every_dossier_and_nothing_pastes_it(freek: Any, made: tuple[int, list[int]]) -> None:
    number, wrote = made
    for each in wrote[:3]:
        page = freek.get(f"/dossier/{each}").text
        assert "We zijn er mee bezig" in page
        assert "Zeg het in je eigen woorden." in page
        assert page.index("We zijn er mee bezig") < page.index('id="tekst"')
        assert f'href="/situatie/{number}"' in page
        assert "Hoort bij een" in page
    card = freek.get(f"/situatie/{number}").text
    assert "/antwoord" not in card
    assert "textarea" in card


def test_one_card_in_the_inbox_and_what_is_grave_stands_apart(
    freek: Any, made: tuple[int, list[int]], seeded: Database, seed: Any
) -> None:
    number, wrote = made
    inbox = freek.get("/inbox/rijen").text
    assert f'<details id="situatie-{number}">' in inbox
    assert f'data-case="{wrote[0]}"' not in inbox
    assert freek.post(f"/situatie/{number}/dossier", dossier=wrote[0], where="apart").status_code == 303
    assert f'data-case="{wrote[0]}"' in freek.get("/inbox/rijen").text
    assert "Eerst deze, apart" in freek.get(f"/situatie/{number}/rijen").text
    assert freek.post(f"/situatie/{number}/dossier", dossier=wrote[0], where="among").status_code == 303
    assert freek.post(f"/situatie/{number}/dossier", dossier=wrote[1], where="out").status_code == 303
    assert f'data-case="{wrote[1]}"' in freek.get("/inbox/rijen").text
    assert freek.post(f"/situatie/{number}/dossier", dossier=wrote[1], where="out").status_code == 422


def test_people_keep_it_up_and_closing_says_how_many_wait(
    freek: Any, as_: Any, made: tuple[int, list[int]], seeded: Database
) -> None:
    number, wrote = made
    with seeded.read() as unit:
        els = next(each.id for each in agents.everyone(unit) if each.name == "Els")
    form = {
        "title": "Site eruit",
        "fact": "Om 15:00 weten we meer",
        "known": "Een server",
        "say": "Sorry",
        "unknown": "Waarom",
    }
    assert freek.post(f"/situatie/{number}", lead=els, **form).status_code == 303
    page = as_("Noor").get(f"/situatie/{number}").text
    assert all(each in page for each in (*form.values(), "<bdi>Els</bdi> trekt dit"))
    assert freek.post(f"/situatie/{number}/oordeel", verdict="no").status_code == 422
    assert freek.post(f"/situatie/{number}/oordeel", verdict="over").status_code == 303
    after = freek.get(f"/situatie/{number}").text
    assert "6 dossiers wachten nog op een eigen antwoord" in after
    assert freek.post(f"/situatie/{number}", **form).status_code == 422
    assert f'data-case="{wrote[0]}"' in freek.get("/inbox/rijen").text
    assert "Om 15:00 weten we meer" not in freek.get(f"/dossier/{wrote[0]}").text


def test_an_offer_is_shown_to_who_leads_and_decided_once(as_: Any, freek: Any, seeded: Database, seed: Any) -> None:
    wrote = outage(seeded, seed, 7)
    with seeded.write() as unit:
        number = situations.begin(unit, seed.BRAND, "Site", None, seed.NOW)
        offered = situations.by_id(unit, seed.BRAND, number)
        assert offered is not None
        situations.add(unit, offered, wrote, seed.NOW)
    els = as_("Els")
    assert "7 berichten lijken over hetzelfde te gaan" in els.get("/inbox/rijen").text
    assert "lijken over hetzelfde" not in freek.get("/inbox/rijen").text
    assert f'data-case="{wrote[0]}"' in freek.get("/inbox/rijen").text
    assert "7 berichten lijken over hetzelfde te gaan" in freek.get("/vandaag").text
    assert els.post(f"/situatie/{number}/oordeel", verdict="yes").headers["location"] == f"/situatie/{number}"
    assert els.post(f"/situatie/{number}/oordeel", verdict="yes").status_code == 422
    assert "<bdi>Els</bdi> trekt dit" in freek.get("/vandaag").text + els.get(f"/situatie/{number}").text


def test_a_form_that_says_too_little_comes_back_with_a_sentence(freek: Any, seeded: Database, seed: Any) -> None:
    wrote = outage(seeded, seed, 3)
    alone = freek.post("/situatie", dossier=wrote[0], title="Site")
    assert (alone.status_code, "Vink ten minste twee dossiers aan" in alone.text) == (422, True)
    nameless = freek.post("/situatie", dossier=wrote[0], title="  ", chosen=wrote[1:])
    assert (nameless.status_code, "Geef de situatie een naam" in nameless.text) == (422, True)


def test_another_brand_sees_nothing_of_it(as_: Any, made: tuple[int, list[int]], seeded: Database, seed: Any) -> None:
    number, wrote = made
    buur = as_("Buur")
    for path in (f"/situatie/{number}", f"/situatie/{number}/kaart", f"/dossier/{wrote[0]}/situatie"):
        assert buur.get(path).status_code == 404
    assert buur.get(f"/situatie/nieuw?dossier={wrote[0]}").status_code == 404
    assert buur.post(f"/situatie/{number}/oordeel", verdict="over").status_code == 404
    assert buur.post("/situatie", dossier=wrote[0], title="Gekaapt", chosen=wrote).status_code == 404
    with seeded.read() as unit:
        theirs = seed.case_of(unit, "b1")
        stands = situations.by_id(unit, seed.BRAND, number)
        assert stands is not None
    assert buur.post("/situatie", dossier=theirs, title="Van ons", chosen=[wrote[0]]).status_code == 422
    with seeded.read() as unit:
        assert situations.of_case(unit, "buren", theirs) is None
        assert wrote[0] in situations.member_ids(unit, number)
    assert stands.running
    assert seed.NOW - stands.opened_at < timedelta(minutes=1)


def test_who_reads_along_may_look(as_: Any, made: tuple[int, list[int]]) -> None:
    bram = as_("Bram")
    page = bram.get(f"/situatie/{made[0]}").text
    assert "Site ligt eruit" in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]
    assert bram.get(f"/situatie/nieuw?dossier={made[1][0]}").status_code == 403
