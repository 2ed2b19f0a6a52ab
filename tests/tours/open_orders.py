"""Service orders to begin a test with, written past the API."""

from chalicelib.kit.db import Connection


def order(
    db: Connection,
    tour_id: int,
    cabinet_id: int,
    *,
    created_by: int,
    status: str = "pending",
    driver_id: int | None = None,
) -> int:
    """Write an order of a route for one cabinet; returns its id."""
    return int(
        db.value(
            """
            WITH fresh AS (
                INSERT INTO service_orders (route_id, driver_id, service_date, status, total_units, estimated_minutes,
                                            created_by, started_at, cancelled_at, cancel_reason, completed_at)
                SELECT %(tour_id)s, %(driver_id)s, current_date, %(status)s, 0, 10, %(created_by)s,
                       CASE WHEN %(status)s IN ('in_progress', 'completed') THEN now() END,
                       CASE WHEN %(status)s = 'cancelled' THEN now() END,
                       CASE WHEN %(status)s = 'cancelled' THEN 'rain' END,
                       CASE WHEN %(status)s = 'completed' THEN now() END
                RETURNING id),
            stop AS (
                INSERT INTO service_order_cabinets (service_order_id, cabinet_id, estimated_minutes)
                SELECT id, %(cabinet_id)s, 10 FROM fresh)
            SELECT id FROM fresh
            """,
            tour_id=tour_id,
            cabinet_id=cabinet_id,
            created_by=created_by,
            status=status,
            driver_id=driver_id,
        )
    )
