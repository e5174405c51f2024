"""Defaults, `pilcrow.toml`, `PILCROW_*`, flags in, in order of rising weight; `Settings` out."""

import ipaddress
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import BadSetting

FILE = "pilcrow.toml"
PREFIX = "PILCROW_"
TEXT, JSON = "text", "json"  # formats of logs

_LANGUAGES = re.compile(r"(?:\w+\+)*\w+", re.ASCII)
_RATE = re.compile(r"[1-9]\d{0,8}/(?:second|minute|hour|day)", re.ASCII)
_HOST = re.compile(r"[\w.-]+")
_HIGHEST = 65535  # the last port; no other whole number wants to be larger


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; docs/settings.md tells what each is for."""

    corpus: Path = Path("corpus")
    data: Path = Path(".pilcrow")
    store: str = ""
    store_password_file: str = ""
    engine: str = "whoosh"
    engine_url: str = ""
    engine_user: str = ""
    engine_password_file: str = ""
    engine_ca: str = ""
    engine_plain: bool = False
    engine_seconds: int = 30
    engine_shards: int = 1
    engine_replicas: int = 1
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    hosts: str = ""
    trusted_proxies: str = ""
    cors_origins: str = ""
    max_file_mb: int = 100
    read_seconds: int = 8
    read_mb: int = 1000
    ocr: str = ""
    ocr_seconds: int = 60
    signing_key: str = ""
    log_format: str = TEXT
    log_queries: bool = False
    backup_folder: str = ""
    backup_keep: int = 14
    rate_limit: str = ""
    metrics: str = ""
    processes: int = os.cpu_count() or 1


def load_settings(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """The settings in force; flags that are None count as not given.

    `environ` defaults to the process's, `folder` (where `pilcrow.toml` may lie) to the current
    one. Raises `BadSetting` for an unknown name or a value of the wrong kind.
    """
    settings = Settings()
    for origin, values in (
        (FILE, _from_file((folder or Path()) / FILE)),
        ("the environment", _from_environ(os.environ if environ is None else environ)),
        ("the command line", {k: v for k, v in (flags or {}).items() if v is not None}),
    ):
        settings = replace(settings, **_checked(values, origin))
    return settings


def _from_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} is not valid TOML: {error}") from error
    except OSError as error:
        raise BadSetting(f"{path} cannot be read: {error.strerror}") from error


def _from_environ(environ: Mapping[str, str]) -> dict[str, object]:
    return {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX)
    }


def _checked(values: Mapping[str, object], origin: str) -> dict[str, Any]:
    kinds = {field.name: type(getattr(Settings(), field.name)) for field in fields(Settings)}
    unknown = sorted(set(values) - set(kinds))
    if unknown:
        raise BadSetting(
            f"{origin} sets {unknown[0]!r}, which is no setting; there are {', '.join(kinds)}"
        )
    return {name: _converted(name, kinds[name], value, origin) for name, value in values.items()}


def _converted(name: str, kind: type, value: object, origin: str) -> str | int | Path:
    if kind is bool:
        return _switch(name, value, origin)
    if issubclass(kind, int):
        try:
            number = int(str(value))
        except ValueError as error:
            message = f"{origin} sets {name} to {value!r}; it must be a whole number"
            raise BadSetting(message) from error
        if not 0 < number <= _HIGHEST:
            raise BadSetting(f"{origin} sets {name} to {number}; it must be from 1 to {_HIGHEST}")
        return number
    if name in _CHECKS:
        return _CHECKS[name](str(value), origin)
    if not str(value):
        raise BadSetting(f"{origin} sets {name} to nothing; give a value or leave it out")
    return Path(str(value)) if issubclass(kind, Path) else str(value)


def _switch(name: str, value: object, origin: str) -> bool:
    text = str(value).lower()
    if text not in {"true", "false"}:
        raise BadSetting(f"{origin} sets {name} to {value!r}; it must be true or false")
    return text == "true"


def listed(value: str) -> list[str]:
    """The parts of a setting that is a list: `a, b` as `a` and `b`."""
    return [part for part in value.replace(",", " ").split() if part]


def _public_url(value: str, origin: str) -> str:
    """The whole address of the service; nothing if it has none."""
    parts = urlsplit(value)
    is_whole = parts.scheme in {"http", "https"} and parts.hostname and value.isprintable()
    if value and (not is_whole or parts.query or parts.fragment or parts.username):
        raise BadSetting(
            f"{origin} sets public_url to {_without_name(value)!r}; it must be the whole "
            "address under which readers open the start page, such as https://library.example.org/texts"
        )
    return value.rstrip("/")


def _without_name(address: str) -> str:
    """`address` as it may be shown: without what stands before its host, a password maybe."""
    scheme, mark, rest = address.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark else address


def _proxies(value: str, origin: str) -> str:
    """Addresses of proxies, or networks of them."""
    for each in listed(value):
        try:
            ipaddress.ip_network(each)
        except ValueError as error:
            raise BadSetting(
                f"{origin} sets trusted_proxies to {value!r}, of which {each!r} is no address and "
                "no network; give those of the proxies, such as 127.0.0.1 or 10.0.0.0/8"
            ) from error
    return value


def _hosts(value: str, origin: str) -> str:
    """Names of the service."""
    for each in listed(value):
        if not _HOST.fullmatch(each):
            raise BadSetting(
                f"{origin} sets hosts to {value!r}, of which {each!r} is no name of a host; give "
                "names without port, such as library.example.org"
            )
    return value


def _origins(value: str, origin: str) -> str:
    """Other sites whose pages may read the API."""
    for each in listed(value):
        parts = urlsplit(each)
        is_whole = parts.scheme in {"http", "https"} and parts.hostname
        if each != "*" and not (is_whole and each == f"{parts.scheme}://{parts.netloc}"):
            raise BadSetting(
                f"{origin} sets cors_origins to {value!r}, of which {each!r} is no origin; give "
                "scheme and host of each site, such as https://reader.example.org, or * for all"
            )
    return value


def _languages(value: str, origin: str) -> str:
    """The languages of text recognition; nothing turns it off."""
    if value and not _LANGUAGES.fullmatch(value):
        raise BadSetting(
            f"{origin} sets ocr to {value!r}; it must be languages by the codes of Tesseract, "
            'joined by +, as in "eng+fra"'
        )
    return value


def _rate(value: str, origin: str) -> str:
    """How often one client may ask; nothing for as often as it likes."""
    if value and not _RATE.fullmatch(value):
        raise BadSetting(
            f"{origin} sets rate_limit to {value!r}; it must be a number of requests of one "
            "client and a time, such as 300/minute or 20/second"
        )
    return value


def endpoint(value: str) -> tuple[str, int]:
    """The host and the port of `HOST:PORT`. Raises `ValueError`."""
    parts = urlsplit(f"//{value}")
    if not parts.hostname or not parts.port or parts.netloc != value:
        raise ValueError(value)
    return parts.hostname, parts.port


def _metrics(value: str, origin: str) -> str:
    """Where metrics are given; nothing for nowhere."""
    try:
        if value:
            endpoint(value)
    except ValueError as error:
        raise BadSetting(
            f"{origin} sets metrics to {value!r}; it must be an address and a port of this "
            "machine, such as 127.0.0.1:9464"
        ) from error
    return value


def _log_format(value: str, origin: str) -> str:
    if value not in {TEXT, JSON}:
        raise BadSetting(f"{origin} sets log_format to {value!r}; it must be {TEXT} or {JSON}")
    return value


_CHECKS: Mapping[str, Callable[[str, str], str]] = {
    "cors_origins": _origins,
    "hosts": _hosts,
    "log_format": _log_format,
    "metrics": _metrics,
    "ocr": _languages,
    "public_url": _public_url,
    "rate_limit": _rate,
    "trusted_proxies": _proxies,
}
