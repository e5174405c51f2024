"""Starts what compose.yaml starts, on loopback and without containers: web nodes, worker, nginx."""

import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.cluster.nodes import CannotStart, as_user, free_ports, give_away
from tests.helpers.composed import composed, ours

ROOT = Path(__file__).resolve().parents[2]
_NGINX = ROOT / "deploy" / "nginx"
# Settings of compose.yaml for servers that ask for a password, which those of tests do not, and
# for readers who come by https, which not all here do.
_ELSEWHERE = (
    "PILCROW_STORE_PASSWORD_FILE",
    "PILCROW_ENGINE_USER",
    "PILCROW_ENGINE_PASSWORD_FILE",
    "PILCROW_ENGINE_CA",
    "PILCROW_PUBLIC_URL",
)
_PATIENCE = 300.0  # seconds until a process must have come up


@dataclass(slots=True)
class Fleet:
    """The processes of a fleet, of which each can be ended alone.

    `settings` are those that all have, by their names in the environment. What a process prints is
    in `folder`, under its name.
    """

    folder: Path
    settings: Mapping[str, str]
    commands: Mapping[str, list[str]]
    ports: dict[str, int] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def worker(self, name: str = "worker") -> None:
        """Starts a worker."""
        self._pilcrow(name, self.commands["worker"])

    def web(self, name: str) -> str:
        """Starts a web node, waits until it answers, and says where."""
        port = self.ports.setdefault(name, free_ports(1)[0])
        self._pilcrow(name, [*self.commands["web-1"], "--port", str(port)])
        self._wait(name, lambda: self.get(name, "/healthz")["alive"])
        return self.url(name)

    def url(self, name: str) -> str:
        """Where a web node answers."""
        return f"http://127.0.0.1:{self.ports[name]}"

    def get(self, name: str, path: str) -> Any:
        """The JSON that a web node gives at a path, with a status of 503 too."""
        with suppress(URLError, OSError), urlopen(f"{self.url(name)}{path}", timeout=60) as answer:
            return json.load(answer)
        return {"alive": False, "ready": False, "passages": -1, "total": -1}

    def end(self, name: str, number: int = signal.SIGTERM) -> int:
        """Ends a process with a signal; its exit status."""
        process = self.processes.pop(name)
        process.send_signal(number)
        try:
            return process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def stop(self) -> None:
        """Ends all."""
        for name in list(self.processes):
            self.end(name)

    def said(self, name: str) -> str:
        """What a process has printed."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def proxy(self) -> tuple[str, ssl.SSLContext]:
        """Starts nginx before all web nodes; where it answers, and what its certificate is of.

        Raises `CannotStart` where it is not installed.
        """
        web = [port for name, port in self.ports.items() if name.startswith("web")]
        nginx = Nginx(self.folder / "nginx", web)
        self._start("nginx", nginx.command, {})
        self._wait("nginx", nginx.answers)
        return nginx.url, nginx.trusting

    def _pilcrow(self, name: str, words: list[str]) -> None:
        command = [sys.executable, "-c", "from indexer.cli import main; main()", *words]
        self._start(name, command, self.settings)

    def _start(self, name: str, command: list[str], settings: Mapping[str, str]) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
        with (self.folder / f"{name}.log").open("ab") as out:
            self.processes[name] = subprocess.Popen(
                command, env=environment, stdout=out, stderr=out, cwd=self.folder
            )

    def _wait(self, name: str, is_there: Callable[[], bool]) -> None:
        until = time.monotonic() + _PATIENCE
        while not is_there():
            if self.processes[name].poll() is not None or time.monotonic() > until:
                raise CannotStart(f"{name} does not answer: {self.said(name)[-800:]}")
            time.sleep(0.1)


class Nginx:
    """nginx as deploy/nginx has it, before web nodes at `ports` of this machine.

    Raises `CannotStart` where nginx or openssl is not installed.
    """

    def __init__(self, folder: Path, ports: Sequence[int]) -> None:
        program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
        if program is None or shutil.which("openssl") is None:
            raise CannotStart("nginx or openssl is not installed (Debian: nginx-light, openssl)")
        folder.mkdir(parents=True, exist_ok=True)
        certificate, main = _certified(folder), folder / "nginx.conf"
        port, plain = free_ports(2)
        main.write_text(_main(folder, ports, port, plain), "utf-8")
        give_away(folder)
        self.command = [*as_user(), program, "-e", "stderr", "-p", str(folder), "-c", str(main)]
        self.url = f"https://localhost:{port}"
        self.plain = f"http://localhost:{plain}"
        self.log = folder / "access.log"
        self.trusting = ssl.create_default_context(cafile=str(certificate))

    def answers(self) -> bool:
        """Whether it does, and a web node behind it."""
        health = f"{self.url}/healthz"
        with (
            suppress(URLError, OSError),
            urlopen(health, context=self.trusting, timeout=5) as answer,
        ):
            return bool(answer.status)
        return False


def _main(folder: Path, ports: Sequence[int], port: int, plain: int) -> str:
    site = (_NGINX / "pilcrow.conf").read_text("utf-8")
    site = (
        "\n".join(line for line in site.splitlines() if "listen [::]" not in line)
        .replace("listen 80;", f"listen 127.0.0.1:{plain};")
        .replace("listen 443 ", f"listen 127.0.0.1:{port} ")
        .replace("/etc/nginx/tls/", f"{folder}/")
        .replace("/var/log/nginx/", f"{folder}/")
    )
    nodes = "".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=10s;\n" for port in ports)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off;\npid {folder}/pid;\nworker_processes 2;\nevents {{}}\nhttp {{\n{temporary}"
        f"upstream pilcrow {{\nleast_conn;\n{nodes}keepalive 32;\n}}\n{site}\n}}\n"
    )


def _certified(folder: Path) -> Path:
    """Writes a certificate of its own for localhost."""
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate


@contextmanager
def fleet(folder: Path, corpus: Path, store: str, nodes: str) -> Iterator[Fleet]:
    """A fleet without a process yet: `store` is its database, `nodes` its cluster.

    What web nodes and workers share, as in compose.yaml, are corpus and data folder. All of it ends
    with the context.
    """
    folder.mkdir(parents=True, exist_ok=True)
    services = ours(composed())
    here = {
        "PILCROW_CORPUS": str(corpus),
        "PILCROW_DATA": str(folder / "data"),
        "PILCROW_STORE": store,
        "PILCROW_ENGINE_URL": nodes,
        "PILCROW_HOST": "127.0.0.1",
        "PILCROW_TRUSTED_PROXIES": "127.0.0.1",
        "PILCROW_PROCESSES": "1",
    }
    said = {**services["worker"]["environment"], **here}
    made = Fleet(
        folder,
        {name: value for name, value in said.items() if name not in _ELSEWHERE},
        {name: service["command"] for name, service in services.items()},
    )
    try:
        yield made
    finally:
        made.stop()
