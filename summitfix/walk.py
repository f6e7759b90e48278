"""Folders: which files in them are looked at."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator

SKIPPED = frozenset(
    (
        ".bzr",
        ".eggs",
        ".git",
        ".hg",
        ".hypothesis",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        "__pycache__",
        "__pypackages__",
        "_darcs",
        "node_modules",
        "venv",
    )
)
"""Folders of version control, caches and installed packages: what no one edits by hand. ruff and black leave out the same."""

LARGEST = 20_000_000
"""Bytes above which a file that was found, not named, is passed over: it is data, not somebody's writing."""


def walk(folder: str, failed: Callable[[OSError], None]) -> Iterator[tuple[str, os.stat_result]]:
    """The regular files in `folder` and below, sorted by name, with their status; symbolic links are not followed.

    What cannot be looked at goes to `failed`.
    """
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        failed(error)
        return
    for entry in found:
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            failed(error)
            continue
        if stat.S_ISREG(status.st_mode):
            yield entry.path, status
        elif stat.S_ISDIR(status.st_mode) and entry.name not in SKIPPED:
            yield from walk(entry.path, failed)
