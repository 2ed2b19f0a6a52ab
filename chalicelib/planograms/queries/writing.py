"""Planograms as they are written: set-based, so that one statement serves any number of slots."""

from collections.abc import Sequence
from datetime import datetime

from pydantic_core import to_json

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.planograms.rules import Content, Reason


@value
class SlotRow(Content):
    """A locked slot."""

    id: int
    planogram_id: int
    position: str
    row_no: int
    col_no: int

    @property
    def content(self) -> Content:
        """What it holds."""
        return Content(self.product_id, self.quantity, self.capacity, self.par_level, self.price_cents)


@value
class Change:
    """A slot, and what it is to hold from now on."""

    slot: SlotRow
    after: Content
    reason: Reason


def lock_slots(db: Connection, planogram_ids: Sequence[int]) -> list[SlotRow]:
    """Lock the slots of planograms in the order of their ids."""
    return db.fetch(
        SlotRow,
        """
        SELECT id, planogram_id, position, row_no, col_no, product_id, quantity, capacity, par_level, price_cents
          FROM planogram_slots
         WHERE planogram_id = ANY(%(planogram_ids)s)
           AND retired_at IS NULL
         ORDER BY id
           FOR UPDATE
        """,
        planogram_ids=list(planogram_ids),
    )


@value
class ListedProduct:
    """A product as slots need it."""

    id: int
    price_cents: int
    is_live: bool


def products(db: Connection, product_ids: Sequence[int]) -> list[ListedProduct]:
    """Products that slots are to hold, kept from being deleted meanwhile."""
    return db.fetch(
        ListedProduct,
        """
        SELECT id, price_cents, deleted_at IS NULL AS is_live
          FROM products
         WHERE id = ANY(%(product_ids)s)
         ORDER BY id
           FOR SHARE
        """,
        product_ids=list(product_ids),
    )


def default_par_percent(db: Connection) -> int:
    """The company's par level for slots that are given none, in percent of the capacity."""
    return int(db.value("SELECT default_par_percent FROM company_settings"))


def write_slots(db: Connection, changes: Sequence[Change], now: datetime) -> None:
    """Write what slots hold now."""
    db.execute(
        """
        UPDATE planogram_slots slot
           SET product_id = new.product_id, quantity = new.quantity, capacity = new.capacity,
               par_level = new.par_level, price_cents = new.price_cents,
               assigned_at = CASE WHEN new.product_id IS NULL THEN NULL
                                  WHEN new.product_id = slot.product_id THEN slot.assigned_at
                                  ELSE %(now)s END,
               version = slot.version + 1, updated_at = %(now)s
          FROM jsonb_to_recordset(%(rows)s::jsonb)
               AS new (id bigint, product_id bigint, quantity integer, capacity integer, par_level integer,
                       price_cents integer)
         WHERE slot.id = new.id
        """,
        rows=to_json([{"id": change.slot.id, **vars(change.after)} for change in changes]).decode(),
        now=now,
    )


def write_history(db: Connection, changes: Sequence[Change], *, by: int | None, now: datetime) -> None:
    """Write down what slots held and hold."""
    rows = [
        {
            "slot_id": change.slot.id,
            "reason": change.reason,
            **{f"old_{name}": value for name, value in vars(change.slot.content).items()},
            **{f"new_{name}": value for name, value in vars(change.after).items()},
        }
        for change in changes
    ]
    db.execute(
        """
        INSERT INTO planogram_slot_changes
               (slot_id, at, actor_id, reason, old_product_id, new_product_id, old_capacity, new_capacity,
                old_par_level, new_par_level, old_price_cents, new_price_cents, old_quantity, new_quantity)
        SELECT slot_id, %(now)s, %(by)s, reason, old_product_id, new_product_id, old_capacity, new_capacity,
               old_par_level, new_par_level, old_price_cents, new_price_cents, old_quantity, new_quantity
          FROM jsonb_to_recordset(%(rows)s::jsonb)
               AS new (slot_id bigint, reason text, old_product_id bigint, new_product_id bigint,
                       old_capacity integer, new_capacity integer, old_par_level integer, new_par_level integer,
                       old_price_cents integer, new_price_cents integer, old_quantity integer, new_quantity integer)
         ORDER BY slot_id
        """,
        rows=to_json(rows).decode(),
        by=by,
        now=now,
    )


