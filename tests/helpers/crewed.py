"""Functions that processes of a crew carry out in tests; they import little."""

import os
import signal
import time


def slowly(number: int) -> tuple[int, int]:
    """Later ones are done sooner."""
    time.sleep(0.1 / (1 + number))
    return os.getpid(), number * number


def failing(number: int) -> int:
    if number == 2:
        raise ValueError("two")
    return number


def leaving(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def printing(number: int) -> int:
    print("a library that talks")
    return number
