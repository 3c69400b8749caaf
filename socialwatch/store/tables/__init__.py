"""Every table, one file per group; the brand stands on each of them from the first migration on."""

from socialwatch.store.tables.cases import case, escalation, gesture, line, offer, promise, reply, set_aside, thanks
from socialwatch.store.tables.columns import Key, Moment, metadata
from socialwatch.store.tables.copies import shop_copy
from socialwatch.store.tables.customers import contact, customer, handle, identity, order, order_line
from socialwatch.store.tables.desk import (
    beckon,
    building_block,
    case_tag,
    chance,
    correction,
    saved_filter,
    survey,
    undoing,
)
from socialwatch.store.tables.forgotten import forgotten, installation
from socialwatch.store.tables.intake import (
    assessment,
    compliance,
    delivery,
    hazard,
    lease,
    mention,
    mention_version,
    source,
    spend,
)
from socialwatch.store.tables.learning import improvement, situation, situation_case, story
from socialwatch.store.tables.people import absence, agent, audit, session, shift, sign_in
from socialwatch.store.tables.traffic import event, job, notification

__all__ = [
    "Key",
    "Moment",
    "absence",
    "agent",
    "assessment",
    "audit",
    "beckon",
    "building_block",
    "case",
    "case_tag",
    "chance",
    "compliance",
    "contact",
    "correction",
    "customer",
    "delivery",
    "escalation",
    "event",
    "forgotten",
    "gesture",
    "handle",
    "hazard",
    "identity",
    "improvement",
    "installation",
    "job",
    "lease",
    "line",
    "mention",
    "mention_version",
    "metadata",
    "notification",
    "offer",
    "order",
    "order_line",
    "promise",
    "reply",
    "saved_filter",
    "session",
    "set_aside",
    "shift",
    "shop_copy",
    "sign_in",
    "situation",
    "situation_case",
    "source",
    "spend",
    "story",
    "survey",
    "thanks",
    "undoing",
]
