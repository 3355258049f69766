"""The rights of the desk's own role on PostgreSQL: it adds to the record and can never change it, nor make or drop anything."""
from __future__ import annotations

from sqlalchemy.engine import Engine

from bot.desk.tables import APPEND_ONLY, tables
from bot.wording_lab.tables import APPEND_ONLY as LAB_APPEND_ONLY
from bot.wording_lab.tables import tables as lab_tables

# Of notes, only those of a contact whose erasing stands in the record: a trigger holds it.
_MAY_GO = ("desk_session", "desk_link", "desk_hold", "desk_door_hold", "desk_likeness", "desk_note", "lab_seat", "lab_vote", "lab_text", "lab_flag")


def give_rights(engine: Engine, role: str) -> None:
    """Run as the owner of the tables. Raises ``ValueError`` on another database than PostgreSQL."""
    if engine.dialect.name != "postgresql":
        raise ValueError("Rights are PostgreSQL's. On SQLite whoever can write the file can do everything; triggers keep the record.")
    quoted = engine.dialect.identifier_preparer.quote_identifier(role)
    fixed = {table.name for table in (*APPEND_ONLY, *LAB_APPEND_ONLY)}
    with engine.begin() as db:
        db.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        db.exec_driver_sql(f"GRANT SELECT ON desk_version, lab_version TO {quoted}")
        for name, table in {**tables.tables, **lab_tables.tables}.items():
            rights = "SELECT, INSERT" if name in fixed else "SELECT, INSERT, UPDATE"
            rights += ", DELETE" if name in _MAY_GO else ""
            db.exec_driver_sql(f"REVOKE ALL ON {name} FROM {quoted}")
            db.exec_driver_sql(f"GRANT {rights} ON {name} TO {quoted}")
            if "number" in table.c:
                db.exec_driver_sql(f"GRANT USAGE ON SEQUENCE {name}_number_seq TO {quoted}")
