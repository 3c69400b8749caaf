"""What the brief is made from."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from socialwatch.domain.mention import Mention
from socialwatch.web.matter import matter

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def ours(number: str, text: str, in_reply_to: str | None) -> Any:
    made = Mention(channel="facebook", id=number, version_id=number, text=text, created_at=AT, own=True,
                   in_reply_to=in_reply_to)  # fmt: skip
    return SimpleNamespace(mention=made, gone_at=None, id=int(number), customer_id=None)


def test_what_the_brand_posts_to_everybody_is_no_answer_to_this_customer() -> None:
    posts = {1: ours("1", "Bestel je voor woensdag, dan gaat het donderdag de deur uit.", None),
             2: ours("2", "We sturen er vandaag een na.", "1")}  # fmt: skip
    past = SimpleNamespace(promised=(), posts={}, replies=[], assessments={})
    found: Any = SimpleNamespace(
        posts=posts, replies=[], assessments={}, file=None, past=past, case=SimpleNamespace(id=7, language="nl")
    )
    assert [each.text for each in matter(found, []).answered] == ["We sturen er vandaag een na."]
