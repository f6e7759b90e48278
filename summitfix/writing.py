"""Write users' files: each holds its old text or its new one, whatever happens to the disk or to us.

The new text is made beside, flushed to the disk and renamed. Where a rename would split hard links or lose the owner, the file is overwritten in place,
and while that lasts its old text lies beside, complete.

All that a kill can leave is what LEFT_OVERS lists; the next run that writes the file puts it right, as a database does with its journal. It knows a run
that was killed from one that is still at work by a lock on the new text, which the system takes away with the process.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from binascii import crc32
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import BinaryIO

from summitfix.core import SummitfixError
from summitfix.files import BLOCK
from summitfix.interrupts import held_back, let_through

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


def rewrite(path: str, read: os.stat_result, kept: int, chunks: Iterable[bytes], backup: str | None = None) -> None:
    """Let the file at `path` hold its own first `kept` bytes and then `chunks`: all of it, or what it held before.

    Mode, owner, extended attributes and links are kept; a symbolic link is followed. `read` is what `fstat` said when the file was opened. With
    `backup` the old text stays beside, under the name of the file and that suffix; no file is overwritten for it: it is `.orig`, then `.orig.~1~`, as
    `cp --backup=numbered` has it, unless one of them holds this very text. Raises SummitfixError and OSError; then nothing is left beside, and the file
    is as it was, or the message says where its old text is.
    """
    target = os.path.realpath(path)
    if backup and os.sep in backup:
        raise SummitfixError(f"--backup {backup} is to be the end of a name, not a path")
    _same(os.lstat(target), read)
    check_writable(target, read)
    with _reopened(target, "rb", read) as old, _made(target, 0o600) as new:
        with let_through():
            while kept > 0 and (part := old.read(min(kept, BLOCK))):
                new.write(part)
                kept -= len(part)
            new.writelines(chunks)
        new.flush()
        renames = read.st_nlink == 1 and _likened(new, old, read)
        os.fsync(new.fileno())
        _same(os.lstat(target), read)
        with _backed_up(target, old, backup):
            _same(os.lstat(target), read)  # at the last moment
            if not (renames and _renamed(new.name, target)):
                _overwrite(target, new.name, read)
        _settled(target)


def create(path: str, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to a file that may exist: as safely as `rewrite` if it is regular, straight through if it is a pipe or a device."""
    target = os.path.realpath(path)
    if os.path.isfile(target):
        rewrite(target, os.stat(target), 0, chunks)
    elif os.path.exists(target):
        with open(target, "wb") as device:
            device.writelines(chunks)
    else:
        with _made(target, 0o666) as new:
            with let_through():
                new.writelines(chunks)
            new.flush()
            os.fsync(new.fileno())
            os.replace(new.name, target)
            _settled(target)


def check_writable(path: str, read: os.stat_result) -> None:
    """Raise SummitfixError if the file at `path` is read-only, as the superuser sees it too; `read` is what `fstat` said."""
    if not read.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise SummitfixError("read-only; not written")


def is_backup(path: str, suffix: str) -> bool:
    """Whether a file has the name of a backup."""
    return re.search(rf"{re.escape(suffix)}(?:\.~\d+~)?$", path) is not None


def is_left_over(path: str) -> bool:
    """Whether a file has the name of what stands beside another one while that is written, and stays there if the run is killed."""
    return path.endswith(ENDS) and os.path.basename(path).startswith(".")


def left_overs(path: str) -> list[str]:
    """What stands beside the file at `path`, because a run is writing it or was killed while it did."""
    target = os.path.realpath(path)
    return [beside for kind in LEFT_OVERS if os.path.lexists(beside := _beside(target, kind))]


def put_right(path: str) -> str | None:
    """Remove what a killed run left beside the file at `path`, and give the file its old text back if it holds a mixture. What was done, to be told.

    Raises SummitfixError if a run is at work on it, and if the file holds something else than those two texts: only its owner can know then what to do
    with the old one. Raises OSError.
    """
    found = left_overs(path)
    if not found:
        return None
    target = os.path.realpath(path)
    new, old = _beside(target, "new"), _beside(target, "old")
    with _claimed(target, new):
        is_mixed = old in found and _is_mixture(target, old, new if new in found else None)
        if is_mixed:
            with _reopened(target, "r+b") as file, open(old, "rb") as source:
                _copied(source, file)
        for beside in found:
            if beside != new:
                os.unlink(beside)
    done = f"removed {' and '.join(map(os.path.basename, found))}, left by a run that was killed"
    return f"{done} while it overwrote the file, which has its old text again" if is_mixed else done


