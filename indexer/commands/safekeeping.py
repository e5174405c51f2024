"""The commands that keep the store from being lost: backup, restore."""

from pathlib import Path

import click

from indexer.commands.common import put, wait_option, with_settings
from indexer.config import Settings
from indexer.errors import BadSetting
from indexer.safekeeping import backups, restoring
from indexer.store.copies import Contents
from indexer.terminal import count

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@with_settings
def backup(settings: Settings, file: Path) -> None:
    """Write the store to FILE, while others use it."""
    put([f"{_said(backups.backup(settings, file))} are in {file}"])


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--force", is_flag=True, help="Put it in the place of a store that is there.")
@wait_option
@with_settings
def restore(settings: Settings, file: Path | None, force: bool, wait: float) -> None:
    """Put the backup FILE in the place of the store.

    Without FILE, say that a store in PostgreSQL was restored by pg_restore.
    """
    if file is None:
        if not settings.store.startswith("postgresql"):
            raise BadSetting("say which backup is to be restored: 'pilcrow restore FILE'")
        restoring.renew(settings, wait)
        put(["The store is whole; 'pilcrow sync' makes a new index of it."])
        return
    done = restoring.restore(settings, file, force=force, wait=wait)
    put([f"{_said(done.contents)} are in the store again."])
    if done.replaced:
        put([f"What was there is kept as {done.replaced}; delete it when you are sure."])
    put(["Run 'pilcrow sync', which makes a new index; start again what serves or watches."])


def _said(contents: Contents) -> str:
    return f"{count(contents.documents, 'document')} in {count(contents.editions, 'edition')}"
