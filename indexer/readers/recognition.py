"""Settings in, what a reader needs to have pictures of text read by Tesseract out."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

PROGRAM = "tesseract"

_PATIENCE = 4  # times the seconds of work: a busy machine is no fault of a page
_LISTING = 30  # seconds for the program to say which languages it has


@dataclass(frozen=True, slots=True)
class Recognition:
    """How pages without text are read by machine.

    `languages` are Tesseract's codes joined by `+`; empty where nothing is to be recognised.
    `seconds` are those of work that a page may take. `program` is the path of Tesseract, empty
    where it is not installed, and `missing` are the languages that it lacks.
    """

    languages: str = ""
    seconds: float = 60.0
    program: str = ""
    missing: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether there is all that is needed."""
        return bool(self.languages and self.program and not self.missing)

    @property
    def patience(self) -> float:
        """How many seconds a page is waited for, whatever the machine is busy with."""
        return _PATIENCE * self.seconds

    @property
    def advice(self) -> str:
        """What to do so that pictures of text can be read; empty where nothing is in the way."""
        if self.is_ready:
            return ""
        if not self.languages:
            return (
                "to have them read by machine (OCR), install Tesseract and set ocr to the languages"
                ' of the documents, as in ocr = "eng+fra"'
            )
        if not self.program:
            return (
                "ocr is set, but Tesseract is not installed; install it (Debian: tesseract-ocr) "
                "and run 'pilcrow sync'"
            )
        packages = " ".join(f"tesseract-ocr-{code.replace('_', '-')}" for code in self.missing)
        return (
            f"Tesseract lacks the language {', '.join(self.missing)}, which ocr asks for; "
            f"install it (Debian: {packages}) and run 'pilcrow sync'"
        )


OFF = Recognition()


def find_recognition(languages: str, seconds: float) -> Recognition:
    """What this machine has to recognise texts in `languages` with."""
    program = shutil.which(PROGRAM) if languages else None
    if not program:
        return Recognition(languages, seconds)
    wanted = languages.split("+")
    installed = _installed(program)
    return Recognition(
        languages, seconds, program, tuple(code for code in wanted if code not in installed)
    )


def environment() -> dict[str, str]:
    """The environment that Tesseract runs in: one processor, and where its languages are."""
    kept = ("PATH", "TESSDATA_PREFIX", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "OMP_THREAD_LIMIT": "1",
        "LC_ALL": "C.UTF-8",
    }


@dataclass(frozen=True, slots=True)
class _Session:
    recognition: Recognition = OFF
    on_page: Callable[[], None] = lambda: None


_session: ContextVar[_Session] = ContextVar("recognition", default=_Session())  # noqa: B039 (it is frozen)


@contextmanager
def recognising(recognition: Recognition, on_page: Callable[[], None]) -> Iterator[None]:
    """Readers recognise texts so from here on; `on_page` is told that another page begins."""
    token = _session.set(_Session(recognition, on_page))
    try:
        yield
    finally:
        _session.reset(token)


def current() -> Recognition:
    """How texts are recognised now."""
    return _session.get().recognition


def begin_page() -> None:
    """Says that a page is about to be recognised, which has a limit of time of its own."""
    _session.get().on_page()


def _installed(program: str) -> frozenset[str]:
    """The languages that `program` has; none where it does not tell."""
    try:
        told = subprocess.run(  # noqa: S603 - the program that is going to read
            (program, "--list-langs"),
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=environment(),
            timeout=_LISTING,
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(line.strip() for line in told.stdout.splitlines()[1:])
