"""Write users' files: each holds its old text or its new one, whatever happens."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import BinaryIO

from summitfix.core import SummitfixError
from summitfix.files import BLOCK

CHANGED = "changed while it was being repaired; not written"
"""What is said of a file that is not any more what was read."""


def rewrite(path: str, read: os.stat_result, kept: int, chunks: Iterable[bytes]) -> None:
    """Let the file at `path` hold its own first `kept` bytes and then `chunks`: all of it, or what it held before.

    The new text is written beside, fsynced and renamed, with the mode, owner and extended attributes of the file; a symbolic link is followed. Where
    a rename would split hard links or lose the owner, the file is overwritten in place while its old bytes are kept beside. `read` is what `fstat`
    said when the file was opened. Raises SummitfixError and OSError; then nothing is left beside, and the file is as it was.
    """
    target = os.path.realpath(path)
    new = _beside(target, "new")
    _same(target, read)
    check_writable(target, read)
    out = _created(new, 0o600)
    try:
        with out, open(target, "rb") as old:
            _same(old.fileno(), read)
            while kept > 0 and (part := old.read(min(kept, BLOCK))):
                out.write(part)
                kept -= len(part)
            out.writelines(chunks)
            out.flush()
            renames = read.st_nlink == 1 and _likened(out.fileno(), old.fileno(), read)
            os.fsync(out.fileno())
        _same(target, read)
        if not (renames and _renamed(new, target)):
            _overwrite(target, new)
    finally:
        _removed(new)


def check_writable(path: str, read: os.stat_result) -> None:
    """Raise SummitfixError if the file at `path` is read-only, as the superuser sees it too; `read` is what `fstat` said."""
    if not read.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise SummitfixError("read-only; not written")


def create(path: str, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to a file that may exist: as safely as `rewrite` if it is regular, straight through if it is a pipe or a device."""
    target = os.path.realpath(path)
    if os.path.isfile(target):
        rewrite(target, os.stat(target), 0, chunks)
    elif os.path.exists(target):
        with open(target, "wb") as device:
            device.writelines(chunks)
    else:
        new = _beside(target, "new")
        out = _created(new, 0o666)
        try:
            with out:
                out.writelines(chunks)
                out.flush()
                os.fsync(out.fileno())
            os.replace(new, target)
        finally:
            _removed(new)


@contextmanager
def backed_up(path: str, suffix: str | None) -> Iterator[None]:
    """Keep the file at `path` beside, under its name and `suffix`, while it is rewritten and for good; not if that fails.

    A file that is there already is not overwritten: `.orig`, then `.orig.~1~`, as `cp --backup=numbered` has it. Without a suffix nothing is kept.
    Raises SummitfixError and OSError.
    """
    if not suffix:
        yield
        return
    target = os.path.realpath(path)
    if os.sep in suffix:
        raise SummitfixError(f"--backup {suffix} is to be the end of a name, not a path")
    names = (f"{target}{suffix}" + f".~{number}~" * bool(number) for number in count())
    kept = next(name for name in names if not os.path.lexists(name))
    out = _created(kept, 0o600)
    try:
        with out, open(target, "rb") as old:
            while part := old.read(BLOCK):
                out.write(part)
            out.flush()
            _likened(out.fileno(), old.fileno(), os.fstat(old.fileno()))
            os.utime(kept, ns=(os.fstat(old.fileno()).st_atime_ns, os.fstat(old.fileno()).st_mtime_ns))
            os.fsync(out.fileno())
        yield
    except BaseException:
        _removed(kept)
        raise


def is_backup(path: str, suffix: str) -> bool:
    """Whether a file has the name of what `backed_up` keeps."""
    return re.search(rf"{re.escape(suffix)}(?:\.~\d+~)?$", path) is not None


def is_left_over(path: str) -> bool:
    """Whether a killed run left this file beside the one it was writing."""
    name = os.path.basename(path)
    return name.startswith(".") and name.endswith((".summitfix-new", ".summitfix-old"))


def _beside(target: str, which: str) -> str:
    """The name of the new or the old text while a file is written: always the same, so that what a killed run left is recognised."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{os.fsdecode(os.fsencode(name)[:230])}.summitfix-{which}")


def _created(path: str, mode: int) -> BinaryIO:
    """A new file. Raises SummitfixError if there is one: what it holds may be the only copy."""
    try:
        return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")
    except FileExistsError:
        held = "the text before the repair" if path.endswith("-old") else "a part of the repaired text"
        raise SummitfixError(f"{path} was left by a run that was killed (or that is still at work) and holds {held}; remove it and run again") from None
    except PermissionError:
        raise SummitfixError("its folder is not writable, so it cannot be written safely; not written") from None


def _removed(path: str) -> None:
    """Remove what is beside, unless it was renamed."""
    if os.path.lexists(path):
        os.unlink(path)


def _same(target: str | int, read: os.stat_result) -> None:
    """Raise SummitfixError unless `target` is still the file that was read, unchanged."""
    now = os.stat(target)
    if (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns) != (read.st_dev, read.st_ino, read.st_size, read.st_mtime_ns):
        raise SummitfixError(CHANGED)


def _likened(new: int, old: int, read: os.stat_result) -> bool:
    """Give the new file the owner, attributes and mode of the old one; False if the system does not let us."""
    try:
        made = os.fstat(new)
        if (made.st_uid, made.st_gid) != (read.st_uid, read.st_gid):
            os.fchown(new, read.st_uid, read.st_gid)
        os.fchmod(new, stat.S_IMODE(read.st_mode))
        for name in os.listxattr(old) if hasattr(os, "listxattr") else ():
            os.setxattr(new, name, os.getxattr(old, name))
    except OSError as error:
        return error.errno == errno.ENOTSUP  # a file system without attributes has none to lose
    return True


def _renamed(new: str, target: str) -> bool:
    """Rename `new` to `target` and make that durable; False where `target` cannot be renamed over (a mount point)."""
    try:
        os.replace(new, target)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        return False
    folder = os.open(os.path.dirname(target), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def _overwrite(target: str, new: str) -> None:
    """Copy `new` over `target`. The old bytes are kept beside until that is done, and put back if it fails."""
    old = _beside(target, "old")
    with open(target, "r+b") as file:
        with _created(old, 0o600) as copy:
            _copied(file, copy)
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, os.path.getsize(new) or 1)
            with open(new, "rb") as source:
                _copied(source, file)
        except BaseException:
            with open(old, "rb") as source:
                _copied(source, file)
            os.unlink(old)
            raise
    os.unlink(old)


def _copied(source: BinaryIO, target: BinaryIO) -> None:
    """Let `target` hold what `source` holds, on the disk."""
    source.seek(0)
    target.seek(0)
    while part := source.read(BLOCK):
        target.write(part)
    target.truncate()
    target.flush()
    os.fsync(target.fileno())
