"""Alembic's entry: it works on the connection that it is handed, inside its transaction."""
from alembic import context

from bot.handoff.tables import tables

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=tables, transactional_ddl=False)
context.run_migrations()
