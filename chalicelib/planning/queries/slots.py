"""Slots and devices, and where their figures are stored."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.planning.models import DeviceState, PlannedSlot, SlotStock
from chalicelib.planning.rules import WINDOW_DAYS, Totals, half_up

CALCULATION_VERSION = 2
"""Of the stored figures; 1 was the legacy application's."""


def occupied(db: Connection, device_ids: Sequence[int]) -> list[SlotStock]:
    """The slots that hold a product, of live cabinets, in the order of cabinet and position."""
    return db.fetch(
        SlotStock,
        """
        SELECT slot.id AS slot_id, cabinet.device_id, cabinet.id AS cabinet_id, slot.position,
               slot.product_id, product.name AS product_name, slot.quantity, slot.capacity, slot.par_level,
               sum(slot.capacity) OVER (PARTITION BY cabinet.device_id, slot.product_id) AS product_capacity
          FROM device_cabinets cabinet
          JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
          JOIN planogram_slots slot ON slot.planogram_id = planogram.id
          JOIN products product ON product.id = slot.product_id
         WHERE cabinet.device_id = ANY(%(device_ids)s)
           AND cabinet.removed_at IS NULL
           AND slot.retired_at IS NULL
           AND slot.capacity > 0
         ORDER BY cabinet.device_id, cabinet.cabinet_index, slot.row_no, slot.col_no
        """,
        device_ids=list(device_ids),
    )


def devices(db: Connection, device_ids: Sequence[int], now: datetime) -> list[DeviceState]:
    """The live ones among the devices, with their last visit and their stored figures; unknown ids are left out.

    Figures that were stored before an edit, a visit, a count or a sale touched the device count as not calculated
    (BR-152): each of these touches the planogram or the cabinet.
    """
    return db.fetch(
        DeviceState,
        """
        SELECT device.id AS device_id, visit.visited_at AS last_visit_at, collected.days AS days_collected,
               stored.sold_out_count, stored.dri_days, stored.daily_velocity, stored.product_level_pct,
               stored.units_to_par,
               CASE WHEN touched.at IS NULL OR touched.at <= stored.updated_at
                    THEN stored.calculated_at END AS calculated_at
          FROM devices device
          JOIN company_settings company ON true
          LEFT JOIN device_metrics stored ON stored.device_id = device.id
         CROSS JOIN LATERAL (
               SELECT max(greatest(cabinet.updated_at, planogram.updated_at)) AS at
                 FROM device_cabinets cabinet
                 JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
                WHERE cabinet.device_id = device.id) touched
          LEFT JOIN LATERAL (
               SELECT max(visited_at) AS visited_at
                 FROM service_visits
                WHERE device_id = device.id AND voided_at IS NULL AND visited_at <= %(now)s) visit ON true
          LEFT JOIN LATERAL (
               SELECT count(DISTINCT day) AS days
                 FROM sales_daily
                WHERE device_id = device.id AND units > 0
                  AND day > (%(now)s AT TIME ZONE company.time_zone)::date - %(window_days)s
                  AND day <= (%(now)s AT TIME ZONE company.time_zone)::date) collected ON true
         WHERE device.id = ANY(%(device_ids)s)
           AND device.deleted_at IS NULL
         ORDER BY device.id
        """,
        device_ids=list(device_ids),
        now=now,
        window_days=WINDOW_DAYS,
    )


def stalest(db: Connection, now: datetime, limit: int) -> list[int]:
    """The live devices whose figures are the oldest, of those not calculated at `now` already."""
    return db.values(
        """
        SELECT device.id
          FROM devices device
          LEFT JOIN device_metrics stored ON stored.device_id = device.id
         WHERE device.deleted_at IS NULL
           AND stored.calculated_at IS DISTINCT FROM %(now)s
         ORDER BY stored.calculated_at NULLS FIRST, device.id
         LIMIT %(limit)s
        """,
        now=now,
        limit=limit,
    )


