"""Beheer: what is stuck and gets a second life, how the channels do, and the one quiet line above the Inbox."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from socialwatch.store import agents, mentions, queue, sources, spending, stuck
from socialwatch.store.tables import audit, job, source
from socialwatch.store.unit import Database
from socialwatch.web.channel_news import dollars, soon, whole

PAGE, AGAIN = "/beheer/vastgelopen", "/beheer/vastgelopen/opnieuw"


def bury(database: Database, seed: Any, *works: tuple[str, int], brand: str = "sokkerij") -> list[int]:
    """Work that is stuck; gives back its numbers."""
    with database.write() as unit:
        queue.put(unit, [queue.NewJob(brand, step, subject) for step, subject in works])
        values = {"state": "dead", "reason": "De melder apprise staat niet ingesteld.", "attempts": 5}
        fresh = (job.c.state == "ready") & (job.c.brand == brand)
        return sorted(unit.run(update(job).where(fresh).values(values).returning(job.c.id)).scalars())


def states(database: Database) -> dict[int, str]:
    with database.read() as unit:
        return {row.id: row.state for row in unit.run(select(job.c.id, job.c.state))}


@pytest.fixture
def els(as_: Callable[[str], Any]) -> Any:
    return as_("Els")


@pytest.fixture
def quiet(seeded: Database) -> Database:
    """The seeded desk without the work that its posts left in the queue."""
    with seeded.write() as unit:
        unit.run(update(job).values(state="leased", leased_until=4e9))
    return seeded


def test_nothing_stuck_says_so_and_the_menu_shows_no_number(els: Any, quiet: Database) -> None:
    page = els.get(PAGE).text
    assert "opnieuw proberen" not in page
    assert 'class="count alarm"' not in page


def test_what_is_stuck_says_what_where_why_and_how_often(els: Any, quiet: Database, seed: Any) -> None:
    with quiet.read() as unit:
        number, post = seed.case_of(unit, "103"), mentions.by_native(unit, "x", ["114"])[0].id
    bury(quiet, seed, ("notify", number), ("assess", post), ("say", 1), ("route", 99_999))
    page = els.get(PAGE).text
    for words in ("Eigenaar laten weten", "Eerste indruk lezen", "Antwoord plaatsen", "5 keer geprobeerd"):
        assert words in page, words
    assert "De melder apprise staat niet ingesteld." in page
    assert f'href="/dossier/{number}"' in page
    assert "🤬🤬🤬" in page
    assert "Waar dit over ging, is er niet meer." in page
    assert '4<span class="unseen"> vastgelopen</span>' in els.get("/inbox").text
    assert "sinds <time" in page


@pytest.mark.parametrize("step", ["seek", "refresh", "forget"])
def test_work_on_a_dossier_is_not_taken_for_a_post_with_that_number(quiet: Database, seed: Any, step: str) -> None:
    with quiet.read() as unit:
        number = seed.case_of(unit, "103")
    bury(quiet, seed, (step, number))
    with quiet.read() as unit:
        (told,) = stuck.stuck(unit, agents.everyone(unit, "sokkerij")[0], seed.NOW)
    assert (told.case_id, told.post) == (number, None)


def test_one_a_few_and_all_get_a_second_life(els: Any, quiet: Database, seed: Any) -> None:
    one, two, three, four = bury(quiet, seed, *[("identify", number) for number in (1, 2, 3, 4)])
    answer = els.post(AGAIN, only=str(one), job=str(two))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?opnieuw=1")
    assert (states(quiet)[one], states(quiet)[two]) == ("ready", "dead")
    assert els.post(AGAIN, which="chosen", job=[str(two), str(three)]).headers["location"].endswith("=2")
    assert [states(quiet)[each] for each in (two, three, four)] == ["ready", "ready", "dead"]
    assert els.post(AGAIN, which="all").headers["location"].endswith("=1")
    assert "dead" not in states(quiet).values()
    assert "1 taak gaat opnieuw de rij in" in els.get(f"{PAGE}?opnieuw=1").text
    with quiet.read() as unit:
        noted = unit.run(select(audit.c.subject).where(audit.c.what == "replay").order_by(audit.c.id)).scalars().all()
    assert noted == [f"job:{one}", f"job:{two}", f"job:{three}", "job:all"]


def test_nothing_ticked_is_said_and_somebody_elses_replay_too(els: Any, quiet: Database, seed: Any) -> None:
    (one,) = bury(quiet, seed, ("identify", 1))
    answer = els.post(AGAIN, which="chosen")
    assert answer.status_code == 422
    assert "Vink eerst aan" in answer.text
    els.post(AGAIN, only=str(one))
    assert els.post(AGAIN, only=str(one)).headers["location"].endswith("=0")
    assert "iemand anders" in els.get(f"{PAGE}?opnieuw=0").text


def test_another_brands_work_is_neither_shown_nor_replayed(els: Any, quiet: Database, seed: Any) -> None:
    (theirs,) = bury(quiet, seed, ("identify", 1), brand=seed.OTHER)
    assert f'value="{theirs}"' not in els.get(PAGE).text
    assert els.post(AGAIN, only=str(theirs)).headers["location"].endswith("=0")
    assert els.post(AGAIN, which="all").headers["location"].endswith("=0")
    assert states(quiet)[theirs] == "dead"


def test_only_who_is_in_charge_comes_in(as_: Callable[[str], Any], quiet: Database, seed: Any) -> None:
    (one,) = bury(quiet, seed, ("identify", 1))
    for name in ("Freek", "Bram"):
        browser = as_(name)
        assert [browser.get(path).status_code for path in ("/beheer", PAGE, "/beheer/kanalen")] == [403] * 3
        assert browser.post(AGAIN, only=str(one)).status_code == 403
        assert "/beheer" not in browser.get("/bedankjes").text
    assert as_("Beheer").get("/beheer").headers["location"] == "/beheer/kanalen"
    assert states(quiet)[one] == "dead"


def test_many_come_in_pages(els: Any, quiet: Database, seed: Any) -> None:
    bury(quiet, seed, *[("identify", number) for number in range(1, stuck.SHOWN + 3)])
    first, second = els.get(PAGE).text, els.get(f"{PAGE}?pagina=2").text
    assert (first.count('name="only"'), second.count('name="only"')) == (stuck.SHOWN, 2)
    assert "bladzijde 1 van 2" in first
    assert f"Alles opnieuw ({stuck.SHOWN + 2})" in first


def test_cases_without_a_next_step_stand_there_with_the_reason(els: Any, quiet: Database, seed: Any) -> None:
    with quiet.read() as unit:
        number = seed.case_of(unit, "101")
    with quiet.write() as unit:
        unit.run(update(job).values(state="dead"))
    page = els.get(PAGE).text
    assert "Dossiers zonder volgende stap" in page
    assert f'<a href="/dossier/{number}"><bdi>Marieke' in page
    assert "de eigenaar weet het nog niet" in page


def troubled(database: Database, seed: Any) -> None:
    """X slowed, with a gap and a budget; mail halted."""
    with database.write() as unit:
        sources.register(unit, "sokkerij/x", seed.BRAND, "x")
        sources.polled(unit, "sokkerij/x", seed.NOW - timedelta(minutes=2), 90)
        sources.gap(unit, "sokkerij/x", seed.NOW - timedelta(days=1, hours=2), seed.NOW - timedelta(days=1))
        values = {"budget": 5_000_000, "slowed": 3.5, "streaming": True, "notice": "Meta antwoordt met v27.0."}
        unit.run(update(source).where(source.c.name == "sokkerij/x").values(values))
        spending.book(unit, "sokkerij/x", spending.What.POLL, 1_234_000, seed.NOW)
        spending.book(unit, "sokkerij/x", spending.What.FOLLOW, 4_000, seed.NOW - timedelta(days=13))
        spending.book(unit, "sokkerij/x", spending.What.FOLLOW, 9_000_000, seed.NOW - timedelta(days=14))
        sources.register(unit, "sokkerij/mail", seed.BRAND, "mail")
        sources.failed(unit, "sokkerij/mail", "Het wachtwoord klopt niet.", 60, halted=True)


def test_the_channels_say_how_they_do_and_what_they_cost(els: Any, seeded: Database, seed: Any) -> None:
    troubled(seeded, seed)
    page = els.get("/beheer/kanalen").text
    for words in (
        "rustiger aan",
        "rechtstreeks verbonden",
        "Meta antwoordt met v27.0.",
        "Wat er gisteren van 12:05 tot 14:05 verscheen, kregen we niet binnen. Kijk op X zelf",
        "We lezen even langzamer: er wacht 1 bericht.",
        "$ 1,23",
        "van $ 5,00",
        "minder dan $ 0,01",
        "$ 1,24 in de laatste veertien dagen",
        "staat stil",
        "Het wachtwoord klopt niet.",
        "lukt even niet",
    ):
        assert words in page, words
    assert page.count('<th scope="row">') == 14
    assert "$ 9,00" not in page


def test_everybody_sees_one_quiet_line_above_the_inbox(freek: Any, seeded: Database, seed: Any) -> None:
    troubled(seeded, seed)
    page = freek.get("/inbox/rijen").text
    order = [
        page.index(f"{words}</") for words in ("Mail staat stil.", "Facebook lukt even niet.", "Van X missen we iets.")
    ]
    assert order == sorted(order)
    assert "We lezen even langzamer: er wacht 1 bericht." in page
    assert page.count('class="banner') == 1
    with seeded.write() as unit:
        unit.run(update(source).values(halted=False, failures=0, slowed=1.0, gap_from=None, gap_to=None))
    assert 'class="banner' not in freek.get("/inbox/rijen").text


def test_a_budget_that_is_spent_and_a_poller_that_is_gone_are_said(freek: Any, seeded: Database, seed: Any) -> None:
    troubled(seeded, seed)
    with seeded.write() as unit:
        unit.run(update(source).where(source.c.kind == "x").values(budget=1_000_000, slowed=1.0))
        unit.run(update(source).where(source.c.kind == "facebook").values(failures=0, next_poll_at=1000.0))
    page = freek.get("/inbox/rijen").text
    assert "Het dagbudget van $ 1,00 is op. We gaan verder vandaag 14:06." in page
    assert "Facebook loopt achter." in page


def test_a_source_that_is_behind_says_since_when_also_before_the_last_cent(
    els: Any, seeded: Database, seed: Any
) -> None:
    troubled(seeded, seed)
    said = "Het dagbudget van $ 5,00 is op; morgen om 01:00 verder, eerst met wat is blijven liggen sinds woensdag."
    assert said not in els.get("/beheer/kanalen").text
    with seeded.write() as unit:
        sources.paused(unit, "sokkerij/x", said, 600)
    assert els.get("/beheer/kanalen").text.count(said) == 1


def test_a_gap_of_long_ago_and_a_channel_no_longer_set_are_left_out(
    app: Any, freek: Any, seeded: Database, seed: Any
) -> None:
    with seeded.write() as unit:
        unit.run(update(source).values(failures=0, next_poll_at=4e9))
        sources.gap(unit, "sokkerij/facebook", seed.NOW - timedelta(days=9), seed.NOW - timedelta(days=8))
    assert 'class="banner' not in freek.get("/inbox/rijen").text
    with seeded.write() as unit:
        unit.run(update(source).values(halted=True))
    assert "Facebook staat stil." in freek.get("/inbox/rijen").text
    vitals = replace(app.state.desk.vitals, sources=frozenset({"sokkerij/x"}))
    app.state.desk = replace(app.state.desk, vitals=vitals)
    assert 'class="banner' not in freek.get("/inbox/rijen").text


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "$ 0,00"), (9_999, "minder dan $ 0,01"), (10_000, "$ 0,01"), (1_234_567_890, "$ 1.234,57")],
)
def test_dollars_are_written_as_we_do(amount: int, said: str) -> None:
    assert dollars(amount) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "nu"), (1, "binnen een minuut"), (59, "binnen een minuut"), (90, "vandaag 14:06"), (39_000, "morgen 00:55")],
)
def test_soon_is_said_in_words(seconds: float, said: str, seed: Any) -> None:
    assert soon(seconds, seed.NOW) == said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Facebook weigert page_token", "Facebook weigert page_token."),
        ("De melder faalt.\n", "De melder faalt."),
        ("?", "?"),
        ("", ""),
    ],
)
def test_a_reason_is_said_as_a_whole_sentence(reason: str, said: str) -> None:
    assert whole(reason) == said


def test_a_gap_over_midnight_names_both_days(els: Any, seeded: Database, seed: Any) -> None:
    with seeded.write() as unit:
        sources.gap(unit, "sokkerij/facebook", seed.NOW - timedelta(days=3), seed.NOW - timedelta(hours=20))
    page = els.get("/beheer/kanalen").text
    assert "Wat er tussen vr 20 nov 14:05 en gisteren 18:05 verscheen, kregen we niet binnen." in page


def test_what_agents_read_of_a_halted_channel_names_no_settings(freek: Any, seeded: Database, seed: Any) -> None:
    with seeded.write() as unit:
        sources.failed(unit, "sokkerij/facebook", "Facebook weigert page_token: expired", 60, halted=True)
    page = freek.get("/inbox/rijen").text
    assert "Facebook staat stil." in page
    assert "tot iemand van beheer dit herstelt" in page
    assert "page_token" not in page


def test_several_channels_that_cost_stand_side_by_side_with_their_sum_first(
    els: Any, seeded: Database, seed: Any
) -> None:
    troubled(seeded, seed)
    with seeded.write() as unit:
        spending.book(unit, "sokkerij/facebook", spending.What.FOLLOW, 2_000_000, seed.NOW)
    page = els.get("/beheer/kanalen").text
    table = page[page.index("<table>") :]
    heads = [table.index(f'<th scope="col">{name}</th>') for name in ("dag", "samen", "Facebook", "X")]
    assert heads == sorted(heads)
    assert '<th scope="row">vandaag</th><td>$ 3,23</td><td>$ 2,00</td><td>$ 1,23</td>' in table
