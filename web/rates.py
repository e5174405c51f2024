"""A client in, how long it must wait before it may ask again out.

Each process counts for itself.
"""

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter


class Rates:
    """Lets each client ask as often as `rate` says, such as `300/minute`."""

    def __init__(self, rate: str) -> None:
        self._limit = parse(rate)
        self._clients = SlidingWindowCounterRateLimiter(MemoryStorage())

    def wait(self, client: str) -> int:
        """Seconds until `client` may ask again; 0 where it may, which is counted."""
        if self._clients.hit(self._limit, client):
            return 0
        reset = self._clients.get_window_stats(self._limit, client).reset_time
        return max(1, math.ceil(reset - time.time()))
