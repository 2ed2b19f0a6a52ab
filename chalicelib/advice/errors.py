"""What advice refuses."""

from chalicelib.kit.errors import BadRequest


class InsufficientData(BadRequest):
    """400: too few days with sales to predict from (domain.md 7.15)."""

    code = "INSUFFICIENT_DATA"
    message = "A prediction needs sales on at least 30 of the last 90 days."


class OutsideOfGrid(BadRequest):
    """400: a position that the cabinet does not have; rows and columns count from 1 at the top left."""

    message = "The position is not in the cabinet's grid: rows and columns count from 1 at the top left."


class UnknownProduct(BadRequest):
    """400: there is no such product, or it is not sold any more."""

    message = "There is no such product."
