"""A folder in; the paths below it at which something happens out, as the system tells them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from watchfiles import Change, watch

from indexer.corpus.walk import is_folder
from indexer.errors import Undecodable, Unwatchable

_DECODE = "decode path"  # what watchfiles says of a name that is not UTF-8
_TOGETHER = 200  # ms within which events are told at once
_STEP = 50  # ms without one after which they are told
_SIGN = 100  # ms after which it is said that nothing has happened


class Events:
    """What happens below `folder`, noted by a thread from the time when this is made.

    Raises `Unwatchable`, as does `within`, where the system does not tell, and `Undecodable` if it
    is for a name.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._told: SimpleQueue[list[str] | Exception] = SimpleQueue()
        self._stop = Event()
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()
        self._next(timeout=None)  # the first is a sign of life

    def within(self, seconds: float) -> list[str]:
        """The paths of the next events, relative to the folder; none when there is no event."""
        paths = self._next(timeout=seconds)
        while not self._told.empty():
            paths += self._next(timeout=0)
        return paths

    def close(self) -> None:
        """Ends the thread."""
        self._stop.set()
        self._thread.join()

    def _next(self, timeout: float | None) -> list[str]:
        try:
            told = self._told.get(timeout=timeout)
        except Empty:
            return []
        if isinstance(told, Exception):
            if _DECODE in str(told):
                raise Undecodable(
                    "a name in the corpus folder is not UTF-8, so the system cannot tell what "
                    "happens there; rename it"
                ) from told
            raise Unwatchable(
                f"the folder {self._folder} cannot be followed ({told}); raise the system's limit "
                "(fs.inotify.max_user_watches) or set WATCHFILES_FORCE_POLLING=1"
            ) from told
        return told

    def _listen(self) -> None:
        is_first = True
        try:
            for changes in watch(
                self._folder,
                watch_filter=None,
                debounce=_TOGETHER,
                step=_STEP,
                stop_event=self._stop,
                rust_timeout=_SIGN,
                yield_on_timeout=True,
            ):
                paths = [path for each in changes if (path := self._relative(*each))]
                if paths or is_first:
                    self._told.put(paths)
                is_first = False
        except (OSError, RuntimeError) as error:  # the library's own errors are RuntimeErrors
            self._told.put(error)

    def _relative(self, change: Change, path: str) -> str:
        """The path, or nothing where a folder was changed by what has happened in it."""
        place = Path(path)
        if place == self._folder or (change is Change.modified and is_folder(place)):
            return ""
        return place.relative_to(self._folder).as_posix()


@contextmanager
def listening(folder: Path) -> Iterator[Events]:
    """`Events` for as long as the context lasts."""
    events = Events(folder)
    try:
        yield events
    finally:
        events.close()
