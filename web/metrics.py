"""What the processes of a server count, and the state of its library, out: for Prometheus.

It is given at an address of its own, which no proxy passes on by mistake. The processes write what
they count to files of one folder, and this one adds them up.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.config import Settings, endpoint
from indexer.errors import BadSetting, PilcrowError
from indexer.library import Library, open_library
from indexer.logs import logger

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where the library looks for the folder


@contextmanager
def exposed(settings: Settings) -> Iterator[None]:
    """Answers at the address that `settings` have for it, if any, while the context lasts.

    Processes that begin meanwhile count into a new folder, which goes with the context. Raises
    `BadSetting` where nothing can listen there.
    """
    if not settings.metrics:
        yield
        return
    folder = tempfile.mkdtemp(prefix="pilcrow-metrics-")
    os.environ[_FOLDER] = folder
    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415 - see above
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    host, port = endpoint(settings.metrics)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)
    with open_library(settings) as library:
        registry.register(State(library))
        try:
            server, thread = start_http_server(port, host, registry)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            where = f"{host}, port {port}"
            raise BadSetting(f"cannot give metrics at {where}: {error.strerror}") from error
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            shutil.rmtree(folder, ignore_errors=True)
            del os.environ[_FOLDER]


class State:
    """The state of a library, looked at each time that it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def collect(self) -> "Iterator[GaugeMetricFamily]":
        """One gauge after another; of a store or an index that cannot be used, only that."""
        from prometheus_client.core import GaugeMetricFamily as Gauge  # noqa: PLC0415

        found = self._library.readiness()
        yield Gauge("pilcrow_store_up", "1 if the store can be used.", int(not found.store))
        yield Gauge("pilcrow_index_up", "1 if the index can be searched.", int(found.is_ready))
        if found.is_ready:
            yield Gauge("pilcrow_index_passages", "Paragraphs in the index.", found.passages)
            yield Gauge(
                "pilcrow_index_behind_changes",
                "Writes to the store that the index has yet to follow.",
                found.behind,
            )
        try:
            yield from self._held(Gauge)
        except PilcrowError as error:
            logger("metrics").warning("%s", error)

    def _held(self, gauge: "type[GaugeMetricFamily]") -> "Iterator[GaugeMetricFamily]":
        info, stale = self._library.info(), self._library.maintenance.must_rebuild()
        yield gauge("pilcrow_documents", "Documents in the corpus.", info.documents)
        yield gauge("pilcrow_passages", "Paragraphs in the store.", info.passages)
        yield gauge("pilcrow_unread_files", "Files that cannot be read.", len(info.failures))
        yield gauge(
            "pilcrow_index_stale",
            "1 if the next sync rebuilds the index, since other code made it.",
            int(stale),
        )
        if info.synced_at:
            at = datetime.fromisoformat(info.synced_at)
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            yield gauge(
                "pilcrow_newest_edition_timestamp_seconds",
                "When the newest edition came in, in seconds since 1970.",
                at.timestamp(),
            )
