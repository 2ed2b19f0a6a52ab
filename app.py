"""The Chalice app: every route of every feature. Packaging cuts it into one function a route."""

from chalicelib import registry
from chalicelib.kit.app import App
from chalicelib.kit.settings import settings

app = App(app_name="cvd")
registry.register(app)
if settings().is_local:
    app.answer_unknown_paths()
