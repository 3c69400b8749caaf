"""What the dossier says of an answer that was to be mended, and with which words one goes on."""

from typing import Any

import pytest
from sqlalchemy import select, update

from socialwatch.store.tables import reply
from socialwatch.store.unit import Database

WRONG, RIGHT = "Je pakje komt morgen, Marieke.", "Je pakje komt overmorgen, Marieke."
REASON = "Je oude antwoord is weg en het nieuwe staat er niet. X nam het niet aan."


def said(database: Database, approval: str, **values: Any) -> int:
    """What became of an answer."""
    with database.write() as unit:
        unit.run(update(reply).where(reply.c.approval == approval).values(values))
        return int(unit.run(select(reply.c.id).where(reply.c.approval == approval)).scalar_one())


@pytest.fixture
def case(seeded: Database, seed: Any) -> int:
    with seeded.read() as unit:
        return int(seed.case_of(unit, "101"))


@pytest.fixture
def mended(freek: Any, seeded: Database, case: int) -> tuple[int, int]:
    """An answer that stands there, and the one that was to replace it and did not get through."""
    freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="wrong", text=WRONG)
    first = said(seeded, "wrong", state="sent", platform_id="r1")
    freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="right", text=RIGHT, mends=first)
    return first, said(seeded, "right", state="failed", reason=REASON)


def test_as_long_as_the_old_one_stands_there_trying_again_is_mending_again(
    freek: Any, case: int, mended: tuple[int, int]
) -> None:
    first, second = mended
    page = freek.get(f"/dossier/{case}?again={second}").text
    assert f">{RIGHT}</textarea>" in page
    assert f'name="mends" value="{first}"' in page
    assert f"?herstel={first}" in page


def test_what_is_gone_is_said_to_be_gone_and_the_words_go_out_anew(
    freek: Any, seeded: Database, case: int, mended: tuple[int, int]
) -> None:
    first, second = mended
    said(seeded, "wrong", state="gone")
    page = freek.get(f"/dossier/{case}").text
    thread = page.split(f'id="antwoord-{first}"')[1].split("</article>")[0]
    assert "weggehaald" in thread
    assert "geplaatst" not in thread
    assert f"?herstel={first}" not in thread
    assert "Je oude antwoord is weg en het nieuwe staat er niet." in page
    again = freek.get(f"/dossier/{case}?again={second}").text
    assert f">{RIGHT}</textarea>" in again
    assert 'name="mends"' not in again
    refused = freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="r3", text=RIGHT, mends=first)
    assert refused.status_code == 422
    assert freek.post(f"/dossier/{case}/antwoord", mention="x:101", approval="r4", text=RIGHT).status_code == 303