def _beside(target: str, kind: str) -> str:
    """The name of a left-over: always the same, so that it is recognised. One that would be too long has a number for its end."""
    folder, name = os.path.split(target)
    whole, end = os.fsencode(name), f".summitfix-{kind}"
    if len(whole) + len(end) >= LONGEST:
        end = f"~{crc32(whole):08x}{end}"
        name = os.fsdecode(whole[: LONGEST - len(end) - 1])
    return os.path.join(folder, f".{name}{end}")


@contextmanager
def _made(target: str, mode: int) -> Iterator[BinaryIO]:
    """The new text of `target`, to be written: locked, and gone afterwards unless it was renamed. Signals are held back."""
    with held_back(), _created(_beside(target, "new"), mode) as file:
        with suppress(OSError):  # a file system without locks, where `_claimed` does not believe that somebody was killed
            _lock(file, waits=True)  # somebody may be looking just now whether it was left
        try:
            yield file
        finally:
            if _is_there(file):
                os.unlink(file.name)


@contextmanager
def _claimed(target: str, new: str) -> Iterator[None]:
    """The lock of those who write `target`, whose new text, left by a killed run, is removed at the end. Raises SummitfixError if somebody has it."""
    if not os.path.lexists(new):
        with _made(target, 0o600):
            yield
        return
    with held_back(), _reopened(new, "r+b") as file:  # NFS locks only what is open for writing
        try:
            _lock(file)
        except OSError:
            raise _left(new) from None
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


def _created(path: str, mode: int) -> BinaryIO:
    """A new file. Raises SummitfixError if there is one: somebody is at work on it, or what it holds may be the only copy."""
    try:
        return open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))
    except FileExistsError:
        try:
            with _reopened(path, "r+b") as theirs:
                _lock(theirs)
        except FileNotFoundError:
            raise SummitfixError(BUSY) from None
        except OSError:
            pass
        raise _left(path) from None
    except PermissionError:
        raise SummitfixError("its folder is not writable, so it cannot be written safely; not written") from None


def _left(path: str) -> SummitfixError:
    """What is said where a left-over is in the way."""
    held = LEFT_OVERS[path.rpartition("-")[2]]
    return SummitfixError(f"{path} was left by a run that was killed (or that is still at work) and holds {held}; remove it and run again")


@contextmanager
def _reopened(path: str, mode: str, read: os.stat_result | None = None) -> Iterator[BinaryIO]:
    """The regular file at `path`, if it is still the one that was read. A link or a pipe in its place is neither followed nor waited for."""
    before = os.lstat(path)
    if read is not None:
        _same(before, read)
    buffer = 0 if "+" in mode else -1  # what is written into a user's file is written then, not when it is closed
    with open(path, mode, buffer, opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK)) as file:
        _same(os.fstat(file.fileno()), before)
        yield file  # type: ignore[misc]


