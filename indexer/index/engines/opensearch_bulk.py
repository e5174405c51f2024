"""Sends many changes to OpenSearch in chunks, each item until it is taken or refused for good.

The client's own helpers retry only some refusals, and one of them none.
"""

import json
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from indexer.errors import IndexUnavailable, IndexUnreachable
from indexer.index.engine import Entry
from indexer.index.engines.opensearch_client import PASSING
from indexer.index.engines.opensearch_query import FIRST_DAY, LAST_DAY
from indexer.index.engines.opensearch_searcher import DOCUMENT, FACETS, KEY

_CHUNK = 4_000_000  # bytes in one request
_IN_FLIGHT = 3  # requests at a time
_TRIES = 8  # of an item that the cluster cannot take now
_PAUSE = 0.25  # seconds before the second try; twice as long before each next
_TOO_LARGE = 413
_GONE = 404  # to delete what is not there is as good


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change goes: `number` is that of its commit."""

    index: str
    document: str
    number: int

    def of(self, key: int) -> dict[str, object]:
        """What names an entry there; an older change of it is refused."""
        return {
            "_index": self.index,
            "_id": str(key),
            "routing": self.document,
            "version": self.number,
            "version_type": "external_gte",
        }


def document_of(place: Place, entry: Entry) -> bytes:
    """The two lines that put an entry of a document into an index."""
    body: dict[str, Any] = {DOCUMENT: place.document, KEY: entry.key}
    body |= {field.value: words for field, words in entry.words.items()}
    body |= {field.value: list(values) for field, values in entry.keys.items() if values}
    body |= {FACETS[facet]: list(values) for facet, values in entry.facets.items() if values}
    if entry.days:
        body[FIRST_DAY], body[LAST_DAY] = entry.days
    return _lines({"index": place.of(entry.key)}, body)


def deletion_of(place: Place, key: int) -> bytes:
    """The line that takes an entry out; no error if it is not there."""
    return _lines({"delete": place.of(key)})


class Bulk:
    """Gathers changes and sends each chunk of them as soon as it is full, a few at a time.

    Those of one commit may arrive in any order: each is of another entry.
    """

    def __init__(self, client: OpenSearch) -> None:
        self._client = client
        self._items: list[bytes] = []
        self._size = 0
        self._threads = ThreadPoolExecutor(_IN_FLIGHT)
        self._sent: deque[Future[None]] = deque()

    def add(self, item: bytes) -> None:
        """Adds the lines of one change."""
        self._items.append(item)
        self._size += len(item)
        if self._size >= _CHUNK:
            self._flush()

    def wait(self) -> None:
        """Sends what is left, and waits. Raises `IndexUnavailable` for what is refused for good."""
        self._flush()
        while self._sent:
            self._sent.popleft().result()

    def close(self) -> None:
        """Waits for what is on its way, and sends nothing more."""
        self._threads.shutdown(cancel_futures=True)

    def _flush(self) -> None:
        items, self._items, self._size = self._items, [], 0
        if not items:
            return
        while len(self._sent) >= _IN_FLIGHT:  # so that the memory is bounded
            self._sent.popleft().result()
        self._sent.append(self._threads.submit(self._deliver, items))

    def _deliver(self, items: list[bytes]) -> None:
        """Sends a chunk until all of it is taken."""
        pause = _PAUSE
        for _ in range(_TRIES):
            items = self._send(items)
            if not items:
                return
            time.sleep(pause)
            pause *= 2
        raise IndexUnreachable(
            f"the search cluster has not taken {len(items):,} changes; is it running, and green?"
        )

    def _send(self, items: Sequence[bytes]) -> list[bytes]:
        """Sends a chunk; those items of it that are to be sent again."""
        try:
            answer = self._client.bulk(body=b"".join(items))
        except TransportError as error:
            if error.status_code in PASSING:
                return list(items)
            if error.status_code != _TOO_LARGE or len(items) == 1:
                raise
            middle = len(items) // 2
            return [*self._send(items[:middle]), *self._send(items[middle:])]
        if not answer["errors"]:
            return []
        again = []
        for item, said in zip(items, answer["items"], strict=True):
            ((action, result),) = said.items()
            status = int(result["status"])
            if status in PASSING:
                again.append(item)
            elif "error" in result and not (action == "delete" and status == _GONE):
                reason = str(result["error"].get("reason", ""))[:200]
                message = f"passage {result['_id']} was refused by the search cluster: {reason}"
                raise IndexUnavailable(message)
        return again


def _lines(*values: object) -> bytes:
    """Values as lines of JSON; half a surrogate pair, which is in no term, becomes a sign."""
    text = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    return text.encode("utf-8", "replace")
