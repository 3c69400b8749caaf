"""Search in full text, chances that were decided about, and how to take back what was just done.

What the engine builds for searching stands beside the tables and is kept by triggers (SQLite) or as an index
(PostgreSQL), so that nothing that writes has to think of it. Everything in it is named search_....
"""

import sqlalchemy as sa
from alembic import op

from socialwatch.store.tables.columns import Key, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# (search table, what it follows, its key, the columns)
FOLLOWED = (
    ("search_post", "mention", "id", ("brand", "text", "author_name", "author_handle")),
    ("search_case", "case", "id", ("brand", "title")),
    ("search_customer", "search_person", "id", ("brand", "name", "email")),
)
# A row of `customer` has no number of its own that stays, so those who can be found get one here.
PERSON = """CREATE TABLE search_person (
    id INTEGER PRIMARY KEY, brand VARCHAR(60) NOT NULL, customer_id VARCHAR(80) NOT NULL,
    name VARCHAR(200) NOT NULL, email VARCHAR(200), UNIQUE (brand, customer_id))"""
PERSON_TRIGGERS = (
    """CREATE TRIGGER search_person_in AFTER INSERT ON customer BEGIN
    INSERT INTO search_person (brand, customer_id, name, email) VALUES (new.brand, new.id, new.name, new.email); END""",
    """CREATE TRIGGER search_person_new AFTER UPDATE OF name, email ON customer
    WHEN old.name IS NOT new.name OR old.email IS NOT new.email BEGIN
    UPDATE search_person SET name = new.name, email = new.email
    WHERE brand = new.brand AND customer_id = new.id; END""",
    """CREATE TRIGGER search_person_out AFTER DELETE ON customer BEGIN
    DELETE FROM search_person WHERE brand = old.brand AND customer_id = old.id; END""",
)
ACCENTS = ("àáâãäåçèéêëìíîïñòóôõöùúûüýÿšžğşčćřńśźżőű", "aaaaaaceeeeiiiinooooouuuuyyszgsccrnszzou")
# One way to take words apart for the index and for the question: letters and digits, without case and accents.
WORDS = f"""CREATE FUNCTION search_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.to_tsvector('pg_catalog.simple', pg_catalog.regexp_replace(pg_catalog.translate(
        pg_catalog.lower(pg_catalog.left(said, 20000)), '{ACCENTS[0]}', '{ACCENTS[1]}'),
        '[^[:alnum:]]+', ' ', 'g')) $$"""
GIN = (
    ("search_post", "mention", "text || ' ' || coalesce(author_name, '') || ' ' || coalesce(author_handle, '')"),
    ("search_case", '"case"', "title"),
    ("search_customer", "customer", "name || ' ' || coalesce(email, '')"),
)
CHANCE = sa.text("chance >= 0.6")


def upgrade() -> None:
    _tables()
    op.create_index(
        "ix_assessment_chance", "assessment", ["brand", "mention_id"], postgresql_where=CHANCE, sqlite_where=CHANCE
    )
    run = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "postgresql":
        run(WORDS)
        for name, table, words in GIN:
            run(f"CREATE INDEX {name} ON {table} USING gin (search_words({words}))")
        return
    run(PERSON)
    run("INSERT INTO search_person (brand, customer_id, name, email) SELECT brand, id, name, email FROM customer")
    for name, table, key, columns in FOLLOWED:
        for statement in _following(name, table, key, columns):
            run(statement)
    for statement in PERSON_TRIGGERS:
        run(statement)


def _tables() -> None:
    op.create_table(
        "chance",
        sa.Column("brand", sa.String(60), nullable=False),
        sa.Column("mention_id", Key, autoincrement=False, nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_chance_mention_id_mention")),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_chance")),
    )
    op.create_table(
        "undoing",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("brand", sa.String(60), nullable=False),
        sa.Column("agent_id", Key, nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_undoing_agent_id_agent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undoing")),
    )
    op.create_index("ix_undoing_until", "undoing", ["until"])


def _following(name: str, table: str, key: str, columns: tuple[str, ...]) -> list[str]:
    """The search table of one table, and what keeps it up."""
    listed = ", ".join(columns)
    new, old = (", ".join(f"{which}.{each}" for each in columns) for which in ("new", "old"))
    put = f"INSERT INTO {name} (rowid, {listed}) VALUES (new.{key}, {new});"  # noqa: S608 - our own names
    drop = f"INSERT INTO {name} ({name}, rowid, {listed}) VALUES ('delete', old.{key}, {old});"  # noqa: S608 - our own names
    changed = " OR ".join(f"old.{each} IS NOT new.{each}" for each in columns)
    return [
        f"CREATE VIRTUAL TABLE {name} USING fts5({listed}, content='{table}', content_rowid='{key}', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3', columnsize=0)",
        f"INSERT INTO {name} ({name}) VALUES ('rebuild')",  # noqa: S608 - our own names
        f'CREATE TRIGGER {name}_in AFTER INSERT ON "{table}" BEGIN {put} END',
        f'CREATE TRIGGER {name}_out AFTER DELETE ON "{table}" BEGIN {drop} END',
        f'CREATE TRIGGER {name}_new AFTER UPDATE OF {listed} ON "{table}" WHEN {changed} BEGIN {drop} {put} END',
    ]


def downgrade() -> None:
    run = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "postgresql":
        for name, _, _ in GIN:
            run(f"DROP INDEX {name}")
        run("DROP FUNCTION search_words(text)")
    else:
        for trigger in ("search_person_in", "search_person_new", "search_person_out"):
            run(f"DROP TRIGGER {trigger}")
        for name, _, _, _ in FOLLOWED:
            for end in ("in", "out", "new"):
                run(f"DROP TRIGGER {name}_{end}")
            run(f"DROP TABLE {name}")
        run("DROP TABLE search_person")
    op.drop_index("ix_assessment_chance", table_name="assessment")
    op.drop_table("undoing")
    op.drop_table("chance")
