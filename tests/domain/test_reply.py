"""Reply: who reads an answer."""

import pytest

from socialwatch.domain.reply import heard_by


@pytest.mark.parametrize(
    ("asked", "mention", "heard"),
    [
        ("public", "public", "public"),
        ("private", "public", "private"),
        ("public", "private", "private"),  # a mail is answered by mail
        ("private", "private", "private"),
    ],
)
def test_an_answer_to_a_private_message_is_private_whatever_was_asked(asked: str, mention: str, heard: str) -> None:
    assert heard_by(asked, mention) == heard
