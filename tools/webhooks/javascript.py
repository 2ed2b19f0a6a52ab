"""The receiver in JavaScript, where Node is there and `make webhooks-node` has installed the package."""

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

PACKAGES: Final = Path(__file__).parents[2] / "build" / "webhooks-node"
SCRIPT: Final = Path(__file__).with_name("receiver.mjs")


def missing() -> str | None:
    """Tell what is missing to run it; None when nothing is."""
    if shutil.which("node") is None:
        return "node is not on this machine"
    if not (PACKAGES / "node_modules" / "standardwebhooks").is_dir():
        return "the npm package standardwebhooks is not installed: make webhooks-node"
    return None


@contextmanager
def receiver(secret: str, port: int) -> Iterator[str]:
    """Run it on a port; its URL."""
    environment = {**os.environ, "STANDARDWEBHOOKS": str(PACKAGES), "SECRET": secret, "PORT": str(port)}
    with subprocess.Popen(["node", str(SCRIPT)], env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - narrows the type
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


def counts(url: str) -> dict[str, Any]:
    """Return what it has counted: verified, refused, repeated."""
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own address
        counted: dict[str, Any] = json.load(answer)
    return counted
