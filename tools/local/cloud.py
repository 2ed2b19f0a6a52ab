"""The local cloud: moto's server with Cognito, S3, SQS, SES, KMS and Secrets Manager, in a thread or its own process.

`python -m tools.local.cloud --port 5000 --folder .local/cloud` serves until it is told to stop and keeps
its state in that folder; without a folder it keeps nothing, which is much faster for many files.
"""

import argparse
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from tools.local import client_tokens, cloud_state, cognito, sqs


class _QuietHandler(MotoRequestHandler):
    """A line for each call to the local cloud would bury what the application prints."""

    def log_request(self, code: Any = "-", size: Any = "-") -> None:  # Any: as werkzeug declares it.
        pass


class Cloud:
    """A running moto server; port 0 takes a free one. `changed` is told each service that a request may change."""

    def __init__(self, *, port: int = 0, changed: Callable[[str], None]) -> None:
        cognito.bring_nearer_to_the_real_one()
        sqs.bear_full_queues()
        moto = cloud_state.Watching(DomainDispatcherApplication(create_backend_app), changed)
        application = client_tokens.TokenEndpoint(moto)
        self._server = make_server("127.0.0.1", port, application, threaded=True, request_handler=_QuietHandler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True, name="local-cloud"
        )

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def main() -> None:
    """Serve in this process until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(description="The local cloud (moto) for development.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    told_to_stop = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    folder: Path | None = arguments.folder
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        cloud_state.load(folder)
    with Cloud(port=arguments.port, changed=lambda service: cloud_state.save(service, folder) if folder else None):
        told_to_stop.wait()


if __name__ == "__main__":
    main()
