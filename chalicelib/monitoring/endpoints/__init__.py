"""The routes of monitoring."""

from chalicelib.monitoring.endpoints import activity, audit, security, settings, trends

BLUEPRINTS = (activity.blueprint, trends.blueprint, security.blueprint, audit.blueprint, settings.blueprint)
