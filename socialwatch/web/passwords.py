"""Passwords: argon2 with its library's present advice; nothing here knows about the web."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 8
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """What may be stored."""
    return _hasher.hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Whether this is the password; an unknown account costs the same time as a known one."""
    try:
        right = _hasher.verify(stored if stored is not None else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody signs in with this")
