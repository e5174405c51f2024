"""The files of a plan in, those that this worker reads out, where others read some of them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice

from indexer.corpus.walk import FoundFile
from indexer.document import Failure, FileRecord
from indexer.store.store import Store
from indexer.store.work import Work

_TOGETHER = 16  # files that are claimed at once, so that the database is not asked for each
_MOST = 500  # files that are claimed and not written: the database has room for some thousands

# Whether what is known of a file, and why it could not be read, say that it has been read.
IsRead = Callable[[FoundFile, FileRecord | None, Failure | None], bool]


class Share:
    """What one worker reads of `files`, of which others that have the same plan read the rest.

    A file is claimed before it is read, until it is written. One that another worker has claimed
    is left for later; one that `is_read` by then has been done by another. `rivals` are files of
    which each is only claimed with all of its group.
    """

    def __init__(
        self,
        store: Store,
        work: Work,
        files: Sequence[FoundFile],
        is_read: IsRead,
        rivals: Mapping[str, frozenset[str]],
    ) -> None:
        self._store, self._work = store, work
        self._files = files
        self._at = {file.path: at for at, file in enumerate(files)}
        self._is_read, self._rivals = is_read, rivals
        self._mine: set[str] = set()  # claimed
        self._busy: set[str] = set()  # claimed by others, when that was last tried
        self._done: set[str] = set()
        self.others = 0  # files that others have read
        self.failures: dict[str, Failure] = {}  # of those, where they could not be read

    def wants(self, file: FoundFile) -> bool:
        """Whether this worker is to read a file now; it is then claimed."""
        if file.path in self._mine:
            return True
        if file.path in self._busy or file.path in self._done:
            return False
        if len(self._mine) >= _MOST:
            self._busy.add(file.path)
            return False
        self._claim({path for each in self._next(file) for path in self._group(each)})
        return file.path in self._mine

    def finish(self, files: Collection[str]) -> None:
        """Notes that files have been written, or were found to be: others may have them."""
        self._mine.difference_update(files)
        self._done.update(files)
        self._work.release(files)

    def left(self) -> list[FoundFile]:
        """The files that others are reading, or that nobody has claimed; they may be tried now."""
        self._busy.clear()
        return [file for file in self._files if file.path not in self._done]

    def _next(self, file: FoundFile) -> Iterator[str]:
        """The path of a file, and of some after it of which nothing is known."""
        rest = (each.path for each in islice(self._files, self._at[file.path], None))
        known = (self._mine, self._busy, self._done)
        return islice((p for p in rest if not any(p in each for each in known)), _TOGETHER)

    def _group(self, path: str) -> Collection[str]:
        return self._rivals.get(path, (path,))

    def _claim(self, paths: Collection[str]) -> None:
        """Claims what can be had of `paths`, in whole groups, and has not been read since."""
        fresh = [path for path in paths if path not in self._mine and path not in self._done]
        got = self._work.claim(fresh)
        refused = set(fresh) - got
        refused |= {path for path in got if not refused.isdisjoint(self._group(path))}
        self._busy |= refused
        self._work.release(got & refused)
        self._mine |= got - refused
        self._pass_over(got - refused)

    def _pass_over(self, paths: Collection[str]) -> None:
        """Finishes those of `paths` that have been read since they were planned."""
        records, failures = self._store.files(paths), self._store.failures(paths)
        files = [self._files[self._at[path]] for path in paths]
        read = {
            file.path
            for file in files
            if self._is_read(file, records.get(file.path), failures.get(file.path))
        }
        self.failures |= {path: failures[path] for path in read & failures.keys()}
        self.others += len(read)
        self.finish(read)
