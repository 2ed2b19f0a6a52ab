"""What telemetry refuses."""

from chalicelib.kit.errors import BadRequest, Conflict, Forbidden, NotFound, PayloadTooLarge


class DexReadNotFound(NotFound):
    """No read has this id."""

    message = "DEX read not found"


class NoGrid(NotFound):
    """No selection of the read has a place in a grid."""

    message = "No grid data found for this DEX file"


class NoSelections(NotFound):
    """The read has no selections."""

    message = "No selection data found"


class FileNotFound(NotFound):
    """No stored file has this id."""

    message = "File not found"


class PartnerNotFound(NotFound):
    """No partner of this name sends reads."""

    message = "No such partner"


class SlotNotInDevice(BadRequest):
    """A mapping names a slot of another device."""

    message = "A mapping must name slots of the device's own cabinets."


class NotADexFile(BadRequest):
    """The upload is no DEX file that can be read."""

    message = "File must be a .txt or .dex file"


class FileTooLarge(PayloadTooLarge):
    """The file is larger than DEX files are."""

    message = "A DEX file has at most 2 MiB."


class SignatureInvalid(Forbidden):
    """403: the webhook's signature does not prove its sender."""

    code = "SIGNATURE_INVALID"
    message = "The signature of this delivery is missing, wrong or too old."


class NothingToLink(Conflict):
    """409: a rejected read says nothing about its machine."""

    message = "A rejected read cannot be linked: nothing is known about its machine."