def store_slots(db: Connection, slots: Sequence[PlannedSlot], device_ids: Sequence[int], now: datetime) -> None:
    """Write the figures of slots, and take away those of the devices' slots that hold nothing any more."""
    db.execute(
        """
        DELETE FROM slot_metrics stored
         USING planogram_slots slot
          JOIN planograms planogram ON planogram.id = slot.planogram_id
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
         WHERE stored.slot_id = slot.id
           AND cabinet.device_id = ANY(%(device_ids)s)
           AND (slot.product_id IS NULL OR slot.capacity = 0
                OR slot.retired_at IS NOT NULL OR cabinet.removed_at IS NOT NULL)
        """,
        device_ids=list(device_ids),
    )
    ordered = sorted(slots, key=lambda slot: slot.stock.slot_id)
    db.execute(
        """
        INSERT INTO slot_metrics
               (slot_id, is_sold_out, dri_days, product_level_pct, units_to_par, units_28d, units_all_time,
                days_with_sales, daily_velocity, velocity_source, calculation_version, calculated_at)
        SELECT fresh.*, %(version)s, %(now)s
          FROM unnest(%(slot_ids)s::bigint[], %(sold_out)s::boolean[], %(dri)s::smallint[], %(level)s::smallint[],
                      %(to_par)s::integer[], %(units_28d)s::integer[], %(units_all_time)s::integer[],
                      %(days)s::integer[], %(velocity)s::numeric[], %(source)s::text[]) AS fresh
            ON CONFLICT (slot_id) DO UPDATE
           SET is_sold_out = excluded.is_sold_out, dri_days = excluded.dri_days,
               product_level_pct = excluded.product_level_pct, units_to_par = excluded.units_to_par,
               units_28d = excluded.units_28d, units_all_time = excluded.units_all_time,
               days_with_sales = excluded.days_with_sales, daily_velocity = excluded.daily_velocity,
               velocity_source = excluded.velocity_source, calculation_version = excluded.calculation_version,
               calculated_at = excluded.calculated_at
        """,
        version=CALCULATION_VERSION,
        now=now,
        slot_ids=[slot.stock.slot_id for slot in ordered],
        sold_out=[slot.figures.is_sold_out for slot in ordered],
        dri=[slot.figures.dri_days for slot in ordered],
        level=[slot.figures.product_level_percent for slot in ordered],
        to_par=[slot.figures.units_to_par for slot in ordered],
        units_28d=[slot.sales.units_28d for slot in ordered],
        units_all_time=[slot.sales.units_all_time for slot in ordered],
        days=[slot.sales.days_with_sales for slot in ordered],
        velocity=[half_up(slot.figures.velocity.per_day, 4) for slot in ordered],
        source=[slot.figures.velocity.source for slot in ordered],
    )


def store_devices(db: Connection, totals: Sequence[tuple[DeviceState, Totals]], now: datetime) -> None:
    """Write the figures of devices."""
    db.execute(
        """
        INSERT INTO device_metrics
               (device_id, sold_out_count, dri_days, daily_velocity, product_level_pct, units_to_par,
                days_since_service, calculated_at)
        SELECT fresh.id, fresh.sold_out, fresh.dri, fresh.velocity, fresh.level, fresh.to_par,
               extract(epoch FROM %(now)s - fresh.last_visit_at) / 86400, %(now)s
          FROM unnest(%(ids)s::bigint[], %(sold_out)s::integer[], %(dri)s::smallint[], %(velocity)s::numeric[],
                      %(level)s::numeric[], %(to_par)s::integer[], %(last_visit_at)s::timestamptz[])
               AS fresh (id, sold_out, dri, velocity, level, to_par, last_visit_at)
            ON CONFLICT (device_id) DO UPDATE
           SET sold_out_count = excluded.sold_out_count, dri_days = excluded.dri_days,
               daily_velocity = excluded.daily_velocity, product_level_pct = excluded.product_level_pct,
               units_to_par = excluded.units_to_par, days_since_service = excluded.days_since_service,
               calculated_at = excluded.calculated_at
        """,
        now=now,
        ids=[state.device_id for state, _ in totals],
        sold_out=[figures.sold_out_count for _, figures in totals],
        dri=[figures.dri_days for _, figures in totals],
        velocity=[half_up(figures.per_day, 4) for _, figures in totals],
        level=[figures.product_level_percent for _, figures in totals],
        to_par=[figures.units_to_par for _, figures in totals],
        last_visit_at=[state.last_visit_at for state, _ in totals],
    )
