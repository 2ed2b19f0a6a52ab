"""Advice on planograms. Nothing here changes a slot or a stock; proposals are carried out by saving a planogram."""

from chalice.app import Blueprint

from chalicelib.advice.errors import InsufficientData, OutsideOfGrid, UnknownProduct
from chalicelib.advice.models.forecasting import PredictAnswer, PredictQuestion
from chalicelib.advice.models.heating import HeatAnswer, HeatQuery
from chalicelib.advice.models.optimizing import OptimizeAnswer, OptimizeQuestion
from chalicelib.advice.models.scoring import (
    AnalysisAnswer,
    AnalysisQuestion,
    ConstraintsAnswer,
    ConstraintsQuestion,
    OptimalAnswer,
    OptimalQuestion,
    ScoreAnswer,
    ScoreQuestion,
)
from chalicelib.advice.models.suggesting import Available, StreamQuery, SuggestionsAnswer, SuggestionsQuestion
from chalicelib.advice.service import forecasting, heating, scoring, streaming, suggesting
from chalicelib.fleet.errors import CabinetNotFound, DeviceNotFound
from chalicelib.kit.answer import Raw
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER, VIEWER

blueprint = Blueprint(__name__)

OFFICE = [ADMIN, MANAGER]
READERS = [ADMIN, MANAGER, VIEWER]
NO_CABINET = [DeviceNotFound, CabinetNotFound]


@endpoint(blueprint, "GET", "/api/planograms/ai-available", roles=EVERYONE)
def advice_by_model(_call: Call) -> Available:
    """Tell whether a language model is configured that may put proposals into another order."""
    return Available(available=suggesting.available())


@endpoint(
    blueprint,
    "POST",
    "/api/planograms/ai-suggestions",
    roles=OFFICE,
    refusals=[*NO_CABINET, RateLimited],
    own_transactions=True,
    grants=["bedrock:InvokeModel"],
    timeout=29,
)
def suggest_products(call: Call, body: SuggestionsQuestion) -> SuggestionsAnswer:
    """Propose products for empty positions, then for those that earn under a quarter of the median in 30 days.

    Every figure comes from the fleet's sales. A configured model may reorder and leave out proposals, not add any.
    """
    return suggesting.suggest(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/planograms/realtime/score",
    roles=READERS,
    refusals=[*NO_CABINET, OutsideOfGrid, UnknownProduct],
)
def score_placement(call: Call, body: ScoreQuestion) -> ScoreAnswer:
    """Score a product in a position, 0 to 100: how well it is seen, its neighbours, and whether the place suits it."""
    return scoring.score(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/planograms/predict/revenue",
    roles=OFFICE,
    refusals=[*NO_CABINET, InsufficientData, OutsideOfGrid, UnknownProduct],
)
def predict_revenue(call: Call, body: PredictQuestion) -> PredictAnswer:
    """Predict what a device earns in the next days with a layout, against the present one.

    From the last 90 days; with sales on fewer than 30 of them there is no prediction.
    """
    return forecasting.predict(call, body)


@endpoint(blueprint, "GET", "/api/planograms/optimize/heat-zones", roles=READERS, refusals=NO_CABINET)
def heat_zones(call: Call, query: HeatQuery) -> HeatAnswer:
    """Show what each position of a cabinet earned in 30 days, as 0 to 100 of the best position."""
    return heating.heat_zones(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/planograms/optimize",
    roles=OFFICE,
    refusals=[*NO_CABINET, OutsideOfGrid, UnknownProduct],
)
def optimize_planogram(call: Call, body: OptimizeQuestion) -> OptimizeAnswer:
    """Propose moves of products that sell well into the positions that earn most."""
    return heating.optimize(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/planograms/realtime-analysis",
    roles=OFFICE,
    refusals=[*NO_CABINET, OutsideOfGrid, UnknownProduct],
)
def analyse_placement(call: Call, body: AnalysisQuestion) -> AnalysisAnswer:
    """Score a product in a slot of the stored planogram while it is dragged over it."""
    return scoring.analyse(call, body)


@endpoint(blueprint, "POST", "/api/planograms/optimal-slots", roles=OFFICE, refusals=[*NO_CABINET, UnknownProduct])
def optimal_slots(call: Call, body: OptimalQuestion) -> OptimalAnswer:
    """List the five best positions for a product, empty ones first."""
    return scoring.optimal(call, body)


@endpoint(
    blueprint,
    "GET",
    "/api/planograms/stream-analysis",
    roles=OFFICE,
    refusals=[*NO_CABINET, RateLimited],
    own_transactions=True,
    grants=["bedrock:InvokeModel"],
    timeout=29,
    media="text/event-stream",
)
def stream_suggestions(call: Call, query: StreamQuery) -> Raw:
    """Send the proposals as a stream of events; all of them at once."""
    return streaming.stream(call, query)


@endpoint(blueprint, "POST", "/api/planograms/validate-constraints", roles=OFFICE, refusals=NO_CABINET)
def validate_constraints(call: Call, body: ConstraintsQuestion) -> ConstraintsAnswer:
    """Tell whether changes would be possible: the position exists, the product too, and it is cold enough."""
    return scoring.validate(call, body)
