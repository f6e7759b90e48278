"""The calls that writing makes to the system, one by one: a test can do something before any of them, or let it fail.

The buffers of Python stay as they are; beneath them lies a raw file that tells of its reads and writes. What only asks whether a name is there is not
told of: trouble is an answer to that.
"""

from __future__ import annotations

import fcntl
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from summitfix import beside, recovery, writing

NAMES = frozenset(
    (
        *("access", "close", "fchmod", "fchown", "fstat", "fsync", "getxattr", "link", "listxattr", "lstat", "open", "posix_fallocate", "rename"),
        *("replace", "setxattr", "stat", "unlink", "utime"),
    )
)

SMALL = 4096
"""Bytes that are written at once; of more, half."""

Step = Callable[[str, Any], None]
"""What is told of each call before it is made: its name, and what it is about (a path, a number, a raw file)."""


@contextmanager
def watched(step: Step) -> Iterator[None]:
    """Tell `step` of each call that `summitfix.writing`, `beside` and `recovery` make."""

    class Raw(io.FileIO):
        def readinto(self, buffer: Any) -> Any:
            step("read", self)
            return super().readinto(buffer)

        def write(self, data: Any) -> Any:
            step("write", self)
            part = min(len(data), max(len(data) // 2, SMALL))  # the system may take no more
            return super().write(memoryview(data)[:part])

        def truncate(self, size: int | None = None) -> int:
            step("truncate", self)
            return super().truncate(size)

        def close(self) -> None:
            try:
                if not self.closed:
                    step("close", self)
            finally:
                super().close()

    class System:
        def __getattr__(self, name: str) -> Any:
            call = getattr(os, name)
            if name not in NAMES:
                return call

            def told(*arguments: Any, **named: Any) -> Any:
                step(name, arguments[0])
                return call(*arguments, **named) if name != "fsync" else None  # it takes most of the time, and no test cuts the power

            return told

    def opened(path: str, mode: str, buffering: int = -1, opener: Any = None) -> Any:
        if opener is None:
            step("open", path)
        raw = Raw(path, mode, opener=opener)
        return raw if not buffering else io.BufferedReader(raw) if mode == "rb" else io.BufferedWriter(raw)

    flock = fcntl.flock

    def locked(file: Any, operation: int) -> None:
        step("flock", file)
        flock(file, operation)

    with pytest.MonkeyPatch.context() as patch:
        for module in beside, recovery, writing:
            patch.setattr(module, "os", System())
            patch.setattr(module, "open", opened, raising=False)
        patch.setattr(fcntl, "flock", locked)
        yield
