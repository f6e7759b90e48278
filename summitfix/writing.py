"""Write users' files: each holds its old text or its new one, whatever happens to the disk or to us.

The new text is made beside, flushed to the disk and renamed. Where a rename would split hard links or lose the owner, the file is overwritten in place,
and while that lasts its old text lies beside, complete.

What a kill leaves beside, the next run that writes the file puts right; see `recovery`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import BinaryIO

from summitfix.beside import check_same, created, in_the_way, made, name_beside, reopened
from summitfix.core import SummitfixError
from summitfix.files import BLOCK
from summitfix.interrupts import let_through


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
    check_same(os.lstat(target), read)
    check_writable(target, read)
    with reopened(target, "rb", read) as old, made(target, 0o600) as new:
        with let_through():
            while kept > 0 and (part := old.read(min(kept, BLOCK))):
                new.write(part)
                kept -= len(part)
            new.writelines(chunks)
        new.flush()
        renames = read.st_nlink == 1 and _likened(new, old, read)
        os.fsync(new.fileno())
        check_same(os.lstat(target), read)
        with _backed_up(target, old, backup):
            check_same(os.lstat(target), read)  # at the last moment
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
        with made(target, 0o666) as new:
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
        with suppress(OSError, SummitfixError), reopened(target, "rb") as file:
            if _is_equal(kept, file):
                os.unlink(kept)
        raise


def _keep(old: BinaryIO, target: str, name: str) -> None:
    """A copy of the file `old`, which is at `target`, under `name`: all of it, or none. Raises SummitfixError and OSError."""
    status = os.fstat(old.fileno())
    with created(name_beside(target, "copy"), 0o600) as copy:
        try:
            copied(old, copy)
            _likened(copy, old, status)
            os.utime(copy.name, ns=(status.st_atime_ns, status.st_mtime_ns))
            copy.close()
            os.rename(copy.name, name)
        except BaseException:
            os.unlink(copy.name)
            raise


def _overwrite(target: str, new: str, read: os.stat_result) -> None:
    """Copy the file at `new` over `target`. The old text is beside until that is done, and goes back if it fails."""
    old = name_beside(target, "old")
    if os.path.lexists(old):
        raise in_the_way(old)
    with reopened(target, "r+b", read) as file:
        _keep(file, target, old)
        try:
            _settled(target)
            check_same(os.fstat(file.fileno()), read)  # at the last moment
        except BaseException:
            os.unlink(old)
            raise
        try:
            _reserve(file, os.path.getsize(new))
            with open(new, "rb") as source:
                copied(source, file)
        except BaseException as error:
            try:
                with open(old, "rb") as source:
                    copied(source, file)
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


def copied(source: BinaryIO, target: BinaryIO) -> None:
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
    with reopened(path, "rb", found) as other:
        file.seek(0)
        return all(part == file.read(BLOCK) for part in iter(lambda: other.read(BLOCK), b""))
