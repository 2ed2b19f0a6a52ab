"""The page behind /api/docs: Swagger UI's own files, served by us, so that no other host is asked."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from chalicelib.kit.answer import Answer, Raw
from chalicelib.kit.errors import NotFound

PACKAGE = "flask_swagger_ui"

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>CVD API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
"""

START = """window.ui = SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
});
"""

ASSETS = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}

PAGE_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; frame-ancestors 'self'"
    )
}
"""The viewer sets styles inline; scripts come from us alone."""


class AssetNotFound(NotFound):
    """404: the viewer has no such file, or is not installed with this function."""

    message = "The viewer has no such file."


def page() -> Answer[Raw]:
    """The page itself."""
    return Answer(Raw(PAGE, "text/html; charset=utf-8"), headers=PAGE_POLICY)


def asset(name: str) -> Answer[Raw]:
    """One file of the viewer, by its name in the list."""
    if name == "start.js":
        return Answer(Raw(START, "text/javascript; charset=utf-8"))
    if name not in ASSETS:
        raise AssetNotFound
    cached = {"Cache-Control": "public, max-age=86400"}
    return Answer(Raw(_file(name), f"{ASSETS[name]}; charset=utf-8"), headers=cached)


@lru_cache(maxsize=len(ASSETS))
def _file(name: str) -> str:
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise AssetNotFound
    return (Path(found.submodule_search_locations[0]) / "dist" / name).read_text(encoding="utf-8")
