"""What happens in the corpus folder in; syncs of what has changed out, until it is stopped."""

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event

from indexer import terminal
from indexer.config import Settings
from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import is_folder, is_open
from indexer.errors import IndexUnavailable, Locked, PilcrowError, Undecodable
from indexer.library import Library, open_library
from indexer.processes.lock import WATCHER, present
from indexer.readers import SUFFIXES
from indexer.safekeeping.backups import daily
from indexer.sync.apply import Report
from indexer.watching.debounce import Debouncer
from indexer.watching.events import listening

_TOGETHER = 1_000  # files of one sync, so that others need not wait for all of a long burst
_BEAT = 1.0  # seconds between two looks at the corpus folder itself
_LOOK = 300.0  # seconds between two looks at all files: events can be lost
_OFTEN = 2.0  # the same where no events are told
_AGAIN = 600.0  # seconds after which events are tried again
_COMPARE = 86_400.0  # seconds between two comparisons of all files of the index
_NEVER = float("inf")
_SHARE = 100  # times that a look took are between two, at least
_LOCK = 5.0  # seconds to wait for another writer before that is said; an upload takes less
_BEHIND = 10.0  # seconds after which it is tried again to bring up an index that another had
_PAUSES = (1, 60)  # seconds, the first and the longest after an error

Within = Callable[[float], list[str]]
Tell = Callable[[Iterable[str]], None]
Identity = tuple[int, int] | None


class _Stopped(Exception):
    """Somebody has asked to stop, in the middle of a sync."""


