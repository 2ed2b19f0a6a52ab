"""What sales refuse."""

from chalicelib.kit.errors import BadRequest, Conflict, Duplicate, Forbidden, NotFound, Unavailable


class SaleNotFound(NotFound):
    """No sale has this id."""

    message = "Sale not found"


class ImportKeyTaken(Duplicate):
    """409: the import key belongs to a sale of a device that the API client may not reach."""

    message = "Another sale has this import key."


class SaleArchived(Conflict):
    """409: the sale has left for the archive."""

    code = "SALE_ARCHIVED"
    message = "This sale is archived. Have its month restored, then correct it."


class NothingArchived(NotFound):
    """404: no sales of a month are in the archive."""

    message = "No sales of this month are in the archive."


class ArchiveDiffers(Unavailable):
    """503: a file of the archive does not hold what it should."""

    message = "The file in the archive is not what was put there."


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


class DemoInProduction(Forbidden):
    """Made-up sales have no place among real ones."""

    message = "Demo data is not made in production."


class DemoDaysOutOfOrder(BadRequest):
    """The days end before they begin."""

    message = "date_from must be less than or equal to date_to"


class DemoTooLong(BadRequest):
    """The days are more than a year."""

    message = "Date range cannot exceed 365 days"


class DemoTooMuch(BadRequest):
    """More than a request can make."""

    message = "That is too much at once. Choose fewer days, or a smaller share of devices."


class NoDevices(BadRequest):
    """Nothing can sell."""

    message = "No devices found"


class NoProducts(BadRequest):
    """Nothing can be sold."""

    message = "No products found"
