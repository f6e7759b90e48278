"""Folders: which files in them are looked at."""

from __future__ import annotations

import errno
import os
import stat
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator

from summitfix import files, globs
from summitfix.beside import is_left_over
from summitfix.core import SummitfixError
from summitfix.globs import Patterns

GITIGNORE = ".gitignore"

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

Found = tuple[str, str, os.stat_result, bool]
"""A file as it is named, its absolute path without symbolic links, its status, and whether a killed run left something in its folder."""

Entries = Iterator["Found | Entries"]


class Walk:
    """Finds the files of folders: regular ones, sorted by name; symbolic links are not followed.

    `excluded(path, is_folder)` says what to leave out; what git ignores is left out too if `gitignore` asks for that. What cannot be looked at goes to
    `failed`.
    """

    def __init__(self, failed: Callable[[OSError], None], excluded: Callable[[str, bool], bool], *, gitignore: bool) -> None:
        self.failed, self.excluded, self.gitignore = failed, excluded, gitignore

    def files(self, folder: str) -> Iterator[Found]:
        """The files in `folder` and below. What git ignores does not count for the folder itself: it was named."""
        ignores = self._above(os.path.realpath(folder)) if self.gitignore else []
        return self._files(folder, os.path.realpath(folder), [] if _is_ignored(ignores, os.path.realpath(folder), folder=True) else ignores)

    def _files(self, folder: str, real: str, ignores: list[Patterns]) -> Iterator[Found]:
        """The files in `folder`, whose absolute path is `real`, and below: with a stack of our own, as folders may go deeper than Python's."""
        inside = [self._entries(folder, real, ignores)]
        while inside:
            entry = next(inside[-1], None)
            if entry is None:
                inside.pop()
            elif isinstance(entry, tuple):
                yield entry
            else:
                inside.append(entry)

    def _entries(self, folder: str, real: str, ignores: list[Patterns]) -> Entries:
        """The files in `folder`, whose absolute path is `real`; for each folder in it what it holds in turn."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.failed(error)
            return
        is_littered = any(is_left_over(entry.name) for entry in found)
        if self.gitignore and any(entry.name == GITIGNORE for entry in found):
            ignores = [*ignores, *self._read(real, os.path.join(real, GITIGNORE))]
        for entry in found:
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                if not is_left_over(entry.name):  # that has been removed meanwhile
                    self.failed(error)
                continue
            is_folder = stat.S_ISDIR(status.st_mode)
            path = os.path.join(real, entry.name)
            if not (is_folder or stat.S_ISREG(status.st_mode)) or (is_folder and entry.name in SKIPPED):
                continue
            if _is_ignored(ignores, path, folder=is_folder) or self.excluded(path, is_folder):
                continue
            if is_folder:
                yield self._entries(entry.path, path, ignores)
            else:
                yield entry.path, path, status, is_littered

    def _above(self, folder: str) -> list[Patterns]:
        """What git ignores by the files between the root of the repository and `folder`, that one left out."""
        found: list[Patterns] = []
        here = folder
        while True:
            git = os.path.join(here, ".git")
            if here != folder and os.path.isfile(os.path.join(here, GITIGNORE)):
                found = [*self._read(here, os.path.join(here, GITIGNORE)), *found]
            if os.path.lexists(git):
                return [*self._read(here, os.path.join(git, "info", "exclude")), *found]
            above = os.path.dirname(here)
            if above == here:
                return []  # no repository: what lies above is nobody's business
            here = above

    def _read(self, folder: str, path: str) -> Iterator[Patterns]:
        """The patterns in the file at `path`, if it can be read: no link, as git has it, and no more of them than anybody writes."""
        if os.path.islink(path):
            return
        try:
            data = files.held(path, within=os.path.dirname(path))
        except SummitfixError:
            return
        lines = [line for line in os.fsdecode(data.removeprefix(BOM_UTF8)).replace("\r\n", "\n").split("\n") if line.strip() and not line.startswith("#")]
        if len(lines) > globs.MOST:
            self.failed(OSError(errno.EFBIG, f"more than {globs.MOST:,} patterns; not obeyed", path))
        elif lines:
            yield Patterns(folder, lines)


def _is_ignored(ignores: Iterable[Patterns], path: str, *, folder: bool) -> bool:
    """Whether git ignores a path: the deepest file that speaks of it decides."""
    for patterns in reversed([*ignores]):
        if (said := patterns.match(path, folder=folder)) is not None:
            return said
    return False
