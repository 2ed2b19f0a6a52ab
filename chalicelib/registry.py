"""The one list of features."""

from chalicelib.kit.app import App
from chalicelib.operations import endpoints as operations

BLUEPRINTS = (operations.blueprint,)


def register(app: App) -> None:
    """Register the routes and workers of every feature."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.answer_preflights()
