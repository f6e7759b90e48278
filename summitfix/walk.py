"""Folders: which files in them are looked at."""

from __future__ import annotations

import os
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


def walk(folder: str, failed: Callable[[OSError], None]) -> Iterator[os.DirEntry[str]]:
    """The regular files in `folder` and below, sorted by name; symbolic links are not followed. A folder that cannot be read goes to `failed`."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        failed(error)
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in SKIPPED:
                yield from walk(entry.path, failed)
        elif entry.is_file(follow_symlinks=False):
            yield entry
