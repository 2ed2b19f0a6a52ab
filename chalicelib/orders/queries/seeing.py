"""Who sees which orders: one condition on `service_orders orders`, bound by `Principal.sight`."""

SEEN = """
               (%(role)s <> 'driver' OR orders.driver_id = %(user_id)s)
               AND (%(devices)s::bigint[] IS NULL
                    OR (SELECT coalesce(bool_and(cabinet.device_id = ANY(%(devices)s)), false)
                          FROM service_order_cabinets stop
                          JOIN device_cabinets cabinet ON cabinet.id = stop.cabinet_id
                         WHERE stop.service_order_id = orders.id))
"""
"""A driver's own orders (BR-095); for an API client with a filter, those that hold cabinets of its devices only."""
