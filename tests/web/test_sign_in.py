"""Signing in: the right password, the wrong one, too many of them, and sessions that end."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from socialwatch.web.auth import local_path
from socialwatch.web.passwords import hash_password, verify

EMAIL = "freek@sokkerij.example"


def test_the_right_password_opens_the_inbox(visitor: Any, seed: Any) -> None:
    answer = visitor.sign_in(EMAIL, seed.PASSWORD)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert visitor.get("/inbox").status_code == 200


@pytest.mark.parametrize("email", [EMAIL, "niemand@nergens.example"])
def test_a_wrong_password_says_the_same_for_known_and_unknown(visitor: Any, email: str) -> None:
    answer = visitor.sign_in(email, "fout")
    assert answer.status_code == 401
    assert "horen niet bij elkaar" in answer.text
    assert visitor.get("/inbox").headers["location"].startswith("/inloggen")


def test_ten_wrong_guesses_close_the_door_also_for_the_right_one(visitor: Any, seed: Any) -> None:
    for _ in range(10):
        assert visitor.sign_in(EMAIL, "fout").status_code == 401
    answer = visitor.sign_in(EMAIL, seed.PASSWORD)
    assert answer.status_code == 429
    assert "te vaak" in answer.text


def test_signing_in_needs_the_token_of_its_form(visitor: Any, seed: Any) -> None:
    visitor.get("/inloggen")
    visitor.token = "geraden"
    assert visitor.post("/inloggen", email=EMAIL, password=seed.PASSWORD).status_code == 403


def test_signing_out_ends_the_session_itself(freek: Any) -> None:
    secret = freek.client.cookies["socialwatch"]
    assert freek.post("/uitloggen").status_code == 303
    freek.client.cookies.set("socialwatch", secret)
    assert freek.get("/inbox").status_code == 303


def test_a_new_sign_in_ends_the_session_before_it(freek: Any, app: Any, seed: Any) -> None:
    before = freek.client.cookies["socialwatch"]
    form = freek.client.get("/inloggen", follow_redirects=False)
    assert form.status_code == 303  # signed in already
    again = freek.post("/inloggen", email=EMAIL, password=seed.PASSWORD)
    assert again.status_code == 303
    other = TestClient(app, cookies={"socialwatch": before})
    assert other.get("/inbox", follow_redirects=False).status_code == 303


def test_a_session_ends_when_it_is_not_used(freek: Any, wall: Any) -> None:
    wall.now += timedelta(hours=11)
    assert freek.get("/inbox").status_code == 200
    wall.now += timedelta(hours=11)
    assert freek.get("/inbox").status_code == 200  # it was used meanwhile
    wall.now += timedelta(hours=13)
    assert freek.get("/inbox").status_code == 303


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/dossier/3", "/dossier/3"),
        ("//kwaad.example", "/"),
        ("https://kwaad.example", "/"),
        ("/\\kwaad.example", "/"),
        ("/\tkwaad", "/"),
        (None, "/"),
    ],
)
def test_after_signing_in_one_never_lands_elsewhere(wanted: str | None, got: str) -> None:
    assert local_path(wanted) == got


def test_passwords_are_hashed_and_an_unknown_account_never_fits() -> None:
    stored = hash_password("lang genoeg")
    assert stored.startswith("$argon2id$")
    assert verify(stored, "lang genoeg")
    assert not verify(stored, "iets anders")
    assert not verify(None, "nobody signs in with this")
    assert not verify("geen hash", "lang genoeg")
