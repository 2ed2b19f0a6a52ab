"""What the fleet refuses."""

from chalicelib.kit.errors import BadRequest, Conflict, ConstraintViolation, Duplicate, NotFound, Unavailable


class DeviceNotFound(NotFound):
    """404: no such device, or a deleted one."""

    message = "Device not found"


class DeletedDeviceNotFound(NotFound):
    """404: nothing to recover under this id."""

    message = "Deleted device not found"


class AssetTaken(Duplicate):
    """409: a live device has this asset number."""

    message = "Device with this asset number already exists"
    constraints = ("devices_asset_unique",)


class UnknownReference(BadRequest):
    """400: a type, location or route that is not there; `details.field` names the field."""

    message = "Something that this refers to does not exist."


class WrongCabinetCount(BadRequest):
    """400: the device type has other limits."""

    message = "This device type does not have that many cabinets."


class JustificationNeeded(BadRequest):
    """400: the device was deleted long ago."""

    message = "This device was deleted more than 90 days ago. Say why it is brought back."


class InOpenOrder(Conflict):
    """409: a pending or running service order still counts on it; `details.orders` lists the orders."""

    message = "An open service order contains this. Complete or cancel the order first."


class CabinetNotFound(NotFound):
    """404: the device has no cabinet with this index."""

    message = "Cabinet not found"


class CabinetLimit(Conflict):
    """409: the device type allows no more, or no fewer, cabinets."""

    message = "The device type does not allow that number of cabinets."


class ParentCabinetStays(Conflict):
    """409: the first cabinet cannot be taken away."""

    message = "The first cabinet of a device cannot be removed."


class CabinetHoldsStock(Conflict):
    """409: units are still in the cabinet."""

    message = "The cabinet still holds units. Empty it first, or force the removal and give a reason."


class TypeNotFound(NotFound):
    """404: no such type."""

    message = "Type not found"


class DeviceTypeTaken(Duplicate):
    """409: the name is taken."""

    message = "Device type with this name already exists"
    constraints = ("device_types_name_unique",)


class DeviceTypeInUse(ConstraintViolation):
    """409: devices are of this type."""

    message = "Cannot delete device type. Devices are of this type"
    constraints = ("devices_device_type_id_fk",)


class DeviceTypeTooNarrow(Conflict):
    """409: devices of this type have more or fewer cabinets than the new limits."""

    message = "Devices of this type have a number of cabinets outside of these limits."


class CabinetTypeTaken(Duplicate):
    """409: the name is taken."""

    message = "Cabinet type with this name already exists"
    constraints = ("cabinet_types_name_unique",)


class CabinetTypeInUse(ConstraintViolation):
    """409: cabinets are of this type."""

    message = "Cannot delete cabinet type. Cabinets are of this type"
    constraints = ("device_cabinets_cabinet_type_id_fk",)


class LocationNotFound(NotFound):
    """404: no such location."""

    message = "Location not found"


class LocationNameTaken(Duplicate):
    """409: a live location has this name."""

    message = "Location with this name already exists"
    constraints = ("locations_name_unique",)


class LocationInUse(ConstraintViolation):
    """409: devices stand there, or stood there before they were deleted."""

    message = "Cannot delete location. It is used by devices"


class DefaultLocationStays(Conflict):
    """409: devices without a location go there."""

    message = "Cannot delete location. It is the default location"


class AddressNotFound(BadRequest):
    """400: the geocoder knows no such address."""

    message = "Failed to geocode address"


class NoGeocoder(Unavailable):
    """503: no geocoder is configured, or it does not answer."""

    message = "Addresses cannot be looked up at the moment. Type the coordinates in, or try again later."
