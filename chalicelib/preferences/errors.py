"""What is refused of what a browser wants to keep with us."""

from chalicelib.kit.errors import BadRequest, NotFound, PayloadTooLarge


class AvatarNotFound(NotFound):
    """404: the user has none."""

    message = "This user has no avatar."


class NoPicture(BadRequest):
    """400: no picture came, or none that is shown."""

    message = "Send a JPEG, PNG or WebP picture as multipart/form-data, field avatar."


class PictureTooLarge(PayloadTooLarge):
    """413: more than an avatar may have."""

    message = "An avatar has at most 512 KiB."


class PreferencesTooLarge(PayloadTooLarge):
    """413: more than preferences may have."""

    message = "Preferences have at most 64 KiB."
