"""Matter: what the brief is made from, out of everything that a dossier holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from socialwatch.domain.assessment import Assessment, Stake
from socialwatch.domain.brief.words import Answered, Matter, Promised, Said
from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.store.dossier import Dossier
from socialwatch.store.mentions import Stored
from socialwatch.web.words import readable


def matter(found: Dossier, theirs: Sequence[Stored]) -> Matter:
    """Everything that bears on this case; `theirs` are its posts that are not ours, newest first."""
    mine = [each for each in reversed(theirs) if each.gone_at is None]
    read = [found.assessments[each.id] for each in mine if each.id in found.assessments]
    gravest = max(read, key=lambda each: (each.reading.level, each.reading.frustration), default=None)
    return Matter(
        file=found.file,
        said=_said(mine, found.assessments),
        answered=(*_answered(found.replies, None), *_own_posts(found)),
        promised=tuple(_here(each, found.case.id) for each in found.past.promised),
        earlier=_earlier(found),
        behalf=next((each.behalf for each in read if each.behalf), None),
        feelings=gravest.reading.feelings if gravest else {},
        stakes=tuple(_stakes(read)),
        language=found.case.language,
    )


def _said(posts: Iterable[Stored], read: Mapping[int, Assessment], case: int | None = None) -> tuple[Said, ...]:
    return tuple(
        Said(
            readable(each.mention.text),
            each.mention.created_at,
            read[each.id].facts if each.id in read else (),
            read[each.id].reading.kind if each.id in read else None,
            case,
            each.mention.channel,
            each.mention.author.id if each.mention.author else None,
            each.customer_id,
        )
        for each in posts
    )


def _answered(replies: Iterable[Reply], case: int | None) -> list[Answered]:
    sent = [each for each in replies if each.state is ReplyState.SENT]
    return [Answered(readable(each.text), each.created_at, case) for each in sent]


def _own_posts(found: Dossier) -> list[Answered]:
    """What colleagues answered on the platform itself; what the brand posts to everybody answers nobody."""
    ours = {each.platform_id for each in found.replies if each.platform_id}
    posts = [each.mention for each in found.posts.values() if each.mention.own and each.mention.id not in ours]
    posts = [each for each in posts if each.in_reply_to]
    return [Answered(readable(each.text), each.created_at) for each in posts]


def _here(promised: Promised, number: int) -> Promised:
    """A promise made in this very case needs no number to find it by."""
    return replace(promised, case=None) if promised.case == number else promised


def _earlier(found: Dossier) -> tuple[Said, ...]:
    """What this customer, and nobody else, wrote in earlier cases."""
    past = found.past
    return tuple(
        said
        for number, posts in past.posts.items()
        for said in _said(
            [each for each in posts if not each.mention.own and each.customer_id == found.case.customer_id],
            past.assessments,
            number,
        )
    )


def _stakes(read: Iterable[Assessment]) -> Iterable[Stake]:
    return {each.what: each for known in read for each in known.stakes}.values()