def bump_versions(db: Connection, planogram_ids: Sequence[int], *, by: int | None, now: datetime) -> None:
    """Count a save of these planograms."""
    db.execute(
        """
        UPDATE planograms
           SET version = version + 1, updated_by = %(by)s, updated_at = %(now)s
         WHERE id = ANY(%(planogram_ids)s)
        """,
        planogram_ids=list(planogram_ids),
        by=by,
        now=now,
    )


def insert_planograms(db: Connection, cabinet_ids: Sequence[int], *, by: int | None) -> None:
    """Give cabinets their planograms."""
    db.execute(
        """
        INSERT INTO planograms (cabinet_id, updated_by)
        SELECT cabinet_id, %(by)s
          FROM unnest(%(cabinet_ids)s::bigint[]) AS cabinet_id
        """,
        cabinet_ids=list(cabinet_ids),
        by=by,
    )


def insert_missing_slots(db: Connection, cabinet_ids: Sequence[int]) -> None:
    """Give planograms an empty slot for every cell of the grid that has none."""
    db.execute(
        """
        WITH there AS MATERIALIZED (
            SELECT slot.planogram_id, slot.row_no, slot.col_no
              FROM planograms planogram
              JOIN planogram_slots slot ON slot.planogram_id = planogram.id AND slot.retired_at IS NULL
             WHERE planogram.cabinet_id = ANY(%(cabinet_ids)s))
        INSERT INTO planogram_slots (planogram_id, row_no, col_no)
        SELECT planogram.id, row_no, col_no
          FROM planograms planogram
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
         CROSS JOIN generate_series(1, cabinet.rows) AS row_no
         CROSS JOIN generate_series(1, cabinet.cols) AS col_no
         WHERE planogram.cabinet_id = ANY(%(cabinet_ids)s)
           AND NOT EXISTS (SELECT
                             FROM there
                            WHERE there.planogram_id = planogram.id
                              AND there.row_no = row_no.row_no
                              AND there.col_no = col_no.col_no)
         ORDER BY planogram.id, row_no, col_no
        """,
        cabinet_ids=list(cabinet_ids),
    )


def retire(db: Connection, slot_ids: Sequence[int], now: datetime) -> None:
    """Take slots out of their grid; the ledger keeps pointing at them."""
    db.execute(
        "UPDATE planogram_slots SET retired_at = %(now)s, updated_at = %(now)s WHERE id = ANY(%(slot_ids)s)",
        slot_ids=list(slot_ids),
        now=now,
    )


@value
class CabinetGrid:
    """A locked planogram with the grid of its cabinet, which may have just been changed."""

    id: int
    version: int
    rows: int
    cols: int


def lock_grid(db: Connection, cabinet_id: int) -> CabinetGrid | None:
    """Lock the planogram of a cabinet."""
    return db.fetch_one(
        CabinetGrid,
        """
        SELECT planogram.id, planogram.version, cabinet.rows, cabinet.cols
          FROM planograms planogram
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
         WHERE planogram.cabinet_id = %(cabinet_id)s
           FOR UPDATE OF planogram
        """,
        cabinet_id=cabinet_id,
    )


def units_in(db: Connection, cabinet_id: int) -> int:
    """How many units lie in the slots of a cabinet."""
    return int(
        db.value(
            """
            SELECT coalesce(sum(slot.quantity), 0)
              FROM planogram_slots slot
              JOIN planograms planogram ON planogram.id = slot.planogram_id
             WHERE planogram.cabinet_id = %(cabinet_id)s
            """,
            cabinet_id=cabinet_id,
        )
    )
