"""How one call reaches a cluster of which a node may be dead, stopped or out of reach.

The client's own way tries again after a time-out, so that a call may take several times as long as
it may, and gives a node that failed up to half an hour of rest.
"""

import time
from collections.abc import Collection, Mapping
from typing import Any, cast

from opensearchpy import Connection, Transport
from opensearchpy.connection_pool import ConnectionPool
from opensearchpy.exceptions import ConnectionError as NotReached
from opensearchpy.exceptions import ConnectionTimeout, TransportError
from urllib3 import Timeout

_REST = 5.0  # seconds until a node that failed is tried again; longer each time
_LONGEST = 3  # times that this is doubled
_AWAKE = 2.0  # seconds in which a node that failed must say that it is there again
_REACHED = 3.0  # seconds in which a connection must be made
_ELSEWHERE = {502, 503, 504}  # what another node may know better


class Nodes(ConnectionPool):
    """The nodes of a cluster; one that failed is asked whether it is awake before it is used."""

    def __init__(self, connections: object, **options: Any) -> None:  # noqa: ANN401
        known = {"dead_timeout": _REST, "timeout_cutoff": _LONGEST}
        super().__init__(connections, **(options | known))

    def resurrect(self, force: bool = False) -> Connection | None:
        """A node that has rested, None where there is none; with `force` always one."""
        connection: Connection | None = super().resurrect(force)
        if connection is not None and not force:
            try:
                connection.perform_request("HEAD", "/", timeout=_AWAKE)
            except NotReached:
                self.mark_dead(connection)
            except TransportError:  # it is there, whatever it does not allow
                pass
        return connection


class OneCall(Transport):
    """Sends a call to one node after another until one answers, all in the time of one call.

    Nothing is sent again after a time-out: what takes long takes no less elsewhere. What fails at
    once may be: all calls mean the same when they are made twice.
    """

    def __init__(self, hosts: object, *, seconds: float, **options: Any) -> None:  # noqa: ANN401
        super().__init__(hosts, connection_pool_class=Nodes, max_retries=0, **options)
        self._seconds = seconds
        self._nodes = len(self.hosts)

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: object = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - as the client has it
        """See `Transport.perform_request`; a `request_timeout` is that of all of it."""
        given = dict(params or {})
        seconds = given.pop("request_timeout", None) or timeout or self._seconds
        until = time.monotonic() + float(seconds)
        tried = 0
        while True:
            left = max(until - time.monotonic(), 0.1)
            within = Timeout(connect=min(left, _REACHED), read=left)
            try:
                return super().perform_request(
                    method,
                    url,
                    dict(given),
                    body,
                    cast(float, within),  # urllib3 takes both times in one
                    ignore,
                    headers,
                )
            except TransportError as error:
                tried += 1
                if not _may_go_elsewhere(error) or tried > self._nodes or time.monotonic() >= until:
                    raise


def _may_go_elsewhere(error: TransportError) -> bool:
    if isinstance(error, ConnectionTimeout):
        return False
    return isinstance(error, NotReached) or error.status_code in _ELSEWHERE
