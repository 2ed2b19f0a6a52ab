"""One process of one function: its own code, its layers, its settings, and nothing else of this machine."""

import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tools.gateway.built import Built, Packaged
from tools.gateway.runtime_api import Invocation, Outcome, RuntimeApi

ACCOUNT: Final = "000000000000"
LOCAL_ONLY: Final = ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "CVD_JWKS_URL")
"""What a function has in the cloud by itself, or does not need there: where AWS is, and who it is."""
_MEBIBYTE: Final = 1024
_GONE_WITHIN_SECONDS: Final = 2.0


class TimedOut(Exception):
    """The function took longer than its declaration allows; its process was ended."""


class Failed(Exception):
    """The function raised, or its process ended; the text says how."""


@dataclass(frozen=True)
class Place:
    """Where functions run: the build, what settings are there, and where they may write their logs."""

    built: Built
    settings: Mapping[str, str]
    log: IO[bytes] | None = None


class Sandbox:
    """A running process; it takes one event at a time. The code is imported while the first event waits."""

    def __init__(self, function: Packaged, place: Place, *, task: Path | None = None) -> None:
        """Start it; on another folder of code than its own, if one is named."""
        self.function = function
        self.started = self.used = time.monotonic()
        self._api = RuntimeApi()
        task = task or place.built.task(function)
        self._process = subprocess.Popen(
            [interpreter(), "-S", "-m", "awslambdaric", function.handler],
            cwd=task,
            env=environment(function, place, task) | {"AWS_LAMBDA_RUNTIME_API": self._api.address},
            stdin=subprocess.DEVNULL,
            stdout=place.log or subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )

    @property
    def is_alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    @property
    def peak_kibibytes(self) -> int:
        """The most memory that it has had; 0 where the system does not tell."""
        try:
            told = Path(f"/proc/{self._process.pid}/status").read_text()
        except OSError:
            return 0
        return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")), 0)

    @property
    def processor_seconds(self) -> float:
        """The processor time that its threads have taken, to the nanosecond; 0 where the system does not tell."""
        try:
            threads = list(Path(f"/proc/{self._process.pid}/task").iterdir())
            return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9
        except OSError:
            return 0.0

    def invoke(self, event: bytes, *, seconds: float) -> bytes:
        """Hand over one event and wait for the answer. Raises `TimedOut`, or `Failed`."""
        self.used = time.monotonic()
        asked = Invocation(event, arn=arn_of(self.function), seconds=seconds)
        self._api.hand_over(asked)
        outcome = self._outcome(asked, until=self.used + seconds)
        self.used = time.monotonic()
        if outcome.error is not None:
            raise Failed(outcome.error)
        self._end_when_too_large()
        return outcome.body

    def _outcome(self, asked: Invocation, *, until: float) -> Outcome:
        while not asked.done.wait(min(0.25, max(0.0, until - time.monotonic()))):
            if not self.is_alive:
                asked.end(Outcome(error=f"The process ended with status {self._process.returncode}."))
            elif time.monotonic() >= until:
                self.end()
                raise TimedOut(f"{self.function.name} took longer than {self.function.timeout} seconds.")
        return asked.outcome

    def _end_when_too_large(self) -> None:
        """Lambda ends a process that outgrows its memory; here that is seen after the event."""
        if self.peak_kibibytes > self.function.memory * _MEBIBYTE:
            self.end()
            had = self.peak_kibibytes // _MEBIBYTE
            raise Failed(f"{self.function.name} took more than its {self.function.memory} MiB (had {had}).")

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait(_GONE_WITHIN_SECONDS)
        self._api.close()


def interpreter() -> str:
    """The plain Python of this machine, without the virtual environment."""
    return str(getattr(sys, "_base_executable", sys.executable))


def arn_of(function: Packaged) -> str:
    """Its name as AWS would have it."""
    return f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{function.name}"


def environment(function: Packaged, place: Place, task: Path) -> dict[str, str]:
    """All variables of the process: the declared settings and what Lambda sets; nothing of ours is inherited."""
    layers = [str(place.built.layer(name)) for name in function.layers]
    region = place.settings.get("AWS_REGION", "us-east-1")
    declared = {name: place.settings[name] for name in function.environment if name in place.settings}
    local = {name: place.settings[name] for name in LOCAL_ONLY if name in place.settings}
    return {
        **local,
        **declared,
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": ":".join([str(task), *layers, str(place.built.runtime)]),
        # The folders of a function are read-only in the cloud: it runs on the bytecode in its archives, or on none.
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.11",
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "local",
        "LAMBDA_TASK_ROOT": str(task),
        "LAMBDA_RUNTIME_DIR": str(place.built.runtime),
        "_HANDLER": function.handler,
    }
