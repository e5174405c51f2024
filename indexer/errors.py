"""The exceptions that this project raises, sorted by who can do something about them.

PilcrowError
├── UserError            the person asking can act: another address, another option
│   ├── NotFound         nothing has ever stood at this address
│   └── BadSetting       a setting or an option has a value that cannot be used
├── DocumentError        the owner of one file can act; every other file goes on
│   ├── Unreadable       the file's bytes give no text
│   │   └── Unopened     its bytes cannot be had now, whatever they are
│   └── BadMetadata      the file's sidecar or front matter is malformed
└── OperatorError        the person running the service can act
    ├── IndexUnavailable the search index cannot be opened, or is not there yet
    ├── StoreUnavailable the store of record cannot be opened or written
    ├── Locked           another process is writing
    └── Unwatchable      the system does not tell what happens in the corpus folder
"""


class PilcrowError(Exception):
    """Base of all; its text is one sentence or two that say what to do."""


class UserError(PilcrowError):
    """The person asking can act."""


class NotFound(UserError):
    """Nothing has ever stood at this address."""


class BadSetting(UserError):
    """A setting or an option has a value that cannot be used."""


class DocumentError(PilcrowError):
    """The owner of one file can act; every other file goes on."""


class Unreadable(DocumentError):
    """The file's bytes give no text."""


class Unopened(Unreadable):
    """The file's bytes cannot be had now, whatever they are."""


class BadMetadata(DocumentError):
    """The file's sidecar or front matter is malformed."""


class OperatorError(PilcrowError):
    """The person running the service can act."""


class IndexUnavailable(OperatorError):
    """The search index cannot be opened, or is not there yet."""


class StoreUnavailable(OperatorError):
    """The store of record cannot be opened or written."""


class Locked(OperatorError):
    """Another process is writing."""


class Unwatchable(OperatorError):
    """The system does not tell what happens in the corpus folder."""
