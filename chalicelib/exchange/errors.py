"""What the exchange refuses."""

from chalicelib.kit.errors import BadRequest, Conflict, NotFound


class JobNotFound(NotFound):
    """404: there is no such import or export."""

    message = "There is no such import or export."


class FileUnreadable(BadRequest):
    """400: the file as a whole cannot be read; nothing of it was brought in."""

    code = "FILE_UNREADABLE"
    message = "The file cannot be read."


class FileMissing(Conflict):
    """409: the file has not been sent yet, or is not the one that was announced."""

    code = "FILE_MISSING"
    message = "The file has not been sent yet: send it to the given address first, then start."


class NotStartable(Conflict):
    """409: only an import that waits for its file, or that failed, can be started."""

    code = "NOT_STARTABLE"
    message = "This import is under way or done."
