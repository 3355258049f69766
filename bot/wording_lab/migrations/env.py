"""Run by alembic with the connection that ``bot.desk.migrate`` hands over."""
from alembic import context

from bot.wording_lab.tables import tables

context.configure(connection=context.config.attributes["connection"], target_metadata=tables, version_table="lab_version",
                  transactional_ddl=True)
context.run_migrations()
