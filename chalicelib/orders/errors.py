"""How orders and visits are refused."""

from chalicelib.kit.errors import (
    BadRequest,
    Conflict,
    InvalidTransition,
    NotFound,
    PayloadTooLarge,
    UnsupportedMedia,
)


class OrderNotFound(NotFound):
    """404: no such order, or another driver's (BR-095)."""

    message = "Service order not found"


class OrderNotFoundOrDenied(NotFound):
    """404: the same, in the words of the phone's endpoints."""

    message = "Order not found or access denied"


class StopNotFound(NotFound):
    """404: no such cabinet of an order, or of another driver's order."""

    message = "Service order cabinet not found"


class NoExecution(NotFound):
    """404: there is nothing to roll back."""

    message = "No execution found for this cabinet"


class RouteNotFound(NotFound):
    """404: no such route."""

    message = "Route not found"


class ServiceDateRefused(BadRequest):
    """400: a date that is none, or beyond what can be planned (BR-090)."""

    message = "Invalid date format. Use YYYY-MM-DD"


class CabinetsRefused(BadRequest):
    """400: a selected cabinet does not exist, or is not on the route (BR-091)."""

    message = "Some of the selected cabinets cannot be ordered."


class NothingToService(BadRequest):
    """400: a selected cabinet needs nothing (BR-093)."""

    code = "NOTHING_TO_SERVICE"
    message = "Some of the selected cabinets need nothing."


class CabinetInOpenOrder(Conflict):
    """409: a selected cabinet is in another open order (BR-092)."""

    message = "Some of the selected cabinets are in another open order."


class DriverUnfit(BadRequest):
    """400: not an active driver (BR-063)."""

    message = "driverId: there is no active driver with this id"


class OnlyNotesMayChange(Conflict):
    """409: the order is not pending any more (BR-099)."""

    message = "Only the notes can be changed once an order has been started."


class CabinetHasHistory(Conflict):
    """409: a cabinet that was worked on cannot be taken out of the order."""

    message = "A cabinet that has been worked on cannot be taken out of the order. Skip it instead."
    constraints = ("service_visits_order_cabinet_id_fk", "service_order_transitions_order_cabinet_id_fk")


class DriverMissing(Conflict):
    """409: nobody drives this order yet (SO-2)."""

    message = "This order has no driver yet. Assign one, then start it."


class OrderClosed(InvalidTransition):
    """409: the order is completed or cancelled (BR-111)."""

    message = "This order is closed."


class AlreadyExecuted(InvalidTransition):
    """409: the cabinet has been serviced already (BR-111, BR-117)."""

    message = "Cabinet already executed"
    constraints = ("service_visits_order_cabinet_id_unique",)


class CabinetSkipped(InvalidTransition):
    """409: the cabinet was skipped."""

    message = "Cabinet was skipped"


class UnknownItem(BadRequest):
    """400: delivered, but neither ordered nor in the cabinet (BR-112)."""

    message = "A delivered product is neither ordered nor in this cabinet."


class NothingDelivered(BadRequest):
    """400: an empty delivery without a word why (BR-113)."""

    message = "Nothing was delivered: say why in a note."


class PhotoRequired(Conflict):
    """409: a photo has to be taken first (BR-135)."""

    code = "PHOTO_REQUIRED"
    message = "Take a photo of this cabinet before completing it."


class ReasonRequired(BadRequest):
    """400: cancelling takes a reason (SO-4, SO-5)."""

    message = "Cancelling takes a reason of 1 to 500 characters."


class OpenCabinets(BadRequest):
    """400: the phone says completed while cabinets are open (BR-126)."""

    code = "OPEN_CABINETS"
    message = "The order has open cabinets: execute or skip them first."


class RollbackTooLate(InvalidTransition):
    """409: more than 24 hours have passed (SO-6)."""

    message = "A delivery can be rolled back within 24 hours only."


class RollbackImpossible(Conflict):
    """409: the units are not there any more (BR-119)."""

    code = "ROLLBACK_IMPOSSIBLE"
    message = "The delivered units are not in their slots any more."


class PhotoMissing(BadRequest):
    """400: no form with a photo in it."""

    message = "No photo provided"


class PhotoTooLarge(PayloadTooLarge):
    """413: more than 5 MiB (BR-131)."""

    message = "A photo has at most 5 MiB."


class NotAPhoto(UnsupportedMedia):
    """415: by its content none of the kinds that are taken (BR-131)."""

    message = "A photo has to be a JPEG, PNG, WebP or HEIC file."


class CabinetNotInOrder(NotFound):
    """404: the photo's cabinet is not one of the order's (BR-130)."""

    message = "Service order cabinet not found"
    constraints = ("service_order_photos_order_cabinet_id_fk",)


class PhotoNotUploaded(Conflict):
    """409: the bytes are not there, or were left unconfirmed for too long."""

    code = "PHOTO_NOT_UPLOADED"
    message = "The photo's bytes are not here: ask for an upload, send them, then confirm again."


class PhotoDiffers(BadRequest):
    """400: the uploaded bytes are not the announced ones."""

    code = "PHOTO_DIFFERS"
    message = "The uploaded bytes are not what was announced. Upload the photo again."


class PhotoNotFound(NotFound):
    """404: the order has no such photo."""

    message = "Photo not found"


class EarlierActionFailed(Conflict):
    """409: an earlier action of the same order in a phone's queue has failed (domain.md 12.5)."""

    code = "EARLIER_ACTION_FAILED"
    message = "An earlier action of this order failed: settle that one, then send this one again."
