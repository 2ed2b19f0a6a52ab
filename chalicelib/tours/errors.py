"""What tours refuse."""

from chalicelib.kit.errors import BadRequest, Conflict, ConstraintViolation, Duplicate, NotFound


class TourNotFound(NotFound):
    """No live route has this id, or not for this driver's eyes."""

    message = "Route not found"


class NotOnThisTour(NotFound):
    """The device is on another route, or on none."""

    message = "Device not found on this route"


class NameTooLong(BadRequest):
    """The name does not fit."""

    message = "A route name has at most 80 characters."
    constraints = ("routes_name_length",)


class NameTaken(Duplicate):
    """Another live route has this name."""

    message = "A route with this name already exists."
    constraints = ("routes_name_unique",)


class NumberTaken(Duplicate):
    """Another live route has this number."""

    message = "A route with this number already exists."
    constraints = ("routes_route_number_unique",)


class NotADriver(BadRequest):
    """The user cannot be given a route."""

    message = "The driver must be an active user with the role driver."


class AlreadyOnThisTour(Conflict):
    """There is nothing to move."""

    message = "Device already assigned to this route"


class MoveWouldLeaveOrder(ConstraintViolation):
    """The device is to be served on its old route."""

    message = "The device is in an open service order of its route. Finish or cancel that order, or force the move."


class RouteHasOpenOrders(ConstraintViolation):
    """The route is still being served."""

    message = "The route has open service orders. Complete or cancel them first."


class MovedMeanwhile(Conflict):
    """Somebody else moved the device at the same moment."""

    message = "The device was moved to another route meanwhile. Please try again."
