"""Alembic's entrance: it runs in the transaction that it is given and commits nothing itself."""

from alembic import context

from socialwatch.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the unit around it commits, or nothing at all
)
context.run_migrations()