class Watcher:
    """Follows the corpus folder of `settings` until `stop` is set.

    `tell` is given lines for a person: on each sync that did something, and on each trouble. After
    an error, and when the corpus folder goes or comes, it begins again with a look at all files.
    """

    def __init__(self, settings: Settings, tell: Tell, stop: Event) -> None:
        self._settings = settings
        self._corpus = Corpus(settings.corpus, SUFFIXES)
        self._tell = tell
        self._stop = stop
        self._pause = _PAUSES[0]
        self._failures: dict[str, str] = {}  # that have been told
        self._compared = -_NEVER  # when the index was, by the clock
        self._be_seen: Callable[[], None] = _nobody_asks
        self._behind = _NEVER  # when to try again to bring up the index, by the clock
        self._last = ""  # trouble that was told, and is not told again while it lasts

    def run(self) -> None:
        """Follows until it is stopped; raises nothing that waiting may mend."""
        while not self._stop.is_set():
            root = _identity(self._settings.corpus)
            try:
                self._begin(root)
            except _Stopped:
                return
            except (PilcrowError, OSError) as error:
                self._trouble(f"{error}; trying again in {self._pause} s")
                self._rest(root)

    def _begin(self, root: Identity) -> None:
        corpus = self._settings.corpus
        with (
            open_library(self._settings, stay=True, upgrades=True) as library,
            present(self._settings.data, WATCHER) as self._be_seen,
        ):
            library.maintenance.plan(only=())  # raises where there is no corpus folder
            try:
                with listening(corpus) as events:
                    self._tell([f"Following {corpus}"])
                    self._follow(library, events.within, root, _LOOK)
            except Undecodable as error:
                self._trouble(f"{error}. Until then all files are looked at now and then")
                self._follow(library, self._nothing, root, _OFTEN, time.monotonic() + _AGAIN)

    def _nothing(self, seconds: float) -> list[str]:
        """No event, after a while."""
        self._stop.wait(seconds)
        return []

    def _rest(self, root: Identity) -> None:
        """Waits after an error, longer each time, or until the corpus folder is another."""
        end = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, _PAUSES[1])
        while time.monotonic() < end and _identity(self._settings.corpus) == root:
            if self._stop.wait(_BEAT):
                return

    def _follow(
        self, library: Library, within: Within, root: Identity, every: float, end: float = _NEVER
    ) -> None:
        """Syncs what events tell of, for as long as the corpus folder is the same.

        `within` gives the events of some seconds, `every` is how many of those are between two
        looks at all files, at least; at `end`, by the clock, it is over.
        """
        debouncer = Debouncer(self._settings.corpus.resolve())
        look = 0.0
        while not self._stop.is_set() and time.monotonic() < end:
            self._be_seen()
            if time.monotonic() >= look:
                look = self._look(library, debouncer, every)
            for path in within(min(debouncer.wait(), _BEAT)):
                self._note(debouncer, path)
            # A drive that was unmounted leaves an empty folder: nothing in it was removed.
            if _identity(self._settings.corpus) != root:
                return
            if rested := debouncer.take(_TOGETHER):
                self._sync(library, debouncer, rested)
            elif time.monotonic() >= self._behind:
                self._bring_up(library)

    def _look(self, library: Library, debouncer: Debouncer, every: float) -> float:
        """Notes where corpus and store differ; when to look again, by the clock."""
        started = time.monotonic()
        self._compare(library)
        differ = library.maintenance.differences()
        if differ.gone and 2 * differ.found < differ.known:
            self._trouble(
                f"{terminal.count(differ.known, 'document')} and only "
                f"{terminal.count(differ.found, 'file')}: nothing is removed. Is a drive not "
                "mounted? If the others are to go, run 'pilcrow sync'"
            )
        else:
            for path in (*differ.gone, *differ.there):
                debouncer.add(path)
        if not (differ.gone or differ.there):
            self._sync(library, debouncer, [])  # the index may be behind
        self._back_up()
        took = time.monotonic() - started
        return time.monotonic() + max(every, _SHARE * took)

    def _compare(self, library: Library) -> None:
        """Now and then, tells what of the index is damaged; the next sync makes it anew."""
        if time.monotonic() < self._compared + _COMPARE:
            return
        with suppress(IndexUnavailable):  # which the sync will tell, or mend
            if damaged := library.maintenance.damage():
                named = ", ".join(damaged)
                self._trouble(f"the search index is damaged ({named}); it is made anew")
        self._compared = time.monotonic()

    def _back_up(self) -> None:
        """Makes the backup of this day, if one is wanted; what is in its way stops nothing else."""
        try:
            if made := daily(self._settings):
                self._tell([f"Backed up to {made}"])
        except PilcrowError as error:
            self._trouble(f"no backup was made: {error}")

    def _note(self, debouncer: Debouncer, path: str) -> None:
        place = self._settings.corpus / path
        if is_folder(place) and not os.path.islink(place):  # noqa: PTH114 - see `is_folder`
            # What was put into it before the system began to look there, it did not tell.
            for file in filter(self._corpus.matters, self._corpus.below(path)):
                debouncer.add(file)
        if is_open(path) and (self._corpus.matters(path) or not os.path.isfile(place)):  # noqa: PTH113
            debouncer.add(path)

    def _sync(self, library: Library, debouncer: Debouncer, paths: list[str]) -> None:
        started = time.monotonic()
        try:
            report = library.maintenance.sync(self._tick, only=paths, wait=_LOCK, patience=_LOCK)
        except Locked as error:
            for path in paths:
                debouncer.add(path)
            self._trouble(f"{str(error).partition(';')[0]}; waiting for it")
            return
        for path in report.left:  # which another worker reads
            debouncer.add(path)
        self._note_behind(report.awaits)
        self._pause, self._last = _PAUSES[0], ""
        told = self._told(report)
        self._tell(terminal.news(report, time.monotonic() - started, told))

    def _bring_up(self, library: Library) -> None:
        """Has the index brought up that others had when the last sync ended."""
        try:
            awaits = library.maintenance.bring_up(self._tick, wait=_LOCK, patience=_LOCK)
        except Locked as other:
            awaits = str(other)
        self._note_behind(awaits)

    def _note_behind(self, awaits: str) -> None:
        """Notes when to try again, where another has the index; `awaits` says who."""
        self._behind = time.monotonic() + _BEHIND if awaits else _NEVER

    def _tick(self, *_: object) -> None:
        if self._stop.is_set():
            raise _Stopped

    def _told(self, report: Report) -> frozenset[str]:
        """The files that could not be read, as was told before; notes those that are told now."""
        told = self._failures.items() & report.failures.items()
        for file in (*report.plan.new, *report.plan.changed):
            self._failures.pop(file.path, None)
        self._failures |= report.failures
        return frozenset(file for file, _ in told)

    def _trouble(self, line: str) -> None:
        if line != self._last:
            self._tell(terminal.trouble([line]))
        self._last = line


def _nobody_asks() -> None:
    """Before it follows, nobody needs to see it."""


def _identity(folder: Path) -> Identity:
    """What differs when another folder, or another drive, is at this place; None for nothing."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
