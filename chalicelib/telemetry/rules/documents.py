"""A reading as the document that is stored beside its read, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from chalicelib.telemetry.intervals import Cash, Count, Counters, Reading

Document = dict[str, Any]  # Any: JSON


def document_of(reading: Reading) -> Document:
    """What the interval engine compares; counts are lists of units, value, interval units and interval value."""
    return {
        "proven": reading.is_proven,
        "serials": list(reading.serials),
        "decimals": reading.decimal_places,
        "reads": reading.read_count,
        "resets": reading.reset_count,
        "initialised": reading.initialised_at.isoformat() if reading.initialised_at else None,
        "selections": {name: counters_document(counters) for name, counters in reading.selections.items()},
        "totals": {name: _cells(count) for name, count in reading.totals.items()},
        "cash": asdict(reading.cash),
    }


def counters_document(counters: Counters) -> Document:
    """The counters of one selection, with what doubt there is about them where they are carried forward."""
    return {
        "paid": _cells(counters.paid),
        "payments": [[device, price_list, *_cells(count)] for (device, price_list), count in counters.payments.items()],
        "prices": sorted(counters.prices),
        "test": counters.test_units,
        "free": counters.free_units,
        **({"fellTo": counters.fell_to} if counters.fell_to is not None else {}),
        **({"doubted": True} if counters.is_doubted else {}),
    }


def reading_from(
    document: Document,
    *,
    content_hash: bytes,
    received_at: datetime,
    read_at: datetime | None,
    carried: Document,
    is_dated: bool = False,
) -> Reading:
    """The reading of a document; `carried` are the counters of selections that an earlier read has to lend it.

    `received_at` is when the read was taken from the machine, where its sender said so (`is_dated`). Otherwise the
    machine's clock, where it can be believed, stands in for the arrival, so that the order of the machine's boards does
    not depend on the order in which their reads came in.
    """
    machine, board, changer = document["serials"]
    initialised = document["initialised"]
    return Reading(
        content_hash=content_hash,
        received_at=received_at if is_dated else read_at or received_at,
        read_at=read_at,
        is_dated=is_dated,
        is_proven=document.get("proven", True),
        serials=(machine, board, changer),
        decimal_places=document["decimals"],
        read_count=document["reads"],
        reset_count=document["resets"],
        initialised_at=datetime.fromisoformat(initialised) if initialised else None,
        selections={name: _counters(counters) for name, counters in {**document["selections"], **carried}.items()},
        totals={name: Count(*cells) for name, cells in document["totals"].items()},
        cash=Cash(**document["cash"]),
    )


def _cells(count: Count) -> Sequence[int | None]:
    return [count.units, count.value_cents, count.interval_units, count.interval_value_cents]


def _counters(document: Mapping[str, Any]) -> Counters:
    return Counters(
        paid=Count(*document["paid"]),
        payments={(device, price_list): Count(*cells) for device, price_list, *cells in document["payments"]},
        prices=frozenset(document["prices"]),
        test_units=document["test"],
        free_units=document["free"],
        fell_to=document.get("fellTo"),
        is_doubted=document.get("doubted", False),
    )
