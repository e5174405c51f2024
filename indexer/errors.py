"""The exceptions that this project raises, sorted by who can do something about them.

PilcrowError
├── UserError            the person asking can act: another address, another option
│   ├── NotFound         nothing has ever stood at this address
│   ├── BadSetting       a setting or an option has a value that cannot be used
│   ├── BadName          a file cannot lie in the corpus under this name
│   ├── TooLarge         more was sent than a file may have
│   └── Taken            another file lies there, or another token has this name
├── DocumentError        the owner of one file can act; every other file goes on
│   ├── Unreadable       the file's bytes give no text
│   │   └── Unopened     its bytes cannot be had now, whatever they are
│   ├── NoReader         no reader takes files with this suffix
│   └── BadMetadata      the file's sidecar or front matter is malformed
└── OperatorError        the person running the service can act
    ├── IndexUnavailable the search index cannot be opened, or is not there yet
    │   └── IndexUnreachable  it is there, but cannot be reached or does not answer now
    ├── StoreUnavailable the store of record cannot be opened or written
    │   ├── StoreOutdated it was made by an earlier version, and can be brought up
    │   └── StoreMissing it is not there, and something tells that there was one
    ├── Locked           another process is writing
    ├── Unwatchable      the system does not tell what happens in the corpus folder
    │   └── Undecodable  it tells so in names that are not UTF-8
    ├── CorpusUnwritable the corpus folder takes no new file
    └── Full             too many uploads wait to be kept or discarded
"""

_LONGEST, _OPENING, _CLOSING = 500, 200, 100  # characters of what is said of a file


class PilcrowError(Exception):
    """Base of all; its text is one sentence or two that say what to do."""


class UserError(PilcrowError):
    """The person asking can act."""


class NotFound(UserError):
    """Nothing has ever stood at this address."""


class BadSetting(UserError):
    """A setting or an option has a value that cannot be used."""


class BadName(UserError):
    """A file cannot lie in the corpus under this name."""


class TooLarge(UserError):
    """More was sent than a file may have."""


class TooMuchHasChanged(UserError):
    """What stood at a moment cannot be searched: too much is other than it was."""


class Taken(UserError):
    """Another file lies there, or another token has this name."""


class DocumentError(PilcrowError):
    """The owner of one file can act; every other file goes on.

    Of what is said too long, for what a library quotes of the file, the middle is left out.
    """

    def __init__(self, said: str = "") -> None:
        is_long = len(said) > _LONGEST
        super().__init__(f"{said[:_OPENING]} … {said[-_CLOSING:]}" if is_long else said)


class Unreadable(DocumentError):
    """The file's bytes give no text."""


class Unopened(Unreadable):
    """The file's bytes cannot be had now, whatever they are."""


class NoReader(DocumentError):
    """No reader takes files with this suffix."""


class BadMetadata(DocumentError):
    """The file's sidecar or front matter is malformed."""


class OperatorError(PilcrowError):
    """The person running the service can act."""


class IndexUnavailable(OperatorError):
    """The search index cannot be opened, or is not there yet."""


class IndexUnreachable(IndexUnavailable):
    """The search index is there, but cannot be reached or does not answer now."""


class StoreUnavailable(OperatorError):
    """The store of record cannot be opened or written."""


class StoreOutdated(StoreUnavailable):
    """The store was made by an earlier version, and can be brought up to this one."""


class StoreMissing(StoreUnavailable):
    """There is no store, and something tells that there was one."""


class Locked(OperatorError):
    """Another process is writing."""


class Unwatchable(OperatorError):
    """The system does not tell what happens in the corpus folder."""


class Undecodable(Unwatchable):
    """The system tells what happens in the corpus folder in names that are not UTF-8."""


class CorpusUnwritable(OperatorError):
    """The corpus folder takes no new file."""


class Full(OperatorError):
    """Too many uploads wait to be kept or discarded."""
