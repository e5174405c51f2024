"""A client in, whether there is a place for it out: so many in all, and so many for each."""

from collections import Counter
from threading import Lock


class Places:
    """Places for what may take as long as a client likes: `most` in all, `each` for one client."""

    def __init__(self, most: int, each: int) -> None:
        self.most = most
        self._each = each
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    def take(self, client: str) -> bool:
        """Takes a place, if there is one; never waits."""
        with self._lock:
            if self._taken.total() >= self.most or self._taken[client] >= self._each:
                return False
            self._taken[client] += 1
            return True

    def leave(self, client: str) -> None:
        """Gives a place back."""
        with self._lock:
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]
