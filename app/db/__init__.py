"""The database: rows' base and the handle, statements made ready once, and transactions that say when they write."""

from app.db.handle import (
    WRITES,
    Base,
    UtcTime,
    db,
    join_migrations,
    keep_files_private,
    known_migrations,
    upgrade_database,
)
from app.db.outages import is_outage
from app.db.parts import Key, Part, in_order, part_in_order
from app.db.transactions import (
    begin_write,
    give_up,
    init_database,
    insert_new,
    insert_unless_there,
    let_go,
    put_all,
    read,
    read_one,
    write,
    write_all,
    writing,
)

__all__ = [
    "WRITES",
    "Base",
    "Key",
    "Part",
    "UtcTime",
    "begin_write",
    "db",
    "give_up",
    "in_order",
    "init_database",
    "insert_new",
    "insert_unless_there",
    "is_outage",
    "join_migrations",
    "keep_files_private",
    "known_migrations",
    "let_go",
    "part_in_order",
    "put_all",
    "read",
    "read_one",
    "upgrade_database",
    "write",
    "write_all",
    "writing",
]
