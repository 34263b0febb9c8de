"""The errors a reader may see. Each message says what happened, to what, and what to do next."""


class CommonGroundError(Exception):
    """Anything that the reader can put right; the command line prints its message and exits with 1."""


class SettingsError(CommonGroundError):
    """An environment variable that is unknown or has a value that cannot be used."""


class HomeError(CommonGroundError):
    """The data folder cannot be made, read or written."""


class RecordError(CommonGroundError):
    """A catalogue record or digest that is not in the agreed form; names the file and the field."""


class ReadError(CommonGroundError):
    """A document that cannot be read: missing, encrypted, empty, damaged or of an unknown kind."""


class PersonalDetailsError(ReadError):
    """A document that looks like one person's case file, which a shared library is no place for."""


class UnknownSourceError(CommonGroundError):
    """A source, or a section of one, that the library does not hold."""


class QuestionError(CommonGroundError):
    """A question that is empty or too long to be one."""


class RequestError(CommonGroundError):
    """What another program sent and cannot be used, as docs/api.md says."""


class ModelError(CommonGroundError):
    """An embedding model or a reranker that is missing, damaged or not the one that was asked for."""


class StoreError(CommonGroundError):
    """The index is missing, damaged, or made by another embedding model."""


class BackupError(CommonGroundError):
    """A back-up that cannot be written, is damaged, or may not take the place of what is there."""


class BusyError(CommonGroundError):
    """Another process is changing the library or the index."""


class GapLogError(CommonGroundError):
    """The log of what the library does not say is damaged, or cannot be read or written."""


class FeedbackError(CommonGroundError):
    """What readers said of answers cannot be read or written."""


class AccountError(CommonGroundError):
    """An account that is not there, is there already, or has a name or password that cannot be used."""
