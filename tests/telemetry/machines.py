"""A vending machine that sells, and is read: it writes the DEX files that tests send."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.kit.db import Connection
from chalicelib.telemetry.dex import compose
from tests.support import factories
from tests.support.client import Answer, Client

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Detroit")


@dataclass
class Selection:
    """Cumulative counters of one selection, by payment device."""

    price: int = 125
    cash: int = 60
    card: int = 0
    cash_cents: int = 7_500
    card_cents: int = 0
    test: int = 0
    free: int = 0

    def rows(self, name: str) -> list[tuple[str, ...]]:
        units, cents = self.cash + self.card, self.cash_cents + self.card_cents
        return [
            ("PA1", name, str(self.price), f"PRODUCT {name}"),
            ("PA2", str(units), str(cents), "0", "0"),
            ("PA3", str(self.test), str(self.test * self.price), "0", "0"),
            ("PA4", str(self.free), str(self.free * self.price), "0", "0"),
            ("PA7", name, "CA", "0", str(self.price), str(self.cash), str(self.cash_cents), "0", "0"),
            ("PA7", name, "DA", "0", str(self.price), str(self.card), str(self.card_cents), "0", "0"),
        ]


@dataclass
class Machine:
    """A machine with selections; `read` writes what a reader gets and counts the read.

    One that `is_silent` tells neither the time nor how often it was read, as old can machines do.
    """

    serial: str = "SN-1"
    comm_id: str = "TST0000001"
    asset: str = ""
    selections: dict[str, Selection] = field(default_factory=lambda: {"A1": Selection(), "A2": Selection()})
    reads: int = 10
    now: datetime = START
    is_silent: bool = False

    def sell(self, name: str, units: int = 1, *, card: bool = False, price: int | None = None) -> "Machine":
        slot = self.selections[name]
        cents = units * (price or slot.price)
        if card:
            slot.card, slot.card_cents = slot.card + units, slot.card_cents + cents
        else:
            slot.cash, slot.cash_cents = slot.cash + units, slot.cash_cents + cents
        return self

    def read(self, *, after: timedelta = timedelta(days=1)) -> bytes:
        self.reads += 1
        self.now += after
        local = self.now.astimezone(ZONE)
        units = sum(one.cash + one.card for one in self.selections.values())
        cents = sum(one.cash_cents + one.card_cents for one in self.selections.values())
        body: list[tuple[str, ...]] = [
            ("ID1", self.serial, "MODELX", "1", "", "", self.asset),
            ("ID4", "2", "840", "USD"),
            ("VA1", str(cents), str(units), "0", "0"),
        ]
        if not self.is_silent:
            body.insert(2, ("ID5", f"{local:%Y%m%d}", f"{local:%H%M}"))
        for name, one in self.selections.items():
            body += one.rows(name)
        if not self.is_silent:
            body.append(("EA3", str(self.reads), f"{local:%y%m%d}", f"{local:%H%M}", *[""] * 5, str(self.reads), "1"))
        return compose(("DXS", self.comm_id, "VA", "V0/6", "1"), [body])


BOUNDARY = "----dexform"


def form(content: bytes, filename: str = "read.dex", name: str = "file") -> dict[str, Any]:
    """Return the upload of a file as a browser sends it: `client.post("/api/dex/parse", **form(content))`."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        "Content-Type: text/plain\r\n\r\n"
    )
    return {
        "body": head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(),
        "headers": {"content-type": f"multipart/form-data; boundary={BOUNDARY}"},
    }


def upload(client: Client, content: bytes, filename: str = "read.dex") -> Answer:
    return client.post("/api/dex/parse", **form(content, filename))


@dataclass(frozen=True)
class Placed:
    """A device in the fleet that stands for a machine: A1 and A2 hold chips and cola."""

    device: factories.Device
    chips: int
    cola: int

    @property
    def cabinet(self) -> factories.Cabinet:
        return self.device.cabinets[0]


def place(db: Connection, machine: Machine, *, quantity: int = 10, capacity: int = 10, stated: bool = True) -> Placed:
    """Write a device known by the machine's serial, with two filled slots that state their selections."""
    device = factories.device(db)
    chips, cola = factories.product(db), factories.product(db)
    fill = {
        "A1": factories.Fill(chips, quantity=quantity, capacity=capacity, par_level=capacity, price_cents=125),
        "A2": factories.Fill(cola, quantity=quantity, capacity=capacity, par_level=capacity, price_cents=125),
    }
    factories.fill(db, device.cabinets[0], fill)
    db.execute("UPDATE devices SET serial_number = %(serial)s WHERE id = %(id)s", serial=machine.serial, id=device.id)
    if stated:
        db.execute(
            "UPDATE planogram_slots SET dex_selection = position WHERE id = ANY(%(ids)s)",
            ids=[device.cabinets[0].slots[name] for name in ("A1", "A2")],
        )
    return Placed(device, chips, cola)


def books(db: Connection, device_id: int) -> dict[int, tuple[int, int]]:
    """Return units and cents on the books of a device, by product: sales less corrections."""
    rows = db.values(
        """
        SELECT jsonb_build_array(sale.product_id, sum(sale.units + coalesce(corrected.units, 0)),
                                 sum(sale.revenue_cents + coalesce(corrected.revenue_cents, 0)))
          FROM sales sale
          LEFT JOIN LATERAL (
               SELECT sum(units) AS units, sum(revenue_cents) AS revenue_cents
                 FROM sale_corrections
                WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at) corrected ON true
         WHERE sale.device_id = %(id)s
         GROUP BY sale.product_id
         ORDER BY sale.product_id
        """,
        id=device_id,
    )
    return {product: (units, cents) for product, units, cents in rows if units or cents}


def daily(db: Connection, device_id: int) -> dict[int, tuple[int, int]]:
    """Return the daily rollup of a device, added up by product."""
    rows = db.values(
        """
        SELECT jsonb_build_array(product_id, sum(units), sum(revenue_cents))
          FROM sales_daily
         WHERE device_id = %(id)s
         GROUP BY product_id
         ORDER BY product_id
        """,
        id=device_id,
    )
    return {product: (units, cents) for product, units, cents in rows if units or cents}