def _same(now: os.stat_result, read: os.stat_result) -> None:
    """Raise SummitfixError unless a file is still the one that was read, unchanged."""
    if any(getattr(now, name) != getattr(read, name) for name in ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns")):
        raise SummitfixError(CHANGED)


def _likened(new: BinaryIO, old: BinaryIO, read: os.stat_result) -> bool:
    """Give the new file the owner, attributes and mode of the old one; False if the system does not let us."""
    number = new.fileno()
    try:
        made = os.fstat(number)
        if (made.st_uid, made.st_gid) != (read.st_uid, read.st_gid):
            os.fchown(number, read.st_uid, read.st_gid)
        os.fchmod(number, stat.S_IMODE(read.st_mode))
        for name in os.listxattr(old.fileno()) if hasattr(os, "listxattr") else ():
            os.setxattr(number, name, os.getxattr(old.fileno(), name))
    except OSError as error:
        return error.errno == errno.ENOTSUP  # a file system without attributes has none to lose
    return True


def _renamed(new: str, target: str) -> bool:
    """Rename `new` to `target`; False where `target` cannot be renamed over (a mount point)."""
    try:
        os.replace(new, target)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        return False
    return True


def _settled(target: str) -> None:
    """Let the names in the folder of `target` outlive a crash of the machine; a folder that may be written but not read cannot be asked to."""
    try:
        folder = os.open(os.path.dirname(target), os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _backed_up(target: str, old: BinaryIO, suffix: str | None) -> Iterator[None]:
    """Keep the old text of `target` while it is written, and for good. If that fails it is not kept, provided that the file holds it."""
    if not suffix:
        yield
        return
    names = (f"{target}{suffix}" + f".~{number}~" * bool(number) for number in count())
    kept = next(name for name in names if not os.path.lexists(name) or _is_equal(name, old))
    if os.path.lexists(kept):
        yield
        return
    _keep(old, target, kept)
    try:
        _settled(target)
        yield
    except BaseException:
        with suppress(OSError, SummitfixError), _reopened(target, "rb") as file:
            if _is_equal(kept, file):
                os.unlink(kept)
        raise


def _keep(old: BinaryIO, target: str, name: str) -> None:
    """A copy of the file `old`, which is at `target`, under `name`: all of it, or none. Raises SummitfixError and OSError."""
    status = os.fstat(old.fileno())
    with _created(_beside(target, "copy"), 0o600) as copy:
        try:
            _copied(old, copy)
            _likened(copy, old, status)
            os.utime(copy.name, ns=(status.st_atime_ns, status.st_mtime_ns))
            copy.close()
            os.rename(copy.name, name)
        except BaseException:
            os.unlink(copy.name)
            raise


def _overwrite(target: str, new: str, read: os.stat_result) -> None:
    """Copy the file at `new` over `target`. The old text is beside until that is done, and goes back if it fails."""
    old = _beside(target, "old")
    if os.path.lexists(old):
        raise _left(old)
    with _reopened(target, "r+b", read) as file:
        _keep(file, target, old)
        try:
            _settled(target)
            _same(os.fstat(file.fileno()), read)  # at the last moment
        except BaseException:
            os.unlink(old)
            raise
        try:
            _reserve(file, os.path.getsize(new))
            with open(new, "rb") as source:
                _copied(source, file)
        except BaseException as error:
            try:
                with open(old, "rb") as source:
                    _copied(source, file)
            except OSError:
                reason = error.strerror if isinstance(error, OSError) else error
                raise SummitfixError(f"{reason}, and its old text could not be put back; {old} holds it") from error
            os.unlink(old)
            raise
        os.unlink(old)


def _reserve(file: BinaryIO, size: int) -> None:
    """Be sure of room for `size` bytes before the first of them is written, where the file system can say."""
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(file.fileno(), 0, size or 1)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
                raise


def _copied(source: BinaryIO, target: BinaryIO) -> None:
    """Let `target` hold what `source` holds, on the disk."""
    source.seek(0)
    target.seek(0)
    while part := memoryview(source.read(BLOCK)):
        while part:
            part = part[target.write(part) :]
    target.truncate()
    target.flush()
    os.fsync(target.fileno())


def _is_equal(path: str, file: BinaryIO) -> bool:
    """Whether the regular file at `path` can be read and holds what `file` holds."""
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode) or found.st_size != os.fstat(file.fileno()).st_size or not os.access(path, os.R_OK):
        return False
    with _reopened(path, "rb", found) as other:
        file.seek(0)
        return all(part == file.read(BLOCK) for part in iter(lambda: other.read(BLOCK), b""))


def _is_mixture(target: str, old: str, new: str | None) -> bool:
    """Whether `target` holds neither of two texts but some of both, as an overwriting that was cut short leaves it; reserved room may be NULs.

    Raises SummitfixError if it holds anything else.
    """
    is_old = is_new = True
    with _reopened(target, "rb") as file, open(old, "rb") as one, open(new or old, "rb") as other:
        while True:
            now, before, after = (each.read(BLOCK) for each in (file, one, other))
            if not (now or before or after):
                return not (is_old or is_new)
            is_old, is_new = is_old and now == before, is_new and now == after
            if now not in (before, after) and not _is_woven(now, before, after):
                raise SummitfixError(f"{old} was left by a run that was killed and holds its text before the repair; compare them, remove that and run again")


def _is_woven(text: bytes, *texts: bytes) -> bool:
    """Whether each byte of `text` is that of one of two others, or a NUL behind the shorter one."""
    least, most = sorted(map(len, texts))
    return least <= len(text) <= most and all(byte in others for byte, *others in zip(text, *(other.ljust(most, b"\0") for other in texts), strict=False))
