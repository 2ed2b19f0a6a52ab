"""`python -m tools.exchange proof`: a large file in, twice, cut off by a kill, out and in again; what came of it."""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

import requests

from chalicelib.exchange.rules import sha256
from tools.exchange import sample
from tools.telemetry.storm.stand import Stand, standing

PATIENCE_SECONDS = 1800
TOLD = ("created", "updated", "unchanged", "refused")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof; 0 when everything is as it has to be."""
    parser = argparse.ArgumentParser(prog="python -m tools.exchange", description=__doc__)
    parser.add_argument("command", choices=["proof"])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--bad", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    content = sample.packed(sample.fleet(asked.rows, asked.bad, asked.seed))
    print(f"{asked.rows} rows, {asked.bad} of them bad, {len(content)} bytes zipped")
    first, out = _whole(content)
    second = _cut_off(content)
    third = _again(out)
    checks = {
        "bad rows refused": first.refused == asked.bad,
        "second run changes nothing": first.second_run == {"created": 0, "updated": 0, "refused": asked.bad},
        "killed half-way: the same end": second == first.files,
        "out and in again: equal checksums": third == first.files,
    }
    for what, holds in checks.items():
        print(f"{'yes' if holds else 'NO '}  {what}")
    return 0 if all(checks.values()) else 1


class First:
    """What the first run gave."""

    def __init__(self, refused: int, second_run: Mapping[str, int], files: Mapping[str, Any]) -> None:
        self.refused = refused
        self.second_run = second_run
        self.files = files


def _whole(content: bytes) -> tuple[First, bytes]:
    with standing(workers=1, sender="demoadmin") as stand:
        rehearsal = _wait(stand, _send(stand, content, dry_run=True))
        print(f"rehearsal: {_rows(rehearsal)} in {rehearsal['seconds']:.0f} s")
        done = _wait(stand, _send(stand, content))
        print(f"import:    {_rows(done)} in {done['seconds']:.0f} s")
        again = _wait(stand, _send(stand, content))
        print(f"again:     {_rows(again)} in {again['seconds']:.0f} s")
        files, out = _export(stand)
    second_run = {name: again["rows"][name] for name in ("created", "updated", "refused")}
    return First(done["rows"]["refused"], second_run, files), out


def _cut_off(content: bytes) -> Mapping[str, Any]:
    with standing(workers=1, sender="demoadmin") as stand:
        job = _send(stand, content)
        _wait_until_half_done(stand, job)
        victim = stand.workers.pop()
        victim.process.kill()
        victim.process.wait()
        print(f"killed at: {_rows(_show(stand, job))}")
        stand.hire(1)  # The message comes back to the queue by itself after a while.
        done = _wait(stand, job)
        print(f"resumed:   {_rows(done)}")
        return _export(stand)[0]


def _again(out: bytes) -> Mapping[str, Any]:
    with standing(workers=1, sender="demoadmin") as stand:
        done = _wait(stand, _send(stand, out))
        print(f"out and in: {_rows(done)} in {done['seconds']:.0f} s")
        return _export(stand)[0]


def _send(stand: Stand, content: bytes, *, dry_run: bool = False) -> int:
    wish = {
        "entity": "fleet",
        "format": "zip",
        "dryRun": dry_run,
        "size": len(content),
        "sha256": sha256(content),
    }
    job = _ask(stand, "POST", "/api/exchange/imports", wish)
    requests.put(job["upload"]["url"], data=content, headers=job["upload"]["headers"], timeout=60).raise_for_status()
    return int(_ask(stand, "POST", f"/api/exchange/imports/{job['id']}/start", {})["id"])


def _export(stand: Stand) -> tuple[Mapping[str, Any], bytes]:
    job = _ask(stand, "POST", "/api/exchange/exports", {"format": "jsonl"})
    path = f"/api/exchange/exports/{job['id']}"
    done = _wait_for(stand, path)
    return done["files"], requests.get(done["url"], timeout=60).content


def _show(stand: Stand, job: int) -> dict[str, Any]:  # Any: JSON
    return _ask(stand, "GET", f"/api/exchange/imports/{job}")


def _wait(stand: Stand, job: int) -> dict[str, Any]:  # Any: JSON
    return _wait_for(stand, f"/api/exchange/imports/{job}")


def _wait_for(stand: Stand, path: str) -> dict[str, Any]:  # Any: JSON
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE_SECONDS:
        told = _ask(stand, "GET", path)
        if told["status"] in ("done", "failed"):
            if told["error"]:
                raise SystemExit(f"{path} failed: {told['error']}")
            return {**told, "seconds": time.monotonic() - started}
        time.sleep(0.5)
    raise SystemExit(f"{path} did not end in {PATIENCE_SECONDS} s.")


def _wait_until_half_done(stand: Stand, job: int) -> None:
    while True:
        told = _show(stand, job)
        if sum(told["rows"][name] for name in TOLD) * 2 >= (told["rows"]["total"] or 1):
            return
        if told["status"] not in ("queued", "running"):
            raise SystemExit("It was done before it could be killed: take more rows.")
        time.sleep(0.05)


def _rows(told: Mapping[str, Any]) -> str:
    return ", ".join(f"{told['rows'][name]} {name}" for name in TOLD)


def _ask(stand: Stand, method: str, path: str, body: object = None) -> dict[str, Any]:  # Any: JSON
    answer = requests.request(
        method,
        f"http://127.0.0.1:{stand.port}{path}",
        json=body,
        headers={"Authorization": f"Bearer {stand.token}"},
        timeout=60,
    )
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


if __name__ == "__main__":
    sys.exit(main())
