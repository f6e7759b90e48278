"""What a command line names: files, folders, lists of files and standard input, each with the configuration that holds for it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from summitfix import config, files
from summitfix.config import Config
from summitfix.core import SummitfixError
from summitfix.options import Settings
from summitfix.report import label

if TYPE_CHECKING:
    from summitfix.walk import Patterns


class Input(NamedTuple):
    """Something to repair: what to call it, where it is (None for standard input), its configuration, and whether it was found in a folder.

    `excluded` is said of standard input alone: it is handed on as it is.
    """

    name: str
    path: str | None
    config: Config = Config()
    walked: bool = False
    excluded: bool = False


class Inputs:
    """The inputs that `settings` name, each file once however often and by whatever name it is given.

    `note` is told what a person may want to know (with the --verbose level that it takes), `fail` what is trouble with one of them; the others go on.
    A configuration that is wrong is trouble for all: it raises SummitfixError.
    """

    def __init__(
        self, settings: Settings, passes: Collection[str], *, writes: bool, note: Callable[[str, int], None], fail: Callable[[Input, Exception], None]
    ) -> None:
        self.settings, self.writes, self.note, self.fail = settings, writes, note, fail
        fixed = Config() if settings.isolated else None
        if settings.config is not None:
            fixed = config.load(settings.config, passes)
            if fixed is None:
                raise SummitfixError(f"{settings.config}: there is no [{config.TABLE}] in it")
        self.configs = config.Configs(passes, fixed)
        self.patterns: dict[tuple[str, ...], Patterns] = {}

    def __iter__(self) -> Iterator[Input]:
        """The inputs, in the order in which they are named."""
        seen = set[tuple[int, int]]()
        for path in self._named():
            if path == "-" and self.settings.files_from != "-":
                yield self._standard()
                continue
            try:
                status = os.stat(path)
                if self.writes and not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
                    raise SummitfixError("neither a file nor a folder; not written")
            except (SummitfixError, OSError) as error:
                self.fail(Input(path, path), error)
                continue
            is_folder = stat.S_ISDIR(status.st_mode)
            if self.settings.force_exclude and self._is_excluded(_absolute(path), is_folder):
                self.note(f"{label(path)}: excluded", 1)
                continue
            for given, found in self._walked(path) if is_folder else ((Input(path, path, self.configs.of(path)), status),):
                if not stat.S_ISREG(found.st_mode) or (found.st_dev, found.st_ino) not in seen:
                    seen.add((found.st_dev, found.st_ino))
                    yield given

    def _named(self) -> Iterator[str]:
        """The paths, those of a list behind those of the command line. Raises SummitfixError."""
        yield from self.settings.paths
        name = self.settings.files_from
        if name is not None:
            listed = os.fsdecode(files.held(None if name == "-" else name))
            yield from filter(None, listed.split("\0") if self.settings.null else (line.removesuffix("\r") for line in listed.split("\n")))
        elif not self.settings.paths:
            yield "-"

    def _standard(self) -> Input:
        """Standard input, with the configuration that a file of its name would have."""
        name = self.settings.stdin_filename
        found = self.configs.of(name)
        excluded = self.settings.force_exclude and name != "-" and self._is_excluded(_absolute(name), False)
        return Input(name, None, found, excluded=excluded)

    def _walked(self, folder: str) -> Iterator[tuple[Input, os.stat_result]]:
        """The files of a folder that are not too large to be somebody's writing."""
        from summitfix.walk import Walk

        def failed(error: OSError) -> None:
            self.fail(Input(str(error.filename), None), error)

        def excluded(path: str, is_folder: bool) -> bool:
            return self._leaves_out(self.configs.within(os.path.dirname(path)), path, is_folder)

        walk = Walk(failed, excluded, gitignore=not self.settings.no_respect_gitignore)
        for path, status in walk.files(folder):
            name = os.path.normpath(path)
            found = self.configs.within(os.path.dirname(path))
            if files.is_left_over(path):
                self.note(f"{label(name)}: left by a run that was killed; compare it with the file it is named after, then remove it", 0)
            elif self.settings.backup and files.is_backup(path, self.settings.backup):
                self.note(f"{label(name)}: a backup; left as it is", 1)
            elif status.st_size > found.max_walk_size:
                self.note(f"{label(name)}: more than {found.max_walk_size / 1e6:g} MB; name it to have it repaired", 0)
            else:
                yield Input(name, path, found, True), status

    def _is_excluded(self, path: str, is_folder: bool) -> bool:
        """Whether an absolute path is left out by --exclude or by its configuration."""
        return self._leaves_out(self.configs.of(path), path, is_folder)

    def _leaves_out(self, found: Config, path: str, is_folder: bool) -> bool:
        """Whether --exclude or a configuration leaves out an absolute path."""
        if self.settings.exclude and self._match(os.getcwd(), self.settings.exclude, path, is_folder):
            return True
        return bool(found.exclude) and self._match(found.folder, found.exclude, path, is_folder)

    def ignored(self, given: Input) -> frozenset[str]:
        """The passes that the configuration keeps from this input."""
        rows = given.config.per_file_ignores
        if not rows:
            return frozenset()
        where = given.path or given.name
        return frozenset(name for pattern, names in rows if self._match(given.config.folder, (pattern,), _absolute(where), False) for name in names)

    def _match(self, folder: str, lines: tuple[str, ...], path: str, is_folder: bool) -> bool:
        """Whether patterns relative to `folder` match an absolute path."""
        from summitfix.walk import Patterns

        key = (folder, *lines)
        if key not in self.patterns:
            self.patterns[key] = Patterns(folder, lines)
        return bool(self.patterns[key].match(path, folder=is_folder))


def _absolute(path: str) -> str:
    """`path` from the root on, its folders without symbolic links; the link it may be itself stays, since that is what a pattern names."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)
