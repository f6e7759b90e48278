"""The signals that end the command, held back where half of something must not stay: a file that is being written, a process that is starting.

Neither blocking them in the system nor catching the exception would do: with a thread about, as the progress has one, a blocked signal is still heard,
and one that is raised between the making of a file and its `try`, or while it is being removed, would leave it there.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import ClassVar

CAUSES = [getattr(signal, name) for name in ("SIGHUP", "SIGINT", "SIGTERM") if hasattr(signal, name)]
"""A terminal that went away, Ctrl-C, and what `kill`, `timeout` and a machine that shuts down send."""


class _Waiting:
    """Whether signals are held back, and those that have come meanwhile."""

    is_held = False
    come: ClassVar[list[int]] = []


def listen() -> None:
    """Let each of CAUSES raise KeyboardInterrupt, with the signal as its argument; what the caller ignores (nohup does) stays ignored."""
    for cause in CAUSES:
        if signal.getsignal(cause) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(cause, _heard)


def listen_no_more() -> None:
    """Let the next of CAUSES end the process at once."""
    for cause in CAUSES:
        if signal.getsignal(cause) is _heard:
            signal.signal(cause, signal.SIG_DFL)


@contextmanager
def held_back() -> Iterator[None]:
    """Let signals wait until this is over, that of a pipe whose reader went away too: to write there is an OSError meanwhile."""
    with _set(True), _unbroken():
        yield


@contextmanager
def let_through() -> Iterator[None]:
    """Within `held_back`: what takes long, and can be given up at any instant."""
    with _set(False):
        yield


@contextmanager
def unbroken() -> Iterator[None]:
    """To write to a pipe whose reader went away is an OSError meanwhile, and nothing comes after it."""
    with _unbroken():
        try:
            yield
        finally:
            if hasattr(signal, "sigpending") and signal.SIGPIPE in signal.sigpending():
                signal.sigwait((signal.SIGPIPE,))


@contextmanager
def _set(held: bool) -> Iterator[None]:
    before = _Waiting.is_held
    try:
        _Waiting.is_held = held
        _deliver()
        yield
    finally:
        _Waiting.is_held = before
        _deliver()


@contextmanager
def _unbroken() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGPIPE,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _heard(cause: int, _: FrameType | None) -> None:
    _Waiting.come.append(cause)
    _deliver()


def _deliver() -> None:
    """Raise what has come, unless it is held back."""
    if _Waiting.come and not _Waiting.is_held:
        cause = _Waiting.come[0]
        _Waiting.come.clear()
        raise KeyboardInterrupt(cause)
