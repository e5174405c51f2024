"""Seeds in, what breaks a reader, the query parser, references, quotations or marks out.

    python benchmarks/fuzz.py                                # ten minutes, a part for each target
    python benchmarks/fuzz.py --targets read.html query --seconds 240

Needs `atheris` (in the extra `bench`), which changes what is given by what of the code it covers.
Each target runs in a process of its own, which a finding ends; what it was given is in the folder
of `--found`, as `TARGET-crash-…` or `TARGET-timeout-…`. Once it is mended, it goes to
`tests/data/fuzz/TARGET/` under a name that says what was wrong, and every test run has it.
"""

import argparse
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "data" / "fuzz"
_LIMITS = ("-timeout=20", "-rss_limit_mb=2048", "-max_len=16384", "-print_final_stats=1")


def main() -> None:
    """Prints a line for each target; exits with 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = sorted(path.name for path in CASES.iterdir())
    parser.add_argument("--targets", nargs="*", choices=names, default=names)
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together")
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given, more = parser.parse_known_args()
    if given.one:
        _fuzz(given.one, more)
        return
    given.found.mkdir(exist_ok=True)
    each = max(1, given.seconds // len(given.targets))
    wrong = [name for name in given.targets if _broken(name, each, given.found)]
    sys.exit(1 if wrong else 0)


def _fuzz(name: str, options: list[str]) -> None:
    """Does not come back: the process ends with a finding, or when its time is over."""
    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["indexer", "web"]):
        for module in import_module("indexer.readers").READERS.values():
            import_module(module)  # which is put off elsewhere
        targets = import_module("tests.helpers.fuzzing").TARGETS
    atheris.Setup([sys.argv[0], *options], targets[name])
    atheris.Fuzz()


def _broken(name: str, seconds: int, found: Path) -> bool:
    """Runs one target in a process; whether it was broken."""
    with tempfile.TemporaryDirectory() as grown:
        prefix = f"-artifact_prefix={found.resolve()}/{name}-"
        command = [sys.executable, __file__, "--one", name, *_LIMITS, prefix]
        command += [f"-max_total_time={seconds}", grown, str(CASES / name)]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False
        )
    runs = done.stderr.rpartition("stat::number_of_executed_units:")[2].split()[:1]
    print(
        f"{name}: {' '.join(runs) or 'no'} runs, {'broken' if done.returncode else 'whole'}",
        flush=True,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if not line.startswith("INFO")]
        print(done.stdout, "\n".join(said[-60:]), flush=True)
    return bool(done.returncode)


if __name__ == "__main__":
    main()
