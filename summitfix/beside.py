"""What stands beside a file while it is written: its names, and the lock by which a run that was killed is told from one that is still at work.

All that a kill can leave is what LEFT_OVERS lists. The lock is on the new text, and the system takes it away with the process.
"""

from __future__ import annotations

import os
from binascii import crc32
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from summitfix.core import SummitfixError
from summitfix.interrupts import held_back

CHANGED = "changed while it was being repaired; not written"
"""What is said of a file that is not any more what was read."""

BUSY = "another run is writing it; not written"
"""What is said of a file beside which somebody else holds the lock."""

LEFT_OVERS = {
    "new": "a part of the repaired text",
    "copy": "a part of the text before the repair",
    "old": "the text before the repair",
}
"""What stands beside a file while it is written, and what it holds. A copy becomes the old text, or a backup, when it is complete."""

ENDS = tuple(f".summitfix-{kind}" for kind in LEFT_OVERS)
"""How their names end; they begin with a dot and the name of the file."""

LONGEST = 255
"""Bytes that a name may have, on all file systems in use."""


def is_left_over(path: str) -> bool:
    """Whether a file has the name of what stands beside another one while that is written, and stays there if the run is killed."""
    return path.endswith(ENDS) and os.path.basename(path).startswith(".")


def left_overs(path: str) -> list[str]:
    """What stands beside the file at `path`, because a run is writing it or was killed while it did."""
    target = os.path.realpath(path)
    return [beside for kind in LEFT_OVERS if os.path.lexists(beside := name_beside(target, kind))]


def name_beside(target: str, kind: str) -> str:
    """The name of a left-over: always the same, so that it is recognised. One that would be too long has a number for its end."""
    folder, name = os.path.split(target)
    whole, end = os.fsencode(name), f".summitfix-{kind}"
    if len(whole) + len(end) >= LONGEST:
        end = f"~{crc32(whole):08x}{end}"
        name = os.fsdecode(whole[: LONGEST - len(end) - 1])
    return os.path.join(folder, f".{name}{end}")


@contextmanager
def made(target: str, mode: int) -> Iterator[BinaryIO]:
    """The new text of `target`, to be written: locked, and gone afterwards unless it was renamed. Signals are held back."""
    with held_back(), created(name_beside(target, "new"), mode) as file:
        with suppress(OSError):  # a file system without locks, where `claimed` does not believe that somebody was killed
            _lock(file, waits=True)  # somebody may be looking just now whether it was left
        try:
            yield file
        finally:
            if _is_there(file):
                os.unlink(file.name)


@contextmanager
def claimed(target: str, new: str) -> Iterator[None]:
    """The lock of those who write `target`, whose new text, left by a killed run, is removed at the end. Raises SummitfixError if somebody has it."""
    if not os.path.lexists(new):
        with made(target, 0o600):
            yield
        return
    with held_back(), reopened(new, "r+b") as file:  # NFS locks only what is open for writing
        try:
            _lock(file)
        except OSError:
            raise in_the_way(new) from None
        yield
        os.unlink(new)


def _lock(file: BinaryIO, *, waits: bool = False) -> None:
    """Hold a file that stands beside another one for as long as it is open. Raises SummitfixError if somebody else does, OSError where that is unknown."""
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except BlockingIOError:
        raise SummitfixError(BUSY) from None
    if not _is_there(file):  # it was renamed or removed just now, by one who had the lock
        raise SummitfixError(BUSY)


def _is_there(file: BinaryIO) -> bool:
    """Whether an open file still has its name."""
    try:
        return os.path.samestat(os.lstat(file.name), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def created(path: str, mode: int) -> BinaryIO:
    """A new file. Raises SummitfixError if there is one: somebody is at work on it, or what it holds may be the only copy."""
    try:
        return open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))
    except FileExistsError:
        try:
            with reopened(path, "r+b") as theirs:
                _lock(theirs)
        except FileNotFoundError:
            raise SummitfixError(BUSY) from None
        except OSError:
            pass
        raise in_the_way(path) from None
    except PermissionError:
        raise SummitfixError("its folder is not writable, so it cannot be written safely; not written") from None


def in_the_way(path: str) -> SummitfixError:
    """What is said where a left-over is in the way."""
    held = LEFT_OVERS[path.rpartition("-")[2]]
    return SummitfixError(f"{path} was left by a run that was killed (or that is still at work) and holds {held}; remove it and run again")


@contextmanager
def reopened(path: str, mode: str, read: os.stat_result | None = None) -> Iterator[BinaryIO]:
    """The regular file at `path`, if it is still the one that was read. A link or a pipe in its place is neither followed nor waited for."""
    before = os.lstat(path)
    if read is not None:
        check_same(before, read)
    buffer = 0 if "+" in mode else -1  # what is written into a user's file is written then, not when it is closed
    with open(path, mode, buffer, opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK)) as file:
        check_same(os.fstat(file.fileno()), before)
        yield file  # type: ignore[misc]


def check_same(now: os.stat_result, read: os.stat_result) -> None:
    """Raise SummitfixError unless a file is still the one that was read, unchanged."""
    if any(getattr(now, name) != getattr(read, name) for name in ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns")):
        raise SummitfixError(CHANGED)
