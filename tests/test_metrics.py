"""What a server tells Prometheus: all its processes together, at an address of its own."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from indexer.config import Settings, endpoint, load_settings
from indexer.errors import BadSetting
from indexer.library import open_library
from tests.cluster.nodes import free_ports
from tests.conftest import ROOT, Write
from tests.test_serve import lines_until
from tests.test_watch import wait_for

COUNTED = ("pilcrow_http_requests_total", "search", "GET", "200")
NONE = ("pilcrow_http_requests_total", "none", "GET", "404")


def told(port: int) -> dict[tuple[str, ...], float]:
    """The values, by the name of each and the values of its labels."""
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        families = text_string_to_metric_families(answer.read().decode())
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
def test_the_processes_of_a_server_are_counted_together(settings: Settings, write: Write) -> None:
    write("a.txt", "On Whales\n\n1. Whales sing.\n\n2. Whales dive.\n")
    write("b.pdf", "no PDF")
    with open_library(settings) as library:
        library.maintenance.sync()
    port, metrics = free_ports(2)
    words = ["serve", "--port", str(port), "--processes", "2"]
    words += ["--corpus", str(settings.corpus), "--data", str(settings.data)]
    folders = set(Path(tempfile.gettempdir()).glob("pilcrow-metrics-*"))
    process = subprocess.Popen(
        [sys.executable, "-c", "from indexer.cli import main; main()", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PILCROW_METRICS": f"127.0.0.1:{metrics}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        lines_until(process, "Pilcrow is at")
        for _ in range(20):
            with urlopen(f"http://127.0.0.1:{port}/search?q=whales") as answer:
                answer.read()
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/metrics")
        # A request is counted when its last byte is out, which may be after it was read here.
        wait_for(lambda: told(metrics).get(COUNTED) == 20 and NONE in told(metrics))
        found = told(metrics)
        process.send_signal(signal.SIGTERM)
        process.communicate()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    assert (found[COUNTED], found[NONE]) == (20, 1)
    assert found["pilcrow_http_request_duration_seconds_count", "search"] == 20
    for step in ("parse", "compile", "engine", "store", "marks"):
        assert found["pilcrow_search_step_duration_seconds_count", step] >= 20
    assert found["pilcrow_documents",] == 1
    assert found["pilcrow_passages",] == found["pilcrow_index_passages",] >= 2
    assert found["pilcrow_unread_files",] == 1
    assert found["pilcrow_index_up",] == found["pilcrow_store_up",] == 1
    assert found["pilcrow_index_behind_changes",] == found["pilcrow_index_stale",] == 0
    assert set(Path(tempfile.gettempdir()).glob("pilcrow-metrics-*")) <= folders


def test_an_address_for_metrics_has_a_host_and_a_port() -> None:
    assert endpoint("127.0.0.1:9464") == ("127.0.0.1", 9464)
    assert endpoint("[::1]:9464") == ("::1", 9464)
    for odd in ("9464", "localhost", ":9464", "a:b", "a:70000"):
        with pytest.raises(BadSetting, match="metrics"):
            load_settings({"metrics": odd}, {})
