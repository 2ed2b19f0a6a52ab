"""Why an import is not done: one plain sentence for the person at the keyboard."""


class Refused(Exception):
    """The file or the target is not fit for the import; nothing was changed."""


class CheckFailed(Exception):
    """What was written does not agree with what was read: a defect of the importer; nothing was changed."""
