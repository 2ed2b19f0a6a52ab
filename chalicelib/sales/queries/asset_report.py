"""The asset report, which PostgreSQL writes whole: it has a row for each device of the fleet."""

from chalicelib.kit import shown
from chalicelib.kit.answer import Json
from chalicelib.kit.db import Connection
from chalicelib.sales.models.reports import AssetReport, AssetRow, AssetTotals
from chalicelib.sales.rules import Period

_REPORT = f"""
WITH sold AS MATERIALIZED (
    SELECT device.id AS device_id, device.asset, device.nickname AS cooler,
           coalesce(location.name, 'Unknown') AS location, coalesce(route.name, 'Unassigned') AS route_name,
           route.route_number, coalesce(sold.transactions, 0) AS total_transactions,
           coalesce(sold.units, 0) AS total_units, coalesce(sold.revenue_cents, 0) AS total_sales,
           coalesce(sold.active_days, 0) AS active_days, sold.first_sale_date, sold.last_sale_date
      FROM devices device
      LEFT JOIN locations location ON location.id = device.location_id
      LEFT JOIN routes route ON route.id = device.route_id AND route.deleted_at IS NULL
      LEFT JOIN (
           SELECT device_id, sum(transactions)::bigint AS transactions, sum(units)::bigint AS units,
                  sum(revenue_cents)::bigint AS revenue_cents,
                  count(*) FILTER (WHERE transactions > 0) AS active_days,
                  min(starts_on) FILTER (WHERE transactions > 0) AS first_sale_date,
                  max(starts_on) FILTER (WHERE transactions > 0) AS last_sale_date
             FROM sales_of_devices
            WHERE span = 'day' AND starts_on BETWEEN %(start)s AND %(end)s
            GROUP BY device_id) sold ON sold.device_id = device.id
     WHERE device.deleted_at IS NULL),
whole AS (
    SELECT coalesce(sum(total_transactions), 0)::bigint AS total_transactions,
           coalesce(sum(total_units), 0)::bigint AS total_units, coalesce(sum(total_sales), 0)::bigint AS total_sales,
           round(coalesce(sum(total_sales), 0) / %(days)s)::bigint AS daily_average
      FROM sold),
-- The cuts between the quarters of what earning devices took in, by the exclusive method (domain.md 7.16): cut number i
-- of n + 1 parts lies between two of the ordered amounts. They are four times as large here, to stay whole.
earning AS (
    SELECT array_agg(total_sales ORDER BY total_sales) AS cents, count(*)::integer AS count
      FROM sold
     WHERE total_sales > 0),
cut AS (
    SELECT cents[place] * (4 - part) + cents[place + 1] * part AS quadrupled
      FROM earning
     CROSS JOIN generate_series(1, 3) number
     CROSS JOIN LATERAL (SELECT greatest(1, least(count - 1, number * (count + 1) / 4)) AS place) found
     CROSS JOIN LATERAL (SELECT number * (count + 1) - place * 4 AS part) rest
     WHERE count > 1),
cuts AS (
    SELECT array_agg(quadrupled) AS quadrupled FROM cut),
report AS (
    SELECT sold.*, round(sold.total_sales::numeric / %(days)s)::bigint AS daily_average,
           round(sold.total_sales::numeric / nullif(sold.total_units, 0))::bigint AS revenue_per_unit,
           round(sold.total_sales::numeric / nullif(sold.total_transactions, 0))::bigint AS average_ticket,
           coalesce(round(1000 * sold.total_sales::numeric / nullif(whole.total_sales, 0)), 0) / 10 AS share_percent,
           CASE WHEN sold.total_sales > 0 AND cuts.quadrupled IS NOT NULL
                THEN 1 + (sold.total_sales * 4 > cuts.quadrupled[1])::integer
                       + (sold.total_sales * 4 > cuts.quadrupled[2])::integer
                       + (sold.total_sales * 4 > cuts.quadrupled[3])::integer END AS quartile
      FROM sold
     CROSS JOIN whole
     CROSS JOIN cuts)
SELECT %(start)s::date AS start_date, %(end)s::date AS end_date, %(days)s::integer AS days_in_range,
       {shown.rows(AssetRow, "SELECT * FROM report ORDER BY asset, device_id")} AS devices,
       {shown.row(AssetTotals, "SELECT * FROM whole")} AS totals
"""  # noqa: S608 - constants


def of_devices(db: Connection, period: Period) -> Json[AssetReport]:
    """Every live device with what it sold, also nothing, by asset; and the sums of all.

    Averages are whole cents, rounded half away from zero, and null of nothing. The quartile is null for a device that
    earned nothing, and where fewer than two did.
    """
    return db.fetch_json_one(AssetReport, _REPORT, start=period.start, end=period.end, days=period.days)
