"""What a run that was killed left beside a file is put right by the next one that writes it, as a database does with its journal."""

from __future__ import annotations

import os

from summitfix.beside import claimed, left_overs, name_beside, reopened
from summitfix.core import SummitfixError
from summitfix.files import BLOCK
from summitfix.writing import copied


def put_right(path: str) -> str | None:
    """Remove what a killed run left beside the file at `path`, and give the file its old text back if it holds a mixture. What was done, to be told.

    Raises SummitfixError if a run is at work on it, and if the file holds something else than those two texts: only its owner can know then what to do
    with the old one. Raises OSError.
    """
    found = left_overs(path)
    if not found:
        return None
    target = os.path.realpath(path)
    new, old = name_beside(target, "new"), name_beside(target, "old")
    with claimed(target, new):
        is_mixed = old in found and _is_mixture(target, old, new if new in found else None)
        if is_mixed:
            with reopened(target, "r+b") as file, open(old, "rb") as source:
                copied(source, file)
        for beside in found:
            if beside != new:
                os.unlink(beside)
    done = f"removed {' and '.join(map(os.path.basename, found))}, left by a run that was killed"
    return f"{done} while it overwrote the file, which has its old text again" if is_mixed else done


def _is_mixture(target: str, old: str, new: str | None) -> bool:
    """Whether `target` holds neither of two texts but some of both, as an overwriting that was cut short leaves it; reserved room may be NULs.

    Raises SummitfixError if it holds anything else.
    """
    is_old = is_new = True
    with reopened(target, "rb") as file, open(old, "rb") as one, open(new or old, "rb") as other:
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
