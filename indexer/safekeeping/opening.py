"""Settings in, the store out: made where there never was one, brought up where that is allowed."""

from functools import partial

from indexer.config import Settings
from indexer.errors import StoreOutdated, StoreUnavailable
from indexer.safekeeping import missing
from indexer.safekeeping.backups import before_upgrade
from indexer.store.databases import address_of
from indexer.store.store import Store


def open_store(settings: Settings, *, upgrades: bool, new_store: bool) -> Store:
    """The store that `settings` name; the data folder is made if it is missing.

    One of an earlier version is brought up if this process `upgrades`; else raises
    `StoreOutdated`. Where there was a store and is none, raises `StoreMissing`, unless a
    `new_store` is wanted. Raises `StoreUnavailable`, and `Locked`.
    """
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the data folder {settings.data} cannot be made: {error.strerror}"
        raise StoreUnavailable(message) from error
    store = partial(Store, address_of(settings.store, settings.data), settings.store_password_file)
    making = (lambda: None) if new_store else partial(missing.refuse, settings)
    try:
        opened = store(making=making)
    except StoreOutdated:
        if not upgrades:
            raise
        from indexer.processes.lock import writer_lock  # noqa: PLC0415 - all others can do without

        with writer_lock(settings.data):
            before_upgrade(settings)
            opened = store(making=making, upgrades=True)
    if upgrades:
        missing.note(settings.data, opened.identity)
    return opened
