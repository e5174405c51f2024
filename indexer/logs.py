"""What processes say of their work out: lines for a person, or JSON for what collects logs.

Logs go to standard error; standard output has what a command answers. No format shows a password
that stands in an address, or a token.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from indexer.config import JSON, Settings
from indexer.printed import echo

REQUEST: ContextVar[str] = ContextVar("request", default="")  # the id of what is answered now

_OURS = "pilcrow"
_STYLE = re.compile(r"\x1b\[[\d;]*m")  # colours
_SECRETS = (
    # In an address, up to the last @ before the path: a password may have one.
    (re.compile(r"(\b[\w+.-]+://[^\s/:@\"']*):[^\s/\"']+@"), r"\1:***@"),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]+", re.IGNORECASE), r"\1 ***"),
    (re.compile(r"\b(password|token)=[^\s&;,\"']+", re.IGNORECASE), r"\1=***"),
)


def logger(name: str) -> logging.Logger:
    """The logger of a part, below ours."""
    return logging.getLogger(f"{_OURS}.{name}")


def configure(settings: Settings) -> None:
    """Sets up the logs of this process as `settings` have it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(settings))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    wants_all = settings.log_format == JSON
    logging.getLogger(_OURS).setLevel(logging.INFO if wants_all else logging.WARNING)


def formatter(settings: Settings) -> logging.Formatter:
    """How a record is written."""
    return JsonLines() if settings.log_format == JSON else TextLines()


def teller(settings: Settings, name: str) -> Callable[[Iterable[str]], None]:
    """What takes lines for a person, of a process that stays: printed, or logged if as JSON."""

    def tell(lines: Iterable[str]) -> None:
        for line in lines:
            if settings.log_format == JSON:
                logger(name).info("%s", _STYLE.sub("", line).strip())
            else:
                echo(line)

    return tell


def without_secrets(text: str) -> str:
    """`text` with *** for passwords in addresses and for tokens."""
    for pattern, shown in _SECRETS:
        text = pattern.sub(shown, text)
    return text


class TextLines(logging.Formatter):
    """A line for a person, and below it the traceback if there is one."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the id of the request that it is about."""
        line = super().format(record)
        head, below, rest = line.partition("\n")
        said = REQUEST.get()
        return (
            without_secrets(f"{head} (request {said})" if said else head)
            + below
            + (without_secrets(rest))
        )


class JsonLines(logging.Formatter):
    """A JSON object in a line: `time` (UTC), `level`, `logger`, `message`, and what there is."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. What a caller gives as `extra={"fields": …}` stands beside the rest."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if request := REQUEST.get():
            said["request_id"] = request
        said |= getattr(record, "fields", {})
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        shown = {k: without_secrets(v) if isinstance(v, str) else v for k, v in said.items()}
        return json.dumps(shown, ensure_ascii=False, default=str)


def of_server() -> dict[str, Any]:
    """The configuration by which the server's own messages are lines of JSON too."""
    lines = {"()": "indexer.logs.JsonLines"}
    to = {"formatter": "generic", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
    return {
        "formatters": {"generic": lines, "access": lines},
        "handlers": {"console": to, "access": to},
    }
