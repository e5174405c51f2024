"""Under which addresses readers reach the service: its public one, its hosts, its proxies."""

import ipaddress
import socket
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.config import Settings, listed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
)
_LONGEST = 64  # characters of what a proxy may call a client
_SITE = 64  # bits of an IPv6 address; whoever has one address has all that begin with these
_ROOT = "PILCROW_ROOT"  # in the application's configuration


class Reach:
    """What `settings` say of the addresses of the service."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.public = settings.public_url.rstrip("/")
        self._parts = urlsplit(self.public)
        self._proxies = [ipaddress.ip_network(each) for each in listed(settings.trusted_proxies)]

    @property
    def prefix(self) -> str:
        """The path of the public address, which all links begin with: empty or `/archive`."""
        return self._parts.path

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The names that a request may give for the service, in small letters and without port."""
        own = socket.gethostname()
        names = ["localhost", own, f"{own}.local", self._settings.host, self._parts.hostname or ""]
        return frozenset(name.lower() for name in (*names, *listed(self._settings.hosts)) if name)

    def knows(self, host: str) -> bool:
        """Whether `host`, with or without a port, names this service.

        An address in numbers does: who made it up knows no more than that address.
        """
        name = _name(host)
        return name in self.hosts or name.endswith(".localhost") or _is_number(name)

    def trusts(self, address: str) -> bool:
        """Whether what the peer at `address` says of a request's origin counts."""
        try:
            peer = ipaddress.ip_address(address)
        except ValueError:  # a socket in the file system has none
            return False
        return any(peer in network for network in self._proxies)

    def client(self, environ: "WSGIEnvironment") -> str:
        """Whose a request is, as far as can be known: an address, of IPv6 the network of a site.

        What a trusted proxy says counts. Of a peer without an address, all are one.
        """
        peer = str(environ.get("REMOTE_ADDR", ""))
        if self.trusts(peer):
            peer = str(environ.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or peer
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return peer[:_LONGEST]
        if isinstance(address, ipaddress.IPv4Address):
            return str(address)
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _SITE), strict=False))

    def warning(self) -> str:
        """What the person who starts the service should know; empty if all is well."""
        if self.public or _is_loopback(self._settings.host):
            return ""
        return (
            f"Listening on {self._settings.host} without public_url: citations name the address "
            "that each reader happens to use. Set public_url (or PILCROW_PUBLIC_URL) to the one "
            "that others can open, such as https://library.example.org"
        )


def add_reach(app: Flask, settings: Settings) -> None:
    """Lets `app` answer under its own addresses only, and know its public one."""
    reach = Reach(settings)
    app.config[_ROOT] = f"{reach._parts.scheme}://{reach._parts.netloc}" if reach.public else ""
    app.wsgi_app = _Proxies(app.wsgi_app, reach)  # type: ignore[method-assign]

    @app.before_request
    def refuse_foreign_hosts() -> None:
        if not reach.knows(request.host):
            raise BadRequest(
                f"This service does not answer as {request.host[:100]!r}. If it should, the person "
                "who runs it can add that name to the setting hosts, or set public_url."
            )


def whole(path: str) -> str:
    """The whole address of a path on this service, which begins with the application's root."""
    return f"{current_app.config[_ROOT] or request.host_url.rstrip('/')}{path}"


def here() -> str:
    """The whole address of the page that is asked for, without what follows a `?`."""
    return whole(urlsplit(request.base_url).path)


class _Proxies:
    """Takes the word of trusted proxies for where a request comes from, and of nobody else."""

    def __init__(self, app: "WSGIApplication", reach: Reach) -> None:
        self._app = app
        self._reach = reach
        self._forwarded = ProxyFix(self._below, x_for=1, x_proto=1, x_host=1, x_prefix=1)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if self._reach.trusts(environ.get("REMOTE_ADDR", "")):
            return self._forwarded(environ, start_response)
        for name in _FORWARDED:
            environ.pop(name, None)
        return self._below(environ, start_response)

    def _below(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Whether a proxy takes the prefix away or leaves it there."""
        prefix = self._reach.prefix
        if prefix and not environ.get("SCRIPT_NAME"):
            environ["SCRIPT_NAME"] = prefix
            path = environ.get("PATH_INFO", "")
            if path == prefix or path.startswith(prefix + "/"):
                environ["PATH_INFO"] = path.removeprefix(prefix) or "/"
        return self._app(environ, start_response)


def _name(host: str) -> str:
    """`host` without its port, in small letters."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower().rstrip(".")


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if _is_number(host):
        return ipaddress.ip_address(host).is_loopback
    return host.lower() == "localhost"
