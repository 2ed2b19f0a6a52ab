"""Reads that partners and tools send."""

from chalice.app import Blueprint

blueprint = Blueprint(__name__)
