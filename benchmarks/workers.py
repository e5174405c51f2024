"""A folder of documents in; how fast one worker and several take it into one store, out.

    python benchmarks/workers.py FOLDER --times 3

Starts PostgreSQL on loopback, and for each round one `pilcrow sync`, then two, on a new store.
Each has one core to itself, with the processes that read for it, as if it were a machine of its
own; PostgreSQL has none to itself. Printed are the seconds until the last document was stored, the
processor time of each worker and of PostgreSQL, and how many files each read. On a machine that
others use, the processor time of the busiest worker tells more than the clock.
"""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import psutil
import sqlalchemy as sa
from measured import ENVIRONMENT, PILCROW

sys.path.insert(0, str(Path(__file__).parent.parent))

from indexer.corpus.corpus import Corpus
from indexer.readers import SUFFIXES
from indexer.store.store import Store
from tests.cluster.database import database

_LOOK = 0.1  # seconds between two looks at the store


class Round(NamedTuple):
    """What a round took: seconds until the last document, and of the processors."""

    seconds: float
    of_workers: list[float]  # each with its processes
    of_database: float
    documents: int
    passages: int
    read: list[int]  # by each worker


def main() -> None:
    """Prints a line for each round, then the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped too
    files = len(list(Corpus(asked.folder, SUFFIXES).files()))
    rounds: dict[int, list[Round]] = {number: [] for number in asked.workers}
    with database() as server:
        for _ in range(asked.times):
            for number in asked.workers:
                done = taken_in(asked.folder, server, number)
                rounds[number].append(done)
                spent = ", ".join(f"{each:.1f}" for each in done.of_workers)
                print(
                    f"{number} workers: {done.documents} of {files} files, {done.passages} "
                    f"passages in {done.seconds:.1f} s, processors {spent} s, "
                    f"PostgreSQL {done.of_database:.1f} s, read by each {done.read}, load "
                    f"{os.getloadavg()[0]:.1f}",
                    flush=True,
                )
    for number, each in rounds.items():
        seconds = statistics.median(done.seconds for done in each)
        busiest = statistics.median(max(done.of_workers) for done in each)
        print(
            f"{number} workers: {each[0].documents / seconds:.0f} documents a second in the "
            f"middle, {each[0].documents / busiest:.0f} by the processor time of the busiest"
        )


def taken_in(folder: Path, server: str, workers: int) -> Round:
    """Has so many workers sync `folder` into a new store."""
    schema = f"store_{uuid4().hex}"
    engine = sa.create_engine(server)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    store = f"{server}?options=-csearch_path%3D{schema}"
    Store(store).close()  # its tables
    with tempfile.TemporaryDirectory() as scratch:
        database_before, started = of_database(), time.monotonic()
        running = [begin(folder, Path(scratch) / str(at), store, at) for at in range(workers)]
        last, documents, used = started, 0, dict[int, float]()
        with engine.connect() as connection:
            while any(each.poll() is None for each in running):
                found = connection.scalar(sa.text(f"SELECT count(*) FROM {schema}.documents"))
                connection.rollback()
                if found > documents:
                    last, documents = time.monotonic(), found
                    used = {each.pid: processor(each.pid) for each in running}
                    database = of_database() - database_before
                time.sleep(_LOOK)
            passages = connection.scalar(sa.text(f"SELECT count(*) FROM {schema}.passages"))
        said = [str(each.communicate()[0]) for each in running]
    engine.dispose()
    read = [int((re.findall(r"(\d+) new", words) or ["0"])[0]) for words in said]
    return Round(last - started, list(used.values()), database, documents, passages, read)


def begin(folder: Path, data: Path, store: str, at: int) -> "subprocess.Popen[str]":
    """Starts a sync, on a core of its own."""
    words = ["sync", "--corpus", str(folder), "--data", str(data), "--engine", "tantivy"]
    process = subprocess.Popen(
        [*PILCROW, *words],
        env={**ENVIRONMENT, "PILCROW_STORE": store},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    psutil.Process(process.pid).cpu_affinity([at % (os.cpu_count() or 1)])
    return process


def processor(number: int) -> float:
    """The seconds of processor time of a process and of all that it has started."""
    total = 0.0
    try:
        process = psutil.Process(number)
        for each in (process, *process.children(recursive=True)):
            times = each.cpu_times()
            total += times.user + times.system
        times = process.cpu_times()
        total += times.children_user + times.children_system
    except psutil.NoSuchProcess:
        pass
    return total


def of_database() -> float:
    """The seconds of processor time of all processes of PostgreSQL, those that have ended too."""
    total = 0.0
    for each in psutil.process_iter(["name", "cpu_times"]):
        if each.info["name"] == "postgres":
            times = each.info["cpu_times"]
            total += times.user + times.system + times.children_user + times.children_system
    return total


if __name__ == "__main__":
    main()
