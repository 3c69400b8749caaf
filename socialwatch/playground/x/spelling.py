"""The two spellings of X's fields, tweet before August 2026 and post after it; a request's parameters choose."""

from collections.abc import Mapping
from dataclasses import dataclass

from socialwatch.playground.wire import Request
from socialwatch.playground.x.problems import Refusal, invalid

_COMMON = """
    article attachments card_uri community_id context_annotations conversation_id created_at
    display_text_range edit_controls entities geo id lang matched_media_notes media_metadata
    non_public_metrics note_request_suggestions organic_metrics paid_partnership possibly_sensitive
    promoted_metrics public_metrics reply_settings scopes source suggested_source_links
    suggested_source_links_with_counts text withheld
"""
_EXPANSIONS = """
    article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet
    attachments.poll_ids author_id entities.mentions.username geo.place_id in_reply_to_user_id
"""
_USER = """
    confirmed_email connection_status created_at description entities id is_identity_verified
    location name parody profile_banner_url profile_image_url protected public_metrics
    receives_your_dm subscription subscription_type url username verified verified_followers_count
    verified_type withheld
"""


@dataclass(frozen=True, slots=True)
class Spelling:
    """The names of one spelling, and what may be asked for in it."""

    fields_parameter: str
    noun: str
    fields: frozenset[str]
    expansions: frozenset[str]
    user_fields: frozenset[str]
    history: str
    referenced: str
    referenced_expansion: str
    note: str
    reposts: str
    count: str
    include: str


OLD = Spelling(
    fields_parameter="tweet.fields",
    noun="tweet",
    fields=frozenset(
        [
            *_COMMON.split(),
            "author_id",
            "edit_history_tweet_ids",
            "in_reply_to_user_id",
            "note_tweet",
            "referenced_tweets",
        ]
    ),
    expansions=frozenset(
        [
            *_EXPANSIONS.split(),
            "edit_history_tweet_ids",
            "entities.note.mentions.username",
            "referenced_tweets.id",
            "referenced_tweets.id.attachments.media_keys",
            "referenced_tweets.id.author_id",
        ]
    ),
    user_fields=frozenset([*_USER.split(), "affiliation", "most_recent_tweet_id", "pinned_tweet_id"]),
    history="edit_history_tweet_ids",
    referenced="referenced_tweets",
    referenced_expansion="referenced_tweets.id",
    note="note_tweet",
    reposts="retweet_count",
    count="tweet_count",
    include="tweets",
)
# In the new documents author_id, in_reply_to_user_id, referenced_posts and edit_history_post_ids are no fields to ask
# for: they come with the expansion of the same name.
NEW = Spelling(
    fields_parameter="post.fields",
    noun="post",
    fields=frozenset([*_COMMON.split(), "article_title", "note_post"]),
    expansions=frozenset([*_EXPANSIONS.split(), "edit_history_post_ids", "referenced_posts", "username"]),
    user_fields=frozenset([*_USER.split(), "subscribes_to_you"]),
    history="edit_history_post_ids",
    referenced="referenced_posts",
    referenced_expansion="referenced_posts",
    note="note_post",
    reposts="repost_count",
    count="post_count",
    include="posts",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What one request wants to see: the fields of posts and users, and the things to include."""

    spelling: Spelling
    fields: frozenset[str]
    expansions: frozenset[str]
    user_fields: frozenset[str]


def wish(request: Request, *, users: bool = False) -> Wish:
    """The wish of a request; Refusal (400) when it names a field that its spelling does not have.

    `users` is for the calls that answer with users, whose expansions are of another kind and are not served.
    """
    query = request.query
    spelling = NEW if "post.fields" in query or "referenced_posts" in query.get("expansions", "") else OLD
    return Wish(
        spelling=spelling,
        fields=_chosen(query, spelling.fields_parameter, spelling.fields),
        expansions=frozenset() if users else _chosen(query, "expansions", spelling.expansions),
        user_fields=_chosen(query, "user.fields", spelling.user_fields),
    )


def _chosen(query: Mapping[str, str], parameter: str, known: frozenset[str]) -> frozenset[str]:
    chosen = [part for part in query.get(parameter, "").split(",") if part]
    for one in chosen:
        if one not in known:
            message = f"The `{parameter}` query parameter value [{one}] is not one of [{','.join(sorted(known))}]"
            raise Refusal(invalid({parameter: one}, message))
    return frozenset(chosen)
