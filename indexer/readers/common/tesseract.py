"""A picture of a page in, the words that Tesseract reads on it out, with their places."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from indexer.readers.recognition import Recognition, environment

_WORD = "5"  # the level of a row that is a word
_COLUMNS = 12
_TURN_ONLY, _TURNS = 0, "osd"  # a mode, and the data that it needs
_TURN = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)
_SHOWN = 200  # characters of an error


class Failed(Exception):
    """Tesseract gave no answer; the text says why."""


class Seen(NamedTuple):
    """A word and its box in dots from the upper left corner; `line` tells lines apart."""

    text: str
    confidence: float
    line: tuple[str, ...]
    left: int
    top: int
    right: int
    bottom: int


def seen(picture: bytes, dpi: int, recognition: Recognition, layout: int = 3) -> list[Seen]:
    """The words on `picture`, a file of an image, in the order of reading.

    `layout` is the mode in which the page is parted, as Tesseract numbers them. Raises `Failed`.
    """
    return list(_words(_run(picture, dpi, recognition, layout, recognition.languages)))


def turn(picture: bytes, dpi: int, recognition: Recognition) -> int:
    """By how many degrees, clockwise, `picture` must be turned to be upright; 0 if unknown."""
    try:
        answer = _run(picture, dpi, recognition, _TURN_ONLY, _TURNS)
    except Failed:  # it has too few letters, or the data for this is not installed
        return 0
    found = _TURN.search(answer)
    return int(found[1]) if found else 0


def _run(picture: bytes, dpi: int, recognition: Recognition, layout: int, languages: str) -> str:
    # By standard input, since a name could be an address that it would fetch.
    command = (
        *(recognition.program, "stdin", "stdout", "-l", languages),
        *("--dpi", str(dpi), "--psm", str(layout), "-c", "tessedit_create_tsv=1"),
    )
    try:
        process = subprocess.Popen(  # noqa: S603 - the program that was found
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
    except OSError as error:
        raise Failed(f"Tesseract cannot be started ({error.strerror})") from error
    with process:
        _limit_work(process.pid, recognition.seconds)
        try:
            answer, complaint = process.communicate(picture, timeout=recognition.patience)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise Failed(_late(recognition)) from error
    if process.returncode:
        raise Failed(_reason(process.returncode, complaint, recognition))
    return answer.decode("utf-8", errors="replace")


def _limit_work(pid: int, seconds: float) -> None:
    """Has the system end a process after so many seconds of work, where it can (Linux)."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - there is none on Windows

        whole = max(1, round(seconds))
        try:
            resource.prlimit(pid, resource.RLIMIT_CPU, (whole, whole + 1))
        except ProcessLookupError:  # it has ended already
            return


def _reason(status: int, complaint: bytes, recognition: Recognition) -> str:
    if sys.platform != "win32":
        import signal  # noqa: PLC0415 - SIGXCPU is none on Windows

        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return _late(recognition)
    said = " ".join(complaint.decode("utf-8", errors="replace").split())[:_SHOWN]
    return f"Tesseract failed (exit status {status}: {said or 'nothing said'})"


def _late(recognition: Recognition) -> str:
    return f"takes more than {recognition.seconds:g} s of work to recognise; raise ocr_seconds"


def _words(answer: str) -> Iterator[Seen]:
    for row in answer.splitlines()[1:]:
        values = row.split("\t", _COLUMNS - 1)
        if len(values) < _COLUMNS or values[0] != _WORD or not (text := values[-1].strip()):
            continue
        left, top, width, height = map(int, values[6:10])
        confidence = min(max(float(values[10]), 0.0), 100.0)
        line = tuple(values[1:5])
        yield Seen(text, confidence, line, left, top, left + width, top + height)
