"""What the console asks: the endpoints that are measured, with the bodies that its pages send."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tools.bench.asking import Ask, Asking, Refused, Told
from tools.bench.fill import Size

ON_A_ROUTE = 25
IN_AN_ORDER = 8


@dataclass(frozen=True)
class Lane:
    """One client of several: each has routes and cabinets of its own, so that only the last case makes them meet."""

    number: int
    size: Size
    token: str
    ask: Asking

    def say(self, asked: Ask) -> Told:
        """Ask, and refuse to go on when the answer is no success."""
        told = self.ask(asked, self.token)
        if told.status >= 300:
            raise Refused(f"{asked.method} {asked.url} answered {told.status}: {told.text[:500]}")
        return told

    def route(self, turn: int) -> int:
        """One of the routes that no order has been planned for, another one each turn."""
        routes = self.size.devices // ON_A_ROUTE
        own = [101 + place for place in range(routes) if (101 + place) % 4 and place % 4 == self.number % 4]
        return own[turn % len(own)] if own else 101 + self.number % routes

    def devices(self, route: int) -> list[int]:
        """Some devices of a route that are live and in no open order."""
        first = (route - 101) * ON_A_ROUTE
        return [first + place for place in range(14, 14 + IN_AN_ORDER)]

    def planogram(self, turn: int) -> str:
        """The key of a planogram, another one each turn."""
        return f"B{1 + (turn * 8 + self.number * 2) % (self.size.devices - 2)}-Cooler-0"


@dataclass(frozen=True)
class Case:
    """An endpoint of the mix. `round` gives the request, and puts back what it wrote, when the block ends.

    `grows`: whether the answer holds more where the fleet is larger. `legacy`: the medians of the application that
    this one replaces, at the three sizes, with two workers and four connections.
    """

    name: str
    round: Callable[[Lane, int], "Round"]
    grows: bool = False
    writes: bool = False
    legacy: str = ""


Round = Generator[Ask, Told, None]
"""Yields the request that is measured and takes its answer."""

Put = Callable[[Lane, int], Round]


def _day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def get(path: str, values: Callable[[Lane, int], dict[str, object]] | None = None, **query: object) -> Put:
    """Ask for something that nothing has to be put back for."""

    def round_of(lane: Lane, turn: int) -> Round:
        yield Ask("GET", path, values(lane, turn) if values else {}, query)

    return round_of


def _selection(lane: Lane, turn: int) -> dict[str, object]:
    route = lane.route(turn)
    chosen = [{"deviceId": device, "cabinetIndex": 0} for device in lane.devices(route)]
    return {"routeId": route, "serviceDate": _day(1), "cabinetSelections": chosen}


def _preview(lane: Lane, turn: int) -> Round:
    yield Ask("POST", "/api/service-orders/preview", body=_selection(lane, turn))


def _create(lane: Lane, turn: int) -> Round:
    told = yield Ask("POST", "/api/service-orders", body=_selection(lane, turn))
    _cancel(lane, told.json["orderId"])


def _cancel(lane: Lane, order_id: int) -> None:
    lane.say(Ask("POST", "/api/service-orders/{order_id}/cancel", {"order_id": order_id}, body={"reason": "Measured"}))


def _execute(lane: Lane, turn: int) -> Round:
    created = lane.say(Ask("POST", "/api/service-orders", body=_selection(lane, turn))).json
    stop = lane.say(Ask("GET", "/api/service-orders/{order_id}", {"order_id": created["orderId"]})).json["cabinets"][0]
    items = [{"productId": it["productId"], "quantityFilled": it["quantityNeeded"]} for it in stop["products"]]
    values = {"cabinet_order_id": stop["cabinetOrderId"]}
    yield Ask("POST", "/api/service-orders/cabinets/{cabinet_order_id}/execute", values, body={"deliveredItems": items})
    lane.say(
        Ask("POST", "/api/service-orders/cabinets/{cabinet_order_id}/rollback", values, body={"reason": "Measured"})
    )
    _cancel(lane, created["orderId"])


def _save(key: Callable[[Lane, int], str]) -> Put:
    def round_of(lane: Lane, turn: int) -> Round:
        """Send the whole grid, as the page does, with other par levels."""
        name = key(lane, turn)
        slots = lane.say(Ask("GET", "/api/planograms/{planogram_key}", {"planogram_key": name})).json
        wanted = {at: {**slot, "parLevel": 3 + (turn + lane.number) % 5} for at, slot in slots.items()}
        for slot in wanted.values():
            slot["parlevel"] = slot["parLevel"]
        yield Ask("POST", "/api/planograms", body={"planogramKey": name, "planogramData": wanted})

    return round_of


def _metrics(lane: Lane, turn: int) -> Round:
    devices = [1 + (turn * ON_A_ROUTE + place) % lane.size.devices for place in range(ON_A_ROUTE)]
    yield Ask("POST", "/api/devices/metrics/batch", body={"deviceIds": devices})


def _route(lane: Lane, turn: int) -> dict[str, object]:
    return {"route_id": lane.route(turn)}


def _order(lane: Lane, turn: int) -> dict[str, object]:
    return {"order_id": 1 + (turn * 7 + lane.number) % (lane.size.devices // ON_A_ROUTE * 52)}


def _key(lane: Lane, turn: int) -> dict[str, object]:
    return {"planogram_key": lane.planogram(turn)}


def _device(lane: Lane, turn: int) -> dict[str, object]:
    return {"device_id": 1 + (turn * 2 + lane.number) % (lane.size.devices - 60) // 50 * 50 + turn % 40}


CASES: Sequence[Case] = (
    Case("asset report, a month", get("/api/sales/asset-report", start_date=_day(-29), end_date=_day(0)), grows=True,
         legacy="0.25 → 3.9 → 35 s"),
    Case("asset report, this week", get("/api/sales/asset-report"), grows=True),
    Case("product report, a month", get("/api/sales/product-report", start_date=_day(-29), end_date=_day(0)),
         legacy="0.30 → 2.9 → 20 s"),
    Case("sales summary by date, all", get("/api/sales/summary", groupBy="date"), legacy="0.29 → 3.9 → 31 s"),
    Case("sales summary by device, all", get("/api/sales/summary"), grows=True),
    Case("sales summary by product, all", get("/api/sales/summary", groupBy="product")),
    Case("timeline", get("/api/metrics/timeline"), legacy="0.21 → 3.1 → 25 s"),
    Case("top performers", get("/api/metrics/top-performers"), legacy="0.26 → 3.3 → 28 s"),
    Case("weekly", get("/api/metrics/weekly"), legacy="39 → 368 → 3,224 ms"),
    Case("achievements", get("/api/metrics/achievements")),
    Case("dashboard", get("/api/metrics/dashboard")),
    Case("order preview", _preview, legacy="0.09 → 2.4 → 34 s"),
    Case("order create", _create, writes=True, legacy="0.19 → 5.2 → 44 s"),
    Case("route's devices", get("/api/routes/{route_id}/devices", _route),
         legacy="first 0.14 → 13 → 180 s, later 12 → 74 → 338 ms"),
    Case("routes", get("/api/routes"), grows=True),
    Case("device list", get("/api/devices"), grows=True, legacy="11 → 92 → 1,028 ms"),
    Case("device page of 50", get("/api/devices/page")),
    Case("device metrics, 25 devices", _metrics),
    Case("device's slot metrics", get("/api/devices/{device_id}/slot-metrics", _device)),
    Case("orders list", get("/api/service-orders"), legacy="25 → 59 → 468 ms"),
    Case("order detail", get("/api/service-orders/{order_id}", _order)),
    Case("execute", _execute, writes=True, legacy="18 → 50 → 244 ms"),
    Case("planogram", get("/api/planograms/{planogram_key}", _key)),
    Case("planogram save", _save(Lane.planogram), writes=True),
    Case("planogram save, all the same one", _save(lambda _lane, _turn: "B1-Cooler-0"), writes=True,
         legacy="30 % of concurrent saves failed"),
    Case("products", get("/api/products")),
    Case("locations", get("/api/locations"), grows=True),
    Case("sales, a page", get("/api/sales")),
    Case("pending orders' badge", get("/api/service-orders/pending-count")),
    Case("low stock badge", get("/api/inventory/low-stock-count")),
    Case("device alerts' badge", get("/api/devices/alert-count")),
)  # fmt: skip


@contextmanager
def asked(case: Case, lane: Lane, turn: int) -> Iterator[Callable[[Callable[[Ask], Told]], Told]]:
    """Prepare a round; in the block, what is given sends its request; afterwards, what it wrote is put back."""
    steps = case.round(lane, turn)
    request = next(steps)
    answers: list[Told] = []

    def send(how: Callable[[Ask], Told]) -> Told:
        answers.append(how(request))
        return answers[-1]

    yield send
    try:
        steps.send(answers[-1])
    except StopIteration:
        return
