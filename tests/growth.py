"""How the time of a piece of work grows with what it is done on: an order of growth, which is the same on every machine, and no figure of speed."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """The time of the processor that the work takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


NOISE = 0.01
"""Seconds that make no difference."""


def growth(work: Callable[[int], object], size: int, times: int) -> float:
    """How many times as long the work takes on `times` the size: the best of three, for a machine may have other work at any moment."""
    least = float("inf")
    for _ in range(3):
        small, large = seconds(lambda: work(size)), seconds(lambda: work(times * size))
        least = min(least, (large + NOISE) / (small + NOISE))
        if least < 1.2 * times:
            break
    return least
