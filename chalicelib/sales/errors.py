"""What sales refuse."""

from chalicelib.kit.errors import BadRequest, NotFound


class DeviceNotFound(NotFound):
    """No live device has this id."""

    message = "Device not found"


class ProductNotFound(NotFound):
    """No live product has this id."""

    message = "Product not found"


class SaleNotFound(NotFound):
    """No sale has this id."""

    message = "Sale not found"


class SoldInTheFuture(BadRequest):
    """The sale has not happened yet."""

    message = "A sale cannot be more than five minutes in the future."


class SlotHoldsSomethingElse(BadRequest):
    """The slot cannot have sold this."""

    message = "This slot is not in the device, or does not hold the product."


class MoreThanSold(BadRequest):
    """A correction would take off more than there is."""

    message = "A correction cannot take off more than what is left of the sale."


class DatesOutOfOrder(BadRequest):
    """The period ends before it begins."""

    message = "Start date must be before or equal to end date"


class DatesMissing(BadRequest):
    """The report needs a period."""

    message = "Both start_date and end_date are required"


class PeriodTooLong(BadRequest):
    """The period is longer than reports are made for."""

    message = "A report covers at most 400 days."
