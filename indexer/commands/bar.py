"""Progress of a long command, on standard error."""

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE = 1.0  # seconds after which a progress bar is worth the room


class Bar:
    """Progress on standard error, for a terminal, once the work takes long."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def tick(self, what: str, done: int, total: int) -> None:
        """Shows that `done` of `total` are done of what is being done."""
        if not sys.stderr.isatty() or time.monotonic() - self._started < _PATIENCE:
            return
        if self._progress is None:
            self._progress = _progress()
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what)
        self._progress.update(self._tasks[what], completed=done, total=total)


def _progress() -> "Progress":
    from rich import console, progress  # noqa: PLC0415 - most commands need not wait for it

    columns = (progress.TextColumn("{task.description}"), progress.BarColumn())
    counted = (progress.MofNCompleteColumn(), progress.TimeRemainingColumn())
    bars = progress.Progress(*columns, *counted, console=console.Console(stderr=True))
    bars.start()
    return bars
