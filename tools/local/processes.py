"""What `make run` starts and stops: child processes, the lock that keeps a second one out, and the ports."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_GRACE_SECONDS = 5.0


class CannotRun(Exception):
    """Why the local stage cannot be started, as one sentence for the person at the keyboard."""


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder; the kernel lets go of it when this process ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotRun(
                f"The local stage is already running (process {lock.read().strip() or 'unknown'}): "
                "stop it with Ctrl-C in its own terminal, or use it."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def free(port: int) -> Iterator[None]:
    """Refuse, with the reason, when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotRun(
                f"Port {port} is taken by another program: stop that program, or choose another port "
                f"(make run PORT={port + 1})."
            ) from None
    yield


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Child:
    """A process of ours, in a group of its own, so that Ctrl-C reaches only us and we stop it in our order."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path | None

    def has_ended(self) -> bool:
        """Tell whether it is gone, wanted or not."""
        return self.process.poll() is not None

    def stop(self) -> None:
        """Ask it to end; after some seconds, end it."""
        if self.has_ended():
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def last_words(self) -> str:
        """Return the end of its log."""
        return self.log.read_text(errors="replace")[-1500:] if self.log and self.log.exists() else ""


def start(
    name: str, command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path | None
) -> Child:
    """Start a child; without a log it prints where we print."""
    output = log.open("wb") if log else None
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
        )
    finally:
        if output:
            output.close()
    return Child(name, process, log)


def wait_until(answers: Callable[[], bool], child: Child, *, seconds: float) -> None:
    """Wait until a child answers; say why when it ends instead or stays silent."""
    deadline = time.monotonic() + seconds
    while not answers():
        if child.has_ended():
            raise CannotRun(f"The {child.name} ended while starting.\n{child.last_words()}")
        if time.monotonic() > deadline:
            raise CannotRun(f"The {child.name} does not answer after {seconds:.0f} seconds.\n{child.last_words()}")
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Tell whether something listens on the port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Leftovers:
    """The children of a run that was killed: the next run ends them, if they are still what was written down."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "processes.json"

    def remember(self, children: Sequence[Child]) -> None:
        self._path.write_text(json.dumps({str(child.process.pid): child.name for child in children}))

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)

    def end(self) -> None:
        if not self._path.exists():
            return
        for pid in map(int, json.loads(self._path.read_text())):
            if _is_ours(pid):
                os.killpg(pid, signal.SIGTERM)
                _wait_for_end(pid)
        self.forget()


def _is_ours(pid: int) -> bool:
    """Tell whether the process still is one of this project; its number may have gone to another program."""
    command = _command_of(pid)
    return "tools.local.cloud" in command or "chalice local --stage local" in command


def _command_of(pid: int) -> str:
    on_linux = Path(f"/proc/{pid}/cmdline")
    if on_linux.exists():
        return on_linux.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    if Path("/proc/self").exists():
        return ""
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout


def _wait_for_end(pid: int) -> None:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
