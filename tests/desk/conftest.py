from tests.handoff.conftest import clock, database_url, desk, everything_logged  # noqa: F401 - fixtures
