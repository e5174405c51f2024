"""Says whether a data folder had a store, so that a new one never takes its place in silence."""

from collections.abc import Iterator
from pathlib import Path

from indexer import atomic
from indexer.config import Settings
from indexer.errors import StoreMissing
from indexer.index.engines import LOCAL
from indexer.safekeeping.backups import kept
from indexer.store.databases import address_of, named_address

_NOTE = "STORE"  # in the data folder: the identity of the store that it belongs to


def note(data: Path, identity: str) -> None:
    """Notes in the data folder that there is a store, wherever that is."""
    path = data / _NOTE
    if not path.exists() or path.read_text(encoding="utf-8", errors="replace").strip() != identity:
        atomic.write(path, f"{identity}\n")


def refuse(settings: Settings) -> None:
    """Raises `StoreMissing` if there was a store: a new one would begin without all that it had."""
    signs = [*_signs(settings)]
    if not signs:
        return
    where = named_address(address_of(settings.store, settings.data))
    copies = kept(settings.backup_folder) if settings.backup_folder else []
    newest = f"'pilcrow restore {copies[-1]}'" if copies else "'pilcrow restore FILE'"
    raise StoreMissing(
        f"there is no store at {where}, and there was one: {', '.join(signs)}. A new one would "
        "have the corpus as it is now, and no earlier edition, history or redirect: every citation "
        "of an earlier text would be dead. Put the store back where it was, or a backup of it "
        f"({newest}), or have a new one made: 'pilcrow sync --new-store' (docs/backup.md)"
    )


def _signs(settings: Settings) -> Iterator[str]:
    """What tells that there was a store, in words."""
    if (settings.data / _NOTE).exists():
        yield f"{settings.data / _NOTE} names it"
    for engine in LOCAL:
        if (settings.data / engine / "CURRENT").exists():
            yield f"there is an index of it in {settings.data / engine}"
    if settings.backup_folder and (copies := kept(settings.backup_folder)):
        yield f"there are backups of it in {settings.backup_folder}, the newest {copies[-1].name}"
