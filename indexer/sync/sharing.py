"""The files of a plan in, those that this worker reads out, where others read some of them."""

from collections.abc import Callable, Collection, Mapping, Sequence

from indexer.corpus.walk import FoundFile
from indexer.document import Failure, FileRecord
from indexer.store.work import Work

# Files that are claimed at once: a share of the plan, so that all have some to the end, and not so
# few that the database is asked all the time.
_TOGETHER, _SHARE = (8, 64), 64
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
        work: Work,
        files: Sequence[FoundFile],
        is_read: IsRead,
        rivals: Mapping[str, frozenset[str]],
    ) -> None:
        self._work = work
        self._files = files
        self._together = min(max(len(files) // _SHARE, _TOGETHER[0]), _TOGETHER[1])
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

    def _next(self, file: FoundFile) -> list[str]:
        """The path of a file, and of some after it of which nothing is known."""
        paths: list[str] = []
        at = self._at[file.path]
        while at < len(self._files) and len(paths) < self._together:
            path = self._files[at].path
            if not any(path in known for known in (self._mine, self._busy, self._done)):
                paths.append(path)
            at += 1
        return paths

    def _group(self, path: str) -> Collection[str]:
        return self._rivals.get(path, (path,))

    def _claim(self, paths: Collection[str]) -> None:
        """Claims what can be had of `paths`, in whole groups, and has not been read since."""
        fresh = [path for path in paths if path not in self._mine and path not in self._done]
        claim = self._work.claim(fresh)
        refused = set(fresh) - claim.files
        refused |= {path for path in claim.files if not refused.isdisjoint(self._group(path))}
        self._busy |= refused
        self._work.release(claim.files & refused)
        got = claim.files - refused
        self._mine |= got
        files = [self._files[self._at[path]] for path in got]
        known, failed = claim.records, claim.failures
        read = {
            file.path
            for file in files
            if self._is_read(file, known.get(file.path), failed.get(file.path))
        }
        self.failures |= {path: failed[path] for path in read & failed.keys()}
        self.others += len(read)
        self.finish(read)
