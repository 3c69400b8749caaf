"""Every word of the domain that a page can show has its Dutch name, so that no English code ever stands on a screen."""

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

import socialwatch.channels
from socialwatch.domain.agent import Role
from socialwatch.domain.assessment import Feeling, Hazard, Kind
from socialwatch.domain.audit import Missing
from socialwatch.domain.brief import Source, Topic
from socialwatch.domain.case import State
from socialwatch.domain.health import Condition
from socialwatch.domain.identity import Basis
from socialwatch.domain.owner import Why
from socialwatch.domain.reply import ReplyState
from socialwatch.steps.line import NEXT, STAGES
from socialwatch.store.streams import Stream
from socialwatch.store.stuck import ABOUT_CASES, ABOUT_REPLIES
from socialwatch.web import channel_news, dutch, known

ROOM = Path(socialwatch.channels.__file__).parent


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (channel_news.STEPS, STAGES),
        (channel_news.STEPS, set(NEXT.values())),
        (channel_news.CONDITIONS, Condition),
        (channel_news.MISSING, Missing),
        (dutch.CHANNELS, {each.stem for each in ROOM.iterdir() if not each.name.startswith("__")}),
        (dutch.KINDS, Kind),
        (dutch.HAZARDS, Hazard),
        (dutch.FEELINGS, Feeling),
        (dutch.STATES, State),
        (dutch.REPLY_STATES, ReplyState),
        (dutch.STREAMS, Stream),
        (known.TOPICS, Topic),
        (known.TOPIC_SOURCES, Source),
        (dutch.BASES, Basis),
        (dutch.OWNER_WHY, Why),
        (dutch.ROLES, Role),
    ],
    ids=["steps", "next steps", "conditions", "missing", "channels", "kinds", "hazards", "feelings", "states",
         "reply states", "streams", "topics", "sources", "bases", "owner why", "roles"],
)  # fmt: skip
def test_every_word_has_a_dutch_name(names: Mapping[str, str], words: Collection[str]) -> None:
    assert {str(each) for each in words} - set(names) == set()


def test_no_step_is_named_that_nothing_walks() -> None:
    assert set(channel_news.STEPS) == set(STAGES)
    assert set(STAGES) >= ABOUT_CASES | ABOUT_REPLIES
