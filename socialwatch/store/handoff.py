"""Handoff: the mail address of who wrote a post, when we are sure enough that it is theirs."""

from sqlalchemy import and_, or_, select

from socialwatch.domain.handoff import sure
from socialwatch.store.mentions import Stored
from socialwatch.store.tables import case, customer, identity
from socialwatch.store.unit import Unit


def address(unit: Unit, post: Stored) -> str | None:
    """The address of the case's customer, when the author of this very post is linked to them for sure."""
    author = post.mention.author
    about = identity.c.mention_id == post.id
    if author is not None:
        about = or_(about, and_(identity.c.channel == post.mention.channel, identity.c.author_id == author.id))
    query = (
        select(identity.c.basis, identity.c.confirmed_by, customer.c.email)
        .join(case, case.c.customer_id == identity.c.customer_id)
        .join(customer, and_(customer.c.brand == identity.c.brand, customer.c.id == identity.c.customer_id))
        .where(case.c.id == post.case_id, identity.c.brand == post.mention.brand, about)
        .where(identity.c.offered.is_(False), identity.c.undone_at.is_(None))
    )
    rows = unit.run(query).all()
    found = [row.email for row in rows if sure(row.basis, confirmed=row.confirmed_by is not None)]
    return next((email for email in found if email and "@" in email), None)
