"""The routes of what the browser keeps with us."""

from chalicelib.preferences.endpoints import badges, kept, reports

BLUEPRINTS = (kept.blueprint, reports.blueprint, badges.blueprint)
