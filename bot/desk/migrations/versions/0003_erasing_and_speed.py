"""Erasing and legal hold, reasons in the record, and indexes from which the inbox is ordered and counted."""
import sqlalchemy as sa
from alembic import op

from bot.handoff.database import Utc

revision, down_revision = "0003", "0002"
_ERASED = "EXISTS (SELECT 1 FROM desk_audit WHERE contact_id = OLD.contact_id AND what = 'erased')"
_SQLITE = ("DROP TRIGGER IF EXISTS desk_note_no_delete",
           f"CREATE TRIGGER desk_note_no_delete BEFORE DELETE ON desk_note WHEN NOT {_ERASED} "
           "BEGIN SELECT RAISE(ABORT, 'desk_note is append only'); END")
_POSTGRESQL = ("CREATE OR REPLACE FUNCTION frontdoor_only_erased() RETURNS trigger AS $$ BEGIN "
               f"IF TG_OP = 'DELETE' AND {_ERASED} THEN RETURN OLD; END IF; "
               "RAISE EXCEPTION 'this table is append only'; END $$ LANGUAGE plpgsql",
               "DROP TRIGGER IF EXISTS desk_note_append_only ON desk_note",
               "CREATE TRIGGER desk_note_append_only BEFORE UPDATE OR DELETE ON desk_note "
               "FOR EACH ROW EXECUTE FUNCTION frontdoor_only_erased()")


def upgrade() -> None:
    """Add what is new; contacts stay as they are."""
    op.add_column("desk_contact", sa.Column("erased_at", Utc))
    op.add_column("desk_audit", sa.Column("why", sa.String(400)))
    op.add_column("desk_pulse", sa.Column("bell", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table("desk_hold", sa.Column("contact_id", sa.String(36), sa.ForeignKey("desk_contact.id"), primary_key=True),
                    sa.Column("at", Utc, nullable=False), sa.Column("who", sa.String(120), nullable=False),
                    sa.Column("why", sa.String(400), nullable=False))
    op.drop_index("desk_contact_in_turn", "desk_contact")
    op.create_index("desk_contact_turn", "desk_contact", ["state", "flagged", "received_at", "id"])
    op.create_index("desk_contact_open", "desk_contact", ["passed_at", "erased_at", "door", "state", "worker_seen_at", "open_by", "acknowledged_at",
                                                          "decide_by", "pass_by"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Refused: reasons and holds would be lost."""
    raise NotImplementedError("this would remove legal holds and reasons from the record; restore a backup instead")
