"""The thread of a dossier as the page shows it: posts, our answers, notes and hand-overs, in order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain.assessment import Assessment, Feeling, Hazard, Kind
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.mood import Step, mood
from socialwatch.domain.names import is_real
from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.domain.risk import LIKELY
from socialwatch.store.dossier import Dossier
from socialwatch.store.mentions import Stored
from socialwatch.web import dutch_history
from socialwatch.web.marks import Piece, pieces
from socialwatch.web.words import readable

_POSTS = (LineKind.MENTION, LineKind.OWN_POST, LineKind.THANKS)
_SILENT = (LineKind.OPENED,)
DUTCH = frozenset({"nl", "nl-BE"})


@dataclass(frozen=True, slots=True)
class Post:
    """One post with what was read in it, cut into pieces to show."""

    stored: Stored
    assessment: Assessment | None
    pieces: tuple[Piece, ...]
    versions: tuple[str, ...]

    @property
    def key(self) -> str:
        return key(self.stored)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the thread: exactly one of `post`, `reply` and `line` says what; `who` acted, `to` received."""

    at: datetime
    post: Post | None = None
    reply: Reply | None = None
    line: Line | None = None
    who: str | None = None
    to: str | None = None
    words: str = ""
    leads_to: int | None = None

    @property
    def audience(self) -> str:
        """Who can read it: "public", "private" (the customer and we) or "team"."""
        if self.post is not None:
            return "public" if self.post.stored.mention.audience == "public" else "private"
        if self.reply is not None:
            return "public" if self.reply.audience == "public" else "private"
        return self.line.audience if self.line is not None and self.line.kind is LineKind.CALL else "team"


@dataclass(frozen=True, slots=True)
class Impression:
    """The first impression of a case: of its gravest post; `by_rules` when rules said all but the frustration,
    `foreign` when it is not in Dutch, which the model knows less well.
    """

    level: int
    distress: float
    feelings: tuple[Feeling, ...]
    hazards: tuple[Hazard, ...]
    kind: str
    behalf: str | None
    by_rules: bool = False
    foreign: bool = False


def key(stored: Stored) -> str:
    """How a post is named in forms and marks: "x:123", by the platform's own id."""
    return f"{stored.mention.channel}:{stored.mention.id}"


def entries(found: Dossier) -> list[Entry]:
    """Everything of the case in the order of its moments."""
    told = {each.id: each for each in found.replies if each.state is not ReplyState.TAKEN_BACK}
    ours = {each.platform_id for each in found.replies if each.platform_id}
    made = list(_of_lines(found, told, ours))
    placed = {each.reply.id for each in made if each.reply is not None}
    made += [
        Entry(each.created_at, reply=each, who=found.names.get(each.agent_id))
        for each in told.values()
        if each.id not in placed
    ]
    made.sort(key=lambda each: each.at)
    return made


def _of_lines(found: Dossier, told: Mapping[int, Reply], ours: set[str]) -> Iterator[Entry]:
    shown: set[int] = set()
    for line in found.lines:
        stored = found.posts.get(line.mention_id or 0) if line.kind in _POSTS else None
        if line.kind in _SILENT or (stored and stored.id in shown):
            continue
        if stored is not None:
            shown.add(stored.id)
            if stored.mention.id not in ours:
                yield Entry(line.at, post=post(found, stored))
        elif reply := told.get(line.reply_id or 0):
            yield Entry(line.at, reply=reply, who=_name(found, line.agent_id))
        else:
            yield _event(found, line)


def _event(found: Dossier, line: Line) -> Entry:
    """A line without post or reply. An assignment carries its new owner; who did it stands in the detail."""
    if line.kind is LineKind.ASSIGNED:
        return Entry(line.at, line=line, who=_name(found, line.detail.get("by")), to=_name(found, line.agent_id))
    told = dutch_history.row(line, found.names, line.at)
    return Entry(line.at, line=line, who=_name(found, line.agent_id), words=told.words, leads_to=told.to)


def _name(found: Dossier, number: object) -> str | None:
    return found.names.get(number) if isinstance(number, int) else None


def post(found: Dossier, stored: Stored) -> Post:
    read = found.assessments.get(stored.id)
    cut = pieces(stored.mention.text, found.why.get(stored.id, ()), read.facts if read else ())
    versions = tuple(readable(each) for each in found.versions.get(stored.id, ()) if each)
    return Post(stored, read, cut, versions)


def theirs(found: Dossier) -> list[Stored]:
    """The customer's posts, newest first."""
    posts = [each for each in found.posts.values() if not each.mention.own]
    return sorted(posts, key=lambda each: (each.mention.created_at, each.id), reverse=True)


def moods(found: Dossier) -> tuple[Step, ...]:
    """How the customer's mood turned, post by post; what was not read yet says nothing."""
    thanked = {each.mention_id for each in found.lines if each.kind is LineKind.THANKS}
    steps = [_step(each, found.assessments[each.id], thanked) for each in theirs(found) if each.id in found.assessments]
    return mood(steps)


def _step(post: Stored, read: Assessment, thanked: set[int | None]) -> Step:
    thanks = post.id in thanked or read.reading.kind is Kind.THANKS
    return Step(post.mention.created_at, None if thanks else read.reading.level)


def called(found: Dossier) -> str:
    """What the customer calls themselves, where that looks like a name: a start for who looks them up."""
    names = [each.mention.author.name for each in theirs(found) if each.mention.author]
    return next((name for name in names if name and is_real(name)), "")


def impression(found: Dossier) -> Impression | None:
    """What was read in the gravest post, with the hazards of all of them; None while nothing was read."""
    read = [found.assessments[each.id] for each in theirs(found) if each.id in found.assessments]
    if not read:
        return None
    gravest = max(read, key=lambda each: (each.reading.level, each.reading.frustration)).reading
    feelings = tuple(name for name, score in gravest.feelings.items() if score >= LIKELY)
    behalf = next((each.behalf for each in read if each.behalf), None)
    return Impression(
        gravest.level,
        gravest.distress,
        feelings,
        _hazards(read),
        gravest.kind.value,
        behalf,
        by_rules=bool(gravest.by_rules),
        foreign=gravest.language not in DUTCH,
    )


def _hazards(read: Sequence[Assessment]) -> tuple[Hazard, ...]:
    highest: dict[Hazard, float] = {}
    for each in read:
        for name, score in each.reading.hazards.items():
            highest[name] = max(score, highest.get(name, 0.0))
    return tuple(sorted((name for name, score in highest.items() if score >= LIKELY), key=lambda name: -highest[name]))
