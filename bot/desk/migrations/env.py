"""Run by alembic with the connection that ``bot.desk.migrate`` hands over."""
from alembic import context

from bot.desk.tables import tables

context.configure(connection=context.config.attributes["connection"], target_metadata=tables, version_table="desk_version",
                  transactional_ddl=True)
context.run_migrations()
