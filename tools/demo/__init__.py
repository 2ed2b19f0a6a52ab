"""A demo fleet for development: machines, planograms, routes, orders and half a year of sales, always the same ones."""

from collections.abc import Mapping
from datetime import datetime

from tools.demo import people

__all__ = ["fill", "people"]


def fill(environment: Mapping[str, str], *, anchor: datetime) -> None:
    people.require_local(environment)
