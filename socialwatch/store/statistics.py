"""Statistics: what SQLite's planner is told of the large tables.

Without it any index that begins with the brand looks as good to it as a key, and it reads every case of a brand to find
sixty. PostgreSQL looks by itself. `PRAGMA optimize` would not do: until SQLite 3.46 it looks only at what its own
connection asked before, and it also looks at tables that are empty now and long in a minute.
"""

from sqlalchemy import Table, func, literal_column, select

from socialwatch.store.tables import case, contact, customer, handle, identity, line, mention, order, order_line
from socialwatch.store.unit import Unit

# `assessment` and others are only asked by their key; `job` and `event` are empty one minute and full the next.
LARGE: tuple[Table, ...] = (case, mention, line, customer, handle, order, order_line, contact, identity)
# Of a short table it would learn that reading all of it is quickest, and keep to that while the table grows.
ROWS = 10_000
ENTRIES = 400  # of each index that are looked at; with all of them it takes seconds, in which nobody else can write


def renew(unit: Unit) -> int:
    """Look at the large tables again; gives back how many there were. Connections that are open learn of it when they
    are made anew, see store/unit.
    """
    if unit.postgresql:
        return 0
    found = [each for each in LARGE if _last(unit, each) >= ROWS]
    unit.connection.exec_driver_sql(f"PRAGMA analysis_limit={ENTRIES}")
    for each in found:
        unit.connection.exec_driver_sql(f'ANALYZE main."{each.name}"')
    return len(found)


def _last(unit: Unit, table: Table) -> int:
    """The number of its last row, which costs nothing where counting would read them all."""
    return int(unit.run(select(func.max(literal_column("rowid"))).select_from(table)).scalar_one() or 0)
