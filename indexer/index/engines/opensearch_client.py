"""The connection to an OpenSearch cluster, and its errors as ours."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, OpenSearchException, TransportError

from indexer.errors import BadSetting, IndexUnavailable, IndexUnreachable
from indexer.index.engines.opensearch_transport import OneCall
from indexer.index.engines.remote import Remote

AT_ONCE = 10_000  # hits in one answer; more is refused

Json = dict[str, Any]

# Why a call failed that may well be answered later: not reached, no answer in time, too busy, or
# without a manager or a shard.
PASSING = ("N/A", "TIMEOUT", 429, 500, 502, 503, 504)
_NO_INDEX = "index_not_found_exception"  # other things are not found when a node is lost


def connect(remote: Remote, *, compress: bool = True) -> OpenSearch:
    """A client that knows all nodes. Raises `BadSetting`.

    To `compress` what is sent costs more than to send it, where much is.
    """
    urls = [url for url in remote.urls.replace(",", " ").split() if url]
    if not urls:
        raise BadSetting("the engine opensearch needs engine_url, the addresses of its nodes")
    for url in urls:
        _check(url, remote)
    options: dict[str, Any] = {}
    if remote.user:
        options["http_auth"] = (remote.user, _password(remote))
    if remote.authority:
        options["ca_certs"] = remote.authority
    return OpenSearch(
        urls,
        transport_class=OneCall,
        seconds=remote.seconds,
        # A time-out says of a node that it is not to be asked for a while, a refusal does not.
        retry_on_timeout=True,
        retry_on_status=(),
        http_compress=compress,
        **options,
    )


@contextmanager
def errors() -> Iterator[None]:
    """Maps all that the client raises to one error of ours."""
    try:
        yield
    except OpenSearchException as error:
        if isinstance(error, NotFoundError) and error.error == _NO_INDEX:
            raise IndexUnavailable("there is no search index yet; run 'pilcrow sync'") from error
        said = str(error).split("\n", 1)[0][:200]
        message = f"the search cluster cannot be used ({said}); is it running, and green?"
        passes = isinstance(error, TransportError) and error.status_code in PASSING
        raise (IndexUnreachable if passes else IndexUnavailable)(message) from error


def whole(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """`answer`, if every shard gave its part of it in time. Raises `IndexUnavailable`."""
    shards = answer.get("_shards", {})
    if answer.get("timed_out") or shards.get("failed"):
        failed = f"{shards.get('failed', 0)} of {shards.get('total', 0)} shards failed"
        raise IndexUnreachable(f"the search cluster did not answer in full ({failed})")
    return answer


def every(ask: Callable[[Json], Mapping[str, Any]], body: Json) -> Iterator[Json]:
    """All hits for `body`, which sorts them, in as many answers as that takes."""
    after: list[Any] = []
    while True:
        part = {"size": AT_ONCE} | ({"search_after": after} if after else {})
        hits = ask(body | part)["hits"]["hits"]
        yield from hits
        if len(hits) < AT_ONCE:
            return
        after = hits[-1]["sort"]


def _check(url: str, remote: Remote) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting(f"engine_url has {url!r}, which is no address such as https://node:9200")
    if parts.username or parts.password:
        raise BadSetting("engine_url has a name or password in it; use engine_user for it")
    if parts.scheme == "http" and not (_is_loopback(parts.hostname) or remote.plain):
        raise BadSetting(
            f"engine_url has {url!r}, over which everything would go unencrypted; use https, or "
            "set engine_plain if the network is your own"
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _password(remote: Remote) -> str:
    try:
        return Path(remote.password_file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"engine_password_file cannot be read: {error.strerror}") from error
