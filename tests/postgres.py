"""A PostgreSQL server of our own for the tests: real, empty, on a Unix socket, gone afterwards.

Use it with ``from tests.postgres import postgres_server, postgres_url`` in a conftest.
"""
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

HOW_TO_GET_IT = "PostgreSQL is not here: run apt-get install postgresql (or put initdb and pg_ctl on the PATH)"
_numbers = itertools.count(1)


def _binaries():
    """The folder of initdb and pg_ctl: PG_BIN, the PATH, or where Debian keeps them."""
    folders = [os.environ.get("PG_BIN", ""), os.path.dirname(os.path.realpath(shutil.which("initdb") or ""))]
    folders += sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    return next((Path(f) for f in folders if f and (Path(f) / "initdb").exists() and (Path(f) / "pg_ctl").exists()), None)


def _as_postgres(*command):
    """PostgreSQL refuses to run as root: step down to its own user if we are root."""
    step_down = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*step_down, *map(str, command)], cwd="/", capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{Path(command[0]).name} failed: {done.stderr[-800:]}"


@pytest.fixture(scope="session")
def postgres_server():
    """The folder of a running server's socket. Skips, with how to mend it, where there is no PostgreSQL."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip(HOW_TO_GET_IT)
    pytest.importorskip("psycopg2", reason="psycopg2-binary is missing; it comes with Rasa")
    folder = Path(tempfile.mkdtemp(prefix="frontdoor-pg-", dir="/tmp"))     # a socket's path must be short
    if os.geteuid() == 0:
        try:
            owner = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("we are root and there is no user postgres: " + HOW_TO_GET_IT)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    try:
        _as_postgres(binaries / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        _as_postgres(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o",
                     f"-c listen_addresses='' -c fsync=off -k {folder}", "start")
        yield folder
    finally:
        if (data / "postmaster.pid").exists():
            _as_postgres(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server):
    """An empty database for one test."""
    with an_empty_database(postgres_server) as url:
        yield url


@contextmanager
def an_empty_database(postgres_server):
    """The address of an empty database, gone afterwards."""
    base, name = f"postgresql://postgres@/{{}}?host={postgres_server}", f"test_{next(_numbers)}"
    server = create_engine(base.format("postgres"), future=True, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
    with server.connect() as db:
        db.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield base.format(name)
    finally:
        with server.connect() as db:
            db.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()
