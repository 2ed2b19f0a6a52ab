"""The one list of features."""

from chalicelib.kit.app import App
from chalicelib.operations import endpoints as operations
from chalicelib.stock import endpoints as stock

BLUEPRINTS = (operations.blueprint, stock.blueprint)


def register(app: App) -> None:
    """Register the routes and workers of every feature."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.answer_preflights()
